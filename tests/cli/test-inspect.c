/* test-inspect.c - awkward files, and what a careful person would say of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every FILE.keys in tests/data/files/inspect has the keys that `inspect FILE` must print, written by hand, and
 * above them why the file is there. Its group [test] has the number of problems.
 */
#include "npy.h"
#include "program.h"

#include <string.h>

static GKeyFile *
parse (const char *text)
{
  GKeyFile *keys = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  g_key_file_load_from_data (keys, text, strlen (text), G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  return keys;
}

static guint
count_problems (GKeyFile *keys)
{
  g_auto (GStrv) groups = g_key_file_get_groups (keys, NULL);
  guint n = 0;

  for (guint k = 0; groups[k] != NULL; k++)
    n += g_str_has_prefix (groups[k], "problem ");
  return n;
}

static void
compare_group (GKeyFile *expected, GKeyFile *keys, const char *group)
{
  g_auto (GStrv) names = g_key_file_get_keys (expected, group, NULL, NULL);

  for (guint k = 0; names[k] != NULL; k++) {
    g_autofree char *wanted = g_key_file_get_value (expected, group, names[k], NULL);
    g_autofree char *found = g_key_file_get_value (keys, group, names[k], NULL);

    if (g_strcmp0 (wanted, found) != 0)
      g_test_message ("[%s] %s", group, names[k]);
    g_assert_cmpstr (found, ==, wanted);
  }
}

static void
test_file (gconstpointer data)
{
  const char *path = data;
  g_autofree char *keys_path = g_strconcat (path, ".keys", NULL);
  g_autofree char *wanted = NULL;
  g_autofree char *folder = program_folder ();
  g_autoptr (ProgramResult) result = program_run (folder, "inspect", path, NULL);

  g_assert_true (g_file_get_contents (keys_path, &wanted, NULL, NULL));
  g_assert_cmpstr (result->err, ==, "");
  g_assert_cmpint (result->status, ==, 0);
  g_autoptr (GKeyFile) expected = parse (wanted);
  g_autoptr (GKeyFile) keys = parse (result->out);
  g_auto (GStrv) groups = g_key_file_get_groups (expected, NULL);

  for (guint g = 0; groups[g] != NULL; g++)
    if (strcmp (groups[g], "test") != 0)
      compare_group (expected, keys, groups[g]);
  g_assert_cmpuint (count_problems (keys), ==,
                    g_key_file_get_integer (expected, "test", "problems", NULL));
}

/* Every key that the contract names is there, in a file whose columns are of all three types. */
static void
test_contract (void)
{
  static const char *const file_keys[] = { "encoding", "delimiter", "decimal", "quote",
                                           "header",   "rows",      "columns", "rows_with_missing",
                                           "rows_bad" };
  static const char *const column_keys[] = { "name", "type", "missing", "bad",
                                             "min",  "max",  "mean",    "categories" };
  g_autofree char *folder = program_folder ();
  g_free (program_write (folder, "a.csv", "x,y,z\n1,a,\n2,b,\n4,a,\n"));
  g_autoptr (ProgramResult) result = program_run_line (folder, "inspect a.csv");
  g_autoptr (GKeyFile) keys = parse (result->out);

  for (guint k = 0; k < G_N_ELEMENTS (file_keys); k++)
    g_assert_true (g_key_file_has_key (keys, "file", file_keys[k], NULL));
  for (guint c = 1; c <= 3; c++) {
    g_autofree char *group = g_strdup_printf ("column %u", c);
    for (guint k = 0; k < G_N_ELEMENTS (column_keys); k++)
      g_assert_true (g_key_file_has_key (keys, group, column_keys[k], NULL));
  }
  g_assert_cmpfloat (g_key_file_get_double (keys, "column 1", "mean", NULL), ==, 7.0 / 3);
  g_assert_cmpint (g_key_file_get_integer (keys, "column 2", "categories", NULL), ==, 2);
}

/* Of many problems the first hundred, and all of them counted. */
static void
test_many_problems (void)
{
  g_autofree char *folder = program_folder ();
  g_autoptr (GString) text = g_string_new ("x,y\n");

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "%u,%s\n", i + 5, i % 20 == 0 ? "a <b> & \\c" : "1");
  g_free (program_write (folder, "a.csv", text->str));
  g_autoptr (ProgramResult) result = program_run_line (folder, "inspect a.csv");
  g_autoptr (GKeyFile) keys = parse (result->out);

  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpuint (count_problems (keys), ==, 100);
  g_assert_cmpint (g_key_file_get_integer (keys, "file", "rows_bad", NULL), ==, 150);
  g_assert_cmpint (g_key_file_get_integer (keys, "problem 100", "row", NULL), ==, 2 + 99 * 20);
  g_autofree char *shown = g_key_file_get_string (keys, "problem 1", "text", NULL);
  g_assert_cmpstr (shown, ==, "\"a <b> & \\c\" is not a number");
}

static void
test_array (void)
{
  static const double values[] = { 1, 2, 3, 4, 5, 9 };
  g_autofree char *folder = program_folder ();
  g_autofree char *path = g_build_filename (folder, "U.npy", NULL);
  g_assert_true (ekl_npy_write (path, 2, (const gsize[]){ 2, 3 }, values, NULL));
  g_autoptr (ProgramResult) result = program_run_line (folder, "inspect U.npy");

  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpstr (result->out, ==,
                   "[file]\nformat=npy\n\n[array]\nshape=2;3\nbad=0\nmin=1\nmax=9\nmean=4\n");
}

/* What is a guess says so, where no reader of key files stumbles over it. */
static void
test_doubts (void)
{
  g_autofree char *folder = program_folder ();
  g_free (program_write (folder, "a.csv", "a;b\n1,234;2,345\n3,456;4,567\n"));
  g_free (program_write (folder, "b.csv", "name,city\nAnna,Berlin\nBert,Bonn\n"));
  g_autoptr (ProgramResult) marks = program_run_line (folder, "inspect a.csv");
  g_autoptr (ProgramResult) header = program_run_line (folder, "inspect b.csv");
  g_autoptr (ProgramResult) example = program_run_line (folder, "inspect example:boston");

  g_assert_nonnull (strstr (marks->out, "# not certain: numbers such as 1,234"));
  g_assert_nonnull (strstr (header->out, "# not certain: every column is text"));
  g_assert_cmpint (example->status, ==, 0);
  g_assert_null (strstr (example->out, "not certain"));
}

static void
add_files (GPtrArray *paths)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "data", "files", "inspect", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *case_path = g_strconcat ("/inspect/", name, NULL);
    if (g_str_has_suffix (name, ".keys"))
      continue;
    g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
    g_test_add_data_func (case_path, paths->pdata[paths->len - 1], test_file);
  }
  g_assert_cmpuint (paths->len, >=, 40);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/inspect/contract", test_contract);
  g_test_add_func ("/inspect/many-problems", test_many_problems);
  g_test_add_func ("/inspect/array", test_array);
  g_test_add_func ("/inspect/doubts", test_doubts);
  add_files (paths);
  return g_test_run ();
}

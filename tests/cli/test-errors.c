/* test-errors.c - every failure is one clear sentence, a status, and no file left behind
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "program.h"

#include <string.h>

#define GOOD "x,z,y\n1,2,3\n2,1,4\n3,5,1\n4,4,2\n5,3,6\n6,7,8\n"

static const struct {
  const char *name;
  const char *text;
} files[] = {
  { "good.csv", GOOD },
  { "empty.csv", "" },
  { "header.csv", "x,y\n" },
  { "bad.ekilab", "[eki-lab]\nformat=1\n[ensemble]\nensemble-size=0\n" },
  { "nodata.ekilab", "[eki-lab]\nformat=1\n" },
  { "text.npy", "no array\n" },
};

/* Command line, status, and what its sentence must have. */
static const struct {
  const char *line;
  int status;
  const char *words[3];
} failures[] = {
  { "train missing.csv", 1, { "missing.csv" } },
  { "train .", 1, { "folder" } },
  { "train empty.csv", 1, { "empty.csv", "empty" } },
  { "train header.csv", 1, { "header.csv" } },
  { "train binary.csv", 1, { "binary.csv", "text" } },
  { "train example:nothing", 1, { "nothing", "boston" } },
  { "train bad.ekilab", 1, { "bad.ekilab", "ensemble-size" } },
  { "train nodata.ekilab", 1, { "nodata.ekilab", "data" } },
  { "train missing.ekilab", 1, { "missing.ekilab" } },
  { "train good.csv --target=price", 1, { "price", "good.csv" } },
  { "train good.csv --target=9", 1, { "9" } },
  { "train good.csv --ignore=y", 1, { "y" } },
  { "train good.csv --initial-ensemble=missing.npy", 1, { "missing.npy" } },
  { "train good.csv --initial-ensemble=text.npy", 1, { "text.npy" } },
  { "train good.csv --initial-parameters=missing.npy", 1, { "missing.npy" } },
  { "train good.csv --layers=4096,4096,4096 --ensemble-size=100000", 1, { "" } },
  { "train good.csv --save-history=nowhere/h.csv", 1, { "nowhere/h.csv", "folder" } },
  { "train good.csv --save-history=.", 1, { "folder" } },
  { "train good.csv --save-ensemble=good.csv/U.npy", 1, { "good.csv/U.npy" } },
  { "train good.csv --save-trajectory=good.csv", 1, { "good.csv", "folder" } },
  { "train good.csv --save-trajectory=good.csv/t", 1, { "good.csv", "folder" } },
  { "render good.csv -o nowhere/a.png", 1, { "nowhere/a.png" } },
  { "train good.csv --ensemble-size=0", 2, { "ensemble-size", "0" } },
  { "train good.csv --learning-rate=-1", 2, { "learning-rate", "-1" } },
  { "train good.csv --step-size=-1", 2, { "step-size", "-1" } },
  { "train good.csv --noise-std=0", 2, { "noise-std", "0" } },
  { "train good.csv --noise-std=nan", 2, { "noise-std", "nan" } },
  { "train good.csv --layers=16,,x", 2, { "layers", "16,,x" } },
  { "train good.csv --stpes=5", 2, { "--stpes", "--steps" } },
  { "train good.csv --save-ensemble=U.npy --methods=gd", 2, { "--save-ensemble", "--methods" } },
  { "train good.csv --save-parameters=u.npy --methods=eki", 2, { "--save-parameters", "gd" } },
  { "train good.csv --save-history=good.csv", 2, { "good.csv" } },
  { "train good.csv --save-history=./good.csv", 2, { "good.csv" } },
  { "train good.csv --save-experiment=good.csv", 2, { "good.csv" } },
  { "train good.csv --save-history=a --save-ensemble=./a", 2, { "twice" } },
  { "render good.csv -o a.png -o a.png", 2, { "twice" } },
  { "render good.csv -o a.gif", 2, { "a.gif", ".png" } },
  { "", 2, { "train" } },
  { "--steps=3", 2, { "--steps" } },
  { "inspect", 2, { "inspect", "FILE" } },
  { "inspect good.csv --steps=3", 2, { "--steps" } },
  { "inspect missing.csv", 1, { "missing.csv" } },
  { "inspect empty.csv", 1, { "empty.csv", "empty" } },
  { "inspect binary.csv", 1, { "binary.csv", "text" } },
};

static void
make_files (const char *folder)
{
  static const char not_text[] = "\0\1\2\3x,y\n1,2\n\0\377\376";
  g_autofree char *binary = g_build_filename (folder, "binary.csv", NULL);

  for (guint k = 0; k < G_N_ELEMENTS (files); k++)
    g_free (program_write (folder, files[k].name, files[k].text));
  g_assert_true (g_file_set_contents (binary, not_text, sizeof not_text, NULL));
}

static void
test_failure (gconstpointer data)
{
  guint k = GPOINTER_TO_UINT (data);
  g_autofree char *folder = program_folder ();
  make_files (folder);
  g_autofree char *before = program_list (folder);
  g_autoptr (ProgramResult) result = program_run_line (folder, failures[k].line);
  g_autofree char *after = program_list (folder);

  g_test_message ("%s\n%s", failures[k].line, result->err);
  g_assert_cmpint (result->status, ==, failures[k].status);
  g_assert_cmpstr (result->out, ==, "");
  g_assert_true (g_str_has_prefix (result->err, "eki-lab-cli: "));
  g_assert_cmpuint (program_count_lines (result->err), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (failures[k].words) && failures[k].words[i]; i++)
    g_assert_nonnull (strstr (result->err, failures[k].words[i]));
  g_assert_cmpstr (after, ==, before);

  g_autoptr (GBytes) good = program_read (folder, "good.csv");
  g_assert_cmpmem (g_bytes_get_data (good, NULL), g_bytes_get_size (good), GOOD, strlen (GOOD));
}

/* A file that was there is only ever replaced by a whole one. */
static void
test_former_output_stays (void)
{
  g_autofree char *folder = program_folder ();
  make_files (folder);
  g_free (program_write (folder, "h.csv", "former\n"));
  g_autoptr (ProgramResult) result =
    program_run_line (folder, "train header.csv --save-history=h.csv --save-trajectory=t");
  g_autoptr (GBytes) former = program_read (folder, "h.csv");
  g_autofree char *trajectory = g_build_filename (folder, "t", NULL);

  g_assert_cmpint (result->status, ==, 1);
  g_assert_cmpmem (g_bytes_get_data (former, NULL), g_bytes_get_size (former), "former\n", 7);
  g_assert_false (g_file_test (trajectory, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/errors/former-output-stays", test_former_output_stays);
  for (guint k = 0; k < G_N_ELEMENTS (failures); k++) {
    g_autofree char *path = g_strdup_printf ("/errors/%02u", k + 1);
    g_test_add_data_func (path, GUINT_TO_POINTER (k), test_failure);
  }

  return g_test_run ();
}

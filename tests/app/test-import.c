/* test-import.c - how a table comes in: guesses, choices and what is remembered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ekl-import.h"
#include "folder.h"
#include "houses.h"
#include "import_memory.h"
#include "pasted_table.h"
#include "recent_files.h"
#include "waiting.h"
#include "window_settings.h"

#include <glib/gstdio.h>

static char *folder;

typedef struct {
  char *path;
  EklImport *import;
  guint n_tables, n_plans;
} Fixture;

static void
table_cb (Fixture *fixture)
{
  fixture->n_tables++;
}

static void
plan_cb (Fixture *fixture)
{
  fixture->n_plans++;
}

static void
begin (Fixture *fixture)
{
  fixture->import = ekl_import_new (fixture->path, NULL);
  g_signal_connect_swapped (fixture->import, "table-changed", G_CALLBACK (table_cb), fixture);
  g_signal_connect_swapped (fixture->import, "plan-changed", G_CALLBACK (plan_cb), fixture);
  ekl_import_start (fixture->import);
  wait_until (!ekl_import_is_busy (fixture->import));
}

static void
end (Fixture *fixture)
{
  g_signal_handlers_disconnect_by_data (fixture->import, fixture);
  ekl_import_close (fixture->import);
  wait_ms (20);
  g_assert_finalize_object (fixture->import);
}

static void
set_up (Fixture *fixture, gconstpointer text)
{
  fixture->path = folder_write (folder, "houses.csv", text);
  begin (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer text)
{
  end (fixture);
  g_remove (fixture->path);
  g_free (fixture->path);
}

static void
assert_says (Fixture *fixture, const char *text)
{
  g_autofree char *says = ekl_import_describe (fixture->import);

  g_assert_null (ekl_import_get_error (fixture->import));
  g_assert_cmpstr (says, ==, text);
}

static void
test_guess (Fixture *fixture, gconstpointer text)
{
  EklTable *table = ekl_import_get_table (fixture->import);

  g_assert_cmpint (ekl_table_get_csv_format (table)->delimiter, ==, ';');
  g_assert_cmpint (ekl_table_get_csv_format (table)->decimal, ==, ',');
  g_assert_cmpint (ekl_import_get_role (fixture->import, 0), ==, EKL_ROLE_IGNORED);
  g_assert_cmpint (ekl_import_get_role (fixture->import, 1), ==, EKL_ROLE_FEATURE);
  g_assert_cmpint (ekl_import_get_role (fixture->import, 3), ==, EKL_ROLE_TARGET);
  g_assert_cmpint (ekl_import_get_column_type (fixture->import, 2), ==, EKL_COLUMN_CATEGORY);
  assert_says (fixture, "6 training rows, 2 validation, 2 features in 3 inputs, 2 rows dropped: 1 "
                        "missing, 1 bad");
  g_assert_true (ekl_import_is_ready (fixture->import));
}

static void
test_delimiter (Fixture *fixture, gconstpointer text)
{
  const EklCsvFormat comma = { .delimiter = ',', .decimal = '.' }, automatic = { 0 };

  g_object_set (ekl_import_get_settings (fixture->import), "target", "price", NULL);
  ekl_import_set_format (fixture->import, &comma);
  g_assert_true (ekl_import_is_busy (fixture->import));
  g_assert_false (ekl_import_is_ready (fixture->import));
  wait_until (!ekl_import_is_busy (fixture->import));
  /* other columns: nothing is said of the former ones any more */
  g_assert_cmpuint (ekl_import_get_n_columns (fixture->import), <, 4);
  g_assert_cmpstr (ekl_experiment_get_string (ekl_import_get_settings (fixture->import), "target"),
                   ==, "");

  /* the last change wins */
  ekl_import_set_format (fixture->import, &automatic);
  ekl_import_set_format (fixture->import, &comma);
  ekl_import_set_format (fixture->import, &automatic);
  wait_until (!ekl_import_is_busy (fixture->import));
  g_assert_cmpuint (ekl_import_get_n_columns (fixture->import), ==, 4);
  g_assert_true (ekl_import_is_ready (fixture->import));
}

static void
set_role (Fixture *fixture, guint column, EklColumnRole role)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ekl_import_set_role (fixture->import, &column, 1, role, &error));
  g_assert_no_error (error);
  wait_until (!ekl_import_is_busy (fixture->import));
}

static void
test_roles (Fixture *fixture, gconstpointer text)
{
  const guint heating = 2;
  g_autoptr (GError) error = NULL;

  /* instead of the guess */
  set_role (fixture, 1, EKL_ROLE_TARGET);
  g_assert_cmpint (ekl_import_get_role (fixture->import, 3), ==, EKL_ROLE_FEATURE);
  /* and then beside it */
  set_role (fixture, 3, EKL_ROLE_TARGET);
  g_assert_cmpint (ekl_import_get_role (fixture->import, 1), ==, EKL_ROLE_TARGET);
  set_role (fixture, 1, EKL_ROLE_IGNORED);
  g_assert_cmpint (ekl_import_get_role (fixture->import, 1), ==, EKL_ROLE_IGNORED);
  assert_says (fixture, "8 training rows, 2 validation, 1 feature in 2 inputs");

  /* not without any */
  g_assert_false (
    ekl_import_set_role (fixture->import, (const guint[]){ 3 }, 1, EKL_ROLE_FEATURE, &error));
  g_assert_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN);
  g_assert_cmpint (ekl_import_get_role (fixture->import, 3), ==, EKL_ROLE_TARGET);

  /* classes */
  set_role (fixture, 1, EKL_ROLE_FEATURE);
  set_role (fixture, heating, EKL_ROLE_TARGET);
  set_role (fixture, 3, EKL_ROLE_FEATURE);
  assert_says (fixture, "6 training rows, 2 validation, 2 features, 2 classes, 2 rows dropped: 1 "
                        "missing, 1 bad");
}

static void
test_types (Fixture *fixture, gconstpointer text)
{
  const guint area = 1, id = 0;

  ekl_import_set_column_type (fixture->import, &area, 1, EKL_COLUMN_CATEGORY);
  wait_until (!ekl_import_is_busy (fixture->import));
  g_assert_cmpint (ekl_import_get_column_type (fixture->import, area), ==, EKL_COLUMN_CATEGORY);
  ekl_import_set_column_type (fixture->import, &area, 1, EKL_COLUMN_NUMBER);
  wait_until (!ekl_import_is_busy (fixture->import));
  assert_says (fixture, "6 training rows, 2 validation, 2 features in 3 inputs, 2 rows dropped: 1 "
                        "missing, 1 bad");
  /* the row's number is used by who wants it */
  set_role (fixture, id, EKL_ROLE_FEATURE);
  g_assert_cmpint (ekl_import_get_role (fixture->import, id), ==, EKL_ROLE_FEATURE);
}

static void
test_settings (Fixture *fixture, gconstpointer text)
{
  EklExperiment *settings = ekl_import_get_settings (fixture->import);
  guint n = fixture->n_plans;

  g_object_set (settings, "missing", EKL_MISSING_MEAN, "train-fraction", 0.5, NULL);
  wait_until (!ekl_import_is_busy (fixture->import));
  /* both in one go */
  g_assert_cmpuint (fixture->n_plans, ==, n + 1);
  g_assert_cmpuint (fixture->n_tables, ==, 1);
  assert_says (fixture, "5 training rows, 5 validation, 2 features in 3 inputs, 2 cells filled in");
  g_object_set (settings, "task", EKL_TASK_CLASSIFICATION, NULL);
  wait_until (!ekl_import_is_busy (fixture->import));
  if (ekl_import_get_error (fixture->import) != NULL)
    g_assert_false (ekl_import_is_ready (fixture->import));
}

static void
test_problem (Fixture *fixture, gconstpointer text)
{
  g_autoptr (EklExperiment) current = ekl_experiment_new ();
  g_autoptr (EklProblem) problem = NULL;

  g_object_set (current, "ensemble-size", 77, "layers", "3,3", "target", "other", NULL);
  set_role (fixture, 1, EKL_ROLE_TARGET);
  problem = ekl_import_make_problem (fixture->import, current);
  /* the way to train stays, data and network begin anew */
  g_assert_cmpuint (ekl_experiment_get_uint (problem->experiment, "ensemble-size"), ==, 77);
  g_assert_cmpstr (ekl_experiment_get_string (problem->experiment, "layers"), ==, "16");
  g_assert_cmpstr (ekl_experiment_get_string (problem->experiment, "target"), ==, "area");
  g_assert_cmpstr (ekl_experiment_get_string (problem->defaults, "target"), ==, "area");
  g_assert_cmpstr (ekl_experiment_get_string (problem->experiment, "data"), ==, fixture->path);
  g_assert_nonnull (problem->dataset);
}

/* ---- what is remembered ---- */

static void
keep (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  ekl_import_memory_keep (fixture->path, ekl_import_get_settings (fixture->import), &error);
  g_assert_no_error (error);
}

static void
test_memory (Fixture *fixture, gconstpointer text)
{
  const EklCsvFormat semicolon = { .delimiter = ';' };

  set_role (fixture, 1, EKL_ROLE_TARGET);
  ekl_import_set_format (fixture->import, &semicolon);
  wait_until (!ekl_import_is_busy (fixture->import));
  keep (fixture);
  end (fixture);
  begin (fixture);
  g_assert_true (ekl_import_is_remembered (fixture->import));
  g_assert_cmpint (ekl_import_get_role (fixture->import, 1), ==, EKL_ROLE_TARGET);
  g_assert_cmpint (ekl_import_get_format (fixture->import)->delimiter, ==, ';');

  /* anew */
  ekl_import_forget (fixture->import);
  wait_until (!ekl_import_is_busy (fixture->import));
  g_assert_false (ekl_import_is_remembered (fixture->import));
  g_assert_cmpint (ekl_import_get_role (fixture->import, 3), ==, EKL_ROLE_TARGET);

  /* more rows are the same file, other columns another one */
  end (fixture);
  g_free (folder_write (folder, "houses.csv", HOUSES "11;50;gas;101\n"));
  begin (fixture);
  g_assert_true (ekl_import_is_remembered (fixture->import));
  end (fixture);
  g_free (folder_write (folder, "houses.csv", "x;y\n1;2\n2;3\n3;4\n4;5\n"));
  begin (fixture);
  g_assert_false (ekl_import_is_remembered (fixture->import));
}

/* A store that is damaged is a store of nothing. */
static void
test_damaged_memory (Fixture *fixture, gconstpointer text)
{
  g_autofree char *own = g_build_filename (g_get_user_state_dir (), "eki-lab", NULL);
  g_autofree char *store = g_build_filename (own, "imports.ini", NULL);
  g_autoptr (EklExperiment) settings = ekl_experiment_new ();

  g_mkdir_with_parents (own, 0700);
  g_assert_true (g_file_set_contents (store, "\x01nonsense[[[\n=", -1, NULL));
  g_assert_false (ekl_import_memory_recall (fixture->path, settings));
  keep (fixture);
  g_assert_true (ekl_import_memory_recall (fixture->path, settings));
}

static void
test_pasted (void)
{
  g_autoptr (GError) error = NULL, no_table = NULL;
  g_autofree char *path = ekl_pasted_table_keep ("a\tb\n1\t2\n2\t3\n", &error);
  g_autofree char *second = ekl_pasted_table_keep ("a\tb\n1\t2\n2\t3\n", &error);
  g_autofree char *contents = NULL;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "a\tb\n1\t2\n2\t3\n");
  g_assert_cmpstr (path, !=, second);
  g_assert_null (ekl_pasted_table_keep ("a word", &no_table));
  g_assert_error (no_table, EKL_DATA_ERROR, EKL_DATA_ERROR_EMPTY);
  g_clear_error (&no_table);
  g_assert_null (ekl_pasted_table_keep (NULL, &no_table));
}

/* Closed while it finds out what would become of the table: the thread that does so lets go of it. */
static void
test_closed_while_planning (void)
{
  g_autoptr (GString) text = g_string_new ("a,b,y\n");
  g_autofree char *path = NULL;
  EklImport *import;

  for (guint r = 0; r < 30000; r++)
    g_string_append_printf (text, "%u.5,%u,%u\n", r, r % 977, r % 13);
  path = folder_write (folder, "long.csv", text->str);
  import = ekl_import_new (path, NULL);
  ekl_import_start (import);
  wait_until (ekl_import_get_table (import) != NULL);
  for (guint i = 0; i < 3; i++) {
    g_object_set (ekl_import_get_settings (import), "types", i % 2 == 0 ? "a:category" : "",
                  "missing", EKL_MISSING_MODE, NULL);
    wait_ms (45);
  }
  g_object_add_weak_pointer (G_OBJECT (import), (gpointer *) &import);
  ekl_import_close (import);
  g_object_unref (import);
  wait_until (import == NULL);
  g_remove (path);
}

static void
test_recent (void)
{
  g_autoptr (GSettings) settings = ekl_window_settings_new ();
  g_auto (GStrv) listed = NULL;
  char *paths[10];

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autofree char *name = g_strdup_printf ("recent-%u.csv", i);

    paths[i] = folder_write (folder, name, "a,b\n1,2\n");
    ekl_recent_files_add (settings, paths[i]);
  }
  ekl_recent_files_add (settings, paths[5]);
  g_remove (paths[8]);
  listed = ekl_recent_files_list (settings);
  g_assert_cmpuint (g_strv_length (listed), ==, 7);
  g_assert_cmpstr (listed[0], ==, paths[5]);
  g_assert_cmpstr (listed[1], ==, paths[9]);
  g_assert_cmpstr (listed[2], ==, paths[7]);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_remove (paths[i]);
    g_free (paths[i]);
  }
  g_settings_reset (settings, "recent-files");
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *name;
    void (*test) (Fixture *, gconstpointer);
  } models[] = {
    { "guess", test_guess },       { "delimiter", test_delimiter },
    { "roles", test_roles },       { "types", test_types },
    { "settings", test_settings }, { "problem", test_problem },
    { "memory", test_memory },     { "damaged-memory", test_damaged_memory },
  };
  int result;

  folder = g_dir_make_tmp ("ekl-test-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (models); i++) {
    g_autofree char *path = g_strconcat ("/import/", models[i].name, NULL);

    g_test_add (path, Fixture, HOUSES, set_up, models[i].test, tear_down);
  }
  g_test_add_func ("/import/pasted", test_pasted);
  g_test_add_func ("/import/closed-while-planning", test_closed_while_planning);
  g_test_add_func ("/import/recent", test_recent);
  result = g_test_run ();
  folder_remove (folder);
  g_free (folder);
  return result;
}

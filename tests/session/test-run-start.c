/* test-run-start.c - particles and parameters from files, and runs that cannot be made
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cpu.h"
#include "npy.h"
#include "run-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static void
write_array (const char *path, guint n_dimensions, const gsize *shape)
{
  g_autoptr (EklArray) array = ekl_array_new (n_dimensions, shape);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < ekl_array_get_n_values (array); i++)
    array->values[i] = 0.25 * sin ((double) i);
  ekl_npy_write (path, n_dimensions, shape, array->values, &error);
  g_assert_no_error (error);
}

static void
test_initial_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *ensemble = g_build_filename (g_get_user_data_dir (), "U.npy", NULL);
  g_autofree char *parameters = g_build_filename (g_get_user_data_dir (), "u.npy", NULL);
  g_autoptr (EklRun) run = NULL;
  g_autofree double *rows = NULL;
  gsize n;

  g_assert_no_errno (g_mkdir_with_parents (g_get_user_data_dir (), 0755));
  write_array (ensemble, 2, (const gsize[]){ 7, 241 });
  write_array (parameters, 1, (const gsize[]){ 241 });
  ekl_experiment_set_text (fixture->experiment, "initial-ensemble", ensemble, NULL);
  run = make_run (fixture);
  g_assert_cmpuint (ekl_experiment_get_uint (ekl_run_get_experiment (run), "ensemble-size"), ==, 7);
  rows = get_rows (run, &n);
  g_assert_cmpuint (n, ==, 7 * 241);
  for (gsize i = 0; i < n; i++)
    g_assert_true (rows[i] == (double) (real) (0.25 * sin ((double) i)));
  g_assert_true (ekl_run_get_descent (run)[240] == (real) rows[240]);
  /* particles of a file have no prior to follow */
  g_assert_true (set_double (run, "prior-weight-std", 5, NULL, NULL));
  g_assert_true (ekl_run_get_descent (run)[240] == (real) rows[240]);

  ekl_experiment_set_text (fixture->experiment, "start", "particle:3", NULL);
  g_clear_pointer (&run, ekl_run_free);
  run = make_run (fixture);
  g_assert_true (ekl_run_get_descent (run)[0] == (real) rows[2 * 241]);
  ekl_experiment_set_text (fixture->experiment, "initial-parameters", parameters, NULL);
  g_clear_pointer (&run, ekl_run_free);
  run = make_run (fixture);
  g_assert_true (ekl_run_get_descent (run)[240] == (real) (0.25 * sin (240)));
  step (run, 3);
}

static void
check_refused (Fixture *fixture, const char *setting, const char *path, const char *part)
{
  g_autoptr (GError) error = NULL;
  EklRun *run;

  ekl_experiment_set_text (fixture->experiment, setting, path, NULL);
  run = ekl_run_new (fixture->experiment, fixture->dataset, &error);
  g_assert_null (run);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, part));
  ekl_experiment_reset_setting (fixture->experiment, setting);
}

static void
test_bad_initial_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "bad.npy", NULL);
  g_autofree double *values = g_new0 (double, 2 * 241);

  g_assert_no_errno (g_mkdir_with_parents (g_get_user_data_dir (), 0755));
  write_array (path, 2, (const gsize[]){ 5, 240 });
  check_refused (fixture, "initial-ensemble", path, "(5, 240)");
  check_refused (fixture, "initial-ensemble", path, "(J, 241)");
  check_refused (fixture, "initial-parameters", path, "(241)");
  write_array (path, 2, (const gsize[]){ 1, 241 });
  check_refused (fixture, "initial-ensemble", path, "J from 2");
  write_array (path, 1, (const gsize[]){ 241 });
  check_refused (fixture, "initial-ensemble", path, "(241)");
  write_array (path, 1, (const gsize[]){ 240 });
  check_refused (fixture, "initial-parameters", path, "(240)");

  values[241 + 4] = NAN;
  g_assert_true (ekl_npy_write (path, 2, (const gsize[]){ 2, 241 }, values, NULL));
  check_refused (fixture, "initial-ensemble", path, "row 2, column 5");
  g_assert_no_errno (g_unlink (path));
  check_refused (fixture, "initial-ensemble", path, "initial-ensemble: ");
}

static void
test_bad_experiments (Fixture *fixture, gconstpointer data)
{
  check_refused (fixture, "loss", "cross-entropy", "cross-entropy");
  g_object_set (fixture->experiment, "ensemble-size", 100000, NULL);
  check_refused (fixture, "layers", HUGE_LAYERS, "memory");
}

int
main (int argc, char **argv)
{
  ekl_cpu_setup (argc, argv);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/run-start/files", "boston", test_initial_files);
  ADD ("/run-start/bad-files", "boston", test_bad_initial_files);
  ADD ("/run-start/bad-experiments", "boston", test_bad_experiments);
  return g_test_run ();
}

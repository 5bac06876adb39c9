/* test-recorded.c - runs that were recorded in the window, and how a run ends
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "npy.h"
#include "waiting.h"
#include "workbench-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static void
save (Bench *bench, EklRunFile what, const char *path)
{
  g_clear_pointer (&bench->told, g_free);
  ekl_workbench_save (bench->workbench, what, path);
  wait_until (bench->told != NULL || bench->message != NULL);
  g_assert_null (bench->message);
}

static EklArray *
read_array (const char *path)
{
  g_autoptr (GError) error = NULL;
  EklArray *array = ekl_npy_read (path, &error);

  g_assert_no_error (error);
  return array;
}

static void
assert_same_arrays (const char *path_a, const char *path_b)
{
  g_autoptr (EklArray) a = read_array (path_a);
  g_autoptr (EklArray) b = read_array (path_b);
  const gsize n = ekl_array_get_n_values (a);

  g_assert_cmpuint (ekl_array_get_n_values (b), ==, n);
  g_assert_cmpmem (a->values, n * sizeof *a->values, b->values, n * sizeof *b->values);
}

static void
assert_same_history (const GArray *before, EklHistory *history)
{
  guint n;
  const EklRecord *now = ekl_history_get_records (history, &n);

  g_assert_cmpuint (n, >=, before->len);
  for (guint i = 0; i < before->len; i++) {
    const EklRecord *was = &g_array_index (before, EklRecord, i);

    g_assert_cmpuint (was->step, ==, now[i].step);
    for (guint m = 0; m < EKL_N_METHODS; m++) {
      const EklMethodRecord *a = &was->method[m], *b = &now[i].method[m];

      g_assert_cmpmem (&a->train_loss, sizeof (double), &b->train_loss, sizeof (double));
      g_assert_cmpmem (&a->step_size, sizeof (double), &b->step_size, sizeof (double));
      g_assert_cmpmem (&a->time, sizeof (double), &b->time, sizeof (double));
      g_assert_cmpmem (&a->spread, sizeof (double), &b->spread, sizeof (double));
    }
  }
}

static GArray *
copy_history (EklHistory *history)
{
  GArray *copy = g_array_new (FALSE, FALSE, sizeof (EklRecord));
  guint n;
  const EklRecord *records = ekl_history_get_records (history, &n);

  return g_array_append_vals (copy, records, n);
}

static const char *const lively[][2] = {
  { "learning-rate", "0.1" }, { "ensemble-size", "80" }, { "noise-std", "0.2" },
  { "form", "etki" },         { "ensemble-size", "33" }, { "weight-noise", "0.1" },
  { "optimizer", "adam" },    { "form", "kalman" },      { "learning-rate", "0.02" },
};

static void
wait_for_steps (Bench *bench, guint n)
{
  const guint64 step = get_step (bench);

  wait_until (get_step (bench) > step + n);
}

/* Settings turned at while it runs at full speed, at whatever step that is. */
static void
play_live (Bench *bench)
{
  set (bench, "prior-weight-std", "1.5");
  ekl_workbench_set_speed_limit (bench->workbench, 400);
  ekl_workbench_run (bench->workbench);
  for (guint i = 0; i < G_N_ELEMENTS (lively); i++) {
    wait_for_steps (bench, 2);
    set (bench, lively[i][0], lively[i][1]);
  }
  /* at the same step it would be no change at all */
  wait_for_steps (bench, 2);
  ekl_workbench_undo (bench->workbench);
  ekl_workbench_pause (bench->workbench);
  wait_until (ekl_workbench_get_state (bench->workbench) == EKL_ENGINE_PAUSED);
}

static char **
make_names (const char *folder, const char *ensemble, const char *descent)
{
  char **names = g_new0 (char *, 3);

  names[0] = g_build_filename (folder, ensemble, NULL);
  names[1] = g_build_filename (folder, descent, NULL);
  return names;
}

static void
test_recorded (Bench *bench, gconstpointer source)
{
  g_autofree char *folder = g_dir_make_tmp ("ekl-test-XXXXXX", NULL);
  g_autofree char *experiment = g_build_filename (folder, "live.ekilab", NULL);
  g_auto (GStrv) first = make_names (folder, "U1.npy", "u1.npy");
  g_auto (GStrv) second = make_names (folder, "U2.npy", "u2.npy");
  g_autoptr (EklExperiment) loaded = ekl_experiment_new ();
  g_autoptr (EklRun) run = NULL;
  g_autoptr (EklRunState) state = NULL;
  g_autoptr (EklArray) array = NULL;
  g_autoptr (GArray) before = NULL;
  g_autoptr (GError) error = NULL;
  guint64 end;

  play_live (bench);
  end = get_step (bench);
  before = copy_history (ekl_workbench_get_history (bench->workbench));
  save (bench, EKL_RUN_FILE_EXPERIMENT, experiment);
  g_assert_nonnull (strstr (bench->told, "with 10 changes"));
  save (bench, EKL_RUN_FILE_ENSEMBLE, first[0]);
  save (bench, EKL_RUN_FILE_DESCENT, first[1]);

  /* in the window, from another problem, at full speed */
  ekl_workbench_open (bench->workbench, "example:moons");
  wait_until (bench->n_starts == 2);
  ekl_workbench_open (bench->workbench, experiment);
  wait_until (bench->n_starts == 3);
  g_assert_cmpuint (ekl_workbench_get_n_ahead (bench->workbench), ==, 10);
  assert_setting (bench, "prior-weight-std", "1.5");
  assert_setting (bench, "learning-rate", "0.05");
  step_to (bench, end);
  g_assert_cmpuint (ekl_workbench_get_n_ahead (bench->workbench), ==, 0);
  assert_setting (bench, "learning-rate", "0.1");
  assert_same_history (before, ekl_workbench_get_history (bench->workbench));
  save (bench, EKL_RUN_FILE_ENSEMBLE, second[0]);
  save (bench, EKL_RUN_FILE_DESCENT, second[1]);
  for (guint i = 0; i < 2; i++)
    assert_same_arrays (first[i], second[i]);
  /* reset: it lies ahead again */
  ekl_workbench_reset (bench->workbench);
  wait_until (bench->n_starts == 4);
  g_assert_cmpuint (ekl_workbench_get_n_ahead (bench->workbench), ==, 10);

  /* and without a window */
  g_assert_true (ekl_experiment_load (loaded, experiment, &error));
  g_assert_cmpuint (ekl_experiment_get_step_limit (loaded), ==, end);
  g_object_set (loaded, "threads", 2, NULL);
  run = ekl_run_new (loaded, ekl_workbench_get_dataset (bench->workbench), &error);
  g_assert_no_error (error);
  while (ekl_run_get_record (run)->step < end && ekl_run_step (run))
    ;
  state = ekl_run_make_state (run);
  array = read_array (first[0]);
  g_assert_cmpmem (array->values, ekl_array_get_n_values (array) * sizeof (double), state->ensemble,
                   (gsize) state->n_particles * state->n_parameters * sizeof (double));

  g_remove (experiment);
  for (guint i = 0; i < 2; i++) {
    g_remove (first[i]);
    g_remove (second[i]);
  }
  g_rmdir (folder);
}

/* A point that was dragged before the first step is part of the file. */
static void
test_moved (Bench *bench, gconstpointer source)
{
  g_autofree char *folder = g_dir_make_tmp ("ekl-test-XXXXXX", NULL);
  g_autofree char *experiment = g_build_filename (folder, "moved.ekilab", NULL);
  g_autofree char *first = g_build_filename (folder, "U1.npy", NULL);
  g_autofree char *second = g_build_filename (folder, "U2.npy", NULL);
  const double start = get_loss (bench, EKL_METHOD_EKI);

  wait_until (ekl_workbench_wants_frame (bench->workbench));
  ekl_workbench_request_frame (bench->workbench, EKL_FRAME_ALL);
  wait_until (ekl_workbench_get_plane (bench->workbench) != NULL);
  ekl_workbench_move_in_plane (bench->workbench, "particle:3", (EklPoint){ 1, -1 });
  wait_until (get_loss (bench, EKL_METHOD_EKI) != start);
  step_to (bench, 5);
  /* not any more */
  ekl_workbench_move_in_plane (bench->workbench, "particle:4", (EklPoint){ 1, -1 });
  save (bench, EKL_RUN_FILE_EXPERIMENT, experiment);
  save (bench, EKL_RUN_FILE_ENSEMBLE, first);

  ekl_workbench_open (bench->workbench, experiment);
  wait_until (bench->n_starts == 2);
  g_assert_cmpfloat (get_loss (bench, EKL_METHOD_EKI), !=, start);
  step_to (bench, 5);
  save (bench, EKL_RUN_FILE_ENSEMBLE, second);
  assert_same_arrays (first, second);
  g_remove (experiment);
  g_remove (first);
  g_remove (second);
  g_rmdir (folder);
}

/* One's own change ends the replay; its undo brings the rest back. */
static void
test_own_change (Bench *bench, gconstpointer source)
{
  step_to (bench, 2);
  set (bench, "learning-rate", "0.1");
  step_to (bench, 6);
  set (bench, "noise-std", "0.5");
  step_to (bench, 10);
  ekl_workbench_replay (bench->workbench);
  wait_until (bench->n_starts == 2);
  g_assert_cmpuint (ekl_workbench_get_n_ahead (bench->workbench), ==, 2);
  assert_setting (bench, "learning-rate", "0.05");
  step_to (bench, 4);
  assert_setting (bench, "learning-rate", "0.1");
  g_assert_cmpuint (ekl_workbench_get_n_ahead (bench->workbench), ==, 1);

  g_clear_pointer (&bench->told, g_free);
  set (bench, "weight-noise", "0.2");
  g_assert_cmpuint (ekl_workbench_get_n_ahead (bench->workbench), ==, 0);
  g_assert_nonnull (strstr (bench->told, "1 recorded change ahead was dropped"));
  ekl_workbench_undo (bench->workbench);
  g_assert_cmpuint (ekl_workbench_get_n_ahead (bench->workbench), ==, 1);
  step_to (bench, 7);
  wait_until (ekl_workbench_get_n_ahead (bench->workbench) == 0);
  assert_setting (bench, "noise-std", "0.5");

  set (bench, "weight-noise", "0.2");
  step_to (bench, 8);
  assert_setting (bench, "noise-std", "0.5");
  ekl_workbench_reset (bench->workbench);
  wait_until (bench->n_starts == 3);
  /* now by the settings of now, with nothing ahead */
  g_assert_cmpuint (ekl_workbench_get_n_ahead (bench->workbench), ==, 0);
  assert_setting (bench, "noise-std", "0.5");
}

/* What has come to an end is said in words. */
static void
test_ends (Bench *bench, gconstpointer source)
{
  set (bench, "learning-rate", "50");
  ekl_workbench_step (bench->workbench, 40);
  wait_until (bench->told != NULL);
  g_assert_nonnull (strstr (bench->told, "Gradient descent diverged at step"));
  g_clear_pointer (&bench->told, g_free);
  set (bench, "stop-time", "0.1");
  wait_until (bench->told != NULL ||
              ekl_workbench_get_state (bench->workbench) == EKL_ENGINE_FINISHED);
  ekl_workbench_reset (bench->workbench);
  wait_until (bench->n_starts == 2);
  ekl_workbench_step (bench->workbench, 60);
  wait_until (ekl_workbench_get_state (bench->workbench) == EKL_ENGINE_FINISHED);
  g_assert_nonnull (bench->told);
  g_clear_pointer (&bench->told, g_free);

  set (bench, "stop-time", "0");
  set (bench, "learning-rate", "0.01");
  set (bench, "online-group", "20");
  wait_until (bench->n_starts == 3);
  set (bench, "online", "yes");
  wait_until (bench->n_starts == 4);
  g_clear_pointer (&bench->told, g_free);
  ekl_workbench_run (bench->workbench);
  wait_until (bench->told != NULL);
  g_assert_nonnull (strstr (bench->told, "All data have been used once"));
}

static void
test_bad_experiments (Bench *bench, gconstpointer source)
{
  static const char *const texts[] = {
    "",
    "[eki-lab]\nformat=1\n",
    "[eki-lab]\nformat=1\n[data]\ndata=nowhere.csv\n",
    "[eki-lab]\nformat=1\n[data]\ndata=example:nothing\n",
    "[eki-lab]\nformat=1\n[data]\ndata=example:sine\n[change 1]\nstep=1\nsetting=x\nafter=1\n",
    ("[eki-lab]\nformat=1\n[data]\ndata=example:sine\n[change "
     "1]\nstep=0\nsetting=descent\nafter=1\n"),
  };
  g_autofree char *folder = g_dir_make_tmp ("ekl-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bad.ekilab", NULL);

  step_to (bench, 3);
  set (bench, "learning-rate", "0.125");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_clear_pointer (&bench->message, g_free);
    g_file_set_contents (path, texts[i], -1, NULL);
    ekl_workbench_open (bench->workbench, path);
    wait_until (bench->message != NULL);
    g_test_message ("%s", bench->message);
    wait_ms (20);
    g_assert_cmpuint (get_step (bench), ==, 3);
    assert_setting (bench, "learning-rate", "0.125");
    assert_setting (bench, "data", "example:sine");
    g_assert_cmpstr (ekl_workbench_get_undo_label (bench->workbench), ==,
                     "Learning rate h 0.05 → 0.125");
  }
  step_to (bench, 4);
  g_assert_cmpuint (bench->n_starts, ==, 1);

  /* what cannot be written is told too */
  g_clear_pointer (&bench->message, g_free);
  ekl_workbench_save (bench->workbench, EKL_RUN_FILE_EXPERIMENT, "/nowhere/at/all.ekilab");
  wait_until (bench->message != NULL);
  g_assert_nonnull (strstr (bench->message, "/nowhere/at/all"));
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *name, *source;
    void (*test) (Bench *, gconstpointer);
  } tests[] = {
    { "recorded/window", "example:sine", test_recorded },
    { "recorded/window-boston", "example:boston", test_recorded },
    { "recorded/moved", "example:sine", test_moved },
    { "recorded/own-change", "example:sine", test_own_change },
    { "ends", "example:sine", test_ends },
    { "recorded/bad-files", "example:sine", test_bad_experiments },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/workbench/", tests[i].name, NULL);

    g_test_add (path, Bench, tests[i].source, set_up, tests[i].test, tear_down);
  }
  return g_test_run ();
}

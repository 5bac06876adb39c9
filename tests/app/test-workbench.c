/* test-workbench.c - a problem at work behind the window: settings, runs, frames, other data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "waiting.h"
#include "workbench-fixture.h"

#include <glib/gstdio.h>

static void
test_titles (Bench *bench, gconstpointer data)
{
  g_autofree char *title = ekl_workbench_make_title (bench->workbench);
  g_autofree char *subtitle = ekl_workbench_make_subtitle (bench->workbench);

  g_assert_cmpstr (title, ==, "Boston housing");
  g_assert_cmpstr (subtitle, ==, "regression — 506 × 13 — 241 parameters");
}

static void
test_same_run (Bench *bench, gconstpointer data)
{
  double loss;

  step_to (bench, 12);
  loss = get_loss (bench, EKL_METHOD_EKI);
  ekl_workbench_reset (bench->workbench);
  wait_until (bench->n_starts == 2);
  g_assert_cmpuint (get_step (bench), ==, 0);
  step_to (bench, 12);
  g_assert_cmpfloat (get_loss (bench, EKL_METHOD_EKI), ==, loss);

  ekl_workbench_new_seed (bench->workbench);
  wait_until (bench->n_starts == 3);
  step_to (bench, 12);
  g_assert_cmpfloat (get_loss (bench, EKL_METHOD_EKI), !=, loss);
}

static const EklHistory *
get_former (Bench *bench, const char *expected)
{
  g_autofree char *name = NULL;
  const EklHistory *former = ekl_workbench_get_former (bench->workbench, &name);

  g_assert_cmpstr (name, ==, expected);
  return former;
}

/* The curves of the run before are there to be compared with, as long as something was other in it. */
static void
test_former (Bench *bench, gconstpointer data)
{
  guint n;

  step_to (bench, 12);
  g_assert_null (get_former (bench, NULL));
  ekl_workbench_reset (bench->workbench);
  wait_until (bench->n_starts == 2);
  g_assert_null (get_former (bench, NULL));

  g_object_set (get_experiment (bench), "ensemble-size", 20, NULL);
  wait_until (get_former (bench, "Particles J 50") != NULL);
  step_to (bench, 5);
  g_assert_nonnull (ekl_history_get_records (get_former (bench, "Particles J 50"), &n));
  g_assert_cmpuint (n, ==, 13);

  /* one that has not begun takes nobody's place */
  ekl_workbench_reset (bench->workbench);
  wait_until (bench->n_starts == 3);
  g_assert_null (get_former (bench, NULL));
  ekl_workbench_new_seed (bench->workbench);
  wait_until (bench->n_starts == 4);
  g_assert_nonnull (ekl_history_get_records (get_former (bench, "Seed 1"), &n));
  g_assert_cmpuint (n, ==, 6);

  /* what was changed in its middle is a difference, too */
  step_to (bench, 3);
  g_object_set (get_experiment (bench), "learning-rate", 0.01, NULL);
  step_to (bench, 6);
  ekl_workbench_reset (bench->workbench);
  wait_until (bench->n_starts == 5);
  g_assert_nonnull (get_former (bench, NULL));

  /* other data cannot be compared */
  ekl_workbench_open (bench->workbench, "example:boston");
  wait_until (bench->n_starts == 6);
  g_object_set (get_experiment (bench), "ensemble-size", 30, NULL);
  g_assert_null (get_former (bench, NULL));
}

static void
test_history_is_whole (Bench *bench, gconstpointer data)
{
  guint n;
  const EklRecord *records;

  ekl_workbench_run (bench->workbench);
  wait_until (get_step (bench) > 200);
  ekl_workbench_pause (bench->workbench);
  wait_until (ekl_workbench_get_state (bench->workbench) == EKL_ENGINE_PAUSED);
  records = ekl_history_get_records (ekl_workbench_get_history (bench->workbench), &n);
  g_assert_cmpuint (n, ==, get_step (bench) + 1);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (records[i].step, ==, i);
}

static void
test_prior_moves (Bench *bench, gconstpointer data)
{
  const double before = get_loss (bench, EKL_METHOD_EKI);

  g_object_set (get_experiment (bench), "prior-weight-std", 2.5, NULL);
  wait_until (get_loss (bench, EKL_METHOD_EKI) != before);
  g_assert_false (ekl_workbench_is_waiting (bench->workbench, "prior-weight-std"));
  g_assert_cmpuint (bench->n_starts, ==, 1);

  step_to (bench, 2);
  g_object_set (get_experiment (bench), "prior-weight-std", 1.0, NULL);
  g_assert_true (ekl_workbench_is_waiting (bench->workbench, "prior-weight-std"));
  /* back to what the run has: nothing to wait for */
  g_object_set (get_experiment (bench), "prior-weight-std", 2.5, NULL);
  g_assert_false (ekl_workbench_is_waiting (bench->workbench, "prior-weight-std"));
  g_object_set (get_experiment (bench), "prior-weight-std", 1.0, NULL);
  ekl_workbench_reset (bench->workbench);
  wait_until (bench->n_starts == 2);
  g_assert_false (ekl_workbench_is_waiting (bench->workbench, "prior-weight-std"));
  g_assert_cmpfloat (get_loss (bench, EKL_METHOD_EKI), ==, before);
}

/* Where the prior is part of the steps it acts at once, with a mark; and what waited acts as soon as
 * it becomes one. */
static void
test_prior_term (Bench *bench, gconstpointer data)
{
  EklHistory *history = ekl_workbench_get_history (bench->workbench);
  const EklEvent *events;
  guint n;

  step_to (bench, 2);
  g_object_set (get_experiment (bench), "prior-weight-std", 2.0, NULL);
  g_assert_true (ekl_workbench_is_waiting (bench->workbench, "prior-weight-std"));
  g_object_set (get_experiment (bench), "prior-term", TRUE, NULL);
  g_assert_false (ekl_workbench_is_waiting (bench->workbench, "prior-weight-std"));
  g_object_set (get_experiment (bench), "prior-mean", 0.5, NULL);
  g_assert_false (ekl_workbench_is_waiting (bench->workbench, "prior-mean"));
  wait_until ((events = ekl_history_get_events (history, &n)) != NULL && n == 3);
  g_assert_cmpstr (events[0].setting, ==, "Prior term");
  g_assert_cmpstr (events[1].setting, ==, "Weight spread");
  g_assert_cmpstr (events[2].setting, ==, "Mean");
  g_assert_cmpstr (events[2].after, ==, "0.5");
  g_assert_cmpuint (bench->n_starts, ==, 1);

  g_object_set (get_experiment (bench), "prior-term", FALSE, NULL);
  g_object_set (get_experiment (bench), "prior-mean", 0.0, NULL);
  g_assert_true (ekl_workbench_is_waiting (bench->workbench, "prior-mean"));
}

static void
test_live (Bench *bench, gconstpointer data)
{
  double runs;
  guint n;
  const EklEvent *events;

  step_to (bench, 3);
  runs = ekl_workbench_get_record (bench->workbench)->method[EKL_METHOD_EKI].model_runs;
  g_object_set (get_experiment (bench), "ensemble-size", 70, NULL);
  step_to (bench, 4);
  g_assert_cmpfloat (ekl_workbench_get_record (bench->workbench)->method[EKL_METHOD_EKI].model_runs,
                     ==, runs + 70);
  g_object_set (get_experiment (bench), "ensemble-size", 20, NULL);
  g_object_set (get_experiment (bench), "learning-rate", 0.125, NULL);
  step_to (bench, 5);
  g_assert_cmpfloat (ekl_workbench_get_record (bench->workbench)->method[EKL_METHOD_GD].step_size,
                     ==, 0.125);
  wait_ms (700);
  events = ekl_history_get_events (ekl_workbench_get_history (bench->workbench), &n);
  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpstr (events[n - 1].after, ==, "0.125");
  g_assert_cmpuint (bench->n_starts, ==, 1);
}

static void
test_refused (Bench *bench, gconstpointer data)
{
  step_to (bench, 3);
  /* more particles than any machine has room for */
  g_object_set (get_experiment (bench), "layers", "4096,4096,4096,4096,4096,4096", NULL);
  wait_until (bench->message != NULL);
  g_assert_cmpstr (ekl_experiment_get_string (get_experiment (bench), "layers"), ==, "16,16");
  g_assert_cmpuint (get_step (bench), ==, 3);
  /* the run before stands, and goes on */
  step_to (bench, 5);
  g_assert_cmpuint (bench->n_starts, ==, 1);
}

static void
test_reload (Bench *bench, gconstpointer data)
{
  g_object_set (get_experiment (bench), "train-fraction", 0.5, NULL);
  wait_until (bench->n_starts == 2);
  g_assert_cmpuint (ekl_dataset_get_training (ekl_workbench_get_dataset (bench->workbench))->n_data,
                    ==, 253);

  g_object_set (get_experiment (bench), "target", "nothing", NULL);
  wait_until (bench->message != NULL);
  g_assert_nonnull (strstr (bench->message, "nothing"));
  g_assert_cmpstr (ekl_experiment_get_string (get_experiment (bench), "target"), ==, "medv");
  g_assert_cmpfloat (ekl_experiment_get_double (get_experiment (bench), "train-fraction"), ==, 0.5);
}

/* What suits a problem goes with it; what the user has set stays. */
static void
test_next_problem (Bench *bench, gconstpointer data)
{
  g_assert_cmpstr (ekl_experiment_get_string (get_experiment (bench), "layers"), ==, "16,16");
  g_object_set (get_experiment (bench), "learning-rate", 0.01, NULL);
  ekl_workbench_open (bench->workbench, "example:boston");
  wait_until (bench->n_starts == 2);
  g_assert_cmpstr (ekl_experiment_get_string (get_experiment (bench), "layers"), ==, "16");
  g_assert_cmpstr (ekl_experiment_get_string (get_experiment (bench), "target"), ==, "medv");
  g_assert_cmpfloat (ekl_experiment_get_double (get_experiment (bench), "learning-rate"), ==, 0.01);
  g_assert_cmpfloat (
    ekl_experiment_get_double (ekl_workbench_get_defaults (bench->workbench), "learning-rate"), !=,
    0.01);
}

static void
test_bad_files (Bench *bench, gconstpointer data)
{
  static const struct {
    const char *text;
    const char *message;
  } files[] = {
    { "", "empty" },
    { "a\n1\n2\n3\n", "one column" },
    { "a,b\n1,x\n2,x\n3,x\n", "all values are x" },
  };
  g_autofree char *folder = g_dir_make_tmp ("ekl-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bad.csv", NULL);

  step_to (bench, 3);
  for (guint i = 0; i <= G_N_ELEMENTS (files); i++) {
    g_clear_pointer (&bench->message, g_free);
    /* the last one does not exist */
    if (i < G_N_ELEMENTS (files))
      g_file_set_contents (path, files[i].text, -1, NULL);
    else
      g_remove (path);
    ekl_workbench_open (bench->workbench, path);
    wait_until (bench->message != NULL);
    g_assert_nonnull (strstr (bench->message, "bad.csv"));
    if (i < G_N_ELEMENTS (files))
      g_assert_nonnull (strstr (bench->message, files[i].message));
    g_assert_cmpuint (get_step (bench), ==, 3);
    g_assert_false (ekl_workbench_is_loading (bench->workbench));
  }
  g_assert_cmpstr (ekl_experiment_get_string (get_experiment (bench), "data"), ==, "example:sine");
  step_to (bench, 4);
  g_assert_cmpuint (bench->n_starts, ==, 1);
  g_rmdir (folder);
}

static void
test_cancel (Bench *bench, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("ekl-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "long.csv", NULL);
  g_autoptr (GString) text = g_string_new ("a,b\n");

  for (guint i = 0; i < 300000; i++)
    g_string_append (text, "0.123456789,1.23456789\n");
  g_file_set_contents (path, text->str, -1, NULL);

  ekl_workbench_open (bench->workbench, path);
  g_assert_true (ekl_workbench_is_loading (bench->workbench));
  g_assert_cmpstr (ekl_workbench_get_loading_name (bench->workbench), ==, "long.csv");
  ekl_workbench_cancel_loading (bench->workbench);
  wait_until (!ekl_workbench_is_loading (bench->workbench));
  g_assert_null (bench->message);
  g_assert_cmpuint (bench->n_starts, ==, 1);

  /* the last one asked for is the one that comes */
  ekl_workbench_open (bench->workbench, path);
  ekl_workbench_open (bench->workbench, "example:boston");
  wait_until (bench->n_starts == 2);
  wait_ms (100);
  g_assert_cmpuint (ekl_dataset_get_n_rows (ekl_workbench_get_dataset (bench->workbench)), ==, 506);
  g_remove (path);
  g_rmdir (folder);
}

static void
test_frames (Bench *bench, gconstpointer data)
{
  wait_until (ekl_workbench_wants_frame (bench->workbench));
  ekl_workbench_request_frame (bench->workbench, EKL_FRAME_ALL);
  g_assert_false (ekl_workbench_wants_frame (bench->workbench));
  wait_until (ekl_workbench_get_plane (bench->workbench) != NULL);
  g_assert_cmpuint (ekl_workbench_get_plane (bench->workbench)->n_particles, ==, 50);
  g_assert_nonnull (ekl_workbench_get_predictions (bench->workbench));

  ekl_workbench_run (bench->workbench);
  for (guint i = 0; i < 20; i++) {
    wait_until (ekl_workbench_wants_frame (bench->workbench));
    ekl_workbench_request_frame (bench->workbench, EKL_FRAME_ALL);
  }
  ekl_workbench_pause (bench->workbench);
  wait_until (ekl_workbench_get_state (bench->workbench) == EKL_ENGINE_PAUSED);
}

/* Nobody looked while the steps were taken: what is seen of the ensemble now is in the history, too. */
static void
test_late_look (Bench *bench, gconstpointer data)
{
  const EklRecord *looks;
  guint n;

  ekl_workbench_step (bench->workbench, 5);
  wait_until (ekl_workbench_get_record (bench->workbench)->step == 5);
  wait_until (ekl_workbench_wants_frame (bench->workbench));
  ekl_workbench_request_frame (bench->workbench, EKL_FRAME_ENSEMBLE);
  wait_until (ekl_workbench_get_ensemble (bench->workbench) != NULL);
  looks = ekl_history_get_looks (ekl_workbench_get_history (bench->workbench), &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (looks[0].step, ==, 5);
  g_assert_cmpfloat (looks[0].ensemble.effective_rank, ==,
                     ekl_workbench_get_ensemble (bench->workbench)->now->effective_rank);
  g_assert_cmpfloat (looks[0].ensemble.span_share, >, 0);
}

static void
test_close_anywhere (void)
{
  for (guint i = 0; i < 30; i++) {
    Bench bench = { 0 };

    set_up (&bench, i % 3 == 0 ? NULL : "example:boston");
    if (i % 3 == 0)
      ekl_workbench_open (bench.workbench, "example:sine");
    else
      ekl_workbench_run (bench.workbench);
    wait_ms (i);
    tear_down (&bench, NULL);
  }
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *name;
    const char *source;
    void (*test) (Bench *, gconstpointer);
  } tests[] = {
    { "titles", "example:boston", test_titles },
    { "same-run", "example:sine", test_same_run },
    { "former", "example:sine", test_former },
    { "history-is-whole", "example:sine", test_history_is_whole },
    { "prior-moves", "example:sine", test_prior_moves },
    { "prior-term", "example:sine", test_prior_term },
    { "live", "example:sine", test_live },
    { "refused", "example:sine", test_refused },
    { "reload", "example:boston", test_reload },
    { "next-problem", "example:sine", test_next_problem },
    { "bad-files", "example:sine", test_bad_files },
    { "cancel", "example:sine", test_cancel },
    { "frames", "example:sine", test_frames },
    { "late-look", "example:boston", test_late_look },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/workbench/", tests[i].name, NULL);

    g_test_add (path, Bench, tests[i].source, set_up, tests[i].test, tear_down);
  }
  g_test_add_func ("/workbench/close-anywhere", test_close_anywhere);
  return g_test_run ();
}

/* test-model.c - what is behind the window: workbench, numbers, zoom, merged events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ekl-workbench.h"
#include "event_merger.h"
#include "figure_zoom.h"
#include "number_format.h"
#include "waiting.h"

#include <glib/gstdio.h>
#include <math.h>

/* ---- numbers ---- */

static void
test_format (void)
{
  static const struct {
    double value;
    const char *text;
  } values[] = {
    { 0, "0.0000" },
    { 0.18443, "0.1844" },
    { 1.00249, "1.002" },
    { 57.349, "57.35" },
    { 999.96, "1000.0" },
    { 12345.6, "12\xe2\x80\xaf"
               "346" },
    { -0.5, "-0.5000" },
    { 100000, "100\xe2\x80\xaf"
              "000" },
    { 7654321.4, "7\xe2\x80\xaf"
                 "654\xe2\x80\xaf"
                 "321" },
    { 1e-9, "1.00e-09" },
    { 2.5e7, "2.50e+07" },
    { NAN, "–" },
    { INFINITY, "∞" },
  };
  static const struct {
    double value;
    const char *text;
  } counts[] = {
    { 0, "0" },
    { 999, "999" },
    { 1234, "1234" },
    { 12345, "12\xe2\x80\xaf"
             "345" },
    { 1234567, "1\xe2\x80\xaf"
               "234\xe2\x80\xaf"
               "567" },
    { 2e7, "20.00\xe2\x80\xafM" },
    { 3e9, "3.000\xe2\x80\xafG" },
    { NAN, "–" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autofree char *text = ekl_format_value (values[i].value);

    g_assert_cmpstr (text, ==, values[i].text);
  }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++) {
    g_autofree char *text = ekl_format_count (counts[i].value);

    g_assert_cmpstr (text, ==, counts[i].text);
  }
}

/* The first steps on small batches are less than one. */
static void
test_format_passes (void)
{
  static const struct {
    double value;
    const char *text;
  } passes[] = { { 0, "0" },   { 0.3, "0.30" },    { 1.5, "1.50" },
                 { 12, "12" }, { 1234.5, "1234" }, { NAN, "–" } };

  for (guint i = 0; i < G_N_ELEMENTS (passes); i++) {
    g_autofree char *text = ekl_format_passes (passes[i].value);

    g_assert_cmpstr (text, ==, passes[i].text);
  }
}

static void
test_group_counts (void)
{
  g_autofree char *text =
    ekl_group_counts ("60000 training pictures, 10000 validation, 28 × 28, 1234");
  g_autofree char *nothing = ekl_group_counts ("");

  g_assert_cmpstr (text, ==,
                   "60\xe2\x80\xaf"
                   "000 training pictures, 10\xe2\x80\xaf"
                   "000 validation, 28 × 28, 1234");
  g_assert_cmpstr (nothing, ==, "");
}

static void
test_format_rate (void)
{
  g_autofree char *slow = ekl_format_rate (0.514);
  g_autofree char *usual = ekl_format_rate (45.26);
  g_autofree char *fast = ekl_format_rate (2123.4);
  g_autofree char *unknown = ekl_format_rate (NAN);

  g_assert_cmpstr (slow, ==, "0.51");
  g_assert_cmpstr (usual, ==, "45.3");
  g_assert_cmpstr (fast, ==, "2123");
  g_assert_cmpstr (unknown, ==, "–");
}

static void
test_format_seconds (void)
{
  g_autofree char *none = ekl_format_seconds (0);
  g_autofree char *too_short = ekl_format_seconds (0.0002);
  g_autofree char *shortest = ekl_format_seconds (0.00412);
  g_autofree char *short_one = ekl_format_seconds (0.214);
  g_autofree char *middle = ekl_format_seconds (12.34);
  g_autofree char *long_one = ekl_format_seconds (245);

  g_assert_cmpstr (none, ==, "0.00 s");
  g_assert_cmpstr (too_short, ==, "<0.001 s");
  g_assert_cmpstr (shortest, ==, "0.004 s");
  g_assert_cmpstr (short_one, ==, "0.21 s");
  g_assert_cmpstr (middle, ==, "12.3 s");
  g_assert_cmpstr (long_one, ==, "4:05 min");
}

/* ---- zoom ---- */

static const EklFigureLayout layout = { .left = 50,
                                        .top = 10,
                                        .width = 400,
                                        .height = 200,
                                        .x0 = 0,
                                        .x1 = 100,
                                        .y0 = 0.01,
                                        .y1 = 1,
                                        .log_y = TRUE };

static void
test_zoom_at (void)
{
  EklFigureOptions options = { 0 };
  const double x = 50 + 400 * 0.25, y = 10 + 200 * 0.5;

  /* the value under the pointer stays under it */
  ekl_figure_zoom_at (&options, &layout, x, y, -3);
  g_assert_true (options.has_view);
  g_assert_cmpfloat_with_epsilon (options.view_x0 + 0.25 * (options.view_x1 - options.view_x0), 25,
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (sqrt (options.view_y0 * options.view_y1), 0.1, 1e-9);
  g_assert_cmpfloat (options.view_x1 - options.view_x0, <, 60);

  /* over the labels of an axis only that axis */
  options.has_view = FALSE;
  ekl_figure_zoom_at (&options, &layout, 20, y, -3);
  g_assert_cmpfloat_with_epsilon (options.view_x0, 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (options.view_x1, 100, 1e-9);
  g_assert_cmpfloat (options.view_y1, <, 1);
}

static void
test_zoom_forever (void)
{
  EklFigureOptions options = { 0 };
  EklFigureLayout now = layout;

  for (guint i = 0; i < 2000; i++) {
    ekl_figure_zoom_at (&options, &now, 250, 110, i < 1000 ? -5 : 5);
    g_assert_true (isfinite (options.view_x0) && isfinite (options.view_y1));
    g_assert_cmpfloat (options.view_x0, <, options.view_x1);
    g_assert_cmpfloat (options.view_y0, <, options.view_y1);
    now.x0 = options.view_x0;
    now.x1 = options.view_x1;
    now.y0 = options.view_y0;
    now.y1 = options.view_y1;
  }
}

static void
test_zoom_to (void)
{
  EklFigureOptions options = { 0 };

  /* backwards, and beyond the edge */
  ekl_figure_zoom_to (&options, &layout, 250, 110, 150, 0, 8);
  g_assert_cmpfloat_with_epsilon (options.view_x0, 25, 1e-9);
  g_assert_cmpfloat_with_epsilon (options.view_x1, 50, 1e-9);
  g_assert_cmpfloat_with_epsilon (options.view_y0, 0.1, 1e-9);
  g_assert_cmpfloat_with_epsilon (options.view_y1, 1, 1e-9);

  /* flat: one axis */
  ekl_figure_zoom_to (&options, &layout, 150, 100, 250, 103, 8);
  g_assert_cmpfloat_with_epsilon (options.view_y0, 0.01, 1e-9);
  g_assert_cmpfloat_with_epsilon (options.view_y1, 1, 1e-9);
}

/* ---- events ---- */

static void
count_cb (gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
add_event (EklEventMerger *merger,
           guint64 step,
           const char *setting,
           const char *before,
           const char *after,
           gboolean recorded)
{
  const EklEvent event = { .step = step,
                           .setting = (char *) setting,
                           .before = (char *) before,
                           .after = (char *) after,
                           .recorded = recorded };

  ekl_event_merger_add (merger, &event);
}

static void
test_merger (void)
{
  g_autoptr (EklHistory) history = ekl_history_new ();
  guint n_written = 0, n;
  g_autoptr (EklEventMerger) merger = ekl_event_merger_new (history, count_cb, &n_written);
  const EklEvent *events;

  add_event (merger, 3, "h", "1", "2", FALSE);
  add_event (merger, 4, "h", "2", "3", FALSE);
  add_event (merger, 5, "J", "50", "60", FALSE);
  add_event (merger, 5, "J", "60", "50", FALSE);
  wait_until (n_written == 1);
  wait_ms (700);
  events = ekl_history_get_events (history, &n);
  /* one drag is one event; one that came back to where it was is none */
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (n_written, ==, 1);
  g_assert_cmpstr (events[0].before, ==, "1");
  g_assert_cmpstr (events[0].after, ==, "3");
  g_assert_cmpuint (events[0].step, ==, 4);

  /* unless steps were taken meanwhile */
  add_event (merger, 6, "J", "50", "60", FALSE);
  add_event (merger, 8, "J", "60", "50", FALSE);
  ekl_event_merger_flush (merger);
  events = ekl_history_get_events (history, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (events[1].step, ==, 6);
  g_assert_cmpstr (events[1].after, ==, "60");
  g_assert_cmpuint (events[2].step, ==, 8);
  g_assert_cmpstr (events[2].after, ==, "50");

  /* what was recorded comes at the engine's speed */
  add_event (merger, 9, "J", "50", "60", TRUE);
  add_event (merger, 70, "J", "60", "70", TRUE);
  events = ekl_history_get_events (history, &n);
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpuint (events[3].step, ==, 9);
  g_assert_cmpuint (events[4].step, ==, 70);
}

/* ---- workbench ---- */

typedef struct {
  EklWorkbench *workbench;
  guint n_starts;
  char *message; /* the last failure */
} Bench;

static void
started_cb (Bench *bench)
{
  bench->n_starts++;
}

static void
failed_cb (Bench *bench, const char *message)
{
  g_free (bench->message);
  bench->message = g_strdup (message);
}

static void
bench_set_up (Bench *bench, gconstpointer data)
{
  bench->workbench = ekl_workbench_new ();
  g_signal_connect_swapped (bench->workbench, "run-started", G_CALLBACK (started_cb), bench);
  g_signal_connect_swapped (bench->workbench, "failed", G_CALLBACK (failed_cb), bench);
  if (data != NULL) {
    ekl_workbench_open (bench->workbench, data);
    wait_until (bench->n_starts == 1);
  }
}

static void
bench_tear_down (Bench *bench, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (bench->workbench), (gpointer *) &bench->workbench);
  g_object_unref (bench->workbench);
  wait_until (bench->workbench == NULL);
  g_free (bench->message);
}

static guint64
get_step (Bench *bench)
{
  return ekl_workbench_get_record (bench->workbench)->step;
}

static double
get_eki_loss (Bench *bench)
{
  return ekl_workbench_get_record (bench->workbench)->method[EKL_METHOD_EKI].train_loss;
}

static EklExperiment *
get_experiment (Bench *bench)
{
  return ekl_workbench_get_experiment (bench->workbench);
}

static void
step_to (Bench *bench, guint64 step)
{
  ekl_workbench_step (bench->workbench, (guint) (step - get_step (bench)));
  wait_until (get_step (bench) == step);
}

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
  loss = get_eki_loss (bench);
  ekl_workbench_reset (bench->workbench);
  wait_until (bench->n_starts == 2);
  g_assert_cmpuint (get_step (bench), ==, 0);
  step_to (bench, 12);
  g_assert_cmpfloat (get_eki_loss (bench), ==, loss);

  ekl_workbench_new_seed (bench->workbench);
  wait_until (bench->n_starts == 3);
  step_to (bench, 12);
  g_assert_cmpfloat (get_eki_loss (bench), !=, loss);
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
  const double before = get_eki_loss (bench);

  g_object_set (get_experiment (bench), "prior-weight-std", 2.5, NULL);
  wait_until (get_eki_loss (bench) != before);
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
  g_assert_cmpfloat (get_eki_loss (bench), ==, before);
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

    bench_set_up (&bench, i % 3 == 0 ? NULL : "example:boston");
    if (i % 3 == 0)
      ekl_workbench_open (bench.workbench, "example:sine");
    else
      ekl_workbench_run (bench.workbench);
    wait_ms (i);
    bench_tear_down (&bench, NULL);
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
  g_test_add_func ("/model/format", test_format);
  g_test_add_func ("/model/format-passes", test_format_passes);
  g_test_add_func ("/model/group-counts", test_group_counts);
  g_test_add_func ("/model/format-rate", test_format_rate);
  g_test_add_func ("/model/format-seconds", test_format_seconds);
  g_test_add_func ("/model/zoom-at", test_zoom_at);
  g_test_add_func ("/model/zoom-forever", test_zoom_forever);
  g_test_add_func ("/model/zoom-to", test_zoom_to);
  g_test_add_func ("/model/merger", test_merger);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/model/workbench/", tests[i].name, NULL);

    g_test_add (path, Bench, tests[i].source, bench_set_up, tests[i].test, bench_tear_down);
  }
  g_test_add_func ("/model/workbench/close-anywhere", test_close_anywhere);
  return g_test_run ();
}

/* test-run-course.c - how a run goes on: losses and when they are taken, schedules, divergence, its end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cpu.h"
#include "run-fixture.h"

#include <math.h>

static void
test_divergence (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = NULL;
  const EklMethodRecord *gd, *eki;

  set_all (fixture->experiment, (const char *const[]){ "learning-rate", "1e6", "l2", "1", NULL });
  run = make_run (fixture);
  gd = get_record (run, EKL_METHOD_GD);
  eki = get_record (run, EKL_METHOD_EKI);
  step (run, 100);
  g_assert_true (gd->diverged);
  g_assert_false (eki->diverged);
  g_assert_false (ekl_run_is_finished (run));
  g_assert_cmpfloat (eki->train_loss, <, 0.2);
  for (gsize i = 0; i < ekl_run_get_network (run)->n_parameters; i++)
    g_assert_true (isfinite (ekl_run_get_descent (run)[i]));
}

static void
test_all_stop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = NULL;
  guint64 last;

  set_all (fixture->experiment,
           (const char *const[]){ "learning-rate", "1e6", "l2", "1", "stop-time", "1", NULL });
  run = make_run (fixture);
  for (guint i = 0; i < 1000 && ekl_run_step (run); i++)
    continue;
  g_assert_true (ekl_run_is_finished (run));
  last = ekl_run_get_record (run)->step;
  g_assert_cmpuint (last, <, 1000);
  g_assert_false (ekl_run_step (run));
  g_assert_cmpuint (ekl_run_get_record (run)->step, ==, last);
  g_assert_cmpfloat_with_epsilon (get_record (run, EKL_METHOD_EKI)->time, 1, 1e-9);

  /* more time, and it goes on */
  g_assert_true (set_double (run, "stop-time", 0, NULL, NULL));
  step (run, 5);
  g_assert_cmpfloat (get_record (run, EKL_METHOD_EKI)->time, >, 1);
}

static void
test_evaluation_interval (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = NULL;
  const EklMethodRecord *gd;

  /* 506 rows in batches of 10: every 506 / 100 = 5 steps */
  ekl_experiment_set_text (fixture->experiment, "batch-size", "10", NULL);
  run = make_run (fixture);
  gd = get_record (run, EKL_METHOD_GD);
  for (guint i = 1; i <= 12; i++) {
    step (run, 1);
    g_assert_true (isnan (gd->train_loss) == (i % 5 != 0));
  }
  ekl_run_evaluate (run);
  g_assert_true (isfinite (gd->train_loss));
  g_assert_true (isfinite (gd->validation_loss));
  g_assert_true (set_uint (run, "evaluate-every", 3, NULL, NULL));
  for (guint i = 13; i <= 18; i++) {
    step (run, 1);
    g_assert_true (isnan (gd->train_loss) == (i % 3 != 0));
  }
}

static void
test_regulariser (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) without = make_run (fixture);
  g_autoptr (EklRun) with = NULL;
  const real *u = ekl_run_get_descent (without);
  double square = 0;

  ekl_experiment_set_text (fixture->experiment, "l2", "0.5", NULL);
  with = make_run (fixture);
  for (gsize i = 0; i < ekl_run_get_network (with)->n_parameters; i++)
    square += (double) u[i] * (double) u[i];
  g_assert_cmpfloat_with_epsilon (get_record (with, EKL_METHOD_GD)->train_loss,
                                  get_record (without, EKL_METHOD_GD)->train_loss + 0.5 * square,
                                  1e-9);
  g_assert_true (get_record (with, EKL_METHOD_GD)->validation_loss ==
                 get_record (without, EKL_METHOD_GD)->validation_loss);
}

static void
test_linear_model (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = NULL;

  ekl_experiment_set_text (fixture->experiment, "layers", "", NULL);
  ekl_experiment_set_text (fixture->experiment, "train-fraction", "1", NULL);
  g_clear_pointer (&fixture->dataset, ekl_dataset_unref);
  fixture->dataset = make_dataset (fixture->experiment, "boston");
  run = make_run (fixture);
  g_assert_cmpuint (ekl_run_get_network (run)->n_parameters, ==, 14);
  step (run, 100);
  /* the least squares of Boston, all rows */
  g_assert_cmpfloat_with_epsilon (get_record (run, EKL_METHOD_EKI)->train_loss, 0.2594, 0.01);
  g_assert_true (isnan (get_record (run, EKL_METHOD_EKI)->validation_loss));
  g_assert_true (isfinite (get_record (run, EKL_METHOD_EKI)->metric));
}

static void
test_estimate (Fixture *fixture, gconstpointer data)
{
  const guint64 small = ekl_run_estimate_bytes (fixture->experiment, fixture->dataset);
  guint64 large;

  g_object_set (fixture->experiment, "ensemble-size", 5000, NULL);
  large = ekl_run_estimate_bytes (fixture->experiment, fixture->dataset);
  g_assert_cmpuint (small, >, 50 * 241 * sizeof (real));
  g_assert_cmpuint (small, <, 10 << 20);
  /* the K x K form, then the J x J form */
  g_assert_cmpuint (large, >, (guint64) 5000 * 404 * (8 + 2 * sizeof (real)));
  g_assert_cmpuint (large, <, (guint64) 5000 * 5000 * 8);
  set_all (fixture->experiment, (const char *[]){ "form", "euler", NULL });
  large = ekl_run_estimate_bytes (fixture->experiment, fixture->dataset);
  g_assert_cmpuint (large, >, (guint64) 3 * 5000 * 5000 * 8);
}

/* [7] for the ensemble: every schedule, step by step. */
static void
test_step_schedule (Fixture *fixture, gconstpointer data)
{
  static const char *const schedules[] = { "constant", "inverse", "step", "cosine" };
  const char *pairs[] = {
    "step-rule",        "fixed", "step-size", "0.5", "step-size-schedule", NULL,
    "step-size-period", "4",     NULL
  };

  for (guint k = 0; k < G_N_ELEMENTS (schedules); k++) {
    g_autoptr (EklRun) run = NULL;

    pairs[5] = schedules[k];
    set_all (fixture->experiment, pairs);
    run = make_run (fixture);
    for (guint n = 0; n < 10; n++) {
      const double turns = n / 4.0;
      const double factors[] = { 1, 1 / (1 + turns), pow (0.5, n / 4),
                                 (1 + cos (G_PI * (n % 4) / 4)) / 2 };

      step (run, 1);
      g_assert_cmpfloat_with_epsilon (get_record (run, EKL_METHOD_EKI)->step_size, 0.5 * factors[k],
                                      1e-12);
    }
  }
}

/* [18] at the end of an epoch is what somebody would get who switched it on for one step after
 * each: the same bits. Two moons have three batches an epoch here. */
static void
test_redraw_at_epoch (Fixture *fixture, gconstpointer data)
{
  const char *pairs[] = { "batch-size", "107", "weight-noise", "0",   "redraw-at", "epoch",
                          "redraw",     "0.3", "methods",      "eki", NULL };
  g_autoptr (EklRun) run = NULL;
  g_autoptr (EklRun) by_hand = NULL;
  g_autofree double *rows = NULL;
  g_autofree double *rows_by_hand = NULL;
  gsize n;

  set_all (fixture->experiment, pairs);
  run = make_run (fixture);
  set_all (fixture->experiment, (const char *[]){ "redraw-at", "step", "redraw", "0", NULL });
  by_hand = make_run (fixture);
  for (guint k = 0; k < 10; k++) {
    const gboolean new_epoch = k > 0 && k % 3 == 0;

    g_assert_true (set_double (by_hand, "redraw", new_epoch ? 0.3 : 0, NULL, NULL));
    step (by_hand, 1);
  }
  step (run, 10);
  rows = get_rows (run, &n);
  rows_by_hand = get_rows (by_hand, &n);
  g_assert_cmpmem (rows, n * sizeof (double), rows_by_hand, n * sizeof (double));
}

int
main (int argc, char **argv)
{
  ekl_cpu_setup (argc, argv);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/run-course/divergence", "boston", test_divergence);
  ADD ("/run-course/all-stop", "boston", test_all_stop);
  ADD ("/run-course/evaluation-interval", "boston", test_evaluation_interval);
  ADD ("/run-course/regulariser", "sine", test_regulariser);
  ADD ("/run-course/linear-model", "boston", test_linear_model);
  ADD ("/run-course/estimate", "boston", test_estimate);
  ADD ("/run-course/step-schedule", "sine", test_step_schedule);
  ADD ("/run-course/redraw-at-epoch", "moons", test_redraw_at_epoch);
  return g_test_run ();
}

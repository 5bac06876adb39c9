/* test-run.c - both methods step by step: determinism, settings that change, divergence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cores.h"
#include "cpu.h"
#include "run-fixture.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

/* Particles, gradient descent's parameters and the record, all to the bit. */
static void
assert_same (EklRun *a, EklRun *b)
{
  const gsize p = ekl_run_get_network (a)->n_parameters;
  gsize n_a, n_b;
  g_autofree double *rows_a = get_rows (a, &n_a);
  g_autofree double *rows_b = get_rows (b, &n_b);

  g_assert_cmpmem (rows_a, n_a * sizeof (double), rows_b, n_b * sizeof (double));
  g_assert_cmpmem (ekl_run_get_descent (a), p * sizeof (real), ekl_run_get_descent (b),
                   p * sizeof (real));
  for (guint k = 0; k < EKL_N_METHODS; k++) {
    g_assert_true (get_record (a, k)->train_loss == get_record (b, k)->train_loss);
    g_assert_true (get_record (a, k)->validation_loss == get_record (b, k)->validation_loss);
    g_assert_true (get_record (a, k)->metric == get_record (b, k)->metric);
    g_assert_true (get_record (a, k)->time == get_record (b, k)->time);
  }
}

static void
test_start (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run (fixture);
  const EklRecord *record = ekl_run_get_record (run);
  const gsize p = ekl_run_get_network (run)->n_parameters;
  g_autofree real *first = g_new (real, p);

  g_assert_cmpuint (record->step, ==, 0);
  g_assert_cmpfloat (record->epoch, ==, 0);
  g_assert_cmpuint (p, ==, 13 * 16 + 16 + 16 + 1);
  g_assert_cmpuint (ekl_ensemble_get_size (ekl_run_get_ensemble (run)), ==, 50);
  for (guint k = 0; k < EKL_N_METHODS; k++) {
    g_assert_true (record->method[k].present);
    g_assert_true (isfinite (record->method[k].train_loss));
    g_assert_true (isfinite (record->method[k].validation_loss));
    g_assert_true (isfinite (record->method[k].metric));
    g_assert_cmpfloat (record->method[k].model_runs, ==, 0);
  }
  g_assert_true (isnan (record->method[EKL_METHOD_EKI].particle_median));
  g_assert_cmpfloat (record->method[EKL_METHOD_EKI].spread, >, 0);
  /* gradient descent starts at the first particle */
  ekl_ensemble_get_particle (ekl_run_get_ensemble (run), 0, first);
  g_assert_cmpmem (first, p * sizeof (real), ekl_run_get_descent (run), p * sizeof (real));
}

/* With the defaults both learn: what issue 1 asks of the Boston example, for one seed. */
static void
test_learns (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run (fixture);
  const EklMethodRecord *eki = get_record (run, EKL_METHOD_EKI);
  const EklMethodRecord *gd = get_record (run, EKL_METHOD_GD);
  const double before = gd->train_loss;

  step (run, 100);
  g_test_message ("EKI %.3f, validation %.3f, %.2f k$; GD %.3f", eki->train_loss,
                  eki->validation_loss, eki->metric, gd->train_loss);
  g_assert_cmpfloat (eki->train_loss, <, 0.1);
  g_assert_cmpfloat (eki->validation_loss, <, 0.25);
  g_assert_cmpfloat (eki->metric, <, 5);
  g_assert_cmpfloat (gd->train_loss, <, before / 2);
  g_assert_cmpfloat (eki->model_runs, ==, 50 * 100);
  g_assert_cmpfloat (gd->model_runs, ==, 3 * 100);
  g_assert_cmpfloat (eki->seconds, >, 0);
  g_assert_cmpfloat (eki->particle_best, <=, eki->particle_low);
  g_assert_cmpfloat (eki->particle_low, <=, eki->particle_median);
  g_assert_cmpfloat (eki->particle_median, <=, eki->particle_high);
  /* RMSE in the user's units: the standardised loss times the output's scale */
  g_assert_cmpfloat_with_epsilon (eki->metric,
                                  sqrt (eki->validation_loss) *
                                    ekl_dataset_get_output_units (fixture->dataset)[0].scale,
                                  1e-5 * eki->metric);
}

static void
test_same_seed (Fixture *fixture, gconstpointer data)
{
  static const char *const variants[][5] = {
    { NULL },
    { "batch-size", "50", NULL },
    { "perturb-observations", "yes", "step-rule", "fixed", NULL },
    { "form", "euler", "step-size", "1e-4", NULL },
    { "optimizer", "adam", "batch-size", "33", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (variants); i++) {
    g_autoptr (EklRun) a = NULL;
    g_autoptr (EklRun) b = NULL;

    set_all (fixture->experiment, variants[i]);
    a = make_run (fixture);
    b = make_run (fixture);
    step (a, 20);
    step (b, 20);
    ekl_run_evaluate (a);
    ekl_run_evaluate (b);
    assert_same (a, b);
  }
}

static void
test_threads (Fixture *fixture, gconstpointer data)
{
  static const char *const threads[] = { "1", "2", "4" };
  g_autoptr (EklRun) first = NULL;

  set_all (fixture->experiment,
           (const char *const[]){ "ensemble-size", "120", "layers", "20,20", NULL });
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_autoptr (EklRun) run = NULL;

    ekl_experiment_set_text (fixture->experiment, "threads", threads[i], NULL);
    run = make_run (fixture);
    step (run, 10);
    if (first == NULL)
      first = g_steal_pointer (&run);
    else
      assert_same (first, run);
  }
}

static gpointer
borrow_thread (gpointer end)
{
  while (!g_atomic_int_get ((gint *) end)) {
    ekl_cores_borrow (200);
    g_thread_yield ();
    ekl_cores_return ();
    g_thread_yield ();
  }
  return NULL;
}

/* Regions that lose a thread and get it back, in the middle of a step too, compute the same. */
static void
test_lent_core (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) alone = NULL;
  g_autoptr (EklRun) lending = NULL;
  gint end = 0;
  GThread *thread;

  set_all (fixture->experiment, (const char *const[]){ "ensemble-size", "120", "layers", "20,20",
                                                       "threads", "4", NULL });
  alone = make_run (fixture);
  lending = make_run (fixture);
  step (alone, 20);
  thread = g_thread_new ("borrow", borrow_thread, &end);
  step (lending, 20);
  g_atomic_int_set (&end, 1);
  g_thread_join (thread);
  assert_same (alone, lending);
}

static void
test_other_seed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) a = make_run (fixture);
  g_autoptr (EklRun) b = NULL;

  ekl_experiment_set_text (fixture->experiment, "seed", "2", NULL);
  b = make_run (fixture);
  g_assert_true (get_record (a, EKL_METHOD_GD)->train_loss !=
                 get_record (b, EKL_METHOD_GD)->train_loss);
}

/* One method does not know of the other. */
static void
test_one_method (Fixture *fixture, gconstpointer data)
{
  static const char *const methods[] = { "eki", "gd" };
  g_autoptr (EklRun) both = NULL;

  ekl_experiment_set_text (fixture->experiment, "batch-size", "64", NULL);
  ekl_experiment_set_text (fixture->experiment, "evaluate-every", "1", NULL);
  both = make_run (fixture);
  step (both, 12);
  for (guint k = 0; k < EKL_N_METHODS; k++) {
    g_autoptr (EklRun) run = NULL;

    ekl_experiment_set_text (fixture->experiment, "methods", methods[k], NULL);
    run = make_run (fixture);
    g_assert_true (get_record (run, k)->present);
    g_assert_false (get_record (run, 1 - k)->present);
    g_assert_true ((ekl_run_get_ensemble (run) != NULL) == (k == EKL_METHOD_EKI));
    g_assert_true ((ekl_run_get_descent (run) != NULL) == (k == EKL_METHOD_GD));
    step (run, 12);
    g_assert_true (get_record (run, k)->train_loss == get_record (both, k)->train_loss);
  }
}

static void
test_starts (Fixture *fixture, gconstpointer data)
{
  static const char *const starts[] = { "particle:1", "particle:50", "mean" };
  g_autoptr (GError) error = NULL;
  EklRun *none;

  /* the same point whether EKI, which needs all particles, is on or off */
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++) {
    g_autoptr (EklRun) both = NULL;
    g_autoptr (EklRun) alone = NULL;
    gsize bytes;

    set_all (fixture->experiment,
             (const char *const[]){ "start", starts[i], "methods", "eki,gd", NULL });
    both = make_run (fixture);
    ekl_experiment_set_text (fixture->experiment, "methods", "gd", NULL);
    alone = make_run (fixture);
    bytes = ekl_run_get_network (both)->n_parameters * sizeof (real);
    g_assert_cmpmem (ekl_run_get_descent (both), bytes, ekl_run_get_descent (alone), bytes);
  }
  ekl_experiment_set_text (fixture->experiment, "start", "particle:51", NULL);
  none = ekl_run_new (fixture->experiment, fixture->dataset, &error);
  g_assert_null (none);
  g_assert_cmpstr (error->message, ==,
                   "start is particle:51, but the ensemble has only 50 particles");
}

static void
test_live_settings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run (fixture);
  g_autoptr (GError) error = NULL;
  EklEvent event;

  step (run, 3);
  g_assert_true (set_double (run, "learning-rate", 0.01, &event, &error));
  g_assert_cmpuint (event.step, ==, 3);
  g_assert_cmpstr (event.setting, ==, "Learning rate h");
  g_assert_cmpstr (event.before, ==, "0.05");
  g_assert_cmpstr (event.after, ==, "0.01");
  clear_event (&event);
  step (run, 1);
  g_assert_cmpfloat (get_record (run, EKL_METHOD_GD)->step_size, ==, 0.01);

  /* the same again is no event */
  g_assert_true (set_double (run, "learning-rate", 0.01, &event, &error));
  g_assert_null (event.setting);

  g_assert_false (set_double (run, "learning-rate", -1, &event, &error));
  g_assert_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE);
  g_assert_cmpstr (error->message, ==, "learning-rate must be a number from 0 to 1000000, not -1");
  g_clear_error (&error);
  g_assert_cmpfloat (ekl_experiment_get_double (ekl_run_get_experiment (run), "learning-rate"), ==,
                     0.01);

  g_assert_false (set_uint (run, "seed", 3, &event, &error));
  g_assert_nonnull (strstr (error->message, "seed"));
  g_clear_error (&error);
  g_assert_false (set_uint (run, "nonsense", 3, &event, &error));
  g_assert_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_UNKNOWN_SETTING);
  /* the caller's experiment is the caller's */
  g_assert_cmpfloat (ekl_experiment_get_double (fixture->experiment, "learning-rate"), ==, 0.05);
}

/* A change before the first step makes the run that would have been made with it. */
static void
test_settings_before_the_first_step (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) changed = make_run (fixture);
  g_autoptr (EklRun) made = NULL;
  EklEvent event;

  g_assert_true (set_double (changed, "prior-weight-std", 2, &event, NULL));
  g_assert_null (event.setting);
  g_assert_true (set_uint (changed, "ensemble-size", 33, &event, NULL));
  g_assert_true (set_double (changed, "noise-std", 0.2, &event, NULL));
  g_assert_null (event.setting);

  set_all (fixture->experiment, (const char *const[]){ "prior-weight-std", "2", "ensemble-size",
                                                       "33", "noise-std", "0.2", NULL });
  made = make_run (fixture);
  assert_same (changed, made);
  step (changed, 5);
  step (made, 5);
  assert_same (changed, made);
}

static void
test_prior_later (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) changed = make_run (fixture);
  g_autoptr (EklRun) left = make_run (fixture);

  step (changed, 2);
  step (left, 2);
  g_assert_true (set_double (changed, "prior-weight-std", 3, NULL, NULL));
  step (changed, 3);
  step (left, 3);
  assert_same (changed, left);
  g_assert_cmpfloat (
    ekl_experiment_get_double (ekl_run_get_experiment (changed), "prior-weight-std"), ==, 1);
}

/* The prior term follows all settings of the prior, from the next step, and the curves say so. */
static void
test_prior_term_follows (Fixture *fixture, gconstpointer data)
{
  static const char *const moves[][2] = {
    { "prior-weight-std", "3" },  { "prior-bias-std", "0.5" }, { "prior-mean", "0.25" },
    { "prior-shape", "uniform" }, { "prior-scaling", "none" },
  };

  /* an ensemble that grows draws from the prior, so that its shape shows, too */
  set_all (fixture->experiment, (const char *const[]){ "prior-term", "yes", NULL });
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++) {
    g_autoptr (EklRun) changed = make_run (fixture);
    g_autoptr (EklRun) left = make_run (fixture);
    g_autoptr (EklExperiment) with = ekl_experiment_copy (fixture->experiment);
    g_autoptr (GError) error = NULL;
    EklEvent event;

    step (changed, 2);
    step (left, 2);
    ekl_experiment_set_text (with, moves[i][0], moves[i][1], NULL);
    g_assert_true (ekl_run_set (changed, moves[i][0], ekl_experiment_get_value (with, moves[i][0]),
                                &event, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (event.step, ==, 2);
    g_assert_cmpstr (event.after, ==, moves[i][1]);
    clear_event (&event);
    g_assert_true (set_uint (changed, "ensemble-size", 60, NULL, NULL));
    g_assert_true (set_uint (left, "ensemble-size", 60, NULL, NULL));
    step (changed, 1);
    step (left, 1);
    g_assert_cmpfloat (get_record (changed, EKL_METHOD_EKI)->train_loss, !=,
                       get_record (left, EKL_METHOD_EKI)->train_loss);
  }
}

/* What was noted while the term was off waits for the next run, whatever acts later. */
static void
test_prior_term_later (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) changed = make_run (fixture);
  g_autoptr (EklRun) left = make_run (fixture);
  g_autoptr (EklExperiment) with = ekl_experiment_copy (fixture->experiment);

  step (changed, 2);
  step (left, 2);
  g_assert_true (set_double (changed, "prior-bias-std", 3, NULL, NULL));
  ekl_experiment_set_text (with, "prior-term", "yes", NULL);
  for (guint k = 0; k < 2; k++) {
    EklRun *run = k == 0 ? changed : left;

    g_assert_true (
      ekl_run_set (run, "prior-term", ekl_experiment_get_value (with, "prior-term"), NULL, NULL));
    g_assert_true (set_double (run, "prior-weight-std", 2, NULL, NULL));
    step (run, 3);
  }
  assert_same (changed, left);
}

static void
test_resize (Fixture *fixture, gconstpointer data)
{
  static const guint sizes[] = { 200, 3, 60, 2 };
  g_autoptr (EklRun) run = make_run (fixture);
  g_autoptr (GError) error = NULL;
  EklEvent event;

  step (run, 5);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_assert_true (set_uint (run, "ensemble-size", sizes[i], &event, &error));
    g_assert_no_error (error);
    g_assert_nonnull (event.before);
    clear_event (&event);
    g_assert_cmpuint (ekl_ensemble_get_size (ekl_run_get_ensemble (run)), ==, sizes[i]);
    step (run, 5);
    g_assert_true (isfinite (get_record (run, EKL_METHOD_EKI)->train_loss));
  }
  g_assert_false (set_uint (run, "ensemble-size", 0, &event, &error));
  g_assert_cmpstr (error->message, ==,
                   "ensemble-size must be a whole number from 2 to 100000, not 0");
  g_clear_error (&error);
  if (sysconf (_SC_PHYS_PAGES) < (250LL << 30) / sysconf (_SC_PAGESIZE)) {
    g_autoptr (EklExperiment) euler = ekl_experiment_copy (fixture->experiment);
    g_autoptr (EklRun) other = NULL;

    /* so many there may be where K x K matrices do, as K < J */
    set_all (euler, (const char *[]){ "form", "euler", NULL });
    other = ekl_run_new (euler, fixture->dataset, NULL);
    g_assert_false (set_uint (other, "ensemble-size", 100000, &event, &error));
    g_assert_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_MEMORY);
  }
  g_assert_cmpuint (ekl_experiment_get_uint (ekl_run_get_experiment (run), "ensemble-size"), ==, 2);
  step (run, 1);
}

int
main (int argc, char **argv)
{
  ekl_cpu_setup (argc, argv);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/run/start", "boston", test_start);
  ADD ("/run/learns", "boston", test_learns);
  ADD ("/run/same-seed", "boston", test_same_seed);
  ADD ("/run/threads", "boston", test_threads);
  ADD ("/run/lent-core", "boston", test_lent_core);
  ADD ("/run/other-seed", "sine", test_other_seed);
  ADD ("/run/one-method", "boston", test_one_method);
  ADD ("/run/starts", "sine", test_starts);
  ADD ("/run/live-settings", "sine", test_live_settings);
  ADD ("/run/settings-before-the-first-step", "sine", test_settings_before_the_first_step);
  ADD ("/run/prior-later", "sine", test_prior_later);
  ADD ("/run/prior-term-follows", "sine", test_prior_term_follows);
  ADD ("/run/prior-term-later", "sine", test_prior_term_later);
  ADD ("/run/resize", "boston", test_resize);
  return g_test_run ();
}

/* test-look.c - looking at the ensemble of a run, what is said of it, and the remedies
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ensemble_advice.h"
#include "remarks.h"
#include "run-fixture.h"

#include <math.h>
#include <string.h>

/* As in the lecture: no noise of any kind, so nothing leaves the span of the start. */
static const char *const lecture[] = {
  "ensemble-size", "12", "weight-noise",  "0",   "step-rule", "fixed",
  "step-size",     "1",  "learning-rate", "0.1", NULL
};

static void
assert_same_runs (EklRun *a, EklRun *b)
{
  gsize n;
  g_autofree double *rows_a = get_rows (a, &n);
  g_autofree double *rows_b = get_rows (b, &n);

  g_assert_cmpmem (rows_a, n * sizeof (double), rows_b, n * sizeof (double));
  n = ekl_run_get_network (a)->n_parameters * sizeof (real);
  g_assert_cmpmem (ekl_run_get_descent (a), n, ekl_run_get_descent (b), n);
}

/* Looks change no bit, with every form, and the numbers are there at looked steps only. */
static void
test_same_bits (Fixture *fixture, gconstpointer data)
{
  static const char *const forms[] = { "kalman", "euler", "etki", "aldi" };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autoptr (EklRun) plain = NULL;
    g_autoptr (EklRun) looked = NULL;

    ekl_experiment_set_text (fixture->experiment, "form", forms[i], NULL);
    plain = make_run (fixture);
    looked = make_run (fixture);
    ekl_run_keep_start (looked);
    for (guint k = 1; k <= 9; k++) {
      const EklEnsembleNumbers *numbers = &ekl_run_get_record (looked)->ensemble;

      step (plain, 1);
      g_assert_false (ekl_run_get_record (plain)->ensemble.is_known);
      if (k % 3 == 0)
        ekl_run_look (looked);
      step (looked, 1);
      g_assert_true (numbers->is_known == (k % 3 == 0));
      if (!numbers->is_known)
        continue;
      g_assert_cmpuint (ekl_run_get_look_version (looked), ==, k / 3);
      g_assert_cmpfloat (numbers->effective_rank, >, 1);
      g_assert_cmpfloat (numbers->effective_rank, <, 50);
      g_assert_cmpfloat (fabs (numbers->cosine_gradient), <=, 1);
      g_assert_cmpfloat (fabs (numbers->cosine_preconditioned), <=, 1);
      g_assert_cmpfloat (numbers->span_share, >, 0);
      g_assert_cmpfloat (numbers->span_share, <, 1);
    }
    assert_same_runs (plain, looked);
  }
}

/* [21] in a whole run: a linear model, the continuous form, no noise; in mini-batches, where the
 * gradient must be of the step's batch. */
static void
test_linear (Fixture *fixture, gconstpointer data)
{
  static const char *const settings[] = {
    "layers",       "",  "form",       "euler", "step-rule", "fixed", "step-size", "0.0001",
    "weight-noise", "0", "batch-size", "50",    NULL
  };
  g_autoptr (EklRun) run = NULL;

  set_all (fixture->experiment, settings);
  run = make_run (fixture);
  for (guint k = 0; k < 12; k++) {
    ekl_run_look (run);
    step (run, 1);
    g_assert_cmpfloat_with_epsilon (ekl_run_get_record (run)->ensemble.cosine_preconditioned, 1,
                                    sizeof (real) == sizeof (double) ? 1e-9 : 1e-3);
    g_assert_cmpfloat (ekl_run_get_record (run)->ensemble.cosine_gradient, <, 0.999);
  }
}

/* With more particles than parameters the span is everything. */
static void
test_whole_span (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = NULL;
  g_autoptr (EklFrame) frame = NULL;

  ekl_experiment_set_text (fixture->experiment, "layers", "3", NULL);
  run = make_run (fixture);
  ekl_run_keep_start (run);
  step (run, 5);
  ekl_run_look (run);
  step (run, 1);
  g_assert_cmpfloat_with_epsilon (ekl_run_get_record (run)->ensemble.span_share, 1, 1e-4);
  frame = ekl_run_make_frame (run, EKL_FRAME_ENSEMBLE);
  g_assert_cmpuint (frame->ensemble->span_rank, ==, 10);
  g_assert_cmpuint (frame->ensemble->now->n_values, ==, 10);
  g_assert_cmpuint (frame->ensemble->start->n_values, ==, 10);
}

static void
test_frame (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run (fixture);
  g_autoptr (EklFrame) numbers = ekl_run_make_frame (run, EKL_FRAME_NUMBERS);
  g_autoptr (EklFrame) start = NULL;
  g_autoptr (EklFrame) later = NULL;

  g_assert_null (numbers->ensemble);
  ekl_run_keep_start (run);
  start = ekl_run_make_frame (run, EKL_FRAME_ENSEMBLE);
  g_assert_cmpuint (start->ensemble->now->n_values, ==, 49);
  g_assert_cmpmem (start->ensemble->now->value, 49 * sizeof (double), start->ensemble->start->value,
                   49 * sizeof (double));
  /* nothing has changed yet that a share of the start could tell */
  g_assert_nonnull (strstr (start->ensemble->sentence, "drawn from the prior"));
  g_assert_null (strchr (start->ensemble->sentence, '%'));
  step (run, 30);
  later = ekl_run_make_frame (run, EKL_FRAME_ENSEMBLE);
  g_assert_cmpuint (later->ensemble->step, ==, 30);
  g_assert_cmpfloat (later->ensemble->now->value[0], <, start->ensemble->now->value[0]);
  g_assert_nonnull (later->ensemble->sentence);
  g_assert_nonnull (later->advice);
}

/* A look at what stands is recorded like one at a step, and takes nothing away from it. */
static void
test_look_while_paused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run (fixture);
  g_autoptr (EklFrame) frame = NULL;
  const EklEnsembleNumbers *numbers = &ekl_run_get_record (run)->ensemble;
  double cosine;

  ekl_run_keep_start (run);
  step (run, 5);
  g_assert_false (numbers->is_known);
  frame = ekl_run_make_frame (run, EKL_FRAME_ENSEMBLE);
  g_assert_true (frame->record.ensemble.is_known);
  g_assert_cmpfloat (numbers->effective_rank, ==, frame->ensemble->now->effective_rank);
  g_assert_cmpfloat (numbers->span_share, >, 0);
  g_assert_true (isnan (numbers->cosine_gradient));

  ekl_run_look (run);
  step (run, 1);
  cosine = numbers->cosine_gradient;
  g_assert_true (set_uint (run, "respread", 1, NULL, NULL));
  ekl_frame_free (g_steal_pointer (&frame));
  frame = ekl_run_make_frame (run, EKL_FRAME_ENSEMBLE);
  g_assert_cmpfloat (numbers->effective_rank, ==, frame->ensemble->now->effective_rank);
  g_assert_cmpfloat (numbers->cosine_gradient, ==, cosine);
  step (run, 1);
  g_assert_false (numbers->is_known);
}

/* ---- what is said ---- */

static EklCondition
healthy (void)
{
  return (EklCondition){ .step = 100,
                         .size = 50,
                         .n_parameters = 241,
                         .spread = 0.3,
                         .start_spread = 1,
                         .effective_rank = 20,
                         .start_rank = 40,
                         .span_share = 0.9,
                         .loss = 0.1,
                         .descent_loss = 0.1 };
}

static void
assert_state (const EklCondition *condition,
              EklExperiment *experiment,
              EklEnsembleState state,
              guint n_remedies)
{
  g_autoptr (EklAdvice) advice = ekl_advice_new (condition, experiment);

  g_assert_cmpint (advice->state, ==, state);
  g_assert_cmpuint (advice->n_remedies, ==, n_remedies);
  g_assert_true (g_utf8_validate (advice->sentence, -1, NULL));
  for (guint k = 0; k < n_remedies; k++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (EklExperiment) remedied = ekl_experiment_copy (experiment);

    g_assert_true (ekl_experiment_set_text (remedied, advice->remedy[k].setting,
                                            advice->remedy[k].value, &error));
    g_assert_no_error (error);
  }
}

static void
test_advice (void)
{
  g_autoptr (EklExperiment) experiment = ekl_experiment_new ();
  EklCondition condition = healthy ();

  assert_state (&condition, experiment, EKL_ENSEMBLE_WELL, 0);
  condition.spread = 0.019;
  assert_state (&condition, experiment, EKL_ENSEMBLE_COLLAPSED, 1);
  ekl_experiment_set_text (experiment, "weight-noise", "0", NULL);
  assert_state (&condition, experiment, EKL_ENSEMBLE_COLLAPSED, 2);

  condition = healthy ();
  condition.effective_rank = 1.2;
  assert_state (&condition, experiment, EKL_ENSEMBLE_COLLAPSED, 2);
  condition.start_rank = NAN;
  assert_state (&condition, experiment, EKL_ENSEMBLE_COLLAPSED, 2);
  condition.start_rank = 1.3; /* it began as narrow as that */
  assert_state (&condition, experiment, EKL_ENSEMBLE_WELL, 0);
  condition.effective_rank = 1.1;
  assert_state (&condition, experiment, EKL_ENSEMBLE_COLLAPSED, 2);
  condition.size = 2;
  assert_state (&condition, experiment, EKL_ENSEMBLE_WELL, 0);

  condition = healthy ();
  condition.stalled = TRUE;
  assert_state (&condition, experiment, EKL_ENSEMBLE_STALLED, 1);
}

/* Whatever the rank then is: a cloud that is a long line is none that has collapsed. */
static void
test_advice_on_flight (void)
{
  g_autoptr (EklExperiment) experiment = ekl_experiment_new ();
  EklCondition condition = healthy ();

  condition.spread = 99;
  assert_state (&condition, experiment, EKL_ENSEMBLE_WELL, 0);
  condition.spread = 4321;
  condition.effective_rank = 1;
  assert_state (&condition, experiment, EKL_ENSEMBLE_FLOWN_APART, 0);
  ekl_experiment_set_text (experiment, "form", "euler", NULL);
  assert_state (&condition, experiment, EKL_ENSEMBLE_FLOWN_APART, 1);
  ekl_experiment_set_text (experiment, "step-rule", "kovachki-stuart", NULL);
  assert_state (&condition, experiment, EKL_ENSEMBLE_FLOWN_APART, 1);
  {
    g_autoptr (EklAdvice) advice = ekl_advice_new (&condition, experiment);

    g_assert_nonnull (strstr (advice->sentence, "more than 1000 times"));
    g_assert_cmpstr (advice->remedy[0].value, ==, "kalman");
  }
}

/* The explicit forms fly apart with steps that suit the Kalman form, and come back with their own. */
static void
test_flight (Fixture *fixture, gconstpointer data)
{
  static const char *const forms[] = { "euler", "aldi" };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autoptr (EklRun) run = NULL;
    g_autoptr (EklFrame) frame = NULL;
    g_autoptr (EklExperiment) remedied = NULL;
    g_auto (GStrv) remarks = NULL;
    const EklRemedy *remedy;

    set_all (fixture->experiment, (const char *const[]){ "form", forms[i], NULL });
    remarks = ekl_experiment_get_remarks (fixture->experiment);
    g_assert_nonnull (strstr (remarks[0], "fly apart"));
    run = make_run (fixture);
    step (run, 6);
    frame = ekl_run_make_frame (run, EKL_FRAME_ENSEMBLE);
    g_assert_cmpint (frame->advice->state, ==, EKL_ENSEMBLE_FLOWN_APART);
    remedy = &frame->advice->remedy[0];
    remedied = ekl_experiment_copy (fixture->experiment);
    g_assert_true (ekl_experiment_set_text (remedied, remedy->setting, remedy->value, NULL));
    g_assert_true (ekl_run_set (run, remedy->setting,
                                ekl_experiment_get_value (remedied, remedy->setting), NULL, NULL));
    step (run, 300);
    g_assert_cmpfloat (get_record (run, EKL_METHOD_EKI)->train_loss, <, 0.5);
  }
}

/* A line through data: two parameters, and nothing has happened yet. */
static void
test_narrow_start (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = NULL;
  g_autoptr (EklFrame) frame = NULL;

  ekl_experiment_set_text (fixture->experiment, "layers", "", NULL);
  run = make_run (fixture);
  ekl_run_keep_start (run);
  frame = ekl_run_make_frame (run, EKL_FRAME_ENSEMBLE);
  g_assert_cmpfloat (frame->ensemble->now->effective_rank, <, EKL_COLLAPSED_RANK);
  g_assert_cmpint (frame->advice->state, ==, EKL_ENSEMBLE_WELL);
}

/* Every part of the condition has its say. */
static void
test_advice_on_span (void)
{
  g_autoptr (EklExperiment) experiment = ekl_experiment_new ();
  EklCondition condition = healthy ();

  ekl_experiment_set_text (experiment, "weight-noise", "0", NULL);
  condition.span_share = 0.2;
  condition.loss = 0.3;
  assert_state (&condition, experiment, EKL_ENSEMBLE_STUCK_IN_SPAN, 3);
  condition.span_share = 0.6;
  assert_state (&condition, experiment, EKL_ENSEMBLE_WELL, 0);
  condition.span_share = NAN;
  assert_state (&condition, experiment, EKL_ENSEMBLE_WELL, 0);
  condition.span_share = 0.2;
  condition.loss = 0.11;
  assert_state (&condition, experiment, EKL_ENSEMBLE_WELL, 0);
  condition.loss = 0.3;
  condition.step = 19;
  assert_state (&condition, experiment, EKL_ENSEMBLE_WELL, 0);
  condition.step = 20;
  condition.n_parameters = 49;
  assert_state (&condition, experiment, EKL_ENSEMBLE_WELL, 0);
  condition.n_parameters = 50;
  assert_state (&condition, experiment, EKL_ENSEMBLE_STUCK_IN_SPAN, 3);
  condition.descent_loss = NAN;
  assert_state (&condition, experiment, EKL_ENSEMBLE_WELL, 0);
  condition.descent_loss = 0.1;
  ekl_experiment_set_text (experiment, "redraw", "0.1", NULL);
  assert_state (&condition, experiment, EKL_ENSEMBLE_WELL, 0);
}

/* The whole way: a run as in the lecture gets stuck, and the remedies are taken. */
static void
test_stuck_run (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = NULL;
  g_autoptr (EklFrame) frame = NULL;
  double loss;

  set_all (fixture->experiment, lecture);
  run = make_run (fixture);
  ekl_run_keep_start (run);
  step (run, 200);
  frame = ekl_run_make_frame (run, EKL_FRAME_ENSEMBLE);
  g_assert_cmpint (frame->advice->state, !=, EKL_ENSEMBLE_WELL);
  g_assert_true (frame->ensemble->is_warning);
  loss = get_record (run, EKL_METHOD_EKI)->train_loss;
  for (guint k = 0; k < frame->advice->n_remedies; k++) {
    const EklRemedy *remedy = &frame->advice->remedy[k];
    EklEvent event;

    if (g_str_equal (remedy->setting, "weight-noise"))
      g_assert_true (
        set_double (run, remedy->setting, g_ascii_strtod (remedy->value, NULL), &event, NULL));
    else
      g_assert_true (set_uint (run, remedy->setting, (guint) atoi (remedy->value), &event, NULL));
    g_assert_nonnull (event.setting);
    clear_event (&event);
  }
  step (run, 200);
  g_assert_cmpfloat (get_record (run, EKL_METHOD_EKI)->train_loss, <, 0.8 * loss);
}

/* With classes gradient descent has another loss, but is judged by EKI's. */
static void
test_stuck_classes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = NULL;
  g_autoptr (EklFrame) frame = NULL;
  const EklBatch *batch = ekl_dataset_get_training (fixture->dataset);
  g_autofree real *g = g_new (real, (gsize) batch->n_outputs * batch->n_data);
  g_autoptr (EklForward) forward = NULL;
  g_autofree char *words = NULL;

  set_all (fixture->experiment, lecture);
  ekl_experiment_set_text (fixture->experiment, "noise-std", "1", NULL);
  ekl_experiment_set_text (fixture->experiment, "learning-rate", "1", NULL);
  run = make_run (fixture);
  ekl_run_keep_start (run);
  step (run, 60);
  frame = ekl_run_make_frame (run, EKL_FRAME_ENSEMBLE);
  g_test_message ("%s", frame->advice->sentence);
  g_assert_cmpint (frame->advice->state, ==, EKL_ENSEMBLE_STUCK_IN_SPAN);
  forward = ekl_forward_new (ekl_run_get_network (run), batch->n_data, 1, NULL);
  ekl_forward_vector (forward, ekl_run_get_descent (run), batch, EKL_APPLY_OUTPUT, g);
  words = g_strdup_printf ("at a squared loss of %.2g, gradient descent is at %.2g.",
                           get_record (run, EKL_METHOD_EKI)->train_loss,
                           ekl_loss (EKL_LOSS_SQUARED, batch, g));
  g_assert_nonnull (strstr (frame->advice->sentence, words));
}

/* A re-spread is an event like others: at the same step it gives the same run; in no other. */
static void
test_respread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) one = NULL;
  g_autoptr (EklRun) two = NULL;
  g_autoptr (EklRun) three = NULL;
  EklEvent event;
  double before;

  ekl_experiment_set_text (fixture->experiment, "weight-noise", "0", NULL);
  one = make_run (fixture);
  two = make_run (fixture);
  three = make_run (fixture);
  step (one, 60);
  step (two, 60);
  step (three, 60);
  before = ekl_ensemble_get_spread (ekl_run_get_ensemble (one));
  g_assert_true (set_uint (one, "respread", 1, &event, NULL));
  g_assert_cmpuint (event.step, ==, 60);
  clear_event (&event);
  g_assert_true (set_uint (two, "respread", 1, NULL, NULL));
  g_assert_cmpfloat (ekl_ensemble_get_spread (ekl_run_get_ensemble (one)), >, 1.5 * before);
  assert_same_runs (one, two);

  /* taken back it is only a number again */
  g_assert_true (set_uint (two, "respread", 0, NULL, NULL));
  assert_same_runs (one, two);
  step (one, 3);
  step (two, 3);
  assert_same_runs (one, two);

  /* before the first step there is nothing to re-spread */
  g_autoptr (EklRun) four = make_run (fixture);
  g_assert_true (set_uint (four, "respread", 1, NULL, NULL));
  step (four, 60);
  assert_same_runs (three, four);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/look/same-bits", "sine", test_same_bits);
  ADD ("/look/linear", "boston", test_linear);
  ADD ("/look/whole-span", "sine", test_whole_span);
  ADD ("/look/frame", "boston", test_frame);
  ADD ("/look/while-paused", "boston", test_look_while_paused);
  g_test_add_func ("/look/advice", test_advice);
  g_test_add_func ("/look/advice-on-span", test_advice_on_span);
  g_test_add_func ("/look/advice-on-flight", test_advice_on_flight);
  ADD ("/look/flight", "sine", test_flight);
  ADD ("/look/narrow-start", "sine", test_narrow_start);
  ADD ("/look/stuck-run", "boston", test_stuck_run);
  ADD ("/look/stuck-classes", "pima", test_stuck_classes);
  ADD ("/look/respread", "sine", test_respread);
  return g_test_run ();
}

/* test-inversion-parts.c - a step whose observations come in parts is the step as a whole
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "inversion_private.h"
#include "support/compare.h"
#include "support/inversions.h"

#include <math.h>
#include <string.h>

#define SIZE   10 /* J */
#define N_DATA 40
#define STEPS  3

/* One datum more than J / m, two uneven parts, and everything but the last observation. */
static const guint held[] = { 0, 33, 70, 119 };

static const double gamma_full[] = { .5, .2, -.1, .2, .3, .1, -.1, .1, .4 };
static const double gamma_each[] = { .2, 0, 0, 0, .5, 0, 0, 0, 1.25 };

/* Everything that can be asked for together, and whose observations stand under one another. */
typedef struct {
  const char *name;
  EklForm form;
  EklStepRule rule;
  EklLoss loss;
  const double *gamma; /* NULL: one number */
  gboolean prior_term;
  double graph_weight;
  gboolean perturb;
} Variant;

#define FIXED   EKL_STEP_RULE_FIXED
#define MISFIT  EKL_STEP_RULE_MISFIT
#define STUART  EKL_STEP_RULE_KOVACHKI_STUART
#define SQUARED EKL_LOSS_SQUARED
#define ENTROPY EKL_LOSS_CROSS_ENTROPY

static const Variant variants[] = {
  { "kalman", EKL_FORM_KALMAN, FIXED, SQUARED, NULL, FALSE, 0, FALSE },
  { "kalman-misfit", EKL_FORM_KALMAN, MISFIT, SQUARED, NULL, FALSE, 0, FALSE },
  { "kalman-each-output", EKL_FORM_KALMAN, MISFIT, SQUARED, gamma_each, FALSE, 0, FALSE },
  { "kalman-full", EKL_FORM_KALMAN, FIXED, SQUARED, gamma_full, FALSE, 0, FALSE },
  { "kalman-stuart", EKL_FORM_KALMAN, STUART, SQUARED, gamma_full, FALSE, 0, FALSE },
  { "kalman-perturbed", EKL_FORM_KALMAN, MISFIT, SQUARED, gamma_each, FALSE, 0, TRUE },
  { "kalman-graph", EKL_FORM_KALMAN, MISFIT, SQUARED, gamma_full, FALSE, .5, FALSE },
  { "teki", EKL_FORM_KALMAN, MISFIT, SQUARED, gamma_full, TRUE, 0, FALSE },
  { "teki-graph", EKL_FORM_KALMAN, MISFIT, SQUARED, NULL, TRUE, .5, FALSE },
  { "euler", EKL_FORM_EULER, FIXED, SQUARED, gamma_each, FALSE, 0, FALSE },
  { "euler-stuart", EKL_FORM_EULER, STUART, SQUARED, NULL, FALSE, 0, FALSE },
  { "euler-misfit-graph", EKL_FORM_EULER, MISFIT, SQUARED, NULL, TRUE, .5, FALSE },
  { "entropy", EKL_FORM_EULER, FIXED, ENTROPY, NULL, FALSE, 0, FALSE },
  { "entropy-misfit", EKL_FORM_EULER, MISFIT, ENTROPY, NULL, FALSE, 0, FALSE },
  { "entropy-stuart", EKL_FORM_EULER, STUART, ENTROPY, NULL, FALSE, 0, FALSE },
  { "entropy-graph-teki", EKL_FORM_EULER, MISFIT, ENTROPY, NULL, TRUE, .5, FALSE },
  { "etki", EKL_FORM_ETKI, FIXED, SQUARED, gamma_full, FALSE, 0, FALSE },
  { "etki-misfit-graph-teki", EKL_FORM_ETKI, MISFIT, SQUARED, gamma_each, TRUE, .5, FALSE },
  { "aldi", EKL_FORM_ALDI, FIXED, SQUARED, gamma_full, FALSE, 0, FALSE },
  { "aldi-graph", EKL_FORM_ALDI, FIXED, SQUARED, NULL, FALSE, .5, FALSE },
};

static EklInversionSettings
settings_of (const Variant *v)
{
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;
  const gboolean explicit = v->form == EKL_FORM_EULER || v->form == EKL_FORM_ALDI;

  settings.form = v->form;
  settings.step_rule = v->rule;
  settings.loss = v->loss;
  settings.prior_term = v->prior_term;
  settings.graph_weight = v->graph_weight;
  settings.perturb_observations = v->perturb;
  settings.noise_std = .6;
  settings.step_size = v->rule == STUART ? .5 : explicit ? .004 : .8;
  settings.weight_noise = .05;
  settings.prior = (EklPrior){ .weight_std = .9, .bias_std = .4, .mean = .2 };
  settings.seed = 5;
  return settings;
}

static EklNoiseCovariance *
new_noise (const double *gamma)
{
  g_autoptr (GError) error = NULL;
  EklNoiseCovariance *noise = NULL;

  if (gamma != NULL)
    noise = ekl_noise_covariance_new_full (3, gamma, &error);
  g_assert_no_error (error);
  return noise;
}

/* @n_held: observations at a time; 0: as few as can be. G_MAXUINT: all. */
static EklInversion *
inversion_holding (const EklEnsemble *start, guint n_held, guint n_data, guint n_threads)
{
  const gsize each = ekl_ensemble_get_size (start) * sizeof (real);
  EklInversion *inversion;

  if (n_held < G_MAXUINT)
    ekl_inversion_set_part_bytes (MAX (n_held * each, 1));
  inversion = test_inversion_new (start, n_data, n_threads);
  return inversion;
}

/* The bytes count for what is made anew on the way, too. */
static void
run_holding (EklInversion *inversion,
             const EklInversionSettings *settings,
             const EklBatch *batch,
             guint n_steps)
{
  test_inversion_run (inversion, settings, batch, n_steps);
  ekl_inversion_set_part_bytes (0);
}

static void
assert_near (double got, double expected)
{
  g_assert_cmpfloat_with_epsilon (got / expected, 1, TEST_TOLERANCE (1e-10, 1e-4));
}

static void
assert_same_info (const EklInversionInfo *got, const EklInversionInfo *expected)
{
  assert_near (got->step_size, expected->step_size);
  assert_near (got->particle_loss_mean, expected->particle_loss_mean);
  assert_near (got->particle_loss_best, expected->particle_loss_best);
  assert_near (got->particle_loss_median, expected->particle_loss_median);
  assert_near (got->mean_output_loss, expected->mean_output_loss);
  g_assert_cmpfloat (got->model_runs, ==, expected->model_runs);
  g_assert_cmpuint (got->repaired, ==, expected->repaired);
  g_assert_false (got->stalled);
}

static void
test_same_step (gconstpointer data)
{
  const Variant *v = data;
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 6, 3), EKL_ACTIVATION_TANH, EKL_OUTPUT_SOFTMAX, N_DATA, 41);
  const gsize n = SIZE * p->network.n_parameters;
  g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, SIZE, .6, 1);
  g_autoptr (EklNeighbourGraph) graph = ekl_neighbour_graph_new (&p->batch, 4, NULL);
  g_autoptr (EklNoiseCovariance) noise = new_noise (v->gamma);
  g_autoptr (EklInversion) whole = inversion_holding (start, G_MAXUINT, N_DATA, 1);
  g_autofree double *expected = NULL;
  EklInversionSettings settings = settings_of (v);

  settings.noise = noise;
  g_assert_true (ekl_inversion_set_graph (whole, graph, &p->batch, NULL));
  run_holding (whole, &settings, &p->batch, STEPS);
  expected = test_inversion_rows (whole);
  for (guint i = 0; i < G_N_ELEMENTS (held); i++) {
    g_autoptr (EklInversion) parts = inversion_holding (start, held[i], N_DATA, 1);
    g_autofree double *got = NULL;

    g_assert_true (ekl_inversion_set_graph (parts, graph, &p->batch, NULL));
    run_holding (parts, &settings, &p->batch, STEPS);
    g_assert_cmpuint (parts->held, <, 3 * N_DATA);
    g_assert_true (ekl_inversion_is_in_parts (parts, 3 * N_DATA));
    got = test_inversion_rows (parts);
    test_assert_near (got, expected, n, TEST_TOLERANCE (1e-11, 1e-4));
    assert_same_info (ekl_inversion_get_info (parts), ekl_inversion_get_info (whole));
  }
}

/* The step chosen, not only its answer: with J = 10 the first part has 9 data, the last 4. */
static void
test_slices (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 6, 3), EKL_ACTIVATION_TANH, EKL_OUTPUT_SOFTMAX, N_DATA, 41);
  g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, SIZE, .6, 1);
  g_autoptr (EklInversion) inversion = inversion_holding (start, 29, N_DATA, 1);
  EklSlice slice = { 0 };
  guint n = 0, next = 0;

  ekl_inversion_set_part_bytes (0);
  while (ekl_inversion_take_slice (inversion, &p->batch, 3 * N_DATA, &slice)) {
    g_assert_cmpuint (slice.first, ==, next);
    g_assert_cmpuint (slice.data.n_data, ==, n < 4 ? 9 : 4);
    g_assert_cmpuint (slice.stride, ==, 3 * slice.data.n_data);
    for (gsize r = 0; r < 3; r++)
      g_assert_cmpmem (slice.data.y + r * slice.data.n_data, slice.data.n_data * sizeof (real),
                       p->batch.y + r * N_DATA + next, slice.data.n_data * sizeof (real));
    next += slice.data.n_data;
    n++;
  }
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpuint (next, ==, N_DATA);
}

/* With everything random, at a size at which threads do share the work. */
static void
test_same_bits_on_any_threads (gconstpointer data)
{
  const Variant *v = data;
  enum { J = 149, N = 210 };
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (5, 16, 9, 3), EKL_ACTIVATION_RELU, EKL_OUTPUT_SOFTMAX, N, 3);
  const gsize n_bytes = J * p->network.n_parameters * sizeof (double);
  g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, J, .4, 1);
  g_autoptr (EklNeighbourGraph) graph = ekl_neighbour_graph_new (&p->batch, 3, NULL);
  g_autoptr (EklNoiseCovariance) noise = new_noise (v->gamma);
  g_autofree double *one = NULL;
  EklInversionSettings settings = settings_of (v);

  settings.noise = noise;
  if (v->rule == FIXED)
    settings.step_size /= 10;
  for (guint n_threads = 1; n_threads <= 4; n_threads *= 2) {
    g_autoptr (EklInversion) inversion = inversion_holding (start, 400, N, n_threads);
    g_autofree double *rows = NULL;

    g_assert_true (ekl_inversion_set_graph (inversion, graph, &p->batch, NULL));
    run_holding (inversion, &settings, &p->batch, STEPS);
    g_assert_cmpuint (inversion->held, ==, 400);
    rows = test_inversion_rows (inversion);
    if (one == NULL)
      one = g_steal_pointer (&rows);
    else
      g_assert_cmpmem (rows, n_bytes, one, n_bytes);
  }
}

/* Particle j answers NaN to the last datum, which is so large that its two inputs cancel as
 * infinities, and numbers to all others. */
static void
spoil_last_datum (TestProblem *p, EklEnsemble *ensemble, guint j)
{
  const real large = (real) TEST_TOLERANCE (1e200, 1e20);
  g_autofree real *u = g_new (real, p->network.n_parameters);

  p->x[N_DATA - 1] = p->x[2 * N_DATA - 1] = large;
  ekl_ensemble_get_particle (ensemble, j, u);
  u[0] = large;
  u[1] = -large;
  ekl_ensemble_set_particle (ensemble, j, u);
}

/* [19]: what was added up with a particle that has to be redrawn does not count. */
static void
test_repair_in_a_late_part (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 6, 3), EKL_ACTIVATION_TANH, EKL_OUTPUT_SOFTMAX, N_DATA, 41);
  const gsize n = SIZE * p->network.n_parameters;
  g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, SIZE, .6, 1);
  g_autoptr (EklInversion) whole = NULL;
  g_autofree double *expected = NULL;
  EklInversionSettings settings = settings_of (&variants[1]);

  spoil_last_datum (p, start, 3);
  spoil_last_datum (p, start, 8);
  whole = inversion_holding (start, G_MAXUINT, N_DATA, 1);
  run_holding (whole, &settings, &p->batch, STEPS);
  expected = test_inversion_rows (whole);
  g_assert_cmpuint (ekl_inversion_get_info (whole)->repaired, ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (held); i++) {
    g_autoptr (EklInversion) parts = inversion_holding (start, held[i], N_DATA, 1);
    g_autofree double *got = NULL;

    run_holding (parts, &settings, &p->batch, 1);
    g_assert_cmpuint (ekl_inversion_get_info (parts)->repaired_last, ==, 2);
    test_inversion_run (parts, &settings, &p->batch, STEPS - 1);
    g_assert_cmpuint (ekl_inversion_get_info (parts)->repaired_last, ==, 0);
    got = test_inversion_rows (parts);
    test_assert_near (got, expected, n, TEST_TOLERANCE (1e-11, 1e-4));
    assert_same_info (ekl_inversion_get_info (parts), ekl_inversion_get_info (whole));
  }
}

/* One finite particle is not enough, in parts either. */
static void
test_stalled (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 6, 3), EKL_ACTIVATION_TANH, EKL_OUTPUT_SOFTMAX, N_DATA, 41);
  const gsize n_bytes = p->network.n_parameters * sizeof (double);
  g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, SIZE, .6, 1);
  g_autoptr (EklInversion) inversion = NULL;
  g_autofree double *before = test_ensemble_rows (start);
  g_autofree double *after = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  for (guint j = 1; j < SIZE; j++)
    spoil_last_datum (p, start, j);
  inversion = inversion_holding (start, 33, N_DATA, 1);
  g_assert_false (ekl_inversion_step (inversion, &settings, &p->batch, N_DATA));
  ekl_inversion_set_part_bytes (0);
  g_assert_true (ekl_inversion_get_info (inversion)->stalled);
  after = test_inversion_rows (inversion);
  g_assert_cmpmem (after, n_bytes, before, n_bytes);
}

/* Whoever cancels finds the particles where they were, and nothing stalled. */
static void
test_cancelled (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 6, 3), EKL_ACTIVATION_TANH, EKL_OUTPUT_SOFTMAX, N_DATA, 41);
  const gsize n_bytes = SIZE * p->network.n_parameters * sizeof (double);
  g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, SIZE, .6, 1);
  g_autoptr (EklInversion) inversion = inversion_holding (start, 33, N_DATA, 1);
  g_autofree double *before = test_ensemble_rows (start);
  g_autofree double *after = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;
  const int cancel = 1;

  ekl_inversion_set_part_bytes (0);
  ekl_inversion_set_cancel (inversion, &cancel);
  g_assert_false (ekl_inversion_step (inversion, &settings, &p->batch, N_DATA));
  after = test_inversion_rows (inversion);
  g_assert_cmpmem (after, n_bytes, before, n_bytes);
  g_assert_cmpuint (ekl_inversion_get_info (inversion)->steps, ==, 0);
  g_assert_false (ekl_inversion_get_info (inversion)->stalled);
}

/* What is traced of a step in parts has particles and losses, and no outputs. */
static void
test_trace (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 6, 3), EKL_ACTIVATION_TANH, EKL_OUTPUT_SOFTMAX, N_DATA, 41);
  g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, SIZE, .6, 1);
  g_autoptr (EklInversion) inversion = inversion_holding (start, 33, N_DATA, 1);
  EklInversionTrace trace = { .with_outputs = TRUE };
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  ekl_inversion_set_trace (inversion, &trace);
  run_holding (inversion, &settings, &p->batch, 1);
  g_assert_true (trace.filled);
  g_assert_nonnull (trace.found);
  g_assert_nonnull (trace.spread);
  g_assert_null (trace.anomalies);
  for (guint j = 0; j < SIZE; j++)
    g_assert_cmpfloat (trace.loss[j], >, 0);
  ekl_inversion_trace_clear (&trace);
}

/* A small batch between two large ones is as a whole, to the bit, in the same arrays. */
static void
test_small_batch_between (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 6, 3), EKL_ACTIVATION_TANH, EKL_OUTPUT_SOFTMAX, N_DATA, 41);
  g_autoptr (TestProblem) few =
    test_problem_new (TEST_WIDTHS (2, 6, 3), EKL_ACTIVATION_TANH, EKL_OUTPUT_SOFTMAX, 5, 42);
  const gsize n_bytes = SIZE * p->network.n_parameters * sizeof (double);
  g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, SIZE, .6, 1);
  g_autoptr (EklInversion) parts = inversion_holding (start, 33, N_DATA, 1);
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  run_holding (parts, &settings, &p->batch, 1);
  for (guint k = 0; k < 2; k++) {
    g_autoptr (EklInversion) fresh =
      test_inversion_new (ekl_inversion_get_ensemble (parts), N_DATA, 1);
    g_autofree double *got = NULL;
    g_autofree double *expected = NULL;

    test_inversion_run (parts, &settings, &few->batch, 1);
    test_inversion_run (fresh, &settings, &few->batch, 1);
    got = test_inversion_rows (parts);
    expected = test_inversion_rows (fresh);
    g_assert_cmpmem (got, n_bytes, expected, n_bytes);
    test_inversion_run (parts, &settings, &p->batch, 1);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++) {
    g_autofree char *same = g_strconcat ("/inversion-parts/same-step/", variants[i].name, NULL);
    g_autofree char *bits = g_strconcat ("/inversion-parts/threads/", variants[i].name, NULL);

    if (!variants[i].perturb) /* for its law see test-inversion-randomness.c */
      g_test_add_data_func (same, &variants[i], test_same_step);
    g_test_add_data_func (bits, &variants[i], test_same_bits_on_any_threads);
  }
  g_test_add_func ("/inversion-parts/slices", test_slices);
  g_test_add_func ("/inversion-parts/repair-in-a-late-part", test_repair_in_a_late_part);
  g_test_add_func ("/inversion-parts/stalled", test_stalled);
  g_test_add_func ("/inversion-parts/cancelled", test_cancelled);
  g_test_add_func ("/inversion-parts/trace", test_trace);
  g_test_add_func ("/inversion-parts/small-batch-between", test_small_batch_between);
  return g_test_run ();
}

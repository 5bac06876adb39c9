/* test-kalman-inversion.c - steps without randomness, against reference answers and dense matrices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "support/cases.h"
#include "support/compare.h"
#include "support/inversions.h"
#include "support/naive.h"

#include <math.h>
#include <string.h>

/* Every ensemble of a case, and every step size where the case has them. */
static void
test_case_matches (gconstpointer name)
{
  g_autoptr (TestCase) c = test_case_open (name);
  g_autoptr (TestArray) expected = test_case_read (c, "U");
  g_autoptr (TestArray) h = NULL;
  g_autofree char *op = g_key_file_get_string (c->ini, "case", "op", NULL);
  guint J = expected->shape[1], n_steps = test_case_get_double (c, "steps");
  gsize n = J * c->network.n_parameters;
  g_autoptr (EklEnsemble) start = test_ensemble_of_rows (&c->network, J, expected->v);
  g_autoptr (EklInversion) inversion = test_inversion_new (start, c->batch.n_data, 2);
  const EklInversionInfo *info = ekl_inversion_get_info (inversion);
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;
  double time = 0;

  settings.form = g_str_equal (op, "eki-euler") ? EKL_FORM_EULER : EKL_FORM_KALMAN;
  settings.noise_std = test_case_get_double (c, "gamma");
  if (g_key_file_has_key (c->ini, "case", "rule", NULL)) {
    settings.step_rule = EKL_STEP_RULE_MISFIT;
    h = test_case_read (c, "h");
    g_assert_cmpuint (h->length, ==, n_steps);
  } else {
    settings.step_size = test_case_get_double (c, "h");
  }
  g_assert_cmpuint (expected->shape[0], ==, n_steps + 1);
  for (guint k = 0; k < n_steps; k++) {
    double h_k = h != NULL ? h->v[k] : settings.step_size;
    g_autofree double *rows = NULL;

    g_assert_true (ekl_inversion_step (inversion, &settings, &c->batch, c->batch.n_data));
    rows = test_inversion_rows (inversion);
    test_assert_near (rows, expected->v + (k + 1) * n, n, TEST_TOLERANCE (1e-9, 1e-4));
    test_assert_near (&info->step_size, &h_k, 1, TEST_TOLERANCE (1e-10, 1e-4));
    time += h_k;
    test_assert_near (&info->time, &time, 1, TEST_TOLERANCE (1e-10, 1e-4));
    g_assert_cmpuint (info->steps, ==, k + 1);
    g_assert_cmpfloat_with_epsilon (info->model_runs, (double) J * (k + 1), 1e-9);
  }
  g_assert_cmpuint (info->repaired, ==, 0);
  g_assert_false (info->finished);
  g_assert_false (info->stalled);
}

/* K < J, K = J, K > J; K < P and K > P; one particle more than none; softmax; a batch of one datum.
 */
static const struct {
  guint width[4], n_width;
  EklActivation activation;
  EklOutput output;
  guint n_data, size;
} shapes[] = {
  { { 2, 6, 1 }, 3, EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 15, 12 },
  { { 2, 6, 1 }, 3, EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 12, 12 },
  { { 2, 6, 1 }, 3, EKL_ACTIVATION_RELU, EKL_OUTPUT_IDENTITY, 7, 33 },
  { { 3, 2 }, 2, EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 1, 70 },
  { { 1, 4, 1 }, 3, EKL_ACTIVATION_SIGMOID, EKL_OUTPUT_IDENTITY, 1, 2 },
  { { 4, 5, 3 }, 3, EKL_ACTIVATION_TANH, EKL_OUTPUT_SOFTMAX, 11, 10 },
  { { 4, 5, 3 }, 3, EKL_ACTIVATION_STEP, EKL_OUTPUT_SOFTMAX, 5, 40 },
  { { 2, 3, 2, 2 }, 4, EKL_ACTIVATION_IDENTITY, EKL_OUTPUT_IDENTITY, 30, 3 },
  { { 2, 3, 1 }, 3, EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 270, 70 },
  { { 2, 9, 9, 1 }, 4, EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 90, 140 },
};

static TestProblem *
shape_problem (guint s)
{
  return test_problem_new (shapes[s].width, shapes[s].n_width, shapes[s].activation,
                           shapes[s].output, shapes[s].n_data, 60 + s);
}

/* [10] is [9], and the Euler form [8]: one step against dense K x K matrices. In float, S of the largest
 * shape is rounded to 1e-4 of the identity beside it. */
static void
test_dense_twin (void)
{
  static const double h[] = { 1, .02 };

  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    for (guint form = EKL_FORM_KALMAN; form <= EKL_FORM_EULER; form++) {
      g_autoptr (TestProblem) p = shape_problem (s);
      guint J = shapes[s].size;
      gsize n = J * p->network.n_parameters;
      g_autoptr (EklInversion) inversion = test_inversion_of (p, J, .6, s);
      g_autofree double *before = test_inversion_rows (inversion);
      g_autofree double *after = NULL;
      g_autofree double *expected = NULL;
      EklInversionSettings settings = TEST_PLAIN_SETTINGS;

      settings.form = form;
      settings.step_size = h[form];
      test_inversion_run (inversion, &settings, &p->batch, 1);
      after = test_inversion_rows (inversion);
      expected = naive_inversion_step (&p->network, J, before, &p->batch, form, h[form], .3);
      test_assert_near (after, expected, n, TEST_TOLERANCE (1e-11, 1e-4));
    }
}

/* gamma so small that float products alone would leave I + S indefinite, K < J and K > J. The
 * answer is as sure as the data, so the step must be taken, and be the right one. */
static void
test_small_noise (void)
{
  static const guint n_data[] = { 6, 40 };

  for (guint i = 0; i < G_N_ELEMENTS (n_data); i++) {
    g_autoptr (TestProblem) p = test_problem_new (TEST_WIDTHS (2, 6, 1), EKL_ACTIVATION_TANH,
                                                  EKL_OUTPUT_IDENTITY, n_data[i], 5);
    gsize n = 20 * p->network.n_parameters;
    g_autoptr (EklInversion) inversion = test_inversion_of (p, 20, .6, 2);
    g_autofree double *before = test_inversion_rows (inversion);
    g_autofree double *after = NULL;
    g_autofree double *expected = NULL;
    EklInversionSettings settings = TEST_PLAIN_SETTINGS;

    settings.noise_std = 1e-3;
    test_inversion_run (inversion, &settings, &p->batch, 1);
    after = test_inversion_rows (inversion);
    expected = naive_inversion_step (&p->network, 20, before, &p->batch, EKL_FORM_KALMAN, 1, 1e-3);
    test_assert_near (after, expected, n, TEST_TOLERANCE (1e-9, 5e-4));
  }
}

/* Settings and batches of any size from one step to the next, by one and the same inversion. */
static void
test_everything_changes (void)
{
  static const guint n_data[] = { 20, 3, 9, 1, 20 };
  static const double gamma[] = { .3, 1, .2, .5, 2 };
  static const double h[] = { 1, .3, .05, .7, .01 };
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (1, 5, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 20, 5);
  gsize n = 10 * p->network.n_parameters;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, 10, .6, 2);
  double runs = 0;

  for (guint k = 0; k < G_N_ELEMENTS (n_data); k++) {
    g_autofree double *before = test_inversion_rows (inversion);
    g_autofree double *after = NULL;
    g_autofree double *expected = NULL;
    EklInversionSettings settings = TEST_PLAIN_SETTINGS;

    settings.form = k == 2 ? EKL_FORM_EULER : EKL_FORM_KALMAN;
    settings.step_size = h[k];
    settings.noise_std = gamma[k];
    p->batch.n_data = n_data[k];
    g_assert_true (ekl_inversion_step (inversion, &settings, &p->batch, 20));
    after = test_inversion_rows (inversion);
    expected =
      naive_inversion_step (&p->network, 10, before, &p->batch, settings.form, h[k], gamma[k]);
    test_assert_near (after, expected, n, TEST_TOLERANCE (1e-11, 2e-5));
    runs += 10. * n_data[k] / 20;
    g_assert_cmpfloat_with_epsilon (ekl_inversion_get_info (inversion)->model_runs, runs, 1e-9);
  }
}

/* gamma and h act only as h / gamma^2. */
static void
test_only_the_ratio_counts (void)
{
  for (guint form = EKL_FORM_KALMAN; form <= EKL_FORM_EULER; form++) {
    g_autoptr (TestProblem) p = shape_problem (0);
    gsize n = 12 * p->network.n_parameters;
    g_autoptr (EklInversion) one = test_inversion_of (p, 12, .6, 2);
    g_autoptr (EklInversion) other = test_inversion_of (p, 12, .6, 2);
    g_autofree double *of_one = NULL;
    g_autofree double *of_other = NULL;
    EklInversionSettings settings = TEST_PLAIN_SETTINGS;

    settings.form = form;
    settings.noise_std = .5;
    settings.step_size = .04;
    test_inversion_run (one, &settings, &p->batch, 3);
    settings.noise_std = 5;
    settings.step_size = 4;
    test_inversion_run (other, &settings, &p->batch, 3);
    of_one = test_inversion_rows (one);
    of_other = test_inversion_rows (other);
    test_assert_near (of_one, of_other, n, TEST_TOLERANCE (1e-12, 1e-5));
  }
}

/* [15] on wide and on narrow ensembles: each side of the maximum is met. */
static void
test_misfit_rule (void)
{
  static const double scales[] = { .01, .1, 1, 4 };
  gboolean mean_wins = FALSE, variance_wins = FALSE;

  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    for (guint k = 0; k < G_N_ELEMENTS (scales); k++) {
      g_autoptr (TestProblem) p = shape_problem (s);
      guint J = shapes[s].size;
      gsize K = (gsize) p->batch.n_outputs * p->batch.n_data;
      g_autoptr (EklInversion) inversion = test_inversion_of (p, J, scales[k], s);
      g_autofree double *U = test_inversion_rows (inversion);
      g_autofree double *G = naive_outputs (&p->network, J, U, &p->batch);
      g_autofree double *y = naive_targets (&p->batch);
      NaiveEnsemble e = { J, p->network.n_parameters, K, U, G };
      g_autofree double *phi = naive_misfits (&e, y, .3);
      double h = naive_misfit_step (&e, y, .3), mean = 0, got;
      EklInversionSettings settings = TEST_PLAIN_SETTINGS;

      for (guint j = 0; j < J; j++)
        mean += phi[j] / J;
      mean_wins |= h == K / (2 * mean);
      variance_wins |= h > K / (2 * mean);
      settings.step_rule = EKL_STEP_RULE_MISFIT;
      test_inversion_run (inversion, &settings, &p->batch, 1);
      got = ekl_inversion_get_info (inversion)->step_size / h;
      g_assert_cmpfloat_with_epsilon (got, 1, TEST_TOLERANCE (1e-9, 2e-3));
    }
  g_assert_true (mean_wins);
  g_assert_true (variance_wins);
}

/* The last step is cut so that sum h = T; then nothing moves any more. */
static void
test_stop_time (gconstpointer data)
{
  g_autoptr (TestProblem) p = shape_problem (0);
  gsize n_bytes = 12 * p->network.n_parameters * sizeof (double);
  g_autoptr (EklInversion) inversion = test_inversion_of (p, 12, 1, 2);
  const EklInversionInfo *info = ekl_inversion_get_info (inversion);
  g_autofree double *at_stop = NULL;
  g_autofree double *later = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;
  guint64 steps;
  double sum = 0;

  settings.step_rule = GPOINTER_TO_INT (data);
  settings.step_size = .3;
  settings.stop_time = 1;
  for (guint k = 0; k < 10000 && !info->finished; k++) {
    g_assert_cmpfloat (info->time, <, 1);
    g_assert_true (ekl_inversion_step (inversion, &settings, &p->batch, 15));
    sum += info->step_size;
  }
  g_assert_true (info->finished);
  g_assert_cmpfloat_with_epsilon (info->time, 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-12);
  g_assert_cmpuint (info->steps, >, 1);

  steps = info->steps;
  at_stop = test_inversion_rows (inversion);
  g_assert_false (ekl_inversion_step (inversion, &settings, &p->batch, 15));
  later = test_inversion_rows (inversion);
  g_assert_cmpmem (later, n_bytes, at_stop, n_bytes);
  g_assert_cmpuint (info->steps, ==, steps);
  g_assert_cmpfloat_with_epsilon (info->time, 1, 1e-12);
}

/* A cut step is a step of the shorter h, not a shortened move. */
static void
test_cut_step (void)
{
  g_autoptr (TestProblem) p = shape_problem (0);
  gsize n = 12 * p->network.n_parameters;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, 12, .6, 2);
  g_autofree double *before = test_inversion_rows (inversion);
  g_autofree double *after = NULL;
  g_autofree double *expected = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  settings.step_rule = EKL_STEP_RULE_MISFIT;
  settings.stop_time = 1e-4;
  test_inversion_run (inversion, &settings, &p->batch, 1);
  after = test_inversion_rows (inversion);
  g_assert_cmpfloat_with_epsilon (ekl_inversion_get_info (inversion)->step_size, 1e-4, 1e-18);
  expected = naive_inversion_step (&p->network, 12, before, &p->batch, EKL_FORM_KALMAN, 1e-4, .3);
  test_assert_near (after, expected, n, TEST_TOLERANCE (1e-12, 1e-5));
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Losses [2] of the particles as the step finds them. P10 and P90 of 11 sorted values are the
 * second from either side, or, in other definitions of a quantile, between it and its outer
 * neighbour. */
static void
test_particle_losses (void)
{
  g_autoptr (TestProblem) p = shape_problem (0);
  gsize P = p->network.n_parameters;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, 11, .6, 2);
  const EklInversionInfo *info = ekl_inversion_get_info (inversion);
  g_autofree double *rows = test_inversion_rows (inversion);
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;
  const double tolerance = TEST_TOLERANCE (1e-12, 1e-5);
  double loss[11], mean = 0;

  for (guint j = 0; j < 11; j++) {
    loss[j] = naive_objective (&p->network, rows + j * P, &p->batch, EKL_LOSS_SQUARED, 0);
    mean += loss[j] / 11;
  }
  qsort (loss, 11, sizeof (double), compare_doubles);
  test_inversion_run (inversion, &settings, &p->batch, 1);
  g_assert_cmpfloat_with_epsilon (info->particle_loss_mean, mean, tolerance * mean);
  g_assert_cmpfloat_with_epsilon (info->particle_loss_best, loss[0], tolerance);
  g_assert_cmpfloat_with_epsilon (info->particle_loss_median, loss[5], tolerance);
  g_assert_cmpfloat (info->particle_loss_low, >=, loss[0] - tolerance);
  g_assert_cmpfloat (info->particle_loss_low, <=, loss[1] + tolerance);
  g_assert_cmpfloat (info->particle_loss_high, >=, loss[9] - tolerance);
  g_assert_cmpfloat (info->particle_loss_high, <=, loss[10] + tolerance);
}

/* Of the mean of the outputs: each particle asked in turn, then the mean compared with the truth. */
static void
test_mean_output_loss (void)
{
  for (guint form = EKL_FORM_KALMAN; form <= EKL_FORM_EULER; form++) {
    g_autoptr (TestProblem) p = shape_problem (0);
    g_autoptr (EklInversion) inversion = test_inversion_of (p, 11, .6, 2);
    g_autofree double *rows = test_inversion_rows (inversion);
    g_autofree double *g = naive_outputs (&p->network, 11, rows, &p->batch);
    g_autofree double *y = naive_targets (&p->batch);
    const gsize K = (gsize) p->batch.n_outputs * p->batch.n_data;
    EklInversionSettings settings = TEST_PLAIN_SETTINGS;
    double loss = 0;

    for (gsize i = 0; i < K; i++) {
      double mean = 0;

      for (guint j = 0; j < 11; j++)
        mean += g[j * K + i] / 11;
      loss += (y[i] - mean) * (y[i] - mean);
    }
    loss /= p->batch.n_data;
    settings.form = form;
    settings.step_size = .02;
    test_inversion_run (inversion, &settings, &p->batch, 1);
    g_assert_cmpfloat_with_epsilon (ekl_inversion_get_info (inversion)->mean_output_loss, loss,
                                    TEST_TOLERANCE (1e-12, 1e-5) * (1 + loss));
  }
}

/* The start belongs to the caller and stays as it was. */
static void
test_start_is_copied (void)
{
  g_autoptr (TestProblem) p = shape_problem (0);
  gsize n_bytes = 12 * p->network.n_parameters * sizeof (double);
  g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, 12, .6, 1);
  g_autoptr (EklInversion) inversion = test_inversion_new (start, 15, 1);
  g_autofree double *before = test_ensemble_rows (start);
  g_autofree double *after = NULL;
  g_autofree double *moved = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  test_inversion_run (inversion, &settings, &p->batch, 1);
  after = test_ensemble_rows (start);
  moved = test_inversion_rows (inversion);
  g_assert_cmpmem (after, n_bytes, before, n_bytes);
  g_assert_true (memcmp (moved, before, n_bytes) != 0);
}

int
main (int argc, char *argv[])
{
  static const char *const cases[] = { "eki-euler",          "eki-kalman",
                                       "eki-kalman-h0.1",    "eki-kalman-many-particles",
                                       "eki-kalman-softmax", "eki-kalman-misfit-continue" };

  g_test_init (&argc, &argv, NULL);
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++) {
    g_autofree char *path = g_strconcat ("/kalman-inversion/case/", cases[c], NULL);

    g_test_add_data_func (path, cases[c], test_case_matches);
  }
  g_test_add_func ("/kalman-inversion/dense-twin", test_dense_twin);
  g_test_add_func ("/kalman-inversion/small-noise", test_small_noise);
  g_test_add_func ("/kalman-inversion/everything-changes", test_everything_changes);
  g_test_add_func ("/kalman-inversion/only-the-ratio-counts", test_only_the_ratio_counts);
  g_test_add_func ("/kalman-inversion/misfit-rule", test_misfit_rule);
  g_test_add_data_func ("/kalman-inversion/stop-time/misfit",
                        GINT_TO_POINTER (EKL_STEP_RULE_MISFIT), test_stop_time);
  g_test_add_data_func ("/kalman-inversion/stop-time/fixed", GINT_TO_POINTER (EKL_STEP_RULE_FIXED),
                        test_stop_time);
  g_test_add_func ("/kalman-inversion/cut-step", test_cut_step);
  g_test_add_func ("/kalman-inversion/particle-losses", test_particle_losses);
  g_test_add_func ("/kalman-inversion/mean-output-loss", test_mean_output_loss);
  g_test_add_func ("/kalman-inversion/start-is-copied", test_start_is_copied);
  return g_test_run ();
}

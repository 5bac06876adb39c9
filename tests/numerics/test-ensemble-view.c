/* test-ensemble-view.c - spectrum, effective rank, span of the start, velocities
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ensemble_view.h"
#include "move_line.h"
#include "velocity.h"

#include "kalman_inversion.h"
#include "support/compare.h"
#include "support/inversions.h"
#include "support/naive.h"
#include "support/problems.h"

#include <math.h>
#include <string.h>

/* Particles at +s_k and -s_k along r orthonormal directions: unit vectors, reflected. */
static EklEnsemble *
make_star (const EklNetwork *network, const double *s, guint r)
{
  const gsize p = network->n_parameters;
  g_autofree double *rows = g_new0 (double, 2 * r * p);
  g_autofree double *w = g_new (double, p);
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  double square = 0;

  for (gsize i = 0; i < p; i++) {
    w[i] = test_normal (rand);
    square += w[i] * w[i];
  }
  for (guint k = 0; k < 2 * r; k++)
    for (gsize i = 0; i < p; i++) {
      const double unit = (i == k / 2 ? 1.0 : 0.0) - 2 * w[i] * w[k / 2] / square;

      rows[k * p + i] = 0.7 + (k % 2 == 0 ? 1 : -1) * s[k / 2] * unit;
    }
  return test_ensemble_of_rows (network, 2 * r, rows);
}

static void
check_star (const guint *width, guint n_width)
{
  const double s[] = { 3, 2, 2, 0.5, 0.01 };
  const guint r = G_N_ELEMENTS (s);
  g_autoptr (TestProblem) problem =
    test_problem_new (width, n_width, EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 4, 1);
  g_autoptr (EklEnsemble) ensemble = make_star (&problem->network, s, r);
  g_autoptr (EklSpectrum) spectrum = ekl_spectrum_new (ensemble, 2);
  double trace = 0, square = 0, rank, expected;

  g_assert_cmpuint (spectrum->n_values, ==, MIN (2 * r - 1, problem->network.n_parameters));
  for (guint k = 0; k < r; k++) {
    expected = s[k] * sqrt (1.0 / r); /* sqrt (2 s^2 / J) */
    test_assert_near (&spectrum->value[k], &expected, 1, TEST_TOLERANCE (1e-12, 1e-5));
    trace += s[k] * s[k];
    square += s[k] * s[k] * s[k] * s[k];
  }
  for (guint k = r; k < spectrum->n_values; k++)
    g_assert_cmpfloat (spectrum->value[k], <, TEST_TOLERANCE (1e-7, 1e-4));
  rank = trace * trace / square;
  test_assert_near (&spectrum->effective_rank, &rank, 1, TEST_TOLERANCE (1e-12, 1e-5));
}

/* More parameters than particles, and fewer: both products. */
static void
test_spectrum (void)
{
  check_star (TEST_WIDTHS (3, 8, 1));
  check_star (TEST_WIDTHS (6, 1));
}

/* The values belong to the spread: sum of squares = spread^2 P. */
static void
test_spread (void)
{
  g_autoptr (TestProblem) problem =
    test_problem_new (TEST_WIDTHS (4, 9, 2), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 4, 2);
  g_autoptr (EklEnsemble) ensemble = test_random_ensemble (&problem->network, 12, 0.4, 3);
  g_autoptr (EklSpectrum) one = ekl_spectrum_new (ensemble, 1);
  g_autoptr (EklSpectrum) four = ekl_spectrum_new (ensemble, 4);
  const double spread = ekl_ensemble_get_spread (ensemble);
  double sum = 0, expected = spread * spread * (double) problem->network.n_parameters;

  for (guint k = 0; k < one->n_values; k++)
    sum += one->value[k] * one->value[k];
  test_assert_near (&sum, &expected, 1, TEST_TOLERANCE (1e-12, 1e-6));
  g_assert_cmpuint (one->n_values, ==, 11);
  g_assert_cmpmem (one->value, 11 * sizeof (double), four->value, 11 * sizeof (double));
  g_assert_true (one->effective_rank == four->effective_rank);
}

/* All in one place, on a line, and one of them nowhere. */
static void
test_degenerate (void)
{
  g_autoptr (TestProblem) problem =
    test_problem_new (TEST_WIDTHS (3, 2, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 4, 2);
  const gsize p = problem->network.n_parameters;
  g_autofree double *rows = g_new0 (double, 4 * p);
  g_autofree real *u = g_new0 (real, p);
  g_autofree real *from = g_new0 (real, p);

  for (gsize i = 0; i < 4 * p; i++)
    rows[i] = 2;
  {
    g_autoptr (EklEnsemble) point = test_ensemble_of_rows (&problem->network, 4, rows);
    g_autoptr (EklSpectrum) spectrum = ekl_spectrum_new (point, 1);

    g_assert_true (isnan (spectrum->effective_rank));
  }
  for (guint j = 0; j < 4; j++)
    rows[j * p + 1] = j;
  {
    g_autoptr (EklEnsemble) line = test_ensemble_of_rows (&problem->network, 4, rows);
    g_autoptr (EklSpectrum) spectrum = ekl_spectrum_new (line, 1);
    g_autoptr (EklSubspace) span = ekl_subspace_new (line, 1);
    const double one = 1;

    test_assert_near (&spectrum->effective_rank, &one, 1, 1e-6);
    g_assert_cmpuint (ekl_subspace_get_rank (span), ==, 1);
    g_assert_true (isnan (ekl_subspace_share (span, u, from)));
    u[1] = 3;
    u[2] = 4;
    g_assert_cmpfloat_with_epsilon (ekl_subspace_share (span, u, from), 9.0 / 25, 1e-6);
  }
  rows[5] = NAN;
  {
    g_autoptr (EklEnsemble) broken = test_ensemble_of_rows (&problem->network, 4, rows);
    g_autoptr (EklSpectrum) spectrum = ekl_spectrum_new (broken, 1);

    g_assert_true (isnan (spectrum->effective_rank));
    g_assert_cmpuint (spectrum->n_values, ==, 0);
    g_assert_null (ekl_subspace_new (broken, 1));
  }
}

/* Gram and Schmidt, twice. */
static double
naive_share (const EklEnsemble *ensemble, const real *u, const real *from)
{
  const guint size = ekl_ensemble_get_size (ensemble);
  const gsize p = ekl_ensemble_get_network (ensemble)->n_parameters;
  g_autofree double *rows = test_ensemble_rows (ensemble);
  g_autofree double *mean = naive_mean (rows, size, p);
  double held = 0, all = 0;

  for (guint j = 0; j + 1 < size; j++) {
    double *row = rows + j * p, norm = 0, inner = 0;

    for (gsize i = 0; i < p; i++)
      row[i] -= mean[i];
    for (guint pass = 0; pass < 2; pass++)
      for (guint k = 0; k < j; k++) {
        double c = 0;

        for (gsize i = 0; i < p; i++)
          c += row[i] * rows[k * p + i];
        for (gsize i = 0; i < p; i++)
          row[i] -= c * rows[k * p + i];
      }
    for (gsize i = 0; i < p; i++)
      norm += row[i] * row[i];
    for (gsize i = 0; i < p; i++) {
      row[i] /= sqrt (norm);
      inner += row[i] * ((double) u[i] - (double) from[i]);
    }
    held += inner * inner;
  }
  for (gsize i = 0; i < p; i++)
    all += ((double) u[i] - (double) from[i]) * ((double) u[i] - (double) from[i]);
  return held / all;
}

static void
test_share (void)
{
  g_autoptr (TestProblem) problem =
    test_problem_new (TEST_WIDTHS (4, 9, 2), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 4, 2);
  g_autoptr (EklEnsemble) ensemble = test_random_ensemble (&problem->network, 20, 0.4, 3);
  g_autoptr (EklSubspace) span = ekl_subspace_new (ensemble, 2);
  g_autofree real *u = test_random_vector (&problem->network, 1, 8);
  g_autofree real *from = test_random_vector (&problem->network, 1, 9);
  double share = ekl_subspace_share (span, u, from), expected = naive_share (ensemble, u, from);

  g_assert_cmpuint (ekl_subspace_get_rank (span), ==, 19);
  test_assert_near (&share, &expected, 1, TEST_TOLERANCE (1e-10, 1e-5));
  g_assert_cmpfloat (share, <, 0.9);

  /* from one particle to another is inside, wholly */
  ekl_ensemble_get_particle (ensemble, 19, u);
  ekl_ensemble_get_particle (ensemble, 0, from);
  g_assert_cmpfloat_with_epsilon (ekl_subspace_share (span, u, from), 1,
                                  TEST_TOLERANCE (1e-10, 1e-5));
}

/* More particles than parameters reach everything. */
static void
test_whole_space (void)
{
  g_autoptr (TestProblem) problem =
    test_problem_new (TEST_WIDTHS (3, 2, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 4, 2);
  g_autoptr (EklEnsemble) ensemble = test_random_ensemble (&problem->network, 40, 0.4, 3);
  g_autoptr (EklSubspace) span = ekl_subspace_new (ensemble, 2);
  g_autofree real *u = test_random_vector (&problem->network, 1, 8);
  g_autofree real *from = test_random_vector (&problem->network, 1, 9);

  g_assert_cmpuint (ekl_subspace_get_rank (span), ==, problem->network.n_parameters);
  g_assert_cmpfloat_with_epsilon (ekl_subspace_share (span, u, from), 1,
                                  TEST_TOLERANCE (1e-10, 1e-5));
}

/* What would take long or much is refused, not begun. */
static void
test_limits (void)
{
  g_assert_true (ekl_subspace_is_small (1000, 241));
  g_assert_true (ekl_subspace_is_small (200, 25450));
  g_assert_false (ekl_subspace_is_small (100000, 241));
  g_assert_false (ekl_subspace_is_small (100, 100000000));
}

/* The gradient at the mean in the working precision, and one step with its trace. */
static EklCosines
step_and_compare (const TestProblem *problem, EklForm form, double gamma)
{
  g_autoptr (EklInversion) inversion = test_inversion_of (problem, 30, 0.5, 7);
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;
  EklInversionTrace trace = { 0 };
  g_autoptr (EklGradient) workspace =
    ekl_gradient_new (&problem->network, problem->batch.n_data, 1, NULL);
  g_autofree real *mean = g_new (real, problem->network.n_parameters);
  g_autofree real *gradient = g_new (real, problem->network.n_parameters);
  EklCosines cosines;

  settings.form = form;
  settings.noise_std = gamma;
  settings.step_size = 0.001;
  ekl_ensemble_get_mean (ekl_inversion_get_ensemble (inversion), mean);
  ekl_gradient (workspace, mean, &problem->batch, EKL_LOSS_SQUARED, 0, gradient);
  ekl_inversion_set_trace (inversion, &trace);
  ekl_inversion_step (inversion, &settings, &problem->batch, problem->batch.n_data);
  g_assert_true (trace.filled);
  cosines =
    ekl_velocity_cosines (trace.spread, ekl_inversion_get_ensemble (inversion), gradient, 2);
  ekl_inversion_trace_clear (&trace);
  return cosines;
}

/* [21]: for a linear model the continuous form moves the mean along -C grad Phi, exactly. */
static void
test_linear (void)
{
  g_autoptr (TestProblem) problem =
    test_problem_new (TEST_WIDTHS (7, 2), EKL_ACTIVATION_IDENTITY, EKL_OUTPUT_IDENTITY, 25, 4);
  const EklCosines cosines = step_and_compare (problem, EKL_FORM_EULER, 0.3);

  g_assert_cmpfloat_with_epsilon (cosines.preconditioned, 1, TEST_TOLERANCE (1e-9, 1e-4));
  g_assert_cmpfloat (cosines.gradient, >, 0);
  g_assert_cmpfloat (cosines.gradient, <, 0.9999);
}

/* The angle between the continuous form's move of the mean and -C grad Phi, and -grad Phi, from
 * the formulas as they are written. */
static void
test_naive_cosines (void)
{
  g_autoptr (TestProblem) problem =
    test_problem_new (TEST_WIDTHS (3, 5, 2), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 15, 4);
  const EklCosines cosines = step_and_compare (problem, EKL_FORM_EULER, 0.3);
  g_autoptr (EklEnsemble) ensemble = test_random_ensemble (&problem->network, 30, 0.5, 7);
  const gsize p = problem->network.n_parameters, k = 30;
  g_autofree double *u = test_ensemble_rows (ensemble);
  g_autofree double *mean = naive_mean (u, k, p);
  g_autofree double *moved =
    naive_inversion_step (&problem->network, k, u, &problem->batch, EKL_FORM_EULER, 0.001, 0.3);
  g_autofree double *moved_mean = naive_mean (moved, k, p);
  g_autofree double *gradient = g_new (double, p);
  double vg = 0, vc = 0, vv = 0, gg = 0, cc = 0, expected[2], found[2];

  naive_gradient (&problem->network, mean, &problem->batch, EKL_LOSS_SQUARED, 0, gradient);
  for (gsize i = 0; i < p; i++) {
    double v = moved_mean[i] - mean[i], c = 0;

    for (gsize l = 0; l < p; l++)
      c -= naive_covariance (u + i, p, u + l, p, k) * gradient[l];
    vg -= v * gradient[i];
    vc += v * c;
    vv += v * v;
    gg += gradient[i] * gradient[i];
    cc += c * c;
  }
  expected[0] = vg / sqrt (vv * gg);
  expected[1] = vc / sqrt (vv * cc);
  found[0] = cosines.gradient;
  found[1] = cosines.preconditioned;
  test_assert_near (found, expected, 2, TEST_TOLERANCE (1e-5, 1e-3));
  g_assert_cmpfloat (found[1], <, 0.99999);
}

/* A step that is looked at is the same step; what it leaves behind is what the step used. */
static void
test_trace (void)
{
  g_autoptr (TestProblem) problem =
    test_problem_new (TEST_WIDTHS (3, 5, 2), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 15, 4);
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;
  EklInversionTrace trace = { .with_outputs = TRUE };

  settings.weight_noise = 0.05;
  settings.perturb_observations = TRUE;
  for (EklForm form = EKL_FORM_KALMAN; form <= EKL_FORM_ALDI; form++) {
    g_autoptr (EklInversion) plain = test_inversion_of (problem, 12, 0.5, 7);
    g_autoptr (EklInversion) traced = test_inversion_of (problem, 12, 0.5, 7);
    g_autofree double *before = test_inversion_rows (traced);
    const gsize bytes = 12 * problem->network.n_parameters * sizeof (double);
    g_autofree double *a = NULL;
    g_autofree double *b = NULL;
    g_autofree double *found = NULL;

    settings.form = form;
    settings.step_size = form == EKL_FORM_EULER || form == EKL_FORM_ALDI ? 0.001 : 1;
    ekl_inversion_set_trace (traced, &trace);
    test_inversion_run (plain, &settings, &problem->batch, 3);
    test_inversion_run (traced, &settings, &problem->batch, 1);
    found = test_ensemble_rows (trace.found);
    g_assert_cmpmem (before, bytes, found, bytes);
    g_assert_cmpuint (trace.n_observations, ==, 30);
    g_assert_cmpfloat (trace.step_size, ==, settings.step_size);
    test_inversion_run (traced, &settings, &problem->batch, 2);
    a = test_inversion_rows (plain);
    b = test_inversion_rows (traced);
    g_assert_cmpmem (a, bytes, b, bytes);
    ekl_inversion_trace_clear (&trace);
  }
}

/* Along the mean's move a step is the scalar filter, exactly: slope times aim is the whole move, and
 * the aim is the data's distance times the scalar gain. */
static void
test_move_line (void)
{
  g_autoptr (TestProblem) problem =
    test_problem_new (TEST_WIDTHS (3, 5, 2), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 15, 4);
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;
  const gsize p = problem->network.n_parameters;
  EklInversionTrace trace = { .with_outputs = TRUE };

  for (EklForm form = EKL_FORM_KALMAN; form <= EKL_FORM_ETKI; form++) {
    g_autoptr (EklInversion) inversion = test_inversion_of (problem, 12, 0.5, 7);
    g_autoptr (EklMoveLine) line = NULL;
    g_autofree double *before = g_new (double, p);
    g_autofree double *after = g_new (double, p);
    double moved = 0, product, variance, aim;

    settings.form = form;
    settings.step_size = form == EKL_FORM_EULER ? 0.001 : 0.7;
    ekl_inversion_set_trace (inversion, &trace);
    test_inversion_run (inversion, &settings, &problem->batch, 1);
    line = ekl_move_line_new (&trace, form, 1);
    g_assert_nonnull (line);
    ekl_ensemble_get_mean_double (trace.spread, before);
    ekl_ensemble_get_mean_double (ekl_inversion_get_ensemble (inversion), after);
    for (gsize i = 0; i < p; i++)
      moved += (after[i] - before[i]) * (after[i] - before[i]);
    moved = sqrt (moved);
    test_assert_near (&line->move, &moved, 1, TEST_TOLERANCE (1e-10, 1e-4));
    product = line->slope * line->aim;
    test_assert_near (&product, &moved, 1, TEST_TOLERANCE (1e-10, 1e-4));
    variance = line->prediction_std * line->prediction_std;
    aim = form == EKL_FORM_EULER ? settings.step_size * line->data * variance
                                 : line->data * variance / (variance + line->noise * line->noise);
    test_assert_near (&line->aim, &aim, 1, TEST_TOLERANCE (1e-10, 1e-4));
    ekl_inversion_trace_clear (&trace);
  }
  g_assert_null (ekl_move_line_new (&trace, EKL_FORM_KALMAN, 1));
}

/* Drawn anew about the mean, by the prior, whatever a broken particle holds. */
static void
test_redraw (void)
{
  g_autoptr (TestProblem) problem =
    test_problem_new (TEST_WIDTHS (10, 20, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 5, 4);
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;
  g_autoptr (EklEnsemble) start = test_random_ensemble (&problem->network, 40, 0.001, 3);
  const gsize p = problem->network.n_parameters;
  g_autofree real *u = test_random_vector (&problem->network, 0, 1);
  g_autofree double *std = g_new (double, p);
  double expected = 0;

  u[3] = (real) NAN;
  ekl_ensemble_set_particle (start, 5, u);
  g_autoptr (EklInversion) inversion = test_inversion_new (start, 5, 1);
  g_autoptr (EklInversion) other = test_inversion_new (start, 5, 2);
  ekl_inversion_redraw (inversion, &settings, 0.3, 1);
  ekl_inversion_redraw (other, &settings, 0.3, 1);
  ekl_prior_standard_deviations (&settings.prior, &problem->network, std);
  for (gsize i = 0; i < p; i++)
    expected += 0.09 * std[i] * std[i];
  /* a root mean square of 40 x 241 normals */
  test_assert_within (ekl_ensemble_get_spread (ekl_inversion_get_ensemble (inversion)),
                      sqrt (expected / (double) p), 0.02 * sqrt (expected / (double) p), 4);
  {
    g_autofree double *a = test_inversion_rows (inversion);
    g_autofree double *b = test_inversion_rows (other);

    g_assert_cmpmem (a, 40 * p * sizeof (double), b, 40 * p * sizeof (double));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ensemble-view/spectrum", test_spectrum);
  g_test_add_func ("/ensemble-view/spread", test_spread);
  g_test_add_func ("/ensemble-view/degenerate", test_degenerate);
  g_test_add_func ("/ensemble-view/span/share", test_share);
  g_test_add_func ("/ensemble-view/span/whole-space", test_whole_space);
  g_test_add_func ("/ensemble-view/span/limits", test_limits);
  g_test_add_func ("/ensemble-view/velocity/linear", test_linear);
  g_test_add_func ("/ensemble-view/velocity/naive", test_naive_cosines);
  g_test_add_func ("/ensemble-view/trace", test_trace);
  g_test_add_func ("/ensemble-view/move-line", test_move_line);
  g_test_add_func ("/ensemble-view/redraw", test_redraw);
  return g_test_run ();
}

/* test-inversion-respread.c - what happens before the step: momentum, inflation, redraw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "support/compare.h"
#include "support/inversions.h"
#include "support/naive.h"

#include <math.h>
#include <string.h>

/* The seeds are fixed, so each test gives the same answer in every run; with other seeds a bound
 * of 5 standard deviations would be missed by chance once in 1.7 million, and there are fewer than
 * 200 of them here. */
#define SIGMAS 5

/* So much noise that the step itself moves nothing that can be seen. */
#define STANDSTILL TEST_TOLERANCE (1e100, 1e18)

static TestProblem *
small_problem (void)
{
  return test_problem_new (TEST_WIDTHS (2, 5, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 12, 3);
}

static const EklForm forms[] = { EKL_FORM_KALMAN, EKL_FORM_EULER, EKL_FORM_ETKI };

static EklInversionSettings
settings_of (EklForm form)
{
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  settings.form = form;
  settings.step_size = form == EKL_FORM_EULER ? .01 : .3;
  return settings;
}

static double *
plain_step (const TestProblem *p, gsize J, const double *U, const EklInversionSettings *settings)
{
  NaiveStep step = { .form = settings->form, .h = settings->step_size, .gamma = (double[]){ .09 } };

  return naive_step (&step, &p->network, J, U, &p->batch);
}

/* [17]: lambda_n = max (0, 1 - 3/(n+1)) is 0 for n = 0, 1, 2: to the bit the steps without
 * momentum; then 1/4, 2/5, 1/2. */
static void
test_momentum (gconstpointer data)
{
  static const double lambda[] = { 0, 0, 0, .25, .4, .5, 4. / 7 };
  EklInversionSettings settings = settings_of (GPOINTER_TO_INT (data));
  g_autoptr (TestProblem) p = small_problem ();
  const gsize J = 9, n = J * p->network.n_parameters;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, J, .6, 1);
  g_autoptr (EklInversion) plain = test_inversion_of (p, J, .6, 1);
  g_autofree double *before = test_inversion_rows (inversion);
  g_autofree double *now = test_inversion_rows (inversion);

  for (guint k = 0; k < G_N_ELEMENTS (lambda); k++) {
    g_autofree double *v = g_new (double, n);
    g_autofree double *expected = NULL;
    double *after;

    for (gsize i = 0; i < n; i++)
      v[i] = now[i] + lambda[k] * (now[i] - before[i]);
    expected = plain_step (p, J, v, &settings);
    settings.momentum = EKL_MOMENTUM_NESTEROV;
    test_inversion_run (inversion, &settings, &p->batch, 1);
    after = test_inversion_rows (inversion);
    test_assert_near (after, expected, n, TEST_TOLERANCE (1e-11, 5e-5));
    if (k < 3) {
      g_autofree double *of_plain = NULL;

      settings.momentum = EKL_MOMENTUM_NONE;
      test_inversion_run (plain, &settings, &p->batch, 1);
      of_plain = test_inversion_rows (plain);
      g_assert_cmpmem (after, n * sizeof (double), of_plain, n * sizeof (double));
    }
    g_free (before);
    before = g_steal_pointer (&now);
    now = after;
  }
}

/* Switched off and on, or the ensemble's size changed, it starts anew: the next three steps are
 * plain ones. */
static void
test_momentum_starts_anew (gconstpointer data)
{
  gboolean by_resize = GPOINTER_TO_INT (data);
  g_autoptr (TestProblem) p = small_problem ();
  const gsize J = 9;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, J, .6, 1);
  g_autoptr (EklInversion) fresh = NULL;
  g_autoptr (GError) error = NULL;
  EklInversionSettings settings = settings_of (EKL_FORM_KALMAN);

  settings.momentum = EKL_MOMENTUM_NESTEROV;
  test_inversion_run (inversion, &settings, &p->batch, 6);
  if (by_resize) {
    g_assert_true (ekl_inversion_resize (inversion, &settings, 11, &error));
    g_assert_no_error (error);
  } else {
    settings.momentum = EKL_MOMENTUM_NONE;
    test_inversion_run (inversion, &settings, &p->batch, 1);
    settings.momentum = EKL_MOMENTUM_NESTEROV;
  }
  fresh = test_inversion_new (ekl_inversion_get_ensemble (inversion), 12, 1);
  for (guint k = 0; k < 6; k++) {
    gsize n_bytes = (by_resize ? 11 : J) * p->network.n_parameters * sizeof (double);
    g_autofree double *rows = NULL;
    g_autofree double *of_fresh = NULL;

    test_inversion_run (inversion, &settings, &p->batch, 1);
    test_inversion_run (fresh, &settings, &p->batch, 1);
    rows = test_inversion_rows (inversion);
    of_fresh = test_inversion_rows (fresh);
    g_assert_cmpmem (rows, n_bytes, of_fresh, n_bytes);
  }
}

/* A particle that is redrawn in the middle has no former place to be thrown on from. Every
 * particle but one has no weight on the second input; a batch where that input is enormous breaks
 * that one alone. */
static void
test_momentum_of_the_redrawn (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 4, 3);
  const gsize J = 6, P = 3;
  g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, J, .6, 1);
  g_autofree double *U = test_ensemble_rows (start);
  g_autofree real *huge = g_memdup2 (p->x, 2 * 4 * sizeof (real));
  g_autofree double *redrawn = NULL;
  g_autofree double *later = NULL;
  g_autoptr (EklInversion) inversion = NULL;
  const EklInversionInfo *info;
  EklInversionSettings settings = settings_of (EKL_FORM_KALMAN);
  EklBatch batch = p->batch;

  for (gsize j = 0; j < J; j++)
    U[j * P + 1] = j == 4;
  for (guint i = 0; i < 4; i++)
    huge[4 + i] = TEST_TOLERANCE (1e250, 1e35);
  ekl_ensemble_set_rows (start, U);
  inversion = test_inversion_new (start, 4, 1);
  info = ekl_inversion_get_info (inversion);
  settings.momentum = EKL_MOMENTUM_NESTEROV;
  settings.noise_std = STANDSTILL;
  test_inversion_run (inversion, &settings, &p->batch, 8);
  g_assert_cmpuint (info->repaired, ==, 0);
  batch.x = huge;
  test_inversion_run (inversion, &settings, &batch, 1);
  g_assert_cmpuint (info->repaired, ==, 1);
  redrawn = test_inversion_rows (inversion);
  g_assert_cmpfloat (fabs (redrawn[4 * P] - U[4 * P]), >, .01);
  test_inversion_run (inversion, &settings, &p->batch, 1);
  later = test_inversion_rows (inversion);
  g_assert_cmpuint (info->repaired, ==, 1);
  test_assert_near (later, redrawn, J * P, TEST_TOLERANCE (1e-15, 1e-6));
}

/* u^j <- ubar + (1 + f)(u^j - ubar), then the step: the mean stays, the anomalies grow exactly,
 * and so nothing leaves their span. */
static void
test_inflation (void)
{
  g_autoptr (TestProblem) p = small_problem ();
  const gsize J = 5, P = p->network.n_parameters, n = J * P;
  const double f = .25;

  for (guint k = 0; k < G_N_ELEMENTS (forms); k++) {
    EklInversionSettings settings = settings_of (forms[k]);
    g_autoptr (EklInversion) still = test_inversion_of (p, J, .6, 1);
    g_autoptr (EklInversion) moving = test_inversion_of (p, J, .6, 1);
    g_autofree double *inflated = test_inversion_rows (still);
    g_autofree double *mean = naive_mean (inflated, J, P);
    g_autofree double *stepped = NULL;
    g_autofree double *of_still = NULL;
    g_autofree double *of_moving = NULL;

    for (gsize i = 0; i < n; i++)
      inflated[i] = mean[i % P] + (1 + f) * (inflated[i] - mean[i % P]);
    stepped = plain_step (p, J, inflated, &settings);
    settings.inflation = f;
    test_inversion_run (moving, &settings, &p->batch, 1);
    of_moving = test_inversion_rows (moving);
    test_assert_near (of_moving, stepped, n, TEST_TOLERANCE (1e-11, 5e-5));
    settings.noise_std = STANDSTILL;
    test_inversion_run (still, &settings, &p->batch, 1);
    of_still = test_inversion_rows (still);
    test_assert_near (of_still, inflated, n, TEST_TOLERANCE (1e-15, 2e-7));
  }
}

/* Before the step every particle is drawn anew: about the former mean, with s sigma_l, whatever
 * the spread was. */
static void
test_redraw_law (void)
{
  enum { J = 2000 };
  g_autoptr (TestProblem) p = small_problem ();
  const gsize P = p->network.n_parameters;
  const double s = .3;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, J, 4, 1);
  g_autofree double *before = test_inversion_rows (inversion);
  g_autofree double *center = naive_mean (before, J, P);
  g_autofree double *std = g_new (double, P);
  g_autofree double *after = NULL;
  g_autofree double *mean = NULL;
  double neighbours = 0, old = 0;
  EklInversionSettings settings = settings_of (EKL_FORM_KALMAN);

  settings.noise_std = STANDSTILL;
  settings.redraw = s;
  settings.weight_noise = 50; /* does not come on top */
  settings.prior = (EklPrior){ .weight_std = 1.5, .bias_std = .2, .mean = 100 };
  ekl_prior_standard_deviations (&settings.prior, &p->network, std);
  test_inversion_run (inversion, &settings, &p->batch, 1);
  after = test_inversion_rows (inversion);
  mean = naive_mean (after, J, P);
  for (gsize a = 0; a < P; a++) {
    double unit = s * std[a];

    test_assert_within (mean[a], center[a], unit / sqrt (J), SIGMAS);
    test_assert_within (naive_covariance (after + a, P, after + a, P, J) / (unit * unit), 1,
                        sqrt (2. / J), SIGMAS);
    if (a > 0)
      neighbours += naive_covariance (after + a, P, after + a - 1, P, J) / (unit * s * std[a - 1]);
    old += naive_covariance (after + a, P, before + a, P, J) / (4 * unit);
  }
  test_assert_within (neighbours, 0, sqrt ((P - 1.) / J), SIGMAS);
  test_assert_within (old, 0, sqrt ((double) P / J), SIGMAS);
}

/* A particle's distance from the mean + span of the others at the start, relative to its distance
 * from the mean. */
static double
share_outside (const double *start, gsize J, gsize P, const double *u)
{
  g_autofree double *mean = naive_mean (start, J, P);
  g_autofree double *M = g_new0 (double, J *J);
  g_autofree double *right = g_new0 (double, J);
  double length = 0, left = 0;

  for (gsize i = 0; i < J; i++) {
    for (gsize k = 0; k < J; k++)
      for (gsize q = 0; q < P; q++)
        M[i * J + k] += (start[i * P + q] - mean[q]) * (start[k * P + q] - mean[q]);
    M[i * J + i] += 1e-10; /* the anomalies sum to zero */
    for (gsize q = 0; q < P; q++)
      right[i] += (start[i * P + q] - mean[q]) * (u[q] - mean[q]);
  }
  naive_solve (M, right, J, 1);
  for (gsize q = 0; q < P; q++) {
    double d = u[q] - mean[q];

    length += d * d;
    for (gsize i = 0; i < J; i++)
      d -= right[i] * (start[i * P + q] - mean[q]);
    left += d * d;
  }
  return sqrt (left / length);
}

/* What leaves the span of the start and what does not: inflation and momentum stay, redraw and
 * weight noise leave. */
static void
test_span (void)
{
  g_autoptr (TestProblem) p = small_problem ();
  const gsize J = 5, P = p->network.n_parameters;

  for (guint k = 0; k < 4; k++) {
    EklInversionSettings settings = settings_of (EKL_FORM_KALMAN);
    g_autoptr (EklInversion) inversion = test_inversion_of (p, J, .6, 1);
    g_autofree double *start = test_inversion_rows (inversion);
    g_autofree double *after = NULL;

    settings.inflation = k == 0 ? .2 : 0;
    settings.momentum = k == 1 ? EKL_MOMENTUM_NESTEROV : EKL_MOMENTUM_NONE;
    settings.redraw = k == 2 ? .3 : 0;
    settings.weight_noise = k == 3 ? .3 : 0;
    test_inversion_run (inversion, &settings, &p->batch, 6);
    after = test_inversion_rows (inversion);
    for (gsize j = 0; j < J; j++) {
      double share = share_outside (start, J, P, after + j * P);

      if (k < 2)
        g_assert_cmpfloat (share, <, TEST_TOLERANCE (1e-7, 1e-3));
      else
        g_assert_cmpfloat (share, >, .1);
    }
  }
}

/* In every step anew, and the same numbers for the same seed. */
static void
test_redraw_afresh (void)
{
  g_autoptr (TestProblem) p = small_problem ();
  const gsize J = 6, P = p->network.n_parameters;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, J, .6, 1);
  g_autoptr (EklInversion) again = test_inversion_of (p, J, .6, 1);
  g_autofree double *first = NULL;
  g_autofree double *second = NULL;
  g_autofree double *of_again = NULL;
  EklInversionSettings settings = settings_of (EKL_FORM_KALMAN);

  settings.redraw = .4;
  settings.noise_std = STANDSTILL;
  test_inversion_run (inversion, &settings, &p->batch, 1);
  first = test_inversion_rows (inversion);
  test_inversion_run (inversion, &settings, &p->batch, 1);
  second = test_inversion_rows (inversion);
  test_inversion_run (again, &settings, &p->batch, 2);
  of_again = test_inversion_rows (again);
  g_assert_cmpmem (of_again, J * P * sizeof (double), second, J * P * sizeof (double));
  for (gsize i = 0; i < J * P; i++)
    g_assert_cmpfloat (first[i], !=, second[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/inversion-respread/momentum/kalman", GINT_TO_POINTER (EKL_FORM_KALMAN),
                        test_momentum);
  g_test_add_data_func ("/inversion-respread/momentum/euler", GINT_TO_POINTER (EKL_FORM_EULER),
                        test_momentum);
  g_test_add_data_func ("/inversion-respread/momentum-starts-anew/switched",
                        GINT_TO_POINTER (FALSE), test_momentum_starts_anew);
  g_test_add_data_func ("/inversion-respread/momentum-starts-anew/resized", GINT_TO_POINTER (TRUE),
                        test_momentum_starts_anew);
  g_test_add_func ("/inversion-respread/momentum-of-the-redrawn", test_momentum_of_the_redrawn);
  g_test_add_func ("/inversion-respread/inflation", test_inflation);
  g_test_add_func ("/inversion-respread/redraw-law", test_redraw_law);
  g_test_add_func ("/inversion-respread/redraw-afresh", test_redraw_afresh);
  g_test_add_func ("/inversion-respread/span", test_span);
  return g_test_run ();
}

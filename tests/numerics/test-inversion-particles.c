/* test-inversion-particles.c - particles that are redrawn, added and taken away
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "support/compare.h"
#include "support/inversions.h"
#include "support/naive.h"

#include <math.h>
#include <string.h>

/* Seeds are fixed, so each test gives the same answer in every run. With other seeds a bound of 5
 * standard deviations would be missed by chance once in 1.7 million; there are fewer than 100 of
 * them here, so other random numbers alone would fail this program about once in ten thousand
 * times. */
#define SIGMAS 5

/* So much noise that the step itself moves nothing that can be seen. */
#define STANDSTILL 1e12

/* The new particles after one step from U (J, P) with a seed, (J, P). */
static double *
one_step (
  const TestProblem *p, gsize J, const double *U, EklInversionSettings settings, guint64 seed)
{
  g_autoptr (EklEnsemble) start = test_ensemble_of_rows (&p->network, J, U);
  g_autoptr (EklInversion) inversion = test_inversion_new (start, p->batch.n_data, 1);

  settings.seed = seed;
  test_inversion_run (inversion, &settings, &p->batch, 1);
  return test_inversion_rows (inversion);
}

/* Spoils a particle: one parameter not a number, or outputs that overflow though every parameter
 * is finite. */
static void
spoil (const EklNetwork *network, double *u, gboolean overflow)
{
  if (!overflow)
    u[network->n_parameters - 1] = NAN;
  else
    for (gsize k = 0; k < network->n_parameters; k++)
      u[k] = TEST_TOLERANCE (1e200, 1e30);
}

/* [19]: the particle is redrawn and counted, the others do not notice. */
static void
test_redrawn (gconstpointer data)
{
  gboolean overflow = GPOINTER_TO_INT (data);
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 5, 1), EKL_ACTIVATION_IDENTITY, EKL_OUTPUT_IDENTITY, 12, 3);
  const gsize J = 9, P = p->network.n_parameters;
  g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, J, .6, 1);
  g_autofree double *U = test_ensemble_rows (start);
  g_autofree double *got = NULL;
  g_autoptr (EklInversion) inversion = NULL;
  const EklInversionInfo *info;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  spoil (&p->network, U + 2 * P, overflow);
  spoil (&p->network, U + 7 * P, overflow);
  ekl_ensemble_set_rows (start, U);
  inversion = test_inversion_new (start, 12, 1);
  info = ekl_inversion_get_info (inversion);
  settings.noise_std = STANDSTILL;
  test_inversion_run (inversion, &settings, &p->batch, 1);
  got = test_inversion_rows (inversion);
  g_assert_cmpuint (info->repaired, ==, 2);
  g_assert_cmpuint (info->repaired_last, ==, 2);
  g_assert_false (info->stalled);
  g_assert_true (isfinite (info->particle_loss_mean));
  for (gsize j = 0; j < J; j++)
    if (j != 2 && j != 7)
      test_assert_near (got + j * P, U + j * P, P, TEST_TOLERANCE (1e-15, 1e-7));
  for (gsize k = 0; k < P; k++) {
    g_assert_cmpfloat (fabs (got[2 * P + k]), <, 20);
    g_assert_cmpfloat (fabs (got[7 * P + k]), <, 20);
    g_assert_cmpfloat (got[2 * P + k], !=, got[7 * P + k]);
  }

  settings.noise_std = .3;
  test_inversion_run (inversion, &settings, &p->batch, 1);
  g_assert_cmpuint (info->repaired, ==, 2);
  g_assert_cmpuint (info->repaired_last, ==, 0);
}

/* A parameter that is not a number can hide behind relu or step, which may answer 0 to it. It
 * must not reach the others through their mean, whatever the activation and wherever it sits. */
static void
test_nan_does_not_spread (gconstpointer data)
{
  EklActivation activation = GPOINTER_TO_INT (data);
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 3, 1), activation, EKL_OUTPUT_IDENTITY, 6, 3);
  const gsize J = 7, P = p->network.n_parameters;

  for (gsize k = 0; k < P; k++) {
    g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, J, .6, 1);
    g_autofree double *U = test_ensemble_rows (start);
    g_autofree double *got = NULL;
    g_autoptr (EklInversion) inversion = NULL;
    EklInversionSettings settings = TEST_PLAIN_SETTINGS;

    U[3 * P + k] = NAN;
    ekl_ensemble_set_rows (start, U);
    inversion = test_inversion_new (start, 6, 1);
    test_inversion_run (inversion, &settings, &p->batch, 2);
    got = test_inversion_rows (inversion);
    for (gsize i = 0; i < J * P; i++)
      g_assert_true (isfinite (got[i]));
    g_assert_cmpuint (ekl_inversion_get_info (inversion)->repaired, ==, 1);
  }
}

/* The law of the redrawn particle: the mean and covariance of the others. Both divisors, their
 * number and one less, are accepted for the covariance. */
static void
test_redrawn_law (void)
{
  enum { N_SEEDS = 1500 };
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 5, 3);
  const gsize J = 9, P = p->network.n_parameters, others = J - 1;
  g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, J, .6, 1);
  g_autofree double *U = test_ensemble_rows (start);
  double mean[3] = { 0 }, cov[3][3] = { { 0 } };
  double sample_mean[3] = { 0 }, sample[3][3] = { { 0 } };
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  g_assert_cmpuint (P, ==, 3);
  for (gsize i = 0; i < others * P; i++)
    mean[i % P] += U[i] / others;
  for (gsize j = 0; j < others; j++)
    for (gsize a = 0; a < P; a++)
      for (gsize b = 0; b < P; b++)
        cov[a][b] += (U[j * P + a] - mean[a]) * (U[j * P + b] - mean[b]) / others;

  U[others * P] = NAN;
  settings.noise_std = STANDSTILL;
  for (guint seed = 1; seed <= N_SEEDS; seed++) {
    g_autofree double *got = one_step (p, J, U, settings, seed);

    for (gsize a = 0; a < P; a++) {
      double d = got[others * P + a] - mean[a];

      sample_mean[a] += d / N_SEEDS;
      for (gsize b = 0; b < P; b++)
        sample[a][b] += d * (got[others * P + b] - mean[b]) / N_SEEDS;
    }
  }
  for (gsize a = 0; a < P; a++) {
    double larger = (double) others / (others - 1);

    test_assert_within (sample_mean[a], 0, sqrt (larger * cov[a][a] / N_SEEDS), SIGMAS);
    for (gsize b = 0; b < P; b++) {
      double deviation = larger * sqrt ((cov[a][a] * cov[b][b] + pow (cov[a][b], 2)) / N_SEEDS);
      double middle = cov[a][b] * (1 + larger) / 2;

      test_assert_within (sample[a][b], middle,
                          deviation + fabs (cov[a][b]) * (larger - 1) / 2 / SIGMAS, SIGMAS);
    }
  }
}

/* Two finite particles are enough to go on, one is not. */
static void
test_stalled (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 3, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 5, 3);
  const gsize J = 4, P = p->network.n_parameters;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  for (guint n_finite = 0; n_finite <= 2; n_finite++) {
    g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, J, .6, 1);
    g_autofree double *U = test_ensemble_rows (start);
    g_autofree double *got = NULL;
    g_autoptr (EklInversion) inversion = NULL;
    const EklInversionInfo *info;

    for (gsize j = n_finite; j < J; j++)
      spoil (&p->network, U + j * P, FALSE);
    ekl_ensemble_set_rows (start, U);
    inversion = test_inversion_new (start, 5, 1);
    info = ekl_inversion_get_info (inversion);
    if (n_finite == 2) {
      test_inversion_run (inversion, &settings, &p->batch, 2);
      g_assert_false (info->stalled);
      g_assert_cmpuint (info->repaired, ==, 2);
      continue;
    }
    for (guint again = 0; again < 2; again++) {
      g_assert_false (ekl_inversion_step (inversion, &settings, &p->batch, 5));
      g_assert_true (info->stalled);
      g_assert_cmpuint (info->steps, ==, 0);
    }
    got = test_inversion_rows (inversion);
    test_assert_near (got, U, n_finite * P, 0);
  }
}

static void
resize (EklInversion *inversion, const EklInversionSettings *settings, guint size)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ekl_inversion_resize (inversion, settings, size, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (ekl_ensemble_get_size (ekl_inversion_get_ensemble (inversion)), ==, size);
}

/* The last particles go, the others stay to the bit; the next step is one of those left. */
static void
test_shrink (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 5, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 12, 3);
  const gsize P = p->network.n_parameters;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, 20, .6, 1);
  g_autofree double *before = NULL;
  g_autofree double *left = NULL;
  g_autofree double *after = NULL;
  g_autofree double *expected = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  test_inversion_run (inversion, &settings, &p->batch, 1);
  before = test_inversion_rows (inversion);
  resize (inversion, &settings, 6);
  left = test_inversion_rows (inversion);
  g_assert_cmpmem (left, 6 * P * sizeof (double), before, 6 * P * sizeof (double));
  test_inversion_run (inversion, &settings, &p->batch, 1);
  after = test_inversion_rows (inversion);
  expected = naive_inversion_step (&p->network, 6, left, &p->batch, EKL_FORM_KALMAN, 1, .3);
  test_assert_near (after, expected, 6 * P, TEST_TOLERANCE (1e-11, 2e-5));
  g_assert_cmpfloat_with_epsilon (ekl_inversion_get_info (inversion)->model_runs, 26, 1e-9);
}

/* [20]: the old particles stay to the bit, the new ones are draws of the prior moved to the mean
 * of the old; then the step is one of all of them. */
static void
test_grow (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 5, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 12, 3);
  const gsize P = p->network.n_parameters, old = 5, new = 400, J = old + new;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, old, 3, 1);
  g_autofree double *mean = g_new0 (double, P);
  g_autofree double *std = g_new (double, P);
  g_autofree double *before = NULL;
  g_autofree double *grown = NULL;
  g_autofree double *after = NULL;
  g_autofree double *expected = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  settings.prior.mean = 50;
  ekl_prior_standard_deviations (&settings.prior, &p->network, std);
  test_inversion_run (inversion, &settings, &p->batch, 1);
  before = test_inversion_rows (inversion);
  resize (inversion, &settings, J);
  grown = test_inversion_rows (inversion);
  g_assert_cmpmem (grown, old * P * sizeof (double), before, old * P * sizeof (double));
  for (gsize i = 0; i < old * P; i++)
    mean[i % P] += before[i] / old;
  for (gsize k = 0; k < P; k++) {
    double first = 0, second = 0;

    for (gsize j = old; j < J; j++) {
      double z = (grown[j * P + k] - mean[k]) / std[k];

      first += z / new;
      second += z * z / new;
    }
    test_assert_within (first, 0, sqrt (1. / new), SIGMAS);
    test_assert_within (second, 1, sqrt (2. / new), SIGMAS);
  }
  test_inversion_run (inversion, &settings, &p->batch, 1);
  after = test_inversion_rows (inversion);
  expected = naive_inversion_step (&p->network, J, grown, &p->batch, EKL_FORM_KALMAN, 1, .3);
  test_assert_near (after, expected, J * P, TEST_TOLERANCE (1e-11, 2e-5));
}

/* Growing in two parts gives particles that differ from one another and from those that went
 * before. */
static void
test_grow_again (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 5, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 12, 3);
  const gsize P = p->network.n_parameters;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, 4, .6, 1);
  g_autofree double *rows = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  resize (inversion, &settings, 6);
  resize (inversion, &settings, 9);
  rows = test_inversion_rows (inversion);
  for (gsize a = 0; a < 9; a++)
    for (gsize b = 0; b < a; b++)
      for (gsize k = 0; k < P; k++)
        g_assert_cmpfloat (rows[a * P + k], !=, rows[b * P + k]);
}

int
main (int argc, char *argv[])
{
  static const char *const activations[] = { "tanh", "relu", "sigmoid", "identity", "step" };

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/inversion-particles/redrawn/not-a-number", GINT_TO_POINTER (FALSE),
                        test_redrawn);
  g_test_add_data_func ("/inversion-particles/redrawn/overflow", GINT_TO_POINTER (TRUE),
                        test_redrawn);
  g_test_add_func ("/inversion-particles/redrawn-law", test_redrawn_law);
  for (guint a = 0; a < G_N_ELEMENTS (activations); a++) {
    g_autofree char *path =
      g_strconcat ("/inversion-particles/nan-does-not-spread/", activations[a], NULL);

    g_test_add_data_func (path, GINT_TO_POINTER (EKL_ACTIVATION_TANH + a),
                          test_nan_does_not_spread);
  }
  g_test_add_func ("/inversion-particles/stalled", test_stalled);
  g_test_add_func ("/inversion-particles/shrink", test_shrink);
  g_test_add_func ("/inversion-particles/grow", test_grow);
  g_test_add_func ("/inversion-particles/grow-again", test_grow_again);
  return g_test_run ();
}

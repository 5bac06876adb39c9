/* test-inversion-randomness.c - perturbed observations and weight noise
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "inversion_private.h"
#include "support/compare.h"
#include "support/inversions.h"
#include "support/naive.h"

#include <math.h>
#include <string.h>

/* Seeds are fixed, so each test gives the same answer in every run. With other seeds a bound of 5
 * standard deviations would be missed by chance once in 1.7 million; there are fewer than 150 of
 * them here, so other random numbers alone would fail this program about once in ten
 * thousand times. */
#define SIGMAS 5

/* So much noise that the step itself moves nothing that can be seen. */
#define STANDSTILL 1e12

/* The new particles after one step from U (J, P) with a seed, (J, P). The workspace is made for
 * max_data, which may be more than the batch has. */
static double *
one_step (const TestProblem *p,
          guint max_data,
          gsize J,
          const double *U,
          EklInversionSettings settings,
          guint64 seed)
{
  g_autoptr (EklEnsemble) start = test_ensemble_of_rows (&p->network, J, U);
  g_autoptr (EklInversion) inversion = test_inversion_new (start, max_data, 1);

  settings.seed = seed;
  test_inversion_run (inversion, &settings, &p->batch, 1);
  return test_inversion_rows (inversion);
}

/* The covariance of one particle's perturbation: gain (Gamma/h) gain', (P, P). */
static double *
theory_covariance (const TestProblem *p, gsize J, const double *U, double h, double gamma)
{
  gsize P = p->network.n_parameters, K = (gsize) p->batch.n_outputs * p->batch.n_data;
  g_autofree double *G = naive_outputs (&p->network, J, U, &p->batch);
  NaiveEnsemble e = { J, P, K, U, G };
  g_autofree double *gain = naive_gain (&e, EKL_FORM_KALMAN, h, gamma);
  double *cov = g_new0 (double, P *P);

  for (gsize a = 0; a < P; a++)
    for (gsize b = 0; b < P; b++)
      for (gsize k = 0; k < K; k++)
        cov[a * P + b] += gain[k * P + a] * gain[k * P + b] * gamma * gamma / h;
  return cov;
}

/* [9] with perturbed observations, many times from the same start: less the unperturbed step,
 * what is left is normal with mean 0 and covariance gain (Gamma/h) gain', and particles know
 * nothing of each other. Fewer data than the 8 particles, as many and more take the two ways of
 * [10] in turn, and so does a small batch where a large one could have come. Many data in parts
 * have the law, too; not the same numbers, since the last two pivots of S are as large as one
 * another and rounding chooses between them. */
typedef struct {
  const char *name;
  guint n_data, max_data;
  gsize part_bytes;
} PerturbedShape;

static const PerturbedShape perturbed_shapes[] = {
  { "few-data", 4, 4, 0 },     { "as-many-data", 8, 8, 0 }, { "many-data", 20, 20, 0 },
  { "small-batch", 5, 20, 0 }, { "in-parts", 20, 20, 1 },
};

static void
test_perturbed_law (gconstpointer data)
{
  const PerturbedShape *shape = data;
  enum { N_SEEDS = 400 };
  g_autoptr (TestProblem) p = test_problem_new (TEST_WIDTHS (2, 1), EKL_ACTIVATION_TANH,
                                                EKL_OUTPUT_IDENTITY, shape->n_data, 3);
  const gsize J = 8, P = p->network.n_parameters;
  g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, J, .6, 1);
  g_autofree double *U = test_ensemble_rows (start);
  g_autofree double *cov = theory_covariance (p, J, U, .5, .4);
  g_autofree double *unperturbed =
    naive_inversion_step (&p->network, J, U, &p->batch, EKL_FORM_KALMAN, .5, .4);
  double mean[3] = { 0 }, second[3][3] = { { 0 } }, sum_of_particles[3] = { 0 };
  double fourth = 0, n = N_SEEDS * J;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  g_assert_cmpuint (P, ==, 3);
  settings.step_size = .5;
  settings.noise_std = .4;
  settings.perturb_observations = TRUE;
  ekl_inversion_set_part_bytes (shape->part_bytes);
  for (guint seed = 1; seed <= N_SEEDS; seed++) {
    g_autofree double *d = one_step (p, shape->max_data, J, U, settings, seed);

    for (gsize i = 0; i < J * P; i++)
      d[i] -= unperturbed[i];
    for (gsize a = 0; a < P; a++) {
      double total = 0;

      for (gsize j = 0; j < J; j++) {
        total += d[j * P + a];
        mean[a] += d[j * P + a] / n;
        for (gsize b = 0; b < P; b++)
          second[a][b] += d[j * P + a] * d[j * P + b] / n;
      }
      sum_of_particles[a] += total * total / N_SEEDS;
    }
    for (gsize j = 0; j < J; j++)
      fourth += pow (d[j * P], 4) / n;
  }
  ekl_inversion_set_part_bytes (0);
  for (gsize a = 0; a < P; a++) {
    double v = cov[a * P + a];

    test_assert_within (mean[a], 0, sqrt (v / n), SIGMAS);
    test_assert_within (sum_of_particles[a], J * v, J * v * sqrt (2. / N_SEEDS), SIGMAS);
    for (gsize b = 0; b < P; b++)
      test_assert_within (second[a][b], cov[a * P + b],
                          sqrt ((v * cov[b * P + b] + pow (cov[a * P + b], 2)) / n), SIGMAS);
  }
  test_assert_within (fourth / pow (cov[0], 2), 3, sqrt (96 / n), SIGMAS);
}

/* Drawn afresh in every step: with gamma so large that G stays where it is, two steps in a row
 * move the particles in unrelated ways, and the second is about as long as the first. */
static void
test_perturbed_afresh (gconstpointer data)
{
  g_autoptr (TestProblem) p = test_problem_new (TEST_WIDTHS (3, 5, 1), EKL_ACTIVATION_TANH,
                                                EKL_OUTPUT_IDENTITY, GPOINTER_TO_UINT (data), 3);
  const gsize J = 12, n = J * p->network.n_parameters;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, J, .6, 1);
  g_autofree double *start = test_inversion_rows (inversion);
  g_autofree double *first = NULL;
  g_autofree double *second = NULL;
  double one = 0, two = 0, product = 0;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  settings.noise_std = 300;
  settings.perturb_observations = TRUE;
  test_inversion_run (inversion, &settings, &p->batch, 1);
  first = test_inversion_rows (inversion);
  test_inversion_run (inversion, &settings, &p->batch, 1);
  second = test_inversion_rows (inversion);
  for (gsize i = 0; i < n; i++) {
    double a = first[i] - start[i], b = second[i] - first[i];

    one += a * a;
    two += b * b;
    product += a * b;
  }
  g_assert_cmpfloat (one, >, 0);
  g_assert_cmpfloat (two / one, >, .3);
  g_assert_cmpfloat (two / one, <, 3);
  g_assert_cmpfloat (fabs (product) / sqrt (one * two), <, .5);
}

/* [18]: every parameter of every particle gets s sigma_l N(0,1), in every step anew. */
static void
test_weight_noise (void)
{
  enum { N_STEPS = 30 };
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (6, 5, 2), EKL_ACTIVATION_RELU, EKL_OUTPUT_IDENTITY, 4, 3);
  const gsize J = 40, P = p->network.n_parameters;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, J, .6, 1);
  g_autofree double *before = test_inversion_rows (inversion);
  g_autofree double *std = g_new (double, P);
  g_autofree double *last = g_new0 (double, J *P);
  g_autofree double *variance = g_new0 (double, P);
  double mean = 0, lagged = 0, neighbours = 0;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;
  const double n = N_STEPS * J, s = .25;

  settings.noise_std = STANDSTILL;
  settings.weight_noise = s;
  settings.prior.weight_std = 1.5;
  settings.prior.mean = 100; /* noise has no mean */
  ekl_prior_standard_deviations (&settings.prior, &p->network, std);
  for (guint step = 0; step < N_STEPS; step++) {
    g_autofree double *after = NULL;

    test_inversion_run (inversion, &settings, &p->batch, 1);
    after = test_inversion_rows (inversion);
    for (gsize i = 0; i < J * P; i++) {
      double z = (after[i] - before[i]) / (s * std[i % P]);

      variance[i % P] += z * z / n;
      mean += z / (n * P);
      lagged += z * last[i] / ((N_STEPS - 1) * (double) J * P);
      if (i >= P)
        neighbours += z * last[i - P] / ((N_STEPS - 1) * (double) (J - 1) * P);
      last[i] = z;
      before[i] = after[i];
    }
  }
  for (gsize k = 0; k < P; k++)
    test_assert_within (variance[k], 1, sqrt (2 / n), SIGMAS);
  test_assert_within (mean, 0, sqrt (1 / (n * P)), SIGMAS);
  test_assert_within (lagged, 0, sqrt (1. / ((N_STEPS - 1) * J * P)), SIGMAS);
  test_assert_within (neighbours, 0, sqrt (1. / ((N_STEPS - 1) * (J - 1) * P)), SIGMAS);
}

/* The noise comes before the step: the step's losses are those of the ensemble with the noise in
 * it, and the step is one of that ensemble. */
static void
test_noise_comes_first (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 5, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 12, 3);
  const gsize J = 9, P = p->network.n_parameters;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, J, .6, 1);
  g_autofree double *start = test_inversion_rows (inversion);
  g_autofree double *noisy = NULL;
  g_autofree double *got = NULL;
  g_autofree double *expected = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;
  double loss = 0;

  settings.weight_noise = .3;
  settings.noise_std = STANDSTILL;
  noisy = one_step (p, 12, J, start, settings, 4);
  for (gsize j = 0; j < J; j++)
    loss += naive_objective (&p->network, noisy + j * P, &p->batch, EKL_LOSS_SQUARED, 0) / J;

  settings.noise_std = .3;
  settings.seed = 4;
  test_inversion_run (inversion, &settings, &p->batch, 1);
  got = test_inversion_rows (inversion);
  expected = naive_inversion_step (&p->network, J, noisy, &p->batch, EKL_FORM_KALMAN, 1, .3);
  test_assert_near (got, expected, J * P, TEST_TOLERANCE (1e-10, 5e-5));
  g_assert_cmpfloat_with_epsilon (ekl_inversion_get_info (inversion)->particle_loss_mean, loss,
                                  TEST_TOLERANCE (1e-10, 1e-5) * loss);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (perturbed_shapes); i++) {
    g_autofree char *path =
      g_strconcat ("/inversion-randomness/perturbed-law/", perturbed_shapes[i].name, NULL);

    g_test_add_data_func (path, &perturbed_shapes[i], test_perturbed_law);
  }
  g_test_add_data_func ("/inversion-randomness/perturbed-afresh/few-data", GUINT_TO_POINTER (4),
                        test_perturbed_afresh);
  g_test_add_data_func ("/inversion-randomness/perturbed-afresh/many-data", GUINT_TO_POINTER (30),
                        test_perturbed_afresh);
  g_test_add_func ("/inversion-randomness/weight-noise", test_weight_noise);
  g_test_add_func ("/inversion-randomness/noise-comes-first", test_noise_comes_first);
  return g_test_run ();
}

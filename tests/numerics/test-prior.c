/* test-prior.c - the distribution the particles start from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "prior.h"
#include "support/compare.h"
#include "support/problems.h"

#include <math.h>

/* Seeds are fixed; with other seeds a bound of 5 standard deviations would be missed by chance once
 * in 1.7 million, and there are fewer than 100 of them here. */
#define SIGMAS 5

static void
make_network (EklNetwork *network, EklActivation activation)
{
  g_autoptr (GError) error = NULL;

  ekl_network_init (network, TEST_WIDTHS (50, 8, 18, 2), activation, EKL_OUTPUT_IDENTITY, &error);
  g_assert_no_error (error);
}

/* [20]: W of layer l has s_w g / sqrt (n_{l-1}), g = sqrt 2 for relu and 1 otherwise; b has s_b. */
static void
test_fan_in (void)
{
  const EklPrior prior = { .weight_std = 1.5, .bias_std = .2, .mean = 3 };

  for (guint a = EKL_ACTIVATION_TANH; a <= EKL_ACTIVATION_STEP; a++) {
    EklNetwork network;
    g_autofree double *std = NULL;
    g_autofree double *expected = NULL;
    gsize p = 0;

    make_network (&network, a);
    std = g_new (double, network.n_parameters);
    expected = g_new (double, network.n_parameters);
    ekl_prior_standard_deviations (&prior, &network, std);
    for (guint l = 0; l < network.n_layers; l++) {
      gsize n_weights = (gsize) network.width[l] * network.width[l + 1];

      for (gsize k = 0; k < n_weights; k++)
        expected[p++] = 1.5 * sqrt ((a == EKL_ACTIVATION_RELU ? 2. : 1.) / network.width[l]);
      for (gsize k = 0; k < network.width[l + 1]; k++)
        expected[p++] = .2;
    }
    g_assert_cmpuint (p, ==, network.n_parameters);
    test_assert_near (std, expected, p, 1e-15);
  }
}

static void
test_no_scaling (void)
{
  const EklPrior prior = { .weight_std = .7,
                           .bias_std = .1,
                           .mean = 1,
                           .scaling = EKL_PRIOR_SCALING_NONE };
  EklNetwork network;
  g_autofree double *std = NULL;

  make_network (&network, EKL_ACTIVATION_RELU);
  std = g_new (double, network.n_parameters);
  ekl_prior_standard_deviations (&prior, &network, std);
  for (gsize p = 0; p < network.n_parameters; p++)
    g_assert_cmpfloat_with_epsilon (std[p], .7, 1e-15);
}

/* Moments of (u - m0) / std over the parameters from..to of 100 particles. The sample variance of n
 * numbers of kurtosis k has variance (k - 1) / n: 2/n for normals, 0.8/n for uniforms. */
static void
check_moments (
  const EklPrior *prior, gsize from, gsize to, const double *std, const double *rows, gsize P)
{
  gboolean uniform = prior->shape == EKL_PRIOR_UNIFORM;
  double n = 100. * (to - from), mean = 0, variance = 0, beyond = 0;
  double share = uniform ? 0 : erfc (sqrt (1.5)); /* of normals further out than sqrt 3 */

  for (gsize j = 0; j < 100; j++)
    for (gsize p = from; p < to; p++) {
      double z = (rows[j * P + p] - prior->mean) / std[p];

      mean += z / n;
      variance += z * z / n;
      beyond += fabs (z) > sqrt (3) * (1 + 1e-6);
    }
  test_assert_within (mean, 0, sqrt (1 / n), SIGMAS);
  test_assert_within (variance, 1, sqrt ((uniform ? .8 : 2) / n), SIGMAS);
  test_assert_within (beyond, n * share, sqrt (n * share * (1 - share)), SIGMAS);
}

static void
test_moments (gconstpointer data)
{
  const EklPrior prior = { .weight_std = 1.5,
                           .bias_std = .2,
                           .mean = .25,
                           .shape = GPOINTER_TO_INT (data) };
  EklNetwork network;
  g_autoptr (EklEnsemble) ensemble = NULL;
  g_autofree double *zero = NULL;
  g_autofree double *rows = NULL;
  g_autofree double *std = NULL;
  gsize P;

  make_network (&network, EKL_ACTIVATION_RELU);
  P = network.n_parameters;
  zero = g_new0 (double, 100 * P);
  std = g_new (double, P);
  ensemble = test_ensemble_of_rows (&network, 100, zero);
  ekl_prior_fill (&prior, 17, 0, ensemble);
  rows = test_ensemble_rows (ensemble);
  ekl_prior_standard_deviations (&prior, &network, std);
  for (guint l = 0; l < network.n_layers; l++) {
    gsize weights = network.weight_offset[l], biases = network.bias_offset[l];

    check_moments (&prior, weights, biases, std, rows, P);
    check_moments (&prior, biases, biases + network.width[l + 1], std, rows, P);
  }
}

/* Neighbours in u and particles beside each other have nothing to do with one another. */
static void
test_independence (void)
{
  const EklPrior prior = { .weight_std = 1, .bias_std = 1, .scaling = EKL_PRIOR_SCALING_NONE };
  EklNetwork network;
  g_autofree real *a = NULL;
  g_autofree real *b = NULL;
  g_autofree real *c = NULL;
  double particles = 0, seeds = 0, neighbours = 0, n;

  make_network (&network, EKL_ACTIVATION_TANH);
  n = network.n_parameters;
  a = g_new (real, network.n_parameters);
  b = g_new (real, network.n_parameters);
  c = g_new (real, network.n_parameters);
  ekl_prior_draw (&prior, &network, 1, 0, a);
  ekl_prior_draw (&prior, &network, 1, 1, b);
  ekl_prior_draw (&prior, &network, 2, 0, c);
  for (gsize p = 1; p < network.n_parameters; p++) {
    particles += (double) a[p] * b[p];
    seeds += (double) a[p] * c[p];
    neighbours += (double) a[p] * a[p - 1];
  }
  test_assert_within (particles / n, 0, sqrt (1 / n), SIGMAS);
  test_assert_within (seeds / n, 0, sqrt (1 / n), SIGMAS);
  test_assert_within (neighbours / n, 0, sqrt (1 / n), SIGMAS);
}

/* Particle j is the same draw in an ensemble of any size, and filling from `first` on touches no
 * other. */
static void
test_draw_does_not_depend_on_size (void)
{
  const EklPrior prior = { .weight_std = 1, .bias_std = .1 };
  EklNetwork network;
  g_autoptr (EklEnsemble) nine = NULL;
  g_autoptr (EklEnsemble) five = NULL;
  g_autoptr (EklEnsemble) last = NULL;
  g_autofree double *zero = NULL;
  g_autofree double *of_nine = NULL;
  g_autofree double *of_five = NULL;
  g_autofree double *of_last = NULL;
  g_autofree real *u = NULL;
  gsize P;

  make_network (&network, EKL_ACTIVATION_TANH);
  P = network.n_parameters;
  zero = g_new0 (double, 9 * P);
  u = g_new (real, P);
  nine = test_ensemble_of_rows (&network, 9, zero);
  five = test_ensemble_of_rows (&network, 5, zero);
  last = test_ensemble_of_rows (&network, 9, zero);
  ekl_prior_fill (&prior, 5, 0, nine);
  ekl_prior_fill (&prior, 5, 0, five);
  ekl_prior_fill (&prior, 5, 6, last);
  of_nine = test_ensemble_rows (nine);
  of_five = test_ensemble_rows (five);
  of_last = test_ensemble_rows (last);
  g_assert_cmpmem (of_five, 5 * P * sizeof (double), of_nine, 5 * P * sizeof (double));
  g_assert_cmpmem (of_last, 6 * P * sizeof (double), zero, 6 * P * sizeof (double));
  g_assert_cmpmem (of_last + 6 * P, 3 * P * sizeof (double), of_nine + 6 * P,
                   3 * P * sizeof (double));
  for (guint j = 0; j < 9; j++) {
    ekl_prior_draw (&prior, &network, 5, j, u);
    for (gsize p = 0; p < P; p++)
      g_assert_cmpfloat (u[p], ==, of_nine[j * P + p]);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prior/fan-in", test_fan_in);
  g_test_add_func ("/prior/no-scaling", test_no_scaling);
  g_test_add_data_func ("/prior/moments/normal", GINT_TO_POINTER (EKL_PRIOR_NORMAL), test_moments);
  g_test_add_data_func ("/prior/moments/uniform", GINT_TO_POINTER (EKL_PRIOR_UNIFORM),
                        test_moments);
  g_test_add_func ("/prior/independence", test_independence);
  g_test_add_func ("/prior/draw-does-not-depend-on-size", test_draw_does_not_depend_on_size);
  return g_test_run ();
}

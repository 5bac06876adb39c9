/* test-noise-covariance.c - Gamma: whitening, what is refused, and the noise that is drawn of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "errors.h"
#include "support/compare.h"
#include "support/inversions.h"
#include "support/naive.h"

#include <math.h>
#include <string.h>

/* The seeds are fixed, so the test gives the same answer in every run; with other seeds a bound of
 * 5 standard deviations would be missed by chance once in 1.7 million, and there are fewer than
 * 100 of them here. */
#define SIGMAS 5

static EklNoiseCovariance *
new_full (guint m, const double *covariance)
{
  g_autoptr (GError) error = NULL;
  EklNoiseCovariance *noise = ekl_noise_covariance_new_full (m, covariance, &error);

  g_assert_no_error (error);
  g_assert_nonnull (noise);
  g_assert_cmpuint (ekl_noise_covariance_get_n_outputs (noise), ==, m);
  return noise;
}

static EklNoiseCovariance *
new_diagonal (guint m, const double *std, guint n)
{
  g_autoptr (GError) error = NULL;
  EklNoiseCovariance *noise = ekl_noise_covariance_new_diagonal (m, std, n, &error);

  g_assert_no_error (error);
  g_assert_nonnull (noise);
  g_assert_cmpuint (ekl_noise_covariance_get_n_outputs (noise), ==, m);
  return noise;
}

/* L, a lower triangle with a given diagonal. */
static double *
random_factor (guint m, const double *diagonal, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  double *L = g_new0 (double, m *m);

  for (guint r = 0; r < m; r++) {
    for (guint c = 0; c < r; c++)
      L[r * m + c] = .5 * test_normal (rand) / sqrt (m);
    L[r * m + r] = diagonal[r];
  }
  return L;
}

/* L L' */
static double *
covariance_of (guint m, const double *L)
{
  double *covariance = g_new0 (double, m *m);

  for (guint r = 0; r < m; r++)
    for (guint c = 0; c < m; c++)
      for (guint k = 0; k < m; k++)
        covariance[r * m + c] += L[r * m + k] * L[c * m + k];
  return covariance;
}

static real *
random_values (gsize n, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  real *v = g_new (real, n);

  for (gsize i = 0; i < n; i++)
    v[i] = (real) test_normal (rand);
  return v;
}

/* L^{-1} v by dense elimination, datum by datum: values (m, N). */
static void
test_whiten_dense (void)
{
  static const guint sizes[] = { 1, 2, 3, 7, 30 };
  const guint N = 9;

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    guint m = sizes[s];
    g_autofree double *diagonal = g_new (double, m);
    g_autofree double *covariance = NULL;
    g_autofree double *L = NULL;
    g_autofree real *values = random_values (m * N, s);
    g_autofree double *expected = test_doubles (values, m * N);
    g_autoptr (EklNoiseCovariance) noise = NULL;

    for (guint r = 0; r < m; r++)
      diagonal[r] = .2 + (r * 7 % m) * 1.3 / m;
    L = random_factor (m, diagonal, s);
    covariance = covariance_of (m, L);
    noise = new_full (m, covariance);
    ekl_noise_covariance_whiten (noise, N, values);
    naive_solve (L, expected, m, N);
    test_assert_reals_near (values, expected, m * N, TEST_TOLERANCE (1e-11, 2e-4));
  }
}

/* What whitening is for: <a, Gamma^{-1} b> is the inner product of the whitened. */
static void
test_whiten_products (void)
{
  enum { M = 5, N = 4 };
  const double diagonal[M] = { .3, 1, .1, 2, .7 };
  double expected = 0, product = 0;
  g_autofree double *L = random_factor (M, diagonal, 2);
  g_autofree double *covariance = covariance_of (M, L);
  g_autofree real *a = random_values (M * N, 3);
  g_autofree real *b = random_values (M * N, 4);
  g_autofree double *solved = test_doubles (b, M * N);
  g_autoptr (EklNoiseCovariance) noise = new_full (M, covariance);

  naive_solve (covariance, solved, M, N);
  for (gsize i = 0; i < M * N; i++)
    expected += a[i] * solved[i];
  ekl_noise_covariance_whiten (noise, N, a);
  ekl_noise_covariance_whiten (noise, N, b);
  for (gsize i = 0; i < M * N; i++)
    product += a[i] * b[i];
  g_assert_cmpfloat_with_epsilon (product / expected, 1, TEST_TOLERANCE (1e-11, 1e-4));
}

static void
test_whiten_diagonal (void)
{
  const double std[] = { .1, 2, .3 }, one = .25;
  g_autofree real *values = random_values (3 * 7, 1);
  g_autofree real *same = random_values (3 * 7, 1);
  g_autofree double *expected = test_doubles (values, 3 * 7);
  g_autoptr (EklNoiseCovariance) each = new_diagonal (3, std, 3);
  g_autoptr (EklNoiseCovariance) all = new_diagonal (3, &one, 1);

  ekl_noise_covariance_whiten (all, 7, same);
  ekl_noise_covariance_whiten (each, 7, values);
  for (gsize i = 0; i < 3 * 7; i++) {
    g_assert_cmpfloat_with_epsilon (same[i], 4 * expected[i], TEST_TOLERANCE (1e-14, 1e-5));
    expected[i] /= std[i / 7];
  }
  test_assert_reals_near (values, expected, 3 * 7, TEST_TOLERANCE (1e-14, 1e-6));
}

/* (det Gamma_m)^{1/(2m)}; whether it is gamma^2 I, however it was said. */
static void
test_scale (void)
{
  enum { M = 4 };
  const double diagonal[M] = { .5, 4, .25, 2 }, equal[M] = { .3, .3, .3, .3 };
  double squares[M * M] = { 0 }, one[1] = { .09 };
  g_autofree double *L = random_factor (M, diagonal, 2);
  g_autofree double *covariance = covariance_of (M, L);
  g_autoptr (EklNoiseCovariance) full = new_full (M, covariance);
  g_autoptr (EklNoiseCovariance) each = new_diagonal (M, diagonal, M);
  g_autoptr (EklNoiseCovariance) all = new_diagonal (M, equal, M);
  g_autoptr (EklNoiseCovariance) single = new_diagonal (M, equal, 1);
  g_autoptr (EklNoiseCovariance) number = new_full (1, one);
  g_autoptr (EklNoiseCovariance) written_out = NULL;

  for (guint r = 0; r < M; r++)
    squares[r * M + r] = .09;
  written_out = new_full (M, squares);
  g_assert_cmpfloat_with_epsilon (ekl_noise_covariance_get_scale (full), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (ekl_noise_covariance_get_scale (each), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (ekl_noise_covariance_get_scale (all), .3, 1e-15);
  g_assert_cmpfloat_with_epsilon (ekl_noise_covariance_get_scale (single), .3, 1e-15);
  g_assert_cmpfloat_with_epsilon (ekl_noise_covariance_get_scale (number), .3, 1e-15);
  g_assert_cmpfloat_with_epsilon (ekl_noise_covariance_get_scale (written_out), .3, 1e-15);
  g_assert_false (ekl_noise_covariance_is_isotropic (full));
  g_assert_false (ekl_noise_covariance_is_isotropic (each));
  g_assert_true (ekl_noise_covariance_is_isotropic (all));
  g_assert_true (ekl_noise_covariance_is_isotropic (single));
  g_assert_true (ekl_noise_covariance_is_isotropic (number));
  g_assert_true (ekl_noise_covariance_is_isotropic (written_out));
}

static void
test_references (void)
{
  const double std = .5;
  EklNoiseCovariance *noise = new_diagonal (2, &std, 1);

  g_assert_true (ekl_noise_covariance_ref (noise) == noise);
  ekl_noise_covariance_unref (noise);
  g_assert_cmpfloat (ekl_noise_covariance_get_scale (noise), ==, .5);
  ekl_noise_covariance_unref (noise);
  ekl_noise_covariance_unref (NULL);
}

/* Each with a sentence that names what is wrong. */
static void
assert_refused (EklNoiseCovariance *noise, GError *error, const char *word)
{
  g_assert_null (noise);
  g_assert_error (error, EKL_NUMERICS_ERROR, EKL_NUMERICS_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, word));
  g_error_free (error);
}

static void
test_refused_diagonal (void)
{
  static const double bad[] = { 0, -1, NAN, INFINITY, -INFINITY };
  GError *error = NULL;
  double std[3] = { .1, .2, .3 };
  EklNoiseCovariance *noise;

  for (guint b = 0; b < G_N_ELEMENTS (bad); b++)
    for (guint place = 0; place < 3; place++) {
      double spoilt[3] = { .1, .2, .3 };

      spoilt[place] = bad[b];
      noise = ekl_noise_covariance_new_diagonal (3, spoilt, 3, &error);
      assert_refused (noise, g_steal_pointer (&error), "standard deviation");
    }
  noise = ekl_noise_covariance_new_diagonal (3, std, 2, &error);
  assert_refused (noise, g_steal_pointer (&error), "2 standard deviations");
  noise = ekl_noise_covariance_new_diagonal (2, std, 3, &error);
  assert_refused (noise, g_steal_pointer (&error), "3 standard deviations");
  noise = ekl_noise_covariance_new_diagonal (3, std, 0, &error);
  assert_refused (noise, g_steal_pointer (&error), "0 standard deviations");
}

static void
test_refused_full (void)
{
  static const double bad[][4] = {
    { 1, .5, .4, 1 },        /* not symmetric */
    { 1, .5, .5 + 1e-6, 1 }, /* nor this, by more than rounding */
    { 1, 2, 2, 1 },          /* indefinite */
    { 1, 1, 1, 1 },          /* semidefinite */
    { -1, 0, 0, -1 },        /* negative */
    { 0, 0, 0, 0 },          /* nothing */
    { 1, NAN, NAN, 1 },      /* not numbers */
    { 1, 0, 0, NAN },        /* nor here */
    { INFINITY, 0, 0, 1 },   /* nor finite */
    { 1, NAN, .5, 1 },       /* in the half that is not read */
  };
  static const double rounded[] = { 1, .5, .5 + 1e-12, 1 };

  for (guint b = 0; b < G_N_ELEMENTS (bad); b++) {
    GError *error = NULL;
    EklNoiseCovariance *noise = ekl_noise_covariance_new_full (2, bad[b], &error);

    assert_refused (noise, error, "symmetric positive definite 2 x 2");
  }
  ekl_noise_covariance_unref (new_full (2, rounded));
}

/* One Kalman step of particles with two outputs, from the same start with many seeds: less the
 * step without perturbation, normal with mean 0 and covariance gain (Gamma/h) gain', whichever way
 * the noise is drawn. */
static void
test_perturbed_law (gconstpointer data)
{
  enum { N_SEEDS = 600, J = 8 };
  static const double gamma[] = { .5, .3, .3, .4 };
  const guint N = GPOINTER_TO_UINT (data);
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (1, 2), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, N, 3);
  const gsize P = p->network.n_parameters, n_rows = N_SEEDS * J;
  g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, J, .6, 1);
  g_autofree double *U = test_ensemble_rows (start);
  g_autofree double *cov = g_new0 (double, P *P);
  g_autofree double *mean = g_new0 (double, P);
  g_autofree double *second = g_new0 (double, P *P);
  g_autofree double *eta = g_new0 (double, J *N * 2);
  g_autofree double *plain = NULL;
  g_autoptr (EklNoiseCovariance) noise = new_full (2, gamma);
  NaiveStep step = { .form = EKL_FORM_KALMAN, .h = .5, .gamma = gamma };
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  /* the gain's columns: what a unit of each observation moves a particle by; then each datum's
   * Gamma/h */
  plain = naive_step (&step, &p->network, J, U, &p->batch);
  for (guint i = 0; i < N; i++) {
    double gain[2][4];

    for (guint o = 0; o < 2; o++) {
      g_autofree double *moved = NULL;

      eta[o * N + i] = 1;
      step.eta = eta;
      moved = naive_step (&step, &p->network, J, U, &p->batch);
      eta[o * N + i] = 0;
      for (gsize k = 0; k < P; k++)
        gain[o][k] = moved[k] - plain[k];
    }
    for (gsize a = 0; a < P; a++)
      for (gsize b = 0; b < P; b++)
        for (guint o = 0; o < 4; o++)
          cov[a * P + b] += gain[o / 2][a] * gamma[o] / step.h * gain[o % 2][b];
  }

  settings.step_size = step.h;
  settings.noise = noise;
  settings.perturb_observations = TRUE;
  for (settings.seed = 1; settings.seed <= N_SEEDS; settings.seed++) {
    g_autoptr (EklInversion) inversion = test_inversion_new (start, N, 1);
    g_autofree double *d = NULL;

    test_inversion_run (inversion, &settings, &p->batch, 1);
    d = test_inversion_rows (inversion);
    for (gsize i = 0; i < J * P; i++) {
      d[i] -= plain[i];
      mean[i % P] += d[i] / n_rows;
    }
    for (gsize j = 0; j < J; j++)
      for (gsize ab = 0; ab < P * P; ab++)
        second[ab] += d[j * P + ab / P] * d[j * P + ab % P] / n_rows;
  }
  for (gsize a = 0; a < P; a++) {
    double v = cov[a * P + a];

    test_assert_within (mean[a], 0, sqrt (v / n_rows), SIGMAS);
    for (gsize b = 0; b < P; b++)
      test_assert_within (second[a * P + b], cov[a * P + b],
                          sqrt ((v * cov[b * P + b] + pow (cov[a * P + b], 2)) / n_rows), SIGMAS);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/noise-covariance/whiten/dense", test_whiten_dense);
  g_test_add_func ("/noise-covariance/whiten/products", test_whiten_products);
  g_test_add_func ("/noise-covariance/whiten/diagonal", test_whiten_diagonal);
  g_test_add_func ("/noise-covariance/scale", test_scale);
  g_test_add_func ("/noise-covariance/references", test_references);
  g_test_add_func ("/noise-covariance/refused/diagonal", test_refused_diagonal);
  g_test_add_func ("/noise-covariance/refused/full", test_refused_full);
  g_test_add_data_func ("/noise-covariance/perturbed-law/few-data", GUINT_TO_POINTER (2),
                        test_perturbed_law);
  g_test_add_data_func ("/noise-covariance/perturbed-law/many-data", GUINT_TO_POINTER (7),
                        test_perturbed_law);
  return g_test_run ();
}

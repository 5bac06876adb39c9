/* test-inversion-properties.c - what ensemble Kalman inversion must obey, whatever the numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "support/compare.h"
#include "support/inversions.h"
#include "support/naive.h"

#include <math.h>
#include <string.h>

/* The mean of the J rows, and the rows minus it. */
static double *
anomalies (const double *rows, gsize J, gsize P, double *mean)
{
  double *d = g_memdup2 (rows, J * P * sizeof (double));

  memset (mean, 0, P * sizeof (double));
  for (gsize i = 0; i < J * P; i++)
    mean[i % P] += rows[i] / J;
  for (gsize i = 0; i < J * P; i++)
    d[i] -= mean[i % P];
  return d;
}

static double
dot (const double *a, const double *b, gsize n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

/* An orthonormal basis of the rows of d (J, P) in place, by Gram and Schmidt, twice; its size. */
static gsize
orthonormalise (double *d, gsize J, gsize P)
{
  gsize rank = 0;

  for (gsize j = 0; j < J; j++) {
    double *v = d + j * P, length = sqrt (dot (v, v, P)), left;

    for (guint pass = 0; pass < 2; pass++)
      for (gsize b = 0; b < rank; b++) {
        double share = dot (v, d + b * P, P);

        for (gsize p = 0; p < P; p++)
          v[p] -= share * d[b * P + p];
      }
    left = sqrt (dot (v, v, P));
    if (left <= 1e-6 * length)
      continue;
    for (gsize p = 0; p < P; p++)
      d[rank * P + p] = v[p] / left;
    rank++;
  }
  return rank;
}

/* Without noise no particle ever leaves mean + span of the start's anomalies (Iglesias, Law,
 * Stuart, 2013). */
static void
test_subspace (gconstpointer data)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (3, 6, 2), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 20, 3);
  const gsize J = 7, P = p->network.n_parameters;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, J, .5, 1);
  g_autofree double *mean = g_new (double, P);
  g_autofree double *start = test_inversion_rows (inversion);
  g_autofree double *basis = anomalies (start, J, P, mean);
  g_autofree double *rows = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;
  gsize rank = orthonormalise (basis, J, P);

  settings.form = GPOINTER_TO_INT (data);
  settings.step_size = settings.form == EKL_FORM_EULER ? .003 : 1;
  g_assert_cmpuint (rank, ==, J - 1);
  test_inversion_run (inversion, &settings, &p->batch, 5);
  rows = test_inversion_rows (inversion);
  for (gsize j = 0; j < J; j++) {
    double *v = rows + j * P, step;

    for (gsize k = 0; k < P; k++)
      v[k] -= mean[k];
    step = sqrt (dot (v, v, P));
    for (gsize b = 0; b < rank; b++) {
      double share = dot (v, basis + b * P, P);

      for (gsize k = 0; k < P; k++)
        v[k] -= share * basis[b * P + k];
    }
    g_assert_cmpfloat (step, >, .1);
    g_assert_cmpfloat (sqrt (dot (v, v, P)), <, TEST_TOLERANCE (1e-10, 1e-4) * step);
  }
}

/* The order of the particles means nothing. */
static void
test_permutation (gconstpointer data)
{
  guint N = GPOINTER_TO_UINT (data);
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 4, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, N, 3);
  const gsize J = 9, P = p->network.n_parameters;
  static const guint order[] = { 4, 0, 8, 1, 7, 2, 6, 5, 3 };
  g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, J, .6, 1);
  g_autofree double *rows = test_ensemble_rows (start);
  g_autofree double *mixed = g_new (double, J *P);
  g_autoptr (EklInversion) straight = test_inversion_new (start, N, 1);
  g_autoptr (EklInversion) shuffled = NULL;
  g_autofree double *of_straight = NULL;
  g_autofree double *of_shuffled = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  for (gsize j = 0; j < J; j++)
    memcpy (mixed + j * P, rows + order[j] * P, P * sizeof (double));
  ekl_ensemble_set_rows (start, mixed);
  shuffled = test_inversion_new (start, N, 1);
  settings.step_rule = EKL_STEP_RULE_MISFIT;
  test_inversion_run (straight, &settings, &p->batch, 3);
  test_inversion_run (shuffled, &settings, &p->batch, 3);
  of_straight = test_inversion_rows (straight);
  of_shuffled = test_inversion_rows (shuffled);
  for (gsize j = 0; j < J; j++)
    test_assert_near (of_shuffled + j * P, of_straight + order[j] * P, P,
                      TEST_TOLERANCE (1e-11, 5e-5));
}

/* |one Kalman step - one Euler step|, and the length of the Euler step. */
static double
gap_of_forms (const TestProblem *p, double h, double *length)
{
  g_autoptr (EklInversion) kalman = test_inversion_of (p, 12, .6, 1);
  g_autoptr (EklInversion) euler = test_inversion_of (p, 12, .6, 1);
  gsize n = 12 * p->network.n_parameters;
  g_autofree double *start = test_inversion_rows (kalman);
  g_autofree double *of_kalman = NULL;
  g_autofree double *of_euler = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  settings.step_size = h;
  test_inversion_run (kalman, &settings, &p->batch, 1);
  settings.form = EKL_FORM_EULER;
  test_inversion_run (euler, &settings, &p->batch, 1);
  of_kalman = test_inversion_rows (kalman);
  of_euler = test_inversion_rows (euler);
  for (gsize i = 0; i < n; i++) {
    of_kalman[i] -= of_euler[i];
    of_euler[i] -= start[i];
  }
  *length = sqrt (dot (of_euler, of_euler, n));
  return sqrt (dot (of_kalman, of_kalman, n));
}

/* (I + S)^{-1} B = B - S B + ..., S and B proportional to h: half of h, a quarter of the gap. The
 * steps are as small as leaves float its digits. K < J and K > J. */
static void
test_kalman_becomes_euler (gconstpointer data)
{
  g_autoptr (TestProblem) p = test_problem_new (TEST_WIDTHS (2, 4, 1), EKL_ACTIVATION_TANH,
                                                EKL_OUTPUT_IDENTITY, GPOINTER_TO_UINT (data), 3);
  const double h = TEST_TOLERANCE (1e-5, 5e-4);
  double length, half_length, shorter;
  double gap = gap_of_forms (p, h, &length);
  double half = gap_of_forms (p, h / 2, &half_length);

  shorter = gap_of_forms (p, h / 16, &half_length) / half_length;
  g_assert_cmpfloat (gap, >, 0);
  g_assert_cmpfloat (gap / length, <, TEST_TOLERANCE (1e-2, .3));
  g_assert_cmpfloat_with_epsilon (gap / half, 4, TEST_TOLERANCE (.02, .4));
  g_assert_cmpfloat_with_epsilon (gap / length / shorter, 16, TEST_TOLERANCE (.3, 4));
}

/* x -> T^{-t} x and W -> W T', b -> b leave W x as it is: the first layer sees other inputs, and
 * its weights are transformed linearly. T is lower triangular with rows (1), (.5 2), (-.7 .3 .5).
 */
static void
transform_problem (TestProblem *p, double *rows, gsize J)
{
  guint N = p->batch.n_data, n_hidden = p->network.width[1];
  gsize P = p->network.n_parameters;

  for (guint i = 0; i < N; i++) {
    double x0 = p->x[i], x1 = p->x[N + i], x2 = p->x[2 * N + i];
    double z2 = x2 / .5, z1 = (x1 - .3 * z2) / 2, z0 = x0 - .5 * z1 + .7 * z2;

    p->x[i] = (real) z0;
    p->x[N + i] = (real) z1;
    p->x[2 * N + i] = (real) z2;
  }
  for (gsize j = 0; j < J; j++)
    for (guint o = 0; o < n_hidden; o++) {
      double *w = rows + j * P + o * 3;
      double w0 = w[0], w1 = w[1], w2 = w[2];

      w[0] = w0;
      w[1] = .5 * w0 + 2 * w1;
      w[2] = -.7 * w0 + .3 * w1 + .5 * w2;
    }
}

/* EKI does not see which linear coordinates the parameters are in: transform then step is step then
 * transform. */
static void
test_affine_invariance (gconstpointer data)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (3, 4, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 16, 3);
  const gsize J = 10, n = J * p->network.n_parameters;
  g_autoptr (EklInversion) straight = test_inversion_of (p, J, .5, 1);
  g_autofree double *rows = test_inversion_rows (straight);
  g_autofree double *expected = NULL;
  g_autofree double *got = NULL;
  g_autoptr (EklEnsemble) start = NULL;
  g_autoptr (EklInversion) transformed = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  settings.form = GPOINTER_TO_INT (data);
  settings.step_size = settings.form == EKL_FORM_EULER ? .003 : 1;
  test_inversion_run (straight, &settings, &p->batch, 4);
  expected = test_inversion_rows (straight);

  transform_problem (p, rows, J);
  start = test_ensemble_of_rows (&p->network, J, rows);
  transformed = test_inversion_new (start, 16, 1);
  test_inversion_run (transformed, &settings, &p->batch, 4);
  got = test_inversion_rows (transformed);
  transform_problem (p, expected, J);
  test_assert_near (got, expected, n, TEST_TOLERANCE (1e-11, 1e-4));
}

/* A model that is linear in u, small steps: every particle moves by -h C(u) grad Phi(u), [21]. */
static void
test_preconditioned_gradient (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (4, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 10, 3);
  const gsize J = 8, P = p->network.n_parameters;
  g_autoptr (EklInversion) inversion = test_inversion_of (p, J, .5, 1);
  g_autofree double *mean = g_new (double, P);
  g_autofree double *expected = test_inversion_rows (inversion);
  g_autofree double *d = anomalies (expected, J, P, mean);
  g_autofree double *g = g_new (double, P);
  g_autofree double *got = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;
  const double h = .05;

  for (gsize j = 0; j < J; j++) {
    /* grad of N/(2 gamma^2) L is that of |y - G|^2 / (2 gamma^2) */
    naive_gradient (&p->network, expected + j * P, &p->batch, EKL_LOSS_SQUARED, 0, g);
    for (gsize i = 0; i < J; i++) {
      double along = dot (d + i * P, g, P) * 10 / (2 * .3 * .3) / J;

      for (gsize k = 0; k < P; k++)
        expected[j * P + k] -= h * along * d[i * P + k];
    }
  }
  settings.form = EKL_FORM_EULER;
  settings.step_size = h;
  test_inversion_run (inversion, &settings, &p->batch, 1);
  got = test_inversion_rows (inversion);
  test_assert_near (got, expected, J * P, TEST_TOLERANCE (1e-12, 1e-5));
}

/* The default way of running: misfit steps, everything random switched on. */
static void
test_same_bits_on_any_threads (gconstpointer data)
{
  guint N = GPOINTER_TO_UINT (data);
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (5, 16, 9, 2), EKL_ACTIVATION_RELU, EKL_OUTPUT_SOFTMAX, N, 3);
  const gsize J = 70, n_bytes = J * p->network.n_parameters * sizeof (double);
  g_autoptr (EklEnsemble) start = test_random_ensemble (&p->network, J, .4, 1);
  g_autofree double *one = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  settings.step_rule = EKL_STEP_RULE_MISFIT;
  settings.perturb_observations = TRUE;
  settings.weight_noise = .05;
  for (guint n_threads = 1; n_threads <= 4; n_threads *= 2) {
    g_autoptr (EklInversion) inversion = test_inversion_new (start, N, n_threads);
    g_autofree double *rows = NULL;

    test_inversion_run (inversion, &settings, &p->batch, 4);
    rows = test_inversion_rows (inversion);
    if (one == NULL)
      one = g_steal_pointer (&rows);
    else
      g_assert_cmpmem (rows, n_bytes, one, n_bytes);
  }
}

/* The same seed gives the same bits, another seed does not. */
static void
test_seed (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 4, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 30, 3);
  const gsize J = 12, n_bytes = J * p->network.n_parameters * sizeof (double);
  g_autoptr (EklInversion) one = test_inversion_of (p, J, .5, 1);
  g_autoptr (EklInversion) again = test_inversion_of (p, J, .5, 1);
  g_autoptr (EklInversion) other = test_inversion_of (p, J, .5, 1);
  g_autofree double *of_one = NULL;
  g_autofree double *of_again = NULL;
  g_autofree double *of_other = NULL;
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;

  settings.perturb_observations = TRUE;
  settings.weight_noise = .1;
  test_inversion_run (one, &settings, &p->batch, 3);
  test_inversion_run (again, &settings, &p->batch, 3);
  settings.seed = 2;
  test_inversion_run (other, &settings, &p->batch, 3);
  of_one = test_inversion_rows (one);
  of_again = test_inversion_rows (again);
  of_other = test_inversion_rows (other);
  g_assert_cmpmem (of_again, n_bytes, of_one, n_bytes);
  g_assert_true (memcmp (of_other, of_one, n_bytes) != 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, function)                                                                  \
  g_test_add_data_func ("/inversion-properties/" path, GUINT_TO_POINTER (data), function)
  ADD ("subspace/kalman", EKL_FORM_KALMAN, test_subspace);
  ADD ("subspace/euler", EKL_FORM_EULER, test_subspace);
  ADD ("subspace/etki", EKL_FORM_ETKI, test_subspace);
  ADD ("permutation/few-data", 5, test_permutation);
  ADD ("permutation/many-data", 30, test_permutation);
  ADD ("kalman-becomes-euler/few-data", 5, test_kalman_becomes_euler);
  ADD ("kalman-becomes-euler/many-data", 30, test_kalman_becomes_euler);
  ADD ("affine-invariance/kalman", EKL_FORM_KALMAN, test_affine_invariance);
  ADD ("affine-invariance/euler", EKL_FORM_EULER, test_affine_invariance);
  ADD ("affine-invariance/etki", EKL_FORM_ETKI, test_affine_invariance);
  g_test_add_func ("/inversion-properties/preconditioned-gradient", test_preconditioned_gradient);
  ADD ("same-bits-on-any-threads/few-data", 20, test_same_bits_on_any_threads);
  ADD ("same-bits-on-any-threads/many-data", 150, test_same_bits_on_any_threads);
  g_test_add_func ("/inversion-properties/seed", test_seed);
  return g_test_run ();
}

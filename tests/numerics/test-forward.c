/* test-forward.c - the network on a batch, against reference answers and a naive twin
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "forward.h"
#include "support/cases.h"
#include "support/compare.h"
#include "support/naive.h"
#include "support/problems.h"

#include <math.h>
#include <string.h>

static EklForward *
make_forward (const EklNetwork *network, guint max_data, guint n_threads)
{
  g_autoptr (GError) error = NULL;
  EklForward *forward = ekl_forward_new (network, max_data, n_threads, &error);

  g_assert_no_error (error);
  g_assert_nonnull (forward);
  return forward;
}

/* The outputs of all particles, (J, n_outputs, n_data). */
static real *
run_ensemble (const EklNetwork *network,
              const EklEnsemble *ensemble,
              const EklBatch *batch,
              EklForwardKind kind,
              guint n_threads)
{
  g_autoptr (EklForward) forward = make_forward (network, batch->n_data, n_threads);
  guint J = ekl_ensemble_get_size (ensemble);
  gsize K = (gsize) batch->n_outputs * batch->n_data;
  real *g = g_new (real, J * K);

  memset (g, 0xff, J * K * sizeof (real)); /* NaN where nothing is written */
  ekl_forward_ensemble (forward, ensemble, 0, J, batch, kind, g);
  return g;
}

/* G.npy is (J, N m) datum by datum; the kernels give (J, m, N). */
static void
test_case_matches (gconstpointer name)
{
  g_autoptr (TestCase) c = test_case_open (name);
  g_autoptr (TestArray) u0 = test_case_read (c, "U0");
  g_autoptr (TestArray) expected = test_case_read (c, "G");
  guint J = u0->shape[0], N = c->batch.n_data, m = c->batch.n_outputs;
  g_autoptr (EklEnsemble) ensemble = test_ensemble_of_rows (&c->network, J, u0->v);
  g_autofree real *g = run_ensemble (&c->network, ensemble, &c->batch, EKL_APPLY_OUTPUT, 1);
  g_autofree double *by_datum = g_new (double, expected->length);

  g_assert_cmpuint (expected->length, ==, (gsize) J * N * m);
  for (guint j = 0; j < J; j++)
    for (guint i = 0; i < N; i++)
      for (guint o = 0; o < m; o++)
        by_datum[(j * N + i) * m + o] = g[(j * m + o) * N + i];
  test_assert_near (by_datum, expected->v, expected->length, TEST_TOLERANCE (1e-12, 1e-5));
}

static const struct {
  guint width[6], n_width;
  EklActivation activation;
  EklOutput output;
  guint n_data, size;
} shapes[] = {
  { { 1, 1 }, 2, EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 1, 1 },
  { { 3, 2 }, 2, EKL_ACTIVATION_RELU, EKL_OUTPUT_IDENTITY, 5, 7 },
  { { 4, 3 }, 2, EKL_ACTIVATION_TANH, EKL_OUTPUT_SOFTMAX, 16, 2 },
  { { 1, 1, 1 }, 3, EKL_ACTIVATION_SIGMOID, EKL_OUTPUT_IDENTITY, 1, 70 },
  { { 1, 16, 16, 1 }, 4, EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 700, 3 },
  { { 5, 7, 3 }, 3, EKL_ACTIVATION_RELU, EKL_OUTPUT_SOFTMAX, 33, 70 },
  { { 13, 16, 1 }, 3, EKL_ACTIVATION_IDENTITY, EKL_OUTPUT_IDENTITY, 404, 9 },
  { { 2, 1, 4 }, 3, EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 9, 2 },
  { { 4, 9, 8, 7, 2 }, 5, EKL_ACTIVATION_SIGMOID, EKL_OUTPUT_SOFTMAX, 65, 17 },
  { { 2, 1, 5, 1, 3 }, 5, EKL_ACTIVATION_RELU, EKL_OUTPUT_IDENTITY, 130, 31 },
};

static TestProblem *
shape_problem (guint s)
{
  return test_problem_new (shapes[s].width, shapes[s].n_width, shapes[s].activation,
                           shapes[s].output, shapes[s].n_data, 100 + s);
}

/* Both kinds, all particles, against [1] written as three loops. */
static void
test_naive_twin (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++) {
    g_autoptr (TestProblem) p = shape_problem (s);
    guint J = shapes[s].size;
    gsize K = (gsize) p->batch.n_outputs * p->batch.n_data;
    g_autoptr (EklEnsemble) ensemble = test_random_ensemble (&p->network, J, .7, s);
    g_autofree double *rows = test_ensemble_rows (ensemble);
    g_autofree double *expected = g_new (double, K);

    for (guint kind = EKL_APPLY_OUTPUT; kind <= EKL_LOGITS; kind++) {
      g_autofree real *g = run_ensemble (&p->network, ensemble, &p->batch, kind, 2);

      for (guint j = 0; j < J; j++) {
        naive_forward (&p->network, rows + j * p->network.n_parameters, &p->batch, kind, expected);
        test_assert_reals_near (g + j * K, expected, K, TEST_TOLERANCE (1e-13, 1e-5));
      }
    }
  }
}

static void
test_vector_by_vector (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++) {
    g_autoptr (TestProblem) p = shape_problem (s);
    g_autoptr (EklForward) forward = make_forward (&p->network, p->batch.n_data, 1);
    guint J = shapes[s].size;
    gsize K = (gsize) p->batch.n_outputs * p->batch.n_data;
    g_autoptr (EklEnsemble) ensemble = test_random_ensemble (&p->network, J, .7, s);
    g_autofree real *g = run_ensemble (&p->network, ensemble, &p->batch, EKL_APPLY_OUTPUT, 1);
    g_autofree double *all = test_doubles (g, J * K);
    g_autofree real *u = g_new (real, p->network.n_parameters);
    g_autofree real *one = g_new (real, K);

    for (guint j = 0; j < J; j++) {
      ekl_ensemble_get_particle (ensemble, j, u);
      ekl_forward_vector (forward, u, &p->batch, EKL_APPLY_OUTPUT, one);
      test_assert_reals_near (one, all + j * K, K, TEST_TOLERANCE (1e-14, 5e-6));
    }
  }
}

/* Some particles, some data: a workspace made for more serves for less. */
static void
test_sub_ranges (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (3, 6, 2), EKL_ACTIVATION_TANH, EKL_OUTPUT_SOFTMAX, 50, 5);
  g_autoptr (EklForward) forward = make_forward (&p->network, 64, 2);
  g_autoptr (EklEnsemble) ensemble = test_random_ensemble (&p->network, 20, 1, 6);
  static const guint ranges[][2] = { { 0, 20 }, { 0, 1 }, { 19, 1 }, { 3, 5 }, { 7, 13 } };
  gsize K = 100;
  g_autofree real *whole = run_ensemble (&p->network, ensemble, &p->batch, EKL_APPLY_OUTPUT, 1);
  g_autofree double *expected = test_doubles (whole, 20 * K);

  for (guint r = 0; r < G_N_ELEMENTS (ranges); r++) {
    guint first = ranges[r][0], count = ranges[r][1];
    g_autofree real *g = g_new (real, count * K + 1);

    g[count * K] = 12345;
    ekl_forward_ensemble (forward, ensemble, first, count, &p->batch, EKL_APPLY_OUTPUT, g);
    test_assert_reals_near (g, expected + first * K, count * K, TEST_TOLERANCE (1e-14, 5e-6));
    g_assert_cmpfloat (g[count * K], ==, 12345);
  }
}

/* The first datum alone gives what it gives among others. */
static void
test_fewer_data (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (1, 6, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 300, 5);
  g_autoptr (EklForward) forward = make_forward (&p->network, 300, 2);
  g_autofree real *u = test_random_vector (&p->network, 1, 2);
  g_autofree real *all = g_new (real, 300);
  g_autofree real *some = g_new (real, 300);
  g_autofree double *expected = NULL;
  static const guint counts[] = { 1, 299, 16, 17, 300, 2 };

  ekl_forward_vector (forward, u, &p->batch, EKL_APPLY_OUTPUT, all);
  expected = test_doubles (all, 300);
  for (guint c = 0; c < G_N_ELEMENTS (counts); c++) {
    p->batch.n_data = counts[c];
    ekl_forward_vector (forward, u, &p->batch, EKL_APPLY_OUTPUT, some);
    test_assert_reals_near (some, expected, counts[c], TEST_TOLERANCE (1e-14, 5e-6));
  }
}

/* All numbers are multiples of 1/8, so float is exact, and z = 0 happens: step (0) is 0, as in [1].
 */
static void
test_step_exact (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (3, 7, 5, 2), EKL_ACTIVATION_STEP, EKL_OUTPUT_IDENTITY, 90, 5);
  gsize P = p->network.n_parameters, K = 180;
  g_autofree double *rows = g_new (double, 20 * P);
  g_autofree double *expected = g_new (double, K);
  g_autoptr (EklEnsemble) ensemble = NULL;
  g_autofree real *g = NULL;

  for (gsize i = 0; i < 3 * 90; i++)
    p->x[i] = g_rand_int_range (rand, -8, 9) / (real) 8;
  for (gsize i = 0; i < 20 * P; i++)
    rows[i] = g_rand_int_range (rand, -8, 9) / 8.;
  g_assert_cmpfloat (naive_kink_distance (&p->network, rows, &p->batch), ==, 0);
  ensemble = test_ensemble_of_rows (&p->network, 20, rows);
  g = run_ensemble (&p->network, ensemble, &p->batch, EKL_APPLY_OUTPUT, 2);
  for (guint j = 0; j < 20; j++) {
    naive_forward (&p->network, rows + j * P, &p->batch, EKL_APPLY_OUTPUT, expected);
    for (gsize k = 0; k < K; k++)
      g_assert_cmpfloat (g[j * K + k], ==, expected[k]);
  }
}

/* Activations far out: tanh and sigmoid go to their limits, not to NaN; tiny inputs keep their
 * digits. */
static void
test_saturation (void)
{
  static const double inputs[] = {
    -1e30, -1e4, -100, -20, -9, -1e-6, 0, 1e-6, 9, 20, 100, 1e4, 1e30
  };
  enum { N = G_N_ELEMENTS (inputs) };
  static const EklActivation activations[] = { EKL_ACTIVATION_TANH, EKL_ACTIVATION_SIGMOID };
  real u[] = { 1, 0, 1, 0 };

  for (guint a = 0; a < G_N_ELEMENTS (activations); a++) {
    g_autoptr (TestProblem) p =
      test_problem_new (TEST_WIDTHS (1, 1, 1), activations[a], EKL_OUTPUT_IDENTITY, N, 1);
    g_autoptr (EklForward) forward = make_forward (&p->network, N, 1);
    real g[N];

    for (guint i = 0; i < N; i++)
      p->x[i] = (real) inputs[i];
    ekl_forward_vector (forward, u, &p->batch, EKL_APPLY_OUTPUT, g);
    for (guint i = 0; i < N; i++) {
      double x = p->x[i];
      double expected = activations[a] == EKL_ACTIVATION_TANH ? tanh (x) : 1 / (1 + exp (-x));

      g_assert_cmpfloat (fabs (g[i] - expected), <=,
                         TEST_TOLERANCE (1e-14, 1e-6) * fabs (expected) +
                           TEST_TOLERANCE (1e-300, 1e-37));
    }
  }
}

/* Logits of +-1e4 and more: probabilities stay probabilities. */
static void
test_softmax_far_out (void)
{
  static const double logits[3][3] = { { 1e4, -1e4, 0 }, { 1e30, 1e30, -1e30 }, { 5e3, 5e3, 5e3 } };
  static const double answers[3][3] = { { 1, 0, 0 }, { .5, .5, 0 }, { 1. / 3, 1. / 3, 1. / 3 } };
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (1, 3), EKL_ACTIVATION_TANH, EKL_OUTPUT_SOFTMAX, 17, 1);
  g_autoptr (EklForward) forward = make_forward (&p->network, 17, 1);
  real g[3 * 17];

  for (guint c = 0; c < 3; c++) {
    real u[6] = { 0, 0, 0, (real) logits[c][0], (real) logits[c][1], (real) logits[c][2] };

    ekl_forward_vector (forward, u, &p->batch, EKL_APPLY_OUTPUT, g);
    for (guint o = 0; o < 3; o++)
      for (guint i = 0; i < 17; i++)
        g_assert_cmpfloat_with_epsilon (g[o * 17 + i], answers[c][o], TEST_TOLERANCE (1e-15, 1e-6));
  }
}

/* A parameter that is not a number may not look like an answer: equation [19] relies on it. */
static void
test_nan_comes_through (void)
{
  static const EklActivation activations[] = { EKL_ACTIVATION_TANH, EKL_ACTIVATION_SIGMOID,
                                               EKL_ACTIVATION_IDENTITY };

  for (guint a = 0; a < G_N_ELEMENTS (activations); a++)
    for (guint output = EKL_OUTPUT_IDENTITY; output <= EKL_OUTPUT_SOFTMAX; output++) {
      g_autoptr (TestProblem) p =
        test_problem_new (TEST_WIDTHS (2, 3, 2), activations[a], output, 37, 1);
      g_autoptr (EklForward) forward = make_forward (&p->network, 37, 1);
      gsize P = p->network.n_parameters;

      for (gsize k = 0; k < P; k++) {
        g_autofree real *u = test_random_vector (&p->network, 1, 2);
        real g[2 * 37];
        guint n_nan = 0;

        u[k] = (real) NAN;
        ekl_forward_vector (forward, u, &p->batch, EKL_APPLY_OUTPUT, g);
        for (guint i = 0; i < G_N_ELEMENTS (g); i++)
          n_nan += isnan (g[i]);
        g_assert_cmpuint (n_nan, >=, 37);
      }
    }
}

static void
test_same_bits_on_any_threads (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++) {
    g_autoptr (TestProblem) p = shape_problem (s);
    guint J = shapes[s].size;
    gsize n = (gsize) J * p->batch.n_outputs * p->batch.n_data * sizeof (real);
    g_autoptr (EklEnsemble) ensemble = test_random_ensemble (&p->network, J, .7, s);
    g_autofree real *one = run_ensemble (&p->network, ensemble, &p->batch, EKL_APPLY_OUTPUT, 1);
    g_autofree real *two = run_ensemble (&p->network, ensemble, &p->batch, EKL_APPLY_OUTPUT, 2);
    g_autofree real *four = run_ensemble (&p->network, ensemble, &p->batch, EKL_APPLY_OUTPUT, 4);

    g_assert_cmpmem (two, n, one, n);
    g_assert_cmpmem (four, n, one, n);
  }
}

/* Room between the particles' outputs: they are the same to rounding, and the room stays as it
 * was. */
static void
test_gaps (void)
{
  enum { J = 40, N = 6, GAP = 5 };

  for (guint n_width = 2; n_width <= 3; n_width++) {
    g_autoptr (TestProblem) p = test_problem_new ((const guint[]){ 3, 2, 2 }, n_width,
                                                  EKL_ACTIVATION_TANH, EKL_OUTPUT_SOFTMAX, N, 3);
    g_autoptr (EklEnsemble) ensemble = test_random_ensemble (&p->network, J, .7, 1);
    g_autoptr (GError) error = NULL;
    g_autoptr (EklForward) forward = ekl_forward_new (&p->network, N, 2, &error);
    g_autofree real *packed = g_new (real, J * 2 * N);
    g_autofree real *apart = g_new (real, J * (2 * N + GAP));
    g_autofree double *expected = NULL;

    g_assert_no_error (error);
    for (gsize i = 0; i < J * (2 * N + GAP); i++)
      apart[i] = 77;
    ekl_forward_ensemble (forward, ensemble, 0, J, &p->batch, EKL_APPLY_OUTPUT, packed);
    ekl_forward_ensemble_strided (forward, ensemble, 0, J, &p->batch, EKL_APPLY_OUTPUT, 2 * N + GAP,
                                  apart);
    expected = test_doubles (packed, J * 2 * N);
    for (gsize j = 0; j < J; j++) {
      test_assert_reals_near (apart + j * (2 * N + GAP), expected + j * 2 * N, 2 * N,
                              TEST_TOLERANCE (1e-14, 1e-6));
      for (gsize i = 0; i < GAP; i++)
        g_assert_cmpfloat (apart[j * (2 * N + GAP) + 2 * N + i], ==, 77);
    }
  }
}

int
main (int argc, char *argv[])
{
  static const char *const cases[] = { "forward-tanh",     "forward-relu", "forward-sigmoid",
                                       "forward-identity", "forward-step", "forward-softmax" };

  g_test_init (&argc, &argv, NULL);
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++) {
    g_autofree char *path = g_strconcat ("/forward/case/", cases[c], NULL);

    g_test_add_data_func (path, cases[c], test_case_matches);
  }
  g_test_add_func ("/forward/naive-twin", test_naive_twin);
  g_test_add_func ("/forward/vector-by-vector", test_vector_by_vector);
  g_test_add_func ("/forward/sub-ranges", test_sub_ranges);
  g_test_add_func ("/forward/gaps-between-particles", test_gaps);
  g_test_add_func ("/forward/fewer-data", test_fewer_data);
  g_test_add_func ("/forward/step-exact", test_step_exact);
  g_test_add_func ("/forward/saturation", test_saturation);
  g_test_add_func ("/forward/softmax-far-out", test_softmax_far_out);
  g_test_add_func ("/forward/nan-comes-through", test_nan_comes_through);
  g_test_add_func ("/forward/same-bits-on-any-threads", test_same_bits_on_any_threads);
  return g_test_run ();
}

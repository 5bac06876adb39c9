/* test-gradient.c - the reverse pass, against autograd's answers and exact derivatives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loss.h"
#include "support/cases.h"
#include "support/compare.h"
#include "support/naive.h"
#include "support/problems.h"

#include <math.h>

/* Loss and gradient at u; the gradient (P) is to be freed. */
static real *
differentiate (const EklNetwork *network,
               const real *u,
               const EklBatch *batch,
               EklLoss loss,
               double l2,
               guint n_threads,
               double *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EklGradient) gradient = ekl_gradient_new (network, batch->n_data, n_threads, &error);
  real *g = g_new (real, network->n_parameters);

  g_assert_no_error (error);
  for (gsize p = 0; p < network->n_parameters; p++)
    g[p] = (real) NAN;
  *value = ekl_gradient (gradient, u, batch, loss, l2, g);
  return g;
}

static void
test_case_matches (gconstpointer name)
{
  g_autoptr (TestCase) c = test_case_open (name);
  g_autoptr (TestArray) u0 = test_case_read (c, "U0");
  g_autoptr (TestArray) value = test_case_read (c, "loss");
  g_autoptr (TestArray) expected = test_case_read (c, "grad");
  g_autofree char *loss = g_key_file_get_string (c->ini, "case", "loss", NULL);
  g_autofree real *u = test_reals (u0->v, u0->length);
  g_autofree real *g = NULL;
  double got;

  g = differentiate (&c->network, u, &c->batch,
                     g_str_equal (loss, "squared") ? EKL_LOSS_SQUARED : EKL_LOSS_CROSS_ENTROPY,
                     test_case_get_double (c, "l2"), 1, &got);
  g_assert_cmpuint (expected->length, ==, c->network.n_parameters);
  test_assert_near (&got, value->v, 1, TEST_TOLERANCE (1e-13, 1e-6));
  test_assert_reals_near (g, expected->v, expected->length, TEST_TOLERANCE (1e-12, 1e-5));
}

/* The third is the full chain through softmax: squared loss on probabilities, [2] on S (A (...)).
 */
static const struct {
  EklLoss loss;
  EklOutput output;
} pairs[] = { { EKL_LOSS_SQUARED, EKL_OUTPUT_IDENTITY },
              { EKL_LOSS_CROSS_ENTROPY, EKL_OUTPUT_SOFTMAX },
              { EKL_LOSS_SQUARED, EKL_OUTPUT_SOFTMAX } };

/* 0 to 3 hidden layers, with a width of one among them */
static const guint widths[][5] = { { 3, 2 }, { 3, 5, 2 }, { 3, 4, 1, 2 }, { 3, 4, 5, 3, 2 } };

static TestProblem *
make_problem (guint depth, EklActivation activation, EklOutput output, guint n_data)
{
  return test_problem_new (widths[depth], depth + 2, activation, output, n_data, 40 + depth);
}

/* A point where no pre-activation is near 0, so that relu and step are smooth around it. */
static real *
smooth_point (const TestProblem *p)
{
  for (guint32 seed = 1; seed < 1000; seed++) {
    g_autofree real *u = test_random_vector (&p->network, .6, seed);
    g_autofree double *wide = test_doubles (u, p->network.n_parameters);

    if (naive_kink_distance (&p->network, wide, &p->batch) > 1e-4)
      return g_steal_pointer (&u);
  }
  g_assert_not_reached ();
}

/* Every activation x loss x depth against the derivative of the naive loss, exact to rounding. */
static void
test_exact_derivative (gconstpointer data)
{
  EklActivation activation = GPOINTER_TO_INT (data);

  for (guint pair = 0; pair < G_N_ELEMENTS (pairs); pair++)
    for (guint depth = 0; depth < G_N_ELEMENTS (widths); depth++) {
      g_autoptr (TestProblem) p = make_problem (depth, activation, pairs[pair].output, 7);
      gsize P = p->network.n_parameters;
      g_autofree real *u = smooth_point (p);
      g_autofree double *wide = test_doubles (u, P);
      g_autofree double *expected = g_new (double, P);
      g_autofree real *g = NULL;
      double got, value;

      g = differentiate (&p->network, u, &p->batch, pairs[pair].loss, .03, 2, &got);
      naive_gradient (&p->network, wide, &p->batch, pairs[pair].loss, .03, expected);
      value = naive_objective (&p->network, wide, &p->batch, pairs[pair].loss, .03);
      test_assert_near (&got, &value, 1, TEST_TOLERANCE (1e-13, 1e-6));
      test_assert_reals_near (g, expected, P, TEST_TOLERANCE (1e-13, 1e-5));
    }
}

/* The same by central differences of the library's own loss, which owe nothing to the twin. */
static void
test_central_differences (void)
{
  const double t = TEST_TOLERANCE (1e-5, 1e-2);

  for (guint pair = 0; pair < G_N_ELEMENTS (pairs); pair++) {
    g_autoptr (TestProblem) p = make_problem (2, EKL_ACTIVATION_TANH, pairs[pair].output, 7);
    gsize P = p->network.n_parameters;
    g_autofree real *u = smooth_point (p);
    g_autofree double *expected = g_new (double, P);
    g_autofree real *g = NULL;
    double value;

    for (gsize k = 0; k < P; k++) {
      real at = u[k], above = (real) (at + t), below = (real) (at - t);
      double up, down;

      u[k] = above;
      g_free (differentiate (&p->network, u, &p->batch, pairs[pair].loss, 0, 1, &up));
      u[k] = below;
      g_free (differentiate (&p->network, u, &p->batch, pairs[pair].loss, 0, 1, &down));
      u[k] = at;
      expected[k] = (up - down) / ((double) above - below);
    }
    g = differentiate (&p->network, u, &p->batch, pairs[pair].loss, 0, 1, &value);
    test_assert_reals_near (g, expected, P, TEST_TOLERANCE (1e-9, 1e-3));
  }
}

/* [7]: with a step activation the gradient of every hidden parameter is exactly zero, the output
 * layer's is not. */
static void
test_step_has_no_gradient (void)
{
  for (guint pair = 0; pair < G_N_ELEMENTS (pairs); pair++)
    for (guint depth = 1; depth < G_N_ELEMENTS (widths); depth++) {
      g_autoptr (TestProblem) p = make_problem (depth, EKL_ACTIVATION_STEP, pairs[pair].output, 9);
      gsize hidden = p->network.weight_offset[p->network.n_layers - 1];
      g_autofree real *u = smooth_point (p);
      g_autofree real *g = NULL;
      double value, largest = 0;

      g = differentiate (&p->network, u, &p->batch, pairs[pair].loss, 0, 1, &value);
      for (gsize k = 0; k < hidden; k++)
        g_assert_cmpfloat (g[k], ==, 0);
      for (gsize k = hidden; k < p->network.n_parameters; k++)
        largest = fmax (largest, fabs (g[k]));
      g_assert_cmpfloat (largest, >, 1e-3);
    }
}

/* Big batches are cut into blocks; the sum over blocks is the batch. */
static void
test_large_batch (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 5, 1), EKL_ACTIVATION_SIGMOID, EKL_OUTPUT_IDENTITY, 700, 4);
  gsize P = p->network.n_parameters;
  g_autofree real *u = test_random_vector (&p->network, 1, 5);
  g_autofree double *wide = test_doubles (u, P);
  g_autofree double *expected = g_new (double, P);
  g_autofree real *g = NULL;
  double value;

  g = differentiate (&p->network, u, &p->batch, EKL_LOSS_SQUARED, 0, 2, &value);
  naive_gradient (&p->network, wide, &p->batch, EKL_LOSS_SQUARED, 0, expected);
  test_assert_reals_near (g, expected, P, TEST_TOLERANCE (1e-13, 1e-5));
}

/* A workspace for many data takes each smaller batch as one of its own does, though that may have fewer
 * and larger chunks. */
static void
test_smaller_batches (void)
{
  static const guint sizes[] = { 1, 200, 255, 256, 257, 320, 321 };
  g_autoptr (TestProblem) problem = make_problem (1, EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 321);
  const gsize n_parameters = problem->network.n_parameters;
  g_autofree real *u = test_random_vector (&problem->network, 1, 5);
  g_autoptr (EklGradient) gradient = ekl_gradient_new (&problem->network, 321, 1, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (TestProblem) part =
      make_problem (1, EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, sizes[i]);
    g_autofree real *g = g_new0 (real, n_parameters);
    g_autofree real *own = NULL;
    double loss, own_loss;

    loss = ekl_gradient (gradient, u, &part->batch, EKL_LOSS_SQUARED, 0, g);
    own = differentiate (&problem->network, u, &part->batch, EKL_LOSS_SQUARED, 0, 1, &own_loss);
    g_assert_cmpfloat (loss, ==, own_loss);
    g_assert_cmpmem (g, n_parameters * sizeof (real), own, n_parameters * sizeof (real));
  }
}

static void
test_same_bits_on_any_threads (void)
{
  static const guint n_data[] = { 1, 33, 700 };

  for (guint s = 0; s < G_N_ELEMENTS (n_data); s++) {
    g_autoptr (TestProblem) p =
      make_problem (3, EKL_ACTIVATION_RELU, EKL_OUTPUT_SOFTMAX, n_data[s]);
    gsize n = p->network.n_parameters * sizeof (real);
    g_autofree real *u = test_random_vector (&p->network, 1, 5);
    double value, other;
    g_autofree real *one =
      differentiate (&p->network, u, &p->batch, EKL_LOSS_CROSS_ENTROPY, .1, 1, &value);

    for (guint threads = 2; threads <= 4; threads += 2) {
      g_autofree real *more =
        differentiate (&p->network, u, &p->batch, EKL_LOSS_CROSS_ENTROPY, .1, threads, &other);

      g_assert_cmpmem (more, n, one, n);
      g_assert_cmpmem (&other, sizeof other, &value, sizeof value);
    }
  }
}

int
main (int argc, char *argv[])
{
  static const char *const activations[] = { "tanh", "relu", "sigmoid", "identity" };

  g_test_init (&argc, &argv, NULL);
  for (guint a = 0; a < G_N_ELEMENTS (activations); a++) {
    g_autofree char *squared = g_strconcat ("gradient-squared-", activations[a], NULL);
    g_autofree char *entropy = g_strconcat ("gradient-cross-entropy-", activations[a], NULL);
    g_autofree char *squared_path = g_strconcat ("/gradient/case/", squared, NULL);
    g_autofree char *entropy_path = g_strconcat ("/gradient/case/", entropy, NULL);
    g_autofree char *exact_path = g_strconcat ("/gradient/exact-derivative/", activations[a], NULL);

    g_test_add_data_func_full (squared_path, g_strdup (squared), test_case_matches, g_free);
    g_test_add_data_func_full (entropy_path, g_strdup (entropy), test_case_matches, g_free);
    g_test_add_data_func (exact_path, GINT_TO_POINTER (EKL_ACTIVATION_TANH + a),
                          test_exact_derivative);
  }
  g_test_add_data_func ("/gradient/exact-derivative/step", GINT_TO_POINTER (EKL_ACTIVATION_STEP),
                        test_exact_derivative);
  g_test_add_func ("/gradient/central-differences", test_central_differences);
  g_test_add_func ("/gradient/smaller-batches", test_smaller_batches);
  g_test_add_func ("/gradient/step-has-no-gradient", test_step_has_no_gradient);
  g_test_add_func ("/gradient/large-batch", test_large_batch);
  g_test_add_func ("/gradient/same-bits-on-any-threads", test_same_bits_on_any_threads);
  return g_test_run ();
}

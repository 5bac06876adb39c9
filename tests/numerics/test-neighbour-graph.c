/* test-neighbour-graph.c - [5]: the graph, its gradient, and the same minimiser for both methods
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gradient_descent.h"
#include "neighbour_graph.h"
#include "support/compare.h"
#include "support/inversions.h"

#include <math.h>
#include <string.h>

static double
distance (const EklBatch *batch, guint a, guint b)
{
  double sum = 0;

  for (guint f = 0; f < batch->n_inputs; f++) {
    double d = (double) batch->x[f * batch->n_data + a] - batch->x[f * batch->n_data + b];

    sum += d * d;
  }
  return sqrt (sum);
}

/* Whether fewer than k others are nearer to a than b is. */
static gboolean
is_near (const EklBatch *batch, guint a, guint b, guint k)
{
  guint nearer = 0;

  for (guint i = 0; i < batch->n_data; i++)
    nearer += i != a && i != b && distance (batch, a, i) < distance (batch, a, b);
  return nearer < k;
}

static void
test_edges (void)
{
  static const guint neighbours[] = { 1, 3, 10, 24 };
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (3, 4, 2), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 25, 3);

  for (guint i = 0; i < G_N_ELEMENTS (neighbours); i++) {
    guint k = neighbours[i], n, expected = 0;
    g_autoptr (EklNeighbourGraph) graph = ekl_neighbour_graph_new (&p->batch, k, NULL);
    const EklEdge *edges = ekl_neighbour_graph_get_edges (graph, &n);
    double scale = 0;

    for (guint a = 0; a < 25; a++)
      for (guint b = a + 1; b < 25; b++)
        expected += is_near (&p->batch, a, b, k) || is_near (&p->batch, b, a, k);
    g_assert_cmpuint (n, ==, expected);
    for (guint e = 0; e < n; e++) {
      double d = distance (&p->batch, edges[e].first, edges[e].second);
      double s = d / sqrt (-log (edges[e].weight));

      g_assert_cmpuint (edges[e].first, <, edges[e].second);
      g_assert_true (is_near (&p->batch, edges[e].first, edges[e].second, k) ||
                     is_near (&p->batch, edges[e].second, edges[e].first, k));
      g_assert_true (e == 0 || edges[e].first > edges[e - 1].first ||
                     edges[e].second > edges[e - 1].second);
      if (e > 0) /* one s for all of them */
        g_assert_cmpfloat_with_epsilon (s / scale, 1, 1e-6);
      scale = s;
    }
  }
}

static void
test_bad_neighbours (void)
{
  static const guint bad[] = { 0, 25, 1000 };
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (3, 2), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 25, 3);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (ekl_neighbour_graph_new (&p->batch, bad[i], &error));
    g_assert_nonnull (error);
  }
}

/* R of u by the formula, and its gradient by central differences. */
static double
penalty_of (const TestProblem *p, const EklNeighbourGraph *graph, const real *u)
{
  guint m = ekl_network_n_outputs (&p->network), n_edges;
  const EklEdge *edges = ekl_neighbour_graph_get_edges (graph, &n_edges);
  g_autoptr (EklForward) forward = ekl_forward_new (&p->network, p->batch.n_data, 1, NULL);
  g_autofree real *g = g_new (real, m * p->batch.n_data);
  double sum = 0;

  ekl_forward_vector (forward, u, &p->batch, EKL_APPLY_OUTPUT, g);
  for (guint e = 0; e < n_edges; e++)
    for (guint r = 0; r < m; r++) {
      double d =
        (double) g[r * p->batch.n_data + edges[e].first] - g[r * p->batch.n_data + edges[e].second];

      sum += edges[e].weight * d * d;
    }
  return 0.7 / n_edges * sum;
}

static void
check_gradient (EklOutput output, guint n_data)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 5, 4, 3), EKL_ACTIVATION_TANH, output, n_data, 4);
  g_autoptr (EklNeighbourGraph) graph = ekl_neighbour_graph_new (&p->batch, 3, NULL);
  g_autoptr (EklGradient) workspace = ekl_gradient_new (&p->network, n_data, 2, NULL);
  g_autofree real *u = test_random_vector (&p->network, .7, 5);
  g_autofree real *gradient = g_new0 (real, p->network.n_parameters);
  const double step = sizeof (real) == sizeof (double) ? 1e-5 : 2e-2;
  double penalty;

  g_assert_true (ekl_gradient_set_graph (workspace, graph, &p->batch, NULL));
  penalty = ekl_gradient_add_graph (workspace, u, 0.7, gradient);
  g_assert_cmpfloat_with_epsilon (penalty, penalty_of (p, graph, u), TEST_TOLERANCE (1e-12, 1e-5));
  for (gsize i = 0; i < p->network.n_parameters; i++) {
    const real here = u[i];
    double up, down;

    u[i] = (real) (here + step);
    up = penalty_of (p, graph, u);
    u[i] = (real) (here - step);
    down = penalty_of (p, graph, u);
    u[i] = here;
    g_assert_cmpfloat_with_epsilon (gradient[i], (up - down) / (2 * step),
                                    TEST_TOLERANCE (1e-8, 2e-3));
  }
}

/* Identity and softmax outputs; one chunk of data, and several. */
static void
test_gradient (void)
{
  check_gradient (EKL_OUTPUT_IDENTITY, 20);
  check_gradient (EKL_OUTPUT_SOFTMAX, 20);
  check_gradient (EKL_OUTPUT_SOFTMAX, 600);
}

/* For a linear model the outputs and the differences stacked under them are linear too, and where both methods come to
 * rest is the same. */
static void
test_same_minimiser (void)
{
  enum { N = 24, LABELLED = 8, J = 12 };
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 1), EKL_ACTIVATION_IDENTITY, EKL_OUTPUT_IDENTITY, N, 6);
  g_autoptr (EklNeighbourGraph) graph = ekl_neighbour_graph_new (&p->batch, 3, NULL);
  g_autoptr (EklInversion) inversion = test_inversion_of (p, J, .6, 2);
  g_autofree real *x = g_new (real, 2 * LABELLED);
  g_autofree real *start = g_new0 (real, 3);
  EklBatch labelled = { 2, 1, LABELLED, x, p->batch.y };
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;
  EklDescentSettings descent_settings = { .learning_rate = .05, .graph_weight = 2 };
  g_autoptr (EklDescent) descent = ekl_descent_new (&p->network, start, N, 1, NULL);
  double mean[3] = { 0 }, by_gradient[3];
  g_autofree double *rows = NULL;

  for (guint f = 0; f < 2; f++)
    memcpy (x + f * LABELLED, p->batch.x + f * N, LABELLED * sizeof (real));
  settings.graph_weight = 2;
  settings.step_size = 1e4;
  g_assert_true (ekl_inversion_set_graph (inversion, graph, &p->batch, NULL));
  test_inversion_run (inversion, &settings, &labelled, 20);
  rows = test_inversion_rows (inversion);
  for (guint i = 0; i < 3 * J; i++)
    mean[i % 3] += rows[i] / J;

  g_assert_true (ekl_descent_set_graph (descent, graph, &p->batch, NULL));
  for (guint n = 0; n < 4000; n++)
    g_assert_true (ekl_descent_step (descent, &descent_settings, &labelled, LABELLED));
  for (guint i = 0; i < 3; i++)
    by_gradient[i] = ekl_descent_get_parameters (descent)[i];
  test_assert_near (mean, by_gradient, 3, TEST_TOLERANCE (1e-5, 2e-3));
}

/* The weight 0 is no graph, to the bit; and a graph may come and go. */
static void
test_weight_zero (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 4, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 15, 6);
  g_autoptr (EklNeighbourGraph) graph = ekl_neighbour_graph_new (&p->batch, 3, NULL);
  g_autoptr (EklInversion) with = test_inversion_of (p, 10, .6, 2);
  g_autoptr (EklInversion) without = test_inversion_of (p, 10, .6, 2);
  EklInversionSettings settings = TEST_PLAIN_SETTINGS;
  gsize n = 10 * p->network.n_parameters;
  g_autofree double *a = NULL;
  g_autofree double *b = NULL;
  g_autofree double *c = NULL;

  g_assert_true (ekl_inversion_set_graph (with, graph, &p->batch, NULL));
  test_inversion_run (with, &settings, &p->batch, 2);
  test_inversion_run (without, &settings, &p->batch, 2);
  a = test_inversion_rows (with);
  b = test_inversion_rows (without);
  g_assert_cmpmem (a, n * sizeof (double), b, n * sizeof (double));
  settings.graph_weight = 1;
  test_inversion_run (with, &settings, &p->batch, 1);
  test_inversion_run (without, &settings, &p->batch, 1);
  c = test_inversion_rows (with);
  g_clear_pointer (&b, g_free);
  b = test_inversion_rows (without);
  g_assert_true (memcmp (c, b, n * sizeof (double)) != 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/neighbour-graph/edges", test_edges);
  g_test_add_func ("/neighbour-graph/bad-neighbours", test_bad_neighbours);
  g_test_add_func ("/neighbour-graph/gradient", test_gradient);
  g_test_add_func ("/neighbour-graph/same-minimiser", test_same_minimiser);
  g_test_add_func ("/neighbour-graph/weight-zero", test_weight_zero);
  return g_test_run ();
}

/* test-triangle.c - the inverse of a triangle, beside the one by substitution
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "triangle.h"

#include <math.h>

/* Columns one after the other, with numbers below the diagonal that nobody may touch. */
static double *
make_triangle (guint order, guint32 seed)
{
  double *matrix = g_new (double, (gsize) order *order);
  GRand *rand = g_rand_new_with_seed (seed);

  for (gsize k = 0; k < order; k++)
    for (gsize i = 0; i < order; i++)
      matrix[k * order + i] = i > k    ? 1e6
                              : i == k ? g_rand_double_range (rand, 1, 3)
                                       : g_rand_double_range (rand, -1, 1) / sqrt (order);
  g_rand_free (rand);
  return matrix;
}

/* Column by column from the last row upwards: U x = e_k. */
static void
substitute (guint order, const double *u, gsize k, double *x)
{
  for (gsize i = order; i-- > 0;) {
    double sum = i == k;

    for (gsize l = i + 1; l < order; l++)
      sum -= u[l * order + i] * x[l];
    x[i] = sum / u[i * order + i];
  }
}

static void
check (guint order)
{
  g_autofree double *u = make_triangle (order, order), *inverse = make_triangle (order, order);
  g_autofree double *x = g_new (double, order + 1);

  ekl_triangle_invert (order, inverse);
  for (gsize k = 0; k < order; k++) {
    substitute (order, u, k, x);
    for (gsize i = 0; i <= k; i++)
      g_assert_cmpfloat_with_epsilon (inverse[k * order + i], x[i], 1e-13 * (1 + fabs (x[i])));
    for (gsize i = k + 1; i < order; i++)
      g_assert_cmpfloat (inverse[k * order + i], ==, 1e6);
  }
}

/* Below, at and above the size of a block, and where the last half is a small one. */
static void
test_orders (void)
{
  static const guint orders[] = { 0, 1, 2, 31, 32, 33, 63, 64, 65, 97, 128, 129, 200, 404 };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    check (orders[i]);
}

/* A number that is none does not stay unseen. */
static void
test_not_finite (void)
{
  g_autofree double *u = make_triangle (100, 1);

  u[50 * 100 + 50] = NAN;
  ekl_triangle_invert (100, u);
  g_assert_true (isnan (u[50 * 100 + 50]));
  g_assert_true (isnan (u[99 * 100]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/triangle/orders", test_orders);
  g_test_add_func ("/triangle/not-finite", test_not_finite);
  return g_test_run ();
}

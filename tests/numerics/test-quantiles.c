/* test-quantiles.c - quantiles by selection are those of the sorted values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "quantiles.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int
compare_cb (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static gsize
sort_finite (const double *values, gsize n, double *sorted)
{
  gsize kept = 0;

  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      sorted[kept++] = values[i];
  qsort (sorted, kept, sizeof *sorted, compare_cb);
  return kept;
}

static void
check (const double *values, gsize n)
{
  const double p[] = { 0, .01, .1, .25, .5, .5, .9, .99, 1 };
  g_autofree double *sorted = g_new (double, n + 1);
  g_autofree double *scratch = g_memdup2 (values, n * sizeof *values);
  gsize finite = sort_finite (values, n, sorted);
  double q[G_N_ELEMENTS (p)];

  g_assert_cmpuint (ekl_quantiles (scratch, n, p, G_N_ELEMENTS (p), q), ==, finite);
  for (guint i = 0; i < G_N_ELEMENTS (p); i++) {
    double place = p[i] * ((double) finite - 1), low = floor (place), right;

    if (finite == 0) {
      g_assert_true (isnan (q[i]));
      continue;
    }
    right = sorted[(gsize) low];
    if (place > low)
      right += (place - low) * (sorted[(gsize) low + 1] - right);
    g_assert_cmpfloat (q[i], ==, right);
  }
}

static void
test_random (void)
{
  double values[1500];

  for (guint trial = 0; trial < 2000; trial++) {
    gsize n = (gsize) g_test_rand_int_range (0, trial % 20 == 0 ? 1500 : 60);
    gboolean few_values = g_test_rand_bit (), some_not_finite = g_test_rand_bit ();

    for (gsize i = 0; i < n; i++) {
      values[i] = few_values ? g_test_rand_int_range (0, 4) : g_test_rand_double_range (-1, 1);
      if (some_not_finite && g_test_rand_int_range (0, 5) == 0)
        values[i] = g_test_rand_bit () ? NAN : g_test_rand_bit () ? INFINITY : -INFINITY;
    }
    check (values, n);
  }
}

/* Orders that are unkind to selection: sorted both ways, organ pipe, equal, few values. */
static void
test_orders (void)
{
  const gsize sizes[] = { 1, 2, 3, 15, 16, 17, 18, 100, 4097 };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    gsize n = sizes[s];
    g_autofree double *v = g_new (double, n);

    for (guint order = 0; order < 6; order++) {
      for (gsize i = 0; i < n; i++) {
        double up = (double) i, down = (double) (n - i);

        v[i] = order == 0   ? up
               : order == 1 ? down
               : order == 2 ? MIN (up, down)
               : order == 3 ? MAX (up, down)
               : order == 4 ? 1
                            : (double) (i % 3);
      }
      check (v, n);
    }
  }
}

/* The worst order for the median of three, found with McIlroy's adversary ("A killer adversary for
 * quicksort", 1999): each round gains a place or two, and selection must give up and sort. */
static void
test_killer (void)
{
  double v[] = { 0,  45, 46, 47, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60,
                 61, 62, 63, 48, 44, 40, 36, 32, 28, 24, 20, 16, 12, 8,  4,  1,
                 43, 42, 41, 39, 38, 37, 35, 34, 33, 31, 30, 29, 27, 26, 25, 23,
                 22, 21, 19, 18, 17, 15, 14, 13, 11, 10, 9,  7,  6,  5,  3,  2 };
  const double p = 62.0 / 63;
  double q;

  ekl_quantiles (v, G_N_ELEMENTS (v), &p, 1, &q);
  g_assert_cmpfloat_with_epsilon (q, 62, 1e-12);
}

static void
test_numpy (void)
{
  /* numpy.quantile ([3, 1, 4, 1, 5, 9, 2, 6], [.1, .5, .9]) of NumPy 1.24 */
  double v[] = { 3, 1, 4, 1, 5, 9, 2, 6 }, q[3];

  ekl_quantiles (v, G_N_ELEMENTS (v), (double[]){ .1, .5, .9 }, 3, q);
  g_assert_cmpfloat_with_epsilon (q[0], 1, 1e-15);
  g_assert_cmpfloat_with_epsilon (q[1], 3.5, 1e-15);
  g_assert_cmpfloat_with_epsilon (q[2], 6.9, 1e-14);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quantiles/random", test_random);
  g_test_add_func ("/quantiles/orders", test_orders);
  g_test_add_func ("/quantiles/killer", test_killer);
  g_test_add_func ("/quantiles/numpy", test_numpy);
  return g_test_run ();
}

/* quantiles.c - quantiles by selection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Selection is Hoare's FIND (C. A. R. Hoare, "Algorithm 65: Find", Communications of the ACM 4,
 * 1961) with the median of three as pivot. The values are parted without branches (Lomuto's way),
 * as a processor cannot guess where a value goes. A range that shrinks too slowly is sorted
 * instead, so that no order of the values costs more than n log n.
 */
#include "quantiles.h"

#include <math.h>
#include <stdlib.h>

#define SORT_BELOW 16

static int
compare_cb (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
insertion_sort (double *v, gsize n)
{
  for (gsize i = 1; i < n; i++) {
    double x = v[i];
    gsize k = i;

    for (; k > 0 && v[k - 1] > x; k--)
      v[k] = v[k - 1];
    v[k] = x;
  }
}

static inline double
median_of_three (double a, double b, double c)
{
  return MAX (MIN (a, b), MIN (MAX (a, b), c));
}

/* Moves what is below @limit to the front of v[first ... last]; the place after it. */
static gsize
move_below (double *v, gsize first, gsize last, double limit)
{
  gsize end = first;

  for (gsize i = first; i <= last; i++) {
    double x = v[i];

    v[i] = v[end];
    v[end] = x;
    end += x < limit;
  }
  return end;
}

/* Puts the k-th smallest of v[first ... n - 1] at v[k], nothing larger before it, nothing smaller
 * after it. */
static void
select_kth (double *v, gsize first, gsize n, gsize k)
{
  gsize last = n - 1;
  guint rounds = 2 * g_bit_storage (n);

  while (last - first >= SORT_BELOW) {
    double pivot = median_of_three (v[first], v[first + (last - first) / 2], v[last]);
    gsize end = move_below (v, first, last, pivot);

    if (rounds-- == 0) {
      qsort (v + first, last - first + 1, sizeof *v, compare_cb);
      return;
    }
    if (k < end) {
      last = end - 1;
    } else if (end > first) {
      first = end;
    } else { /* the pivot is the smallest: all of its kind go */
      first = move_below (v, first, last, nextafter (pivot, INFINITY));
      if (k < first)
        return;
    }
  }
  insertion_sort (v + first, last - first + 1);
}

static gsize
keep_finite (double *v, gsize n)
{
  gsize kept = 0;

  for (gsize i = 0; i < n; i++)
    if (isfinite (v[i]))
      v[kept++] = v[i];
  return kept;
}

static double
smallest (const double *v, gsize n)
{
  double x = v[0];

  for (gsize i = 1; i < n; i++)
    x = MIN (x, v[i]);
  return x;
}

/**
 * ekl_quantiles:
 * @values: shape (@n); put into another order
 * @n: how many
 * @p: shape (@n_p), from 0 to 1, ascending
 * @n_p: how many quantiles
 * @out: (out): shape (@n_p); NaN where no value is finite
 *
 * Quantiles of the finite values, with linear interpolation between the order statistics (x_1 ...
 * x_n stand at 0 ... 1 evenly: definition 7 of Hyndman and Fan, 1996; NumPy's default).
 *
 * Returns: how many values are finite
 */
gsize
ekl_quantiles (double *values, gsize n, const double *p, guint n_p, double *out)
{
  gsize first = 0;

  g_return_val_if_fail ((values != NULL || n == 0) && p != NULL && out != NULL, 0);

  n = keep_finite (values, n);
  for (guint i = 0; i < n_p; i++) {
    double place, t;
    gsize k;

    if (n == 0) {
      out[i] = NAN;
      continue;
    }
    place = CLAMP (p[i], 0, 1) * (double) (n - 1);
    k = (gsize) place;
    t = place - (double) k;
    select_kth (values, first, n, k);
    out[i] = values[k];
    if (t > 0)
      out[i] += t * (smallest (values + k + 1, n - k - 1) - values[k]);
    first = k;
  }

  return n;
}

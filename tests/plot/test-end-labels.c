/* test-end-labels.c - names of curves do not lie over one another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "end_labels.h"

#include "sample.h"

#include <math.h>

#define LINE 10.0

static void
test_apart (void)
{
  double two[] = { 52, 50 }, far[] = { 20, 80 }, low[] = { 99, 98, 97 };

  ekl_end_labels_spread (two, 2, LINE, 0, 100);
  g_assert_cmpfloat_with_epsilon (two[1], 46, 1e-9);
  g_assert_cmpfloat_with_epsilon (two[0], 56, 1e-9);
  ekl_end_labels_spread (far, 2, LINE, 0, 100);
  g_assert_true (far[0] == 20 && far[1] == 80);
  /* at the edge all of them stay inside */
  ekl_end_labels_spread (low, 3, LINE, 0, 100);
  g_assert_cmpfloat_with_epsilon (low[0], 95, 1e-9);
  g_assert_cmpfloat_with_epsilon (low[1], 85, 1e-9);
  g_assert_cmpfloat_with_epsilon (low[2], 75, 1e-9);
}

/* Whatever their heights: apart, inside, in their order. */
static void
test_any (void)
{
  guint32 state = 5;

  for (guint round = 0; round < 2000; round++) {
    const guint n = round % (EKL_MAX_END_LABELS + 1);
    double before[EKL_MAX_END_LABELS], y[EKL_MAX_END_LABELS];

    for (guint i = 0; i < n; i++)
      y[i] = before[i] = 50 + 30 * sample_normal (&state);
    ekl_end_labels_spread (y, n, LINE, 0, 100);
    for (guint i = 0; i < n; i++) {
      g_assert_cmpfloat (y[i], >=, LINE / 2 - 1e-9);
      g_assert_cmpfloat (y[i], <=, 100 - LINE / 2 + 1e-9);
      for (guint k = 0; k < i; k++) {
        g_assert_cmpfloat (fabs (y[i] - y[k]), >=, LINE - 1e-9);
        g_assert_true ((y[i] < y[k]) == (before[i] < before[k]));
      }
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/end-labels/apart", test_apart);
  g_test_add_func ("/end-labels/any", test_any);
  return g_test_run ();
}

/* compare.c - comparisons that say which element is wrong, and by how much
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "support/compare.h"

#include <math.h>

double *
test_doubles (const real *v, gsize n)
{
  double *copy = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    copy[i] = v[i];
  return copy;
}

real *
test_reals (const double *v, gsize n)
{
  real *copy = g_new (real, n);

  for (gsize i = 0; i < n; i++)
    copy[i] = (real) v[i];
  return copy;
}

void
test_assert_near_at (const char *file,
                     int line,
                     const char *function,
                     const double *a,
                     const double *b,
                     gsize n,
                     double tolerance)
{
  g_autofree char *message = NULL;
  gsize worst = 0;
  double scale = 1, gap = 0;

  for (gsize i = 0; i < n; i++)
    scale = fmax (scale, 1 + fabs (b[i]));
  for (gsize i = 0; i < n; i++) {
    double here = fabs (a[i] - b[i]);

    if (!(here <= gap)) {
      gap = here;
      worst = i;
    }
    if (isnan (here))
      break;
  }
  if (gap <= tolerance * scale)
    return;

  message = g_strdup_printf ("element %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                             " is %.17g, should be %.17g; gap %.3g, allowed %.3g",
                             worst, n, a[worst], b[worst], gap, tolerance * scale);
  g_assertion_message (G_LOG_DOMAIN, file, line, function, message);
}

void
test_assert_reals_near_at (const char *file,
                           int line,
                           const char *function,
                           const real *a,
                           const double *b,
                           gsize n,
                           double tolerance)
{
  g_autofree double *wide = test_doubles (a, n);

  test_assert_near_at (file, line, function, wide, b, n, tolerance);
}

void
test_assert_within_at (const char *file,
                       int line,
                       const char *function,
                       const char *what,
                       double value,
                       double expected,
                       double deviation,
                       double sigmas)
{
  g_autofree char *message = NULL;

  if (fabs (value - expected) <= sigmas * deviation)
    return;

  message =
    g_strdup_printf ("%s is %.6g, should be %.6g; %.2f standard deviations off, allowed %.2f", what,
                     value, expected, (value - expected) / deviation, sigmas);
  g_assertion_message (G_LOG_DOMAIN, file, line, function, message);
}

/* compare.h - comparisons that say which element is wrong, and by how much
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "real.h"

G_BEGIN_DECLS

/* The double build is held to the formula, the single one to its rounding. */
#define TEST_TOLERANCE(in_double, in_float)                                                        \
  (sizeof (real) == sizeof (double) ? (in_double) : (in_float))

/* |a_i - b_i| <= tolerance * (1 + max |b|) for every i; NaN is never near anything. */
#define test_assert_near(a, b, n, tolerance)                                                       \
  test_assert_near_at (__FILE__, __LINE__, G_STRFUNC, (a), (b), (n), (tolerance))
#define test_assert_reals_near(a, b, n, tolerance)                                                 \
  test_assert_reals_near_at (__FILE__, __LINE__, G_STRFUNC, (a), (b), (n), (tolerance))

/* value within `sigmas` standard deviations of what theory says, at each of the two sides */
#define test_assert_within(value, expected, deviation, sigmas)                                     \
  test_assert_within_at (__FILE__, __LINE__, G_STRFUNC, #value, (value), (expected), (deviation),  \
                         (sigmas))

void    test_assert_near_at       (const char   *file,
                                   int           line,
                                   const char   *function,
                                   const double *a,
                                   const double *b,
                                   gsize         n,
                                   double        tolerance);
void    test_assert_reals_near_at (const char   *file,
                                   int           line,
                                   const char   *function,
                                   const real   *a,
                                   const double *b,
                                   gsize         n,
                                   double        tolerance);
void    test_assert_within_at     (const char   *file,
                                   int           line,
                                   const char   *function,
                                   const char   *what,
                                   double        value,
                                   double        expected,
                                   double        deviation,
                                   double        sigmas);

double *test_doubles              (const real   *v,
                                   gsize         n);
real   *test_reals                (const double *v,
                                   gsize         n);

G_END_DECLS

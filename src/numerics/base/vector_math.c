/* vector_math.c - elementary functions over arrays, vectorised
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * glibc's vector functions (libmvec, at most 4 units in the last place) are declared only where
 * __FAST_MATH__ is defined. The build defines that name for this one file and leaves the fast-math
 * options themselves off, so that infinities and NaN go through these functions as IEEE 754 says:
 * [19] depends on seeing them.
 */
#include "vector_math.h"

#include "vectorize.h"

#include <math.h>

#ifdef EKL_PRECISION_DOUBLE
#define real_tanh tanh
#define real_exp  exp
#else
#define real_tanh tanhf
#define real_exp  expf
#endif

/**
 * ekl_vector_tanh:
 * @n: how many
 * @x: (inout): shape (n), replaced by tanh (x)
 */
EKL_VECTORIZE
void
ekl_vector_tanh (gsize n, real *x)
{
#pragma omp simd
  for (gsize i = 0; i < n; i++)
    x[i] = real_tanh (x[i]);
}

/**
 * ekl_vector_sigmoid:
 * @n: how many
 * @x: (inout): shape (n), replaced by 1 / (1 + exp (-x))
 */
EKL_VECTORIZE
void
ekl_vector_sigmoid (gsize n, real *x)
{
#pragma omp simd
  for (gsize i = 0; i < n; i++)
    x[i] = 1 / (1 + real_exp (-x[i]));
}

/**
 * ekl_vector_exp:
 * @n: how many
 * @x: (inout): shape (n), replaced by exp (x)
 */
EKL_VECTORIZE
void
ekl_vector_exp (gsize n, real *x)
{
#pragma omp simd
  for (gsize i = 0; i < n; i++)
    x[i] = real_exp (x[i]);
}

/**
 * ekl_vector_squared_distance:
 * @n: how many
 * @a: shape (n)
 * @b: shape (n)
 *
 * Returns: |a - b|^2, summed in double
 */
EKL_VECTORIZE
double
ekl_vector_squared_distance (gsize n, const real *a, const real *b)
{
  double sum = 0;

#pragma omp simd reduction(+ : sum)
  for (gsize i = 0; i < n; i++) {
    double d = (double) a[i] - (double) b[i];

    sum += d * d;
  }
  return sum;
}

/**
 * ekl_vector_dot:
 * @n: how many
 * @a: shape (n)
 * @b: shape (n)
 *
 * Returns: <a, b>, summed in double
 */
EKL_VECTORIZE
double
ekl_vector_dot (gsize n, const real *a, const real *b)
{
  double sum = 0;

#pragma omp simd reduction(+ : sum)
  for (gsize i = 0; i < n; i++)
    sum += (double) a[i] * (double) b[i];
  return sum;
}

/**
 * ekl_vector_add_to_doubles:
 * @n: how many
 * @x: shape (n)
 * @sum: (inout): shape (n), to which @x is added
 */
EKL_VECTORIZE
void
ekl_vector_add_to_doubles (gsize n, const real *x, double *sum)
{
#pragma omp simd
  for (gsize i = 0; i < n; i++)
    sum[i] += x[i];
}

/**
 * ekl_vector_is_finite:
 * @n: how many
 * @x: shape (n)
 *
 * Returns: whether no value is infinite or NaN: 0 x is 0 for finite x only
 */
EKL_VECTORIZE
gboolean
ekl_vector_is_finite (gsize n, const real *x)
{
  real sum = 0;

#pragma omp simd reduction(+ : sum)
  for (gsize i = 0; i < n; i++)
    sum += 0 * x[i];
  return sum == 0;
}

/**
 * ekl_vector_center:
 * @n: how many
 * @mean: shape (n)
 * @divisor: not zero
 * @x: (inout): shape (n), replaced by (x - mean) / divisor
 */
EKL_VECTORIZE
void
ekl_vector_center (gsize n, const double *mean, double divisor, real *x)
{
#pragma omp simd
  for (gsize i = 0; i < n; i++)
    x[i] = (real) ((x[i] - mean[i]) / divisor);
}

/**
 * ekl_vector_box_muller_double:
 * @n: how many
 * @words: shape (4, n), random words: two for the radius, two for the angle
 * @cosines: (out): shape (n), normal numbers
 * @sines: (out): shape (n), normal numbers
 *
 * The same in double, from uniforms of 53 bits: a tail to 8.5 standard deviations.
 */
EKL_VECTORIZE
void
ekl_vector_box_muller_double (guint n, const guint32 *words, double *cosines, double *sines)
{
  const guint32 *a = words, *b = words + n, *c = words + 2 * n, *d = words + 3 * n;

#pragma omp simd
  for (guint i = 0; i < n; i++) {
    double radius = sqrt (-2 * log (ekl_uniform_from_words (a[i], b[i])));
    double turn = ekl_uniform_from_words (c[i], d[i]) - 0.5;

    cosines[i] = radius * cos (2 * G_PI * turn);
    sines[i] = radius * cos (2 * G_PI * (turn - 0.25));
  }
}

/**
 * ekl_vector_box_muller:
 * @n: how many
 * @radius: shape (n), random words
 * @angle: shape (n), random words
 * @scale: the standard deviation
 * @cosines: (out): shape (n), normal numbers
 * @sines: (out): shape (n), normal numbers
 *
 * Two independent normals from each pair of words, Box and Muller (1958): 31 bits in the radius (a
 * tail to 6.6 standard deviations), 24 in the angle. The sine is written as a cosine, since gcc
 * would join sine and cosine of one angle to a complex exponential, which has no vector form.
 */
EKL_VECTORIZE
void
ekl_vector_box_muller (
  guint n, const guint32 *radius, const guint32 *angle, float scale, float *cosines, float *sines)
{
#pragma omp simd
  for (guint i = 0; i < n; i++) {
    float u = ((float) (gint32) (radius[i] >> 1) + 0.5f) * 0x1p-31f;
    float v = (float) (gint32) (angle[i] >> 8) * 0x1p-24f - 0.5f;
    float r = scale * sqrtf (-2.0f * logf (u));

    cosines[i] = r * cosf ((float) (2 * G_PI) * v);
    sines[i] = r * cosf ((float) (2 * G_PI) * (v - 0.25f));
  }
}

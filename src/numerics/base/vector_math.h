/* vector_math.h - elementary functions over arrays, vectorised
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "real.h"

G_BEGIN_DECLS

/* Uniform in (0, 1), 53 bits, never an end point: 27 bits of the first word, 26 of the second, which fit signed words
 * (those have vector conversions on every processor). */
static inline double
ekl_uniform_from_words (guint32 high, guint32 low)
{
  return ((double) (gint32) (high >> 5) * 0x1p26 + (double) (gint32) (low >> 6) + 0.5) * 0x1p-53;
}

void ekl_vector_tanh       (gsize          n,
                            real          *x);
void ekl_vector_sigmoid    (gsize          n,
                            real          *x);
void ekl_vector_exp        (gsize          n,
                            real          *x);
double ekl_vector_squared_distance (gsize       n,
                                    const real *a,
                                    const real *b);
double ekl_vector_dot      (gsize          n,
                            const real    *a,
                            const real    *b);
void ekl_vector_add_to_doubles (gsize      n,
                                const real *x,
                                double    *sum);
gboolean ekl_vector_is_finite (gsize       n,
                               const real *x);
void ekl_vector_center     (gsize          n,
                            const double  *mean,
                            double         divisor,
                            real          *x);
void ekl_vector_box_muller_double (guint         n,
                                   const guint32 *words,
                                   double        *cosines,
                                   double        *sines);
void ekl_vector_box_muller (guint          n,
                            const guint32 *radius,
                            const guint32 *angle,
                            float          scale,
                            float         *cosines,
                            float         *sines);

G_END_DECLS

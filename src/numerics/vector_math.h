/* vector_math.h - elementary functions over arrays, vectorised
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "real.h"

G_BEGIN_DECLS

void ekl_vector_tanh       (gsize          n,
                            real          *x);
void ekl_vector_sigmoid    (gsize          n,
                            real          *x);
void ekl_vector_exp        (gsize          n,
                            real          *x);
void ekl_vector_box_muller (guint          n,
                            const guint32 *radius,
                            const guint32 *angle,
                            float          scale,
                            float         *cosines,
                            float         *sines);

G_END_DECLS

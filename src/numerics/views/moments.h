/* moments.h - where both methods stood at some of the steps of a run, to look back at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ensemble.h"

G_BEGIN_DECLS

/* After a step. */
typedef struct {
  guint64 step;
  EklEnsemble *ensemble; /* NULL: EKI is off */
  real *descent;         /* (P) gradient descent's parameters; NULL: it is off */
} EklMoment;

/**
 * EklMoments: the whole state of both methods at every stride-th step, in a bounded number of bytes.
 *
 * When another moment would not fit, every second one goes and the stride doubles. Where not even
 * EKL_MOMENTS_LEAST of them fit, none is kept: two or three moments are no way to look back.
 */
typedef struct _EklMoments EklMoments;

#define EKL_MOMENTS_LEAST 8
#define EKL_MOMENTS_MOST  2048

EklMoments      *ekl_moments_new        (gsize              n_parameters,
                                         gsize              budget);
void             ekl_moments_free       (EklMoments        *self);
void             ekl_moments_clear      (EklMoments        *self);
void             ekl_moments_note       (EklMoments        *self,
                                         guint64            step,
                                         const EklEnsemble *ensemble,
                                         const real        *descent);
const EklMoment *ekl_moments_find       (const EklMoments  *self,
                                         guint64            step);
guint            ekl_moments_get_length (const EklMoments  *self);
guint64          ekl_moments_get_stride (const EklMoments  *self);
gsize            ekl_moments_get_bytes  (const EklMoments  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklMoments, ekl_moments_free)

G_END_DECLS

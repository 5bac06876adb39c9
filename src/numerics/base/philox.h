/* philox.h - counter-based random numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "real.h"

G_BEGIN_DECLS

/* Who draws. Each purpose has its own stream, so changing how much one of them draws shifts no other. */
typedef enum {
  EKL_STREAM_INITIAL_ENSEMBLE = 1,
  EKL_STREAM_BATCHES,
  EKL_STREAM_OBSERVATION_NOISE,
  EKL_STREAM_WEIGHT_NOISE,
  EKL_STREAM_DATA,
  EKL_STREAM_SPLIT,
  EKL_STREAM_REDRAW,
  EKL_STREAM_PLANE,
  EKL_STREAM_DIFFUSION,
  EKL_STREAM_RESPREAD,
} EklStream;

void   ekl_philox4x32        (const guint32  counter[4],
                              const guint32  key[2],
                              guint32        out[4]);

void   ekl_random_normals    (guint64        seed,
                              EklStream      stream,
                              guint32        step,
                              guint32        particle,
                              gsize          n,
                              double        *out);

void   ekl_random_uniforms   (guint64        seed,
                              EklStream      stream,
                              guint32        step,
                              guint32        particle,
                              gsize          n,
                              double        *out);

void   ekl_random_add_normals (guint64       seed,
                               EklStream     stream,
                               guint32       step,
                               guint32       particle,
                               gsize         n,
                               double        scale,
                               real         *out);

void   ekl_random_permutation (guint64       seed,
                               EklStream     stream,
                               guint32       step,
                               guint         n,
                               guint        *out);

G_END_DECLS

/* inversion_trace.h - what one step of the inversion did, kept for those who look
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ensemble.h"

G_BEGIN_DECLS

/**
 * EklInversionTrace: copies taken on the way through one step. What memory could not be had for is
 * NULL. Data space is whitened: multiplied by Gamma^{-1/2}.
 */
typedef struct {
  gboolean filled;       /* the step was taken */
  gboolean with_outputs; /* set by the caller: keep losses, D and r too */
  EklEnsemble *found;    /* U as the step found it; only with_outputs */
  EklEnsemble *spread;   /* U after momentum, re-spread and repair: what G was computed of */
  double *loss;          /* (J) of each particle on the step's batch */
  guint n_observations;  /* K */
  real *anomalies;       /* (J, K) D = Gamma^{-1/2} (G - Gbar); NULL beyond EKL_TRACE_BYTES */
  real *innovation;      /* (K) r = Gamma^{-1/2} (y - Gbar) */
  double step_size;      /* h */
} EklInversionTrace;

#define EKL_TRACE_BYTES (64 << 20)

void ekl_inversion_trace_clear (EklInversionTrace *self);

G_END_DECLS

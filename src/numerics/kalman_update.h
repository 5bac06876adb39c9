/* kalman_update.h - the analysis: how the particles move, given their outputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ensemble.h"

G_BEGIN_DECLS

/* One analysis. Everything in data space is whitened: multiplied by Gamma^{-1/2}. */
typedef struct {
  guint n_observations;    /* K of this batch */
  real *anomalies;         /* (J, K) D_j = Gamma^{-1/2} (G^j - Gbar) */
  const real *innovation;  /* (K) Gamma^{-1/2} (y - Gbar) */
  double step_size;        /* h */
  gboolean gain;           /* TRUE: the Kalman form [9]; FALSE: the continuous form [8] */
  gboolean perturb;        /* draw the observations anew for every particle; Kalman form only */
  const real *noise;       /* (J, K) the perturbation in whitened units, given instead of drawn; NULL */
  guint64 seed;
  guint32 step;            /* counts the draws */
} EklAnalysis;

typedef struct _EklKalmanUpdate EklKalmanUpdate;

EklKalmanUpdate *ekl_kalman_update_new       (const EklNetwork  *network,
                                              guint              size,
                                              guint              max_observations,
                                              guint              n_threads,
                                              GError           **error);
void             ekl_kalman_update_free      (EklKalmanUpdate   *self);
gboolean         ekl_kalman_update_in_data_space (const EklKalmanUpdate *self);
gboolean         ekl_kalman_update_apply     (EklKalmanUpdate   *self,
                                              const EklAnalysis *analysis,
                                              EklEnsemble       *ensemble,
                                              guint8            *broken,
                                              const int         *cancel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklKalmanUpdate, ekl_kalman_update_free)

G_END_DECLS

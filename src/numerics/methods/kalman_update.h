/* kalman_update.h - the analysis: how the particles move, given their outputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ensemble.h"

G_BEGIN_DECLS

typedef enum {
  EKL_FORM_KALMAN, /* [9] in the form [10] */
  EKL_FORM_EULER,  /* [8], and [11] for cross-entropy */
  EKL_FORM_ETKI,   /* [12] */
  EKL_FORM_ALDI,   /* [16] */
} EklForm;

/* One analysis. Everything in data space is whitened: multiplied by Gamma^{-1/2}. Nothing is owned. */
typedef struct {
  guint n_observations;    /* K of this batch */
  const real *anomalies;   /* (J, K) D_j = Gamma^{-1/2} (G^j - Gbar); NULL: they have come in parts */
  const real *innovation;  /* (K) r = Gamma^{-1/2} (y - Gbar) */
  const real *residuals;   /* (J, K) R_j where they are not r - D_j, as in [11]; continuous form only; else NULL */
  double step_size;        /* h; may be 0 in ekl_kalman_update_prepare() where it follows from the products */
  gboolean perturb;        /* Kalman form: draw the observations anew for every particle */
  const real *noise;       /* (J, K) the perturbation, whitened, given instead of drawn; NULL */
  guint64 seed;
  guint32 step;            /* counts the draws */
  /* [16] only */
  const real *parameter_anomalies; /* (J, P) C0^{-1/2} (u^j - ubar); NULL: in parts, too */
  const real *prior_innovation;    /* (P) C0^{-1/2} (m0 - ubar) */
  gsize n_parameters;              /* P */
  const double *diffusion;         /* (J, J) xi, given instead of drawn; NULL */
} EklAnalysis;

typedef struct _EklKalmanUpdate EklKalmanUpdate;

EklKalmanUpdate *ekl_kalman_update_new       (const EklNetwork  *network,
                                              EklForm            form,
                                              guint              size,
                                              guint              max_observations,
                                              guint              n_threads,
                                              GError           **error);
void             ekl_kalman_update_free      (EklKalmanUpdate   *self);
EklForm          ekl_kalman_update_get_form  (const EklKalmanUpdate *self);
gboolean         ekl_kalman_update_wants_data_space (EklForm       form,
                                              double             size,
                                              double             n_observations,
                                              double             n_parameters);
gboolean         ekl_kalman_update_in_data_space (const EklKalmanUpdate *self);
gboolean         ekl_kalman_update_prepare   (EklKalmanUpdate   *self,
                                              const EklAnalysis *analysis,
                                              const int         *cancel);
void             ekl_kalman_update_begin     (EklKalmanUpdate   *self,
                                              gboolean           residuals);
void             ekl_kalman_update_add       (EklKalmanUpdate   *self,
                                              const EklAnalysis *part,
                                              const int         *cancel);
void             ekl_kalman_update_end       (EklKalmanUpdate   *self);
void             ekl_kalman_update_add_prior (EklKalmanUpdate   *self,
                                              guint              n,
                                              const real        *anomalies,
                                              const real        *innovation,
                                              const int         *cancel);
double           ekl_kalman_update_get_norm  (EklKalmanUpdate   *self,
                                              const EklAnalysis *analysis);
gboolean         ekl_kalman_update_apply     (EklKalmanUpdate   *self,
                                              const EklAnalysis *analysis,
                                              EklEnsemble       *ensemble,
                                              guint8            *broken,
                                              const int         *cancel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklKalmanUpdate, ekl_kalman_update_free)

G_END_DECLS

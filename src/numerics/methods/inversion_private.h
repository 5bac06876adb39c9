/* inversion_private.h - what the files of the inversion share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "kalman_inversion.h"

struct _EklInversion {
  EklEnsemble *ensemble; /* U */
  EklEnsemble *previous; /* U of the step before, [17]; NULL without momentum */
  guint64 momentum_steps;
  EklForward *forward;
  EklKalmanUpdate *update;
  guint max_data;
  guint n_threads;
  const int *cancel;
  EklInversionTrace *trace; /* NULL: nobody looks */

  const EklNeighbourGraph *graph; /* [5]; NULL without */
  EklBatch graph_inputs;          /* all inputs, labelled or not */
  real *graph_outputs;            /* (some particles, m, all inputs) */

  /* K observations a particle: the outputs, the differences along the graph [5], the parameters for
   * the prior term [13] */
  gsize max_observations;
  real *outputs;    /* (J, K) G, then D */
  real *innovation; /* (K) */
  real *residuals;  /* (J, K) [11], [13]; NULL for the squared loss */
  real *parameters; /* (J, P) C0^{-1/2} dU, [16]; else NULL */
  real *prior_innovation; /* (P) [16]; else NULL */
  real *noise;      /* (n_threads, P) */
  double *mean;     /* (P) */
  double *misfit;   /* (J) N times the particle's loss on the batch */
  double *losses;   /* (J) */
  double *normals;  /* (J) */
  guint8 *broken;   /* (J) values or outputs that are not finite */
  gboolean prior_term;      /* what the arrays are sized for */
  gboolean has_graph;
  gboolean cross_entropy;
  EklInversionInfo info;
};

/* kalman_inversion.c */
void     ekl_inversion_find_finite_mean (EklInversion           *self);

/* inversion_respread.c: U before the step, [17], [18] */
gboolean ekl_inversion_extrapolate  (EklInversion               *self,
                                     EklMomentum                 momentum);
void     ekl_inversion_respread     (EklInversion               *self,
                                     const EklInversionSettings *settings);

/* inversion_graph.c: the extra observations of [5] */
gsize    ekl_inversion_count_differences (const EklInversion    *self);
void     ekl_inversion_find_differences  (EklInversion          *self,
                                          double                 factor,
                                          gsize                  stride,
                                          real                  *out);

/* inversion_whiten.c: G becomes D */
void     ekl_inversion_whiten       (EklInversion               *self,
                                     const EklInversionSettings *settings,
                                     const EklBatch             *batch,
                                     gsize                       prior,
                                     gsize                       stride);

/* inversion_trace.c: copies on the way, where somebody looks */
void     ekl_inversion_trace_found  (EklInversion               *self);
void     ekl_inversion_trace_spread (EklInversion               *self,
                                     guint                       n_data);
void     ekl_inversion_trace_outputs (EklInversion              *self,
                                     gsize                       stride);
void     ekl_inversion_trace_finish (EklInversion               *self,
                                     double                      step_size);

/* inversion_outputs.c: G, [1], and what is wrong with it, [19] */
gboolean ekl_inversion_find_outputs (EklInversion               *self,
                                     const EklInversionSettings *settings,
                                     const EklBatch             *batch,
                                     gsize                       stride);

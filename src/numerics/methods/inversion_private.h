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
  real *graph_answers;            /* (J, m, all inputs), where the differences come in parts; else NULL */

  /* K observations a particle: the outputs, the differences along the graph [5], the parameters for
   * the prior term [13]; all of them, or a part at a time: see inversion_parts.c */
  gsize max_observations;
  gsize held;       /* the largest K that the arrays have room for */
  real *outputs;    /* (J, K) G, then D */
  real *innovation; /* (K) */
  real *residuals;  /* (J, K) [11], [13]; NULL for the squared loss */
  real *part_y;     /* (K) y of a part; NULL where no step is in parts */
  gsize held_parameters;  /* at a time, [16] */
  real *parameters;       /* (J, held_parameters) C0^{-1/2} dU, [16]; else NULL */
  real *prior_innovation; /* (held_parameters) [16]; else NULL */
  real *noise;      /* (n_threads, P) */
  double *mean;     /* (P) */
  double *misfit;   /* (J) N times the particle's loss on the batch */
  double *losses;   /* (J) */
  double *potential; /* (J) |r - D_j|^2 / 2 of the parts so far, without the prior's */
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

/* Some data of a step, and where their outputs go. */
typedef struct {
  const EklBatch *batch; /* all data of the step */
  guint first;           /* the first of these */
  EklBatch data;         /* these: how many, and their y; x stays with the batch */
  gsize stride;          /* values from one particle's outputs to the next one's */
} EklSlice;

/* inversion_parts.c: a step whose outputs do not fit, a part of the observations at a time */
void     ekl_inversion_set_part_bytes (gsize                     bytes);
gboolean ekl_inversion_is_in_parts  (const EklInversion         *self,
                                     gsize                       stride);
gboolean ekl_inversion_take_slice   (EklInversion               *self,
                                     const EklBatch             *batch,
                                     gsize                       stride,
                                     EklSlice                   *slice);
void     ekl_inversion_begin_parts  (EklInversion               *self);
void     ekl_inversion_add_slice    (EklInversion               *self,
                                     const EklInversionSettings *settings,
                                     const EklSlice             *slice);
void     ekl_inversion_end_parts    (EklInversion               *self,
                                     const EklInversionSettings *settings,
                                     const EklBatch             *batch);
void     ekl_inversion_add_prior    (EklInversion               *self,
                                     const EklPrior             *prior);

/* inversion_graph.c: the extra observations of [5] */
gsize    ekl_inversion_count_differences (const EklInversion    *self);
double   ekl_inversion_graph_factor      (const EklInversion    *self,
                                          const EklInversionSettings *settings,
                                          guint                  n_data);
void     ekl_inversion_find_differences  (EklInversion          *self,
                                          double                 factor,
                                          gsize                  stride,
                                          real                  *out);
void     ekl_inversion_answer_graph      (EklInversion          *self);
void     ekl_inversion_find_some_differences (EklInversion      *self,
                                          double                 factor,
                                          guint                  first,
                                          guint                  count,
                                          real                  *out);

/* inversion_whiten.c: G becomes D */
void     ekl_inversion_whiten       (EklInversion               *self,
                                     const EklInversionSettings *settings,
                                     const EklBatch             *batch,
                                     gsize                       prior,
                                     gsize                       stride);
void     ekl_inversion_whiten_slice (EklInversion               *self,
                                     const EklInversionSettings *settings,
                                     const EklSlice             *slice);
void     ekl_inversion_whiten_differences (EklInversion         *self,
                                     const EklInversionSettings *settings,
                                     guint                       n_edges,
                                     gsize                       first,
                                     gsize                       stride);
void     ekl_inversion_whiten_parameters (EklInversion          *self,
                                     const EklPrior             *prior,
                                     gsize                       first,
                                     gsize                       count,
                                     gsize                       stride,
                                     real                       *out,
                                     real                       *innovation);
void     ekl_inversion_fill_residuals (EklInversion             *self,
                                     gsize                       first,
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

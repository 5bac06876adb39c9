/* move_line.h - one step of the ensemble seen along the line its mean moves on: a regression
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "inversion_trace.h"
#include "kalman_update.h"

G_BEGIN_DECLS

/**
 * EklMoveLine: the move of the mean is C^{uw} a, with a = (C^{ww} + Gamma/h)^{-1} (y - Gbar), or
 * h Gamma^{-1} (y - Gbar) in the continuous form. Along a in data space (whitened) and along the move in
 * parameter space every particle is one point, and C^{uw} the slope through them: exactly the
 * scalar filter.
 */
typedef struct {
  guint size;
  double *lean;       /* (J) a particle's prediction along a, from the mean's, in standard deviations of the noise */
  double *place;      /* (J) the particle along the mean's move, from the mean, in parameter units */
  double slope;       /* of the regression of place on lean */
  double data;        /* where the data are, along a */
  double noise;       /* standard deviation of the noise in this step, Gamma/h */
  double aim;         /* how far the mean's prediction is to go: data times the gain */
  double move;        /* of the mean: slope * aim */
  double prediction_std; /* of the particles' predictions along a */
} EklMoveLine;

EklMoveLine *ekl_move_line_new  (const EklInversionTrace *trace,
                                 EklForm                  form,
                                 guint                    n_threads);
EklMoveLine *ekl_move_line_copy (const EklMoveLine       *self);
void         ekl_move_line_free (EklMoveLine             *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklMoveLine, ekl_move_line_free)

G_END_DECLS

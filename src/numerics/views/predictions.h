/* predictions.h - what the networks answer, as the prediction panel shows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ensemble.h"
#include "forward.h"
#include "parameter_plane.h"

G_BEGIN_DECLS

/* value in the user's units = mean + scale * value in training's units */
typedef struct {
  const char *name;
  double mean;
  double scale;
} EklUnit;

typedef enum {
  EKL_PREDICTIONS_CURVE,   /* one input: data, fan of the particles, both methods' curves */
  EKL_PREDICTIONS_FIELD,   /* two inputs: a field over the input plane */
  EKL_PREDICTIONS_SCATTER, /* otherwise: predicted against true */
} EklPredictionsKind;

#define EKL_PREDICTIONS_MAX_MEMBERS 20

/* Plain arrays, owned, made for one frame, all in the user's units. One output is shown (output_index). */
typedef struct {
  EklPredictionsKind kind;
  char *x_name, *y_name;     /* axes: input or "true ...", output; FIELD: first and second input */
  char *output_name;
  guint output_index;
  gboolean has_ensemble, has_descent;

  /* the data; n_training of them first, then the validation rows */
  guint n_data, n_training;
  double *data_x;            /* CURVE: input; FIELD: first input; SCATTER: true output */
  double *data_y;            /* CURVE: output; FIELD: second input; SCATTER: unused, NULL */
  double *data_value;        /* FIELD: true output; otherwise NULL */

  /* CURVE: n_points places along the input; SCATTER: n_points = n_data, in the data's order */
  guint n_points;
  double *point_x;           /* CURVE: (n_points); SCATTER: NULL, data_x holds */
  double *mean_particle;     /* (n_points) answer of the mean particle */
  double *low, *median, *high; /* (n_points) P10, P50, P90 of the particles' answers */
  double *descent;           /* (n_points) */
  guint n_members;           /* CURVE: some particles' own curves, member[k * n_points + i] */
  double *member;

  /* FIELD: over the input plane, in the user's units */
  /* mean particle's answer; P90 - P10 of the particles; GD's answer */
  EklField *mean_field, *spread_field, *descent_field;
} EklPredictions;

/**
 * EklPredictionsSource: what the answers are computed from. Not owned.
 */
typedef struct {
  const EklBatch *training;
  const EklBatch *validation;     /* NULL without */
  const EklUnit *input_unit;      /* (n_inputs) */
  const EklUnit *output_unit;     /* (n_outputs) */
  guint output_index;
  const EklEnsemble *ensemble;    /* NULL: EKI is off */
  const real *descent;            /* (P) NULL: gradient descent is off */
} EklPredictionsSource;

EklPredictions *ekl_predictions_new  (const EklPredictionsSource *source,
                                      EklForward                 *forward,
                                      guint                       max_particles,
                                      GError                    **error);
EklPredictions *ekl_predictions_copy (const EklPredictions       *self);
void            ekl_predictions_free (EklPredictions             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklPredictions, ekl_predictions_free)

G_END_DECLS

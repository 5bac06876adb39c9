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
  EKL_PREDICTIONS_CURVE,     /* one input: data, fan of the particles, both methods' curves */
  EKL_PREDICTIONS_FIELD,     /* two inputs: a field over the input plane */
  EKL_PREDICTIONS_SCATTER,   /* predicted against true */
  EKL_PREDICTIONS_RESIDUALS, /* true minus predicted, over predicted; the arrays are SCATTER's */
  EKL_PREDICTIONS_CONFUSION, /* classes: how often which is taken for which */
  EKL_PREDICTIONS_PICTURES,  /* a page of pictures with what is said of them */
} EklPredictionsKind;

/* What is asked for. A view that the problem does not have is AUTO. */
typedef enum {
  EKL_PREDICTIONS_VIEW_AUTO, /* CURVE, FIELD, PICTURES, CONFUSION or SCATTER, as inputs and task are */
  EKL_PREDICTIONS_VIEW_SCATTER,
  EKL_PREDICTIONS_VIEW_RESIDUALS,
  EKL_PREDICTIONS_VIEW_CONFUSION,
  EKL_PREDICTIONS_VIEW_PICTURES,
  EKL_N_PREDICTIONS_VIEWS,
} EklPredictionsView;

/* What the predictions panel looks at, of all that there is. */
typedef struct {
  EklPredictionsView view;
  guint output_index;  /* one that is not there is the last */
  guint first_picture; /* counted on beyond the last one, from the first */
  guint n_pictures;    /* 0: a page of the usual size */
} EklPredictionsRequest;

#define EKL_PREDICTIONS_PICTURES_PER_PAGE 12

#define EKL_NO_CLASS G_MAXUINT /* the answer is not finite */

/* Of more selected particles the first so many have their answers counted. */
#define EKL_CONFUSION_SELECTED 3

/* Counts of rows by their true class and the one that is answered: count[truth * n_classes + answer]. */
typedef struct {
  gboolean validation;   /* of the validation rows; else of the training rows */
  guint n_rows, n_all;   /* counted, and there */
  guint *mean_particle;  /* (n_classes, n_classes) NULL: EKI is off */
  guint *descent;        /* (n_classes, n_classes) NULL: gradient descent is off */
  /* rows without an answer */
  guint mean_unanswered, descent_unanswered;
  guint n_selected;      /* the first of the selected particles, and the counts of each */
  guint *selected;       /* (n_selected, n_classes, n_classes) */
} EklConfusion;

typedef struct {
  gboolean validation;
  guint width, height;   /* in pixels */
  guint first, n, n_all; /* of the rows: those that are shown, and how many there are */
  guint8 *pixel;         /* (n, height, width) 0 black to 255 white */
  guint *truth;          /* (n) classes */
  guint *mean_particle;  /* (n) NULL: EKI is off */
  guint *descent;        /* (n) NULL: gradient descent is off */
  guint n_particles;     /* that were asked, */
  guint n_all_particles; /* and that there are */
  guint *vote;           /* (n, n_classes) particles that say so; NULL: EKI is off */
  guint n_selected;      /* the selected particles' own answers */
  guint *selected;       /* (n_selected, n) */
} EklPicturePage;

#define EKL_PREDICTIONS_MAX_MEMBERS 20

/* Plain arrays, owned, made for one frame, all in the user's units. One output is shown (output_index). */
typedef struct {
  EklPredictionsKind kind;
  char *x_name, *y_name;     /* axes: input or "true ...", output; FIELD: first and second input */
  char *output_name;
  guint output_index;
  gboolean has_ensemble, has_descent;
  guint views;               /* a bit, 1 << EklPredictionsView, for each that the problem has */
  /* user's units for one of training, and gamma of the output shown; 0: not one number */
  double output_scale, noise_std;

  /* the data; n_training of them first, then the validation rows */
  guint n_data, n_training;
  double *data_x;            /* CURVE: input; FIELD: first input; SCATTER: true output */
  double *data_y;            /* CURVE: output; FIELD: second input; SCATTER: unused, NULL */
  double *data_value;        /* FIELD: true output; otherwise NULL */

  /* CURVE: n_points places along the input; SCATTER: n_points = n_data, in the data's order; FIELD:
   * the fields' points */
  guint n_points;
  double *point_x;           /* CURVE: (n_points); SCATTER: NULL, data_x holds */
  double *mean_particle;     /* (n_points) answer of the mean particle */
  double *low, *median, *high; /* (n_points) P10, P50, P90 of the particles' answers */
  double *descent;           /* (n_points) */
  guint n_members;           /* CURVE: some particles' own curves, member[k * n_points + i] */
  double *member;
  guint n_selected;          /* chosen particles, from 0 */
  guint *selected;
  double *selected_answer;   /* (n_selected, n_points) theirs; FIELD: rows as those of mean_field;
                              * NULL with classes, which hold them below */
  guint n_particles, n_all_particles; /* the quantiles are of so many of so many; 0: there are none */

  /* FIELD: over the input plane, in the user's units */
  /* mean particle's answer; P90 - P10 of the particles; GD's answer */
  EklField *mean_field, *spread_field, *descent_field;

  /* CONFUSION, PICTURES */
  guint n_classes;           /* FIELD, CONFUSION, PICTURES; 0: the task is regression */
  char **class_name;         /* (n_classes) */
  EklConfusion *confusion;   /* CONFUSION; else NULL */
  EklPicturePage *pictures;  /* PICTURES; else NULL */
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
  const guint *selected;          /* (n_selected) particles whose own answers are wanted, from 0 */
  guint n_selected;
  EklPredictionsView view;
  double noise_std;               /* of the output shown, in the units of training; 0: not one number */
  gboolean classes;               /* the outputs are one-hot classes, named by their units */
  guint picture_width, picture_height; /* the inputs are the pixels of a picture, row by row; 0: not */
  guint first_picture, n_pictures; /* the page */
  guint max_rows;                 /* whose classes are counted; 0: all */
} EklPredictionsSource;

EklPredictions *ekl_predictions_new  (const EklPredictionsSource *source,
                                      EklForward                 *forward,
                                      guint                       max_particles,
                                      GError                    **error);
EklPredictions *ekl_predictions_copy (const EklPredictions       *self);
void            ekl_predictions_free (EklPredictions             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklPredictions, ekl_predictions_free)

G_END_DECLS

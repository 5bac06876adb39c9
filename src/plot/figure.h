/* figure.h - the figures: plain data in, cairo out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ensemble_view.h"
#include "history.h"
#include "parameter_plane.h"
#include "predictions.h"
#include "selection.h"
#include "step_story.h"
#include "theme.h"

#include <cairo.h>

G_BEGIN_DECLS

typedef enum {
  EKL_FIGURE_LOSS,
  EKL_FIGURE_PLANE,
  EKL_FIGURE_PREDICTIONS,
  EKL_FIGURE_ENSEMBLE,
  EKL_N_FIGURES,
} EklFigureKind;

typedef enum {
  EKL_LOSS_AXIS_STEP,
  EKL_LOSS_AXIS_EPOCH,
  EKL_LOSS_AXIS_MODEL_RUNS,
  EKL_LOSS_AXIS_TIME,
  EKL_LOSS_AXIS_SECONDS,
  EKL_N_LOSS_AXES,
} EklLossAxis;

/* Whose answers are shown where only one can be: the ground of FIELD, the counts of CONFUSION. */
typedef enum {
  EKL_SHOWN_EKI,
  EKL_SHOWN_GD,
  EKL_SHOWN_DISAGREEMENT, /* FIELD: P90 - P10 of the particles; CONFUSION: as EKI */
  EKL_N_SHOWN,
} EklShown;

/* What ENSEMBLE shows. */
typedef enum {
  EKL_ENSEMBLE_SPREAD,     /* spread, and the effective rank below it */
  EKL_ENSEMBLE_SPECTRUM,   /* standard deviations along the principal axes, now and at the start */
  EKL_ENSEMBLE_COSINES,    /* of the mean's move and -grad Phi, -C grad Phi */
  EKL_ENSEMBLE_SPAN,       /* share of GD's displacement in the span of the start */
  EKL_ENSEMBLE_STEP_SIZES, /* h of both methods */
  EKL_ENSEMBLE_REPAIRED,   /* particles redrawn so far */
  EKL_N_ENSEMBLE_QUANTITIES,
} EklEnsembleQuantity;

/* PLANE: what is kept from one drawing to the next, see relief_cache.h. */
typedef struct _EklReliefCache EklReliefCache;

/* What a figure draws: set the pointers that its kind needs. Nothing is owned. A figure whose data
 * are missing draws its empty state: axes' place and one sentence. */
typedef struct {
  const EklHistory *history;         /* LOSS, ENSEMBLE */
  const EklHistory *former;          /* LOSS: of the run before, to compare with; NULL: none */
  const char *former_name;           /* LOSS: what was other in it: "J 50" */
  const EklPlane *plane;             /* PLANE */
  const EklPredictions *predictions; /* PREDICTIONS */
  const EklEnsembleView *ensemble;   /* ENSEMBLE, beside the history: the spectrum and the sentence */
  const guint *selected;             /* (n_selected) particles, ascending */
  guint n_selected;
  const EklSelection *selection;     /* LOSS: how their losses went; NULL: none is selected */
  /* slow motion: PLANE (whose plane is a pose of it) and ENSEMBLE show a part of one step; or NULL */
  const EklStory *story;
  guint story_index;
  guint64 last_step;                 /* LOSS, where has_last_step: the newest step that is shown */
  gboolean has_last_step;
  EklReliefCache *relief_cache;      /* PLANE: of who draws it again and again; or NULL */
  gboolean moving;                   /* another one follows at once: speed before smoothness */
  gboolean has_past;                 /* the pictures are not of the newest step, but of this one */
  guint64 past_step;
  guint64 crosshair_step;            /* shown where has_crosshair, by ekl_figure_draw_hover () */
  gboolean has_crosshair;
} EklFigureData;

typedef struct {
  EklLossAxis x_axis;
  gboolean linear_y;    /* LOSS, ENSEMBLE; default: logarithmic */
  gboolean log_x;
  EklEnsembleQuantity quantity; /* ENSEMBLE */
  gboolean hide_band;        /* LOSS: the particles' P10-P90 */
  gboolean hide_former;      /* LOSS: the run before */
  gboolean show_best, show_mean_output, show_validation;
  /* LOSS, PLANE: gradient descent minimises the cross-entropy and EKI the squared loss, so their numbers
   * cannot be compared; the plane's are gradient descent's. Not chosen, but so of the problem. */
  gboolean losses_differ;
  gboolean show_title;  /* files have the title in the drawing, the window in its panel head */
  const char *title;
  EklShown shown;       /* PREDICTIONS */
  /* PLANE: parts that are left out, and one that is not usual */
  gboolean hide_contours, hide_trails, hide_ellipse;
  gboolean hide_fade;   /* particles far from the plane are as strong as those near it */
  gboolean hide_colors; /* particles do not show their own loss */
  gboolean hide_lens;   /* the particles under a magnifying glass, where they are near to one another */
  gboolean show_arrows;
  /* the view, where the user has zoomed: in the axis' own values */
  gboolean has_view;
  double view_x0, view_x1, view_y0, view_y1;
  /* otherwise the range of the drawing before, and how much of the way back to the data's range it
   * may go now, 0 to 1; it grows at once */
  gboolean has_held, held_log_y;
  double held_y0, held_y1, shrink;
} EklFigureOptions;

/* What the choices are called in options, actions and settings files. */
extern const char *const ekl_loss_axis_names[EKL_N_LOSS_AXES];
extern const char *const ekl_shown_names[EKL_N_SHOWN];
extern const char *const ekl_ensemble_quantity_names[EKL_N_ENSEMBLE_QUANTITIES];
extern const char *const ekl_predictions_view_names[EKL_N_PREDICTIONS_VIEWS];

/* A glass over the picture of the plane: what is about (of_x, of_y) is seen about (x, y), larger. */
typedef struct {
  double x, y, radius; /* px; radius 0: there is none */
  double of_x, of_y;   /* px */
  double power;
} EklLens;

/* What was drawn where, for hit-testing: plot area in pixels and the ranges that fill it. */
typedef struct {
  double left, top, width, height;
  double x0, x1, y0, y1;
  gboolean log_x, log_y;
  gboolean settling;        /* the range is larger than the data's: another drawing goes on shrinking */
  guint n_pictures;         /* PREDICTIONS: pictures on this page; 0: none are shown */
  EklLens lens;             /* PLANE */
  double noise_y[2];        /* PREDICTIONS: the lines of +gamma and -gamma, px; 0: there are none */
} EklFigureLayout;

void     ekl_figure_options_init (EklFigureOptions       *options,
                                  EklFigureKind           kind);
void     ekl_figure_draw         (EklFigureKind           kind,
                                  cairo_t                *cr,
                                  double                  width,
                                  double                  height,
                                  const EklTheme         *theme,
                                  const EklFigureOptions *options,
                                  const EklFigureData    *data,
                                  EklFigureLayout        *layout); /* nullable */
/* The second pass: crosshair and read-out over a figure drawn before with that layout. */
void     ekl_figure_draw_hover   (EklFigureKind           kind,
                                  cairo_t                *cr,
                                  const EklTheme         *theme,
                                  const EklFigureOptions *options,
                                  const EklFigureData    *data,
                                  const EklFigureLayout  *layout,
                                  double                  x,
                                  double                  y);
/* The words of that read-out: what the second pass writes beside the pointer, for those who hear it. */
char    *ekl_figure_read_out     (EklFigureKind           kind,
                                  const EklTheme         *theme,
                                  const EklFigureOptions *options,
                                  const EklFigureData    *data,
                                  const EklFigureLayout  *layout,
                                  double                  x,
                                  double                  y);
gboolean ekl_figure_step_at      (EklFigureKind           kind,
                                  const EklFigureOptions *options,
                                  const EklFigureData    *data,
                                  const EklFigureLayout  *layout,
                                  double                  x,
                                  guint64                *step);
gboolean ekl_figure_can_zoom     (EklFigureKind           kind,
                                  const EklFigureData    *data);
/* The gamma, in the units of training, whose line would be at @y: what dragging it there means. */
gboolean ekl_figure_noise_at     (const EklFigureData    *data,
                                  const EklFigureLayout  *layout,
                                  double                  y,
                                  double                 *noise_std);
const char *ekl_figure_kind_get_name (EklFigureKind kind); /* "loss", ... */
char    *ekl_figure_describe     (EklFigureKind           kind,
                                  const EklFigureOptions *options, /* nullable */
                                  const EklFigureData    *data); /* sentences with the numbers, for screen readers */

char    *ekl_figure_to_csv       (EklFigureKind           kind,
                                  const EklFigureData    *data);

/* Where things are in such a figure. */
void     ekl_figure_measure      (EklFigureKind           kind,
                                  double                  width,
                                  double                  height,
                                  const EklTheme         *theme,
                                  const EklFigureOptions *options,
                                  const EklFigureData    *data,
                                  EklFigureLayout        *layout);
/* A whole figure as a file, by the name's ending: .png (at 2x), .svg, .pdf, .csv. Written beside and renamed. */
gboolean ekl_figure_write        (EklFigureKind           kind,
                                  const char             *path,
                                  double                  width,
                                  double                  height,
                                  const EklTheme         *theme,
                                  const EklFigureOptions *options,
                                  const EklFigureData    *data,
                                  GError                **error);

G_END_DECLS

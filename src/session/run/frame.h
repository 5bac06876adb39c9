/* frame.h - one moment of a run, copied out for the pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ensemble_advice.h"
#include "ensemble_view.h"
#include "history.h"
#include "parameter_plane.h"
#include "predictions.h"
#include "selection.h"
#include "step_story.h"

G_BEGIN_DECLS

typedef enum {
  EKL_FRAME_NUMBERS = 0,
  EKL_FRAME_PLANE = 1 << 0,
  EKL_FRAME_PREDICTIONS = 1 << 1,
  EKL_FRAME_ENSEMBLE = 1 << 2,
  EKL_FRAME_STORY = 1 << 3, /* of the newest step, where that was told */
  EKL_FRAME_ALL = EKL_FRAME_PLANE | EKL_FRAME_PREDICTIONS | EKL_FRAME_ENSEMBLE,
} EklFrameParts;

/* How the parameter plane is looked at. */
typedef struct {
  EklPlaneBasis basis;
  gsize parameter[2];  /* EKL_PLANE_BASIS_PARAMETERS: across and upwards; beyond P: the last ones */
  gboolean trails;     /* note where particles go */
  gboolean arrows;     /* the three velocities at the mean; needs a gradient a frame */
  gboolean animated;   /* views turn to another plane, by the clock */
  gboolean has_box;    /* the user looks at this part of the plane; else it fits */
  EklPlaneBox box;
  double aspect;       /* of the picture: its width as a multiple of its height; 0: not known */
} EklPlaneWish;

/* Owned by whoever took it; nothing in it is shared with the engine. */
typedef struct {
  guint run_number;      /* grows with every reset: a frame of an earlier run is dropped */
  EklRecord record;      /* the newest record */
  gboolean is_past;      /* the pictures are of the step below, which may be near the one that was wanted */
  guint64 past_step;
  double steps_per_second;
  EklPlane *plane;             /* NULL where it was not asked for */
  EklPredictions *predictions; /* likewise */
  EklEnsembleView *ensemble;   /* likewise; and where EKI is off, or nobody has looked since */
  EklAdvice *advice;           /* beside the ensemble */
  EklSelection *selection;     /* NULL where no particle is selected */
  EklStory *story;             /* NULL where it was not asked for, or the step was not told */
} EklFrame;

void ekl_frame_free (EklFrame *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklFrame, ekl_frame_free)

G_END_DECLS

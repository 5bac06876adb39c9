/* step_story.h - one step in its parts, for slow motion
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "move_line.h"
#include "parameter_plane.h"

G_BEGIN_DECLS

/* The parts of a step, in the order in which they are told. */
typedef enum {
  EKL_PHASE_NOISE,       /* momentum and re-spread */
  EKL_PHASE_FORWARD,     /* G(u^j) */
  EKL_PHASE_COVARIANCES, /* C^{uw}, C^{ww} */
  EKL_PHASE_GAIN,        /* where each particle is to go */
  EKL_PHASE_MOVE,
  EKL_PHASE_GRADIENT,    /* gradient descent's turn */
  EKL_PHASE_DESCEND,
  EKL_N_PHASES,
} EklPhase;

/* Plain arrays, owned. Coordinates are in the plane of the frame that it came with. */
typedef struct {
  guint64 step;             /* the step that is told: from step - 1 to step */
  guint n_phases;
  EklPhase phase[EKL_N_PHASES];

  gboolean has_ensemble;    /* EKI took this step */
  EklForm form;
  gboolean perturb, redraw, inflation, momentum, prior_term, cross_entropy;
  double weight_noise, h, gamma; /* gamma NaN: more than one number */
  guint size, n_observations, n_data, n_outputs; /* J, K, N, m */
  gsize n_parameters;       /* P */
  /* the particles before the step, after re-spread, and after the step; no paths, no losses */
  EklPlane *found, *spread, *moved;
  double *loss;             /* (J) of each particle on the step's batch, before the move */
  double loss_low, loss_median, loss_high; /* least, median and largest of them */
  EklMoveLine *line;        /* NULL where it is not to be had */

  gboolean has_descent;     /* gradient descent took this step */
  EklPoint descent_found, descent_moved;
  EklPoint descent_aim;     /* descent_found - h grad Phi */
  double gradient_norm, learning_rate, descent_loss;
} EklStory;

EklStory *ekl_story_copy     (const EklStory *self);
void      ekl_story_free     (EklStory       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklStory, ekl_story_free)

void      ekl_story_find_phases (EklStory    *self);
EklPlane *ekl_story_pose     (const EklStory *self,
                              const EklPlane *plane,
                              guint           index,
                              double          progress);

G_END_DECLS

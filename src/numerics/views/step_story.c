/* step_story.c - one step in its parts, for slow motion
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "step_story.h"

#include <math.h>

/**
 * ekl_story_copy:
 * @self: (nullable): a story
 */
EklStory *
ekl_story_copy (const EklStory *self)
{
  EklStory *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->found = self->found != NULL ? ekl_plane_copy (self->found) : NULL;
  copy->spread = self->spread != NULL ? ekl_plane_copy (self->spread) : NULL;
  copy->moved = self->moved != NULL ? ekl_plane_copy (self->moved) : NULL;
  copy->loss = g_memdup2 (self->loss, self->loss != NULL ? self->size * sizeof (double) : 0);
  copy->line = ekl_move_line_copy (self->line);
  return copy;
}

/**
 * ekl_story_free:
 * @self: (nullable): a story
 */
void
ekl_story_free (EklStory *self)
{
  if (self == NULL)
    return;
  ekl_plane_free (self->found);
  ekl_plane_free (self->spread);
  ekl_plane_free (self->moved);
  g_free (self->loss);
  ekl_move_line_free (self->line);
  g_free (self);
}

/**
 * ekl_story_find_phases:
 * @self: (inout): a story
 *
 * Lists its parts: the draw of noise only where something was drawn or scaled, each method's only
 * where it took the step.
 */
void
ekl_story_find_phases (EklStory *self)
{
  const gboolean noise =
    self->weight_noise > 0 || self->redraw || self->inflation || self->momentum || self->perturb;

  self->n_phases = 0;
  if (self->has_ensemble) {
    if (noise)
      self->phase[self->n_phases++] = EKL_PHASE_NOISE;
    for (EklPhase phase = EKL_PHASE_FORWARD; phase <= EKL_PHASE_MOVE; phase++)
      self->phase[self->n_phases++] = phase;
  }
  if (self->has_descent)
    for (EklPhase phase = EKL_PHASE_GRADIENT; phase <= EKL_PHASE_DESCEND; phase++)
      self->phase[self->n_phases++] = phase;
}

static double
mix (double a, double b, double t)
{
  return a + t * (b - a);
}

static EklPoint
mix_points (EklPoint a, EklPoint b, double t)
{
  return (EklPoint){ mix (a.x, b.x, t), mix (a.y, b.y, t) };
}

/* plane becomes what is t of the way from one view of the particles to another. */
static void
place_particles (EklPlane *plane, const EklPlane *from, const EklPlane *to, double t)
{
  if (from->n_particles != to->n_particles || plane->n_particles != to->n_particles)
    return;
  for (guint j = 0; j < plane->n_particles; j++)
    plane->particle[j] = mix_points (from->particle[j], to->particle[j], t);
  plane->mean = mix_points (from->mean, to->mean, t);
  for (guint k = 0; k < 3; k++)
    plane->covariance[k] = mix (from->covariance[k], to->covariance[k], t);
}

/* The path ends where the method stands now. */
static void
end_path (EklPoint *path, guint64 *steps, guint *n, guint64 step, EklPoint now)
{
  if (*n == 0 || steps[*n - 1] != step)
    return;
  path[*n - 1] = now;
}

/**
 * ekl_story_pose:
 * @self: a story
 * @plane: the plane of the same frame, after the step
 * @index: which part, from 0
 * @progress: 0..1, how far in it
 *
 * The plane as it looked in that part of the step: the particles before the noise, before the
 * move, or on the way; gradient descent where it still stands.
 *
 * Returns: (transfer full): a plane
 */
EklPlane *
ekl_story_pose (const EklStory *self, const EklPlane *plane, guint index, double progress)
{
  EklPlane *pose = ekl_plane_copy (plane);
  const EklPhase phase = self->phase[MIN (index, self->n_phases - 1)];
  const double t = CLAMP (progress, 0, 1);

  pose->n_trails = 0;
  pose->has_arrows = FALSE;
  if (self->has_ensemble && self->found != NULL && self->spread != NULL && self->moved != NULL &&
      phase <= EKL_PHASE_MOVE) {
    if (phase == EKL_PHASE_NOISE)
      place_particles (pose, self->found, self->spread, t);
    else
      place_particles (pose, self->spread, self->moved, phase == EKL_PHASE_MOVE ? t : 0);
    end_path (pose->mean_path, pose->mean_path_step, &pose->n_mean_path, self->step, pose->mean);
  }
  if (self->has_descent && (phase != EKL_PHASE_DESCEND || t < 1))
    end_path (
      pose->descent_path, pose->descent_path_step, &pose->n_descent_path, self->step,
      mix_points (self->descent_found, self->descent_moved, phase == EKL_PHASE_DESCEND ? t : 0));
  return pose;
}

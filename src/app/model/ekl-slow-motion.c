/* ekl-slow-motion.c - steps told in their parts, one after the other, by key or by the clock
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-slow-motion.h"

struct _EklSlowMotion {
  GObject parent_instance;

  EklWorkbench *workbench; /* not owned: the window's */
  gboolean active;
  gboolean playing;
  double pace; /* seconds a part */

  guint64 step; /* that is told; 0: none */
  guint index;
  gint64 began;                /* when this part did */
  gboolean waits;              /* for a step of the engine */
  EklPredictions *predictions; /* from before the step */
  EklPredictions mixed; /* the ensemble's of now, gradient descent's from before; owns nothing */
  guint timer;
};

G_DEFINE_FINAL_TYPE (EklSlowMotion, ekl_slow_motion, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define FRAME_MS     33
#define ANIMATION_US 900000 /* of what moves in a part, or most of the pace where that is less */
#define USUAL_PACE   3.0

static void
tell (EklSlowMotion *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* 0..1: how much of what moves in this part has moved; slow at both ends. */
static double
get_progress (EklSlowMotion *self)
{
  const double span = MIN (ANIMATION_US, 0.7 * self->pace * G_USEC_PER_SEC);
  const double t = CLAMP ((double) (g_get_monotonic_time () - self->began) / span, 0, 1);

  return t * t * (3 - 2 * t);
}

static gboolean
timer_cb (gpointer user_data)
{
  EklSlowMotion *self = user_data;
  const gboolean moving = get_progress (self) < 1;
  const gint64 elapsed = g_get_monotonic_time () - self->began;

  if (self->playing && !self->waits && elapsed >= self->pace * G_USEC_PER_SEC)
    ekl_slow_motion_next (self);
  else if (elapsed < 2 * ANIMATION_US)
    tell (self);
  if (moving || self->playing || self->waits)
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

static void
begin_part (EklSlowMotion *self, guint index)
{
  self->index = index;
  self->began = g_get_monotonic_time ();
  if (self->timer == 0)
    self->timer = g_timeout_add (FRAME_MS, timer_cb, self);
  tell (self);
}

static void
forget (EklSlowMotion *self)
{
  self->step = 0;
  self->index = 0;
  self->waits = FALSE;
  g_clear_pointer (&self->predictions, ekl_predictions_free);
}

static void
take_step (EklSlowMotion *self)
{
  const EklPredictions *now = ekl_workbench_get_predictions (self->workbench);

  if (self->waits || ekl_workbench_get_state (self->workbench) == EKL_ENGINE_FINISHED)
    return;
  self->waits = TRUE;
  g_clear_pointer (&self->predictions, ekl_predictions_free);
  self->predictions = now != NULL ? ekl_predictions_copy (now) : NULL;
  ekl_workbench_tell_step (self->workbench);
}

/* Another step has come, or the same one in a plane that has changed. */
static void
pictures_changed_cb (EklSlowMotion *self)
{
  const EklStory *story = ekl_workbench_get_story (self->workbench);

  if (!self->active || story == NULL || story->step == self->step)
    return;
  self->step = story->step;
  self->waits = FALSE;
  begin_part (self, 0);
}

static void
run_started_cb (EklSlowMotion *self)
{
  forget (self);
  ekl_slow_motion_set_playing (self, FALSE);
  tell (self);
}

/* A run that has come to its end has nothing more to tell. */
static void
progress_cb (EklSlowMotion *self)
{
  if (self->waits && ekl_workbench_get_state (self->workbench) == EKL_ENGINE_FINISHED)
    self->waits = FALSE;
}

static void
ekl_slow_motion_dispose (GObject *object)
{
  EklSlowMotion *self = EKL_SLOW_MOTION (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  forget (self);
  G_OBJECT_CLASS (ekl_slow_motion_parent_class)->dispose (object);
}

static void
ekl_slow_motion_class_init (EklSlowMotionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ekl_slow_motion_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
ekl_slow_motion_init (EklSlowMotion *self)
{
  self->pace = USUAL_PACE;
}

/**
 * ekl_slow_motion_new:
 * @workbench: must outlive it
 *
 * Returns: (transfer full): slow motion, switched off
 */
EklSlowMotion *
ekl_slow_motion_new (EklWorkbench *workbench)
{
  EklSlowMotion *self = g_object_new (EKL_TYPE_SLOW_MOTION, NULL);

  self->workbench = workbench;
  g_signal_connect_object (workbench, "pictures-changed", G_CALLBACK (pictures_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workbench, "run-started", G_CALLBACK (run_started_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workbench, "progress", G_CALLBACK (progress_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * ekl_slow_motion_set_active:
 *
 * Switches it on, which pauses the run, or off.
 */
void
ekl_slow_motion_set_active (EklSlowMotion *self, gboolean active)
{
  if (self->active == active)
    return;
  self->active = active;
  forget (self);
  if (active)
    ekl_workbench_pause (self->workbench);
  else
    ekl_slow_motion_set_playing (self, FALSE);
  ekl_workbench_invalidate_pictures (self->workbench);
  tell (self);
}

/**
 * ekl_slow_motion_is_active:
 *
 * Returns: whether it is on
 */
gboolean
ekl_slow_motion_is_active (EklSlowMotion *self)
{
  return self->active;
}

/**
 * ekl_slow_motion_set_playing:
 *
 * Goes on from part to part, and from step to step, by the clock; or stands still.
 */
void
ekl_slow_motion_set_playing (EklSlowMotion *self, gboolean playing)
{
  if (self->playing == playing || (playing && !self->active))
    return;
  self->playing = playing;
  if (playing)
    ekl_slow_motion_next (self);
  if (playing && self->timer == 0)
    self->timer = g_timeout_add (FRAME_MS, timer_cb, self);
  tell (self);
}

/**
 * ekl_slow_motion_is_playing:
 *
 * Returns: whether it goes on by itself
 */
gboolean
ekl_slow_motion_is_playing (EklSlowMotion *self)
{
  return self->playing;
}

/**
 * ekl_slow_motion_set_pace:
 * @seconds: how long a part is shown while it plays
 */
void
ekl_slow_motion_set_pace (EklSlowMotion *self, double seconds)
{
  self->pace = CLAMP (seconds, 0.2, 60);
}

/**
 * ekl_slow_motion_next:
 *
 * The next part; after the last one, the next step.
 */
void
ekl_slow_motion_next (EklSlowMotion *self)
{
  const EklStory *story = ekl_slow_motion_get_story (self);

  if (!self->active || self->waits)
    return;
  if (story != NULL && self->index + 1 < story->n_phases)
    begin_part (self, self->index + 1);
  else
    take_step (self);
}

/**
 * ekl_slow_motion_finish:
 *
 * To the end of this step at once; from there, or before the first, one whole step.
 */
void
ekl_slow_motion_finish (EklSlowMotion *self)
{
  const EklStory *story = ekl_slow_motion_get_story (self);

  if (story == NULL || ekl_slow_motion_is_told (self)) {
    ekl_slow_motion_next (self);
    return;
  }
  self->index = story->n_phases - 1;
  self->began = 0;
  tell (self);
}

/**
 * ekl_slow_motion_get_story:
 *
 * Returns: (transfer none) (nullable): the step that is told; valid until "pictures-changed"
 */
const EklStory *
ekl_slow_motion_get_story (EklSlowMotion *self)
{
  const EklStory *story = self->active ? ekl_workbench_get_story (self->workbench) : NULL;

  return story != NULL && story->step == self->step && self->step > 0 ? story : NULL;
}

/**
 * ekl_slow_motion_get_index:
 *
 * Returns: which part of it, from 0
 */
guint
ekl_slow_motion_get_index (EklSlowMotion *self)
{
  return self->index;
}

/**
 * ekl_slow_motion_is_before:
 *
 * Returns: whether the ensemble stands where it stood before the step
 */
gboolean
ekl_slow_motion_is_before (EklSlowMotion *self)
{
  const EklStory *story = ekl_slow_motion_get_story (self);

  return story != NULL &&
         story->phase[self->index] < (story->has_ensemble ? EKL_PHASE_MOVE : EKL_PHASE_DESCEND);
}

/**
 * ekl_slow_motion_is_told:
 *
 * Returns: whether the last part has come to its end, so that all may be shown as it is
 */
gboolean
ekl_slow_motion_is_told (EklSlowMotion *self)
{
  const EklStory *story = ekl_slow_motion_get_story (self);

  return story == NULL || (self->index + 1 == story->n_phases && get_progress (self) >= 1);
}

/**
 * ekl_slow_motion_make_plane:
 *
 * Returns: (transfer full) (nullable): the parameter plane at this moment of the step
 */
EklPlane *
ekl_slow_motion_make_plane (EklSlowMotion *self)
{
  const EklStory *story = ekl_slow_motion_get_story (self);
  const EklPlane *plane = ekl_workbench_get_plane (self->workbench);

  if (story == NULL || plane == NULL)
    return NULL;
  return ekl_story_pose (story, plane, self->index, get_progress (self));
}

/* Where gradient descent has not stepped yet, but the ensemble has moved. */
static const EklPredictions *
mix_predictions (EklSlowMotion *self)
{
  const EklPredictions *now = ekl_workbench_get_predictions (self->workbench);
  const EklPredictions *before = self->predictions;

  if (now == NULL || before == NULL || now->kind != before->kind ||
      now->n_points != before->n_points || now->n_data != before->n_data ||
      (now->descent == NULL) != (before->descent == NULL) ||
      (now->descent_field == NULL) != (before->descent_field == NULL))
    return NULL;
  self->mixed = *now;
  self->mixed.descent = before->descent;
  self->mixed.descent_field = before->descent_field;
  return &self->mixed;
}

/**
 * ekl_slow_motion_get_predictions:
 *
 * Returns: (transfer none) (nullable): what the networks answer in this part of the step: as before
 *   it, as long as a method has not moved; valid until "pictures-changed". %NULL: what they answer
 *   now
 */
const EklPredictions *
ekl_slow_motion_get_predictions (EklSlowMotion *self)
{
  const EklStory *story = ekl_slow_motion_get_story (self);

  if (story == NULL)
    return NULL;
  if (ekl_slow_motion_is_before (self))
    return self->predictions;
  return story->has_descent && story->phase[self->index] < EKL_PHASE_DESCEND
           ? mix_predictions (self)
           : NULL;
}

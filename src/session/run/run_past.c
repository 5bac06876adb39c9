/* run_past.c - looking back: what the pictures show of steps that are over
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The particles and gradient descent's parameters are kept at some steps, as they stood when the next
 * one began, so with everything that was changed in between. Nothing here changes a bit of the run.
 */
#include "run_private.h"

/* DESIGN.md states it. A hundred moments of a thousand particles of 321 parameters, all of the first
 * two thousand steps of fifty of them. */
#define MOMENTS_BYTES (128 << 20)

/**
 * ekl_run_keep_moments:
 *
 * From now on one can look back. To be called before the first step.
 */
void
ekl_run_keep_moments (EklRun *self)
{
  if (self->past.moments == NULL)
    self->past.moments = ekl_moments_new (self->network.n_parameters, MOMENTS_BYTES);
}

/* Before a step: where it begins. */
void
ekl_run_note_moment (EklRun *self)
{
  if (self->past.moments != NULL)
    ekl_moments_note (self->past.moments, self->record.step, ekl_run_get_ensemble (self),
                      ekl_run_get_descent (self));
}

/* Another start. */
void
ekl_run_forget_past (EklRun *self)
{
  if (self->past.moments != NULL)
    ekl_moments_clear (self->past.moments);
  g_clear_pointer (&self->past.losses, ekl_particle_losses_free);
  g_clear_pointer (&self->past.spectrum, ekl_spectrum_free);
}

void
ekl_run_free_past (EklRun *self)
{
  g_clear_pointer (&self->past.moments, ekl_moments_free);
  ekl_run_forget_past (self);
}

/**
 * ekl_run_look_back:
 * @back: whether the pictures are to show an earlier step
 * @step: which; where it is not kept, the nearest one that is
 *
 * Of the next frames, whether steps are taken meanwhile or not.
 */
void
ekl_run_look_back (EklRun *self, gboolean back, guint64 step)
{
  self->past.wanted = back;
  self->past.step = step;
}

/**
 * ekl_run_is_looking_back:
 *
 * Returns: whether the pictures show an earlier step
 */
gboolean
ekl_run_is_looking_back (const EklRun *self)
{
  return ekl_run_get_past (self) != NULL;
}

/* The moment that the pictures show. Valid until the next step; NULL where they show the newest one. */
const EklMoment *
ekl_run_get_past (const EklRun *self)
{
  const EklMoment *moment;

  if (!self->past.wanted || self->past.moments == NULL || self->past.step >= self->record.step)
    return NULL;
  moment = ekl_moments_find (self->past.moments, self->past.step);
  /* the newest step is never farther than it is */
  if (moment == NULL || moment->step >= self->record.step ||
      (moment->step < self->past.step &&
       self->record.step - self->past.step < self->past.step - moment->step))
    return NULL;
  return moment;
}

/* Whose particles the pictures show; NULL where EKI is off. */
const EklEnsemble *
ekl_run_get_seen_ensemble (const EklRun *self)
{
  const EklMoment *past = ekl_run_get_past (self);

  return past != NULL ? past->ensemble : ekl_run_get_ensemble (self);
}

/* Gradient descent's parameters that the pictures show, (P); NULL where it is off. */
const real *
ekl_run_get_seen_descent (const EklRun *self)
{
  const EklMoment *past = ekl_run_get_past (self);

  return past != NULL ? past->descent : ekl_run_get_descent (self);
}

/* Of the particles that are seen, which there must be, computed once a moment. */
const EklSpectrum *
ekl_run_get_past_spectrum (EklRun *self)
{
  const EklMoment *past = ekl_run_get_past (self);

  if (self->past.spectrum == NULL || self->past.spectrum_step != past->step) {
    ekl_spectrum_free (self->past.spectrum);
    self->past.spectrum = ekl_spectrum_new (past->ensemble, self->n_threads);
    self->past.spectrum_step = past->step;
  }
  return self->past.spectrum;
}

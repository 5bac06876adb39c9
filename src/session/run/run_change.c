/* run_change.c - what was changed in a run, what is still to change, and points moved by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run keeps the settings that it began with and the list of all changes since: those that have
 * acted, then those that lie ahead, from an experiment that was recorded. Both together make the
 * run again, to the bit.
 */
#include "run_private.h"

#include <string.h>

/* Before the start is made: the recorded changes lie ahead, but points that were moved are part of
 * the start. */
void
ekl_run_take_changes (EklRun *self, EklExperiment *experiment)
{
  GPtrArray *recorded = ekl_experiment_get_changes (experiment);

  self->start = ekl_experiment_copy (experiment);
  ekl_experiment_set_changes (self->start, NULL);
  self->changes = recorded != NULL ? ekl_changes_copy (recorded) : ekl_changes_new ();
  while (self->n_acted < self->changes->len &&
         ekl_change_is_point (self->changes->pdata[self->n_acted]))
    self->n_acted++;
}

/* What somebody does now is not what was recorded: what lies ahead is for another run. */
void
ekl_run_note_change (EklRun *self, EklChange *change)
{
  g_ptr_array_set_size (self->changes, (int) self->n_acted);
  if (change != NULL) {
    g_ptr_array_add (self->changes, change);
    self->n_acted++;
  }
}

/* At step 0, of another prior or J: all points are where that puts them. */
gboolean
ekl_run_make_start_anew (EklRun *self, GError **error)
{
  const guint n_points = self->n_acted;

  self->n_acted = 0;
  if (!ekl_run_make_start (self, error)) {
    self->n_acted = n_points;
    return FALSE;
  }
  if (n_points > 0)
    g_ptr_array_remove_range (self->changes, 0, n_points);
  return TRUE;
}

gboolean
ekl_run_has_moved_points (const EklRun *self)
{
  return self->n_acted > 0 && ekl_change_is_point (self->changes->pdata[0]);
}

static gboolean
check_point (
  const EklRun *self, const EklChange *change, guint particle, guint size, gsize n, GError **error)
{
  if (n != self->network.n_parameters) {
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
                 "%s has %" G_GSIZE_FORMAT " numbers, but this network has %" G_GSIZE_FORMAT
                 " parameters",
                 change->setting, n, self->network.n_parameters);
    return FALSE;
  }
  if (particle <= size)
    return TRUE;
  g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
               "%s was moved, but the ensemble has only %u particles", change->setting, size);
  return FALSE;
}

/*
 * ekl_run_place_points:
 * @ensemble: (nullable): of the start; its particles are moved
 * @u: (nullable): shape (P), gradient descent's point, moved
 *
 * Puts points that were moved by hand where they are.
 */
gboolean
ekl_run_place_points (EklRun *self, EklEnsemble *ensemble, real *u, GError **error)
{
  const guint size = ekl_experiment_get_uint (self->experiment, "ensemble-size");

  for (guint i = 0; i < self->n_acted; i++) {
    const EklChange *change = self->changes->pdata[i];
    g_autofree double *numbers = NULL;
    g_autofree real *moved = NULL;
    guint particle;
    gsize n;

    if (!ekl_change_is_point (change))
      break;
    if (!ekl_change_get_point (change, &particle, &numbers, &n, error) ||
        !check_point (self, change, particle, size, n, error))
      return FALSE;
    moved = g_new (real, n);
    for (gsize k = 0; k < n; k++)
      moved[k] = (real) numbers[k];
    if (particle > 0 && ensemble != NULL)
      ekl_ensemble_set_particle (ensemble, particle - 1, moved);
    else if (particle == 0 && u != NULL)
      memcpy (u, moved, n * sizeof *u);
  }
  return TRUE;
}

/**
 * ekl_run_move_point:
 * @setting: EKL_CHANGE_DESCENT for gradient descent's start, or EKL_CHANGE_PARTICLE and a particle's
 *   number from 1
 * @u: (array length=n_parameters): shape (P), where it is to be
 *
 * Moves a point of the start by hand, as long as no step has been taken. Where gradient descent
 * starts from that particle, or from the mean, it moves along. Another prior or J puts all points
 * back.
 *
 * Returns: %FALSE, with everything as it was, where that cannot be done any more
 */
gboolean
ekl_run_move_point (
  EklRun *self, const char *setting, const double *u, gsize n_parameters, GError **error)
{
  g_autoptr (GPtrArray) former = NULL;
  const guint n_former = self->n_acted;

  if (self->record.step > 0) {
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
                 "%s can be moved before the first step only; reset the run first", setting);
    return FALSE;
  }
  former = ekl_changes_copy (self->changes);
  ekl_run_note_change (self, ekl_change_new_point (setting, u, n_parameters));
  for (guint i = 0; i + 1 < self->n_acted; i++) {
    const EklChange *change = self->changes->pdata[i];

    if (g_str_equal (change->setting, setting)) {
      g_ptr_array_remove_index (self->changes, i);
      self->n_acted--;
      break;
    }
  }
  if (ekl_run_make_start (self, error))
    return TRUE;
  g_ptr_array_unref (self->changes);
  self->changes = g_steal_pointer (&former);
  self->n_acted = n_former;
  return FALSE;
}

/* After a step: what was recorded for where the run stands now. What cannot act is left out. */
void
ekl_run_act_on_recorded (EklRun *self)
{
  while (self->n_acted < self->changes->len) {
    EklChange *change = self->changes->pdata[self->n_acted];
    g_autoptr (GError) error = NULL;

    if (change->step > self->record.step)
      return;
    if (ekl_run_act_on_change (self, change, &error)) {
      self->n_acted++;
      continue;
    }
    if (self->failure == NULL)
      self->failure = g_strdup_printf ("the change of %s recorded at step %" G_GUINT64_FORMAT
                                       " cannot be made, so the run goes on without it: %s",
                                       change->setting, change->step, error->message);
    g_ptr_array_remove_index (self->changes, self->n_acted);
  }
}

/**
 * ekl_run_get_changes:
 * @n_acted: (out) (optional): how many have acted; the others lie ahead
 *
 * Returns: (transfer none) (element-type EklChange): all changes since the start
 */
GPtrArray *
ekl_run_get_changes (const EklRun *self, guint *n_acted)
{
  if (n_acted != NULL)
    *n_acted = self->n_acted;
  return self->changes;
}

/**
 * ekl_run_set_ahead:
 * @changes: (nullable) (element-type EklChange): copied; what is for steps that are over is left out
 *
 * Says what is to change from now on, instead of what was recorded before.
 */
void
ekl_run_set_ahead (EklRun *self, GPtrArray *changes)
{
  ekl_run_note_change (self, NULL);
  for (guint i = 0; changes != NULL && i < changes->len; i++) {
    const EklChange *change = changes->pdata[i];

    if (change->step >= self->record.step && !ekl_change_is_point (change))
      g_ptr_array_add (self->changes, ekl_change_copy (change));
  }
  ekl_run_act_on_recorded (self);
}

/**
 * ekl_run_take_failure:
 *
 * Returns: (transfer full) (nullable): why a recorded change could not be made, told once
 */
char *
ekl_run_take_failure (EklRun *self)
{
  return g_steal_pointer (&self->failure);
}

/**
 * ekl_run_make_experiment:
 *
 * Returns: (transfer full): the settings that the run began with, and all changes: an experiment
 *   that makes the same run, to the bit
 */
EklExperiment *
ekl_run_make_experiment (const EklRun *self)
{
  EklExperiment *experiment = ekl_experiment_copy (self->start);
  g_autoptr (GPtrArray) changes = ekl_changes_copy (self->changes);
  g_autofree char *comment = ekl_dataset_describe (self->dataset);

  ekl_changes_simplify (changes);
  ekl_experiment_set_changes (experiment, changes);
  ekl_experiment_set_data_comment (experiment, comment);
  return experiment;
}

/**
 * ekl_run_make_state:
 *
 * Returns: (transfer full): all of the run as it is now, copied
 */
EklRunState *
ekl_run_make_state (const EklRun *self)
{
  EklRunState *state = g_new0 (EklRunState, 1);
  const EklEnsemble *ensemble = ekl_run_get_ensemble (self);
  const real *u = ekl_run_get_descent (self);
  const gsize n_parameters = self->network.n_parameters;

  state->step = self->record.step;
  state->experiment = ekl_run_make_experiment (self);
  state->n_parameters = (guint) n_parameters;
  if (ensemble != NULL) {
    state->n_particles = ekl_ensemble_get_size (ensemble);
    state->ensemble = g_try_new (double, state->n_particles *n_parameters);
  }
  if (state->ensemble != NULL)
    ekl_ensemble_get_rows (ensemble, state->ensemble);
  if (u != NULL) {
    state->descent = g_new (double, n_parameters);
    for (gsize i = 0; i < n_parameters; i++)
      state->descent[i] = u[i];
  }
  return state;
}

/**
 * ekl_run_state_free:
 * @self: (nullable): a state
 */
void
ekl_run_state_free (EklRunState *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->experiment);
  g_free (self->ensemble);
  g_free (self->descent);
  g_free (self);
}

/* ekl-workbench-undo.c - what the user has done, taken back and done again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-workbench-private.h"

#include <glib/gi18n.h>

/* A re-spread acts on the particles, like a step: to count it back would not bring them back. */
static gboolean
can_be_taken_back (const char *setting)
{
  return !g_str_equal (setting, "respread");
}

/*
 * ekl_workbench_note_change:
 * @setting: has changed, by the user
 *
 * Another step that can be undone. Recorded changes that lie ahead are for another run now; undo brings
 * them back, whatever the change was.
 */
void
ekl_workbench_note_change (EklWorkbench *self, const char *setting)
{
  const gboolean brings_back = self->n_ahead > 0;
  g_autoptr (EklExperiment) recorded = NULL;
  EklUndoStep *step = NULL;

  if (ekl_experiment_find_setting (setting)->effect != EKL_SETTING_EFFECT_CONTROL)
    recorded = ekl_workbench_drop_recorded (self);
  if (brings_back || can_be_taken_back (setting)) {
    step = ekl_undo_stack_add (self->undo, setting, self->former, self->experiment,
                               g_get_monotonic_time ());
    self->undo_direction = 0;
  } else {
    ekl_undo_stack_seal (self->undo);
  }
  ekl_experiment_assign (self->former, self->experiment);
  if (step != NULL && recorded != NULL)
    g_set_object (&step->recorded, recorded);
  ekl_workbench_tell (self, "undo-changed");
}

/*
 * ekl_workbench_note_opened:
 * @problem: is about to start
 *
 * Opening data can be undone as well: the former run then begins anew.
 */
void
ekl_workbench_note_opened (EklWorkbench *self, const EklProblem *problem)
{
  g_autoptr (EklProblem) before = NULL;
  g_autofree char *label = NULL;

  if (self->dataset == NULL && self->starting == NULL)
    return;
  before = ekl_workbench_make_problem (self);
  label = g_strdup_printf (_ ("Open %s"), ekl_dataset_get_name (problem->dataset));
  ekl_undo_stack_add_open (self->undo, label, before, problem);
  self->undo_direction = 0;
  ekl_workbench_tell (self, "undo-changed");
}

/*
 * ekl_workbench_refuse_step:
 *
 * The engine did not do what was asked last: it is no step, or an undo that has not happened. What was
 * recorded, and dropped by it, lies ahead again.
 */
void
ekl_workbench_refuse_step (EklWorkbench *self)
{
  const EklUndoStep *last = ekl_undo_stack_peek_undo (self->undo);
  g_autoptr (EklExperiment) recorded = NULL;

  if (self->undo_direction < 0) {
    ekl_undo_stack_redo (self->undo);
  } else if (self->undo_direction > 0) {
    ekl_undo_stack_undo (self->undo);
  } else {
    if (last != NULL && last->recorded != NULL)
      recorded = g_object_ref (last->recorded);
    ekl_undo_stack_drop_last (self->undo);
  }
  self->undo_direction = 0;
  if (recorded != NULL)
    ekl_workbench_resume_recorded (self, recorded);
  ekl_workbench_tell (self, "undo-changed");
}

/*
 * ekl_workbench_refuse_change:
 *
 * The run that was to begin has not, or its data could not be made: the settings go back to those of
 * the run that stands or is about to, or to what the user had before opening other data.
 */
void
ekl_workbench_refuse_change (EklWorkbench *self)
{
  const EklUndoStep *last = ekl_undo_stack_peek_undo (self->undo);

  if (self->undo_direction == 0 && last != NULL && last->problem_after != NULL)
    ekl_workbench_follow (self, last->before);
  ekl_workbench_show_run (self);
  ekl_workbench_refuse_step (self);
}

/*
 * ekl_workbench_settle_undo:
 *
 * What was asked last has happened.
 */
void
ekl_workbench_settle_undo (EklWorkbench *self)
{
  self->undo_direction = 0;
}

static EklSettingEffect
find_strongest (const EklUndoStep *step)
{
  EklSettingEffect strongest = EKL_SETTING_EFFECT_LIVE;

  for (guint i = 0; i < step->settings->len; i++) {
    const EklSettingEffect effect = ekl_experiment_find_setting (step->settings->pdata[i])->effect;

    if (effect != EKL_SETTING_EFFECT_CONTROL)
      strongest = MAX (strongest, effect);
  }
  return strongest;
}

static void
show_values (EklWorkbench *self, const EklUndoStep *step, EklExperiment *values)
{
  self->following = TRUE;
  for (guint i = 0; i < step->settings->len; i++)
    ekl_experiment_copy_setting (self->experiment, values, step->settings->pdata[i]);
  self->following = FALSE;
  ekl_experiment_assign (self->former, self->experiment);
  ekl_workbench_adapt (self);
}

static void
open_again (EklWorkbench *self, const EklProblem *problem)
{
  ekl_workbench_forget_loading (self);
  ekl_workbench_follow (self, problem->experiment);
  ekl_workbench_start_problem (self, ekl_problem_copy (problem));
}

/* A run cannot be brought back to the step where it was: where another one was begun, the former
 * begins anew, with its settings. What acts at once acts at once in this direction too. */
static void
apply (EklWorkbench *self, const EklUndoStep *step, gboolean backwards)
{
  g_autoptr (EklExperiment) dropped = NULL;

  if (step->problem_after != NULL) {
    open_again (self, backwards ? step->problem_before : step->problem_after);
    return;
  }
  dropped = ekl_workbench_drop_recorded (self);
  show_values (self, step, backwards ? step->before : step->after);
  switch (find_strongest (step)) {
  case EKL_SETTING_EFFECT_RELOAD:
    ekl_workbench_rebuild (self);
    break;
  case EKL_SETTING_EFFECT_RESTART:
    if (backwards)
      g_set_object (&self->recorded, step->recorded);
    ekl_workbench_restart (self);
    break;
  case EKL_SETTING_EFFECT_LIVE:
  case EKL_SETTING_EFFECT_PRIOR:
  case EKL_SETTING_EFFECT_CONTROL:
  default:
    for (guint i = 0; i < step->settings->len; i++)
      ekl_workbench_act (self, step->settings->pdata[i]);
    if (backwards && step->recorded != NULL)
      ekl_workbench_resume_recorded (self, step->recorded);
    break;
  }
}

/**
 * ekl_workbench_undo:
 *
 * Takes back what the user did last: settings that act at once act, others make a new run. Recorded
 * changes that were dropped by it lie ahead again.
 */
void
ekl_workbench_undo (EklWorkbench *self)
{
  EklUndoStep *step = ekl_undo_stack_undo (self->undo);

  if (step == NULL)
    return;
  self->undo_direction = -1;
  apply (self, step, TRUE);
  ekl_workbench_tell (self, "undo-changed");
}

/**
 * ekl_workbench_redo:
 *
 * Does again what was undone last.
 */
void
ekl_workbench_redo (EklWorkbench *self)
{
  EklUndoStep *step = ekl_undo_stack_redo (self->undo);

  if (step == NULL)
    return;
  self->undo_direction = 1;
  apply (self, step, FALSE);
  ekl_workbench_tell (self, "undo-changed");
}

/**
 * ekl_workbench_get_undo_label:
 *
 * Returns: (nullable): what would be undone; %NULL: nothing
 */
const char *
ekl_workbench_get_undo_label (EklWorkbench *self)
{
  const EklUndoStep *step = ekl_undo_stack_peek_undo (self->undo);

  return step != NULL ? step->label : NULL;
}

/**
 * ekl_workbench_get_redo_label:
 *
 * Returns: (nullable): what would be done again; %NULL: nothing
 */
const char *
ekl_workbench_get_redo_label (EklWorkbench *self)
{
  const EklUndoStep *step = ekl_undo_stack_peek_redo (self->undo);

  return step != NULL ? step->label : NULL;
}

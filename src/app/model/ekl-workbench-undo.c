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

static gboolean
makes_run (EklSettingEffect effect)
{
  return effect == EKL_SETTING_EFFECT_RESTART || effect == EKL_SETTING_EFFECT_RELOAD;
}

/* @of_run: another run or other data are to come for it, and may not */
static void
ask (EklWorkbench *self, const EklUndoStep *step, int direction, gboolean of_run)
{
  self->asked = (EklAsk){ step != NULL ? step->id : 0, direction };
  if (step != NULL && of_run)
    g_array_append_val (self->asks, self->asked);
}

/*
 * ekl_workbench_count_asks:
 *
 * Returns: how many times another run or other data were asked for
 */
guint
ekl_workbench_count_asks (EklWorkbench *self)
{
  return self->n_answered + self->asks->len;
}

/*
 * ekl_workbench_answer_asks:
 * @n: of all that there were, from the first
 *
 * A run has begun that has them: they have happened.
 */
void
ekl_workbench_answer_asks (EklWorkbench *self, guint n)
{
  if (n <= self->n_answered)
    return;
  g_array_remove_range (self->asks, 0, n - self->n_answered);
  self->n_answered = n;
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
  } else {
    ekl_undo_stack_seal (self->undo);
  }
  ekl_experiment_assign (self->former, self->experiment);
  ask (self, step, 0, makes_run (ekl_experiment_find_setting (setting)->effect));
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
  EklUndoStep *step;

  if (self->dataset == NULL && self->starting == NULL)
    return;
  before = ekl_workbench_make_problem (self);
  label = g_strdup_printf (_ ("Open %s"), ekl_dataset_get_name (problem->dataset));
  step = ekl_undo_stack_add_open (self->undo, label, before, problem);
  ask (self, step, 0, TRUE);
  ekl_workbench_tell (self, "undo-changed");
}

/*
 * ekl_workbench_refuse_ask:
 *
 * What was asked was not done: it is no step, or an undo that has not happened. What was recorded, and
 * dropped by it, lies ahead again.
 */
void
ekl_workbench_refuse_ask (EklWorkbench *self, EklAsk ask)
{
  const EklUndoStep *step = ekl_undo_stack_find (self->undo, ask.step);
  g_autoptr (EklExperiment) recorded = NULL;

  if (step == NULL)
    return;
  if (ask.direction == 0 && step->recorded != NULL)
    recorded = g_object_ref (step->recorded);
  ekl_undo_stack_refuse (self->undo, ask.step, ask.direction);
  if (recorded != NULL)
    ekl_workbench_resume_recorded (self, recorded);
  ekl_workbench_tell (self, "undo-changed");
}

/*
 * ekl_workbench_refuse_change:
 *
 * The run that was to begin has not, or its data could not be made: the settings go back to those of
 * the run that stands or is about to, or to what the user had before opening other data. All that was
 * asked for since that run has not happened, the last first.
 */
void
ekl_workbench_refuse_change (EklWorkbench *self)
{
  const guint n = self->starting != NULL ? self->starting_asks : self->n_answered;

  while (ekl_workbench_count_asks (self) > n) {
    const EklAsk last = g_array_index (self->asks, EklAsk, self->asks->len - 1);
    const EklUndoStep *step = ekl_undo_stack_find (self->undo, last.step);

    if (last.direction == 0 && step != NULL && step->problem_after != NULL)
      ekl_workbench_follow (self, step->before);
    g_array_set_size (self->asks, self->asks->len - 1);
    ekl_workbench_refuse_ask (self, last);
  }
  ekl_workbench_show_run (self);
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
  ask (self, step, -1, step->problem_after != NULL || makes_run (find_strongest (step)));
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
  ask (self, step, 1, step->problem_after != NULL || makes_run (find_strongest (step)));
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

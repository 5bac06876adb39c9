/* ekl-workbench-settings.c - what a changed setting does, and how it is taken back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-workbench-private.h"

#include "remarks.h"

/**
 * ekl_workbench_follow:
 * @experiment: settings that the run has, or will have
 *
 * Shows settings without acting on them.
 */
void
ekl_workbench_follow (EklWorkbench *self, EklExperiment *experiment)
{
  self->following = TRUE;
  ekl_experiment_assign (self->experiment, experiment);
  self->following = FALSE;
  ekl_experiment_assign (self->former, self->experiment);
}

/**
 * ekl_workbench_adapt:
 *
 * Shows, in what nobody has chosen, what the data and the step rule make of it. It is no change that
 * could be undone: it follows from those that can.
 */
void
ekl_workbench_adapt (EklWorkbench *self)
{
  const EklStepRule step_rule = ekl_experiment_get_enum (self->experiment, "step-rule");
  EklDataset *next = self->starting != NULL ? self->starting->dataset : self->dataset;

  if (next == NULL)
    return;
  self->following = TRUE;
  ekl_experiment_adapt (self->experiment, ekl_dataset_get_task (next), step_rule);
  self->following = FALSE;
  ekl_experiment_adapt (self->former, ekl_dataset_get_task (next), step_rule);
  if (self->dataset != NULL)
    ekl_experiment_adapt (self->defaults, ekl_dataset_get_task (self->dataset), step_rule);
}

/**
 * ekl_workbench_put_back:
 *
 * Shows one setting as it is in @from, without acting on it.
 */
void
ekl_workbench_put_back (EklWorkbench *self, const char *setting, EklExperiment *from)
{
  self->following = TRUE;
  ekl_experiment_copy_setting (self->experiment, from, setting);
  self->following = FALSE;
  ekl_experiment_copy_setting (self->former, self->experiment, setting);
  ekl_workbench_adapt (self);
}

/* A run that was asked for, and that nobody has heard of yet, stands at its start. */
static gboolean
has_begun (EklWorkbench *self)
{
  return self->starting == NULL && (self->record.step > 0 || self->state == EKL_ENGINE_RUNNING);
}

/**
 * ekl_workbench_move_in_plane:
 * @point: which one, see ekl_run_move_point()
 * @to: where in the parameter plane
 *
 * Moves a point of the start, as long as no step has been taken. That is another run than the one
 * that was recorded.
 */
void
ekl_workbench_move_in_plane (EklWorkbench *self, const char *point, EklPoint to)
{
  g_autoptr (EklExperiment) recorded = NULL;

  if (self->run_number == 0 || has_begun (self))
    return;
  recorded = ekl_workbench_drop_recorded (self);
  ekl_engine_move_in_plane (self->engine, point, to);
  self->frame_wanted = TRUE;
  ekl_workbench_tell (self, "progress");
}

static void
send_value (EklWorkbench *self, const char *name)
{
  const GValue *value = ekl_experiment_get_base (self->experiment, name);

  if (ekl_experiment_is_explicit (self->experiment, name))
    ekl_engine_set (self->engine, name, value);
  else
    ekl_engine_set_unset (self->engine, name, value);
  ekl_experiment_copy_setting (self->accepted, self->experiment, name);
  ekl_workbench_copy_to_starts (self, name);
}

/* To the run that stands, or to the one that was asked for: it stands when this gets there. */
static void
send_setting (EklWorkbench *self, const char *name)
{
  if (ekl_engine_get_run_number (self->engine) == 0)
    return;
  g_free (self->last_set);
  self->last_set = g_strdup (name);
  self->last_set_ask = self->asked;
  send_value (self, name);
  /* one number ends the list of several, but an undo may have brought both back */
  if (g_str_equal (name, "noise-std") &&
      *ekl_experiment_get_string (self->experiment, "noise-std-list") != '\0')
    send_value (self, "noise-std-list");
  self->frame_wanted = TRUE;
  ekl_workbench_tell (self, "progress");
}

/* Whether the prior is part of every step, so that it acts in the middle of a run. */
static gboolean
has_prior_in_steps (EklWorkbench *self)
{
  return ekl_experiment_has_method (self->experiment, EKL_METHOD_EKI) &&
         (ekl_experiment_get_boolean (self->experiment, "prior-term") ||
          ekl_experiment_get_enum (self->experiment, "form") == EKL_FORM_ALDI);
}

static void
send_prior (EklWorkbench *self, const char *name)
{
  if (!has_begun (self)) {
    send_setting (self, name);
    return;
  }
  if (has_prior_in_steps (self)) {
    send_setting (self, name);
    g_hash_table_remove (self->waiting, name);
    ekl_workbench_tell (self, "waiting-changed");
    return;
  }
  if (g_param_values_cmp (ekl_experiment_get_pspec (name),
                          ekl_experiment_get_value (self->experiment, name),
                          ekl_experiment_get_value (self->accepted, name)) != 0)
    g_hash_table_add (self->waiting, g_strdup (name));
  else
    g_hash_table_remove (self->waiting, name);
  ekl_workbench_tell (self, "waiting-changed");
}

/* The prior has become part of the steps: what waited for a reset need not. */
static void
send_waiting (EklWorkbench *self)
{
  g_autoptr (GList) names = NULL;

  if (g_hash_table_size (self->waiting) == 0 || !has_prior_in_steps (self))
    return;
  names = g_list_sort (g_hash_table_get_keys (self->waiting), (GCompareFunc) g_strcmp0);
  for (GList *name = names; name != NULL; name = name->next)
    send_setting (self, name->data);
  g_hash_table_remove_all (self->waiting);
  ekl_workbench_tell (self, "waiting-changed");
}

/**
 * ekl_workbench_setting_changed_cb:
 *
 * A property of the experiment has changed by the user: can be undone, and acts.
 */
void
ekl_workbench_setting_changed_cb (EklWorkbench *self, GParamSpec *pspec)
{
  g_autoptr (GError) error = NULL;

  if (self->following)
    return;
  if (!ekl_experiment_check (self->experiment, &error)) {
    ekl_workbench_put_back (self, pspec->name, self->former);
    ekl_workbench_fail (self, error->message);
    return;
  }
  ekl_workbench_note_change (self, pspec->name);
  ekl_workbench_adapt (self);
  ekl_workbench_act (self, pspec->name);
}

/* Says what is new about how the settings go together. */
static void
remark (EklWorkbench *self)
{
  g_auto (GStrv) before = g_steal_pointer (&self->remarks);

  self->remarks = ekl_experiment_get_remarks (self->experiment);
  for (guint k = 0; self->remarks[k] != NULL; k++)
    if (before == NULL || !g_strv_contains ((const char *const *) before, self->remarks[k])) {
      ekl_workbench_say (self, self->remarks[k]);
      return;
    }
}

/**
 * ekl_workbench_act:
 * @setting: has another value in the experiment
 *
 * Does what its EklSettingEffect says.
 */
void
ekl_workbench_act (EklWorkbench *self, const char *setting)
{
  const EklSettingInfo *info = ekl_experiment_find_setting (setting);

  switch (info->effect) {
  case EKL_SETTING_EFFECT_LIVE:
    send_setting (self, info->name);
    send_waiting (self);
    break;
  case EKL_SETTING_EFFECT_PRIOR:
    send_prior (self, info->name);
    break;
  case EKL_SETTING_EFFECT_RESTART:
    ekl_workbench_restart (self);
    break;
  case EKL_SETTING_EFFECT_RELOAD:
    ekl_workbench_rebuild (self);
    break;
  case EKL_SETTING_EFFECT_CONTROL:
  default:
    break;
  }
  remark (self);
}

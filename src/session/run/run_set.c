/* run_set.c - settings that change while a run stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run_private.h"

#include "setting_text.h"

#define RESPREAD_STD 0.3 /* of the prior, as the setting's help says */

static gboolean
set_not_live (GError **error, const EklSettingInfo *info)
{
  g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
               "%s cannot change in the middle of a run; it takes effect when the run is made anew",
               info->name);
  return FALSE;
}

/* The value as text, so that it is checked by the one parser that all settings have. */
static char *
value_to_text (const EklSettingSpec *spec, const GValue *value, GError **error)
{
  GParamSpec *pspec = ekl_experiment_get_pspec (spec->info.name);
  g_auto (GValue) converted = G_VALUE_INIT;

  g_value_init (&converted, pspec->value_type);
  if (g_value_transform (value, &converted))
    return ekl_setting_format (spec, &converted);
  g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
               "%s cannot be set from a value of type %s", spec->info.name,
               G_VALUE_TYPE_NAME (value));
  return NULL;
}

/* J: before the first step a new start of that size, as a run made with it would have; later the
 * particles that are there stay. */
static gboolean
resize (EklRun *self, GError **error)
{
  const guint size = ekl_experiment_get_uint (self->experiment, "ensemble-size");

  if (self->record.step == 0)
    return ekl_run_make_start_anew (self, error);
  if (self->inversion == NULL)
    return TRUE;
  if (!ekl_inversion_resize (self->inversion, &self->inversion_settings, size, error))
    return FALSE;
  self->record.method[EKL_METHOD_EKI].diverged = FALSE;
  ekl_ensemble_get_mean (ekl_inversion_get_ensemble (self->inversion), self->mean);
  ekl_parameter_path_append (self->path[EKL_METHOD_EKI], self->record.step, self->mean);
  return TRUE;
}

/* "respread" has grown: a new spread about the mean, once. */
static void
respread (EklRun *self)
{
  const guint before = self->respreads;

  self->respreads = ekl_experiment_get_uint (self->experiment, "respread");
  if (self->respreads <= before || self->record.step == 0 || self->inversion == NULL)
    return;
  ekl_inversion_redraw (self->inversion, &self->inversion_settings, RESPREAD_STD, self->respreads);
  self->record.method[EKL_METHOD_EKI].diverged = FALSE;
  ekl_ensemble_get_mean (ekl_inversion_get_ensemble (self->inversion), self->mean);
}

/* Another form or term may want arrays that J particles alone did not. */
static gboolean
act (EklRun *self, const EklSettingInfo *info, GError **error)
{
  if (info->group == EKL_SETTING_GROUP_ENSEMBLE && self->inversion != NULL &&
      !ekl_run_check_memory (self->experiment, self->dataset, error))
    return FALSE;
  if (g_str_equal (info->name, "ensemble-size"))
    return resize (self, error);
  if (info->effect == EKL_SETTING_EFFECT_PRIOR && self->record.step == 0)
    return ekl_run_make_start_anew (self, error);
  if (g_str_has_prefix (info->name, "noise-"))
    return ekl_run_read_noise (self, error);
  if (g_str_equal (info->name, "respread"))
    respread (self);
  if (g_str_equal (info->name, "stop-time"))
    ekl_run_allow_time (self);
  if (g_str_equal (info->name, "l2") && self->contours != NULL)
    ekl_contours_restart (self->contours);
  /* the start's loss is the one that the run will begin with */
  if (g_str_equal (info->name, "l2") && self->record.step == 0)
    ekl_run_compute_losses (self);
  return TRUE;
}

/* Whether the prior has a say in every step: by [13], or in the posterior that [16] samples. */
static gboolean
has_prior_in_steps (const EklRun *self)
{
  return self->inversion != NULL &&
         (self->inversion_settings.prior_term || self->inversion_settings.form == EKL_FORM_ALDI);
}

/* One setting of the prior acts; others may wait for the next run. */
static void
take_prior (EklRun *self, const char *setting)
{
  EklPrior *prior = &self->inversion_settings.prior;
  EklInversionSettings noted;

  ekl_experiment_get_inversion_settings (self->experiment, self->task, &noted);
  if (g_str_equal (setting, "prior-weight-std"))
    prior->weight_std = noted.prior.weight_std;
  else if (g_str_equal (setting, "prior-bias-std"))
    prior->bias_std = noted.prior.bias_std;
  else if (g_str_equal (setting, "prior-mean"))
    prior->mean = noted.prior.mean;
  else if (g_str_equal (setting, "prior-shape"))
    prior->shape = noted.prior.shape;
  else if (g_str_equal (setting, "prior-scaling"))
    prior->scaling = noted.prior.scaling;
}

/**
 * ekl_run_marks_setting:
 *
 * Returns: whether a change of the setting now has a say in what is running, and is to be marked on
 *   the curves
 */
gboolean
ekl_run_marks_setting (const EklRun *self, const char *setting)
{
  const EklSettingInfo *info = ekl_experiment_find_setting (setting);

  if (info == NULL || self->record.step == 0)
    return FALSE;
  if (info->effect == EKL_SETTING_EFFECT_PRIOR)
    return has_prior_in_steps (self);
  if (info->effect != EKL_SETTING_EFFECT_LIVE)
    return FALSE;
  return info->group == EKL_SETTING_GROUP_ENSEMBLE ? self->inversion != NULL
                                                   : self->descent != NULL;
}

/* A prior that no step asks is of the next run: this one keeps the one that it has. */
static gboolean
waits_for_next_run (const EklRun *self, const char *setting)
{
  return self->record.step > 0 &&
         ekl_experiment_find_setting (setting)->effect == EKL_SETTING_EFFECT_PRIOR &&
         !has_prior_in_steps (self);
}

/* Whether the former settings have another value, or, where that may differ, another reason for it. */
static gboolean
differs (EklRun *self, EklExperiment *former, const char *setting)
{
  const EklSettingSpec *spec = ekl_setting_find (setting);
  g_autofree char *before = ekl_experiment_get_text (former, setting);
  g_autofree char *after = ekl_experiment_get_text (self->experiment, setting);

  if (spec->list != NULL && differs (self, former, spec->list))
    return TRUE;
  return !g_str_equal (before, after) ||
         (spec->adapts && ekl_experiment_is_explicit (former, setting) !=
                            ekl_experiment_is_explicit (self->experiment, setting));
}

/* The losses of a step are those that it has led to, before anything is changed there: what is run again
 * from its file has no other moment to evaluate them at. */
static void
evaluate_before (EklRun *self, const char *setting)
{
  static const char *const names[] = { "ensemble-size", "respread", "form", "l2", NULL };

  if (self->record.step > 0 && g_strv_contains (names, setting))
    ekl_run_evaluate (self);
}

/* Sets, and acts; on failure everything is as it was. @changed: whether that was anything new. */
static gboolean
change_setting (EklRun *self,
                const char *setting,
                const char *text,
                gboolean unset,
                gboolean *changed,
                GError **error)
{
  g_autoptr (EklExperiment) former = ekl_experiment_copy (self->experiment);

  *changed = FALSE;
  if (!ekl_experiment_set_text (self->experiment, setting, text, error))
    return FALSE;
  if (unset)
    ekl_experiment_unset (self->experiment, setting);
  if (waits_for_next_run (self, setting))
    ekl_experiment_copy_setting (self->experiment, former, setting);
  *changed = differs (self, former, setting);
  if (!*changed)
    return TRUE;
  evaluate_before (self, setting);
  ekl_run_read_settings (self);
  ekl_run_forget_look (self);
  if (act (self, ekl_experiment_find_setting (setting), error)) {
    if (ekl_setting_find (setting)->info.effect == EKL_SETTING_EFFECT_PRIOR &&
        has_prior_in_steps (self))
      take_prior (self, setting);
    return TRUE;
  }
  ekl_experiment_assign (self->experiment, former);
  ekl_run_read_settings (self);
  return FALSE;
}

/* A recorded change acts; "before" becomes what it was before this time. */
gboolean
ekl_run_act_on_change (EklRun *self, EklChange *change, GError **error)
{
  g_autofree char *before = ekl_experiment_get_text (self->experiment, change->setting);
  gboolean changed;

  if (!change_setting (self, change->setting, change->after, change->unset, &changed, error))
    return FALSE;
  g_free (change->before);
  change->before = g_steal_pointer (&before);
  return TRUE;
}

/* Into the list; before the first step into the settings of the start. */
static void
note (EklRun *self, const char *setting, const char *before, const char *after, gboolean unset)
{
  const EklSettingSpec *spec = ekl_setting_find (setting);
  EklChange *change;

  if (self->record.step == 0) {
    ekl_experiment_copy_setting (self->start, self->experiment, setting);
    if (spec->list != NULL)
      ekl_experiment_copy_setting (self->start, self->experiment, spec->list);
    ekl_run_note_change (self, NULL);
    return;
  }
  change = ekl_change_new (self->record.step, setting, before, after);
  change->unset = unset;
  ekl_run_note_change (self, change);
}

static gboolean
set_value (EklRun *self,
           const char *setting,
           const GValue *value,
           gboolean unset,
           EklEvent *event,
           GError **error)
{
  const EklSettingSpec *spec = ekl_setting_find (setting);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gboolean changed;

  if (spec == NULL) {
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_UNKNOWN_SETTING,
                 "there is no setting \"%s\"", setting);
    return FALSE;
  }
  if (spec->info.effect == EKL_SETTING_EFFECT_RESTART ||
      spec->info.effect == EKL_SETTING_EFFECT_RELOAD)
    return set_not_live (error, &spec->info);
  after = value_to_text (spec, value, error);
  before = ekl_experiment_get_text (self->experiment, setting);
  if (after == NULL || !change_setting (self, setting, after, unset, &changed, error))
    return FALSE;
  if (!changed)
    return TRUE;
  note (self, setting, before, after, unset);
  if (event != NULL && ekl_run_marks_setting (self, setting)) {
    event->step = self->record.step;
    event->setting = g_strdup (g_param_spec_get_nick (ekl_experiment_get_pspec (setting)));
    event->before = g_steal_pointer (&before);
    event->after = g_steal_pointer (&after);
  }
  return TRUE;
}

/**
 * ekl_run_set:
 * @setting: its name
 * @value: its new value
 * @event: (out) (optional): filled, with strings to free, where the change is to be marked on the
 *   curves; otherwise its setting is %NULL
 *
 * Changes a setting of the run from the next step. Settings of the prior, and J, make a new start
 * as long as no step has been taken, and gradient descent's start moves with it; later a prior that
 * is no part of the steps stays as it is, since the other one is the next run's. The change is
 * recorded with the step that the run stands at; changes that were recorded before and lie ahead
 * are dropped.
 *
 * Returns: %FALSE, with everything as it was, where the value is bad, the memory is not to be had
 * or the setting cannot change in the middle of a run
 */
gboolean
ekl_run_set (
  EklRun *self, const char *setting, const GValue *value, EklEvent *event, GError **error)
{
  if (event != NULL)
    *event = (EklEvent){ 0 };
  return set_value (self, setting, value, FALSE, event, error);
}

/**
 * ekl_run_set_unset:
 *
 * As ekl_run_set(), with a value that is nobody's choice but a preset's or the default, so that
 * what depends on that adapts itself again.
 */
gboolean
ekl_run_set_unset (EklRun *self, const char *setting, const GValue *value, GError **error)
{
  return set_value (self, setting, value, TRUE, NULL, error);
}

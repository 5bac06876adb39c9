/* run_set.c - settings that change while a run stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run_private.h"

#include "setting_text.h"

static gboolean
set_not_live (GError **error, const EklSettingInfo *info)
{
  g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
               "%s cannot change in the middle of a run; it takes effect when the run is made anew",
               info->name);
  return FALSE;
}

/* The value as text, so that it is checked by the one parser that all settings have. */
static gboolean
set_experiment (EklRun *self, const EklSettingSpec *spec, const GValue *value, GError **error)
{
  GParamSpec *pspec = ekl_experiment_get_pspec (spec->info.name);
  g_auto (GValue) converted = G_VALUE_INIT;
  g_autofree char *text = NULL;

  g_value_init (&converted, pspec->value_type);
  if (!g_value_transform (value, &converted)) {
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
                 "%s cannot be set from a value of type %s", spec->info.name,
                 G_VALUE_TYPE_NAME (value));
    return FALSE;
  }
  text = ekl_setting_format (spec, &converted);
  return ekl_experiment_set_text (self->experiment, spec->info.name, text, error);
}

/* J: before the first step a new start of that size, as a run made with it would have; later the
 * particles that are there stay. */
static gboolean
resize (EklRun *self, GError **error)
{
  const guint size = ekl_experiment_get_uint (self->experiment, "ensemble-size");

  if (!ekl_run_check_memory (self->experiment, self->dataset, error))
    return FALSE;
  if (self->record.step == 0)
    return ekl_run_make_start (self, error);
  if (self->inversion == NULL)
    return TRUE;
  if (!ekl_inversion_resize (self->inversion, &self->inversion_settings, size, error))
    return FALSE;
  ekl_ensemble_get_mean (ekl_inversion_get_ensemble (self->inversion), self->mean);
  ekl_parameter_path_append (self->path[EKL_METHOD_EKI], self->record.step, self->mean);
  return TRUE;
}

static gboolean
act (EklRun *self, const EklSettingInfo *info, GError **error)
{
  if (g_str_equal (info->name, "ensemble-size"))
    return resize (self, error);
  if (info->effect == EKL_SETTING_EFFECT_PRIOR && self->record.step == 0)
    return ekl_run_make_start (self, error);
  if (g_str_has_prefix (info->name, "noise-"))
    return ekl_run_read_noise (self, error);
  if (g_str_equal (info->name, "stop-time"))
    ekl_run_allow_time (self);
  if (g_str_equal (info->name, "l2") && self->contours != NULL)
    ekl_contours_restart (self->contours);
  return TRUE;
}

/* Whether the setting has a say in what is running. */
static gboolean
is_marked (const EklRun *self, const EklSettingInfo *info)
{
  if (info->effect != EKL_SETTING_EFFECT_LIVE || self->record.step == 0)
    return FALSE;
  return info->group == EKL_SETTING_GROUP_ENSEMBLE ? self->inversion != NULL
                                                   : self->descent != NULL;
}

/**
 * ekl_run_set:
 * @setting: its name
 * @value: its new value
 * @event: (out) (optional): filled, with strings to free, where the change is to be marked on the
 *   curves; otherwise its setting is %NULL
 *
 * Changes a setting of the run from the next step. Settings of the prior, and J, make a new start
 * as long as no step has been taken, and gradient descent's start moves with it; later the prior is
 * only noted for the next run.
 *
 * Returns: %FALSE, with everything as it was, where the value is bad, the memory is not to be had
 * or the setting cannot change in the middle of a run
 */
gboolean
ekl_run_set (
  EklRun *self, const char *setting, const GValue *value, EklEvent *event, GError **error)
{
  const EklSettingSpec *spec = ekl_setting_find (setting);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (event != NULL)
    *event = (EklEvent){ 0 };
  if (spec == NULL) {
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_UNKNOWN_SETTING,
                 "there is no setting \"%s\"", setting);
    return FALSE;
  }
  if (spec->info.effect == EKL_SETTING_EFFECT_RESTART ||
      spec->info.effect == EKL_SETTING_EFFECT_RELOAD)
    return set_not_live (error, &spec->info);

  before = ekl_experiment_get_text (self->experiment, setting);
  if (!set_experiment (self, spec, value, error))
    return FALSE;
  after = ekl_experiment_get_text (self->experiment, setting);
  if (g_str_equal (before, after))
    return TRUE;
  ekl_run_read_settings (self);
  if (!act (self, &spec->info, error)) {
    ekl_experiment_set_text (self->experiment, setting, before, NULL);
    ekl_run_read_settings (self);
    return FALSE;
  }
  if (event != NULL && is_marked (self, &spec->info)) {
    event->step = self->record.step;
    event->setting = g_strdup (g_param_spec_get_nick (ekl_experiment_get_pspec (setting)));
    event->before = g_steal_pointer (&before);
    event->after = g_steal_pointer (&after);
  }
  return TRUE;
}

/* ekl-workbench-former.c - the run before this one, to compare with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-workbench-private.h"

#include <glib/gi18n.h>

#define MOST_NAMED 2 /* settings that were other */

/* Whether both losses are of the same rows and of the same kind. */
static gboolean
can_compare (EklWorkbench *self, const EklProblem *next)
{
  return self->dataset == next->dataset && ekl_experiment_get_enum (self->accepted, "loss") ==
                                             ekl_experiment_get_enum (next->experiment, "loss");
}

/*
 * ekl_workbench_keep_former:
 * @next: the problem whose run takes the place of this one, which is still there
 *
 * Keeps the curves of this run, where the next one's can be compared with them. A run that has not
 * begun takes no other's place.
 */
void
ekl_workbench_keep_former (EklWorkbench *self, const EklProblem *next)
{
  guint n_records, n_events;

  if (self->dataset == NULL || !can_compare (self, next)) {
    g_clear_pointer (&self->former_history, ekl_history_free);
    return;
  }
  ekl_event_merger_flush (self->merger);
  ekl_history_get_records (self->history, &n_records);
  ekl_history_get_events (self->history, &n_events);
  if (n_records < 2)
    return;
  g_clear_pointer (&self->former_history, ekl_history_free);
  self->former_history = ekl_history_copy_outline (self->history);
  g_set_object (&self->former_settings, self->accepted);
  self->former_had_events = n_events > 0;
}

static gboolean
changes_curves (const EklSettingInfo *setting)
{
  return setting->effect != EKL_SETTING_EFFECT_CONTROL &&
         setting->effect != EKL_SETTING_EFFECT_RELOAD;
}

/* "Particles J 50, Noise γ 0.3"; NULL: nothing was other. */
static char *
name_differences (EklWorkbench *self)
{
  guint n, n_named = 0;
  const EklSettingInfo *settings = ekl_experiment_list_settings (&n);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    const char *name = settings[i].name;
    GParamSpec *pspec = ekl_experiment_get_pspec (name);
    g_autofree char *raw = NULL;
    g_autofree char *value = NULL;

    if (!changes_curves (&settings[i]) ||
        g_param_values_cmp (pspec, ekl_experiment_get_value (self->former_settings, name),
                            ekl_experiment_get_value (self->accepted, name)) == 0)
      continue;
    if (n_named++ == MOST_NAMED) {
      g_string_append (text, ", …");
      break;
    }
    raw = ekl_experiment_get_text (self->former_settings, name);
    value = ekl_experiment_name_value (name, raw);
    g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "",
                            g_param_spec_get_nick (pspec), *value != '\0' ? value : _ ("none"));
  }
  return g_string_free (text, text->len == 0);
}

/**
 * ekl_workbench_get_former:
 * @name: (out): (transfer full) (nullable): what was other in that run; %NULL: only what was changed in
 *   its middle
 *
 * Returns: (transfer none) (nullable): the curves of the run before, valid until "run-started"; %NULL
 *   where there is none, or this one is the same again
 */
const EklHistory *
ekl_workbench_get_former (EklWorkbench *self, char **name)
{
  *name = NULL;
  if (self->former_history == NULL)
    return NULL;
  *name = name_differences (self);
  return *name != NULL || self->former_had_events ? self->former_history : NULL;
}

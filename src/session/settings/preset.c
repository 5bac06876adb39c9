/* preset.c - several settings that go by one name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "preset.h"

#include <glib/gi18n.h>

/* The algorithm [9] as it is taught (Kabanov 2020, after Iglesias, Law and Stuart 2013): h = 1, noise
 * on the observations and nowhere else. Nothing leads the particles out of the span of their start,
 * so that collapse and the subspace property can be watched. */
static const char *const lecture[] = {
  /* clang-format off */
  "form", "kalman",
  "step-rule", "fixed",
  "step-size", "1",
  "step-size-schedule", "constant",
  "stop-time", "0",
  "perturb-observations", "yes",
  "weight-noise", "0",
  "redraw", "0",
  "inflation", "0",
  "momentum-eki", "none",
  "prior-term", "no",
  /* clang-format on */
  NULL
};

static const EklPreset presets[] = {
  { "lecture", N_ ("EKI as in the lecture"),
    N_ ("The Kalman form with h = 1 and perturbed observations, and no noise on the weights: the "
        "particles stay in the span of their start, and collapse."),
    lecture },
};

/**
 * ekl_presets_list:
 * @n: (out): how many
 *
 * Returns: (array length=n) (transfer none): all of them
 */
const EklPreset *
ekl_presets_list (guint *n)
{
  *n = G_N_ELEMENTS (presets);
  return presets;
}

static gboolean
differs (EklExperiment *experiment, const char *setting, const char *text)
{
  g_autoptr (EklExperiment) other = ekl_experiment_copy (experiment);

  ekl_experiment_set_text (other, setting, text, NULL);
  return g_param_values_cmp (ekl_experiment_get_pspec (setting),
                             ekl_experiment_get_value (experiment, setting),
                             ekl_experiment_get_value (other, setting)) != 0;
}

/**
 * ekl_preset_choose:
 * @experiment: gets the preset's values
 *
 * Somebody chooses all of them at once; who follows the experiment hears of each when all are there.
 * What has the preset's value already, and what the preset does not name, stays as it is.
 *
 * Returns: how many settings have changed
 */
guint
ekl_preset_choose (const EklPreset *self, EklExperiment *experiment)
{
  guint n = 0;

  g_object_freeze_notify (G_OBJECT (experiment));
  for (const char *const *pair = self->settings; pair[0] != NULL; pair += 2)
    if (differs (experiment, pair[0], pair[1])) {
      g_autoptr (GError) error = NULL;

      if (!ekl_experiment_set_text (experiment, pair[0], pair[1], &error))
        g_critical ("a preset is wrong: %s", error->message);
      n++;
    }
  g_object_thaw_notify (G_OBJECT (experiment));
  return n;
}

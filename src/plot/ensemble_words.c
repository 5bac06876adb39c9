/* ensemble_words.c - the ensemble in sentences: the quantity that is shown, and how it is doing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "ensemble_curves.h"
#include "story_private.h"

#include <math.h>

static void
tell_spread (GString *text, const EklRecord *records, guint n)
{
  g_autofree char *before = ekl_format_number (records[0].method[EKL_METHOD_EKI].spread);
  g_autofree char *now = ekl_format_number (records[n - 1].method[EKL_METHOD_EKI].spread);
  const guint64 step = records[n - 1].step;

  if (n == 1)
    g_string_append_printf (text, "The spread of the particles at the start is %s.", now);
  else
    g_string_append_printf (
      text, "The spread of the particles went from %s to %s in %" G_GUINT64_FORMAT " step%s.",
      before, now, step, step == 1 ? "" : "s");
}

/* How thin the cloud is: its widest and its narrowest direction. */
static void
tell_axes (GString *text, const char *when, const EklSpectrum *spectrum)
{
  g_autofree char *widest = NULL;
  g_autofree char *narrowest = NULL;

  if (!spectrum || spectrum->n_values == 0)
    return;
  widest = ekl_format_number (spectrum->value[0]);
  narrowest = ekl_format_number (spectrum->value[spectrum->n_values - 1]);
  g_string_append_printf (text, " %s they go from %s down to %s.", when, widest, narrowest);
}

static void
tell_spectrum (GString *text, const EklEnsembleView *view)
{
  if (!view || !view->now || view->now->n_values == 0) {
    g_string_append (text, "The spectrum of the ensemble: not looked at yet.");
    return;
  }
  g_string_append_printf (text, "Standard deviations along %u principal axes.",
                          view->now->n_values);
  tell_axes (text, "Now", view->now);
  tell_axes (text, "At the start", view->start);
}

/* The newest number of each line; some are of the last look, not of the last step. */
static void
tell_quantity (GString *text, const EklQuantity *quantity, const EklHistory *history)
{
  guint n_records, n_looks;
  const EklRecord *records = ekl_history_get_records (history, &n_records);
  const EklRecord *looks = ekl_history_get_looks (history, &n_looks);
  guint n_told = 0;

  g_string_append_printf (text, "The %s:", quantity->name);
  for (guint k = 0; k < quantity->n_lines; k++) {
    const EklQuantityLine *line = &quantity->line[k];
    const EklRecord *from = !line->of_looks ? &records[n_records - 1]
                            : n_looks > 0   ? &looks[n_looks - 1]
                                            : NULL;
    const double value = from ? line->get (from) : (double) NAN;
    g_autofree char *number = ekl_format_number (value);

    if (isfinite (value))
      g_string_append_printf (text, "%s %s %s at step %" G_GUINT64_FORMAT, n_told++ > 0 ? "," : "",
                              line->name, number, from->step);
  }
  g_string_append (text, n_told > 0 ? "." : " none yet.");
}

static char *
tell_story (const EklStory *story, guint index)
{
  g_autofree char *words = ekl_story_describe (story, index);

  return g_strdup_printf ("Slow motion of step %" G_GUINT64_FORMAT ". %s: %s", story->step,
                          ekl_phase_get_name (story->phase[index]), words);
}

/**
 * ekl_ensemble_figure_describe:
 * @options: its options: which quantity
 * @data: the history, and the newest look at the ensemble
 *
 * Returns: (transfer full): the quantity's newest numbers, and the sentence below the picture; in slow
 *   motion, which stands in the place of both, the part that is shown
 */
char *
ekl_ensemble_figure_describe (const EklFigureOptions *options, const EklFigureData *data)
{
  guint n = 0;
  const EklRecord *records = data->history ? ekl_history_get_records (data->history, &n) : NULL;
  GString *text;

  if (data->story && data->story_index < data->story->n_phases)
    return tell_story (data->story, data->story_index);
  if (n == 0)
    return g_strdup ("The ensemble: no steps yet.");
  if (!records[n - 1].method[EKL_METHOD_EKI].present)
    return g_strdup ("There is no ensemble: ensemble Kalman inversion is off.");

  text = g_string_new (NULL);
  if (options->quantity == EKL_ENSEMBLE_SPREAD)
    tell_spread (text, records, n);
  else if (options->quantity == EKL_ENSEMBLE_SPECTRUM)
    tell_spectrum (text, data->ensemble);
  else
    tell_quantity (text, ekl_quantity_of (options->quantity), data->history);
  if (data->ensemble && data->ensemble->sentence)
    g_string_append_printf (text, " %s", data->ensemble->sentence);

  return g_string_free (text, FALSE);
}

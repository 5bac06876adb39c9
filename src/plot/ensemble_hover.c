/* ensemble_hover.c - the ensemble under the pointer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "ensemble_curves.h"
#include "history_axis.h"
#include "readout.h"

#include <math.h>

/* The newest look at or before a step. */
static const EklRecord *
find_look (const EklHistory *history, guint64 step)
{
  guint n = 0, i;
  const EklRecord *looks = ekl_history_get_looks (history, &n);

  if (n == 0)
    return NULL;
  i = ekl_records_find_step (looks, n, step);
  if (looks[i].step > step && i > 0)
    i--;
  return looks[i].step <= step ? &looks[i] : NULL;
}

static void
add_value (EklLegend *lines,
           EklCanvas *canvas,
           const EklQuantityLine *line,
           const EklRecord *record,
           const EklHistory *history)
{
  const EklRecord *from = line->of_looks ? find_look (history, record->step) : record;
  g_autofree char *value = NULL;

  if (!from || !isfinite (line->get (from)))
    return;
  value = ekl_format_number (line->get (from));
  if (from->step == record->step)
    ekl_legend_add (lines, ekl_quantity_line_key (line), ekl_quantity_line_color (canvas, line),
                    "%s %s", line->name, value);
  else
    ekl_legend_add (lines, ekl_quantity_line_key (line), ekl_quantity_line_color (canvas, line),
                    "%s %s (step %" G_GUINT64_FORMAT ")", line->name, value, from->step);
}

static void
fill_readout (EklLegend *lines,
              EklCanvas *canvas,
              const EklFigureOptions *options,
              const EklRecord *record,
              const EklHistory *history)
{
  const EklQuantity *quantity = ekl_quantity_of (options->quantity);
  const EklQuantity *below = ekl_quantity_below (options->quantity);
  const guint64 repaired = record->method[EKL_METHOD_EKI].repaired;

  for (guint k = 0; k < quantity->n_lines; k++)
    add_value (lines, canvas, &quantity->line[k], record, history);
  for (guint k = 0; below && k < below->n_lines; k++)
    add_value (lines, canvas, &below->line[k], record, history);
  if (repaired > 0 && options->quantity == EKL_ENSEMBLE_SPREAD)
    ekl_legend_add (lines, EKL_KEY_TRIANGLE, canvas->theme->third, "%" G_GUINT64_FORMAT " redrawn",
                    repaired);
}

/**
 * ekl_ensemble_figure_hover:
 * @canvas: where to draw
 * @options: its options: which quantity
 * @data: the history, and the newest look at the ensemble
 * @layout: what was drawn where
 * @x: the pointer, px
 * @y: the pointer, px
 *
 * Draws the crosshair, and at the pointer the numbers of that step.
 */
void
ekl_ensemble_figure_hover (EklCanvas *canvas,
                           const EklFigureOptions *options,
                           const EklFigureData *data,
                           const EklFigureLayout *layout,
                           double x,
                           double y)
{
  const gboolean pointed = x >= layout->left && x <= layout->left + layout->width && isfinite (y);
  g_auto (EklLegend) lines = { 0 };
  g_autofree char *head = NULL;
  const EklRecord *records;
  EklChart chart;
  double place;
  guint n, index;

  if (options->quantity == EKL_ENSEMBLE_SPECTRUM) {
    ekl_spectrum_hover (canvas, data->ensemble, layout, x, y);
    return;
  }
  if (!ekl_crosshair_record (options, data, layout, pointed ? x : NAN, &index))
    return;

  records = ekl_history_get_records (data->history, &n);
  ekl_chart_import (&chart, layout);
  place = ekl_scale_map (
    &chart.x, ekl_record_x (&records[index], ekl_records_method (records, n), options->x_axis));
  if (!(place >= chart.plot.x - 1 && place <= chart.plot.x + chart.plot.width + 1))
    return;
  ekl_draw_crosshair (canvas, chart.plot, place);
  if (!pointed)
    return;
  fill_readout (&lines, canvas, options, &records[index], data->history);
  head = g_strdup_printf ("step %" G_GUINT64_FORMAT, records[index].step);
  ekl_readout_draw (canvas, head, &lines, chart.plot, place, y);
}

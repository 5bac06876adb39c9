/* loss_former.c - the losses of the run before, under those of this one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What another J or another h does is seen beside what was there before. The curves are thin and pale,
 * in the methods' own strokes, and the view is not made larger for them.
 */
#include "loss_former.h"

#include "history_axis.h"
#include "series.h"

#include <math.h>

#define ALPHA 0.5
#define WIDE  34 /* font sizes: room for what was other */

static gboolean
is_shown (const EklFigureOptions *options, const EklFigureData *data)
{
  return data->former != NULL && !options->hide_former;
}

static void
draw_method (EklChart *chart,
             EklCanvas *canvas,
             const EklFigureOptions *options,
             const EklFigureData *data,
             EklMethod method)
{
  const gboolean eki = method == EKL_METHOD_EKI;
  EklColor color = ekl_method_color (canvas, method);
  g_auto (EklSeries) series = { 0 };
  guint n;
  const EklRecord *records = ekl_history_get_records (data->former, &n);

  ekl_series_init (&series, &chart->x);
  for (guint i = 0; i < n; i++) {
    const EklMethodRecord *record = &records[i].method[method];
    const double x = ekl_record_x (&records[i], method, options->x_axis);

    if (record->present && !record->diverged && isfinite (record->train_loss) &&
        (!options->log_x || x > 0))
      ekl_series_add (&series, x, record->train_loss);
  }
  ekl_series_end (&series);
  color.alpha *= MIN (1, ALPHA * canvas->theme->strength);
  ekl_series_draw (&series, canvas, &chart->x, &chart->y, color, MAX (1, 0.55 * canvas->line_width),
                   eki ? EKL_STROKE_SOLID : EKL_STROKE_DASHED);
}

/**
 * ekl_loss_former_draw:
 * @chart: the loss figure's
 * @canvas: where to draw
 * @options: the axis
 * @data: its former may be %NULL
 *
 * Draws the training losses of the run before.
 */
void
ekl_loss_former_draw (EklChart *chart,
                      EklCanvas *canvas,
                      const EklFigureOptions *options,
                      const EklFigureData *data)
{
  if (!is_shown (options, data))
    return;
  cairo_save (canvas->cr);
  ekl_chart_clip (chart, canvas);
  draw_method (chart, canvas, options, data, EKL_METHOD_GD);
  draw_method (chart, canvas, options, data, EKL_METHOD_EKI);
  cairo_restore (canvas->cr);
}

/**
 * ekl_loss_former_add_legend:
 *
 * Says what the pale curves are, and what was other in that run.
 */
void
ekl_loss_former_add_legend (EklLegend *legend,
                            const EklCanvas *canvas,
                            const EklFigureOptions *options,
                            const EklFigureData *data)
{
  const EklColor color = canvas->theme->dim;

  if (!is_shown (options, data))
    return;
  if (data->former_name != NULL && canvas->width > WIDE * canvas->font_size)
    ekl_legend_add (legend, EKL_KEY_THIN, color, "before: %s", data->former_name);
  else
    ekl_legend_add (legend, EKL_KEY_THIN, color, "run before");
}

/* Its newest loss that was evaluated; NULL: none. */
static const EklRecord *
find_last (const EklHistory *history, EklMethod method)
{
  guint n;
  const EklRecord *records = ekl_history_get_records (history, &n);

  while (n-- > 0)
    if (records[n].method[method].present && isfinite (records[n].method[method].train_loss))
      return &records[n];
  return NULL;
}

/**
 * ekl_loss_former_describe:
 * @text: is appended to
 * @data: its former may be %NULL
 *
 * How far the run before had come.
 */
void
ekl_loss_former_describe (GString *text, const EklFigureData *data)
{
  static const char *const names[EKL_N_METHODS] = { "EKI", "gradient descent" };
  gboolean begun = FALSE;

  for (guint m = 0; data->former != NULL && m < EKL_N_METHODS; m++) {
    const EklRecord *record = find_last (data->former, m);
    g_autofree char *loss = record ? ekl_format_number (record->method[m].train_loss) : NULL;

    if (record == NULL)
      continue;
    if (!begun)
      g_string_append_printf (text, " The run before%s%s%s ended at step %" G_GUINT64_FORMAT ":",
                              data->former_name ? " (" : "",
                              data->former_name ? data->former_name : "",
                              data->former_name ? ")" : "", record->step);
    g_string_append_printf (text, "%s %s %s", begun ? "," : "", names[m], loss);
    begun = TRUE;
  }
  if (begun)
    g_string_append_c (text, '.');
}

/* loss_selection.c - the losses of selected particles, over the other curves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loss_selection.h"

#include "history_axis.h"
#include "marks.h"
#include "series.h"

#include <math.h>

#define MOST_DOTS 40 /* more of them would be a line of their own */

/* One particle's curve; x: of each moment. A particle's loss is known at some steps only: dots say at which,
 * so that nobody takes a straight line between two of them for how it went. */
static void
draw_particle (EklChart *chart,
               EklCanvas *canvas,
               const EklSelection *selection,
               const double *x,
               guint particle)
{
  const float *loss = selection->loss + (gsize) particle * selection->n_moments;
  g_auto (EklSeries) series = { 0 };

  ekl_series_init (&series, &chart->x);
  for (guint i = 0; i < selection->n_moments; i++)
    if (isfinite (x[i]))
      ekl_series_add (&series, x[i], isfinite (loss[i]) ? (double) loss[i] : NAN);
  ekl_series_end (&series);
  ekl_series_draw (&series, canvas, &chart->x, &chart->y, canvas->theme->third,
                   MAX (0.9, 0.55 * canvas->line_width), EKL_STROKE_DASH_DOT);
  for (guint i = 0; i < series.n && series.n <= MOST_DOTS; i++)
    ekl_mark_paint (canvas, EKL_MARK_DOT, EKL_MARK_FILLED, canvas->theme->third,
                    ekl_scale_map (&chart->x, series.point[i].x),
                    ekl_scale_map (&chart->y, series.point[i].y), canvas->line_width * 1.1);
}

/**
 * ekl_loss_selection_draw:
 * @chart: the loss figure's
 * @canvas: where to draw
 * @options: the axis
 * @data: has the history; its selection may be %NULL
 *
 * Draws each selected particle's own loss. The view is not made larger for them.
 */
void
ekl_loss_selection_draw (EklChart *chart,
                         EklCanvas *canvas,
                         const EklFigureOptions *options,
                         const EklFigureData *data)
{
  const EklSelection *selection = data->selection;
  g_autofree double *x = NULL;
  const EklRecord *records;
  guint n;

  if (selection == NULL || data->history == NULL)
    return;
  records = ekl_history_get_records (data->history, &n);
  if (n == 0)
    return;
  x = g_new (double, selection->n_moments + 1);
  for (guint i = 0; i < selection->n_moments; i++) {
    x[i] =
      ekl_records_step_x (records, n, EKL_METHOD_EKI, options->x_axis, (double) selection->step[i]);
    if (options->log_x && !(x[i] > 0))
      x[i] = NAN;
  }
  cairo_save (canvas->cr);
  ekl_chart_clip (chart, canvas);
  for (guint k = 0; k < selection->n; k++)
    draw_particle (chart, canvas, selection, x, k);
  cairo_restore (canvas->cr);
}

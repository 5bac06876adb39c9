/* busy.c - where the curves of the loss lie, so that a read-out can keep clear of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "busy.h"

#include "axis.h"
#include "history_axis.h"

#include <math.h>

#define COLUMNS   48
#define MOST_BACK 64 /* records without a loss */

static double
find_loss (const EklRecord *records, guint index, EklMethod method, gboolean validation)
{
  for (guint back = 0; back <= MIN (index, MOST_BACK); back++) {
    const EklMethodRecord *record = &records[index - back].method[method];
    const double loss = validation ? record->validation_loss : record->train_loss;

    if (record->present && isfinite (loss))
      return loss;
  }
  return NAN;
}

static void
add_curve (GArray *points,
           const EklChart *chart,
           const EklFigureOptions *options,
           const EklRecord *records,
           guint n,
           EklMethod method,
           gboolean validation)
{
  const EklBox plot = chart->plot;

  for (guint k = 0; k <= COLUMNS; k++) {
    EklPoint p = { plot.x + k * plot.width / COLUMNS, NAN };
    const double x = ekl_scale_unmap (&chart->x, p.x);
    const guint index = ekl_records_find (records, n, method, options->x_axis, x);

    if (x > ekl_record_x (&records[n - 1], method, options->x_axis))
      break;
    p.y = ekl_scale_map (&chart->y, find_loss (records, index, method, validation));
    if (p.y >= plot.y && p.y <= plot.y + plot.height)
      g_array_append_val (points, p);
  }
}

/**
 * ekl_busy_new:
 * @options: axes, and what is shown
 * @data: the history
 * @layout: what was drawn where
 *
 * Returns: (transfer full) (element-type EklPoint): some points of all curves of the loss, px
 */
GArray *
ekl_busy_new (const EklFigureOptions *options,
              const EklFigureData *data,
              const EklFigureLayout *layout)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (EklPoint));
  guint n = 0;
  const EklRecord *records = data->history ? ekl_history_get_records (data->history, &n) : NULL;
  EklChart chart;

  if (n == 0)
    return points;
  ekl_chart_import (&chart, layout);
  for (guint m = 0; m < EKL_N_METHODS; m++) {
    add_curve (points, &chart, options, records, n, m, FALSE);
    if (options->show_validation)
      add_curve (points, &chart, options, records, n, m, TRUE);
  }
  return points;
}

/* spectrum_figure.c - standard deviations of the ensemble along its principal axes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "marks.h"
#include "readout.h"
#include "series.h"

#include <math.h>

#define LEAST_SHARE 1e-8 /* of the largest: what is below is rounding */

static void
add_values (EklRange *range, const EklSpectrum *spectrum)
{
  for (guint i = 0; spectrum && i < spectrum->n_values; i++)
    if (spectrum->value[i] > LEAST_SHARE * spectrum->value[0])
      ekl_range_add (range, spectrum->value[i]);
}

static void
draw_line (EklChart *chart,
           EklCanvas *canvas,
           const EklSpectrum *spectrum,
           EklColor color,
           EklStroke stroke,
           gboolean dots)
{
  const gboolean sparse = chart->plot.width > 7 * canvas->line_width * spectrum->n_values;
  g_auto (EklSeries) series = { 0 };

  ekl_series_init (&series, &chart->x);
  for (guint i = 0; i < spectrum->n_values; i++)
    if (spectrum->value[i] > LEAST_SHARE * spectrum->value[0] || !chart->axes.log_y)
      ekl_series_add (&series, i + 1, spectrum->value[i]);
  ekl_series_end (&series);
  ekl_series_draw (&series, canvas, &chart->x, &chart->y, color, canvas->line_width, stroke);
  if (dots && (sparse || series.n == 1))
    ekl_series_draw_marks (&series, canvas, &chart->x, &chart->y, color, EKL_MARK_DOT,
                           canvas->line_width * 1.3);
}

static void
take_view (const EklFigureOptions *options, EklAxes *axes)
{
  if (options->view_x0 < options->view_x1) {
    axes->x0 = options->view_x0;
    axes->x1 = options->view_x1;
  }
  if (options->view_y0 < options->view_y1 && (!axes->log_y || options->view_y0 > 0)) {
    axes->y0 = options->view_y0;
    axes->y1 = options->view_y1;
  }
}

/**
 * ekl_spectrum_draw:
 * @canvas: where to draw
 * @area: the room
 * @options: a linear axis, or a logarithmic one
 * @view: a spectrum with values
 * @layout: (out): what was drawn where
 */
void
ekl_spectrum_draw (EklCanvas *canvas,
                   EklBox area,
                   const EklFigureOptions *options,
                   const EklEnsembleView *view,
                   EklFigureLayout *layout)
{
  EklAxes axes = { .log_y = !options->linear_y, .x_name = "principal axis of the ensemble" };
  EklRange range;
  EklChart chart;

  ekl_range_init (&range);
  add_values (&range, view->now);
  add_values (&range, view->start);
  if (options->linear_y)
    ekl_range_add (&range, 0);
  axes.x0 = 0;
  axes.x1 = MAX (view->now->n_values, view->start ? view->start->n_values : 0) + 1;
  ekl_range_resolve (&range, axes.log_y, 0.05, &axes.y0, &axes.y1);
  if (options->has_view)
    take_view (options, &axes);
  ekl_chart_layout (&chart, canvas, area, &axes);
  ekl_chart_grid (&chart, canvas);
  cairo_save (canvas->cr);
  ekl_chart_clip (&chart, canvas);
  if (view->start && view->start->n_values > 0)
    draw_line (&chart, canvas, view->start, canvas->theme->dim, EKL_STROKE_DASHED, FALSE);
  draw_line (&chart, canvas, view->now, canvas->theme->eki, EKL_STROKE_SOLID, TRUE);
  cairo_restore (canvas->cr);
  ekl_chart_labels (&chart, canvas);
  ekl_chart_export (&chart, layout);
}

/**
 * ekl_spectrum_hover:
 * @canvas: where it was drawn
 * @view: a spectrum
 * @layout: what was drawn where
 * @x: the pointer, px
 * @y: the pointer, px
 */
void
ekl_spectrum_hover (
  EklCanvas *canvas, const EklEnsembleView *view, const EklFigureLayout *layout, double x, double y)
{
  g_auto (EklLegend) lines = { 0 };
  g_autofree char *head = NULL;
  g_autofree char *now = NULL;
  EklChart chart;
  double place;
  guint k;

  if (!view || !view->now || view->now->n_values == 0 || !(x >= layout->left) ||
      !(x <= layout->left + layout->width) || !isfinite (y))
    return;
  ekl_chart_import (&chart, layout);
  k = (guint) CLAMP (round (ekl_scale_unmap (&chart.x, x)), 1.0, (double) view->now->n_values) - 1;
  place = ekl_scale_map (&chart.x, k + 1);
  ekl_draw_crosshair (canvas, chart.plot, place);
  head = g_strdup_printf ("axis %u", k + 1);
  now = ekl_format_number (view->now->value[k]);
  ekl_legend_add (&lines, EKL_KEY_LINE, canvas->theme->eki, "now %s", now);
  if (view->start && k < view->start->n_values) {
    g_autofree char *start = ekl_format_number (view->start->value[k]);

    ekl_legend_add (&lines, EKL_KEY_DASHED, canvas->theme->dim, "start %s", start);
  }
  ekl_readout_draw (canvas, head, &lines, chart.plot, place, y);
}

/* figure_parts.c - what the figures share: their places, ranges and the crosshair
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "history_axis.h"

#include <math.h>

/**
 * ekl_figure_title:
 * @options: options
 *
 * Returns: (nullable): the title that is to be drawn
 */
const char *
ekl_figure_title (const EklFigureOptions *options)
{
  return options->show_title && options->title && g_utf8_validate (options->title, -1, NULL)
           ? options->title
           : NULL;
}

/**
 * ekl_figure_area:
 * @canvas: where to draw
 * @top: what the header used, px
 *
 * Returns: the room that is left below the header
 */
EklBox
ekl_figure_area (const EklCanvas *canvas, double top)
{
  double bottom = canvas->font_size * 0.5;

  return (EklBox){ 0, ceil (top + canvas->font_size * 0.3), canvas->width,
                   MAX (canvas->height - top - bottom - canvas->font_size * 0.3, 1) };
}

/**
 * ekl_figure_draw_empty:
 * @canvas: where to draw
 * @options: its options
 * @y_name: (nullable): name of the vertical axis
 * @x_name: (nullable): name of the horizontal axis
 * @message: the sentence
 * @layout: (out): what was drawn where
 *
 * Draws the place of the axes and one sentence.
 */
void
ekl_figure_draw_empty (EklCanvas *canvas,
                       const EklFigureOptions *options,
                       const char *y_name,
                       const char *x_name,
                       const char *message,
                       EklFigureLayout *layout)
{
  double top = ekl_header_draw (canvas, ekl_figure_title (options), y_name, NULL);
  EklAxes axes = { .x0 = 0, .x1 = 1, .y0 = 0, .y1 = 1, .x_name = x_name };
  EklChart chart;

  ekl_chart_layout (&chart, canvas, ekl_figure_area (canvas, top), &axes);
  for (guint i = 0; i < chart.y_ticks.n; i++)
    chart.y_ticks.tick[i].label[0] = '\0';
  chart.x_ticks.n = 0;
  ekl_chart_grid (&chart, canvas);
  ekl_chart_labels (&chart, canvas);
  ekl_chart_message (&chart, canvas, message);
  ekl_chart_export (&chart, layout);
}

/* From a to b by a part of the way, along the axis as it is drawn. */
static double
go_towards (double a, double b, double part, gboolean log_axis)
{
  return log_axis ? a * pow (b / a, part) : a + part * (b - a);
}

static double
width_of (double a, double b, gboolean log_axis)
{
  return log_axis ? log (b / a) : b - a;
}

/**
 * ekl_figure_hold:
 * @options: the range of the drawing before
 * @log: whether the axis is logarithmic
 * @y0: (inout): lower end of the data's range; becomes the axis'
 * @y1: (inout): upper end
 *
 * An end that has to move outwards does so at once, one that may move inwards goes a part of the
 * way: an axis that follows every frame of an ensemble both ways cannot be read.
 *
 * Returns: whether the range is still larger than the data's
 */
gboolean
ekl_figure_hold (const EklFigureOptions *options, gboolean log, double *y0, double *y1)
{
  double low = *y0, high = *y1, enough = 0.005;
  double held0 = options->held_y0, held1 = options->held_y1;

  if (!options->has_held || options->has_view || options->held_log_y != log || !isfinite (held0) ||
      !isfinite (held1) || !(held0 < held1) || !(low < high) || (log && !(held0 > 0 && low > 0)) ||
      !(options->shrink >= 0 && options->shrink < 1))
    return FALSE;

  if (held0 < low && width_of (held0, low, log) > enough * width_of (low, high, log))
    *y0 = go_towards (held0, low, options->shrink, log);
  if (held1 > high && width_of (high, held1, log) > enough * width_of (low, high, log))
    *y1 = go_towards (held1, high, options->shrink, log);

  return *y0 < low || *y1 > high;
}

/**
 * ekl_figure_is_in_plot:
 * @layout: what was drawn where
 * @x: px
 *
 * Returns: whether @x is in the plot area, or on its edge
 */
gboolean
ekl_figure_is_in_plot (const EklFigureLayout *layout, double x)
{
  return x >= layout->left - 1 && x <= layout->left + layout->width + 1;
}

/**
 * ekl_method_color:
 * @canvas: where to draw
 * @method: a method
 *
 * Returns: the colour of what is its
 */
EklColor
ekl_method_color (const EklCanvas *canvas, EklMethod method)
{
  return method == EKL_METHOD_EKI ? canvas->theme->eki : canvas->theme->gd;
}

/**
 * ekl_draw_crosshair:
 * @canvas: where to draw
 * @plot: the plot area
 * @x: px
 *
 * Draws the upright line at @x.
 */
void
ekl_draw_crosshair (EklCanvas *canvas, EklBox plot, double x)
{
  ekl_canvas_color (canvas, canvas->theme->foreground, 0.7);
  ekl_canvas_hairline (canvas, x, plot.y, x, plot.y + plot.height);
}

/**
 * ekl_crosshair_record:
 * @options: options: which axis
 * @data: the history and the shared crosshair
 * @layout: what was drawn where
 * @x: the pointer, px, or outside the plot area
 * @index: (out): the record's index
 *
 * Returns: whether there is a record to show: the one nearest to the pointer, or the shared
 * crosshair's
 */
gboolean
ekl_crosshair_record (const EklFigureOptions *options,
                      const EklFigureData *data,
                      const EklFigureLayout *layout,
                      double x,
                      guint *index)
{
  guint n = 0;
  const EklRecord *records = data->history ? ekl_history_get_records (data->history, &n) : NULL;
  EklChart chart;

  if (n == 0)
    return FALSE;

  if (ekl_figure_is_in_plot (layout, x)) {
    ekl_chart_import (&chart, layout);
    *index = ekl_records_find (records, n, ekl_records_method (records, n), options->x_axis,
                               ekl_scale_unmap (&chart.x, x));
    return TRUE;
  }

  if (data->has_crosshair)
    *index = ekl_records_find_step (records, n, data->crosshair_step);

  return data->has_crosshair;
}

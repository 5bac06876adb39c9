/* ensemble_figure.c - the ensemble: one quantity at a time, and how it is doing in a sentence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "ensemble_curves.h"
#include "history_axis.h"
#include "marks.h"
#include "story_private.h"

#include <math.h>

#define UPPER_SHARE    0.56 /* of the height; the rest is for the chart below */
#define LEAST_HEIGHT   15   /* in font sizes: below it there is only the upper chart */
#define LEAST_SENTENCE 13   /* font sizes: with lower pictures nothing is said, */
#define LEAST_WARNING  9    /* but that something is wrong */
#define MOST_DOTS      80   /* looks that are drawn as dots, too */

static EklStroke
get_stroke (const EklQuantityLine *line)
{
  return line->method == EKL_METHOD_GD ? EKL_STROKE_DASHED : EKL_STROKE_SOLID;
}

static void
draw_line (EklChart *chart, EklCanvas *canvas, const EklSeries *series, const EklQuantityLine *line)
{
  const EklColor color = ekl_quantity_line_color (canvas, line);
  const gboolean dots = series->n == 1 || (line->of_looks && series->n <= MOST_DOTS);
  const EklMark mark = line->method == EKL_METHOD_GD ? EKL_MARK_SQUARE : EKL_MARK_DOT;

  cairo_save (canvas->cr);
  ekl_chart_clip (chart, canvas);
  ekl_series_draw (series, canvas, &chart->x, &chart->y, color, canvas->line_width,
                   get_stroke (line));
  cairo_restore (canvas->cr);
  /* whole also at the plot's edges, where the start and the newest step are */
  if (dots)
    ekl_series_draw_marks (series, canvas, &chart->x, &chart->y, color, mark,
                           canvas->line_width * 1.4);
}

/* Where both directions agree, and where they are at right angles. */
static void
draw_zero (EklChart *chart, EklCanvas *canvas, const EklQuantity *quantity)
{
  const double y = ekl_scale_map (&chart->y, 0);

  if (!(quantity->low < 0))
    return;
  ekl_canvas_color (canvas, canvas->theme->dim, 0.9);
  ekl_canvas_hairline (canvas, chart->plot.x, y, chart->plot.x + chart->plot.width, y);
}

/* Marks where particles were redrawn. */
static void
draw_repairs (EklChart *chart,
              EklCanvas *canvas,
              const EklHistory *history,
              const EklFigureOptions *options)
{
  const double y = chart->plot.y + chart->plot.height - canvas->font_size * 0.45;
  double last = -INFINITY;
  guint64 before = 0;
  guint n = 0;
  const EklRecord *records = ekl_history_get_records (history, &n);

  for (guint i = 0; i < n; i++) {
    const guint64 repaired = records[i].method[EKL_METHOD_EKI].repaired;
    double x;

    if (repaired <= before)
      continue;
    before = repaired;
    x = ekl_scale_map (&chart->x, ekl_record_x (&records[i], EKL_METHOD_EKI, options->x_axis));
    if (!(x >= chart->plot.x - 1 && x <= chart->plot.x + chart->plot.width + 1) ||
        x - last < canvas->font_size * 0.4)
      continue;
    ekl_mark_paint (canvas, EKL_MARK_TRIANGLE, EKL_MARK_FILLED, canvas->theme->third, x, y,
                    canvas->font_size * 0.3);
    last = x;
  }
}

static guint64
count_repaired (const EklHistory *history)
{
  guint n = 0;
  const EklRecord *records = history ? ekl_history_get_records (history, &n) : NULL;

  return n > 0 ? records[n - 1].method[EKL_METHOD_EKI].repaired : 0;
}

static void
fill_legend (EklLegend *legend,
             const EklCanvas *canvas,
             const EklFigureOptions *options,
             const EklQuantityCurves *curves,
             guint64 repaired)
{
  const EklQuantity *quantity = curves->quantity;

  for (guint k = 0; k < quantity->n_lines && quantity->n_lines > 1; k++)
    if (curves->line[k].n > 0)
      ekl_legend_add (legend, ekl_quantity_line_key (&quantity->line[k]),
                      ekl_quantity_line_color (canvas, &quantity->line[k]), "%s",
                      quantity->line[k].name);
  if (repaired > 0 && options->quantity <= EKL_ENSEMBLE_SPREAD)
    ekl_legend_add (legend, EKL_KEY_TRIANGLE, canvas->theme->third,
                    "%" G_GUINT64_FORMAT " particle%s redrawn", repaired, repaired == 1 ? "" : "s");
}

/* The sentence, at the bottom; a warning also where that leaves the curve little. Returns its height. */
static double
draw_sentence (EklCanvas *canvas, const EklEnsembleView *view)
{
  const double margin = canvas->font_size * 0.6;
  EklTextStyle style = { .x_align = 0, .y_align = 1, .max_width = canvas->width - 2 * margin };
  double height, x = margin;

  if (!view || !view->sentence ||
      canvas->height < (view->is_warning ? LEAST_WARNING : LEAST_SENTENCE) * canvas->font_size ||
      canvas->width < 14 * canvas->font_size)
    return 0;
  style.color = view->is_warning ? canvas->theme->foreground : canvas->theme->dim;
  style.weight = view->is_warning ? EKL_TEXT_BOLD : EKL_TEXT_PLAIN;
  if (view->is_warning) {
    x += canvas->font_size * 1.2;
    style.max_width -= canvas->font_size * 1.2;
  }
  ekl_canvas_measure (canvas, view->sentence, &style, NULL, &height);
  ekl_canvas_text (canvas, view->sentence, x, canvas->height - margin * 0.7, &style);
  if (view->is_warning)
    ekl_mark_paint (canvas, EKL_MARK_TRIANGLE, EKL_MARK_FILLED, canvas->theme->gd,
                    margin + canvas->font_size * 0.4,
                    canvas->height - margin * 0.7 - height + canvas->line_height * 0.5,
                    canvas->font_size * 0.42);
  return height + margin * 0.4;
}

static double
values_width (EklCanvas *canvas, const EklAxes *axes)
{
  EklTicks ticks;
  double widest = 0, width;

  if (axes->log_y)
    ekl_ticks_log (&ticks, axes->y0, axes->y1, 4);
  else
    ekl_ticks_linear (&ticks, axes->y0, axes->y1, 4);
  for (guint i = 0; i < ticks.n; i++) {
    ekl_canvas_measure (canvas, ticks.tick[i].label, &(EklTextStyle){ 0 }, &width, NULL);
    widest = MAX (widest, width);
  }
  return widest + canvas->font_size * 1.3;
}

static void
draw_chart (EklCanvas *canvas,
            EklBox area,
            const EklAxes *axes,
            const EklQuantityCurves *curves,
            EklChart *chart)
{
  ekl_chart_layout (chart, canvas, area, axes);
  ekl_chart_grid (chart, canvas);
  draw_zero (chart, canvas, curves->quantity);
  for (guint k = curves->quantity->n_lines; k-- > 0;)
    draw_line (chart, canvas, &curves->line[k], &curves->quantity->line[k]);
}

/* The range of the chart below: of all steps, as a zoom is the upper chart's upwards. */
static void
find_range_below (EklAxes *axes, const EklFigureOptions *options, const EklFigureData *data)
{
  g_auto (EklQuantityCurves) whole = { 0 };
  double x0, x1;
  EklScale x;
  guint n = 0;
  const EklRecord *records = ekl_history_get_records (data->history, &n);

  ekl_records_x_range (records, n, options->x_axis, options->log_x, &x0, &x1);
  ekl_scale_init (&x, x0, x1, 0, 1000, options->log_x);
  ekl_quantity_curves_init (&whole, ekl_quantity_below (options->quantity), data->history,
                            data->ensemble, options, &x);
  ekl_quantity_curves_range (&whole, FALSE, &axes->y0, &axes->y1);
}

/* The chart below, with the name of its axis over it. */
static void
draw_below (EklCanvas *canvas, EklBox area, EklAxes axes, const EklQuantityCurves *curves)
{
  EklTextStyle quiet = { .y_align = 0.5, .color = canvas->theme->dim };
  EklChart chart;

  axes.log_y = axes.whole_y = FALSE;
  axes.hide_x_labels = FALSE;
  draw_chart (canvas, area, &axes, curves, &chart);
  ekl_chart_labels (&chart, canvas);
  ekl_canvas_text (canvas, curves->quantity->name, canvas->font_size * 0.5,
                   area.y - canvas->line_height * 0.95, &quiet);
}

static const char *
find_message (const EklFigureOptions *options, const EklFigureData *data)
{
  guint n = 0;
  const EklRecord *records = data->history ? ekl_history_get_records (data->history, &n) : NULL;

  if (n == 0)
    return "No ensemble to show yet";
  if (!records[n - 1].method[EKL_METHOD_EKI].present &&
      options->quantity != EKL_ENSEMBLE_STEP_SIZES)
    return "EKI is off: there is no ensemble";
  if (options->quantity == EKL_ENSEMBLE_REPAIRED)
    return "No particle had to be redrawn: all of them are finite";
  if (options->quantity == EKL_ENSEMBLE_SPAN &&
      (!records[n - 1].method[EKL_METHOD_GD].present || (data->ensemble && !data->ensemble->start)))
    return records[n - 1].method[EKL_METHOD_GD].present
             ? "The start’s span is too large to be kept"
             : "Gradient descent is off: its way is what is compared";
  if (options->quantity == EKL_ENSEMBLE_SPECTRUM)
    return data->ensemble ? "The ensemble is too large to be taken apart while it runs"
                          : "The ensemble has not been looked at yet";
  return "From the first step on";
}

/* Over the sentence. */
static void
draw_empty (EklCanvas *canvas,
            const EklFigureOptions *options,
            const EklFigureData *data,
            const char *y_name,
            const char *x_name,
            double bottom,
            EklFigureLayout *layout)
{
  const double height = canvas->height;

  canvas->height = MAX (height - bottom, 1);
  ekl_figure_draw_empty (canvas, options, y_name, x_name, find_message (options, data), layout);
  canvas->height = height;
}

static void
draw_spectrum (EklCanvas *canvas,
               const EklFigureOptions *options,
               const EklFigureData *data,
               double bottom,
               EklFigureLayout *layout)
{
  const EklEnsembleView *view = data->ensemble;
  const char *name = "standard deviation along each axis: singular values of ΔU / √J";
  g_auto (EklLegend) legend = { 0 };
  EklBox area;

  if (!view || !view->now || view->now->n_values == 0) {
    draw_empty (canvas, options, data, name, NULL, bottom, layout);
    return;
  }
  ekl_legend_add (&legend, EKL_KEY_LINE, canvas->theme->eki, "after step %" G_GUINT64_FORMAT,
                  view->step);
  if (view->start && view->start->n_values > 0)
    ekl_legend_add (&legend, EKL_KEY_DASHED, canvas->theme->dim, "start");
  if (canvas->width < 40 * canvas->font_size)
    name = "std. dev. along each axis";
  area =
    ekl_figure_area (canvas, ekl_header_draw (canvas, ekl_figure_title (options), name, &legend));
  area.height = MAX (area.height - bottom, 1);
  ekl_spectrum_draw (canvas, area, options, view, layout);
}

/* The axes of the upper chart: ranges, and the user's view in place of them. */
static void
find_axes (EklAxes *axes, const EklQuantityCurves *curves, const EklFigureOptions *options)
{
  axes->log_x = options->log_x;
  axes->log_y = curves->quantity->log && !options->linear_y;
  axes->whole_y = options->quantity == EKL_ENSEMBLE_REPAIRED;
  ekl_quantity_curves_range (curves, axes->log_y, &axes->y0, &axes->y1);
  if (options->has_view && options->view_y0 < options->view_y1 &&
      (!axes->log_y || options->view_y0 > 0)) {
    axes->y0 = options->view_y0;
    axes->y1 = options->view_y1;
  }
}

static void
find_x_range (EklAxes *axes, const EklFigureOptions *options, const EklHistory *history)
{
  guint n = 0;
  const EklRecord *records = history ? ekl_history_get_records (history, &n) : NULL;

  axes->x_name = ekl_loss_axis_name (options->x_axis);
  axes->whole_x =
    options->x_axis == EKL_LOSS_AXIS_STEP || options->x_axis == EKL_LOSS_AXIS_MODEL_RUNS;
  ekl_records_x_range (records, n, options->x_axis, options->log_x, &axes->x0, &axes->x1);
  if (options->has_view && options->view_x0 < options->view_x1 &&
      (!options->log_x || options->view_x0 > 0)) {
    axes->x0 = options->view_x0;
    axes->x1 = options->view_x1;
  }
}

static void
draw_curves (EklCanvas *canvas,
             const EklFigureOptions *options,
             const EklFigureData *data,
             double bottom,
             EklFigureLayout *layout)
{
  const EklQuantity *below = ekl_quantity_below (options->quantity);
  g_auto (EklQuantityCurves) curves = { 0 };
  g_auto (EklQuantityCurves) second = { 0 };
  g_auto (EklLegend) legend = { 0 };
  EklAxes axes = { 0 };
  EklScale x;
  EklChart chart;
  EklBox area, upper;

  find_x_range (&axes, options, data->history);
  ekl_scale_init (&x, axes.x0, axes.x1, 0, canvas->width, options->log_x);
  ekl_quantity_curves_init (&curves, ekl_quantity_of (options->quantity), data->history,
                            data->ensemble, options, &x);
  if (ekl_quantity_curves_are_empty (&curves) ||
      (options->quantity == EKL_ENSEMBLE_REPAIRED && count_repaired (data->history) == 0)) {
    draw_empty (canvas, options, data, curves.quantity->name, axes.x_name, bottom, layout);
    return;
  }
  find_axes (&axes, &curves, options);
  fill_legend (&legend, canvas, options, &curves, count_repaired (data->history));
  area = ekl_figure_area (
    canvas, ekl_header_draw (canvas, ekl_figure_title (options), curves.quantity->name, &legend));
  area.height = MAX (area.height - bottom, 1);
  upper = area;
  if (below)
    ekl_quantity_curves_init (&second, below, data->history, data->ensemble, options, &x);
  if (below &&
      (area.height <= LEAST_HEIGHT * canvas->font_size || ekl_quantity_curves_are_empty (&second)))
    below = NULL;
  if (below)
    upper.height = area.height * UPPER_SHARE;
  axes.hide_x_labels = below != NULL;
  axes.left = values_width (canvas, &axes);

  draw_chart (canvas, upper, &axes, &curves, &chart);
  if (options->quantity == EKL_ENSEMBLE_SPREAD)
    draw_repairs (&chart, canvas, data->history, options);
  ekl_chart_labels (&chart, canvas);
  ekl_chart_export (&chart, layout);
  if (below) {
    const double top = upper.y + upper.height + canvas->line_height * 1.9;

    find_range_below (&axes, options, data);
    draw_below (canvas, (EklBox){ area.x, top, area.width, MAX (area.y + area.height - top, 1) },
                axes, &second);
  }
}

static void
draw (EklCanvas *canvas,
      const EklFigureOptions *options,
      const EklFigureData *data,
      EklFigureLayout *layout)
{
  double bottom;

  if (ekl_story_draw_ensemble (canvas, options, data))
    return;
  bottom = draw_sentence (canvas, data->ensemble);
  if (options->quantity == EKL_ENSEMBLE_SPECTRUM)
    draw_spectrum (canvas, options, data, bottom, layout);
  else
    draw_curves (canvas, options, data, bottom, layout);
}

const EklFigureClass ekl_ensemble_figure = { "ensemble", draw, ekl_ensemble_figure_hover,
                                             ekl_ensemble_figure_describe };

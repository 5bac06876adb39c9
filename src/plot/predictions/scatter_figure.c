/* scatter_figure.c - predicted against true
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "marks.h"
#include "series.h"

#include <math.h>

/* More points than this are a cloud that says no more and takes long: every k-th is drawn, and the
 * legend says so. */
#define MAX_POINTS 2500
/* Up to so many different true values are classes: their points are spread sideways. */
#define MAX_CLASSES 12
/* From this ratio of width to height on, the legend stands beside the square. */
#define COLUMN_LEGEND 1.75

typedef struct {
  guint stride;
  double jitter;    /* half the width over which the points of a class are spread */
  double low, high; /* of what they are spread about */
} Thinning;

/* How many answers are not between two ends, or no numbers. */
static guint
count_outside (const EklPredictions *data, const double *answers, double low, double high)
{
  guint n = 0;

  for (guint i = 0; answers && i < data->n_data; i++)
    if (!(answers[i] >= low && answers[i] <= high))
      n++;
  return n;
}

/* As of the curve: the true values decide, answers far from them are cut. A descent that runs away, most of
 * whose answers cannot be seen, takes no room either. */
static void
find_range (const EklPredictions *data, const EklFigureOptions *options, EklAxes *axes)
{
  EklRange range, answers;

  if (options->has_view) {
    axes->x0 = options->view_x0;
    axes->x1 = options->view_x1;
    axes->y0 = options->view_y0;
    axes->y1 = options->view_y1;
    return;
  }

  ekl_range_init (&range);
  ekl_range_init (&answers);
  ekl_range_add_all (&range, data->data_x, data->n_data);
  ekl_range_add_all (&answers, data->mean_particle, data->n_points);
  ekl_range_add_all (&answers, data->low, data->n_points);
  ekl_range_add_all (&answers, data->high, data->n_points);
  if (range.low < range.high) {
    double room = 0.35 * (range.high - range.low);

    if (2 * count_outside (data, data->descent, range.low - room, range.high + room) < data->n_data)
      ekl_range_add_all (&answers, data->descent, data->n_points);
    answers.low = MAX (answers.low, range.low - room);
    answers.high = MIN (answers.high, range.high + room);
  } else {
    ekl_range_add_all (&answers, data->descent, data->n_points);
  }
  ekl_range_union (&range, &answers);
  ekl_range_resolve (&range, FALSE, 0.04, &axes->x0, &axes->x1);
  axes->y0 = axes->x0;
  axes->y1 = axes->x1;
}

static Thinning
thin (const EklPredictions *data)
{
  Thinning self = { .stride = 1 + (data->n_data - 1) / MAX_POINTS };
  double seen[MAX_CLASSES + 1], gap = INFINITY;
  guint n_seen = 0;

  for (guint i = 0; i < data->n_data && n_seen <= MAX_CLASSES; i++) {
    guint k = 0;

    while (k < n_seen && seen[k] != data->data_x[i])
      k++;
    if (k == n_seen && isfinite (data->data_x[i]))
      seen[n_seen++] = data->data_x[i];
  }

  if (n_seen < 2 || n_seen > MAX_CLASSES || data->n_data < 4 * n_seen)
    return self;

  self.low = self.high = seen[0];
  for (guint a = 0; a < n_seen; a++) {
    self.low = MIN (self.low, seen[a]);
    self.high = MAX (self.high, seen[a]);
    for (guint b = 0; b < a; b++)
      gap = MIN (gap, fabs (seen[a] - seen[b]));
  }
  self.jitter = 0.3 * gap;

  return self;
}

/* The points of the outermost classes are spread beyond them. */
static void
make_room (EklAxes *axes, const Thinning *thinning)
{
  const double room = 1.1 * thinning->jitter;

  if (!(room > 0))
    return;
  axes->x0 = MIN (axes->x0, thinning->low - room);
  axes->x1 = MAX (axes->x1, thinning->high + room);
}

/* Spread evenly, the same at every drawing: multiples of the golden ratio. */
static double
spread (const Thinning *thinning, const EklPredictions *data, guint i)
{
  double part = fmod (i * 0.6180339887498949, 1.0);

  return data->data_x[i] + thinning->jitter * (2 * part - 1);
}

static double
radius_for (const EklCanvas *canvas, guint n)
{
  return (n > 1000 ? 1.6 : n > 250 ? 2.1 : 2.8) * MAX (1, canvas->line_width / 2.6);
}

static void
draw_bars (EklChart *chart, EklCanvas *canvas, const EklPredictions *data, Thinning thinning)
{
  if (!data->low || !data->high)
    return;

  for (guint i = 0; i < data->n_data; i += thinning.stride) {
    double x = ekl_scale_map (&chart->x, spread (&thinning, data, i));
    double y0 = ekl_scale_map (&chart->y, data->low[i]);
    double y1 = ekl_scale_map (&chart->y, data->high[i]);

    if (!isfinite (x) || !isfinite (y0) || !isfinite (y1))
      continue;
    cairo_move_to (canvas->cr, x, y0);
    cairo_line_to (canvas->cr, x, y1);
  }
  ekl_stroke_set (canvas, MAX (1, canvas->line_width * 0.5), EKL_STROKE_SOLID);
  cairo_set_line_cap (canvas->cr, CAIRO_LINE_CAP_BUTT);
  ekl_canvas_color (canvas, canvas->theme->eki, data->n_data > 250 ? 0.28 : 0.42);
  cairo_stroke (canvas->cr);
}

static void
draw_answers (EklChart *chart,
              EklCanvas *canvas,
              const EklPredictions *data,
              const double *answers,
              Thinning thinning,
              EklMark mark,
              EklColor color)
{
  guint n_shown = data->n_data / thinning.stride, n = 0, n_filled = 0;
  double radius = radius_for (canvas, n_shown);
  g_autofree EklPoint *points = g_new (EklPoint, n_shown + 2);

  if (!answers)
    return;

  for (guint i = 0; i < data->n_data; i += thinning.stride) {
    EklPoint p = { ekl_scale_map (&chart->x, spread (&thinning, data, i)),
                   ekl_scale_map (&chart->y, answers[i]) };

    if (!isfinite (p.x) || !isfinite (p.y))
      continue;
    points[n++] = p;
    n_filled += i < data->n_training;
  }
  ekl_marks_paint_hollow (canvas, mark, color, points + n_filled, n - n_filled, radius + 0.2);
  ekl_marks_paint (canvas, mark, color, 0.8, points, n_filled, radius);
}

static void
draw_diagonal (EklChart *chart, EklCanvas *canvas)
{
  double low = MAX (chart->x.v0, chart->y.v0);
  double high = MIN (chart->x.v1, chart->y.v1);

  if (!(low < high))
    return;

  ekl_stroke_set (canvas, MAX (1, canvas->line_width * 0.6), EKL_STROKE_SOLID);
  ekl_canvas_color (canvas, canvas->theme->dim, 0.8);
  cairo_move_to (canvas->cr, ekl_scale_map (&chart->x, low), ekl_scale_map (&chart->y, low));
  cairo_line_to (canvas->cr, ekl_scale_map (&chart->x, high), ekl_scale_map (&chart->y, high));
  cairo_stroke (canvas->cr);
}

static void
fill_legend (EklLegend *legend,
             const EklCanvas *canvas,
             const EklPredictions *data,
             const EklAxes *axes, /* NULL: of a part that was chosen */
             Thinning thinning,
             gboolean column)
{
  const EklTheme *theme = canvas->theme;
  const guint outside = axes ? count_outside (data, data->descent, axes->y0, axes->y1) : 0;

  if (data->has_descent)
    ekl_legend_add (legend, EKL_KEY_SQUARE, theme->gd, "%s%s", column ? "gradient descent" : "GD",
                    10 * outside <= data->n_data ? ""
                    : outside == data->n_data    ? ": far outside"
                                                 : ", some outside");
  if (data->has_ensemble)
    ekl_legend_add (legend, EKL_KEY_DOT_BAR, theme->eki,
                    column ? "EKI mean, P10–P90" : "EKI, P10–P90");
  if (data->n_selected > 0)
    ekl_legend_add (legend, EKL_KEY_TRIANGLE, theme->third, "%u selected", data->n_selected);
  if (data->n_training < data->n_data)
    ekl_legend_add (legend, EKL_KEY_HOLLOW_DOT, theme->dim, "validation");
  ekl_legend_add (legend, EKL_KEY_LINE, theme->dim, "exact");
  if (thinning.stride > 1)
    ekl_legend_add (legend, EKL_KEY_NONE, theme->dim, "1 of %u shown", thinning.stride);
  else if (thinning.jitter > 0 && column)
    ekl_legend_add (legend, EKL_KEY_NONE, theme->dim, "points spread sideways");
}

static void
draw_contents (EklChart *chart, EklCanvas *canvas, const EklPredictions *data, Thinning thinning)
{
  cairo_save (canvas->cr);
  ekl_chart_clip (chart, canvas);
  draw_diagonal (chart, canvas);
  draw_bars (chart, canvas, data, thinning);
  draw_answers (chart, canvas, data, data->descent, thinning, EKL_MARK_SQUARE, canvas->theme->gd);
  draw_answers (chart, canvas, data, data->mean_particle, thinning, EKL_MARK_DOT,
                canvas->theme->eki);
  for (guint k = 0; k < data->n_selected; k++)
    draw_answers (chart, canvas, data, data->selected_answer + (gsize) k * data->n_points, thinning,
                  EKL_MARK_TRIANGLE, canvas->theme->third);
  cairo_restore (canvas->cr);
}

static char *
axis_name (const EklPredictions *data)
{
  if (!data->y_name || g_str_has_prefix (data->y_name, "predicted"))
    return g_strdup (data->y_name);

  return g_strdup_printf ("predicted %s", data->y_name);
}

/**
 * ekl_scatter_figure_draw:
 * @canvas: where to draw
 * @options: its options
 * @data: predictions of kind SCATTER
 * @layout: (out): what was drawn where
 *
 * Draws predicted against true for each datum, in a square with the same range on both axes, but for
 * the room beside classes: the
 * mean particle as a dot with the particles' P10-P90 as a bar, gradient descent as a square,
 * validation rows hollow.
 */
void
ekl_scatter_figure_draw (EklCanvas *canvas,
                         const EklFigureOptions *options,
                         const EklPredictions *data,
                         EklFigureLayout *layout)
{
  g_auto (EklLegend) legend = { 0 };
  EklAxes axes = { .x_name = data->x_name, .square = TRUE };
  gboolean column = canvas->width > COLUMN_LEGEND * canvas->height;
  Thinning thinning = thin (data);
  g_autofree char *y_name = axis_name (data);
  gboolean settling;
  EklChart chart;
  EklBox area;

  find_range (data, options, &axes);
  settling = ekl_figure_hold (options, FALSE, &axes.y0, &axes.y1);
  if (settling) {
    axes.x0 = axes.y0;
    axes.x1 = axes.y1;
  }
  if (!options->has_view)
    make_room (&axes, &thinning);
  fill_legend (&legend, canvas, data, options->has_view ? NULL : &axes, thinning, column);
  area = ekl_figure_area (
    canvas, ekl_header_draw (canvas, ekl_figure_title (options), y_name, column ? NULL : &legend));
  axes.right = column ? ekl_legend_width (&legend, canvas) + 2.5 * canvas->font_size : 0;
  ekl_chart_layout (&chart, canvas, area, &axes);
  if (chart.plot.width < area.width - chart.plot.x - axes.right) {
    area.x = floor ((area.width - chart.plot.x - chart.plot.width - axes.right) / 2);
    area.width -= area.x;
    ekl_chart_layout (&chart, canvas, area, &axes);
  }

  ekl_chart_grid (&chart, canvas);
  draw_contents (&chart, canvas, data, thinning);
  ekl_chart_labels (&chart, canvas);
  if (column)
    ekl_legend_draw_column (&legend, canvas,
                            (EklBox){ chart.plot.x + chart.plot.width + 1.5 * canvas->font_size,
                                      chart.plot.y, axes.right, chart.plot.height });
  ekl_chart_export (&chart, layout);
  layout->settling = settling;
}

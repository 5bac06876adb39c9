/* curve_figure.c - predictions over one input: data, the particles' fan, both methods' curves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "end_labels.h"
#include "marks.h"
#include "series.h"

#include <math.h>

#define BAND_ALPHA   0.2
#define MEMBER_ALPHA 0.38
/* A fan that is wider than the data by more than this part on either side is cut there. */
#define FAN_ROOM 0.6
#define WIDE     34
#define NAMED    24  /* in font sizes: from here on the curves have their names at their ends */
#define MANY     250 /* data that would hide the curves lie below them */

/* The data decide what is seen; the answers may widen the view, but not without end. */
static void
find_ranges (const EklPredictions *data, const EklFigureOptions *options, EklAxes *axes)
{
  EklRange x, y, answers;

  ekl_range_init (&x);
  ekl_range_init (&y);
  ekl_range_init (&answers);
  ekl_range_add_all (&x, data->data_x, data->n_data);
  ekl_range_add_all (&x, data->point_x, data->n_points);
  ekl_range_add_all (&y, data->data_y, data->n_data);
  ekl_range_add_all (&answers, data->low, data->n_points);
  ekl_range_add_all (&answers, data->high, data->n_points);
  ekl_range_add_all (&answers, data->mean_particle, data->n_points);
  ekl_range_add_all (&answers, data->descent, data->n_points);
  if (y.low < y.high) {
    double room = FAN_ROOM * (y.high - y.low);

    answers.low = MAX (answers.low, y.low - room);
    answers.high = MIN (answers.high, y.high + room);
  }
  ekl_range_union (&y, &answers);

  ekl_range_resolve (&x, FALSE, 0.02, &axes->x0, &axes->x1);
  ekl_range_resolve (&y, FALSE, 0.05, &axes->y0, &axes->y1);
  if (options->has_view) {
    axes->x0 = options->view_x0;
    axes->x1 = options->view_x1;
    axes->y0 = options->view_y0;
    axes->y1 = options->view_y1;
  }
}

static void
stroke_curve (EklChart *chart,
              EklCanvas *canvas,
              const EklPredictions *data,
              const double *values,
              EklColor color,
              double alpha,
              double pen,
              EklStroke stroke)
{
  g_auto (EklSeries) series = { 0 };

  if (!values || !data->point_x)
    return;

  ekl_series_init (&series, &chart->x);
  for (guint i = 0; i < data->n_points; i++)
    ekl_series_add (&series, data->point_x[i], values[i]);
  ekl_series_end (&series);
  color.alpha *= alpha;
  ekl_series_draw (&series, canvas, &chart->x, &chart->y, color, pen, stroke);
}

static void
fill_band (EklChart *chart, EklCanvas *canvas, const EklPredictions *data)
{
  g_auto (EklBand) band = { 0 };

  if (!data->low || !data->high || !data->point_x)
    return;

  ekl_band_init (&band, &chart->x);
  for (guint i = 0; i < data->n_points; i++)
    ekl_band_add (&band, data->point_x[i], data->low[i], data->high[i]);
  ekl_band_end (&band);
  ekl_canvas_color (canvas, canvas->theme->eki, BAND_ALPHA);
  ekl_band_path (&band, canvas, &chart->x, &chart->y);
  cairo_fill (canvas->cr);
}

static void
draw_data (EklChart *chart, EklCanvas *canvas, const EklPredictions *data)
{
  double radius = (data->n_data > 400   ? 1.7
                   : data->n_data > 120 ? 2.3
                                        : 3.0) *
                  MAX (1, canvas->line_width / 2.6);
  g_autofree EklPoint *points = g_new (EklPoint, data->n_data + 1);
  guint n = 0, n_training = 0;

  if (!data->data_x || !data->data_y)
    return;

  for (guint i = 0; i < data->n_data; i++) {
    EklPoint p = { ekl_scale_map (&chart->x, data->data_x[i]),
                   ekl_scale_map (&chart->y, data->data_y[i]) };

    if (!isfinite (p.x) || !isfinite (p.y))
      continue;
    points[n++] = p;
    n_training += i < data->n_training;
  }
  ekl_marks_paint (canvas, EKL_MARK_DOT, canvas->theme->foreground, 0.85, points, n_training,
                   radius);
  ekl_marks_paint_hollow (canvas, EKL_MARK_DOT, canvas->theme->foreground, points + n_training,
                          n - n_training, radius + 0.3);
}

static void
fill_legend (EklLegend *legend, const EklCanvas *canvas, const EklPredictions *data)
{
  const EklTheme *theme = canvas->theme;
  gboolean roomy = canvas->width > WIDE * canvas->font_size;

  if (data->has_descent)
    ekl_legend_add (legend, EKL_KEY_DASHED, theme->gd, roomy ? "gradient descent" : "GD");
  if (data->has_ensemble)
    ekl_legend_add (legend, data->low ? EKL_KEY_BAND_LINE : EKL_KEY_LINE, theme->eki,
                    roomy ? "EKI: mean particle, P10–P90" : "EKI");
  if (data->n_selected > 0)
    ekl_legend_add (legend, EKL_KEY_DASH_DOT, theme->third, "%u selected", data->n_selected);
  ekl_legend_add (legend, EKL_KEY_DOT, theme->foreground, "data");
  if (data->n_training < data->n_data)
    ekl_legend_add (legend, EKL_KEY_HOLLOW_DOT, theme->foreground, "validation");
}

/* The last point that is seen of a curve; @label has its height then. */
static gboolean
find_end (const EklChart *chart,
          const EklPredictions *data,
          const double *values,
          EklEndLabel *label)
{
  for (guint i = data->n_points; values && data->point_x && i-- > 0;) {
    const double x = data->point_x[i];

    if (!isfinite (values[i]) || x > chart->x.v1 || values[i] < chart->y.v0 ||
        values[i] > chart->y.v1)
      continue;
    label->x = ekl_scale_map (&chart->x, x);
    label->y = ekl_scale_map (&chart->y, values[i]);
    return x >= chart->x.v0;
  }
  return FALSE;
}

static guint
list_ends (const EklCanvas *canvas, const EklPredictions *data, EklEndLabel label[2])
{
  guint n = 0;

  if (canvas->width <= NAMED * canvas->font_size)
    return 0;
  if (data->descent)
    label[n++] = (EklEndLabel){ .text = "GD", .color = canvas->theme->gd };
  if (data->mean_particle)
    label[n++] = (EklEndLabel){ .text = "EKI", .color = canvas->theme->eki };
  return n;
}

/* Who is who, where the eye is. */
static void
name_curves (const EklChart *chart, EklCanvas *canvas, const EklPredictions *data)
{
  EklEndLabel all[2], seen[2];
  const guint n = list_ends (canvas, data, all);
  guint n_seen = 0;

  for (guint i = 0; i < n; i++) {
    seen[n_seen] = all[i];
    n_seen += find_end (chart, data, i == 0 && data->descent ? data->descent : data->mean_particle,
                        &seen[n_seen]);
  }
  ekl_end_labels_draw (canvas, chart->plot, seen, n_seen);
}

/**
 * ekl_curve_figure_draw:
 * @canvas: where to draw
 * @options: its options
 * @data: predictions of kind CURVE
 * @layout: (out): what was drawn where
 *
 * Draws the band of the particles, some of them as thin lines, the answers of the mean particle
 * and of gradient descent, and over them the data: training rows filled, validation rows hollow.
 */
void
ekl_curve_figure_draw (EklCanvas *canvas,
                       const EklFigureOptions *options,
                       const EklPredictions *data,
                       EklFigureLayout *layout)
{
  g_auto (EklLegend) legend = { 0 };
  EklAxes axes = { .x_name = data->x_name };
  EklEndLabel ends[2];
  const EklTheme *theme = canvas->theme;
  double pen = canvas->line_width;
  EklChart chart;
  gboolean settling;
  double top;

  find_ranges (data, options, &axes);
  settling = ekl_figure_hold (options, FALSE, &axes.y0, &axes.y1);
  axes.right = ekl_end_labels_width (canvas, ends, list_ends (canvas, data, ends));
  fill_legend (&legend, canvas, data);
  top = ekl_header_draw (canvas, ekl_figure_title (options), data->y_name, &legend);
  ekl_chart_layout (&chart, canvas, ekl_figure_area (canvas, top), &axes);
  ekl_chart_grid (&chart, canvas);

  cairo_save (canvas->cr);
  ekl_chart_clip (&chart, canvas);
  fill_band (&chart, canvas, data);
  cairo_save (canvas->cr);
  cairo_set_antialias (canvas->cr, CAIRO_ANTIALIAS_FAST); /* thin, pale, and many */
  for (guint k = 0; data->member && k < MIN (data->n_members, EKL_PREDICTIONS_MAX_MEMBERS); k++)
    stroke_curve (&chart, canvas, data, data->member + (gsize) k * data->n_points, theme->eki,
                  MEMBER_ALPHA, MAX (0.7, 0.35 * pen), EKL_STROKE_SOLID);
  cairo_restore (canvas->cr);
  if (data->n_data > MANY)
    draw_data (&chart, canvas, data);
  stroke_curve (&chart, canvas, data, data->descent, theme->gd, 1, pen, EKL_STROKE_DASHED);
  stroke_curve (&chart, canvas, data, data->mean_particle, theme->eki, 1, 1.2 * pen,
                EKL_STROKE_SOLID);
  for (guint k = 0; k < data->n_selected; k++)
    stroke_curve (&chart, canvas, data, data->selected_answer + (gsize) k * data->n_points,
                  theme->third, 1, 0.8 * pen, EKL_STROKE_DASH_DOT);
  if (data->n_data <= MANY)
    draw_data (&chart, canvas, data);
  cairo_restore (canvas->cr);

  ekl_chart_labels (&chart, canvas);
  name_curves (&chart, canvas, data);
  ekl_chart_export (&chart, layout);
  layout->settling = settling;
}

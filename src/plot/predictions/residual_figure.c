/* residual_figure.c - true minus predicted, and the band of +-gamma
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "marks.h"
#include "readout.h"
#include "series.h"
#include "ticks.h"

#include <math.h>

#define MAX_POINTS    2500 /* more are a cloud that says no more: every k-th is drawn */
#define MOST_SELECTED 4000 /* points of chosen particles */
#define ROOM          1.25 /* of the view beyond gamma, so that its lines can be dragged outwards */
#define FAR           4.0  /* a residual beyond so many deviations of the truth is cut */
#define BAND_ALPHA    0.13
#define REACH         16
#define WIDE          34

/* One method's residuals: points are (predicted, true - predicted). */
static EklPoint
point_of (const EklPredictions *data, const double *answers, guint i)
{
  return (EklPoint){ answers[i], data->data_x[i] - answers[i] };
}

static guint
stride_of (const EklPredictions *data)
{
  return 1 + (data->n_data > 0 ? (data->n_data - 1) / MAX_POINTS : 0);
}

/* The largest residual that the view has to hold; what diverges does not press the rest flat. */
static double
find_reach (const EklPredictions *data, EklRange *answers)
{
  const double *methods[] = { data->mean_particle, data->descent };
  EklRange truth;
  double reach = 0, most;

  ekl_range_init (&truth);
  for (guint i = 0; i < data->n_data; i++)
    ekl_range_add (&truth, data->data_x[i]);
  most = truth.low < truth.high ? truth.high - truth.low : (double) INFINITY;

  for (guint k = 0; k < G_N_ELEMENTS (methods); k++)
    for (guint i = 0; methods[k] && i < data->n_data; i++) {
      EklPoint p = point_of (data, methods[k], i);

      if (!isfinite (p.y) || fabs (p.y) > FAR * most)
        continue;
      reach = MAX (reach, MIN (fabs (p.y), most));
      ekl_range_add (answers, CLAMP (p.x, truth.low - most / 2, truth.high + most / 2));
    }

  return reach;
}

static void
find_ranges (const EklPredictions *data, const EklFigureOptions *options, EklAxes *axes)
{
  EklRange x;
  double reach;

  ekl_range_init (&x);
  reach = find_reach (data, &x);
  if (isfinite (data->noise_std))
    reach = MAX (1.06 * reach, ROOM * data->noise_std);
  if (!(reach > 0))
    reach = 1;
  ekl_range_resolve (&x, FALSE, 0.04, &axes->x0, &axes->x1);
  axes->y0 = -reach;
  axes->y1 = reach;
  if (options->has_view) {
    axes->x0 = options->view_x0;
    axes->x1 = options->view_x1;
    axes->y0 = options->view_y0;
    axes->y1 = options->view_y1;
  }
}

/* Dashed lines at +-gamma with a grip on each: three short strokes, as on a splitter. */
static void
draw_noise_line (EklCanvas *canvas, const EklChart *chart, double y)
{
  double right = chart->plot.x + chart->plot.width;
  double grip = canvas->font_size * 0.8;

  if (!(y >= chart->plot.y && y <= chart->plot.y + chart->plot.height))
    return;

  ekl_canvas_color (canvas, canvas->theme->third, 1);
  ekl_stroke_set (canvas, MAX (1.2, 0.7 * canvas->line_width), EKL_STROKE_DASHED);
  cairo_move_to (canvas->cr, chart->plot.x, y);
  cairo_line_to (canvas->cr, right, y);
  cairo_stroke (canvas->cr);

  ekl_canvas_plate (canvas, (EklBox){ right - 2.2 * grip, y - grip / 2, 1.8 * grip, grip }, 3);
  ekl_canvas_color (canvas, canvas->theme->background, 1);
  cairo_fill_preserve (canvas->cr);
  ekl_canvas_color (canvas, canvas->theme->third, 1);
  ekl_stroke_set (canvas, 1.3, EKL_STROKE_SOLID);
  cairo_stroke (canvas->cr);
  for (int k = -1; k <= 1; k++) {
    cairo_move_to (canvas->cr, right - 1.75 * grip, y + k * grip * 0.22);
    cairo_line_to (canvas->cr, right - 0.85 * grip, y + k * grip * 0.22);
  }
  cairo_stroke (canvas->cr);
}

static gboolean
has_noise (const EklPredictions *data)
{
  return isfinite (data->noise_std) && data->noise_std > 0;
}

static void
fill_noise_band (EklCanvas *canvas, const EklChart *chart, const EklPredictions *data)
{
  double top = ekl_scale_map (&chart->y, data->noise_std);
  double bottom = ekl_scale_map (&chart->y, -data->noise_std);

  ekl_canvas_color (canvas, canvas->theme->third, BAND_ALPHA);
  cairo_rectangle (canvas->cr, chart->plot.x, top, chart->plot.width, bottom - top);
  cairo_fill (canvas->cr);
}

static void
draw_bars (EklCanvas *canvas, const EklChart *chart, const EklPredictions *data)
{
  guint stride = stride_of (data);

  if (!data->low || !data->high || !data->mean_particle)
    return;

  for (guint i = 0; i < data->n_data; i += stride) {
    double x = ekl_scale_map (&chart->x, data->mean_particle[i]);
    double y0 = ekl_scale_map (&chart->y, data->data_x[i] - data->low[i]);
    double y1 = ekl_scale_map (&chart->y, data->data_x[i] - data->high[i]);

    if (!isfinite (x) || !isfinite (y0) || !isfinite (y1))
      continue;
    cairo_move_to (canvas->cr, x, y0);
    cairo_line_to (canvas->cr, x, y1);
  }
  ekl_stroke_set (canvas, MAX (1, canvas->line_width * 0.5), EKL_STROKE_SOLID);
  cairo_set_line_cap (canvas->cr, CAIRO_LINE_CAP_BUTT);
  ekl_canvas_color (canvas, canvas->theme->eki, data->n_data > 250 ? 0.22 : 0.36);
  cairo_stroke (canvas->cr);
}

static void
draw_points (EklCanvas *canvas,
             const EklChart *chart,
             const EklPredictions *data,
             const double *answers,
             EklMark mark,
             EklColor color)
{
  guint stride = stride_of (data), n = 0, n_filled = 0;
  double radius = (data->n_data > 1000  ? 1.6
                   : data->n_data > 250 ? 2.1
                                        : 2.8) *
                  MAX (1, canvas->line_width / 2.6);
  g_autofree EklPoint *points = g_new (EklPoint, data->n_data / stride + 2);

  if (!answers)
    return;

  for (guint i = 0; i < data->n_data; i += stride) {
    EklPoint value = point_of (data, answers, i);
    EklPoint p = { ekl_scale_map (&chart->x, value.x), ekl_scale_map (&chart->y, value.y) };

    if (!isfinite (p.x) || !isfinite (p.y))
      continue;
    points[n++] = p;
    n_filled += i < data->n_training;
  }
  ekl_marks_paint_hollow (canvas, mark, color, points + n_filled, n - n_filled, radius + 0.2);
  ekl_marks_paint (canvas, mark, color, 0.8, points, n_filled, radius);
}

/* "±γ = 0.3, here 0.214, holds GD 64 %, EKI 71 %": the setting's number, and what it is on this axis, which
 * is of the data before they were standardised. */
static void
add_noise_entry (EklLegend *legend,
                 const EklCanvas *canvas,
                 const EklPredictions *data,
                 gboolean roomy)
{
  const double scale = data->output_scale > 0 ? data->output_scale : 1;
  g_autofree char *noise = ekl_format_short (data->noise_std / scale);
  g_autofree char *here = ekl_format_short (data->noise_std);
  g_autoptr (GString) text = g_string_new (NULL);
  const struct {
    const char *name;
    double share;
  } methods[] = { { "GD", ekl_residuals_inside (data, data->descent) },
                  { "EKI", ekl_residuals_inside (data, data->mean_particle) } };

  if (!has_noise (data)) {
    if (data->has_ensemble)
      ekl_legend_add (legend, EKL_KEY_NONE, canvas->theme->dim, "Γ is not one number: no band");
    return;
  }
  g_string_printf (text, "±γ = %s", noise);
  if (!g_str_equal (noise, here))
    g_string_append_printf (text, ", here %s%s", here, roomy ? "," : "");
  for (guint k = 0; roomy && k < G_N_ELEMENTS (methods); k++)
    if (isfinite (methods[k].share))
      g_string_append_printf (text, "%s%s %.0f %%", strstr (text->str, "holds") ? ", " : " holds ",
                              methods[k].name, 100 * methods[k].share);
  ekl_legend_add (legend, EKL_KEY_BAND, canvas->theme->third, "%s", text->str);
}

static void
fill_legend (EklLegend *legend, const EklCanvas *canvas, const EklPredictions *data)
{
  const EklTheme *theme = canvas->theme;
  gboolean roomy = canvas->width > WIDE * canvas->font_size;

  if (data->has_descent)
    ekl_legend_add (legend, EKL_KEY_SQUARE, theme->gd, roomy ? "gradient descent" : "GD");
  if (data->has_ensemble)
    ekl_legend_add (legend, EKL_KEY_DOT_BAR, theme->eki,
                    roomy ? "EKI: mean particle, P10–P90" : "EKI");
  if (data->n_selected > 0 && data->selected_answer)
    ekl_legend_add (legend, EKL_KEY_TRIANGLE, theme->third, "%u selected", data->n_selected);
  add_noise_entry (legend, canvas, data, roomy);
  if (data->n_training < data->n_data)
    ekl_legend_add (legend, EKL_KEY_HOLLOW_DOT, theme->dim, "validation");
  if (stride_of (data) > 1)
    ekl_legend_add (legend, EKL_KEY_NONE, theme->dim, "1 of %u shown", stride_of (data));
}

/* The residuals of particles that were chosen in the plane, as many as can be told apart. */
static void
draw_selected (EklCanvas *canvas, const EklChart *chart, const EklPredictions *data)
{
  guint most = MOST_SELECTED / MAX (data->n_data / stride_of (data), 1);

  for (gsize k = 0; data->selected_answer && k < MIN (data->n_selected, MAX (most, 1)); k++)
    draw_points (canvas, chart, data, data->selected_answer + k * data->n_points, EKL_MARK_TRIANGLE,
                 canvas->theme->third);
}

static void
draw_contents (EklCanvas *canvas, EklChart *chart, const EklPredictions *data)
{
  double zero = ekl_scale_map (&chart->y, 0);

  cairo_save (canvas->cr);
  ekl_chart_clip (chart, canvas);
  if (has_noise (data))
    fill_noise_band (canvas, chart, data);
  if (isfinite (zero)) {
    ekl_canvas_color (canvas, canvas->theme->dim, 0.9);
    ekl_canvas_hairline (canvas, chart->plot.x, zero, chart->plot.x + chart->plot.width, zero);
  }
  draw_bars (canvas, chart, data);
  draw_points (canvas, chart, data, data->descent, EKL_MARK_SQUARE, canvas->theme->gd);
  draw_points (canvas, chart, data, data->mean_particle, EKL_MARK_DOT, canvas->theme->eki);
  draw_selected (canvas, chart, data);
  cairo_restore (canvas->cr);
}

/**
 * ekl_residual_figure_draw:
 * @canvas: where to draw
 * @options: its options
 * @data: predictions of kind RESIDUALS
 * @layout: (out): what was drawn where; the lines of gamma too
 *
 * Draws true minus predicted over predicted, for each datum, with the particles' P10-P90 as a bar.
 * What Gamma says that the noise is, is a band of +-gamma with a grip at its edges: where the
 * residuals are much wider or narrower, gamma does not fit the data.
 */
void
ekl_residual_figure_draw (EklCanvas *canvas,
                          const EklFigureOptions *options,
                          const EklPredictions *data,
                          EklFigureLayout *layout)
{
  g_auto (EklLegend) legend = { 0 };
  g_autofree char *x_name =
    g_strdup_printf ("predicted %s", data->output_name ? data->output_name : "output");
  EklAxes axes = { .x_name = x_name };
  EklChart chart;
  gboolean settling;
  double top;

  find_ranges (data, options, &axes);
  settling = ekl_figure_hold (options, FALSE, &axes.y0, &axes.y1);
  fill_legend (&legend, canvas, data);
  top = ekl_header_draw (canvas, ekl_figure_title (options), "true − predicted", &legend);
  ekl_chart_layout (&chart, canvas, ekl_figure_area (canvas, top), &axes);
  ekl_chart_grid (&chart, canvas);
  draw_contents (canvas, &chart, data);
  ekl_chart_labels (&chart, canvas);
  ekl_chart_export (&chart, layout);
  layout->settling = settling;
  for (guint k = 0; k < 2 && has_noise (data); k++) {
    layout->noise_y[k] = ekl_scale_map (&chart.y, k == 0 ? data->noise_std : -data->noise_std);
    draw_noise_line (canvas, &chart, layout->noise_y[k]);
  }
}

/**
 * ekl_residual_figure_hover:
 * @canvas: where to draw
 * @chart: the scales
 * @data: predictions of kind RESIDUALS
 * @x: the pointer, px
 * @y: the pointer, px
 *
 * Draws the read-out of the datum at the pointer.
 */
void
ekl_residual_figure_hover (
  EklCanvas *canvas, EklChart *chart, const EklPredictions *data, double x, double y)
{
  const double *answers[2] = { data->mean_particle, data->descent };
  const char *const names[2] = { "EKI", "GD" };
  const EklKey keys[2] = { EKL_KEY_DOT, EKL_KEY_SQUARE };
  const EklColor colors[2] = { canvas->theme->eki, canvas->theme->gd };
  g_auto (EklLegend) lines = { 0 };
  g_autofree char *head = NULL, *truth = NULL;
  EklPoint place = { 0, 0 };
  guint nearest = G_MAXUINT;
  double best = REACH;

  for (guint k = 0; k < 2; k++)
    for (guint i = 0; answers[k] && i < data->n_data; i++) {
      EklPoint value = point_of (data, answers[k], i);
      EklPoint p = { ekl_scale_map (&chart->x, value.x), ekl_scale_map (&chart->y, value.y) };

      if (hypot (p.x - x, p.y - y) < best) {
        best = hypot (p.x - x, p.y - y);
        nearest = i;
        place = p;
      }
    }
  if (nearest == G_MAXUINT)
    return;

  ekl_mark_paint (canvas, EKL_MARK_DOT, EKL_MARK_RINGED, canvas->theme->foreground, place.x,
                  place.y, 2.5);
  truth = ekl_format_short (data->data_x[nearest]);
  head = g_strdup_printf (
    "%s row %u: true %s", nearest < data->n_training ? "training" : "validation",
    nearest < data->n_training ? nearest + 1 : nearest - data->n_training + 1, truth);
  for (guint k = 0; k < 2; k++) {
    g_autofree char *rest = NULL;

    if (!answers[k])
      continue;
    rest = ekl_format_number (data->data_x[nearest] - answers[k][nearest]);
    ekl_legend_add (&lines, keys[k], colors[k], "%s off by %s", names[k], rest);
  }
  ekl_readout_draw (canvas, head, &lines, chart->plot, place.x, place.y);
}

/* loss_figure.c - the loss of both methods over the steps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "end_labels.h"
#include "history_axis.h"
#include "loss_curves.h"
#include "loss_events.h"
#include "loss_former.h"
#include "loss_selection.h"
#include "marks.h"
#include "ticks.h"

#define WIDE       34 /* in font sizes: from here on there is room for whole words */
#define VERY_WIDE  60
#define NAMED      21 /* likewise: for the curves' names at their ends */
#define BAND_ALPHA 0.2

static gboolean
has_named_end (const EklLossCurve *curve)
{
  return curve->n_points > 0 && !curve->diverged;
}

/* @y1: the view's upper end: where the curve has left it, an arrow says so. */
static char *
end_label (const EklLossCurve *curve, EklMethod method, double y1)
{
  g_autofree char *value = ekl_format_number (curve->last.y);

  return g_strdup_printf ("%s %s%s", method == EKL_METHOD_EKI ? "EKI" : "GD",
                          curve->last.y > y1 ? "↑ " : "", value);
}

/* Of the curves that are seen to their end; @text keeps what @label borrows. */
static guint
list_ends (
  const EklCanvas *canvas, const EklLossCurves *curves, double y1, EklEndLabel *label, char **text)
{
  guint n = 0;

  for (guint m = 0; m < EKL_N_METHODS; m++) {
    if (!has_named_end (&curves->curve[m]))
      continue;
    text[n] = end_label (&curves->curve[m], m, y1);
    label[n] = (EklEndLabel){ .text = text[n], .color = ekl_method_color (canvas, m) };
    n++;
  }
  return n;
}

static double
end_labels_width (EklCanvas *canvas, const EklLossCurves *curves, double y1)
{
  g_auto (GStrv) text = g_new0 (char *, EKL_N_METHODS + 1);
  EklEndLabel label[EKL_N_METHODS];

  return ekl_end_labels_width (canvas, label, list_ends (canvas, curves, y1, label, text));
}

static void
fill_legend (EklLegend *legend,
             const EklCanvas *canvas,
             const EklLossCurves *curves,
             const EklFigureOptions *options,
             gboolean named)
{
  const EklTheme *theme = canvas->theme;
  const EklLossCurve *eki = &curves->curve[EKL_METHOD_EKI];
  const EklLossCurve *gd = &curves->curve[EKL_METHOD_GD];
  gboolean roomy = canvas->width > WIDE * canvas->font_size;
  gboolean has_band = curves->band.n > 0 && !options->hide_band;

  if (gd->present)
    ekl_legend_add (legend, EKL_KEY_DASHED, theme->gd, "%s%s",
                    roomy && !options->losses_differ ? "gradient descent" : "GD",
                    options->losses_differ ? ": cross-entropy" : "");
  if (eki->present)
    ekl_legend_add (legend, has_band ? EKL_KEY_BAND_LINE : EKL_KEY_LINE, theme->eki, "EKI%s%s%s",
                    options->losses_differ ? ": squared loss"
                    : roomy                ? ": mean particle"
                                           : "",
                    canvas->width > VERY_WIDE * canvas->font_size && options->losses_differ
                      ? " of the mean particle"
                      : "",
                    roomy && has_band ? ", P10–P90" : "");
  if (options->show_validation && (eki->has_validation || gd->has_validation))
    ekl_legend_add (legend, EKL_KEY_DOTTED, theme->dim, "validation");
  if (options->show_mean_output && curves->mean_output.n > 0)
    ekl_legend_add (legend, EKL_KEY_DASHED, theme->third, "EKI: loss of the mean output");
  if (options->show_best && curves->best.n > 0)
    ekl_legend_add (legend, EKL_KEY_LINE, theme->third, "EKI: best particle");
}

static void
draw_band (EklChart *chart, EklCanvas *canvas, const EklLossCurves *curves)
{
  ekl_canvas_color (canvas, canvas->theme->eki, BAND_ALPHA);
  ekl_band_path (&curves->band, canvas, &chart->x, &chart->y);
  cairo_fill (canvas->cr);
}

static void
draw_curves (EklChart *chart,
             EklCanvas *canvas,
             const EklLossCurves *curves,
             const EklFigureOptions *options)
{
  const EklTheme *theme = canvas->theme;
  double pen = canvas->line_width;

  cairo_save (canvas->cr);
  ekl_chart_clip (chart, canvas);
  if (!options->hide_band)
    draw_band (chart, canvas, curves);
  for (guint m = EKL_N_METHODS; options->show_validation && m-- > 0;)
    ekl_series_draw (&curves->curve[m].validation, canvas, &chart->x, &chart->y,
                     ekl_method_color (canvas, m), 0.75 * pen, EKL_STROKE_DOTTED);
  if (options->show_mean_output)
    ekl_series_draw (&curves->mean_output, canvas, &chart->x, &chart->y, theme->third, 0.8 * pen,
                     EKL_STROKE_DASHED);
  if (options->show_best)
    ekl_series_draw (&curves->best, canvas, &chart->x, &chart->y, theme->third, 0.7 * pen,
                     EKL_STROKE_SOLID);
  ekl_series_draw (&curves->curve[EKL_METHOD_GD].train, canvas, &chart->x, &chart->y, theme->gd,
                   pen, EKL_STROKE_DASHED);
  ekl_series_draw (&curves->curve[EKL_METHOD_EKI].train, canvas, &chart->x, &chart->y, theme->eki,
                   pen, EKL_STROKE_SOLID);
  cairo_restore (canvas->cr);
}

static double
map_into (const EklScale *scale, double value)
{
  double low = MIN (scale->p0, scale->p1);
  double high = MAX (scale->p0, scale->p1);

  return CLAMP (ekl_scale_map (scale, value), low, high);
}

/* The newest point of each curve: what moves during a lecture. */
static void
draw_ends (EklChart *chart, EklCanvas *canvas, const EklLossCurves *curves)
{
  for (guint m = EKL_N_METHODS; m-- > 0;) {
    const EklLossCurve *curve = &curves->curve[m];
    gboolean start = curve->n_points == 1;

    if (!has_named_end (curve) || curve->last.x < chart->x.v0 || curve->last.x > chart->x.v1)
      continue;
    ekl_mark_paint (canvas, m == EKL_METHOD_EKI ? EKL_MARK_DOT : EKL_MARK_SQUARE,
                    start && m == EKL_METHOD_GD ? EKL_MARK_HOLLOW : EKL_MARK_FILLED,
                    ekl_method_color (canvas, m), map_into (&chart->x, curve->last.x),
                    map_into (&chart->y, curve->last.y),
                    canvas->line_width * (start && m == EKL_METHOD_GD ? 2.6 : 1.6) + 0.6);
  }
}

static void
draw_end_labels (EklChart *chart, EklCanvas *canvas, const EklLossCurves *curves)
{
  g_auto (GStrv) text = g_new0 (char *, EKL_N_METHODS + 1);
  EklEndLabel label[EKL_N_METHODS];
  guint n = 0;

  for (guint m = 0; m < EKL_N_METHODS; m++) {
    const EklLossCurve *curve = &curves->curve[m];

    if (!has_named_end (curve) || curve->last.x < chart->x.v0 || curve->last.x > chart->x.v1)
      continue;
    text[n] = end_label (curve, m, chart->y.v1);
    label[n] =
      (EklEndLabel){ text[n], ekl_method_color (canvas, m), map_into (&chart->x, curve->last.x),
                     map_into (&chart->y, curve->last.y) };
    n++;
  }
  ekl_end_labels_draw (canvas, chart->plot, label, n);
}

/* On the right of its mark or on the left, in whole words or in short ones, wherever all of it is seen. */
static void
write_divergence (EklChart *chart, EklCanvas *canvas, EklMethod method, guint64 step, EklPoint mark)
{
  EklTextStyle style = { .y_align = 0.5,
                         .weight = EKL_TEXT_BOLD,
                         .color = ekl_method_color (canvas, method),
                         .halo = TRUE };
  const char *names[] = { method == EKL_METHOD_EKI ? "EKI" : "gradient descent",
                          method == EKL_METHOD_EKI ? "EKI" : "GD" };
  const double gap = 0.8 * canvas->font_size;
  const double right = canvas->width - 0.4 * canvas->font_size;
  double x = mark.x + gap;
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    double width;

    g_free (text);
    text = g_strdup_printf ("%s diverged at step %" G_GUINT64_FORMAT, names[i], step);
    ekl_canvas_measure (canvas, text, &style, &width, NULL);
    x = mark.x + gap;
    if (x + width <= chart->plot.x + chart->plot.width)
      break;
    x = mark.x - gap - width;
    if (x >= chart->plot.x)
      break;
    x = MIN (mark.x + gap, right - width);
    if (x == mark.x + gap)
      break;
  }
  ekl_canvas_text (canvas, text, MAX (x, 0), mark.y, &style);
}

static void
draw_divergence (EklChart *chart, EklCanvas *canvas, const EklLossCurves *curves)
{
  guint row = 0;

  for (guint m = EKL_N_METHODS; m-- > 0;) {
    const EklLossCurve *curve = &curves->curve[m];
    EklPoint mark;

    if (!curve->diverged || curve->diverged_x < chart->x.v0 || curve->diverged_x > chart->x.v1)
      continue;
    mark.x = map_into (&chart->x, curve->diverged_x);
    mark.y = chart->plot.y + canvas->line_height * (0.7 + 1.1 * row++);
    ekl_canvas_color (canvas, ekl_method_color (canvas, m), 0.6);
    ekl_canvas_hairline (canvas, mark.x, chart->plot.y, mark.x, chart->plot.y + chart->plot.height);
    ekl_mark_paint (canvas, EKL_MARK_CROSS, EKL_MARK_FILLED, ekl_method_color (canvas, m), mark.x,
                    mark.y, canvas->font_size * 0.36);
    write_divergence (chart, canvas, m, curve->diverged_step, mark);
  }
}

static const char *
loss_name (const EklCanvas *canvas, const EklFigureOptions *options)
{
  return options->losses_differ && canvas->width > WIDE * canvas->font_size ? "loss, each its own"
                                                                            : "loss";
}

static void
draw (EklCanvas *canvas,
      const EklFigureOptions *options,
      const EklFigureData *data,
      EklFigureLayout *layout)
{
  g_auto (EklLossCurves) curves = { 0 };
  g_auto (EklLegend) legend = { 0 };
  g_auto (EklLossEvents) events = { 0 };
  EklAxes axes = { .log_x = options->log_x, .log_y = !options->linear_y };

  gboolean named = canvas->width > NAMED * canvas->font_size;
  gboolean settling;
  guint rows;
  double top;
  EklBox area;
  EklChart chart;

  axes.x_name = ekl_loss_axis_name (options->x_axis);
  axes.whole_x =
    options->x_axis == EKL_LOSS_AXIS_STEP || options->x_axis == EKL_LOSS_AXIS_MODEL_RUNS;
  ekl_loss_curves_init (&curves, data, options, canvas->width);
  if (curves.n == 0) {
    ekl_figure_draw_empty (canvas, options, loss_name (canvas, options), axes.x_name,
                           "Press Space to start", layout);
    return;
  }

  axes.x0 = curves.x0;
  axes.x1 = curves.x1;
  ekl_loss_curves_y_range (&curves, options, &axes.y0, &axes.y1);
  settling = ekl_figure_hold (options, axes.log_y, &axes.y0, &axes.y1);
  axes.right = named ? end_labels_width (canvas, &curves, axes.y1) : 0;

  fill_legend (&legend, canvas, &curves, options, named);
  if (data->selection)
    ekl_legend_add (&legend, EKL_KEY_DASH_DOT, canvas->theme->third, "%u selected%s",
                    data->n_selected, options->losses_differ ? ": squared loss" : "");
  ekl_loss_former_add_legend (&legend, canvas, options, data);
  top = ekl_header_draw (canvas, ekl_figure_title (options), loss_name (canvas, options), &legend);
  area = ekl_figure_area (canvas, top);
  ekl_loss_events_init (&events, data, options);
  rows = ekl_loss_events_place (&events, canvas, area, &axes);
  area.y += rows * canvas->line_height;
  area.height -= rows * canvas->line_height;

  ekl_chart_layout (&chart, canvas, area, &axes);
  ekl_chart_grid (&chart, canvas);
  ekl_loss_events_draw (&events, canvas, &chart);
  ekl_loss_former_draw (&chart, canvas, options, data);
  draw_curves (&chart, canvas, &curves, options);
  ekl_loss_selection_draw (&chart, canvas, options, data);
  ekl_chart_labels (&chart, canvas);
  draw_ends (&chart, canvas, &curves);
  draw_divergence (&chart, canvas, &curves);
  if (named)
    draw_end_labels (&chart, canvas, &curves);
  ekl_chart_export (&chart, layout);
  layout->settling = settling;
}

const EklFigureClass ekl_loss_figure = { "loss", draw, ekl_loss_figure_hover,
                                         ekl_loss_figure_describe };

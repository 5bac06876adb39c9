/* loss_figure.c - the loss of both methods over the steps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "history_axis.h"
#include "loss_curves.h"
#include "marks.h"
#include "readout.h"
#include "ticks.h"

#include <math.h>

#define WIDE 34       /* in font sizes: from here on the curves have their names at their ends */
#define BAND_ALPHA 0.2
#define N_LABELS EKL_N_METHODS

static EklColor
method_color (const EklCanvas *canvas, EklMethod method)
{
  return method == EKL_METHOD_EKI ? canvas->theme->eki : canvas->theme->gd;
}

static gboolean
has_named_end (const EklLossCurve *curve)
{
  return curve->n_points > 0 && !curve->diverged;
}

static char *
end_label (const EklLossCurve *curve, EklMethod method)
{
  g_autofree char *value = ekl_format_number (curve->last.y);

  return g_strdup_printf ("%s %s", method == EKL_METHOD_EKI ? "EKI" : "GD", value);
}

static double
end_labels_width (EklCanvas *canvas, const EklLossCurves *curves)
{
  double widest = 0, width;

  for (guint m = 0; m < EKL_N_METHODS; m++) {
    g_autofree char *text = NULL;

    if (!has_named_end (&curves->curve[m]))
      continue;
    text = end_label (&curves->curve[m], m);
    ekl_canvas_measure (canvas, text, &(EklTextStyle){ .weight = EKL_TEXT_BOLD }, &width, NULL);
    widest = MAX (widest, width + canvas->font_size * 1.1);
  }

  return widest;
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

  if (gd->present)
    ekl_legend_add (legend, EKL_KEY_DASHED, theme->gd, roomy ? "gradient descent" : "GD");
  if (eki->present)
    ekl_legend_add (legend, curves->band.n > 0 ? EKL_KEY_BAND_LINE : EKL_KEY_LINE, theme->eki,
                    !roomy               ? "EKI"
                    : curves->band.n > 0 ? "EKI: mean particle, P10–P90"
                                         : "EKI: mean particle");
  if (options->show_validation && (eki->has_validation || gd->has_validation))
    ekl_legend_add (legend, EKL_KEY_DOTTED, theme->dim, "validation");
  if (options->show_best && curves->best.n > 0)
    ekl_legend_add (legend, EKL_KEY_LINE, theme->third, "best particle");
}

static void
draw_band (EklChart *chart, EklCanvas *canvas, const EklLossCurves *curves)
{
  ekl_canvas_color (canvas, canvas->theme->eki, BAND_ALPHA);
  ekl_band_path (&curves->band, canvas, &chart->x, &chart->y);
  cairo_fill (canvas->cr);
}

static void
draw_line (EklChart *chart,
           EklCanvas *canvas,
           const EklSeries *series,
           EklColor color,
           double width,
           EklStroke stroke)
{
  ekl_stroke_set (canvas, width, stroke);
  ekl_canvas_color (canvas, color, 1);
  ekl_series_path (series, canvas, &chart->x, &chart->y);
  cairo_stroke (canvas->cr);
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
  draw_band (chart, canvas, curves);
  for (guint m = EKL_N_METHODS; options->show_validation && m-- > 0;)
    draw_line (chart, canvas, &curves->curve[m].validation, method_color (canvas, m), 0.7 * pen,
               EKL_STROKE_DOTTED);
  if (options->show_best)
    draw_line (chart, canvas, &curves->best, theme->third, 0.7 * pen, EKL_STROKE_SOLID);
  draw_line (chart, canvas, &curves->curve[EKL_METHOD_GD].train, theme->gd, pen,
             EKL_STROKE_DASHED);
  draw_line (chart, canvas, &curves->curve[EKL_METHOD_EKI].train, theme->eki, pen,
             EKL_STROKE_SOLID);
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
                    method_color (canvas, m), map_into (&chart->x, curve->last.x),
                    map_into (&chart->y, curve->last.y),
                    canvas->line_width * (start && m == EKL_METHOD_GD ? 2.6 : 1.6) + 0.6);
  }
}

static void
draw_end_labels (EklChart *chart, EklCanvas *canvas, const EklLossCurves *curves)
{
  double y[N_LABELS], x[N_LABELS], half = canvas->line_height / 2;
  gboolean shown[N_LABELS];

  for (guint m = 0; m < N_LABELS; m++) {
    const EklLossCurve *curve = &curves->curve[m];

    shown[m] = has_named_end (curve) && curve->last.x >= chart->x.v0 && curve->last.x <= chart->x.v1;
    if (!shown[m])
      continue;
    x[m] = map_into (&chart->x, curve->last.x) + canvas->font_size * 0.6 + canvas->line_width;
    y[m] = CLAMP (map_into (&chart->y, curve->last.y), chart->plot.y + half,
                  MAX (chart->plot.y + chart->plot.height - half, chart->plot.y + half));
  }

  if (shown[0] && shown[1] && fabs (y[0] - y[1]) < 2 * half
      && fabs (x[0] - x[1]) < 6 * canvas->font_size) {
    guint upper = y[0] < y[1] || (y[0] == y[1]) ? 0 : 1;
    double middle = CLAMP ((y[0] + y[1]) / 2, chart->plot.y + 2 * half,
                           MAX (chart->plot.y + chart->plot.height - 2 * half,
                                chart->plot.y + 2 * half));

    y[upper] = middle - half;
    y[1 - upper] = middle + half;
  }

  for (guint m = 0; m < N_LABELS; m++) {
    EklTextStyle style = { .y_align = 0.5,
                           .weight = EKL_TEXT_BOLD,
                           .color = method_color (canvas, m),
                           .halo = TRUE };
    g_autofree char *text = NULL;

    if (!shown[m])
      continue;
    text = end_label (&curves->curve[m], m);
    ekl_canvas_text (canvas, text, x[m], y[m], &style);
  }
}

static void
draw_divergence (EklChart *chart, EklCanvas *canvas, const EklLossCurves *curves)
{
  guint row = 0;

  for (guint m = EKL_N_METHODS; m-- > 0;) {
    const EklLossCurve *curve = &curves->curve[m];
    EklTextStyle style = { .y_align = 0.5,
                           .weight = EKL_TEXT_BOLD,
                           .color = method_color (canvas, m),
                           .halo = TRUE };
    g_autofree char *text = NULL;
    double x, y, width;
    gboolean roomy = canvas->width > WIDE * canvas->font_size;

    if (!curve->diverged || curve->diverged_x < chart->x.v0 || curve->diverged_x > chart->x.v1)
      continue;

    text = g_strdup_printf ("%s diverged at step %" G_GUINT64_FORMAT,
                            m == EKL_METHOD_EKI ? "EKI" : roomy ? "gradient descent" : "GD",
                            curve->diverged_step);
    x = map_into (&chart->x, curve->diverged_x);
    y = chart->plot.y + canvas->line_height * (0.7 + 1.1 * row++);
    ekl_canvas_measure (canvas, text, &style, &width, NULL);
    if (x + width + canvas->font_size * 1.4 > chart->plot.x + chart->plot.width
        && x - width - canvas->font_size > chart->plot.x)
      style.x_align = 1;

    ekl_canvas_color (canvas, style.color, 0.6);
    ekl_canvas_hairline (canvas, x, chart->plot.y, x, chart->plot.y + chart->plot.height);
    ekl_mark_paint (canvas, EKL_MARK_CROSS, EKL_MARK_FILLED, style.color, x, y,
                    canvas->font_size * 0.36);
    ekl_canvas_text (canvas, text, x + canvas->font_size * (style.x_align > 0 ? -0.8 : 0.8), y,
                     &style);
  }
}

static char *
event_text (const EklEvent *event)
{
  g_autofree char *text = NULL;

  if (event->before && event->after)
    text = g_strdup_printf ("%s %s → %s", event->setting ? event->setting : "", event->before,
                            event->after);
  else
    text = g_strdup (event->setting ? event->setting : "");

  return g_utf8_make_valid (g_strstrip (text), -1);
}

/* The marks' texts stand in a row of their own above the plot area, each above its line; from the newest to the
 * oldest, those that would touch a newer one are left out. */
static void
draw_events (EklChart *chart,
             EklCanvas *canvas,
             const EklFigureOptions *options,
             const EklFigureData *data,
             const EklLossCurves *curves,
             double text_y)
{
  guint n;
  const EklEvent *events = ekl_history_get_events (data->history, &n);
  EklMethod method = ekl_records_method (curves->records, curves->n);
  double free_to = chart->plot.x + chart->plot.width + MAX (chart->axes.right, 1);
  double last_x = NAN;

  for (guint i = n; i-- > 0;) {
    EklTextStyle style = { .x_align = 0.5, .y_align = 0.5, .color = canvas->theme->foreground };
    g_autofree char *text = event_text (&events[i]);
    double value = ekl_records_step_x (curves->records, curves->n, method, options->x_axis,
                                       (double) events[i].step);
    double x = ekl_scale_map (&chart->x, value);
    EklBox box;

    if (!(value >= chart->x.v0 && value <= chart->x.v1) || fabs (x - last_x) < 2)
      continue;

    ekl_canvas_color (canvas, canvas->theme->dim, 0.75);
    cairo_set_dash (canvas->cr, (double[]){ 2, 2 }, 2, 0);
    ekl_canvas_hairline (canvas, x, chart->plot.y - 2, x, chart->plot.y + chart->plot.height);
    cairo_set_dash (canvas->cr, NULL, 0, 0);
    last_x = x;

    box = ekl_canvas_place (canvas, text, x, text_y, &style);
    box.x = MIN (box.x, free_to - box.width);
    if (box.x < 2 || box.x + box.width < x - 2 || text_y <= 0)
      continue;
    ekl_canvas_text (canvas, text, box.x + box.width / 2, text_y, &style);
    free_to = box.x - canvas->font_size;
  }
}

static gboolean
has_events (const EklFigureData *data)
{
  guint n;

  ekl_history_get_events (data->history, &n);

  return n > 0;
}

static void
draw (EklCanvas *canvas,
      const EklFigureOptions *options,
      const EklFigureData *data,
      EklFigureLayout *layout)
{
  g_auto (EklLossCurves) curves = { 0 };
  g_auto (EklLegend) legend = { 0 };
  EklAxes axes = { .log_x = options->log_x, .log_y = !options->linear_y };
  gboolean named = canvas->width > WIDE * canvas->font_size;
  double top, events_y = 0;
  EklBox area;
  EklChart chart;

  axes.x_name = ekl_loss_axis_name (options->x_axis);
  ekl_loss_curves_init (&curves, data->history, options, canvas->width);
  if (curves.n == 0) {
    ekl_figure_draw_empty (canvas, options, "loss", axes.x_name, "Press Space to start", layout);
    return;
  }

  axes.x0 = curves.x0;
  axes.x1 = curves.x1;
  ekl_loss_curves_y_range (&curves, options, &axes.y0, &axes.y1);
  axes.right = named ? end_labels_width (canvas, &curves) : 0;

  fill_legend (&legend, canvas, &curves, options, named);
  top = ekl_header_draw (canvas, ekl_figure_title (options), "loss", &legend);
  area = ekl_figure_area (canvas, top);
  if (has_events (data) && area.height > 10 * canvas->font_size) {
    events_y = area.y + canvas->line_height * 0.4;
    area.y += canvas->line_height;
    area.height -= canvas->line_height;
  }

  ekl_chart_layout (&chart, canvas, area, &axes);
  ekl_chart_grid (&chart, canvas);
  draw_events (&chart, canvas, options, data, &curves, events_y);
  draw_curves (&chart, canvas, &curves, options);
  ekl_chart_labels (&chart, canvas);
  draw_ends (&chart, canvas, &curves);
  draw_divergence (&chart, canvas, &curves);
  if (named)
    draw_end_labels (&chart, canvas, &curves);
  ekl_chart_export (&chart, layout);
}

/* Not every step is evaluated on all rows: the nearest earlier one that was. */
static const EklMethodRecord *
evaluated_before (const EklRecord *records, guint index, EklMethod method, guint64 *step)
{
  for (guint back = 0; back <= index && back < 1024; back++) {
    const EklMethodRecord *record = &records[index - back].method[method];

    if (record->present && !isnan (record->train_loss)) {
      *step = records[index - back].step;
      return record;
    }
  }

  return NULL;
}

static void
add_method_lines (EklLegend *lines,
                  EklCanvas *canvas,
                  const EklRecord *records,
                  guint index,
                  EklMethod method,
                  const EklFigureOptions *options)
{
  guint64 step;
  const EklMethodRecord *record = evaluated_before (records, index, method, &step);
  const char *name = method == EKL_METHOD_EKI ? "EKI" : "GD";
  EklKey key = method == EKL_METHOD_EKI ? EKL_KEY_LINE : EKL_KEY_DASHED;
  EklColor color = method_color (canvas, method);
  g_autofree char *loss = NULL;
  g_autofree char *validation = NULL;

  if (records[index].method[method].present && records[index].method[method].diverged) {
    ekl_legend_add (lines, key, color, "%s diverged", name);
    return;
  }
  if (!record)
    return;

  loss = ekl_format_number (record->train_loss);
  validation = ekl_format_number (record->validation_loss);
  if (step == records[index].step)
    ekl_legend_add (lines, key, color, "%s %s", name, loss);
  else
    ekl_legend_add (lines, key, color, "%s %s (step %" G_GUINT64_FORMAT ")", name, loss, step);
  if (options->show_validation && isfinite (record->validation_loss))
    ekl_legend_add (lines, EKL_KEY_DOTTED, color, "%s validation %s", name, validation);
}

static void
add_band_line (EklLegend *lines, EklCanvas *canvas, const EklRecord *records, guint n, guint index)
{
  const EklMethodRecord *eki;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (index + 1 >= n || records[index + 1].step != records[index].step + 1)
    return;

  eki = &records[index + 1].method[EKL_METHOD_EKI];
  if (!eki->present || !isfinite (eki->particle_low) || !isfinite (eki->particle_high))
    return;

  low = ekl_format_number (eki->particle_low);
  high = ekl_format_number (eki->particle_high);
  ekl_legend_add (lines, EKL_KEY_BAND, canvas->theme->eki, "P10–P90 %s … %s", low, high);
}

static void
mark_values (EklCanvas *canvas,
             EklChart *chart,
             const EklRecord *records,
             guint index,
             EklLossAxis axis)
{
  for (guint m = EKL_N_METHODS; m-- > 0;) {
    const EklMethodRecord *record = &records[index].method[m];
    double x = ekl_scale_map (&chart->x, ekl_record_x (&records[index], m, axis));

    if (!record->present || record->diverged || !isfinite (record->train_loss)
        || x > chart->plot.x + chart->plot.width + 1)
      continue;
    ekl_mark_paint (canvas, m == EKL_METHOD_EKI ? EKL_MARK_DOT : EKL_MARK_SQUARE, EKL_MARK_HOLLOW,
                    method_color (canvas, m), x, map_into (&chart->y, record->train_loss),
                    canvas->line_width * 1.8 + 1);
  }
}

static void
hover (EklCanvas *canvas,
       const EklFigureOptions *options,
       const EklFigureData *data,
       const EklFigureLayout *layout,
       double x,
       double y)
{
  g_auto (EklLegend) lines = { 0 };
  g_autofree char *head = NULL;
  g_autofree char *epoch = NULL;
  const EklRecord *records;
  EklChart chart;
  double position;
  guint n, index;
  gboolean pointed = x >= layout->left && x <= layout->left + layout->width && y >= layout->top
                     && y <= layout->top + layout->height;

  if (!ekl_crosshair_record (options, data, layout, pointed ? x : NAN, &index))
    return;

  records = ekl_history_get_records (data->history, &n);
  ekl_chart_import (&chart, layout);
  position = ekl_scale_map (&chart.x, ekl_record_x (&records[index], ekl_records_method (records, n),
                                                    options->x_axis));
  if (!(position >= chart.plot.x - 1 && position <= chart.plot.x + chart.plot.width + 1))
    return;

  ekl_draw_crosshair (canvas, chart.plot, position);
  mark_values (canvas, &chart, records, index, options->x_axis);
  if (!pointed)
    return;

  epoch = ekl_format_number (records[index].epoch);
  head = g_strdup_printf ("step %" G_GUINT64_FORMAT " · epoch %s", records[index].step, epoch);
  add_method_lines (&lines, canvas, records, index, EKL_METHOD_GD, options);
  add_method_lines (&lines, canvas, records, index, EKL_METHOD_EKI, options);
  add_band_line (&lines, canvas, records, n, index);
  ekl_readout_draw (canvas, head, &lines, chart.plot, position, y);
}

static void
describe_method (GString *text, const EklRecord *records, guint n, EklMethod method)
{
  const char *name
    = method == EKL_METHOD_EKI ? "ensemble Kalman inversion" : "gradient descent";
  guint64 step = 0;
  const EklMethodRecord *record = evaluated_before (records, n - 1, method, &step);
  guint first = n - 1;

  if (!records[n - 1].method[method].present)
    return;

  if (records[n - 1].method[method].diverged) {
    while (first > 0 && records[first - 1].method[method].diverged)
      first--;
    g_string_append_printf (text, " %c%s diverged at step %" G_GUINT64_FORMAT ".",
                            g_ascii_toupper (name[0]), name + 1, records[first].step);
  } else if (record) {
    g_autofree char *loss = ekl_format_number (record->train_loss);
    g_autofree char *validation = ekl_format_number (record->validation_loss);

    g_string_append_printf (text, " The training loss of %s is %s", name, loss);
    if (isfinite (record->validation_loss))
      g_string_append_printf (text, ", its validation loss %s", validation);
    g_string_append_c (text, '.');
  }
}

static char *
describe (const EklFigureData *data)
{
  guint n = 0;
  const EklRecord *records = data->history ? ekl_history_get_records (data->history, &n) : NULL;
  GString *text;

  if (n == 0)
    return g_strdup ("The loss: no steps yet.");

  text = g_string_new (NULL);
  if (records[n - 1].step == 0)
    g_string_append (text, "The loss at the start.");
  else
    g_string_append_printf (text, "The loss after %" G_GUINT64_FORMAT " step%s.",
                            records[n - 1].step, records[n - 1].step == 1 ? "" : "s");
  describe_method (text, records, n, EKL_METHOD_EKI);
  describe_method (text, records, n, EKL_METHOD_GD);

  return g_string_free (text, FALSE);
}

const EklFigureClass ekl_loss_figure = { "loss", draw, hover, describe };

/* predictions_figure.c - what the networks answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "marks.h"
#include "readout.h"

#include <math.h>

#define REACH 16

static gboolean
is_empty (const EklPredictions *data)
{
  if (!data)
    return TRUE;

  return data->kind == EKL_PREDICTIONS_SCATTER
           ? data->n_data == 0 || !data->data_x
           : data->n_data == 0 && data->n_points == 0 && !data->mean_field && !data->descent_field;
}

static void
draw (EklCanvas *canvas,
      const EklFigureOptions *options,
      const EklFigureData *data,
      EklFigureLayout *layout)
{
  const EklPredictions *predictions = data->predictions;

  if (is_empty (predictions))
    ekl_figure_draw_empty (canvas, options, NULL, NULL, "No predictions to show yet", layout);
  else if (predictions->kind == EKL_PREDICTIONS_CURVE)
    ekl_curve_figure_draw (canvas, options, predictions, layout);
  else if (predictions->kind == EKL_PREDICTIONS_FIELD)
    ekl_field_figure_draw (canvas, options, predictions, layout);
  else
    ekl_scatter_figure_draw (canvas, options, predictions, layout);
}

static void
add_value (EklLegend *lines, EklKey key, EklColor color, const char *name, double value)
{
  g_autofree char *text = ekl_format_number (value);

  ekl_legend_add (lines, key, color, "%s %s", name, text);
}

static void
add_answers (EklLegend *lines, const EklCanvas *canvas, const EklPredictions *data, guint i)
{
  const EklTheme *theme = canvas->theme;

  if (data->descent)
    add_value (lines, EKL_KEY_DASHED, theme->gd, "GD", data->descent[i]);
  if (data->mean_particle)
    add_value (lines, EKL_KEY_LINE, theme->eki, "EKI", data->mean_particle[i]);
  if (data->low && data->high) {
    g_autofree char *low = ekl_format_number (data->low[i]);
    g_autofree char *high = ekl_format_number (data->high[i]);

    ekl_legend_add (lines, EKL_KEY_BAND, theme->eki, "P10–P90 %s … %s", low, high);
  }
}

static void
hover_curve (EklCanvas *canvas, EklChart *chart, const EklPredictions *data, double x, double y)
{
  g_auto (EklLegend) lines = { 0 };
  g_autofree char *head = NULL;
  g_autofree char *value = NULL;
  double best = INFINITY, position;
  guint nearest = 0;

  for (guint i = 0; i < data->n_points && data->point_x; i++) {
    double distance = fabs (ekl_scale_map (&chart->x, data->point_x[i]) - x);

    if (distance < best) {
      best = distance;
      nearest = i;
    }
  }
  if (!isfinite (best))
    return;

  position = ekl_scale_map (&chart->x, data->point_x[nearest]);
  ekl_draw_crosshair (canvas, chart->plot, position);
  value = ekl_format_number (data->point_x[nearest]);
  head = g_strdup_printf ("%s %s", data->x_name ? data->x_name : "x", value);
  add_answers (&lines, canvas, data, nearest);
  ekl_readout_draw (canvas, head, &lines, chart->plot, position, y);
}

static void
hover_scatter (EklCanvas *canvas, EklChart *chart, const EklPredictions *data, double x, double y)
{
  const double *answers[2] = { data->mean_particle, data->descent };
  g_auto (EklLegend) lines = { 0 };
  g_autofree char *head = NULL;
  g_autofree char *value = NULL;
  double best = REACH;
  EklPoint place = { 0, 0 };
  guint nearest = G_MAXUINT;

  for (guint k = 0; k < 2; k++) {
    for (guint i = 0; answers[k] && i < data->n_data; i++) {
      EklPoint p = { ekl_scale_map (&chart->x, data->data_x[i]),
                     ekl_scale_map (&chart->y, answers[k][i]) };
      double distance = hypot (p.x - x, p.y - y);

      if (distance < best) {
        best = distance;
        nearest = i;
        place = p;
      }
    }
  }
  if (nearest == G_MAXUINT)
    return;

  ekl_mark_paint (canvas, EKL_MARK_DOT, EKL_MARK_RINGED, canvas->theme->foreground, place.x,
                  place.y, 2.5);
  value = ekl_format_short (data->data_x[nearest]);
  head = g_strdup_printf (
    "%s row %u: true %s", nearest < data->n_training ? "training" : "validation",
    nearest < data->n_training ? nearest + 1 : nearest - data->n_training + 1, value);
  add_answers (&lines, canvas, data, nearest);
  ekl_readout_draw (canvas, head, &lines, chart->plot, place.x, place.y);
}

/* The grid's point nearest to (x, y). */
static double
field_at (const EklField *field, double x, double y)
{
  double column, row;

  if (!field || !field->value || field->n_columns < 2 || field->n_rows < 2)
    return NAN;

  column = (x - field->x0) / (field->x1 - field->x0) * (field->n_columns - 1);
  row = (y - field->y0) / (field->y1 - field->y0) * (field->n_rows - 1);
  if (!(column >= -0.5 && column <= field->n_columns - 0.5 && row >= -0.5 &&
        row <= field->n_rows - 0.5))
    return NAN;

  return field->value[(gsize) CLAMP (lround (row), 0, (long) field->n_rows - 1) * field->n_columns +
                      (gsize) CLAMP (lround (column), 0, (long) field->n_columns - 1)];
}

static void
hover_field (EklCanvas *canvas, EklChart *chart, const EklPredictions *data, double x, double y)
{
  g_auto (EklLegend) lines = { 0 };
  g_autofree char *head = NULL;
  double at_x = ekl_scale_unmap (&chart->x, x), at_y = ekl_scale_unmap (&chart->y, y);
  g_autofree char *x_text = ekl_format_number (at_x);
  g_autofree char *y_text = ekl_format_number (at_y);

  head = g_strdup_printf ("%s %s · %s %s", data->x_name ? data->x_name : "x", x_text,
                          data->y_name ? data->y_name : "y", y_text);
  if (data->descent_field)
    add_value (&lines, EKL_KEY_DASHED, canvas->theme->gd, "GD",
               field_at (data->descent_field, at_x, at_y));
  if (data->mean_field)
    add_value (&lines, EKL_KEY_LINE, canvas->theme->eki, "EKI",
               field_at (data->mean_field, at_x, at_y));
  if (data->spread_field)
    add_value (&lines, EKL_KEY_HATCH, canvas->theme->dim, "P90 − P10",
               field_at (data->spread_field, at_x, at_y));
  ekl_readout_draw (canvas, head, &lines, chart->plot, x, y);
}

static void
hover (EklCanvas *canvas,
       const EklFigureOptions *options,
       const EklFigureData *data,
       const EklFigureLayout *layout,
       double x,
       double y)
{
  EklChart chart;

  if (is_empty (data->predictions) || !(x >= layout->left && x <= layout->left + layout->width &&
                                        y >= layout->top && y <= layout->top + layout->height))
    return;

  ekl_chart_import (&chart, layout);
  if (data->predictions->kind == EKL_PREDICTIONS_CURVE)
    hover_curve (canvas, &chart, data->predictions, x, y);
  else if (data->predictions->kind == EKL_PREDICTIONS_FIELD)
    hover_field (canvas, &chart, data->predictions, x, y);
  else
    hover_scatter (canvas, &chart, data->predictions, x, y);
}

/* Root mean square difference between answers and truth over the training rows, SCATTER only. */
static double
error_of (const EklPredictions *data, const double *answers)
{
  double sum = 0;
  guint n = MIN (data->n_training, data->n_data);

  if (!answers || n == 0)
    return NAN;

  for (guint i = 0; i < n; i++)
    sum += (answers[i] - data->data_x[i]) * (answers[i] - data->data_x[i]);

  return sqrt (sum / n);
}

static char *
describe (const EklFigureData *data)
{
  const EklPredictions *predictions = data->predictions;
  GString *text;
  const struct {
    const char *name;
    const double *answers;
  } methods[] = { { "ensemble Kalman inversion", predictions ? predictions->mean_particle : NULL },
                  { "gradient descent", predictions ? predictions->descent : NULL } };

  if (is_empty (predictions))
    return g_strdup ("Predictions: none yet.");

  if (predictions->kind != EKL_PREDICTIONS_SCATTER)
    return g_strdup_printf (
      "Predictions of %s over %s%s%s, with %u data points.",
      predictions->output_name ? predictions->output_name : "the output",
      predictions->x_name ? predictions->x_name : "the input",
      predictions->kind == EKL_PREDICTIONS_FIELD ? " and " : "",
      predictions->kind == EKL_PREDICTIONS_FIELD && predictions->y_name ? predictions->y_name : "",
      predictions->n_data);

  text = g_string_new (NULL);
  g_string_append_printf (text, "Predicted against true %s for %u rows.",
                          predictions->output_name ? predictions->output_name : "output",
                          predictions->n_data);
  for (guint k = 0; k < G_N_ELEMENTS (methods); k++) {
    double error = error_of (predictions, methods[k].answers);
    g_autofree char *number = ekl_format_number (error);

    if (isfinite (error))
      g_string_append_printf (text, " The root mean square error of %s on the training rows is %s.",
                              methods[k].name, number);
  }

  return g_string_free (text, FALSE);
}

const EklFigureClass ekl_predictions_figure = { "predictions", draw, hover, describe };

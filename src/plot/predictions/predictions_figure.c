/* predictions_figure.c - what the networks answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "marks.h"
#include "readout.h"

#include <math.h>

#define REACH    16
#define MAX_TOLD 3 /* selected particles in the read-out */

static void
draw (EklCanvas *canvas,
      const EklFigureOptions *options,
      const EklFigureData *data,
      EklFigureLayout *layout)
{
  const EklPredictions *predictions = data->predictions;

  if (ekl_predictions_are_empty (predictions)) {
    ekl_figure_draw_empty (canvas, options, NULL, NULL, "No predictions to show yet", layout);
    return;
  }

  switch (predictions->kind) {
  case EKL_PREDICTIONS_CURVE:
    ekl_curve_figure_draw (canvas, options, predictions, layout);
    break;
  case EKL_PREDICTIONS_FIELD:
    ekl_field_figure_draw (canvas, options, predictions, layout);
    break;
  case EKL_PREDICTIONS_RESIDUALS:
    ekl_residual_figure_draw (canvas, options, predictions, layout);
    break;
  case EKL_PREDICTIONS_CONFUSION:
    ekl_confusion_figure_draw (canvas, options, predictions, layout);
    break;
  case EKL_PREDICTIONS_PICTURES:
    ekl_picture_figure_draw (canvas, options, predictions, layout);
    break;
  case EKL_PREDICTIONS_SCATTER:
  default:
    ekl_scatter_figure_draw (canvas, options, predictions, layout);
    break;
  }
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
  for (guint k = 0; data->selected_answer && k < MIN (data->n_selected, MAX_TOLD); k++) {
    g_autofree char *name = g_strdup_printf ("particle %u", data->selected[k] + 1);

    add_value (lines, EKL_KEY_DASH_DOT, theme->third, name,
               data->selected_answer[(gsize) k * data->n_points + i]);
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
               ekl_field_at (data->descent_field, at_x, at_y));
  if (data->mean_field)
    add_value (&lines, EKL_KEY_LINE, canvas->theme->eki, "EKI",
               ekl_field_at (data->mean_field, at_x, at_y));
  for (guint k = 0;
       data->mean_field && data->selected_answer && k < MIN (data->n_selected, MAX_TOLD); k++) {
    EklField field = *data->mean_field;
    g_autofree char *name = g_strdup_printf ("particle %u", data->selected[k] + 1);

    field.value = data->selected_answer + (gsize) k * data->n_points;
    add_value (&lines, EKL_KEY_DASH_DOT, canvas->theme->third, name,
               ekl_field_at (&field, at_x, at_y));
  }
  if (data->spread_field)
    add_value (&lines, EKL_KEY_HATCH, canvas->theme->dim, "P90 − P10",
               ekl_field_at (data->spread_field, at_x, at_y));
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
  const EklPredictions *predictions = data->predictions;
  EklChart chart;

  if (ekl_predictions_are_empty (predictions) ||
      !(x >= layout->left && x <= layout->left + layout->width && y >= layout->top &&
        y <= layout->top + layout->height))
    return;

  ekl_chart_import (&chart, layout);
  switch (predictions->kind) {
  case EKL_PREDICTIONS_CURVE:
    hover_curve (canvas, &chart, predictions, x, y);
    break;
  case EKL_PREDICTIONS_FIELD:
    hover_field (canvas, &chart, predictions, x, y);
    break;
  case EKL_PREDICTIONS_RESIDUALS:
    ekl_residual_figure_hover (canvas, &chart, predictions, x, y);
    break;
  case EKL_PREDICTIONS_CONFUSION:
    ekl_confusion_figure_hover (canvas, options, predictions, layout, x, y);
    break;
  case EKL_PREDICTIONS_PICTURES:
    ekl_picture_figure_hover (canvas, predictions, layout, x, y);
    break;
  case EKL_PREDICTIONS_SCATTER:
  default:
    hover_scatter (canvas, &chart, predictions, x, y);
    break;
  }
}

static char *
describe (const EklFigureOptions *options, const EklFigureData *data)
{
  return ekl_predictions_describe (data->predictions);
}

const EklFigureClass ekl_predictions_figure = { "predictions", draw, hover, describe };

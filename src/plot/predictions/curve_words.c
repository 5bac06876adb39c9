/* curve_words.c - predictions over the inputs in sentences: of one input a curve, of two a field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include <math.h>

/* The points go up along the input. */
static guint
find_point (const EklPredictions *data, double x)
{
  guint low = 0, high = data->n_points - 1;

  while (low + 1 < high) {
    const guint middle = low + (high - low) / 2;

    if (data->point_x[middle] <= x)
      low = middle;
    else
      high = middle;
  }
  return x - data->point_x[low] < data->point_x[high] - x ? low : high;
}

/* Between the data's inputs and the curve's points nearest to them. */
static void
describe_curve_error (GString *text,
                      const EklPredictions *data,
                      const double *answer,
                      const char *name)
{
  const guint n = data->point_x && data->n_points > 0 ? MIN (data->n_training, data->n_data) : 0;
  double squares = 0;
  g_autofree char *error = NULL;

  if (!answer || n == 0 || !data->data_y)
    return;
  for (guint i = 0; i < n; i++) {
    const guint nearest = find_point (data, data->data_x[i]);

    squares += (answer[nearest] - data->data_y[i]) * (answer[nearest] - data->data_y[i]);
  }
  if (!isfinite (squares)) {
    g_string_append_printf (text, " Not all answers of %s are finite.", name);
    return;
  }
  error = ekl_format_number (sqrt (squares / n));
  g_string_append_printf (
    text, " The curve of %s is off the training rows by about %s, root mean square.", name, error);
}

/* The spread of the particles' answers in the middle of the data and at their edge says where the
 * ensemble doubts. */
static void
describe_band (GString *text, const EklPredictions *data)
{
  double sum = 0, widest = -INFINITY, at = NAN;

  for (guint i = 0; data->low && data->high && data->point_x && i < data->n_points; i++) {
    double width = data->high[i] - data->low[i];

    sum += width;
    if (width > widest) {
      widest = width;
      at = data->point_x[i];
    }
  }
  if (data->n_points > 0 && isfinite (sum) && isfinite (widest)) {
    g_autofree char *mean = ekl_format_number (sum / data->n_points);
    g_autofree char *most = ekl_format_number (widest);
    g_autofree char *place = ekl_format_number (at);

    g_string_append_printf (text,
                            " The band from P10 to P90 of the particles is %s wide on average, and "
                            "widest, %s, at %s %s.",
                            mean, most, data->x_name ? data->x_name : "x", place);
  }
}

/**
 * ekl_curve_describe:
 * @text: is appended to
 * @data: predictions of kind CURVE
 *
 * How far both methods are from the training rows, and where the ensemble doubts.
 */
void
ekl_curve_describe (GString *text, const EklPredictions *data)
{
  describe_curve_error (text, data, data->mean_particle, "ensemble Kalman inversion");
  describe_curve_error (text, data, data->descent, "gradient descent");
  describe_band (text, data);
}

/* Two true values are classes, told apart halfway between them. Returns NaN where there are more. */
static double
find_boundary (const EklPredictions *data)
{
  double low = INFINITY, high = -INFINITY;

  for (guint i = 0; i < data->n_data; i++)
    if (isfinite (data->data_value[i])) {
      low = MIN (low, data->data_value[i]);
      high = MAX (high, data->data_value[i]);
    }
  for (guint i = 0; i < data->n_data; i++)
    if (isfinite (data->data_value[i]) && data->data_value[i] != low && data->data_value[i] != high)
      return NAN;
  return low < high ? (low + high) / 2 : (double) NAN;
}

/* At the training rows; about, since the field is a grid. */
static void
describe_answers (GString *text,
                  const EklPredictions *data,
                  const EklField *field,
                  const char *name)
{
  const guint n = MIN (data->n_training, data->n_data);
  const double boundary = find_boundary (data);
  double squares = 0;
  guint n_right = 0;

  if (!field || n == 0)
    return;
  for (guint i = 0; i < n; i++) {
    const double answer = ekl_field_at (field, data->data_x[i], data->data_y[i]);

    n_right += (answer > boundary) == (data->data_value[i] > boundary) && !isnan (answer);
    squares += (answer - data->data_value[i]) * (answer - data->data_value[i]);
  }
  if (isfinite (boundary)) {
    g_string_append_printf (text, " %s is right at about %.0f %% of the training rows.", name,
                            100.0 * n_right / n);
  } else if (isfinite (squares)) {
    g_autofree char *error = ekl_format_number (sqrt (squares / n));

    g_string_append_printf (text, " %s is off by about %s, root mean square.", name, error);
  }
}

/* Where the particles disagree most. */
static void
describe_doubt (GString *text, const EklPredictions *data, const EklField *spread)
{
  const gsize n = spread ? (gsize) spread->n_columns * spread->n_rows : 0;
  gsize most = 0;
  g_autofree char *width = NULL, *x = NULL, *y = NULL;

  if (!spread || !spread->value || spread->n_columns < 2 || spread->n_rows < 2)
    return;
  for (gsize k = 0; k < n; k++)
    if (spread->value[k] > spread->value[most] || isnan (spread->value[most]))
      most = k;
  if (!isfinite (spread->value[most]))
    return;
  width = ekl_format_number (spread->value[most]);
  x = ekl_format_number (spread->x0 + (spread->x1 - spread->x0) *
                                        (double) (most % spread->n_columns) /
                                        (spread->n_columns - 1));
  y = ekl_format_number (spread->y0 + (spread->y1 - spread->y0) *
                                        (double) (most / spread->n_columns) / (spread->n_rows - 1));
  g_string_append_printf (
    text, " The particles disagree most, by %s from P10 to P90, at %s %s, %s %s.", width,
    data->x_name ? data->x_name : "x", x, data->y_name ? data->y_name : "y", y);
}

/**
 * ekl_field_describe:
 * @text: is appended to
 * @data: predictions of kind FIELD
 *
 * How often, or how far off, both methods are at the training rows, and where the particles disagree.
 */
void
ekl_field_describe (GString *text, const EklPredictions *data)
{
  if (data->data_x && data->data_y && data->data_value) {
    describe_answers (text, data, data->mean_field, "Ensemble Kalman inversion");
    describe_answers (text, data, data->descent_field, "Gradient descent");
  }
  describe_doubt (text, data, data->spread_field);
}

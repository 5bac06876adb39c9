/* predictions_words.c - the predictions as sentences, and the numbers in them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "ticks.h"

#include <math.h>

#define MAX_TOLD 3 /* selected particles */

/**
 * ekl_predictions_are_empty:
 * @data: (nullable): predictions
 *
 * Returns: whether there is nothing to draw
 */
gboolean
ekl_predictions_are_empty (const EklPredictions *data)
{
  if (!data)
    return TRUE;

  switch (data->kind) {
  case EKL_PREDICTIONS_SCATTER:
  case EKL_PREDICTIONS_RESIDUALS:
    return data->n_data == 0 || !data->data_x;
  case EKL_PREDICTIONS_CONFUSION:
    return !data->confusion || data->n_classes == 0 ||
           (!data->confusion->mean_particle && !data->confusion->descent);
  case EKL_PREDICTIONS_PICTURES:
    return !data->pictures || data->pictures->n == 0 || data->pictures->width == 0 ||
           data->pictures->height == 0 || data->n_classes == 0;
  case EKL_PREDICTIONS_CURVE:
  case EKL_PREDICTIONS_FIELD:
  default:
    return data->n_data == 0 && data->n_points == 0 && !data->mean_field && !data->descent_field;
  }
}

/**
 * ekl_predictions_class:
 * @data: predictions
 * @class_index: a class, or %EKL_NO_CLASS
 *
 * Returns: what to call it
 */
const char *
ekl_predictions_class (const EklPredictions *data, guint class_index)
{
  if (class_index >= data->n_classes || !data->class_name || !data->class_name[class_index])
    return "no answer";

  return data->class_name[class_index];
}

/**
 * ekl_confusion_hits:
 * @count: shape (@n_classes, @n_classes)
 * @n_classes: m
 *
 * Returns: the sum of the diagonal: rows whose class was found
 */
guint
ekl_confusion_hits (const guint *count, guint n_classes)
{
  guint hits = 0;

  for (gsize c = 0; count && c < n_classes; c++)
    hits += count[c * n_classes + c];

  return hits;
}

/**
 * ekl_residuals_inside:
 * @data: predictions of kind RESIDUALS
 * @answers: (nullable): a method's
 *
 * Returns: the share of the training rows whose residual lies within +-gamma; NaN where there is no
 * gamma or no row
 */
double
ekl_residuals_inside (const EklPredictions *data, const double *answers)
{
  guint n = MIN (data->n_training, data->n_data), inside = 0;

  if (!answers || n == 0 || !(data->noise_std > 0))
    return NAN;

  for (guint i = 0; i < n; i++)
    inside += fabs (data->data_x[i] - answers[i]) <= data->noise_std;

  return (double) inside / n;
}

/* Root mean square difference between answers and truth over the training rows. */
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

static void
describe_selected_errors (GString *text, const EklPredictions *data)
{
  for (guint k = 0; data->selected_answer && k < MIN (data->n_selected, MAX_TOLD); k++) {
    double error = error_of (data, data->selected_answer + (gsize) k * data->n_points);
    g_autofree char *number = ekl_format_number (error);

    if (isfinite (error))
      g_string_append_printf (text, " That of selected particle %u is %s.", data->selected[k] + 1,
                              number);
  }
}

static void
describe_scatter (GString *text, const EklPredictions *data)
{
  const gboolean residuals = data->kind == EKL_PREDICTIONS_RESIDUALS;
  const struct {
    const char *name;
    const double *answers;
  } methods[] = { { "ensemble Kalman inversion", data->mean_particle },
                  { "gradient descent", data->descent } };

  g_string_append_printf (text,
                          residuals ? "Residuals, true minus predicted %s, of %u rows."
                                    : "Predicted against true %s for %u rows.",
                          data->output_name ? data->output_name : "output", data->n_data);
  for (guint k = 0; k < G_N_ELEMENTS (methods); k++) {
    double error = error_of (data, methods[k].answers);
    double inside = residuals ? ekl_residuals_inside (data, methods[k].answers) : (double) NAN;
    g_autofree char *number = ekl_format_number (error);
    g_autofree char *noise = ekl_format_number (data->noise_std);

    if (isfinite (error))
      g_string_append_printf (text, " The root mean square error of %s on the training rows is %s.",
                              methods[k].name, number);
    else if (methods[k].answers)
      g_string_append_printf (text, " Not all answers of %s are finite.", methods[k].name);
    if (isfinite (inside))
      g_string_append_printf (text, " %.0f %% of them are within gamma, %s.", 100 * inside, noise);
  }
  describe_selected_errors (text, data);
}

/* The mistake that is made most often. */
static void
append_worst (GString *text, const EklPredictions *data, const guint *count)
{
  const gsize m = data->n_classes;
  gsize worst = 0, most = 0;

  for (gsize k = 0; k < m * m; k++)
    if (k / m != k % m && count[k] > most) {
      most = count[k];
      worst = k;
    }
  if (most > 0)
    g_string_append_printf (text,
                            ", most often wrong by taking %s for %s, %" G_GSIZE_FORMAT " times",
                            ekl_predictions_class (data, (guint) (worst / m)),
                            ekl_predictions_class (data, (guint) (worst % m)), most);
}

static void
describe_confusion (GString *text, const EklPredictions *data)
{
  const EklConfusion *confusion = data->confusion;
  const struct {
    const char *name;
    const guint *count;
  } methods[] = { { "Ensemble Kalman inversion", confusion->mean_particle },
                  { "Gradient descent", confusion->descent } };

  g_string_append_printf (text, "Confusion of %u classes on %u of %u %s rows.", data->n_classes,
                          confusion->n_rows, confusion->n_all,
                          confusion->validation ? "validation" : "training");
  for (guint k = 0; k < G_N_ELEMENTS (methods); k++) {
    if (!methods[k].count)
      continue;
    g_string_append_printf (text, " %s is right in %u rows", methods[k].name,
                            ekl_confusion_hits (methods[k].count, data->n_classes));
    append_worst (text, data, methods[k].count);
    g_string_append_c (text, '.');
  }
  for (guint k = 0; k < confusion->n_selected; k++) {
    const guint *count = confusion->selected + (gsize) k * data->n_classes * data->n_classes;

    g_string_append_printf (text, " Selected particle %u is right in %u rows",
                            data->selected[k] + 1, ekl_confusion_hits (count, data->n_classes));
    append_worst (text, data, count);
    g_string_append_c (text, '.');
  }
}

/* Of which particles, where it is not all of them. */
static void
describe_share (GString *text, guint n, guint n_all, const char *what)
{
  if (n > 0 && n < n_all)
    g_string_append_printf (text, " %s %u of the %u particles, spread evenly.", what, n, n_all);
}

static guint
count_right (const EklPicturePage *page, const guint *answer)
{
  guint right = 0;

  for (guint i = 0; i < page->n; i++)
    right += answer[i] == page->truth[i];

  return right;
}

static void
describe_pictures (GString *text, const EklPredictions *data)
{
  const EklPicturePage *page = data->pictures;

  g_string_append_printf (text, "%s pictures %u to %u of %u.",
                          page->validation ? "Validation" : "Training", page->first + 1,
                          page->first + page->n, page->n_all);
  if (page->mean_particle)
    g_string_append_printf (text, " Ensemble Kalman inversion names %u of these %u rightly.",
                            count_right (page, page->mean_particle), page->n);
  if (page->descent)
    g_string_append_printf (text, " Gradient descent names %u of these %u rightly.",
                            count_right (page, page->descent), page->n);
  for (guint k = 0; k < MIN (page->n_selected, EKL_CONFUSION_SELECTED); k++)
    g_string_append_printf (text, " Selected particle %u names %u of these %u rightly.",
                            data->selected[k] + 1,
                            count_right (page, page->selected + (gsize) k * page->n), page->n);
  if (page->vote && page->n_particles == page->n_all_particles)
    g_string_append_printf (text, " %u particles vote.", page->n_particles);
  else if (page->vote)
    describe_share (text, page->n_particles, page->n_all_particles, "There vote");
}

/* Whose own curves or boundaries are drawn, and how far each is from the mean particle's. */
static void
describe_selected (GString *text, const EklPredictions *data)
{
  const double *mean = data->mean_field ? data->mean_field->value : data->mean_particle;

  for (guint k = 0; data->selected_answer && mean && k < MIN (data->n_selected, MAX_TOLD); k++) {
    const double *answer = data->selected_answer + (gsize) k * data->n_points;
    double sum = 0;
    g_autofree char *number = NULL;

    for (guint i = 0; i < data->n_points; i++)
      sum += fabs (answer[i] - mean[i]);
    number = ekl_format_number (sum / MAX (data->n_points, 1));
    g_string_append_printf (text,
                            " Selected particle %u answers %s from the mean particle on average.",
                            data->selected[k] + 1, number);
  }
  if (data->selected_answer && data->n_selected > MAX_TOLD)
    g_string_append_printf (text, " %u more are selected.", data->n_selected - MAX_TOLD);
}

/**
 * ekl_predictions_describe:
 * @data: (nullable): predictions
 *
 * Returns: (transfer full): what they say, in a sentence or a few
 */
char *
ekl_predictions_describe (const EklPredictions *data)
{
  GString *text;

  if (ekl_predictions_are_empty (data))
    return g_strdup ("Predictions: none yet.");

  text = g_string_new (NULL);
  switch (data->kind) {
  case EKL_PREDICTIONS_SCATTER:
  case EKL_PREDICTIONS_RESIDUALS:
    describe_scatter (text, data);
    describe_share (text, data->n_particles, data->n_all_particles, "P10 to P90 are of");
    break;
  case EKL_PREDICTIONS_CONFUSION:
    describe_confusion (text, data);
    break;
  case EKL_PREDICTIONS_PICTURES:
    describe_pictures (text, data);
    break;
  case EKL_PREDICTIONS_CURVE:
  case EKL_PREDICTIONS_FIELD:
  default:
    g_string_append_printf (
      text, "Predictions of %s over %s%s%s, with %u data points.",
      data->output_name ? data->output_name : "the output",
      data->x_name ? data->x_name : "the input", data->kind == EKL_PREDICTIONS_FIELD ? " and " : "",
      data->kind == EKL_PREDICTIONS_FIELD && data->y_name ? data->y_name : "", data->n_data);
    if (data->kind == EKL_PREDICTIONS_CURVE)
      ekl_curve_describe (text, data);
    else
      ekl_field_describe (text, data);
    describe_share (text, data->n_particles, data->n_all_particles, "The spread is of");
    describe_selected (text, data);
    break;
  }

  return g_string_free (text, FALSE);
}

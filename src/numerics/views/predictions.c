/* predictions.c - what the networks answer, as the prediction panel shows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "predictions.h"

#include "answers.h"
#include "class_answers.h"

#include <math.h>
#include <string.h>

#define CURVE_POINTS    160
#define FIELD_POINTS    48   /* a side */
#define FIELD_PARTICLES 64   /* at most, for the spread over the input plane */
#define MAX_DATA        2000 /* shown */
#define MARGIN          .08  /* beyond the data's range, on each side */

static double
in_unit (const EklUnit *unit, double value)
{
  return unit->mean + unit->scale * value;
}

static char *
unit_name (const EklUnit *unit, const char *kind, guint index)
{
  return unit->name != NULL ? g_strdup (unit->name) : g_strdup_printf ("%s %u", kind, index + 1);
}

/* How many rows of training and of validation are shown: all, or an even share of both. */
static void
count_shown (const EklPredictionsSource *source, guint shown[2])
{
  guint64 n_training = source->training->n_data;
  guint64 n_validation = source->validation != NULL ? source->validation->n_data : 0;
  guint64 n = n_training + n_validation;

  shown[0] = (guint) n_training;
  shown[1] = (guint) n_validation;
  if (n > MAX_DATA) {
    shown[0] = (guint) CLAMP (MAX_DATA * n_training / n, 1, MAX_DATA - (n_validation > 0));
    shown[1] = (guint) MIN (n_validation, MAX_DATA - shown[0]);
  }
}

/* One feature of the data that are shown, in the units of training. */
static void
gather_feature (const EklPredictionsSource *source, gboolean outputs, guint feature, real *out)
{
  guint shown[2];

  count_shown (source, shown);
  for (guint part = 0; part < 2; part++) {
    const EklBatch *batch = part == 0 ? source->training : source->validation;

    for (guint k = 0; k < shown[part]; k++) {
      gsize i = (gsize) ((guint64) k * batch->n_data / shown[part]);

      *out++ = (outputs ? batch->y : batch->x)[(gsize) feature * batch->n_data + i];
    }
  }
}

/* One feature of the data that are shown, in the user's units. */
static double *
data_feature (const EklPredictionsSource *source, guint n, gboolean outputs, guint feature)
{
  const EklUnit *unit = outputs ? &source->output_unit[feature] : &source->input_unit[feature];
  g_autofree real *raw = g_new (real, n);
  double *out = g_new (double, n);

  gather_feature (source, outputs, feature, raw);
  for (guint i = 0; i < n; i++)
    out[i] = in_unit (unit, (double) raw[i]);
  return out;
}

/* The range of an input over all data and a margin, in the units of training. */
static void
input_range (const EklPredictionsSource *source, guint feature, double range[2])
{
  double margin;

  range[0] = INFINITY;
  range[1] = -INFINITY;
  for (guint part = 0; part < 2; part++) {
    const EklBatch *batch = part == 0 ? source->training : source->validation;

    for (guint i = 0; batch != NULL && i < batch->n_data; i++) {
      double x = (double) batch->x[(gsize) feature * batch->n_data + i];

      range[0] = MIN (range[0], x);
      range[1] = MAX (range[1], x);
    }
  }
  margin = MARGIN * (range[1] - range[0]);
  if (!(margin > 0))
    margin = 1;
  range[0] -= margin;
  range[1] += margin;
}

/* The answers of the chosen particles, one by one. */
static gboolean
fill_selected (const EklPredictionsSource *source,
               EklForward *forward,
               const EklBatch *inputs,
               EklPredictions *self,
               GError **error)
{
  g_autofree real *u = g_new (real, ekl_ensemble_get_network (source->ensemble)->n_parameters);
  const gsize n = inputs->n_data;

  self->selected_answer = g_new (double, self->n_selected *n);
  for (guint k = 0; k < self->n_selected; k++) {
    g_autofree double *answer = NULL;

    ekl_ensemble_get_particle (source->ensemble, self->selected[k], u);
    answer = ekl_answers_of_vector (source, forward, u, inputs, error);
    if (answer == NULL)
      return FALSE;
    memcpy (self->selected_answer + k * n, answer, n * sizeof *answer);
  }
  return TRUE;
}

static gboolean
fill_answers (const EklPredictionsSource *source,
              EklForward *forward,
              const EklBatch *inputs,
              guint n_particles,
              EklPredictions *self,
              GError **error)
{
  gsize n = self->n_points = inputs->n_data;

  self->n_particles = n_particles;
  if (self->has_descent) {
    self->descent = ekl_answers_of_vector (source, forward, source->descent, inputs, error);
    if (self->descent == NULL)
      return FALSE;
  }
  if (self->has_ensemble) {
    EklFan fan;

    self->low = g_new (double, n);
    self->median = g_new (double, n);
    self->high = g_new (double, n);
    self->member = g_new (double, self->n_members *n);
    fan = (EklFan){ self->low, self->median, self->high, self->n_members, self->member };
    self->mean_particle = ekl_answers_of_mean (source, forward, inputs, error);
    return self->mean_particle != NULL &&
           ekl_answers_of_particles (source, forward, inputs, n_particles, &fan, error) &&
           fill_selected (source, forward, inputs, self, error);
  }
  return TRUE;
}

static gboolean
fill_curve (const EklPredictionsSource *source,
            EklForward *forward,
            guint n_particles,
            EklPredictions *self,
            GError **error)
{
  real x[CURVE_POINTS];
  EklBatch inputs = { 1, source->training->n_outputs, CURVE_POINTS, x, NULL };
  double range[2];

  input_range (source, 0, range);
  self->point_x = g_new (double, CURVE_POINTS);
  for (guint i = 0; i < CURVE_POINTS; i++) {
    x[i] = (real) (range[0] + (range[1] - range[0]) * i / (CURVE_POINTS - 1));
    self->point_x[i] = in_unit (&source->input_unit[0], (double) x[i]);
  }
  self->x_name = unit_name (&source->input_unit[0], "input", 0);
  self->y_name = g_strdup (self->output_name);
  self->data_x = data_feature (source, self->n_data, FALSE, 0);
  self->data_y = data_feature (source, self->n_data, TRUE, source->output_index);
  self->n_members = self->has_ensemble ? MIN (n_particles, EKL_PREDICTIONS_MAX_MEMBERS) : 0;

  return fill_answers (source, forward, &inputs, n_particles, self, error);
}

static gboolean
fill_scatter (const EklPredictionsSource *source,
              EklForward *forward,
              guint n_particles,
              EklPredictions *self,
              GError **error)
{
  guint n_inputs = source->training->n_inputs;
  g_autofree real *x = g_new (real, (gsize) n_inputs * self->n_data);
  EklBatch inputs = { n_inputs, source->training->n_outputs, self->n_data, x, NULL };

  for (guint f = 0; f < n_inputs; f++)
    gather_feature (source, FALSE, f, x + (gsize) f * self->n_data);
  self->x_name = g_strdup_printf ("true %s", self->output_name);
  self->y_name = g_strdup (self->output_name);
  self->data_x = data_feature (source, self->n_data, TRUE, source->output_index);

  return fill_answers (source, forward, &inputs, n_particles, self, error);
}

/* A field that takes over its values, or NULL of NULL. */
static EklField *
field_of_values (const double range[2][2], double *values)
{
  EklField *field;

  if (values == NULL)
    return NULL;
  field =
    ekl_field_new (FIELD_POINTS, FIELD_POINTS, range[0][0], range[0][1], range[1][0], range[1][1]);
  g_free (field->value);
  field->value = values;
  return field;
}

/* P90 - P10 of the particles' answers. */
static double *
spread_values (const EklPredictionsSource *source,
               EklForward *forward,
               const EklBatch *inputs,
               guint n_particles,
               GError **error)
{
  gsize n = inputs->n_data;
  double *low = g_new (double, 3 * n);
  EklFan fan = { low, low + n, low + 2 * n, 0, NULL };

  if (!ekl_answers_of_particles (source, forward, inputs, n_particles, &fan, error)) {
    g_free (low);
    return NULL;
  }
  for (gsize i = 0; i < n; i++)
    low[i] = fabs (fan.high[i] - fan.low[i]);
  return low;
}

/* Inputs on a grid over the data's range, shape (2, FIELD_POINTS^2), rows of the field one after
 * the other; @range is returned in the user's units. */
static real *
field_inputs (const EklPredictionsSource *source, double range[2][2])
{
  gsize n = FIELD_POINTS * FIELD_POINTS;
  real *x = g_new (real, 2 * n);

  for (guint f = 0; f < 2; f++) {
    double step;

    input_range (source, f, range[f]);
    step = (range[f][1] - range[f][0]) / (FIELD_POINTS - 1);
    for (gsize i = 0; i < n; i++)
      x[f * n + i] =
        (real) (range[f][0] + step * (double) (f == 0 ? i % FIELD_POINTS : i / FIELD_POINTS));
    for (guint side = 0; side < 2; side++)
      range[f][side] = in_unit (&source->input_unit[f], range[f][side]);
  }
  return x;
}

static gboolean
fill_field (const EklPredictionsSource *source,
            EklForward *forward,
            guint n_particles,
            EklPredictions *self,
            GError **error)
{
  double range[2][2];
  g_autofree real *x = field_inputs (source, range);
  EklBatch inputs = { 2, source->training->n_outputs, FIELD_POINTS * FIELD_POINTS, x, NULL };

  self->x_name = unit_name (&source->input_unit[0], "input", 0);
  self->y_name = unit_name (&source->input_unit[1], "input", 1);
  self->data_x = data_feature (source, self->n_data, FALSE, 0);
  self->data_y = data_feature (source, self->n_data, FALSE, 1);
  self->data_value = data_feature (source, self->n_data, TRUE, source->output_index);

  if (self->has_descent) {
    self->descent_field = field_of_values (
      range, ekl_answers_of_vector (source, forward, source->descent, &inputs, error));
    if (self->descent_field == NULL)
      return FALSE;
  }
  if (self->has_ensemble) {
    self->mean_field =
      field_of_values (range, ekl_answers_of_mean (source, forward, &inputs, error));
    if (self->mean_field == NULL)
      return FALSE;
    self->n_particles = MIN (n_particles, FIELD_PARTICLES);
    self->spread_field =
      field_of_values (range, spread_values (source, forward, &inputs, self->n_particles, error));
    self->n_points = inputs.n_data;
    return self->spread_field != NULL && fill_selected (source, forward, &inputs, self, error);
  }
  return TRUE;
}

static gboolean
has_pictures (const EklPredictionsSource *source)
{
  const gsize n_pixels = (gsize) source->picture_width * source->picture_height;

  return source->classes && n_pixels > 0 && n_pixels == source->training->n_inputs;
}

static guint
list_views (const EklPredictionsSource *source)
{
  guint views = 1u << EKL_PREDICTIONS_VIEW_AUTO | 1u << EKL_PREDICTIONS_VIEW_SCATTER |
                1u << EKL_PREDICTIONS_VIEW_RESIDUALS;

  if (source->classes)
    views |= 1u << EKL_PREDICTIONS_VIEW_CONFUSION;
  if (has_pictures (source))
    views |= 1u << EKL_PREDICTIONS_VIEW_PICTURES;
  return views;
}

static EklPredictionsKind
choose_kind (const EklPredictionsSource *source, guint views)
{
  switch ((views & 1u << source->view) != 0 ? source->view : EKL_PREDICTIONS_VIEW_AUTO) {
  case EKL_PREDICTIONS_VIEW_SCATTER:
    return EKL_PREDICTIONS_SCATTER;
  case EKL_PREDICTIONS_VIEW_RESIDUALS:
    return EKL_PREDICTIONS_RESIDUALS;
  case EKL_PREDICTIONS_VIEW_CONFUSION:
    return EKL_PREDICTIONS_CONFUSION;
  case EKL_PREDICTIONS_VIEW_PICTURES:
    return EKL_PREDICTIONS_PICTURES;
  case EKL_PREDICTIONS_VIEW_AUTO:
  case EKL_N_PREDICTIONS_VIEWS:
  default:
    break;
  }
  if (has_pictures (source))
    return EKL_PREDICTIONS_PICTURES;
  if (source->classes && source->training->n_inputs > 2)
    return EKL_PREDICTIONS_CONFUSION;
  return source->training->n_inputs == 1   ? EKL_PREDICTIONS_CURVE
         : source->training->n_inputs == 2 ? EKL_PREDICTIONS_FIELD
                                           : EKL_PREDICTIONS_SCATTER;
}

static void
name_classes (const EklPredictionsSource *source, EklPredictions *self)
{
  self->n_data = self->n_training = 0; /* no datum stands for itself */
  self->n_classes = source->training->n_outputs;
  self->class_name = g_new0 (char *, self->n_classes + 1);
  for (guint c = 0; c < self->n_classes; c++)
    self->class_name[c] = unit_name (&source->output_unit[c], "class", c);
}

static gboolean
fill (const EklPredictionsSource *source,
      EklForward *forward,
      guint n_particles,
      EklPredictions *self,
      GError **error)
{
  switch (self->kind) {
  case EKL_PREDICTIONS_CURVE:
    return fill_curve (source, forward, n_particles, self, error);
  case EKL_PREDICTIONS_FIELD:
    self->n_classes = source->classes ? source->training->n_outputs : 0;
    return fill_field (source, forward, n_particles, self, error);
  case EKL_PREDICTIONS_CONFUSION:
    name_classes (source, self);
    self->confusion = ekl_confusion_new (source, forward, error);
    return self->confusion != NULL;
  case EKL_PREDICTIONS_PICTURES:
    name_classes (source, self);
    self->pictures = ekl_picture_page_new (source, forward, n_particles, error);
    return self->pictures != NULL;
  case EKL_PREDICTIONS_SCATTER:
  case EKL_PREDICTIONS_RESIDUALS:
  default:
    return fill_scatter (source, forward, n_particles, self, error);
  }
}

/**
 * ekl_predictions_new:
 * @source: the data, their units, the networks to ask, and what is to be seen
 * @forward: a workspace of the network
 * @max_particles: the quantiles and votes are of so many particles at most, spread evenly over all;
 *   at least 1
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * With one input (%EKL_PREDICTIONS_CURVE) the answers at 160 places over the data's range and 8 %
 * of it on each side; with two (%EKL_PREDICTIONS_FIELD) on a grid of 48 x 48 over their ranges, the
 * spread from 64 particles at most; otherwise a page of pictures, or the answers at the data
 * (%EKL_PREDICTIONS_SCATTER). Another view can be asked for. Of more than 2000 data every so-many-th
 * is shown, of training and validation alike. What a method that is off would answer is %NULL.
 * Quantiles leave out answers that are not finite and are NaN where none is.
 *
 * Returns: (transfer full) (nullable): the panel's data, or %NULL with @error set
 */
EklPredictions *
ekl_predictions_new (const EklPredictionsSource *source,
                     EklForward *forward,
                     guint max_particles,
                     GError **error)
{
  g_autoptr (EklPredictions) self = NULL;
  guint shown[2], n_particles = 0;

  g_return_val_if_fail (source != NULL && forward != NULL && max_particles > 0, NULL);
  g_return_val_if_fail (source->training != NULL && source->training->n_data > 0, NULL);
  g_return_val_if_fail (source->output_index < source->training->n_outputs, NULL);

  self = g_new0 (EklPredictions, 1);
  self->views = list_views (source);
  self->kind = choose_kind (source, self->views);
  self->output_index = source->output_index;
  self->output_name =
    unit_name (&source->output_unit[source->output_index], "output", source->output_index);
  self->output_scale = fabs (source->output_unit[source->output_index].scale);
  self->noise_std = source->noise_std * self->output_scale;
  self->has_ensemble = source->ensemble != NULL;
  self->has_descent = source->descent != NULL;
  count_shown (source, shown);
  self->n_training = shown[0];
  self->n_data = shown[0] + shown[1];
  if (self->has_ensemble) {
    self->n_all_particles = ekl_ensemble_get_size (source->ensemble);
    n_particles = MIN (max_particles, self->n_all_particles);
    self->n_selected = source->n_selected;
    self->selected = g_memdup2 (source->selected, source->n_selected * sizeof (guint));
  }

  return fill (source, forward, n_particles, self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * ekl_predictions_copy:
 * @self: (nullable): a panel's data
 *
 * Returns: (transfer full) (nullable): a deep copy; %NULL of %NULL
 */
EklPredictions *
ekl_predictions_copy (const EklPredictions *self)
{
  EklPredictions *copy;
  gsize data, points;

  if (self == NULL)
    return NULL;
  data = self->n_data * sizeof (double);
  points = self->n_points * sizeof (double);
  copy = g_memdup2 (self, sizeof *self);
  copy->x_name = g_strdup (self->x_name);
  copy->y_name = g_strdup (self->y_name);
  copy->output_name = g_strdup (self->output_name);
  copy->data_x = g_memdup2 (self->data_x, data);
  copy->data_y = g_memdup2 (self->data_y, data);
  copy->data_value = g_memdup2 (self->data_value, data);
  copy->point_x = g_memdup2 (self->point_x, points);
  copy->mean_particle = g_memdup2 (self->mean_particle, points);
  copy->low = g_memdup2 (self->low, points);
  copy->median = g_memdup2 (self->median, points);
  copy->high = g_memdup2 (self->high, points);
  copy->descent = g_memdup2 (self->descent, points);
  copy->member = g_memdup2 (self->member, self->n_members * points);
  copy->selected = g_memdup2 (self->selected, self->n_selected * sizeof (guint));
  if (self->selected_answer != NULL)
    copy->selected_answer = g_memdup2 (self->selected_answer, self->n_selected * points);
  copy->mean_field = ekl_field_copy (self->mean_field);
  copy->spread_field = ekl_field_copy (self->spread_field);
  copy->descent_field = ekl_field_copy (self->descent_field);
  copy->class_name = g_strdupv (self->class_name);
  copy->confusion = ekl_confusion_copy (self->confusion, self->n_classes);
  copy->pictures = ekl_picture_page_copy (self->pictures, self->n_classes);

  return copy;
}

/**
 * ekl_predictions_free:
 * @self: (nullable): a panel's data
 */
void
ekl_predictions_free (EklPredictions *self)
{
  if (self == NULL)
    return;
  g_free (self->x_name);
  g_free (self->y_name);
  g_free (self->output_name);
  g_free (self->data_x);
  g_free (self->data_y);
  g_free (self->data_value);
  g_free (self->point_x);
  g_free (self->mean_particle);
  g_free (self->low);
  g_free (self->median);
  g_free (self->high);
  g_free (self->descent);
  g_free (self->member);
  g_free (self->selected);
  g_free (self->selected_answer);
  ekl_field_free (self->mean_field);
  ekl_field_free (self->spread_field);
  ekl_field_free (self->descent_field);
  g_strfreev (self->class_name);
  ekl_confusion_free (self->confusion);
  ekl_picture_page_free (self->pictures);
  g_free (self);
}

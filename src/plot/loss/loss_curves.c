/* loss_curves.c - the curves of the loss, read from a history in one pass
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loss_curves.h"

#include "history_axis.h"

#include <math.h>

/* A method that diverges may pass 10^30 on its way, and would press the other one flat: the view goes
 * this far above where both began. */
#define ESCAPE_FACTOR_LOG    100
#define ESCAPE_FACTOR_LINEAR 5
/* The band of a wide prior may be far from the curves: the view follows it this far. */
#define BAND_FACTOR_LOG    30
#define BAND_FACTOR_LINEAR 1.5

static void
add_method (EklLossCurve *curve, const EklRecord *record, EklMethod method, double x)
{
  const EklMethodRecord *now = &record->method[method];

  if (!now->present) {
    ekl_series_gap (&curve->train);
    ekl_series_gap (&curve->validation);
    return;
  }

  curve->present = TRUE;
  if (now->diverged || isinf (now->train_loss)) {
    if (!curve->diverged) {
      curve->diverged_step = record->step;
      curve->diverged_x = x;
    }
    curve->diverged = TRUE;
    return;
  }

  ekl_series_add (&curve->train, x, now->train_loss);
  ekl_series_add (&curve->validation, x, now->validation_loss);
  if (isfinite (now->validation_loss))
    curve->has_validation = TRUE;
  if (isfinite (now->train_loss)) {
    curve->last = (EklPoint){ x, now->train_loss };
    if (curve->n_points++ == 0)
      curve->first = curve->last;
  }
}

/* The particles' losses were found by this step but belong to the step before. */
static double
x_before (const EklRecord *record, const EklRecord *before, double x, double x_last)
{
  guint64 gap;

  if (!before || before->step >= record->step)
    return x;

  gap = record->step - before->step;

  return x_last + (x - x_last) * (double) (gap - 1) / (double) gap;
}

static void
add_particles (EklLossCurves *self, const EklMethodRecord *eki, double x)
{
  if (!eki->present || eki->diverged)
    return;

  ekl_band_add (&self->band, x, eki->particle_low, eki->particle_high);
  if (isfinite (eki->particle_best))
    ekl_series_add (&self->best, x, eki->particle_best);
  if (isfinite (eki->mean_output_loss) && eki->mean_output_loss > 0)
    ekl_series_add (&self->mean_output, x, eki->mean_output_loss);
}

static void
read_records (EklLossCurves *self, EklLossAxis axis, gboolean log)
{
  double x_last = 0;

  for (guint i = 0; i < self->n; i++) {
    const EklRecord *record = &self->records[i];
    double x[EKL_N_METHODS];

    for (guint m = 0; m < EKL_N_METHODS; m++) {
      x[m] = ekl_record_x (record, m, axis);
      if (!log || x[m] > 0)
        add_method (&self->curve[m], record, m, x[m]);
    }

    if (record->step > 0) {
      double x_band = x_before (record, i > 0 ? record - 1 : NULL, x[EKL_METHOD_EKI], x_last);

      if (!log || x_band > 0)
        add_particles (self, &record->method[EKL_METHOD_EKI], x_band);
    }
    x_last = x[EKL_METHOD_EKI];
  }
}

/**
 * ekl_loss_curves_init:
 * @self: (out): the curves
 * @data: with the history, or without one; it must outlive @self
 * @options: axis and view
 * @width: of the picture, px: the curves are thinned to this
 *
 * Reads all records once. A loss that was not evaluated (NaN) is passed over; one that is
 * infinite, or a method that says that it diverged, ends the curve and is remembered as such.
 */
void
ekl_loss_curves_init (EklLossCurves *self,
                      const EklFigureData *data,
                      const EklFigureOptions *options,
                      double width)
{
  EklScale x;

  *self = (EklLossCurves){ 0 };
  if (data->history)
    self->records = ekl_history_get_records (data->history, &self->n);
  while (data->has_last_step && self->n > 0 && self->records[self->n - 1].step > data->last_step)
    self->n--;

  ekl_records_x_range (self->records, self->n, options->x_axis, options->log_x, &self->x0,
                       &self->x1);
  if (options->has_view && options->view_x0 < options->view_x1 &&
      (!options->log_x || options->view_x0 > 0)) {
    self->x0 = options->view_x0;
    self->x1 = options->view_x1;
  }

  ekl_scale_init (&x, self->x0, self->x1, 0, width, options->log_x);
  for (guint m = 0; m < EKL_N_METHODS; m++) {
    ekl_series_init (&self->curve[m].train, &x);
    ekl_series_init (&self->curve[m].validation, &x);
  }
  ekl_series_init (&self->best, &x);
  ekl_series_init (&self->mean_output, &x);
  ekl_band_init (&self->band, &x);

  read_records (self, options->x_axis, options->log_x);

  for (guint m = 0; m < EKL_N_METHODS; m++) {
    ekl_series_end (&self->curve[m].train);
    ekl_series_end (&self->curve[m].validation);
  }
  ekl_series_end (&self->best);
  ekl_series_end (&self->mean_output);
  ekl_band_end (&self->band);
}

/**
 * ekl_loss_curves_clear:
 * @self: curves
 *
 * Frees what ekl_loss_curves_init() made.
 */
void
ekl_loss_curves_clear (EklLossCurves *self)
{
  for (guint m = 0; m < EKL_N_METHODS; m++) {
    ekl_series_clear (&self->curve[m].train);
    ekl_series_clear (&self->curve[m].validation);
  }
  ekl_series_clear (&self->best);
  ekl_series_clear (&self->mean_output);
  ekl_band_clear (&self->band);
}

/* Infinity where nothing began. */
static double
get_escape (const EklLossCurves *self, gboolean linear)
{
  double highest = 0;

  for (guint m = 0; m < EKL_N_METHODS; m++)
    if (self->curve[m].n_points > 0)
      highest = MAX (highest, fabs (self->curve[m].first.y));

  return highest > 0 ? highest * (linear ? ESCAPE_FACTOR_LINEAR : ESCAPE_FACTOR_LOG) : INFINITY;
}

static void
include_curve (EklRange *range, const EklLossCurve *curve, gboolean validation, double escape)
{
  EklRange own = curve->train.range;

  if (validation)
    ekl_range_union (&own, &curve->validation.range);
  own.high = MIN (own.high, escape);

  ekl_range_union (range, &own);
}

static void
include_band (EklRange *range, const EklRange *band, gboolean linear)
{
  double factor = linear ? BAND_FACTOR_LINEAR : BAND_FACTOR_LOG;
  gboolean has_curves = range->low <= range->high;
  EklRange own = *band;

  if (has_curves) {
    own.high = MIN (own.high, factor * range->high);
    own.low = MAX (own.low, range->low - factor * (range->high - range->low));
    own.positive = MAX (own.positive, range->positive / factor);
  }
  ekl_range_union (range, &own);
}

/**
 * ekl_loss_curves_y_range:
 * @self: curves
 * @options: which are shown, logarithmic or not
 * @y0: (out): lower end of the vertical axis
 * @y1: (out): upper end
 *
 * The range that shows all curves. A method that escapes upwards and the band of a wide prior do not
 * press the rest flat.
 */
void
ekl_loss_curves_y_range (const EklLossCurves *self,
                         const EklFigureOptions *options,
                         double *y0,
                         double *y1)
{
  EklRange range;

  if (options->has_view && options->view_y0 < options->view_y1 &&
      (options->linear_y || options->view_y0 > 0)) {
    *y0 = options->view_y0;
    *y1 = options->view_y1;
    return;
  }

  ekl_range_init (&range);
  for (guint m = 0; m < EKL_N_METHODS; m++)
    include_curve (&range, &self->curve[m], options->show_validation,
                   get_escape (self, options->linear_y));
  if (options->show_best)
    ekl_range_union (&range, &self->best.range);
  if (options->show_mean_output)
    ekl_range_union (&range, &self->mean_output.range);
  if (!options->hide_band)
    include_band (&range, &self->band.range, options->linear_y);

  if (self->n == 1 && !options->linear_y) {
    /* before the first step: room to fall */
    ekl_range_add (&range, range.positive / 8);
    ekl_range_add (&range, range.high * 2);
  }
  if (options->linear_y && range.low > 0 && range.low < 0.6 * range.high)
    range.low = 0;
  ekl_range_resolve (&range, !options->linear_y, 0.04, y0, y1);
  if (options->linear_y && range.low == 0)
    *y0 = 0;
}

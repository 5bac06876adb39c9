/* ensemble_curves.c - the quantities of the ensemble over the steps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ensemble_curves.h"

#include "history_axis.h"

#include <math.h>

static double
get_spread (const EklRecord *record)
{
  return record->method[EKL_METHOD_EKI].spread;
}

static double
get_rank (const EklRecord *record)
{
  return record->ensemble.effective_rank;
}

static double
get_cosine_preconditioned (const EklRecord *record)
{
  return record->ensemble.cosine_preconditioned;
}

static double
get_cosine_gradient (const EklRecord *record)
{
  return record->ensemble.cosine_gradient;
}

static double
get_span_share (const EklRecord *record)
{
  return record->ensemble.span_share;
}

/* The start has no step yet. */
static double
get_step_size (const EklRecord *record)
{
  return record->step > 0 ? record->method[EKL_METHOD_EKI].step_size : NAN;
}

static double
get_learning_rate (const EklRecord *record)
{
  return record->step > 0 ? record->method[EKL_METHOD_GD].step_size : NAN;
}

static double
get_repaired (const EklRecord *record)
{
  return (double) record->method[EKL_METHOD_EKI].repaired;
}

static const EklQuantity quantities[EKL_N_ENSEMBLE_QUANTITIES] = {
  [EKL_ENSEMBLE_SPREAD] = { "spread of the particles",
                            TRUE,
                            0,
                            0,
                            1,
                            { { "spread", EKL_METHOD_EKI, FALSE, get_spread } } },
  [EKL_ENSEMBLE_COSINES] = { "cosine with the EKI mean’s move",
                             FALSE,
                             -1,
                             1,
                             2,
                             { { "with −C∇Φ", EKL_METHOD_EKI, TRUE, get_cosine_preconditioned },
                               { "with −∇Φ", EKL_METHOD_GD, TRUE, get_cosine_gradient } } },
  [EKL_ENSEMBLE_SPAN] = { "share of GD’s way in the span of the start",
                          FALSE,
                          0,
                          1,
                          1,
                          { { "in the span", EKL_METHOD_GD, TRUE, get_span_share } } },
  [EKL_ENSEMBLE_STEP_SIZES] = { "step size h",
                                TRUE,
                                0,
                                0,
                                2,
                                { { "h of EKI", EKL_METHOD_EKI, FALSE, get_step_size },
                                  { "h of GD", EKL_METHOD_GD, FALSE, get_learning_rate } } },
  [EKL_ENSEMBLE_REPAIRED] = { "particles redrawn so far",
                              FALSE,
                              0,
                              0,
                              1,
                              { { "redrawn", EKL_METHOD_EKI, FALSE, get_repaired } } },
};

static const EklQuantity rank = {
  "effective rank", FALSE, 0, 0, 1, { { "rank", EKL_METHOD_EKI, TRUE, get_rank } }
};

/**
 * ekl_quantity_of:
 *
 * Returns: (transfer none): its lines; none for the spectrum, which is not over steps
 */
const EklQuantity *
ekl_quantity_of (EklEnsembleQuantity quantity)
{
  return &quantities[quantity < EKL_N_ENSEMBLE_QUANTITIES ? quantity : EKL_ENSEMBLE_SPREAD];
}

/**
 * ekl_quantity_below:
 *
 * Returns: (transfer none) (nullable): what is drawn in a second chart below it
 */
const EklQuantity *
ekl_quantity_below (EklEnsembleQuantity quantity)
{
  return quantity == EKL_ENSEMBLE_SPREAD ? &rank : NULL;
}

static gboolean
is_drawn (const EklRecord *record, const EklQuantityLine *line, double x, gboolean log_x)
{
  const EklMethod method = line->of_looks ? EKL_METHOD_EKI : line->method;

  return record->method[method].present && !record->method[method].diverged && (!log_x || x > 0);
}

static void
read_line (EklSeries *series,
           const EklQuantityLine *line,
           const EklRecord *records,
           guint n,
           const EklFigureOptions *options)
{
  const EklMethod axis = line->of_looks ? EKL_METHOD_EKI : line->method;

  for (guint i = 0; i < n; i++) {
    const double x = ekl_record_x (&records[i], axis, options->x_axis);
    const double y = line->get (&records[i]);

    if (!is_drawn (&records[i], line, x, options->log_x))
      ekl_series_gap (series);
    else if (isfinite (y))
      ekl_series_add (series, x, y);
  }
}

/**
 * ekl_quantity_curves_init:
 * @self: (out): the lines
 * @quantity: which
 * @history: the records, and those of looks
 * @view: (nullable): for the effective rank at the start, of which there may be no record
 * @options: which axis
 * @x: its scale
 */
void
ekl_quantity_curves_init (EklQuantityCurves *self,
                          const EklQuantity *quantity,
                          const EklHistory *history,
                          const EklEnsembleView *view,
                          const EklFigureOptions *options,
                          const EklScale *x)
{
  guint n = 0, n_looks = 0;
  const EklRecord *records = history ? ekl_history_get_records (history, &n) : NULL;
  const EklRecord *looks = history ? ekl_history_get_looks (history, &n_looks) : NULL;

  *self = (EklQuantityCurves){ .quantity = quantity };
  for (guint k = 0; k < quantity->n_lines; k++) {
    const EklQuantityLine *line = &quantity->line[k];

    ekl_series_init (&self->line[k], x);
    if (quantity == &rank && view && view->start && n > 0 && !options->log_x &&
        (n_looks == 0 || looks[0].step > records[0].step))
      ekl_series_add (&self->line[k], ekl_record_x (&records[0], EKL_METHOD_EKI, options->x_axis),
                      view->start->effective_rank);
    if (line->of_looks)
      read_line (&self->line[k], line, looks, n_looks, options);
    else
      read_line (&self->line[k], line, records, n, options);
    ekl_series_end (&self->line[k]);
  }
}

/**
 * ekl_quantity_curves_clear:
 * @self: curves
 *
 * Frees what they hold.
 */
void
ekl_quantity_curves_clear (EklQuantityCurves *self)
{
  for (guint k = 0; self->quantity && k < self->quantity->n_lines; k++)
    ekl_series_clear (&self->line[k]);
  self->quantity = NULL;
}

/**
 * ekl_quantity_curves_range:
 * @self: curves
 * @log: whether the axis is logarithmic
 * @v0: (out): lower end of the axis
 * @v1: (out): upper end
 *
 * Fixed ranges stay. A constant is drawn in the middle of a decade, not of a hair's breadth, and
 * what is never negative begins at 0 on a linear axis.
 */
void
ekl_quantity_curves_range (const EklQuantityCurves *self, gboolean log, double *v0, double *v1)
{
  EklRange range = self->line[0].range;

  if (self->quantity->low < self->quantity->high) {
    *v0 = self->quantity->low;
    *v1 = self->quantity->high;
    return;
  }
  for (guint k = 1; k < self->quantity->n_lines; k++)
    ekl_range_union (&range, &self->line[k].range);
  if (log && range.positive > 0 && range.high > 0 && range.high / range.positive < 4) {
    const double room = sqrt (4 / (range.high / range.positive));

    range.positive /= room;
    range.high *= room;
  } else if (!log) {
    range.low = MIN (range.low, 0);
    range.high = MAX (range.high, self->quantity == &rank ? 2 : 0);
  }
  if (!log && range.high == 0)
    range.high = 1;
  ekl_range_resolve (&range, log, 0.05, v0, v1);
  if (!log && range.low == 0)
    *v0 = 0;
}

/**
 * ekl_quantity_curves_are_empty:
 * @self: curves
 *
 * Returns: whether there is nothing to draw
 */
gboolean
ekl_quantity_curves_are_empty (const EklQuantityCurves *self)
{
  for (guint k = 0; k < self->quantity->n_lines; k++)
    if (self->line[k].n > 0)
      return FALSE;
  return TRUE;
}

/**
 * ekl_quantity_line_color:
 * @canvas: where it is drawn
 * @line: a line
 *
 * Returns: the colour, which says whose it is; -C grad Phi is neither's
 */
EklColor
ekl_quantity_line_color (const EklCanvas *canvas, const EklQuantityLine *line)
{
  if (line->method == EKL_METHOD_GD)
    return canvas->theme->gd;
  return line->of_looks && g_str_has_prefix (line->name, "with") ? canvas->theme->third
                                                                 : canvas->theme->eki;
}

/**
 * ekl_quantity_line_key:
 * @line: a line
 *
 * Returns: its sign in legends
 */
EklKey
ekl_quantity_line_key (const EklQuantityLine *line)
{
  return line->method == EKL_METHOD_GD ? EKL_KEY_DASHED : EKL_KEY_LINE;
}

/* history_axis.c - where a record lies on the horizontal axis that was chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "history_axis.h"

#include <math.h>

/**
 * ekl_record_x:
 * @record: a record
 * @method: whose time, runs and seconds count
 * @axis: which axis
 *
 * Returns: the record's place on the axis, in the axis' own units
 */
double
ekl_record_x (const EklRecord *record, EklMethod method, EklLossAxis axis)
{
  switch (axis) {
  case EKL_LOSS_AXIS_EPOCH:
    return record->epoch;
  case EKL_LOSS_AXIS_MODEL_RUNS:
    return record->method[method].model_runs;
  case EKL_LOSS_AXIS_TIME:
    return record->method[method].time;
  case EKL_LOSS_AXIS_SECONDS:
    return record->method[method].seconds;
  case EKL_LOSS_AXIS_STEP:
  default:
    return (double) record->step;
  }
}

/**
 * ekl_records_method:
 * @records: (array length=n): records
 * @n: how many
 *
 * Returns: the method whose axis the crosshair follows: EKI where it is on at the end, gradient
 * descent otherwise
 */
EklMethod
ekl_records_method (const EklRecord *records, guint n)
{
  return n > 0 && !records[n - 1].method[EKL_METHOD_EKI].present ? EKL_METHOD_GD : EKL_METHOD_EKI;
}

/**
 * ekl_records_find:
 * @records: (array length=n): records in rising x
 * @n: how many, at least one
 * @method: whose axis
 * @axis: which axis
 * @x: a place on it
 *
 * Returns: the index of the record nearest to @x, by bisection
 */
guint
ekl_records_find (const EklRecord *records, guint n, EklMethod method, EklLossAxis axis, double x)
{
  guint low = 0, high = n;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (ekl_record_x (&records[middle], method, axis) < x)
      low = middle + 1;
    else
      high = middle;
  }

  if (low == n)
    return n - 1;
  if (low > 0 && x - ekl_record_x (&records[low - 1], method, axis) <
                   ekl_record_x (&records[low], method, axis) - x)
    return low - 1;

  return low;
}

/**
 * ekl_records_find_step:
 * @records: (array length=n): records in step order
 * @n: how many, at least one
 * @step: a step
 *
 * Returns: the index of the first record at or after @step, or the last one
 */
guint
ekl_records_find_step (const EklRecord *records, guint n, guint64 step)
{
  guint low = 0, high = n;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (records[middle].step < step)
      low = middle + 1;
    else
      high = middle;
  }

  return MIN (low, n - 1);
}

/**
 * ekl_records_step_x:
 * @records: (array length=n): records in step order
 * @n: how many, at least one
 * @method: whose axis
 * @axis: which axis
 * @step: a step; it need not have a record
 *
 * Returns: the step's place on the axis, linear between the records around it
 */
double
ekl_records_step_x (
  const EklRecord *records, guint n, EklMethod method, EklLossAxis axis, double step)
{
  guint i;
  double x0, x1, s0, s1;

  if (axis == EKL_LOSS_AXIS_STEP)
    return step;

  i = ekl_records_find_step (records, n, (guint64) MAX (step, 0));
  x1 = ekl_record_x (&records[i], method, axis);
  s1 = (double) records[i].step;
  if (i == 0 || s1 <= step)
    return x1;

  x0 = ekl_record_x (&records[i - 1], method, axis);
  s0 = (double) records[i - 1].step;

  return x0 + (x1 - x0) * (step - s0) / (s1 - s0);
}

/**
 * ekl_records_x_range:
 * @records: (array length=n): records
 * @n: how many
 * @axis: which axis
 * @log: whether it is logarithmic: from the first place above zero then
 * @x0: (out): its lower end
 * @x1: (out): its upper end, more than @x0
 *
 * The range that holds all records. Before the first step there is room for a few.
 */
void
ekl_records_x_range (
  const EklRecord *records, guint n, EklLossAxis axis, gboolean log, double *x0, double *x1)
{
  EklRange range;
  gboolean starts_at_zero = FALSE;

  ekl_range_init (&range);
  for (guint m = 0; m < EKL_N_METHODS && n > 0; m++) {
    guint last = n - 1, first = 0;

    while (last > 0 && !records[last].method[m].present)
      last--;
    while (first < last && (!records[first].method[m].present ||
                            (log && !(ekl_record_x (&records[first], m, axis) > 0))))
      first++;
    if (!records[last].method[m].present)
      continue;
    ekl_range_add (&range, ekl_record_x (&records[first], m, axis));
    ekl_range_add (&range, ekl_record_x (&records[last], m, axis));
  }

  starts_at_zero = range.low == 0 && range.high == 0;
  if (log && !(range.high > range.positive)) {
    *x0 = isfinite (range.positive) ? range.positive : 1;
    *x1 = 10 * *x0;
  } else if (starts_at_zero || !(range.low <= range.high)) {
    *x0 = 0;
    *x1 = axis == EKL_LOSS_AXIS_STEP || axis == EKL_LOSS_AXIS_MODEL_RUNS ? 10 : 1;
  } else {
    ekl_range_resolve (&range, log, 0, x0, x1);
  }
}

/**
 * ekl_loss_axis_name:
 * @axis: an axis
 *
 * Returns: its name below the axis
 */
const char *
ekl_loss_axis_name (EklLossAxis axis)
{
  switch (axis) {
  case EKL_LOSS_AXIS_EPOCH:
    return "epoch";
  case EKL_LOSS_AXIS_MODEL_RUNS:
    return "model runs";
  case EKL_LOSS_AXIS_TIME:
    return "time t = Σ h";
  case EKL_LOSS_AXIS_SECONDS:
    return "seconds of computing";
  case EKL_LOSS_AXIS_STEP:
  default:
    return "step";
  }
}

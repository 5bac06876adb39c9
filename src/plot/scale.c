/* scale.c - ranges of values, and their mapping onto pixels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "scale.h"

#include <math.h>
#include <stdlib.h>

/* Beyond these a double's own arithmetic ends before the picture does. */
#define LARGEST  1e300
#define SMALLEST 1e-290
/* A range narrower than this part of its values shows rounding, not data. */
#define NARROWEST 1e-9
/* Cairo's coordinates are 24.8 fixed point; lines that leave the picture end here. */
#define FARTHEST     1e5
#define MOST_DECADES 18

/**
 * ekl_range_init:
 * @self: (out): an empty range
 *
 * Starts a range that has seen nothing.
 */
void
ekl_range_init (EklRange *self)
{
  *self = (EklRange){ INFINITY, -INFINITY, INFINITY };
}

/**
 * ekl_range_add:
 * @self: a range
 * @value: a value; passed over where it is not finite
 *
 * Widens the range to hold @value.
 */
void
ekl_range_add (EklRange *self, double value)
{
  if (!isfinite (value))
    return;

  if (value < self->low)
    self->low = value;
  if (value > self->high)
    self->high = value;
  if (value > 0 && value < self->positive)
    self->positive = value;
}

/**
 * ekl_range_add_all:
 * @self: a range
 * @values: (nullable) (array length=n): as for ekl_range_add()
 * @n: how many
 */
void
ekl_range_add_all (EklRange *self, const double *values, guint n)
{
  for (guint i = 0; values && i < n; i++)
    ekl_range_add (self, values[i]);
}

/**
 * ekl_range_union:
 * @self: a range
 * @other: another one
 *
 * Widens @self to hold @other.
 */
void
ekl_range_union (EklRange *self, const EklRange *other)
{
  self->low = MIN (self->low, other->low);
  self->high = MAX (self->high, other->high);
  self->positive = MIN (self->positive, other->positive);
}

static void
resolve_log (const EklRange *self, double padding, double *v0, double *v1)
{
  double low = CLAMP (self->positive, SMALLEST, LARGEST);
  double high = CLAMP (self->high, low, LARGEST);
  double decades;

  if (!(self->high > 0)) {
    *v0 = 0.1;
    *v1 = 10;
    return;
  }

  if (log10 (high) - log10 (low) > MOST_DECADES)
    low = high * pow (10, -MOST_DECADES);
  if (high / low < 1.0001) {
    low /= 2;
    high *= 2;
  }

  decades = log10 (high) - log10 (low);
  *v0 = low * pow (10, -padding * decades);
  *v1 = high * pow (10, padding * decades);
}

/**
 * ekl_range_resolve:
 * @self: a range
 * @log: for a logarithmic axis, where only the positive values count
 * @padding: what to add at both ends, as a part of the range
 * @v0: (out): lower end of the axis
 * @v1: (out): upper end, more than @v0
 *
 * A range that an axis can have: finite, not empty, wide enough for the arithmetic, whatever was
 * seen. Nothing seen gives 0..1, or 0.1..10 on a logarithmic axis.
 */
void
ekl_range_resolve (const EklRange *self, gboolean log, double padding, double *v0, double *v1)
{
  double low = CLAMP (self->low, -LARGEST, LARGEST);
  double high = CLAMP (self->high, -LARGEST, LARGEST);
  double size = MAX (fabs (low), fabs (high));

  if (log) {
    resolve_log (self, padding, v0, v1);
    return;
  }

  if (!(self->low <= self->high)) {
    *v0 = 0;
    *v1 = 1;
    return;
  }

  if (high - low <= MAX (size * NARROWEST, SMALLEST)) {
    double half = size > SMALLEST ? size / 2 : 1;

    low -= half;
    high += half;
  }

  *v0 = low - padding * (high - low);
  *v1 = high + padding * (high - low);
}

/**
 * ekl_scale_init:
 * @self: (out): the scale
 * @v0: value at @p0
 * @v1: value at @p1
 * @p0: px
 * @p1: px
 * @log: whether equal factors are equally far apart; needs positive ends
 *
 * Sets up the mapping. Ends that no axis can have are first made good as ekl_range_resolve() does.
 */
void
ekl_scale_init (EklScale *self, double v0, double v1, double p0, double p1, gboolean log)
{
  EklRange range;

  if (!(isfinite (v0) && isfinite (v1) && v0 < v1 && fabs (v0) <= 2 * LARGEST &&
        fabs (v1) <= 2 * LARGEST && (!log || v0 > 0) &&
        v1 - v0 > 0.5 * NARROWEST * MAX (fabs (v0), fabs (v1)))) {
    ekl_range_init (&range);
    ekl_range_add (&range, v0);
    ekl_range_add (&range, v1);
    ekl_range_resolve (&range, log, 0, &v0, &v1);
  }

  *self = (EklScale){ .v0 = v0, .v1 = v1, .p0 = p0, .p1 = p1, .log = log };
  self->origin = log ? log10 (v0) : v0;
  self->factor = (p1 - p0) / ((log ? log10 (v1) : v1) - self->origin);
}

/**
 * ekl_scale_map:
 * @self: a scale
 * @value: any value
 *
 * Returns: its position in px, kept within what cairo can hold. On a logarithmic scale what is not
 * positive lies beyond the lower end. NaN stays NaN.
 */
double
ekl_scale_map (const EklScale *self, double value)
{
  double position;

  if (self->log) {
    if (value <= 0)
      return self->p0 + (self->p1 > self->p0 ? -FARTHEST : FARTHEST);
    value = log10 (value);
  }

  position = self->p0 + (value - self->origin) * self->factor;

  return isnan (position) ? position : CLAMP (position, -FARTHEST, FARTHEST);
}

/**
 * ekl_scale_unmap:
 * @self: a scale
 * @position: px
 *
 * Returns: the value at that position; the scale's first one where it has no width
 */
double
ekl_scale_unmap (const EklScale *self, double position)
{
  double value;

  if (!isfinite (self->factor) || fabs (self->p1 - self->p0) < 1e-9)
    return self->v0;

  value = self->origin + (position - self->p0) / self->factor;

  return self->log ? pow (10, value) : value;
}

static int
compare_double_cb (const void *a, const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/**
 * ekl_quantile:
 * @values: (array length=n): finite values; sorted on return
 * @n: how many
 * @q: 0..1
 *
 * Returns: the quantile, linear between neighbours (type 7 of Hyndman and Fan, 1996); NaN without
 * values
 */
double
ekl_quantile (double *values, gsize n, double q)
{
  double place;
  gsize i;

  if (n == 0)
    return NAN;

  for (i = 1; i < n; i++)
    if (values[i] < values[i - 1])
      break;
  if (i < n)
    qsort (values, n, sizeof *values, compare_double_cb);

  place = CLAMP (q, 0.0, 1.0) * (double) (n - 1);
  i = MIN ((gsize) place, n - 1);
  if (i + 1 >= n)
    return values[n - 1];

  return values[i] + (place - (double) i) * (values[i + 1] - values[i]);
}

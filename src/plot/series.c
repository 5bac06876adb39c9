/* series.c - lines and bands of any length, thinned to what the pixels can show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "series.h"

#include <math.h>

/* Points a pixel column from which on a line is drawn through their means. */
#define DENSE 3
#define THICK 3 /* px: corners of thinner lines need no rounding, which takes time */

/* Opens the column that holds x. Columns are found in the axis' own values, so that a point inside
 * an open column costs one comparison and no logarithm. Everything left of the axis is one column,
 * and so is everything right of it. */
static void
open_column (EklColumn *self, double x)
{
  const EklScale *scale = &self->scale;
  double position = floor (ekl_scale_map (scale, x));

  self->open = TRUE;
  if (x < scale->v0) {
    self->start = -INFINITY;
    self->end = scale->v0;
  } else if (x > scale->v1) {
    self->start = nextafter (scale->v1, INFINITY);
    self->end = INFINITY;
  } else {
    self->start = MIN (ekl_scale_unmap (scale, position), x);
    self->end = MAX (ekl_scale_unmap (scale, position + 1), nextafter (x, INFINITY));
  }
}

static inline gboolean
is_in_column (const EklColumn *self, double x)
{
  return self->open && x >= self->start && x < self->end;
}

static inline gboolean
is_on_axis (const EklScale *scale, double x)
{
  return x >= scale->v0 && x <= scale->v1;
}

/**
 * ekl_series_init:
 * @self: (out): an empty line
 * @x_scale: the axis; its pixels are the columns
 *
 * Starts a line to which points are added in rising x. The axis may be moved a little afterwards
 * (when its labels are measured): the line then is thinned a little less or more than needed.
 */
void
ekl_series_init (EklSeries *self, const EklScale *x_scale)
{
  *self = (EklSeries){ .column.scale = *x_scale };
  ekl_range_init (&self->range);
}

/**
 * ekl_series_clear:
 * @self: a line
 *
 * Frees the points.
 */
void
ekl_series_clear (EklSeries *self)
{
  g_clear_pointer (&self->point, g_free);
  g_clear_pointer (&self->summary, g_free);
  self->n = self->n_allocated = 0;
  self->n_summaries = self->n_summaries_allocated = 0;
}

static void
keep_point (EklSeries *self, EklPoint point)
{
  if (self->n == self->n_allocated) {
    self->n_allocated = MAX (64, 2 * self->n_allocated);
    self->point = g_renew (EklPoint, self->point, self->n_allocated);
  }
  self->point[self->n++] = point;
}

static void
keep_summary (EklSeries *self, EklSummary summary)
{
  if (self->n_summaries == self->n_summaries_allocated) {
    self->n_summaries_allocated = MAX (64, 2 * self->n_summaries_allocated);
    self->summary = g_renew (EklSummary, self->summary, self->n_summaries_allocated);
  }
  self->summary[self->n_summaries++] = summary;
}

static void
flush_column (EklSeries *self)
{
  gboolean low_comes_first = self->i_low < self->i_high;
  guint64 i_a = low_comes_first ? self->i_low : self->i_high;
  guint64 i_b = low_comes_first ? self->i_high : self->i_low;

  if (!self->column.open)
    return;

  self->column.open = FALSE;
  if (is_on_axis (&self->column.scale, self->first.x)) {
    ekl_range_add (&self->range, self->low.y);
    ekl_range_add (&self->range, self->high.y);
  }

  keep_summary (self, (EklSummary){ (self->first.x + self->last.x) / 2, self->low.y, self->high.y,
                                    self->sum / (double) (self->i_last - self->i_first + 1) });
  keep_point (self, self->first);
  if (i_a > self->i_first && i_a < self->i_last)
    keep_point (self, low_comes_first ? self->low : self->high);
  if (i_b > MAX (i_a, self->i_first) && i_b < self->i_last)
    keep_point (self, low_comes_first ? self->high : self->low);
  if (self->i_last > self->i_first)
    keep_point (self, self->last);
}

/**
 * ekl_series_add:
 * @self: a line
 * @x: not less than the last point's; a point without a finite x is passed over
 * @y: any value; NaN says "not known here" and is passed over, so that its neighbours are joined
 *
 * Adds a point.
 */
void
ekl_series_add (EklSeries *self, double x, double y)
{
  EklPoint point = { x, y };

  if (isnan (y) || !isfinite (x))
    return;

  if (isinf (y)) {
    flush_column (self);
    keep_point (self, point);
    keep_summary (self, (EklSummary){ x, NAN, NAN, NAN });
    return;
  }

  self->i++;
  if (!is_in_column (&self->column, x)) {
    flush_column (self);
    open_column (&self->column, x);
    self->first = self->low = self->high = point;
    self->i_first = self->i_low = self->i_high = self->i;
    self->sum = 0;
  } else if (y < self->low.y) {
    self->low = point;
    self->i_low = self->i;
  } else if (y > self->high.y) {
    self->high = point;
    self->i_high = self->i;
  }
  self->last = point;
  self->i_last = self->i;
  self->sum += y;
}

/**
 * ekl_series_gap:
 * @self: a line
 *
 * Interrupts the line: the points before and after are not joined.
 */
void
ekl_series_gap (EklSeries *self)
{
  flush_column (self);
  if (self->n > 0 && !isnan (self->point[self->n - 1].y))
    keep_point (self, (EklPoint){ self->point[self->n - 1].x, NAN });
  if (self->n_summaries > 0 && !isnan (self->summary[self->n_summaries - 1].mean))
    keep_summary (self, (EklSummary){ self->point[self->n - 1].x, NAN, NAN, NAN });
}

/**
 * ekl_series_end:
 * @self: a line
 *
 * Closes the last column; `point` and `range` are complete then.
 */
void
ekl_series_end (EklSeries *self)
{
  flush_column (self);
}

/**
 * ekl_series_path:
 * @self: a line that has ended
 * @canvas: where to draw
 * @x: horizontal scale
 * @y: vertical scale
 *
 * Adds the line to cairo's path. A point between two gaps becomes a dot of the pen's width when it
 * is stroked with round caps.
 */
void
ekl_series_path (const EklSeries *self, EklCanvas *canvas, const EklScale *x, const EklScale *y)
{
  gboolean pen_down = FALSE;

  for (guint i = 0; i < self->n; i++) {
    EklPoint p = self->point[i];

    if (!isfinite (p.y)) {
      pen_down = FALSE;
      continue;
    }

    if (pen_down)
      cairo_line_to (canvas->cr, ekl_scale_map (x, p.x), ekl_scale_map (y, p.y));
    else
      cairo_move_to (canvas->cr, ekl_scale_map (x, p.x), ekl_scale_map (y, p.y));
    if (!pen_down && (i + 1 == self->n || !isfinite (self->point[i + 1].y)))
      cairo_line_to (canvas->cr, ekl_scale_map (x, p.x), ekl_scale_map (y, p.y));
    pen_down = TRUE;
  }
}

/**
 * ekl_series_is_dense:
 * @self: a line that has ended
 *
 * Returns: whether so many points share a pixel column that a line through all of them would be a
 * blot
 */
gboolean
ekl_series_is_dense (const EklSeries *self)
{
  return self->n_summaries > 32 && self->i > DENSE * self->n_summaries;
}

static void
envelope_path (const EklSeries *self, EklCanvas *canvas, const EklScale *x, const EklScale *y)
{
  guint start = 0;

  for (guint end = 0; end <= self->n_summaries; end++) {
    if (end < self->n_summaries && !isnan (self->summary[end].mean))
      continue;

    for (guint i = start; i < end; i++)
      cairo_line_to (canvas->cr, ekl_scale_map (x, self->summary[i].x),
                     ekl_scale_map (y, self->summary[i].high));
    for (guint i = end; i-- > start;)
      cairo_line_to (canvas->cr, ekl_scale_map (x, self->summary[i].x),
                     ekl_scale_map (y, self->summary[i].low));
    if (end > start)
      cairo_close_path (canvas->cr);
    cairo_new_sub_path (canvas->cr);
    start = end + 1;
  }
}

static void
mean_path (const EklSeries *self, EklCanvas *canvas, const EklScale *x, const EklScale *y)
{
  gboolean pen_down = FALSE;

  for (guint i = 0; i < self->n_summaries; i++) {
    const EklSummary *now = &self->summary[i];

    if (isnan (now->mean))
      pen_down = FALSE;
    else if (pen_down)
      cairo_line_to (canvas->cr, ekl_scale_map (x, now->x), ekl_scale_map (y, now->mean));
    else
      cairo_move_to (canvas->cr, ekl_scale_map (x, now->x), ekl_scale_map (y, now->mean));
    if (!isnan (now->mean))
      pen_down = TRUE;
  }
}

/**
 * ekl_series_draw:
 * @self: a line that has ended
 * @canvas: where to draw
 * @x: horizontal scale
 * @y: vertical scale
 * @color: colour
 * @line_width: px
 * @stroke: solid, dashed or dotted
 *
 * Draws the line. Where many points share a pixel column, what they span is filled faintly and the
 * line runs through their means: the extremes stay visible, and dashes stay dashes.
 */
void
ekl_series_draw (const EklSeries *self,
                 EklCanvas *canvas,
                 const EklScale *x,
                 const EklScale *y,
                 EklColor color,
                 double line_width,
                 EklStroke stroke)
{
  gboolean dense = ekl_series_is_dense (self);

  cairo_new_path (canvas->cr);
  if (dense) {
    envelope_path (self, canvas, x, y);
    ekl_canvas_color (canvas, color, 0.3);
    cairo_fill (canvas->cr);
    mean_path (self, canvas, x, y);
  } else {
    ekl_series_path (self, canvas, x, y);
  }
  ekl_stroke_set (canvas, line_width, stroke);
  ekl_canvas_color (canvas, color, 1);
  cairo_stroke (canvas->cr);
}

static gboolean
is_within (const EklScale *scale, double pixel)
{
  return pixel >= MIN (scale->p0, scale->p1) - 1 && pixel <= MAX (scale->p0, scale->p1) + 1;
}

/**
 * ekl_series_draw_marks:
 * @self: a line that has ended
 * @canvas: where to draw
 * @x: horizontal scale
 * @y: vertical scale
 * @color: colour
 * @mark: shape; not a cross
 * @radius: px
 *
 * Draws a mark at each point that lies on the axes, whole also at their ends.
 */
void
ekl_series_draw_marks (const EklSeries *self,
                       EklCanvas *canvas,
                       const EklScale *x,
                       const EklScale *y,
                       EklColor color,
                       EklMark mark,
                       double radius)
{
  g_autofree EklPoint *points = g_new (EklPoint, self->n + 1);
  guint n = 0;

  for (guint i = 0; i < self->n; i++) {
    const EklPoint p = { ekl_scale_map (x, self->point[i].x), ekl_scale_map (y, self->point[i].y) };

    if (is_within (x, p.x) && is_within (y, p.y))
      points[n++] = p;
  }
  ekl_marks_paint (canvas, mark, color, 1, points, n, radius);
}

/**
 * ekl_band_init:
 * @self: (out): an empty band
 * @x_scale: the axis; its pixels are the columns
 *
 * Starts a band to which spans are added in rising x.
 */
void
ekl_band_init (EklBand *self, const EklScale *x_scale)
{
  *self = (EklBand){ .column.scale = *x_scale };
  ekl_range_init (&self->range);
}

/**
 * ekl_band_clear:
 * @self: a band
 *
 * Frees the spans.
 */
void
ekl_band_clear (EklBand *self)
{
  g_clear_pointer (&self->span, g_free);
  self->n = self->n_allocated = 0;
}

/**
 * ekl_band_end:
 * @self: a band
 *
 * Closes the last column; `span` and `range` are complete then.
 */
void
ekl_band_end (EklBand *self)
{
  if (!self->column.open)
    return;

  self->column.open = FALSE;
  if (is_on_axis (&self->column.scale, self->now.x)) {
    ekl_range_add (&self->range, self->now.low);
    ekl_range_add (&self->range, self->now.high);
  }
  if (self->n == self->n_allocated) {
    self->n_allocated = MAX (64, 2 * self->n_allocated);
    self->span = g_renew (EklSpan, self->span, self->n_allocated);
  }
  self->span[self->n++] = self->now;
}

/**
 * ekl_band_add:
 * @self: a band
 * @x: not less than the last span's
 * @low: lower edge
 * @high: upper edge
 *
 * Adds a span. One with an edge that is not finite is passed over.
 */
void
ekl_band_add (EklBand *self, double x, double low, double high)
{
  if (!isfinite (low) || !isfinite (high) || !isfinite (x))
    return;

  if (!is_in_column (&self->column, x)) {
    ekl_band_end (self);
    open_column (&self->column, x);
    self->now = (EklSpan){ x, low, high };
  } else {
    self->now.low = MIN (self->now.low, low);
    self->now.high = MAX (self->now.high, high);
  }
}

/**
 * ekl_band_path:
 * @self: a band that has ended
 * @canvas: where to draw
 * @x: horizontal scale
 * @y: vertical scale
 *
 * Adds the band's outline to cairo's path. A single span is given a width of four px, so that it
 * can be seen.
 */
void
ekl_band_path (const EklBand *self, EklCanvas *canvas, const EklScale *x, const EklScale *y)
{
  if (self->n == 1) {
    double left = ekl_scale_map (x, self->span[0].x);
    double top = ekl_scale_map (y, self->span[0].high);

    cairo_rectangle (canvas->cr, left - 2, top, 4, ekl_scale_map (y, self->span[0].low) - top);
    return;
  }

  for (guint i = 0; i < self->n; i++)
    cairo_line_to (canvas->cr, ekl_scale_map (x, self->span[i].x),
                   ekl_scale_map (y, self->span[i].high));
  for (guint i = self->n; i-- > 0;)
    cairo_line_to (canvas->cr, ekl_scale_map (x, self->span[i].x),
                   ekl_scale_map (y, self->span[i].low));
  if (self->n > 0)
    cairo_close_path (canvas->cr);
}

/**
 * ekl_stroke_set:
 * @canvas: where to draw
 * @line_width: px
 * @stroke: solid, dashed, dotted or both in turn; the pattern grows with the width
 *
 * Sets the pen for the next strokes.
 */
void
ekl_stroke_set (EklCanvas *canvas, double line_width, EklStroke stroke)
{
  double w = MAX (line_width, 1);
  double dashed[] = { 3.6 * w, 2.2 * w };
  double dotted[] = { 0.9 * w, 1.9 * w };
  double dash_dot[] = { 5.5 * w, 2 * w, 1.2 * w, 2 * w };

  cairo_set_line_width (canvas->cr, line_width);
  cairo_set_line_join (canvas->cr,
                       line_width < THICK ? CAIRO_LINE_JOIN_BEVEL : CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (canvas->cr,
                      stroke == EKL_STROKE_SOLID ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  if (stroke == EKL_STROKE_DASH_DOT)
    cairo_set_dash (canvas->cr, dash_dot, G_N_ELEMENTS (dash_dot), 0);
  else
    cairo_set_dash (canvas->cr, stroke == EKL_STROKE_DASHED ? dashed : dotted,
                    stroke == EKL_STROKE_SOLID ? 0 : 2, 0);
}

/* axis.c - a plot area with its scales, grid, marks and labels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "axis.h"

#include <math.h>

#define TICK_LENGTH 4.0
#define LOW         17 /* font sizes, of a chart */
#define VERY_LOW    8
#define LONG_NAME   0.3 /* of its width */

static double
widest_label (const EklTicks *ticks, EklCanvas *canvas)
{
  double widest = 0, width;

  for (guint i = 0; i < ticks->n; i++) {
    if (!ticks->tick[i].major)
      continue;
    ekl_canvas_measure (canvas, ticks->tick[i].label, &(EklTextStyle){ 0 }, &width, NULL);
    widest = MAX (widest, width);
  }

  return widest;
}

static void
find_ticks (EklTicks *ticks, double v0, double v1, gboolean log, double count)
{
  if (log)
    ekl_ticks_log (ticks, v0, v1, MAX (count, 2));
  else
    ekl_ticks_linear (ticks, v0, v1, MAX (count, 1));
}

/* How many labels there may be on a horizontal axis of that length. */
static double
count_x_ticks (const EklChart *self, double width, double density)
{
  double count = MAX (width / (density * 7.5), 2);

  return self->axes.whole_x ? MIN (count, MAX (self->x.v1 - self->x.v0, 1)) : count;
}

/* Likewise on a vertical one. */
static double
count_y_ticks (const EklAxes *axes, double height, double density)
{
  double count = MAX (height / (4.2 * density), 2);

  return axes->whole_y ? MIN (count, MAX (axes->y1 - axes->y0, 1)) : count;
}

/* The shorter range grows about its middle until a unit has as many px in x as in y. */
static void
equalise (EklAxes *axes, double width, double height)
{
  double unit_x = (axes->x1 - axes->x0) / MAX (width, 1);
  double unit_y = (axes->y1 - axes->y0) / MAX (height, 1);
  double unit = MAX (unit_x, unit_y);
  double x = (axes->x0 + axes->x1) / 2;
  double y = (axes->y0 + axes->y1) / 2;

  if (!isfinite (unit))
    return;

  axes->x0 = x - unit * MAX (width, 1) / 2;
  axes->x1 = x + unit * MAX (width, 1) / 2;
  axes->y0 = y - unit * MAX (height, 1) / 2;
  axes->y1 = y + unit * MAX (height, 1) / 2;
}

/* Where a line of its own would be dear the name stands in the row of the labels, at their end. It is to
 * be one of them, and not to stand in place of most. */
static gboolean
goes_in_row (EklCanvas *canvas, const char *name, EklBox area)
{
  double width = 0;

  if (name != NULL)
    ekl_canvas_measure (canvas, name, &(EklTextStyle){ 0 }, &width, NULL);
  return area.height < LOW * canvas->font_size &&
         (width < LONG_NAME * area.width || area.height < VERY_LOW * canvas->font_size);
}

/**
 * ekl_chart_layout:
 * @self: (out): the chart
 * @canvas: where it will be drawn
 * @area: the room for the plot area and its labels, px
 * @axes: ranges and names
 *
 * Divides @area: measured labels on the left and below, the plot area in what remains.
 */
void
ekl_chart_layout (EklChart *self, EklCanvas *canvas, EklBox area, const EklAxes *axes)
{
  double font = canvas->font_size;
  double gap = font * 0.45;
  double density = axes->quiet ? 1.6 : 1;
  double below = axes->hide_x_labels ? gap : canvas->line_height + gap;
  const double beside = gap + TICK_LENGTH + font * 0.4;
  double left, height, width;

  self->axes = *axes;
  self->area = area;
  self->name_in_row = goes_in_row (canvas, axes->x_name, area);
  if (axes->x_name && !self->name_in_row && !axes->hide_x_labels)
    below += canvas->line_height;

  height = MAX (area.height - below, 1);
  find_ticks (&self->y_ticks, axes->y0, axes->y1, axes->log_y,
              count_y_ticks (axes, height / font, density));
  left = MAX (axes->left, widest_label (&self->y_ticks, canvas) + beside);
  width = MAX (area.width - left - MAX (axes->right, font * 1.1), 1);
  if (axes->square)
    width = height = MIN (width, height);

  self->plot = (EklBox){ floor (area.x + left), floor (area.y), floor (width), floor (height) };
  if (axes->equal) {
    double needed;

    equalise (&self->axes, self->plot.width, self->plot.height);
    find_ticks (&self->y_ticks, self->axes.y0, self->axes.y1, FALSE,
                count_y_ticks (&self->axes, height / font, density));
    /* the range has grown, and its labels with it */
    needed = ceil (widest_label (&self->y_ticks, canvas) + beside - left);
    if (needed > 0 && needed < self->plot.width / 2) {
      self->plot.x += needed;
      self->plot.width -= needed;
      equalise (&self->axes, self->plot.width, self->plot.height);
    }
  }

  ekl_scale_init (&self->x, self->axes.x0, self->axes.x1, self->plot.x,
                  self->plot.x + self->plot.width, axes->log_x);
  ekl_scale_init (&self->y, self->axes.y0, self->axes.y1, self->plot.y + self->plot.height,
                  self->plot.y, axes->log_y);
  find_ticks (&self->x_ticks, self->x.v0, self->x.v1, axes->log_x,
              count_x_ticks (self, self->plot.width / font, density));
}

static gboolean
is_inside (double position, double start, double length)
{
  return position >= start - 0.5 && position <= start + length + 0.5;
}

/* Marks without a label need a line to stand on. */
static gboolean
has_minor (const EklTicks *ticks)
{
  for (guint i = 0; i < ticks->n; i++)
    if (!ticks->tick[i].major)
      return TRUE;
  return FALSE;
}

/**
 * ekl_chart_grid:
 * @self: a chart
 * @canvas: where to draw
 *
 * Draws the grid, below the data: level lines at the labelled values, and the base line.
 */
void
ekl_chart_grid (EklChart *self, EklCanvas *canvas)
{
  EklBox plot = self->plot;

  ekl_canvas_color (canvas, canvas->theme->grid, 1);
  for (guint i = 0; i < self->y_ticks.n && !self->axes.quiet; i++) {
    double y = ekl_scale_map (&self->y, self->y_ticks.tick[i].value);

    if (self->y_ticks.tick[i].major && is_inside (y, plot.y, plot.height))
      ekl_canvas_hairline (canvas, plot.x, y, plot.x + plot.width, y);
  }

  if (has_minor (&self->y_ticks) && !self->axes.quiet) {
    ekl_canvas_color (canvas, canvas->theme->dim, 0.45);
    ekl_canvas_hairline (canvas, plot.x, plot.y, plot.x, plot.y + plot.height);
  }

  ekl_canvas_color (canvas, canvas->theme->dim, 0.8);
  ekl_canvas_hairline (canvas, plot.x, plot.y + plot.height, plot.x + plot.width,
                       plot.y + plot.height);
}

static void
draw_y_labels (EklChart *self, EklCanvas *canvas)
{
  EklTextStyle style = { .x_align = 1, .y_align = 0.5, .color = canvas->theme->dim };
  EklBox last = { 0 };
  gboolean has_last = FALSE;
  double x = self->plot.x - TICK_LENGTH;

  for (guint i = 0; i < self->y_ticks.n; i++) {
    const EklTick *tick = &self->y_ticks.tick[i];
    double y = ekl_scale_map (&self->y, tick->value);
    EklBox box;

    if (!is_inside (y, self->plot.y, self->plot.height))
      continue;

    if (!tick->major || self->axes.quiet) {
      ekl_canvas_color (canvas, canvas->theme->dim, tick->major ? 0.8 : 0.45);
      ekl_canvas_hairline (canvas, x + (tick->major ? 0 : 1), y, self->plot.x, y);
    }
    if (!tick->major)
      continue;

    box = ekl_canvas_place (canvas, tick->label, x - 3, y, &style);
    if (has_last && ekl_box_overlaps (box, last, -0.1 * box.height))
      continue;
    ekl_canvas_text (canvas, tick->label, x - 3, y, &style);
    last = box;
    has_last = TRUE;
  }
}

/* Returns the left end of the name, which the labels must not reach. */
static double
draw_x_name (EklChart *self, EklCanvas *canvas)
{
  EklTextStyle style = { .color = canvas->theme->dim };
  double right = self->plot.x + self->plot.width;
  double y = self->plot.y + self->plot.height + canvas->font_size * 0.45;
  EklBox box;

  if (!self->axes.x_name)
    return INFINITY;

  if (self->name_in_row) {
    style.x_align = 1;
    box = ekl_canvas_place (canvas, self->axes.x_name, right, y, &style);
    ekl_canvas_text (canvas, self->axes.x_name, right, y, &style);
    return box.x;
  }

  style.x_align = 0.5;
  y += canvas->line_height;
  box =
    ekl_canvas_place (canvas, self->axes.x_name, self->plot.x + self->plot.width / 2, y, &style);
  ekl_canvas_text (
    canvas, self->axes.x_name,
    MAX (self->plot.x + self->plot.width / 2, canvas->font_size * 0.4 + box.width / 2), y, &style);

  return INFINITY;
}

static void
draw_x_labels (EklChart *self, EklCanvas *canvas, double limit)
{
  EklTextStyle style = { .x_align = 0.5, .color = canvas->theme->dim };
  double bottom = self->plot.y + self->plot.height;
  double y = bottom + canvas->font_size * 0.45;
  double free_from = -INFINITY;

  for (guint i = 0; i < self->x_ticks.n; i++) {
    const EklTick *tick = &self->x_ticks.tick[i];
    double x = ekl_scale_map (&self->x, tick->value);
    EklBox box;

    if (!is_inside (x, self->plot.x, self->plot.width))
      continue;

    ekl_canvas_color (canvas, canvas->theme->dim, tick->major ? 0.8 : 0.45);
    ekl_canvas_hairline (canvas, x, bottom, x, bottom + (tick->major ? TICK_LENGTH : 3));
    if (!tick->major || self->axes.hide_x_labels)
      continue;

    box = ekl_canvas_place (canvas, tick->label, x, y, &style);
    if (box.x < free_from ||
        box.x + box.width > MIN (limit - canvas->font_size * 0.6, canvas->width))
      continue;
    ekl_canvas_text (canvas, tick->label, x, y, &style);
    free_from = box.x + box.width + canvas->font_size * 0.6;
  }
}

/**
 * ekl_chart_labels:
 * @self: a chart
 * @canvas: where to draw
 *
 * Draws the labels and the name of the horizontal axis. Labels that would touch the one before are
 * left out.
 */
void
ekl_chart_labels (EklChart *self, EklCanvas *canvas)
{
  double limit = self->axes.hide_x_labels ? INFINITY : draw_x_name (self, canvas);

  draw_x_labels (self, canvas, limit);
  draw_y_labels (self, canvas);
}

/**
 * ekl_chart_clip:
 * @self: a chart
 * @canvas: where to draw
 *
 * Restricts what follows to the plot area, until cairo_restore(). A pen's width more is left free
 * below and at the sides.
 */
void
ekl_chart_clip (EklChart *self, EklCanvas *canvas)
{
  double pen = ceil (canvas->line_width);
  EklBox box = { self->plot.x - pen, self->plot.y - pen, self->plot.width + 2 * pen,
                 self->plot.height + 2 * pen };

  ekl_canvas_clip (canvas, box);
}

/**
 * ekl_chart_export:
 * @self: a chart
 * @layout: (out) (nullable): what was drawn where
 *
 * Says where the plot area is and which ranges fill it.
 */
void
ekl_chart_export (const EklChart *self, EklFigureLayout *layout)
{
  if (!layout)
    return;

  *layout = (EklFigureLayout){ self->plot.x, self->plot.y, self->plot.width, self->plot.height,
                               self->x.v0,   self->x.v1,   self->y.v0,       self->y.v1,
                               self->x.log,  self->y.log };
}

/**
 * ekl_chart_import:
 * @self: (out): a chart
 * @layout: of an earlier drawing
 *
 * Makes the scales of an earlier drawing again, for the pass over it.
 */
void
ekl_chart_import (EklChart *self, const EklFigureLayout *layout)
{
  *self = (EklChart){ 0 };
  self->plot = (EklBox){ layout->left, layout->top, layout->width, layout->height };
  ekl_scale_init (&self->x, layout->x0, layout->x1, layout->left, layout->left + layout->width,
                  layout->log_x);
  ekl_scale_init (&self->y, layout->y0, layout->y1, layout->top + layout->height, layout->top,
                  layout->log_y);
}

/**
 * ekl_chart_message:
 * @self: a chart
 * @canvas: where to draw
 * @text: a sentence
 *
 * Writes a sentence into the middle of the plot area: the empty state.
 */
void
ekl_chart_message (EklChart *self, EklCanvas *canvas, const char *text)
{
  EklTextStyle style = { .x_align = 0.5,
                         .y_align = 0.5,
                         .color = canvas->theme->dim,
                         .scale = 1.15,
                         .max_width = MAX (self->plot.width * 0.9, 1) };

  ekl_canvas_text (canvas, text, self->plot.x + self->plot.width / 2,
                   self->plot.y + self->plot.height / 2, &style);
}

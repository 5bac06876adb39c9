/* legend.c - what the marks of a picture mean, in one or two quiet rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "legend.h"

#include "marks.h"
#include "series.h"

#define MAX_ROWS 2
#define GAP      1.1 /* font sizes between two entries */
#define TALL     14  /* rows: a picture with room for one more above */
#define LOW      8   /* rows: below this it has none even for the only one */

/**
 * ekl_legend_add:
 * @self: a legend; start with { 0 }
 * @key: the sign
 * @color: its colour
 * @format: what it means, as for printf()
 * @...: arguments
 *
 * Adds an entry, the most important first. Beyond EKL_LEGEND_MAX entries nothing is added.
 */
void
ekl_legend_add (EklLegend *self, EklKey key, EklColor color, const char *format, ...)
{
  va_list arguments;

  if (self->n >= EKL_LEGEND_MAX)
    return;

  va_start (arguments, format);
  self->entry[self->n++] = (EklLegendEntry){ key, color, g_strdup_vprintf (format, arguments) };
  va_end (arguments);
}

/**
 * ekl_legend_clear:
 * @self: a legend
 *
 * Frees the entries.
 */
void
ekl_legend_clear (EklLegend *self)
{
  for (guint i = 0; i < self->n; i++)
    g_free (self->entry[i].text);
  self->n = 0;
}

/**
 * ekl_legend_key_width:
 * @canvas: where to draw
 *
 * Returns: the width of a sign, px
 */
double
ekl_legend_key_width (const EklCanvas *canvas)
{
  return canvas->font_size * 1.9;
}

static void
key_line (EklCanvas *canvas, EklKey key, double x, double y, double width)
{
  EklStroke stroke = key == EKL_KEY_DOTTED                                   ? EKL_STROKE_DOTTED
                     : key == EKL_KEY_DASH_DOT                               ? EKL_STROKE_DASH_DOT
                     : key == EKL_KEY_DASHED || key == EKL_KEY_DASHED_SQUARE ? EKL_STROKE_DASHED
                                                                             : EKL_STROKE_SOLID;
  double pen = canvas->line_width * (key == EKL_KEY_DOTTED ? 0.75 : key == EKL_KEY_THIN ? 0.55 : 1);

  ekl_stroke_set (canvas, MIN (pen, canvas->font_size / 5), stroke);
  cairo_move_to (canvas->cr, x, y);
  cairo_line_to (canvas->cr, x + width, y);
  cairo_stroke (canvas->cr);
}

static void
key_hatch (EklCanvas *canvas, double x, double y, double width, double height)
{
  cairo_rectangle (canvas->cr, x, y - height / 2, width, height);
  cairo_clip (canvas->cr);
  ekl_stroke_set (canvas, 1.2, EKL_STROKE_SOLID);
  for (double d = -height; d < width; d += height / 2) {
    cairo_move_to (canvas->cr, x + d, y + height / 2);
    cairo_line_to (canvas->cr, x + d + height, y - height / 2);
  }
  cairo_stroke (canvas->cr);
}

static void
key_area (EklCanvas *canvas, EklKey key, EklColor color, double x, double y, double width)
{
  double height = canvas->font_size * 0.8;

  if (key == EKL_KEY_HATCH) {
    key_hatch (canvas, x, y, width, height);
  } else if (key == EKL_KEY_ELLIPSE) {
    cairo_save (canvas->cr);
    cairo_translate (canvas->cr, x + width / 2, y);
    cairo_scale (canvas->cr, width / 2.2, height / 2.2);
    cairo_arc (canvas->cr, 0, 0, 1, 0, 2 * G_PI);
    cairo_restore (canvas->cr);
    ekl_stroke_set (canvas, 1.4, EKL_STROKE_SOLID);
    cairo_stroke (canvas->cr);
  } else {
    ekl_canvas_color (canvas, color, 0.25);
    cairo_rectangle (canvas->cr, x, y - height / 2, width, height);
    cairo_fill (canvas->cr);
    ekl_canvas_color (canvas, color, 1);
    if (key == EKL_KEY_BAND_LINE)
      key_line (canvas, EKL_KEY_LINE, x, y, width);
  }
}

static void
key_mark (EklCanvas *canvas, EklKey key, EklColor color, double x, double y)
{
  double r = canvas->font_size * 0.3;
  EklMark mark =
    key == EKL_KEY_SQUARE || key == EKL_KEY_HOLLOW_SQUARE || key == EKL_KEY_DASHED_SQUARE
      ? EKL_MARK_SQUARE
    : key == EKL_KEY_TRIANGLE ? EKL_MARK_TRIANGLE
                              : EKL_MARK_DOT;
  EklMarkFill fill = key == EKL_KEY_HOLLOW_DOT || key == EKL_KEY_HOLLOW_SQUARE ? EKL_MARK_HOLLOW
                     : key == EKL_KEY_RING || key == EKL_KEY_LINE_RING         ? EKL_MARK_RINGED
                                                                               : EKL_MARK_FILLED;

  ekl_mark_paint (canvas, mark, fill, color, x, y, fill == EKL_MARK_RINGED ? r * 0.75 : r);
}

/**
 * ekl_legend_key:
 * @canvas: where to draw
 * @key: the sign
 * @color: its colour
 * @x: left edge, px
 * @y: middle, px
 *
 * Draws one sign.
 */
void
ekl_legend_key (EklCanvas *canvas, EklKey key, EklColor color, double x, double y)
{
  double width = ekl_legend_key_width (canvas);

  if (key == EKL_KEY_NONE)
    return;

  cairo_save (canvas->cr);
  ekl_canvas_color (canvas, color, 1);
  cairo_new_path (canvas->cr);
  switch (key) {
  case EKL_KEY_LINE:
  case EKL_KEY_THIN:
  case EKL_KEY_DASHED:
  case EKL_KEY_DOTTED:
  case EKL_KEY_DASH_DOT:
    key_line (canvas, key, x, y, width);
    break;
  case EKL_KEY_BAND:
  case EKL_KEY_BAND_LINE:
  case EKL_KEY_ELLIPSE:
  case EKL_KEY_HATCH:
    key_area (canvas, key, color, x, y, width);
    break;
  case EKL_KEY_DOT_BAR:
    ekl_stroke_set (canvas, MAX (1, canvas->line_width / 2), EKL_STROKE_SOLID);
    cairo_move_to (canvas->cr, x + width / 2, y - canvas->font_size * 0.55);
    cairo_line_to (canvas->cr, x + width / 2, y + canvas->font_size * 0.55);
    cairo_stroke (canvas->cr);
    key_mark (canvas, EKL_KEY_DOT, color, x + width / 2, y);
    break;
  case EKL_KEY_LINE_RING:
  case EKL_KEY_DASHED_SQUARE:
    key_line (canvas, key, x, y, width);
    key_mark (canvas, key, color, x + width * 0.72, y);
    break;
  default:
    key_mark (canvas, key, color, x + width / 2, y);
    break;
  }
  cairo_restore (canvas->cr);
}

static gboolean
is_narrow (EklKey key)
{
  return key >= EKL_KEY_DOT && key <= EKL_KEY_TRIANGLE;
}

/* A dot needs less room than a line. */
static double
key_room (const EklCanvas *canvas, EklKey key)
{
  if (key == EKL_KEY_NONE)
    return 0;

  return ekl_legend_key_width (canvas) * (is_narrow (key) ? 0.62 : 1) + canvas->font_size * 0.4;
}

static double
entry_width (EklCanvas *canvas, const EklLegendEntry *entry)
{
  double width;

  ekl_canvas_measure (canvas, entry->text, &(EklTextStyle){ 0 }, &width, NULL);

  return key_room (canvas, entry->key) + width;
}

static void
draw_entry (EklCanvas *canvas, const EklLegendEntry *entry, double x, double y)
{
  EklTextStyle style = { .y_align = 0.5, .color = canvas->theme->foreground };
  double inset = is_narrow (entry->key) ? ekl_legend_key_width (canvas) * 0.19 : 0;

  ekl_legend_key (canvas, entry->key, entry->color, x - inset, y);
  ekl_canvas_text (canvas, entry->text, x + key_room (canvas, entry->key), y, &style);
}

/**
 * ekl_legend_width:
 * @self: a legend
 * @canvas: where it will be drawn
 *
 * Returns: the width of its widest entry, px: what ekl_legend_draw_column() needs
 */
double
ekl_legend_width (EklLegend *self, EklCanvas *canvas)
{
  double widest = 0;

  for (guint i = 0; i < self->n; i++)
    widest = MAX (widest, entry_width (canvas, &self->entry[i]));

  return widest;
}

/* Of the entries from @first on, how many stand in one row of that width; @used: how wide they are. */
static guint
fill_row (const double *width, guint first, guint n, double gap, double room, double *used)
{
  guint end = first;

  *used = 0;
  while (end < n && *used + (end > first ? gap : 0) + width[end] <= room) {
    *used += (end > first ? gap : 0) + width[end];
    end++;
  }

  return end - first;
}

/* How many of the entries have room. */
static guint
count_fitting (EklLegend *self, EklCanvas *canvas, double room)
{
  double gap = canvas->font_size * GAP, used;
  double width[EKL_LEGEND_MAX];
  guint n = 0;

  for (guint k = 0; k < self->n; k++)
    width[k] = entry_width (canvas, &self->entry[k]);
  for (guint row = 0; row < MAX_ROWS; row++)
    n += fill_row (width, n, self->n, gap, room, &used);

  return n;
}

/**
 * ekl_legend_draw_rows:
 * @self: a legend
 * @canvas: where to draw
 * @area: the room; rows start at its top and end at its right edge
 *
 * Draws the entries in one row, or two where one is too narrow. What does not fit is left out.
 *
 * Returns: the height used, px
 */
double
ekl_legend_draw_rows (EklLegend *self, EklCanvas *canvas, EklBox area)
{
  double gap = canvas->font_size * GAP;
  double width[EKL_LEGEND_MAX];
  guint i = 0, row;

  for (guint k = 0; k < self->n; k++)
    width[k] = entry_width (canvas, &self->entry[k]);

  for (row = 0; row < MAX_ROWS && i < self->n; row++) {
    double used, x;
    guint end = i + fill_row (width, i, self->n, gap, area.width, &used);

    if (end == i)
      break;
    x = area.x + area.width - used;
    for (; i < end; i++) {
      draw_entry (canvas, &self->entry[i], x, area.y + (row + 0.5) * canvas->line_height);
      x += width[i] + gap;
    }
  }

  return row * canvas->line_height;
}

/**
 * ekl_legend_draw_column:
 * @self: a legend
 * @canvas: where to draw
 * @area: the room; entries start at its top left corner
 *
 * Draws the entries one below the other. What does not fit is left out.
 */
void
ekl_legend_draw_column (EklLegend *self, EklCanvas *canvas, EklBox area)
{
  double step = canvas->line_height * 1.2;

  for (guint i = 0; i < self->n && (i + 1) * step <= area.height + 0.5; i++)
    draw_entry (canvas, &self->entry[i], area.x, area.y + (i + 0.5) * step);
}

/* Beside a long name entries would be left out, which a picture with room enough below need not do;
 * and where none were left, a lower one neither. */
static gboolean
wants_row_of_its_own (EklLegend *legend, EklCanvas *canvas, double beside, double below)
{
  const guint n_beside = count_fitting (legend, canvas, beside);
  const double rows = canvas->height / canvas->line_height;

  return rows > (n_beside > 0 ? TALL : LOW) &&
         n_beside < MIN (legend->n, count_fitting (legend, canvas, below));
}

/**
 * ekl_header_draw:
 * @canvas: where to draw
 * @title: (nullable): in bold, where wanted
 * @axis_name: (nullable): name of the vertical axis; it stands above the axis, level, where it is
 * read without turning the head
 * @legend: (nullable): to the right of it
 *
 * Draws what stands above the plot area. The legend is below the name where it has no room beside it.
 *
 * Returns: the height used, px
 */
double
ekl_header_draw (EklCanvas *canvas, const char *title, const char *axis_name, EklLegend *legend)
{
  double pad = canvas->font_size * 0.5;
  double y = pad, name_width = 0, rows = 0;

  if (title && *title) {
    EklTextStyle bold = { .weight = EKL_TEXT_BOLD,
                          .color = canvas->theme->foreground,
                          .scale = 1.15,
                          .max_width = MAX (canvas->width - 2 * pad, 1) };
    EklBox box = ekl_canvas_place (canvas, title, pad, y, &bold);

    ekl_canvas_text (canvas, title, pad, y, &bold);
    y += box.height + pad * 0.6;
  }

  if (axis_name && *axis_name) {
    EklTextStyle quiet = { .y_align = 0.5, .color = canvas->theme->dim };

    ekl_canvas_measure (canvas, axis_name, &quiet, &name_width, NULL);
    ekl_canvas_text (canvas, axis_name, pad, y + canvas->line_height / 2, &quiet);
    name_width += 2 * pad;
    rows = canvas->line_height;
  }

  if (legend) {
    EklBox beside = { pad + name_width, y, canvas->width - 2 * pad - name_width, 0 };
    EklBox below = { pad, y + rows, canvas->width - 2 * pad, 0 };
    gboolean own_row = wants_row_of_its_own (legend, canvas, beside.width, below.width);
    /* not inside MAX(), which would draw it twice */
    double used = ekl_legend_draw_rows (legend, canvas, own_row ? below : beside);

    rows = own_row ? rows + used : MAX (rows, used);
  }

  return y + rows + pad * 0.7;
}

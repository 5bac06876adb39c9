/* canvas.c - a cairo context with a theme: colours, measured text, hairlines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "canvas.h"

#include "text_cache.h"

#include <math.h>

/* At least so many rows of text high, and half as many again wide, is a figure: below, its type shrinks. In
 * a lecture it is rather the picture that shrinks. */
#define ROWS           13.0
#define PRESENTER_ROWS 10.5
#define COLUMNS        20.0

/**
 * ekl_canvas_init:
 * @self: (out): the canvas
 * @cr: where to draw
 * @theme: colours and sizes; must outlive @self
 * @width: the figure's width in px
 * @height: the figure's height in px
 *
 * Makes a canvas for one drawing. Fonts and lines are the theme's; on a surface too small for them
 * they shrink together, and on a very large one, which is looked at from farther away, they grow
 * a little.
 */
void
ekl_canvas_init (EklCanvas *self, cairo_t *cr, const EklTheme *theme, double width, double height)
{
  const double rows = theme->kind == EKL_THEME_PRESENTER ? PRESENTER_ROWS : ROWS;
  double room = MIN (height / rows, width / COLUMNS);
  double growth = CLAMP (pow (MIN (width / 900, height / 550), 0.6), 1, 1.4);
  cairo_surface_type_t type = cairo_surface_get_type (cairo_get_target (cr));

  *self = (EklCanvas){ .cr = cr, .theme = theme, .width = width, .height = height };
  self->font_size = MAX (MIN (theme->font_size * growth, room), 4.0);
  self->line_width = theme->line_width * MAX (self->font_size / theme->font_size, 0.6);
  self->vector = type == CAIRO_SURFACE_TYPE_PDF || type == CAIRO_SURFACE_TYPE_SVG;

  ekl_text_cache_begin (cr);
  self->line_height = ceil (self->font_size * 1.35);
}

/**
 * ekl_canvas_color:
 * @self: a canvas
 * @color: the colour
 * @alpha: its opacity is multiplied by this
 *
 * Sets the source of the next strokes and fills. In high contrast there is less between nothing and
 * opaque.
 */
void
ekl_canvas_color (const EklCanvas *self, EklColor color, double alpha)
{
  cairo_set_source_rgba (self->cr, color.red, color.green, color.blue,
                         color.alpha * MIN (alpha * self->theme->strength, MAX (alpha, 1)));
}

static PangoLayout *
lay_out (const EklCanvas *self, const char *text, const EklTextStyle *style)
{
  const double size = self->font_size * (style->scale > 0 ? style->scale : 1);
  const EklTextLook look = {
    .family = self->theme->font_family,
    .size = (int) lround (size * PANGO_SCALE),
    .weight = style->weight == EKL_TEXT_BOLD ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL,
    .width = style->max_width > 0 ? (int) ceil (MIN (style->max_width, 1e5) * PANGO_SCALE) : -1,
    .alignment = style->x_align < 0.25   ? PANGO_ALIGN_LEFT
                 : style->x_align < 0.75 ? PANGO_ALIGN_CENTER
                                         : PANGO_ALIGN_RIGHT,
  };

  return ekl_text_cache_get (text, &look);
}

/**
 * ekl_canvas_measure:
 * @self: a canvas
 * @text: UTF-8
 * @style: how it will be drawn
 * @width: (out) (nullable): its width in px
 * @height: (out) (nullable): its height in px
 *
 * The size of a text as it will be drawn.
 */
void
ekl_canvas_measure (
  EklCanvas *self, const char *text, const EklTextStyle *style, double *width, double *height)
{
  PangoRectangle logical;

  pango_layout_get_extents (lay_out (self, text, style), NULL, &logical);
  if (width)
    *width = (double) logical.width / PANGO_SCALE;
  if (height)
    *height = (double) logical.height / PANGO_SCALE;
}

/**
 * ekl_canvas_place:
 * @self: a canvas
 * @text: UTF-8
 * @x: position in px
 * @y: position in px
 * @style: alignment, weight, width
 *
 * Returns: the box that ekl_canvas_text() fills for the same arguments
 */
EklBox
ekl_canvas_place (EklCanvas *self, const char *text, double x, double y, const EklTextStyle *style)
{
  double width, height;

  ekl_canvas_measure (self, text, style, &width, &height);

  return (EklBox){ x - width * style->x_align, y - height * style->y_align, width, height };
}

/**
 * ekl_canvas_text:
 * @self: a canvas
 * @text: UTF-8
 * @x: position in px
 * @y: position in px
 * @style: colour, alignment, weight, width, halo
 *
 * Draws a text.
 */
void
ekl_canvas_text (EklCanvas *self, const char *text, double x, double y, const EklTextStyle *style)
{
  EklBox box = ekl_canvas_place (self, text, x, y, style);
  PangoLayout *layout = lay_out (self, text, style);
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  cairo_move_to (self->cr, box.x - (double) logical.x / PANGO_SCALE, box.y);
  if (style->halo) {
    cairo_save (self->cr);
    pango_cairo_layout_path (self->cr, layout);
    cairo_set_antialias (self->cr, CAIRO_ANTIALIAS_FAST);
    ekl_canvas_color (self, self->theme->background, 0.88);
    cairo_set_line_width (self->cr, self->font_size * 0.32);
    cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_dash (self->cr, NULL, 0, 0);
    cairo_stroke (self->cr);
    cairo_restore (self->cr);
    cairo_move_to (self->cr, box.x - (double) logical.x / PANGO_SCALE, box.y);
  }

  ekl_canvas_color (self, style->color, 1);
  pango_cairo_show_layout (self->cr, layout);
  cairo_new_path (self->cr);
}

/**
 * ekl_canvas_ellipsize:
 * @self: a canvas
 * @text: UTF-8
 * @style: how it will be drawn
 * @max_width: px
 *
 * Returns: (transfer full): the text, or as much of its beginning as fits with a dot-dot-dot
 */
char *
ekl_canvas_ellipsize (EklCanvas *self,
                      const char *text,
                      const EklTextStyle *style,
                      double max_width)
{
  glong length = g_utf8_strlen (text, -1);
  double width;

  ekl_canvas_measure (self, text, style, &width, NULL);
  if (width <= max_width)
    return g_strdup (text);

  /* letters are of about one width: a first guess that is rarely far from the answer */
  length = CLAMP ((glong) (length * max_width / width), 1, length);
  while (length > 1) {
    g_autofree char *part = g_utf8_substring (text, 0, --length);
    g_autofree char *shorter = g_strconcat (g_strchomp (part), "…", NULL);

    ekl_canvas_measure (self, shorter, style, &width, NULL);
    if (width <= max_width)
      return g_steal_pointer (&shorter);
  }

  return g_utf8_substring (text, 0, 1);
}

/**
 * ekl_canvas_snap:
 * @self: a canvas
 * @position: px
 * @line_width: px
 *
 * Returns: the nearest position where a line of that width has sharp edges
 */
double
ekl_canvas_snap (const EklCanvas *self, double position, double line_width)
{
  long whole = lround (MAX (line_width, 1));

  return whole % 2 ? floor (position) + 0.5 : round (position);
}

/**
 * ekl_canvas_hairline:
 * @self: a canvas
 * @x0: start, px
 * @y0: start, px
 * @x1: end, px
 * @y1: end, px
 *
 * Strokes a horizontal or vertical line of one px, sharp, in the current colour.
 */
void
ekl_canvas_hairline (const EklCanvas *self, double x0, double y0, double x1, double y1)
{
  cairo_save (self->cr);
  cairo_set_line_width (self->cr, 1);
  cairo_set_line_cap (self->cr, CAIRO_LINE_CAP_BUTT);
  if (fabs (x0 - x1) < 0.5)
    x0 = x1 = ekl_canvas_snap (self, x0, 1);
  else
    y0 = y1 = ekl_canvas_snap (self, y0, 1);

  cairo_move_to (self->cr, x0, y0);
  cairo_line_to (self->cr, x1, y1);
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
}

/**
 * ekl_canvas_clip:
 * @self: a canvas
 * @box: px
 *
 * Restricts what follows to @box, until cairo_restore().
 */
void
ekl_canvas_clip (const EklCanvas *self, EklBox box)
{
  cairo_rectangle (self->cr, box.x, box.y, MAX (box.width, 0), MAX (box.height, 0));
  cairo_clip (self->cr);
}

/**
 * ekl_canvas_plate:
 * @self: a canvas
 * @box: px
 * @radius: of the corners, px
 *
 * Adds a rectangle with round corners to the path.
 */
void
ekl_canvas_plate (const EklCanvas *self, EklBox box, double radius)
{
  double r = MIN (radius, MIN (box.width, box.height) / 2);

  cairo_new_sub_path (self->cr);
  cairo_arc (self->cr, box.x + box.width - r, box.y + r, r, -G_PI_2, 0);
  cairo_arc (self->cr, box.x + box.width - r, box.y + box.height - r, r, 0, G_PI_2);
  cairo_arc (self->cr, box.x + r, box.y + box.height - r, r, G_PI_2, G_PI);
  cairo_arc (self->cr, box.x + r, box.y + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (self->cr);
}

/**
 * ekl_color_mix:
 * @a: a colour
 * @b: another
 * @t: 0 gives @a, 1 gives @b
 *
 * Returns: the mixture
 */
EklColor
ekl_color_mix (EklColor a, EklColor b, double t)
{
  return (EklColor){ a.red + t * (b.red - a.red), a.green + t * (b.green - a.green),
                     a.blue + t * (b.blue - a.blue), a.alpha + t * (b.alpha - a.alpha) };
}

/**
 * ekl_box_overlaps:
 * @a: a box
 * @b: another
 * @gap: what must lie between them, px
 *
 * Returns: whether the boxes come nearer to each other than @gap
 */
gboolean
ekl_box_overlaps (EklBox a, EklBox b, double gap)
{
  return a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap &&
         b.y < a.y + a.height + gap;
}

/* readout.c - the little box beside the pointer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readout.h"

#include <math.h>

#define EDGE 2   /* px to what is around it */
#define PAD  0.6 /* font sizes within it */

static const struct {
  const char *painted, *spoken;
} signs[] = {
  { " · ", ", " },
  { " … ", " to " },
};

/* What stands side by side is separated by signs that nobody can hear. */
static void
append_spoken (GString *told, const char *text)
{
  const gsize start = told->len;

  g_string_append (told, text);
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++) {
    g_autoptr (GString) spoken = g_string_new (told->str + start);

    g_string_replace (spoken, signs[i].painted, signs[i].spoken, 0);
    g_string_truncate (told, start);
    g_string_append (told, spoken->str);
  }
}

static void
tell (GString *told, const char *head, const EklLegend *lines)
{
  append_spoken (told, head);
  for (guint i = 0; i < lines->n; i++) {
    g_string_append (told, ", ");
    append_spoken (told, lines->entry[i].text);
  }
}

static double
height_of (const EklCanvas *canvas, guint n_lines)
{
  return ceil (canvas->line_height * (1 + 1.2 * n_lines) + 2 * PAD * canvas->font_size);
}

/**
 * ekl_readout_draw:
 * @canvas: where to draw
 * @head: the first line, in bold
 * @lines: the lines below, each with its sign
 * @bounds: the box stays in here where it fits
 * @x: what it belongs to, px
 * @y: what it belongs to, px
 *
 * Draws the read-out to the right of (@x, @y), or to the left where the right is too narrow. Lines
 * that find no room in the figure are left out from the end. On a canvas that is told nothing is
 * drawn: all of it is appended to its text.
 */
void
ekl_readout_draw (
  EklCanvas *canvas, const char *head, EklLegend *lines, EklBox bounds, double x, double y)
{
  EklTextStyle bold = { .weight = EKL_TEXT_BOLD, .color = canvas->theme->foreground };
  double pad = canvas->font_size * PAD;
  double gap = canvas->font_size;
  EklBox box;

  if (canvas->told) {
    tell (canvas->told, head, lines);
    return;
  }
  while (lines->n > 1 && height_of (canvas, lines->n) > canvas->height - 2 * EDGE)
    g_clear_pointer (&lines->entry[--lines->n].text, g_free);
  ekl_canvas_measure (canvas, head, &bold, &box.width, NULL);
  box.width = ceil (MAX (box.width, ekl_legend_width (lines, canvas)) + 2 * pad);
  box.height = height_of (canvas, lines->n);

  box.x = x + gap;
  if (box.x + box.width > bounds.x + bounds.width)
    box.x = x - gap - box.width;
  box.x = MAX (box.x, EDGE);
  box.y = CLAMP (y - box.height / 2, bounds.y + EDGE,
                 MAX (bounds.y + bounds.height - box.height - EDGE, bounds.y + EDGE));
  box.y = MAX (MIN (box.y, canvas->height - box.height - EDGE), EDGE);
  box.x = round (box.x) + 0.5;
  box.y = round (box.y) + 0.5;

  ekl_canvas_plate (canvas, box, canvas->font_size * 0.5);
  ekl_canvas_color (canvas, canvas->theme->background, 0.94);
  cairo_fill_preserve (canvas->cr);
  ekl_canvas_color (canvas, canvas->theme->dim, 0.55);
  cairo_set_line_width (canvas->cr, 1);
  cairo_set_dash (canvas->cr, NULL, 0, 0);
  cairo_stroke (canvas->cr);

  ekl_canvas_text (canvas, head, box.x + pad, box.y + pad, &bold);
  ekl_legend_draw_column (
    lines, canvas,
    (EklBox){ box.x + pad, box.y + pad + canvas->line_height, box.width - 2 * pad, INFINITY });
}

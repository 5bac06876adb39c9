/* readout.c - the little box beside the pointer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readout.h"

#include "parameter_plane.h"

#include <math.h>
#include <string.h>

#define EDGE 2   /* px to what is around it */
#define PAD  0.6 /* font sizes within it */

/* Over curves that must be seen it is to take no more of their height: else it says less, and smaller. */
#define MOST_HEIGHT 0.5
#define SMALLER     0.85

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

static gboolean
is_low (const EklCanvas *canvas, guint n_lines, EklBox bounds)
{
  return canvas->busy != NULL && height_of (canvas, n_lines) > MOST_HEIGHT * bounds.height;
}

static void
remove_line (EklLegend *lines, guint i)
{
  g_free (lines->entry[i].text);
  lines->n--;
  memmove (&lines->entry[i], &lines->entry[i + 1], (lines->n - i) * sizeof lines->entry[0]);
  lines->entry[lines->n].text = NULL;
}

/* What stands in the run bar as well goes first, then bands. */
static void
shorten (const EklCanvas *canvas, EklLegend *lines, EklBox bounds)
{
  static const EklKey keys[] = { EKL_KEY_DOTTED, EKL_KEY_BAND };

  for (guint k = 0; k < G_N_ELEMENTS (keys) && is_low (canvas, lines->n, bounds); k++)
    for (guint i = lines->n; i-- > 0;)
      if (lines->entry[i].key == keys[k])
        remove_line (lines, i);
}

static guint
count_hidden (const EklCanvas *canvas, EklBox box)
{
  guint n = 0;

  for (guint i = 0; canvas->busy && i < canvas->busy->len; i++) {
    const EklPoint p = g_array_index (canvas->busy, EklPoint, i);

    n += p.x >= box.x && p.x <= box.x + box.width && p.y >= box.y && p.y <= box.y + box.height;
  }
  return n;
}

/* Where a box of that size hides least: beside the point rather than above or below it, on the right
 * rather than on the left. */
static EklBox
place (const EklCanvas *canvas, EklBox box, EklBox bounds, EklPoint at)
{
  const double gap = canvas->font_size;
  const double right = at.x + gap, left = MAX (at.x - gap - box.width, EDGE);
  const double lowest = MIN (MAX (bounds.y + bounds.height - box.height - EDGE, bounds.y + EDGE),
                             canvas->height - box.height - EDGE);
  const double rows[] = { at.y - box.height / 2, bounds.y + EDGE, lowest };
  const gboolean fits = right + box.width <= bounds.x + bounds.width;
  guint least = G_MAXUINT;
  EklBox best = box;

  for (guint side = fits ? 0 : 1; side < 2; side++)
    for (guint row = 0; row < G_N_ELEMENTS (rows); row++) {
      EklBox there = { side == 0 ? right : left, 0, box.width, box.height };
      guint hidden;

      if (side == 1 && fits && left + box.width > at.x)
        continue;
      there.y = MAX (MIN (MAX (rows[row], bounds.y + EDGE), lowest), EDGE);
      hidden = count_hidden (canvas, there);
      if (hidden >= least)
        continue;
      least = hidden;
      best = there;
    }
  return best;
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
 * Draws the read-out to the right of (@x, @y), or to the left where the right is too narrow or where
 * it hides less of what the canvas calls busy, which also may move it upwards and downwards. Lines
 * that find no room in the figure are left out from the end; over curves in a low plot area it is short.
 * Where the canvas has a text to be told nothing is drawn: all of it is appended to that text.
 */
void
ekl_readout_draw (
  EklCanvas *canvas, const char *head, EklLegend *lines, EklBox bounds, double x, double y)
{
  EklTextStyle bold = { .weight = EKL_TEXT_BOLD, .color = canvas->theme->foreground };
  EklCanvas small = *canvas;
  EklBox box = { 0 };
  double pad;

  if (canvas->told) {
    tell (canvas->told, head, lines);
    return;
  }
  shorten (canvas, lines, bounds);
  if (is_low (canvas, lines->n, bounds)) {
    small.font_size *= SMALLER;
    small.line_height *= SMALLER;
    canvas = &small;
  }
  pad = canvas->font_size * PAD;
  while (lines->n > 1 && height_of (canvas, lines->n) > canvas->height - 2 * EDGE)
    g_clear_pointer (&lines->entry[--lines->n].text, g_free);
  ekl_canvas_measure (canvas, head, &bold, &box.width, NULL);
  box.width = ceil (MAX (box.width, ekl_legend_width (lines, canvas)) + 2 * pad);
  box.height = height_of (canvas, lines->n);

  box = place (canvas, box, bounds, (EklPoint){ x, y });
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

/* marks.c - dots, squares, triangles and crosses, one or thousands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "marks.h"

#include <math.h>

/* A square or triangle of the same area as the dot. */
#define SQUARE_SIDE     0.886
#define TRIANGLE_RADIUS 1.42
/* A letter's height in radii: cairo cuts off what reaches farther from its origin. */
#define EM 2
/* Letters from here on are outlines: how many thousandths of the radius are empty, and of what mark. */
#define OUTLINES  8
#define THOUSANDS 1000

static void
mark_path (cairo_t *cr, EklMark mark, double x, double y, double r)
{
  cairo_new_sub_path (cr);
  switch (mark) {
  case EKL_MARK_SQUARE:
    r *= SQUARE_SIDE;
    cairo_rectangle (cr, x - r, y - r, 2 * r, 2 * r);
    break;
  case EKL_MARK_TRIANGLE:
    r *= TRIANGLE_RADIUS;
    cairo_move_to (cr, x, y - r);
    cairo_line_to (cr, x + 0.866 * r, y + 0.5 * r);
    cairo_line_to (cr, x - 0.866 * r, y + 0.5 * r);
    cairo_close_path (cr);
    break;
  case EKL_MARK_CROSS:
    cairo_move_to (cr, x - r, y - r);
    cairo_line_to (cr, x + r, y + r);
    cairo_move_to (cr, x - r, y + r);
    cairo_line_to (cr, x + r, y - r);
    break;
  case EKL_MARK_DOT:
  default:
    cairo_arc (cr, x, y, r, 0, 2 * G_PI);
    break;
  }
}

/**
 * ekl_mark_paint:
 * @canvas: where to draw
 * @mark: shape
 * @fill: filled, hollow or ringed; a cross has no inside
 * @color: colour
 * @x: centre, px
 * @y: centre, px
 * @radius: px
 *
 * Draws one mark.
 */
void
ekl_mark_paint (EklCanvas *canvas,
                EklMark mark,
                EklMarkFill fill,
                EklColor color,
                double x,
                double y,
                double radius)
{
  cairo_t *cr = canvas->cr;
  double pen = MAX (1.2, 0.8 * canvas->line_width);

  if (!isfinite (x) || !isfinite (y))
    return;

  cairo_save (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  cairo_new_path (cr);
  if (mark == EKL_MARK_CROSS) {
    mark_path (cr, mark, x, y, radius);
    ekl_canvas_color (canvas, canvas->theme->background, 0.9);
    cairo_set_line_width (cr, 2.4 * pen + 2);
    cairo_stroke_preserve (cr);
    ekl_canvas_color (canvas, color, 1);
    cairo_set_line_width (cr, 1.3 * pen);
    cairo_stroke (cr);
  } else if (fill == EKL_MARK_RINGED) {
    mark_path (cr, mark, x, y, radius + pen + 1.5);
    ekl_canvas_color (canvas, canvas->theme->background, 1);
    cairo_fill_preserve (cr);
    ekl_canvas_color (canvas, color, 1);
    cairo_set_line_width (cr, pen);
    cairo_stroke (cr);
    mark_path (cr, mark, x, y, radius);
    cairo_fill (cr);
  } else {
    mark_path (cr, mark, x, y, radius);
    ekl_canvas_color (canvas, fill == EKL_MARK_HOLLOW ? canvas->theme->background : color, 1);
    cairo_fill_preserve (cr);
    ekl_canvas_color (canvas, color, 1);
    cairo_set_line_width (cr, fill == EKL_MARK_HOLLOW ? pen : 0.6);
    cairo_stroke (cr);
  }
  cairo_restore (cr);
}

static cairo_status_t
render_cb (cairo_scaled_font_t *font,
           unsigned long glyph,
           cairo_t *cr,
           cairo_text_extents_t *extents)
{
  const EklMark mark = (EklMark) (glyph % OUTLINES);

  mark_path (cr, mark, 0, 0, 1.0 / EM);
  if (glyph >= OUTLINES) {
    cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
    mark_path (cr, mark, 0, 0, (double) (glyph / OUTLINES) / THOUSANDS / EM);
  }
  cairo_fill (cr);
  return CAIRO_STATUS_SUCCESS;
}

/* A font whose letters are the marks: what cairo is fastest with is letters. */
static cairo_font_face_t *
get_font (void)
{
  static gsize font = 0;

  if (g_once_init_enter (&font)) {
    cairo_font_face_t *face = cairo_user_font_face_create ();

    cairo_user_font_face_set_render_glyph_func (face, render_cb);
    g_once_init_leave (&font, (gsize) face);
  }
  return (cairo_font_face_t *) font;
}

/* Cairo takes letters that lie over one another for one shape; what is translucent is to be darker
 * there, so it comes letter by letter. */
static void
show_letters (cairo_t *cr, const cairo_glyph_t *glyphs, guint n, gboolean opaque)
{
  if (opaque)
    cairo_show_glyphs (cr, glyphs, (int) n);
  else
    for (guint i = 0; i < n; i++)
      cairo_show_glyphs (cr, glyphs + i, 1);
}

/* Thousands of marks, each on whole device pixels. */
static void
type_marks (EklCanvas *canvas,
            unsigned long letter,
            const EklPoint *point,
            guint n,
            double radius,
            gboolean opaque)
{
  g_autofree cairo_glyph_t *glyphs = g_new (cairo_glyph_t, n + 1);
  const double reach = TRIANGLE_RADIUS * radius + 1;
  cairo_t *cr = canvas->cr;
  guint n_seen = 0;

  for (guint i = 0; i < n; i++) {
    const double x = point[i].x, y = point[i].y;

    if (x > -reach && y > -reach && x < canvas->width + reach && y < canvas->height + reach)
      glyphs[n_seen++] = (cairo_glyph_t){ .index = letter, .x = x, .y = y };
  }
  cairo_save (cr);
  cairo_set_font_face (cr, get_font ());
  cairo_set_font_size (cr, EM * radius);
  show_letters (cr, glyphs, n_seen, opaque);
  cairo_restore (cr);
}

/**
 * ekl_marks_paint:
 * @canvas: where to draw
 * @mark: shape; not a cross
 * @color: colour
 * @alpha: opacity of each, so that heaps are darker
 * @point: (array length=n): centres, px; NaN is passed over
 * @n: how many
 * @radius: px
 *
 * Draws many filled marks. On pixels they are letters of a font of their own, 10 000 of them in
 * about a millisecond; in files of vectors each is a path.
 */
void
ekl_marks_paint (EklCanvas *canvas,
                 EklMark mark,
                 EklColor color,
                 double alpha,
                 const EklPoint *point,
                 guint n,
                 double radius)
{
  ekl_canvas_color (canvas, color, alpha);
  if (!canvas->vector) {
    type_marks (canvas, (unsigned long) mark, point, n, radius, color.alpha * alpha >= 1);
    return;
  }

  for (guint i = 0; i < n; i++) {
    if (!isfinite (point[i].x) || !isfinite (point[i].y))
      continue;
    mark_path (canvas->cr, mark, point[i].x, point[i].y, radius);
    cairo_fill (canvas->cr);
  }
}

/* From the centre to the nearest point of the shape, in radii. */
static double
get_nearest (EklMark mark)
{
  switch (mark) {
  case EKL_MARK_SQUARE:
    return SQUARE_SIDE;
  case EKL_MARK_TRIANGLE:
    return TRIANGLE_RADIUS / 2;
  case EKL_MARK_DOT:
  case EKL_MARK_CROSS:
  default:
    return 1;
  }
}

static void
outline_marks (EklCanvas *canvas, EklMark mark, const EklPoint *point, guint n, double radius)
{
  const double pen = MAX (1.2, 0.8 * canvas->line_width);
  const double half = pen / 2 / get_nearest (mark);
  const double empty = MAX (0, radius - half) / (radius + half);

  if (!canvas->vector) {
    type_marks (canvas, mark + OUTLINES * (unsigned long) round (THOUSANDS * empty), point, n,
                radius + half, TRUE);
    return;
  }
  cairo_save (canvas->cr);
  cairo_set_dash (canvas->cr, NULL, 0, 0);
  cairo_set_line_width (canvas->cr, pen);
  for (guint i = 0; i < n; i++)
    if (isfinite (point[i].x) && isfinite (point[i].y)) {
      mark_path (canvas->cr, mark, point[i].x, point[i].y, radius);
      cairo_stroke (canvas->cr);
    }
  cairo_restore (canvas->cr);
}

/**
 * ekl_marks_paint_hollow:
 * @canvas: where to draw
 * @mark: shape; not a cross
 * @color: of the outlines
 * @point: (array length=n): centres, px; NaN is passed over
 * @n: how many
 * @radius: px, to the middle of the outline
 *
 * Draws many marks with the ground's colour inside: as fast as ekl_marks_paint(). No outline is hidden by
 * another mark.
 */
void
ekl_marks_paint_hollow (
  EklCanvas *canvas, EklMark mark, EklColor color, const EklPoint *point, guint n, double radius)
{
  ekl_marks_paint (canvas, mark, canvas->theme->background, 1, point, n, radius);
  ekl_canvas_color (canvas, color, 1);
  outline_marks (canvas, mark, point, n, radius);
}

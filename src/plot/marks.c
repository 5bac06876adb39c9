/* marks.c - dots, squares, triangles and crosses, one or thousands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "marks.h"

#include <math.h>

/* A square or triangle of the same area as the dot. */
#define SQUARE_SIDE     0.886
#define TRIANGLE_RADIUS 1.42

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

static cairo_surface_t *
make_stamp (EklMark mark, double radius, double scale, int size)
{
  cairo_surface_t *stamp = cairo_image_surface_create (CAIRO_FORMAT_A8, size, size);
  cairo_t *cr = cairo_create (stamp);

  cairo_scale (cr, scale, scale);
  mark_path (cr, mark, size / scale / 2, size / scale / 2, radius);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_set_device_scale (stamp, scale, scale);

  return stamp;
}

/* Thousands of marks as copies of one small picture, set on whole device pixels: cairo's fast
 * path. */
static void
stamp_marks (EklCanvas *canvas, EklMark mark, const EklPoint *point, guint n, double radius)
{
  double scale_x = 1, scale_y = 1, scale, half;
  cairo_surface_t *stamp;
  cairo_matrix_t matrix;
  int size;

  cairo_surface_get_device_scale (cairo_get_target (canvas->cr), &scale_x, &scale_y);
  cairo_get_matrix (canvas->cr, &matrix);
  scale = CLAMP (scale_x * hypot (matrix.xx, matrix.yx), 0.25, 16);
  size = 2 * (int) ceil ((TRIANGLE_RADIUS * radius + 1) * scale);
  half = size / scale / 2;
  stamp = make_stamp (mark, radius, scale, size);

  for (guint i = 0; i < n; i++) {
    double x = round ((point[i].x - half) * scale) / scale;
    double y = round ((point[i].y - half) * scale) / scale;

    if (x > -2 * half && y > -2 * half && x < canvas->width && y < canvas->height)
      cairo_mask_surface (canvas->cr, stamp, x, y);
  }
  cairo_surface_destroy (stamp);
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
 * Draws many filled marks. On pixels they are stamped from one picture, 10 000 of them in about 10
 * ms; in files of vectors each is a path.
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
    stamp_marks (canvas, mark, point, n, radius);
    return;
  }

  for (guint i = 0; i < n; i++) {
    if (!isfinite (point[i].x) || !isfinite (point[i].y))
      continue;
    mark_path (canvas->cr, mark, point[i].x, point[i].y, radius);
    cairo_fill (canvas->cr);
  }
}

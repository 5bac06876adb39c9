/* plane_methods.c - the mean with its ellipse, and where both methods have been
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plane_private.h"

#include <math.h>

/* The ellipse of k standard deviations: the circle of radius k, taken through the Cholesky factor
 * of the covariance. */
static void
draw_ellipse (EklChart *chart, EklCanvas *canvas, const EklPlane *plane, double k, double pen)
{
  double xx = plane->covariance[0], xy = plane->covariance[1], yy = plane->covariance[2];
  double a = sqrt (MAX (xx, 0));
  double b = a > 0 ? xy / a : 0;
  double c = sqrt (MAX (yy - b * b, 0));
  double unit_x = chart->x.factor, unit_y = chart->y.factor;
  EklPoint middle = ekl_plane_to_pixels (chart, plane->mean);

  if (!isfinite (a) || !isfinite (b) || !isfinite (c) || !isfinite (middle.x + middle.y) ||
      k * a * unit_x > 1e4 || k * hypot (b, c) * fabs (unit_y) > 1e4 || a + c <= 0)
    return;

  cairo_new_path (canvas->cr);
  for (guint i = 0; i < 72; i++) {
    double angle = 2 * G_PI * i / 72;
    double x = k * cos (angle), y = k * sin (angle);

    cairo_line_to (canvas->cr, middle.x + unit_x * a * x, middle.y + unit_y * (b * x + c * y));
  }
  cairo_close_path (canvas->cr);
  ekl_stroke_set (canvas, pen + 1.6, EKL_STROKE_SOLID);
  ekl_canvas_color (canvas, canvas->theme->background, 0.6);
  cairo_stroke_preserve (canvas->cr);
  ekl_stroke_set (canvas, pen, EKL_STROKE_SOLID);
  ekl_canvas_color (canvas, canvas->theme->eki, 1);
  cairo_stroke (canvas->cr);
}

#define AHEAD 0.7 /* opacity of what is still to come */
#define FAR   1e5 /* px: what is farther away than this cairo would not draw right */

/* On the line from a point that is near, as far as can be drawn. */
static EklPoint
bring_near (EklPoint from, EklPoint p)
{
  const double reach = MAX (fabs (p.x), fabs (p.y));
  const double t = reach > FAR ? FAR / hypot (p.x - from.x, p.y - from.y) : 1;

  return (EklPoint){ from.x + t * (p.x - from.x), from.y + t * (p.y - from.y) };
}

static gboolean
is_far (EklPoint p)
{
  return fabs (p.x) > FAR || fabs (p.y) > FAR;
}

/* Points nearer than a px to the one before add nothing but time. */
static void
path_line (EklChart *chart, EklCanvas *canvas, const EklPoint *point, guint n)
{
  EklPoint last = { NAN, NAN };
  gboolean pen_down = FALSE;

  cairo_new_path (canvas->cr);
  for (guint i = 0; i < n; i++) {
    EklPoint p = ekl_plane_to_pixels (chart, point[i]);

    if (!isfinite (p.x) || !isfinite (p.y) || (is_far (p) && !pen_down)) {
      pen_down = FALSE;
      continue;
    }
    if (is_far (p)) {
      p = bring_near (last, p);
      cairo_line_to (canvas->cr, p.x, p.y);
      pen_down = FALSE;
      continue;
    }
    if (pen_down && i + 1 < n && hypot (p.x - last.x, p.y - last.y) < 1)
      continue;
    if (pen_down)
      cairo_line_to (canvas->cr, p.x, p.y);
    else
      cairo_move_to (canvas->cr, p.x, p.y);
    pen_down = TRUE;
    last = p;
  }
}

static void
draw_path (EklChart *chart,
           EklCanvas *canvas,
           const EklPoint *point,
           guint n,
           EklColor color,
           EklStroke stroke)
{
  path_line (chart, canvas, point, n);
  ekl_stroke_set (canvas, canvas->line_width + 2, EKL_STROKE_SOLID);
  ekl_canvas_color (canvas, canvas->theme->background, 0.75);
  cairo_stroke_preserve (canvas->cr);
  ekl_stroke_set (canvas, canvas->line_width, stroke);
  ekl_canvas_color (canvas, color, 1);
  cairo_stroke (canvas->cr);
}

/* Marks along a path at even distances on the screen, whatever the steps are. */
static void
draw_path_marks (EklChart *chart, EklCanvas *canvas, const EklPoint *point, guint n, EklColor color)
{
  double spacing = canvas->font_size * 3.2;
  double since = 0;
  EklPoint last = { NAN, NAN };
  EklPoint end = n > 0 ? ekl_plane_to_pixels (chart, point[n - 1]) : last;

  for (guint i = 0; i + 1 < n; i++) {
    EklPoint p = ekl_plane_to_pixels (chart, point[i]);

    if (!isfinite (p.x) || !isfinite (p.y) || is_far (p))
      continue;
    if (isfinite (last.x))
      since += hypot (p.x - last.x, p.y - last.y);
    last = p;
    if (since < spacing || hypot (p.x - end.x, p.y - end.y) < spacing / 2)
      continue;
    ekl_mark_paint (canvas, EKL_MARK_SQUARE, EKL_MARK_FILLED, color, p.x, p.y,
                    canvas->line_width * 1.5);
    since = 0;
  }
}

void
ekl_plane_draw_end (const EklPlaneScene *scene,
                    EklPoint point,
                    EklMark mark,
                    EklMarkFill fill,
                    EklColor color,
                    double radius)
{
  EklPoint p = ekl_plane_to_pixels (scene->chart, point);

  if (!is_far (p))
    ekl_mark_paint (scene->canvas, mark, fill, color, p.x, p.y, radius);
}

static void
draw_ends (const EklPlaneScene *scene)
{
  const EklPlane *plane = scene->plane;
  const EklColor eki = scene->canvas->theme->eki, gd = scene->canvas->theme->gd;
  const double size = MAX (scene->canvas->line_width * 1.7, 3.4);

  if (plane->n_mean_path > 1)
    ekl_plane_draw_end (scene, plane->mean_path[0], EKL_MARK_DOT, EKL_MARK_HOLLOW, eki, size);
  if (plane->n_descent_path > 0)
    ekl_plane_draw_end (scene, plane->descent_path[0], EKL_MARK_SQUARE, EKL_MARK_HOLLOW, gd,
                        size * 1.25);
  if (plane->n_descent_path > 1)
    ekl_plane_draw_end (scene, plane->descent_path[plane->n_descent_path - 1], EKL_MARK_SQUARE,
                        EKL_MARK_FILLED, gd, size * 1.25);
  if (plane->n_particles > 0 || plane->n_mean_path > 0)
    ekl_plane_draw_end (scene, plane->mean, EKL_MARK_DOT, EKL_MARK_RINGED, eki, size);
}

static void
draw_ellipses (const EklPlaneScene *scene)
{
  EklCanvas *canvas = scene->canvas;

  if (scene->plane->n_particles < 2 || scene->options->hide_ellipse)
    return;
  draw_ellipse (scene->chart, canvas, scene->plane, 2, MAX (1, canvas->line_width * 0.5));
  draw_ellipse (scene->chart, canvas, scene->plane, 1, MAX (1.2, canvas->line_width * 0.75));
}

/* The mean with its path and ellipse, as a glass shows it. */
void
ekl_plane_draw_mean (const EklPlaneScene *scene)
{
  const EklPlane *plane = scene->plane;
  const EklColor eki = scene->canvas->theme->eki;

  draw_ellipses (scene);
  if (plane->n_mean_path > 1)
    draw_path (scene->chart, scene->canvas, plane->mean_path, plane->n_mean_path, eki,
               EKL_STROKE_SOLID);
  ekl_plane_draw_end (scene, plane->mean, EKL_MARK_DOT, EKL_MARK_RINGED, eki,
                      MAX (scene->canvas->line_width, 2));
}

/* Of a step that is over: where the method will go from there. */
static void
draw_ahead (
  EklChart *chart, EklCanvas *canvas, const EklPoint *path, guint n, guint n_ahead, EklColor color)
{
  if (n == 0 || n_ahead == 0)
    return;
  path_line (chart, canvas, path + n - 1, n_ahead + 1);
  ekl_stroke_set (canvas, MAX (1, canvas->line_width * 0.6), EKL_STROKE_DOTTED);
  ekl_canvas_color (canvas, color, MIN (1, AHEAD * canvas->theme->strength));
  cairo_stroke (canvas->cr);
}

void
ekl_plane_draw_methods (const EklPlaneScene *scene)
{
  EklChart *chart = scene->chart;
  EklCanvas *canvas = scene->canvas;
  const EklPlane *plane = scene->plane;
  const EklColor eki = canvas->theme->eki, gd = canvas->theme->gd;
  EklPoint exit;
  guint n_descent = ekl_plane_find_exit (scene, &exit);

  if (n_descent == 0)
    n_descent = plane->n_descent_path;
  draw_ahead (chart, canvas, plane->mean_path, plane->n_mean_path, plane->n_mean_ahead, eki);
  draw_ahead (chart, canvas, plane->descent_path, plane->n_descent_path, plane->n_descent_ahead,
              gd);
  draw_ellipses (scene);
  if (plane->n_mean_path > 1)
    draw_path (chart, canvas, plane->mean_path, plane->n_mean_path, eki, EKL_STROKE_SOLID);
  if (plane->n_descent_path > 1) {
    draw_path (chart, canvas, plane->descent_path, n_descent, gd, EKL_STROKE_DASHED);
    draw_path_marks (chart, canvas, plane->descent_path, n_descent, gd);
  }
  draw_ends (scene);
}

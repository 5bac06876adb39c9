/* plane_cloud.c - the particles: by distance, by loss, with the way they came
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plane_private.h"

#include <math.h>

#define N_FADES  4 /* groups of particles by their distance from the plane */
#define N_COLORS (EKL_MAX_LEVELS + 2)
#define RIM      1.1 /* px of the method's colour around a particle that shows its loss */

static const double fades[N_FADES] = { 0.95, 0.82, 0.68, 0.55 };
static const double rims[N_FADES] = { 1, 0.92, 0.84, 0.76 };

double
ekl_plane_dot_radius (const EklCanvas *canvas, guint n)
{
  double size = n > 3000 ? 1.3 : n > 600 ? 1.8 : n > 150 ? 2.4 : 3;

  return size * MAX (1, canvas->line_width / 2.4);
}

static double
largest_distance (const EklPlane *plane)
{
  double largest = 0;

  for (guint j = 0; j < plane->n_particles && plane->particle_distance; j++)
    if (isfinite (plane->particle_distance[j]))
      largest = MAX (largest, plane->particle_distance[j]);

  return largest;
}

/* 0 for the nearest quarter of the way to the farthest one. */
static guint
find_fade (const EklPlaneScene *scene, guint j, double largest)
{
  double far;

  if (scene->options->hide_fade || !(largest > 0) || !scene->plane->particle_distance)
    return 0;
  far = scene->plane->particle_distance[j] / largest;
  return isfinite (far) ? MIN ((guint) (far * N_FADES), N_FADES - 1) : N_FADES - 1;
}

/* Whether particles show their own loss. */
gboolean
ekl_plane_has_colors (const EklPlaneScene *scene)
{
  return !scene->options->hide_colors && scene->relief->levels.n > 0 &&
         scene->plane->particle_loss != NULL;
}

/* The band of the contours' scale; the last one of all for a loss that is not known. */
static guint
find_color (const EklPlaneScene *scene, guint j)
{
  const EklLevels *levels = &scene->relief->levels;
  double loss;
  guint band = 0;

  if (!ekl_plane_has_colors (scene))
    return N_COLORS - 1;
  loss = scene->plane->particle_loss[j];
  if (isnan (loss))
    return N_COLORS - 1;
  while (band < levels->n && loss >= levels->level[band])
    band++;
  return band;
}

/* All particles of one look at once: the rim below, the loss on it. */
static void
paint_group (const EklPlaneScene *scene,
             guint fade,
             guint color,
             const EklPoint *points,
             guint n,
             double radius)
{
  EklCanvas *canvas = scene->canvas;
  const EklColor ground = canvas->theme->background;
  const EklColor rim = ekl_color_mix (ground, canvas->theme->eki, rims[fade]);

  if (n == 0)
    return;
  if (color == N_COLORS - 1) {
    ekl_marks_paint (canvas, EKL_MARK_DOT, canvas->theme->eki, fades[fade], points, n, radius);
    return;
  }
  ekl_marks_paint (canvas, EKL_MARK_DOT, rim, 1, points, n, radius + RIM);
  ekl_marks_paint (
    canvas, EKL_MARK_DOT,
    ekl_color_mix (ground, ekl_relief_color (scene->relief, canvas, color), fades[fade]), 1, points,
    n, radius);
}

/* The far ones first, so that the near ones lie on top. */
void
ekl_plane_draw_cloud (const EklPlaneScene *scene)
{
  const guint n = scene->plane->n_particles;
  g_autofree EklPoint *points = g_new (EklPoint, n + 1);
  g_autofree guint16 *look = g_new (guint16, n + 1);
  guint start[N_FADES * N_COLORS + 1] = { 0 };
  double largest = largest_distance (scene->plane);
  double radius = ekl_plane_dot_radius (scene->canvas, n);

  for (guint j = 0; j < n; j++) {
    look[j] = (guint16) (find_fade (scene, j, largest) * N_COLORS + find_color (scene, j));
    start[look[j] + 1]++;
  }
  for (guint k = 0; k < N_FADES * N_COLORS; k++)
    start[k + 1] += start[k];
  for (guint j = 0; j < n; j++)
    points[start[look[j]]++] = ekl_plane_to_pixels (scene->chart, scene->plane->particle[j]);
  for (guint k = N_FADES * N_COLORS; k-- > 0;) {
    const guint first = k > 0 ? start[k - 1] : 0;

    paint_group (scene, k / N_COLORS, k % N_COLORS, points + first, start[k] - first, radius);
  }
}

/* Above everything else: rings of a colour of their own. */
void
ekl_plane_draw_selected (const EklPlaneScene *scene)
{
  const EklPlane *plane = scene->plane;
  const double radius = ekl_plane_dot_radius (scene->canvas, plane->n_particles) + 0.8;

  for (guint k = 0; k < scene->data->n_selected; k++)
    if (scene->data->selected[k] < plane->n_particles)
      ekl_plane_draw_end (scene, plane->particle[scene->data->selected[k]], EKL_MARK_DOT,
                          EKL_MARK_RINGED, scene->canvas->theme->third, radius);
}

/* The pieces of all trails of one age: one stroke. */
static void
stroke_age (const EklPlaneScene *scene, guint age, gboolean selected, double alpha)
{
  const EklPlane *plane = scene->plane;
  cairo_t *cr = scene->canvas->cr;

  cairo_new_path (cr);
  for (guint k = 0; k < plane->n_trails; k++) {
    const EklPoint *line = plane->trail + (gsize) k * plane->n_trail_points;
    EklPoint a = ekl_plane_to_pixels (scene->chart, line[age]);
    EklPoint b = ekl_plane_to_pixels (scene->chart, line[age + 1]);

    if (!isfinite (a.x + a.y + b.x + b.y) ||
        ekl_plane_is_selected (scene->data, plane->trail_particle[k]) != selected)
      continue;
    cairo_move_to (cr, a.x, a.y);
    cairo_line_to (cr, b.x, b.y);
  }
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  ekl_canvas_color (scene->canvas,
                    selected ? scene->canvas->theme->third : scene->canvas->theme->eki, alpha);
  cairo_stroke (cr);
}

/* The older, the fainter. */
void
ekl_plane_draw_trails (const EklPlaneScene *scene)
{
  const guint n = scene->plane->n_trail_points;
  const double pen = MAX (0.8, 0.4 * scene->canvas->line_width);

  if (scene->options->hide_trails || scene->plane->n_trails == 0)
    return;
  /* a thousand short pieces that nobody looks at one by one */
  cairo_save (scene->canvas->cr);
  cairo_set_antialias (scene->canvas->cr, CAIRO_ANTIALIAS_FAST);
  for (guint age = 0; age + 1 < n; age++) {
    const double share = (double) (age + 1) / n;

    ekl_stroke_set (scene->canvas, pen, EKL_STROKE_SOLID);
    stroke_age (scene, age, FALSE, 0.45 * share);
    ekl_stroke_set (scene->canvas, 2 * pen, EKL_STROKE_SOLID);
    stroke_age (scene, age, TRUE, 0.9 * share);
  }
  cairo_restore (scene->canvas->cr);
}

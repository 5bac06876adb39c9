/* plane_arrows.c - velocities: of the particles, and the three of the mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plane_private.h"

#include <math.h>
#include <string.h>

#define HEAD_ANGLE 0.45 /* between the shaft and a barb */

/* Adds an arrow to the path. */
static void
arrow_path (cairo_t *cr, EklPoint from, EklPoint to, double head)
{
  const double angle = atan2 (to.y - from.y, to.x - from.x);

  cairo_move_to (cr, from.x, from.y);
  cairo_line_to (cr, to.x, to.y);
  for (int side = -1; side <= 1; side += 2) {
    cairo_move_to (cr, to.x, to.y);
    cairo_line_to (cr, to.x - head * cos (angle + side * HEAD_ANGLE),
                   to.y - head * sin (angle + side * HEAD_ANGLE));
  }
}

/* One of the mean's arrows, whose direction alone counts. FALSE: there is none. */
gboolean
ekl_plane_find_arrow (const EklPlaneScene *scene, EklPoint direction, EklPoint *tip)
{
  const EklPoint from = ekl_plane_to_pixels (scene->chart, scene->plane->mean);
  const double x = direction.x * scene->chart->x.factor, y = direction.y * scene->chart->y.factor;
  const double length = hypot (x, y), reach = EKL_PLANE_ARROW * scene->canvas->font_size;

  if (!(length > 0) || !isfinite (length) || !isfinite (from.x + from.y))
    return FALSE;
  *tip = (EklPoint){ from.x + reach * x / length, from.y + reach * y / length };
  return TRUE;
}

/* Whether most of them would cross the picture: a glass makes them so large when the particles lie near to
 * one another and go far. Then they say nothing. */
static gboolean
are_too_long (const EklPlaneScene *scene)
{
  const EklPlane *plane = scene->plane;
  const double most = 0.5 * MIN (scene->chart->plot.width, scene->chart->plot.height);
  guint n_long = 0;

  for (guint k = 0; k < plane->n_trails; k++)
    if (hypot (plane->trail_move[k].x * scene->chart->x.factor,
               plane->trail_move[k].y * scene->chart->y.factor) > most)
      n_long++;
  return 2 * n_long > plane->n_trails;
}

/* As far as EKI has just moved each followed particle, from where it is now: the noise that a step
 * adds before it is none of its velocity. */
void
ekl_plane_draw_moves (const EklPlaneScene *scene)
{
  const EklPlane *plane = scene->plane;
  const guint last = plane->n_trail_points - 1;
  cairo_t *cr = scene->canvas->cr;

  if (!scene->options->show_arrows || plane->n_trails == 0 || plane->n_trail_points == 0 ||
      plane->trail_move == NULL || are_too_long (scene))
    return;
  cairo_new_path (cr);
  for (guint k = 0; k < plane->n_trails; k++) {
    const EklPoint *line = plane->trail + (gsize) k * plane->n_trail_points;
    EklPoint now = ekl_plane_to_pixels (scene->chart, line[last]);
    EklPoint next = { now.x + plane->trail_move[k].x * scene->chart->x.factor,
                      now.y + plane->trail_move[k].y * scene->chart->y.factor };
    double length = hypot (next.x - now.x, next.y - now.y);

    if (length > 2 && length < 1e4)
      arrow_path (cr, now, next, MIN (0.35 * length, scene->canvas->font_size * 0.5));
  }
  ekl_stroke_set (scene->canvas, MAX (1, 0.5 * scene->canvas->line_width), EKL_STROKE_SOLID);
  ekl_canvas_color (scene->canvas, scene->canvas->theme->eki, 0.85);
  cairo_stroke (cr);
}

/* The names that stand already. */
typedef struct {
  EklBox box[EKL_PLANE_ARROWS];
  guint n;
} Names;

static gboolean
is_free (const Names *names, EklBox box)
{
  for (guint i = 0; i < names->n; i++)
    if (ekl_box_overlaps (box, names->box[i], 0))
      return FALSE;
  return TRUE;
}

/* Up or down by as little as possible, so that it touches no other name. */
static double
find_row (const Names *names, EklBox box, EklBox plot)
{
  for (guint k = 0; k < 13; k++) {
    const double shift = (k % 2 ? 1 : -1) * 0.5 * box.height * ((k + 1) / 2);
    EklBox there = box;

    there.y += shift;
    if (there.y >= plot.y && there.y + there.height <= plot.y + plot.height &&
        is_free (names, there))
      return shift;
  }
  return 0;
}

/* Where an arrow's name stands: beyond its tip, but inside the picture. */
static void
draw_name (const EklPlaneScene *scene,
           const char *name,
           EklPoint from,
           EklPoint tip,
           EklColor color,
           Names *names)
{
  const double x = tip.x - from.x, y = tip.y - from.y;
  const EklBox plot = scene->chart->plot;
  const double gap = 0.3 * scene->canvas->font_size;
  EklTextStyle style = { .color = color, .weight = EKL_TEXT_BOLD, .halo = TRUE };
  EklBox box;

  style.x_align = x < 0 ? 1 : 0;
  style.y_align = y < 0 ? 1 : 0;
  tip.x += x < 0 ? -gap : gap;
  tip.y += y < 0 ? -gap / 2 : gap / 2;
  box = ekl_canvas_place (scene->canvas, name, tip.x, tip.y, &style);
  tip.x += CLAMP (box.x, plot.x + gap, plot.x + plot.width - gap - box.width) - box.x;
  tip.y += CLAMP (box.y, plot.y, plot.y + plot.height - box.height) - box.y;
  box = ekl_canvas_place (scene->canvas, name, tip.x, tip.y, &style);
  tip.y += find_row (names, box, plot);
  if (names->n < G_N_ELEMENTS (names->box))
    names->box[names->n++] = ekl_canvas_place (scene->canvas, name, tip.x, tip.y, &style);
  ekl_canvas_text (scene->canvas, name, tip.x, tip.y, &style);
}

/* One of the mean's: all have the same length, as only their directions can be compared. */
static void
draw_direction (const EklPlaneScene *scene,
                EklPoint direction,
                EklColor color,
                EklStroke stroke,
                const char *name,
                Names *names)
{
  EklCanvas *canvas = scene->canvas;
  const EklPoint from = ekl_plane_to_pixels (scene->chart, scene->plane->mean);
  double head = 0.75 * canvas->font_size;
  EklPoint to;

  if (!ekl_plane_find_arrow (scene, direction, &to))
    return;
  cairo_new_path (canvas->cr);
  arrow_path (canvas->cr, from, to, head);
  ekl_stroke_set (canvas, canvas->line_width + 3, EKL_STROKE_SOLID);
  ekl_canvas_color (canvas, canvas->theme->background, 0.8);
  cairo_stroke_preserve (canvas->cr);
  ekl_stroke_set (canvas, canvas->line_width, stroke);
  ekl_canvas_color (canvas, color, 1);
  cairo_stroke (canvas->cr);
  draw_name (scene, name, from, to, color, names);
}

guint
ekl_plane_draw_arrows (const EklPlaneScene *scene, EklBox *written)
{
  const EklPlane *plane = scene->plane;
  const EklTheme *theme = scene->canvas->theme;
  Names names = { .n = 0 };

  if (!scene->options->show_arrows)
    return 0;
  ekl_plane_draw_moves (scene);
  if (!plane->has_arrows)
    return 0;
  draw_direction (scene, plane->gradient, theme->gd, EKL_STROKE_DASHED, "−∇Φ", &names);
  draw_direction (scene, plane->preconditioned, theme->third, EKL_STROKE_DOTTED, "−C∇Φ", &names);
  draw_direction (scene, plane->velocity, theme->eki, EKL_STROKE_SOLID, "EKI", &names);
  memcpy (written, names.box, names.n * sizeof *written);
  return names.n;
}

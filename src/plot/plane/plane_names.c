/* plane_names.c - who is who, beside the newest points of both methods
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plane_private.h"

#include <math.h>

#define LEAST_WIDTH  18 /* font sizes: below, names would hide more than they say */
#define LEAST_HEIGHT 5

typedef struct {
  EklBox box[10];
  guint n;
} Taken;

static gboolean
is_inside (EklBox plot, EklPoint p)
{
  return p.x >= plot.x && p.x <= plot.x + plot.width && p.y >= plot.y &&
         p.y <= plot.y + plot.height;
}

/* The part of the way from a to b that is inside, 0 to 1. */
static double
way_inside (EklBox plot, EklPoint a, EklPoint b)
{
  const double d[2] = { b.x - a.x, b.y - a.y }, from[2] = { a.x, a.y };
  const double low[2] = { plot.x, plot.y };
  const double high[2] = { plot.x + plot.width, plot.y + plot.height };
  double t = 1;

  for (guint k = 0; k < 2; k++) {
    if (d[k] > 0)
      t = MIN (t, (high[k] - from[k]) / d[k]);
    else if (d[k] < 0)
      t = MIN (t, (low[k] - from[k]) / d[k]);
  }
  return CLAMP (t, 0, 1);
}

/**
 * ekl_plane_find_exit:
 * @scene: what is drawn
 * @exit: (out): where gradient descent's path leaves the picture, px
 *
 * A path that runs away jumps from side to side, ever farther: what comes after it has left says
 * nothing more.
 *
 * Returns: how many of its points there are up to the first one outside; 0 where it does not run
 *   away, or is not outside
 */
guint
ekl_plane_find_exit (const EklPlaneScene *scene, EklPoint *exit)
{
  const EklPlane *plane = scene->plane;
  const EklBox plot = scene->chart->plot;
  EklPoint inside = { NAN, NAN };

  for (guint i = 0; plane->descent_runs_away && i < plane->n_descent_path; i++) {
    const EklPoint p = ekl_plane_to_pixels (scene->chart, plane->descent_path[i]);
    double t;

    if (is_inside (plot, p)) {
      inside = p;
      continue;
    }
    if (i == 0)
      return 0;
    t = isfinite (p.x + p.y) ? way_inside (plot, inside, p) : 0;
    *exit = inside;
    if (t > 0)
      *exit = (EklPoint){ inside.x + t * (p.x - inside.x), inside.y + t * (p.y - inside.y) };
    return i + 1;
  }
  return 0;
}

static gboolean
is_free (const Taken *taken, EklBox box, EklBox plot, double gap)
{
  if (box.x < plot.x + gap || box.y < plot.y || box.x + box.width > plot.x + plot.width - gap ||
      box.y + box.height > plot.y + plot.height)
    return FALSE;
  for (guint i = 0; i < taken->n; i++)
    if (ekl_box_overlaps (box, taken->box[i], 1))
      return FALSE;
  return TRUE;
}

static void
take (Taken *taken, EklBox box)
{
  if (taken->n < G_N_ELEMENTS (taken->box))
    taken->box[taken->n++] = box;
}

static void
take_mark (Taken *taken, EklPoint p, double radius)
{
  take (taken, (EklBox){ p.x - radius, p.y - radius, 2 * radius, 2 * radius });
}

/* To the right of the point, or on another side where that is not free; else not at all. Aslant: a line
 * comes to the point from where the first sides are. */
static void
write_name (const EklPlaneScene *scene,
            const char *text,
            EklColor color,
            EklPoint p,
            gboolean aslant,
            Taken *taken)
{
  static const double side[][2] = { { 1, 0 },  { -1, 0 },  { 0, -1 }, { 0, 1 },
                                    { 1, -1 }, { -1, -1 }, { 1, 1 },  { -1, 1 } };
  EklCanvas *canvas = scene->canvas;
  const double gap = 0.75 * canvas->font_size + 1.5 * canvas->line_width;

  for (guint k = aslant ? 4 : 0; k < G_N_ELEMENTS (side); k++) {
    const double x = p.x + side[k][0] * gap, y = p.y + side[k][1] * gap;
    EklTextStyle style = { .x_align = 0.5 - side[k][0] / 2,
                           .y_align = side[k][1] == 0  ? 0.5
                                      : side[k][1] < 0 ? 1
                                                       : 0,
                           .weight = EKL_TEXT_BOLD,
                           .color = color,
                           .halo = TRUE };
    const EklBox box = ekl_canvas_place (canvas, text, x, y, &style);

    if (!is_free (taken, box, scene->chart->plot, 0.2 * canvas->font_size))
      continue;
    ekl_canvas_text (canvas, text, x, y, &style);
    take (taken, box);
    return;
  }
}

/* The glass, and its words where they stand beside it. */
static void
take_lens (Taken *taken,
           const EklPlaneScene *scene,
           const EklLens *lens,
           const EklBox *written,
           guint n_written)
{
  g_autofree char *text = ekl_plane_write_power (lens);
  EklBox box;

  if (!(lens->radius > 0))
    return;
  take_mark (taken, (EklPoint){ lens->x, lens->y }, lens->radius);
  if (ekl_plane_place_power (scene, lens, text, written, n_written, &box))
    take (taken, box);
}

/* Names beside where both methods are now, and not over what is written already. One that has run away
 * is told where it left. */
void
ekl_plane_draw_names (const EklPlaneScene *scene,
                      const EklLens *lens,
                      const EklBox *written,
                      guint n_written)
{
  const EklPlane *plane = scene->plane;
  const EklTheme *theme = scene->canvas->theme;
  const EklBox plot = scene->chart->plot;
  const EklPoint mean = ekl_plane_to_pixels (scene->chart, plane->mean);
  const double radius = 2.2 * scene->canvas->line_width;
  const gboolean has_arrow = scene->options->show_arrows && isfinite (plane->velocity.x);
  const gboolean has_mean =
    plane->n_mean_path > 0 && isfinite (mean.x + mean.y) && is_inside (plot, mean);
  Taken taken = { .n = 0 };
  EklPoint exit;

  if (plot.width < LEAST_WIDTH * scene->canvas->font_size ||
      plot.height < LEAST_HEIGHT * scene->canvas->font_size || scene->data->story)
    return;
  if (has_mean)
    take_mark (&taken, mean, radius);
  take_lens (&taken, scene, lens, written, n_written);
  for (guint i = 0; i < n_written; i++)
    take (&taken, written[i]);
  if (ekl_plane_find_exit (scene, &exit) > 0)
    write_name (scene, "GD diverges", theme->gd, exit, TRUE, &taken);
  else if (plane->n_descent_path > 0) {
    const EklPoint end =
      ekl_plane_to_pixels (scene->chart, plane->descent_path[plane->n_descent_path - 1]);

    take_mark (&taken, end, radius);
    take_mark (&taken, ekl_plane_to_pixels (scene->chart, plane->descent_path[0]), radius);
    if (isfinite (end.x + end.y))
      write_name (scene, "GD", theme->gd, end, FALSE, &taken);
  }
  if (has_mean && !has_arrow)
    write_name (scene, "EKI", theme->eki, mean, FALSE, &taken);
}

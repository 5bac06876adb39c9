/* plane_hover.c - what is under the pointer in the parameter plane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plane_pick.h"
#include "plane_private.h"
#include "readout.h"

#include <math.h>

static void
describe_particle (EklLegend *lines,
                   EklCanvas *canvas,
                   const EklFigureOptions *options,
                   const EklFigureData *data,
                   guint j)
{
  const EklPlane *plane = data->plane;
  /* as the relief's, which has the colour */
  const char *which = options->losses_differ && plane->n_descent_path > 0 ? "GD’s loss" : "loss";

  if (ekl_plane_is_selected (data, j))
    ekl_legend_add (lines, EKL_KEY_RING, canvas->theme->third, "selected");
  if (plane->particle_loss && isfinite (plane->particle_loss[j])) {
    g_autofree char *loss = ekl_format_number (plane->particle_loss[j]);

    ekl_legend_add (lines, EKL_KEY_NONE, canvas->theme->eki, "%s %s", which, loss);
  }
  if (plane->particle_distance) {
    g_autofree char *distance = ekl_format_number (plane->particle_distance[j]);

    ekl_legend_add (lines, EKL_KEY_NONE, canvas->theme->eki, "%s from the plane", distance);
  }
}

static void
mark_step (EklChart *chart,
           EklCanvas *canvas,
           const EklPoint *point,
           const guint64 *step,
           guint n,
           guint64 wanted,
           EklMark mark,
           EklColor color)
{
  EklPoint p;
  guint best = 0;

  if (n == 0 || !step)
    return;

  while (best + 1 < n && step[best + 1] <= wanted)
    best++;
  p = ekl_plane_to_pixels (chart, point[best]);
  ekl_mark_paint (canvas, mark, EKL_MARK_RINGED, color, p.x, p.y,
                  MAX (canvas->line_width * 1.7, 3.4));
}

static void
draw_crosshair_step (EklChart *chart, EklCanvas *canvas, const EklPlane *plane, guint64 step)
{
  cairo_save (canvas->cr);
  ekl_canvas_clip (canvas, chart->plot);
  mark_step (chart, canvas, plane->descent_path, plane->descent_path_step, plane->n_descent_path,
             step, EKL_MARK_SQUARE, canvas->theme->gd);
  mark_step (chart, canvas, plane->mean_path, plane->mean_path_step, plane->n_mean_path, step,
             EKL_MARK_DOT, canvas->theme->eki);
  cairo_restore (canvas->cr);
}

static char *
name_item (const EklPlane *plane, const EklPlaneItem *item)
{
  const guint64 *step =
    item->kind == EKL_PLANE_MEAN_PATH ? plane->mean_path_step : plane->descent_path_step;

  switch (item->kind) {
  case EKL_PLANE_PARTICLE:
    return g_strdup_printf ("particle %u", item->index + 1);
  case EKL_PLANE_MEAN_PATH:
    return g_strdup_printf ("EKI mean, step %" G_GUINT64_FORMAT, step ? step[item->index] : 0);
  case EKL_PLANE_DESCENT_PATH:
    return g_strdup_printf ("GD, step %" G_GUINT64_FORMAT, step ? step[item->index] : 0);
  case EKL_PLANE_NOTHING:
  default:
    return NULL;
  }
}

void
ekl_plane_hover (EklCanvas *canvas,
                 const EklFigureOptions *options,
                 const EklFigureData *data,
                 const EklFigureLayout *layout,
                 double x,
                 double y)
{
  const EklPlane *plane = data->plane;
  const EklPlaneItem item = ekl_plane_pick (plane, layout, x, y);
  const gboolean is_descent = item.kind == EKL_PLANE_DESCENT_PATH;
  g_auto (EklLegend) lines = { 0 };
  g_autofree char *head = NULL;
  EklChart chart;

  if (ekl_plane_is_empty (plane))
    return;
  ekl_chart_import (&chart, layout);
  /* a picture of that step shows where they were itself */
  if (data->has_crosshair && !plane->is_past)
    draw_crosshair_step (&chart, canvas, plane, data->crosshair_step);
  head = name_item (plane, &item);
  if (head == NULL)
    return;

  if (item.kind == EKL_PLANE_PARTICLE)
    describe_particle (&lines, canvas, options, data, item.index);
  ekl_mark_paint (canvas, is_descent ? EKL_MARK_SQUARE : EKL_MARK_DOT, EKL_MARK_RINGED,
                  is_descent ? canvas->theme->gd : canvas->theme->eki, item.place.x, item.place.y,
                  ekl_plane_dot_radius (canvas, plane->n_particles) + 1);
  ekl_readout_draw (canvas, head, &lines, chart.plot, item.place.x, item.place.y);
}

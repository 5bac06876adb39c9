/* ekl-plot-view-plane.c - what the pointer does in the parameter plane: choosing, and moving points
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-plot-view-private.h"

#include <math.h>

#define GRAB_REACH 7.0 /* px */

/* Nearer than for a look at it: else there would be no room to begin a rectangle. */
static gboolean
can_move (EklPlotView *self, const EklPlaneItem *item, double x, double y)
{
  return self->points_move && hypot (item->place.x - x, item->place.y - y) <= GRAB_REACH &&
         (item->kind == EKL_PLANE_PARTICLE ||
          (item->kind == EKL_PLANE_DESCENT_PATH && item->index == 0));
}

/**
 * ekl_plot_view_begin_plane:
 *
 * Returns: what a drag from there does: before the first step points move, elsewhere a rectangle
 *   chooses
 */
EklDrag
ekl_plot_view_begin_plane (EklPlotView *self, double x, double y)
{
  self->drag_item = ekl_plane_pick (self->data.plane, &self->layout, x, y);
  return can_move (self, &self->drag_item, x, y) ? EKL_DRAG_POINT : EKL_DRAG_SELECT;
}

/**
 * ekl_plot_view_drag_point:
 *
 * The point that the drag began at goes to the pointer.
 */
void
ekl_plot_view_drag_point (EklPlotView *self, double x, double y)
{
  const EklFigureLayout *layout = &self->drag_layout;

  x = CLAMP (x, layout->left, layout->left + layout->width);
  y = CLAMP (y, layout->top, layout->top + layout->height);
  ekl_plot_view_emit_moved (self, self->drag_item, ekl_plane_at (layout, x, y));
}

/**
 * ekl_plot_view_choose_box:
 *
 * Chooses the particles between where the drag began and the pixel.
 */
void
ekl_plot_view_choose_box (EklPlotView *self, double x, double y)
{
  const EklPlane *plane = self->data.plane;
  g_autofree guint *particle = g_new (guint, plane != NULL ? plane->n_particles + 1 : 1);
  const guint n = ekl_plane_pick_box (plane, &self->layout, (double[]){ self->drag_x, x },
                                      (double[]){ self->drag_y, y }, particle);

  ekl_plot_view_emit_chosen (self, particle, n, FALSE);
}

/**
 * ekl_plot_view_choose_at:
 * @toggle: whether the others stay chosen
 *
 * Chooses the particle at the pixel; where there is none, none is chosen.
 */
void
ekl_plot_view_choose_at (EklPlotView *self, double x, double y, gboolean toggle)
{
  const EklPlaneItem item = ekl_plane_pick (self->data.plane, &self->layout, x, y);

  if (item.kind == EKL_PLANE_PARTICLE)
    ekl_plot_view_emit_chosen (self, &item.index, 1, toggle);
  else if (!toggle && item.kind == EKL_PLANE_NOTHING)
    ekl_plot_view_emit_chosen (self, NULL, 0, FALSE);
}

/**
 * ekl_plot_view_set_points_move:
 * @points_move: whether points of the start can be dragged
 */
void
ekl_plot_view_set_points_move (EklPlotView *self, gboolean points_move)
{
  self->points_move = points_move;
}

/* plane_pick.c - what lies where in a drawn parameter plane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plane_pick.h"

#include <math.h>

#define REACH 14 /* px: how near the pointer must be to an item */

static EklPoint
to_pixels (const EklFigureLayout *layout, EklPoint p)
{
  return (EklPoint){
    layout->left + (p.x - layout->x0) / (layout->x1 - layout->x0) * layout->width,
    layout->top + (layout->y1 - p.y) / (layout->y1 - layout->y0) * layout->height,
  };
}

static gboolean
is_inside (const EklFigureLayout *layout, double x, double y)
{
  return x >= layout->left && x <= layout->left + layout->width && y >= layout->top &&
         y <= layout->top + layout->height;
}

/* What is seen at a pixel: under the glass it is another one. Returns whether it is under the glass. */
static gboolean
look_through (const EklLens *lens, EklPoint *pointer)
{
  const double x = pointer->x - lens->x, y = pointer->y - lens->y;

  if (!(lens->radius > 0) || hypot (x, y) > lens->radius)
    return FALSE;
  *pointer = (EklPoint){ lens->of_x + x / lens->power, lens->of_y + y / lens->power };
  return TRUE;
}

/* Takes the nearest of the points where it is nearer than what has been found. */
static void
look (EklPlaneItem *item,
      double *nearest,
      const EklFigureLayout *layout,
      EklPlaneItemKind kind,
      const EklPoint *point,
      guint n,
      EklPoint pointer)
{
  for (guint i = 0; i < n; i++) {
    EklPoint p = to_pixels (layout, point[i]);
    double distance = hypot (p.x - pointer.x, p.y - pointer.y);

    if (distance < *nearest && is_inside (layout, p.x, p.y)) {
      *nearest = distance;
      *item = (EklPlaneItem){ kind, i, p };
    }
  }
}

/**
 * ekl_plane_pick:
 * @plane: (nullable): what was drawn
 * @layout: where
 * @x: px
 * @y: px
 *
 * Returns: the item nearest to the pixel, if any is near; of two at the same place a particle, then
 *   gradient descent's, which can be dragged where it starts from the mean
 */
EklPlaneItem
ekl_plane_pick (const EklPlane *plane, const EklFigureLayout *layout, double x, double y)
{
  EklPoint pointer = { x, y };
  const gboolean magnified = look_through (&layout->lens, &pointer);
  const EklLens *lens = &layout->lens;
  EklPlaneItem item = { EKL_PLANE_NOTHING, 0, { NAN, NAN } };
  double nearest = magnified ? REACH / lens->power : REACH;

  if (plane == NULL || !is_inside (layout, x, y))
    return item;
  look (&item, &nearest, layout, EKL_PLANE_PARTICLE, plane->particle, plane->n_particles, pointer);
  look (&item, &nearest, layout, EKL_PLANE_DESCENT_PATH, plane->descent_path, plane->n_descent_path,
        pointer);
  look (&item, &nearest, layout, EKL_PLANE_MEAN_PATH, plane->mean_path, plane->n_mean_path,
        pointer);
  if (magnified)
    item.place = (EklPoint){ lens->x + (item.place.x - lens->of_x) * lens->power,
                             lens->y + (item.place.y - lens->of_y) * lens->power };

  return item;
}

/**
 * ekl_plane_pick_box:
 * @plane: (nullable): what was drawn
 * @layout: where
 * @x: (array fixed-size=2): px, in any order
 * @y: (array fixed-size=2): px, in any order
 * @particle: (out) (array length=n_particles): room for all
 *
 * Finds the particles in a rectangle, ascending; as the glass shows them where all of it is there.
 *
 * Returns: how many
 */
guint
ekl_plane_pick_box (const EklPlane *plane,
                    const EklFigureLayout *layout,
                    const double x[2],
                    const double y[2],
                    guint *particle)
{
  EklPoint a = { x[0], y[0] }, b = { x[1], y[1] }, through[2] = { a, b };
  guint n = 0;

  if (look_through (&layout->lens, &through[0]) && look_through (&layout->lens, &through[1])) {
    a = through[0];
    b = through[1];
  }

  for (guint j = 0; plane != NULL && j < plane->n_particles; j++) {
    EklPoint p = to_pixels (layout, plane->particle[j]);

    if (p.x >= MIN (a.x, b.x) && p.x <= MAX (a.x, b.x) && p.y >= MIN (a.y, b.y) &&
        p.y <= MAX (a.y, b.y) && is_inside (layout, p.x, p.y))
      particle[n++] = j;
  }
  return n;
}

/**
 * ekl_plane_at:
 * @layout: where it was drawn
 * @x: px
 * @y: px
 *
 * Returns: the point of the plane under the pixel, as the glass shows it where there is one
 */
EklPoint
ekl_plane_at (const EklFigureLayout *layout, double x, double y)
{
  EklPoint pointer = { x, y };

  look_through (&layout->lens, &pointer);
  x = pointer.x;
  y = pointer.y;
  return (EklPoint){
    layout->x0 + (x - layout->left) / layout->width * (layout->x1 - layout->x0),
    layout->y1 - (y - layout->top) / layout->height * (layout->y1 - layout->y0),
  };
}

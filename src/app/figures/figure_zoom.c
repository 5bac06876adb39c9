/* figure_zoom.c - from pixels of a drawn figure to the part of its axes to show next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "figure_zoom.h"

#include <math.h>

#define ZOOM_PER_NOTCH 1.2
#define MIN_SPAN       1e-9 /* of the range that is zoomed: below this, doubles run out */

/* The value at a share of the axis; shares beyond 0..1 lie outside of the plot area. */
static double
value_at (double share, double low, double high, gboolean logarithmic)
{
  if (logarithmic && low > 0 && high > 0)
    return exp (log (low) + share * (log (high) - log (low)));
  return low + share * (high - low);
}

static void
set_view (EklFigureOptions *options,
          const EklFigureLayout *layout,
          const double share_x[2],
          const double share_y[2])
{
  options->has_view = TRUE;
  options->view_x0 = value_at (share_x[0], layout->x0, layout->x1, layout->log_x);
  options->view_x1 = value_at (share_x[1], layout->x0, layout->x1, layout->log_x);
  options->view_y0 = value_at (share_y[0], layout->y0, layout->y1, layout->log_y);
  options->view_y1 = value_at (share_y[1], layout->y0, layout->y1, layout->log_y);
}

static double
share_x_at (const EklFigureLayout *layout, double x)
{
  return CLAMP ((x - layout->left) / layout->width, 0, 1);
}

/* y0 is at the bottom */
static double
share_y_at (const EklFigureLayout *layout, double y)
{
  return CLAMP (1 - (y - layout->top) / layout->height, 0, 1);
}

/**
 * ekl_figure_zoom_at:
 * @options: gets the new view
 * @layout: of the figure as it was drawn
 * @x: the pixel that stays where it is
 * @y: likewise
 * @notches: of the wheel; positive zooms out
 *
 * Zooms both axes about a point. Over the labels of one axis only that axis is zoomed.
 */
void
ekl_figure_zoom_at (
  EklFigureOptions *options, const EklFigureLayout *layout, double x, double y, double notches)
{
  const double factor = pow (ZOOM_PER_NOTCH, notches);
  const double sx = share_x_at (layout, x), sy = share_y_at (layout, y);
  const double zoom_x = x < layout->left ? 1 : factor;
  const double zoom_y = y > layout->top + layout->height ? 1 : factor;
  const double share_x[2] = { sx * (1 - zoom_x), sx + (1 - sx) * zoom_x };
  const double share_y[2] = { sy * (1 - zoom_y), sy + (1 - sy) * zoom_y };
  EklFigureOptions next = *options;

  set_view (&next, layout, share_x, share_y);
  if (isfinite (next.view_x0) && isfinite (next.view_x1) && isfinite (next.view_y0) &&
      isfinite (next.view_y1) &&
      fabs (next.view_x1 - next.view_x0) > MIN_SPAN * fabs (next.view_x1) &&
      fabs (next.view_y1 - next.view_y0) > MIN_SPAN * fabs (next.view_y1))
    *options = next;
}

/**
 * ekl_figure_zoom_pan:
 * @options: gets the new view
 * @layout: of the figure as it was drawn when the move began
 * @dx: px to the right
 * @dy: px down
 *
 * Moves the view so that what was under the pointer stays there.
 */
void
ekl_figure_zoom_pan (EklFigureOptions *options, const EklFigureLayout *layout, double dx, double dy)
{
  const double sx = -dx / layout->width, sy = dy / layout->height;
  EklFigureOptions next = *options;

  set_view (&next, layout, (double[]){ sx, 1 + sx }, (double[]){ sy, 1 + sy });
  if (isfinite (next.view_x0) && isfinite (next.view_x1) && isfinite (next.view_y0) &&
      isfinite (next.view_y1))
    *options = next;
}

/**
 * ekl_figure_zoom_to:
 * @min_size: px; a rectangle that is flatter than this zooms along its length only
 *
 * Makes the rectangle between two corners the new view.
 */
void
ekl_figure_zoom_to (EklFigureOptions *options,
                    const EklFigureLayout *layout,
                    double x0,
                    double y0,
                    double x1,
                    double y1,
                    double min_size)
{
  const gboolean use_x = fabs (x1 - x0) >= min_size, use_y = fabs (y1 - y0) >= min_size;
  const double share_x[2] = { use_x ? share_x_at (layout, MIN (x0, x1)) : 0,
                              use_x ? share_x_at (layout, MAX (x0, x1)) : 1 };
  const double share_y[2] = { use_y ? share_y_at (layout, MAX (y0, y1)) : 0,
                              use_y ? share_y_at (layout, MIN (y0, y1)) : 1 };

  if (share_x[0] < share_x[1] && share_y[0] < share_y[1])
    set_view (options, layout, share_x, share_y);
}

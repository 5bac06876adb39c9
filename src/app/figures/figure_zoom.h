/* figure_zoom.h - from pixels of a drawn figure to the part of its axes to show next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figure.h"

G_BEGIN_DECLS

void ekl_figure_zoom_at (EklFigureOptions      *options,
                         const EklFigureLayout *layout,
                         double                 x,
                         double                 y,
                         double                 notches);
void ekl_figure_zoom_to (EklFigureOptions      *options,
                         const EklFigureLayout *layout,
                         double                 x0,
                         double                 y0,
                         double                 x1,
                         double                 y1,
                         double                 min_size);

void ekl_figure_zoom_pan (EklFigureOptions      *options,
                          const EklFigureLayout *layout,
                          double                 dx,
                          double                 dy);

G_END_DECLS

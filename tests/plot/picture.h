/* picture.h - a figure drawn for a test, and how many pixels of it have a colour
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figure.h"

G_BEGIN_DECLS

typedef struct {
  cairo_surface_t *surface; /* RGB24, width x height pixels; the caller destroys it */
  EklFigureLayout layout;
} Picture;

Picture picture_draw        (EklFigureKind           kind,
                             EklThemeKind            theme_kind,
                             double                  width,
                             double                  height,
                             const EklFigureOptions *options,
                             const EklFigureData    *data);
guint   picture_count_color (const Picture *self,
                             EklColor       color);

G_END_DECLS

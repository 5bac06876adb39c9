/* plane_pick.h - what lies where in a drawn parameter plane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figure.h"

G_BEGIN_DECLS

typedef enum {
  EKL_PLANE_NOTHING,
  EKL_PLANE_PARTICLE,     /* index: which */
  EKL_PLANE_MEAN_PATH,    /* index: of the path's point */
  EKL_PLANE_DESCENT_PATH, /* likewise; 0 is the start */
} EklPlaneItemKind;

typedef struct {
  EklPlaneItemKind kind;
  guint index;
  EklPoint place; /* px */
} EklPlaneItem;

EklPlaneItem ekl_plane_pick     (const EklPlane        *plane,
                                 const EklFigureLayout *layout,
                                 double                 x,
                                 double                 y);
guint        ekl_plane_pick_box (const EklPlane        *plane,
                                 const EklFigureLayout *layout,
                                 const double           x[2],
                                 const double           y[2],
                                 guint                 *particle);
EklPoint     ekl_plane_at       (const EklFigureLayout *layout,
                                 double                 x,
                                 double                 y);

G_END_DECLS

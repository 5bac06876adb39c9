/* plane_trail.h - where some particles were in the last steps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "parameter_plane.h"

G_BEGIN_DECLS

/**
 * EklPlaneTrail: the last places of a bounded number of particles in the plane.
 *
 * What is kept are coordinates, not particles: it costs no memory to speak of, and begins anew when
 * the plane changes.
 */
typedef struct _EklPlaneTrail EklPlaneTrail;

EklPlaneTrail *ekl_plane_trail_new    (guint                n_points,
                                       guint                max_lines);
void           ekl_plane_trail_free   (EklPlaneTrail       *self);
void           ekl_plane_trail_clear  (EklPlaneTrail       *self);
void           ekl_plane_trail_prefer (EklPlaneTrail       *self,
                                       const guint         *particle,
                                       guint                n);
gboolean       ekl_plane_trail_has    (const EklPlaneTrail *self,
                                       const EklPlaneFit   *fit,
                                       guint64              step);
void           ekl_plane_trail_add    (EklPlaneTrail       *self,
                                       const EklPlaneFit   *fit,
                                       const EklEnsemble   *ensemble,
                                       guint64              step);
void           ekl_plane_trail_set_moves (EklPlaneTrail    *self,
                                       const EklPlaneFit   *fit,
                                       const EklEnsemble   *from,
                                       const EklEnsemble   *to);
void           ekl_plane_trail_fill   (const EklPlaneTrail *self,
                                       EklPlane            *plane);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklPlaneTrail, ekl_plane_trail_free)

G_END_DECLS

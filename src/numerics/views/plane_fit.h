/* plane_fit.h - inside of EklPlaneFit, for the files that make up the parameter plane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "parameter_plane.h"

G_BEGIN_DECLS

/* What a path looked like when the plane was last compared with the best one. */
typedef struct {
  gboolean seen;
  guint64 step;
  double length; /* of the newest displacement */
  double share;  /* of its square in the plane */
} EklPlaneCheck;

struct _EklPlaneFit {
  EklNetwork network;
  guint64 seed;
  EklPlaneBasis basis;
  gsize parameter[2];
  real *start;         /* (P) as given */
  real *origin;        /* (P) the plane's point (0, 0) */
  real *direction[2];  /* (P) each, orthonormal */
  real *former_origin, *former[2]; /* (P) each: what was shown before the last change */
  real *shown_origin, *shown[2];   /* (P) each: what views are projected to */
  double turn;         /* 0..1: how far they have followed the last change */
  guint version;
  gboolean stale;      /* the basis was chosen, but no path has set the directions yet */
  gboolean unrelated;  /* the directions say nothing of the paths, so there is nothing to keep */
  EklPlaneCheck check[2]; /* of the mean's path, of the descent's */
};

/* Components of u - from along the two directions, and its squared length. */
typedef struct {
  double x, y, square;
} EklPlaneParts;

void          ekl_plane_fit_begin_change   (EklPlaneFit       *self);
void          ekl_plane_fit_end_change     (EklPlaneFit       *self);
EklPlaneParts ekl_plane_fit_parts          (const EklPlaneFit *self,
                                            const real        *u,
                                            const real        *from);
EklPlaneParts ekl_plane_fit_shown_parts    (const EklPlaneFit *self,
                                            const real        *u,
                                            const real        *from);
void          ekl_plane_fit_set_directions (EklPlaneFit       *self,
                                            const double      *pair);

G_END_DECLS

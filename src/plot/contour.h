/* contour.h - level lines and filled levels of a field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "canvas.h"
#include "parameter_plane.h"
#include "scale.h"

G_BEGIN_DECLS

/* The lines of one level: line k has the points start[k] .. start[k + 1] - 1. A closed line's last
 * point is its first. */
typedef struct {
  EklPoint *point;
  guint n_points;
  guint *start; /* (n_lines + 1) */
  guint n_lines;
} EklContour;

#define EKL_MAX_LEVELS 16

/* The values of the lines; log: they rise by factors, and so does the field between them. */
typedef struct {
  guint n;
  gboolean log;
  double level[EKL_MAX_LEVELS];
} EklLevels;

EklContour *ekl_contour_trace       (const EklField  *field,
                                     double           level);
void        ekl_contour_free        (EklContour      *self);
double      ekl_contour_length      (const EklContour *self);
void        ekl_contour_path        (const EklContour *self,
                                     cairo_t         *cr,
                                     const EklScale  *x,
                                     const EklScale  *y);
void        ekl_contour_region_path (const EklField  *field,
                                     double           level,
                                     cairo_t         *cr,
                                     const EklScale  *x,
                                     const EklScale  *y);
gboolean    ekl_levels_choose       (EklLevels       *self,
                                     const EklField  *field,
                                     const EklPoint  *corners,
                                     guint            count);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklContour, ekl_contour_free)

G_END_DECLS

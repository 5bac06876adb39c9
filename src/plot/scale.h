/* scale.h - ranges of values, and their mapping onto pixels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What has been seen so far. Values that are not finite are passed over; the smallest positive one
 * is kept for logarithmic axes. */
typedef struct {
  double low, high, positive;
} EklRange;

/* v0 maps to p0 and v1 to p1, linearly or logarithmically. */
typedef struct {
  double v0, v1, p0, p1;
  gboolean log;
  double origin, factor;
} EklScale;

void   ekl_range_init    (EklRange       *self);
void   ekl_range_add     (EklRange       *self,
                          double          value);
void   ekl_range_add_all (EklRange       *self,
                          const double   *values,
                          guint           n);
void   ekl_range_union   (EklRange       *self,
                          const EklRange *other);
void   ekl_range_resolve (const EklRange *self,
                          gboolean        log,
                          double          padding,
                          double         *v0,
                          double         *v1);
void   ekl_scale_init    (EklScale       *self,
                          double          v0,
                          double          v1,
                          double          p0,
                          double          p1,
                          gboolean        log);
double ekl_scale_map     (const EklScale *self,
                          double          value);
double ekl_scale_unmap   (const EklScale *self,
                          double          position);
double ekl_quantile      (double         *values,
                          gsize           n,
                          double          q);

G_END_DECLS

/* field_paint.h - a field as colours, its colour bar, and points on it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "axis.h"
#include "marks.h"

G_BEGIN_DECLS

/* A datum on a field: place in px, value as a part of the colours' range, and whether it is a
 * validation row. */
typedef struct {
  EklPoint place;
  double t;
  gboolean hollow;
} EklFieldPoint;

void   ekl_field_paint     (EklCanvas      *canvas,
                            EklChart       *chart,
                            const EklField *field,
                            double          low,
                            double          high,
                            double          strength);
double ekl_field_bar_width (EklCanvas      *canvas,
                            double          low,
                            double          high,
                            const char     *name);
void   ekl_field_bar       (EklCanvas      *canvas,
                            EklBox          plot,
                            double          low,
                            double          high,
                            const char     *name,
                            double          strength);
void   ekl_field_points    (EklCanvas      *canvas,
                            EklMark         mark,
                            EklFieldPoint  *point,
                            guint           n,
                            double          radius);

G_END_DECLS

/* field_paint.h - a field as colours, its colour bar, and points on it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "axis.h"
#include "marks.h"

G_BEGIN_DECLS

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
void   ekl_field_point     (EklCanvas      *canvas,
                            EklMark         mark,
                            EklColor        color,
                            gboolean        hollow,
                            double          x,
                            double          y,
                            double          radius);

G_END_DECLS

/* axis.h - a plot area with its scales, grid, marks and labels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "canvas.h"
#include "figure.h"
#include "scale.h"
#include "ticks.h"

G_BEGIN_DECLS

typedef struct {
  double x0, x1, y0, y1;
  gboolean log_x, log_y;
  gboolean whole_x, whole_y; /* what is counted: no label lies between two whole numbers */
  const char *x_name;       /* below the axis; NULL: none */
  gboolean hide_x_labels;   /* another chart below has them */
  gboolean equal;           /* as many px a unit in x as in y: the ranges grow to fill the area */
  gboolean square;          /* the plot area is a square, at the left */
  double left, right;       /* least room beside the plot area, px */
  gboolean quiet;           /* fewer ticks, no grid */
} EklAxes;

typedef struct {
  EklAxes axes;
  EklBox area, plot;
  EklScale x, y;
  EklTicks x_ticks, y_ticks;
  gboolean name_in_row; /* little height: the name stands at the end of the labels' row */
} EklChart;

void ekl_chart_layout   (EklChart              *self,
                         EklCanvas             *canvas,
                         EklBox                 area,
                         const EklAxes         *axes);
void ekl_chart_grid     (EklChart              *self,
                         EklCanvas             *canvas);
void ekl_chart_labels   (EklChart              *self,
                         EklCanvas             *canvas);
void ekl_chart_clip     (EklChart              *self,
                         EklCanvas             *canvas);
void ekl_chart_export   (const EklChart        *self,
                         EklFigureLayout       *layout);
void ekl_chart_import   (EklChart              *self,
                         const EklFigureLayout *layout);
void ekl_chart_message  (EklChart              *self,
                         EklCanvas             *canvas,
                         const char            *text);

G_END_DECLS

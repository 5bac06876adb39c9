/* series.h - lines and bands of any length, thinned to what the pixels can show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "canvas.h"
#include "marks.h"
#include "parameter_plane.h"
#include "scale.h"

G_BEGIN_DECLS

typedef enum {
  EKL_STROKE_SOLID,
  EKL_STROKE_DASHED,
  EKL_STROKE_DOTTED,
  EKL_STROKE_DASH_DOT, /* of what is selected */
} EklStroke;

/* The pixel column that points are falling into. */
typedef struct {
  EklScale scale;
  gboolean open;
  double start, end; /* in the axis' own values: start <= x < end */
} EklColumn;

typedef struct {
  double x, low, high, mean; /* mean NaN: a gap */
} EklSummary;

/* A line. Points come in rising x; of those in one pixel column the first, the lowest, the highest
 * and the last stay, in the order they came. An infinite y stays and interrupts the line; a y of
 * NaN in `point` is a gap. */
typedef struct {
  EklColumn column;
  guint64 i, i_first, i_low, i_high, i_last;
  EklPoint first, low, high, last;
  double sum;
  EklPoint *point;
  guint n, n_allocated;
  EklSummary *summary; /* one a column */
  guint n_summaries, n_summaries_allocated;
  EklRange range;      /* of the finite y within the scale's ends */
} EklSeries;

typedef struct {
  double x, low, high;
} EklSpan;

/* A band: of the spans in one pixel column the lowest low and the highest high stay. */
typedef struct {
  EklColumn column;
  EklSpan now;
  EklSpan *span;
  guint n, n_allocated;
  EklRange range;
} EklBand;

void ekl_series_init   (EklSeries       *self,
                        const EklScale  *x_scale);
void ekl_series_clear  (EklSeries       *self);
void ekl_series_add    (EklSeries       *self,
                        double           x,
                        double           y);
void ekl_series_gap    (EklSeries       *self);
void ekl_series_end    (EklSeries       *self);
void ekl_series_draw   (const EklSeries *self,
                        EklCanvas       *canvas,
                        const EklScale  *x,
                        const EklScale  *y,
                        EklColor         color,
                        double           line_width,
                        EklStroke        stroke);
void ekl_series_draw_marks (const EklSeries *self,
                            EklCanvas       *canvas,
                            const EklScale  *x,
                            const EklScale  *y,
                            EklColor         color,
                            EklMark          mark,
                            double           radius);
gboolean ekl_series_is_dense (const EklSeries *self);
void ekl_series_path   (const EklSeries *self,
                        EklCanvas       *canvas,
                        const EklScale  *x,
                        const EklScale  *y);
void ekl_band_init     (EklBand         *self,
                        const EklScale  *x_scale);
void ekl_band_clear    (EklBand         *self);
void ekl_band_add      (EklBand         *self,
                        double           x,
                        double           low,
                        double           high);
void ekl_band_end      (EklBand         *self);
void ekl_band_path     (const EklBand   *self,
                        EklCanvas       *canvas,
                        const EklScale  *x,
                        const EklScale  *y);
void ekl_stroke_set    (EklCanvas       *canvas,
                        double           line_width,
                        EklStroke        stroke);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EklSeries, ekl_series_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EklBand, ekl_band_clear)

G_END_DECLS

/* legend.h - what the marks of a picture mean, in one or two quiet rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "canvas.h"

G_BEGIN_DECLS

#define EKL_LEGEND_MAX 16

typedef enum {
  EKL_KEY_NONE,
  EKL_KEY_LINE,
  EKL_KEY_THIN,
  EKL_KEY_DASHED,
  EKL_KEY_DOTTED,
  EKL_KEY_DASH_DOT,
  EKL_KEY_BAND,
  EKL_KEY_BAND_LINE,
  EKL_KEY_DOT,
  EKL_KEY_RING,
  EKL_KEY_HOLLOW_DOT,
  EKL_KEY_DOT_BAR,
  EKL_KEY_SQUARE,
  EKL_KEY_HOLLOW_SQUARE,
  EKL_KEY_TRIANGLE,
  EKL_KEY_LINE_RING,
  EKL_KEY_DASHED_SQUARE,
  EKL_KEY_ELLIPSE,
  EKL_KEY_HATCH,
} EklKey;

typedef struct {
  EklKey key;
  EklColor color;
  char *text;
} EklLegendEntry;

/* Entries are drawn in their order; those that find no room are left out from the end. */
typedef struct {
  guint n;
  EklLegendEntry entry[EKL_LEGEND_MAX];
} EklLegend;

void   ekl_legend_add         (EklLegend   *self,
                               EklKey       key,
                               EklColor     color,
                               const char  *format,
                               ...) G_GNUC_PRINTF (4, 5);
void   ekl_legend_clear       (EklLegend   *self);
double ekl_legend_draw_rows   (EklLegend   *self,
                               EklCanvas   *canvas,
                               EklBox       area);
void   ekl_legend_draw_column (EklLegend   *self,
                               EklCanvas   *canvas,
                               EklBox       area);
double ekl_legend_width       (EklLegend   *self,
                               EklCanvas   *canvas);
double ekl_legend_key_width   (const EklCanvas *canvas);
void   ekl_legend_key         (EklCanvas   *canvas,
                               EklKey       key,
                               EklColor     color,
                               double       x,
                               double       y);
double ekl_header_draw        (EklCanvas   *canvas,
                               const char  *title,
                               const char  *axis_name,
                               EklLegend   *legend);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EklLegend, ekl_legend_clear)

G_END_DECLS

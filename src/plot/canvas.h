/* canvas.h - a cairo context with a theme: colours, measured text, hairlines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "theme.h"

#include <cairo.h>
#include <pango/pangocairo.h>

G_BEGIN_DECLS

typedef struct {
  double x, y, width, height;
} EklBox;

typedef enum {
  EKL_TEXT_PLAIN,
  EKL_TEXT_BOLD,
} EklTextWeight;

/* Where (x, y) sits in the text: 0 left/top, 0.5 the middle, 1 right/bottom. */
typedef struct {
  double x_align, y_align;
  EklTextWeight weight;
  EklColor color;
  gboolean halo;    /* a rim of the ground's colour, for text over curves */
  double max_width; /* wraps there; 0: one line */
  double scale;     /* of the font's size; 0 is 1 */
} EklTextStyle;

typedef struct {
  cairo_t *cr;
  const EklTheme *theme;
  double width, height;
  double font_size;  /* the theme's, smaller where the surface is tiny */
  double line_width; /* likewise */
  double line_height;
  gboolean vector;   /* PDF, SVG: everything stays a path */
  const GArray *busy; /* of EklPoint, px: what read-outs are to hide least of; NULL: nothing */
  GString *told;     /* read-outs are written there instead of being drawn; NULL: they are drawn */
} EklCanvas;

void     ekl_canvas_init     (EklCanvas          *self,
                              cairo_t            *cr,
                              const EklTheme     *theme,
                              double              width,
                              double              height);
void     ekl_canvas_color    (const EklCanvas    *self,
                              EklColor            color,
                              double              alpha);
void     ekl_canvas_measure  (EklCanvas          *self,
                              const char         *text,
                              const EklTextStyle *style,
                              double             *width,
                              double             *height);
EklBox   ekl_canvas_place    (EklCanvas          *self,
                              const char         *text,
                              double              x,
                              double              y,
                              const EklTextStyle *style);
void     ekl_canvas_text     (EklCanvas          *self,
                              const char         *text,
                              double              x,
                              double              y,
                              const EklTextStyle *style);
char    *ekl_canvas_ellipsize (EklCanvas        *self,
                              const char         *text,
                              const EklTextStyle *style,
                              double              max_width);
double   ekl_canvas_snap     (const EklCanvas    *self,
                              double              position,
                              double              line_width);
void     ekl_canvas_hairline (const EklCanvas    *self,
                              double              x0,
                              double              y0,
                              double              x1,
                              double              y1);
void     ekl_canvas_clip     (const EklCanvas    *self,
                              EklBox              box);
void     ekl_canvas_plate    (const EklCanvas    *self,
                              EklBox              box,
                              double              radius);
EklColor ekl_color_mix       (EklColor            a,
                              EklColor            b,
                              double              t);
gboolean ekl_box_overlaps    (EklBox              a,
                              EklBox              b,
                              double              gap);

G_END_DECLS

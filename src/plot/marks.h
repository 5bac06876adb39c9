/* marks.h - dots, squares, triangles and crosses, one or thousands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "canvas.h"
#include "parameter_plane.h"

G_BEGIN_DECLS

typedef enum {
  EKL_MARK_DOT,
  EKL_MARK_SQUARE,
  EKL_MARK_TRIANGLE,
  EKL_MARK_CROSS,
} EklMark;

typedef enum {
  EKL_MARK_FILLED,
  EKL_MARK_HOLLOW, /* the ground's colour inside */
  EKL_MARK_RINGED, /* filled, with a rim of the ground's colour and a line around it */
} EklMarkFill;

void ekl_mark_paint  (EklCanvas      *canvas,
                      EklMark         mark,
                      EklMarkFill     fill,
                      EklColor        color,
                      double          x,
                      double          y,
                      double          radius);
void ekl_marks_paint (EklCanvas      *canvas,
                      EklMark         mark,
                      EklColor        color,
                      double          alpha,
                      const EklPoint *point,
                      guint           n,
                      double          radius);

void ekl_marks_paint_hollow (EklCanvas      *canvas,
                             EklMark         mark,
                             EklColor        color,
                             const EklPoint *point,
                             guint           n,
                             double          radius);

G_END_DECLS

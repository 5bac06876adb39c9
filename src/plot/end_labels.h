/* end_labels.h - names beside the ends of curves, none over another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "canvas.h"

G_BEGIN_DECLS

#define EKL_MAX_END_LABELS 8

typedef struct {
  const char *text;
  EklColor color;
  double x, y; /* px: the curve's end; the text stands to the right of it */
} EklEndLabel;

double ekl_end_labels_width (EklCanvas         *canvas,
                             const EklEndLabel *label,
                             guint              n);
void   ekl_end_labels_spread (double           *y,
                             guint              n,
                             double             line,
                             double             top,
                             double             bottom);
void   ekl_end_labels_draw  (EklCanvas         *canvas,
                             EklBox             plot,
                             const EklEndLabel *label,
                             guint              n);

G_END_DECLS

/* relief.h - the loss as ground of the parameter plane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "axis.h"
#include "contour.h"

G_BEGIN_DECLS

typedef struct {
  EklLevels levels;
  EklField *field; /* as drawn: its logarithm where the levels rise by factors */
  const char *name; /* of the bar; NULL: "loss" */
} EklRelief;

gboolean ekl_relief_init     (EklRelief      *self,
                              const EklField *loss,
                              const EklPoint *corners);
void     ekl_relief_init_part (EklRelief     *self,
                              const EklRelief *whole,
                              EklPoint        low,
                              EklPoint        high,
                              guint           side);
void     ekl_relief_clear    (EklRelief      *self);
void     ekl_relief_draw     (const EklRelief *self,
                              EklCanvas      *canvas,
                              EklChart       *chart);
double   ekl_relief_bar_width (const EklRelief *self,
                              EklCanvas      *canvas);
EklColor ekl_relief_color    (const EklRelief *self,
                              const EklCanvas *canvas,
                              guint           band);
void     ekl_relief_draw_bar (const EklRelief *self,
                              EklCanvas      *canvas,
                              EklBox          plot,
                              gboolean        strong);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EklRelief, ekl_relief_clear)

G_END_DECLS

/* loss_events.h - marks where a setting changed and where particles were redrawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "axis.h"
#include "figure.h"
#include "legend.h"

G_BEGIN_DECLS

/* Events of one place on the axis, or so near to it that their lines would be one. */
typedef struct {
  double value;  /* on the axis */
  double x;      /* px */
  guint first, n; /* of the history's events */
  char *text;    /* of the newest, and how many more */
  double width;  /* of it, px */
  int row;       /* -1: no room */
  double text_x; /* left end, px */
} EklLossEvent;

typedef struct {
  const EklFigureData *data;
  const EklFigureOptions *options;
  GArray *event;      /* of EklLossEvent, in rising x */
  double top;         /* of the first row, px */
  guint n_rows;
} EklLossEvents;

void  ekl_loss_events_init    (EklLossEvents          *self,
                               const EklFigureData    *data,
                               const EklFigureOptions *options);
void  ekl_loss_events_clear   (EklLossEvents          *self);
guint ekl_loss_events_place   (EklLossEvents          *self,
                               EklCanvas              *canvas,
                               EklBox                  area,
                               const EklAxes          *axes);
void  ekl_loss_events_draw    (EklLossEvents          *self,
                               EklCanvas              *canvas,
                               EklChart               *chart);
/* for the read-out: lines about what happened within some px of x */
void  ekl_loss_events_tell    (const EklFigureData    *data,
                               const EklFigureOptions *options,
                               const EklChart         *chart,
                               double                  x,
                               EklColor                color,
                               EklLegend              *lines);
char *ekl_loss_event_text     (const EklEvent         *event);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EklLossEvents, ekl_loss_events_clear)

G_END_DECLS

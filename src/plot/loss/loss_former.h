/* loss_former.h - the losses of the run before, under those of this one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figure_private.h"

G_BEGIN_DECLS

void ekl_loss_former_draw       (EklChart               *chart,
                                 EklCanvas              *canvas,
                                 const EklFigureOptions *options,
                                 const EklFigureData    *data);
void ekl_loss_former_add_legend (EklLegend              *legend,
                                 const EklCanvas        *canvas,
                                 const EklFigureOptions *options,
                                 const EklFigureData    *data);
void ekl_loss_former_describe   (GString                *text,
                                 const EklFigureData    *data);

G_END_DECLS

/* loss_selection.h - the losses of selected particles, over the other curves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figure_private.h"

G_BEGIN_DECLS

void ekl_loss_selection_draw (EklChart               *chart,
                              EklCanvas              *canvas,
                              const EklFigureOptions *options,
                              const EklFigureData    *data);

G_END_DECLS

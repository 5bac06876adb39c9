/* readout.h - the little box beside the pointer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "legend.h"

G_BEGIN_DECLS

void ekl_readout_draw (EklCanvas  *canvas,
                       const char *head,
                       EklLegend  *lines,
                       EklBox      bounds,
                       double      x,
                       double      y);

G_END_DECLS

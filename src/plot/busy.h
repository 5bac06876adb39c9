/* busy.h - where the curves of the loss lie, so that a read-out can keep clear of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figure.h"

G_BEGIN_DECLS

GArray *ekl_busy_new (const EklFigureOptions *options,
                      const EklFigureData    *data,
                      const EklFigureLayout  *layout);

G_END_DECLS

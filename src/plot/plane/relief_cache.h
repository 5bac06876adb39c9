/* relief_cache.h - the parameter plane's ground as an image, for who draws it again and again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "relief.h"

G_BEGIN_DECLS

EklReliefCache *ekl_relief_cache_new  (void);
void            ekl_relief_cache_free (EklReliefCache  *self);
gboolean        ekl_relief_cache_draw (EklReliefCache  *self,
                                       const EklRelief *relief,
                                       EklCanvas       *canvas,
                                       EklChart        *chart,
                                       double           opacity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklReliefCache, ekl_relief_cache_free)

G_END_DECLS

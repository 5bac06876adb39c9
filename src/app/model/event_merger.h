/* event_merger.h - a drag of a slider is one event, not fifty
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history.h"

G_BEGIN_DECLS

typedef struct _EklEventMerger EklEventMerger;

EklEventMerger *ekl_event_merger_new   (EklHistory      *history,
                                        void (*written) (gpointer user_data),
                                        gpointer         user_data);
void            ekl_event_merger_free  (EklEventMerger  *self);
void            ekl_event_merger_add   (EklEventMerger  *self,
                                        const EklEvent  *event);
void            ekl_event_merger_flush (EklEventMerger  *self);
void            ekl_event_merger_clear (EklEventMerger  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklEventMerger, ekl_event_merger_free)

G_END_DECLS

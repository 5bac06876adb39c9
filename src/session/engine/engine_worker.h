/* engine_worker.h - the engine's thread: the one that owns the run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine_outbox.h"
#include "engine_queue.h"

G_BEGIN_DECLS

typedef struct _EklWorker EklWorker;

EklWorker *ekl_worker_new  (EklCommandQueue *queue,
                            EklOutbox       *outbox,
                            GSource         *wake_up);
void       ekl_worker_join (EklWorker       *self);

G_END_DECLS

/* batches.h - the training rows, in the order a run sees them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "batch.h"

G_BEGIN_DECLS

typedef struct _EklBatches EklBatches;

EklBatches     *ekl_batches_new       (const EklBatch    *training,
                                       guint              batch_size,
                                       guint64            seed,
                                       GError           **error);
EklBatches     *ekl_batches_new_online (const EklBatch   *training,
                                       guint              group,
                                       GError           **error);
gsize           ekl_batches_get_copy_bytes (const EklBatch *training);
void            ekl_batches_free      (EklBatches        *self);
guint           ekl_batches_get_size  (const EklBatches  *self);
double          ekl_batches_get_epoch (const EklBatches  *self);
gboolean        ekl_batches_has_next  (const EklBatches  *self);
const EklBatch *ekl_batches_next      (EklBatches        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklBatches, ekl_batches_free)

G_END_DECLS

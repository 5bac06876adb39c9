/* dataset.h - inputs and outputs, split and standardised: what a run learns from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "batch.h"
#include "data_options.h"
#include "dataset_summary.h"
#include "predictions.h"
#include "table.h"

G_BEGIN_DECLS

/* Immutable, atomically reference-counted: shared by the engine's thread and the window. */
typedef struct _EklDataset EklDataset;

/* What a dataset is made of where its split and scaling are there already. */
typedef struct {
  char *name;
  EklTask task;          /* not AUTO */
  EklBatch training;     /* arrays of ekl_memory_new() */
  EklBatch validation;   /* likewise; n_data may be 0 */
  EklUnit *input_units;  /* (n_inputs), names too */
  EklUnit *output_units; /* (n_outputs) likewise */
  EklDatasetSummary *summary;
  guint picture_width, picture_height; /* the inputs are pixels, row by row; 0: they are not */
} EklDatasetParts;

EklDataset     *ekl_dataset_new_take        (EklDatasetParts      *parts);
void            ekl_dataset_parts_clear     (EklDatasetParts      *parts);
EklDataset     *ekl_dataset_new             (EklTable             *table,
                                             const EklDataOptions *options,
                                             GError              **error);
EklDataset     *ekl_dataset_new_with_remark (EklTable             *table,
                                             const EklDataOptions *options,
                                             const char           *column,
                                             const char           *remark,
                                             GError              **error);
EklDataset     *ekl_dataset_ref             (EklDataset           *self);
void            ekl_dataset_unref           (EklDataset           *self);

const char     *ekl_dataset_get_name        (const EklDataset     *self);
const char     *ekl_dataset_get_class_name  (const EklDataset     *self,
                                             guint                 class_index);
EklTask         ekl_dataset_get_task        (const EklDataset     *self);
guint           ekl_dataset_get_n_rows      (const EklDataset     *self);
guint           ekl_dataset_get_n_inputs    (const EklDataset     *self);
guint           ekl_dataset_get_n_outputs   (const EklDataset     *self);
const EklBatch *ekl_dataset_get_training    (const EklDataset     *self);
const EklBatch *ekl_dataset_get_validation  (const EklDataset     *self);
const EklUnit  *ekl_dataset_get_input_units (const EklDataset     *self);
const EklUnit  *ekl_dataset_get_output_units (const EklDataset    *self);
const EklDatasetSummary *ekl_dataset_get_summary (const EklDataset *self);
char           *ekl_dataset_describe        (const EklDataset     *self);
gboolean        ekl_dataset_get_picture_size (const EklDataset    *self,
                                             guint                *width,
                                             guint                *height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklDataset, ekl_dataset_unref)

G_END_DECLS

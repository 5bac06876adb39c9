/* dataset.h - inputs and outputs, split and standardised: what a run learns from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "table.h"
#include "batch.h"
#include "predictions.h"

G_BEGIN_DECLS

typedef enum {
  EKL_TASK_AUTO,
  EKL_TASK_REGRESSION,
  EKL_TASK_CLASSIFICATION,
} EklTask;

typedef enum {
  EKL_STANDARDIZE_ALL,
  EKL_STANDARDIZE_INPUTS,
  EKL_STANDARDIZE_NONE,
} EklStandardize;

typedef struct {
  const char *target;     /* names or 1-based numbers, comma-separated; NULL or "" = the last column */
  const char *ignore;     /* likewise; NULL or "" = none */
  EklTask task;
  double train_fraction;  /* in (0, 1]; 1 = no validation rows */
  guint64 split_seed;
  EklStandardize standardize;
} EklDataOptions;

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
} EklDatasetParts;

EklDataset     *ekl_dataset_new_take        (EklDatasetParts      *parts);
void            ekl_dataset_parts_clear     (EklDatasetParts      *parts);
EklDataset     *ekl_dataset_new             (EklTable             *table,
                                             const EklDataOptions *options,
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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklDataset, ekl_dataset_unref)

G_END_DECLS

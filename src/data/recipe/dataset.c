/* dataset.c - inputs and outputs, split and standardised: what a run learns from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dataset.h"

#include "column_encoder.h"
#include "memory.h"

#include <stdatomic.h>

struct _EklDataset {
  atomic_int n_references;
  char *name;
  EklTask task;
  guint n_rows;
  guint n_inputs;
  guint n_outputs;
  EklBatch training; /* their arrays are owned */
  EklBatch validation;
  EklUnit *input_units;  /* (n_inputs), names owned */
  EklUnit *output_units; /* (n_outputs), names owned */
  EklDatasetSummary *summary;
  guint picture_width, picture_height; /* 0: no pictures */
};

static EklDatasetSummary *
make_summary (const EklDataset *self)
{
  EklDatasetSummary *summary = ekl_dataset_summary_new ();

  summary->n_source_rows = self->n_rows;
  summary->n_training = self->training.n_data;
  summary->n_validation = self->validation.n_data;
  summary->n_features = summary->n_inputs = self->n_inputs;
  summary->n_classes = self->task == EKL_TASK_CLASSIFICATION ? self->n_outputs : 0;
  return summary;
}

/**
 * ekl_dataset_new_take:
 * @parts: arrays, units, name and, where there is one, a summary; all of them are taken, and @parts is empty afterwards
 *
 * A dataset of arrays that were split and scaled elsewhere. Both batches have the same numbers of
 * inputs and outputs; outputs of classes are one-hot.
 *
 * Returns: (transfer full): a dataset
 */
EklDataset *
ekl_dataset_new_take (EklDatasetParts *parts)
{
  EklDataset *self = g_new0 (EklDataset, 1);

  atomic_init (&self->n_references, 1);
  self->name = parts->name;
  self->task = parts->task;
  self->n_rows = parts->training.n_data + parts->validation.n_data;
  self->n_inputs = parts->training.n_inputs;
  self->n_outputs = parts->training.n_outputs;
  self->training = parts->training;
  self->validation = parts->validation;
  self->input_units = parts->input_units;
  self->output_units = parts->output_units;
  self->summary = parts->summary != NULL ? parts->summary : make_summary (self);
  self->picture_width = parts->picture_width;
  self->picture_height = parts->picture_height;
  *parts = (EklDatasetParts){ 0 };
  return self;
}

/**
 * ekl_dataset_ref:
 * @self: a dataset
 *
 * Returns: (transfer full): @self, with one more owner; from any thread
 */
EklDataset *
ekl_dataset_ref (EklDataset *self)
{
  atomic_fetch_add (&self->n_references, 1);
  return self;
}

static void
free_batch (EklBatch *batch)
{
  ekl_memory_free ((real *) batch->x);
  ekl_memory_free ((real *) batch->y);
}

/**
 * ekl_dataset_parts_clear:
 * @parts: parts that may be there or not; sizes have to be set where units are
 *
 * Frees what was not taken.
 */
void
ekl_dataset_parts_clear (EklDatasetParts *parts)
{
  ekl_units_free (parts->input_units, parts->training.n_inputs);
  ekl_units_free (parts->output_units, parts->training.n_outputs);
  free_batch (&parts->training);
  free_batch (&parts->validation);
  g_clear_pointer (&parts->summary, ekl_dataset_summary_free);
  g_free (parts->name);
  *parts = (EklDatasetParts){ 0 };
}

/**
 * ekl_dataset_unref:
 * @self: a dataset
 *
 * Gives up one ownership; the last one frees the dataset. From any thread.
 */
void
ekl_dataset_unref (EklDataset *self)
{
  if (atomic_fetch_sub (&self->n_references, 1) > 1)
    return;
  ekl_units_free (self->input_units, self->n_inputs);
  ekl_units_free (self->output_units, self->n_outputs);
  free_batch (&self->training);
  free_batch (&self->validation);
  ekl_dataset_summary_free (self->summary);
  g_free (self->name);
  g_free (self);
}

/**
 * ekl_dataset_get_name:
 * @self: a dataset
 *
 * Returns: what the data are called: the file's name without its folder, or an example's title
 */
const char *
ekl_dataset_get_name (const EklDataset *self)
{
  return self->name;
}

/**
 * ekl_dataset_get_class_name:
 * @self: a dataset
 * @class_index: an output, counted from 0
 *
 * Returns: (nullable): the class that this output stands for, as in the data; NULL in regression
 */
const char *
ekl_dataset_get_class_name (const EklDataset *self, guint class_index)
{
  if (self->task != EKL_TASK_CLASSIFICATION || class_index >= self->n_outputs)
    return NULL;
  return self->output_units[class_index].name;
}

/**
 * ekl_dataset_get_task:
 * @self: a dataset
 *
 * Returns: %EKL_TASK_REGRESSION or %EKL_TASK_CLASSIFICATION, never %EKL_TASK_AUTO
 */
EklTask
ekl_dataset_get_task (const EklDataset *self)
{
  return self->task;
}

/**
 * ekl_dataset_get_n_rows:
 * @self: a dataset
 *
 * Returns: the number of rows, training and validation together
 */
guint
ekl_dataset_get_n_rows (const EklDataset *self)
{
  return self->n_rows;
}

/**
 * ekl_dataset_get_n_inputs:
 * @self: a dataset
 *
 * Returns: n, the number of inputs of a datum
 */
guint
ekl_dataset_get_n_inputs (const EklDataset *self)
{
  return self->n_inputs;
}

/**
 * ekl_dataset_get_n_outputs:
 * @self: a dataset
 *
 * Returns: m, the number of outputs of a datum; in classification the number of classes
 */
guint
ekl_dataset_get_n_outputs (const EklDataset *self)
{
  return self->n_outputs;
}

/**
 * ekl_dataset_get_training:
 * @self: a dataset
 *
 * Returns: the training rows, x (n_inputs, n_data) and y (n_outputs, n_data), standardised; never
 * empty
 */
const EklBatch *
ekl_dataset_get_training (const EklDataset *self)
{
  return &self->training;
}

/**
 * ekl_dataset_get_validation:
 * @self: a dataset
 *
 * Returns: (nullable): the validation rows, in the training rows' units; NULL without
 */
const EklBatch *
ekl_dataset_get_validation (const EklDataset *self)
{
  return self->validation.n_data > 0 ? &self->validation : NULL;
}

/**
 * ekl_dataset_get_input_units:
 * @self: a dataset
 *
 * Returns: (array): name and standardisation of each input, (n_inputs)
 */
const EklUnit *
ekl_dataset_get_input_units (const EklDataset *self)
{
  return self->input_units;
}

/**
 * ekl_dataset_get_output_units:
 * @self: a dataset
 *
 * Returns: (array): name and standardisation of each output, (n_outputs); in classification the
 * names are the classes
 */
const EklUnit *
ekl_dataset_get_output_units (const EklDataset *self)
{
  return self->output_units;
}

/**
 * ekl_dataset_get_summary:
 * @self: a dataset
 *
 * Returns: what became of the data, in numbers and in sentences
 */
const EklDatasetSummary *
ekl_dataset_get_summary (const EklDataset *self)
{
  return self->summary;
}

/**
 * ekl_dataset_get_picture_size:
 * @self: a dataset
 * @width: (out): in pixels; 0 where the inputs are no picture
 * @height: (out): likewise
 *
 * The inputs of a dataset of pictures are the pixels, row by row from the top left; in the user's
 * units from 0, black, to 1, white.
 *
 * Returns: whether the inputs are the pixels of a picture
 */
gboolean
ekl_dataset_get_picture_size (const EklDataset *self, guint *width, guint *height)
{
  *width = self->picture_width;
  *height = self->picture_height;
  return self->picture_width > 0 && self->picture_height > 0;
}

/* dataset.c - inputs and outputs, split and standardised: what a run learns from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dataset.h"

#include "cell.h"
#include "class_labels.h"
#include "column_roles.h"
#include "memory.h"
#include "row_split.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

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
};

/* What is known while a dataset is being made. */
typedef struct {
  const EklTable *table;
  const EklDataOptions *options;
  EklColumnRoles roles;
  guint *rows; /* (n_rows) training rows of the table first, then validation rows */
  guint n_training;
  EklClassLabels labels; /* without classes in regression */
} Making;

static gboolean
check_options (const Making *making, GError **error)
{
  double fraction = making->options->train_fraction;

  if (!(fraction > 0 && fraction <= 1)) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_SPLIT,
                 "train-fraction must be more than 0 and at most 1, not %g", fraction);
    return FALSE;
  }
  if (ekl_table_get_n_rows (making->table) == 0) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_EMPTY, "%s: there are no rows of data",
                 ekl_table_get_name (making->table));
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_column (const EklTable *table, guint column, GError **error)
{
  const char *problem = ekl_table_get_column_problem (table, column);
  const double *values = ekl_table_get_column (table, column);

  if (problem != NULL) {
    g_set_error_literal (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT, problem);
    return FALSE;
  }
  for (guint r = 0; r < ekl_table_get_n_rows (table); r++) {
    if (isfinite (values[r]))
      continue;
    g_autofree char *shown = ekl_cell_shorten (ekl_table_get_column_name (table, column));
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
                 "%s, row %u of the data, column %u (%s): the value is not a finite number",
                 ekl_table_get_name (table), r + 1, column + 1, shown);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_columns (const Making *making, GError **error)
{
  for (guint i = 0; i < making->roles.n_inputs; i++)
    if (!check_column (making->table, making->roles.inputs[i], error))
      return FALSE;
  for (guint i = 0; i < making->roles.n_targets; i++)
    if (!check_column (making->table, making->roles.targets[i], error))
      return FALSE;
  return TRUE;
}

/* Population standard deviation in two passes, over the training rows only. */
static void
fit_unit (EklUnit *unit, const double *values, const guint *rows, guint n)
{
  double low = values[rows[0]], high = low, range, sum = 0;

  for (guint i = 0; i < n; i++) {
    low = MIN (low, values[rows[i]]);
    high = MAX (high, values[rows[i]]);
    unit->mean += (values[rows[i]] - unit->mean) / (i + 1);
  }
  /* Compared, not computed: the mean of equal values may differ from them in the last bit. */
  if (low == high) {
    unit->mean = low;
    return;
  }
  /* In units of the range nothing overflows, however large the values are. */
  range = high - low;
  for (guint i = 0; i < n; i++)
    sum += pow ((values[rows[i]] - unit->mean) / range, 2);
  unit->scale = range * sqrt (sum / n);
}

static EklUnit *
make_units (const Making *making, const guint *columns, guint n, gboolean standardize)
{
  EklUnit *units = g_new0 (EklUnit, n);

  for (guint i = 0; i < n; i++) {
    units[i].name = g_strdup (ekl_table_get_column_name (making->table, columns[i]));
    units[i].scale = 1;
    if (standardize)
      fit_unit (&units[i], ekl_table_get_column (making->table, columns[i]), making->rows,
                making->n_training);
  }
  return units;
}

static EklUnit *
make_class_units (const Making *making)
{
  EklUnit *units = g_new0 (EklUnit, making->labels.n_classes);

  for (guint k = 0; k < making->labels.n_classes; k++) {
    units[k].name = g_strdup_printf ("%.0f", making->labels.value[k]);
    units[k].scale = 1;
  }
  return units;
}

/* columns of the table, in the units given, to out (n_columns, n) */
static gboolean
fill_columns (const Making *making,
              const guint *columns,
              guint n_columns,
              const EklUnit *units,
              const guint *rows,
              guint n,
              real *out,
              GError **error)
{
  for (guint c = 0; c < n_columns; c++) {
    const double *values = ekl_table_get_column (making->table, columns[c]);
    for (guint i = 0; i < n; i++) {
      real value = (real) ((values[rows[i]] - units[c].mean) / units[c].scale);
      out[(gsize) c * n + i] = value;
      if (isfinite (value))
        continue;
      g_autofree char *shown = ekl_cell_shorten (units[c].name);
      g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
                   "%s, column %u (%s): %g is too large to compute with; use other units",
                   ekl_table_get_name (making->table), columns[c] + 1, shown, values[rows[i]]);
      return FALSE;
    }
  }
  return TRUE;
}

static void
fill_one_hot (const Making *making, const guint *rows, guint n, real *out)
{
  const double *values = ekl_table_get_column (making->table, making->roles.targets[0]);

  memset (out, 0, (gsize) making->labels.n_classes * n * sizeof (real));
  for (guint i = 0; i < n; i++)
    out[(gsize) ekl_class_labels_find (&making->labels, values[rows[i]]) * n + i] = 1;
}

/* Whether the classes stand in several columns, one a class, instead of one column of labels. */
static gboolean
has_class_columns (const Making *making)
{
  return making->roles.n_targets > 1;
}

static gboolean
fill_batch (EklDataset *self,
            const Making *making,
            EklBatch *batch,
            const guint *rows,
            guint n,
            GError **error)
{
  real *x, *y;

  batch->n_inputs = self->n_inputs;
  batch->n_outputs = self->n_outputs;
  batch->n_data = n;
  if (n == 0)
    return TRUE;
  batch->x = x = ekl_memory_new ((gsize) n * self->n_inputs, sizeof (real), "the data", error);
  if (x == NULL)
    return FALSE;
  batch->y = y = ekl_memory_new ((gsize) n * self->n_outputs, sizeof (real), "the data", error);
  if (y == NULL)
    return FALSE;
  if (self->task == EKL_TASK_CLASSIFICATION && !has_class_columns (making))
    fill_one_hot (making, rows, n, y);
  else if (!fill_columns (making, making->roles.targets, self->n_outputs, self->output_units, rows,
                          n, y, error))
    return FALSE;
  return fill_columns (making, making->roles.inputs, self->n_inputs, self->input_units, rows, n, x,
                       error);
}

/* Each row of the class columns says with what probability the datum is of each class; mostly 1 and zeros. */
static gboolean
check_class_columns (const Making *making, GError **error)
{
  const EklColumnRoles *roles = &making->roles;
  guint n_rows = ekl_table_get_n_rows (making->table);

  for (guint r = 0; r < n_rows; r++) {
    double sum = 0, least = 0;

    for (guint c = 0; c < roles->n_targets; c++) {
      double value = ekl_table_get_column (making->table, roles->targets[c])[r];

      sum += value;
      least = MIN (least, value);
    }
    if (least >= 0 && fabs (sum - 1) <= 1e-6)
      continue;
    g_set_error (
      error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
      "%s, data row %u: the %u target columns must be classes, 0 or more and adding up to "
      "1 in every row; use one column of labels, or choose regression",
      ekl_table_get_name (making->table), r + 1, roles->n_targets);
    return FALSE;
  }
  return TRUE;
}

static gboolean
find_classes (Making *making, GError **error)
{
  if (has_class_columns (making))
    return check_class_columns (making, error);
  return ekl_class_labels_init (&making->labels, making->table, making->roles.targets[0], error);
}

static void
make_all_units (EklDataset *self, const Making *making)
{
  EklStandardize standardize = making->options->standardize;
  const EklColumnRoles *roles = &making->roles;

  self->n_inputs = roles->n_inputs;
  self->input_units =
    make_units (making, roles->inputs, roles->n_inputs, standardize != EKL_STANDARDIZE_NONE);
  if (self->task == EKL_TASK_CLASSIFICATION && !has_class_columns (making)) {
    self->n_outputs = making->labels.n_classes;
    self->output_units = make_class_units (making);
  } else {
    self->n_outputs = roles->n_targets;
    self->output_units =
      make_units (making, roles->targets, roles->n_targets,
                  standardize == EKL_STANDARDIZE_ALL && self->task == EKL_TASK_REGRESSION);
  }
}

static gboolean
make (EklDataset *self, Making *making, GError **error)
{
  const EklDataOptions *options = making->options;

  if (!check_options (making, error) ||
      !ekl_column_roles_init (&making->roles, making->table, options->target, options->ignore,
                              error) ||
      !check_columns (making, error))
    return FALSE;
  self->task =
    options->task == EKL_TASK_CLASSIFICATION ? EKL_TASK_CLASSIFICATION : EKL_TASK_REGRESSION;
  if (self->task == EKL_TASK_CLASSIFICATION && !find_classes (making, error))
    return FALSE;
  making->rows = ekl_row_split_new (&(EklRows){ .n_rows = self->n_rows }, options->train_fraction,
                                    options->split_seed, &making->n_training);
  make_all_units (self, making);
  return fill_batch (self, making, &self->training, making->rows, making->n_training, error) &&
         fill_batch (self, making, &self->validation, making->rows + making->n_training,
                     self->n_rows - making->n_training, error);
}

/**
 * ekl_dataset_new:
 * @table: a table
 * @options: roles of the columns, split and standardisation
 * @error: return location for an error
 *
 * Makes the arrays that a run learns from. Target and ignored columns are found as
 * ekl_column_roles_init() says; every column that is used has to be free of problems.
 *
 * Task: %EKL_TASK_AUTO is regression. Classification has to be asked for; it needs one target
 * column with at most 100 different whole numbers, which become a one-hot output each, in ascending
 * order, or several target columns, one a class, that add up to 1 in every row.
 *
 * Split: as ekl_row_split_new() says.
 *
 * Standardisation: (value - mean) / scale with mean and standard deviation (divisor N) of the
 * training rows; the scale of a column that is constant there is 1. One-hot outputs are left as
 * they are.
 *
 * Errors: %EKL_DATA_ERROR with a sentence; %EKL_NUMERICS_ERROR_NO_MEMORY.
 *
 * Returns: (transfer full): a dataset, or NULL
 */
EklDataset *
ekl_dataset_new (EklTable *table, const EklDataOptions *options, GError **error)
{
  EklDataset *self = g_new0 (EklDataset, 1);
  Making making = { .table = table, .options = options };

  atomic_init (&self->n_references, 1);
  self->name = g_strdup (ekl_table_get_name (table));
  self->n_rows = ekl_table_get_n_rows (table);
  if (!make (self, &making, error))
    g_clear_pointer (&self, ekl_dataset_unref);
  ekl_column_roles_clear (&making.roles);
  g_free (making.rows);
  return self;
}

/**
 * ekl_dataset_new_take:
 * @parts: arrays, units and name; all of them are taken, and @parts is empty afterwards
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
free_units (EklUnit *units, guint n)
{
  for (guint i = 0; units != NULL && i < n; i++)
    g_free ((char *) units[i].name);
  g_free (units);
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
  free_units (parts->input_units, parts->training.n_inputs);
  free_units (parts->output_units, parts->training.n_outputs);
  free_batch (&parts->training);
  free_batch (&parts->validation);
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
  free_units (self->input_units, self->n_inputs);
  free_units (self->output_units, self->n_outputs);
  free_batch (&self->training);
  free_batch (&self->validation);
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

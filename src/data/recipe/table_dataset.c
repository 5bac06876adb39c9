/* table_dataset.c - a table to a dataset
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "table_recipe.h"

#include "cell.h"
#include "memory.h"

#include <math.h>
#include <string.h>

static gboolean
check_options (const EklTable *table, const EklDataOptions *options, GError **error)
{
  double fraction = options->train_fraction;

  if (!(fraction > 0 && fraction <= 1)) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_SPLIT,
                 "train-fraction must be more than 0 and at most 1, not %g", fraction);
    return FALSE;
  }
  if (ekl_table_get_n_rows (table) == 0) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_EMPTY, "%s: there are no rows of data",
                 ekl_table_get_name (table));
    return FALSE;
  }
  return TRUE;
}

/* ---- task and classes ---- */

static gboolean
is_text (const EklTableRecipe *self, guint target)
{
  return ekl_table_get_column_type (self->table, self->roles.targets[target]) ==
         EKL_COLUMN_CATEGORY;
}

/* One text is a target by itself; of several columns each has to be numbers. */
static gboolean
check_target_types (const EklTableRecipe *self, GError **error)
{
  const EklColumnRoles *roles = &self->roles;

  for (guint i = 0; i < roles->n_targets; i++) {
    const char *name = ekl_table_get_column_name (self->table, roles->targets[i]);
    g_autofree char *shown = ekl_cell_shorten (name);

    if (!is_text (self, i))
      continue;
    if (roles->n_targets > 1) {
      g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN,
                   "%s: of %u targets, column %u (%s) is text; several targets have to be numbers: "
                   "choose this one alone, or leave it out",
                   ekl_table_get_name (self->table), roles->n_targets, roles->targets[i] + 1,
                   shown);
      return FALSE;
    }
    if (self->options->task == EKL_TASK_REGRESSION) {
      g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN,
                   "%s: column %u (%s) is text, which regression cannot predict; set task to "
                   "classification, or choose another target",
                   ekl_table_get_name (self->table), roles->targets[i] + 1, shown);
      return FALSE;
    }
  }
  return TRUE;
}

static EklTask
find_task (const EklTableRecipe *self)
{
  const guint target = self->roles.targets[0];

  if (self->options->task != EKL_TASK_AUTO)
    return self->options->task;
  if (self->roles.n_targets > 1)
    return EKL_TASK_REGRESSION;
  return is_text (self, 0) ||
             ekl_class_labels_guess (self->table, target, self->usable.rows, self->usable.n_rows)
           ? EKL_TASK_CLASSIFICATION
           : EKL_TASK_REGRESSION;
}

gboolean
ekl_table_recipe_has_class_columns (const EklTableRecipe *self)
{
  return self->task == EKL_TASK_CLASSIFICATION && self->roles.n_targets > 1;
}

/* Each row of the class columns says with what probability the datum is of each class; mostly 1 and zeros. */
static gboolean
check_class_row (const EklTableRecipe *self, guint row, guint *most_likely, GError **error)
{
  const EklColumnRoles *roles = &self->roles;
  double sum = 0, least = 0, most = -1;

  for (guint c = 0; c < roles->n_targets; c++) {
    double value = ekl_table_get_column (self->table, roles->targets[c])[row];

    sum += value;
    least = MIN (least, value);
    if (value > most) {
      most = value;
      *most_likely = c;
    }
  }
  if (least >= 0 && fabs (sum - 1) <= 1e-6)
    return TRUE;
  g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
               "%s, data row %u: the %u target columns must be classes, 0 or more and adding up to "
               "1 in every row; use one column of labels, or choose regression",
               ekl_table_get_name (self->table), row + 1, roles->n_targets);
  return FALSE;
}

/* The classes of the usable rows, so that rows are drawn by them. */
static gboolean
read_class_columns (EklTableRecipe *self, GError **error)
{
  self->labels.class = g_new0 (guint, self->usable.n_rows);
  for (guint i = 0; i < self->usable.n_rows; i++)
    if (!check_class_row (self, self->usable.rows[i], &self->labels.class[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
find_classes (EklTableRecipe *self, GError **error)
{
  if (!check_target_types (self, error))
    return FALSE;
  self->task = find_task (self);
  if (self->task == EKL_TASK_REGRESSION)
    return TRUE;
  if (ekl_table_recipe_has_class_columns (self))
    return read_class_columns (self, error);
  return ekl_class_labels_init (&self->labels, self->table, self->roles.targets[0],
                                self->usable.rows, self->usable.n_rows, error);
}

static guint
count_classes (const EklTableRecipe *self)
{
  return ekl_table_recipe_has_class_columns (self) ? self->roles.n_targets : self->labels.n_classes;
}

/* ---- rows ---- */

/* Every index into the usable rows becomes the one after it in @index. */
static void
draw_sample (EklTableRecipe *self)
{
  const guint wanted = self->options->sample;
  const EklRows rows = { self->usable.n_rows, count_classes (self), self->labels.class };
  g_autofree guint *drawn = NULL;

  self->n_sample = self->usable.n_rows;
  if (wanted == 0 || wanted >= self->usable.n_rows)
    return;
  self->n_sample = wanted;
  drawn = ekl_row_sample_new (&rows, wanted, self->options->split_seed);
  for (guint i = 0; i < wanted; i++) {
    self->usable.rows[i] = self->usable.rows[drawn[i]];
    if (self->labels.class != NULL)
      self->labels.class[i] = self->labels.class[drawn[i]];
  }
}

/* From here on, rows are training rows first, and classes go with them. */
static void
split_rows (EklTableRecipe *self)
{
  const EklRows rows = { self->n_sample, count_classes (self), self->labels.class };
  g_autofree guint *classes = g_steal_pointer (&self->labels.class);

  self->rows = ekl_row_split_new (&rows, self->options->train_fraction, self->options->split_seed,
                                  &self->n_training);
  if (classes != NULL)
    self->labels.class = g_new (guint, self->n_sample);
  for (guint i = 0; i < self->n_sample; i++) {
    if (classes != NULL)
      self->labels.class[i] = classes[self->rows[i]];
    self->rows[i] = self->usable.rows[self->rows[i]];
  }
}

/* ---- numbers ---- */

static void
fit_encoders (EklTableRecipe *self)
{
  const EklStandardize standardize = self->options->standardize;
  const EklColumnRoles *roles = &self->roles;

  self->inputs.cancellable = self->targets.cancellable = self->options->cancellable;
  ekl_column_encoder_init (&self->inputs, self->table, roles->inputs, roles->n_inputs,
                           self->options->missing, standardize != EKL_STANDARDIZE_NONE, self->rows,
                           self->n_training);
  if (self->labels.n_classes == 0)
    ekl_column_encoder_init (
      &self->targets, self->table, roles->targets, roles->n_targets, EKL_MISSING_DROP,
      standardize == EKL_STANDARDIZE_ALL && self->task == EKL_TASK_REGRESSION, self->rows,
      self->n_training);
}

static EklUnit *
make_class_units (EklClassLabels *labels)
{
  EklUnit *units = g_new0 (EklUnit, labels->n_classes);

  for (guint k = 0; k < labels->n_classes; k++) {
    units[k].name = g_strdup (labels->name[k]);
    units[k].scale = 1;
  }
  return units;
}

static gboolean
fill_batch (EklTableRecipe *self, EklBatch *batch, guint from, guint n, GError **error)
{
  const guint *rows = self->rows + from;
  real *x, *y;

  batch->n_inputs = self->inputs.n_outputs;
  batch->n_outputs = self->labels.n_classes > 0 ? self->labels.n_classes : self->targets.n_outputs;
  batch->n_data = n;
  if (n == 0)
    return TRUE;
  batch->x = x = ekl_memory_new ((gsize) n * batch->n_inputs, sizeof (real), "the data", error);
  if (x == NULL)
    return FALSE;
  batch->y = y = ekl_memory_new ((gsize) n * batch->n_outputs, sizeof (real), "the data", error);
  if (y == NULL)
    return FALSE;
  if (self->labels.n_classes == 0)
    return ekl_column_encoder_run (&self->targets, rows, n, y, error) &&
           ekl_column_encoder_run (&self->inputs, rows, n, x, error);
  memset (y, 0, (gsize) n * batch->n_outputs * sizeof (real));
  for (guint i = 0; i < n; i++)
    y[(gsize) self->labels.class[from + i] * n + i] = 1;
  return ekl_column_encoder_run (&self->inputs, rows, n, x, error);
}

/* The units are taken from the encoders last: their errors name columns. */
static gboolean
fill_parts (EklTableRecipe *self, EklDatasetParts *parts, GError **error)
{
  const gboolean done = fill_batch (self, &parts->training, 0, self->n_training, error) &&
                        fill_batch (self, &parts->validation, self->n_training,
                                    self->n_sample - self->n_training, error);

  if (!done)
    return FALSE;
  parts->summary = ekl_dataset_summary_new ();
  ekl_table_recipe_write_summary (self, parts->summary);
  parts->input_units = g_steal_pointer (&self->inputs.unit);
  parts->output_units = self->labels.n_classes > 0 ? make_class_units (&self->labels)
                                                   : g_steal_pointer (&self->targets.unit);
  parts->name = g_strdup (ekl_table_get_name (self->table));
  parts->task = self->task;
  return TRUE;
}

static gboolean
make (EklTableRecipe *self, EklTable *table, EklDatasetParts *parts, GError **error)
{
  if (!check_options (table, self->options, error) ||
      !ekl_column_roles_init (&self->roles, table, self->options, error))
    return FALSE;
  self->table = self->roles.table;
  if (!ekl_usable_rows_init (&self->usable, &self->roles, self->options->missing,
                             self->options->cancellable, error) ||
      !find_classes (self, error))
    return FALSE;
  draw_sample (self);
  split_rows (self);
  fit_encoders (self);
  return !g_cancellable_set_error_if_cancelled (self->options->cancellable, error) &&
         fill_parts (self, parts, error);
}

/**
 * ekl_dataset_new:
 * @table: a table
 * @options: what is made of it
 * @error: return location for an error
 *
 * Makes the arrays that a run learns from, in this order:
 *
 * Columns get their roles and types as ekl_column_roles_init() says.
 *
 * Rows without a value in a target, or where missing is drop in any input, are left out; bad cells
 * count as missing. With mean or mode, inputs are filled in from the training rows.
 *
 * Task: by itself, classification is what is done where the only target is text, or whole numbers
 * that ekl_class_labels_guess() takes for classes; all else is regression. Asked for, any column with 2
 * to 100 different whole numbers or texts is classes, an output each, in ascending order; or several
 * columns of numbers, one a class, that add up to 1 in every row. Several targets cannot be texts.
 *
 * A sample of the rows is drawn, then the training rows, as ekl_row_sample_new() and
 * ekl_row_split_new() say; classes keep their shares.
 *
 * Inputs and the targets of regression are encoded and standardised as ekl_column_encoder_init()
 * says, by the training rows: (value - mean) / scale with mean and standard deviation (divisor N).
 *
 * Errors: %EKL_DATA_ERROR with a sentence; %EKL_NUMERICS_ERROR_NO_MEMORY; %G_IO_ERROR_CANCELLED, well
 * within a tenth of a second where the table is one of a million rows.
 *
 * Returns: (transfer full): a dataset, or NULL
 */
EklDataset *
ekl_dataset_new (EklTable *table, const EklDataOptions *options, GError **error)
{
  return ekl_dataset_new_with_remark (table, options, NULL, NULL, error);
}

/**
 * ekl_dataset_new_with_remark:
 * @table: a table
 * @options: what is made of it
 * @column: (nullable): a column's name
 * @remark: (nullable): a sentence on it
 * @error: return location for an error
 *
 * As ekl_dataset_new(); where the column is used, the remark is the first of the notes.
 *
 * Returns: (transfer full): a dataset, or NULL
 */
EklDataset *
ekl_dataset_new_with_remark (EklTable *table,
                             const EklDataOptions *options,
                             const char *column,
                             const char *remark,
                             GError **error)
{
  EklTableRecipe recipe = { .options = options, .remarked_column = column, .remark = remark };
  EklDatasetParts parts = { 0 };
  EklDataset *dataset = NULL;

  if (make (&recipe, table, &parts, error))
    dataset = ekl_dataset_new_take (&parts);
  ekl_dataset_parts_clear (&parts);
  ekl_column_encoder_clear (&recipe.inputs);
  ekl_column_encoder_clear (&recipe.targets);
  ekl_class_labels_clear (&recipe.labels);
  ekl_usable_rows_clear (&recipe.usable);
  ekl_column_roles_clear (&recipe.roles);
  g_free (recipe.rows);
  return dataset;
}

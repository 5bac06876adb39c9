/* column_encoder.c - columns of a table as rows of numbers: filled in, one-hot, standardised
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything that is learned from the data, a mean, a scale, what stands for a missing cell, is
 * learned from the training rows alone.
 *
 * A category becomes as many outputs as the column has categories, two as well: none of them is the
 * one that the others are measured against, so the prior treats them alike, and a category that no
 * training row has is simply none of them. They are centred but not scaled: together they vary by
 * 1 - sum p_k^2 < 1, as one standardised number does, where a rare category scaled to variance 1
 * would be an input far outside of what the network was drawn for.
 */
#include "column_encoder.h"

#include "cell.h"
#include "usable_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what stands for a missing cell ---- */

#define SORTED_AT_ONCE 65536

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static void
merge (const double *values, guint first, guint middle, guint end, double *out)
{
  guint left = first, right = middle;

  for (guint i = first; i < end; i++)
    out[i] = left < middle && (right == end || values[left] <= values[right]) ? values[left++]
                                                                              : values[right++];
}

/* In blocks that are merged, so that it can be called off within milliseconds; then in no order. */
static void
sort (double *values, guint n, GCancellable *cancellable)
{
  g_autofree double *other = g_new (double, n);
  gsize width = SORTED_AT_ONCE;

  for (gsize i = 0; i < n && !g_cancellable_is_cancelled (cancellable); i += width)
    qsort (values + i, MIN (width, n - i), sizeof *values, compare_numbers);
  for (; width < n && !g_cancellable_is_cancelled (cancellable); width *= 2) {
    for (gsize i = 0; i < n; i += 2 * width)
      merge (values, i, MIN (i + width, n), MIN (i + 2 * width, n), other);
    memcpy (values, other, n * sizeof *values);
  }
}

/* The most frequent, and of equals the smallest; the values are sorted. */
static double
find_mode (double *values, guint n, GCancellable *cancellable)
{
  double mode = 0;
  guint most = 0;

  sort (values, n, cancellable);
  for (guint i = 0, first = 0; i < n; i++) {
    if (values[i] != values[first])
      first = i;
    if (i - first + 1 > most) {
      most = i - first + 1;
      mode = values[i];
    }
  }
  return mode;
}

/* Between the values, whatever rounding says: a constant column stays constant when it is filled in. */
static double
find_mean (const double *values, guint n)
{
  double low = INFINITY, high = -INFINITY, mean = 0;

  for (guint i = 0; i < n; i++) {
    low = MIN (low, values[i]);
    high = MAX (high, values[i]);
    mean += values[i] / n;
  }
  return n > 0 ? CLAMP (mean, low, high) : 0;
}

/* 0 where no training row has a value. */
static void
find_number_fill (EklEncodedColumn *self,
                  const EklTable *table,
                  EklMissing missing,
                  const guint *training,
                  guint n_training,
                  GCancellable *cancellable)
{
  const double *values = ekl_table_get_column (table, self->column);
  g_autofree double *there = NULL;
  guint n = 0;

  if (missing == EKL_MISSING_DROP)
    return;
  there = g_new (double, n_training);
  for (guint i = 0; i < n_training; i++)
    if (isfinite (values[training[i]]))
      there[n++] = values[training[i]];
  self->fill =
    missing == EKL_MISSING_MODE ? find_mode (there, n, cancellable) : find_mean (there, n);
}

/* The most frequent, and of equals the first; none where no training row has one. */
static void
find_category_fill (EklEncodedColumn *self, const guint *count)
{
  guint most = 0;

  self->fill_code = EKL_CATEGORY_MISSING;
  for (guint k = 0; k < self->n; k++)
    if (count[k] > most) {
      most = count[k];
      self->fill_code = k;
    }
}

/* ---- units ---- */

/* Mean and population standard deviation, in two passes. */
static void
fit_unit (EklUnit *unit, const double *values, guint n)
{
  double low = values[0], high = low, range, sum = 0;

  for (guint i = 0; i < n; i++) {
    low = MIN (low, values[i]);
    high = MAX (high, values[i]);
    unit->mean += (values[i] - unit->mean) / (i + 1);
  }
  /* Compared, not computed: the mean of equal values may differ from them in the last bit. */
  if (low == high) {
    unit->mean = low;
    return;
  }
  /* In units of the range nothing overflows, however large the values are. */
  range = high - low;
  for (guint i = 0; i < n; i++)
    sum += pow ((values[i] - unit->mean) / range, 2);
  unit->scale = range * sqrt (sum / n);
}

static void
init_number (EklColumnEncoder *self,
             EklEncodedColumn *column,
             gboolean standardize,
             const guint *training,
             guint n_training)
{
  const double *values = ekl_table_get_column (self->table, column->column);
  g_autofree double *filled = g_new (double, n_training);
  EklUnit *unit = &self->unit[column->first];

  column->is_constant = TRUE;
  for (guint i = 0; i < n_training; i++) {
    const double value = values[training[i]];

    filled[i] = isfinite (value) ? value : column->fill;
    column->is_constant &= filled[i] == filled[0];
  }
  unit->name = g_strdup (ekl_table_get_column_name (self->table, column->column));
  unit->scale = 1;
  if (standardize)
    fit_unit (unit, filled, n_training);
}

static void
init_category (EklColumnEncoder *self,
               EklEncodedColumn *column,
               gboolean standardize,
               const guint *training,
               guint n_training)
{
  const guint32 *codes = ekl_table_get_column_codes (self->table, column->column);
  const char *name = ekl_table_get_column_name (self->table, column->column);
  g_autofree guint *count = g_new0 (guint, column->n);
  guint n_missing = 0;

  for (guint i = 0; i < n_training; i++) {
    if (codes[training[i]] != EKL_CATEGORY_MISSING)
      count[codes[training[i]]]++;
    else
      n_missing++;
  }
  find_category_fill (column, count);
  if (column->fill_code != EKL_CATEGORY_MISSING)
    count[column->fill_code] += n_missing;
  for (guint k = 0; k < column->n; k++) {
    EklUnit *unit = &self->unit[column->first + k];

    unit->name =
      g_strdup_printf ("%s=%s", name, ekl_table_get_category_name (self->table, column->column, k));
    unit->scale = 1;
    unit->mean = standardize ? (double) count[k] / n_training : 0;
    column->is_seen[k] = count[k] > 0;
    column->is_constant |= count[k] == n_training;
  }
}

static void
init_column (EklColumnEncoder *self, EklEncodedColumn *column)
{
  column->first = self->n_outputs;
  column->n = 1;
  if (ekl_table_get_column_type (self->table, column->column) == EKL_COLUMN_CATEGORY) {
    column->n = ekl_table_get_column_summary (self->table, column->column)->n_categories;
    column->is_seen = g_new0 (gboolean, column->n);
  }
  self->n_outputs += column->n;
}

/**
 * ekl_column_encoder_init:
 * @self: to be filled; all zero but for its cancellable
 * @table: a table, kept by the caller
 * @columns: (array length=n_columns): columns with numbers or categories
 * @n_columns: how many
 * @missing: what stands where a cell has no value; with %EKL_MISSING_DROP there must be none such
 * @standardize: numbers to mean 0 and variance 1, categories to mean 0, over the training rows
 * @training: (array length=n_training): rows of the table
 * @n_training: at least 1
 *
 * Learns what there is to be learned from the training rows. A number is one output; a constant one
 * keeps scale 1. A category is an output each, called NAME=CATEGORY, 1 where the row has it. Where it
 * is called off, only ekl_column_encoder_clear() is of use afterwards.
 */
void
ekl_column_encoder_init (EklColumnEncoder *self,
                         const EklTable *table,
                         const guint *columns,
                         guint n_columns,
                         EklMissing missing,
                         gboolean standardize,
                         const guint *training,
                         guint n_training)
{
  self->table = table;
  self->n_columns = n_columns;
  self->column = g_new0 (EklEncodedColumn, n_columns);
  for (guint c = 0; c < n_columns; c++) {
    self->column[c].column = columns[c];
    init_column (self, &self->column[c]);
  }
  self->unit = g_new0 (EklUnit, self->n_outputs);
  for (guint c = 0; c < n_columns && !g_cancellable_is_cancelled (self->cancellable); c++) {
    EklEncodedColumn *column = &self->column[c];

    if (column->is_seen != NULL) {
      init_category (self, column, standardize, training, n_training);
      continue;
    }
    find_number_fill (column, table, missing, training, n_training, self->cancellable);
    init_number (self, column, standardize, training, n_training);
  }
}

static gboolean
run_number (const EklColumnEncoder *self,
            EklEncodedColumn *column,
            const guint *rows,
            guint n_rows,
            real *out,
            GError **error)
{
  const double *values = ekl_table_get_column (self->table, column->column);
  const EklUnit *unit = &self->unit[column->first];

  for (guint i = 0; i < n_rows; i++) {
    const gboolean is_there = isfinite (values[rows[i]]);
    const double value = is_there ? values[rows[i]] : column->fill;

    column->n_filled += !is_there;
    out[i] = (real) ((value - unit->mean) / unit->scale);
    if (isfinite (out[i]))
      continue;
    g_autofree char *shown = ekl_cell_shorten (unit->name);
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
                 "%s, column %u (%s): %g is too large to compute with; use other units",
                 ekl_table_get_name (self->table), column->column + 1, shown, value);
    return FALSE;
  }
  return TRUE;
}

/* A category that no training row has is left at 0 everywhere: its weights were never trained. */
static gboolean
run_category (const EklColumnEncoder *self,
              EklEncodedColumn *column,
              const guint *rows,
              guint n_rows,
              real *out,
              GError **error)
{
  const guint32 *codes = ekl_table_get_column_codes (self->table, column->column);

  for (guint k = 0; k < column->n; k++) {
    const double mean = self->unit[column->first + k].mean;

    if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
      return FALSE;
    for (guint i = 0; i < n_rows; i++) {
      const guint32 code =
        codes[rows[i]] != EKL_CATEGORY_MISSING ? codes[rows[i]] : column->fill_code;

      out[(gsize) k * n_rows + i] = column->is_seen[k] ? (real) ((code == k) - mean) : 0;
    }
  }
  for (guint i = 0; i < n_rows; i++)
    column->n_filled += codes[rows[i]] == EKL_CATEGORY_MISSING;
  return TRUE;
}

/**
 * ekl_column_encoder_run:
 * @self: an encoder
 * @rows: (array length=n_rows): rows of the table
 * @n_rows: how many
 * @out: (out caller-allocates): (n_outputs, n_rows)
 * @error: return location for %EKL_DATA_ERROR_FORMAT, %G_IO_ERROR_CANCELLED
 *
 * Writes the rows in the encoder's units, and counts the cells that it filled in.
 *
 * Returns: %FALSE where a number is too large for the working precision
 */
gboolean
ekl_column_encoder_run (
  EklColumnEncoder *self, const guint *rows, guint n_rows, real *out, GError **error)
{
  for (guint c = 0; c < self->n_columns; c++) {
    EklEncodedColumn *column = &self->column[c];
    real *at = out + (gsize) column->first * n_rows;

    if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
        !(column->is_seen != NULL ? run_category (self, column, rows, n_rows, at, error)
                                  : run_number (self, column, rows, n_rows, at, error)))
      return FALSE;
  }
  return TRUE;
}

/**
 * ekl_column_encoder_clear:
 * @self: an encoder
 *
 * Frees what @self holds.
 */
void
ekl_column_encoder_clear (EklColumnEncoder *self)
{
  for (guint c = 0; c < self->n_columns; c++)
    g_free (self->column[c].is_seen);
  g_clear_pointer (&self->column, g_free);
  ekl_units_free (self->unit, self->n_outputs);
  self->unit = NULL;
  self->n_columns = self->n_outputs = 0;
}

/**
 * ekl_units_free:
 * @units: (nullable) (array length=n): units with names of their own
 * @n: how many
 */
void
ekl_units_free (EklUnit *units, guint n)
{
  for (guint i = 0; units != NULL && i < n; i++)
    g_free ((char *) units[i].name);
  g_free (units);
}

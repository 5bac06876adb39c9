/* table.c - what was read from a file, before any role is given: named columns, each of one type
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "table_parts.h"

#include "cell.h"
#include "table_faults.h"

#include <math.h>
#include <string.h>

/**
 * ekl_data_error_quark:
 *
 * Returns: the domain of #EklDataError
 */
GQuark
ekl_data_error_quark (void)
{
  return g_quark_from_static_string ("ekl-data-error-quark");
}

struct _EklTable {
  atomic_int n_references;
  EklTable *file; /* the table whose parts these are in part, or NULL: it owns what is below */
  EklTableParts parts;
  EklTableColumn **columns; /* (n_columns), each owned */
  EklTableFaults faults;
};

static EklTable *
table_new (EklTable *file, const EklTableParts *parts, EklTableColumn **columns)
{
  EklTable *self = g_new0 (EklTable, 1);

  atomic_init (&self->n_references, 1);
  self->file = file;
  self->parts = *parts;
  self->columns = columns;
  ekl_table_faults_init (&self->faults, &self->parts, columns);
  return self;
}

/**
 * ekl_table_new:
 * @name: what the data are called in titles and messages
 * @n_columns: number of columns
 * @names: (array length=n_columns): column names, as in the header; two may be the same
 * @n_rows: number of rows
 * @values: (n_columns, n_rows), column after column: value of column c in row r at [c * n_rows + r];
 * NaN is a missing value
 *
 * Makes a table of numbers from copies of the arguments. For data that are known to fit in memory.
 *
 * Returns: (transfer full): a table
 */
EklTable *
ekl_table_new (
  const char *name, guint n_columns, const char *const *names, guint n_rows, const double *values)
{
  EklTableParts parts = { .name = g_strdup (name), .n_columns = n_columns, .n_rows = n_rows };

  parts.columns = g_new0 (EklTableColumn *, n_columns + 1);
  for (guint c = 0; c < n_columns; c++) {
    double *numbers = g_new (double, n_rows);
    for (guint r = 0; r < n_rows; r++)
      numbers[r] = values[(gsize) c * n_rows + r];
    parts.columns[c] = ekl_table_column_new (names[c], FALSE, n_rows);
    ekl_table_column_take_numbers (parts.columns[c], numbers, NULL, NULL, 0);
  }
  return ekl_table_new_take (&parts);
}

/**
 * ekl_table_new_take:
 * @parts: columns and what was found out about the file; taken, and empty afterwards
 *
 * Makes a table without copying.
 *
 * Returns: (transfer full): a table
 */
EklTable *
ekl_table_new_take (EklTableParts *parts)
{
  EklTable *self = table_new (NULL, parts, parts->columns);

  *parts = (EklTableParts){ 0 };
  return self;
}

static void
clear_problem (gpointer data)
{
  g_clear_pointer (&((EklTableProblem *) data)->text, g_free);
}

/**
 * ekl_table_parts_clear:
 * @parts: parts that may be there or not
 *
 * Frees what was not taken.
 */
void
ekl_table_parts_clear (EklTableParts *parts)
{
  for (guint c = 0; parts->columns != NULL && c < parts->n_columns; c++)
    g_clear_pointer (&parts->columns[c], ekl_table_column_unref);
  for (gsize k = 0; parts->preview != NULL && k < (gsize) parts->n_preview_rows * parts->n_columns;
       k++)
    g_free (parts->preview[k]);
  for (guint f = 0; f < EKL_CSV_N_FIELDS; f++)
    g_free (parts->doubts[f]);
  if (parts->row_problems != NULL)
    g_array_set_clear_func (parts->row_problems, clear_problem);
  g_clear_pointer (&parts->row_problems, g_array_unref);
  g_clear_pointer (&parts->row_lines, g_array_unref);
  g_clear_pointer (&parts->bad_rows, g_array_unref);
  g_free (parts->columns);
  g_free (parts->preview);
  g_free (parts->name);
  *parts = (EklTableParts){ 0 };
}

static EklNumberMarks
get_marks (const EklTable *self)
{
  const EklCsvFormat *format = &self->parts.format;

  if (!self->parts.has_format)
    return EKL_NUMBER_MARKS_PLAIN;
  return (EklNumberMarks){ (char) format->decimal,
                           format->thousands > 0 ? (char) format->thousands : 0 };
}

/**
 * ekl_table_with_column_type:
 * @self: a table
 * @column: a column, counted from 0
 * @type: %EKL_COLUMN_NUMBER or %EKL_COLUMN_CATEGORY
 * @cancellable: (nullable): where it is cancelled meanwhile, the new table is only to be freed
 *
 * Sees a column as another type, without reading the file again: numbers as categories, or
 * categories as numbers, in which those that are none become bad cells. What was read first is kept,
 * so that the way back loses nothing. An empty column stays empty. The other columns are shared.
 *
 * Returns: (transfer full): another table; @self stays as it is
 */
EklTable *
ekl_table_with_column_type (EklTable *self,
                            guint column,
                            EklColumnType type,
                            GCancellable *cancellable)
{
  EklTable *file = self->file != NULL ? self->file : self;
  guint n_columns = self->parts.n_columns;
  EklTableColumn **columns;

  g_return_val_if_fail (column < n_columns && type != EKL_COLUMN_EMPTY, NULL);
  columns = g_new0 (EklTableColumn *, n_columns + 1);
  for (guint c = 0; c < n_columns; c++)
    columns[c] =
      c == column ? ekl_table_column_convert (self->columns[c], type, get_marks (self), cancellable)
                  : ekl_table_column_ref (self->columns[c]);
  return table_new (ekl_table_ref (file), &file->parts, columns);
}

/**
 * ekl_table_ref:
 * @self: a table
 *
 * Returns: (transfer full): @self, with one more owner; from any thread
 */
EklTable *
ekl_table_ref (EklTable *self)
{
  atomic_fetch_add (&self->n_references, 1);
  return self;
}

/**
 * ekl_table_unref:
 * @self: a table
 *
 * Gives up one ownership; the last one frees the table. From any thread.
 */
void
ekl_table_unref (EklTable *self)
{
  if (atomic_fetch_sub (&self->n_references, 1) > 1)
    return;
  ekl_table_faults_clear (&self->faults);
  if (self->file != NULL) {
    for (guint c = 0; c < self->parts.n_columns; c++)
      ekl_table_column_unref (self->columns[c]);
    g_free (self->columns);
    ekl_table_unref (self->file);
  } else {
    ekl_table_parts_clear (&self->parts);
  }
  g_free (self);
}

/**
 * ekl_table_get_name:
 * @self: a table
 *
 * Returns: what the data are called: the file's name without its folder, or an example's title
 */
const char *
ekl_table_get_name (const EklTable *self)
{
  return self->parts.name;
}

/**
 * ekl_table_get_n_columns:
 * @self: a table
 *
 * Returns: the number of columns
 */
guint
ekl_table_get_n_columns (const EklTable *self)
{
  return self->parts.n_columns;
}

/**
 * ekl_table_get_n_rows:
 * @self: a table
 *
 * Returns: the number of rows of data, without the header
 */
guint
ekl_table_get_n_rows (const EklTable *self)
{
  return self->parts.n_rows;
}

/**
 * ekl_table_get_n_rows_with_missing:
 * @self: a table
 *
 * Returns: in how many rows at least one cell is missing, as in rows that are too short
 */
guint
ekl_table_get_n_rows_with_missing (const EklTable *self)
{
  return self->faults.n_rows_with_missing;
}

/**
 * ekl_table_get_n_rows_bad:
 * @self: a table
 *
 * Returns: how many rows have a cell that does not fit its column's type, or cells too many
 */
guint
ekl_table_get_n_rows_bad (const EklTable *self)
{
  return self->faults.n_rows_bad;
}

/**
 * ekl_table_get_row_line:
 * @self: a table
 * @row: a row, counted from 0
 *
 * Returns: the line of the file, from 1, on which the row begins; of a table that is not of a file,
 *   the row from 1
 */
gsize
ekl_table_get_row_line (const EklTable *self, guint row)
{
  return ekl_table_parts_get_line (&self->parts, row);
}

/**
 * ekl_table_get_column_name:
 * @self: a table
 * @column: a column, counted from 0
 *
 * Returns: its name; never empty. Those of a file all differ
 */
const char *
ekl_table_get_column_name (const EklTable *self, guint column)
{
  g_return_val_if_fail (column < self->parts.n_columns, NULL);
  return self->columns[column]->name;
}

/**
 * ekl_table_get_column_type:
 * @self: a table
 * @column: a column, counted from 0
 *
 * The type is that of the whole column: %EKL_COLUMN_NUMBER where at most a tenth of the cells that
 * are not missing are no numbers, or at most a third, and those are one or two different texts;
 * %EKL_COLUMN_EMPTY where all are missing; else %EKL_COLUMN_CATEGORY.
 *
 * Returns: the type
 */
EklColumnType
ekl_table_get_column_type (const EklTable *self, guint column)
{
  g_return_val_if_fail (column < self->parts.n_columns, EKL_COLUMN_EMPTY);
  return self->columns[column]->type;
}

/**
 * ekl_table_get_column_summary:
 * @self: a table
 * @column: a column, counted from 0
 *
 * Returns: its counts and its range
 */
const EklColumnSummary *
ekl_table_get_column_summary (const EklTable *self, guint column)
{
  g_return_val_if_fail (column < self->parts.n_columns, NULL);
  return &self->columns[column]->summary;
}

/**
 * ekl_table_get_column:
 * @self: a table
 * @column: a column, counted from 0
 *
 * Returns: (array) (nullable): its numbers, (n_rows); NaN in missing and bad cells. %NULL for a
 *   column of categories
 */
const double *
ekl_table_get_column (const EklTable *self, guint column)
{
  g_return_val_if_fail (column < self->parts.n_columns, NULL);
  return self->columns[column]->numbers;
}

/**
 * ekl_table_get_column_codes:
 * @self: a table
 * @column: a column, counted from 0
 *
 * Returns: (array) (nullable): its categories, (n_rows), from 0 to n_categories - 1, or
 *   %EKL_CATEGORY_MISSING. %NULL for a column that is not of categories
 */
const guint32 *
ekl_table_get_column_codes (const EklTable *self, guint column)
{
  g_return_val_if_fail (column < self->parts.n_columns, NULL);
  return self->columns[column]->codes;
}

/**
 * ekl_table_get_category_name:
 * @self: a table
 * @column: a column of categories, counted from 0
 * @code: a category, counted from 0
 *
 * Categories are in order: first those that are numbers, ascending, then by the alphabet.
 *
 * Returns: its name, as in the file
 */
const char *
ekl_table_get_category_name (const EklTable *self, guint column, guint code)
{
  g_return_val_if_fail (column < self->parts.n_columns, NULL);
  g_return_val_if_fail (code < self->columns[column]->summary.n_categories, NULL);
  return ekl_text_set_get (self->columns[column]->texts, code);
}

/**
 * ekl_table_get_bad_text:
 * @self: a table
 * @column: a column, counted from 0
 * @row: a row, counted from 0
 *
 * Returns: (nullable): what stands in a bad cell; %NULL where the cell is not bad
 */
const char *
ekl_table_get_bad_text (const EklTable *self, guint column, guint row)
{
  const EklBadCell *cell;

  g_return_val_if_fail (column < self->parts.n_columns && row < self->parts.n_rows, NULL);
  cell = ekl_table_column_find_bad (self->columns[column], row);
  return cell != NULL ? ekl_text_set_get (self->columns[column]->texts, cell->code) : NULL;
}

/**
 * ekl_table_get_column_problem:
 * @self: a table
 * @column: a column, counted from 0
 *
 * Returns: (nullable): NULL where every cell is a number; otherwise a sentence on the first that is
 *   not
 */
const char *
ekl_table_get_column_problem (const EklTable *self, guint column)
{
  g_return_val_if_fail (column < self->parts.n_columns, NULL);
  return self->faults.column_problems[column];
}

/**
 * ekl_table_get_n_problems:
 * @self: a table
 *
 * Returns: how many problems there are in the whole file, kept or not
 */
guint64
ekl_table_get_n_problems (const EklTable *self)
{
  return self->faults.n_problems;
}

/**
 * ekl_table_list_problems:
 * @self: a table
 * @n_kept: (out): how many are kept, at most %EKL_TABLE_MAX_PROBLEMS
 *
 * Returns: (array length=n_kept): the first problems of the file, by row and column
 */
const EklTableProblem *
ekl_table_list_problems (const EklTable *self, guint *n_kept)
{
  *n_kept = self->faults.problems->len;
  return (const EklTableProblem *) (gpointer) self->faults.problems->data;
}

/**
 * ekl_table_get_n_preview_rows:
 * @self: a table
 *
 * Returns: how many of the first rows are kept as texts: all up to %EKL_TABLE_MAX_PREVIEW_ROWS, fewer
 *   in a very wide table, and none where the table is not of a file
 */
guint
ekl_table_get_n_preview_rows (const EklTable *self)
{
  return self->parts.n_preview_rows;
}

/**
 * ekl_table_get_preview_text:
 * @self: a table
 * @row: a row of the preview, counted from 0
 * @column: a column, counted from 0
 *
 * Returns: the cell as it stands in the file, without quotation marks; the end of a very long one is
 *   cut off, and a cell that a short row does not have is empty
 */
const char *
ekl_table_get_preview_text (const EklTable *self, guint row, guint column)
{
  const char *text;

  g_return_val_if_fail (row < self->parts.n_preview_rows, NULL);
  g_return_val_if_fail (column < self->parts.n_columns, NULL);
  text = self->parts.preview[(gsize) row * self->parts.n_columns + column];
  return text != NULL ? text : "";
}

/**
 * ekl_table_get_cell_state:
 * @self: a table
 * @row: a row, counted from 0; not only of the preview
 * @column: a column, counted from 0
 *
 * Returns: whether the cell has a value of its column's type
 */
EklCellState
ekl_table_get_cell_state (const EklTable *self, guint row, guint column)
{
  g_return_val_if_fail (row < self->parts.n_rows, EKL_CELL_IS_MISSING);
  g_return_val_if_fail (column < self->parts.n_columns, EKL_CELL_IS_MISSING);
  return ekl_table_column_get_state (self->columns[column], row);
}

/**
 * ekl_table_get_csv_format:
 * @self: a table
 *
 * Returns: (nullable): how the file was read, with nothing automatic left; %NULL where the table is not
 *   of a file
 */
const EklCsvFormat *
ekl_table_get_csv_format (const EklTable *self)
{
  return self->parts.has_format ? &self->parts.format : NULL;
}

/**
 * ekl_table_is_csv_guess:
 * @self: a table
 * @field: a part of the format
 *
 * Returns: whether the reader found that part itself
 */
gboolean
ekl_table_is_csv_guess (const EklTable *self, EklCsvField field)
{
  return (self->parts.guessed >> field & 1) != 0;
}

/**
 * ekl_table_get_csv_doubt:
 * @self: a table
 * @field: a part of the format
 *
 * Returns: (nullable): where the guess could as well be another one, a sentence that says so
 */
const char *
ekl_table_get_csv_doubt (const EklTable *self, EklCsvField field)
{
  g_return_val_if_fail (field < EKL_CSV_N_FIELDS, NULL);
  return self->parts.doubts[field];
}

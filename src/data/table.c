/* table.c - what was read from a file, before any role is given: named columns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "table.h"

#include <stdatomic.h>

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
  char *name;
  guint n_columns;
  guint n_rows;
  char **names;     /* (n_columns) */
  double **columns; /* (n_columns), each (n_rows) */
  char **problems;  /* (n_columns), each NULL or a sentence; or NULL */
};

/**
 * ekl_table_new:
 * @name: what the data are called in titles and messages
 * @n_columns: number of columns
 * @names: (array length=n_columns): column names, as in the header; two may be the same
 * @n_rows: number of rows
 * @values: (n_columns, n_rows), column after column: value of column c in row r at [c * n_rows + r]
 *
 * Makes a table from copies of the arguments. For data that are known to fit in memory.
 *
 * Returns: (transfer full): a table
 */
EklTable *
ekl_table_new (
  const char *name, guint n_columns, const char *const *names, guint n_rows, const double *values)
{
  char **names_copy = g_new0 (char *, n_columns + 1);
  double **columns = g_new0 (double *, n_columns + 1);

  for (guint c = 0; c < n_columns; c++) {
    names_copy[c] = g_strdup (names[c]);
    columns[c] = g_new (double, n_rows);
    for (guint r = 0; r < n_rows; r++)
      columns[c][r] = values[(gsize) c * n_rows + r];
  }
  return ekl_table_new_take (name, n_columns, names_copy, n_rows, columns, NULL);
}

/**
 * ekl_table_new_take:
 * @name: what the data are called in titles and messages
 * @n_columns: number of columns
 * @names: (transfer full): an array of @n_columns strings
 * @n_rows: number of rows
 * @columns: (transfer full): an array of @n_columns arrays of @n_rows values
 * @problems: (transfer full) (nullable): for each column NULL, or a sentence that says why it
 * cannot be used, naming file, row and column
 *
 * Makes a table without copying, for readers of large files.
 *
 * Returns: (transfer full): a table
 */
EklTable *
ekl_table_new_take (
  const char *name, guint n_columns, char **names, guint n_rows, double **columns, char **problems)
{
  EklTable *self = g_new0 (EklTable, 1);

  atomic_init (&self->n_references, 1);
  self->name = g_strdup (name);
  self->n_columns = n_columns;
  self->n_rows = n_rows;
  self->names = names;
  self->columns = columns;
  self->problems = problems;
  return self;
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
  for (guint c = 0; c < self->n_columns; c++) {
    g_free (self->names[c]);
    g_free (self->columns[c]);
    if (self->problems != NULL)
      g_free (self->problems[c]);
  }
  g_free (self->names);
  g_free (self->columns);
  g_free (self->problems);
  g_free (self->name);
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
  return self->name;
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
  return self->n_columns;
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
  return self->n_rows;
}

/**
 * ekl_table_get_column_name:
 * @self: a table
 * @column: a column, counted from 0
 *
 * Returns: its name; never empty, but another column may have the same
 */
const char *
ekl_table_get_column_name (const EklTable *self, guint column)
{
  g_return_val_if_fail (column < self->n_columns, NULL);
  return self->names[column];
}

/**
 * ekl_table_get_column:
 * @self: a table
 * @column: a column, counted from 0
 *
 * Returns: (array): its values, (n_rows); NaN in the cells that are not numbers
 */
const double *
ekl_table_get_column (const EklTable *self, guint column)
{
  g_return_val_if_fail (column < self->n_columns, NULL);
  return self->columns[column];
}

/**
 * ekl_table_get_column_problem:
 * @self: a table
 * @column: a column, counted from 0
 *
 * Returns: (nullable): NULL where every cell is a number; otherwise a sentence on the first that is
 * not
 */
const char *
ekl_table_get_column_problem (const EklTable *self, guint column)
{
  g_return_val_if_fail (column < self->n_columns, NULL);
  return self->problems != NULL ? self->problems[column] : NULL;
}

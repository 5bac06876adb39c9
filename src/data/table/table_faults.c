/* table_faults.c - what is wrong with a table: counted over all rows, the first of it in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "table_faults.h"

#include "cell.h"

#include <math.h>
#include <stdlib.h>

/* Rows are looked at in pieces that stay in the cache, column after column. */
#define TILE 4096

/**
 * ekl_table_parts_get_line:
 * @parts: parts of a table
 * @row: a row, counted from 0
 *
 * Returns: the line of the file on which the row begins, from 1
 */
gsize
ekl_table_parts_get_line (const EklTableParts *parts, guint row)
{
  const EklRowLine *lines;
  guint low = 0, high;

  if (parts->row_lines == NULL || parts->row_lines->len == 0)
    return (gsize) row + 1;
  lines = (const EklRowLine *) (gpointer) parts->row_lines->data;
  for (high = parts->row_lines->len; high - low > 1;) {
    guint middle = low + (high - low) / 2;
    if (lines[middle].row <= row)
      low = middle;
    else
      high = middle;
  }
  return lines[low].line + (row - lines[low].row);
}

enum {
  ROW_HAS_NO_VALUE = 1,
  ROW_HAS_BAD = 2,
};

static void
mark_missing (const EklTableColumn *column, guint first, guint n, guint8 *marks)
{
  if (column->summary.n_missing == 0)
    return;
  if (column->type == EKL_COLUMN_CATEGORY)
    for (guint i = 0; i < n; i++)
      marks[i] |= column->codes[first + i] == EKL_CATEGORY_MISSING;
  else if (column->summary.n_bad == 0)
    for (guint i = 0; i < n; i++)
      marks[i] |= isnan (column->numbers[first + i]) != 0;
  else
    for (guint i = 0; i < n; i++)
      marks[i] |= ekl_table_column_get_state (column, first + i) == EKL_CELL_IS_MISSING;
}

static void
count_tile (EklTableFaults *self,
            const EklTableParts *parts,
            EklTableColumn *const *columns,
            guint first,
            guint n,
            guint *next_bad)
{
  guint8 marks[TILE] = { 0 };

  for (guint c = 0; c < parts->n_columns; c++) {
    mark_missing (columns[c], first, n, marks);
    while (next_bad[c] < columns[c]->summary.n_bad && columns[c]->bad[next_bad[c]].row < first + n)
      marks[columns[c]->bad[next_bad[c]++].row - first] |= ROW_HAS_BAD;
  }
  for (guint *next = &next_bad[parts->n_columns];
       parts->bad_rows != NULL && *next < parts->bad_rows->len &&
       g_array_index (parts->bad_rows, guint32, *next) < first + n;
       (*next)++)
    marks[g_array_index (parts->bad_rows, guint32, *next) - first] |= ROW_HAS_BAD;
  for (guint i = 0; i < n; i++) {
    self->n_rows_with_missing += (marks[i] & ROW_HAS_NO_VALUE) != 0;
    self->n_rows_bad += (marks[i] & ROW_HAS_BAD) != 0;
  }
}

static int
compare_problems (gconstpointer a, gconstpointer b)
{
  const EklTableProblem *one = a, *other = b;

  if (one->line != other->line)
    return one->line < other->line ? -1 : 1;
  if (one->column != other->column)
    return one->column < other->column ? -1 : 1;
  return 0;
}

static void
add_row_problems (EklTableFaults *self, const EklTableParts *parts)
{
  self->n_problems = parts->n_row_problems;
  for (guint k = 0; parts->row_problems != NULL && k < parts->row_problems->len; k++) {
    EklTableProblem problem = g_array_index (parts->row_problems, EklTableProblem, k);
    problem.text = g_strdup (problem.text);
    g_array_append_val (self->problems, problem);
  }
}

/* The first of every column, without a text yet, of which the first of all are kept. */
static void
add_bad_cells (EklTableFaults *self, const EklTableParts *parts, EklTableColumn *const *columns)
{
  for (guint c = 0; c < parts->n_columns; c++) {
    guint n_bad = columns[c]->summary.n_bad;

    self->n_problems += n_bad;
    for (guint k = 0; k < MIN (n_bad, EKL_TABLE_MAX_PROBLEMS); k++) {
      guint row = columns[c]->bad[k].row;
      EklTableProblem problem = { .line = ekl_table_parts_get_line (parts, row),
                                  .row = row + 1,
                                  .column = c + 1 };
      g_array_append_val (self->problems, problem);
    }
    if (self->problems->len > 100 * EKL_TABLE_MAX_PROBLEMS) {
      g_array_sort (self->problems, compare_problems);
      g_array_set_size (self->problems, EKL_TABLE_MAX_PROBLEMS);
    }
  }
  g_array_sort (self->problems, compare_problems);
  if (self->problems->len > EKL_TABLE_MAX_PROBLEMS)
    g_array_set_size (self->problems, EKL_TABLE_MAX_PROBLEMS);
}

static void
describe_bad_cells (EklTableFaults *self, EklTableColumn *const *columns)
{
  for (guint k = 0; k < self->problems->len; k++) {
    EklTableProblem *problem = &g_array_index (self->problems, EklTableProblem, k);
    const EklTableColumn *column;

    if (problem->text != NULL)
      continue;
    column = columns[problem->column - 1];
    problem->text = ekl_cell_describe_bad (
      ekl_text_set_get (column->texts, ekl_table_column_find_bad (column, problem->row - 1)->code));
  }
}

static void
describe_columns (EklTableFaults *self, const EklTableParts *parts, EklTableColumn *const *columns)
{
  for (guint c = 0; c < parts->n_columns; c++) {
    g_autofree char *text = NULL;
    guint row;

    if (parts->n_rows == 0 || !ekl_table_column_find_problem (columns[c], &row, &text))
      continue;
    g_autofree char *shown = ekl_cell_shorten (columns[c]->name);
    self->column_problems[c] =
      g_strdup_printf ("%s, row %" G_GSIZE_FORMAT ", column %u (%s): %s", parts->name,
                       ekl_table_parts_get_line (parts, row), c + 1, shown, text);
  }
}

static void
clear_problem (gpointer data)
{
  g_clear_pointer (&((EklTableProblem *) data)->text, g_free);
}

/**
 * ekl_table_faults_init:
 * @self: to be filled
 * @parts: what the table is made of
 * @columns: (array): its columns, which may be seen as other types than in @parts
 *
 * Counts the rows that are not whole and puts the first problems into words.
 */
void
ekl_table_faults_init (EklTableFaults *self,
                       const EklTableParts *parts,
                       EklTableColumn *const *columns)
{
  g_autofree guint *next_bad = g_new0 (guint, parts->n_columns + 1);

  *self = (EklTableFaults){ .n_columns = parts->n_columns };
  self->problems = g_array_new (FALSE, TRUE, sizeof (EklTableProblem));
  g_array_set_clear_func (self->problems, clear_problem);
  self->column_problems = g_new0 (char *, parts->n_columns + 1);
  for (guint first = 0; first < parts->n_rows; first += TILE)
    count_tile (self, parts, columns, first, MIN (TILE, parts->n_rows - first), next_bad);
  add_row_problems (self, parts);
  add_bad_cells (self, parts, columns);
  describe_bad_cells (self, columns);
  describe_columns (self, parts, columns);
}

/**
 * ekl_table_faults_clear:
 * @self: faults
 *
 * Frees what they hold.
 */
void
ekl_table_faults_clear (EklTableFaults *self)
{
  for (guint c = 0; c < self->n_columns; c++)
    g_free (self->column_problems[c]);
  g_free (self->column_problems);
  g_array_unref (self->problems);
}

/* usable_rows.c - the rows that have a value wherever one is needed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "usable_rows.h"

#include "cell.h"

#include <math.h>

/**
 * ekl_cell_is_there:
 * @table: a table
 * @column: a column with a type
 * @row: a row, from 0
 *
 * Returns: whether the cell has a value: a finite number, or a category
 */
gboolean
ekl_cell_is_there (const EklTable *table, guint column, guint row)
{
  switch (ekl_table_get_column_type (table, column)) {
  case EKL_COLUMN_NUMBER:
    return isfinite (ekl_table_get_column (table, column)[row]);
  case EKL_COLUMN_CATEGORY:
    return ekl_table_get_column_codes (table, column)[row] != EKL_CATEGORY_MISSING;
  case EKL_COLUMN_EMPTY:
  default:
    return FALSE;
  }
}

/* Leaves in @state the worst cell of each row. */
static void
look_at_column (EklUsableRows *self, const EklTable *table, guint column, EklCellState *state)
{
  guint n = 0;

  for (guint r = 0; r < ekl_table_get_n_rows (table); r++) {
    if (ekl_cell_is_there (table, column, r))
      continue;
    n++;
    if (ekl_table_get_cell_state (table, r, column) == EKL_CELL_IS_BAD)
      state[r] = EKL_CELL_IS_BAD;
    else if (state[r] == EKL_CELL_GOOD)
      state[r] = EKL_CELL_IS_MISSING;
  }
  if (n > self->n_worst) {
    self->n_worst = n;
    self->worst_column = column;
  }
}

static gboolean
look_at_columns (EklUsableRows *self,
                 const EklColumnRoles *roles,
                 EklMissing missing,
                 EklCellState *state,
                 GCancellable *cancellable)
{
  const guint n_inputs = missing == EKL_MISSING_DROP ? roles->n_inputs : 0;

  for (guint i = 0; i < roles->n_targets; i++)
    look_at_column (self, roles->table, roles->targets[i], state);
  for (guint i = 0; i < n_inputs && !g_cancellable_is_cancelled (cancellable); i++)
    look_at_column (self, roles->table, roles->inputs[i], state);
  return !g_cancellable_is_cancelled (cancellable);
}

static gboolean
set_no_rows (const EklUsableRows *self, const EklTable *table, gboolean is_target, GError **error)
{
  const guint n_rows = ekl_table_get_n_rows (table);
  g_autofree char *shown = NULL;

  if (n_rows == 0) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_EMPTY, "%s: there are no rows of data",
                 ekl_table_get_name (table));
    return FALSE;
  }
  shown = ekl_cell_shorten (ekl_table_get_column_name (table, self->worst_column));
  g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_EMPTY,
               "%s: no row has a value wherever one is needed; column %u (%s) has none in %u of %u "
               "rows: %s",
               ekl_table_get_name (table), self->worst_column + 1, shown, self->n_worst, n_rows,
               is_target ? "choose another target"
                         : "ignore it, or set missing to mean, which fills it in");
  return FALSE;
}

static gboolean
is_target (const EklColumnRoles *roles, guint column)
{
  return roles->column[column].role == EKL_ROLE_TARGET;
}

/**
 * ekl_usable_rows_init:
 * @self: to be filled; all zero
 * @roles: a table and its columns' roles
 * @missing: what is done where an input is missing
 * @cancellable: (nullable): looked at between two columns
 * @error: return location for %EKL_DATA_ERROR_EMPTY, %G_IO_ERROR_CANCELLED
 *
 * Finds the rows in which all targets have a value, and all inputs too unless they are filled in. A
 * bad cell is as good as a missing one.
 *
 * Returns: whether there is such a row; @self has to be cleared in both cases
 */
gboolean
ekl_usable_rows_init (EklUsableRows *self,
                      const EklColumnRoles *roles,
                      EklMissing missing,
                      GCancellable *cancellable,
                      GError **error)
{
  const guint n_rows = ekl_table_get_n_rows (roles->table);
  g_autofree EklCellState *state = g_new0 (EklCellState, n_rows);

  if (!look_at_columns (self, roles, missing, state, cancellable)) {
    g_cancellable_set_error_if_cancelled (cancellable, error);
    return FALSE;
  }
  self->rows = g_new (guint, n_rows);
  for (guint r = 0; r < n_rows; r++) {
    if (state[r] == EKL_CELL_GOOD)
      self->rows[self->n_rows++] = r;
    self->n_dropped_missing += state[r] == EKL_CELL_IS_MISSING;
    self->n_dropped_bad += state[r] == EKL_CELL_IS_BAD;
  }
  return self->n_rows > 0 ||
         set_no_rows (self, roles->table, is_target (roles, self->worst_column), error);
}

/**
 * ekl_usable_rows_clear:
 * @self: rows
 *
 * Frees what @self holds.
 */
void
ekl_usable_rows_clear (EklUsableRows *self)
{
  g_clear_pointer (&self->rows, g_free);
}

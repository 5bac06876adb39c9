/* column_roles.c - which columns of a table are inputs, and which are to be predicted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "column_roles.h"

#include "cell.h"

#include <string.h>

/* As many columns as a message lists. */
#define LISTED_COLUMNS 20

typedef enum {
  ROLE_INPUT,
  ROLE_TARGET,
  ROLE_IGNORED,
} Role;

static char *
list_columns (const EklTable *table)
{
  GString *text = g_string_new (NULL);
  guint n_columns = ekl_table_get_n_columns (table);

  for (guint c = 0; c < MIN (n_columns, LISTED_COLUMNS); c++) {
    g_autofree char *name = ekl_cell_shorten (ekl_table_get_column_name (table, c));
    g_string_append_printf (text, "%s%u %s", c > 0 ? ", " : "", c + 1, name);
  }
  if (n_columns > LISTED_COLUMNS)
    g_string_append_printf (text, " and %u more", n_columns - LISTED_COLUMNS);
  return g_string_free (text, FALSE);
}

/* A name first, so that a column called "1990" can be named; then a number. */
static gboolean
find_column (
  const EklTable *table, const char *setting, const char *word, guint *column, GError **error)
{
  g_autofree char *shown = ekl_cell_shorten (word);
  g_autofree char *columns = NULL;
  guint n_columns = ekl_table_get_n_columns (table);
  guint n_found = 0;
  guint64 number;

  for (guint c = 0; c < n_columns; c++)
    if (g_str_equal (word, ekl_table_get_column_name (table, c)) && n_found++ == 0)
      *column = c;
  if (n_found == 1)
    return TRUE;
  if (n_found > 1) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN,
                 "%s: %u columns are called \"%s\"; give the number of the one meant as %s instead "
                 "(the first is %u)",
                 ekl_table_get_name (table), n_found, shown, setting, *column + 1);
    return FALSE;
  }
  if (g_ascii_string_to_unsigned (word, 10, 1, n_columns, &number, NULL)) {
    *column = number - 1;
    return TRUE;
  }
  columns = list_columns (table);
  g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN,
               "%s: %s \"%s\" is neither the name nor the number of a column; the columns are %s",
               ekl_table_get_name (table), setting, shown, columns);
  return FALSE;
}

static gboolean
set_role (const EklTable *table, Role *roles, guint column, Role role, GError **error)
{
  g_autofree char *shown = ekl_cell_shorten (ekl_table_get_column_name (table, column));

  if (roles[column] == ROLE_INPUT) {
    roles[column] = role;
    return TRUE;
  }
  if (roles[column] == role)
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN,
                 "%s: column %u (%s) is named twice in %s", ekl_table_get_name (table), column + 1,
                 shown, role == ROLE_TARGET ? "target" : "ignore");
  else
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN,
                 "%s: column %u (%s) cannot be both target and ignored", ekl_table_get_name (table),
                 column + 1, shown);
  return FALSE;
}

/* targets: (n_columns), filled in the order given; NULL for the ignored. */
static gboolean
assign (const EklTable *table,
        const char *setting,
        const char *list,
        Role role,
        Role *roles,
        guint *targets,
        guint *n_targets,
        GError **error)
{
  g_auto (GStrv) words = g_strsplit (list != NULL ? list : "", ",", -1);

  for (guint i = 0; words[i] != NULL; i++) {
    const char *word = g_strstrip (words[i]);
    guint column = 0;

    if (*word == '\0')
      continue;
    if (!find_column (table, setting, word, &column, error) ||
        !set_role (table, roles, column, role, error))
      return FALSE;
    if (targets != NULL)
      targets[(*n_targets)++] = column;
  }
  return TRUE;
}

static gboolean
init_empty_target (const EklTable *table, Role *roles, EklColumnRoles *self, GError **error)
{
  guint last = ekl_table_get_n_columns (table) - 1;

  if (self->n_targets > 0)
    return TRUE;
  self->targets[self->n_targets++] = last;
  if (roles[last] == ROLE_INPUT)
    return set_role (table, roles, last, ROLE_TARGET, error);

  g_autofree char *shown = ekl_cell_shorten (ekl_table_get_column_name (table, last));
  g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN,
               "%s: the last column, %u (%s), is ignored; name another column as target",
               ekl_table_get_name (table), last + 1, shown);
  return FALSE;
}

/**
 * ekl_column_roles_init:
 * @self: to be filled; all zero
 * @table: a table
 * @target: (nullable): names or 1-based numbers of columns, separated by commas; NULL or empty: the
 * last column. A name that holds a comma, or that two columns have, has to be given by its number
 * @ignore: (nullable): likewise, the columns that are neither input nor target; NULL or empty: none
 * @error: return location for %EKL_DATA_ERROR_COLUMN
 *
 * Every column that is neither target nor ignored is an input. At least one input has to be left.
 *
 * Returns: whether every column has one role; @self has to be cleared in both cases
 */
gboolean
ekl_column_roles_init (EklColumnRoles *self,
                       const EklTable *table,
                       const char *target,
                       const char *ignore,
                       GError **error)
{
  guint n_columns = ekl_table_get_n_columns (table);
  g_autofree Role *roles = g_new0 (Role, n_columns);

  self->inputs = g_new0 (guint, n_columns);
  self->targets = g_new0 (guint, n_columns);
  if (n_columns == 0) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_EMPTY, "%s: there are no columns",
                 ekl_table_get_name (table));
    return FALSE;
  }
  if (!assign (table, "target", target, ROLE_TARGET, roles, self->targets, &self->n_targets,
               error) ||
      !assign (table, "ignore", ignore, ROLE_IGNORED, roles, NULL, NULL, error) ||
      !init_empty_target (table, roles, self, error))
    return FALSE;
  for (guint c = 0; c < n_columns; c++)
    if (roles[c] == ROLE_INPUT)
      self->inputs[self->n_inputs++] = c;
  if (self->n_inputs == 0) {
    g_set_error (
      error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN,
      "%s: no column is left as input: of %u %s, %u %s target and the others are ignored",
      ekl_table_get_name (table), n_columns, n_columns == 1 ? "column" : "columns", self->n_targets,
      self->n_targets == 1 ? "is" : "are");
    return FALSE;
  }
  return TRUE;
}

/**
 * ekl_column_roles_clear:
 * @self: roles
 *
 * Frees what @self holds.
 */
void
ekl_column_roles_clear (EklColumnRoles *self)
{
  g_clear_pointer (&self->inputs, g_free);
  g_clear_pointer (&self->targets, g_free);
  self->n_inputs = self->n_targets = 0;
}

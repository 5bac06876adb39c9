/* column_choices.c - roles and types of columns, chosen one by one, as settings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "column_list.h"
#include "column_roles.h"

/**
 * ekl_column_reference:
 * @table: a table
 * @column: a column, from 0
 *
 * Returns: (transfer full): how a list in a setting names the column: by its name, in quotes where
 *   it needs them, or by its number where another column is called the same or no one can type it
 */
char *
ekl_column_reference (EklTable *table, guint column)
{
  const char *name = ekl_table_get_column_name (table, column);

  for (guint c = 0; c < ekl_table_get_n_columns (table); c++)
    if (c != column && g_str_equal (name, ekl_table_get_column_name (table, c)))
      return g_strdup_printf ("%u", column + 1);
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return g_strdup_printf ("%u", column + 1);
  return ekl_column_list_quote (name);
}

static void
append (GString *list, const char *reference, const char *type)
{
  g_string_append_printf (list, "%s%s%s%s", list->len > 0 ? "," : "", reference,
                          type != NULL ? ":" : "", type != NULL ? type : "");
}

/* What would become of the columns were nothing but the target named; NULL: it would be refused. */
static EklColumnPlan *
plan_without_lists (EklTable *table, const char *target)
{
  const EklDataOptions options = { .target = target, .train_fraction = 1 };
  g_auto (EklColumnRoles) roles = { 0 };

  return ekl_column_roles_init (&roles, table, &options, NULL) ? g_steal_pointer (&roles.column)
                                                               : NULL;
}

static char *
list_targets (EklTable *table, const EklColumnRole *role)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint c = 0; c < ekl_table_get_n_columns (table); c++) {
    g_autofree char *reference = ekl_column_reference (table, c);

    if (role[c] == EKL_ROLE_TARGET)
      append (list, reference, NULL);
  }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/**
 * ekl_column_roles_to_lists:
 * @table: a table, as it was read
 * @role: (array): of each column
 * @type: (array): of each column; what is said of an ignored or empty one does not matter
 * @target: (out) (transfer full): the setting target; empty where no column is
 * @ignore: (out) (transfer full): the setting ignore
 * @types: (out) (transfer full): the setting types
 *
 * Writes as little as gives these roles and types when ekl_column_roles_init() reads it: what would
 * be ignored by itself is not named, what would be and is not to be is given its type. An empty
 * column stays ignored whatever is said of it.
 */
void
ekl_column_roles_to_lists (EklTable *table,
                           const EklColumnRole *role,
                           const EklColumnType *type,
                           char **target,
                           char **ignore,
                           char **types)
{
  g_autoptr (GString) ignored = g_string_new (NULL), typed = g_string_new (NULL);
  g_autofree EklColumnPlan *plan = NULL;

  *target = list_targets (table, role);
  plan = plan_without_lists (table, *target);
  for (guint c = 0; c < ekl_table_get_n_columns (table); c++) {
    g_autofree char *reference = ekl_column_reference (table, c);
    const gboolean would_be_ignored = plan != NULL && plan[c].role == EKL_ROLE_IGNORED;
    const EklColumnType now = ekl_table_get_column_type (table, c);

    if (role[c] == EKL_ROLE_IGNORED) {
      if (!would_be_ignored)
        append (ignored, reference, NULL);
    } else if (now != EKL_COLUMN_EMPTY &&
               (type[c] != now || (would_be_ignored && role[c] == EKL_ROLE_FEATURE))) {
      append (typed, reference, type[c] == EKL_COLUMN_CATEGORY ? "category" : "number");
    }
  }
  *ignore = g_string_free (g_steal_pointer (&ignored), FALSE);
  *types = g_string_free (g_steal_pointer (&typed), FALSE);
}

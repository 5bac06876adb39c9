/* column_roles.c - which columns of a table are features, which are to be predicted, which are left out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "column_roles.h"

#include "cell.h"
#include "column_list.h"

#include <string.h>

/* As many columns as a message lists. */
#define LISTED_COLUMNS 20

/* A text of which there are that few is a category however few rows share one; of more, so many rows
 * have to share one on average, so that there is something to learn. */
#define FEW_CATEGORIES    10
#define ROWS_PER_CATEGORY 5

/* While the lists are read. */
typedef struct {
  EklColumnRoles *roles;
  gboolean *is_named; /* (n_columns) in one of the lists: nothing is guessed then */
} Naming;

static char *
list_columns (const EklTable *table)
{
  GString *text = g_string_new (NULL);
  guint n_columns = ekl_table_get_n_columns (table);

  for (guint c = 0; c < MIN (n_columns, LISTED_COLUMNS); c++) {
    g_autofree char *name = ekl_cell_shorten (ekl_table_get_column_name (table, c));
    const char *quote = strchr (name, ',') != NULL ? "\"" : "";

    g_string_append_printf (text, "%s%u %s%s%s", c > 0 ? ", " : "", c + 1, quote, name, quote);
  }
  if (n_columns > LISTED_COLUMNS)
    g_string_append_printf (text, " and %u more", n_columns - LISTED_COLUMNS);
  return g_string_free (text, FALSE);
}

static guint
count_named (const EklTable *table, const char *name, guint *first)
{
  guint n_found = 0;

  for (guint c = 0; c < ekl_table_get_n_columns (table); c++)
    if (g_str_equal (name, ekl_table_get_column_name (table, c)) && n_found++ == 0)
      *first = c;
  return n_found;
}

/* A name first, so that a column called "1990" can be named; then a number. */
static gboolean
find_column (const EklTable *table,
             const char *setting,
             const EklColumnEntry *entry,
             guint *column,
             GError **error)
{
  g_autofree char *shown = ekl_cell_shorten (entry->name);
  g_autofree char *columns = NULL;
  guint n_found = count_named (table, entry->name, column);
  guint64 number;

  if (n_found == 1)
    return TRUE;
  if (n_found > 1) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN,
                 "%s: %u columns are called \"%s\"; give the number of the one meant as %s instead "
                 "(the first is %u)",
                 ekl_table_get_name (table), n_found, shown, setting, *column + 1);
    return FALSE;
  }
  if (!entry->is_quoted && g_ascii_string_to_unsigned (
                             entry->name, 10, 1, ekl_table_get_n_columns (table), &number, NULL)) {
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
set_role (
  const Naming *naming, guint column, EklColumnRole role, const char *setting, GError **error)
{
  const EklTable *table = naming->roles->table;
  EklColumnRole *given = &naming->roles->column[column].role;
  g_autofree char *shown = ekl_cell_shorten (ekl_table_get_column_name (table, column));

  naming->is_named[column] = TRUE;
  if (*given == EKL_ROLE_FEATURE) {
    *given = role;
    return TRUE;
  }
  if (*given == role)
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN,
                 "%s: column %u (%s) is named twice in %s", ekl_table_get_name (table), column + 1,
                 shown, setting);
  else
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN,
                 "%s: column %u (%s) cannot be both target and ignored", ekl_table_get_name (table),
                 column + 1, shown);
  return FALSE;
}

/* A single name with a comma is understood without its quotes. */
static GArray *
parse_list (const EklTable *table, const char *setting, const char *list, GError **error)
{
  g_autofree char *name = g_strstrip (g_strdup (list != NULL ? list : ""));
  g_autofree char *quoted = NULL;
  guint column;

  if (strchr (name, ',') != NULL && count_named (table, name, &column) == 1)
    quoted = ekl_column_list_quote (name);
  return ekl_column_list_parse (setting, quoted != NULL ? quoted : list, FALSE, error);
}

static gboolean
name_roles (
  Naming *naming, const char *setting, const char *list, EklColumnRole role, GError **error)
{
  EklColumnRoles *roles = naming->roles;
  g_autoptr (GArray) entries = parse_list (roles->table, setting, list, error);

  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++) {
    guint column = 0;

    if (!find_column (roles->table, setting, &g_array_index (entries, EklColumnEntry, i), &column,
                      error) ||
        !set_role (naming, column, role, setting, error))
      return FALSE;
    if (role == EKL_ROLE_TARGET)
      roles->targets[roles->n_targets++] = column;
  }
  return TRUE;
}

static gboolean
set_type (
  EklColumnRoles *roles, guint column, const char *name, GCancellable *cancellable, GError **error)
{
  const EklColumnType type = g_str_equal (name, "number") ? EKL_COLUMN_NUMBER : EKL_COLUMN_CATEGORY;
  EklTable *table;

  if (ekl_table_get_column_type (roles->table, column) == type)
    return TRUE;
  table = ekl_table_with_column_type (roles->table, column, type, cancellable);
  ekl_table_unref (roles->table);
  roles->table = table;
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
name_types (Naming *naming, const char *list, GCancellable *cancellable, GError **error)
{
  EklColumnRoles *roles = naming->roles;
  g_autoptr (GArray) entries = ekl_column_list_parse ("types", list, TRUE, error);
  g_autofree gboolean *has_type = g_new0 (gboolean, ekl_table_get_n_columns (roles->table));

  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++) {
    const EklColumnEntry *entry = &g_array_index (entries, EklColumnEntry, i);
    guint column = 0;

    if (!find_column (roles->table, "types", entry, &column, error))
      return FALSE;
    if (has_type[column]) {
      g_autofree char *shown = ekl_cell_shorten (ekl_table_get_column_name (roles->table, column));

      g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN,
                   "%s: column %u (%s) is named twice in types", ekl_table_get_name (roles->table),
                   column + 1, shown);
      return FALSE;
    }
    has_type[column] = naming->is_named[column] = TRUE;
    if (!g_str_equal (entry->type, "ignored")) {
      if (!set_type (roles, column, entry->type, cancellable, error))
        return FALSE;
    } else if (roles->column[column].role != EKL_ROLE_IGNORED &&
               !set_role (naming, column, EKL_ROLE_IGNORED, "types", error)) {
      return FALSE;
    }
  }
  return TRUE;
}

/* Names, dates, remarks: as inputs of their own they would be as many as there are rows. */
static gboolean
has_many_categories (const EklTable *table, guint column)
{
  const guint n = ekl_table_get_column_summary (table, column)->n_categories;

  return ekl_table_get_column_type (table, column) == EKL_COLUMN_CATEGORY &&
         (n > EKL_MAX_GUESSED_CATEGORIES ||
          (n > FEW_CATEGORIES && n > ekl_table_get_n_rows (table) / ROWS_PER_CATEGORY));
}

static gboolean
is_useless (const EklTable *table, guint column)
{
  return ekl_table_get_column_type (table, column) == EKL_COLUMN_EMPTY ||
         ekl_table_get_column_summary (table, column)->is_row_number;
}

static EklIgnoreReason
find_reason (const EklTable *table, guint column)
{
  if (ekl_table_get_column_type (table, column) == EKL_COLUMN_EMPTY)
    return EKL_REASON_EMPTY;
  if (ekl_table_get_column_summary (table, column)->is_row_number)
    return EKL_REASON_ROW_NUMBER;
  return has_many_categories (table, column) ? EKL_REASON_MANY_CATEGORIES : EKL_REASON_NONE;
}

/* The last column, or the last that has something to say. One that was ignored by name is not passed
 * over: most likely somebody thought of another target. */
static gboolean
guess_target (Naming *naming, GError **error)
{
  EklColumnRoles *roles = naming->roles;
  const EklTable *table = roles->table;
  guint last = ekl_table_get_n_columns (table) - 1, at = last;

  if (roles->n_targets > 0)
    return TRUE;
  while (at > 0 && !naming->is_named[at] && is_useless (table, at))
    at--;
  if (is_useless (table, at))
    at = last;
  roles->targets[roles->n_targets++] = at;
  if (roles->column[at].role == EKL_ROLE_FEATURE)
    return set_role (naming, at, EKL_ROLE_TARGET, "target", error);

  g_autofree char *shown = ekl_cell_shorten (ekl_table_get_column_name (table, at));
  g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN,
               "%s: the last column, %u (%s), is ignored; name another column as target",
               ekl_table_get_name (table), at + 1, shown);
  return FALSE;
}

static void
ignore_useless (Naming *naming)
{
  EklColumnRoles *roles = naming->roles;

  for (guint c = 0; c < ekl_table_get_n_columns (roles->table); c++) {
    EklColumnPlan *column = &roles->column[c];

    /* a name does not fill an empty column */
    if (column->role != EKL_ROLE_FEATURE ||
        (naming->is_named[c] && ekl_table_get_column_type (roles->table, c) != EKL_COLUMN_EMPTY))
      continue;
    column->reason = find_reason (roles->table, c);
    if (column->reason != EKL_REASON_NONE)
      column->role = EKL_ROLE_IGNORED;
  }
}

static void
collect_inputs (EklColumnRoles *self)
{
  self->n_inputs = 0;
  for (guint c = 0; c < ekl_table_get_n_columns (self->table); c++)
    if (self->column[c].role == EKL_ROLE_FEATURE)
      self->inputs[self->n_inputs++] = c;
}

/* Where nothing else is there to learn from, the numbers of the rows may well be the time. */
static void
take_back_row_numbers (EklColumnRoles *self)
{
  for (guint c = 0; c < ekl_table_get_n_columns (self->table); c++)
    if (self->column[c].reason == EKL_REASON_ROW_NUMBER &&
        ekl_table_get_column_type (self->table, c) == EKL_COLUMN_NUMBER)
      self->column[c] = (EklColumnPlan){ .role = EKL_ROLE_FEATURE };
  collect_inputs (self);
}

/* The first column that was ignored by itself, and why; "" where there is none. */
static char *
describe_first_reason (const EklColumnRoles *self)
{
  for (guint c = 0; c < ekl_table_get_n_columns (self->table); c++) {
    g_autofree char *shown = NULL;

    if (self->column[c].reason == EKL_REASON_NONE)
      continue;
    shown = ekl_cell_shorten (ekl_table_get_column_name (self->table, c));
    return g_strdup_printf ("; column %u (%s) %s", c + 1, shown,
                            ekl_ignore_reason_to_text (self->column[c].reason));
  }
  return g_strdup ("");
}

static gboolean
check_inputs (const EklColumnRoles *self, GError **error)
{
  const EklTable *table = self->table;
  guint n_columns = ekl_table_get_n_columns (table);
  g_autofree char *reason = NULL;

  for (guint i = 0; i < self->n_inputs; i++) {
    const guint c = self->inputs[i];
    g_autofree char *shown = ekl_cell_shorten (ekl_table_get_column_name (table, c));

    if (ekl_table_get_column_type (table, c) != EKL_COLUMN_CATEGORY ||
        ekl_table_get_column_summary (table, c)->n_categories <= EKL_MAX_CATEGORIES)
      continue;
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN,
                 "%s: column %u (%s) has %u categories, and each would be an input; ignore it, or "
                 "bring it down to at most %d",
                 ekl_table_get_name (table), c + 1, shown,
                 ekl_table_get_column_summary (table, c)->n_categories, EKL_MAX_CATEGORIES);
    return FALSE;
  }
  if (self->n_inputs > 0)
    return TRUE;
  if (n_columns == 1) {
    g_set_error (
      error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN,
      "%s: there is one column, which is the target, and none is left as input; where the "
      "file has more, set delimiter to what stands between them",
      ekl_table_get_name (table));
    return FALSE;
  }
  reason = describe_first_reason (self);
  g_set_error (
    error, EKL_DATA_ERROR, EKL_DATA_ERROR_COLUMN,
    "%s: no column is left as input: of %u %s, %u %s target and the others are ignored%s",
    ekl_table_get_name (table), n_columns, n_columns == 1 ? "column" : "columns", self->n_targets,
    self->n_targets == 1 ? "is" : "are", reason);
  return FALSE;
}

static gboolean
fill (EklColumnRoles *self, Naming *naming, const EklDataOptions *options, GError **error)
{
  if (!name_roles (naming, "target", options->target, EKL_ROLE_TARGET, error) ||
      !name_roles (naming, "ignore", options->ignore, EKL_ROLE_IGNORED, error) ||
      !name_types (naming, options->types, options->cancellable, error) ||
      !guess_target (naming, error))
    return FALSE;
  ignore_useless (naming);
  collect_inputs (self);
  if (self->n_inputs == 0)
    take_back_row_numbers (self);
  return check_inputs (self, error);
}

/**
 * ekl_column_roles_init:
 * @self: to be filled; all zero
 * @table: a table
 * @options: target, ignore and types: names or 1-based numbers of columns, as in column_list.h. A name
 * that two columns have has to be given by its number
 * @error: return location for %EKL_DATA_ERROR_COLUMN
 *
 * Every column that is neither target nor ignored is a feature. The target is the last column where
 * none is named, empty columns at the end left out.
 *
 * Ignored by themselves are columns without a value, a column that only numbers or names the rows,
 * and texts with more than %EKL_MAX_GUESSED_CATEGORIES categories, or with more than ten where fewer
 * than five rows share one on average: names, dates, remarks. A column that is given a type is used all the
 * same, but for an empty one; and so is the row's number where no other column is left.
 *
 * Returns: whether every column has one role and there is a feature; @self has to be cleared in both
 * cases
 */
gboolean
ekl_column_roles_init (EklColumnRoles *self,
                       EklTable *table,
                       const EklDataOptions *options,
                       GError **error)
{
  const guint n_columns = ekl_table_get_n_columns (table);
  g_autofree gboolean *is_named = g_new0 (gboolean, n_columns);
  Naming naming = { self, is_named };

  self->table = ekl_table_ref (table);
  self->column = g_new0 (EklColumnPlan, n_columns);
  self->inputs = g_new0 (guint, n_columns);
  self->targets = g_new0 (guint, n_columns);
  if (n_columns > 0)
    return fill (self, &naming, options, error);
  g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_EMPTY, "%s: there are no columns",
               ekl_table_get_name (table));
  return FALSE;
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
  g_clear_pointer (&self->table, ekl_table_unref);
  g_clear_pointer (&self->column, g_free);
  g_clear_pointer (&self->inputs, g_free);
  g_clear_pointer (&self->targets, g_free);
  self->n_inputs = self->n_targets = 0;
}

/**
 * ekl_ignore_reason_to_text:
 * @self: a reason
 *
 * Returns: the reason, to stand after "column 1 (id) "; %NULL for none
 */
const char *
ekl_ignore_reason_to_text (EklIgnoreReason self)
{
  switch (self) {
  case EKL_REASON_EMPTY:
    return "is empty";
  case EKL_REASON_ROW_NUMBER:
    return "only numbers or names the rows";
  case EKL_REASON_MANY_CATEGORIES:
    return "has too many different texts to make an input of each";
  case EKL_REASON_NONE:
  default:
    return NULL;
  }
}

/* class_labels.c - a column as classes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "class_labels.h"

#include "cell.h"

#include <math.h>
#include <string.h>

static gboolean G_GNUC_PRINTF (4, 5)
  set_error (GError **error, const EklTable *table, guint column, const char *format, ...)
{
  g_autofree char *shown = ekl_cell_shorten (ekl_table_get_column_name (table, column));
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT, "%s, column %u (%s): %s",
               ekl_table_get_name (table), column + 1, shown, what);
  return FALSE;
}

static gboolean
set_too_many (GError **error, const EklTable *table, guint column)
{
  const gboolean is_text = ekl_table_get_column_type (table, column) == EKL_COLUMN_CATEGORY;

  return set_error (error, table, column,
                    "more than %d different values are too many for classes; %s", EKL_MAX_CLASSES,
                    is_text ? "choose another target" : "choose regression");
}

static gboolean
set_too_few (GError **error, const EklTable *table, guint column, const char *name)
{
  g_autofree char *shown = ekl_cell_shorten (name);

  return set_error (error, table, column,
                    "all values are %s; classification needs two classes or more", shown);
}

/* ---- whole numbers ---- */

/* Different values found, ascending. */
typedef struct {
  guint n;
  double value[EKL_MAX_CLASSES];
} Values;

static guint
find_value (const Values *self, double value)
{
  guint k = 0;

  while (k < self->n && self->value[k] < value)
    k++;
  return k;
}

/* FALSE: it is no whole number, or one too many. */
static gboolean
add_value (Values *self, double value, guint max)
{
  const guint k = find_value (self, value);

  if (k < self->n && self->value[k] == value)
    return TRUE;
  if (value != floor (value) || self->n == max)
    return FALSE;
  memmove (self->value + k + 1, self->value + k, (self->n - k) * sizeof *self->value);
  self->value[k] = value + 0.0;
  self->n++;
  return TRUE;
}

static gboolean
init_numbers (EklClassLabels *self,
              const EklTable *table,
              guint column,
              const guint *rows,
              guint n_rows,
              GError **error)
{
  const double *values = ekl_table_get_column (table, column);
  Values found = { 0 };

  for (guint i = 0; i < n_rows; i++) {
    const double value = values[rows[i]];

    if (add_value (&found, value, EKL_MAX_CLASSES))
      continue;
    if (value == floor (value))
      return set_too_many (error, table, column);
    return set_error (error, table, column,
                      "%g is not a class; classification needs whole numbers or texts", value);
  }
  self->class = g_new (guint, n_rows);
  for (guint i = 0; i < n_rows; i++)
    self->class[i] = find_value (&found, values[rows[i]]);
  for (guint k = 0; k < found.n; k++)
    self->name[k] = g_strdup_printf ("%.0f", found.value[k]);
  self->n_classes = found.n;
  return self->n_classes >= 2 || set_too_few (error, table, column, self->name[0]);
}

/**
 * ekl_class_labels_guess:
 * @table: a table
 * @column: its target
 * @rows: (array length=n_rows): rows where the target has a value
 * @n_rows: how many
 *
 * Whether the numbers are more likely classes than quantities: they are 0 to K - 1 or 1 to K with K
 * from 2 to %EKL_MAX_GUESSED_CLASSES, all of them, and each in two rows or more. A gap, as in 4, 6 and 8
 * cylinders, or a sign says that a number counts something.
 */
gboolean
ekl_class_labels_guess (const EklTable *table, guint column, const guint *rows, guint n_rows)
{
  const double *values = ekl_table_get_column (table, column);
  guint count[EKL_MAX_GUESSED_CLASSES] = { 0 };
  Values found = { 0 };

  for (guint i = 0; i < n_rows; i++)
    if (!add_value (&found, values[rows[i]], EKL_MAX_GUESSED_CLASSES))
      return FALSE;
  if (found.n < 2 || (found.value[0] != 0 && found.value[0] != 1) ||
      found.value[found.n - 1] - found.value[0] != found.n - 1)
    return FALSE;
  for (guint i = 0; i < n_rows; i++)
    count[(guint) (values[rows[i]] - found.value[0])]++;
  for (guint k = 0; k < found.n; k++)
    if (count[k] < 2)
      return FALSE;
  return TRUE;
}

/* ---- texts ---- */

static gboolean
init_texts (EklClassLabels *self,
            const EklTable *table,
            guint column,
            const guint *rows,
            guint n_rows,
            GError **error)
{
  const guint32 *codes = ekl_table_get_column_codes (table, column);
  const guint n = ekl_table_get_column_summary (table, column)->n_categories;
  g_autofree guint *class_of = g_new0 (guint, n); /* first whether it is there, then which */

  for (guint i = 0; i < n_rows; i++)
    class_of[codes[rows[i]]] = 1;
  for (guint k = 0; k < n; k++) {
    if (!class_of[k])
      continue;
    if (self->n_classes == EKL_MAX_CLASSES)
      return set_too_many (error, table, column);
    class_of[k] = self->n_classes;
    self->name[self->n_classes++] = g_strdup (ekl_table_get_category_name (table, column, k));
  }
  self->class = g_new (guint, n_rows);
  for (guint i = 0; i < n_rows; i++)
    self->class[i] = class_of[codes[rows[i]]];
  return self->n_classes >= 2 || set_too_few (error, table, column, self->name[0]);
}

/**
 * ekl_class_labels_init:
 * @self: to be filled; all zero
 * @table: a table
 * @column: its target
 * @rows: (array length=n_rows): rows where the target has a value, at least one
 * @n_rows: how many
 * @error: return location for %EKL_DATA_ERROR_FORMAT
 *
 * Collects the different values of a column: 2 to %EKL_MAX_CLASSES texts or whole numbers.
 *
 * Returns: whether the column can be read as classes; @self has to be cleared in both cases
 */
gboolean
ekl_class_labels_init (EklClassLabels *self,
                       const EklTable *table,
                       guint column,
                       const guint *rows,
                       guint n_rows,
                       GError **error)
{
  if (ekl_table_get_column_type (table, column) == EKL_COLUMN_CATEGORY)
    return init_texts (self, table, column, rows, n_rows, error);
  return init_numbers (self, table, column, rows, n_rows, error);
}

/**
 * ekl_class_labels_clear:
 * @self: labels
 *
 * Frees what @self holds.
 */
void
ekl_class_labels_clear (EklClassLabels *self)
{
  for (guint k = 0; k < self->n_classes; k++)
    g_clear_pointer (&self->name[k], g_free);
  g_clear_pointer (&self->class, g_free);
  self->n_classes = 0;
}

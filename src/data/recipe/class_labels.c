/* class_labels.c - a column of whole numbers as classes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "class_labels.h"

#include "cell.h"

#include <math.h>
#include <string.h>

static void G_GNUC_PRINTF (4, 5)
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
}

/**
 * ekl_class_labels_find:
 * @self: classes
 * @value: a number
 *
 * Returns: the index of the class @value; where it is none, the index at which it would stand
 */
guint
ekl_class_labels_find (const EklClassLabels *self, double value)
{
  guint k = 0;

  while (k < self->n_classes && self->value[k] < value)
    k++;
  return k;
}

/**
 * ekl_class_labels_init:
 * @self: to be filled
 * @table: a table
 * @column: its column of labels, counted from 0, all finite
 * @error: return location for %EKL_DATA_ERROR_FORMAT
 *
 * Collects the different values of a column: 2 to 100 whole numbers.
 *
 * Returns: whether the column can be read as classes
 */
gboolean
ekl_class_labels_init (EklClassLabels *self, const EklTable *table, guint column, GError **error)
{
  const double *values = ekl_table_get_column (table, column);

  self->n_classes = 0;
  for (guint r = 0; r < ekl_table_get_n_rows (table); r++) {
    guint k = ekl_class_labels_find (self, values[r]);

    if (k < self->n_classes && self->value[k] == values[r])
      continue;
    if (values[r] != floor (values[r])) {
      set_error (error, table, column, "%g is not a class; classification needs whole numbers",
                 values[r]);
      return FALSE;
    }
    if (self->n_classes == EKL_MAX_CLASSES) {
      set_error (error, table, column,
                 "more than %d different values are too many for classes; choose regression",
                 EKL_MAX_CLASSES);
      return FALSE;
    }
    memmove (self->value + k + 1, self->value + k, (self->n_classes - k) * sizeof (double));
    self->value[k] = values[r];
    self->n_classes++;
  }
  if (self->n_classes >= 2)
    return TRUE;
  set_error (error, table, column, "all values are %g; classification needs two classes or more",
             self->n_classes > 0 ? self->value[0] : 0.0);
  return FALSE;
}

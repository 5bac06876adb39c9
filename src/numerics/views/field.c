/* field.c - values on a regular grid
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "parameter_plane.h"

#include <math.h>
#include <string.h>

/**
 * ekl_field_new:
 * @n_columns: at least 1
 * @n_rows: at least 1
 * @x0: of the first column
 * @x1: of the last column
 * @y0: of the first row
 * @y1: of the last row
 *
 * Returns: (transfer full): a field of which no value is known yet
 */
EklField *
ekl_field_new (guint n_columns, guint n_rows, double x0, double x1, double y0, double y1)
{
  EklField *self;
  gsize n = (gsize) n_columns * n_rows;

  g_return_val_if_fail (n_columns > 0 && n_rows > 0, NULL);

  self = g_new (EklField, 1);
  *self = (EklField){
    .n_columns = n_columns,
    .n_rows = n_rows,
    .x0 = x0,
    .x1 = x1,
    .y0 = y0,
    .y1 = y1,
    .value = g_new (double, n),
  };
  for (gsize i = 0; i < n; i++)
    self->value[i] = NAN;

  return self;
}

/**
 * ekl_field_copy:
 * @self: (nullable): a field
 *
 * Returns: (transfer full) (nullable): a deep copy; %NULL of %NULL
 */
EklField *
ekl_field_copy (const EklField *self)
{
  EklField *copy;

  if (self == NULL)
    return NULL;
  copy = g_new (EklField, 1);
  *copy = *self;
  copy->value = g_memdup2 (self->value, (gsize) self->n_columns * self->n_rows * sizeof (double));

  return copy;
}

/**
 * ekl_field_free:
 * @self: (nullable): a field
 */
void
ekl_field_free (EklField *self)
{
  if (self == NULL)
    return;
  g_free (self->value);
  g_free (self);
}

/* cell.h - the text of one cell of a table, and what it means
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "quantity.h"

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  EKL_CELL_NUMBER,
  EKL_CELL_EMPTY,
  EKL_CELL_MISSING,    /* NA, NaN, null, ?: a mark that says there is no value */
  EKL_CELL_NOT_FINITE, /* infinite, or too large for a double */
  EKL_CELL_TEXT,
} EklCellKind;

/* Texts need not end with a zero. */
EklCellKind ekl_cell_parse    (const char     *text,
                               gsize           length,
                               EklNumberMarks  marks,
                               double         *value);
EklCellKind ekl_cell_parse_quantity (const char *text,
                               gsize           length,
                               EklNumberMarks  marks,
                               double         *value,
                               EklSigns       *sign);
void        ekl_cell_trim     (const char    **text,
                               gsize          *length);
gboolean    ekl_cell_is_missing (const char   *text,
                               gsize           length);
gboolean    ekl_cell_is_code  (const char     *text,
                               gsize           length);
char       *ekl_cell_shorten  (const char     *text);
char       *ekl_cell_describe_bad (const char *text);

G_END_DECLS

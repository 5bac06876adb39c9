/* usable_rows.h - the rows that have a value wherever one is needed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "column_roles.h"

G_BEGIN_DECLS

typedef struct {
  guint n_rows;
  guint *rows;              /* (n_rows) of the table, ascending */
  guint n_dropped_missing;
  guint n_dropped_bad;      /* that have a bad cell, and maybe missing ones, too */
  guint worst_column;       /* which alone would drop the most rows */
  guint n_worst;            /* so many; 0: none is dropped */
} EklUsableRows;

gboolean ekl_cell_is_there      (const EklTable        *table,
                                 guint                  column,
                                 guint                  row);
gboolean ekl_usable_rows_init   (EklUsableRows         *self,
                                 const EklColumnRoles  *roles,
                                 EklMissing             missing,
                                 GCancellable          *cancellable,
                                 GError               **error);
void     ekl_usable_rows_clear  (EklUsableRows         *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EklUsableRows, ekl_usable_rows_clear)

G_END_DECLS

/* column_roles.h - which columns of a table are inputs, and which are to be predicted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "table.h"

G_BEGIN_DECLS

typedef struct {
  guint n_inputs;
  guint n_targets;
  guint *inputs;  /* (n_inputs) columns of the table from 0, in the table's order */
  guint *targets; /* (n_targets) likewise, in the order given */
} EklColumnRoles;

gboolean ekl_column_roles_init  (EklColumnRoles  *self,
                                 const EklTable  *table,
                                 const char      *target,
                                 const char      *ignore,
                                 GError         **error);
void     ekl_column_roles_clear (EklColumnRoles  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EklColumnRoles, ekl_column_roles_clear)

G_END_DECLS

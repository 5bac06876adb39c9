/* ekl-column-head.h - a column's name, with its type and its role to choose
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "column_roles.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EKL_TYPE_COLUMN_HEAD (ekl_column_head_get_type ())
G_DECLARE_FINAL_TYPE (EklColumnHead, ekl_column_head, EKL, COLUMN_HEAD, AdwBin)

/**
 * EklColumnHead: signals
 *   "role-chosen" (guint role)   by the user; what is shown is up to who listens
 *   "type-chosen" (guint type)
 */
GtkWidget  *ekl_column_head_new      (void);
void        ekl_column_head_show     (EklColumnHead *self,
                                      const char    *name,
                                      EklColumnType  type,
                                      EklColumnRole  role,
                                      const char    *remark); /* NULL: none */

G_END_DECLS

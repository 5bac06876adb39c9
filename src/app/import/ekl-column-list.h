/* ekl-column-list.h - all columns of a table to look through, and to choose for many at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-import.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EKL_TYPE_COLUMN_LIST (ekl_column_list_get_type ())
G_DECLARE_FINAL_TYPE (EklColumnList, ekl_column_list, EKL, COLUMN_LIST, AdwBin)

/* Signal "refused" (const char *why): a choice that cannot be. */
void ekl_column_list_set_import (EklColumnList *self,
                                 EklImport     *import); /* once */

G_END_DECLS

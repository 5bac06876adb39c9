/* ekl-import-table.h - the first rows of a table, with what is chosen about its columns in the heads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-import.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* More columns than that are slow to show and to look through: the list of columns has them all. */
#define EKL_IMPORT_TABLE_MAX_COLUMNS 24

#define EKL_TYPE_IMPORT_TABLE (ekl_import_table_get_type ())
G_DECLARE_FINAL_TYPE (EklImportTable, ekl_import_table, EKL, IMPORT_TABLE, AdwBin)

/* Signal "refused" (const char *why): a choice that cannot be. */
void ekl_import_table_set_import (EklImportTable *self,
                                  EklImport      *import); /* once */
void ekl_import_table_show_row   (EklImportTable *self,
                                  guint           row);    /* from 0 */

G_END_DECLS

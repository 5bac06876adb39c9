/* ekl-format-row.h - one thing about how a file is written: found by itself, or said
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-import.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EKL_TYPE_FORMAT_ROW (ekl_format_row_get_type ())
G_DECLARE_FINAL_TYPE (EklFormatRow, ekl_format_row, EKL, FORMAT_ROW, AdwPreferencesRow)

GtkWidget *ekl_format_row_new (EklImport    *import,
                               EklCsvField   field);

G_END_DECLS

/* column_text.h - columns of a table in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-import.h"

G_BEGIN_DECLS

const char *ekl_column_type_to_text (EklColumnType  type);
const char *ekl_column_role_to_text (EklColumnRole  role);
char       *ekl_column_describe     (EklImport     *import,
                                     guint          column);

G_END_DECLS

/* csv_reader.h - comma-separated text to a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "table.h"

G_BEGIN_DECLS

EklTable *ekl_csv_read_file  (GFile         *file,
                              GCancellable  *cancellable,
                              GError       **error);
EklTable *ekl_csv_read_bytes (GBytes        *bytes,
                              const char    *name,
                              GCancellable  *cancellable,
                              GError       **error);

G_END_DECLS

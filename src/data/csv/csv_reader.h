/* csv_reader.h - delimited text to a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "csv_format.h"
#include "read_progress.h"
#include "table.h"

G_BEGIN_DECLS

EklTable *ekl_csv_read_file  (GFile               *file,
                              const EklCsvFormat  *wanted,
                              EklProgressFunc      progress,
                              gpointer             user_data,
                              GCancellable        *cancellable,
                              GError             **error);
EklTable *ekl_csv_read_bytes (GBytes              *bytes,
                              const char          *name,
                              const EklCsvFormat  *wanted,
                              EklProgressFunc      progress,
                              gpointer             user_data,
                              GCancellable        *cancellable,
                              GError             **error);

G_END_DECLS

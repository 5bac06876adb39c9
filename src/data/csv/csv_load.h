/* csv_load.h - the bytes of a file, all of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "csv_watch.h"

G_BEGIN_DECLS

/* bytes[length] is a zero. */
typedef struct {
  char *bytes;
  gsize length;
} EklCsvBytes;

gboolean ekl_csv_load_file  (GFile             *file,
                             const char        *name,
                             const EklCsvWatch *watch,
                             EklCsvBytes       *bytes,
                             GError           **error);
gboolean ekl_csv_load_bytes (GBytes            *source,
                             const char        *name,
                             EklCsvBytes       *bytes,
                             GError           **error);

G_END_DECLS

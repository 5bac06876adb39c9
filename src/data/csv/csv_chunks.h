/* csv_chunks.h - a text in pieces that can be read each by itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "csv_splitter.h"
#include "csv_watch.h"

G_BEGIN_DECLS

typedef struct {
  const char *start, *stop; /* records begin from start to before stop */
  gsize line;               /* of the file, on which start is */
  gsize max_rows;           /* at most so many records */
} EklCsvChunk;

GArray *ekl_csv_chunks_new (EklCsvDialect     *dialect,
                            const char        *start,
                            gsize              line,
                            const EklCsvWatch *watch);

G_END_DECLS

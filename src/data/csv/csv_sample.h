/* csv_sample.h - the first records of a text, to look at more than once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "csv_splitter.h"

G_BEGIN_DECLS

typedef struct {
  const char *start; /* where the record begins in the text */
  gsize line;        /* of the file */
  guint n_cells;
  char **cells;      /* (n_cells) */
} EklCsvRecord;

/* What a cell is before it is known which marks numbers have. */
typedef enum {
  EKL_CSV_LOOK_EMPTY,
  EKL_CSV_LOOK_MISSING,
  EKL_CSV_LOOK_NUMBER,
  EKL_CSV_LOOK_DATE,
  EKL_CSV_LOOK_TEXT,
} EklCsvLook;

GPtrArray    *ekl_csv_sample_new     (const EklCsvDialect *dialect,
                                      const char          *start,
                                      gsize                line);
EklCsvRecord *ekl_csv_sample_get     (GPtrArray           *sample,
                                      guint                k);
EklCsvLook    ekl_csv_look_at        (const char          *text,
                                      gsize                length);

G_END_DECLS

/* csv_store.h - records to columns, on all cores
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "csv_chunks.h"
#include "table_parts.h"

G_BEGIN_DECLS

typedef enum {
  EKL_CSV_STORE_NUMBERS,
  EKL_CSV_STORE_TEXTS,
  EKL_CSV_STORE_NOTHING,
} EklCsvStoreKind;

/* One column while it is read. */
typedef struct {
  EklCsvStoreKind kind;
  double *numbers;     /* NUMBERS: (n_rows) */
  guint32 *codes;      /* TEXTS: (n_rows) */
  EklTextSet *texts;   /* of all cells, or of the bad ones; NULL: none */
  GArray *bad;         /* NUMBERS: of EklBadCell, rows ascending; NULL: none */
  gboolean has_codes;  /* NUMBERS: a cell is digits such as 01067 */
  EklSigns signs;      /* NUMBERS: that cells have */
} EklCsvColumn;

typedef struct {
  const EklCsvDialect *dialect;
  EklNumberMarks marks;
  const GArray *chunks; /* of EklCsvChunk */
  guint n_columns;

  EklCsvColumn *columns; /* (n_columns) */
  guint n_rows;
  GArray *row_lines;     /* of EklRowLine */
  GArray *row_problems;  /* of EklTableProblem */
  guint64 n_row_problems;
  GArray *bad_rows;      /* of guint32 */
  gsize huge_line;       /* of the first cell that is too long to be one; 0: none */
} EklCsvStore;

void     ekl_csv_store_init  (EklCsvStore         *self,
                              const EklCsvDialect *dialect,
                              EklNumberMarks       marks,
                              const GArray        *chunks,
                              guint                n_columns);
gboolean ekl_csv_store_read  (EklCsvStore         *self,
                              const char          *name,
                              const EklCsvWatch   *watch,
                              GError             **error);
void     ekl_csv_store_clear (EklCsvStore         *self);

G_END_DECLS

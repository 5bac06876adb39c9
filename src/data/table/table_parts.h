/* table_parts.h - what a reader hands over to make a table of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "table_column.h"

G_BEGIN_DECLS

/* From this row on, until the next entry, a row's line grows by one with every row. */
typedef struct {
  guint row;
  gsize line;
} EklRowLine;

/* All of it is owned. */
typedef struct {
  char *name;
  guint n_columns;
  guint n_rows;
  EklTableColumn **columns; /* (n_columns), finished */

  GArray *row_lines;        /* of EklRowLine, rows ascending; NULL: not of a file */
  GArray *row_problems;     /* of EklTableProblem, of whole rows: the first EKL_TABLE_MAX_PROBLEMS; or NULL */
  guint64 n_row_problems;
  GArray *bad_rows;         /* of guint32: rows that are bad as a whole, ascending; or NULL */

  guint n_preview_rows;
  char **preview;           /* (n_preview_rows, n_columns), NULL where the row is short */

  gboolean has_format;
  EklCsvFormat format;
  guint guessed;            /* bit f: field f is a guess */
  char *doubts[EKL_CSV_N_FIELDS];
} EklTableParts;

EklTable *ekl_table_new_take    (EklTableParts *parts);
void      ekl_table_parts_clear (EklTableParts *parts);

G_END_DECLS

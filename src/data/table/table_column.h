/* table_column.h - one column of a table: numbers or categories, and what was wrong with its cells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "number.h"
#include "table.h"
#include "text_set.h"

#include <stdatomic.h>

G_BEGIN_DECLS

typedef struct {
  guint32 row;  /* from 0 */
  guint32 code; /* its text in the column's texts */
} EklBadCell;

/* Immutable once finished; tables share it. */
typedef struct _EklTableColumn EklTableColumn;
struct _EklTableColumn {
  atomic_int n_references;
  char *name;
  gboolean is_unnamed;     /* the header had no name, or there is none */
  EklColumnType type;
  guint n_rows;
  double *numbers;         /* NUMBER, EMPTY: (n_rows), NaN in missing and bad cells */
  guint32 *codes;          /* CATEGORY: (n_rows), a text or EKL_CATEGORY_MISSING */
  EklTextSet *texts;       /* the categories, or the texts of bad cells; or NULL */
  EklBadCell *bad;         /* NUMBER: (summary.n_bad), rows ascending */
  EklColumnSummary summary;
  EklTableColumn *as_read; /* what this one was converted from, or NULL */
};

EklTableColumn *ekl_table_column_new     (const char       *name,
                                          gboolean          is_unnamed,
                                          guint             n_rows);
EklTableColumn *ekl_table_column_ref     (EklTableColumn   *self);
void            ekl_table_column_unref   (EklTableColumn   *self);
void            ekl_table_column_take_numbers (EklTableColumn *self,
                                          double           *numbers,
                                          EklTextSet       *texts,
                                          EklBadCell       *bad,
                                          guint             n_bad);
void            ekl_table_column_take_codes (EklTableColumn *self,
                                          guint32          *codes,
                                          EklTextSet       *texts);
EklTableColumn *ekl_table_column_convert (EklTableColumn   *self,
                                          EklColumnType     type,
                                          EklNumberMarks    marks,
                                          GCancellable     *cancellable);
void            ekl_table_column_find_row_number (EklTableColumn *self,
                                          guint             n_columns);
EklCellState    ekl_table_column_get_state (const EklTableColumn *self,
                                          guint             row);
const EklBadCell *ekl_table_column_find_bad (const EklTableColumn *self,
                                          guint             row);
gboolean        ekl_table_column_find_problem (const EklTableColumn *self,
                                          guint            *row,
                                          char            **text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklTableColumn, ekl_table_column_unref)

G_END_DECLS

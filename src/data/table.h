/* table.h - what was read from a file, before any role is given: named columns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define EKL_DATA_ERROR (ekl_data_error_quark ())
GQuark ekl_data_error_quark (void);

typedef enum {
  EKL_DATA_ERROR_READ,    /* the file cannot be read */
  EKL_DATA_ERROR_EMPTY,
  EKL_DATA_ERROR_FORMAT,  /* not text, a ragged row, a cell that is not a number, a NaN */
  EKL_DATA_ERROR_COLUMN,  /* a column that is named does not exist, or is used twice */
  EKL_DATA_ERROR_SPLIT,   /* no training rows, or too few */
  EKL_DATA_ERROR_WRITE,   /* the file cannot be written */
} EklDataError;

/* Immutable once made; columns are numeric. Rows are counted from 1 in messages, and are lines of the
 * file. */
typedef struct _EklTable EklTable;

EklTable     *ekl_table_new           (const char         *name,
                                       guint               n_columns,
                                       const char *const  *names,
                                       guint               n_rows,
                                       const double       *values); /* (n_columns, n_rows) */
EklTable     *ekl_table_new_take      (const char         *name,
                                       guint               n_columns,
                                       char              **names,
                                       guint               n_rows,
                                       double            **columns,
                                       char              **problems);
EklTable     *ekl_table_ref           (EklTable           *self);
void          ekl_table_unref         (EklTable           *self);
const char   *ekl_table_get_name      (const EklTable     *self);
guint         ekl_table_get_n_columns (const EklTable     *self);
guint         ekl_table_get_n_rows    (const EklTable     *self);
const char   *ekl_table_get_column_name (const EklTable   *self,
                                       guint               column);
const double *ekl_table_get_column    (const EklTable     *self,
                                       guint               column);
/* NULL, or why the column cannot be used: its first cell that is not a number, as a sentence. Such
 * a cell is NaN; the column does no harm as long as it is ignored. */
const char   *ekl_table_get_column_problem (const EklTable *self,
                                       guint               column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklTable, ekl_table_unref)

G_END_DECLS

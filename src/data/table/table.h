/* table.h - what was read from a file, before any role is given: named columns, each of one type
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "csv_format.h"
#include "quantity.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define EKL_DATA_ERROR (ekl_data_error_quark ())
GQuark ekl_data_error_quark (void);

typedef enum {
  EKL_DATA_ERROR_READ,    /* the file cannot be read */
  EKL_DATA_ERROR_EMPTY,
  EKL_DATA_ERROR_FORMAT,  /* not text, a cell that is not a number, a NaN */
  EKL_DATA_ERROR_COLUMN,  /* a column that is named does not exist, or is used twice */
  EKL_DATA_ERROR_SPLIT,   /* no training rows, or too few */
  EKL_DATA_ERROR_WRITE,   /* the file cannot be written */
} EklDataError;

typedef enum {
  EKL_COLUMN_NUMBER,
  EKL_COLUMN_CATEGORY,
  EKL_COLUMN_EMPTY,       /* no cell has a value */
} EklColumnType;

typedef enum {
  EKL_CELL_GOOD,
  EKL_CELL_IS_MISSING,    /* empty, or a mark such as NA */
  EKL_CELL_IS_BAD,        /* in a column of numbers: text, or not finite */
} EklCellState;

/* In place of a category's code. */
#define EKL_CATEGORY_MISSING G_MAXUINT32

/* As many problems as are kept, and rows as are shown. */
#define EKL_TABLE_MAX_PROBLEMS     100
#define EKL_TABLE_MAX_PREVIEW_ROWS 200

/* More categories than that stay in the order in which they were met: sorting them would take longer than
 * reading, and cannot be called off. */
#define EKL_TABLE_MAX_SORTED 30000

typedef struct {
  guint n_missing;
  guint n_bad;
  double min, max, mean;  /* NUMBER: of the good cells, NaN where there are none */
  guint n_categories;     /* CATEGORY */
  gboolean is_constant;   /* every good cell is the same */
  guint n_like_missing;   /* NUMBER: that are min, -999 or the like and far below all others; mostly 0 */
  EklSigns signs;         /* NUMBER: of the numbers, left out: 12% is 12 */
  gboolean is_code;       /* CATEGORY: would be numbers, but for zeros at the front: 01067 */
  gboolean is_row_number; /* the first column, where it only numbers or names the rows: better ignored */
} EklColumnSummary;

typedef struct {
  gsize line;    /* of the file, from 1; 0: of no line */
  guint row;     /* of the data, from 1; 0: of no row */
  guint column;  /* from 1; 0: of the whole row */
  char *text;    /* what is wrong, without the place: "\"three\" is not a number" */
} EklTableProblem;

/* Immutable once made, atomically reference-counted. Messages count rows from 1 and mean lines of the file. */
typedef struct _EklTable EklTable;

EklTable     *ekl_table_new                (const char         *name,
                                            guint               n_columns,
                                            const char *const  *names,
                                            guint               n_rows,
                                            const double       *values); /* (n_columns, n_rows) */
EklTable     *ekl_table_with_column_type   (EklTable           *self,
                                            guint               column,
                                            EklColumnType       type,
                                            GCancellable       *cancellable);
EklTable     *ekl_table_ref                (EklTable           *self);
void          ekl_table_unref              (EklTable           *self);

const char   *ekl_table_get_name           (const EklTable     *self);
guint         ekl_table_get_n_columns      (const EklTable     *self);
guint         ekl_table_get_n_rows         (const EklTable     *self);
guint         ekl_table_get_n_rows_with_missing (const EklTable *self);
guint         ekl_table_get_n_rows_bad     (const EklTable     *self);
gsize         ekl_table_get_row_line       (const EklTable     *self,
                                            guint               row);

const char   *ekl_table_get_column_name    (const EklTable     *self,
                                            guint               column);
EklColumnType ekl_table_get_column_type    (const EklTable     *self,
                                            guint               column);
const EklColumnSummary *ekl_table_get_column_summary (const EklTable *self,
                                            guint               column);
const double *ekl_table_get_column         (const EklTable     *self,
                                            guint               column);
const guint32 *ekl_table_get_column_codes  (const EklTable     *self,
                                            guint               column);
const char   *ekl_table_get_category_name  (const EklTable     *self,
                                            guint               column,
                                            guint               code);
const char   *ekl_table_get_bad_text       (const EklTable     *self,
                                            guint               column,
                                            guint               row);
const char   *ekl_table_get_column_problem (const EklTable     *self,
                                            guint               column);

guint64       ekl_table_get_n_problems     (const EklTable     *self);
const EklTableProblem *ekl_table_list_problems (const EklTable *self,
                                            guint              *n_kept);

guint         ekl_table_get_n_preview_rows (const EklTable     *self);
const char   *ekl_table_get_preview_text   (const EklTable     *self,
                                            guint               row,
                                            guint               column);
EklCellState  ekl_table_get_cell_state     (const EklTable     *self,
                                            guint               row,
                                            guint               column);

/* How the file was read; NULL where the table is not of a file. */
const EklCsvFormat *ekl_table_get_csv_format (const EklTable   *self);
gboolean      ekl_table_is_csv_guess       (const EklTable     *self,
                                            EklCsvField         field);
const char   *ekl_table_get_csv_doubt      (const EklTable     *self,
                                            EklCsvField         field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklTable, ekl_table_unref)

G_END_DECLS

/* csv_marks.h - decimal marks and marks of thousands, by what the numbers look like
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "table.h"

G_BEGIN_DECLS

/* Of the cells of columns that are mostly numbers. */
typedef struct {
  guint n_point_decimal;   /* 0.5, 12.34: nothing but a decimal point */
  guint n_comma_decimal;
  guint n_point_thousands; /* 1.234.567, 1.234,5 */
  guint n_comma_thousands;
  guint n_point_either;    /* 1.234 */
  guint n_comma_either;
  guint n_point_grouped;   /* of those: in columns whose numbers below 1000 have no mark */
  guint n_comma_grouped;
  guint n_space_thousands;
  guint n_apostrophe_thousands;
} EklCsvMarksCount;

typedef struct {
  EklCsvMarksCount count;
  guint n_short, n_long; /* whole numbers without marks, of up to 3 digits and of more */
  guint n_numbers, n_others;
} EklCsvMarksColumn;

void        ekl_csv_marks_look    (EklCsvMarksColumn       *column,
                                   const char              *text);
void        ekl_csv_marks_add     (EklCsvMarksCount        *self,
                                   const EklCsvMarksColumn *column);
const char *ekl_csv_marks_decide  (const EklCsvMarksCount  *self,
                                   EklCsvFormat            *format);

G_END_DECLS

/* table_faults.h - what is wrong with a table: counted over all rows, the first of it in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "table_parts.h"

G_BEGIN_DECLS

typedef struct {
  guint n_rows_with_missing;
  guint n_rows_bad;
  guint64 n_problems;
  GArray *problems;       /* of EklTableProblem, by row and column, at most EKL_TABLE_MAX_PROBLEMS */
  char **column_problems; /* (n_columns) a sentence, or NULL */
  guint n_columns;
} EklTableFaults;

void  ekl_table_faults_init    (EklTableFaults         *self,
                                const EklTableParts    *parts,
                                EklTableColumn *const  *columns);
void  ekl_table_faults_clear   (EklTableFaults         *self);
gsize ekl_table_parts_get_line (const EklTableParts    *parts,
                                guint                   row);

G_END_DECLS

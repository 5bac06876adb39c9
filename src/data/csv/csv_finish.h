/* csv_finish.h - what was stored of each column, to the columns of a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "csv_guess.h"
#include "csv_store.h"

G_BEGIN_DECLS

gboolean         ekl_csv_column_is_category (const EklCsvColumn *self,
                                             guint               n_rows,
                                             EklNumberMarks      marks);
EklTableColumn **ekl_csv_finish_columns     (EklCsvStore        *store,
                                             const EklCsvGuess  *guess);
char           **ekl_csv_make_preview       (const EklCsvStore  *store,
                                             const EklCsvGuess  *guess,
                                             guint              *n_rows);

G_END_DECLS

/* column_encoder.h - columns of a table as rows of numbers: filled in, one-hot, standardised
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data_options.h"
#include "predictions.h"
#include "table.h"

G_BEGIN_DECLS

/* One column of the table. */
typedef struct {
  guint column;
  guint first;        /* its first output */
  guint n;              /* outputs: 1, or one a category, in the table's order */
  gboolean *is_seen;    /* CATEGORY: (n) whether a training row has it; NULL for numbers */
  gboolean is_constant; /* the same in all training rows */
  double fill;          /* stands where the cell has no value */
  guint32 fill_code;    /* likewise, of a CATEGORY */
  guint n_filled;       /* cells so far */
} EklEncodedColumn;

typedef struct {
  const EklTable *table;
  guint n_columns;
  guint n_outputs;
  EklEncodedColumn *column; /* (n_columns) */
  EklUnit *unit;            /* (n_outputs) names owned */
  GCancellable *cancellable; /* looked at between two outputs; NULL: none */
} EklColumnEncoder;

void     ekl_column_encoder_init  (EklColumnEncoder  *self,
                                   const EklTable    *table,
                                   const guint       *columns,
                                   guint              n_columns,
                                   EklMissing         missing,
                                   gboolean           standardize,
                                   const guint       *training,
                                   guint              n_training);
gboolean ekl_column_encoder_run   (EklColumnEncoder  *self,
                                   const guint       *rows,
                                   guint              n_rows,
                                   real              *out,
                                   GError           **error);
void     ekl_column_encoder_clear (EklColumnEncoder  *self);
void     ekl_units_free           (EklUnit           *units,
                                   guint              n);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EklColumnEncoder, ekl_column_encoder_clear)

G_END_DECLS

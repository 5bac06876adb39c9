/* row_split.h - which rows are used, which of them train, and which are kept for validation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Rows to draw from. Classes keep their shares in what is drawn. */
typedef struct {
  guint n_rows;
  guint n_classes;    /* 0: rows are all alike */
  const guint *class; /* (n_rows) of each row, below n_classes; NULL where n_classes is 0 */
} EklRows;

guint *ekl_row_split_new    (const EklRows *rows,
                             double         train_fraction,
                             guint64        seed,
                             guint         *n_training);
guint *ekl_row_sample_new   (const EklRows *rows,
                             guint          n_wanted,
                             guint64        seed);
void   ekl_row_apportion    (const guint   *n_rows,
                             guint          n_classes,
                             guint          n_wanted,
                             guint         *n_drawn);

G_END_DECLS

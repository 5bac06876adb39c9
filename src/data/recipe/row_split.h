/* row_split.h - which rows are trained on, and which are kept for validation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint *ekl_row_split_new (guint    n_rows,
                          double   train_fraction,
                          guint64  seed,
                          guint   *n_training);

G_END_DECLS

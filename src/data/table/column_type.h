/* column_type.h - numbers or categories: the rule
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "table.h"

G_BEGIN_DECLS

EklColumnType ekl_column_type_decide (guint n_numbers,
                                      guint n_texts,
                                      guint n_different_texts);

G_END_DECLS

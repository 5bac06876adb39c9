/* column_type.c - numbers or categories: the rule
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "column_type.h"

/**
 * ekl_column_type_decide:
 * @n_numbers: cells that are numbers
 * @n_texts: cells that are neither numbers nor missing
 * @n_different_texts: how many different texts those are
 *
 * A column is numbers where at most a tenth of its texts are something else: slips, which are then
 * bad cells. It is numbers, too, where up to a third are one or two texts that come again and again,
 * for someone's way to say that there is no value. Tickets that are mostly numbers, and codes such as
 * 12 and 12a, are categories.
 *
 * Returns: the type of the column
 */
EklColumnType
ekl_column_type_decide (guint n_numbers, guint n_texts, guint n_different_texts)
{
  guint64 n_all = (guint64) n_numbers + n_texts;

  if (n_all == 0)
    return EKL_COLUMN_EMPTY;
  if ((guint64) n_texts * 10 <= n_all)
    return EKL_COLUMN_NUMBER;
  if ((guint64) n_texts * 3 <= n_all && n_different_texts <= 2)
    return EKL_COLUMN_NUMBER;
  return EKL_COLUMN_CATEGORY;
}

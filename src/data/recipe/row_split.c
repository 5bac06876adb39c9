/* row_split.c - which rows are trained on, and which are kept for validation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "row_split.h"

#include "philox.h"

#include <math.h>

static guint
count_training (guint n_rows, double train_fraction)
{
  /* 0.29 * 100 is a little less than 29 */
  guint n = (guint) floor (train_fraction * n_rows + 1e-9);

  if (train_fraction == 1 || n_rows == 1)
    return n_rows;
  return CLAMP (n, 1, n_rows - 1);
}

/**
 * ekl_row_split_new:
 * @n_rows: N, at least 1
 * @train_fraction: in (0, 1]
 * @seed: draws another split
 * @n_training: (out): floor (train_fraction N), at least 1 and, where train_fraction < 1 and N > 1,
 * at most N - 1
 *
 * Draws the training rows by Philox (%EKL_STREAM_SPLIT). The split depends on nothing but the
 * arguments.
 *
 * Returns: (transfer full): the rows from 0, (N): first the training rows, then the others, either
 * part ascending
 */
guint *
ekl_row_split_new (guint n_rows, double train_fraction, guint64 seed, guint *n_training)
{
  g_autofree guint *order = g_new (guint, n_rows);
  g_autofree gboolean *is_training = g_new0 (gboolean, n_rows);
  guint *rows = g_new (guint, n_rows);
  guint next_training = 0, next_other;

  *n_training = count_training (n_rows, train_fraction);
  ekl_random_permutation (seed, EKL_STREAM_SPLIT, 0, n_rows, order);
  for (guint i = 0; i < *n_training; i++)
    is_training[order[i]] = TRUE;
  next_other = *n_training;
  for (guint r = 0; r < n_rows; r++)
    rows[is_training[r] ? next_training++ : next_other++] = r;
  return rows;
}

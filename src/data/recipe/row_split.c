/* row_split.c - which rows are used, which of them train, and which are kept for validation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "row_split.h"

#include "philox.h"

#include <math.h>

/* The "step" of a draw, so that the rows used and the rows trained on are drawn apart. */
enum {
  DRAW_TRAINING,
  DRAW_SAMPLE,
};

static guint
count_training (guint n_rows, double train_fraction)
{
  /* 0.29 * 100 is a little less than 29 */
  guint n = (guint) floor (train_fraction * n_rows + 1e-9);

  if (train_fraction == 1 || n_rows == 1)
    return n_rows;
  return CLAMP (n, 1, n_rows - 1);
}

/* The class that most lacks a row (by = 1) or has one too many (by = -1) against its share; of equals
 * the first. */
static guint
find_furthest (const guint *n_rows, guint n_classes, double share, const guint *n_drawn, int by)
{
  guint found = n_classes;
  double furthest = -INFINITY;

  for (guint k = 0; k < n_classes; k++) {
    const double lack = by * (share * n_rows[k] - n_drawn[k]);

    if (by > 0 ? n_drawn[k] == n_rows[k] : n_drawn[k] <= 1)
      continue;
    if (lack > furthest) {
      furthest = lack;
      found = k;
    }
  }
  return found;
}

/**
 * ekl_row_apportion:
 * @n_rows: (array length=n_classes): how many rows each class has
 * @n_classes: K
 * @n_wanted: how many are to be drawn, at most all
 * @n_drawn: (out) (array length=n_classes): how many of each class, @n_wanted together
 *
 * Shares the rows to be drawn out by the method of largest remainders (Hamilton's), but gives every
 * class that has a row at least one, where @n_wanted is enough for that.
 */
void
ekl_row_apportion (const guint *n_rows, guint n_classes, guint n_wanted, guint *n_drawn)
{
  guint n_all = 0, n_there = 0, n = 0;
  double share;

  for (guint k = 0; k < n_classes; k++) {
    n_all += n_rows[k];
    n_there += n_rows[k] > 0;
  }
  share = n_all > 0 ? (double) n_wanted / n_all : 0;
  for (guint k = 0; k < n_classes; k++) {
    n_drawn[k] = MIN ((guint) floor (share * n_rows[k] + 1e-9), n_rows[k]);
    if (n_drawn[k] == 0 && n_rows[k] > 0 && n_wanted >= n_there)
      n_drawn[k] = 1;
    n += n_drawn[k];
  }
  for (; n < n_wanted; n++)
    n_drawn[find_furthest (n_rows, n_classes, share, n_drawn, 1)]++;
  for (; n > n_wanted; n--)
    n_drawn[find_furthest (n_rows, n_classes, share, n_drawn, -1)]--;
}

/* Whether each row is among the n_wanted that are drawn, (n_rows). The rows go by in one random order,
 * and each class takes its share of them from the front. */
static gboolean *
draw (const EklRows *rows, guint n_wanted, guint64 seed, guint step)
{
  const guint n_classes = MAX (rows->n_classes, 1);
  g_autofree guint *order = g_new (guint, rows->n_rows);
  g_autofree guint *n_there = g_new0 (guint, n_classes), *n_left = g_new0 (guint, n_classes);
  gboolean *is_drawn = g_new0 (gboolean, rows->n_rows);

  for (guint r = 0; r < rows->n_rows; r++)
    n_there[rows->class != NULL ? rows->class[r] : 0]++;
  ekl_row_apportion (n_there, n_classes, n_wanted, n_left);
  ekl_random_permutation (seed, EKL_STREAM_SPLIT, step, rows->n_rows, order);
  for (guint i = 0; i < rows->n_rows; i++) {
    guint *left = &n_left[rows->class != NULL ? rows->class[order[i]] : 0];

    is_drawn[order[i]] = *left > 0;
    *left -= *left > 0;
  }
  return is_drawn;
}

/**
 * ekl_row_split_new:
 * @rows: N rows, at least 1, and their classes
 * @train_fraction: in (0, 1]
 * @seed: draws another split
 * @n_training: (out): floor (train_fraction N), at least 1 and, where train_fraction < 1 and N > 1,
 * at most N - 1
 *
 * Draws the training rows by Philox (%EKL_STREAM_SPLIT); of classes as ekl_row_apportion() says, so
 * that every class has a training row where there are as many training rows as classes. The split
 * depends on nothing but the arguments.
 *
 * Returns: (transfer full): the rows from 0, (N): first the training rows, then the others, either
 * part ascending
 */
guint *
ekl_row_split_new (const EklRows *rows, double train_fraction, guint64 seed, guint *n_training)
{
  const guint n_wanted = count_training (rows->n_rows, train_fraction);
  g_autofree gboolean *is_training = draw (rows, n_wanted, seed, DRAW_TRAINING);
  guint *split = g_new (guint, rows->n_rows);
  guint next_training = 0, next_other = n_wanted;

  *n_training = n_wanted;
  for (guint r = 0; r < rows->n_rows; r++)
    split[is_training[r] ? next_training++ : next_other++] = r;
  return split;
}

/**
 * ekl_row_sample_new:
 * @rows: N rows and their classes
 * @n_wanted: at most N
 * @seed: draws another sample
 *
 * Draws some of the rows, as ekl_row_split_new() draws the training rows but independently of them.
 *
 * Returns: (transfer full): the rows drawn, (n_wanted), ascending
 */
guint *
ekl_row_sample_new (const EklRows *rows, guint n_wanted, guint64 seed)
{
  g_autofree gboolean *is_drawn = draw (rows, n_wanted, seed, DRAW_SAMPLE);
  guint *sample = g_new (guint, n_wanted);
  guint n = 0;

  for (guint r = 0; r < rows->n_rows; r++)
    if (is_drawn[r])
      sample[n++] = r;
  return sample;
}

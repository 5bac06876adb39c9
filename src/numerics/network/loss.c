/* loss.c - the losses of a batch's answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loss.h"

#include <math.h>

static double
squared_loss (const EklBatch *batch, const real *g)
{
  gsize n = (gsize) batch->n_outputs * batch->n_data;
  double sum = 0;

  for (gsize i = 0; i < n; i++) {
    double r = (double) batch->y[i] - (double) g[i];

    sum += r * r;
  }
  return sum / batch->n_data;
}

/* log sum exp of one column of logits */
static double
log_sum_exp (guint n, gsize ld, const real *w)
{
  double highest = w[0], sum = 0;

  for (guint r = 1; r < n; r++)
    highest = MAX (highest, (double) w[r * ld]);
  for (guint r = 0; r < n; r++)
    sum += exp ((double) w[r * ld] - highest);
  return highest + log (sum);
}

/**
 * ekl_cross_entropy_datum:
 * @batch: N data with outputs
 * @datum: which of them
 * @logits: its logits, m values @ld apart
 * @ld: their distance
 *
 * Returns: -<y, log softmax (w)>, one term of [3]
 */
double
ekl_cross_entropy_datum (const EklBatch *batch, guint datum, const real *logits, gsize ld)
{
  double norm = log_sum_exp (batch->n_outputs, ld, logits);
  double sum = 0;

  for (guint r = 0; r < batch->n_outputs; r++) {
    double y = batch->y[(gsize) r * batch->n_data + datum];

    if (y != 0)
      sum -= y * ((double) logits[r * ld] - norm);
  }
  return sum;
}

static double
cross_entropy (const EklBatch *batch, const real *logits)
{
  double sum = 0;

  for (guint i = 0; i < batch->n_data; i++)
    sum += ekl_cross_entropy_datum (batch, i, logits + i, batch->n_data);
  return sum / batch->n_data;
}

/**
 * ekl_loss:
 * @loss: which
 * @batch: N data with outputs
 * @g: shape (m, N): the network's outputs for the squared loss, its logits for cross-entropy
 *
 * The squared loss [2], (1/N) sum_i |y_i - G(x_i; u)|^2, or the cross-entropy [3] by log-sum-exp;
 * summed in double.
 *
 * Returns: the loss, without the regulariser
 */
double
ekl_loss (EklLoss loss, const EklBatch *batch, const real *g)
{
  return loss == EKL_LOSS_SQUARED ? squared_loss (batch, g) : cross_entropy (batch, g);
}

/**
 * ekl_loss_forward_kind:
 * @loss: which
 *
 * Returns: what ekl_loss() wants of the forward pass
 */
EklForwardKind
ekl_loss_forward_kind (EklLoss loss)
{
  return loss == EKL_LOSS_SQUARED ? EKL_APPLY_OUTPUT : EKL_LOGITS;
}

static guint
highest_row (guint n, gsize ld, const real *column)
{
  guint best = 0;

  for (guint r = 1; r < n; r++)
    if (column[r * ld] > column[best * ld])
      best = r;
  return best;
}

/**
 * ekl_accuracy:
 * @batch: N data, one-hot outputs
 * @g: shape (m, N): outputs or logits
 *
 * Returns: the share, 0 to 1, of data whose highest output is their class
 */
double
ekl_accuracy (const EklBatch *batch, const real *g)
{
  guint right = 0;

  for (guint i = 0; i < batch->n_data; i++)
    right += highest_row (batch->n_outputs, batch->n_data, batch->y + i) ==
             highest_row (batch->n_outputs, batch->n_data, g + i);
  return (double) right / batch->n_data;
}

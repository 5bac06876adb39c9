/* batches.c - the training rows, in the order a run sees them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "batches.h"

#include "memory.h"
#include "philox.h"

#include <string.h>

struct _EklBatches {
  const EklBatch *training; /* not owned */
  guint64 seed;
  guint size;      /* beta */
  gboolean online; /* [6]: in order, each row once */
  guint64 epoch;   /* permutations that are used up */
  guint next;      /* first row of the next batch in the permutation */
  guint *
    permutation; /* (n_train), the rows in order where they come online; NULL where a batch is all rows */
  real *rows; /* (n_train, n_inputs), all inputs once more, a datum after a datum; NULL where few */
  real *x, *y; /* (n_inputs, beta), (n_outputs, beta) */
  EklBatch batch;
};

#define TILE 16

/* From here on a copy of the inputs, data x features, pays for itself. */
#define MANY_INPUTS 64

/* to (n_features, count) = the transpose of the @count rows of @from that are
 * named. In tiles, so that both sides stay in the nearest cache. */
static void
gather_rows (const real *from, guint n_features, const guint *rows, guint count, real *to)
{
  for (guint i0 = 0; i0 < count; i0 += TILE)
    for (guint f0 = 0; f0 < n_features; f0 += TILE) {
      const guint n_i = MIN (TILE, count - i0), n_f = MIN (TILE, n_features - f0);
      real tile[TILE][TILE];

      for (guint i = 0; i < n_i; i++) {
        const real *row = from + (gsize) rows[i0 + i] * n_features + f0;

        for (guint f = 0; f < n_f; f++)
          tile[f][i] = row[f];
      }
      for (guint f = 0; f < n_f; f++)
        memcpy (to + (gsize) (f0 + f) * count + i0, tile[f], n_i * sizeof (real));
    }
}

/* to (n_features, count) = the columns of from (n_features, n) that @rows names. */
static void
gather_columns (
  const real *from, guint n_features, guint n, const guint *rows, guint count, real *to)
{
  for (guint f = 0; f < n_features; f++)
    for (guint i = 0; i < count; i++)
      to[(gsize) f * count + i] = from[(gsize) f * n + rows[i]];
}

static guint *
count_up (guint n)
{
  guint *rows = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    rows[i] = i;
  return rows;
}

/* The inputs turned round. A batch drawn from features x data reads a cache line for every single
 * number; drawn from these it reads whole rows (an epoch of Fashion-MNIST: 230 ms less). */
static gboolean
turn_round (EklBatches *self, GError **error)
{
  const EklBatch *all = self->training;
  const guint n = all->n_data, n_inputs = all->n_inputs;
  g_autofree guint *features = count_up (n_inputs);

  self->rows = ekl_memory_new ((gsize) n * n_inputs, sizeof (real), "the batches", error);
  if (self->rows == NULL)
    return FALSE;
  gather_rows (all->x, n, features, n_inputs, self->rows);
  return TRUE;
}

/**
 * ekl_batches_get_copy_bytes:
 * @training: all training rows
 *
 * Returns: the memory for the copy of the inputs that batches smaller than all rows are drawn from
 */
gsize
ekl_batches_get_copy_bytes (const EklBatch *training)
{
  return training->n_inputs >= MANY_INPUTS
           ? (gsize) training->n_data * training->n_inputs * sizeof (real)
           : 0;
}

/**
 * ekl_batches_new:
 * @training: all training rows; not copied, so it must outlive the batches
 * @batch_size: beta; 0, or more than there are rows: all rows in every step
 * @seed: the run's
 *
 * Batches without replacement, equation [7]: every epoch draws a permutation of the rows, counted
 * by the epoch, and cuts it into ceil(N/beta) batches, of which the last may be smaller.
 *
 * Returns: (nullable): the batches before the first epoch, or %NULL with
 *   %EKL_NUMERICS_ERROR_NO_MEMORY
 */
EklBatches *
ekl_batches_new (const EklBatch *training, guint batch_size, guint64 seed, GError **error)
{
  g_autoptr (EklBatches) self = g_new0 (EklBatches, 1);
  const char *what = "the batches";
  const guint n = training->n_data;

  self->training = training;
  self->seed = seed;
  self->size = batch_size == 0 ? n : MIN (batch_size, n);
  self->batch = *training;
  if (self->size == n)
    return g_steal_pointer (&self);

  if ((self->permutation = ekl_memory_new (n, sizeof (guint), what, error)) == NULL ||
      (self->x = ekl_memory_new ((gsize) training->n_inputs * self->size, sizeof (real), what,
                                 error)) == NULL ||
      (self->y = ekl_memory_new ((gsize) training->n_outputs * self->size, sizeof (real), what,
                                 error)) == NULL)
    return NULL;
  if (training->n_inputs >= MANY_INPUTS && !turn_round (self, error))
    return NULL;
  self->batch.x = self->x;
  self->batch.y = self->y;
  return g_steal_pointer (&self);
}

/**
 * ekl_batches_new_online:
 * @training: all training rows; not copied, so it must outlive the batches
 * @group: how many rows come at a time, at least 1
 *
 * Data as they arrive, equation [6]: in their order, @group at a time, each used once. Then there are no more.
 *
 * Returns: (nullable): the batches before the first datum, or %NULL with %EKL_NUMERICS_ERROR_NO_MEMORY
 */
EklBatches *
ekl_batches_new_online (const EklBatch *training, guint group, GError **error)
{
  EklBatches *self = ekl_batches_new (training, MAX (group, 1), 0, error);

  if (self == NULL)
    return NULL;
  self->online = TRUE;
  for (guint i = 0; i < training->n_data && self->permutation != NULL; i++)
    self->permutation[i] = i;
  return self;
}

/**
 * ekl_batches_free:
 * @self: (nullable): some batches
 */
void
ekl_batches_free (EklBatches *self)
{
  if (self == NULL)
    return;
  ekl_memory_free (self->permutation);
  ekl_memory_free (self->rows);
  ekl_memory_free (self->x);
  ekl_memory_free (self->y);
  g_free (self);
}

/**
 * ekl_batches_get_size:
 *
 * Returns: rows of the largest batch
 */
guint
ekl_batches_get_size (const EklBatches *self)
{
  return self->size;
}

/**
 * ekl_batches_get_epoch:
 *
 * Returns: how often all rows have been seen, with the part of the current epoch
 */
double
ekl_batches_get_epoch (const EklBatches *self)
{
  return (double) self->epoch + (double) self->next / self->training->n_data;
}

/**
 * ekl_batches_has_next:
 *
 * Returns: %FALSE where the data came online and have all been used
 */
gboolean
ekl_batches_has_next (const EklBatches *self)
{
  return !self->online || self->epoch == 0;
}

/**
 * ekl_batches_next:
 *
 * Returns: (transfer none): the next batch, valid until the one after
 */
const EklBatch *
ekl_batches_next (EklBatches *self)
{
  const EklBatch *all = self->training;
  const guint *rows;
  guint count;

  if (self->permutation == NULL) {
    self->epoch++;
    return all;
  }
  if (self->next == 0 && !self->online)
    ekl_random_permutation (self->seed, EKL_STREAM_BATCHES, (guint32) self->epoch, all->n_data,
                            self->permutation);
  rows = self->permutation + self->next;
  count = MIN (self->size, all->n_data - self->next);
  if (self->rows != NULL)
    gather_rows (self->rows, all->n_inputs, rows, count, self->x);
  else
    gather_columns (all->x, all->n_inputs, all->n_data, rows, count, self->x);
  gather_columns (all->y, all->n_outputs, all->n_data, rows, count, self->y);
  self->batch.n_data = count;

  self->next += count;
  if (self->next == all->n_data) {
    self->next = 0;
    self->epoch++;
  }
  return &self->batch;
}

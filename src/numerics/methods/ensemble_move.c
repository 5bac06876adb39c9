/* ensemble_move.c - moving every particle by a combination of the ensemble's anomalies
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * u^j += sum_k W_jk dU_k, the last line of every ensemble method. The columns of U are taken in strips whose
 * width depends on the number of parameters alone.
 */
#include "ensemble_move.h"

#include "cores.h"
#include "memory.h"
#include "vector_math.h"

#include <omp.h>
#include <string.h>

#define MAX_STRIP    256
#define SERIAL_FLOPS 2e6

struct _EklEnsembleMove {
  guint size;         /* J */
  guint max_products; /* the largest K of a move by products */
  guint n_threads;
  guint width; /* columns of a strip */
  guint n_strips;
  gsize stride;
  real *work; /* (n_threads, stride): a strip's anomalies, then its products */
};

/* One move, and what it needs. */
typedef struct {
  const real *weights;   /* (J, J), or (J, K) */
  const real *anomalies; /* (J, K), or NULL */
  guint n_observations;
  double scale;
} Move;

/* A strip of columns of one block of the ensemble. */
typedef struct {
  real *values; /* its first value; rows `width` apart */
  gsize width;
  guint count;
} Strip;

static guint
count_strips (const EklNetwork *network, guint strip)
{
  guint n = 0;

  for (guint l = 0; l < network->n_layers; l++) {
    gsize weights = (gsize) network->width[l + 1] * network->width[l];

    n += (guint) ((weights + strip - 1) / strip);
    n += (network->width[l + 1] + strip - 1) / strip;
  }
  return n;
}

/**
 * ekl_ensemble_move_new:
 * @network: the network of the particles
 * @size: J
 * @max_products: the largest K of ekl_ensemble_move_by_products(), 0 where it will not be called
 * @n_threads: threads to use, at least 1
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Returns: (nullable): a workspace, or %NULL with @error set
 */
EklEnsembleMove *
ekl_ensemble_move_new (
  const EklNetwork *network, guint size, guint max_products, guint n_threads, GError **error)
{
  g_autoptr (EklEnsembleMove) self = g_new0 (EklEnsembleMove, 1);

  self->size = size;
  self->max_products = max_products;
  self->n_threads = n_threads;
  self->width = (guint) CLAMP ((network->n_parameters / 16 + 15) / 16 * 16, 32, MAX_STRIP);
  self->n_strips = count_strips (network, self->width);
  self->stride = ((gsize) size + max_products) * self->width;
  self->work = ekl_memory_new (self->stride * n_threads, sizeof (real),
                               "the workspace of the Kalman update", error);
  if (self->work == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * ekl_ensemble_move_free:
 * @self: (nullable): a workspace
 */
void
ekl_ensemble_move_free (EklEnsembleMove *self)
{
  if (self == NULL)
    return;
  ekl_memory_free (self->work);
  g_free (self);
}

static Strip
find_strip (const EklEnsembleMove *self, EklEnsemble *ensemble, guint number)
{
  for (guint b = 0; b < ekl_ensemble_n_blocks (ensemble); b++) {
    gsize width;
    real *block = ekl_ensemble_block (ensemble, b, &width, NULL);
    guint n = (guint) ((width + self->width - 1) / self->width);

    if (number < n) {
      gsize first = (gsize) number * self->width;

      return (Strip){ block + first, width, (guint) MIN (self->width, width - first) };
    }
    number -= n;
  }
  g_assert_not_reached ();
}

/* dU of a strip, shape (J, count), the mean summed in double. */
static void
strip_anomalies (const Strip *strip, guint size, real *anomalies)
{
  double mean[MAX_STRIP] = { 0 };

  for (guint j = 0; j < size; j++)
    ekl_vector_add_to_doubles (strip->count, strip->values + j * strip->width, mean);
  for (guint i = 0; i < strip->count; i++)
    mean[i] /= size;
  for (guint j = 0; j < size; j++) {
    real *row = anomalies + (gsize) j * strip->count;

    memcpy (row, strip->values + j * strip->width, strip->count * sizeof (real));
    ekl_vector_center (strip->count, mean, 1, row);
  }
}

/* Marks the particles whose new values are not finite. */
static void
mark_broken (const Strip *strip, guint size, guint8 *broken)
{
  for (guint j = 0; j < size; j++)
    if (!ekl_vector_is_finite (strip->count, strip->values + j * strip->width))
#pragma omp atomic write
      broken[j] = 1;
}

static void
move_strip (const EklEnsembleMove *self, const Move *move, const Strip *strip, real *work)
{
  blasint size = (blasint) self->size, count = (blasint) strip->count;
  blasint k = (blasint) move->n_observations;
  real *anomalies = work;

  strip_anomalies (strip, self->size, anomalies);
  if (move->anomalies != NULL) {
    real *products = work + (gsize) self->size * strip->count; /* (K, count) D' dU */

    ekl_blas_gemm (CblasRowMajor, CblasTrans, CblasNoTrans, k, count, size, (real) move->scale,
                   move->anomalies, k, anomalies, count, 0, products, count);
    ekl_blas_gemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, size, count, k, 1, move->weights, k,
                   products, count, 1, strip->values, (blasint) strip->width);
  } else {
    ekl_blas_gemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, size, count, size, 1, move->weights,
                   size, anomalies, count, 1, strip->values, (blasint) strip->width);
  }
}

static void
move_ensemble (const EklEnsembleMove *self,
               const Move *move,
               EklEnsemble *ensemble,
               guint8 *broken,
               const int *cancel)
{
  gsize n_parameters = ekl_ensemble_get_network (ensemble)->n_parameters;
  double flops = 2.0 * self->size * self->size * n_parameters;
  EklShare share = ekl_share (self->n_strips, flops > SERIAL_FLOPS ? self->n_threads : 1);

  while (ekl_share_begin (&share))
#pragma omp parallel num_threads(share.team)
    for (guint s; ekl_share_take (&share, &s);) {
      Strip strip = find_strip (self, ensemble, s);

      if (cancel != NULL && g_atomic_int_get (cancel) != 0)
        continue;
      move_strip (self, move, &strip, self->work + self->stride * (gsize) omp_get_thread_num ());
      mark_broken (&strip, self->size, broken);
    }
}

/**
 * ekl_ensemble_move_by_weights:
 * @self: a workspace
 * @weights: W, shape (J, J): row j belongs to particle j
 * @ensemble: (inout): U, moved by u^j += sum_k W_jk dU_k
 * @broken: (inout): shape (J), set to 1 for particles whose new values are not finite
 * @cancel: (nullable): where this becomes non-zero the work is left unfinished
 */
void
ekl_ensemble_move_by_weights (EklEnsembleMove *self,
                              const real *weights,
                              EklEnsemble *ensemble,
                              guint8 *broken,
                              const int *cancel)
{
  Move move = { .weights = weights };

  move_ensemble (self, &move, ensemble, broken, cancel);
}

/**
 * ekl_ensemble_move_by_products:
 * @self: a workspace
 * @weights: Y, shape (J, K)
 * @anomalies: D, shape (J, K)
 * @n_observations: K, at most the largest that the workspace was made for
 * @scale: a factor
 * @ensemble: (inout): U, moved by u^j += scale sum_i Y_ji (D' dU)_i
 * @broken: (inout): shape (J), set to 1 for particles whose new values are not finite
 * @cancel: (nullable): where this becomes non-zero the work is left unfinished
 */
void
ekl_ensemble_move_by_products (EklEnsembleMove *self,
                               const real *weights,
                               const real *anomalies,
                               guint n_observations,
                               double scale,
                               EklEnsemble *ensemble,
                               guint8 *broken,
                               const int *cancel)
{
  Move move = { weights, anomalies, n_observations, scale };

  g_return_if_fail (n_observations <= self->max_products);

  move_ensemble (self, &move, ensemble, broken, cancel);
}

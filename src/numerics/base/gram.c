/* gram.c - products of all pairs of rows, or of columns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * D D' or D' D of a matrix D in the working precision, as doubles. The lower triangle is computed
 * in tiles whose size depends on the order alone, so that the bits do not depend on the number of
 * threads.
 */
#include "gram.h"

#include "memory.h"

#include <omp.h>

#define CHUNK 256 /* entries of a vector converted to double in one go */

struct _EklGram {
  guint n_threads;
  guint max_order;
  gsize tile_stride;
  double *gram;  /* (order, order) */
  double *tiles; /* (n_threads, tile_stride): a tile's factors in double, or its product in the
                    working precision */
};

static guint
tile_size (guint order)
{
  return order <= 256 ? 64 : 192;
}

/**
 * ekl_gram_new:
 * @max_order: the largest number of vectors
 * @n_threads: threads to use, at least 1
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Returns: (nullable): a workspace, or %NULL with @error set
 */
EklGram *
ekl_gram_new (guint max_order, guint n_threads, GError **error)
{
  g_autoptr (EklGram) self = g_new0 (EklGram, 1);
  const char *what = "the workspace of the Kalman update";
  gsize tile = tile_size (max_order);

  self->n_threads = n_threads;
  self->max_order = max_order;
  self->tile_stride = tile * MAX (tile, 2 * CHUNK);
  if ((self->gram = ekl_memory_new ((gsize) max_order * max_order, sizeof (double), what, error)) ==
        NULL ||
      (self->tiles =
         ekl_memory_new (self->tile_stride * n_threads, sizeof (double), what, error)) == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * ekl_gram_free:
 * @self: (nullable): a workspace
 */
void
ekl_gram_free (EklGram *self)
{
  if (self == NULL)
    return;
  ekl_memory_free (self->gram);
  ekl_memory_free (self->tiles);
  g_free (self);
}

/* The vectors whose products are wanted: the rows of a matrix, or its columns. */
typedef struct {
  const real *matrix;
  gsize ld;
  gboolean of_columns;
  guint order;  /* how many vectors */
  gsize length; /* of each */
  guint tile;
} Vectors;

/* One tile, rows i0 ..., columns k0 ..., in the working precision. */
static void
compute_tile (EklGram *self, const Vectors *v, guint i0, guint k0, void *work)
{
  guint n_i = MIN (v->tile, v->order - i0), n_k = MIN (v->tile, v->order - k0);
  blasint ld = (blasint) v->ld;
  gsize step = v->of_columns ? 1 : v->ld;
  real *tile = work;

  ekl_blas_gemm (CblasRowMajor, v->of_columns ? CblasTrans : CblasNoTrans,
                 v->of_columns ? CblasNoTrans : CblasTrans, (blasint) n_i, (blasint) n_k,
                 (blasint) v->length, 1, v->matrix + i0 * step, ld, v->matrix + k0 * step, ld, 0,
                 tile, (blasint) n_k);
  for (gsize i = 0; i < n_i; i++)
    for (gsize k = 0; k < n_k; k++)
      self->gram[(i0 + i) * v->order + k0 + k] = tile[i * n_k + k];
}

/* Entries start ... of `count` vectors in double, as (count, depth). */
static void
convert_piece (const Vectors *v, guint first, guint count, gsize start, guint depth, double *out)
{
  for (gsize i = 0; i < count; i++)
    for (gsize d = 0; d < depth; d++)
      out[i * depth + d] = v->of_columns ? v->matrix[(start + d) * v->ld + first + i]
                                         : v->matrix[(first + i) * v->ld + start + d];
}

/* The same tile with its products summed in double. */
static void
compute_tile_in_double (EklGram *self, const Vectors *v, guint i0, guint k0, double *work)
{
  guint n_i = MIN (v->tile, v->order - i0), n_k = MIN (v->tile, v->order - k0);
  double *left = work, *right = work + (gsize) v->tile * CHUNK;

  for (gsize start = 0; start < v->length; start += CHUNK) {
    guint depth = (guint) MIN (CHUNK, v->length - start);

    convert_piece (v, i0, n_i, start, depth, left);
    convert_piece (v, k0, n_k, start, depth, right);
    cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, (blasint) n_i, (blasint) n_k,
                 (blasint) depth, 1, left, (blasint) depth, right, (blasint) depth, start > 0,
                 self->gram + (gsize) i0 * v->order + k0, (blasint) v->order);
  }
}

/**
 * ekl_gram_compute:
 * @self: a workspace
 * @n_rows: of D
 * @n_columns: of D
 * @matrix: D, shape (n_rows, n_columns), rows @ld apart
 * @ld: distance of the rows
 * @of_columns: D' D instead of D D'
 * @in_double: sum the products in double, at half the speed
 * @cancel: (nullable): where this becomes non-zero the work is left unfinished
 *
 * Returns: (transfer none): the symmetric matrix, shape (order, order), until the next call
 */
const double *
ekl_gram_compute (EklGram *self,
                  guint n_rows,
                  guint n_columns,
                  const real *matrix,
                  gsize ld,
                  gboolean of_columns,
                  gboolean in_double,
                  const int *cancel)
{
  guint order = of_columns ? n_columns : n_rows;
  Vectors v = { matrix,           n_columns, of_columns, order, of_columns ? n_rows : n_columns,
                tile_size (order) };
  guint tiles = (order + v.tile - 1) / v.tile;

  g_return_val_if_fail (order <= self->max_order, NULL);

#pragma omp parallel num_threads(self->n_threads) if (self->n_threads > 1 && tiles > 1)
  {
    double *work = self->tiles + self->tile_stride * (gsize) omp_get_thread_num ();

#pragma omp for schedule(dynamic)
    for (guint t = 0; t < tiles * tiles; t++) {
      guint i0 = t / tiles * v.tile, k0 = t % tiles * v.tile;

      if (i0 < k0 || (cancel != NULL && g_atomic_int_get (cancel) != 0))
        continue;
      if (in_double)
        compute_tile_in_double (self, &v, i0, k0, work);
      else
        compute_tile (self, &v, i0, k0, work);
    }
#pragma omp for schedule(static)
    for (guint i = 0; i < order; i++)
      for (guint k = i + 1; k < order; k++)
        self->gram[(gsize) i * order + k] = self->gram[(gsize) k * order + i];
  }
  return self->gram;
}

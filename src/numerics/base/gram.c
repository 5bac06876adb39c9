/* gram.c - products of all pairs of rows, or of columns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * D D' or D' D of a matrix D in the working precision, as doubles. The lower triangle is computed
 * in tiles whose size depends on the order alone, so that the bits do not depend on the number of
 * threads.
 */
#include "gram.h"

#include "cores.h"
#include "memory.h"

#include <omp.h>
#include <string.h>

#define SERIAL_VALUES 1e6 /* multiplications that one core does before another has woken */
#define CHUNK         512 /* entries of every vector that are in double at a time */

struct _EklGram {
  guint n_threads;
  guint max_order;
  gsize tile_stride;
  double *gram;  /* (order, order) */
  real *tiles;   /* (n_threads, tile_stride): a tile's product in the working precision */
  double *chunk; /* (order, CHUNK), or (CHUNK, order) of columns: part of the vectors in double */
};

static guint
tile_size (guint order)
{
  return order <= 256 ? 64 : 256;
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
  self->tile_stride = tile * tile;
  if ((self->gram = ekl_memory_new ((gsize) max_order * max_order, sizeof (double), what, error)) ==
        NULL ||
      (self->tiles = ekl_memory_new (self->tile_stride * n_threads, sizeof (real), what, error)) ==
        NULL ||
      (sizeof (real) < sizeof (double) &&
       (self->chunk = ekl_memory_new ((gsize) max_order * CHUNK, sizeof (double), what, error)) ==
         NULL))
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
  ekl_memory_free (self->chunk);
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
  gboolean add; /* to what is there */
} Vectors;

/* One tile, rows i0 ..., columns k0 ..., in the working precision. */
static void
compute_tile (EklGram *self, const Vectors *v, guint i0, guint k0, real *tile)
{
  guint n_i = MIN (v->tile, v->order - i0), n_k = MIN (v->tile, v->order - k0);
  blasint ld = (blasint) v->ld;
  gsize step = v->of_columns ? 1 : v->ld;

  ekl_blas_gemm (CblasRowMajor, v->of_columns ? CblasTrans : CblasNoTrans,
                 v->of_columns ? CblasNoTrans : CblasTrans, (blasint) n_i, (blasint) n_k,
                 (blasint) v->length, 1, v->matrix + i0 * step, ld, v->matrix + k0 * step, ld, 0,
                 tile, (blasint) n_k);
  for (gsize i = 0; i < n_i; i++) {
    double *row = self->gram + (i0 + i) * v->order + k0;

    if (v->add)
      for (gsize k = 0; k < n_k; k++)
        row[k] += tile[i * n_k + k];
    else
      for (gsize k = 0; k < n_k; k++)
        row[k] = tile[i * n_k + k];
  }
}

/* Entries start ... start + depth - 1 of vectors first ... in double. */
static void
convert_piece (EklGram *self, const Vectors *v, guint first, guint count, gsize start, guint depth)
{
  if (v->of_columns)
    for (gsize d = 0; d < depth; d++)
      for (gsize i = first; i < first + count; i++)
        self->chunk[d * v->order + i] = v->matrix[(start + d) * v->ld + i];
  else
    for (gsize i = first; i < first + count; i++)
      for (gsize d = 0; d < depth; d++)
        self->chunk[i * depth + d] = v->matrix[i * v->ld + start + d];
}

/* What a chunk of the entries adds to one tile, summed in double. */
static void
add_to_tile (EklGram *self, const Vectors *v, guint i0, guint k0, gsize start, guint depth)
{
  const guint n_i = MIN (v->tile, v->order - i0), n_k = MIN (v->tile, v->order - k0);
  const gsize step = v->of_columns ? 1 : depth;
  const blasint ld = (blasint) (v->of_columns ? v->order : depth);
  const double kept = start > 0 || v->add;

  if (i0 == k0) {
    cblas_dsyrk (CblasRowMajor, CblasLower, v->of_columns ? CblasTrans : CblasNoTrans,
                 (blasint) n_i, (blasint) depth, 1, self->chunk + i0 * step, ld, kept,
                 self->gram + (gsize) i0 * v->order + k0, (blasint) v->order);
    return;
  }
  cblas_dgemm (CblasRowMajor, v->of_columns ? CblasTrans : CblasNoTrans,
               v->of_columns ? CblasNoTrans : CblasTrans, (blasint) n_i, (blasint) n_k,
               (blasint) depth, 1, self->chunk + i0 * step, ld, self->chunk + k0 * step, ld, kept,
               self->gram + (gsize) i0 * v->order + k0, (blasint) v->order);
}

static gboolean
is_cancelled (const int *cancel)
{
  return cancel != NULL && g_atomic_int_get (cancel) != 0;
}

/* All tiles of the lower triangle. */
static void
compute_tiles (EklGram *self, const Vectors *v, guint tiles, guint n_threads, const int *cancel)
{
  EklShare share = ekl_share (tiles * tiles, n_threads);

  while (ekl_share_begin (&share))
#pragma omp parallel num_threads(share.team)
    for (guint t; ekl_share_take (&share, &t);)
      if (t / tiles >= t % tiles && !is_cancelled (cancel))
        compute_tile (self, v, t / tiles * v->tile, t % tiles * v->tile,
                      self->tiles + self->tile_stride * (gsize) omp_get_thread_num ());
}

/* The same with the products summed in double, a chunk of the entries after the other. */
static void
compute_tiles_in_double (
  EklGram *self, const Vectors *v, guint tiles, guint n_threads, const int *cancel)
{
#pragma omp parallel num_threads(ekl_cores_team(n_threads))
  for (gsize start = 0; start < v->length; start += CHUNK) {
    const guint depth = (guint) MIN (CHUNK, v->length - start);

#pragma omp for schedule(static)
    for (guint t = 0; t < tiles; t++)
      convert_piece (self, v, t * v->tile, MIN (v->tile, v->order - t * v->tile), start, depth);
#pragma omp for schedule(dynamic)
    for (guint t = 0; t < tiles * tiles; t++)
      if (t / tiles >= t % tiles && !is_cancelled (cancel))
        add_to_tile (self, v, t / tiles * v->tile, t % tiles * v->tile, start, depth);
  }
}

#define MIRROR 32

/* The upper triangle of some rows from the lower one, in squares that stay in the nearest cache. */
static void
mirror_rows (EklGram *self, guint order, guint first, guint count)
{
  for (guint k0 = first; k0 < order; k0 += MIRROR)
    for (gsize i = first; i < first + count; i++)
      for (gsize k = MAX (k0, i + 1); k < MIN (k0 + MIRROR, order); k++)
        self->gram[i * order + k] = self->gram[k * order + i];
}

static void
mirror (EklGram *self, guint order, guint n_threads)
{
  EklShare share = ekl_share ((order + MIRROR - 1) / MIRROR, n_threads);

  while (ekl_share_begin (&share))
#pragma omp parallel num_threads(share.team)
    for (guint i; ekl_share_take (&share, &i);)
      mirror_rows (self, order, i * MIRROR, MIN (MIRROR, order - i * MIRROR));
}

/* Fills or adds to the lower triangle, then mirrors it. */
static void
run_tiles (EklGram *self, const Vectors *v, gboolean in_double, const int *cancel)
{
  const guint order = v->order, tiles = (order + v->tile - 1) / v->tile;
  const double products = (double) order * order / 2 * v->length;
  const guint n_threads = products > SERIAL_VALUES ? self->n_threads : 1;

  if (in_double && sizeof (real) < sizeof (double))
    compute_tiles_in_double (self, v, tiles, n_threads, cancel);
  else
    compute_tiles (self, v, tiles, n_threads, cancel);
  mirror (self, order, n_threads);
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
  const guint order = of_columns ? n_columns : n_rows;
  const Vectors v = {
    matrix, ld, of_columns, order, of_columns ? n_rows : n_columns, tile_size (order), FALSE
  };

  g_return_val_if_fail (order <= self->max_order, NULL);

  run_tiles (self, &v, in_double, cancel);
  return self->gram;
}

/**
 * ekl_gram_clear:
 * @self: a workspace
 * @order: of the matrix that ekl_gram_add() is going to add to
 *
 * Makes it zero.
 */
void
ekl_gram_clear (EklGram *self, guint order)
{
  memset (self->gram, 0, (gsize) order * order * sizeof (double));
}

/**
 * ekl_gram_add:
 * @self: a workspace, cleared
 * @n_rows: of D; the order
 * @n_columns: of this part of D
 * @matrix: the part, shape (n_rows, n_columns)
 * @in_double: sum the products of the part in double, at half the speed; the parts always are
 * @cancel: (nullable): where this becomes non-zero the work is left unfinished
 *
 * Adds the product D D' of some of the columns of D to that of the others.
 *
 * Returns: (transfer none): the symmetric matrix of the parts so far, until the next call
 */
const double *
ekl_gram_add (EklGram *self,
              guint n_rows,
              guint n_columns,
              const real *matrix,
              gboolean in_double,
              const int *cancel)
{
  const Vectors v = {
    matrix, n_columns, FALSE, n_rows, n_columns, tile_size (n_rows), TRUE,
  };

  g_return_val_if_fail (n_rows <= self->max_order, NULL);

  run_tiles (self, &v, in_double, cancel);
  return self->gram;
}

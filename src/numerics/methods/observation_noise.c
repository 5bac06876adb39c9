/* observation_noise.c - perturbed observations: the noise that every particle's data get
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The noise eta^j ~ N(0, I/h) of whitened observations is drawn as it is where there are no more
 * observations than particles. Where there are more, only its product with the anomalies matters, and
 * that is drawn in J dimensions, [10]:
 *
 *   (h/J) D eta^j ~ N(0, S/J),  S = (h/J) D D' = L L':  the row L z^j / sqrt J, z^j standard normal
 *
 * with J^2 numbers instead of J K and the same law.
 */
#include "observation_noise.h"

#include "cores.h"
#include "memory.h"
#include "philox.h"

#include <lapacke.h>
#include <math.h>
#include <string.h>

#define TASK_ROWS     64
#define SERIAL_VALUES 5e5 /* multiplications that one core does before another has woken */

struct _EklObservationNoise {
  gsize size; /* J */
  guint n_threads;
  real *noise; /* (J, K) eta, where it is drawn as it is; else (J, J) z in the working precision */
  /* where K > J */
  double *factor;     /* (J, J) pivoted Cholesky factor of S: row k is column k of L */
  double *normals;    /* (J, J) z, then L z */
  double *pivot_work; /* (2 J) */
  lapack_int *pivot;  /* (J) */
  lapack_int rank;
};

/**
 * ekl_observation_noise_new:
 * @size: J
 * @max_observations: the largest K that will come
 * @in_ensemble_space: whether to be ready for ekl_observation_noise_add(), else only for
 *   ekl_observation_noise_draw()
 * @n_threads: threads to use, at least 1
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Returns: (nullable): a workspace, or %NULL with @error set
 */
EklObservationNoise *
ekl_observation_noise_new (
  guint size, guint max_observations, gboolean in_ensemble_space, guint n_threads, GError **error)
{
  g_autoptr (EklObservationNoise) self = g_new0 (EklObservationNoise, 1);
  const char *what = "the perturbed observations";
  const gsize n = (gsize) size * size;

  self->size = size;
  self->n_threads = n_threads;
  self->noise =
    ekl_memory_new ((gsize) size * MIN (size, max_observations), sizeof (real), what, error);
  if (self->noise == NULL)
    return NULL;
  if (in_ensemble_space &&
      ((self->factor = ekl_memory_new (n, sizeof (double), what, error)) == NULL ||
       (self->normals = ekl_memory_new (n, sizeof (double), what, error)) == NULL ||
       (self->pivot_work = ekl_memory_new (2 * (gsize) size, sizeof (double), what, error)) ==
         NULL ||
       (self->pivot = ekl_memory_new (size, sizeof (lapack_int), what, error)) == NULL))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * ekl_observation_noise_free:
 * @self: (nullable): a workspace
 */
void
ekl_observation_noise_free (EklObservationNoise *self)
{
  if (self == NULL)
    return;
  ekl_memory_free (self->noise);
  ekl_memory_free (self->factor);
  ekl_memory_free (self->normals);
  ekl_memory_free (self->pivot_work);
  ekl_memory_free (self->pivot);
  g_free (self);
}

/**
 * ekl_observation_noise_draw:
 * @self: a workspace
 * @draw: what the numbers are counted by
 * @n_observations: K, at most J
 * @step_size: h
 *
 * Returns: (transfer none): eta, whitened, shape (J, K), every entry N(0, 1/h), until the next call
 */
const real *
ekl_observation_noise_draw (EklObservationNoise *self,
                            EklNoiseDraw draw,
                            guint n_observations,
                            double step_size)
{
  const gsize k = n_observations;

#pragma omp parallel for schedule(static)                                                          \
  num_threads(ekl_cores_team(self->n_threads)) if (self->n_threads > 1 && self->size * k > 20000)
  for (gsize j = 0; j < self->size; j++) {
    memset (self->noise + j * k, 0, k * sizeof (real));
    ekl_random_add_normals (draw.seed, EKL_STREAM_OBSERVATION_NOISE, draw.step, (guint32) j, k,
                            1 / sqrt (step_size), self->noise + j * k);
  }
  return self->noise;
}

/**
 * ekl_observation_noise_factorise:
 * @self: a workspace made for ensemble space
 * @gram: D D', shape (J, J)
 * @scale: h/J
 *
 * Prepares draws from N(0, S), S = scale D D', by a pivoted Cholesky factor that is cut at the
 * numerical rank: S is
 * only semidefinite.
 */
void
ekl_observation_noise_factorise (EklObservationNoise *self, const double *gram, double scale)
{
  const gsize size = self->size;
  lapack_int n = (lapack_int) size, info = 0;
  double highest = 0, tolerance;
  char triangle = 'L'; /* column-major lower: factor[k * J + i] = L_ik, i >= k */

  for (gsize i = 0; i < size * size; i++)
    self->factor[i] = scale * gram[i];
  for (gsize i = 0; i < size; i++)
    highest = MAX (highest, self->factor[i * size + i]);
  tolerance = (double) size * EKL_REAL_EPSILON * highest;
  LAPACK_dpstrf (&triangle, &n, self->factor, &n, self->pivot, &self->rank, &tolerance,
                 self->pivot_work, &info);
  for (gsize k = (gsize) self->rank; k < size; k++)
    memset (self->factor + k * size, 0, size * sizeof (double));
}

/* z of some particles, zero beyond the rank. */
static void
draw_rows (EklObservationNoise *self, EklNoiseDraw draw, gsize first, gsize count)
{
  const gsize size = self->size;

  for (gsize j = first; j < first + count; j++) {
    real *z = self->noise + j * size;

    memset (z, 0, size * sizeof (real));
    ekl_random_add_normals (draw.seed, EKL_STREAM_OBSERVATION_NOISE, draw.step, (guint32) j,
                            (gsize) self->rank, 1, z);
    for (gsize k = 0; k < size; k++)
      self->normals[j * size + k] = z[k];
  }
}

/**
 * ekl_observation_noise_add:
 * @self: a workspace, factorised
 * @draw: what the numbers are counted by
 * @rows: (inout): shape (J, J), to which L z^j / sqrt J is added, row by row
 */
void
ekl_observation_noise_add (EklObservationNoise *self, EklNoiseDraw draw, double *rows)
{
  const gsize size = self->size;
  const double multiplications = (double) size * size * size / 2;

#pragma omp parallel for schedule(dynamic) num_threads(                                            \
  ekl_cores_team(self->n_threads)) if (self->n_threads > 1 && multiplications > SERIAL_VALUES)
  for (gsize first = 0; first < size; first += TASK_ROWS) {
    const gsize count = MIN (TASK_ROWS, size - first);

    draw_rows (self, draw, first, count);
    cblas_dtrmm (CblasRowMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit, (blasint) count,
                 (blasint) size, 1 / sqrt ((double) size), self->factor, (blasint) size,
                 self->normals + first * size, (blasint) size);
    for (gsize j = first; j < first + count; j++)
      for (gsize i = 0; i < size; i++)
        rows[j * size + (gsize) self->pivot[i] - 1] += self->normals[j * size + i];
  }
}

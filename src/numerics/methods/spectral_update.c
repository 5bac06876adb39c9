/* spectral_update.c - the weights of the square-root filter and of the Langevin sampler
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both are written in R^J: particle j moves by sum_k W_jk dU_k. Rows belong to particles. J particles,
 * D (J, K) whitened anomalies of the outputs, r (K) whitened innovation, E (J, P) = C0^{-1/2} dU.
 */
#include "spectral_update.h"

#include "cores.h"

#include <cblas.h>
#include <lapacke.h>
#include <math.h>
#include <string.h>

#define ROWS 64 /* of a product, a task */

/* out = left right, all (J, J), in blocks of rows */
static void
multiply (guint size,
          const double *left,
          gboolean transpose_right,
          const double *right,
          double beta,
          double *out,
          guint n_threads)
{
  blasint n = (blasint) size;

#pragma omp parallel for schedule(static)                                                          \
  num_threads(ekl_cores_team(n_threads)) if (n_threads > 1 && size > 2 * ROWS)
  for (guint first = 0; first < size; first += ROWS)
    cblas_dgemm (CblasRowMajor, CblasNoTrans, transpose_right ? CblasTrans : CblasNoTrans,
                 (blasint) MIN (ROWS, size - first), n, n, 1, left + (gsize) first * size, n, right,
                 n, beta, out + (gsize) first * size, n);
}

/**
 * ekl_factor_is_finite:
 * @order: n
 * @factor: shape (n, n), a Cholesky factor
 *
 * OpenBLAS takes a pivot that is not a number for a positive one and reports success. Whatever is
 * not finite in the matrix reaches the diagonal of its factor.
 *
 * Returns: whether the factor can be used
 */
gboolean
ekl_factor_is_finite (guint order, const double *factor)
{
  for (gsize i = 0; i < order; i++)
    if (!isfinite (factor[i * order + i]))
      return FALSE;
  return TRUE;
}

/**
 * ekl_square_root_work_size:
 * @size: J
 *
 * Returns: how many doubles ekl_square_root_weights() wants
 */
gsize
ekl_square_root_work_size (guint size)
{
  gsize n = size;

  /* eigenvectors and their scaled copy; eigenvalues and a vector; LAPACK's own, the integers among them */
  return 2 * n * n + 2 * n + (1 + 6 * n + 2 * n * n) + (3 + 5 * n);
}

/**
 * ekl_square_root_weights:
 * @size: J
 * @step_size: h
 * @gram: shape (J, J), D D'
 * @projected: shape (J), D r
 * @n_threads: threads to use
 * @work: shape as ekl_square_root_work_size() says
 * @weights: (out): shape (J, J)
 *
 * The deterministic square-root update [12], Bishop, Etherton and Majumdar (2001) with the
 * symmetric root, which keeps the mean of the anomalies at zero. Divisor J - 1: A = I + h/(J-1) D
 * D' = V Lam V', W = 1 (h/(J-1) A^{-1} D r)' + V Lam^{-1/2} V' - I.
 *
 * Returns: %FALSE where the numbers are not finite
 */
gboolean
ekl_square_root_weights (guint size,
                         double step_size,
                         const double *gram,
                         const double *projected,
                         guint n_threads,
                         double *work,
                         double *weights)
{
  gsize n = size;
  double scale = step_size / (size - 1);
  double *vectors = work, *scaled = vectors + n * n;
  double *values = scaled + n * n, *coordinates = values + n;
  double *lapack_work = coordinates + n;
  lapack_int order = (lapack_int) size, info = 0;
  lapack_int work_size = (lapack_int) (1 + 6 * n + 2 * n * n);
  lapack_int *integers = (lapack_int *) (lapack_work + work_size);
  lapack_int integer_size = (lapack_int) (3 + 5 * n);
  char job = 'V', triangle = 'U';

  for (gsize i = 0; i < n * n; i++)
    vectors[i] = scale * gram[i];
  for (gsize i = 0; i < n; i++)
    vectors[i * n + i] += 1;
  LAPACK_dsyevd (&job, &triangle, &order, vectors, &order, values, lapack_work, &work_size,
                 integers, &integer_size, &info);
  if (info != 0 || !isfinite (values[0]) || !isfinite (values[n - 1]))
    return FALSE;

  /* Eigenvector i is row i here. coordinates = Lam^{-1} V' D r, then back. */
  for (gsize i = 0; i < n; i++) {
    double lambda = MAX (values[i], 1);

    coordinates[i] = scale * cblas_ddot (order, vectors + i * n, 1, projected, 1) / lambda;
    values[i] = pow (lambda, -0.25);
    for (gsize k = 0; k < n; k++)
      scaled[i * n + k] = values[i] * vectors[i * n + k];
  }
  /* weights = scaled' scaled: as rows times columns of the transposed */
  for (gsize i = 0; i < n; i++)
    for (gsize k = 0; k < n; k++)
      lapack_work[k * n + i] = scaled[i * n + k];
  multiply (size, lapack_work, TRUE, lapack_work, 0, weights, n_threads);
  cblas_dgemv (CblasRowMajor, CblasTrans, order, order, 1, vectors, order, coordinates, 1, 0,
               values, 1);
  for (gsize j = 0; j < n; j++) {
    for (gsize k = 0; k < n; k++)
      weights[j * n + k] += values[k];
    weights[j * n + j] -= 1;
  }
  return TRUE;
}

/**
 * ekl_langevin_work_size:
 * @size: J
 *
 * Returns: how many doubles ekl_langevin_weights() wants
 */
gsize
ekl_langevin_work_size (guint size)
{
  return 2 * (gsize) size * size;
}

/**
 * ekl_langevin_weights:
 * @size: J
 * @n_parameters: P
 * @step_size: h
 * @prior_gram: shape (J, J), Q = E E'
 * @prior_projected: shape (J), q = E C0^{-1/2} (m0 - ubar)
 * @diffusion: shape (J, J), standard normal numbers xi
 * @n_threads: threads to use
 * @work: shape as ekl_langevin_work_size() says
 * @weights: (inout): shape (J, J): the weights of [8], then those of the whole step
 *
 * ALDI [16], Garbuno-Inigo, Nuesken and Reich (2020): the finite-ensemble correction h (P+1)/J,
 * then the prior's drift implicitly, then the diffusion. With u* = u + W dU, the implicit part (I +
 * h C C0^{-1}) (u - m0) = u* - m0 is, by Woodbury's identity, W <- W - (h/J) (I + (h/J) Q)^{-1} (Q
 * - q + Q W).
 *
 * Returns: %FALSE where the numbers are not finite
 */
gboolean
ekl_langevin_weights (guint size,
                      gsize n_parameters,
                      double step_size,
                      const double *prior_gram,
                      const double *prior_projected,
                      const double *diffusion,
                      guint n_threads,
                      double *work,
                      double *weights)
{
  gsize n = size;
  double scale = step_size / size, noise = sqrt (2 * scale);
  double *matrix = work, *rows = matrix + n * n;
  lapack_int order = (lapack_int) size, info = 0;
  char triangle = 'U';

  for (gsize j = 0; j < n; j++)
    weights[j * n + j] += scale * ((double) n_parameters + 1);

  for (gsize i = 0; i < n * n; i++) {
    matrix[i] = scale * prior_gram[i];
    rows[i] = prior_gram[i] - prior_projected[i % n];
  }
  for (gsize i = 0; i < n; i++)
    matrix[i * n + i] += 1;
  multiply (size, weights, FALSE, prior_gram, 1, rows, n_threads);
  LAPACK_dpotrf (&triangle, &order, matrix, &order, &info);
  if (info != 0 || !ekl_factor_is_finite (size, matrix))
    return FALSE;

#pragma omp parallel for schedule(static)                                                          \
  num_threads(ekl_cores_team(n_threads)) if (n_threads > 1 && size > 2 * ROWS)
  for (guint first = 0; first < size; first += ROWS) {
    lapack_int count = (lapack_int) MIN (ROWS, size - first), failed = 0;

    LAPACK_dpotrs (&triangle, &order, &count, matrix, &order, rows + first * n, &order, &failed);
  }
  for (gsize i = 0; i < n * n; i++)
    weights[i] += noise * diffusion[i] - scale * rows[i];

  return TRUE;
}

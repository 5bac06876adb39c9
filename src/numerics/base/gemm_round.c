/* gemm_round.c - matrix products on all cores: the measure of how fast a machine can be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gemm_round.h"

#include "memory.h"
#include "real.h"

#include <math.h>

#define MATRIX_VALUES ((gsize) EKL_GEMM_ORDER * EKL_GEMM_ORDER)

struct _EklGemmRound {
  guint n_threads;
  real *matrices; /* three of every thread, two to multiply and the product */
};

/**
 * ekl_gemm_round_new:
 * @n_threads: threads, at least 1
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Returns: (nullable): the matrices of a round, or %NULL with @error set
 */
EklGemmRound *
ekl_gemm_round_new (guint n_threads, GError **error)
{
  g_autoptr (EklGemmRound) self = g_new0 (EklGemmRound, 1);
  const gsize n = 3 * n_threads * MATRIX_VALUES;

  self->n_threads = n_threads;
  self->matrices = ekl_memory_new (n, sizeof (real), "the matrices of the benchmark", error);
  if (self->matrices == NULL)
    return NULL;

  /* not zero, and far from where numbers become subnormal */
  for (gsize i = 0; i < n; i++)
    self->matrices[i] = (real) sin ((double) i);
  return g_steal_pointer (&self);
}

/**
 * ekl_gemm_round_free:
 * @self: (nullable): a round
 */
void
ekl_gemm_round_free (EklGemmRound *self)
{
  if (self == NULL)
    return;
  ekl_memory_free (self->matrices);
  g_free (self);
}

/**
 * ekl_gemm_round_run:
 * @self: a round
 *
 * One product of two matrices of order 1000 on every thread, all at once, by BLAS's gemm in the
 * working precision on one thread: as the rest of the program uses it. What consists of nothing but
 * such products can be no faster.
 */
void
ekl_gemm_round_run (EklGemmRound *self)
{
  const int n = EKL_GEMM_ORDER;

#pragma omp parallel for schedule(static, 1) num_threads(self->n_threads)
  for (guint t = 0; t < self->n_threads; t++) {
    real *a = self->matrices + 3 * t * MATRIX_VALUES, *b = a + MATRIX_VALUES,
         *c = b + MATRIX_VALUES;

    ekl_blas_gemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a, n, b, n, 0, c, n);
  }
}

/**
 * ekl_gemm_round_get_flops:
 * @self: a round
 *
 * Returns: floating-point operations of one ekl_gemm_round_run()
 */
double
ekl_gemm_round_get_flops (const EklGemmRound *self)
{
  return 2.0 * self->n_threads * EKL_GEMM_ORDER * EKL_GEMM_ORDER * EKL_GEMM_ORDER;
}

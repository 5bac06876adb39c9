/* kalman_products.c - the analysis: products of the outputs with each other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * D D' or D' D, D r and, for [11], R D', of all observations at once or of some at a time: all of
 * them are sums over the observations. The letters are those of kalman_update.c.
 */
#include "kalman_update_private.h"

#include "cores.h"
#include "vector_math.h"

#include <math.h>
#include <string.h>

#define ROUNDING_LIMIT 1e-4 /* of rounding errors in S, beside the identity */

/* D r and |D_j|^2, row by row in double. */
static void
measure_rows (EklKalmanUpdate *self, const EklAnalysis *a)
{
  gsize k = a->n_observations;

#pragma omp parallel for schedule(static) num_threads(                                             \
  ekl_cores_team(self->n_threads)) if (self->n_threads > 1 && self->size * k > EKL_UPDATE_SMALL)
  for (guint j = 0; j < self->size; j++) {
    const real *row = a->anomalies + j * k;

    self->projected[j] = ekl_vector_dot (k, row, a->innovation);
    self->norms[j] = ekl_vector_dot (k, row, row);
  }
}

/* Whether rounding in the working precision would be seen beside the identity. */
static gboolean
wants_double (const EklKalmanUpdate *self, const EklAnalysis *a)
{
  double trace = 0;

  if (sizeof (real) == sizeof (double) || self->form == EKL_FORM_EULER)
    return FALSE;
  for (guint j = 0; j < self->size; j++)
    trace += self->norms[j];
  return a->step_size / self->size * trace * EKL_REAL_EPSILON > ROUNDING_LIMIT;
}

/* rows += scale X D', for X (J, K), through the weights' place. */
void
ekl_kalman_update_add_product (
  EklKalmanUpdate *self, const EklAnalysis *a, double scale, const real *x, const int *cancel)
{
  gsize size = self->size, k = a->n_observations;
  guint tasks = (self->size + EKL_UPDATE_ROWS - 1) / EKL_UPDATE_ROWS;
  EklShare share = ekl_share (tasks, self->n_threads);

  while (ekl_share_begin (&share))
#pragma omp parallel num_threads(share.team)
    for (guint t; ekl_share_take (&share, &t);) {
      gsize first = (gsize) t * EKL_UPDATE_ROWS;
      gsize count = MIN (EKL_UPDATE_ROWS, size - first);

      if (cancel != NULL && g_atomic_int_get (cancel) != 0)
        continue;
      ekl_blas_gemm (CblasRowMajor, CblasNoTrans, CblasTrans, (blasint) count, (blasint) size,
                     (blasint) k, 1, x + first * k, (blasint) k, a->anomalies, (blasint) k, 0,
                     self->weights + first * size, (blasint) size);
      for (gsize i = first * size; i < (first + count) * size; i++)
        self->rows[i] += scale * self->weights[i];
    }
}

/* B without its factor: D r - (D D')_j, row by row. */
static void
fill_rows (EklKalmanUpdate *self)
{
  const gsize size = self->size;

#pragma omp parallel for schedule(static) num_threads(                                             \
  ekl_cores_team(self->n_threads)) if (self->n_threads > 1 && size * size > EKL_UPDATE_SMALL)
  for (gsize j = 0; j < size; j++)
    for (gsize k = 0; k < size; k++)
      self->rows[j * size + k] = self->projected[k] - self->gram[j * size + k];
}

/**
 * ekl_kalman_update_prepare:
 * @self: a workspace
 * @analysis: the outputs
 * @cancel: (nullable): where this becomes non-zero the work is left unfinished
 *
 * The products of the outputs with each other, before the step size need be known.
 *
 * Returns: %TRUE
 */
gboolean
ekl_kalman_update_prepare (EklKalmanUpdate *self, const EklAnalysis *analysis, const int *cancel)
{
  const gsize size = self->size;

  g_return_val_if_fail (analysis->n_observations <= self->max_observations, FALSE);
  g_return_val_if_fail (analysis->residuals == NULL || self->form == EKL_FORM_EULER, FALSE);

  self->prior_gram = NULL;
  measure_rows (self, analysis);
  if (analysis->residuals != NULL) {
    memset (self->rows, 0, size * size * sizeof (double));
    ekl_kalman_update_add_product (self, analysis, 1, analysis->residuals, cancel);
    return TRUE;
  }
  self->gram = ekl_gram_compute (self->products, self->size, analysis->n_observations,
                                 analysis->anomalies, analysis->n_observations, self->data_space,
                                 wants_double (self, analysis), cancel);
  if (!self->data_space)
    fill_rows (self);

  return TRUE;
}

/**
 * ekl_kalman_update_begin:
 * @self: a workspace in ensemble space
 * @residuals: whether the analysis has residuals of its own, as in [11]
 *
 * The outputs are going to come in parts: see ekl_kalman_update_add().
 */
void
ekl_kalman_update_begin (EklKalmanUpdate *self, gboolean residuals)
{
  const gsize size = self->size;

  g_return_if_fail (!self->data_space);
  g_return_if_fail (!residuals || self->form == EKL_FORM_EULER);

  self->gram = NULL;
  self->prior_gram = NULL;
  memset (self->projected, 0, size * sizeof (double));
  if (residuals)
    memset (self->rows, 0, size * size * sizeof (double));
  else
    ekl_gram_clear (self->products, self->size);
}

/**
 * ekl_kalman_update_add:
 * @self: a workspace, begun
 * @part: the outputs on some of the observations
 * @cancel: (nullable): where this becomes non-zero the work is left unfinished
 *
 * What ekl_kalman_update_prepare() does, for some of the observations at a time. After the last of
 * them comes ekl_kalman_update_end().
 */
void
ekl_kalman_update_add (EklKalmanUpdate *self, const EklAnalysis *part, const int *cancel)
{
  const gsize k = part->n_observations;

  if (part->residuals != NULL) {
    ekl_kalman_update_add_product (self, part, 1, part->residuals, cancel);
    return;
  }
#pragma omp parallel for schedule(static) num_threads(                                             \
  ekl_cores_team(self->n_threads)) if (self->n_threads > 1 && self->size * k > EKL_UPDATE_SMALL)
  for (guint j = 0; j < self->size; j++)
    self->projected[j] += ekl_vector_dot (k, part->anomalies + j * k, part->innovation);
  self->gram = ekl_gram_add (self->products, self->size, part->n_observations, part->anomalies,
                             self->form != EKL_FORM_EULER, cancel);
}

/**
 * ekl_kalman_update_end:
 * @self: a workspace to which all parts have been added
 *
 * Then ekl_kalman_update_get_norm() and ekl_kalman_update_apply() are told of an analysis without
 * anomalies, whose n_observations are those of all parts.
 */
void
ekl_kalman_update_end (EklKalmanUpdate *self)
{
  if (self->gram != NULL)
    fill_rows (self);
}

/**
 * ekl_kalman_update_add_prior:
 * @self: a workspace of [16], begun or prepared
 * @n: how many parameters
 * @anomalies: shape (J, n), C0^{-1/2} (u^j - ubar) of these parameters
 * @innovation: shape (n), C0^{-1/2} (m0 - ubar) of these parameters
 * @cancel: (nullable): where this becomes non-zero the work is left unfinished
 *
 * The parameters in parts: what is not in parameter_anomalies and prior_innovation of the analysis.
 */
void
ekl_kalman_update_add_prior (
  EklKalmanUpdate *self, guint n, const real *anomalies, const real *innovation, const int *cancel)
{
  g_return_if_fail (self->form == EKL_FORM_ALDI);

  if (self->prior_gram == NULL) {
    ekl_gram_clear (self->prior, self->size);
    memset (self->prior_projected, 0, self->size * sizeof (double));
  }
  self->prior_gram = ekl_gram_add (self->prior, self->size, n, anomalies, TRUE, cancel);
#pragma omp parallel for schedule(static)                                                          \
  num_threads(ekl_cores_team(self->n_threads)) if (self->n_threads > 1)
  for (guint j = 0; j < self->size; j++)
    self->prior_projected[j] += ekl_vector_dot (n, anomalies + (gsize) j * n, innovation);
}

/* sum_j q_j' D'D q_j, q_j = r - D_j: the same norm where D'D is at hand and not D D'. */
static void
measure_in_data_space (EklKalmanUpdate *self, const EklAnalysis *a)
{
  gsize n = a->n_observations;

#pragma omp parallel for schedule(static) num_threads(ekl_cores_team(                              \
  self->n_threads)) if (self->n_threads > 1 && self->size * n * n > EKL_UPDATE_SMALL)
  for (guint j = 0; j < self->size; j++) {
    const real *row = a->anomalies + j * n;

    self->projected[j] = 0;
    for (gsize i = 0; i < n; i++) {
      double sum = 0;

      for (gsize k = 0; k < n; k++)
        sum += self->gram[i * n + k] * ((double) a->innovation[k] - row[k]);
      self->projected[j] += sum * ((double) a->innovation[i] - row[i]);
    }
  }
}

/**
 * ekl_kalman_update_get_norm:
 * @self: a workspace, prepared with the same analysis
 * @analysis: the outputs
 *
 * Returns: |D|_F of [14], D_jk = <G^k - Gbar, Gamma^{-1} (G^j - y)>
 */
double
ekl_kalman_update_get_norm (EklKalmanUpdate *self, const EklAnalysis *analysis)
{
  gsize n = (gsize) self->size * self->size;
  double sum = 0;

  if (self->data_space) {
    measure_in_data_space (self, analysis);
    for (guint j = 0; j < self->size; j++)
      sum += self->projected[j];
    return sqrt (sum);
  }
  for (gsize i = 0; i < n; i++)
    sum += self->rows[i] * self->rows[i];
  return sqrt (sum);
}

/* kalman_update.c - the analysis: how the particles move, given their outputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Iglesias, Law and Stuart (2013), equation [9], in the two forms of [10] that never build a P x K matrix.
 * J particles, K observations, D (J, K) whitened anomalies of the outputs, r (K) whitened innovation y - Gbar:
 *
 *   ensemble space (J x J)  S = (h/J) D D',  B_j = (h/J) D (r - D_j + eta_j),
 *                           u^j += sum_k W_jk dU_k,  W_j = (I + S)^{-1} B_j;  the continuous form [8]: W_j = B_j
 *   data space (K x K)      Y_j = (I + (h/J) D'D)^{-1} (r - D_j + eta_j),  u^j += (h/J) Y_j' D' dU
 *
 * B needs no product of its own: D (r - D_j) = D r - (D D')_j. The cheaper of the two spaces is taken by counting
 * operations at the largest batch. The matrices that are factorised are double. Their products are in the working
 * precision as long as its rounding is small beside the I in I + S; else they are summed in double too, as I + S might
 * otherwise not be positive definite any more (small gamma, large h).
 *
 * D may come in parts, columns after columns, where all of it is more than memory should hold: D D' and D r are sums
 * over the columns. A step that has been given parts is in ensemble space, and its products are summed in double: there
 * are many observations, and the step size that would tell may not be known before the last of them.
 *
 * Rows belong to particles throughout (a right-hand side is a row), which is LAPACK's column-major order transposed.
 */
#include "kalman_update_private.h"

#include "cores.h"
#include "memory.h"
#include "philox.h"
#include "spectral_update.h"
#include "triangle.h"

#include <lapacke.h>

#define MULTIPLY_ROWS 256 /* right-hand sides a task, times the inverse of the factor */
#define SERIAL_VALUES 5e5 /* multiplications that one core does before another has woken */

/**
 * ekl_kalman_update_wants_data_space:
 * @form: which update
 * @size: J
 * @n_observations: the largest K that will come
 * @n_parameters: P
 *
 * Returns: whether the K x K form of [10] takes fewer operations than the J x J form
 */
gboolean
ekl_kalman_update_wants_data_space (EklForm form,
                                    double size,
                                    double n_observations,
                                    double n_parameters)
{
  const double j = size, k = n_observations, p = n_parameters;
  const double ensemble = j * j * k + 7.0 / 3 * j * j * j + 2 * j * j * p;
  const double data = k * k * j + k * k * k / 3 + 2 * k * k * j + 4 * p * k * j;

  return form == EKL_FORM_KALMAN && k < j && data < ensemble;
}

/* What one of the forms wants more than the others. */
static gboolean
allocate_for_form (EklKalmanUpdate *self, GError **error)
{
  const char *what = "the workspace of the Kalman update";
  gsize size = self->size;
  gsize work = self->form == EKL_FORM_ETKI   ? ekl_square_root_work_size (self->size)
               : self->form == EKL_FORM_ALDI ? ekl_langevin_work_size (self->size)
                                             : 0;

  if (work > 0 && (self->work = ekl_memory_new (work, sizeof (double), what, error)) == NULL)
    return FALSE;
  if (self->form != EKL_FORM_ALDI)
    return TRUE;
  return (self->prior = ekl_gram_new (self->size, self->n_threads, error)) != NULL &&
         (self->diffusion = ekl_memory_new (size * size, sizeof (double), what, error)) != NULL &&
         (self->prior_projected = ekl_memory_new (size, sizeof (double), what, error)) != NULL;
}

static gboolean
allocate (EklKalmanUpdate *self, const EklNetwork *network, GError **error)
{
  const char *what = "the workspace of the Kalman update";
  gsize size = self->size, order = self->order;

  return (self->products = ekl_gram_new (self->order, self->n_threads, error)) != NULL &&
         (self->move = ekl_ensemble_move_new (network, self->size,
                                              self->data_space ? self->max_observations : 0,
                                              self->n_threads, error)) != NULL &&
         (self->norms = ekl_memory_new (size, sizeof (double), what, error)) != NULL &&
         (self->matrix = ekl_memory_new (order * order, sizeof (double), what, error)) != NULL &&
         (self->rows = ekl_memory_new (size * order, sizeof (double), what, error)) != NULL &&
         (self->weights = ekl_memory_new (size * order, sizeof (real), what, error)) != NULL &&
         (self->projected = ekl_memory_new (size, sizeof (double), what, error)) != NULL &&
         allocate_for_form (self, error);
}

/* The workspace that only perturbed observations want; made when they are first asked for. */
static gboolean
ready_for_noise (EklKalmanUpdate *self)
{
  if (self->noise == NULL)
    self->noise = ekl_observation_noise_new (
      self->size, self->max_observations, self->max_observations > self->size && !self->data_space,
      self->n_threads, NULL);
  return self->noise != NULL;
}

/**
 * ekl_kalman_update_new:
 * @network: the network of the particles
 * @form: which update
 * @size: J
 * @max_observations: the largest K = N m that will come
 * @n_threads: threads to use, at least 1
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Returns: (nullable): a workspace, or %NULL with @error set
 */
EklKalmanUpdate *
ekl_kalman_update_new (const EklNetwork *network,
                       EklForm form,
                       guint size,
                       guint max_observations,
                       guint n_threads,
                       GError **error)
{
  g_autoptr (EklKalmanUpdate) self = g_new0 (EklKalmanUpdate, 1);

  self->form = form;
  self->size = size;
  self->max_observations = max_observations;
  self->n_threads = n_threads;
  self->data_space = ekl_kalman_update_wants_data_space (form, size, max_observations,
                                                         (double) network->n_parameters);
  self->order = self->data_space ? max_observations : size;
  if (!allocate (self, network, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * ekl_kalman_update_free:
 * @self: (nullable): a workspace
 */
void
ekl_kalman_update_free (EklKalmanUpdate *self)
{
  if (self == NULL)
    return;
  ekl_gram_free (self->products);
  ekl_gram_free (self->prior);
  ekl_ensemble_move_free (self->move);
  ekl_memory_free (self->matrix);
  ekl_memory_free (self->rows);
  ekl_memory_free (self->weights);
  ekl_memory_free (self->projected);
  ekl_memory_free (self->norms);
  ekl_memory_free (self->work);
  ekl_memory_free (self->diffusion);
  ekl_memory_free (self->prior_projected);
  ekl_observation_noise_free (self->noise);
  g_free (self);
}

/**
 * ekl_kalman_update_get_form:
 * @self: a workspace
 *
 * Returns: the update that it was made for
 */
EklForm
ekl_kalman_update_get_form (const EklKalmanUpdate *self)
{
  return self->form;
}

/**
 * ekl_kalman_update_in_data_space:
 * @self: a workspace
 *
 * Returns: whether the K x K form of [10] is used, else the J x J form
 */
gboolean
ekl_kalman_update_in_data_space (const EklKalmanUpdate *self)
{
  return self->data_space;
}

static gboolean
is_cancelled (const int *cancel)
{
  return cancel != NULL && g_atomic_int_get (cancel) != 0;
}

/* matrix = I + scale gram, then its Cholesky factor. Its eigenvalues are 1 or more, so this fails only where the
 * numbers are not finite. */
static gboolean
factorise (EklKalmanUpdate *self, guint order, double scale)
{
  gsize n = (gsize) order * order;
  lapack_int size = (lapack_int) order, info = 0;
  char triangle = 'U';

#pragma omp parallel for schedule(static)                                                          \
  num_threads(ekl_cores_team(self->n_threads)) if (self->n_threads > 1 && n > EKL_UPDATE_SMALL)
  for (gsize i = 0; i < n; i++)
    self->matrix[i] = scale * self->gram[i];
  for (guint i = 0; i < order; i++)
    self->matrix[(gsize) i * order + i] += 1;
  LAPACK_dpotrf (&triangle, &size, self->matrix, &size, &info);

  return info == 0 && ekl_factor_is_finite (order, self->matrix);
}

/* Solutions of the rows in place. */
static void
solve_rows (EklKalmanUpdate *self, guint order, const int *cancel)
{
  const double n_values = (double) self->size * order;
  guint tasks = (self->size + EKL_UPDATE_ROWS - 1) / EKL_UPDATE_ROWS;
  EklShare share = ekl_share (tasks, order * n_values > SERIAL_VALUES ? self->n_threads : 1);

  while (ekl_share_begin (&share))
#pragma omp parallel num_threads(share.team)
    for (guint t; ekl_share_take (&share, &t);) {
      guint first = t * EKL_UPDATE_ROWS;
      lapack_int count = (lapack_int) MIN (EKL_UPDATE_ROWS, self->size - first);
      lapack_int size = (lapack_int) order, info = 0;
      char triangle = 'U';

      if (!is_cancelled (cancel))
        LAPACK_dpotrs (&triangle, &size, &count, self->matrix, &size,
                       self->rows + (gsize) first * order, &size, &info);
    }
}

/* The same by the inverse of the factor, which pays for itself where the rows are many: OpenBLAS multiplies by a
 * triangle twice as fast as it solves with one. No eigenvalue is below 1, so the inverse is as exact as a solution. */
static void
multiply_rows (EklKalmanUpdate *self, guint order, const int *cancel)
{
  const guint tasks = (self->size + MULTIPLY_ROWS - 1) / MULTIPLY_ROWS;
  const blasint n = (blasint) order;
  EklShare share = ekl_share (tasks, self->n_threads);

  while (ekl_share_begin (&share))
#pragma omp parallel num_threads(share.team)
    for (guint t; ekl_share_take (&share, &t);) {
      const guint first = t * MULTIPLY_ROWS;
      const blasint count = (blasint) MIN (MULTIPLY_ROWS, self->size - first);
      double *rows = self->rows + (gsize) first * order;

      if (is_cancelled (cancel))
        continue;
      cblas_dtrmm (CblasColMajor, CblasLeft, CblasUpper, CblasTrans, CblasNonUnit, n, count, 1,
                   self->matrix, n, rows, n);
      cblas_dtrmm (CblasColMajor, CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, n, count, 1,
                   self->matrix, n, rows, n);
    }
}

/* eta, whitened: N(0, I/h), or what was given. */
static const real *
draw_noise (EklKalmanUpdate *self, const EklAnalysis *a)
{
  return a->noise != NULL
           ? a->noise
           : ekl_observation_noise_draw (self->noise, (EklNoiseDraw){ a->seed, a->step },
                                         a->n_observations, a->step_size);
}

/* The factor of I + S, and where it is asked for that of S, at the same time: each is one core's work. */
static gboolean
factorise_both (EklKalmanUpdate *self, double scale, gboolean for_noise)
{
  gboolean done = FALSE;

#pragma omp parallel sections num_threads(ekl_cores_team(2)) if (for_noise && self->n_threads > 1)
  {
#pragma omp section
    done = factorise (self, self->size, scale);
#pragma omp section
    if (for_noise)
      ekl_observation_noise_factorise (self->noise, self->gram, scale);
  }
  return done;
}

/* [9] and [8] in ensemble space: the rows become W. */
static gboolean
weigh_kalman (EklKalmanUpdate *self, const EklAnalysis *a, const int *cancel)
{
  const gsize n = (gsize) self->size * self->size;
  const double scale = a->step_size / self->size;
  const gboolean each =
    a->noise != NULL || (a->anomalies != NULL && a->n_observations <= self->size);

#pragma omp parallel for schedule(static)                                                          \
  num_threads(ekl_cores_team(self->n_threads)) if (self->n_threads > 1 && n > EKL_UPDATE_SMALL)
  for (gsize i = 0; i < n; i++)
    self->rows[i] *= scale;
  if (self->form != EKL_FORM_KALMAN)
    return TRUE;
  if (a->perturb && each)
    ekl_kalman_update_add_product (self, a, scale, draw_noise (self, a), cancel);
  if (!factorise_both (self, scale, a->perturb && !each))
    return FALSE;
  if (a->perturb && !each)
    ekl_observation_noise_add (self->noise, (EklNoiseDraw){ a->seed, a->step }, self->rows);
  solve_rows (self, self->size, cancel);

  return TRUE;
}

/* [16]: the weights of [8], the prior's drift and the diffusion. */
static gboolean
weigh_langevin (EklKalmanUpdate *self, const EklAnalysis *a, const int *cancel)
{
  gsize size = self->size, n = a->n_parameters;
  const double *diffusion = a->diffusion != NULL ? a->diffusion : self->diffusion;

  if (!weigh_kalman (self, a, cancel))
    return FALSE;
  if (a->parameter_anomalies != NULL)
    ekl_kalman_update_add_prior (self, (guint) n, a->parameter_anomalies, a->prior_innovation,
                                 cancel);
  if (a->diffusion == NULL)
#pragma omp parallel for schedule(static)                                                          \
  num_threads(ekl_cores_team(self->n_threads)) if (self->n_threads > 1)
    for (guint j = 0; j < self->size; j++)
      ekl_random_normals (a->seed, EKL_STREAM_DIFFUSION, a->step, j, size,
                          self->diffusion + j * size);
  return ekl_langevin_weights (self->size, n, a->step_size, self->prior_gram, self->prior_projected,
                               diffusion, self->n_threads, self->work, self->rows);
}

/* r - D_j + eta_j of every particle. */
static void
fill_rows (EklKalmanUpdate *self, const EklAnalysis *a)
{
  const gsize k = a->n_observations;
  const real *noise = a->perturb ? draw_noise (self, a) : NULL;

  for (gsize j = 0; j < self->size; j++)
    for (gsize i = 0; i < k; i++)
      self->rows[j * k + i] = (double) a->innovation[i] - a->anomalies[j * k + i] +
                              (noise != NULL ? noise[j * k + i] : 0);
}

/* The Cholesky factor, or its inverse. */
static gboolean
factorise_or_invert (EklKalmanUpdate *self, guint order, double scale, gboolean invert)
{
  if (!factorise (self, order, scale))
    return FALSE;
  if (invert)
    ekl_triangle_invert (order, self->matrix);
  return TRUE;
}

/* [9] in data space: the rows become Y. The factor is one core's work, and so are the rows in the meantime. */
static gboolean
solve_in_data_space (EklKalmanUpdate *self, const EklAnalysis *a, const int *cancel)
{
  const guint k = a->n_observations;
  const double scale = a->step_size / self->size;
  const gboolean invert = self->size >= 2 * k;
  const double n_values = (double) self->size * k;
  gboolean done = FALSE;

#pragma omp parallel sections num_threads(ekl_cores_team(2)) if (self->n_threads > 1 &&            \
                                                                 n_values > EKL_UPDATE_SMALL)
  {
#pragma omp section
    done = factorise_or_invert (self, k, scale, invert);
#pragma omp section
    fill_rows (self, a);
  }
  if (!done)
    return FALSE;
  if (invert)
    multiply_rows (self, k, cancel);
  else
    solve_rows (self, k, cancel);

  return TRUE;
}

static gboolean
find_weights (EklKalmanUpdate *self, const EklAnalysis *a, const int *cancel)
{
  switch (self->form) {
  case EKL_FORM_ETKI:
    return ekl_square_root_weights (self->size, a->step_size, self->gram, self->projected,
                                    self->n_threads, self->work, self->rows);
  case EKL_FORM_ALDI:
    return weigh_langevin (self, a, cancel);
  case EKL_FORM_KALMAN:
  case EKL_FORM_EULER:
  default:
    return self->data_space ? solve_in_data_space (self, a, cancel)
                            : weigh_kalman (self, a, cancel);
  }
}

/**
 * ekl_kalman_update_apply:
 * @self: a workspace, prepared with the same analysis
 * @analysis: the outputs and how to move
 * @ensemble: (inout): U, moved in place
 * @broken: (inout): shape (J), set to 1 for particles whose new values are not finite
 * @cancel: (nullable): where this becomes non-zero the work is left unfinished and U is of no more use
 *
 * One move by [8], [9], [12] or [16]. Perturbed observations are drawn in J dimensions where K > J, by the law of [10].
 *
 * Returns: %FALSE where the numbers overflowed or memory for the perturbations could not be had: U stands unmoved
 */
gboolean
ekl_kalman_update_apply (EklKalmanUpdate *self,
                         const EklAnalysis *analysis,
                         EklEnsemble *ensemble,
                         guint8 *broken,
                         const int *cancel)
{
  gsize n = (gsize) self->size * (self->data_space ? analysis->n_observations : self->size);

  g_return_val_if_fail (ekl_ensemble_get_size (ensemble) == self->size, FALSE);

  if (self->form == EKL_FORM_KALMAN && analysis->perturb && !ready_for_noise (self))
    return FALSE;
  if (!find_weights (self, analysis, cancel))
    return FALSE;
#pragma omp parallel for schedule(static)                                                          \
  num_threads(ekl_cores_team(self->n_threads)) if (self->n_threads > 1 && n > EKL_UPDATE_SMALL)
  for (gsize i = 0; i < n; i++)
    self->weights[i] = (real) self->rows[i];

  if (self->data_space)
    ekl_ensemble_move_by_products (self->move, self->weights, analysis->anomalies,
                                   analysis->n_observations, analysis->step_size / self->size,
                                   ensemble, broken, cancel);
  else
    ekl_ensemble_move_by_weights (self->move, self->weights, ensemble, broken, cancel);

  return TRUE;
}

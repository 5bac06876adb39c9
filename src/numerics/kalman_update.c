/* kalman_update.c - the analysis: how the particles move, given their outputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Iglesias, Law and Stuart (2013), equation [9], in the two forms of [10] that never build a P x K
 * matrix.
 *
 *   J particles, K observations, P parameters
 *   D (J, K)  whitened anomalies of the outputs,  r (K) whitened innovation y - Gbar
 *   ensemble space (J x J):   S = (h/J) D D',  B_j = (h/J) D (r - D_j + eta_j),  U_j += sum_k (I +
 * S)^{-1}[.,k] B_j[k] dU_k data space     (K x K):   A = I + (h/J) D'D,  Y_j = A^{-1} (r - D_j +
 * eta_j),  U_j += (h/J) Y_j' D' dU
 *
 * B needs no product of its own: D (r - D_j) = D r - (D D')_j. The cheaper of the two spaces is
 * taken by counting operations at the largest batch. The matrices that are factorised are double.
 * Their products are in the working precision as long as its rounding is small beside the I in I +
 * S; else they are summed in double too, as I + S might otherwise not be positive definite any more
 * (small gamma, large h).
 *
 * Rows belong to particles throughout (a right-hand side is a row), which is LAPACK's column-major
 * order transposed.
 */
#include "kalman_update.h"

#include "gram.h"
#include "memory.h"
#include "philox.h"
#include "vector_math.h"

#include <lapacke.h>
#include <math.h>
#include <omp.h>
#include <string.h>

#define MAX_STRIP      256  /* columns of the ensemble in one go */
#define SOLVE_ROWS     64   /* right-hand sides a task */
#define ROUNDING_LIMIT 1e-3 /* of rounding errors in S, beside the identity */

struct _EklKalmanUpdate {
  EklNetwork network;
  guint size;             /* J */
  guint max_observations; /* the largest K */
  guint n_threads;
  gboolean data_space;
  guint order; /* of the matrix that is factorised: J, or the largest K */
  guint strip; /* columns of the ensemble a task moves */
  guint n_strips;

  EklGram *products;  /* makes D D' or D' D */
  const double *gram; /* (order, order), owned by it */
  double *matrix;     /* (order, order) I + (h/J) gram, then its Cholesky factor */
  double *rows;       /* (J, order) right-hand sides, then solutions */
  real *weights;      /* (J, order) the solutions in the working precision */
  real *noise;        /* (J, K) whitened perturbations, where K <= J */
  double *factor;     /* (J, J) pivoted Cholesky factor of S, where K > J */
  double *normals;    /* (J, J) where K > J */
  double *pivot_work; /* (2 J) */
  lapack_int *pivot;  /* (J) */
  double *projected;  /* (J) D r */
  double *norms;      /* (J) |D_j|^2 */
  real *strips;       /* (n_threads, strip_stride) */
  gsize strip_stride;
};

static gboolean
data_space_is_cheaper (double j, double k, double p)
{
  double ensemble = j * j * k + 7.0 / 3 * j * j * j + 2 * j * j * p;
  double data = k * k * j + k * k * k / 3 + 2 * k * k * j + 4 * p * k * j;

  return data < ensemble;
}

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

static gboolean
allocate (EklKalmanUpdate *self, GError **error)
{
  const char *what = "the workspace of the Kalman update";
  gsize size = self->size, order = self->order;

  self->strip_stride = (size + (self->data_space ? self->max_observations : 0)) * self->strip;
  return (self->products = ekl_gram_new (self->order, self->n_threads, error)) != NULL &&
         (self->norms = ekl_memory_new (size, sizeof (double), what, error)) != NULL &&
         (self->matrix = ekl_memory_new (order * order, sizeof (double), what, error)) != NULL &&
         (self->rows = ekl_memory_new (size * order, sizeof (double), what, error)) != NULL &&
         (self->weights = ekl_memory_new (size * order, sizeof (real), what, error)) != NULL &&
         (self->projected = ekl_memory_new (size, sizeof (double), what, error)) != NULL &&
         (self->strips = ekl_memory_new (self->strip_stride * self->n_threads, sizeof (real), what,
                                         error)) != NULL;
}

/* The workspace that only perturbed observations want; made when they are first asked for. */
static gboolean
allocate_noise (EklKalmanUpdate *self)
{
  const char *what = "the perturbed observations";
  gsize size = self->size;

  if (self->noise == NULL)
    self->noise =
      ekl_memory_new (size * MIN (size, self->max_observations), sizeof (real), what, NULL);
  if (self->max_observations <= self->size || self->data_space)
    return self->noise != NULL;
  if (self->factor == NULL) {
    self->factor = ekl_memory_new (size * size, sizeof (double), what, NULL);
    self->normals = ekl_memory_new (size * size, sizeof (double), what, NULL);
    self->pivot_work = ekl_memory_new (2 * size, sizeof (double), what, NULL);
    self->pivot = ekl_memory_new (size, sizeof (lapack_int), what, NULL);
  }
  return self->noise != NULL && self->factor != NULL && self->normals != NULL &&
         self->pivot_work != NULL && self->pivot != NULL;
}

/**
 * ekl_kalman_update_new:
 * @network: the network of the particles
 * @size: J
 * @max_observations: the largest K = N m that will come
 * @n_threads: threads to use, at least 1
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Returns: (nullable): a workspace, or %NULL with @error set
 */
EklKalmanUpdate *
ekl_kalman_update_new (
  const EklNetwork *network, guint size, guint max_observations, guint n_threads, GError **error)
{
  g_autoptr (EklKalmanUpdate) self = g_new0 (EklKalmanUpdate, 1);

  self->network = *network;
  self->size = size;
  self->max_observations = max_observations;
  self->n_threads = n_threads;
  self->data_space = max_observations < size &&
                     data_space_is_cheaper (size, max_observations, (double) network->n_parameters);
  self->order = self->data_space ? max_observations : size;
  self->strip = (guint) CLAMP ((network->n_parameters / 16 + 15) / 16 * 16, 32, MAX_STRIP);
  self->n_strips = count_strips (network, self->strip);
  if (!allocate (self, error))
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
  ekl_memory_free (self->norms);
  ekl_memory_free (self->matrix);
  ekl_memory_free (self->rows);
  ekl_memory_free (self->weights);
  ekl_memory_free (self->noise);
  ekl_memory_free (self->factor);
  ekl_memory_free (self->normals);
  ekl_memory_free (self->pivot_work);
  ekl_memory_free (self->pivot);
  ekl_memory_free (self->projected);
  ekl_memory_free (self->strips);
  g_free (self);
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

/* D r and |D_j|^2, row by row in double. */
static void
measure_rows (EklKalmanUpdate *self, const EklAnalysis *a)
{
  gsize k = a->n_observations;

#pragma omp parallel for schedule(static)                                                          \
  num_threads(self->n_threads) if (self->n_threads > 1 && self->size * k > 50000)
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

  if (sizeof (real) == sizeof (double))
    return FALSE;
  for (guint j = 0; j < self->size; j++)
    trace += self->norms[j];
  return a->step_size / self->size * trace * EKL_REAL_EPSILON > ROUNDING_LIMIT;
}

/* matrix = I + scale gram, then its Cholesky factor. Its eigenvalues are 1 or more, so this fails
 * only where the numbers are not finite. */
static gboolean
factorise (EklKalmanUpdate *self, guint order, double scale)
{
  gsize n = (gsize) order * order;
  lapack_int size = (lapack_int) order, info = 0;
  char triangle = 'U';

  for (gsize i = 0; i < n; i++)
    self->matrix[i] = scale * self->gram[i];
  for (guint i = 0; i < order; i++)
    self->matrix[(gsize) i * order + i] += 1;
  LAPACK_dpotrf (&triangle, &size, self->matrix, &size, &info);

  return info == 0;
}

/* Solutions of the rows in place, and in the working precision. */
static void
solve_rows (EklKalmanUpdate *self, guint order, gboolean gain, const int *cancel)
{
  guint tasks = (self->size + SOLVE_ROWS - 1) / SOLVE_ROWS;

#pragma omp parallel for schedule(dynamic)                                                         \
  num_threads(self->n_threads) if (self->n_threads > 1 && tasks > 1)
  for (guint t = 0; t < tasks; t++) {
    guint first = t * SOLVE_ROWS;
    lapack_int count = (lapack_int) MIN (SOLVE_ROWS, self->size - first);
    lapack_int size = (lapack_int) order, info = 0;
    double *rows = self->rows + (gsize) first * order;
    real *weights = self->weights + (gsize) first * order;
    char triangle = 'U';

    if (is_cancelled (cancel))
      continue;
    if (gain)
      LAPACK_dpotrs (&triangle, &size, &count, self->matrix, &size, rows, &size, &info);
    for (gsize i = 0; i < (gsize) count * order; i++)
      weights[i] = (real) rows[i];
  }
}

/* eta, whitened: N(0, I/h), or what was given. */
static const real *
draw_noise (EklKalmanUpdate *self, const EklAnalysis *a)
{
  gsize k = a->n_observations;

  if (a->noise != NULL)
    return a->noise;
#pragma omp parallel for schedule(static)                                                          \
  num_threads(self->n_threads) if (self->n_threads > 1 && self->size * k > 20000)
  for (guint j = 0; j < self->size; j++) {
    memset (self->noise + j * k, 0, k * sizeof (real));
    ekl_random_add_normals (a->seed, EKL_STREAM_OBSERVATION_NOISE, a->step, j, k,
                            1 / sqrt (a->step_size), self->noise + j * k);
  }
  return self->noise;
}

/* rows += (h/J) eta D': the perturbation, where eta itself is at hand. */
static void
add_noise_product (EklKalmanUpdate *self, const EklAnalysis *a, double scale)
{
  const real *noise = draw_noise (self, a);
  gsize size = self->size, k = a->n_observations;
  guint tasks = (self->size + SOLVE_ROWS - 1) / SOLVE_ROWS;

#pragma omp parallel for schedule(dynamic)                                                         \
  num_threads(self->n_threads) if (self->n_threads > 1 && tasks > 1)
  for (guint t = 0; t < tasks; t++) {
    gsize first = (gsize) t * SOLVE_ROWS;
    gsize count = MIN (SOLVE_ROWS, size - first);

    ekl_blas_gemm (CblasRowMajor, CblasNoTrans, CblasTrans, (blasint) count, (blasint) size,
                   (blasint) k, 1, noise + first * k, (blasint) k, a->anomalies, (blasint) k, 0,
                   self->weights + first * size, (blasint) size);
    for (gsize i = first * size; i < (first + count) * size; i++)
      self->rows[i] += scale * self->weights[i];
  }
}

/* rows += (L z / sqrt J)', L L' = S, z standard normal: the law of (h/J) D eta in R^J, [10], with J
 * normals a particle instead of K. S is semidefinite: Cholesky with pivoting, cut at its numerical
 * rank. */
static void
add_factor_product (EklKalmanUpdate *self, const EklAnalysis *a, double scale)
{
  gsize size = self->size;
  lapack_int n = (lapack_int) size, rank = 0, info = 0;
  double highest = 0, tolerance;
  char triangle = 'L'; /* column-major lower: factor[k * J + i] = L_ik, i >= k */

  for (gsize i = 0; i < size * size; i++)
    self->factor[i] = scale * self->gram[i];
  for (gsize i = 0; i < size; i++)
    highest = MAX (highest, self->factor[i * size + i]);
  tolerance = (double) size * EKL_REAL_EPSILON * highest;
  LAPACK_dpstrf (&triangle, &n, self->factor, &n, self->pivot, &rank, &tolerance, self->pivot_work,
                 &info);
  for (gsize k = 0; k < size; k++)
    for (gsize i = 0; i < size; i++)
      if (i < k || k >= (gsize) rank)
        self->factor[k * size + i] = 0;

#pragma omp parallel for schedule(static) num_threads(self->n_threads) if (self->n_threads > 1)
  for (guint first = 0; first < self->size; first += SOLVE_ROWS) {
    gsize count = MIN (SOLVE_ROWS, self->size - first);
    double *product = self->matrix + first * size; /* its own turn comes later */

    for (gsize j = first; j < first + count; j++)
      ekl_random_normals (a->seed, EKL_STREAM_OBSERVATION_NOISE, a->step, (guint32) j, (gsize) rank,
                          self->normals + j * size);
    cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, (blasint) count, (blasint) size, rank,
                 1 / sqrt ((double) size), self->normals + first * size, (blasint) size,
                 self->factor, (blasint) size, 0, product, (blasint) size);
    for (gsize j = 0; j < count; j++)
      for (gsize i = 0; i < size; i++)
        self->rows[(first + j) * size + (gsize) self->pivot[i] - 1] += product[j * size + i];
  }
}

static gboolean
solve_in_ensemble_space (EklKalmanUpdate *self, const EklAnalysis *a, const int *cancel)
{
  gsize size = self->size;
  double scale = a->step_size / (double) size;

  for (gsize j = 0; j < size; j++)
    for (gsize k = 0; k < size; k++)
      self->rows[j * size + k] = scale * (self->projected[k] - self->gram[j * size + k]);

  if (a->gain && a->perturb) {
    if (a->noise != NULL || a->n_observations <= self->size)
      add_noise_product (self, a, scale);
    else
      add_factor_product (self, a, scale);
  }
  if (a->gain && !factorise (self, self->size, scale))
    return FALSE;
  solve_rows (self, self->size, a->gain, cancel);

  return TRUE;
}

static gboolean
solve_in_data_space (EklKalmanUpdate *self, const EklAnalysis *a, const int *cancel)
{
  gsize k = a->n_observations;
  const real *noise = a->gain && a->perturb ? draw_noise (self, a) : NULL;

  for (gsize j = 0; j < self->size; j++)
    for (gsize i = 0; i < k; i++)
      self->rows[j * k + i] = (double) a->innovation[i] - a->anomalies[j * k + i] +
                              (noise != NULL ? noise[j * k + i] : 0);
  if (a->gain && !factorise (self, a->n_observations, a->step_size / self->size))
    return FALSE;
  solve_rows (self, a->n_observations, a->gain, cancel);

  return TRUE;
}

/* A strip of columns of one block of the ensemble. */
typedef struct {
  real *values; /* its first value; rows `width` apart */
  gsize width;
  guint count;
} Strip;

static Strip
find_strip (const EklKalmanUpdate *self, EklEnsemble *ensemble, guint number)
{
  for (guint b = 0; b < ekl_ensemble_n_blocks (ensemble); b++) {
    gsize width;
    real *block = ekl_ensemble_block (ensemble, b, &width, NULL);
    guint n = (guint) ((width + self->strip - 1) / self->strip);

    if (number < n) {
      gsize first = (gsize) number * self->strip;

      return (Strip){ block + first, width, (guint) MIN (self->strip, width - first) };
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
  for (guint j = 0; j < size; j++) {
    real sum = 0;

    for (guint i = 0; i < strip->count; i++)
      sum += 0 * strip->values[j * strip->width + i];
    if (sum != 0)
#pragma omp atomic write
      broken[j] = 1;
  }
}

static void
move_strip (EklKalmanUpdate *self, const EklAnalysis *a, const Strip *strip, real *work)
{
  blasint size = (blasint) self->size, count = (blasint) strip->count;
  blasint k = (blasint) a->n_observations;
  real *anomalies = work;

  strip_anomalies (strip, self->size, anomalies);
  if (self->data_space) {
    real *products = work + (gsize) self->size * strip->count; /* (K, count) D' dU */

    ekl_blas_gemm (CblasRowMajor, CblasTrans, CblasNoTrans, k, count, size,
                   (real) (a->step_size / self->size), a->anomalies, k, anomalies, count, 0,
                   products, count);
    ekl_blas_gemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, size, count, k, 1, self->weights, k,
                   products, count, 1, strip->values, (blasint) strip->width);
  } else {
    ekl_blas_gemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, size, count, size, 1, self->weights,
                   size, anomalies, count, 1, strip->values, (blasint) strip->width);
  }
}

/**
 * ekl_kalman_update_apply:
 * @self: a workspace for this ensemble's J and at least this many observations
 * @analysis: the outputs and how to move
 * @ensemble: (inout): U, moved in place
 * @broken: (inout): shape (J), set to 1 for particles whose new values are not finite
 * @cancel: (nullable): where this becomes non-zero the work is left unfinished and U is of no more
 * use
 *
 * One move of [8] (without @gain) or [9] (with it), in the cheaper form of [10]. Perturbed
 * observations are drawn in J dimensions where K > J, by the law of [10].
 *
 * Returns: %FALSE where the numbers overflowed or memory for the perturbations could not be had: U
 * stands unmoved
 */
gboolean
ekl_kalman_update_apply (EklKalmanUpdate *self,
                         const EklAnalysis *analysis,
                         EklEnsemble *ensemble,
                         guint8 *broken,
                         const int *cancel)
{
  guint order = self->data_space ? analysis->n_observations : self->size;
  double flops = 2.0 * self->size * order * self->network.n_parameters;

  g_return_val_if_fail (ekl_ensemble_get_size (ensemble) == self->size, FALSE);
  g_return_val_if_fail (analysis->n_observations <= self->max_observations, FALSE);

  if (analysis->gain && analysis->perturb && !allocate_noise (self))
    return FALSE;
  measure_rows (self, analysis);
  if (!self->data_space || analysis->gain)
    self->gram =
      ekl_gram_compute (self->products, self->size, analysis->n_observations, analysis->anomalies,
                        self->data_space, wants_double (self, analysis), cancel);
  if (!(self->data_space ? solve_in_data_space (self, analysis, cancel)
                         : solve_in_ensemble_space (self, analysis, cancel)))
    return FALSE;

#pragma omp parallel for schedule(dynamic)                                                         \
  num_threads(self->n_threads) if (self->n_threads > 1 && flops > 2e5)
  for (guint s = 0; s < self->n_strips; s++) {
    Strip strip = find_strip (self, ensemble, s);

    if (is_cancelled (cancel))
      continue;
    move_strip (self, analysis, &strip,
                self->strips + self->strip_stride * (gsize) omp_get_thread_num ());
    mark_broken (&strip, self->size, broken);
  }
  return TRUE;
}

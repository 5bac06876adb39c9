/* ensemble_view.c - what is seen of an ensemble: its spectrum, and what lies in the span of its start
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything goes through products of the anomalies dU (J, P), summed in double: dU dU' (J x J), or
 * dU' dU (P x P) where that is smaller. A singular value below 1e-8 of the largest is rounding.
 */
#include "ensemble_view.h"

#include "gram.h"
#include "memory.h"
#include "vector_math.h"

#include <float.h>
#include <lapacke.h>
#include <math.h>
#include <string.h>

/* The first `rows` particles minus the mean of all, (rows, P); NULL where there is no memory. */
static real *
make_anomalies (const EklEnsemble *ensemble, guint rows)
{
  const gsize p = ekl_ensemble_get_network (ensemble)->n_parameters;
  real *anomalies = ekl_memory_new (p * rows, sizeof (real), "the anomalies", NULL);
  double *mean = ekl_memory_new (p, sizeof (double), "the anomalies", NULL);

  if (anomalies != NULL && mean != NULL) {
    ekl_ensemble_get_mean_double (ensemble, mean);
    for (guint j = 0; j < rows; j++) {
      ekl_ensemble_get_particle (ensemble, j, anomalies + j * p);
      ekl_vector_center (p, mean, 1, anomalies + j * p);
    }
  } else {
    g_clear_pointer (&anomalies, ekl_memory_free);
  }
  ekl_memory_free (mean);
  return anomalies;
}

/* (sum l)^2 / sum l^2 of the eigenvalues of a symmetric matrix: from its trace and its norm. */
static double
participation (const double *gram, guint order)
{
  double trace = 0, square = 0;

  for (gsize i = 0; i < order; i++)
    trace += gram[i * order + i];
  for (gsize i = 0; i < (gsize) order * order; i++)
    square += gram[i] * gram[i];
  return square > 0 && isfinite (square) ? trace * trace / square : NAN;
}

/* Roots of the largest n_values eigenvalues over J, descending. */
static void
take_values (EklSpectrum *self, const double *gram, guint order, guint size)
{
  g_autofree double *matrix = g_memdup2 (gram, (gsize) order * order * sizeof (double));
  g_autofree double *eigenvalue = g_new (double, order);
  lapack_int n = (lapack_int) order, info = 0, integers = 1, integer, doubles = -1;
  g_autofree double *work = NULL;
  double best;
  char values = 'N', triangle = 'L';

  LAPACK_dsyevd (&values, &triangle, &n, matrix, &n, eigenvalue, &best, &doubles, &integer,
                 &integers, &info);
  doubles = (lapack_int) best;
  work = g_new (double, doubles);
  LAPACK_dsyevd (&values, &triangle, &n, matrix, &n, eigenvalue, work, &doubles, &integer,
                 &integers, &info);
  if (info != 0) {
    self->n_values = 0;
    return;
  }
  self->value = g_new (double, self->n_values);
  for (guint i = 0; i < self->n_values; i++)
    self->value[i] = sqrt (MAX (eigenvalue[order - 1 - i], 0) / size);
}

/**
 * ekl_spectrum_new:
 * @ensemble: J particles
 * @n_threads: threads to use, at least 1; the answers do not depend on it
 *
 * The singular values of the anomalies over sqrt (J), and the effective rank: the participation
 * ratio (sum l)^2 / sum l^2 of the eigenvalues l of the covariance. It is r where r eigenvalues are
 * equal and the others 0, and 1 where all particles lie on a line. Particles that are not finite
 * make it NaN. What would take more than EKL_LOOK_FLOPS or EKL_LOOK_BYTES is left out.
 *
 * Returns: (transfer full): the spectrum
 */
EklSpectrum *
ekl_spectrum_new (const EklEnsemble *ensemble, guint n_threads)
{
  const guint size = ekl_ensemble_get_size (ensemble);
  const gsize p = ekl_ensemble_get_network (ensemble)->n_parameters;
  const gboolean of_columns = p < size;
  const guint order = (guint) MIN (p, size);
  const double n = order, flops = n * n * (double) MAX (p, size) + 4 * n * n * n;
  EklSpectrum *self = g_new0 (EklSpectrum, 1);
  g_autoptr (EklGram) products = NULL;
  real *anomalies;

  self->effective_rank = NAN;
  if (flops > EKL_LOOK_FLOPS || (double) size * (double) p * sizeof (real) > EKL_LOOK_BYTES)
    return self;
  anomalies = make_anomalies (ensemble, size);
  products = ekl_gram_new (order, n_threads, NULL);
  if (anomalies != NULL && products != NULL) {
    const double *gram =
      ekl_gram_compute (products, size, (guint) p, anomalies, p, of_columns, TRUE, NULL);

    self->effective_rank = participation (gram, order);
    self->n_values = (guint) MIN (p, size - 1);
    if (isfinite (self->effective_rank))
      take_values (self, gram, order, size);
    else
      self->n_values = 0;
  }
  ekl_memory_free (anomalies);
  return self;
}

/**
 * ekl_spectrum_copy:
 * @self: (nullable): a spectrum
 */
EklSpectrum *
ekl_spectrum_copy (const EklSpectrum *self)
{
  EklSpectrum *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->value = g_memdup2 (self->value, self->n_values * sizeof (double));
  return copy;
}

/**
 * ekl_spectrum_free:
 * @self: (nullable): a spectrum
 */
void
ekl_spectrum_free (EklSpectrum *self)
{
  if (self == NULL)
    return;
  g_free (self->value);
  g_free (self);
}

/**
 * ekl_ensemble_view_copy:
 * @self: (nullable): a picture's data
 */
EklEnsembleView *
ekl_ensemble_view_copy (const EklEnsembleView *self)
{
  EklEnsembleView *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->start = ekl_spectrum_copy (self->start);
  copy->now = ekl_spectrum_copy (self->now);
  copy->sentence = g_strdup (self->sentence);
  return copy;
}

/**
 * ekl_ensemble_view_free:
 * @self: (nullable): a picture's data
 */
void
ekl_ensemble_view_free (EklEnsembleView *self)
{
  if (self == NULL)
    return;
  ekl_spectrum_free (self->start);
  ekl_spectrum_free (self->now);
  g_free (self->sentence);
  g_free (self);
}

struct _EklSpan {
  guint n_rows;    /* J - 1: the last anomaly is minus the sum of the others */
  gsize n_columns; /* P */
  guint rank;
  real *anomalies;   /* (J - 1, P) */
  double *factor;    /* (J - 1, J - 1) pivoted Cholesky factor of their products, column-major */
  lapack_int *pivot; /* (J - 1), from 1 */
};

/**
 * ekl_subspace_is_small:
 * @size: J
 * @n_parameters: P
 *
 * Returns: whether a span of that size is made at all: J P numbers and J^2 doubles within
 * EKL_LOOK_BYTES, products and factor within EKL_LOOK_FLOPS
 */
gboolean
ekl_subspace_is_small (guint size, gsize n_parameters)
{
  const double j = size, p = (double) n_parameters;

  return j * p * sizeof (real) + j * j * sizeof (double) <= EKL_LOOK_BYTES &&
         j * j * p + j * j * j / 3 <= EKL_LOOK_FLOPS;
}

static gboolean
factorise (EklSubspace *self, const double *gram)
{
  const gsize n = self->n_rows;
  g_autofree double *work = g_new (double, 2 * n);
  lapack_int order = (lapack_int) n, rank = 0, info = 0;
  double highest = 0, tolerance;
  char triangle = 'L';

  memcpy (self->factor, gram, n * n * sizeof (double));
  for (gsize i = 0; i < n; i++)
    highest = MAX (highest, gram[i * n + i]);
  tolerance = (double) n * DBL_EPSILON * highest;
  if (!isfinite (highest))
    return FALSE;
  LAPACK_dpstrf (&triangle, &order, self->factor, &order, self->pivot, &rank, &tolerance, work,
                 &info);
  self->rank = (guint) rank;
  return info >= 0;
}

/**
 * ekl_subspace_new:
 * @ensemble: J particles, at least 2; copied
 * @n_threads: threads to use, at least 1
 *
 * Returns: (nullable): the span of the anomalies; %NULL where it would be too large, see
 * ekl_subspace_is_small(), where there is no memory, or where a particle is not finite
 */
EklSubspace *
ekl_subspace_new (const EklEnsemble *ensemble, guint n_threads)
{
  const gsize p = ekl_ensemble_get_network (ensemble)->n_parameters;
  const guint n = ekl_ensemble_get_size (ensemble) - 1;
  const char *what = "the span of the start";
  g_autoptr (EklSubspace) self = NULL;
  g_autoptr (EklGram) products = NULL;

  if (n < 1 || !ekl_subspace_is_small (n + 1, p))
    return NULL;
  self = g_new0 (EklSubspace, 1);
  self->n_rows = n;
  self->n_columns = p;
  if ((self->anomalies = make_anomalies (ensemble, n)) == NULL ||
      (self->factor = ekl_memory_new ((gsize) n * n, sizeof (double), what, NULL)) == NULL ||
      (self->pivot = ekl_memory_new (n, sizeof (lapack_int), what, NULL)) == NULL ||
      (products = ekl_gram_new (n, n_threads, NULL)) == NULL ||
      !factorise (self,
                  ekl_gram_compute (products, n, (guint) p, self->anomalies, p, FALSE, TRUE, NULL)))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * ekl_subspace_free:
 * @self: (nullable): a span
 */
void
ekl_subspace_free (EklSubspace *self)
{
  if (self == NULL)
    return;
  ekl_memory_free (self->anomalies);
  ekl_memory_free (self->factor);
  ekl_memory_free (self->pivot);
  g_free (self);
}

/**
 * ekl_subspace_get_rank:
 * @self: a span
 *
 * Returns: its dimension: min (J - 1, P) where the particles are in general position
 */
guint
ekl_subspace_get_rank (const EklSubspace *self)
{
  return self->rank;
}

/* b = dU d in the pivots' order, and |d|^2. */
static double
multiply (const EklSubspace *self, const real *u, const real *from, double *b)
{
  g_autofree double *d = g_new (double, self->n_columns);
  double square = 0;

  for (gsize i = 0; i < self->n_columns; i++) {
    d[i] = (double) u[i] - (double) from[i];
    square += d[i] * d[i];
  }
  for (guint k = 0; k < self->rank; k++) {
    const real *row = self->anomalies + ((gsize) self->pivot[k] - 1) * self->n_columns;

    b[k] = 0;
    for (gsize i = 0; i < self->n_columns; i++)
      b[k] += (double) row[i] * d[i];
  }
  return square;
}

/**
 * ekl_subspace_share:
 * @self: a span
 * @u: shape (P)
 * @from: shape (P)
 *
 * With the pivoted factor L L' = dU dU' and b = dU d the projection of d = u - from has the squared
 * length |L^{-1} b|^2.
 *
 * Returns: |projection|^2 / |d|^2, 0..1; NaN where u is from
 */
double
ekl_subspace_share (const EklSubspace *self, const real *u, const real *from)
{
  g_autofree double *b = g_new (double, self->rank + 1);
  const double square = multiply (self, u, from, b);
  double held = 0;

  if (!(square > 0) || !isfinite (square))
    return NAN;
  if (self->rank > 0)
    cblas_dtrsv (CblasColMajor, CblasLower, CblasNoTrans, CblasNonUnit, (blasint) self->rank,
                 self->factor, (blasint) self->n_rows, b, 1);
  for (guint k = 0; k < self->rank; k++)
    held += b[k] * b[k];
  return MIN (1, held / square);
}

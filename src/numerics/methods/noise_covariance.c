/* noise_covariance.c - Gamma, the covariance of the observation noise
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Gamma_m = L L' (Cholesky); whitening is v <- L^{-1} v for each datum's m values, which gives the same inner products
 * <a, Gamma^{-1} b> as Gamma^{-1/2} would.
 */
#include "noise_covariance.h"

#include "errors.h"

#include <lapacke.h>
#include <math.h>

struct _EklNoiseCovariance {
  int references;
  guint n_outputs; /* m */
  gboolean diagonal;
  gboolean isotropic;
  double scale;   /* (det Gamma_m)^{1/(2m)} */
  double *factor; /* (m, m) L, row-major lower */
};

static EklNoiseCovariance *
noise_new (guint n_outputs)
{
  EklNoiseCovariance *self = g_new0 (EklNoiseCovariance, 1);

  self->references = 1;
  self->n_outputs = n_outputs;
  self->factor = g_new0 (double, (gsize) n_outputs *n_outputs);
  return self;
}

static void
finish (EklNoiseCovariance *self)
{
  guint m = self->n_outputs;
  double sum = 0;

  self->isotropic = self->diagonal;
  for (guint r = 0; r < m; r++) {
    sum += log (self->factor[(gsize) r * m + r]);
    self->isotropic = self->isotropic && self->factor[(gsize) r * m + r] == self->factor[0];
  }
  self->scale = self->isotropic ? self->factor[0] : exp (sum / m);
}

/**
 * ekl_noise_covariance_new_diagonal:
 * @n_outputs: m
 * @std: shape (n_std), standard deviations
 * @n_std: 1, the same for every output, or m
 * @error: return location; EKL_NUMERICS_ERROR_INVALID
 *
 * Returns: (nullable): Gamma_m = diag (std^2), or %NULL with @error set
 */
EklNoiseCovariance *
ekl_noise_covariance_new_diagonal (guint n_outputs, const double *std, guint n_std, GError **error)
{
  g_autoptr (EklNoiseCovariance) self = noise_new (n_outputs);

  if (n_std != 1 && n_std != n_outputs) {
    g_set_error (error, EKL_NUMERICS_ERROR, EKL_NUMERICS_ERROR_INVALID,
                 "The noise has %u standard deviations; give one for all outputs, or %u, one for "
                 "each output",
                 n_std, n_outputs);
    return NULL;
  }
  self->diagonal = TRUE;
  for (guint r = 0; r < n_outputs; r++) {
    double s = std[n_std == 1 ? 0 : r];

    if (!(s > 0) || !isfinite (s)) {
      g_set_error (error, EKL_NUMERICS_ERROR, EKL_NUMERICS_ERROR_INVALID,
                   "The standard deviation of the noise must be a number above 0, not %g", s);
      return NULL;
    }
    self->factor[(gsize) r * n_outputs + r] = s;
  }
  finish (self);
  return g_steal_pointer (&self);
}

static gboolean
is_symmetric (guint m, const double *covariance)
{
  for (gsize r = 0; r < m; r++)
    for (gsize c = 0; c < r; c++) {
      double a = covariance[r * m + c], b = covariance[c * m + r];

      if (!(fabs (a - b) <= 1e-8 * (fabs (a) + fabs (b))))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_diagonal (guint m, const double *covariance)
{
  for (gsize r = 0; r < m; r++)
    for (gsize c = 0; c < r; c++)
      if (covariance[r * m + c] != 0)
        return FALSE;
  return TRUE;
}

/**
 * ekl_noise_covariance_new_full:
 * @n_outputs: m
 * @covariance: shape (m, m)
 * @error: return location; EKL_NUMERICS_ERROR_INVALID
 *
 * Returns: (nullable): that Gamma_m, or %NULL with @error set where it is not symmetric and positive definite
 */
EklNoiseCovariance *
ekl_noise_covariance_new_full (guint n_outputs, const double *covariance, GError **error)
{
  g_autoptr (EklNoiseCovariance) self = noise_new (n_outputs);
  lapack_int m = (lapack_int) n_outputs, info = 0;
  char triangle = 'U'; /* of the transposed: the row-major lower triangle */
  gboolean finite = TRUE;

  for (gsize i = 0; i < (gsize) n_outputs * n_outputs; i++) {
    self->factor[i] = covariance[i];
    finite = finite && isfinite (covariance[i]);
  }
  if (finite && is_symmetric (n_outputs, covariance))
    LAPACK_dpotrf (&triangle, &m, self->factor, &m, &info);
  else
    info = 1;
  if (info != 0) {
    g_set_error (error, EKL_NUMERICS_ERROR, EKL_NUMERICS_ERROR_INVALID,
                 "The noise covariance is not a symmetric positive definite %u x %u matrix",
                 n_outputs, n_outputs);
    return NULL;
  }
  self->diagonal = is_diagonal (n_outputs, self->factor);
  finish (self);
  return g_steal_pointer (&self);
}

/**
 * ekl_noise_covariance_ref:
 * @self: a covariance
 *
 * Returns: @self
 */
EklNoiseCovariance *
ekl_noise_covariance_ref (EklNoiseCovariance *self)
{
  g_atomic_int_inc (&self->references);
  return self;
}

/**
 * ekl_noise_covariance_unref:
 * @self: (nullable): a covariance
 */
void
ekl_noise_covariance_unref (EklNoiseCovariance *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->references))
    return;
  g_free (self->factor);
  g_free (self);
}

/**
 * ekl_noise_covariance_get_scale:
 * @self: a covariance
 *
 * Returns: gamma where Gamma = gamma^2 I; else the geometric mean of the standard deviations along its axes
 */
double
ekl_noise_covariance_get_scale (const EklNoiseCovariance *self)
{
  return self->scale;
}

/**
 * ekl_noise_covariance_is_isotropic:
 * @self: a covariance
 *
 * Returns: whether Gamma = gamma^2 I
 */
gboolean
ekl_noise_covariance_is_isotropic (const EklNoiseCovariance *self)
{
  return self->isotropic;
}

/**
 * ekl_noise_covariance_get_n_outputs:
 * @self: a covariance
 *
 * Returns: m
 */
guint
ekl_noise_covariance_get_n_outputs (const EklNoiseCovariance *self)
{
  return self->n_outputs;
}

/**
 * ekl_noise_covariance_whiten:
 * @self: a covariance
 * @n_data: N
 * @values: (inout): shape (m, N), replaced by L^{-1} values, datum by datum
 */
void
ekl_noise_covariance_whiten (const EklNoiseCovariance *self, guint n_data, real *values)
{
  gsize m = self->n_outputs;

  for (gsize r = 0; r < m; r++) {
    real *row = values + r * n_data;
    double pivot = self->factor[r * m + r];

    for (gsize c = 0; c < r && !self->diagonal; c++) {
      const real *other = values + c * n_data;
      real l = (real) self->factor[r * m + c];

      for (gsize i = 0; i < n_data; i++)
        row[i] -= l * other[i];
    }
    for (gsize i = 0; i < n_data; i++)
      row[i] = (real) (row[i] / pivot);
  }
}

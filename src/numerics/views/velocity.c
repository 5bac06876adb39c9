/* velocity.c - where the ensemble's mean moves, beside where the gradient points
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Equation [21]: for a linear model the continuous form of EKI is du^j/dt = -C(u) grad Phi(u^j),
 * gradient descent preconditioned by the ensemble's covariance C = dU' dU / J. For any other model
 * the two directions are compared by their angle.
 */
#include "velocity.h"

#include "cores.h"

#include <math.h>

#define STRIP         256
#define SERIAL_VALUES 50000

/* s_j += sum_i (u_ji - ubar_i) v_i over the columns of one block. */
static void
add_inner_products (const real *block,
                    guint size,
                    gsize width,
                    const double *mean,
                    const real *v,
                    guint n_threads,
                    double *s)
{
#pragma omp parallel for schedule(static)                                                          \
  num_threads(ekl_cores_team(n_threads)) if (n_threads > 1 && size * width > SERIAL_VALUES)
  for (guint j = 0; j < size; j++) {
    const real *row = block + j * width;
    double sum = 0;

    for (gsize i = 0; i < width; i++)
      sum += ((double) row[i] - mean[i]) * (double) v[i];
    s[j] += sum;
  }
}

/* out_i = sum_j s_j (u_ji - ubar_i) / J over the columns of one block, strip by strip. */
static void
combine (const real *block,
         guint size,
         gsize width,
         const double *mean,
         const double *s,
         guint n_threads,
         double *out)
{
  const guint n_strips = (guint) ((width + STRIP - 1) / STRIP);

#pragma omp parallel for schedule(static)                                                          \
  num_threads(ekl_cores_team(n_threads)) if (n_threads > 1 && size * width > SERIAL_VALUES)
  for (guint t = 0; t < n_strips; t++) {
    const gsize first = (gsize) t * STRIP, last = MIN (first + STRIP, width);

    for (gsize i = first; i < last; i++)
      out[i] = 0;
    for (guint j = 0; j < size; j++)
      for (gsize i = first; i < last; i++)
        out[i] += s[j] / size * ((double) block[j * width + i] - mean[i]);
  }
}

/**
 * ekl_covariance_product:
 * @ensemble: U, (J, P)
 * @mean: shape (P), its mean
 * @v: shape (P)
 * @n_threads: threads to use, at least 1
 * @product: (out): shape (P), C v = dU' (dU v) / J, summed in double
 */
void
ekl_covariance_product (
  const EklEnsemble *ensemble, const double *mean, const real *v, guint n_threads, double *product)
{
  const guint size = ekl_ensemble_get_size (ensemble);
  g_autofree double *s = g_new0 (double, size);

  for (guint b = 0; b < ekl_ensemble_n_blocks (ensemble); b++) {
    gsize width, offset;
    const real *block = ekl_ensemble_block (ensemble, b, &width, &offset);

    add_inner_products (block, size, width, mean + offset, v + offset, n_threads, s);
  }
  for (guint b = 0; b < ekl_ensemble_n_blocks (ensemble); b++) {
    gsize width, offset;
    const real *block = ekl_ensemble_block (ensemble, b, &width, &offset);

    combine (block, size, width, mean + offset, s, n_threads, product + offset);
  }
}

/* Of two vectors; NaN where one has no direction. */
static double
cosine (double inner, double a_square, double b_square)
{
  const double product = sqrt (a_square) * sqrt (b_square);

  return product > 0 && isfinite (product) ? CLAMP (inner / product, -1.0, 1.0) : NAN;
}

/**
 * ekl_velocity_cosines:
 * @ensemble: U as the analysis found it, after re-spread
 * @moved: U after the analysis, the same J
 * @gradient: shape (P), grad Phi at the mean of @ensemble
 * @n_threads: threads to use, at least 1
 *
 * Returns: the cosines between the move of the mean and -grad Phi, and -C grad Phi with the
 * covariance of @ensemble; NaN where one of the two has no length
 */
EklCosines
ekl_velocity_cosines (const EklEnsemble *ensemble,
                      const EklEnsemble *moved,
                      const real *gradient,
                      guint n_threads)
{
  const gsize p = ekl_ensemble_get_network (ensemble)->n_parameters;
  g_autofree double *before = g_new (double, p);
  g_autofree double *after = g_new (double, p);
  g_autofree double *product = g_new (double, p);
  double vv = 0, gg = 0, cc = 0, vg = 0, vc = 0;

  ekl_ensemble_get_mean_double (ensemble, before);
  ekl_ensemble_get_mean_double (moved, after);
  ekl_covariance_product (ensemble, before, gradient, n_threads, product);
  for (gsize i = 0; i < p; i++) {
    const double v = after[i] - before[i], g = -(double) gradient[i], c = -product[i];

    vv += v * v;
    gg += g * g;
    cc += c * c;
    vg += v * g;
    vc += v * c;
  }
  return (EklCosines){ cosine (vg, vv, gg), cosine (vc, vv, cc) };
}

/* naive-inversion.c - ensemble Kalman inversion with dense matrices, no trick at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "support/naive.h"

#include <math.h>

/* U (J, P), G (J, K), Gamma = gamma^2 I, as in equations [8], [9] and [15]. */

double *
naive_outputs (const EklNetwork *network, gsize J, const double *U, const EklBatch *batch)
{
  gsize K = (gsize) batch->n_outputs * batch->n_data;
  double *G = g_new (double, J *K);

  for (gsize j = 0; j < J; j++)
    naive_forward (network, U + j * network->n_parameters, batch, EKL_APPLY_OUTPUT, G + j * K);
  return G;
}

double *
naive_targets (const EklBatch *batch)
{
  gsize K = (gsize) batch->n_outputs * batch->n_data;
  double *y = g_new (double, K);

  for (gsize k = 0; k < K; k++)
    y[k] = batch->y[k];
  return y;
}

/* mean over j of (a_j - mean a)(b_j - mean b), divisor J */
double
naive_covariance (const double *a, gsize a_stride, const double *b, gsize b_stride, gsize J)
{
  double mean_a = 0, mean_b = 0, sum = 0;

  for (gsize j = 0; j < J; j++) {
    mean_a += a[j * a_stride] / J;
    mean_b += b[j * b_stride] / J;
  }
  for (gsize j = 0; j < J; j++)
    sum += (a[j * a_stride] - mean_a) * (b[j * b_stride] - mean_b);
  return sum / J;
}

/* M X = R by Gauss with partial pivoting; M (n, n) and R (n, columns) are overwritten, R by X. */
void
naive_solve (double *M, double *R, gsize n, gsize columns)
{
  for (gsize c = 0; c < n; c++) {
    gsize pivot = c;

    for (gsize r = c + 1; r < n; r++)
      if (fabs (M[r * n + c]) > fabs (M[pivot * n + c]))
        pivot = r;
    for (gsize k = 0; k < n; k++) {
      double swap = M[c * n + k];
      M[c * n + k] = M[pivot * n + k];
      M[pivot * n + k] = swap;
    }
    for (gsize k = 0; k < columns; k++) {
      double swap = R[c * columns + k];
      R[c * columns + k] = R[pivot * columns + k];
      R[pivot * columns + k] = swap;
    }
    for (gsize r = 0; r < n; r++) {
      double factor = M[r * n + c] / M[c * n + c];

      if (r == c)
        continue;
      for (gsize k = c; k < n; k++)
        M[r * n + k] -= factor * M[c * n + k];
      for (gsize k = 0; k < columns; k++)
        R[r * columns + k] -= factor * R[c * columns + k];
    }
  }
  for (gsize r = 0; r < n; r++)
    for (gsize k = 0; k < columns; k++)
      R[r * columns + k] /= M[r * n + r];
}

/* What a residual of the outputs moves the parameters by, transposed, (K, P):
 * [9] (C^{ww} + Gamma/h)^{-1} C^{wu}, or [8] h Gamma^{-1} C^{wu}. */
double *
naive_gain (const NaiveEnsemble *e, EklForm form, double h, double gamma)
{
  g_autofree double *M = g_new0 (double, e->K * e->K);
  double *gain = g_new (double, e->K * e->P);

  for (gsize k = 0; k < e->K; k++) {
    if (form == EKL_FORM_KALMAN)
      for (gsize l = 0; l < e->K; l++)
        M[k * e->K + l] = naive_covariance (e->G + k, e->K, e->G + l, e->K, e->J);
    M[k * e->K + k] += gamma * gamma / h;
    for (gsize p = 0; p < e->P; p++)
      gain[k * e->P + p] = naive_covariance (e->G + k, e->K, e->U + p, e->P, e->J);
  }
  naive_solve (M, gain, e->K, e->P);
  return gain;
}

/* Phi_j = |Gamma^{-1/2} (y - G^j)|^2 / 2 */
double *
naive_misfits (const NaiveEnsemble *e, const double *y, double gamma)
{
  double *phi = g_new0 (double, e->J);

  for (gsize j = 0; j < e->J; j++)
    for (gsize k = 0; k < e->K; k++) {
      double r = (y[k] - e->G[j * e->K + k]) / gamma;

      phi[j] += r * r / 2;
    }
  return phi;
}

/* [15] without a stop time */
double
naive_misfit_step (const NaiveEnsemble *e, const double *y, double gamma)
{
  g_autofree double *phi = naive_misfits (e, y, gamma);
  double mean = 0, variance = 0;

  for (gsize j = 0; j < e->J; j++)
    mean += phi[j] / e->J;
  for (gsize j = 0; j < e->J; j++)
    variance += (phi[j] - mean) * (phi[j] - mean) / (e->J - 1);
  return fmax (e->K / (2 * mean), sqrt (e->K / (2 * variance)));
}

/* One step of [8] or [9] without perturbations; the new ensemble (J, P). */
double *
naive_inversion_step (const EklNetwork *network,
                      gsize J,
                      const double *U,
                      const EklBatch *batch,
                      EklForm form,
                      double h,
                      double gamma)
{
  g_autofree double *G = naive_outputs (network, J, U, batch);
  g_autofree double *y = naive_targets (batch);
  NaiveEnsemble e = { J, network->n_parameters, (gsize) batch->n_outputs * batch->n_data, U, G };
  g_autofree double *gain = naive_gain (&e, form, h, gamma);
  double *out = g_memdup2 (U, J * e.P * sizeof (double));

  for (gsize j = 0; j < J; j++)
    for (gsize k = 0; k < e.K; k++)
      for (gsize p = 0; p < e.P; p++)
        out[j * e.P + p] += gain[k * e.P + p] * (y[k] - G[j * e.K + k]);
  return out;
}

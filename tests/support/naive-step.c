/* naive-step.c - one step of any form of ensemble Kalman inversion, with dense matrices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "support/naive.h"

#include <math.h>
#include <string.h>

/* What is observed: the outputs, and with the prior term the parameters under them, [13]. */
typedef struct {
  gsize J, P, K;
  const double *U; /* (J, P) */
  double *G;       /* (J, K) */
  double *R;       /* (J, K) what the particles should move by: y - G */
  double *gamma;   /* (K, K) Gamma */
} Observed;

double *
naive_mean (const double *rows, gsize J, gsize P)
{
  double *mean = g_new0 (double, P);

  for (gsize i = 0; i < J * P; i++)
    mean[i % P] += rows[i] / J;
  return mean;
}

static void
observed_clear (Observed *o)
{
  g_free (o->G);
  g_free (o->R);
  g_free (o->gamma);
}

/* Outputs are features x data: observation o N + i is output o of datum i. */
static void
observe_outputs (const NaiveStep *step,
                 const EklNetwork *network,
                 const EklBatch *batch,
                 Observed *o)
{
  gsize N = batch->n_data, m = batch->n_outputs, k = m * N;
  gboolean probabilities = step->loss == EKL_LOSS_CROSS_ENTROPY;
  g_autofree double *p = g_new (double, k);

  for (gsize j = 0; j < o->J; j++) {
    const double *u = o->U + j * o->P;

    naive_forward (network, u, batch, probabilities ? EKL_LOGITS : EKL_APPLY_OUTPUT,
                   o->G + j * o->K);
    naive_forward (network, u, batch, EKL_APPLY_OUTPUT, p);
    for (gsize i = 0; i < k; i++)
      o->R[j * o->K + i] = batch->y[i] - p[i] + (step->eta != NULL ? step->eta[j * k + i] : 0);
  }
  for (gsize i = 0; i < k; i++)
    for (gsize l = 0; l < k; l++)
      if (probabilities)
        o->gamma[i * o->K + l] = i == l;
      else if (i % N == l % N)
        o->gamma[i * o->K + l] = step->gamma[i / N * m + l / N];
}

static void
observe (const NaiveStep *step,
         const EklNetwork *network,
         gsize J,
         const double *U,
         const EklBatch *batch,
         Observed *o)
{
  gsize P = network->n_parameters, k = (gsize) batch->n_outputs * batch->n_data;
  gboolean stacked = step->prior_std != NULL && step->form != EKL_FORM_ALDI;
  gsize K = k + (stacked ? P : 0);

  *o = (Observed){ J, P, K, U, g_new (double, J *K), g_new (double, J *K), g_new0 (double, K *K) };
  observe_outputs (step, network, batch, o);
  for (gsize p = 0; stacked && p < P; p++) {
    o->gamma[(k + p) * (K + 1)] = step->prior_std[p] * step->prior_std[p];
    for (gsize j = 0; j < J; j++) {
      o->G[j * K + k + p] = U[j * P + p];
      o->R[j * K + k + p] = step->prior_mean - U[j * P + p];
    }
  }
}

/* [9], or [8] and [11]: u^j += C^{uw} M^{-1} R_j, M = C^{ww} + Gamma/h or Gamma/h */
static double *
move_by_gain (const Observed *o, gboolean kalman, double h)
{
  g_autofree double *M = g_new (double, o->K * o->K);
  g_autofree double *gain = g_new (double, o->K * o->P);
  double *out = g_memdup2 (o->U, o->J * o->P * sizeof (double));

  for (gsize k = 0; k < o->K; k++) {
    for (gsize l = 0; l < o->K; l++)
      M[k * o->K + l] = o->gamma[k * o->K + l] / h +
                        (kalman ? naive_covariance (o->G + k, o->K, o->G + l, o->K, o->J) : 0);
    for (gsize p = 0; p < o->P; p++)
      gain[k * o->P + p] = naive_covariance (o->G + k, o->K, o->U + p, o->P, o->J);
  }
  naive_solve (M, gain, o->K, o->P);
  for (gsize j = 0; j < o->J; j++)
    for (gsize k = 0; k < o->K; k++)
      for (gsize p = 0; p < o->P; p++)
        out[j * o->P + p] += gain[k * o->P + p] * o->R[j * o->K + k];
  return out;
}

/* The eigenvalues of A (n, n), positive definite, on its diagonal, its eigenvectors in the columns
 * of V, by Jacobi (1846). */
static void
diagonalise (double *A, double *V, gsize n)
{
  memset (V, 0, n * n * sizeof (double));
  for (gsize i = 0; i < n; i++)
    V[i * n + i] = 1;
  for (guint sweep = 0; sweep < 30; sweep++)
    for (gsize a = 0; a < n; a++)
      for (gsize b = a + 1; b < n; b++) {
        double product = A[a * n + a] * A[b * n + b], cot, t, c, s;

        if (A[a * n + b] * A[a * n + b] <= 1e-36 * product)
          continue;
        cot = (A[a * n + a] - A[b * n + b]) / (2 * A[a * n + b]); /* of twice the angle */
        t = copysign (1, cot) / (fabs (cot) + sqrt (cot * cot + 1));
        c = 1 / sqrt (t * t + 1);
        s = c * t;
        for (gsize k = 0; k < n; k++) {
          double x = A[k * n + a], y = A[k * n + b], v = V[k * n + a], w = V[k * n + b];

          A[k * n + a] = c * x + s * y;
          A[k * n + b] = c * y - s * x;
          V[k * n + a] = c * v + s * w;
          V[k * n + b] = c * w - s * v;
        }
        for (gsize k = 0; k < n; k++) {
          double x = A[a * n + k], y = A[b * n + k];

          A[a * n + k] = c * x + s * y;
          A[b * n + k] = c * y - s * x;
        }
      }
}

/* A^{-1/2}, symmetric, of a symmetric positive definite A (n, n). */
double *
naive_inverse_root (const double *A, gsize n)
{
  g_autofree double *values = g_memdup2 (A, n * n * sizeof (double));
  g_autofree double *V = g_new (double, n *n);
  double *root = g_new0 (double, n *n);

  diagonalise (values, V, n);
  for (gsize i = 0; i < n; i++)
    for (gsize k = 0; k < n; k++)
      for (gsize e = 0; e < n; e++)
        root[i * n + k] += V[i * n + e] * V[k * n + e] / sqrt (values[e * n + e]);
  return root;
}

/* [12]: ubar + X (w + sqrt (J-1) A^{-1/2} e_j), A = I + Z' (Gamma/h)^{-1} Z, X and Z anomalies
 * over sqrt (J-1) */
static double *
move_by_root (const Observed *o, double h)
{
  gsize J = o->J, P = o->P, K = o->K;
  g_autofree double *mean = naive_mean (o->U, J, P);
  g_autofree double *mean_output = naive_mean (o->G, J, K);
  g_autofree double *mean_residual = naive_mean (o->R, J, K);
  g_autofree double *M = g_new (double, K *K);
  g_autofree double *whitened = g_new (double, K *J); /* (Gamma/h)^{-1} (G - Gbar)' */
  g_autofree double *A = g_new0 (double, J *J);
  g_autofree double *w = g_new0 (double, J);
  g_autofree double *root = NULL;
  double *out = g_new (double, J *P);

  for (gsize i = 0; i < K * K; i++)
    M[i] = o->gamma[i] / h;
  for (gsize k = 0; k < K; k++)
    for (gsize j = 0; j < J; j++)
      whitened[k * J + j] = o->G[j * K + k] - mean_output[k];
  naive_solve (M, whitened, K, J);
  for (gsize i = 0; i < J; i++) {
    A[i * J + i] = 1;
    for (gsize k = 0; k < K; k++) {
      w[i] += whitened[k * J + i] * mean_residual[k] / sqrt (J - 1);
      for (gsize j = 0; j < J; j++)
        A[i * J + j] += whitened[k * J + i] * (o->G[j * K + k] - mean_output[k]) / (J - 1);
    }
  }
  root = naive_inverse_root (A, J);
  naive_solve (A, w, J, 1);
  for (gsize j = 0; j < J; j++)
    for (gsize p = 0; p < P; p++) {
      out[j * P + p] = mean[p];
      for (gsize i = 0; i < J; i++)
        out[j * P + p] += (o->U[i * P + p] - mean[p]) * (w[i] / sqrt (J - 1) + root[i * J + j]);
    }
  return out;
}

/* [16]: the drift of [8] with the term of the finite ensemble, the prior's drift implicitly, then
 * the diffusion */
static double *
move_by_langevin (const NaiveStep *step, const Observed *o)
{
  gsize J = o->J, P = o->P;
  double h = step->h, noise = sqrt (2 * h / J);
  g_autofree double *mean = naive_mean (o->U, J, P);
  g_autofree double *star = move_by_gain (o, FALSE, h);
  g_autofree double *M = g_new (double, P *P);
  g_autofree double *right = g_new0 (double, P *J);
  double *out = g_new (double, J *P);

  for (gsize a = 0; a < P; a++)
    for (gsize b = 0; b < P; b++) {
      double v = step->prior_std[b] * step->prior_std[b];
      double c = h * naive_covariance (o->U + a, P, o->U + b, P, J) / v;

      M[a * P + b] = (a == b) + c;
      for (gsize j = 0; j < J; j++)
        right[a * J + j] += c * step->prior_mean;
    }
  for (gsize a = 0; a < P; a++)
    for (gsize j = 0; j < J; j++)
      right[a * J + j] += star[j * P + a] + h * (P + 1) / J * (o->U[j * P + a] - mean[a]);
  naive_solve (M, right, P, J);
  for (gsize j = 0; j < J; j++)
    for (gsize p = 0; p < P; p++) {
      out[j * P + p] = right[p * J + j];
      for (gsize k = 0; k < J; k++)
        out[j * P + p] += noise * step->xi[j * J + k] * (o->U[k * P + p] - mean[p]);
    }
  return out;
}

/* The new ensemble (J, P). */
double *
naive_step (
  const NaiveStep *step, const EklNetwork *network, gsize J, const double *U, const EklBatch *batch)
{
  Observed o;
  double *out;

  observe (step, network, J, U, batch, &o);
  switch (step->form) {
  case EKL_FORM_ETKI:
    out = move_by_root (&o, step->h);
    break;
  case EKL_FORM_ALDI:
    out = move_by_langevin (step, &o);
    break;
  case EKL_FORM_KALMAN:
  case EKL_FORM_EULER:
  default:
    out = move_by_gain (&o, step->form == EKL_FORM_KALMAN, step->h);
  }
  observed_clear (&o);
  return out;
}

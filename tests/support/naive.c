/* naive.c - the network, its losses and their gradient, one number at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "support/naive.h"

#include <complex.h>
#include <math.h>

/* All of it in complex numbers: the derivative of f along u_p is Im f(u + i t e_p) / t without any
 * cancellation, exact to rounding for t = 1e-30 (the complex step; Squire and Trapp, 1998). */

static double complex
activate (EklActivation activation, double complex z)
{
  switch (activation) {
  case EKL_ACTIVATION_TANH:
    return ctanh (z);
  case EKL_ACTIVATION_RELU:
    return creal (z) > 0 ? z : 0;
  case EKL_ACTIVATION_SIGMOID:
    return 1 / (1 + cexp (-z));
  case EKL_ACTIVATION_IDENTITY:
    return z;
  case EKL_ACTIVATION_STEP:
    return creal (z) > 0 ? 1 : 0;
  default:
    g_assert_not_reached ();
  }
}

static guint
widest (const EklNetwork *network)
{
  guint width = 0;

  for (guint l = 0; l <= network->n_layers; l++)
    width = MAX (width, network->width[l]);
  return width;
}

/* The affine output layer's values for one datum, in w; the smallest |z| of a hidden layer in kink.
 */
static void
logits (const EklNetwork *network,
        const double complex *u,
        const EklBatch *batch,
        guint datum,
        double complex *w,
        double *kink)
{
  g_autofree double complex *in = g_new (double complex, widest (network));
  gsize p = 0;

  for (guint f = 0; f < network->width[0]; f++)
    in[f] = batch->x[(gsize) f * batch->n_data + datum];
  for (guint l = 0; l < network->n_layers; l++) {
    guint n_in = network->width[l], n_out = network->width[l + 1];

    for (guint o = 0; o < n_out; o++) {
      w[o] = u[p + (gsize) n_in * n_out + o];
      for (guint i = 0; i < n_in; i++)
        w[o] += u[p + (gsize) o * n_in + i] * in[i];
    }
    p += (gsize) n_in * n_out + n_out;
    if (l + 1 == network->n_layers)
      break;
    for (guint o = 0; o < n_out; o++) {
      *kink = fmin (*kink, fabs (creal (w[o])));
      in[o] = activate (network->activation, w[o]);
    }
  }
}

static double complex
log_sum_exp (const double complex *w, guint n)
{
  double top = -INFINITY;
  double complex sum = 0;

  for (guint o = 0; o < n; o++)
    top = fmax (top, creal (w[o]));
  for (guint o = 0; o < n; o++)
    sum += cexp (w[o] - top);
  return top + clog (sum);
}

static void
apply_output (const EklNetwork *network, double complex *w, guint n)
{
  double complex total;

  if (network->output == EKL_OUTPUT_IDENTITY)
    return;
  total = log_sum_exp (w, n);
  for (guint o = 0; o < n; o++)
    w[o] = cexp (w[o] - total);
}

/* [2] or [3], with [4] */
static double complex
objective (const EklNetwork *network,
           const double complex *u,
           const EklBatch *batch,
           EklLoss loss,
           double l2)
{
  g_autofree double complex *w = g_new (double complex, widest (network));
  guint N = batch->n_data, m = batch->n_outputs;
  double complex sum = 0, norm = 0;
  double kink = INFINITY;

  for (guint i = 0; i < N; i++) {
    double complex total;

    logits (network, u, batch, i, w, &kink);
    total = log_sum_exp (w, m);
    if (loss == EKL_LOSS_SQUARED)
      apply_output (network, w, m);
    for (guint o = 0; o < m; o++) {
      double y = batch->y[(gsize) o * N + i];

      sum += loss == EKL_LOSS_SQUARED ? (y - w[o]) * (y - w[o]) : -y * (w[o] - total);
    }
  }
  for (gsize p = 0; p < network->n_parameters; p++)
    norm += u[p] * u[p];
  return sum / N + l2 * norm;
}

static double complex *
to_complex (const double *u, gsize n)
{
  double complex *z = g_new (double complex, n);

  for (gsize p = 0; p < n; p++)
    z[p] = u[p];
  return z;
}

/* [1]; g is (n_outputs, n_data) */
void
naive_forward (
  const EklNetwork *network, const double *u, const EklBatch *batch, EklForwardKind kind, double *g)
{
  g_autofree double complex *z = to_complex (u, network->n_parameters);
  g_autofree double complex *w = g_new (double complex, widest (network));
  double kink = INFINITY;

  for (guint i = 0; i < batch->n_data; i++) {
    logits (network, z, batch, i, w, &kink);
    if (kind == EKL_APPLY_OUTPUT)
      apply_output (network, w, batch->n_outputs);
    for (guint o = 0; o < batch->n_outputs; o++)
      g[(gsize) o * batch->n_data + i] = creal (w[o]);
  }
}

/* How near the batch comes to a place where relu or step has no derivative. */
double
naive_kink_distance (const EklNetwork *network, const double *u, const EklBatch *batch)
{
  g_autofree double complex *z = to_complex (u, network->n_parameters);
  g_autofree double complex *w = g_new (double complex, widest (network));
  double kink = INFINITY;

  for (guint i = 0; i < batch->n_data; i++)
    logits (network, z, batch, i, w, &kink);
  return kink;
}

double
naive_objective (
  const EklNetwork *network, const double *u, const EklBatch *batch, EklLoss loss, double l2)
{
  g_autofree double complex *z = to_complex (u, network->n_parameters);

  return creal (objective (network, z, batch, loss, l2));
}

void
naive_gradient (const EklNetwork *network,
                const double *u,
                const EklBatch *batch,
                EklLoss loss,
                double l2,
                double *gradient)
{
  g_autofree double complex *z = to_complex (u, network->n_parameters);
  const double t = 1e-30;

  for (gsize p = 0; p < network->n_parameters; p++) {
    z[p] = u[p] + t * I;
    gradient[p] = cimag (objective (network, z, batch, loss, l2)) / t;
    z[p] = u[p];
  }
}

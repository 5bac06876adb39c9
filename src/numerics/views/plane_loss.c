/* plane_loss.c - the loss over the parameter plane, many points at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parameters are affine in the plane's coordinates, u = o + x e0 + y e1, and so is what goes
 * into the first layer's activation:
 *
 *   Z_1 (x, y) = Z_o + x Z_0 + y Z_1,   Z_o = W(o) X + b(o),  Z_k = W(e_k) X + b(e_k)
 *
 * Three products of the first layer's size are made once. A row of the grid needs Z_o + y Z_1, and
 * each point of it one more pass over n_1 N values before the other, smaller layers. The square of u
 * in [4] is a quadratic form of x and y, of six inner products.
 */
#include "plane_loss.h"

#include "cores.h"
#include "layer.h"
#include "plane_fit.h"
#include "vectorize.h"

#include <math.h>
#include <omp.h>
#include <string.h>

#define SERIAL_FLOPS 2e5
/* An elementary function costs about as much as so many products. */
#define ACTIVATION_FLOPS 8

struct _EklPlaneLoss {
  EklNetwork network;
  const EklBatch *batch; /* not owned */
  EklLoss loss;
  double l2;
  guint n_threads;
  gsize first_count; /* n_1 N */
  gsize rest;        /* where in u the second layer begins; P where there is none */
  guint widest;      /* of the hidden layers behind the first, and the outputs */
  real *part[3];     /* (n_1, N) each: of the origin, of both directions */
  real *vector[3];   /* (P - rest) likewise */
  double product[6]; /* o o, o e0, o e1, e0 e0, e0 e1, e1 e1 */
  real *row;         /* (n_1, N) of the row in progress */
  gsize stride;      /* of one thread's workspace */
  real *workspace;   /* (n_threads, stride) */
};

static double
dot (const real *a, const real *b, gsize n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += (double) a[i] * (double) b[i];
  return sum;
}

/* What the origin and the directions are to the first layer, to the others and to [4]. */
static void
take_plane (EklPlaneLoss *self, const EklPlaneFit *fit)
{
  const real *vector[3] = { fit->origin, fit->direction[0], fit->direction[1] };
  const EklNetwork *network = &self->network;
  const gsize n = network->n_parameters;

  for (guint k = 0; k < 3; k++) {
    self->part[k] = g_new (real, self->first_count);
    ekl_layer_affine (network->width[1], network->width[0], self->batch->n_data,
                      vector[k] + network->weight_offset[0], vector[k] + network->bias_offset[0],
                      self->batch->x, self->batch->n_data, self->part[k], self->batch->n_data);
    self->vector[k] = g_memdup2 (vector[k] + self->rest, (n - self->rest) * sizeof (real));
  }
  for (guint k = 0, i = 0; k < 3; k++)
    for (guint l = k; l < 3; l++)
      self->product[i++] = dot (vector[k], vector[l], n);
}

/**
 * ekl_plane_loss_new:
 * @fit: a plane; what is needed of it is copied
 * @batch: the data, with outputs; must outlive the result
 * @loss: which
 * @l2: lambda of [4]
 * @n_threads: threads to use, at least 1
 *
 * Returns: (transfer full): the loss [2] or [3] plus lambda |u|^2 [4] over the plane as it is now
 */
EklPlaneLoss *
ekl_plane_loss_new (
  const EklPlaneFit *fit, const EklBatch *batch, EklLoss loss, double l2, guint n_threads)
{
  EklPlaneLoss *self;

  g_return_val_if_fail (fit != NULL && batch != NULL && batch->y != NULL, NULL);
  g_return_val_if_fail (batch->n_data > 0 && n_threads > 0, NULL);

  self = g_new0 (EklPlaneLoss, 1);
  self->network = fit->network;
  self->batch = batch;
  self->loss = loss;
  self->l2 = l2;
  self->n_threads = n_threads;
  self->first_count = (gsize) fit->network.width[1] * batch->n_data;
  self->rest =
    fit->network.n_layers > 1 ? fit->network.weight_offset[1] : fit->network.n_parameters;
  for (guint l = 2; l <= fit->network.n_layers; l++)
    self->widest = MAX (self->widest, fit->network.width[l]);
  take_plane (self, fit);

  self->row = g_new (real, self->first_count);
  self->stride = self->first_count + 2 * (gsize) self->widest * batch->n_data +
                 (fit->network.n_parameters - self->rest);
  self->stride = (self->stride + 15) / 16 * 16;
  self->workspace = g_new (real, self->stride * n_threads);

  return self;
}

/**
 * ekl_plane_loss_free:
 * @self: (nullable): a loss over the plane
 */
void
ekl_plane_loss_free (EklPlaneLoss *self)
{
  if (self == NULL)
    return;
  for (guint k = 0; k < 3; k++) {
    g_free (self->part[k]);
    g_free (self->vector[k]);
  }
  g_free (self->row);
  g_free (self->workspace);
  g_free (self);
}

/**
 * ekl_plane_loss_get_flops:
 *
 * Returns: about how many floating-point operations a point of the grid takes
 */
double
ekl_plane_loss_get_flops (const EklPlaneLoss *self)
{
  const double n = self->batch->n_data;
  double values = self->network.width[1];

  for (guint l = 2; l <= self->network.n_layers; l++)
    values += self->network.width[l];
  return 2 * n * (double) (self->network.n_parameters - self->rest) +
         (ACTIVATION_FLOPS + 2) * n * values;
}

/* out = a + t b */
EKL_VECTORIZE
static void
add_multiple (gsize n, const real *restrict a, real t, const real *restrict b, real *restrict out)
{
#pragma omp simd
  for (gsize i = 0; i < n; i++)
    out[i] = a[i] + t * b[i];
}

/* The outputs at a point from its first layer before the activation. */
static const real *
finish_layers (const EklPlaneLoss *self, double x, double y, real *z)
{
  const EklNetwork *network = &self->network;
  const guint n = self->batch->n_data;
  const gsize n_rest = network->n_parameters - self->rest;
  real *half[2] = { z + self->first_count, z + self->first_count + (gsize) self->widest * n };
  real *u = half[1] + (gsize) self->widest * n;

  for (gsize i = 0; i < n_rest; i++)
    u[i] = (real) ((double) self->vector[0][i] + x * (double) self->vector[1][i] +
                   y * (double) self->vector[2][i]);
  for (guint l = 1; l < network->n_layers; l++) {
    real *out = half[l % 2];

    ekl_layer_activate (network->activation, (gsize) network->width[l] * n, z);
    ekl_layer_affine (network->width[l + 1], network->width[l], n,
                      u + network->weight_offset[l] - self->rest,
                      u + network->bias_offset[l] - self->rest, z, n, out, n);
    z = out;
  }
  if (self->loss == EKL_LOSS_SQUARED && network->output == EKL_OUTPUT_SOFTMAX)
    ekl_layer_softmax (ekl_network_n_outputs (network), n, z, n);

  return z;
}

static double
loss_at (const EklPlaneLoss *self, double x, double y, real *workspace)
{
  const double *p = self->product;
  const double square =
    p[0] + 2 * (x * p[1] + y * p[2]) + x * x * p[3] + 2 * x * y * p[4] + y * y * p[5];
  double value;

  add_multiple (self->first_count, self->row, (real) x, self->part[1], workspace);
  value = ekl_loss (self->loss, self->batch, finish_layers (self, x, y, workspace));
  if (self->l2 > 0)
    value += self->l2 * square;

  return isnan (value) ? INFINITY : value;
}

/**
 * ekl_plane_loss_fill_row:
 * @self: a loss over the plane
 * @field: (inout): the grid, in the plane's coordinates
 * @row: which row of it to fill
 *
 * Sets those of the row's values that are not known yet (NaN). A loss that is not a number becomes
 * infinite.
 */
void
ekl_plane_loss_fill_row (EklPlaneLoss *self, EklField *field, guint row)
{
  const double flops = field->n_columns * ekl_plane_loss_get_flops (self);
  double *value;
  double width, y;

  g_return_if_fail (self != NULL && field != NULL && row < field->n_rows);

  value = field->value + (gsize) row * field->n_columns;
  width = field->n_columns > 1 ? (field->x1 - field->x0) / (field->n_columns - 1) : 0;
  y =
    field->n_rows > 1 ? field->y0 + row * (field->y1 - field->y0) / (field->n_rows - 1) : field->y0;
  add_multiple (self->first_count, self->part[0], (real) y, self->part[2], self->row);

#pragma omp parallel for schedule(dynamic)                                                         \
  num_threads(ekl_cores_team(self->n_threads)) if (flops > SERIAL_FLOPS && self->n_threads > 1)
  for (guint c = 0; c < field->n_columns; c++)
    if (isnan (value[c]))
      value[c] = loss_at (self, field->x0 + c * width, y,
                          self->workspace + self->stride * (gsize) omp_get_thread_num ());
}

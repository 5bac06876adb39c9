/* gradient.c - the gradient of a loss by the reverse pass
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The data are taken in chunks, whose sizes depend on the batch alone. Every chunk's gradient goes
 * to a place of its own, and the places are added in the chunks' order: the same bits on any number
 * of threads.
 *
 * A_l (n_l, N_c) activations, D_l (n_l, N_c) = d loss / d Z_l:
 *   dW_l = D_l A_{l-1}',  db_l = D_l 1,  D_{l-1} = (W_l' D_l) * sigma' (Z_{l-1})
 */
#include "layer.h"
#include "cores.h"
#include "loss.h"
#include "memory.h"
#include "vectorize.h"

#include <omp.h>
#include <string.h>

#define MIN_CHUNK    256
#define MAX_CHUNKS   16
#define SERIAL_FLOPS 1e6

struct _EklGradient {
  EklNetwork network;
  guint n_threads;
  guint max_chunk;
  gsize activation_offset[EKL_MAX_AFFINE_LAYERS +
                          1]; /* of A_1 ... A_L in a thread's workspace, in values a datum */
  gsize values_per_datum;
  gsize stride;    /* values of one thread's workspace */
  real *workspace; /* (n_threads, stride): A_1 ... A_L, then two deltas */
  real *partial;   /* (MAX_CHUNKS, P) */

  const EklNeighbourGraph *graph; /* of [5], or NULL */
  EklBatch graph_inputs;
  real *graph_outputs; /* (m, inputs) */
  real *graph_delta;   /* (m, inputs) d R / d G */
};

/* Chunks of the same size as near as may be; the more of them, the more memory and adding up. */
static guint
chunk_size (guint n_data)
{
  const guint n_chunks = CLAMP ((n_data + MIN_CHUNK - 1) / MIN_CHUNK, 1, MAX_CHUNKS);

  return (n_data + n_chunks - 1) / n_chunks;
}

/* Of all batches of so many data or fewer: a smaller one may have fewer and larger chunks. */
static guint
largest_chunk (guint max_data)
{
  return MIN (MAX (max_data, 1), MAX (chunk_size (max_data), MIN_CHUNK));
}

/**
 * ekl_gradient_new:
 * @network: the network; copied
 * @max_data: the largest batch that will come
 * @n_threads: threads to use, at least 1
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Returns: (nullable): a workspace, or %NULL with @error set
 */
EklGradient *
ekl_gradient_new (const EklNetwork *network, guint max_data, guint n_threads, GError **error)
{
  g_autoptr (EklGradient) self = g_new0 (EklGradient, 1);
  guint n_chunks = CLAMP ((max_data + MIN_CHUNK - 1) / MIN_CHUNK, 1, MAX_CHUNKS);
  gsize widest = 0;

  self->network = *network;
  self->n_threads = n_threads;
  self->max_chunk = largest_chunk (max_data);
  for (guint l = 1; l <= network->n_layers; l++) {
    self->activation_offset[l] = self->values_per_datum;
    self->values_per_datum += network->width[l];
    widest = MAX (widest, network->width[l]);
  }
  self->stride = (self->values_per_datum + 2 * widest) * self->max_chunk;
  self->workspace = ekl_memory_new (self->stride * n_threads, sizeof (real),
                                    "the workspace of the gradient", error);
  if (self->workspace == NULL)
    return NULL;
  self->partial = ekl_memory_new (network->n_parameters * n_chunks, sizeof (real),
                                  "the workspace of the gradient", error);
  if (self->partial == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * ekl_gradient_free:
 * @self: (nullable): a workspace
 */
void
ekl_gradient_free (EklGradient *self)
{
  if (self == NULL)
    return;
  ekl_memory_free (self->workspace);
  ekl_memory_free (self->partial);
  ekl_memory_free (self->graph_outputs);
  ekl_memory_free (self->graph_delta);
  g_free (self);
}

/* A_1 ... A_L of a chunk; the last one without softmax. */
static void
forward_chunk (const EklGradient *self,
               const real *u,
               const EklBatch *batch,
               guint start,
               guint count,
               real *workspace)
{
  const EklNetwork *network = &self->network;
  const real *input = batch->x + start;
  guint ld = batch->n_data;

  for (guint l = 0; l < network->n_layers; l++) {
    real *out = workspace + self->activation_offset[l + 1] * count;

    ekl_layer_affine (network->width[l + 1], network->width[l], count,
                      u + network->weight_offset[l], u + network->bias_offset[l], input, ld, out,
                      count);
    if (l + 1 < network->n_layers)
      ekl_layer_activate (network->activation, (gsize) network->width[l + 1] * count, out);
    input = out;
    ld = count;
  }
}

/* d (loss N) / d logits for one datum, through the softmax where there is one; scaled by 1/N.
 * g: the outputs (softmax applied). */
static void
output_delta_datum (const EklGradient *self,
                    const EklBatch *batch,
                    EklLoss loss,
                    guint i,
                    const real *g,
                    guint count,
                    guint column,
                    real *delta)
{
  guint m = batch->n_outputs;
  double scale = 1.0 / batch->n_data;

  if (loss == EKL_LOSS_CROSS_ENTROPY) {
    double total = 0;

    for (guint r = 0; r < m; r++)
      total += batch->y[(gsize) r * batch->n_data + i];
    for (guint r = 0; r < m; r++)
      delta[(gsize) r * count + column] =
        (real) (scale *
                (total * g[(gsize) r * count + column] - batch->y[(gsize) r * batch->n_data + i]));
    return;
  }

  for (guint r = 0; r < m; r++)
    delta[(gsize) r * count + column] =
      (real) (2 * scale *
              ((double) g[(gsize) r * count + column] - batch->y[(gsize) r * batch->n_data + i]));
  if (self->network.output == EKL_OUTPUT_SOFTMAX) {
    double inner = 0;

    for (guint r = 0; r < m; r++)
      inner += (double) delta[(gsize) r * count + column] * g[(gsize) r * count + column];
    for (guint r = 0; r < m; r++) {
      gsize at = (gsize) r * count + column;

      delta[at] = (real) (g[at] * (delta[at] - inner));
    }
  }
}

/* The loss of a chunk, as a sum over its data, and D_L. Turns the last activations from logits to
 * outputs. */
static double
output_chunk (const EklGradient *self,
              const EklBatch *batch,
              EklLoss loss,
              guint start,
              guint count,
              real *last,
              real *delta)
{
  guint m = batch->n_outputs;
  double sum = 0;

  if (loss == EKL_LOSS_CROSS_ENTROPY)
    for (guint i = 0; i < count; i++)
      sum += ekl_cross_entropy_datum (batch, start + i, last + i, count);
  if (loss == EKL_LOSS_CROSS_ENTROPY || self->network.output == EKL_OUTPUT_SOFTMAX)
    ekl_layer_softmax (m, count, last, count);
  if (loss == EKL_LOSS_SQUARED)
    for (guint r = 0; r < m; r++)
      for (guint i = 0; i < count; i++) {
        double d =
          (double) batch->y[(gsize) r * batch->n_data + start + i] - last[(gsize) r * count + i];

        sum += d * d;
      }
  for (guint i = 0; i < count; i++)
    output_delta_datum (self, batch, loss, start + i, last, count, i, delta);

  return sum;
}

static void
layer_gradient (guint n_out,
                guint n_in,
                guint count,
                const real *delta,
                const real *input,
                guint ld,
                real *weights,
                real *biases)
{
  ekl_blas_gemm (CblasRowMajor, CblasNoTrans, CblasTrans, (blasint) n_out, (blasint) n_in,
                 (blasint) count, 1, delta, (blasint) count, input, (blasint) ld, 0, weights,
                 (blasint) n_in);
  for (guint r = 0; r < n_out; r++) {
    double sum = 0;

    for (guint i = 0; i < count; i++)
      sum += delta[(gsize) r * count + i];
    biases[r] = (real) sum;
  }
}

/* The reverse pass of one chunk whose D_L stands first among the deltas: its gradient, shape (P). */
static void
backward_chunk (const EklGradient *self,
                const real *u,
                const EklBatch *batch,
                guint start,
                guint count,
                real *workspace,
                real *gradient)
{
  const EklNetwork *network = &self->network;
  real *deltas = workspace + self->values_per_datum * count;
  gsize half = (self->stride - self->values_per_datum * self->max_chunk) / 2;
  real *delta = deltas;

  for (guint l = network->n_layers; l-- > 0;) {
    const real *input = l > 0 ? workspace + self->activation_offset[l] * count : batch->x + start;
    guint n_out = network->width[l + 1], n_in = network->width[l];
    real *next = delta == deltas ? deltas + half : deltas;

    layer_gradient (n_out, n_in, count, delta, input, l > 0 ? count : batch->n_data,
                    gradient + network->weight_offset[l], gradient + network->bias_offset[l]);
    if (l == 0)
      break;
    ekl_blas_gemm (CblasRowMajor, CblasTrans, CblasNoTrans, (blasint) n_in, (blasint) count,
                   (blasint) n_out, 1, u + network->weight_offset[l], (blasint) n_in, delta,
                   (blasint) count, 0, next, (blasint) count);
    ekl_layer_backward (network->activation, (gsize) n_in * count, input, next);
    delta = next;
  }
}

/* The gradient of one chunk, shape (P). Returns the chunk's part of the loss, times N. */
static double
gradient_chunk (const EklGradient *self,
                const real *u,
                const EklBatch *batch,
                EklLoss loss,
                guint start,
                guint count,
                real *workspace,
                real *gradient)
{
  real *last = workspace + self->activation_offset[self->network.n_layers] * count;
  double sum;

  forward_chunk (self, u, batch, start, count, workspace);
  sum = output_chunk (self, batch, loss, start, count, last,
                      workspace + self->values_per_datum * count);
  backward_chunk (self, u, batch, start, count, workspace, gradient);

  return sum;
}

#define STRIP 256

/* gradient += the chunks' gradients, in their order. In strips, so that every loop is a vector's. */
EKL_VECTORIZE
static void
add_partials (gsize n_parameters, guint n_chunks, const real *partial, real *gradient)
{
  double sum[STRIP];

  for (gsize start = 0; start < n_parameters; start += STRIP) {
    const gsize n = MIN (STRIP, n_parameters - start);

    for (gsize i = 0; i < n; i++)
      sum[i] = gradient[start + i];
    for (guint c = 0; c < n_chunks; c++)
      for (gsize i = 0; i < n; i++)
        sum[i] += partial[c * n_parameters + start + i];
    for (gsize i = 0; i < n; i++)
      gradient[start + i] = (real) sum[i];
  }
}

/* gradient = d (lambda |u|^2). Returns: lambda |u|^2 */
static double
regularize (gsize n_parameters, double l2, const real *u, real *gradient)
{
  double norm = 0;

  if (l2 == 0) {
    memset (gradient, 0, n_parameters * sizeof (real));
    return 0;
  }
  for (gsize i = 0; i < n_parameters; i++) {
    gradient[i] = (real) (2 * l2 * u[i]);
    norm += (double) u[i] * u[i];
  }
  return l2 * norm;
}

/* G of one chunk of the graph's inputs. */
static void
graph_outputs_chunk (const EklGradient *self, const real *u, guint start, guint count, real *work)
{
  guint m = ekl_network_n_outputs (&self->network);
  real *last = work + self->activation_offset[self->network.n_layers] * count;

  forward_chunk (self, u, &self->graph_inputs, start, count, work);
  if (self->network.output == EKL_OUTPUT_SOFTMAX)
    ekl_layer_softmax (m, count, last, count);
  for (guint r = 0; r < m; r++)
    memcpy (self->graph_outputs + (gsize) r * self->graph_inputs.n_data + start,
            last + (gsize) r * count, count * sizeof (real));
}

/* The gradient of R of one chunk, from d R / d G. */
static void
graph_gradient_chunk (
  const EklGradient *self, const real *u, guint start, guint count, real *work, real *gradient)
{
  guint m = ekl_network_n_outputs (&self->network);
  gsize n = self->graph_inputs.n_data;
  real *delta = work + self->values_per_datum * count;

  forward_chunk (self, u, &self->graph_inputs, start, count, work);
  for (guint i = 0; i < count; i++) {
    const real *g = self->graph_outputs + start + i;
    const real *d = self->graph_delta + start + i;
    double inner = 0;

    if (self->network.output == EKL_OUTPUT_SOFTMAX)
      for (guint r = 0; r < m; r++)
        inner += (double) d[r * n] * g[r * n];
    for (guint r = 0; r < m; r++)
      delta[(gsize) r * count + i] = self->network.output == EKL_OUTPUT_SOFTMAX
                                       ? (real) (g[r * n] * (d[r * n] - inner))
                                       : d[r * n];
  }
  backward_chunk (self, u, &self->graph_inputs, start, count, work, gradient);
}

/**
 * ekl_gradient_set_graph:
 * @self: a workspace, made for at least as many data as the graph has inputs
 * @graph: (nullable): the graph of [5]; must outlive the workspace
 * @inputs: all inputs, labelled and unlabelled, in the graph's order; likewise
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean
ekl_gradient_set_graph (EklGradient *self,
                        const EklNeighbourGraph *graph,
                        const EklBatch *inputs,
                        GError **error)
{
  gsize n = graph != NULL ? (gsize) ekl_network_n_outputs (&self->network) * inputs->n_data : 0;

  g_clear_pointer (&self->graph_outputs, ekl_memory_free);
  g_clear_pointer (&self->graph_delta, ekl_memory_free);
  self->graph = NULL;
  if (graph == NULL)
    return TRUE;
  if ((self->graph_outputs = ekl_memory_new (n, sizeof (real), "the graph", error)) == NULL ||
      (self->graph_delta = ekl_memory_new (n, sizeof (real), "the graph", error)) == NULL)
    return FALSE;
  self->graph = graph;
  self->graph_inputs = *inputs;

  return TRUE;
}

/**
 * ekl_gradient_add_graph:
 * @self: a workspace with a graph
 * @u: shape (P)
 * @mu: the weight of R
 * @gradient: (inout): shape (P), to which the gradient of R is added
 *
 * The semi-supervised regulariser [5] and its gradient.
 *
 * Returns: R, summed in double
 */
double
ekl_gradient_add_graph (EklGradient *self, const real *u, double mu, real *gradient)
{
  guint n = self->graph_inputs.n_data, m = ekl_network_n_outputs (&self->network);
  guint chunk = chunk_size (n);
  guint n_chunks = (n + chunk - 1) / chunk;
  double flops = 6.0 * self->network.n_parameters * n, penalty;

  g_return_val_if_fail (self->graph != NULL, 0);
  g_return_val_if_fail (MIN (chunk, n) <= self->max_chunk, 0);

#pragma omp parallel for schedule(dynamic) num_threads(ekl_cores_team(                             \
  self->n_threads)) if (flops > SERIAL_FLOPS && self->n_threads > 1 && n_chunks > 1)
  for (guint c = 0; c < n_chunks; c++)
    graph_outputs_chunk (self, u, c * chunk, MIN (chunk, n - c * chunk),
                         self->workspace + self->stride * (gsize) omp_get_thread_num ());

  memset (self->graph_delta, 0, (gsize) m * n * sizeof (real));
  penalty =
    ekl_neighbour_graph_penalty (self->graph, mu, m, n, self->graph_outputs, self->graph_delta);

#pragma omp parallel for schedule(dynamic) num_threads(ekl_cores_team(                             \
  self->n_threads)) if (flops > SERIAL_FLOPS && self->n_threads > 1 && n_chunks > 1)
  for (guint c = 0; c < n_chunks; c++)
    graph_gradient_chunk (self, u, c * chunk, MIN (chunk, n - c * chunk),
                          self->workspace + self->stride * (gsize) omp_get_thread_num (),
                          self->partial + c * self->network.n_parameters);
  add_partials (self->network.n_parameters, n_chunks, self->partial, gradient);

  return penalty;
}

/**
 * ekl_gradient:
 * @self: a workspace
 * @u: shape (P)
 * @batch: N data with outputs
 * @loss: which; cross-entropy takes the last layer as logits whatever the network's output is
 * @l2: lambda of [4]
 * @gradient: (out): shape (P)
 *
 * The loss of [2] or [3] plus the regulariser [4], and its gradient.
 *
 * Returns: the loss with the regulariser, summed in double
 */
double
ekl_gradient (
  EklGradient *self, const real *u, const EklBatch *batch, EklLoss loss, double l2, real *gradient)
{
  gsize n_parameters = self->network.n_parameters;
  guint chunk = chunk_size (batch->n_data);
  guint n_chunks = (batch->n_data + chunk - 1) / chunk;
  double flops = 6.0 * n_parameters * batch->n_data;
  double sums[MAX_CHUNKS] = { 0 }, sum = 0;

  g_return_val_if_fail (n_chunks >= 1 && n_chunks <= MAX_CHUNKS, 0);
  g_return_val_if_fail (MIN (chunk, batch->n_data) <= self->max_chunk, 0);

#pragma omp parallel for schedule(dynamic) num_threads(ekl_cores_team(                             \
  self->n_threads)) if (flops > SERIAL_FLOPS && self->n_threads > 1 && n_chunks > 1)
  for (guint c = 0; c < n_chunks; c++)
    sums[c] =
      gradient_chunk (self, u, batch, loss, c * chunk, MIN (chunk, batch->n_data - c * chunk),
                      self->workspace + self->stride * (gsize) omp_get_thread_num (),
                      self->partial + c * n_parameters);

  for (guint c = 0; c < n_chunks; c++)
    sum += sums[c];
  sum = sum / batch->n_data + regularize (n_parameters, l2, u, gradient);
  add_partials (n_parameters, n_chunks, self->partial, gradient);
  return sum;
}

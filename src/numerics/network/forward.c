/* forward.c - the network on a batch: for one parameter vector and for all particles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Equation [1]. Activations are features x data. The work is cut into tiles, a block of particles
 * on a chunk of data, whose sizes depend on the network alone: the answers do not depend on the
 * number of threads.
 *
 *   Z_1 (J_b n_1, N_c) = W_1 (J_b n_1, n_0) X (n_0, N_c)          a block of particles at once
 *   Z_l (n_l, N_c) = W_l (n_l, n_{l-1}) A_{l-1} (n_{l-1}, N_c)      particle by particle
 */
#include "forward.h"

#include "cores.h"
#include "cpu.h"
#include "layer.h"
#include "memory.h"

#include <omp.h>

/* A tile's first-layer activations fill about half of a second-level cache. */
#define TILE_VALUES  (1 << 17)
#define MAX_CHUNK    512
#define MIN_TILES    16
#define SERIAL_FLOPS 2e5 /* below that, waking another thread costs more than it brings */

struct _EklForward {
  EklNetwork network;
  guint n_threads;
  guint chunk;       /* data a tile */
  guint block;       /* particles a tile */
  gsize stride;      /* values of one thread's workspace */
  const int *cancel; /* NULL: nobody will */
  real *wide; /* (n_threads, stride): first-layer activations of a tile, then two layers of one
                   particle */
};

static guint
widest_hidden_layer (const EklNetwork *network)
{
  guint widest = 1;

  for (guint l = 1; l < network->n_layers; l++)
    widest = MAX (widest, network->width[l]);
  return widest;
}

/**
 * ekl_forward_new:
 * @network: the network; copied
 * @max_data: the largest batch that will come
 * @n_threads: threads to use, at least 1
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Returns: (nullable): a workspace, or %NULL with @error set
 */
EklForward *
ekl_forward_new (const EklNetwork *network, guint max_data, guint n_threads, GError **error)
{
  g_autoptr (EklForward) self = g_new0 (EklForward, 1);
  gsize first = network->width[1];
  gsize widest = widest_hidden_layer (network);

  g_return_val_if_fail (n_threads > 0, NULL);

  self->network = *network;
  self->n_threads = n_threads;
  self->chunk = CLAMP (max_data, 1, MAX_CHUNK);
  self->block = (guint) CLAMP (TILE_VALUES / (first * self->chunk), 1, 64);
  self->stride = (self->block * first + 2 * widest) * self->chunk;
  self->stride = (self->stride + 15) / 16 * 16;
  self->wide = ekl_memory_new (self->stride * n_threads, sizeof (real),
                               "the workspace of forward passes", error);
  if (self->wide == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * ekl_forward_free:
 * @self: (nullable): a workspace
 */
void
ekl_forward_free (EklForward *self)
{
  if (self == NULL)
    return;
  ekl_memory_free (self->wide);
  g_free (self);
}

/**
 * ekl_forward_set_cancel:
 * @self: a workspace
 * @cancel: (nullable): an atomic flag; must outlive the workspace
 *
 * Once the flag is non-zero, what is left of an ensemble's outputs stays as it is.
 */
void
ekl_forward_set_cancel (EklForward *self, const int *cancel)
{
  self->cancel = cancel;
}

static gboolean
is_cancelled (const EklForward *self)
{
  return self->cancel != NULL && g_atomic_int_get (self->cancel) != 0;
}

/* Where one layer of one particle is. */
typedef struct {
  const real *weights; /* (n_l, n_{l-1}) */
  const real *biases;  /* (n_l) */
} Layer;

static Layer
particle_layer (const EklEnsemble *ensemble, guint particle, guint l)
{
  gsize width;
  Layer layer;

  layer.weights = ekl_ensemble_block (ensemble, 2 * l, &width, NULL);
  layer.weights += particle * width;
  layer.biases = ekl_ensemble_block (ensemble, 2 * l + 1, &width, NULL);
  layer.biases += particle * width;
  return layer;
}

static Layer
vector_layer (const EklNetwork *network, const real *u, guint l)
{
  return (Layer){ u + network->weight_offset[l], u + network->bias_offset[l] };
}

/* Layers 2 to the last of one network, from its activated first layer to its columns of g. */
static void
finish_network (const EklForward *self,
                const EklEnsemble *ensemble,
                guint particle,
                const real *u,
                const real *activated,
                guint ld,
                guint count,
                real *scratch,
                real *g,
                guint g_ld)
{
  const EklNetwork *network = &self->network;
  gsize half = (gsize) widest_hidden_layer (network) * self->chunk;

  for (guint l = 1; l < network->n_layers; l++) {
    Layer layer =
      ensemble != NULL ? particle_layer (ensemble, particle, l) : vector_layer (network, u, l);
    gboolean last = l + 1 == network->n_layers;
    real *out = last ? g : scratch + (l % 2) * half;
    guint out_ld = last ? g_ld : count;

    ekl_layer_affine (network->width[l + 1], network->width[l], count, layer.weights, layer.biases,
                      activated, ld, out, out_ld);
    if (!last)
      ekl_layer_activate (network->activation, (gsize) network->width[l + 1] * count, out);
    activated = out;
    ld = out_ld;
  }
}

/* Some data of a batch; their outputs stand in rows of their own length. */
typedef struct {
  const EklBatch *batch;
  guint first;
  guint n_data;
} Part;

/* Particles first ... first + n_particles - 1 on the data start ... start + count - 1 of the part. g
 * belongs to the first of them. */
static void
forward_tile (const EklForward *self,
              const EklEnsemble *ensemble,
              guint first,
              guint n_particles,
              const real *u,
              const Part *part,
              guint start,
              guint count,
              EklForwardKind kind,
              gsize particle_stride,
              real *workspace,
              real *g)
{
  const EklNetwork *network = &self->network;
  guint m = ekl_network_n_outputs (network);
  guint n1 = network->width[1];
  real *scratch = workspace + (gsize) self->block * n1 * self->chunk;
  Layer layer =
    ensemble != NULL ? particle_layer (ensemble, first, 0) : vector_layer (network, u, 0);
  gboolean linear = network->n_layers == 1;
  /* one product for all of them where the outputs of one follow those of the other */
  gboolean apart = linear && particle_stride != (gsize) m * part->n_data;
  guint together = apart ? 1 : n_particles;

  for (gsize k = 0; k < n_particles; k += together) {
    const real *weights = layer.weights + k * n1 * network->width[0];
    real *z = linear ? g + k * particle_stride + start : workspace;

    ekl_layer_affine (together * n1, network->width[0], count, weights, layer.biases + k * n1,
                      part->batch->x + part->first + start, part->batch->n_data, z,
                      linear ? part->n_data : count);
  }
  if (!linear)
    ekl_layer_activate (network->activation, (gsize) n_particles * n1 * count, workspace);

  for (guint k = 0; k < n_particles; k++) {
    real *g_k = g + k * particle_stride + start;

    finish_network (self, ensemble, first + k, u, workspace + (gsize) k * n1 * count, count, count,
                    scratch, g_k, part->n_data);
    if (kind == EKL_APPLY_OUTPUT && network->output == EKL_OUTPUT_SOFTMAX)
      ekl_layer_softmax (m, count, g_k, part->n_data);
  }
}

/* G of some particles on some data of a batch. */
static void
forward_part (EklForward *self,
              const EklEnsemble *ensemble,
              guint first,
              guint count,
              const Part *part,
              EklForwardKind kind,
              gsize stride,
              real *g)
{
  const EklNetwork *network = &self->network;
  guint n_chunks = (part->n_data + self->chunk - 1) / self->chunk;
  /* small ensembles in more tiles than the cache asks for: a core that has just woken finds some */
  guint block = MIN (self->block, (count + MIN_TILES - 1) / MIN_TILES);
  guint n_blocks = (count + block - 1) / block;
  double flops = 2.0 * network->n_parameters * part->n_data * count;
  EklShare share = ekl_share (n_blocks * n_chunks, flops > SERIAL_FLOPS ? self->n_threads : 1);

  g_return_if_fail (first + count <= ekl_ensemble_get_size (ensemble));
  g_return_if_fail (part->batch->n_inputs == network->width[0]);

  while (ekl_share_begin (&share))
#pragma omp parallel num_threads(share.team)
    for (guint tile; ekl_share_take (&share, &tile);) {
      guint start = tile % n_chunks * self->chunk;
      guint particle = tile / n_chunks * block;

      if (!is_cancelled (self))
        forward_tile (self, ensemble, first + particle, MIN (block, count - particle), NULL, part,
                      start, MIN (self->chunk, part->n_data - start), kind, stride,
                      self->wide + self->stride * (gsize) omp_get_thread_num (),
                      g + particle * stride);
    }
}

/**
 * ekl_forward_ensemble_strided:
 * @self: a workspace of the ensemble's network
 * @ensemble: the particles
 * @first: the first particle wanted
 * @count: how many
 * @batch: N data, at most any number (they are taken in chunks)
 * @kind: with or without the softmax
 * @stride: values from one particle's outputs to the next one's, at least m N
 * @g: (out): shape (count, stride), of which the first m N of each row are set, as (m, N)
 *
 * G(u^j) on every datum, equation [1].
 */
void
ekl_forward_ensemble_strided (EklForward *self,
                              const EklEnsemble *ensemble,
                              guint first,
                              guint count,
                              const EklBatch *batch,
                              EklForwardKind kind,
                              gsize stride,
                              real *g)
{
  const Part all = { batch, 0, batch->n_data };

  forward_part (self, ensemble, first, count, &all, kind, stride, g);
}

/**
 * ekl_forward_ensemble_part:
 * @self: a workspace of the ensemble's network
 * @ensemble: the particles
 * @first: the first particle wanted
 * @count: how many
 * @batch: some data
 * @first_datum: the first of them that is wanted
 * @n_data: how many, N'
 * @kind: with or without the softmax
 * @g: (out): shape (count, m, N')
 *
 * G(u^j) on some of a batch's data, equation [1]. They need not be copied for it.
 */
void
ekl_forward_ensemble_part (EklForward *self,
                           const EklEnsemble *ensemble,
                           guint first,
                           guint count,
                           const EklBatch *batch,
                           guint first_datum,
                           guint n_data,
                           EklForwardKind kind,
                           real *g)
{
  const Part part = { batch, first_datum, n_data };

  g_return_if_fail (first_datum + n_data <= batch->n_data);

  forward_part (self, ensemble, first, count, &part, kind,
                (gsize) ekl_network_n_outputs (&self->network) * n_data, g);
}

/**
 * ekl_forward_ensemble:
 * @self: a workspace of the ensemble's network
 * @ensemble: the particles
 * @first: the first particle wanted
 * @count: how many
 * @batch: N data, at most any number (they are taken in chunks)
 * @kind: with or without the softmax
 * @g: (out): shape (count, m, N)
 *
 * G(u^j) on every datum, equation [1], particle after particle.
 */
void
ekl_forward_ensemble (EklForward *self,
                      const EklEnsemble *ensemble,
                      guint first,
                      guint count,
                      const EklBatch *batch,
                      EklForwardKind kind,
                      real *g)
{
  ekl_forward_ensemble_strided (self, ensemble, first, count, batch, kind,
                                (gsize) ekl_network_n_outputs (&self->network) * batch->n_data, g);
}

/**
 * ekl_forward_vector:
 * @self: a workspace of the network
 * @u: shape (P)
 * @batch: N data
 * @kind: with or without the softmax
 * @g: (out): shape (m, N)
 *
 * G(u) on every datum, equation [1].
 */
void
ekl_forward_vector (
  EklForward *self, const real *u, const EklBatch *batch, EklForwardKind kind, real *g)
{
  const EklNetwork *network = &self->network;
  guint n_chunks = (batch->n_data + self->chunk - 1) / self->chunk;
  double flops = 2.0 * network->n_parameters * batch->n_data;
  const Part all = { batch, 0, batch->n_data };

  g_return_if_fail (batch->n_inputs == network->width[0]);

#pragma omp parallel for schedule(dynamic)                                                         \
  num_threads(ekl_cores_team(self->n_threads)) if (flops > SERIAL_FLOPS && self->n_threads > 1)
  for (guint c = 0; c < n_chunks; c++) {
    guint start = c * self->chunk;

    forward_tile (self, NULL, 0, 1, u, &all, start, MIN (self->chunk, batch->n_data - start), kind,
                  0, self->wide + self->stride * (gsize) omp_get_thread_num (), g);
  }
}

/* inversion_parts.c - a step whose outputs do not fit, a part of the observations at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The outputs of all particles on all data are J x K values: 2.4 GB of float for a thousand particles
 * and the 60 000 pictures of Fashion-MNIST. Of them a step of the J x J form [10] wants only sums over
 * the observations: D D', D r (for [11] R D'), and the particles' misfits. Mean and whitening are
 * local to a datum. So beyond EKL_PART_BYTES the observations come in parts: some of the data, some
 * of the graph's edges [5], some of the parameters under them for the prior term [13].
 *
 * Parts follow from the problem's size alone, and are added in their order: the same bits on any
 * number of threads. In data space nothing is in parts: there K < J, and the J x J matrices of the
 * other form would be larger than the outputs.
 */
#include "inversion_private.h"

#include "cores.h"
#include "vector_math.h"

#include <string.h>

/* Of the outputs at a time. What is traced of a step has the same bound, so that whoever looks sees
 * the outputs of all steps that have them as a whole. */
#define PART_BYTES EKL_TRACE_BYTES

/* A part has whole tiles of the forward pass, where it has so many data. */
#define TILE 512

#define SERIAL_VALUES 50000

static gsize part_bytes = PART_BYTES;

/*
 * ekl_inversion_set_part_bytes:
 * @bytes: 0: as it comes
 *
 * For tests: other bytes for the outputs of the inversions that are made from now on.
 */
void
ekl_inversion_set_part_bytes (gsize bytes)
{
  part_bytes = bytes > 0 ? bytes : PART_BYTES;
}

/**
 * ekl_inversion_count_held:
 * @size: J
 * @n_outputs: m
 *
 * Room for J^2 values there is always, as the step has matrices of that size. So a step in parts has
 * more observations than particles.
 *
 * Returns: the most observations whose outputs are held at a time
 */
gsize
ekl_inversion_count_held (guint size, guint n_outputs)
{
  const gsize most = part_bytes / sizeof (real) / size;

  return MAX (most, MAX (size, n_outputs));
}

/*
 * ekl_inversion_is_in_parts:
 * @stride: K of a step
 *
 * Returns: whether so many observations are more than are held
 */
gboolean
ekl_inversion_is_in_parts (const EklInversion *self, gsize stride)
{
  return stride > self->held;
}

/*
 * ekl_inversion_take_slice:
 * @batch: the data of the step
 * @stride: its K
 * @slice: (inout): all zero before the first
 *
 * Returns: whether there is another slice: one where the step is not in parts
 */
gboolean
ekl_inversion_take_slice (EklInversion *self, const EklBatch *batch, gsize stride, EklSlice *slice)
{
  const guint m = batch->n_outputs, first = slice->first + slice->data.n_data;
  gsize most = self->held / m;

  if (first == batch->n_data)
    return FALSE;
  *slice = (EklSlice){ batch, first, *batch, stride };
  if (!ekl_inversion_is_in_parts (self, stride))
    return TRUE;

  most = most > TILE ? most / TILE * TILE : most;
  slice->data.n_data = (guint) MIN (most, batch->n_data - first);
  slice->stride = (gsize) m * slice->data.n_data;
  slice->data.x = NULL;
  slice->data.y = self->part_y;
  for (gsize r = 0; r < m; r++)
    memcpy (self->part_y + r * slice->data.n_data, batch->y + r * batch->n_data + first,
            slice->data.n_data * sizeof (real));
  return TRUE;
}

/* Nothing has been added yet. */
void
ekl_inversion_begin_parts (EklInversion *self)
{
  self->info.mean_output_loss = 0;
  memset (self->potential, 0, ekl_ensemble_get_size (self->ensemble) * sizeof (double));
  ekl_kalman_update_begin (self->update, self->cross_entropy);
}

/* For [15]: |r - D_j|^2 / 2 of the part at hand. */
static void
add_potentials (EklInversion *self, gsize k)
{
  const guint size = ekl_ensemble_get_size (self->ensemble);

#pragma omp parallel for schedule(static) num_threads(                                             \
  ekl_cores_team(self->n_threads)) if (self->n_threads > 1 && size * k > SERIAL_VALUES)
  for (guint j = 0; j < size; j++)
    self->potential[j] +=
      ekl_vector_squared_distance (k, self->innovation, self->outputs + j * k) / 2;
}

static void
add_part (EklInversion *self, gsize k)
{
  const EklAnalysis part = {
    .n_observations = (guint) k,
    .anomalies = self->outputs,
    .innovation = self->innovation,
    .residuals = self->residuals,
  };

  ekl_kalman_update_add (self->update, &part, self->cancel);
}

/* Some data, whose outputs and misfits have been found. */
void
ekl_inversion_add_slice (EklInversion *self,
                         const EklInversionSettings *settings,
                         const EklSlice *slice)
{
  ekl_inversion_whiten_slice (self, settings, slice);
  if (!self->cross_entropy)
    add_potentials (self, slice->stride);
  add_part (self, slice->stride);
}

static gboolean
is_cancelled (const EklInversion *self)
{
  return self->cancel != NULL && g_atomic_int_get (self->cancel) != 0;
}

/* The differences along the graph [5], some edges at a time. */
static void
add_edges (EklInversion *self, const EklInversionSettings *settings, const EklBatch *batch)
{
  const double factor = ekl_inversion_graph_factor (self, settings, batch->n_data);
  const guint m = batch->n_outputs, most = (guint) (self->held / m);
  guint n_edges;

  ekl_neighbour_graph_get_edges (self->graph, &n_edges);
  ekl_inversion_answer_graph (self);
  for (guint first = 0; first < n_edges && !is_cancelled (self); first += most) {
    const guint count = MIN (most, n_edges - first);
    const gsize k = (gsize) m * count;

    ekl_inversion_find_some_differences (self, factor, first, count, self->outputs);
    ekl_inversion_whiten_differences (self, settings, count, 0, k);
    if (self->cross_entropy)
      ekl_inversion_fill_residuals (self, 0, k);
    add_potentials (self, k);
    add_part (self, k);
  }
}

/* The parameters as observations of the prior [13], some at a time. */
static void
add_parameters (EklInversion *self, const EklPrior *prior)
{
  const gsize n_parameters = ekl_ensemble_get_network (self->ensemble)->n_parameters;

  ekl_ensemble_get_mean_double (self->ensemble, self->mean);
  for (gsize first = 0; first < n_parameters && !is_cancelled (self); first += self->held) {
    const gsize k = MIN (self->held, n_parameters - first);

    ekl_inversion_whiten_parameters (self, prior, first, k, k, self->outputs, self->innovation);
    if (self->cross_entropy)
      ekl_inversion_fill_residuals (self, 0, k);
    add_part (self, k);
  }
}

/*
 * ekl_inversion_end_parts:
 *
 * After the last of the data: the other observations, and the end of the products.
 */
void
ekl_inversion_end_parts (EklInversion *self,
                         const EklInversionSettings *settings,
                         const EklBatch *batch)
{
  if (self->has_graph)
    add_edges (self, settings, batch);
  if (self->prior_term)
    add_parameters (self, &settings->prior);
  ekl_kalman_update_end (self->update);
}

/*
 * ekl_inversion_add_prior:
 *
 * The prior of [16], some of the parameters at a time; in one part where they are few.
 */
void
ekl_inversion_add_prior (EklInversion *self, const EklPrior *prior)
{
  const gsize n_parameters = ekl_ensemble_get_network (self->ensemble)->n_parameters;

  ekl_ensemble_get_mean_double (self->ensemble, self->mean);
  for (gsize first = 0; first < n_parameters && !is_cancelled (self);
       first += self->held_parameters) {
    const gsize k = MIN (self->held_parameters, n_parameters - first);

    ekl_inversion_whiten_parameters (self, prior, first, k, k, self->parameters,
                                     self->prior_innovation);
    ekl_kalman_update_add_prior (self->update, (guint) k, self->parameters, self->prior_innovation,
                                 self->cancel);
  }
}

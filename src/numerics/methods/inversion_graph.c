/* inversion_graph.c - the neighbour graph as observations: near inputs should have near answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Equation [5] in an ensemble method: for each edge (i, l) the m values
 * sqrt (N mu a_il / |E|) (G(x_i) - G(x_l)) are observed to be 0, with noise Gamma_m. Then
 * |Gamma^{-1/2} (y - G)|^2 / 2 is N / (2 gamma^2) (L + R), the same minimiser as gradient descent's.
 */
#include "inversion_private.h"

#include "cores.h"
#include "memory.h"

/* Particles whose answers on all inputs are held at a time. */
#define GROUP 64

/**
 * ekl_inversion_set_graph:
 * @self: an inversion
 * @graph: (nullable): the graph of [5]; must outlive the inversion
 * @inputs: all inputs, labelled and unlabelled, in the graph's order; likewise
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * The graph acts in steps whose settings give it a weight.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean
ekl_inversion_set_graph (EklInversion *self,
                         const EklNeighbourGraph *graph,
                         const EklBatch *inputs,
                         GError **error)
{
  const EklNetwork *network = ekl_ensemble_get_network (self->ensemble);
  real *outputs = NULL;

  if (graph != NULL) {
    gsize n = (gsize) ekl_network_n_outputs (network) * inputs->n_data;

    outputs = ekl_memory_new (GROUP * n, sizeof (real), "the graph", error);
    if (outputs == NULL)
      return FALSE;
    self->graph_inputs = *inputs;
  }
  ekl_memory_free (self->graph_outputs);
  self->graph_outputs = outputs;
  self->graph = graph;

  return TRUE;
}

/**
 * ekl_inversion_count_differences:
 * @self: an inversion
 *
 * Returns: how many observations the graph adds, m |E|; 0 without one
 */
gsize
ekl_inversion_count_differences (const EklInversion *self)
{
  guint n = 0;

  if (self->graph == NULL)
    return 0;
  ekl_neighbour_graph_get_edges (self->graph, &n);
  return (gsize) n * ekl_network_n_outputs (ekl_ensemble_get_network (self->ensemble));
}

/**
 * ekl_inversion_graph_factor:
 * @self: an inversion with a graph
 * @settings: the settings of this step
 * @n_data: N of the batch
 *
 * Returns: N mu / |E|. Beside cross-entropy, N (L + R) is the potential itself and not
 *   1 / (2 gamma^2) of it, so there it is twice that
 */
double
ekl_inversion_graph_factor (const EklInversion *self,
                            const EklInversionSettings *settings,
                            guint n_data)
{
  guint n_edges;

  ekl_neighbour_graph_get_edges (self->graph, &n_edges);
  return (self->cross_entropy ? 2 : 1) * settings->graph_weight * n_data / MAX (n_edges, 1);
}

/**
 * ekl_inversion_find_differences:
 * @self: an inversion with a graph
 * @factor: N mu / |E|
 * @stride: values from one particle's observations to the next one's
 * @out: (out): shape (J, stride), of which the first m |E| of each row are set, as (m, |E|)
 *
 * The observations that the graph adds, of every particle.
 */
void
ekl_inversion_find_differences (EklInversion *self, double factor, gsize stride, real *out)
{
  guint size = ekl_ensemble_get_size (self->ensemble);
  guint m = ekl_network_n_outputs (ekl_ensemble_get_network (self->ensemble));
  guint n = self->graph_inputs.n_data, n_edges;

  ekl_neighbour_graph_get_edges (self->graph, &n_edges);
  for (guint first = 0; first < size; first += GROUP) {
    guint count = MIN (GROUP, size - first);

    if (self->cancel != NULL && g_atomic_int_get (self->cancel) != 0)
      return;
    ekl_forward_ensemble (self->forward, self->ensemble, first, count, &self->graph_inputs,
                          EKL_APPLY_OUTPUT, self->graph_outputs);
#pragma omp parallel for schedule(static)                                                          \
  num_threads(ekl_cores_team(self->n_threads)) if (self->n_threads > 1)
    for (guint j = 0; j < count; j++)
      ekl_neighbour_graph_differences (self->graph, factor, m, n,
                                       self->graph_outputs + (gsize) j * m * n, 0, n_edges,
                                       out + (first + j) * stride);
  }
}

/**
 * ekl_inversion_answer_graph:
 * @self: an inversion with a graph, whose observations come in parts
 *
 * The answers of all particles on all inputs of the graph. An edge joins any two of them, so they
 * are all held; the differences, of which there are several for each, are not.
 */
void
ekl_inversion_answer_graph (EklInversion *self)
{
  const guint size = ekl_ensemble_get_size (self->ensemble);
  const gsize n = (gsize) ekl_network_n_outputs (ekl_ensemble_get_network (self->ensemble)) *
                  self->graph_inputs.n_data;

  for (guint first = 0; first < size; first += GROUP)
    ekl_forward_ensemble (self->forward, self->ensemble, first, MIN (GROUP, size - first),
                          &self->graph_inputs, EKL_APPLY_OUTPUT, self->graph_answers + first * n);
}

/**
 * ekl_inversion_find_some_differences:
 * @self: an inversion with the answers of ekl_inversion_answer_graph()
 * @factor: N mu / |E|
 * @first: the first edge that is wanted
 * @count: how many
 * @out: (out): shape (J, m, count)
 *
 * Some of the observations that the graph adds, of every particle.
 */
void
ekl_inversion_find_some_differences (
  EklInversion *self, double factor, guint first, guint count, real *out)
{
  const guint size = ekl_ensemble_get_size (self->ensemble);
  const guint m = ekl_network_n_outputs (ekl_ensemble_get_network (self->ensemble));
  const guint n = self->graph_inputs.n_data;

#pragma omp parallel for schedule(static)                                                          \
  num_threads(ekl_cores_team(self->n_threads)) if (self->n_threads > 1)
  for (gsize j = 0; j < size; j++)
    ekl_neighbour_graph_differences (self->graph, factor, m, n, self->graph_answers + j * m * n,
                                     first, count, out + j * m * count);
}

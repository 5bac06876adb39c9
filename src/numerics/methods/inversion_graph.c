/* inversion_graph.c - the neighbour graph as observations: near inputs should have near answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Equation [5] in an ensemble method: for each edge (i, l) the m values
 * sqrt (N mu a_il / |E|) (G(x_i) - G(x_l)) are observed to be 0, with noise Gamma_m. Then
 * |Gamma^{-1/2} (y - G)|^2 / 2 is N / (2 gamma^2) (L + R), the same minimiser as gradient descent's.
 */
#include "inversion_private.h"

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
  guint n = self->graph_inputs.n_data;

  for (guint first = 0; first < size; first += GROUP) {
    guint count = MIN (GROUP, size - first);

    if (self->cancel != NULL && g_atomic_int_get (self->cancel) != 0)
      return;
    ekl_forward_ensemble (self->forward, self->ensemble, first, count, &self->graph_inputs,
                          EKL_APPLY_OUTPUT, self->graph_outputs);
#pragma omp parallel for schedule(static) num_threads(self->n_threads) if (self->n_threads > 1)
    for (guint j = 0; j < count; j++)
      ekl_neighbour_graph_differences (self->graph, factor, m, n,
                                       self->graph_outputs + (gsize) j * m * n,
                                       out + (first + j) * stride);
  }
}

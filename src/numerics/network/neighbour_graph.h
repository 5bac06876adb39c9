/* neighbour_graph.h - who is near whom among the inputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "batch.h"

G_BEGIN_DECLS

typedef struct {
  guint first, second; /* data, first < second */
  double weight;       /* a = exp (-d^2 / s^2) */
} EklEdge;

/* Immutable once made. */
typedef struct _EklNeighbourGraph EklNeighbourGraph;

EklNeighbourGraph *ekl_neighbour_graph_new         (const EklBatch          *batch,
                                                    guint                    n_neighbours,
                                                    GError                 **error);
void               ekl_neighbour_graph_free        (EklNeighbourGraph       *self);
const EklEdge     *ekl_neighbour_graph_get_edges   (const EklNeighbourGraph *self,
                                                    guint                   *n);
double             ekl_neighbour_graph_penalty     (const EklNeighbourGraph *self,
                                                    double                   mu,
                                                    guint                    n_outputs,
                                                    guint                    n_data,
                                                    const real              *g,
                                                    real                    *delta);
void               ekl_neighbour_graph_differences (const EklNeighbourGraph *self,
                                                    double                   factor,
                                                    guint                    n_outputs,
                                                    guint                    n_data,
                                                    const real              *g,
                                                    guint                    first_edge,
                                                    guint                    count,
                                                    real                    *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklNeighbourGraph, ekl_neighbour_graph_free)

G_END_DECLS

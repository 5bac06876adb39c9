/* neighbour_graph.c - who is near whom among the inputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Equation [5], after Belkin, Niyogi and Sindhwani (2006): the k-nearest-neighbour graph on all inputs, labelled and
 * unlabelled; E holds a pair once where either is among the other's k nearest. a_il = exp (-|x_i - x_l|^2 / s^2) with s
 * the median neighbour distance, and R = (mu/|E|) sum_{(i,l) in E} a_il |G(x_i) - G(x_l)|^2.
 */
#include "neighbour_graph.h"

#include "errors.h"
#include "quantiles.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct _EklNeighbourGraph {
  guint n_edges;
  EklEdge *edges; /* sorted by first, then second */
};

typedef struct {
  double distance;
  guint datum;
} Neighbour;

static int
compare_edges (const void *a, const void *b)
{
  const EklEdge *one = a, *other = b;

  if (one->first != other->first)
    return one->first < other->first ? -1 : 1;
  return one->second < other->second ? -1 : one->second > other->second;
}

/* The squared distances of one datum to all. */
static void
find_squares (const EklBatch *batch, guint datum, double *square)
{
  const gsize n = batch->n_data;

  memset (square, 0, n * sizeof *square);
  for (guint f = 0; f < batch->n_inputs; f++) {
    const real *x = batch->x + f * n;
    const double here = x[datum];

    for (gsize i = 0; i < n; i++)
      square[i] += ((double) x[i] - here) * ((double) x[i] - here);
  }
}

/* The nearest ones of a datum, in the order of their distances; ties by number. Sorting all of them
 * would take most of the time. */
static void
find_nearest (const double *square, guint n, guint datum, guint n_neighbours, Neighbour *nearest)
{
  guint count = 0;

  for (guint i = 0; i < n; i++) {
    const double distance = sqrt (square[i]);
    guint place;

    if (i == datum || (count == n_neighbours && distance >= nearest[count - 1].distance))
      continue;
    place = count < n_neighbours ? count++ : count - 1;
    for (; place > 0 && nearest[place - 1].distance > distance; place--)
      nearest[place] = nearest[place - 1];
    nearest[place] = (Neighbour){ distance, i };
  }
}

/* Sorts the edges and drops the second of each pair. */
static guint
drop_doubles (EklEdge *edges, guint n)
{
  guint kept = 0;

  qsort (edges, n, sizeof (EklEdge), compare_edges);
  for (guint i = 0; i < n; i++)
    if (kept == 0 || compare_edges (&edges[kept - 1], &edges[i]) != 0)
      edges[kept++] = edges[i];
  return kept;
}

/**
 * ekl_neighbour_graph_new:
 * @batch: the inputs
 * @n_neighbours: k
 * @error: return location; EKL_NUMERICS_ERROR_INVALID
 *
 * The graph of [5]. Its making takes time proportional to the square of the data.
 *
 * Returns: (nullable): the graph, or %NULL with @error set
 */
EklNeighbourGraph *
ekl_neighbour_graph_new (const EklBatch *batch, guint n_neighbours, GError **error)
{
  g_autoptr (EklNeighbourGraph) self = g_new0 (EklNeighbourGraph, 1);
  g_autofree Neighbour *neighbour = NULL;
  g_autofree double *square = NULL;
  g_autofree double *distance = NULL;
  const double half = 0.5;
  guint n = batch->n_data, count = 0;
  gsize most;
  double median;

  if (n_neighbours < 1 || n_neighbours >= n || !g_size_checked_mul (&most, n, n_neighbours) ||
      most > G_MAXINT) {
    g_set_error (error, EKL_NUMERICS_ERROR, EKL_NUMERICS_ERROR_INVALID,
                 "Each of %u inputs cannot have %u neighbours; choose from 1 to %u", n,
                 n_neighbours, n > 1 ? n - 1 : 1);
    return NULL;
  }
  neighbour = g_new (Neighbour, n_neighbours);
  square = g_new (double, n);
  distance = g_new (double, most);
  self->edges = g_new (EklEdge, most);
  for (guint i = 0; i < n; i++) {
    find_squares (batch, i, square);
    find_nearest (square, n, i, n_neighbours, neighbour);
    for (guint k = 0; k < n_neighbours; k++) {
      guint other = neighbour[k].datum;

      distance[count] = neighbour[k].distance;
      self->edges[count++] = (EklEdge){ MIN (i, other), MAX (i, other), neighbour[k].distance };
    }
  }
  ekl_quantiles (distance, count, &half, 1, &median);
  self->n_edges = drop_doubles (self->edges, count);
  for (guint e = 0; e < self->n_edges; e++) {
    double ratio = median > 0 ? self->edges[e].weight / median : 0;

    self->edges[e].weight = exp (-ratio * ratio);
  }
  return g_steal_pointer (&self);
}

/**
 * ekl_neighbour_graph_free:
 * @self: (nullable): a graph
 */
void
ekl_neighbour_graph_free (EklNeighbourGraph *self)
{
  if (self == NULL)
    return;
  g_free (self->edges);
  g_free (self);
}

/**
 * ekl_neighbour_graph_get_edges:
 * @self: a graph
 * @n: (out): how many
 *
 * Returns: (transfer none): the edges
 */
const EklEdge *
ekl_neighbour_graph_get_edges (const EklNeighbourGraph *self, guint *n)
{
  *n = self->n_edges;
  return self->edges;
}

/**
 * ekl_neighbour_graph_penalty:
 * @self: a graph
 * @mu: its weight
 * @n_outputs: m
 * @n_data: N, all inputs of the graph
 * @g: shape (m, N)
 * @delta: (inout) (nullable): shape (m, N), to which d R / d g is added
 *
 * Returns: R of [5], summed in double
 */
double
ekl_neighbour_graph_penalty (const EklNeighbourGraph *self,
                             double mu,
                             guint n_outputs,
                             guint n_data,
                             const real *g,
                             real *delta)
{
  double scale = mu / MAX (self->n_edges, 1), sum = 0;

  for (guint e = 0; e < self->n_edges; e++) {
    const EklEdge *edge = &self->edges[e];

    for (gsize r = 0; r < n_outputs; r++) {
      gsize i = r * n_data + edge->first, l = r * n_data + edge->second;
      double d = (double) g[i] - g[l];

      sum += edge->weight * d * d;
      if (delta != NULL) {
        real pull = (real) (2 * scale * edge->weight * d);

        delta[i] += pull;
        delta[l] -= pull;
      }
    }
  }
  return scale * sum;
}

/**
 * ekl_neighbour_graph_differences:
 * @self: a graph
 * @factor: N mu / |E|, with N the labelled data of the batch
 * @n_outputs: m
 * @n_data: all inputs of the graph
 * @g: shape (m, n_data)
 * @first_edge: the first edge that is wanted
 * @count: how many
 * @out: (out): shape (m, count)
 *
 * The extra observations of [5]: sqrt (factor a_il) (G(x_i) - G(x_l)), to be 0 with noise Gamma_m.
 */
void
ekl_neighbour_graph_differences (const EklNeighbourGraph *self,
                                 double factor,
                                 guint n_outputs,
                                 guint n_data,
                                 const real *g,
                                 guint first_edge,
                                 guint count,
                                 real *out)
{
  for (guint e = 0; e < count; e++) {
    const EklEdge *edge = &self->edges[first_edge + e];
    double scale = sqrt (factor * edge->weight);

    for (gsize r = 0; r < n_outputs; r++)
      out[r * count + e] =
        (real) (scale * ((double) g[r * n_data + edge->first] - g[r * n_data + edge->second]));
  }
}

/* inversion_bytes.c - how much memory an inversion will take, before it is asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same arrays as are allocated, J particles of P parameters with K observations. In double:
 * sizes beyond any machine must not overflow, and nobody reads the last digits.
 */
#include "kalman_inversion.h"

/* Of the Gram matrix's vectors in double at a time, see gram.c; values of the float build only. */
#define CHUNK (sizeof (real) < sizeof (double) ? 512 : 0)

/* Of each thread: columns of a strip, see ensemble_move.c, and a tile's activations, see forward.c. */
#define STRIP 256
#define TILE  (1 << 18)

/* Particles whose answers on all inputs of a graph are held, see inversion_graph.c. */
#define GRAPH_GROUP 64

/* The matrices of the analysis, see kalman_update.c and observation_noise.c. */
static double
analysis_bytes (const EklInversionSettings *settings, double j, double k, gboolean in_data_space)
{
  const double order = in_data_space ? k : j;
  double bytes = 2 * order * order * 8; /* the Gram matrix, and the factor */

  bytes += order * CHUNK * 8;
  bytes += j * order * (8 + sizeof (real)); /* right-hand sides, and weights */
  if (settings->form == EKL_FORM_KALMAN && settings->perturb_observations) {
    bytes += j * MIN (j, k) * sizeof (real);
    if (!in_data_space && k > j)
      bytes += 2 * j * j * 8;
  }
  if (settings->form == EKL_FORM_ETKI)
    bytes += 4 * j * j * 8; /* eigenvectors, twice, and LAPACK's own */
  if (settings->form == EKL_FORM_ALDI)
    bytes += 4 * j * j * 8; /* the prior's Gram matrix, diffusion, and two to work in */
  return bytes;
}

/**
 * ekl_inversion_count_bytes:
 * @network: the network
 * @settings: the settings
 * @size: J
 * @max_data: the largest batch
 * @n_edges: of the graph [5], where the settings give it a weight
 * @n_graph: inputs of the graph
 * @n_threads: threads to use
 *
 * Returns: about how much memory an inversion takes, with the particles that it starts from
 */
double
ekl_inversion_count_bytes (const EklNetwork *network,
                           const EklInversionSettings *settings,
                           guint size,
                           guint max_data,
                           gsize n_edges,
                           guint n_graph,
                           guint n_threads)
{
  const gboolean aldi = settings->form == EKL_FORM_ALDI, graph = settings->graph_weight > 0;
  const gboolean entropy =
    settings->loss == EKL_LOSS_CROSS_ENTROPY && settings->form == EKL_FORM_EULER;
  const double r = sizeof (real), m = ekl_network_n_outputs (network);
  const double p = (double) network->n_parameters, j = size;
  const double k =
    m * max_data + (settings->prior_term && !aldi ? p : 0) + (graph ? m * (double) n_edges : 0);
  const gboolean in_data_space = ekl_kalman_update_wants_data_space (settings->form, j, k, p);
  const double most = (double) ekl_inversion_count_held (size, ekl_network_n_outputs (network));
  const double held = in_data_space ? k : MIN (k, most);
  double bytes = 2 * j * p * r; /* the particles, and their start or the new ones of another J */

  bytes += (entropy ? 2 : 1) * j * held * r;
  bytes += analysis_bytes (settings, j, k, in_data_space);
  if (graph)
    bytes += (GRAPH_GROUP + (held < k ? j : 0)) * m * n_graph * r;
  bytes += n_threads * ((j + (in_data_space ? k : 0)) * STRIP + p + TILE) * r;
  if (aldi)
    bytes += j * MIN (p, most) * r;
  if (settings->momentum != EKL_MOMENTUM_NONE)
    bytes += j * p * r;
  return bytes;
}

/* inversion_whiten.c - outputs and parameters as whitened anomalies and innovations
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "inversion_private.h"

#include "cores.h"
#include "vector_math.h"

#include <math.h>
#include <string.h>

#define STRIP         256
#define SERIAL_VALUES 50000

/* Multiplied into the centred outputs at once where Gamma = gamma^2 I; other covariances come after. */
static double
divisor (const EklInversion *self, const EklInversionSettings *settings)
{
  if (self->cross_entropy)
    return 1;
  if (settings->noise == NULL)
    return settings->noise_std;
  return ekl_noise_covariance_is_isotropic (settings->noise)
           ? ekl_noise_covariance_get_scale (settings->noise)
           : 1;
}

/* Observations of one kind: m a datum (or an edge), the same columns of every particle's row. */
typedef struct {
  real *values;     /* (J, stride), of which the first m N count */
  real *innovation; /* (m N) */
  const real *y;    /* (m, N); NULL: zeros */
  guint n_outputs;  /* m */
  guint n_data;     /* N, or some of them */
  guint n_all;      /* N */
} Segment;

/* [3] of a datum whose logits are y - innovation. */
static double
cross_entropy_of (const Segment *segment, gsize i)
{
  gsize n = segment->n_data;
  double most = -INFINITY, sum = 0, loss = 0;

  for (gsize c = 0; c < segment->n_outputs; c++)
    most = MAX (most, (double) segment->y[c * n + i] - (double) segment->innovation[c * n + i]);
  for (gsize c = 0; c < segment->n_outputs; c++)
    sum += exp ((double) segment->y[c * n + i] - (double) segment->innovation[c * n + i] - most);
  for (gsize c = 0; c < segment->n_outputs; c++)
    loss += (double) segment->y[c * n + i] * (most + log (sum) - (double) segment->y[c * n + i] +
                                              (double) segment->innovation[c * n + i]);
  return loss;
}

/* The loss of the mean output, [2] or [3]: neither that of the mean particle nor the mean of the
 * particles' losses. Its residual is at hand here, divided by gamma; data that come in parts add to
 * it. */
static void
note_mean_output_loss (EklInversion *self, const Segment *segment, double gamma)
{
  gsize k = (gsize) segment->n_outputs * segment->n_data;
  double sum = 0;

  if (self->cross_entropy)
    for (gsize i = 0; i < segment->n_data; i++)
      sum += cross_entropy_of (segment, i);
  else
    for (gsize i = 0; i < k; i++)
      sum += gamma * gamma * (double) segment->innovation[i] * (double) segment->innovation[i];
  self->info.mean_output_loss += sum / segment->n_all;
}

/* G becomes D = Gamma^{-1/2} (G - Gbar), and the innovation Gamma^{-1/2} (y - Gbar); the mean is
 * summed in double. */
static void
whiten_segment (EklInversion *self,
                const EklInversionSettings *settings,
                const Segment *segment,
                gsize stride)
{
  guint size = ekl_ensemble_get_size (self->ensemble);
  gsize k = (gsize) segment->n_outputs * segment->n_data;
  guint n_strips = (guint) ((k + STRIP - 1) / STRIP);
  double gamma = divisor (self, settings);

#pragma omp parallel for schedule(static) num_threads(                                             \
  ekl_cores_team(self->n_threads)) if (self->n_threads > 1 && size * k > SERIAL_VALUES)
  for (guint s = 0; s < n_strips; s++) {
    gsize first = (gsize) s * STRIP;
    guint count = (guint) MIN (STRIP, k - first);
    double mean[STRIP] = { 0 };

    for (guint j = 0; j < size; j++)
      ekl_vector_add_to_doubles (count, segment->values + j * stride + first, mean);
    for (guint i = 0; i < count; i++) {
      double y = segment->y != NULL ? segment->y[first + i] : 0;

      mean[i] /= size;
      segment->innovation[first + i] = (real) ((y - mean[i]) / gamma);
    }
    for (guint j = 0; j < size; j++)
      ekl_vector_center (count, mean, gamma, segment->values + j * stride + first);
  }
  if (segment->y != NULL)
    note_mean_output_loss (self, segment, gamma);
  if (self->cross_entropy || settings->noise == NULL ||
      ekl_noise_covariance_is_isotropic (settings->noise))
    return;
  ekl_noise_covariance_whiten (settings->noise, segment->n_data, segment->innovation);
#pragma omp parallel for schedule(static) num_threads(                                             \
  ekl_cores_team(self->n_threads)) if (self->n_threads > 1 && size * k > SERIAL_VALUES)
  for (guint j = 0; j < size; j++)
    ekl_noise_covariance_whiten (settings->noise, segment->n_data, segment->values + j * stride);
}

/**
 * ekl_inversion_whiten_slice:
 * @self: an inversion with the outputs of the slice
 * @settings: the settings of this step
 * @slice: all or some of its data
 *
 * Outputs to anomalies and innovation, and what these data add to the loss of the mean output.
 */
void
ekl_inversion_whiten_slice (EklInversion *self,
                            const EklInversionSettings *settings,
                            const EklSlice *slice)
{
  const Segment outputs = { self->outputs,         self->innovation,   slice->data.y,
                            slice->data.n_outputs, slice->data.n_data, slice->batch->n_data };

  whiten_segment (self, settings, &outputs, slice->stride);
}

/**
 * ekl_inversion_whiten_differences:
 * @self: an inversion with differences along the graph [5] among its outputs
 * @settings: the settings of this step
 * @n_edges: how many edges
 * @first: where their observations begin in a row
 * @stride: the length of a row
 *
 * The differences to anomalies and innovation.
 */
void
ekl_inversion_whiten_differences (EklInversion *self,
                                  const EklInversionSettings *settings,
                                  guint n_edges,
                                  gsize first,
                                  gsize stride)
{
  const guint m = ekl_network_n_outputs (ekl_ensemble_get_network (self->ensemble));
  const Segment differences = {
    self->outputs + first, self->innovation + first, NULL, m, n_edges, n_edges,
  };

  whiten_segment (self, settings, &differences, stride);
}

/**
 * ekl_inversion_whiten_parameters:
 * @self: an inversion whose mean particle has been found
 * @prior: m0 and C0
 * @first: the first parameter that is wanted
 * @count: how many
 * @stride: the length of a row of @out
 * @out: (out): C0^{-1/2} dU of these parameters, row j at out + j stride
 * @innovation: (out): C0^{-1/2} (m0 - ubar) of them
 *
 * The parameters as observations of the prior [13].
 */
void
ekl_inversion_whiten_parameters (EklInversion *self,
                                 const EklPrior *prior,
                                 gsize first,
                                 gsize count,
                                 gsize stride,
                                 real *out,
                                 real *innovation)
{
  const EklNetwork *network = ekl_ensemble_get_network (self->ensemble);
  const gsize end = first + count;
  guint size = ekl_ensemble_get_size (self->ensemble);

  for (guint b = 0; b < ekl_ensemble_n_blocks (self->ensemble); b++) {
    gsize width, offset;
    const real *block = ekl_ensemble_block (self->ensemble, b, &width, &offset);
    const double std = ekl_prior_block_std (prior, network, b);
    const gsize from = MAX (offset, first), to = MIN (offset + width, end);

    if (from >= to)
      continue;
    for (gsize i = from; i < to; i++)
      innovation[i - first] = (real) ((prior->mean - self->mean[i]) / std);
    for (gsize j = 0; j < size; j++) {
      real *row = out + j * stride + from - first;

      memcpy (row, block + j * width + from - offset, (to - from) * sizeof (real));
      ekl_vector_center (to - from, self->mean + from, std, row);
    }
  }
}

/**
 * ekl_inversion_fill_residuals:
 * @self: an inversion for [11]
 * @first: where they begin in a row
 * @stride: the length of a row
 *
 * [5] and [13] beside [11]: what is left of their observations, which stay least squares.
 */
void
ekl_inversion_fill_residuals (EklInversion *self, gsize first, gsize stride)
{
  gsize size = ekl_ensemble_get_size (self->ensemble);

  for (gsize j = 0; j < size; j++)
    for (gsize i = first; i < stride; i++)
      self->residuals[j * stride + i] = self->innovation[i] - self->outputs[j * stride + i];
}

/**
 * ekl_inversion_whiten:
 * @self: an inversion with its outputs found
 * @settings: the settings of this step
 * @batch: its data
 * @prior: where the prior's observations begin in a row, after the outputs and the differences
 * @stride: K, the length of a row
 *
 * Makes of G the anomalies D and the innovation, both multiplied by Gamma^{-1/2}: the outputs, the
 * differences along the graph [5], the parameters for the prior term [13].
 */
void
ekl_inversion_whiten (EklInversion *self,
                      const EklInversionSettings *settings,
                      const EklBatch *batch,
                      gsize prior,
                      gsize stride)
{
  const EklSlice all = { batch, 0, *batch, stride };
  const gsize k = (gsize) batch->n_outputs * batch->n_data;

  self->info.mean_output_loss = 0;
  ekl_inversion_whiten_slice (self, settings, &all);
  if (self->has_graph) {
    guint n_edges;

    ekl_neighbour_graph_get_edges (self->graph, &n_edges);
    ekl_inversion_find_differences (
      self, ekl_inversion_graph_factor (self, settings, batch->n_data), stride, self->outputs + k);
    ekl_inversion_whiten_differences (self, settings, n_edges, k, stride);
  }
  if (self->prior_term) {
    ekl_ensemble_get_mean_double (self->ensemble, self->mean);
    ekl_inversion_whiten_parameters (self, &settings->prior, 0, stride - prior, stride,
                                     self->outputs + prior, self->innovation + prior);
  }
  if (self->cross_entropy)
    ekl_inversion_fill_residuals (self, k, stride);
}

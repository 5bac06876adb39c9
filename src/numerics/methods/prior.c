/* prior.c - the distribution the particles start from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Equation [20]: W_l ~ N(m0, s_w^2 g^2 / n_{l-1}), b_l ~ N(m0, s_b^2), g = sqrt 2 for relu (He et
 * al. 2015), else 1.
 */
#include "prior.h"

#include "philox.h"

#include <math.h>

/* The standard deviation of the weights (or biases) of layer l. */
static double
block_std (const EklPrior *self, const EklNetwork *network, guint l, gboolean weights)
{
  double gain = network->activation == EKL_ACTIVATION_RELU ? G_SQRT2 : 1;

  if (self->scaling == EKL_PRIOR_SCALING_NONE)
    return self->weight_std;
  return weights ? self->weight_std * gain / sqrt (network->width[l]) : self->bias_std;
}

/**
 * ekl_prior_block_std:
 * @self: a prior
 * @network: the network
 * @block: a block of an ensemble, see ekl_ensemble_block()
 *
 * Returns: the prior's standard deviation, which all parameters of a block share
 */
double
ekl_prior_block_std (const EklPrior *self, const EklNetwork *network, guint block)
{
  return block_std (self, network, block / 2, block % 2 == 0);
}

/**
 * ekl_prior_standard_deviations:
 * @self: a prior
 * @network: the network
 * @std: (out): shape (P), the square root of the diagonal of C0, equation [20]
 */
void
ekl_prior_standard_deviations (const EklPrior *self, const EklNetwork *network, double *std)
{
  for (guint l = 0; l < network->n_layers; l++) {
    gsize n_weights = (gsize) network->width[l + 1] * network->width[l];

    for (gsize i = 0; i < n_weights; i++)
      std[network->weight_offset[l] + i] = block_std (self, network, l, TRUE);
    for (guint i = 0; i < network->width[l + 1]; i++)
      std[network->bias_offset[l] + i] = block_std (self, network, l, FALSE);
  }
}

/* n draws around the prior's mean, from numbers that belong to this particle and this place. */
static void
draw_values (
  const EklPrior *self, guint64 seed, guint particle, guint block, gsize n, double std, real *u)
{
  double number[256];

  /* The number's "step" is the block and the lot: no draw is longer than the buffer. */
  for (gsize first = 0; first < n; first += G_N_ELEMENTS (number)) {
    guint count = (guint) MIN (G_N_ELEMENTS (number), n - first);
    guint32 lot = (guint32) (first / G_N_ELEMENTS (number)) * (2 * EKL_MAX_AFFINE_LAYERS) + block;

    if (self->shape == EKL_PRIOR_UNIFORM)
      ekl_random_uniforms (seed, EKL_STREAM_INITIAL_ENSEMBLE, lot, particle, count, number);
    else
      ekl_random_normals (seed, EKL_STREAM_INITIAL_ENSEMBLE, lot, particle, count, number);
    for (guint i = 0; i < count; i++) {
      double z = self->shape == EKL_PRIOR_UNIFORM ? sqrt (12) * (number[i] - 0.5) : number[i];

      u[first + i] = (real) (self->mean + std * z);
    }
  }
}

/**
 * ekl_prior_draw:
 * @self: a prior
 * @network: the network
 * @seed: the run's seed
 * @particle: from 0
 * @u: (out): shape (P)
 *
 * The prior's draw for one particle, equation [20]. It depends on the seed and the particle's
 * number only, not on J: a larger ensemble starts with the particles of a smaller one.
 */
void
ekl_prior_draw (
  const EklPrior *self, const EklNetwork *network, guint64 seed, guint particle, real *u)
{
  for (guint l = 0; l < network->n_layers; l++) {
    draw_values (self, seed, particle, 2 * l, (gsize) network->width[l + 1] * network->width[l],
                 block_std (self, network, l, TRUE), u + network->weight_offset[l]);
    draw_values (self, seed, particle, 2 * l + 1, network->width[l + 1],
                 block_std (self, network, l, FALSE), u + network->bias_offset[l]);
  }
}

/**
 * ekl_prior_fill:
 * @self: a prior
 * @seed: the run's seed
 * @first: the first particle to draw, from 0
 * @ensemble: whose particles @first to the last are replaced by draws of the prior
 */
void
ekl_prior_fill (const EklPrior *self, guint64 seed, guint first, EklEnsemble *ensemble)
{
  const EklNetwork *network = ekl_ensemble_get_network (ensemble);
  guint size = ekl_ensemble_get_size (ensemble);

#pragma omp parallel for schedule(static) if ((double) size * network->n_parameters > 1e5)
  for (guint j = first; j < size; j++) {
    for (guint b = 0; b < ekl_ensemble_n_blocks (ensemble); b++) {
      gsize width;
      real *block = ekl_ensemble_block (ensemble, b, &width, NULL);

      draw_values (self, seed, j, b, width, ekl_prior_block_std (self, network, b),
                   block + j * width);
    }
  }
}

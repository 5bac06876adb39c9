/* ensemble.c - J parameter vectors, stored layer by layer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ensemble.h"

#include "memory.h"
#include "vector_math.h"

#include <math.h>
#include <string.h>

struct _EklEnsemble {
  EklNetwork network;
  guint size;   /* J */
  real *values; /* 2 n_layers blocks, each (J, width of the block) */
};

/**
 * ekl_ensemble_new:
 * @network: the network of every particle; copied
 * @size: J
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Returns: (nullable): an ensemble of zeros, or %NULL with @error set
 */
EklEnsemble *
ekl_ensemble_new (const EklNetwork *network, guint size, GError **error)
{
  g_autoptr (EklEnsemble) self = g_new0 (EklEnsemble, 1);
  gsize n;

  g_return_val_if_fail (network != NULL && size > 0, NULL);

  if (!g_size_checked_mul (&n, network->n_parameters, size))
    n = G_MAXSIZE;
  self->network = *network;
  self->size = size;
  self->values = ekl_memory_new (n, sizeof (real), "the ensemble", error);
  if (self->values == NULL)
    return NULL;
  memset (self->values, 0, n * sizeof (real));

  return g_steal_pointer (&self);
}

/**
 * ekl_ensemble_copy:
 * @self: an ensemble
 *
 * Returns: (nullable): a deep copy, or %NULL where memory for it cannot be had
 */
EklEnsemble *
ekl_ensemble_copy (const EklEnsemble *self)
{
  EklEnsemble *copy = ekl_ensemble_new (&self->network, self->size, NULL);

  if (copy != NULL)
    memcpy (copy->values, self->values, self->network.n_parameters * self->size * sizeof (real));
  return copy;
}

/**
 * ekl_ensemble_copy_some:
 * @self: an ensemble of J particles
 * @n: how many of them, 1 to J
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Returns: (nullable): a copy of particles k J / n, k = 0 ... n - 1, which are spread evenly; the
 *   first particles alone would leave out those that came when J grew
 */
EklEnsemble *
ekl_ensemble_copy_some (const EklEnsemble *self, guint n, GError **error)
{
  EklEnsemble *copy;

  g_return_val_if_fail (n > 0 && n <= self->size, NULL);

  copy = ekl_ensemble_new (&self->network, n, error);
  for (guint b = 0; copy != NULL && b < ekl_ensemble_n_blocks (self); b++) {
    gsize width;
    const real *from = ekl_ensemble_block (self, b, &width, NULL);
    real *to = ekl_ensemble_block (copy, b, &width, NULL);

    for (guint k = 0; k < n; k++)
      memcpy (to + k * width, from + (gsize) ((guint64) k * self->size / n) * width,
              width * sizeof (real));
  }
  return copy;
}

/**
 * ekl_ensemble_free:
 * @self: (nullable): an ensemble
 */
void
ekl_ensemble_free (EklEnsemble *self)
{
  if (self == NULL)
    return;
  ekl_memory_free (self->values);
  g_free (self);
}

/**
 * ekl_ensemble_get_network:
 * @self: an ensemble
 *
 * Returns: (transfer none): the particles' network
 */
const EklNetwork *
ekl_ensemble_get_network (const EklEnsemble *self)
{
  return &self->network;
}

/**
 * ekl_ensemble_get_size:
 * @self: an ensemble
 *
 * Returns: J
 */
guint
ekl_ensemble_get_size (const EklEnsemble *self)
{
  return self->size;
}

/**
 * ekl_ensemble_n_blocks:
 * @self: an ensemble
 *
 * Returns: the number of blocks: two a layer, weights and biases
 */
guint
ekl_ensemble_n_blocks (const EklEnsemble *self)
{
  return 2 * self->network.n_layers;
}

/**
 * ekl_ensemble_block:
 * @self: an ensemble
 * @block: its number: 2l the weights, 2l + 1 the biases of layer l
 * @width: (out): values a particle
 * @offset: (out) (nullable): where the block's values stand in the flat vector u
 *
 * Returns: (transfer none): the block, shape (J, @width) row-major
 */
real *
ekl_ensemble_block (const EklEnsemble *self, guint block, gsize *width, gsize *offset)
{
  const EklNetwork *network = &self->network;
  guint l = block / 2;
  gsize start = block % 2 == 0 ? network->weight_offset[l] : network->bias_offset[l];

  *width =
    block % 2 == 0 ? (gsize) network->width[l + 1] * network->width[l] : network->width[l + 1];
  if (offset != NULL)
    *offset = start;
  return self->values + start * self->size;
}

/**
 * ekl_ensemble_get_particle:
 * @self: an ensemble
 * @particle: from 0
 * @u: (out): shape (P)
 */
void
ekl_ensemble_get_particle (const EklEnsemble *self, guint particle, real *u)
{
  for (guint b = 0; b < ekl_ensemble_n_blocks (self); b++) {
    gsize width, offset;
    const real *block = ekl_ensemble_block (self, b, &width, &offset);

    memcpy (u + offset, block + particle * width, width * sizeof (real));
  }
}

/**
 * ekl_ensemble_set_particle:
 * @self: an ensemble
 * @particle: from 0
 * @u: shape (P)
 */
void
ekl_ensemble_set_particle (EklEnsemble *self, guint particle, const real *u)
{
  for (guint b = 0; b < ekl_ensemble_n_blocks (self); b++) {
    gsize width, offset;
    real *block = ekl_ensemble_block (self, b, &width, &offset);

    memcpy (block + particle * width, u + offset, width * sizeof (real));
  }
}

/**
 * ekl_ensemble_get_rows:
 * @self: an ensemble
 * @rows: (out): shape (J, P), as ensembles travel in files
 */
void
ekl_ensemble_get_rows (const EklEnsemble *self, double *rows)
{
  gsize n_parameters = self->network.n_parameters;

  for (guint b = 0; b < ekl_ensemble_n_blocks (self); b++) {
    gsize width, offset;
    const real *block = ekl_ensemble_block (self, b, &width, &offset);

    for (guint j = 0; j < self->size; j++)
      for (gsize i = 0; i < width; i++)
        rows[j * n_parameters + offset + i] = block[j * width + i];
  }
}

/**
 * ekl_ensemble_set_rows:
 * @self: an ensemble
 * @rows: shape (J, P)
 */
void
ekl_ensemble_set_rows (EklEnsemble *self, const double *rows)
{
  gsize n_parameters = self->network.n_parameters;

  for (guint b = 0; b < ekl_ensemble_n_blocks (self); b++) {
    gsize width, offset;
    real *block = ekl_ensemble_block (self, b, &width, &offset);

    for (guint j = 0; j < self->size; j++)
      for (gsize i = 0; i < width; i++)
        block[j * width + i] = (real) rows[j * n_parameters + offset + i];
  }
}

/* Column sums go over a strip of columns at a time, so that the sums stay in the first cache. */
#define STRIP 256

static void
strip_means (const real *block, guint size, gsize width, gsize first, guint count, double *mean)
{
  for (guint i = 0; i < count; i++)
    mean[i] = 0;
  for (guint j = 0; j < size; j++)
    ekl_vector_add_to_doubles (count, block + j * width + first, mean);
  for (guint i = 0; i < count; i++)
    mean[i] /= size;
}

/**
 * ekl_ensemble_get_mean_double:
 * @self: an ensemble
 * @mean: (out): shape (P), the mean particle; summed in double, particle by particle
 */
void
ekl_ensemble_get_mean_double (const EklEnsemble *self, double *mean)
{
  for (guint b = 0; b < ekl_ensemble_n_blocks (self); b++) {
    gsize width, offset;
    const real *block = ekl_ensemble_block (self, b, &width, &offset);

    for (gsize first = 0; first < width; first += STRIP)
      strip_means (block, self->size, width, first, (guint) MIN (STRIP, width - first),
                   mean + offset + first);
  }
}

/**
 * ekl_ensemble_get_mean:
 * @self: an ensemble
 * @mean: (out): shape (P), the mean particle; summed in double, particle by particle
 */
void
ekl_ensemble_get_mean (const EklEnsemble *self, real *mean)
{
  for (guint b = 0; b < ekl_ensemble_n_blocks (self); b++) {
    gsize width, offset;
    const real *block = ekl_ensemble_block (self, b, &width, &offset);

    for (gsize first = 0; first < width; first += STRIP) {
      double strip[STRIP];
      guint count = (guint) MIN (STRIP, width - first);

      strip_means (block, self->size, width, first, count, strip);
      for (guint i = 0; i < count; i++)
        mean[offset + first + i] = (real) strip[i];
    }
  }
}

/**
 * ekl_ensemble_get_spread:
 * @self: an ensemble
 *
 * Returns: sqrt (mean_j |u^j - ubar|^2 / P): the root mean square standard deviation of a parameter
 */
double
ekl_ensemble_get_spread (const EklEnsemble *self)
{
  double sum = 0;

  for (guint b = 0; b < ekl_ensemble_n_blocks (self); b++) {
    gsize width;
    const real *block = ekl_ensemble_block (self, b, &width, NULL);

    for (gsize first = 0; first < width; first += STRIP) {
      double strip[STRIP];
      guint count = (guint) MIN (STRIP, width - first);

      strip_means (block, self->size, width, first, count, strip);
      for (guint j = 0; j < self->size; j++)
        for (guint i = 0; i < count; i++) {
          double d = block[j * width + first + i] - strip[i];

          sum += d * d;
        }
    }
  }
  return sqrt (sum / ((double) self->size * (double) self->network.n_parameters));
}

/**
 * ekl_ensemble_resize:
 * @self: an ensemble
 * @size: the new J
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Keeps the first particles; new ones are zero. On failure the ensemble stands as it was.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean
ekl_ensemble_resize (EklEnsemble *self, guint size, GError **error)
{
  g_autoptr (EklEnsemble) other = ekl_ensemble_new (&self->network, size, error);
  guint kept = MIN (size, self->size);
  real *values;

  if (other == NULL)
    return FALSE;
  for (guint b = 0; b < ekl_ensemble_n_blocks (self); b++) {
    gsize width;
    const real *from = ekl_ensemble_block (self, b, &width, NULL);
    real *to = ekl_ensemble_block (other, b, &width, NULL);

    memcpy (to, from, kept * width * sizeof (real));
  }
  values = self->values;
  self->values = other->values;
  self->size = size;
  other->values = values;

  return TRUE;
}

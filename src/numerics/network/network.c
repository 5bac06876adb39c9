/* network.c - the shape of a multilayer perceptron and the order of its parameters
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network.h"

#include "errors.h"

/* Widths above this are a slip of the keyboard, and keep every product of two widths far from
 * overflow. */
#define MAX_WIDTH 1000000

/**
 * ekl_network_init:
 * @self: (out): the network
 * @width: shape (n_width): inputs, hidden layers' widths, outputs
 * @n_width: 2 (a linear model) to EKL_MAX_AFFINE_LAYERS + 1
 * @activation: of the hidden layers
 * @output: what follows the last affine layer
 * @error: return location; EKL_NUMERICS_ERROR_INVALID
 *
 * Lays out the flat parameter vector of equation [1].
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean
ekl_network_init (EklNetwork *self,
                  const guint *width,
                  guint n_width,
                  EklActivation activation,
                  EklOutput output,
                  GError **error)
{
  gsize offset = 0;

  g_return_val_if_fail (self != NULL && width != NULL, FALSE);

  if (n_width < 2 || n_width > EKL_MAX_AFFINE_LAYERS + 1) {
    g_set_error (error, EKL_NUMERICS_ERROR, EKL_NUMERICS_ERROR_INVALID,
                 "A network has from 0 to %d hidden layers, not %d", EKL_MAX_AFFINE_LAYERS - 1,
                 (int) n_width - 2);
    return FALSE;
  }
  for (guint l = 0; l < n_width; l++) {
    if (width[l] < 1 || width[l] > MAX_WIDTH) {
      g_set_error (error, EKL_NUMERICS_ERROR, EKL_NUMERICS_ERROR_INVALID,
                   "Layer %u of the network has %u units; it must have from 1 to %d", l, width[l],
                   MAX_WIDTH);
      return FALSE;
    }
  }

  *self = (EklNetwork){ .n_layers = n_width - 1, .activation = activation, .output = output };
  for (guint l = 0; l < n_width; l++)
    self->width[l] = width[l];
  for (guint l = 0; l < self->n_layers; l++) {
    self->weight_offset[l] = offset;
    offset += (gsize) width[l + 1] * width[l];
    self->bias_offset[l] = offset;
    offset += width[l + 1];
  }
  self->n_parameters = offset;

  return TRUE;
}

/**
 * ekl_network_n_inputs:
 * @self: a network
 *
 * Returns: n, the number of features
 */
guint
ekl_network_n_inputs (const EklNetwork *self)
{
  return self->width[0];
}

/**
 * ekl_network_n_outputs:
 * @self: a network
 *
 * Returns: m, the number of outputs
 */
guint
ekl_network_n_outputs (const EklNetwork *self)
{
  return self->width[self->n_layers];
}

/**
 * ekl_network_name_parameter:
 * @self: a network
 * @index: into u, less than P
 *
 * Returns: (transfer full): what the parameter is, such as "W1(3,7)", the first layer's weight to
 * its unit 3 from input 7, or "b2(1)"; layers and units count from 1
 */
char *
ekl_network_name_parameter (const EklNetwork *self, gsize index)
{
  guint l = self->n_layers - 1;
  gsize place;

  g_return_val_if_fail (index < self->n_parameters, NULL);

  while (self->weight_offset[l] > index)
    l--;
  if (index >= self->bias_offset[l])
    return g_strdup_printf ("b%u(%" G_GSIZE_FORMAT ")", l + 1, index - self->bias_offset[l] + 1);
  place = index - self->weight_offset[l];
  return g_strdup_printf ("W%u(%" G_GSIZE_FORMAT ",%" G_GSIZE_FORMAT ")", l + 1,
                          place / self->width[l] + 1, place % self->width[l] + 1);
}

/* network.h - the shape of a multilayer perceptron and the order of its parameters
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EKL_MAX_AFFINE_LAYERS 16

typedef enum {
  EKL_ACTIVATION_TANH,
  EKL_ACTIVATION_RELU,
  EKL_ACTIVATION_SIGMOID,
  EKL_ACTIVATION_IDENTITY,
  EKL_ACTIVATION_STEP,
} EklActivation;

typedef enum {
  EKL_OUTPUT_IDENTITY,
  EKL_OUTPUT_SOFTMAX,
} EklOutput;

/**
 * EklNetwork: a plain value, copied freely.
 *
 * Equation [1]: z_0 = x, z_l = sigma(W_l z_{l-1} + b_l), an affine output layer, then the identity or
 * softmax. The flat parameter vector u, shape (P), holds for each layer W_l (n_l, n_{l-1}) row-major, then
 * b_l (n_l): the order of PyTorch's parameters_to_vector.
 */
typedef struct {
  guint n_layers;                              /* affine layers, at least 1 */
  guint width[EKL_MAX_AFFINE_LAYERS + 1];      /* width[0] inputs ... width[n_layers] outputs */
  EklActivation activation;
  EklOutput output;
  gsize weight_offset[EKL_MAX_AFFINE_LAYERS];  /* into u */
  gsize bias_offset[EKL_MAX_AFFINE_LAYERS];
  gsize n_parameters;                          /* P */
} EklNetwork;

gboolean ekl_network_init      (EklNetwork       *self,
                                const guint      *width,
                                guint             n_width,
                                EklActivation     activation,
                                EklOutput         output,
                                GError          **error);

guint    ekl_network_n_inputs  (const EklNetwork *self);
guint    ekl_network_n_outputs (const EklNetwork *self);
char    *ekl_network_name_parameter (const EklNetwork *self,
                                gsize             index);

G_END_DECLS

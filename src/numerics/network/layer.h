/* layer.h - the pieces of one layer: affine map, activation, softmax
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "network.h"
#include "real.h"

G_BEGIN_DECLS

void ekl_layer_affine        (guint          n_out,
                              guint          n_in,
                              guint          n_data,
                              const real    *weights,
                              const real    *biases,
                              const real    *input,
                              guint          input_ld,
                              real          *output,
                              guint          output_ld);
void ekl_layer_activate      (EklActivation  activation,
                              gsize          n,
                              real          *z);
void ekl_layer_backward      (EklActivation  activation,
                              gsize          n,
                              const real    *activated,
                              real          *delta);
void ekl_layer_softmax       (guint          n_out,
                              guint          n_data,
                              real          *logits,
                              guint          ld);

G_END_DECLS

/* batch.h - inputs and outputs of some data, as the kernels read them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "real.h"

G_BEGIN_DECLS

/**
 * EklBatch: a view of N data, not owning its arrays.
 *
 * Arrays are features x data: datum i of feature f is x[f * n_data + i]. A row is contiguous over the data, so
 * that bias, activation and softmax vectorise and a single output is one contiguous vector.
 */
typedef struct {
  guint n_inputs;
  guint n_outputs;
  guint n_data;
  const real *x; /* (n_inputs, n_data) */
  const real *y; /* (n_outputs, n_data); one-hot for classes; NULL where only outputs are wanted */
} EklBatch;

G_END_DECLS

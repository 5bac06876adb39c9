/* layer.c - the pieces of one layer: affine map, activation, softmax
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "layer.h"

#include "vector_math.h"
#include "vectorize.h"

/* Up to here a plain loop over the data beats the packing inside a matrix product. */
#define NARROW 4

/* output = one row of weights times the inputs, plus the bias. Four inputs a pass, added one after
 * the other, so that the output is fetched and stored less often. */
EKL_VECTORIZE
static void
narrow_row (guint n_in,
            guint n_data,
            const real *restrict weights,
            real bias,
            const real *restrict input,
            guint input_ld,
            real *restrict output)
{
  guint f = 0;

  for (guint i = 0; i < n_data; i++)
    output[i] = bias;
  for (; f + 4 <= n_in; f += 4) {
    const real *a = input + (gsize) f * input_ld, *b = a + input_ld, *c = b + input_ld,
               *d = c + input_ld;
    const real wa = weights[f], wb = weights[f + 1], wc = weights[f + 2], wd = weights[f + 3];

#pragma omp simd
    for (guint i = 0; i < n_data; i++)
      output[i] = output[i] + wa * a[i] + wb * b[i] + wc * c[i] + wd * d[i];
  }
  for (; f < n_in; f++) {
    const real *row = input + (gsize) f * input_ld;
    real w = weights[f];

#pragma omp simd
    for (guint i = 0; i < n_data; i++)
      output[i] += w * row[i];
  }
}

EKL_VECTORIZE
static void
fill_rows (guint n_rows, guint n_data, const real *restrict value, real *restrict output, guint ld)
{
  for (guint r = 0; r < n_rows; r++) {
    real *row = output + (gsize) r * ld;
    real v = value[r];

#pragma omp simd
    for (guint i = 0; i < n_data; i++)
      row[i] = v;
  }
}

/**
 * ekl_layer_affine:
 * @n_out: rows of the output
 * @n_in: rows of the input
 * @n_data: columns
 * @weights: shape (n_out, n_in)
 * @biases: shape (n_out)
 * @input: shape (n_in, n_data), rows @input_ld apart
 * @input_ld: distance of the input's rows
 * @output: (out): shape (n_out, n_data), rows @output_ld apart
 * @output_ld: distance of the output's rows
 *
 * output = weights input + biases.
 */
void
ekl_layer_affine (guint n_out,
                  guint n_in,
                  guint n_data,
                  const real *weights,
                  const real *biases,
                  const real *input,
                  guint input_ld,
                  real *output,
                  guint output_ld)
{
  if (n_out <= NARROW || n_in <= 2) {
    for (guint r = 0; r < n_out; r++)
      narrow_row (n_in, n_data, weights + (gsize) r * n_in, biases[r], input, input_ld,
                  output + (gsize) r * output_ld);
    return;
  }

  fill_rows (n_out, n_data, biases, output, output_ld);
  ekl_blas_gemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, (blasint) n_out, (blasint) n_data,
                 (blasint) n_in, 1, weights, (blasint) n_in, input, (blasint) input_ld, 1, output,
                 (blasint) output_ld);
}

EKL_VECTORIZE
static void
relu (gsize n, real *z)
{
  /* Written so that NaN stays NaN. */
  for (gsize i = 0; i < n; i++)
    z[i] = z[i] < 0 ? 0 : z[i];
}

EKL_VECTORIZE
static void
step (gsize n, real *z)
{
  for (gsize i = 0; i < n; i++)
    z[i] = z[i] > 0 ? 1 : 0;
}

/**
 * ekl_layer_activate:
 * @activation: sigma
 * @n: how many
 * @z: (inout): shape (n), replaced by sigma (z)
 *
 * Equation [1]. The step function is 1 where z > 0, else 0.
 */
void
ekl_layer_activate (EklActivation activation, gsize n, real *z)
{
  switch (activation) {
  case EKL_ACTIVATION_TANH:
    ekl_vector_tanh (n, z);
    break;
  case EKL_ACTIVATION_RELU:
    relu (n, z);
    break;
  case EKL_ACTIVATION_SIGMOID:
    ekl_vector_sigmoid (n, z);
    break;
  case EKL_ACTIVATION_STEP:
    step (n, z);
    break;
  case EKL_ACTIVATION_IDENTITY:
  default:
    break;
  }
}

EKL_VECTORIZE
static void
tanh_backward (gsize n, const real *restrict a, real *restrict delta)
{
  for (gsize i = 0; i < n; i++)
    delta[i] *= 1 - a[i] * a[i];
}

EKL_VECTORIZE
static void
sigmoid_backward (gsize n, const real *restrict a, real *restrict delta)
{
  for (gsize i = 0; i < n; i++)
    delta[i] *= a[i] * (1 - a[i]);
}

EKL_VECTORIZE
static void
relu_backward (gsize n, const real *restrict a, real *restrict delta)
{
  for (gsize i = 0; i < n; i++)
    delta[i] = a[i] > 0 ? delta[i] : 0;
}

/**
 * ekl_layer_backward:
 * @activation: sigma
 * @n: how many
 * @activated: shape (n), a = sigma (z)
 * @delta: (inout): shape (n), multiplied by sigma' (z)
 *
 * All derivatives follow from the activated values. The step function's is zero everywhere, and so
 * is what is left of
 * @delta: gradient descent cannot train a layer behind it.
 */
void
ekl_layer_backward (EklActivation activation, gsize n, const real *activated, real *delta)
{
  switch (activation) {
  case EKL_ACTIVATION_TANH:
    tanh_backward (n, activated, delta);
    break;
  case EKL_ACTIVATION_RELU:
    relu_backward (n, activated, delta);
    break;
  case EKL_ACTIVATION_SIGMOID:
    sigmoid_backward (n, activated, delta);
    break;
  case EKL_ACTIVATION_STEP:
    for (gsize i = 0; i < n; i++)
      delta[i] = 0;
    break;
  case EKL_ACTIVATION_IDENTITY:
  default:
    break;
  }
}

#define STRIP 64

/* The softmax of up to STRIP data, row by row so that each row is a vector loop. */
EKL_VECTORIZE
static void
softmax_strip (guint n_out, guint count, real *logits, guint ld)
{
  real highest[STRIP], sum[STRIP];

  for (guint i = 0; i < count; i++)
    highest[i] = logits[i];
  for (guint r = 1; r < n_out; r++)
    for (guint i = 0; i < count; i++)
      highest[i] = MAX (highest[i], logits[(gsize) r * ld + i]);
  for (guint i = 0; i < count; i++)
    sum[i] = 0;
  for (guint r = 0; r < n_out; r++) {
    real *row = logits + (gsize) r * ld;

    for (guint i = 0; i < count; i++)
      row[i] -= highest[i];
    ekl_vector_exp (count, row);
    for (guint i = 0; i < count; i++)
      sum[i] += row[i];
  }
  for (guint r = 0; r < n_out; r++)
    for (guint i = 0; i < count; i++)
      logits[(gsize) r * ld + i] /= sum[i];
}

/**
 * ekl_layer_softmax:
 * @n_out: classes
 * @n_data: columns
 * @logits: (inout): shape (n_out, n_data), rows @ld apart, replaced by the softmax of each column
 * @ld: distance of the rows
 *
 * The highest logit is taken off first, so that nothing overflows.
 */
void
ekl_layer_softmax (guint n_out, guint n_data, real *logits, guint ld)
{
  for (guint i = 0; i < n_data; i += STRIP)
    softmax_strip (n_out, MIN (STRIP, n_data - i), logits + i, ld);
}

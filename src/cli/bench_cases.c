/* bench_cases.c - the pieces of work that the command bench times
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Operations are counted as multiplications and additions of the matrix products in the formulas;
 * the triangular solve, softmax, activations and random numbers are in the time and not in the count.
 * With N data, P parameters (P_1 of the first layer), J particles, K = N m:
 *   a step: 2 N P J forward, and of [10] the cheaper form, as the program takes it:
 *     J x J: J^2 K for S (it is symmetric), 2 J^2 K for B, 2 J^2 P for the mixing; that B follows
 *     from S, so that the program does without its product, is a gain in speed and not in the count;
 *     K x K: K^2 J for the Gram matrix, 4 P J K for the gain and its use;
 *   an epoch: 2 N P forward, 2 N P for the gradient, 2 N (P - P_1) back to the hidden layers.
 */
#include "bench_cases.h"

#include "batches.h"
#include "gemm_round.h"
#include "gradient_descent.h"
#include "kalman_inversion.h"
#include "memory.h"
#include "philox.h"

#include <string.h>

#define SEED 1

static const EklBenchCase cases[] = {
  { "eki-boston-j100",
    "EKI step, 13-16-1, 404 rows, 100 particles",
    EKL_BENCH_STEP,
    3,
    { 13, 16, 1 },
    EKL_OUTPUT_IDENTITY,
    404,
    100,
    0 },
  { "eki-boston-j1000",
    "EKI step, 13-16-1, 404 rows, 1000 particles",
    EKL_BENCH_STEP,
    3,
    { 13, 16, 1 },
    EKL_OUTPUT_IDENTITY,
    404,
    1000,
    0 },
  { "eki-boston-deep-j100",
    "EKI step, 13-32-32-1, 404 rows, 100 particles",
    EKL_BENCH_STEP,
    4,
    { 13, 32, 32, 1 },
    EKL_OUTPUT_IDENTITY,
    404,
    100,
    0 },
  { "eki-boston-deep-j1000",
    "EKI step, 13-32-32-1, 404 rows, 1000 particles",
    EKL_BENCH_STEP,
    4,
    { 13, 32, 32, 1 },
    EKL_OUTPUT_IDENTITY,
    404,
    1000,
    0 },
  { "eki-fashion-j100",
    "EKI step, 784-32-10 with softmax, 500 rows, 100 particles",
    EKL_BENCH_STEP,
    3,
    { 784, 32, 10 },
    EKL_OUTPUT_SOFTMAX,
    500,
    100,
    0 },
  { "eki-fashion-j1000",
    "EKI step, 784-32-10 with softmax, 500 rows, 1000 particles",
    EKL_BENCH_STEP,
    3,
    { 784, 32, 10 },
    EKL_OUTPUT_SOFTMAX,
    500,
    1000,
    0 },
  { "sgd-epoch-boston-b32",
    "Gradient descent, an epoch, 13-16-1, 404 rows in batches of 32",
    EKL_BENCH_EPOCH,
    3,
    { 13, 16, 1 },
    EKL_OUTPUT_IDENTITY,
    404,
    0,
    32 },
  { "sgd-epoch-fashion-b100",
    "Gradient descent, an epoch, 784-32-10 with softmax, 60 000 rows in batches of 100",
    EKL_BENCH_EPOCH,
    3,
    { 784, 32, 10 },
    EKL_OUTPUT_SOFTMAX,
    60000,
    0,
    100 },
};

struct _EklBenchWork {
  const EklBenchCase *bench_case;
  EklNetwork network;
  EklBatch data; /* random; its arrays are owned */
  EklGemmRound *round;
  EklInversion *inversion;
  EklDescent *descent;
  EklBatches *batches;
  double flops;
};

/**
 * ekl_bench_cases_list:
 * @n: (out): how many there are
 *
 * Returns: (array length=n): the cases, in the order in which they are run
 */
const EklBenchCase *
ekl_bench_cases_list (guint *n)
{
  *n = G_N_ELEMENTS (cases);
  return cases;
}

/**
 * ekl_bench_cases_find:
 * @name: a name
 *
 * Returns: (nullable): the case of that name
 */
const EklBenchCase *
ekl_bench_cases_find (const char *name)
{
  for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
    if (strcmp (cases[k].name, name) == 0)
      return &cases[k];

  return NULL;
}

/**
 * ekl_bench_cases_to_text:
 *
 * Returns: (transfer full): all names, with commas between them
 */
char *
ekl_bench_cases_to_text (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
    g_string_append_printf (text, "%s%s", k > 0 ? ", " : "", cases[k].name);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* (n_features, n) of standard normal numbers; one-hot classes in turn where asked for. */
static real *
make_array (guint n_features, guint n, EklStream stream, gboolean one_hot, GError **error)
{
  real *values = ekl_memory_new ((gsize) n_features * n, sizeof (real), "the random data", error);

  if (values == NULL)
    return NULL;
  memset (values, 0, (gsize) n_features * n * sizeof (real));
  if (one_hot)
    for (guint i = 0; i < n; i++)
      values[(gsize) (i % n_features) * n + i] = 1;
  else
    for (guint f = 0; f < n_features; f++)
      ekl_random_add_normals (SEED, stream, 0, f, n, 1, values + (gsize) f * n);
  return values;
}

static gboolean
make_data (EklBenchWork *self, GError **error)
{
  const EklBenchCase *c = self->bench_case;

  self->data.n_data = c->n_data;
  self->data.n_inputs = ekl_network_n_inputs (&self->network);
  self->data.n_outputs = ekl_network_n_outputs (&self->network);
  self->data.x = make_array (self->data.n_inputs, c->n_data, EKL_STREAM_DATA, FALSE, error);
  if (self->data.x == NULL)
    return FALSE;
  self->data.y = make_array (self->data.n_outputs, c->n_data, EKL_STREAM_OBSERVATION_NOISE,
                             c->output == EKL_OUTPUT_SOFTMAX, error);
  return self->data.y != NULL;
}

static EklPrior
get_prior (void)
{
  return (EklPrior){ .weight_std = 1, .bias_std = 0.1 };
}

/* Which form of [10] a step of this shape takes. */
static gboolean
find_form (const EklBenchWork *self, gboolean *in_data_space, GError **error)
{
  guint k = self->data.n_data * self->data.n_outputs;
  g_autoptr (EklKalmanUpdate) update = ekl_kalman_update_new (
    &self->network, EKL_FORM_KALMAN, self->bench_case->ensemble_size, k, 1, error);

  if (update == NULL)
    return FALSE;
  *in_data_space = ekl_kalman_update_in_data_space (update);
  return TRUE;
}

static gboolean
start_step (EklBenchWork *self, guint n_threads, GError **error)
{
  const double n = self->data.n_data, p = (double) self->network.n_parameters;
  const double j = self->bench_case->ensemble_size, k = n * self->data.n_outputs;
  const EklPrior prior = get_prior ();
  g_autoptr (EklEnsemble) start = NULL;
  gboolean in_data_space;

  if (!find_form (self, &in_data_space, error) ||
      (start = ekl_ensemble_new (&self->network, self->bench_case->ensemble_size, error)) == NULL)
    return FALSE;
  self->flops =
    2 * n * p * j + (in_data_space ? k * k * j + 4 * p * j * k : j * j * (3 * k + 2 * p));
  ekl_prior_fill (&prior, SEED, 0, start);
  self->inversion = ekl_inversion_new (start, self->data.n_data, n_threads, error);
  return self->inversion != NULL;
}

static gboolean
start_epoch (EklBenchWork *self, guint n_threads, GError **error)
{
  const double n = self->data.n_data, p = (double) self->network.n_parameters;
  const guint *width = self->network.width;
  const EklPrior prior = get_prior ();
  g_autofree real *u = g_new (real, self->network.n_parameters);

  self->flops = n * (6 * p - 2.0 * (width[0] + 1) * width[1]);
  ekl_prior_draw (&prior, &self->network, SEED, 0, u);
  self->batches = ekl_batches_new (&self->data, self->bench_case->batch_size, SEED, error);
  if (self->batches == NULL)
    return FALSE;
  self->descent =
    ekl_descent_new (&self->network, u, self->bench_case->batch_size, n_threads, error);
  return self->descent != NULL;
}

/**
 * ekl_bench_work_new:
 * @bench_case: (nullable): what to time, with random data of its shape; %NULL: matrix products on
 *   every core
 * @n_threads: threads to use
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): work that can be done again and again, or %NULL with
 *   %EKL_NUMERICS_ERROR_NO_MEMORY
 */
EklBenchWork *
ekl_bench_work_new (const EklBenchCase *bench_case, guint n_threads, GError **error)
{
  g_autoptr (EklBenchWork) self = g_new0 (EklBenchWork, 1);

  if (bench_case == NULL) {
    self->round = ekl_gemm_round_new (n_threads, error);
    if (self->round == NULL)
      return NULL;
    self->flops = ekl_gemm_round_get_flops (self->round);
    return g_steal_pointer (&self);
  }

  self->bench_case = bench_case;
  if (!ekl_network_init (&self->network, bench_case->width, bench_case->n_width,
                         EKL_ACTIVATION_TANH, bench_case->output, error) ||
      !make_data (self, error) ||
      !(bench_case->kind == EKL_BENCH_STEP ? start_step (self, n_threads, error)
                                           : start_epoch (self, n_threads, error)))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * ekl_bench_work_free:
 * @self: (nullable): some work
 */
void
ekl_bench_work_free (EklBenchWork *self)
{
  if (self == NULL)
    return;
  ekl_gemm_round_free (self->round);
  ekl_inversion_free (self->inversion);
  ekl_descent_free (self->descent);
  ekl_batches_free (self->batches);
  ekl_memory_free ((real *) self->data.x);
  ekl_memory_free ((real *) self->data.y);
  g_free (self);
}

static gboolean
run_step (EklBenchWork *self)
{
  const EklInversionSettings settings = {
    .form = EKL_FORM_KALMAN,
    .step_rule = EKL_STEP_RULE_FIXED,
    .step_size = 1,
    .noise_std = self->bench_case->output == EKL_OUTPUT_SOFTMAX ? 0.1 : 0.3,
    .perturb_observations = TRUE,
    .prior = get_prior (),
    .seed = SEED,
  };

  return ekl_inversion_step (self->inversion, &settings, &self->data, self->data.n_data);
}

static gboolean
run_epoch (EklBenchWork *self)
{
  const guint size = self->bench_case->batch_size, n = self->data.n_data;
  const EklDescentSettings settings = {
    .loss =
      self->bench_case->output == EKL_OUTPUT_SOFTMAX ? EKL_LOSS_CROSS_ENTROPY : EKL_LOSS_SQUARED,
    .learning_rate = 0.01,
  };

  for (guint k = 0; k < (n + size - 1) / size; k++)
    if (!ekl_descent_step (self->descent, &settings, ekl_batches_next (self->batches), n))
      return FALSE;
  return TRUE;
}

/**
 * ekl_bench_work_run:
 * @self: some work
 *
 * Does it once: a step, an epoch with the gathering of its batches, or a round of matrix products.
 *
 * Returns: %FALSE where it could not be done, as its numbers have become infinite
 */
gboolean
ekl_bench_work_run (EklBenchWork *self)
{
  if (self->inversion != NULL)
    return run_step (self);
  if (self->descent != NULL)
    return run_epoch (self);

  ekl_gemm_round_run (self->round);
  return TRUE;
}

/**
 * ekl_bench_work_get_flops:
 * @self: some work
 *
 * Returns: floating-point operations of one ekl_bench_work_run(), counted as this file's head says
 */
double
ekl_bench_work_get_flops (const EklBenchWork *self)
{
  return self->flops;
}

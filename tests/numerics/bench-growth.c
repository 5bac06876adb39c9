/* bench-growth.c - what a step costs with twice the data, the parameters or the particles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row a shape and what is doubled: both medians in milliseconds, of steps that take turns, and
 * their ratio. Twice the data or the parameters should take twice the time at most, twice the
 * particles four times. Then a row a shape: how much memory an inversion holds when it has taken
 * steps, beside what it is said to want and beside two ensembles.
 */
#include "cpu.h"
#include "kalman_inversion.h"
#include "philox.h"
#include "quantiles.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#define SEED        1
#define LEAST_TURNS 7
#define SECONDS     1.5

typedef struct {
  guint n_width;
  guint width[4];
  guint n_data;
  guint size;
} Shape;

typedef struct {
  const char *name;
  Shape shape, twice;
} Pair;

static const Pair pairs[] = {
  { "784-32-10 N=500 J=100, N",
    { 3, { 784, 32, 10 }, 500, 100 },
    { 3, { 784, 32, 10 }, 1000, 100 } },
  { "784-32-10 N=500 J=100, P",
    { 3, { 784, 32, 10 }, 500, 100 },
    { 3, { 784, 64, 10 }, 500, 100 } },
  { "784-32-10 N=500 J=100, J",
    { 3, { 784, 32, 10 }, 500, 100 },
    { 3, { 784, 32, 10 }, 500, 200 } },
  { "784-32-10 N=500 J=500, N",
    { 3, { 784, 32, 10 }, 500, 500 },
    { 3, { 784, 32, 10 }, 1000, 500 } },
  { "784-32-10 N=500 J=500, P",
    { 3, { 784, 32, 10 }, 500, 500 },
    { 3, { 784, 64, 10 }, 500, 500 } },
  { "784-32-10 N=500 J=500, J",
    { 3, { 784, 32, 10 }, 500, 500 },
    { 3, { 784, 32, 10 }, 500, 1000 } },
  { "13-32-32-1 N=404 J=500, N",
    { 4, { 13, 32, 32, 1 }, 404, 500 },
    { 4, { 13, 32, 32, 1 }, 808, 500 } },
  { "13-32-32-1 N=404 J=500, P",
    { 4, { 13, 32, 32, 1 }, 404, 500 },
    { 4, { 13, 48, 48, 1 }, 404, 500 } },
  { "13-32-32-1 N=404 J=500, J",
    { 4, { 13, 32, 32, 1 }, 404, 500 },
    { 4, { 13, 32, 32, 1 }, 404, 1000 } },
  { "13-32-32-1 N=404 J=1000, N",
    { 4, { 13, 32, 32, 1 }, 404, 1000 },
    { 4, { 13, 32, 32, 1 }, 808, 1000 } },
  { "13-32-32-1 N=404 J=1000, P",
    { 4, { 13, 32, 32, 1 }, 404, 1000 },
    { 4, { 13, 48, 48, 1 }, 404, 1000 } },
  { "13-32-32-1 N=404 J=1000, J",
    { 4, { 13, 32, 32, 1 }, 404, 1000 },
    { 4, { 13, 32, 32, 1 }, 404, 2000 } },
};

static const struct {
  const char *name;
  Shape shape;
} memories[] = {
  { "784-32-10 N=500 J=200", { 3, { 784, 32, 10 }, 500, 200 } },
  { "784-32-10 N=500 J=1000", { 3, { 784, 32, 10 }, 500, 1000 } },
  { "784-32-10 N=60000 J=200", { 3, { 784, 32, 10 }, 60000, 200 } },
  { "13-32-32-1 N=404 J=1000", { 4, { 13, 32, 32, 1 }, 404, 1000 } },
};

/* A problem of random data, and an inversion of it. */
typedef struct {
  EklNetwork network;
  EklBatch batch;
  real *x, *y;
  EklInversion *inversion;
  double bytes; /* that the inversion holds after some steps */
} Problem;

static const EklInversionSettings *
get_settings (const Problem *self)
{
  static EklInversionSettings settings = {
    .form = EKL_FORM_KALMAN,
    .step_rule = EKL_STEP_RULE_FIXED,
    .step_size = 1,
    .perturb_observations = TRUE,
    .prior = { .weight_std = 1, .bias_std = 0.1 },
    .seed = SEED,
  };

  settings.noise_std = self->network.output == EKL_OUTPUT_SOFTMAX ? 0.1 : 0.3;
  return &settings;
}

static real *
make_array (guint n_rows, guint n, EklStream stream)
{
  real *values = g_new0 (real, (gsize) n_rows * n);

  for (guint f = 0; f < n_rows; f++)
    ekl_random_add_normals (SEED, stream, 0, f, n, 1, values + (gsize) f * n);
  return values;
}

static void
take_step (Problem *self)
{
  if (!ekl_inversion_step (self->inversion, get_settings (self), &self->batch, self->batch.n_data))
    g_error ("a step could not be taken");
}

static double
bytes_in_use (void)
{
  const struct mallinfo2 info = mallinfo2 ();

  return (double) info.uordblks + (double) info.hblkhd;
}

static Problem *
problem_new (const Shape *shape, guint n_threads)
{
  Problem *self = g_new0 (Problem, 1);
  const gboolean classes = shape->width[shape->n_width - 1] > 1;
  g_autoptr (GError) error = NULL;
  EklEnsemble *start;
  double before;

  if (!ekl_network_init (&self->network, shape->width, shape->n_width, EKL_ACTIVATION_TANH,
                         classes ? EKL_OUTPUT_SOFTMAX : EKL_OUTPUT_IDENTITY, &error))
    g_error ("%s", error->message);
  self->batch = (EklBatch){ shape->width[0], ekl_network_n_outputs (&self->network), shape->n_data,
                            NULL, NULL };
  self->batch.x = self->x = make_array (self->batch.n_inputs, shape->n_data, EKL_STREAM_DATA);
  self->batch.y = self->y =
    make_array (self->batch.n_outputs, shape->n_data, EKL_STREAM_OBSERVATION_NOISE);

  before = bytes_in_use ();
  start = ekl_ensemble_new (&self->network, shape->size, &error);
  if (start != NULL) {
    ekl_prior_fill (&get_settings (self)->prior, SEED, 0, start);
    self->inversion = ekl_inversion_new (start, shape->n_data, n_threads, &error);
    ekl_ensemble_free (start);
  }
  if (self->inversion == NULL)
    g_error ("%s", error->message);
  take_step (self);
  self->bytes = bytes_in_use () - before;
  return self;
}

static void
problem_free (Problem *self)
{
  ekl_inversion_free (self->inversion);
  g_free (self->x);
  g_free (self->y);
  g_free (self);
}

static double
milliseconds_of_step (Problem *problem)
{
  const gint64 start = g_get_monotonic_time ();

  take_step (problem);
  return (double) (g_get_monotonic_time () - start) / 1000;
}

static double
median (GArray *times)
{
  static const double middle = 0.5;
  double value;

  ekl_quantiles ((double *) times->data, times->len, &middle, 1, &value);
  return value;
}

/* In turns, so that whatever else the machine does hits both. */
static void
compare (const Pair *pair, guint n_threads)
{
  Problem *one = problem_new (&pair->shape, n_threads);
  Problem *two = problem_new (&pair->twice, n_threads);
  g_autoptr (GArray) of_one = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) of_two = g_array_new (FALSE, FALSE, sizeof (double));
  double a, b;

  for (gint64 start = g_get_monotonic_time ();
       of_one->len < LEAST_TURNS ||
       (double) (g_get_monotonic_time () - start) < SECONDS * G_USEC_PER_SEC;) {
    a = milliseconds_of_step (one);
    b = milliseconds_of_step (two);
    g_array_append_val (of_one, a);
    g_array_append_val (of_two, b);
  }
  a = median (of_one);
  b = median (of_two);
  g_print ("%-28s %9.3f %9.3f   x %.2f\n", pair->name, a, b, b / a);
  problem_free (one);
  problem_free (two);
}

static void
weigh (const char *name, const Shape *shape, guint n_threads)
{
  Problem *problem = problem_new (shape, n_threads);
  const double two = 2.0 * shape->size * (double) problem->network.n_parameters * sizeof (real);
  const double said = ekl_inversion_count_bytes (&problem->network, get_settings (problem),
                                                 shape->size, shape->n_data, 0, 0, n_threads);
  const double mib = 1 << 20;

  g_print ("%-28s holds %.1f MiB, said to want %.1f, of which two ensembles are %.1f\n", name,
           problem->bytes / mib, said / mib, two / mib);
  problem_free (problem);
}

int
main (int argc, char **argv)
{
  guint n_threads;

  ekl_cpu_setup (argc, argv);
  n_threads = ekl_cpu_threads (0);
  for (guint i = 0; i < G_N_ELEMENTS (memories); i++)
    weigh (memories[i].name, &memories[i].shape, n_threads);
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    compare (&pairs[i], n_threads);
  return 0;
}

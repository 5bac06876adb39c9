/* bench-views.c - what the pictures cost, against doing the same one particle at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plane-cases.h"
#include "plane_loss.h"
#include "predictions.h"
#include "quantiles.h"

#include <stdlib.h>

#define N_PARTICLES 1000
#define N_DATA      404
#define ROUNDS      5

typedef void (*Work) (gpointer data);

/* The best of a few rounds, in milliseconds. */
static double
milliseconds (Work work, gpointer data)
{
  double best = G_MAXDOUBLE;

  for (guint round = 0; round < ROUNDS; round++) {
    gint64 start = g_get_monotonic_time ();

    work (data);
    best = MIN (best, (double) (g_get_monotonic_time () - start) / 1000);
  }
  return best;
}

static void
compare (const char *name, Work naive, Work fast, gpointer data)
{
  double slow = naive != NULL ? milliseconds (naive, data) : 0, quick = milliseconds (fast, data);

  if (naive != NULL)
    g_print ("%-44s %9.2f ms, naive %9.2f ms, %.1f times\n", name, quick, slow, slow / quick);
  else
    g_print ("%-44s %9.2f ms\n", name, quick);
}

typedef struct {
  EklNetwork network;
  EklEnsemble *ensemble;
  EklParameterPath *mean, *descent;
  EklPlaneFit *fit;
  EklBatch batch;
} Scene;

static void
view_cb (gpointer data)
{
  Scene *scene = data;

  ekl_plane_free (ekl_plane_fit_view (scene->fit, scene->ensemble, scene->mean, scene->descent));
}

static void
view_naive_cb (gpointer data)
{
  Scene *scene = data;
  g_autofree real *u = g_new (real, scene->network.n_parameters);
  const EklParameterPath *path[2] = { scene->mean, scene->descent };
  double distance, sum = 0;

  for (guint j = 0; j < N_PARTICLES; j++) {
    ekl_ensemble_get_particle (scene->ensemble, j, u);
    sum += ekl_plane_fit_project (scene->fit, u, &distance).x + distance;
  }
  for (guint k = 0; k < 2; k++)
    for (guint i = 0; i < ekl_parameter_path_get_length (path[k]); i++)
      sum += ekl_plane_fit_project (scene->fit, ekl_parameter_path_get_point (path[k], i, NULL),
                                    &distance)
               .x;
  g_assert_true (sum == sum);
}

static void
refit_cb (gpointer data)
{
  Scene *scene = data;
  g_autoptr (EklPlaneFit) fit =
    ekl_plane_fit_new (&scene->network, ekl_parameter_path_get_point (scene->mean, 0, NULL), 1);

  ekl_plane_fit_update (fit, scene->mean, scene->descent);
}

static void
check_cb (gpointer data)
{
  Scene *scene = data;

  ekl_plane_fit_update (scene->fit, scene->mean, scene->descent);
}

#define GRID 33

static void
loss_cb (gpointer data)
{
  Scene *scene = data;
  g_autoptr (EklField) field = ekl_field_new (GRID, GRID, -1, 1, -1, 1);
  g_autoptr (EklPlaneLoss) loss =
    ekl_plane_loss_new (scene->fit, &scene->batch, EKL_LOSS_SQUARED, 0, 1);

  for (guint row = 0; row < GRID; row++)
    ekl_plane_loss_fill_row (loss, field, row);
}

static void
loss_naive_cb (gpointer data)
{
  Scene *scene = data;
  g_autoptr (EklForward) forward = ekl_forward_new (&scene->network, N_DATA, 1, NULL);
  g_autofree real *u = g_new (real, scene->network.n_parameters);
  g_autofree real *g = g_new (real, scene->batch.n_outputs * N_DATA);
  double sum = 0;

  for (guint k = 0; k < GRID * GRID; k++) {
    ekl_plane_fit_lift (scene->fit, (EklPoint){ k % GRID, k / GRID }, u);
    ekl_forward_vector (forward, u, &scene->batch, EKL_APPLY_OUTPUT, g);
    sum += ekl_loss (EKL_LOSS_SQUARED, &scene->batch, g);
  }
  g_assert_true (sum == sum);
}

static void
fill_batch (Scene *scene, real *values, guint n_inputs, guint n_outputs)
{
  for (gsize i = 0; i < (gsize) (n_inputs + n_outputs) * N_DATA; i++)
    values[i] = (real) g_test_rand_double ();
  scene->batch = (EklBatch){ n_inputs, n_outputs, N_DATA, values, values + n_inputs * N_DATA };
}

static void
bench_plane (const char *name, guint n_inputs, guint n_hidden, guint n_outputs)
{
  Scene scene = { .network = case_network (n_inputs, n_hidden, n_outputs) };
  gsize n = scene.network.n_parameters;
  g_autoptr (Mover) a = mover_new (n, .1), b = mover_new (n, .1);
  g_autofree real *u = g_new (real, n);
  g_autofree real *values = g_new (real, (gsize) (n_inputs + n_outputs) * N_DATA);

  fill_batch (&scene, values, n_inputs, n_outputs);
  g_print ("%s: P = %" G_GSIZE_FORMAT ", J = %u\n", name, n, N_PARTICLES);
  scene.mean = ekl_parameter_path_new (n, 256);
  scene.descent = ekl_parameter_path_new (n, 256);
  for (guint step = 0; step < 200; step++) {
    mover_step (a, step, scene.mean);
    mover_step (b, step, scene.descent);
  }
  scene.ensemble = ekl_ensemble_new (&scene.network, N_PARTICLES, NULL);
  for (guint j = 0; j < N_PARTICLES; j++) {
    for (gsize i = 0; i < n; i++)
      u[i] = (real) g_test_rand_double ();
    ekl_ensemble_set_particle (scene.ensemble, j, u);
  }
  scene.fit =
    ekl_plane_fit_new (&scene.network, ekl_parameter_path_get_point (scene.mean, 0, NULL), 1);

  compare ("plane: a new fit, 2 x 200 points", NULL, refit_cb, &scene);
  compare ("plane: looking whether a fit is due", NULL, check_cb, &scene);
  compare ("plane: a view", view_naive_cb, view_cb, &scene);
  compare ("plane: the loss at 33 x 33 points", loss_naive_cb, loss_cb, &scene);
  ekl_plane_fit_free (scene.fit);
  ekl_ensemble_free (scene.ensemble);
  ekl_parameter_path_free (scene.mean);
  ekl_parameter_path_free (scene.descent);
}

typedef struct {
  double *values; /* (N_DATA, N_PARTICLES) */
  double *scratch;
} Columns;

static int
compare_cb (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
quantiles_cb (gpointer data)
{
  Columns *columns = data;
  double q[3];

  for (guint i = 0; i < N_DATA; i++) {
    for (guint j = 0; j < N_PARTICLES; j++)
      columns->scratch[j] = columns->values[i * N_PARTICLES + j];
    ekl_quantiles (columns->scratch, N_PARTICLES, (double[]){ .1, .5, .9 }, 3, q);
  }
}

static void
quantiles_naive_cb (gpointer data)
{
  Columns *columns = data;

  for (guint i = 0; i < N_DATA; i++) {
    for (guint j = 0; j < N_PARTICLES; j++)
      columns->scratch[j] = columns->values[i * N_PARTICLES + j];
    qsort (columns->scratch, N_PARTICLES, sizeof (double), compare_cb);
  }
}

static void
bench_quantiles (void)
{
  g_autofree double *values = g_new (double, N_DATA *N_PARTICLES);
  g_autofree double *scratch = g_new (double, N_PARTICLES);
  Columns columns = { values, scratch };

  for (gsize i = 0; i < N_DATA * N_PARTICLES; i++)
    values[i] = g_test_rand_double ();
  g_print ("%u data, %u particles\n", N_DATA, N_PARTICLES);
  compare ("quantiles", quantiles_naive_cb, quantiles_cb, &columns);
}

typedef struct {
  EklPredictionsSource source;
  EklForward *forward;
} Question;

static void
predictions_cb (gpointer data)
{
  Question *question = data;

  ekl_predictions_free (
    ekl_predictions_new (&question->source, question->forward, N_PARTICLES, NULL));
}

static void
bench_predictions (guint n_inputs)
{
  EklNetwork network = case_network (n_inputs, 16, 1);
  g_autoptr (EklEnsemble) ensemble = ekl_ensemble_new (&network, N_PARTICLES, NULL);
  g_autoptr (EklForward) forward = ekl_forward_new (&network, N_DATA, 1, NULL);
  g_autofree real *x = g_new (real, (n_inputs + 1) * N_DATA);
  g_autofree real *u = g_new (real, network.n_parameters);
  g_autofree EklUnit *units = g_new (EklUnit, n_inputs);
  EklBatch training = { n_inputs, 1, N_DATA, x, x + n_inputs * N_DATA };
  Question question = { { &training, NULL, units, units, 0, ensemble, u }, forward };
  g_autofree char *name = g_strdup_printf ("predictions, %u inputs", n_inputs);

  for (guint f = 0; f < n_inputs; f++)
    units[f] = (EklUnit){ "x", 0, 1 };
  for (gsize i = 0; i < (n_inputs + 1) * N_DATA; i++)
    x[i] = (real) g_test_rand_double ();
  for (guint j = 0; j < N_PARTICLES; j++) {
    for (gsize i = 0; i < network.n_parameters; i++)
      u[i] = (real) g_test_rand_double ();
    ekl_ensemble_set_particle (ensemble, j, u);
  }
  compare (name, NULL, predictions_cb, &question);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  openblas_set_num_threads (1);
  bench_plane ("Boston, 13-16-1", 13, 16, 1);
  bench_plane ("images, 784-32-10", 784, 32, 10);
  bench_quantiles ();
  bench_predictions (1);
  bench_predictions (2);
  bench_predictions (13);
  return 0;
}

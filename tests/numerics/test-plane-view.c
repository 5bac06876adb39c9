/* test-plane-view.c - what is seen in the plane, against one particle at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "parameter_plane.h"

#include "plane-cases.h"

#include <math.h>
#include <omp.h>
#include <string.h>

#define N_PARTICLES 101

/* A blob of particles off the plane, and two paths. */
typedef struct {
  EklNetwork network;
  EklEnsemble *ensemble;
  EklParameterPath *mean, *descent;
  EklPlaneFit *fit;
} Scene;

static Scene
scene_new (guint n_inputs, guint n_hidden, guint n_outputs)
{
  Scene scene = { .network = case_network (n_inputs, n_hidden, n_outputs) };
  gsize n = scene.network.n_parameters;
  g_autoptr (Mover) a = mover_new (n, .2), b = mover_new (n, .2);
  g_autofree real *u = g_new (real, n);
  guint last;

  scene.mean = ekl_parameter_path_new (n, 16);
  scene.descent = ekl_parameter_path_new (n, 16);
  for (guint step = 0; step < 40; step++) {
    mover_step (a, step, scene.mean);
    mover_step (b, step, scene.descent);
  }
  scene.fit =
    ekl_plane_fit_new (&scene.network, ekl_parameter_path_get_point (scene.mean, 0, NULL), 11);
  g_assert_true (ekl_plane_fit_update (scene.fit, scene.mean, scene.descent));

  scene.ensemble = ekl_ensemble_new (&scene.network, N_PARTICLES, NULL);
  last = ekl_parameter_path_get_length (scene.mean) - 1;
  for (guint j = 0; j < N_PARTICLES; j++) {
    for (gsize i = 0; i < n; i++)
      u[i] =
        ekl_parameter_path_get_point (scene.mean, last, NULL)[i] + (real) (.3 * case_normal ());
    ekl_ensemble_set_particle (scene.ensemble, j, u);
  }
  return scene;
}

static void
scene_clear (Scene *scene)
{
  ekl_ensemble_free (scene->ensemble);
  ekl_parameter_path_free (scene->mean);
  ekl_parameter_path_free (scene->descent);
  ekl_plane_fit_free (scene->fit);
}

/* Sets one value of a particle. */
static void
spoil (Scene *scene, guint particle, gsize parameter, double value)
{
  g_autofree real *u = g_new (real, scene->network.n_parameters);

  ekl_ensemble_get_particle (scene->ensemble, particle, u);
  u[parameter] = (real) value;
  ekl_ensemble_set_particle (scene->ensemble, particle, u);
}

static gboolean
is_finite (const EklEnsemble *ensemble, guint particle, real *u)
{
  ekl_ensemble_get_particle (ensemble, particle, u);
  for (gsize i = 0; i < ekl_ensemble_get_network (ensemble)->n_parameters; i++)
    if (!isfinite (u[i]))
      return FALSE;
  return TRUE;
}

/* Variance of the finite particles about their mean, summed over the parameters. */
static double
total_variance (const EklEnsemble *ensemble)
{
  gsize n = ekl_ensemble_get_network (ensemble)->n_parameters;
  guint size = ekl_ensemble_get_size (ensemble), finite = 0;
  g_autofree real *u = g_new (real, n);
  g_autofree double *mean = g_new0 (double, n);
  double sum = 0;

  for (guint j = 0; j < size; j++)
    if (is_finite (ensemble, j, u)) {
      for (gsize i = 0; i < n; i++)
        mean[i] += (double) u[i];
      finite++;
    }
  for (guint j = 0; j < size; j++)
    if (is_finite (ensemble, j, u))
      for (gsize i = 0; i < n; i++)
        sum += pow ((double) u[i] - mean[i] / finite, 2);
  return sum / finite;
}

static void
assert_particles (const Scene *scene, const EklPlane *plane)
{
  g_autofree real *u = g_new (real, scene->network.n_parameters);
  double x = 0, y = 0, xx = 0, xy = 0, yy = 0, n = 0, share;

  g_assert_cmpuint (plane->n_particles, ==, N_PARTICLES);
  g_assert_null (plane->particle_loss);
  for (guint j = 0; j < N_PARTICLES; j++) {
    double distance;
    EklPoint p;

    if (!is_finite (scene->ensemble, j, u)) {
      g_assert_true (isnan (plane->particle[j].x) && isnan (plane->particle[j].y));
      g_assert_true (isnan (plane->particle_distance[j]));
      continue;
    }
    p = ekl_plane_fit_project (scene->fit, u, &distance);
    g_assert_cmpfloat_with_epsilon (plane->particle[j].x, p.x, 1e-10);
    g_assert_cmpfloat_with_epsilon (plane->particle[j].y, p.y, 1e-10);
    g_assert_cmpfloat_with_epsilon (plane->particle_distance[j], distance, 1e-6 * distance + 1e-7);
    n++;
    x += p.x;
    y += p.y;
    xx += p.x * p.x;
    xy += p.x * p.y;
    yy += p.y * p.y;
  }
  x /= n;
  y /= n;
  g_assert_cmpfloat_with_epsilon (plane->mean.x, x, 1e-10);
  g_assert_cmpfloat_with_epsilon (plane->mean.y, y, 1e-10);
  g_assert_cmpfloat_with_epsilon (plane->covariance[0], xx / n - x * x, 1e-9);
  g_assert_cmpfloat_with_epsilon (plane->covariance[1], xy / n - x * y, 1e-9);
  g_assert_cmpfloat_with_epsilon (plane->covariance[2], yy / n - y * y, 1e-9);
  share = (xx / n - x * x + yy / n - y * y) / total_variance (scene->ensemble);
  g_assert_cmpfloat_with_epsilon (plane->spread_share, share, 1e-9);
}

static void
assert_path (const Scene *scene,
             const EklParameterPath *path,
             guint n,
             const EklPoint *points,
             const guint64 *steps)
{
  g_assert_cmpuint (n, ==, ekl_parameter_path_get_length (path));
  for (guint k = 0; k < n; k++) {
    guint64 step;
    EklPoint p =
      ekl_plane_fit_project (scene->fit, ekl_parameter_path_get_point (path, k, &step), NULL);

    g_assert_cmpuint (steps[k], ==, step);
    g_assert_cmpfloat_with_epsilon (points[k].x, p.x, 1e-10);
    g_assert_cmpfloat_with_epsilon (points[k].y, p.y, 1e-10);
  }
}

static void
test_view (void)
{
  const guint widths[][3] = { { 1, 1, 1 },
                              { 3, 5, 2 },
                              { 60, 50, 3 } }; /* the last: several tiles */

  for (guint k = 0; k < G_N_ELEMENTS (widths); k++) {
    Scene scene = scene_new (widths[k][0], widths[k][1], widths[k][2]);
    gsize n = scene.network.n_parameters;

    for (guint spoilt = 0; spoilt < 3; spoilt++) {
      g_autoptr (EklPlane) plane =
        ekl_plane_fit_view (scene.fit, scene.ensemble, scene.mean, scene.descent);

      assert_particles (&scene, plane);
      assert_path (&scene, scene.mean, plane->n_mean_path, plane->mean_path, plane->mean_path_step);
      assert_path (&scene, scene.descent, plane->n_descent_path, plane->descent_path,
                   plane->descent_path_step);
      spoil (&scene, 0, n - 1, NAN);
      spoil (&scene, spoilt * 40 + 7, n / 2, spoilt == 0 ? INFINITY : -INFINITY);
    }
    scene_clear (&scene);
  }
}

static void
test_none_finite (void)
{
  Scene scene = scene_new (2, 3, 1);
  g_autoptr (EklPlane) plane = NULL;

  for (guint j = 0; j < N_PARTICLES; j++)
    spoil (&scene, j, j % scene.network.n_parameters, NAN);
  plane = ekl_plane_fit_view (scene.fit, scene.ensemble, NULL, NULL);
  g_assert_true (isnan (plane->particle[3].x) && isnan (plane->mean.x));
  g_assert_true (isnan (plane->spread_share) && isnan (plane->mean_share));
  g_assert_cmpfloat (plane->covariance[0], ==, 0);
  g_assert_cmpuint (plane->n_mean_path, ==, 0);
  scene_clear (&scene);
}

/* The same bits on any number of threads. */
static void
test_threads (void)
{
  Scene scene = scene_new (60, 50, 3);
  int before = omp_get_max_threads ();
  g_autoptr (EklPlane) first = NULL;

  g_assert_cmpuint (scene.network.n_parameters * N_PARTICLES, >, 1 << 18);
  for (int n_threads = 1; n_threads <= 5; n_threads += 2) {
    g_autoptr (EklPlane) plane = NULL;

    omp_set_num_threads (n_threads);
    plane = ekl_plane_fit_view (scene.fit, scene.ensemble, scene.mean, scene.descent);
    if (first == NULL)
      first = g_steal_pointer (&plane);
    else {
      g_assert_cmpmem (plane->particle, N_PARTICLES * sizeof (EklPoint), first->particle,
                       N_PARTICLES * sizeof (EklPoint));
      g_assert_cmpmem (plane->particle_distance, N_PARTICLES * sizeof (float),
                       first->particle_distance, N_PARTICLES * sizeof (float));
      g_assert_true (plane->spread_share == first->spread_share);
      g_assert_true (plane->descent_share == first->descent_share);
    }
  }
  omp_set_num_threads (before);
  scene_clear (&scene);
}

static void
test_copy (void)
{
  Scene scene = scene_new (2, 3, 1);
  g_autoptr (EklPlane) plane =
    ekl_plane_fit_view (scene.fit, scene.ensemble, scene.mean, scene.descent);
  g_autoptr (EklPlane) copy = NULL;
  EklPoint last;

  plane->loss = ekl_field_new (3, 2, 0, 1, 0, 1);
  plane->loss->value[5] = 42;
  plane->particle_loss = g_new0 (float, N_PARTICLES);
  plane->particle_loss[9] = 4;
  copy = ekl_plane_copy (plane);
  last = plane->descent_path[plane->n_descent_path - 1];
  ekl_plane_free (g_steal_pointer (&plane));

  assert_path (&scene, scene.mean, copy->n_mean_path, copy->mean_path, copy->mean_path_step);
  g_assert_true (copy->loss->value[5] == 42 && isnan (copy->loss->value[4]));
  g_assert_true (copy->particle_loss[9] == 4);
  g_assert_true (copy->descent_path[copy->n_descent_path - 1].x == last.x);
  g_assert_null (ekl_plane_copy (NULL));
  scene_clear (&scene);
}

static void
test_extent (void)
{
  Scene scene = scene_new (2, 3, 1);
  g_autoptr (EklPlane) plane = NULL;
  double x0, x1, y0, y1;

  spoil (&scene, 5, 1, 1e6); /* one that is far away */
  plane = ekl_plane_fit_view (scene.fit, scene.ensemble, scene.mean, scene.descent);
  ekl_plane_extent (plane, .1, &x0, &x1, &y0, &y1);
  g_assert_cmpfloat (x0, <, x1);
  g_assert_cmpfloat (y0, <, y1);
  g_assert_cmpfloat (MAX (x1 - x0, y1 - y0), <, 1e3);
  for (guint k = 0; k < plane->n_mean_path; k++) {
    g_assert_cmpfloat (plane->mean_path[k].x, >, x0);
    g_assert_cmpfloat (plane->mean_path[k].x, <, x1);
    g_assert_cmpfloat (plane->descent_path[k].y, >, y0);
    g_assert_cmpfloat (plane->descent_path[k].y, <, y1);
  }
  ekl_plane_free (g_steal_pointer (&plane));

  plane = ekl_plane_fit_view (scene.fit, NULL, NULL, NULL);
  ekl_plane_extent (plane, 0, &x0, &x1, &y0, &y1);
  g_assert_true (x0 == -1 && x1 == 1 && y0 == -1 && y1 == 1);
  scene_clear (&scene);
}

/* A path that went far away and came back does not make everything else a dot; one that only makes a
 * detour is seen whole, also in the past, with what was still to come. */
static void
test_excursion (void)
{
  for (guint far = 0; far < 2; far++) {
    Scene scene = scene_new (2, 3, 1);
    g_autoptr (EklPlane) plane = ekl_plane_fit_view (scene.fit, scene.ensemble, scene.mean, NULL);
    double x0, x1, y0, y1, width, middle;

    ekl_plane_extent (plane, 0, &x0, &x1, &y0, &y1);
    width = MAX (x1 - x0, y1 - y0);
    middle = plane->mean_path[1].y = y0 + (far ? 1e8 : 2) * width;
    ekl_plane_extent (plane, 0, &x0, &x1, &y0, &y1);
    g_assert_cmpfloat (MAX (x1 - x0, y1 - y0), <, 12 * width);
    g_assert_true ((y1 >= middle) == !far);
    ekl_plane_go_back (plane, plane->mean_path_step[0], plane->mean_path[0],
                       (EklPoint){ NAN, NAN });
    g_assert_cmpuint (plane->n_mean_path, ==, 1);
    ekl_plane_extent (plane, 0, &x0, &x1, &y0, &y1);
    g_assert_true ((y1 >= middle) == !far);
    scene_clear (&scene);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  openblas_set_num_threads (1);
  g_test_add_func ("/plane-view/view", test_view);
  g_test_add_func ("/plane-view/none-finite", test_none_finite);
  g_test_add_func ("/plane-view/threads", test_threads);
  g_test_add_func ("/plane-view/copy", test_copy);
  g_test_add_func ("/plane-view/extent", test_extent);
  g_test_add_func ("/plane-view/excursion", test_excursion);
  return g_test_run ();
}

/* test-plane-turn.c - the way from one plane to the next, and the trails in a plane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plane-cases.h"
#include "plane_trail.h"

#include <math.h>
#include <string.h>

#define N_PARTICLES 12

typedef struct {
  EklNetwork network;
  gsize n;
  EklPlaneFit *fit;
  EklEnsemble *ensemble;
  EklParameterPath *mean, *descent;
} Scene;

static void
fill_ensemble (Scene *self)
{
  g_autofree real *u = g_new (real, self->n);

  for (guint j = 0; j < N_PARTICLES; j++) {
    for (gsize i = 0; i < self->n; i++)
      u[i] = (real) case_normal ();
    ekl_ensemble_set_particle (self->ensemble, j, u);
  }
}

static void
scene_init (Scene *self)
{
  g_autoptr (Mover) a = NULL, b = NULL;

  self->network = case_network (3, 5, 2);
  self->n = self->network.n_parameters;
  self->mean = ekl_parameter_path_new (self->n, 64);
  self->descent = ekl_parameter_path_new (self->n, 64);
  a = mover_new (self->n, .1);
  b = mover_new (self->n, .1);
  for (guint step = 0; step < 30; step++) {
    mover_step (a, step, self->mean);
    mover_step (b, step, self->descent);
  }
  self->fit =
    ekl_plane_fit_new (&self->network, ekl_parameter_path_get_point (self->mean, 0, NULL), 3);
  self->ensemble = ekl_ensemble_new (&self->network, N_PARTICLES, NULL);
  fill_ensemble (self);
}

static void
scene_clear (Scene *self)
{
  ekl_plane_fit_free (self->fit);
  ekl_ensemble_free (self->ensemble);
  ekl_parameter_path_free (self->mean);
  ekl_parameter_path_free (self->descent);
}

static EklPlane *
look (const Scene *self, double turn)
{
  ekl_plane_fit_set_turn (self->fit, turn);
  return ekl_plane_fit_view (self->fit, self->ensemble, self->mean, self->descent);
}

static double
largest_move (const EklPlane *a, const EklPlane *b)
{
  double largest = 0;

  for (guint j = 0; j < N_PARTICLES; j++)
    largest = MAX (
      largest, hypot (a->particle[j].x - b->particle[j].x, a->particle[j].y - b->particle[j].y));
  return largest;
}

/* The way begins at the plane before, ends at the plane, and makes no jumps. */
static void
test_way (void)
{
  Scene scene;
  g_autoptr (EklPlane) before = NULL, last = NULL, after = NULL;

  scene_init (&scene);
  before = look (&scene, 1);
  g_assert_true (ekl_plane_fit_update (scene.fit, scene.mean, scene.descent));
  after = look (&scene, 1);
  g_assert_cmpfloat (after->turn, ==, 1);
  g_assert_cmpfloat (largest_move (before, after), >, .3);

  last = look (&scene, 0);
  g_assert_cmpfloat (last->turn, ==, 0);
  g_assert_cmpfloat (largest_move (before, last), <, 100 * ROUNDING);
  for (guint k = 1; k <= 40; k++) {
    EklPlane *next = look (&scene, k / 40.0);

    g_assert_cmpfloat (largest_move (last, next), <, .1 * largest_move (before, after) + .2);
    /* a projection to orthonormal directions makes nothing longer */
    for (guint j = 0; j < N_PARTICLES; j++)
      g_assert_false (isnan (next->particle_distance[j]));
    g_assert_cmpfloat (next->mean_share, <=, 1);
    ekl_plane_free (last);
    last = next;
  }
  g_assert_cmpfloat (largest_move (last, after), ==, 0);
  scene_clear (&scene);
}

/* Half way the directions are orthonormal, and as far from the one plane as from the other. */
static void
test_half_way (void)
{
  Scene scene;
  g_autofree real *u = NULL;
  double square = 0;

  scene_init (&scene);
  ekl_plane_fit_update (scene.fit, scene.mean, scene.descent);
  ekl_plane_fit_set_turn (scene.fit, .5);
  /* all unit vectors: their squares in the plane sum to its dimension */
  u = g_new (real, scene.n);
  for (gsize i = 0; i < scene.n; i++) {
    g_autoptr (EklPlane) plane = NULL;
    g_autofree real *origin =
      g_memdup2 (ekl_parameter_path_get_point (scene.mean, 0, NULL), scene.n * sizeof (real));

    origin[i] += 1;
    for (guint j = 0; j < N_PARTICLES; j++)
      ekl_ensemble_set_particle (scene.ensemble, j, origin);
    plane = ekl_plane_fit_view (scene.fit, scene.ensemble, NULL, NULL);
    square +=
      plane->particle[0].x * plane->particle[0].x + plane->particle[0].y * plane->particle[0].y;
    g_assert_cmpfloat_with_epsilon (
      plane->particle[0].x * plane->particle[0].x + plane->particle[0].y * plane->particle[0].y +
        (double) plane->particle_distance[0] * (double) plane->particle_distance[0],
      1, 1e-6); /* distances are kept in single precision */
  }
  g_assert_cmpfloat_with_epsilon (square, 2, 100 * ROUNDING);
  scene_clear (&scene);
}

/* A change in the middle of a turn goes on from what is shown. */
static void
test_change_of_mind (void)
{
  Scene scene;
  g_autoptr (EklPlane) shown = NULL, from = NULL;

  scene_init (&scene);
  ekl_plane_fit_update (scene.fit, scene.mean, scene.descent);
  shown = look (&scene, .3);
  ekl_plane_fit_set_basis (scene.fit, EKL_PLANE_BASIS_PARAMETERS, 2, 9);
  from = look (&scene, 0);
  g_assert_cmpfloat (largest_move (shown, from), <, 100 * ROUNDING);
  g_assert_cmpuint (from->basis_version, ==, shown->basis_version + 1);
  scene_clear (&scene);
}

static const EklPoint *
line_of (const EklPlane *plane, guint particle)
{
  for (guint k = 0; k < plane->n_trails; k++)
    if (plane->trail_particle[k] == particle)
      return plane->trail + k * plane->n_trail_points;
  return NULL;
}

/* A trail has the last places, in their order; the newest is where the particle is. */
static void
test_trail (void)
{
  g_autoptr (EklPlaneTrail) trail = ekl_plane_trail_new (4, 5);
  EklPoint place[8];
  Scene scene;

  scene_init (&scene);
  for (guint step = 0; step < 8; step++) {
    g_autoptr (EklPlane) plane = NULL;
    const EklPoint *line;

    fill_ensemble (&scene);
    ekl_plane_trail_add (trail, scene.fit, scene.ensemble, step);
    ekl_plane_trail_add (trail, scene.fit, scene.ensemble, step); /* no second one of that step */
    plane = look (&scene, 1);
    ekl_plane_trail_fill (trail, plane);
    place[step] = plane->particle[3];
    if (step == 0) {
      g_assert_null (plane->trail);
      continue;
    }
    g_assert_cmpuint (plane->n_trails, ==, 4); /* 0, 3, 6, 9 */
    line = line_of (plane, 3);
    for (guint i = 0; i < 4; i++) {
      if (i + step < 3)
        g_assert_true (isnan (line[i].x));
      else
        g_assert_cmpfloat_with_epsilon (line[i].x, place[step + i - 3].x, 100 * ROUNDING);
    }
  }
  scene_clear (&scene);
}

/* Preferred particles are among the lines; with another plane they begin anew. */
static void
test_trail_of_some (void)
{
  g_autoptr (EklPlaneTrail) trail = ekl_plane_trail_new (4, 3);
  const guint preferred[2] = { 7, 11 };
  Scene scene;

  scene_init (&scene);
  ekl_plane_trail_prefer (trail, preferred, 2);
  for (guint step = 0; step < 3; step++) {
    g_autoptr (EklPlane) plane = NULL;

    if (step == 2)
      ekl_plane_fit_update (scene.fit, scene.mean, scene.descent);
    ekl_plane_trail_add (trail, scene.fit, scene.ensemble, step);
    plane = look (&scene, 1);
    ekl_plane_trail_fill (trail, plane);
    if (step == 1) {
      g_autoptr (EklPlane) copy = ekl_plane_copy (plane);

      g_assert_cmpuint (copy->n_trails, ==, 3);
      g_assert_nonnull (line_of (copy, 0));
      g_assert_nonnull (line_of (copy, 7));
      g_assert_nonnull (line_of (copy, 11));
    } else {
      g_assert_cmpuint (plane->n_trails, ==, 0);
    }
  }
  scene_clear (&scene);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  openblas_set_num_threads (1);

  g_test_add_func ("/plane-turn/way", test_way);
  g_test_add_func ("/plane-turn/half-way", test_half_way);
  g_test_add_func ("/plane-turn/change-of-mind", test_change_of_mind);
  g_test_add_func ("/plane-trail/places", test_trail);
  g_test_add_func ("/plane-trail/some", test_trail_of_some);

  return g_test_run ();
}

/* test-parameter-plane.c - the plane's directions: the best ones, kept, and never flipped
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "parameter_plane.h"

#include "plane-cases.h"

#include <math.h>
#include <string.h>

/* Eigenvalues of a symmetric matrix by Jacobi's rotations, largest first. */
static void
jacobi (double *a, gsize n, double *value)
{
  for (guint sweep = 0; sweep < 60; sweep++)
    for (gsize p = 0; p < n; p++)
      for (gsize q = p + 1; q < n; q++) {
        double theta, t, c, s;

        if (fabs (a[p * n + q]) < 1e-300)
          continue;
        theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
        t = (theta >= 0 ? 1 : -1) / (fabs (theta) + sqrt (theta * theta + 1));
        c = 1 / sqrt (t * t + 1);
        s = t * c;
        for (gsize k = 0; k < n; k++) {
          double kp = a[k * n + p], kq = a[k * n + q];

          a[k * n + p] = c * kp - s * kq;
          a[k * n + q] = s * kp + c * kq;
        }
        for (gsize k = 0; k < n; k++) {
          double pk = a[p * n + k], qk = a[q * n + k];

          a[p * n + k] = c * pk - s * qk;
          a[q * n + k] = s * pk + c * qk;
        }
      }
  for (gsize i = 0; i < n; i++)
    value[i] = a[i * n + i];
  for (gsize i = 0; i < n; i++)
    for (gsize k = i + 1; k < n; k++)
      if (value[k] > value[i]) {
        double other = value[i];

        value[i] = value[k];
        value[k] = other;
      }
}

/* Adds the path's displacements, of total square one, to the P x P matrix of second moments. */
static void
add_moments (const EklParameterPath *path, gsize n, double *moments)
{
  guint length = ekl_parameter_path_get_length (path);
  const real *start = ekl_parameter_path_get_point (path, 0, NULL);
  g_autofree double *d = g_new (double, n);
  double energy = 0;

  for (guint pass = 0; pass < 2; pass++)
    for (guint k = 1; k < length; k++) {
      const real *u = ekl_parameter_path_get_point (path, k, NULL);

      for (gsize i = 0; i < n; i++)
        d[i] = (double) u[i] - (double) start[i];
      if (pass == 0)
        energy += case_dot (d, d, n);
      for (gsize i = 0; pass == 1 && i < n * n; i++)
        moments[i] += d[i / n] * d[i % n] / energy;
    }
}

/* What the best plane and this one hold of both paths. */
static void
shares (const EklPlaneFit *fit,
        const EklParameterPath *mean,
        const EklParameterPath *descent,
        gsize n,
        double *best,
        double *held)
{
  g_autofree double *moments = g_new0 (double, n *n);
  g_autofree double *value = g_new (double, n);
  g_autofree double *e = case_directions (fit, n);
  double n_paths = (mean != NULL) + (descent != NULL);

  if (mean != NULL)
    add_moments (mean, n, moments);
  if (descent != NULL)
    add_moments (descent, n, moments);
  *held = 0;
  for (guint k = 0; k < 2; k++)
    for (gsize i = 0; i < n; i++)
      *held += e[k * n + i] * case_dot (moments + i * n, e + k * n, n) / n_paths;
  jacobi (moments, n, value);
  *best = (value[0] + value[1]) / n_paths;
}

static void
assert_orthonormal (const EklPlaneFit *fit, gsize n)
{
  g_autofree double *e = case_directions (fit, n);

  g_assert_cmpfloat_with_epsilon (case_dot (e, e, n), 1, ROUNDING);
  g_assert_cmpfloat_with_epsilon (case_dot (e + n, e + n, n), 1, ROUNDING);
  g_assert_cmpfloat_with_epsilon (case_dot (e, e + n, n), 0, ROUNDING);
}

static EklParameterPath *
walk (const Mover *mover, guint n_steps)
{
  EklParameterPath *path = ekl_parameter_path_new (mover->n, 256);

  for (guint step = 0; step <= n_steps; step++)
    mover_step (mover, step, path);
  return path;
}

/* At the first look the plane is the best there is, for one path and for both. */
static void
test_best (void)
{
  EklNetwork network = case_network (2, 4, 2);
  gsize n = network.n_parameters;

  for (guint trial = 0; trial < 12; trial++) {
    g_autoptr (Mover) a = mover_new (n, .4), b = mover_new (n, .4);
    g_autoptr (EklParameterPath) mean = walk (a, 60), descent = walk (b, 60);
    const EklParameterPath *m = trial % 3 == 1 ? NULL : mean, *d = trial % 3 == 2 ? NULL : descent;
    g_autoptr (EklPlaneFit) fit =
      ekl_plane_fit_new (&network, ekl_parameter_path_get_point (mean, 0, NULL), trial);
    g_autoptr (EklPlane) plane = NULL;
    double best, held;

    g_assert_true (ekl_plane_fit_update (fit, m, d));
    assert_orthonormal (fit, n);
    shares (fit, m, d, n, &best, &held);
    g_assert_cmpfloat_with_epsilon (held, best, ROUNDING);

    plane = ekl_plane_fit_view (fit, NULL, m, d);
    held = (m != NULL ? plane->mean_share : 0) + (d != NULL ? plane->descent_share : 0);
    g_assert_cmpfloat_with_epsilon (held / ((m != NULL) + (d != NULL)), best, ROUNDING);
    g_assert_true (isnan (plane->mean_share) == (m == NULL));
    g_assert_true (isnan (plane->descent_share) == (d == NULL));

    g_assert_false (ekl_plane_fit_update (fit, m, d));
  }
}

/* Coordinates of all points of a path. */
static double *
coordinates (const EklPlaneFit *fit, const EklParameterPath *path)
{
  guint n = ekl_parameter_path_get_length (path);
  double *c = g_new (double, 2 * n);

  for (guint k = 0; k < n; k++) {
    EklPoint p = ekl_plane_fit_project (fit, ekl_parameter_path_get_point (path, k, NULL), NULL);

    c[2 * k] = p.x;
    c[2 * k + 1] = p.y;
  }
  return c;
}

/* Sum of squares of what lies between two pictures of a path, about its start, the second one being
 * turned by an angle and perhaps turned over. */
static double
difference (const double *a, const double *b, guint n, double angle, gboolean over)
{
  double sum = 0, c = cos (angle), s = sin (angle);

  for (guint k = 1; k < n; k++) {
    double x = b[2 * k] - b[0], y = (over ? -1 : 1) * (b[2 * k + 1] - b[1]);

    sum +=
      pow (a[2 * k] - a[0] - (c * x - s * y), 2) + pow (a[2 * k + 1] - a[1] - (s * x + c * y), 2);
  }
  return sum;
}

/* Sum of squares of a path's displacements from its start. */
static double
energy (const EklParameterPath *path, gsize n)
{
  const real *start = ekl_parameter_path_get_point (path, 0, NULL);
  double sum = 0;

  for (guint k = 1; k < ekl_parameter_path_get_length (path); k++) {
    const real *u = ekl_parameter_path_get_point (path, k, NULL);

    for (gsize i = 0; i < n; i++)
      sum += pow ((double) u[i] - (double) start[i], 2);
  }
  return sum;
}

/* No way of turning the new picture or turning it over brings it clearly nearer to the one before.
 */
static void
assert_no_flip (const double *mean_before,
                const double *mean_after,
                const double *descent_before,
                const double *descent_after,
                guint n,
                double mean_energy,
                double descent_energy)
{
  double as_it_is = difference (mean_before, mean_after, n, 0, FALSE) / mean_energy +
                    difference (descent_before, descent_after, n, 0, FALSE) / descent_energy;

  for (guint k = 0; k < 72; k++) {
    double angle = k * G_PI / 36;
    double turned = difference (mean_before, mean_after, n, angle, k % 2) / mean_energy +
                    difference (descent_before, descent_after, n, angle, k % 2) / descent_energy;

    g_assert_cmpfloat (as_it_is, <=, turned + .03);
  }
}

/* Paths that grow, looked at after each step: few refits, none of them flips or spins the picture,
 * and the plane never holds much less than the best one. */
static void
test_growing (void)
{
  EklNetwork network = case_network (2, 3, 1);
  gsize n = network.n_parameters;

  for (guint trial = 0; trial < 200; trial++) {
    g_autoptr (Mover) a = mover_new (n, .15), b = mover_new (n, .15);
    g_autoptr (EklParameterPath) mean = walk (a, 0), descent = walk (b, 0);
    g_autoptr (EklPlaneFit) fit =
      ekl_plane_fit_new (&network, ekl_parameter_path_get_point (mean, 0, NULL), trial);
    guint refits = 0;

    g_assert_false (ekl_plane_fit_update (fit, mean, descent));
    for (guint step = 1; step <= 120; step++) {
      g_autofree double *m0 = NULL, *d0 = NULL, *m1 = NULL, *d1 = NULL;
      double best, held;

      mover_step (a, step, mean);
      mover_step (b, step, descent);
      m0 = coordinates (fit, mean);
      d0 = coordinates (fit, descent);
      if (ekl_plane_fit_update (fit, mean, descent)) {
        m1 = coordinates (fit, mean);
        d1 = coordinates (fit, descent);
        if (refits++ > 0)
          assert_no_flip (m0, m1, d0, d1, step + 1, energy (mean, n), energy (descent, n));
      }
      if (step % 10 == 0) {
        shares (fit, mean, descent, n, &best, &held);
        g_assert_cmpfloat (held, >=, best - .12);
      }
    }
    assert_orthonormal (fit, n);
    g_assert_cmpuint (refits, >=, 1);
    g_assert_cmpuint (refits, <=, 20);
  }
}

/* Two runs that differ a little give pictures that differ a little. */
static void
test_near_paths (void)
{
  EklNetwork network = case_network (3, 4, 1);
  gsize n = network.n_parameters;

  for (guint trial = 0; trial < 200; trial++) {
    g_autoptr (Mover) a = mover_new (n, .1), b = mover_new (n, .1);
    g_autoptr (EklParameterPath) mean = walk (a, 80), descent = walk (b, 80);
    g_autoptr (EklParameterPath) near = ekl_parameter_path_new (n, 256);
    g_autoptr (EklPlaneFit) fit =
      ekl_plane_fit_new (&network, ekl_parameter_path_get_point (mean, 0, NULL), trial);
    g_autoptr (EklPlaneFit) other =
      ekl_plane_fit_new (&network, ekl_parameter_path_get_point (mean, 0, NULL), trial + 1);
    g_autofree double *c = NULL, *c_near = NULL;
    g_autofree real *u = g_new (real, n);

    for (guint k = 0; k <= 80; k++) {
      memcpy (u, ekl_parameter_path_get_point (mean, k, NULL), n * sizeof (real));
      for (gsize i = 0; k > 0 && i < n; i++)
        u[i] += (real) (1e-3 * case_normal ());
      ekl_parameter_path_append (near, k, u);
    }
    ekl_plane_fit_update (fit, mean, descent);
    ekl_plane_fit_update (other, near, descent);
    c = coordinates (fit, mean);
    c_near = coordinates (other, near);
    g_assert_cmpfloat (difference (c, c_near, 81, 0, FALSE), <, 1e-3 * energy (mean, n));
  }
}

static void
test_lift_and_project (void)
{
  EklNetwork network = case_network (20, 30, 3);
  gsize n = network.n_parameters;
  g_autoptr (Mover) a = mover_new (n, .2), b = mover_new (n, .2);
  g_autoptr (EklParameterPath) mean = walk (a, 20), descent = walk (b, 20);
  g_autoptr (EklPlaneFit) fit =
    ekl_plane_fit_new (&network, ekl_parameter_path_get_point (mean, 0, NULL), 3);
  g_autofree real *u = g_new (real, n);

  for (EklPlaneBasis basis = 0; basis <= EKL_PLANE_BASIS_PARAMETERS; basis++) {
    ekl_plane_fit_set_basis (fit, basis, 5, n - 1);
    ekl_plane_fit_update (fit, mean, descent);
    assert_orthonormal (fit, n);
    for (guint k = 0; k < 30; k++) {
      EklPoint point = { 3 * case_normal (), 3 * case_normal () }, back;
      double distance;

      ekl_plane_fit_lift (fit, point, u);
      back = ekl_plane_fit_project (fit, u, &distance);
      g_assert_cmpfloat_with_epsilon (back.x, point.x, 10 * ROUNDING);
      g_assert_cmpfloat_with_epsilon (back.y, point.y, 10 * ROUNDING);
      g_assert_cmpfloat (distance, <, 10 * ROUNDING);
    }
  }
}

/* The plane through the ends holds them; the other bases stay as they are while paths grow. */
static void
test_bases (void)
{
  EklNetwork network = case_network (3, 5, 2);
  gsize n = network.n_parameters;
  g_autoptr (Mover) a = mover_new (n, .05), b = mover_new (n, .05);
  g_autoptr (EklParameterPath) mean = walk (a, 1), descent = walk (b, 1);
  g_autoptr (EklPlaneFit) ends =
    ekl_plane_fit_new (&network, ekl_parameter_path_get_point (mean, 0, NULL), 4);
  g_autoptr (EklPlaneFit) random =
    ekl_plane_fit_new (&network, ekl_parameter_path_get_point (mean, 0, NULL), 4);
  g_autoptr (EklPlaneFit) again =
    ekl_plane_fit_new (&network, ekl_parameter_path_get_point (mean, 0, NULL), 4);
  g_autofree double *e = NULL, *e_again = NULL;

  ekl_plane_fit_set_basis (ends, EKL_PLANE_BASIS_ENDS, 0, 0);
  ekl_plane_fit_set_basis (random, EKL_PLANE_BASIS_RANDOM, 0, 0);
  ekl_plane_fit_set_basis (again, EKL_PLANE_BASIS_PARAMETERS, 2, 7);
  for (guint step = 2; step < 150; step++) {
    double distance, length, middle;
    EklPoint p;

    mover_step (a, step, mean);
    mover_step (b, step, descent);
    ekl_plane_fit_update (ends, mean, descent);
    p = ekl_plane_fit_project (ends, ekl_parameter_path_get_point (mean, step, NULL), &distance);
    length = hypot (p.x, p.y);
    g_assert_cmpfloat (distance, <, .021 * length + ROUNDING);
    p = ekl_plane_fit_project (ends, ekl_parameter_path_get_point (descent, step, NULL), &middle);
    g_assert_cmpfloat (middle, <, .021 * hypot (p.x, p.y) + ROUNDING);

    g_assert_false (ekl_plane_fit_update (random, mean, descent));
    g_assert_false (ekl_plane_fit_update (again, mean, descent));
    p = ekl_plane_fit_project (again, ekl_parameter_path_get_point (mean, step, NULL), NULL);
    g_assert_true (p.x == (double) ekl_parameter_path_get_point (mean, step, NULL)[2]);
    g_assert_true (p.y == (double) ekl_parameter_path_get_point (mean, step, NULL)[7]);
  }

  ekl_plane_fit_set_basis (again, EKL_PLANE_BASIS_RANDOM, 0, 0);
  e = case_directions (random, n);
  e_again = case_directions (again, n);
  for (gsize i = 0; i < 2 * n; i++)
    g_assert_true (e[i] == e_again[i]);
}

/* One path alone, in the plane through its ends: the end, and where it goes most across that. */
static void
test_ends_of_one (void)
{
  EklNetwork network = case_network (3, 5, 2);
  g_autoptr (Mover) a = mover_new (network.n_parameters, 0);
  g_autoptr (EklParameterPath) mean = walk (a, 80);
  g_autoptr (EklPlaneFit) fit =
    ekl_plane_fit_new (&network, ekl_parameter_path_get_point (mean, 0, NULL), 4);
  g_autoptr (EklPlane) plane = NULL;

  ekl_plane_fit_set_basis (fit, EKL_PLANE_BASIS_ENDS, 0, 0);
  g_assert_true (ekl_plane_fit_update (fit, mean, NULL));
  plane = ekl_plane_fit_view (fit, NULL, mean, NULL);
  g_assert_cmpfloat (plane->mean_share, >, 1 - ROUNDING);
}

/* Nothing to go by: a plane all the same, and the best one as soon as there is something. */
static void
test_degenerate (void)
{
  EklNetwork network = case_network (2, 2, 1);
  gsize n = network.n_parameters;
  g_autoptr (EklParameterPath) still = ekl_parameter_path_new (n, 8);
  g_autoptr (EklParameterPath) empty = ekl_parameter_path_new (n, 8);
  g_autofree real *u = g_new0 (real, n);
  g_autoptr (EklPlaneFit) fit = ekl_plane_fit_new (&network, u, 5);
  g_autoptr (EklPlane) plane = NULL;

  assert_orthonormal (fit, n);
  for (guint k = 0; k < 3; k++)
    ekl_parameter_path_append (still, k, u);
  g_assert_false (ekl_plane_fit_update (fit, NULL, NULL));
  g_assert_false (ekl_plane_fit_update (fit, still, empty));
  assert_orthonormal (fit, n);

  u[1] = NAN;
  ekl_parameter_path_append (still, 3, u);
  g_assert_false (ekl_plane_fit_update (fit, still, NULL));
  plane = ekl_plane_fit_view (fit, NULL, still, NULL);
  g_assert_true (isnan (plane->mean_share));

  u[1] = 1; /* along one line, a point that is not finite being left out */
  ekl_parameter_path_append (still, 4, u);
  u[1] = 2;
  ekl_parameter_path_append (still, 5, u);
  g_assert_true (ekl_plane_fit_update (fit, still, empty));
  assert_orthonormal (fit, n);
  ekl_plane_free (g_steal_pointer (&plane));
  plane = ekl_plane_fit_view (fit, NULL, still, empty);
  g_assert_cmpfloat_with_epsilon (plane->mean_share, 1, ROUNDING);
  g_assert_cmpfloat_with_epsilon (plane->mean_path[5].x, 2, ROUNDING);
  g_assert_cmpfloat_with_epsilon (plane->mean_path[5].y, 0, ROUNDING);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  openblas_set_num_threads (1);
  g_test_add_func ("/parameter-plane/best", test_best);
  g_test_add_func ("/parameter-plane/growing", test_growing);
  g_test_add_func ("/parameter-plane/near-paths", test_near_paths);
  g_test_add_func ("/parameter-plane/lift-and-project", test_lift_and_project);
  g_test_add_func ("/parameter-plane/bases", test_bases);
  g_test_add_func ("/parameter-plane/ends-of-one", test_ends_of_one);
  g_test_add_func ("/parameter-plane/degenerate", test_degenerate);
  return g_test_run ();
}

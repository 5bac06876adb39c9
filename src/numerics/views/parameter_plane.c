/* parameter_plane.c - a plane through parameter space: an origin and two directions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "parameter_plane.h"

#include "plane_basis.h"
#include "plane_fit.h"
#include "vectorize.h"

#include <math.h>
#include <string.h>

/* Takes the pair, shape (2, P), for the directions. */
void
ekl_plane_fit_set_directions (EklPlaneFit *self, const double *pair)
{
  gsize n = self->network.n_parameters;

  ekl_plane_fit_begin_change (self);
  for (guint k = 0; k < 2; k++)
    for (gsize i = 0; i < n; i++)
      self->direction[k][i] = (real) pair[k * n + i];
  ekl_plane_fit_end_change (self);
}

static void
set_random_directions (EklPlaneFit *self)
{
  g_autofree double *pair = g_new (double, 2 * self->network.n_parameters);

  ekl_plane_random_pair (self->seed, self->network.n_parameters, pair);
  ekl_plane_fit_set_directions (self, pair);
  self->unrelated = TRUE;
}

/**
 * ekl_plane_fit_new:
 * @network: the network
 * @origin: shape (P); copied: the mean's start, or gradient descent's where there is no ensemble
 * @seed: of the run; for directions that nothing else gives
 *
 * A plane of the basis %EKL_PLANE_BASIS_DISPLACEMENT; until a path has moved its directions are
 * random.
 *
 * Returns: (transfer full): the plane
 */
EklPlaneFit *
ekl_plane_fit_new (const EklNetwork *network, const real *origin, guint64 seed)
{
  EklPlaneFit *self;
  gsize bytes;

  g_return_val_if_fail (network != NULL && origin != NULL && network->n_parameters >= 2, NULL);

  bytes = network->n_parameters * sizeof (real);
  self = g_new0 (EklPlaneFit, 1);
  self->turn = 1;
  self->network = *network;
  self->seed = seed;
  self->basis = EKL_PLANE_BASIS_DISPLACEMENT;
  self->start = g_memdup2 (origin, bytes);
  self->origin = g_memdup2 (origin, bytes);
  self->former_origin = g_memdup2 (origin, bytes);
  self->shown_origin = g_memdup2 (origin, bytes);
  for (guint k = 0; k < 2; k++) {
    self->direction[k] = g_malloc0 (bytes);
    self->former[k] = g_malloc0 (bytes);
    self->shown[k] = g_malloc0 (bytes);
  }
  self->stale = TRUE;
  set_random_directions (self);

  return self;
}

/**
 * ekl_plane_fit_free:
 * @self: (nullable): a plane
 */
void
ekl_plane_fit_free (EklPlaneFit *self)
{
  if (self == NULL)
    return;
  g_free (self->start);
  g_free (self->origin);
  g_free (self->former_origin);
  g_free (self->shown_origin);
  for (guint k = 0; k < 2; k++) {
    g_free (self->direction[k]);
    g_free (self->former[k]);
    g_free (self->shown[k]);
  }
  g_free (self);
}

static void
set_parameter_directions (EklPlaneFit *self, gsize first, gsize second)
{
  gsize bytes = self->network.n_parameters * sizeof (real);

  ekl_plane_fit_begin_change (self);
  memset (self->direction[0], 0, bytes);
  memset (self->direction[1], 0, bytes);
  self->direction[0][first] = 1;
  self->direction[1][second] = 1;
  self->origin[first] = 0;
  self->origin[second] = 0;
  self->parameter[0] = first;
  self->parameter[1] = second;
  self->unrelated = TRUE;
  ekl_plane_fit_end_change (self);
}

/**
 * ekl_plane_fit_set_basis:
 * @self: a plane
 * @basis: what spans it
 * @first_parameter: %EKL_PLANE_BASIS_PARAMETERS: index into u of the horizontal axis; otherwise
 * unused
 * @second_parameter: likewise of the vertical axis, another one
 *
 * Random directions and two parameters are set at once, the others by the next
 * ekl_plane_fit_update(). The coordinates are those of u minus the origin; with two parameters they
 * are the values of these parameters themselves.
 */
void
ekl_plane_fit_set_basis (EklPlaneFit *self,
                         EklPlaneBasis basis,
                         gsize first_parameter,
                         gsize second_parameter)
{
  EklPlaneBasis before;

  g_return_if_fail (self != NULL);
  g_return_if_fail (basis != EKL_PLANE_BASIS_PARAMETERS ||
                    (first_parameter != second_parameter &&
                     MAX (first_parameter, second_parameter) < self->network.n_parameters));

  before = self->basis;
  if (basis == before &&
      (basis != EKL_PLANE_BASIS_PARAMETERS ||
       (first_parameter == self->parameter[0] && second_parameter == self->parameter[1])))
    return;

  memcpy (self->origin, self->start, self->network.n_parameters * sizeof (real));
  self->basis = basis;
  self->stale = basis == EKL_PLANE_BASIS_DISPLACEMENT || basis == EKL_PLANE_BASIS_ENDS;
  if (basis == EKL_PLANE_BASIS_PARAMETERS)
    set_parameter_directions (self, first_parameter, second_parameter);
  else if (basis == EKL_PLANE_BASIS_RANDOM || before == EKL_PLANE_BASIS_PARAMETERS)
    set_random_directions (self);
}

EKL_VECTORIZE static void
sum_parts (
  const real *u, const real *from, const real *e0, const real *e1, gsize n, EklPlaneParts *parts)
{
  double x = 0, y = 0, square = 0;

#pragma omp simd reduction(+ : x, y, square)
  for (gsize i = 0; i < n; i++) {
    double d = (double) u[i] - (double) from[i];

    x += d * (double) e0[i];
    y += d * (double) e1[i];
    square += d * d;
  }
  *parts = (EklPlaneParts){ x, y, square };
}

/* Components of @u - @from in the plane's directions, and the squared length of it. */
EklPlaneParts
ekl_plane_fit_parts (const EklPlaneFit *self, const real *u, const real *from)
{
  EklPlaneParts parts;

  sum_parts (u, from, self->direction[0], self->direction[1], self->network.n_parameters, &parts);
  return parts;
}

/* The same in the directions that are shown. */
EklPlaneParts
ekl_plane_fit_shown_parts (const EklPlaneFit *self, const real *u, const real *from)
{
  EklPlaneParts parts;

  sum_parts (u, from, self->shown[0], self->shown[1], self->network.n_parameters, &parts);
  return parts;
}

/**
 * ekl_plane_fit_project:
 * @self: a plane
 * @u: shape (P)
 * @distance: (out) (optional): from the plane, in parameter units
 *
 * Returns: where @u stands in the plane
 */
EklPoint
ekl_plane_fit_project (const EklPlaneFit *self, const real *u, double *distance)
{
  EklPlaneParts parts;

  g_return_val_if_fail (self != NULL && u != NULL, ((EklPoint){ NAN, NAN }));

  parts = ekl_plane_fit_parts (self, u, self->origin);
  if (distance != NULL) {
    double square = 0;

    for (gsize i = 0; i < self->network.n_parameters; i++) {
      double d = (double) u[i] - (double) self->origin[i] -
                 parts.x * (double) self->direction[0][i] -
                 parts.y * (double) self->direction[1][i];

      square += d * d;
    }
    *distance = sqrt (square);
  }
  return (EklPoint){ parts.x, parts.y };
}

/**
 * ekl_plane_fit_lift:
 * @self: a plane
 * @point: in the plane
 * @u: (out): shape (P), the parameters there
 */
void
ekl_plane_fit_lift (const EklPlaneFit *self, EklPoint point, real *u)
{
  g_return_if_fail (self != NULL && u != NULL);

  for (gsize i = 0; i < self->network.n_parameters; i++)
    u[i] = (real) ((double) self->origin[i] + point.x * (double) self->direction[0][i] +
                   point.y * (double) self->direction[1][i]);
}

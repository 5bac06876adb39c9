/* plane_turn.c - from one plane to the next along the shortest way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between two planes A and B of orthonormal directions, A'B = R(alpha) diag(cos theta) R(beta). The
 * principal vectors a = A R(alpha) and b = B R(beta)' turn into one another by the angles theta,
 *
 *   e_i(t) = (sin ((1 - t) theta_i) a_i + sin (t theta_i) b_i) / sin theta_i
 *
 * which is the geodesic of the Grassmann manifold (Edelman, Arias, Smith 1998; for pictures: Asimov
 * 1985, the grand tour), and within the plane the picture turns from R(-alpha) to R(beta).
 * Everything that is projected stays a true projection on the way.
 */
#include "parameter_plane.h"

#include "plane_fit.h"

#include <math.h>
#include <string.h>

/* Nearer than this to half a turn there is no shortest way. */
#define HALF_TURN (G_PI - 1e-2)

static void
rotation (double angle, double r[2][2])
{
  r[0][0] = r[1][1] = cos (angle);
  r[1][0] = sin (angle);
  r[0][1] = -r[1][0];
}

/* alpha, beta and both theta of m = A'B; the second cosine may be negative, so that both factors
 * are rotations. */
static void
find_angles (const double m[2][2], double *alpha, double *beta, double theta[2])
{
  const double e = (m[0][0] + m[1][1]) / 2, f = (m[0][0] - m[1][1]) / 2;
  const double g = (m[1][0] + m[0][1]) / 2, h = (m[1][0] - m[0][1]) / 2;
  const double q = hypot (e, h), r = hypot (f, g);
  const double a1 = r > 0 ? atan2 (g, f) : 0, a2 = q > 0 ? atan2 (h, e) : 0;

  *alpha = (a2 + a1) / 2;
  *beta = (a2 - a1) / 2;
  theta[0] = acos (CLAMP (q + r, -1, 1));
  theta[1] = acos (CLAMP (q - r, -1, 1));
}

/* What of a and of b is in e(t). */
static void
find_weights (double theta, double t, double weight[2])
{
  if (theta > HALF_TURN) {
    weight[0] = 0;
    weight[1] = 1;
  } else if (theta < 1e-6) {
    weight[0] = 1 - t;
    weight[1] = t;
  } else {
    weight[0] = sin ((1 - t) * theta) / sin (theta);
    weight[1] = sin (t * theta) / sin (theta);
  }
}

/* shown_k = sum over l of from[k][l] A_l + to[k][l] B_l. */
static void
find_mixture (const EklPlaneFit *self, double t, double from[2][2], double to[2][2])
{
  double m[2][2] = { { 0 } }, alpha, beta, theta[2], ra[2][2], rb[2][2], within[2][2];

  for (gsize i = 0; i < self->network.n_parameters; i++)
    for (guint k = 0; k < 2; k++)
      for (guint l = 0; l < 2; l++)
        m[k][l] += (double) self->former[k][i] * (double) self->direction[l][i];
  find_angles (m, &alpha, &beta, theta);
  rotation (alpha, ra);
  rotation (beta, rb);
  rotation (t * beta - (1 - t) * alpha, within);

  for (guint k = 0; k < 2; k++)
    for (guint l = 0; l < 2; l++) {
      from[k][l] = to[k][l] = 0;
      for (guint i = 0; i < 2; i++) {
        double weight[2];

        find_weights (theta[i], t, weight);
        from[k][l] += weight[0] * ra[l][i] * within[i][k];
        to[k][l] += weight[1] * rb[i][l] * within[i][k];
      }
    }
}

static void
show_between (EklPlaneFit *self, double t)
{
  double from[2][2], to[2][2];

  find_mixture (self, t, from, to);
  for (gsize i = 0; i < self->network.n_parameters; i++) {
    double a0 = (double) self->former[0][i], a1 = (double) self->former[1][i];
    double b0 = (double) self->direction[0][i], b1 = (double) self->direction[1][i];

    for (guint k = 0; k < 2; k++)
      self->shown[k][i] =
        (real) (from[k][0] * a0 + from[k][1] * a1 + to[k][0] * b0 + to[k][1] * b1);
    self->shown_origin[i] =
      (real) ((1 - t) * (double) self->former_origin[i] + t * (double) self->origin[i]);
  }
}

/* Before a change of the plane: what is shown now is where a turn will come from. */
void
ekl_plane_fit_begin_change (EklPlaneFit *self)
{
  gsize bytes = self->network.n_parameters * sizeof (real);

  memcpy (self->former_origin, self->shown_origin, bytes);
  for (guint k = 0; k < 2; k++)
    memcpy (self->former[k], self->shown[k], bytes);
}

static void
show_plane (EklPlaneFit *self)
{
  gsize bytes = self->network.n_parameters * sizeof (real);

  memcpy (self->shown_origin, self->origin, bytes);
  for (guint k = 0; k < 2; k++)
    memcpy (self->shown[k], self->direction[k], bytes);
  self->turn = 1;
}

/* After it: shown at once, until somebody wants the way there. */
void
ekl_plane_fit_end_change (EklPlaneFit *self)
{
  show_plane (self);
  self->version++;
}

/**
 * ekl_plane_fit_set_turn:
 * @self: a plane
 * @turn: 0: views show what they showed before the last change of the plane; 1: the plane
 *
 * How far views have followed the last change: between 0 and 1 they are projected to a plane on the
 * shortest way. Projecting and lifting of single points is not concerned.
 */
void
ekl_plane_fit_set_turn (EklPlaneFit *self, double turn)
{
  g_return_if_fail (self != NULL && turn >= 0 && turn <= 1);

  if (turn == self->turn)
    return;
  if (turn == 1)
    show_plane (self);
  else
    show_between (self, turn);
  self->turn = turn;
}

/**
 * ekl_plane_fit_get_version:
 *
 * Returns: a number that grows with every change of the plane
 */
guint
ekl_plane_fit_get_version (const EklPlaneFit *self)
{
  return self->version;
}

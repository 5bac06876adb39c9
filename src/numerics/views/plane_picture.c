/* plane_picture.c - the parameter plane's picture: its copies, and how far it reaches
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "parameter_plane.h"

#include "quantiles.h"

#include <math.h>

/**
 * ekl_plane_copy:
 * @self: (nullable): a picture's data
 *
 * Returns: (transfer full) (nullable): a deep copy; %NULL of %NULL
 */
EklPlane *
ekl_plane_copy (const EklPlane *self)
{
  EklPlane *copy;
  gsize n, n_mean, n_descent;

  if (self == NULL)
    return NULL;
  n = self->n_particles;
  n_mean = (gsize) self->n_mean_path + self->n_mean_ahead;
  n_descent = (gsize) self->n_descent_path + self->n_descent_ahead;
  copy = g_memdup2 (self, sizeof *self);
  copy->particle = g_memdup2 (self->particle, n * sizeof (EklPoint));
  copy->particle_distance = g_memdup2 (self->particle_distance, n * sizeof (float));
  copy->particle_loss = g_memdup2 (self->particle_loss, n * sizeof (float));
  copy->mean_path = g_memdup2 (self->mean_path, n_mean * sizeof (EklPoint));
  copy->mean_path_step = g_memdup2 (self->mean_path_step, n_mean * sizeof (guint64));
  copy->descent_path = g_memdup2 (self->descent_path, n_descent * sizeof (EklPoint));
  copy->descent_path_step = g_memdup2 (self->descent_path_step, n_descent * sizeof (guint64));
  copy->x_name = g_strdup (self->x_name);
  copy->y_name = g_strdup (self->y_name);
  copy->trail_particle = g_memdup2 (self->trail_particle, self->n_trails * sizeof (guint));
  copy->trail =
    g_memdup2 (self->trail, (gsize) self->n_trails * self->n_trail_points * sizeof (EklPoint));
  copy->trail_move = g_memdup2 (self->trail_move, self->n_trails * sizeof (EklPoint));
  copy->loss = ekl_field_copy (self->loss);
  copy->former_loss = ekl_field_copy (self->former_loss);

  return copy;
}

/**
 * ekl_plane_free:
 * @self: (nullable): a picture's data
 */
void
ekl_plane_free (EklPlane *self)
{
  if (self == NULL)
    return;
  g_free (self->particle);
  g_free (self->particle_distance);
  g_free (self->particle_loss);
  g_free (self->mean_path);
  g_free (self->mean_path_step);
  g_free (self->descent_path);
  g_free (self->descent_path_step);
  g_free (self->x_name);
  g_free (self->y_name);
  g_free (self->trail_particle);
  g_free (self->trail);
  g_free (self->trail_move);
  ekl_field_free (self->loss);
  ekl_field_free (self->former_loss);
  g_free (self);
}

static void
widen (double range[2], double value)
{
  if (isfinite (value)) {
    range[0] = MIN (range[0], value);
    range[1] = MAX (range[1], value);
  }
}

/* How far gradient descent that runs away may widen the picture, in widths of the rest that way. */
#define RUN_AWAY 1.0
/* Likewise a path that came back from far away, in the larger side of the rest. */
#define EXCURSION 4.0

/* Its points, as far as that. */
static void
add_path (const EklPoint *path, guint n, gboolean vertical, double reach, double range[2])
{
  const double low = range[0] - reach, high = range[1] + reach;

  for (guint i = 0; i < n; i++) {
    const double value = vertical ? path[i].y : path[i].x;

    if (isfinite (value))
      widen (range, reach > 0 ? CLAMP (value, low, high) : value);
  }
}

static void
add_point (const EklPoint *path, guint n, guint index, gboolean vertical, double range[2])
{
  if (index < n)
    widen (range, vertical ? path[index].y : path[index].x);
}

/* What is always seen: where the particles are, from the 1st to the 99th percentile, so that one of them
 * that is far away does not make all others small; where both methods began, and where they are. */
static void
find_places (const EklPlane *plane, gboolean vertical, double range[2])
{
  g_autofree double *value = g_new (double, plane->n_particles + 1);
  const guint n_mean = plane->n_mean_path + plane->n_mean_ahead;
  const guint n_descent = plane->n_descent_path + plane->n_descent_ahead;
  double quantile[2];

  for (guint j = 0; j < plane->n_particles; j++)
    value[j] = vertical ? plane->particle[j].y : plane->particle[j].x;
  ekl_quantiles (value, plane->n_particles, (double[]){ .01, .99 }, 2, quantile);

  range[0] = INFINITY;
  range[1] = -INFINITY;
  widen (range, quantile[0]);
  widen (range, quantile[1]);
  add_point (plane->mean_path, n_mean, 0, vertical, range);
  add_point (plane->mean_path, n_mean, plane->n_mean_path - 1, vertical, range);
  add_point (plane->mean_path, n_mean, n_mean - 1, vertical, range);
  add_point (plane->descent_path, n_descent, 0, vertical, range);
  if (!plane->descent_runs_away)
    add_point (plane->descent_path, n_descent, n_descent - 1, vertical, range);
}

/* Both paths, but for one that runs away or went far away. */
static void
add_paths (const EklPlane *plane, gboolean vertical, double reach, double range[2])
{
  const guint n_descent = plane->n_descent_path + plane->n_descent_ahead;

  add_path (plane->mean_path, plane->n_mean_path + plane->n_mean_ahead, vertical, reach, range);
  if (plane->descent_runs_away)
    reach = RUN_AWAY * MAX (range[1] - range[0], 0);
  add_path (plane->descent_path, n_descent, vertical, reach, range);
}

/**
 * ekl_plane_extent:
 * @plane: a picture's data
 * @margin: to add on each side, as a share of the width or height
 * @x0: (out): left
 * @x1: (out): right, more than @x0
 * @y0: (out): lower
 * @y1: (out): upper, more than @y0
 *
 * A rectangle about both paths and the particles (from the 1st to the 99th percentile of their
 * coordinates). A path that runs away leaves it, or EKI would be a dot beside it, and so does one on its way
 * to far away and back. Neither side is less than a tenth of the other; with nothing to see it is the square
 * from -1 to 1.
 */
void
ekl_plane_extent (
  const EklPlane *plane, double margin, double *x0, double *x1, double *y0, double *y1)
{
  double range[2][2], middle[2], half[2], largest = 0, reach = 0;

  g_return_if_fail (plane != NULL && x0 != NULL && x1 != NULL && y0 != NULL && y1 != NULL);

  for (guint k = 0; k < 2; k++) {
    find_places (plane, k == 1, range[k]);
    reach = MAX (reach, EXCURSION * (range[k][1] - range[k][0]));
  }
  for (guint k = 0; k < 2; k++) {
    add_paths (plane, k == 1, reach, range[k]);
    if (range[k][0] > range[k][1])
      range[k][0] = range[k][1] = 0;
    middle[k] = range[k][0] / 2 + range[k][1] / 2;
    half[k] = range[k][1] / 2 - range[k][0] / 2;
    largest = MAX (largest, half[k]);
  }
  for (guint k = 0; k < 2; k++) {
    double least = MAX (largest / 10, 1e-6 * fabs (middle[k]));

    half[k] = (least > 0 ? MAX (half[k], least) : 1) * (1 + 2 * MAX (margin, 0));
  }
  *x0 = middle[0] - half[0];
  *x1 = middle[0] + half[0];
  *y0 = middle[1] - half[1];
  *y1 = middle[1] + half[1];
}

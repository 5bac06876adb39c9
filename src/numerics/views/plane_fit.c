/* plane_fit.c - the plane that shows most of the paths
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The default plane is made by the two paths: each path's displacements from its own start, scaled
 * so that both paths have the same sum of squares, and of all these the two principal directions. A
 * plane is kept until a clearly better one exists, and the better one is turned within itself until
 * its picture is as near as can be to the picture before.
 */
#include "plane_fit.h"

#include "plane_basis.h"

#include <math.h>
#include <string.h>

#define MAX_POINTS   64        /* of a path, for the principal directions */
#define MAX_VALUES   (1 << 22) /* displacements are gathered in at most so many numbers */
#define CLEARLY_LESS .05       /* share below the best: the plane is left */
#define GROWTH       1.5       /* of a displacement, after which the plane is compared again */
#define ENDS_SHARE   .9996     /* of an end's squared displacement: the end is 2 % off the plane */

/* Displacements of both paths, scaled. */
typedef struct {
  double *rows; /* (n, P) */
  guint n;
  guint n_mean; /* the first ones, of the mean's path */
} Displacements;

/* The newest displacement of a path; FALSE where it has not moved. */
static gboolean
newest_displacement (const EklPlaneFit *self, const EklParameterPath *path, EklPlaneCheck *check)
{
  guint n = path != NULL ? ekl_parameter_path_get_length (path) : 0;
  EklPlaneParts parts;

  if (n < 2)
    return FALSE;
  parts = ekl_plane_fit_parts (self, ekl_parameter_path_get_point (path, n - 1, &check->step),
                               ekl_parameter_path_get_point (path, 0, NULL));
  if (!(parts.square > 0) || !isfinite (parts.square))
    return FALSE;
  check->seen = TRUE;
  check->length = sqrt (parts.square);
  check->share = (parts.x * parts.x + parts.y * parts.y) / parts.square;

  return TRUE;
}

/* Cheap: whether a path has changed so much that it is worth comparing with the best plane. */
static gboolean
is_due (const EklPlaneFit *self, const EklParameterPath *path, const EklPlaneCheck *before)
{
  EklPlaneCheck now;

  if (!newest_displacement (self, path, &now))
    return FALSE;
  return self->stale || !before->seen || now.length > GROWTH * before->length ||
         now.share < before->share - CLEARLY_LESS || now.step >= 2 * before->step;
}

static void
remember (EklPlaneFit *self, const EklParameterPath *const path[2])
{
  for (guint k = 0; k < 2; k++)
    if (!newest_displacement (self, path[k], &self->check[k]))
      self->check[k].seen = FALSE;
}

/* out = u - from; its squared length. */
static double
subtract (const real *u, const real *from, gsize n, double *out)
{
  double square = 0;

  for (gsize i = 0; i < n; i++) {
    out[i] = (double) u[i] - (double) from[i];
    square += out[i] * out[i];
  }
  return square;
}

/* Appends displacements of @path, evenly spaced and always the newest, scaled so that their squares
 * sum to one. */
static void
gather_path (const EklPlaneFit *self, const EklParameterPath *path, Displacements *d)
{
  gsize n_parameters = self->network.n_parameters;
  guint length = path != NULL ? ekl_parameter_path_get_length (path) : 0;
  guint limit = (guint) CLAMP (MAX_VALUES / n_parameters, 4, MAX_POINTS);
  guint count = length > 1 ? MIN (length - 1, limit) : 0;
  guint first = d->n;
  double energy = 0;

  for (guint k = 1; k <= count; k++) {
    guint i = (guint) ((guint64) k * (length - 1) / count);
    double *row = d->rows + d->n * n_parameters;
    double square = subtract (ekl_parameter_path_get_point (path, i, NULL),
                              ekl_parameter_path_get_point (path, 0, NULL), n_parameters, row);

    if (!(square > 0) || !isfinite (square))
      continue;
    energy += square;
    d->n++;
  }
  if (d->n > first && isfinite (energy))
    cblas_dscal ((int) ((d->n - first) * n_parameters), 1 / sqrt (energy),
                 d->rows + first * n_parameters, 1);
  else
    d->n = first;
}

static guint
path_length (const EklParameterPath *path)
{
  return path != NULL ? ekl_parameter_path_get_length (path) : 0;
}

static void
gather (const EklPlaneFit *self, const EklParameterPath *const path[2], Displacements *d)
{
  gsize most = MIN (path_length (path[0]), MAX_POINTS) + MIN (path_length (path[1]), MAX_POINTS);

  d->rows = g_new (double, (most + 1) * self->network.n_parameters);
  d->n = 0;
  gather_path (self, path[0], d);
  d->n_mean = d->n;
  gather_path (self, path[1], d);
}

/* The plane through the mean's start and both ends. One path alone gives its end and, across that,
 * where it goes most. */
static guint
ends_pair (const EklPlaneFit *self, const EklParameterPath *const path[2], double *pair)
{
  gsize n = self->network.n_parameters;
  g_autofree double *rows = g_new (double, 2 * n);
  guint n_rows = 0;
  double share;

  for (guint k = 0; k < 2; k++) {
    guint length = path_length (path[k]);
    double *row = rows + n_rows * n, square;

    if (length < 2)
      continue;
    square =
      subtract (ekl_parameter_path_get_point (path[k], length - 1, NULL), self->start, n, row);
    if (!(square > 0) || !isfinite (square))
      continue;
    cblas_dscal ((int) n, 1 / sqrt (square), row, 1);
    n_rows++;
  }
  return ekl_plane_principal_pair (rows, n_rows, n, pair, &share);
}

/* The first direction is set: adds the one across it in which the displacements go most. */
static guint
add_direction_across (gsize n_parameters, const Displacements *d, double *pair)
{
  g_autofree double *rows = g_memdup2 (d->rows, d->n * n_parameters * sizeof (double));
  g_autofree double *across = g_new (double, 2 * n_parameters);
  double share;

  for (guint k = 0; k < d->n; k++) {
    double *row = rows + k * n_parameters;

    cblas_daxpy ((int) n_parameters, -cblas_ddot ((int) n_parameters, row, 1, pair, 1), pair, 1,
                 row, 1);
  }
  if (ekl_plane_principal_pair (rows, d->n, n_parameters, across, &share) == 0)
    return 1;
  memcpy (pair + n_parameters, across, n_parameters * sizeof (double));
  return 2;
}

/* For the first picture of a run: the mean goes to the right, gradient descent upwards. */
static void
orient (const EklPlaneFit *self, const Displacements *d, const double *c, double *pair)
{
  guint last = (d->n_mean > 0 ? d->n_mean : d->n) - 1;
  double length = hypot (c[2 * last], c[2 * last + 1]);
  double x = length > 0 ? c[2 * last] / length : 1, y = length > 0 ? c[2 * last + 1] / length : 0;
  double up = 0;

  for (guint i = d->n_mean < d->n ? d->n_mean : 0; i < d->n; i++)
    up += c[2 * i + 1] * x - c[2 * i] * y;
  up = up < 0 ? -1 : 1;
  ekl_plane_turn_pair (self->network.n_parameters, (double[4]){ x, -up * y, y, up * x }, pair);
}

static void
get_directions (const EklPlaneFit *self, double *pair)
{
  gsize n = self->network.n_parameters;

  for (guint k = 0; k < 2; k++)
    for (gsize i = 0; i < n; i++)
      pair[k * n + i] = (double) self->direction[k][i];
}

/* Turns @pair so that the displacements stand as near as can be to where they stood. The directions
 * themselves count a little, so that a path along one line leaves no choice of side. */
static void
align (const EklPlaneFit *self,
       const Displacements *d,
       const double *c,
       const double *before,
       const double *c_before,
       double *pair)
{
  gsize n = self->network.n_parameters;
  double m[4], energy = 0, r[4];

  ekl_plane_coordinates (pair, 2, n, before, m);
  for (guint i = 0; i < 2 * d->n; i++)
    energy += c_before[i] * c_before[i];
  for (guint i = 0; i < 4; i++)
    m[i] *= 1e-3 * energy;
  for (guint k = 0; k < d->n; k++)
    for (guint i = 0; i < 4; i++)
      m[i] += c[2 * k + i / 2] * c_before[2 * k + i % 2];
  ekl_plane_procrustes (m, r);
  ekl_plane_turn_pair (n, r, pair);
}

/* What the pair holds of the displacements' squares, which sum to one a path. */
static double
share_held (const Displacements *d, const double *c)
{
  double held = 0;

  for (guint i = 0; i < 2 * d->n; i++)
    held += c[i] * c[i];
  return held / ((d->n_mean > 0) + (d->n > d->n_mean));
}

/* Sets new directions from @pair, of which @rank are known. */
static void
adopt (EklPlaneFit *self,
       const Displacements *d,
       guint rank,
       double *pair,
       const double *before,
       const double *c_before)
{
  gsize n = self->network.n_parameters;
  g_autofree double *c = g_new (double, 2 * d->n);

  ekl_plane_complete_pair (self->seed, n, rank, pair);
  ekl_plane_coordinates (d->rows, d->n, n, pair, c);
  if (self->unrelated)
    orient (self, d, c, pair);
  else
    align (self, d, c, before, c_before, pair);
  ekl_plane_fit_set_directions (self, pair);
  self->stale = self->unrelated = FALSE;
}

/* Compares with the best plane and takes it where it is clearly better. */
static gboolean
refit (EklPlaneFit *self, const EklParameterPath *const path[2])
{
  gsize n = self->network.n_parameters;
  gboolean ends = self->basis == EKL_PLANE_BASIS_ENDS, better;
  g_autofree double *pair = g_new (double, 2 * n);
  g_autofree double *before = g_new (double, 2 * n);
  g_autofree double *c_before = NULL;
  double share = 1;
  Displacements d;
  guint rank;

  gather (self, path, &d);
  get_directions (self, before);
  c_before = g_new (double, 2 * d.n + 1);
  ekl_plane_coordinates (d.rows, d.n, n, before, c_before);

  rank =
    ends ? ends_pair (self, path, pair) : ekl_plane_principal_pair (d.rows, d.n, n, pair, &share);
  better = d.n > 0 && rank > 0 &&
           (ends || self->stale || share - share_held (&d, c_before) > CLEARLY_LESS);
  if (better) {
    if (rank == 1)
      rank = add_direction_across (n, &d, pair);
    adopt (self, &d, rank, pair, before, c_before);
  }
  g_free (d.rows);

  return better;
}

/* Cheap: whether an end has left the plane through the ends. */
static gboolean
end_is_off (const EklPlaneFit *self, const EklParameterPath *path)
{
  guint length = path_length (path);
  EklPlaneParts parts;

  if (length < 2)
    return FALSE;
  parts =
    ekl_plane_fit_parts (self, ekl_parameter_path_get_point (path, length - 1, NULL), self->start);
  return isfinite (parts.square) &&
         parts.x * parts.x + parts.y * parts.y < ENDS_SHARE * parts.square;
}

/**
 * ekl_plane_fit_update:
 * @self: a plane
 * @mean_path: (nullable): where the ensemble's mean has been; %NULL where EKI is off
 * @descent_path: (nullable): where gradient descent has been; %NULL where it is off
 *
 * Fits the plane again where that is due, and does nothing for random directions and two
 * parameters. Costs a few passes over one parameter vector as a rule. With
 * %EKL_PLANE_BASIS_DISPLACEMENT the best plane is computed when a displacement has become 1.5 times
 * as long, its share in the plane has fallen by .05, or the steps have doubled since the last
 * comparison, and taken where it holds .05 more. With %EKL_PLANE_BASIS_ENDS the plane follows as
 * soon as an end is 2 % off it.
 *
 * Returns: whether the directions have changed
 */
gboolean
ekl_plane_fit_update (EklPlaneFit *self,
                      const EklParameterPath *mean_path,
                      const EklParameterPath *descent_path)
{
  const EklParameterPath *const path[2] = { mean_path, descent_path };
  gboolean due = FALSE, changed;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->basis == EKL_PLANE_BASIS_DISPLACEMENT)
    due = is_due (self, mean_path, &self->check[0]) || is_due (self, descent_path, &self->check[1]);
  else if (self->basis == EKL_PLANE_BASIS_ENDS)
    due = self->stale || end_is_off (self, mean_path) || end_is_off (self, descent_path);
  if (!due)
    return FALSE;

  changed = refit (self, path);
  remember (self, path);
  return changed;
}

/* plane_past.c - the parameter plane as it was
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "parameter_plane.h"

#include <string.h>

/* Where a method has been, and from n on where it was still to come. */
typedef struct {
  EklPoint **point;
  guint64 **step;
  guint *n, *n_ahead;
} Path;

/* A path is thinned, so the step may lie between two of its points; then it is a point of its own. */
static void
end_path (const Path *path, guint64 step, EklPoint here)
{
  const guint n = *path->n;
  guint k = 0;

  if (n == 0)
    return;
  while (k < n && (*path->step)[k] < step)
    k++;
  if (k == n || (*path->step)[k] != step) {
    *path->point = g_renew (EklPoint, *path->point, n + 1);
    *path->step = g_renew (guint64, *path->step, n + 1);
    memmove (*path->point + k + 1, *path->point + k, (n - k) * sizeof (EklPoint));
    memmove (*path->step + k + 1, *path->step + k, (n - k) * sizeof (guint64));
    *path->n_ahead = n - k;
  } else {
    *path->n_ahead = n - k - 1;
  }
  (*path->point)[k] = here;
  (*path->step)[k] = step;
  *path->n = k + 1;
}

/**
 * ekl_plane_go_back:
 * @self: a view of particles as they were after @step, with whole paths
 * @step: a step that the paths have passed
 * @mean: where the particles' mean was
 * @descent: where gradient descent was
 *
 * Ends both paths there; what lies ahead is kept behind their ends.
 */
void
ekl_plane_go_back (EklPlane *self, guint64 step, EklPoint mean, EklPoint descent)
{
  const Path paths[2] = {
    { &self->mean_path, &self->mean_path_step, &self->n_mean_path, &self->n_mean_ahead },
    { &self->descent_path, &self->descent_path_step, &self->n_descent_path,
      &self->n_descent_ahead },
  };

  g_return_if_fail (!self->is_past);

  self->is_past = TRUE;
  self->past_step = step;
  end_path (&paths[0], step, mean);
  end_path (&paths[1], step, descent);
}

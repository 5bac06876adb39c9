/* plane_trail.c - where some particles were in the last steps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plane_trail.h"

#include <math.h>
#include <string.h>

struct _EklPlaneTrail {
  guint n_points, max_lines;
  guint n_lines;
  guint *particle;   /* (max_lines) ascending */
  EklPoint *ring;    /* (n_points, max_lines) */
  EklPoint *move;    /* (max_lines) of the newest step alone; NaN where it is not known */
  guint count, next; /* how many rows of the ring are known, and which is to be written */
  guint64 step;      /* of the newest row */

  guint n_particles; /* what the lines were chosen from */
  guint version;     /* of the plane */
  guint *preferred;  /* (n_preferred) ascending */
  guint n_preferred;
};

/**
 * ekl_plane_trail_new:
 * @n_points: places a line, at least 2
 * @max_lines: most particles that are followed, at least 1
 *
 * Returns: (transfer full): a trail of nothing yet
 */
EklPlaneTrail *
ekl_plane_trail_new (guint n_points, guint max_lines)
{
  EklPlaneTrail *self;

  g_return_val_if_fail (n_points >= 2 && max_lines >= 1, NULL);

  self = g_new0 (EklPlaneTrail, 1);
  self->n_points = n_points;
  self->max_lines = max_lines;
  self->particle = g_new (guint, max_lines);
  self->preferred = g_new (guint, max_lines);
  self->ring = g_new (EklPoint, (gsize) n_points * max_lines);
  self->move = g_new (EklPoint, max_lines);

  return self;
}

/**
 * ekl_plane_trail_free:
 * @self: (nullable): a trail
 */
void
ekl_plane_trail_free (EklPlaneTrail *self)
{
  if (self == NULL)
    return;
  g_free (self->particle);
  g_free (self->preferred);
  g_free (self->ring);
  g_free (self->move);
  g_free (self);
}

/**
 * ekl_plane_trail_clear:
 *
 * Forgets all places, and begins anew.
 */
void
ekl_plane_trail_clear (EklPlaneTrail *self)
{
  self->count = self->next = 0;
  self->n_lines = 0;
}

/**
 * ekl_plane_trail_prefer:
 * @particle: (array length=n): ascending
 * @n: how many; beyond the lines there are, the last ones are passed over
 *
 * These are followed whichever others are. Where that changes anything the trail begins anew.
 */
void
ekl_plane_trail_prefer (EklPlaneTrail *self, const guint *particle, guint n)
{
  n = MIN (n, self->max_lines);
  if (n == self->n_preferred &&
      (n == 0 || memcmp (particle, self->preferred, n * sizeof *particle) == 0))
    return;
  if (n > 0)
    memcpy (self->preferred, particle, n * sizeof *particle);
  self->n_preferred = n;
  ekl_plane_trail_clear (self);
}

static int
compare_cb (const void *a, const void *b)
{
  const guint first = *(const guint *) a, second = *(const guint *) b;

  return (first > second) - (first < second);
}

/* The preferred ones, and the others evenly thinned. */
static void
choose_lines (EklPlaneTrail *self, guint n_particles)
{
  guint stride, n = 0;

  while (n < self->n_preferred && self->preferred[n] < n_particles) {
    self->particle[n] = self->preferred[n];
    n++;
  }
  stride =
    n < self->max_lines ? (n_particles + self->max_lines - n - 1) / (self->max_lines - n) : 0;
  for (guint j = 0; stride > 0 && j < n_particles && n < self->max_lines; j += stride)
    if (bsearch (&j, self->preferred, self->n_preferred, sizeof j, compare_cb) == NULL)
      self->particle[n++] = j;
  qsort (self->particle, n, sizeof *self->particle, compare_cb);
  self->n_lines = n;
  self->n_particles = n_particles;
}

/**
 * ekl_plane_trail_has:
 * @fit: the plane
 * @step: of the particles
 *
 * Returns: whether the newest places are of that step and in that plane
 */
gboolean
ekl_plane_trail_has (const EklPlaneTrail *self, const EklPlaneFit *fit, guint64 step)
{
  return self->count > 0 && self->step == step && self->version == ekl_plane_fit_get_version (fit);
}

/**
 * ekl_plane_trail_add:
 * @fit: the plane
 * @ensemble: the particles of now
 * @step: after which they stand there; the newest one again replaces it
 *
 * Notes where the particles are. With another plane or number of particles than before the trail
 * begins anew.
 */
void
ekl_plane_trail_add (EklPlaneTrail *self,
                     const EklPlaneFit *fit,
                     const EklEnsemble *ensemble,
                     guint64 step)
{
  const guint size = ekl_ensemble_get_size (ensemble), version = ekl_plane_fit_get_version (fit);
  g_autofree real *u = g_new (real, ekl_ensemble_get_network (ensemble)->n_parameters);
  EklPoint *row;

  if (version != self->version || size != self->n_particles)
    ekl_plane_trail_clear (self);
  self->version = version;
  if (self->n_lines == 0)
    choose_lines (self, size);
  if (self->count > 0 && step == self->step) {
    self->next = (self->next + self->n_points - 1) % self->n_points;
    self->count--;
  }
  row = self->ring + (gsize) self->next * self->max_lines;
  for (guint k = 0; k < self->n_lines; k++) {
    ekl_ensemble_get_particle (ensemble, self->particle[k], u);
    row[k] = ekl_plane_fit_project (fit, u, NULL);
    if (!isfinite (row[k].x) || !isfinite (row[k].y))
      row[k] = (EklPoint){ NAN, NAN };
  }
  for (guint k = 0; k < self->n_lines; k++)
    self->move[k] = (EklPoint){ NAN, NAN };
  self->step = step;
  self->next = (self->next + 1) % self->n_points;
  self->count = MIN (self->count + 1, self->n_points);
}

/**
 * ekl_plane_trail_set_moves:
 * @fit: the plane
 * @from: the particles as the newest step moved them: after its noise
 * @to: and where they are now
 *
 * Notes how the followed particles moved, without the noise that a step adds before it: what the
 * others pull at them. Where the trail is of another ensemble nothing is noted.
 */
void
ekl_plane_trail_set_moves (EklPlaneTrail *self,
                           const EklPlaneFit *fit,
                           const EklEnsemble *from,
                           const EklEnsemble *to)
{
  g_autofree real *u = g_new (real, ekl_ensemble_get_network (to)->n_parameters);

  if (self->count == 0 || self->version != ekl_plane_fit_get_version (fit) ||
      ekl_ensemble_get_size (from) != self->n_particles ||
      ekl_ensemble_get_size (to) != self->n_particles)
    return;
  for (guint k = 0; k < self->n_lines; k++) {
    EklPoint tail, tip;

    ekl_ensemble_get_particle (from, self->particle[k], u);
    tail = ekl_plane_fit_project (fit, u, NULL);
    ekl_ensemble_get_particle (to, self->particle[k], u);
    tip = ekl_plane_fit_project (fit, u, NULL);
    self->move[k] = (EklPoint){ tip.x - tail.x, tip.y - tail.y };
  }
}

/**
 * ekl_plane_trail_fill:
 * @plane: (inout): a view of the same plane
 *
 * Copies the lines into the view.
 */
void
ekl_plane_trail_fill (const EklPlaneTrail *self, EklPlane *plane)
{
  if (self->count < 2 || plane->basis_version != self->version || plane->turn < 1)
    return;
  plane->n_trails = self->n_lines;
  plane->n_trail_points = self->n_points;
  plane->trail_particle = g_memdup2 (self->particle, self->n_lines * sizeof (guint));
  plane->trail_move = g_memdup2 (self->move, self->n_lines * sizeof (EklPoint));
  plane->trail = g_new (EklPoint, (gsize) self->n_lines * self->n_points);
  for (guint i = 0; i < self->n_points; i++) {
    const guint place = (self->next + i) % self->n_points;
    const gboolean known = i + self->count >= self->n_points;

    for (guint k = 0; k < self->n_lines; k++)
      plane->trail[(gsize) k * self->n_points + i] =
        known ? self->ring[(gsize) place * self->max_lines + k] : (EklPoint){ NAN, NAN };
  }
}

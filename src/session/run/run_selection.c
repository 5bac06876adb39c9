/* run_selection.c - particles that somebody has chosen, and points that are dragged
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run_private.h"

#include <string.h>

/**
 * ekl_run_set_selection:
 * @particle: (array length=n): from 0, ascending; those that are not there are passed over
 * @n: how many
 *
 * Whose losses, answers and trails the next frames show.
 */
void
ekl_run_set_selection (EklRun *self, const guint *particle, guint n)
{
  g_free (self->selected);
  self->selected = n > 0 ? g_memdup2 (particle, n * sizeof *particle) : NULL;
  self->n_selected = n;
  ekl_plane_trail_prefer (self->trail, self->selected, n);
}

/* How many of the chosen ones are among so many particles, of those that have curves. */
static guint
count_selected (const EklRun *self, guint size)
{
  guint n = 0;

  while (n < MIN (self->n_selected, EKL_SELECTION_CURVES) && self->selected[n] < size)
    n++;
  return n;
}

/* How many of the chosen ones can be seen in the pictures. */
guint
ekl_run_count_selected (const EklRun *self)
{
  const EklEnsemble *seen = ekl_run_get_seen_ensemble (self);

  return seen != NULL ? count_selected (self, ekl_ensemble_get_size (seen)) : 0;
}

/* NULL: none is chosen. The losses are refreshed where no view of the plane has done so. */
EklSelection *
ekl_run_make_selection (EklRun *self, gboolean refresh)
{
  EklSelection *selection = NULL;
  guint n;

  if (ekl_run_count_selected (self) == 0)
    return NULL;
  if (refresh)
    ekl_run_refresh_losses (self);
  /* while earlier steps are looked at, how losses went is known up to when that began */
  n = count_selected (self, ekl_particle_losses_get_size (self->losses));
  for (guint k = 0; k < n; k++) {
    g_autofree guint64 *step = NULL;
    g_autofree float *loss = NULL;
    const guint n_moments =
      ekl_particle_losses_get_history (self->losses, self->selected[k], &step, &loss);

    if (selection == NULL) {
      selection = ekl_selection_new (n, n_moments);
      memcpy (selection->step, step, n_moments * sizeof *step);
    }
    selection->particle[k] = self->selected[k];
    memcpy (selection->loss + (gsize) k * n_moments, loss, n_moments * sizeof *loss);
  }
  return selection;
}

/* Where the point stands, shape (P); FALSE where there is none of that name. */
static gboolean
get_point (const EklRun *self, const char *setting, real *u)
{
  const EklEnsemble *ensemble = ekl_run_get_ensemble (self);
  const real *descent = ekl_run_get_descent (self);
  guint64 number;

  if (g_str_equal (setting, EKL_CHANGE_DESCENT) && descent != NULL) {
    memcpy (u, descent, self->network.n_parameters * sizeof *u);
    return TRUE;
  }
  if (!g_str_has_prefix (setting, EKL_CHANGE_PARTICLE) || ensemble == NULL ||
      !g_ascii_string_to_unsigned (setting + strlen (EKL_CHANGE_PARTICLE), 10, 1,
                                   ekl_ensemble_get_size (ensemble), &number, NULL))
    return FALSE;
  ekl_ensemble_get_particle (ensemble, (guint) number - 1, u);
  return TRUE;
}

/**
 * ekl_run_move_in_plane:
 * @setting: as for ekl_run_move_point()
 * @to: where in the parameter plane it is to be
 *
 * Moves a point of the start along the plane's two directions, and leaves it as far from the plane
 * as it was. The plane stays as it is.
 *
 * Returns: %FALSE, with everything as it was, where that cannot be done
 */
gboolean
ekl_run_move_in_plane (EklRun *self, const char *setting, EklPoint to, GError **error)
{
  const gsize n = self->network.n_parameters;
  g_autofree real *u = g_new (real, n);
  g_autofree real *here = g_new (real, n);
  g_autofree real *there = g_new (real, n);
  g_autofree double *moved = g_new (double, n);
  gboolean done;

  if (!get_point (self, setting, u)) {
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
                 "%s is not there to be moved", setting);
    return FALSE;
  }
  ekl_plane_fit_lift (self->plane_fit, ekl_plane_fit_project (self->plane_fit, u, NULL), here);
  ekl_plane_fit_lift (self->plane_fit, to, there);
  for (gsize i = 0; i < n; i++)
    moved[i] = (double) u[i] + ((double) there[i] - (double) here[i]);
  self->keeps_plane = TRUE;
  done = ekl_run_move_point (self, setting, moved, n, error);
  self->keeps_plane = FALSE;
  return done;
}

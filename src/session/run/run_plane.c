/* run_plane.c - what the parameter plane shows of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run_private.h"

#include "velocity.h"

#include <math.h>

/* Of a frame's particle losses, about half a millisecond; the others come with the next frames. */
#define LOSS_FLOPS 1.5e7
#define TURN_US    400000 /* how long a view takes from one plane to the next */

#define RUN_AWAY   100  /* losses of the start */
#define ARROW_ROOM 0.28 /* of the larger side of what is to be seen, at most */

#define TRAIL_POINTS 10  /* places a trail */
#define TRAIL_LINES  100 /* particles that leave one */

/* The plane starts anew at the run's start. */
void
ekl_run_reset_plane (EklRun *self)
{
  const EklMethod method = self->inversion != NULL ? EKL_METHOD_EKI : EKL_METHOD_GD;

  if (self->keeps_plane) {
    ekl_particle_losses_forget (self->losses);
    ekl_plane_trail_clear (self->trail);
    return;
  }
  ekl_run_free_plane (self);
  self->plane_fit = ekl_plane_fit_new (&self->network, ekl_run_get_parameters (self, method),
                                       self->inversion_settings.seed);
  self->contours = ekl_contours_new ();
  self->trail = ekl_plane_trail_new (TRAIL_POINTS, TRAIL_LINES);
  self->losses = ekl_particle_losses_new ();
  self->plane_clock = (EklPlaneClock){ 0 };
  ekl_plane_trail_prefer (self->trail, self->selected, self->n_selected);
  ekl_run_set_plane (self, &self->plane_wish);
}

void
ekl_run_free_plane (EklRun *self)
{
  g_clear_pointer (&self->plane_fit, ekl_plane_fit_free);
  g_clear_pointer (&self->contours, ekl_contours_free);
  g_clear_pointer (&self->trail, ekl_plane_trail_free);
  g_clear_pointer (&self->losses, ekl_particle_losses_free);
  g_clear_pointer (&self->gradient, ekl_gradient_free);
  g_clear_pointer (&self->former_mean, g_free);
}

/**
 * ekl_run_set_plane:
 * @wish: copied
 *
 * How the parameter plane is looked at from the next frame.
 */
void
ekl_run_set_plane (EklRun *self, const EklPlaneWish *wish)
{
  const gsize last = self->network.n_parameters - 1;
  const gsize first = MIN (wish->parameter[0], last);
  gsize second = MIN (wish->parameter[1], last);

  if (second == first)
    second = first > 0 ? first - 1 : 1;
  self->plane_wish = *wish;
  ekl_plane_fit_set_basis (self->plane_fit, wish->basis, first, second);
  if (!wish->trails && !wish->arrows)
    ekl_plane_trail_clear (self->trail);
  if (!wish->arrows)
    g_clear_pointer (&self->former_mean, g_free);
}

/* Before a step of the ensemble and after it, where somebody wants to see how it moves. */
void
ekl_run_note_move (EklRun *self, gboolean before)
{
  const EklPlaneWish *wish = &self->plane_wish;
  const guint64 step = self->record.step - (before ? 1 : 0);

  if (!wish->trails && !wish->arrows)
    return;
  if (!ekl_plane_trail_has (self->trail, self->plane_fit, step))
    ekl_plane_trail_add (self->trail, self->plane_fit, ekl_run_get_ensemble (self), step);
}

/*
 * ekl_run_note_velocity:
 * @trace: of the step that was taken
 *
 * How the particles and their mean were moved, for arrows: from where the step's noise had put them.
 */
void
ekl_run_note_velocity (EklRun *self, const EklInversionTrace *trace)
{
  if (!self->plane_wish.arrows || trace->spread == NULL)
    return;
  if (self->former_mean == NULL)
    self->former_mean = g_new (real, self->network.n_parameters);
  ekl_ensemble_get_mean (trace->spread, self->former_mean);
  ekl_plane_trail_set_moves (self->trail, self->plane_fit, trace->spread,
                             ekl_run_get_ensemble (self));
}

/* Of the picture's contours and markers: what gradient descent minimises, else EKI's. */
static EklLoss
get_plane_loss (const EklRun *self)
{
  return self->descent != NULL ? self->descent_settings.loss : EKL_LOSS_SQUARED;
}

/* Fits the plane where that is due; a view that has shown another one turns from there. */
static void
follow_paths (EklRun *self)
{
  EklPlaneClock *clock = &self->plane_clock;
  const gint64 now = g_get_monotonic_time ();
  guint version;
  double t = 1;

  if (ekl_plane_fit_update (self->plane_fit, self->path[EKL_METHOD_EKI],
                            self->path[EKL_METHOD_GD])) {
    clock->is_refit = TRUE;
    clock->refit_step = self->record.step;
  }
  version = ekl_plane_fit_get_version (self->plane_fit);
  if (version != clock->version && clock->version != 0 && self->plane_wish.animated)
    clock->turned_at = now;
  clock->version = version;

  if (clock->turned_at != 0)
    t = (double) (now - clock->turned_at) / TURN_US;
  if (t >= 1)
    clock->turned_at = 0;
  t = CLAMP (t, 0, 1);
  ekl_plane_fit_set_turn (self->plane_fit, t * t * (3 - 2 * t));
}

/**
 * ekl_run_is_turning:
 *
 * Returns: whether a frame made a little later would show a plane that has turned further
 */
gboolean
ekl_run_is_turning (const EklRun *self)
{
  return self->plane_clock.turned_at != 0;
}

static EklPoint
project_direction (const EklRun *self, const real *u)
{
  g_autofree real *from = g_new0 (real, self->network.n_parameters);
  const EklPoint tip = ekl_plane_fit_project (self->plane_fit, u, NULL);
  const EklPoint tail = ekl_plane_fit_project (self->plane_fit, from, NULL);

  return (EklPoint){ tip.x - tail.x, tip.y - tail.y };
}

/* Of the mean: its last move but for the noise, which of earlier steps is not known, and -grad Phi and
 * -C grad Phi there, [21]. */
static void
add_arrows (EklRun *self, EklPlane *plane)
{
  const gsize n = self->network.n_parameters;
  g_autofree real *vector = g_new (real, n);
  g_autofree double *mean = g_new (double, n);
  g_autofree double *product = g_new (double, n);
  g_autofree real *here = g_new (real, n);
  const EklEnsemble *ensemble = ekl_run_get_seen_ensemble (self);

  if (self->gradient == NULL)
    self->gradient = ekl_gradient_new (&self->network, self->sample->n_data, self->n_threads, NULL);
  if (self->gradient == NULL)
    return;
  plane->has_arrows = TRUE;
  plane->velocity = (EklPoint){ NAN, NAN };
  ekl_ensemble_get_mean (ensemble, here);
  if (self->former_mean != NULL && !plane->is_past) {
    for (gsize i = 0; i < n; i++)
      vector[i] = here[i] - self->former_mean[i];
    plane->velocity = project_direction (self, vector);
  }

  ekl_gradient (self->gradient, here, self->sample, get_plane_loss (self),
                self->descent_settings.l2, vector);
  for (gsize i = 0; i < n; i++)
    mean[i] = (double) here[i];
  ekl_covariance_product (ensemble, mean, vector, self->n_threads, product);
  for (gsize i = 0; i < n; i++)
    vector[i] = -vector[i];
  plane->gradient = project_direction (self, vector);
  for (gsize i = 0; i < n; i++)
    vector[i] = (real) -product[i];
  plane->preconditioned = project_direction (self, vector);
}

/* The particles' own losses, as many as there is time for, and a moment of their history. */
void
ekl_run_refresh_losses (EklRun *self)
{
  const EklMoment *past = ekl_run_get_past (self);

  if (past != NULL) {
    if (self->past.losses == NULL)
      self->past.losses = ekl_particle_losses_new ();
    self->plane_clock.losses_left =
      ekl_particle_losses_refresh (self->past.losses, self->forward, past->ensemble, self->sample,
                                   get_plane_loss (self), past->step, LOSS_FLOPS);
    return;
  }
  self->plane_clock.losses_left = ekl_particle_losses_refresh (
    self->losses, self->forward, ekl_run_get_ensemble (self), self->sample, get_plane_loss (self),
    self->record.step, LOSS_FLOPS);
  ekl_particle_losses_note (self->losses);
}

static void
add_ensemble (EklRun *self, EklPlane *plane)
{
  EklParticleLosses *const *losses = plane->is_past ? &self->past.losses : &self->losses;

  if (ekl_run_get_seen_ensemble (self) == NULL)
    return;
  ekl_run_refresh_losses (self);
  plane->particle_loss =
    g_memdup2 (ekl_particle_losses_get (*losses), plane->n_particles * sizeof (float));
  if (!plane->is_past && (self->plane_wish.trails || self->plane_wish.arrows))
    ekl_plane_trail_fill (self->trail, plane);
  if (self->plane_wish.arrows && plane->turn == 1)
    add_arrows (self, plane);
}

static EklPlaneBox
join (EklPlaneBox a, EklPlaneBox b)
{
  return (EklPlaneBox){ MIN (a.x0, b.x0), MAX (a.x1, b.x1), MIN (a.y0, b.y0), MAX (a.y1, b.y1) };
}

/* With arrows the picture makes room about the mean for so many of its pixels: somewhere between none
 * and this. */
static EklPlaneBox
add_arrow_room (const EklPlane *plane, EklPlaneBox box)
{
  const double room = ARROW_ROOM * MAX (box.x1 - box.x0, box.y1 - box.y0);
  const EklPoint mean = plane->mean;

  if (!plane->has_arrows || !isfinite (mean.x + mean.y))
    return box;
  return join (box, (EklPlaneBox){ mean.x - room, mean.x + room, mean.y - room, mean.y + room });
}

static void
add_contours (EklRun *self, EklPlane *plane)
{
  const double aspect = self->plane_wish.aspect;
  EklPlaneBox box = self->plane_wish.box;
  EklPlaneBox seen;

  if (!self->plane_wish.has_box) {
    ekl_plane_extent (plane, 0, &box.x0, &box.x1, &box.y0, &box.y1);
    ekl_run_extend_box (self, &box);
  }
  seen = ekl_contours_shape (box, aspect);
  if (!self->plane_wish.has_box)
    seen = join (seen, ekl_contours_shape (add_arrow_room (plane, box), aspect));
  ekl_contours_set_view (self->contours, plane->basis_version, seen);
  plane->loss = ekl_field_copy (ekl_contours_get_field (self->contours));
  if (plane->turn < 1)
    plane->former_loss = ekl_field_copy (ekl_contours_get_former (self->contours));
}

/* As the loss's picture has it: gradient descent at a hundred times the loss it began with. */
static gboolean
runs_away (const EklRun *self)
{
  const EklMethodRecord *record = &self->record.method[EKL_METHOD_GD];

  return record->present &&
         (record->diverged || self->look.loss[EKL_METHOD_GD] > RUN_AWAY * self->descent_start_loss);
}

static void
go_back (const EklRun *self, const EklMoment *past, EklPlane *plane)
{
  EklPoint descent = { NAN, NAN };

  if (past->descent != NULL)
    descent = ekl_plane_fit_project (self->plane_fit, past->descent, NULL);
  ekl_plane_go_back (plane, past->step, plane->mean, descent);
}

/* The parameter plane at this moment, or as it was, with what has been computed of the contours so far. */
EklPlane *
ekl_run_make_plane (EklRun *self)
{
  const EklMoment *past = ekl_run_get_past (self);
  EklPlane *plane;

  follow_paths (self);
  plane = ekl_plane_fit_view (self->plane_fit, ekl_run_get_seen_ensemble (self),
                              self->path[EKL_METHOD_EKI], self->path[EKL_METHOD_GD]);
  if (past != NULL)
    go_back (self, past, plane);
  plane->is_refit = self->plane_clock.is_refit;
  plane->refit_step = self->plane_clock.refit_step;
  plane->descent_runs_away = runs_away (self);
  self->plane_clock.step = self->record.step;
  add_ensemble (self, plane);
  add_contours (self, plane);

  return plane;
}

/**
 * ekl_run_refine_contours:
 *
 * A few milliseconds of work on the losses that the newest frame with a plane was to show: the
 * particles' own, then the contours.
 *
 * Returns: whether something is left to refine
 */
gboolean
ekl_run_refine_contours (EklRun *self)
{
  if (ekl_contours_refine (self->contours, self->plane_fit, self->sample, get_plane_loss (self),
                           self->descent_settings.l2, self->n_threads))
    return TRUE;
  /* while it steps on, the next frame looks after its losses itself */
  if (self->plane_clock.losses_left && self->plane_clock.step == self->record.step) {
    ekl_run_refresh_losses (self);
    self->plane_clock.n_refreshed++;
    return self->plane_clock.losses_left;
  }
  return FALSE;
}

/**
 * ekl_run_get_contours_version:
 *
 * Returns: a number that grows when a frame made now would show other contours than one before
 */
guint
ekl_run_get_contours_version (const EklRun *self)
{
  return ekl_contours_get_version (self->contours) + self->plane_clock.n_refreshed;
}

/* run_story.c - a step that is told in its parts, for slow motion
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run_private.h"

#include "quantiles.h"

#include <math.h>
#include <string.h>

/**
 * ekl_run_tell:
 *
 * The next step is told: frames after it, until another step, have its story where they ask for
 * it. The step is the same to the bit.
 */
void
ekl_run_tell (EklRun *self)
{
  EklTale *tale = &self->tale;
  const gsize bytes = self->network.n_parameters * sizeof (real);

  ekl_inversion_trace_clear (&tale->trace);
  tale->wanted = TRUE;
  tale->has_descent = self->descent != NULL && !ekl_descent_get_info (self->descent)->diverged;
  if (tale->has_descent) {
    if (tale->descent == NULL)
      tale->descent = g_malloc (bytes);
    memcpy (tale->descent, ekl_descent_get_parameters (self->descent), bytes);
  }
}

/* What was kept of an earlier step is of no more use. */
void
ekl_run_forget_tale (EklRun *self)
{
  EklTale *tale = &self->tale;

  ekl_inversion_trace_clear (&tale->trace);
  g_clear_pointer (&tale->line, ekl_move_line_free);
  g_clear_pointer (&tale->descent, g_free);
  *tale = (EklTale){ .trace = { .with_outputs = TRUE } };
}

/* Before a step: one that is told leaves its trace. */
void
ekl_run_begin_tale (EklRun *self)
{
  if (!self->tale.wanted && self->tale.step > 0)
    ekl_run_forget_tale (self);
}

/* After the step. */
void
ekl_run_end_tale (EklRun *self)
{
  EklTale *tale = &self->tale;

  if (!tale->wanted)
    return;
  tale->wanted = FALSE;
  tale->step = self->record.step;
  tale->settings = self->inversion_settings;
  tale->n_data = ekl_batches_get_size (self->batches);
  g_clear_pointer (&tale->line, ekl_move_line_free);
  if (tale->trace.filled)
    tale->line = ekl_move_line_new (&tale->trace, tale->settings.form, self->n_threads);
}

static void
sort_losses (EklStory *story)
{
  const guint n = story->size;
  g_autofree double *sorted = g_memdup2 (story->loss, n * sizeof (double));
  const double share[] = { 0.5 };

  story->loss_low = INFINITY;
  story->loss_high = -INFINITY;
  for (guint j = 0; j < n; j++) {
    story->loss_low = MIN (story->loss_low, sorted[j]);
    story->loss_high = MAX (story->loss_high, sorted[j]);
  }
  ekl_quantiles (sorted, n, share, 1, &story->loss_median);
}

static void
tell_ensemble (EklRun *self, EklStory *story)
{
  const EklTale *tale = &self->tale;
  const EklInversionSettings *settings = &tale->settings;

  story->has_ensemble = TRUE;
  story->form = settings->form;
  story->perturb = settings->perturb_observations && settings->form == EKL_FORM_KALMAN;
  story->weight_noise = settings->redraw > 0 ? 0 : settings->weight_noise;
  story->redraw = settings->redraw > 0;
  story->inflation = settings->inflation > 0;
  story->momentum = settings->momentum != EKL_MOMENTUM_NONE;
  story->prior_term = settings->prior_term || settings->form == EKL_FORM_ALDI;
  story->cross_entropy =
    settings->loss == EKL_LOSS_CROSS_ENTROPY && settings->form == EKL_FORM_EULER;
  story->h = tale->trace.step_size;
  story->gamma = settings->noise != NULL ? NAN : settings->noise_std;
  story->size = ekl_ensemble_get_size (tale->trace.spread);
  story->n_data = tale->n_data;
  story->n_outputs = self->training->n_outputs;
  story->n_observations = story->n_data * story->n_outputs;
  if (tale->trace.found != NULL)
    story->found = ekl_plane_fit_view (self->plane_fit, tale->trace.found, NULL, NULL);
  story->spread = ekl_plane_fit_view (self->plane_fit, tale->trace.spread, NULL, NULL);
  story->moved = ekl_plane_fit_view (self->plane_fit, ekl_run_get_ensemble (self), NULL, NULL);
  story->loss = g_memdup2 (tale->trace.loss, story->size * sizeof (double));
  sort_losses (story);
  if (!story->cross_entropy)
    story->line = ekl_move_line_copy (tale->line);
}

static void
tell_descent (EklRun *self, EklStory *story)
{
  const gsize n = self->network.n_parameters;
  const EklDescentInfo *info = ekl_descent_get_info (self->descent);
  const real *gradient = ekl_descent_get_gradient (self->descent);
  g_autofree real *aim = g_new (real, n);
  double square = 0;

  story->has_descent = TRUE;
  story->learning_rate = info->learning_rate;
  story->descent_loss = info->batch_loss;
  for (gsize i = 0; i < n; i++) {
    aim[i] = (real) (self->tale.descent[i] - info->learning_rate * gradient[i]);
    square += (double) gradient[i] * (double) gradient[i];
  }
  story->gradient_norm = sqrt (square);
  story->descent_found = ekl_plane_fit_project (self->plane_fit, self->tale.descent, NULL);
  story->descent_moved =
    ekl_plane_fit_project (self->plane_fit, ekl_descent_get_parameters (self->descent), NULL);
  story->descent_aim = ekl_plane_fit_project (self->plane_fit, aim, NULL);
}

/*
 * ekl_run_make_story:
 *
 * Returns: (transfer full) (nullable): the newest step in its parts, in the plane as it is fitted
 *   now; %NULL where it was not told
 */
EklStory *
ekl_run_make_story (EklRun *self)
{
  const EklTale *tale = &self->tale;
  EklStory *story;

  if (tale->step == 0 || tale->step != self->record.step)
    return NULL;
  story = g_new0 (EklStory, 1);
  story->step = tale->step;
  story->n_parameters = self->network.n_parameters;
  if (self->inversion != NULL && tale->trace.filled)
    tell_ensemble (self, story);
  if (tale->has_descent && !ekl_descent_get_info (self->descent)->diverged)
    tell_descent (self, story);
  ekl_story_find_phases (story);
  if (story->n_phases == 0)
    g_clear_pointer (&story, ekl_story_free);
  return story;
}

/*
 * ekl_run_extend_box:
 * @box: (inout): a part of the plane
 *
 * Makes room for where the particles of a step that is told have been.
 */
void
ekl_run_extend_box (EklRun *self, EklPlaneBox *box)
{
  const EklTale *tale = &self->tale;
  const EklEnsemble *const ensembles[] = { tale->trace.found, tale->trace.spread };

  if (tale->step == 0 || tale->step != self->record.step)
    return;
  for (guint k = 0; k < G_N_ELEMENTS (ensembles); k++) {
    g_autoptr (EklPlane) view = NULL;
    EklPlaneBox other;

    if (ensembles[k] == NULL)
      continue;
    view = ekl_plane_fit_view (self->plane_fit, ensembles[k], NULL, NULL);
    ekl_plane_extent (view, 0, &other.x0, &other.x1, &other.y0, &other.y1);
    box->x0 = MIN (box->x0, other.x0);
    box->x1 = MAX (box->x1, other.x1);
    box->y0 = MIN (box->y0, other.y0);
    box->y1 = MAX (box->y1, other.y1);
  }
}

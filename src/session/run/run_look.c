/* run_look.c - looking at the ensemble while it runs: what is computed only where somebody asks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A look costs about a gradient, a copy of the particles and the products of their anomalies. It
 * reads the run and changes none of its bits.
 */
#include "run_private.h"

#include "memory.h"
#include "velocity.h"

#include <math.h>

static void
drop_gradient (EklLook *self)
{
  g_clear_pointer (&self->gradient, ekl_gradient_free);
  g_clear_pointer (&self->mean, ekl_memory_free);
  g_clear_pointer (&self->slope, ekl_memory_free);
}

static void
drop_start (EklLook *self)
{
  g_clear_pointer (&self->start, ekl_ensemble_free);
  g_clear_pointer (&self->start_spectrum, ekl_spectrum_free);
  g_clear_pointer (&self->span, ekl_subspace_free);
}

/*
 * ekl_look_clear:
 *
 * Frees what it holds.
 */
void
ekl_look_clear (EklLook *self)
{
  drop_start (self);
  drop_gradient (self);
  g_clear_pointer (&self->now, ekl_spectrum_free);
  ekl_inversion_trace_clear (&self->trace);
}

static void
copy_start (EklRun *self)
{
  EklLook *look = &self->look;
  const EklEnsemble *ensemble = ekl_run_get_ensemble (self);

  drop_start (look);
  if (ensemble != NULL && look->keeps_start &&
      ekl_subspace_is_small (ekl_ensemble_get_size (ensemble), self->network.n_parameters))
    look->start = ekl_ensemble_copy (ensemble);
}

/* The run stands at its start, perhaps another one than before. */
void
ekl_run_restart_look (EklRun *self)
{
  EklLook *look = &self->look;
  const EklEnsemble *ensemble = ekl_run_get_ensemble (self);

  look->start_spread = ensemble != NULL ? ekl_ensemble_get_spread (ensemble) : NAN;
  drop_gradient (look);
  ekl_run_forget_look (self);
  copy_start (self);
}

/* The particles are others than at the last look. */
void
ekl_run_forget_look (EklRun *self)
{
  g_clear_pointer (&self->look.now, ekl_spectrum_free);
}

/**
 * ekl_run_keep_start:
 *
 * Keeps the particles of the start, so that looks can say what lies in their span; where those are
 * few enough, see ekl_subspace_is_small(). To be called before the first step.
 */
void
ekl_run_keep_start (EklRun *self)
{
  self->look.keeps_start = TRUE;
  if (self->record.step == 0)
    copy_start (self);
}

/**
 * ekl_run_look:
 *
 * The next step is looked at: its record gets the numbers of the ensemble, which are empty in
 * others, and the next frame has its spectrum. The step is the same to the bit.
 */
void
ekl_run_look (EklRun *self)
{
  self->look.wanted = self->inversion != NULL;
}

/**
 * ekl_run_get_look_version:
 *
 * Returns: a number that grows with every look
 */
guint
ekl_run_get_look_version (const EklRun *self)
{
  return self->look.version;
}

/* Before EKI's step. */
void
ekl_run_begin_look (EklRun *self)
{
  self->record.ensemble = (EklEnsembleNumbers){ FALSE, NAN, NAN, NAN, NAN };
  if (self->tale.wanted)
    ekl_inversion_set_trace (self->inversion, &self->tale.trace);
  else
    ekl_inversion_set_trace (
      self->inversion, self->look.wanted || self->plane_wish.arrows ? &self->look.trace : NULL);
}

static gboolean
prepare_gradient (EklRun *self)
{
  EklLook *look = &self->look;
  const gsize p = self->network.n_parameters;
  const guint n = self->labels != NULL ? ekl_dataset_get_training (self->dataset)->n_data
                                       : ekl_batches_get_size (self->batches);

  if (look->gradient == NULL &&
      ((look->gradient = ekl_gradient_new (&self->network, n, self->n_threads, NULL)) == NULL ||
       (look->mean = ekl_memory_new (p, sizeof (real), "the gradient", NULL)) == NULL ||
       (look->slope = ekl_memory_new (p, sizeof (real), "the gradient", NULL)) == NULL ||
       !ekl_run_show_graph (self, look->gradient, NULL)))
    drop_gradient (look);
  return look->gradient != NULL;
}

/* [13] pulls at the mean, too: N / (2 gamma^2) (L + R) + |C0^{-1/2} (u - m0)|^2 / 2, as a multiple
 * of L. */
static void
add_prior_gradient (EklRun *self, guint n_data)
{
  const EklInversionSettings *settings = &self->inversion_settings;
  const double gamma = settings->noise != NULL ? ekl_noise_covariance_get_scale (settings->noise)
                                               : settings->noise_std;
  g_autofree double *std = g_new (double, self->network.n_parameters);

  if (!settings->prior_term && settings->form != EKL_FORM_ALDI)
    return;
  ekl_prior_standard_deviations (&settings->prior, &self->network, std);
  for (gsize i = 0; i < self->network.n_parameters; i++)
    if (std[i] > 0)
      self->look.slope[i] +=
        (real) (2 * gamma * gamma / n_data * (self->look.mean[i] - settings->prior.mean) /
                (std[i] * std[i]));
}

/* [21]: what EKI did with the mean, beside the gradient there on the same batch. */
static void
find_cosines (EklRun *self, const EklInversionTrace *trace, const EklBatch *batch)
{
  EklLook *look = &self->look;
  EklEnsembleNumbers *numbers = &self->record.ensemble;
  EklCosines cosines;

  if (!prepare_gradient (self))
    return;
  ekl_ensemble_get_mean (trace->spread, look->mean);
  ekl_gradient (look->gradient, look->mean, batch, self->inversion_settings.loss, 0, look->slope);
  if (self->inversion_settings.graph_weight > 0 && self->labels != NULL)
    ekl_gradient_add_graph (look->gradient, look->mean, self->inversion_settings.graph_weight,
                            look->slope);
  add_prior_gradient (self, batch->n_data);
  cosines =
    ekl_velocity_cosines (trace->spread, ekl_run_get_ensemble (self), look->slope, self->n_threads);
  numbers->cosine_gradient = cosines.gradient;
  numbers->cosine_preconditioned = cosines.preconditioned;
}

static void
find_spectrum (EklRun *self)
{
  EklLook *look = &self->look;

  ekl_spectrum_free (look->now);
  look->now = ekl_spectrum_new (ekl_run_get_ensemble (self), self->n_threads);
  look->step = self->record.step;
  look->version++;
}

/* The span and the spectrum of the start, from its particles. */
static void
ensure_start (EklLook *self, guint n_threads)
{
  if (self->start == NULL)
    return;
  self->start_spectrum = ekl_spectrum_new (self->start, n_threads);
  self->span = ekl_subspace_new (self->start, n_threads);
  g_clear_pointer (&self->start, ekl_ensemble_free);
}

/* Of gradient descent's displacement from its own start; @descent: where it is, (P), or NULL. */
static double
find_share (EklRun *self, const real *descent)
{
  EklLook *look = &self->look;

  ensure_start (look, self->n_threads);
  if (look->span == NULL || descent == NULL)
    return NAN;
  return ekl_subspace_share (look->span, descent,
                             ekl_parameter_path_get_point (self->path[EKL_METHOD_GD], 0, NULL));
}

/* What the record says of the ensemble as it stands; cosines are of a step that was looked at. */
static void
note_look (EklRun *self)
{
  EklEnsembleNumbers *numbers = &self->record.ensemble;

  if (!numbers->is_known)
    *numbers = (EklEnsembleNumbers){ TRUE, NAN, NAN, NAN, NAN };
  numbers->effective_rank = self->look.now->effective_rank;
  numbers->span_share = find_share (self, ekl_run_get_descent (self));
}

/* After EKI's step, where it was looked at. */
void
ekl_run_end_look (EklRun *self, const EklBatch *batch)
{
  EklLook *look = &self->look;
  const EklInversionTrace *trace = self->tale.wanted ? &self->tale.trace : &look->trace;

  ekl_inversion_set_trace (self->inversion, NULL);
  if (trace->filled && look->wanted) {
    find_cosines (self, trace, batch);
    find_spectrum (self);
    self->record.ensemble.is_known = TRUE;
    note_look (self);
  }
  if (trace->filled)
    ekl_run_note_velocity (self, trace);
  look->wanted = FALSE;
  ekl_inversion_trace_clear (&look->trace);
}

/* Losses of steps that are over are not at hand, so nobody is said to have been stuck in the span. */
static EklAdvice *
make_advice (EklRun *self, const EklMoment *past, double effective_rank, double span_share)
{
  const EklEnsemble *ensemble = ekl_run_get_seen_ensemble (self);
  const EklSpectrum *start = self->look.start_spectrum;
  const gboolean has_losses = past == NULL && self->descent != NULL;
  const EklCondition condition = {
    .step = past != NULL ? past->step : self->record.step,
    .size = ekl_ensemble_get_size (ensemble),
    .n_parameters = self->network.n_parameters,
    .stalled = past == NULL && ekl_inversion_get_info (self->inversion)->stalled,
    .spread = ekl_ensemble_get_spread (ensemble),
    .start_spread = self->look.start_spread,
    .effective_rank = effective_rank,
    .start_rank = start != NULL ? start->effective_rank : NAN,
    .span_share = span_share,
    .loss = past == NULL ? self->look.loss[EKL_METHOD_EKI] : NAN,
    .descent_loss = has_losses ? self->look.descent_misfit : NAN,
  };

  return ekl_advice_new (&condition, self->experiment);
}

/* What is seen of the ensemble in this spectrum, after this step. */
static EklEnsembleView *
make_view (EklRun *self, const EklSpectrum *spectrum, guint64 step, const EklAdvice *advice)
{
  EklLook *look = &self->look;
  EklEnsembleView *view = g_new0 (EklEnsembleView, 1);

  view->step = step;
  view->size = ekl_ensemble_get_size (ekl_run_get_seen_ensemble (self));
  view->n_parameters = self->network.n_parameters;
  view->start = ekl_spectrum_copy (look->start_spectrum);
  view->now = ekl_spectrum_copy (spectrum);
  view->span_rank = look->span != NULL ? ekl_subspace_get_rank (look->span) : 0;
  view->sentence = g_strdup (advice->sentence);
  view->is_warning = advice->state != EKL_ENSEMBLE_WELL;
  return view;
}

/* As it was; what could be done about it then is of no more use. */
static EklEnsembleView *
make_past_view (EklRun *self, const EklMoment *past)
{
  const EklSpectrum *spectrum = ekl_run_get_past_spectrum (self);
  const double share = find_share (self, past->descent);
  g_autoptr (EklAdvice) advice = make_advice (self, past, spectrum->effective_rank, share);

  return make_view (self, spectrum, past->step, advice);
}

/*
 * ekl_run_make_ensemble:
 * @advice: (out): (transfer full) (nullable): about it; %NULL of the past
 *
 * The ensemble as the newest look found it, or as it was; without a look at this step it is looked at
 * now, and the record says so.
 *
 * Returns: (transfer full) (nullable): the picture's data; %NULL where EKI is off
 */
EklEnsembleView *
ekl_run_make_ensemble (EklRun *self, EklAdvice **advice)
{
  const EklMoment *past = ekl_run_get_past (self);
  EklLook *look = &self->look;

  *advice = NULL;
  if (self->inversion == NULL)
    return NULL;
  if (past != NULL)
    return make_past_view (self, past);
  if (look->now == NULL || look->step != self->record.step) {
    find_spectrum (self);
    note_look (self);
  }
  *advice = make_advice (self, NULL, look->now->effective_rank,
                         find_share (self, ekl_run_get_descent (self)));
  return make_view (self, look->now, look->step, *advice);
}

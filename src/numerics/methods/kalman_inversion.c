/* kalman_inversion.c - ensemble Kalman inversion, one step at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One step, in the order of the text: momentum [17], re-spread [18], outputs [1], repair [19],
 * prior term [13], step size [14] or [15], analysis [8], [9], [11], [12] or [16]. The letters are
 * those of the formulas: U (J, P) particles, G (J, K) outputs, K = N m, y (K), Gamma, h, D whitened
 * anomalies of the outputs.
 */
#include "errors.h"
#include "cores.h"
#include "inversion_private.h"
#include "memory.h"
#include "vector_math.h"

#include <math.h>
#include <string.h>

/* A step size beyond this is no more than "all of it": [15] divides by the misfit, which may be zero. */
#define MAX_STEP_SIZE 1e10

/* epsilon of [14] */
#define KOVACHKI_STUART_EPSILON 0.5

#define SERIAL_VALUES 50000

/* What the arrays that depend on J and on the settings are sized for. */
typedef struct {
  EklForm form;
  guint size;
  gboolean prior_term;
  gboolean cross_entropy;
  gboolean graph;
} Shape;

static Shape
shape_for (const EklInversion *self, const EklInversionSettings *settings, guint size)
{
  gboolean stacked = settings->prior_term && settings->form != EKL_FORM_ALDI;
  gboolean cross_entropy =
    settings->loss == EKL_LOSS_CROSS_ENTROPY && settings->form == EKL_FORM_EULER;

  return (Shape){ settings->form, size, stacked, cross_entropy,
                  self->graph != NULL && settings->graph_weight > 0 };
}

static void
free_arrays (EklInversion *self)
{
  g_clear_pointer (&self->update, ekl_kalman_update_free);
  g_clear_pointer (&self->outputs, ekl_memory_free);
  g_clear_pointer (&self->innovation, ekl_memory_free);
  g_clear_pointer (&self->residuals, ekl_memory_free);
  g_clear_pointer (&self->part_y, ekl_memory_free);
  g_clear_pointer (&self->graph_answers, ekl_memory_free);
  g_clear_pointer (&self->parameters, ekl_memory_free);
  g_clear_pointer (&self->prior_innovation, ekl_memory_free);
  g_clear_pointer (&self->misfit, ekl_memory_free);
  g_clear_pointer (&self->broken, ekl_memory_free);
}

/* What only a step in parts wants. */
static gboolean
allocate_for_parts (EklInversion *self, const Shape *shape, GError **error)
{
  const gsize m = ekl_network_n_outputs (ekl_ensemble_get_network (self->ensemble));

  self->part_y = ekl_memory_new (self->held, sizeof (real), "the outputs of the ensemble", error);
  if (self->part_y == NULL)
    return FALSE;
  return !shape->graph ||
         (self->graph_answers = ekl_memory_new (shape->size * m * self->graph_inputs.n_data,
                                                sizeof (real), "the graph", error)) != NULL;
}

/* [16] */
static gboolean
allocate_for_prior (EklInversion *self, const EklNetwork *network, gsize size, GError **error)
{
  const char *what = "the parameters beside the outputs";

  self->held_parameters = MIN (network->n_parameters, ekl_inversion_count_held ((guint) size, 1));
  return (self->parameters =
            ekl_memory_new (self->held_parameters * size, sizeof (real), what, error)) != NULL &&
         (self->prior_innovation =
            ekl_memory_new (self->held_parameters, sizeof (real), what, error)) != NULL;
}

static gboolean
allocate_arrays (EklInversion *self, const EklNetwork *network, const Shape *shape, GError **error)
{
  gsize p = network->n_parameters, size = shape->size;
  gsize k = (gsize) self->max_data * ekl_network_n_outputs (network);
  const char *what = "the outputs of the ensemble";

  self->prior_term = shape->prior_term;
  self->cross_entropy = shape->cross_entropy;
  self->has_graph = shape->graph;
  self->max_observations =
    k + (shape->prior_term ? p : 0) + (shape->graph ? ekl_inversion_count_differences (self) : 0);
  if (self->max_observations > G_MAXINT) {
    g_set_error (error, EKL_NUMERICS_ERROR, EKL_NUMERICS_ERROR_NO_MEMORY,
                 "%" G_GSIZE_FORMAT " observations are more than a step can take; use a smaller "
                 "batch",
                 self->max_observations);
    return FALSE;
  }
  self->update = ekl_kalman_update_new (network, shape->form, shape->size,
                                        (guint) self->max_observations, self->n_threads, error);
  if (self->update == NULL)
    return FALSE;
  self->held = ekl_kalman_update_in_data_space (self->update)
                 ? self->max_observations
                 : MIN (self->max_observations,
                        ekl_inversion_count_held (shape->size, ekl_network_n_outputs (network)));
  if ((self->outputs = ekl_memory_new (self->held * size, sizeof (real), what, error)) == NULL ||
      (self->innovation = ekl_memory_new (self->held, sizeof (real), what, error)) == NULL ||
      (self->misfit = ekl_memory_new (size, 4 * sizeof (double), what, error)) == NULL ||
      (self->broken = ekl_memory_new (size, 1, what, error)) == NULL)
    return FALSE;
  self->losses = self->misfit + size;
  self->normals = self->misfit + 2 * size;
  self->potential = self->misfit + 3 * size;
  memset (self->broken, 0, size);

  if (shape->cross_entropy &&
      (self->residuals = ekl_memory_new (self->held * size, sizeof (real), what, error)) == NULL)
    return FALSE;
  return (self->held == self->max_observations || allocate_for_parts (self, shape, error)) &&
         (shape->form != EKL_FORM_ALDI || allocate_for_prior (self, network, size, error));
}

/* Makes the arrays anew for another shape. On failure nothing is changed. */
static gboolean
reshape (EklInversion *self, const Shape *shape, GError **error)
{
  EklInversion other = *self;

  other.update = NULL;
  other.outputs = other.innovation = other.residuals = NULL;
  other.part_y = other.graph_answers = NULL;
  other.parameters = other.prior_innovation = NULL;
  other.misfit = NULL;
  other.broken = NULL;
  if (!allocate_arrays (&other, ekl_ensemble_get_network (self->ensemble), shape, error)) {
    free_arrays (&other);
    return FALSE;
  }
  if (self->broken != NULL)
    memcpy (other.broken, self->broken, MIN (shape->size, ekl_ensemble_get_size (self->ensemble)));
  free_arrays (self);
  *self = other;

  return TRUE;
}

/* Other settings may want other arrays. */
static gboolean
follow_settings (EklInversion *self, const EklInversionSettings *settings)
{
  Shape shape = shape_for (self, settings, ekl_ensemble_get_size (self->ensemble));

  if (ekl_kalman_update_get_form (self->update) == shape.form &&
      self->prior_term == shape.prior_term && self->cross_entropy == shape.cross_entropy &&
      self->has_graph == shape.graph)
    return TRUE;
  return reshape (self, &shape, NULL);
}

/* Particles given from outside may hold anything. */
static void
find_broken_parameters (EklInversion *self)
{
  guint size = ekl_ensemble_get_size (self->ensemble);

  for (guint b = 0; b < ekl_ensemble_n_blocks (self->ensemble); b++) {
    gsize width;
    const real *block = ekl_ensemble_block (self->ensemble, b, &width, NULL);

    for (guint j = 0; j < size; j++)
      for (gsize i = 0; i < width; i++)
        if (!isfinite (block[j * width + i]))
          self->broken[j] = 1;
  }
}

static void
forget_particle_losses (EklInversionInfo *info)
{
  info->particle_loss_mean = info->particle_loss_best = NAN;
  info->particle_loss_low = info->particle_loss_median = info->particle_loss_high = NAN;
  info->mean_output_loss = NAN;
}

/**
 * ekl_inversion_new:
 * @start: the particles of the start; copied
 * @max_data: the largest batch that will come
 * @n_threads: threads to use, at least 1; the answers do not depend on it
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Returns: (nullable): the inversion at its start, or %NULL with @error set
 */
EklInversion *
ekl_inversion_new (const EklEnsemble *start, guint max_data, guint n_threads, GError **error)
{
  g_autoptr (EklInversion) self = g_new0 (EklInversion, 1);
  const EklNetwork *network = ekl_ensemble_get_network (start);
  Shape shape = { EKL_FORM_KALMAN, ekl_ensemble_get_size (start), FALSE, FALSE, FALSE };
  const char *what = "the ensemble";

  self->max_data = max_data;
  self->n_threads = n_threads;
  self->ensemble = ekl_ensemble_copy (start);
  if (self->ensemble == NULL) {
    g_set_error (error, EKL_NUMERICS_ERROR, EKL_NUMERICS_ERROR_NO_MEMORY,
                 "There is no memory for an ensemble of %u particles; use fewer particles or a "
                 "smaller network",
                 shape.size);
    return NULL;
  }
  if ((self->forward = ekl_forward_new (network, max_data, n_threads, error)) == NULL ||
      (self->noise =
         ekl_memory_new (network->n_parameters * n_threads, sizeof (real), what, error)) == NULL ||
      (self->mean = ekl_memory_new (network->n_parameters, sizeof (double), what, error)) == NULL ||
      !reshape (self, &shape, error))
    return NULL;

  find_broken_parameters (self);
  forget_particle_losses (&self->info);

  return g_steal_pointer (&self);
}

/**
 * ekl_inversion_free:
 * @self: (nullable): an inversion
 */
void
ekl_inversion_free (EklInversion *self)
{
  if (self == NULL)
    return;
  free_arrays (self);
  ekl_ensemble_free (self->ensemble);
  ekl_ensemble_free (self->previous);
  ekl_forward_free (self->forward);
  ekl_memory_free (self->graph_outputs);
  ekl_memory_free (self->noise);
  ekl_memory_free (self->mean);
  g_free (self);
}

/**
 * ekl_inversion_set_cancel:
 * @self: an inversion
 * @cancel: (nullable): an atomic flag; must outlive the inversion
 *
 * Once the flag is non-zero a step in progress is left at the next block of work. The inversion is
 * of no more use then; this is for closing the program in the middle of a long step.
 */
void
ekl_inversion_set_cancel (EklInversion *self, const int *cancel)
{
  self->cancel = cancel;
  ekl_forward_set_cancel (self->forward, cancel);
}

static gboolean
is_cancelled (const EklInversion *self)
{
  return self->cancel != NULL && g_atomic_int_get (self->cancel) != 0;
}

/* |r - D_j|^2 / 2 of observations that are all at hand. */
static void
find_potentials (EklInversion *self, gsize first, gsize k, gsize stride)
{
  guint size = ekl_ensemble_get_size (self->ensemble);

#pragma omp parallel for schedule(static) num_threads(                                             \
  ekl_cores_team(self->n_threads)) if (self->n_threads > 1 && size * k > SERIAL_VALUES)
  for (guint j = 0; j < size; j++)
    self->potential[j] = ekl_vector_squared_distance (k - first, self->innovation + first,
                                                      self->outputs + j * stride + first) /
                         2;
}

/* [15]: Phi_j = |Gamma^{-1/2} (y - G^j)|^2 / 2 = |r - D_j|^2 / 2, over the outputs and the graph's
 * differences; with [11] the outputs' part is N times the cross-entropy. */
static double
misfit_step (EklInversion *self, gsize n_outputs, gsize stride)
{
  gsize k = n_outputs + (self->has_graph ? ekl_inversion_count_differences (self) : 0);
  guint size = ekl_ensemble_get_size (self->ensemble);
  double mean = 0, variance = 0;

  if (!ekl_inversion_is_in_parts (self, stride))
    find_potentials (self, self->cross_entropy ? n_outputs : 0, k, stride);
  for (guint j = 0; j < size; j++) {
    self->losses[j] = (self->cross_entropy ? self->misfit[j] : 0) + self->potential[j];
    mean += self->losses[j];
  }
  mean /= size;
  for (guint j = 0; j < size; j++)
    variance += (self->losses[j] - mean) * (self->losses[j] - mean);
  variance /= size - 1;

  return MAX (k / (2 * mean), sqrt (k / (2 * variance)));
}

static double
bound_step (const EklInversion *self, const EklInversionSettings *settings, double h)
{
  h = MIN (h, MAX_STEP_SIZE);
  if (settings->stop_time > 0)
    h = MIN (h, settings->stop_time - self->info.time);
  return h;
}

static double
scheduled_step (const EklInversion *self, const EklInversionSettings *settings)
{
  return settings->step_size *
         ekl_schedule_factor (settings->schedule, settings->schedule_steps, self->info.steps);
}

/* The analysis of this step; its step size only where it does not follow from the products. */
static EklAnalysis
describe_analysis (EklInversion *self,
                   const EklInversionSettings *settings,
                   const EklBatch *batch,
                   gsize stride)
{
  gsize k = (gsize) batch->n_outputs * batch->n_data;
  EklAnalysis analysis = {
    .n_observations = (guint) stride,
    .perturb = settings->perturb_observations,
    .seed = settings->seed,
    .step = (guint32) self->info.steps,
    .n_parameters = ekl_ensemble_get_network (self->ensemble)->n_parameters,
  };

  if (!ekl_inversion_is_in_parts (self, stride)) {
    analysis.anomalies = self->outputs;
    analysis.innovation = self->innovation;
    analysis.residuals = self->residuals;
  }
  if (settings->step_rule == EKL_STEP_RULE_MISFIT)
    analysis.step_size = bound_step (self, settings, misfit_step (self, k, stride));
  else if (settings->step_rule == EKL_STEP_RULE_FIXED)
    analysis.step_size = bound_step (self, settings, scheduled_step (self, settings));
  return analysis;
}

/* The step of [14] follows from the products. It is meant for [8] and [11]; elsewhere it is no more
 * than a choice of h. */
static gboolean
analyse (EklInversion *self, const EklInversionSettings *settings, EklAnalysis *analysis)
{
  guint size = ekl_ensemble_get_size (self->ensemble);

  if (analysis->anomalies != NULL &&
      !ekl_kalman_update_prepare (self->update, analysis, self->cancel))
    return FALSE;
  if (self->parameters != NULL)
    ekl_inversion_add_prior (self, &settings->prior);
  if (settings->step_rule == EKL_STEP_RULE_KOVACHKI_STUART)
    analysis->step_size = bound_step (
      self, settings,
      size * scheduled_step (self, settings) /
        (ekl_kalman_update_get_norm (self->update, analysis) + KOVACHKI_STUART_EPSILON));
  return ekl_kalman_update_apply (self->update, analysis, self->ensemble, self->broken,
                                  self->cancel);
}

static gboolean
stall (EklInversion *self)
{
  self->info.stalled = TRUE;
  return FALSE;
}

static gboolean
has_finished (const EklInversion *self, const EklInversionSettings *settings)
{
  return settings->stop_time > 0 && self->info.time >= settings->stop_time * (1 - 1e-12);
}

/**
 * ekl_inversion_step:
 * @self: an inversion
 * @settings: the settings of this step
 * @batch: its data, at most max_data
 * @n_train: rows of all training data, to count model runs
 *
 * One step of [8], [9], [11], [12] or [16]. Perturbed observations belong to the Kalman form only,
 * [14] to the continuous one. Where fewer than two particles are finite, or the analysis overflows,
 * the inversion has stalled: a state, not an error.
 *
 * Returns: %TRUE if a step was taken
 */
gboolean
ekl_inversion_step (EklInversion *self,
                    const EklInversionSettings *settings,
                    const EklBatch *batch,
                    guint n_train)
{
  EklInversionInfo *info = &self->info;
  gsize n_parameters = ekl_ensemble_get_network (self->ensemble)->n_parameters;
  gsize k = (gsize) batch->n_outputs * batch->n_data;
  gsize prior, stride; /* where the prior's observations begin, and where all end */
  EklAnalysis analysis;

  g_return_val_if_fail (batch->n_data >= 1 && batch->n_data <= self->max_data, FALSE);
  g_return_val_if_fail (settings->noise == NULL ||
                          ekl_noise_covariance_get_n_outputs (settings->noise) == batch->n_outputs,
                        FALSE);

  if (info->stalled)
    return FALSE;
  info->finished = has_finished (self, settings);
  if (info->finished)
    return FALSE;
  ekl_inversion_trace_found (self);
  if (!follow_settings (self, settings) || !ekl_inversion_extrapolate (self, settings->momentum))
    return stall (self);

  prior = k + (self->has_graph ? ekl_inversion_count_differences (self) : 0);
  stride = prior + (self->prior_term ? n_parameters : 0);
  ekl_inversion_respread (self, settings);
  if (!ekl_inversion_find_outputs (self, settings, batch, stride))
    return stall (self);
  if (is_cancelled (self))
    return FALSE;
  ekl_inversion_trace_spread (self, batch->n_data);
  if (!ekl_inversion_is_in_parts (self, stride))
    ekl_inversion_whiten (self, settings, batch, prior, stride);
  ekl_inversion_trace_outputs (self, stride);
  analysis = describe_analysis (self, settings, batch, stride);
  if (!analyse (self, settings, &analysis))
    return stall (self);

  ekl_inversion_trace_finish (self, analysis.step_size);
  info->steps++;
  info->step_size = analysis.step_size;
  info->time += analysis.step_size;
  info->model_runs += (double) ekl_ensemble_get_size (self->ensemble) * batch->n_data / n_train;
  info->finished = has_finished (self, settings);

  return TRUE;
}

/* The mean of the values that are finite: one broken particle must not break the new ones. */
void
ekl_inversion_find_finite_mean (EklInversion *self)
{
  guint size = ekl_ensemble_get_size (self->ensemble);

  for (guint b = 0; b < ekl_ensemble_n_blocks (self->ensemble); b++) {
    gsize width, offset;
    const real *block = ekl_ensemble_block (self->ensemble, b, &width, &offset);

    for (gsize i = 0; i < width; i++) {
      double sum = 0;
      guint n = 0;

      for (guint j = 0; j < size; j++)
        if (isfinite (block[j * width + i])) {
          sum += block[j * width + i];
          n++;
        }
      self->mean[offset + i] = n > 0 ? sum / n : 0;
    }
  }
}

/**
 * ekl_inversion_resize:
 * @self: an inversion
 * @settings: for the prior and the seed
 * @size: the new J, at least 2
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * [20]: new particles are draws of the prior moved to the current mean, m0 to ubar; surplus ones go
 * from the end. Momentum starts anew, and an inversion that had stalled may go on. On failure all
 * stands as it was.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean
ekl_inversion_resize (EklInversion *self,
                      const EklInversionSettings *settings,
                      guint size,
                      GError **error)
{
  guint before = ekl_ensemble_get_size (self->ensemble);
  Shape shape = shape_for (self, settings, size);
  g_autoptr (EklEnsemble) other = NULL;

  g_return_val_if_fail (size >= 2, FALSE);

  if (size == before)
    return TRUE;
  other = ekl_ensemble_copy (self->ensemble);
  if (other == NULL || !ekl_ensemble_resize (other, size, error) ||
      !reshape (self, &shape, error)) {
    if (error != NULL && *error == NULL)
      g_set_error (error, EKL_NUMERICS_ERROR, EKL_NUMERICS_ERROR_NO_MEMORY,
                   "There is no memory for an ensemble of %u particles; use fewer particles or a "
                   "smaller network",
                   size);
    return FALSE;
  }
  ekl_inversion_find_finite_mean (self);
  ekl_ensemble_free (self->ensemble);
  self->ensemble = g_steal_pointer (&other);
  g_clear_pointer (&self->previous, ekl_ensemble_free);
  self->momentum_steps = 0;
  self->info.stalled = FALSE;

  ekl_prior_fill (&settings->prior, settings->seed, before, self->ensemble);
  for (guint b = 0; b < ekl_ensemble_n_blocks (self->ensemble); b++) {
    gsize width, offset;
    real *block = ekl_ensemble_block (self->ensemble, b, &width, &offset);

    for (gsize j = before; j < size; j++)
      for (gsize i = 0; i < width; i++)
        block[j * width + i] += (real) (self->mean[offset + i] - settings->prior.mean);
  }
  return TRUE;
}

/**
 * ekl_inversion_get_ensemble:
 * @self: an inversion
 *
 * Returns: (transfer none): the particles, until the next step
 */
const EklEnsemble *
ekl_inversion_get_ensemble (const EklInversion *self)
{
  return self->ensemble;
}

/**
 * ekl_inversion_get_info:
 * @self: an inversion
 *
 * Returns: (transfer none): what it has done so far
 */
const EklInversionInfo *
ekl_inversion_get_info (const EklInversion *self)
{
  return &self->info;
}

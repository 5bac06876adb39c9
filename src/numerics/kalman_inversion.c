/* kalman_inversion.c - ensemble Kalman inversion, one step at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One step, in the order of the text: re-spread [18], forward pass [1], repair [19], step size
 * [15], analysis [8] or [9]. The letters are those of the formulas: U (J, P) particles, G (J, K)
 * outputs, K = N m, y (K), Gamma = gamma^2 I, h.
 */
#include "kalman_inversion.h"

#include "errors.h"
#include "kalman_update.h"
#include "memory.h"
#include "philox.h"
#include "quantiles.h"
#include "vector_math.h"

#include <math.h>
#include <omp.h>
#include <string.h>

/* A step size beyond this is no more than "all of it": [15] divides by the misfit, which may be
 * zero. */
#define MAX_STEP_SIZE 1e10

/* Products of whitened outputs must stay below the working precision's range. */
#define MAX_MISFIT (sizeof (real) == sizeof (float) ? 1e30 : 1e280)

#define REDRAWS       3
#define FORWARD_FLOPS 2e9 /* between two looks at the cancel flag */

struct _EklInversion {
  EklEnsemble *ensemble;
  EklForward *forward;
  EklKalmanUpdate *update;
  guint max_data;
  guint n_threads;
  const int *cancel;

  real *outputs;    /* (J, K) G, then D */
  real *innovation; /* (K) */
  real *noise;      /* (n_threads, P) */
  double *misfit;   /* (J) |y - G^j|^2 */
  double *losses;   /* (J) */
  double *normals;  /* (J) */
  guint8 *broken;   /* (J) values or outputs that are not finite */
  EklInversionInfo info;
};

/* The arrays that depend on J. On failure nothing is changed. */
static gboolean
allocate (EklInversion *self, EklForm form, guint size, GError **error)
{
  const EklNetwork *network = ekl_ensemble_get_network (self->ensemble);
  gsize k = (gsize) self->max_data * ekl_network_n_outputs (network);
  const char *what = "the outputs of the ensemble";
  g_autoptr (EklKalmanUpdate) update =
    ekl_kalman_update_new (network, form, size, (guint) k, self->n_threads, error);
  real *outputs = update != NULL ? ekl_memory_new (k * size, sizeof (real), what, error) : NULL;
  double *numbers =
    outputs != NULL ? ekl_memory_new (size, 3 * sizeof (double), what, error) : NULL;
  guint8 *broken = numbers != NULL ? ekl_memory_new (size, 1, what, error) : NULL;

  if (broken == NULL) {
    ekl_memory_free (outputs);
    ekl_memory_free (numbers);
    return FALSE;
  }
  ekl_kalman_update_free (self->update);
  ekl_memory_free (self->outputs);
  ekl_memory_free (self->misfit);
  ekl_memory_free (self->broken);
  self->update = g_steal_pointer (&update);
  self->outputs = outputs;
  self->misfit = numbers;
  self->losses = numbers + size;
  self->normals = numbers + 2 * size;
  self->broken = broken;
  memset (broken, 0, size);

  return TRUE;
}

/* Another form wants another workspace. */
static gboolean
choose_form (EklInversion *self, EklForm form)
{
  return ekl_kalman_update_get_form (self->update) == form ||
         allocate (self, form, ekl_ensemble_get_size (self->ensemble), NULL);
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
  guint size = ekl_ensemble_get_size (start);

  self->max_data = max_data;
  self->n_threads = n_threads;
  self->ensemble = ekl_ensemble_new (network, size, error);
  if (self->ensemble == NULL ||
      (self->forward = ekl_forward_new (network, max_data, n_threads, error)) == NULL ||
      (self->innovation = ekl_memory_new ((gsize) max_data * ekl_network_n_outputs (network),
                                          sizeof (real), "the data", error)) == NULL ||
      (self->noise = ekl_memory_new (network->n_parameters * n_threads, sizeof (real),
                                     "the weight noise", error)) == NULL ||
      !allocate (self, EKL_FORM_KALMAN, size, error))
    return NULL;

  for (guint b = 0; b < ekl_ensemble_n_blocks (start); b++) {
    gsize width;
    const real *from = ekl_ensemble_block (start, b, &width, NULL);

    memcpy (ekl_ensemble_block (self->ensemble, b, &width, NULL), from,
            (gsize) size * width * sizeof (real));
  }
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
  ekl_ensemble_free (self->ensemble);
  ekl_forward_free (self->forward);
  ekl_kalman_update_free (self->update);
  ekl_memory_free (self->outputs);
  ekl_memory_free (self->innovation);
  ekl_memory_free (self->noise);
  ekl_memory_free (self->misfit);
  ekl_memory_free (self->broken);
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
}

static gboolean
is_cancelled (const EklInversion *self)
{
  return self->cancel != NULL && g_atomic_int_get (self->cancel) != 0;
}

/* [18]: u^j += s sigma_l N(0, I). One draw a particle, in the order of the flat vector u. */
static void
add_weight_noise (EklInversion *self, const EklInversionSettings *settings)
{
  const EklNetwork *network = ekl_ensemble_get_network (self->ensemble);
  guint size = ekl_ensemble_get_size (self->ensemble);
  gsize n = network->n_parameters;

  if (settings->weight_noise <= 0)
    return;
#pragma omp parallel for schedule(static)                                                          \
  num_threads(self->n_threads) if (self->n_threads > 1 && size * n > 20000)
  for (guint j = 0; j < size; j++) {
    real *noise = self->noise + n * (gsize) omp_get_thread_num ();

    memset (noise, 0, n * sizeof (real));
    ekl_random_add_normals (settings->seed, EKL_STREAM_WEIGHT_NOISE, (guint32) self->info.steps, j,
                            n, settings->weight_noise, noise);
    for (guint b = 0; b < ekl_ensemble_n_blocks (self->ensemble); b++) {
      gsize width, offset;
      real *block = ekl_ensemble_block (self->ensemble, b, &width, &offset);
      real *row = block + j * width;
      real std = (real) ekl_prior_block_std (&settings->prior, network, b);

      for (gsize i = 0; i < width; i++)
        row[i] += std * noise[offset + i];
    }
  }
}

static void
run_forward (EklInversion *self, guint first, guint count, const EklBatch *batch)
{
  gsize k = (gsize) batch->n_outputs * batch->n_data;
  double flops = 2.0 * ekl_ensemble_get_network (self->ensemble)->n_parameters * batch->n_data;
  guint group = (guint) CLAMP (FORWARD_FLOPS / flops, 64, count);

  for (guint j = 0; j < count && !is_cancelled (self); j += group)
    ekl_forward_ensemble (self->forward, self->ensemble, first + j, MIN (group, count - j), batch,
                          EKL_APPLY_OUTPUT, self->outputs + (first + j) * k);
}

/* |y - G^j|^2 of the particles first ..., in double. */
static void
compute_misfits (EklInversion *self, guint first, guint count, const EklBatch *batch)
{
  gsize k = (gsize) batch->n_outputs * batch->n_data;

#pragma omp parallel for schedule(static)                                                          \
  num_threads(self->n_threads) if (self->n_threads > 1 && count * k > 50000)
  for (guint j = first; j < first + count; j++)
    self->misfit[j] = ekl_vector_squared_distance (k, batch->y, self->outputs + j * k);
}

static gboolean
is_sound (const EklInversion *self, guint j, double gamma)
{
  return !self->broken[j] && self->misfit[j] / (gamma * gamma) < MAX_MISFIT;
}

/* Draws particle j from the mean and covariance of the sound ones, block by block: u = ubar + sum_k
 * z_k dU_k / sqrt (n-1). Without normals: the mean itself. */
static void
redraw_particle (EklInversion *self, guint j, const guint8 *sound, guint n_sound, gboolean random)
{
  guint size = ekl_ensemble_get_size (self->ensemble);
  double scale = random ? 1 / sqrt (n_sound - 1.0) : 0;

  for (guint b = 0; b < ekl_ensemble_n_blocks (self->ensemble); b++) {
    gsize width;
    real *block = ekl_ensemble_block (self->ensemble, b, &width, NULL);

    for (gsize i = 0; i < width; i++) {
      double mean = 0, move = 0;

      for (guint k = 0; k < size; k++)
        mean += sound[k] ? block[k * width + i] : 0;
      mean /= n_sound;
      for (guint k = 0; k < size; k++)
        move += sound[k] ? self->normals[k] * (block[k * width + i] - mean) : 0;
      block[j * width + i] = (real) (mean + scale * move);
    }
  }
}

/* [19]: every particle whose values or outputs are not finite is redrawn from the others. If the
 * draws give no finite outputs either, the mean of the others is tried, then a copy of one of them.
 */
static void
repair_particle (EklInversion *self,
                 const EklInversionSettings *settings,
                 const EklBatch *batch,
                 guint j,
                 const guint8 *sound,
                 guint n_sound)
{
  guint size = ekl_ensemble_get_size (self->ensemble);
  gsize k = (gsize) batch->n_outputs * batch->n_data;

  for (guint attempt = 0; attempt <= REDRAWS; attempt++) {
    ekl_random_normals (settings->seed, EKL_STREAM_REDRAW, (guint32) self->info.steps,
                        j | attempt << 26, size, self->normals);
    redraw_particle (self, j, sound, n_sound, attempt < REDRAWS);
    self->broken[j] = 0;
    run_forward (self, j, 1, batch);
    compute_misfits (self, j, 1, batch);
    if (is_sound (self, j, settings->noise_std))
      return;
  }
  for (guint other = 0; other < size; other++) {
    if (!sound[other])
      continue;
    for (guint b = 0; b < ekl_ensemble_n_blocks (self->ensemble); b++) {
      gsize width;
      real *block = ekl_ensemble_block (self->ensemble, b, &width, NULL);

      memcpy (block + j * width, block + other * width, width * sizeof (real));
    }
    memcpy (self->outputs + j * k, self->outputs + other * k, k * sizeof (real));
    self->misfit[j] = self->misfit[other];
    return;
  }
}

/* FALSE: fewer than two particles are sound. */
static gboolean
repair (EklInversion *self, const EklInversionSettings *settings, const EklBatch *batch)
{
  guint size = ekl_ensemble_get_size (self->ensemble);
  guint8 *sound = self->broken; /* becomes "sound" once all have been judged */
  guint n_sound = 0;

  self->info.repaired_last = 0;
  for (guint j = 0; j < size; j++) {
    sound[j] = is_sound (self, j, settings->noise_std);
    n_sound += sound[j];
  }
  if (n_sound < 2)
    return FALSE;
  for (guint j = 0; j < size && n_sound < size; j++) {
    if (sound[j])
      continue;
    repair_particle (self, settings, batch, j, sound, n_sound);
    sound[j] = 0; /* the next draws are from those that were sound, whatever order they come in */
    self->info.repaired_last++;
    self->info.repaired++;
  }
  memset (self->broken, 0, size);

  return TRUE;
}

/* Losses of the particles on the batch, [2]. */
static void
note_particle_losses (EklInversion *self, const EklBatch *batch)
{
  EklInversionInfo *info = &self->info;
  guint size = ekl_ensemble_get_size (self->ensemble);
  const double share[] = { 0.1, 0.5, 0.9 };
  double quantile[3], sum = 0, best = INFINITY;

  for (guint j = 0; j < size; j++) {
    self->losses[j] = self->misfit[j] / batch->n_data;
    sum += self->losses[j];
    best = MIN (best, self->losses[j]);
  }
  ekl_quantiles (self->losses, size, share, 3, quantile);
  info->particle_loss_mean = sum / size;
  info->particle_loss_best = best;
  info->particle_loss_low = quantile[0];
  info->particle_loss_median = quantile[1];
  info->particle_loss_high = quantile[2];
}

/* [15]: Phi_j = |y - G^j|^2 / (2 gamma^2). */
static double
misfit_step (const EklInversion *self, guint size, gsize k, double gamma)
{
  double mean = 0, variance = 0;

  for (guint j = 0; j < size; j++)
    mean += self->misfit[j] / (2 * gamma * gamma);
  mean /= size;
  for (guint j = 0; j < size; j++) {
    double d = self->misfit[j] / (2 * gamma * gamma) - mean;

    variance += d * d;
  }
  variance /= size - 1;
  return MAX (k / (2 * mean), sqrt (k / (2 * variance)));
}

static double
choose_step_size (const EklInversion *self, const EklInversionSettings *settings, gsize k)
{
  guint size = ekl_ensemble_get_size (self->ensemble);
  double h = settings->step_rule == EKL_STEP_RULE_MISFIT
               ? misfit_step (self, size, k, settings->noise_std)
               : settings->step_size;

  h = MIN (h, MAX_STEP_SIZE);
  if (settings->stop_time > 0)
    h = MIN (h, settings->stop_time - self->info.time);
  return h;
}

/* G becomes D = (G - Gbar) / gamma, and the innovation (y - Gbar) / gamma; the mean is summed in
 * double. */
static void
whiten (EklInversion *self, const EklBatch *batch, double gamma)
{
  guint size = ekl_ensemble_get_size (self->ensemble);
  gsize k = (gsize) batch->n_outputs * batch->n_data;
  guint n_strips = (guint) ((k + 255) / 256);

#pragma omp parallel for schedule(static)                                                          \
  num_threads(self->n_threads) if (self->n_threads > 1 && size * k > 50000)
  for (guint s = 0; s < n_strips; s++) {
    gsize first = (gsize) s * 256;
    guint count = (guint) MIN (256, k - first);
    double mean[256] = { 0 };

    for (guint j = 0; j < size; j++)
      ekl_vector_add_to_doubles (count, self->outputs + j * k + first, mean);
    for (guint i = 0; i < count; i++) {
      mean[i] /= size;
      self->innovation[first + i] = (real) ((batch->y[first + i] - mean[i]) / gamma);
    }
    for (guint j = 0; j < size; j++)
      ekl_vector_center (count, mean, gamma, self->outputs + j * k + first);
  }
}

/**
 * ekl_inversion_step:
 * @self: an inversion
 * @settings: the settings of this step
 * @batch: its data, at most max_data
 * @n_train: rows of all training data, to count model runs
 *
 * One step of [8] or [9]. Perturbed observations belong to the Kalman form only. Where fewer than
 * two particles are finite, or the analysis overflows, the inversion has stalled: a state, not an
 * error.
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
  guint size = ekl_ensemble_get_size (self->ensemble);
  gsize k = (gsize) batch->n_outputs * batch->n_data;
  EklAnalysis analysis;

  g_return_val_if_fail (batch->n_data >= 1 && batch->n_data <= self->max_data, FALSE);

  /* the stop time may have changed since the last step */
  info->finished = settings->stop_time > 0 && info->time >= settings->stop_time * (1 - 1e-12);
  if (info->stalled || info->finished)
    return FALSE;

  if (!choose_form (self, settings->form)) {
    info->stalled = TRUE;
    return FALSE;
  }
  add_weight_noise (self, settings);
  run_forward (self, 0, size, batch);
  if (is_cancelled (self))
    return FALSE;
  compute_misfits (self, 0, size, batch);
  if (!repair (self, settings, batch)) {
    info->stalled = TRUE;
    return FALSE;
  }
  note_particle_losses (self, batch);

  analysis = (EklAnalysis){
    .n_observations = (guint) k,
    .anomalies = self->outputs,
    .innovation = self->innovation,
    .step_size = choose_step_size (self, settings, k),
    .perturb = settings->perturb_observations,
    .seed = settings->seed,
    .step = (guint32) info->steps,
  };
  whiten (self, batch, settings->noise_std);
  if (!ekl_kalman_update_prepare (self->update, &analysis, self->cancel) ||
      !ekl_kalman_update_apply (self->update, &analysis, self->ensemble, self->broken,
                                self->cancel)) {
    info->stalled = TRUE;
    return FALSE;
  }

  info->steps++;
  info->step_size = analysis.step_size;
  info->time += analysis.step_size;
  info->model_runs += (double) size * batch->n_data / n_train;
  info->finished = settings->stop_time > 0 && info->time >= settings->stop_time * (1 - 1e-12);

  return TRUE;
}

/**
 * ekl_inversion_resize:
 * @self: an inversion
 * @settings: for the prior and the seed
 * @size: the new J, at least 2
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * [20]: new particles are draws of the prior moved to the current mean, m0 to ubar; surplus ones go
 * from the end. On failure all stands as it was.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean
ekl_inversion_resize (EklInversion *self,
                      const EklInversionSettings *settings,
                      guint size,
                      GError **error)
{
  const EklNetwork *network = ekl_ensemble_get_network (self->ensemble);
  guint before = ekl_ensemble_get_size (self->ensemble);
  g_autofree real *mean = g_new (real, network->n_parameters);
  g_autofree guint8 *broken = g_memdup2 (self->broken, before);
  g_autoptr (EklEnsemble) other = NULL;

  g_return_val_if_fail (size >= 2, FALSE);

  if (size == before)
    return TRUE;
  ekl_ensemble_get_mean (self->ensemble, mean);
  other = ekl_ensemble_copy (self->ensemble);
  if (other == NULL || !ekl_ensemble_resize (other, size, error) ||
      !allocate (self, settings->form, size, error)) {
    if (error != NULL && *error == NULL)
      g_set_error (error, EKL_NUMERICS_ERROR, EKL_NUMERICS_ERROR_NO_MEMORY,
                   "There is no memory for an ensemble of %u particles", size);
    return FALSE;
  }
  ekl_ensemble_free (self->ensemble);
  self->ensemble = g_steal_pointer (&other);
  memcpy (self->broken, broken, MIN (before, size));
  ekl_prior_fill (&settings->prior, settings->seed, before, self->ensemble);
  for (guint b = 0; b < ekl_ensemble_n_blocks (self->ensemble); b++) {
    gsize width, offset;
    real *block = ekl_ensemble_block (self->ensemble, b, &width, &offset);

    for (gsize j = before; j < size; j++)
      for (gsize i = 0; i < width; i++)
        block[j * width + i] += (real) (mean[offset + i] - settings->prior.mean);
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

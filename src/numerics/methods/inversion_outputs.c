/* inversion_outputs.c - the particles' outputs, and the repair of particles that have none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "inversion_private.h"

#include "cores.h"
#include "layer.h"
#include "philox.h"
#include "quantiles.h"
#include "vector_math.h"

#include <math.h>
#include <string.h>

/* Products of whitened outputs must stay below the working precision's range. */
#define MAX_MISFIT (sizeof (real) == sizeof (float) ? 1e30 : 1e280)

#define REDRAWS       3
#define FORWARD_FLOPS 2e9 /* between two looks at the cancel flag */
#define SERIAL_VALUES 50000

/* The outputs of one step. */
typedef struct {
  EklInversion *self;
  const EklInversionSettings *settings;
  const EklBatch *batch;
  gsize stride; /* K, the parameters under the outputs included */
} Outputs;

static gboolean
is_cancelled (const EklInversion *self)
{
  return self->cancel != NULL && g_atomic_int_get (self->cancel) != 0;
}

static void
run_forward (const Outputs *o, const EklSlice *slice, guint first, guint count)
{
  EklInversion *self = o->self;
  EklForwardKind kind = self->cross_entropy ? EKL_LOGITS : EKL_APPLY_OUTPUT;
  double flops = 2.0 * ekl_ensemble_get_network (self->ensemble)->n_parameters * slice->data.n_data;
  guint group = (guint) CLAMP (FORWARD_FLOPS / flops, 64, MAX (count, 64));

  for (guint j = 0; j < count && !is_cancelled (self); j += group) {
    real *g = self->outputs + (first + j) * slice->stride;
    const guint n = MIN (group, count - j);

    if (slice->data.n_data == o->batch->n_data)
      ekl_forward_ensemble_strided (self->forward, self->ensemble, first + j, n, o->batch, kind,
                                    slice->stride, g);
    else
      ekl_forward_ensemble_part (self->forward, self->ensemble, first + j, n, o->batch,
                                 slice->first, slice->data.n_data, kind, g);
  }
}

/* Adds N times the loss of the particles first ...: |y - G^j|^2, or the cross-entropy of their
 * logits, then with the residuals y - softmax (w) of [11]. */
static void
add_misfits (const Outputs *o, const EklSlice *slice, guint first, guint count)
{
  EklInversion *self = o->self;
  const EklBatch *data = &slice->data;
  const gsize k = (gsize) data->n_outputs * data->n_data;

#pragma omp parallel for schedule(static) num_threads(                                             \
  ekl_cores_team(self->n_threads)) if (self->n_threads > 1 && count * k > SERIAL_VALUES)
  for (guint j = first; j < first + count; j++) {
    const real *g = self->outputs + j * slice->stride;
    real *r;

    if (!self->cross_entropy) {
      self->misfit[j] += ekl_vector_squared_distance (k, data->y, g);
      continue;
    }
    self->misfit[j] += ekl_loss (EKL_LOSS_CROSS_ENTROPY, data, g) * data->n_data;
    r = self->residuals + j * slice->stride;
    memcpy (r, g, k * sizeof (real));
    ekl_layer_softmax (data->n_outputs, data->n_data, r, data->n_data);
    for (gsize i = 0; i < k; i++)
      r[i] = data->y[i] - r[i];
  }
}

/* The misfits of some particles; the outputs stay where all data are in one slice. */
static void
measure (const Outputs *o, guint first, guint count)
{
  EklSlice slice = { 0 };

  memset (o->self->misfit + first, 0, count * sizeof (double));
  while (!is_cancelled (o->self) &&
         ekl_inversion_take_slice (o->self, o->batch, o->stride, &slice)) {
    run_forward (o, &slice, first, count);
    add_misfits (o, &slice, first, count);
  }
}

static double
noise_scale (const EklInversionSettings *settings)
{
  return settings->noise != NULL ? ekl_noise_covariance_get_scale (settings->noise)
                                 : settings->noise_std;
}

static gboolean
is_sound (const Outputs *o, guint j)
{
  double gamma = o->self->cross_entropy ? 1 : noise_scale (o->settings);

  return !o->self->broken[j] && o->self->misfit[j] / (gamma * gamma) < MAX_MISFIT;
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

static void
copy_particle (const Outputs *o, guint j, guint other)
{
  EklInversion *self = o->self;

  for (guint b = 0; b < ekl_ensemble_n_blocks (self->ensemble); b++) {
    gsize width;
    real *block = ekl_ensemble_block (self->ensemble, b, &width, NULL);

    memcpy (block + j * width, block + other * width, width * sizeof (real));
  }
  measure (o, j, 1);
}

/* If the draws give no finite outputs, the mean of the others is tried, then a copy of one of them. */
static void
repair_particle (const Outputs *o, guint j, const guint8 *sound, guint n_sound)
{
  EklInversion *self = o->self;
  guint size = ekl_ensemble_get_size (self->ensemble);

  for (guint attempt = 0; attempt <= REDRAWS; attempt++) {
    ekl_random_normals (o->settings->seed, EKL_STREAM_REDRAW, (guint32) self->info.steps,
                        j | attempt << 26, size, self->normals);
    redraw_particle (self, j, sound, n_sound, attempt < REDRAWS);
    self->broken[j] = 0;
    measure (o, j, 1);
    if (is_sound (o, j))
      return;
  }
  for (guint other = 0; other < size; other++)
    if (sound[other]) {
      copy_particle (o, j, other);
      return;
    }
}

/* A redrawn particle has not come from anywhere: [17] starts anew for it. */
static void
forget_velocity (EklInversion *self, guint j)
{
  for (guint b = 0; b < ekl_ensemble_n_blocks (self->ensemble); b++) {
    gsize width;
    const real *now = ekl_ensemble_block (self->ensemble, b, &width, NULL);
    real *before = ekl_ensemble_block (self->previous, b, &width, NULL);

    memcpy (before + j * width, now + j * width, width * sizeof (real));
  }
}

/* [19]: every particle whose values or outputs are not finite is redrawn from the others. FALSE:
 * fewer than two are left. */
static gboolean
repair (const Outputs *o)
{
  EklInversion *self = o->self;
  guint size = ekl_ensemble_get_size (self->ensemble);
  guint8 *sound = self->broken; /* becomes "sound" once all have been judged */
  guint n_sound = 0;

  self->info.repaired_last = 0;
  for (guint j = 0; j < size; j++) {
    sound[j] = is_sound (o, j);
    n_sound += sound[j];
  }
  if (n_sound < 2)
    return FALSE;
  for (guint j = 0; j < size && n_sound < size; j++) {
    if (sound[j])
      continue;
    repair_particle (o, j, sound, n_sound);
    if (self->previous != NULL)
      forget_velocity (self, j);
    sound[j] = 0; /* the next draws are from those that were sound, whatever order they come in */
    self->info.repaired_last++;
    self->info.repaired++;
  }
  memset (self->broken, 0, size);

  return TRUE;
}

/* Losses of the particles on the batch, [2] or [3]. */
static void
note_particle_losses (const Outputs *o)
{
  EklInversion *self = o->self;
  EklInversionInfo *info = &self->info;
  guint size = ekl_ensemble_get_size (self->ensemble);
  const double share[] = { 0.1, 0.5, 0.9 };
  double quantile[3], sum = 0, best = INFINITY;

  for (guint j = 0; j < size; j++) {
    self->losses[j] = self->misfit[j] / o->batch->n_data;
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

static gboolean
all_are_sound (const Outputs *o)
{
  for (guint j = 0; j < ekl_ensemble_get_size (o->self->ensemble); j++)
    if (!is_sound (o, j))
      return FALSE;
  return TRUE;
}

/* Goes through the data in parts: misfits of all particles and, while nothing is wrong with any of
 * them, the products of their anomalies. FALSE: something is. */
static gboolean
go_through_parts (const Outputs *o, gboolean repaired)
{
  EklInversion *self = o->self;
  const guint size = ekl_ensemble_get_size (self->ensemble);
  gboolean sound = TRUE;
  EklSlice slice = { 0 };

  memset (self->misfit, 0, size * sizeof (double));
  ekl_inversion_begin_parts (self);
  while (ekl_inversion_take_slice (self, o->batch, o->stride, &slice)) {
    run_forward (o, &slice, 0, size);
    if (is_cancelled (self))
      return TRUE;
    add_misfits (o, &slice, 0, size);
    sound = repaired || (sound && all_are_sound (o));
    if (sound)
      ekl_inversion_add_slice (self, o->settings, &slice);
  }
  if (sound)
    ekl_inversion_end_parts (self, o->settings, o->batch);
  return sound;
}

/**
 * ekl_inversion_find_outputs:
 * @self: an inversion
 * @settings: the settings of this step
 * @batch: its data
 * @stride: values from one particle's outputs to the next one's: K
 *
 * G of every particle [1] (the logits for cross-entropy), with the particles that are not finite
 * redrawn [19], and the losses. Where not all observations can be held, what follows from them has
 * been added up on the way, and that begins again after a repair.
 *
 * Returns: %FALSE where fewer than two particles are finite
 */
gboolean
ekl_inversion_find_outputs (EklInversion *self,
                            const EklInversionSettings *settings,
                            const EklBatch *batch,
                            gsize stride)
{
  const Outputs o = { self, settings, batch, stride };
  const gboolean in_parts = ekl_inversion_is_in_parts (self, stride);
  gboolean added = FALSE;

  if (in_parts)
    added = go_through_parts (&o, FALSE);
  else
    measure (&o, 0, ekl_ensemble_get_size (self->ensemble));
  if (is_cancelled (self))
    return TRUE;
  if (!repair (&o))
    return FALSE;
  if (in_parts && !added)
    go_through_parts (&o, TRUE);
  if (!is_cancelled (self))
    note_particle_losses (&o);

  return TRUE;
}

/* particle_losses.c - every particle's own loss, computed a few at a time, and how it went
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "particle_losses.h"

#include "layer.h"

#include <math.h>
#include <string.h>

#define LOT           64        /* particles whose outputs are held at a time */
#define HISTORY_BYTES (4 << 20) /* about, of all particles */
#define MOST_MOMENTS  512
#define LEAST_MOMENTS 64

struct _EklParticleLosses {
  guint size;
  float *value;  /* (size) the newest known; NaN: none yet */
  float *misfit; /* (size) as EKI has it, likewise */
  guint next;    /* whose turn it is */
  guint n_stale; /* how many, from there on, are of an earlier step */
  guint64 step;  /* the one they are, or will be, of */

  guint capacity; /* moments */
  guint n_moments;
  guint64 interval; /* least steps between two moments */
  guint64 *moment;  /* (capacity) their steps */
  float *history;   /* (capacity, size) of misfits */
};

/**
 * ekl_particle_losses_new:
 *
 * Returns: (transfer full): losses of no particles yet
 */
EklParticleLosses *
ekl_particle_losses_new (void)
{
  return g_new0 (EklParticleLosses, 1);
}

/**
 * ekl_particle_losses_free:
 * @self: (nullable): some losses
 */
void
ekl_particle_losses_free (EklParticleLosses *self)
{
  if (self == NULL)
    return;
  g_free (self->value);
  g_free (self->misfit);
  g_free (self->moment);
  g_free (self->history);
  g_free (self);
}

/* Another number of particles: everything begins anew. */
static void
resize (EklParticleLosses *self, guint size)
{
  if (size == self->size)
    return;
  g_free (self->value);
  g_free (self->misfit);
  g_free (self->moment);
  g_free (self->history);
  *self = (EklParticleLosses){ .size = size, .n_stale = size, .interval = 1 };
  self->capacity =
    (guint) CLAMP (HISTORY_BYTES / (size * sizeof (float)), LEAST_MOMENTS, MOST_MOMENTS);
  self->value = g_new (float, size);
  self->misfit = g_new (float, size);
  self->moment = g_new (guint64, self->capacity);
  self->history = g_new (float, (gsize) self->capacity *size);
  for (guint j = 0; j < size; j++)
    self->value[j] = self->misfit[j] = NAN;
}

/* @g: what the forward pass has made for that loss; replaced. */
static void
take (EklParticleLosses *self, guint particle, EklLoss loss, const EklBatch *batch, real *g)
{
  self->value[particle] = self->misfit[particle] = (float) ekl_loss (loss, batch, g);
  if (loss == EKL_LOSS_SQUARED)
    return;
  ekl_layer_softmax (batch->n_outputs, batch->n_data, g, batch->n_data);
  self->misfit[particle] = (float) ekl_loss (EKL_LOSS_SQUARED, batch, g);
}

/**
 * ekl_particle_losses_refresh:
 * @forward: a workspace
 * @ensemble: the particles of now
 * @batch: what to take the losses on
 * @loss: which; the history is of the squared loss [2] all the same, as EKI's other losses are
 * @step: after which the particles stand there
 * @flops: about how much work this call may do; one particle is always done
 *
 * Computes losses that are of an earlier step, each particle in its turn.
 *
 * Returns: whether some are left of an earlier step
 */
gboolean
ekl_particle_losses_refresh (EklParticleLosses *self,
                             EklForward *forward,
                             const EklEnsemble *ensemble,
                             const EklBatch *batch,
                             EklLoss loss,
                             guint64 step,
                             double flops)
{
  const gsize stride = (gsize) batch->n_outputs * batch->n_data;
  const double each =
    2.0 * ekl_ensemble_get_network (ensemble)->n_parameters * (double) batch->n_data;
  g_autofree real *g = NULL;
  guint left;

  resize (self, ekl_ensemble_get_size (ensemble));
  if (step != self->step)
    self->n_stale = self->size;
  self->step = step;
  left = (guint) CLAMP (flops / each, 1, self->n_stale);
  if (self->n_stale == 0)
    return FALSE;

  g = g_new (real, MIN (left, LOT) * stride);
  while (left > 0) {
    const guint count = MIN (MIN (left, LOT), self->size - self->next);

    ekl_forward_ensemble (forward, ensemble, self->next, count, batch, ekl_loss_forward_kind (loss),
                          g);
    for (guint k = 0; k < count; k++)
      take (self, self->next + k, loss, batch, g + k * stride);
    self->next = (self->next + count) % self->size;
    self->n_stale -= count;
    left -= count;
  }
  return self->n_stale > 0;
}

/**
 * ekl_particle_losses_forget:
 *
 * Another start with the same number of particles: nothing that is known counts any more.
 */
void
ekl_particle_losses_forget (EklParticleLosses *self)
{
  self->n_stale = self->size;
  self->n_moments = 0;
  self->interval = 1;
}

/**
 * ekl_particle_losses_get_size:
 *
 * Returns: of how many particles something is known: those of the last refreshment
 */
guint
ekl_particle_losses_get_size (const EklParticleLosses *self)
{
  return self->size;
}

/**
 * ekl_particle_losses_get:
 *
 * Returns: (transfer none) (nullable): the newest known loss of each particle; NaN where there is
 *   none
 */
const float *
ekl_particle_losses_get (const EklParticleLosses *self)
{
  return self->value;
}

static void
thin (EklParticleLosses *self)
{
  guint kept = 0;

  for (guint i = 0; i < self->n_moments; i += 2, kept++) {
    self->moment[kept] = self->moment[i];
    memmove (self->history + (gsize) kept * self->size, self->history + (gsize) i * self->size,
             self->size * sizeof (float));
  }
  self->n_moments = kept;
  self->interval = MAX (2 * self->interval, (self->moment[kept - 1] - self->moment[0]) / kept);
}

/**
 * ekl_particle_losses_note:
 *
 * Adds the losses that are known now to the history. Where there is no room left every second moment
 * goes, and the moments to come are further apart.
 */
void
ekl_particle_losses_note (EklParticleLosses *self)
{
  if (self->size == 0)
    return;
  if (self->n_moments > 0) {
    const guint64 last = self->moment[self->n_moments - 1];

    if (self->step == last)
      self->n_moments--;
    else if (self->step < last + self->interval)
      return;
  }
  if (self->n_moments == self->capacity)
    thin (self);
  self->moment[self->n_moments] = self->step;
  memcpy (self->history + (gsize) self->n_moments * self->size, self->misfit,
          self->size * sizeof (float));
  self->n_moments++;
}

/**
 * ekl_particle_losses_get_history:
 * @particle: which, less than J
 * @steps: (out) (transfer full): at which steps
 * @losses: (out) (transfer full): its squared losses there, the newest known last
 *
 * Returns: how many there are
 */
guint
ekl_particle_losses_get_history (const EklParticleLosses *self,
                                 guint particle,
                                 guint64 **steps,
                                 float **losses)
{
  guint n = self->n_moments;

  g_return_val_if_fail (particle < self->size, 0);

  *steps = g_new (guint64, n + 1);
  *losses = g_new (float, n + 1);
  for (guint i = 0; i < n; i++) {
    (*steps)[i] = self->moment[i];
    (*losses)[i] = self->history[(gsize) i * self->size + particle];
  }
  if (n == 0 || self->moment[n - 1] < self->step) {
    (*steps)[n] = self->step;
    (*losses)[n++] = self->misfit[particle];
  }
  return n;
}

/* inversion_respread.c - what moves the particles before the step: momentum and re-spread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "inversion_private.h"

#include "cores.h"
#include "philox.h"

#include <omp.h>
#include <string.h>

/* Values below which waking another thread costs more than it brings. */
#define SERIAL_VALUES 20000

static void
copy_values (EklEnsemble *to, const EklEnsemble *from)
{
  for (guint b = 0; b < ekl_ensemble_n_blocks (from); b++) {
    gsize width;
    const real *source = ekl_ensemble_block (from, b, &width, NULL);

    memcpy (ekl_ensemble_block (to, b, &width, NULL), source,
            ekl_ensemble_get_size (from) * width * sizeof (real));
  }
}

/* v_n = u_n + lambda (u_n - u_{n-1}); U becomes V, and the former U is kept. */
static void
extrapolate (EklInversion *self, double lambda)
{
  gsize size = ekl_ensemble_get_size (self->ensemble);

  for (guint b = 0; b < ekl_ensemble_n_blocks (self->ensemble); b++) {
    gsize width;
    real *u = ekl_ensemble_block (self->ensemble, b, &width, NULL);
    real *before = ekl_ensemble_block (self->previous, b, &width, NULL);

    for (gsize i = 0; i < size * width; i++) {
      real now = u[i];

      u[i] = (real) (now + lambda * ((double) now - before[i]));
      before[i] = now;
    }
  }
}

/**
 * ekl_inversion_extrapolate:
 * @self: an inversion
 * @momentum: which
 *
 * [17], Kovachki and Stuart (2019) after Nesterov (1983), particle by particle:
 * v_n = u_n + max (0, 1 - 3/(n+1)) (u_n - u_{n-1}), n counted from where momentum was switched on.
 *
 * Returns: %FALSE where memory for the former particles cannot be had
 */
gboolean
ekl_inversion_extrapolate (EklInversion *self, EklMomentum momentum)
{
  double n = (double) self->momentum_steps;

  if (momentum == EKL_MOMENTUM_NONE) {
    g_clear_pointer (&self->previous, ekl_ensemble_free);
    self->momentum_steps = 0;
    return TRUE;
  }
  if (self->previous == NULL) {
    self->previous = ekl_ensemble_copy (self->ensemble);
    if (self->previous == NULL)
      return FALSE;
  }
  if (n > 2)
    extrapolate (self, 1 - 3 / (n + 1));
  else
    copy_values (self->previous, self->ensemble);
  self->momentum_steps++;

  return TRUE;
}

/* Whose draws, and which. */
typedef struct {
  EklStream stream;
  guint32 count;
} Draw;

/* [18]: u^j += s sigma_l N(0, I). One draw a particle, in the order of the flat vector u. */
static void
add_weight_noise (EklInversion *self, const EklInversionSettings *settings, double s, Draw draw)
{
  const EklNetwork *network = ekl_ensemble_get_network (self->ensemble);
  guint size = ekl_ensemble_get_size (self->ensemble);
  gsize n = network->n_parameters;

#pragma omp parallel for schedule(static) num_threads(                                             \
  ekl_cores_team(self->n_threads)) if (self->n_threads > 1 && size * n > SERIAL_VALUES)
  for (guint j = 0; j < size; j++) {
    real *noise = self->noise + n * (gsize) omp_get_thread_num ();

    memset (noise, 0, n * sizeof (real));
    ekl_random_add_normals (settings->seed, draw.stream, draw.count, j, n, s, noise);
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

/* u^j <- ubar + factor (u^j - ubar) */
static void
scale_anomalies (EklInversion *self, double factor)
{
  guint size = ekl_ensemble_get_size (self->ensemble);

  ekl_ensemble_get_mean_double (self->ensemble, self->mean);
  for (guint b = 0; b < ekl_ensemble_n_blocks (self->ensemble); b++) {
    gsize width, offset;
    real *block = ekl_ensemble_block (self->ensemble, b, &width, &offset);

    for (gsize j = 0; j < size; j++)
      for (gsize i = 0; i < width; i++) {
        double mean = self->mean[offset + i];

        block[j * width + i] = (real) (mean + factor * (block[j * width + i] - mean));
      }
  }
}

/**
 * ekl_inversion_respread:
 * @self: an inversion
 * @settings: the settings of this step
 *
 * The three kinds of [18], in the order: multiplicative inflation, which stays in the span of the
 * ensemble; a draw about the mean; weight noise. The last two are what lets a small ensemble leave
 * the span of its start.
 */
void
ekl_inversion_respread (EklInversion *self, const EklInversionSettings *settings)
{
  const Draw draw = { EKL_STREAM_WEIGHT_NOISE, (guint32) self->info.steps };

  if (settings->inflation > 0)
    scale_anomalies (self, 1 + settings->inflation);
  if (settings->redraw > 0) {
    scale_anomalies (self, 0);
    add_weight_noise (self, settings, settings->redraw, draw);
  } else if (settings->weight_noise > 0) {
    add_weight_noise (self, settings, settings->weight_noise, draw);
  }
}

static void
gather_at_mean (EklInversion *self)
{
  const gsize size = ekl_ensemble_get_size (self->ensemble);

  ekl_inversion_find_finite_mean (self);
  for (guint b = 0; b < ekl_ensemble_n_blocks (self->ensemble); b++) {
    gsize width, offset;
    real *block = ekl_ensemble_block (self->ensemble, b, &width, &offset);

    for (gsize j = 0; j < size; j++)
      for (gsize i = 0; i < width; i++)
        block[j * width + i] = (real) self->mean[offset + i];
  }
}

/**
 * ekl_inversion_redraw:
 * @self: an inversion
 * @settings: for the prior and the seed
 * @scale: in standard deviations of the prior
 * @draw: which draw, from a stream of its own: the numbers of the steps do not shift
 *
 * Between two steps: all particles are drawn anew about their mean, u^j = ubar + scale sigma_l
 * N(0, I). Momentum starts anew, and an inversion that had stalled may go on.
 */
void
ekl_inversion_redraw (EklInversion *self,
                      const EklInversionSettings *settings,
                      double scale,
                      guint32 draw)
{
  gather_at_mean (self);
  add_weight_noise (self, settings, scale, (Draw){ EKL_STREAM_RESPREAD, draw });
  memset (self->broken, 0, ekl_ensemble_get_size (self->ensemble));
  g_clear_pointer (&self->previous, ekl_ensemble_free);
  self->momentum_steps = 0;
  self->info.stalled = FALSE;
}

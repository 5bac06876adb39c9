/* answers.c - one output of networks at some inputs, in the user's units
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "answers.h"

#include "cores.h"
#include "memory.h"
#include "quantiles.h"

#include <omp.h>
#include <string.h>

#define MAX_VALUES (1 << 22) /* answers of the particles computed in one go */
#define SMALL      (1 << 16) /* numbers: below, threads cost more than they save */

static const double PROBABILITY[3] = { .1, .5, .9 };

static inline double
in_unit (const EklPredictionsSource *source, real value)
{
  const EklUnit *unit = &source->output_unit[source->output_index];

  return unit->mean + unit->scale * (double) value;
}

/**
 * ekl_answers_of_vector:
 * @source: what is asked
 * @forward: a workspace of the network
 * @u: shape (P)
 * @inputs: n inputs, in the units of training
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Returns: (transfer full) (nullable): shape (n): one network's answers in the user's units
 */
double *
ekl_answers_of_vector (const EklPredictionsSource *source,
                       EklForward *forward,
                       const real *u,
                       const EklBatch *inputs,
                       GError **error)
{
  gsize n = inputs->n_data;
  real *g = ekl_memory_new (n * inputs->n_outputs, sizeof (real), "the predictions", error);
  double *out;

  if (g == NULL)
    return NULL;
  ekl_forward_vector (forward, u, inputs, EKL_APPLY_OUTPUT, g);
  out = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    out[i] = in_unit (source, g[source->output_index * n + i]);
  ekl_memory_free (g);

  return out;
}

/**
 * ekl_answers_of_mean:
 * @source: what is asked; has an ensemble
 * @forward: a workspace of the network
 * @inputs: n inputs, in the units of training
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Returns: (transfer full) (nullable): shape (n): the mean particle's answers in the user's units
 */
double *
ekl_answers_of_mean (const EklPredictionsSource *source,
                     EklForward *forward,
                     const EklBatch *inputs,
                     GError **error)
{
  const EklNetwork *network = ekl_ensemble_get_network (source->ensemble);
  g_autofree real *u = g_new (real, network->n_parameters);

  ekl_ensemble_get_mean (source->ensemble, u);
  return ekl_answers_of_vector (source, forward, u, inputs, error);
}

/* Which particle a member is: spread evenly, the first one always, the same at every frame. */
static guint
member_particle (guint member, guint n_members, guint n_particles)
{
  return (guint) ((guint64) member * n_particles / n_members);
}

/* Some data of the inputs: start ... start + n - 1. */
typedef struct {
  gsize start, n, n_all;
  guint n_particles;
  const real *g; /* (n_particles, m, n) */
  gsize stride;  /* m n */
} Lot;

static void
fill_quantiles (const EklPredictionsSource *source, const Lot *lot, const EklFan *fan)
{
#pragma omp parallel num_threads(                                                                  \
  ekl_cores_team((guint) omp_get_max_threads())) if (lot->n * lot->n_particles > SMALL)
  {
    g_autofree double *value = g_new (double, lot->n_particles);

#pragma omp for schedule(static)
    for (gsize i = 0; i < lot->n; i++) {
      const real *from = lot->g + source->output_index * lot->n + i;
      double q[3];

      for (guint j = 0; j < lot->n_particles; j++)
        value[j] = in_unit (source, from[j * lot->stride]);
      ekl_quantiles (value, lot->n_particles, PROBABILITY, 3, q);
      fan->low[lot->start + i] = q[0];
      fan->median[lot->start + i] = q[1];
      fan->high[lot->start + i] = q[2];
    }
  }
}

static void
fill_members (const EklPredictionsSource *source, const Lot *lot, const EklFan *fan)
{
  for (guint k = 0; k < fan->n_members; k++) {
    guint j = member_particle (k, fan->n_members, lot->n_particles);
    const real *from = lot->g + j * lot->stride + source->output_index * lot->n;
    double *to = fan->member + k * lot->n_all + lot->start;

    for (gsize i = 0; i < lot->n; i++)
      to[i] = in_unit (source, from[i]);
  }
}

/**
 * ekl_answers_choose_particles:
 * @source: has an ensemble
 * @n: how many particles are asked
 * @some: (out): what the caller frees
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Returns: (transfer none) (nullable): all particles, or @some of them, spread evenly
 */
const EklEnsemble *
ekl_answers_choose_particles (const EklPredictionsSource *source,
                              guint n,
                              EklEnsemble **some,
                              GError **error)
{
  if (n >= ekl_ensemble_get_size (source->ensemble))
    return source->ensemble;
  *some = ekl_ensemble_copy_some (source->ensemble, n, error);
  return *some;
}

/**
 * ekl_answers_of_particles:
 * @source: what is asked; has an ensemble
 * @forward: a workspace of the network
 * @inputs: n inputs, in the units of training
 * @n_particles: how many of the particles are asked, spread evenly over all of them
 * @fan: (inout): its arrays are filled
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * P10, P50 and P90 of the particles' finite answers at each input, and the answers of the fan's
 * members: particles spread evenly over those asked. The inputs are taken in lots, so that memory
 * stays bounded; the numbers do not depend on the threads.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean
ekl_answers_of_particles (const EklPredictionsSource *source,
                          EklForward *forward,
                          const EklBatch *inputs,
                          guint n_particles,
                          const EklFan *fan,
                          GError **error)
{
  gsize n = inputs->n_data, values = (gsize) n_particles * inputs->n_outputs;
  gsize most = CLAMP (MAX_VALUES / values, 1, n);
  g_autoptr (EklEnsemble) some = NULL;
  const EklEnsemble *asked = ekl_answers_choose_particles (source, n_particles, &some, error);
  real *g = NULL;
  g_autofree real *x = g_new (real, most * inputs->n_inputs);

  if (asked != NULL)
    g = ekl_memory_new (values * most, sizeof (real), "the particles' predictions", error);
  if (g == NULL)
    return FALSE;
  for (gsize start = 0; start < n; start += most) {
    EklBatch part = *inputs;
    Lot lot = { start, MIN (most, n - start), n, n_particles, g, 0 };

    lot.stride = inputs->n_outputs * lot.n;
    part.n_data = (guint) lot.n;
    part.x = x;
    for (guint f = 0; f < inputs->n_inputs; f++)
      memcpy (x + f * lot.n, inputs->x + f * n + start, lot.n * sizeof (real));
    ekl_forward_ensemble (forward, asked, 0, n_particles, &part, EKL_APPLY_OUTPUT, g);
    fill_quantiles (source, &lot, fan);
    fill_members (source, &lot, fan);
  }
  ekl_memory_free (g);

  return TRUE;
}

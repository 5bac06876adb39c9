/* inversion_trace.c - what one step of the inversion did, kept for those who look
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only copies: a step that is traced is the same step to the bit. A step that is not allocates
 * nothing; one that is allocates what it leaves behind.
 */
#include "inversion_private.h"

#include "memory.h"

#include <string.h>

/**
 * ekl_inversion_trace_clear:
 * @self: a trace
 *
 * Frees what a step left in it; what the caller had asked for stays asked for.
 */
void
ekl_inversion_trace_clear (EklInversionTrace *self)
{
  const gboolean with_outputs = self->with_outputs;

  ekl_ensemble_free (self->found);
  ekl_ensemble_free (self->spread);
  g_free (self->loss);
  ekl_memory_free (self->anomalies);
  ekl_memory_free (self->innovation);
  *self = (EklInversionTrace){ .with_outputs = with_outputs };
}

/**
 * ekl_inversion_set_trace:
 * @self: an inversion
 * @trace: (nullable): filled by every step from now on; must outlive that. %NULL: nothing is kept
 */
void
ekl_inversion_set_trace (EklInversion *self, EklInversionTrace *trace)
{
  self->trace = trace;
}

/* U as the step finds it. */
void
ekl_inversion_trace_found (EklInversion *self)
{
  if (self->trace == NULL)
    return;
  ekl_inversion_trace_clear (self->trace);
  if (self->trace->with_outputs)
    self->trace->found = ekl_ensemble_copy (self->ensemble);
}

/* U and the particles' losses, once the outputs are known. */
void
ekl_inversion_trace_spread (EklInversion *self, guint n_data)
{
  const guint size = ekl_ensemble_get_size (self->ensemble);

  if (self->trace == NULL)
    return;
  self->trace->spread = ekl_ensemble_copy (self->ensemble);
  if (!self->trace->with_outputs)
    return;
  self->trace->loss = g_new (double, size);
  for (guint j = 0; j < size; j++)
    self->trace->loss[j] = self->misfit[j] / n_data;
}

/* D and r, before the analysis uses them. */
void
ekl_inversion_trace_outputs (EklInversion *self, gsize stride)
{
  const gsize n = stride * ekl_ensemble_get_size (self->ensemble);
  EklInversionTrace *trace = self->trace;

  if (trace == NULL || !trace->with_outputs || ekl_inversion_is_in_parts (self, stride) ||
      n * sizeof (real) > EKL_TRACE_BYTES)
    return;
  trace->anomalies = ekl_memory_new (n, sizeof (real), "the outputs", NULL);
  trace->innovation = ekl_memory_new (stride, sizeof (real), "the outputs", NULL);
  if (trace->anomalies == NULL || trace->innovation == NULL)
    return;
  trace->n_observations = (guint) stride;
  memcpy (trace->anomalies, self->outputs, n * sizeof (real));
  memcpy (trace->innovation, self->innovation, stride * sizeof (real));
}

/* The step has been taken. */
void
ekl_inversion_trace_finish (EklInversion *self, double step_size)
{
  if (self->trace == NULL)
    return;
  self->trace->step_size = step_size;
  self->trace->filled = self->trace->spread != NULL;
}

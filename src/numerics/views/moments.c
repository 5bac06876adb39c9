/* moments.c - where both methods stood at some of the steps of a run, to look back at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "moments.h"

#include "memory.h"

#include <string.h>

struct _EklMoments {
  gsize n_parameters;
  gsize budget;
  gsize bytes;       /* held */
  guint64 stride;    /* steps */
  GPtrArray *moment; /* of EklMoment, in step order */
};

static gsize
count_bytes (const EklMoments *self, const EklEnsemble *ensemble, gboolean has_descent)
{
  const gsize vectors =
    (ensemble != NULL ? ekl_ensemble_get_size (ensemble) : 0) + (has_descent ? 1 : 0);

  return sizeof (EklMoment) + vectors * self->n_parameters * sizeof (real);
}

static void
moment_free (gpointer data)
{
  EklMoment *moment = data;

  ekl_ensemble_free (moment->ensemble);
  ekl_memory_free (moment->descent);
  g_free (moment);
}

static void
forget (EklMoments *self, guint index)
{
  const EklMoment *moment = self->moment->pdata[index];

  self->bytes -= count_bytes (self, moment->ensemble, moment->descent != NULL);
  g_ptr_array_remove_index (self->moment, index);
}

/**
 * ekl_moments_new:
 * @n_parameters: P
 * @budget: bytes that the moments may take
 *
 * Returns: (transfer full): no moments yet, of every step from now on
 */
EklMoments *
ekl_moments_new (gsize n_parameters, gsize budget)
{
  EklMoments *self = g_new0 (EklMoments, 1);

  self->n_parameters = n_parameters;
  self->budget = budget;
  self->stride = 1;
  self->moment = g_ptr_array_new_with_free_func (moment_free);
  return self;
}

/**
 * ekl_moments_free:
 * @self: (nullable): some moments
 */
void
ekl_moments_free (EklMoments *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->moment);
  g_free (self);
}

/**
 * ekl_moments_clear:
 *
 * Another run begins.
 */
void
ekl_moments_clear (EklMoments *self)
{
  g_ptr_array_set_size (self->moment, 0);
  self->bytes = 0;
  self->stride = 1;
}

/* From the end, so that what is moved is what stays. */
static void
thin (EklMoments *self)
{
  self->stride *= 2;
  for (guint i = self->moment->len; i-- > 0;) {
    const EklMoment *moment = self->moment->pdata[i];

    if (moment->step % self->stride != 0)
      forget (self, i);
  }
}

static void
add (EklMoments *self, guint64 step, const EklEnsemble *ensemble, const real *descent)
{
  EklMoment *moment = g_new0 (EklMoment, 1);

  moment->step = step;
  if (ensemble != NULL)
    moment->ensemble = ekl_ensemble_copy (ensemble);
  if (descent != NULL)
    moment->descent = ekl_memory_new (self->n_parameters, sizeof (real), "a moment", NULL);
  if ((ensemble != NULL && moment->ensemble == NULL) ||
      (descent != NULL && moment->descent == NULL)) {
    moment_free (moment);
    return;
  }
  if (descent != NULL)
    memcpy (moment->descent, descent, self->n_parameters * sizeof (real));
  g_ptr_array_add (self->moment, moment);
  self->bytes += count_bytes (self, ensemble, descent != NULL);
}

/**
 * ekl_moments_note:
 * @step: after which the methods stand there; not less than the newest one that was noted
 * @ensemble: (nullable): the particles; copied
 * @descent: (nullable): shape (P), gradient descent's parameters; copied
 *
 * Keeps the moment where it is its turn, every stride-th step. One of the newest step replaces it.
 * Where memory cannot be had the moment is left out.
 */
void
ekl_moments_note (EklMoments *self, guint64 step, const EklEnsemble *ensemble, const real *descent)
{
  const gsize bytes = count_bytes (self, ensemble, descent != NULL);

  if (self->moment->len > 0) {
    const EklMoment *newest = self->moment->pdata[self->moment->len - 1];

    g_return_if_fail (step >= newest->step);
    if (step == newest->step)
      forget (self, self->moment->len - 1);
  }
  if (bytes > self->budget / EKL_MOMENTS_LEAST)
    return;
  while (step % self->stride == 0 && self->moment->len > 0 &&
         (self->bytes + bytes > self->budget || self->moment->len >= EKL_MOMENTS_MOST))
    thin (self);
  if (step % self->stride == 0)
    add (self, step, ensemble, descent);
}

/**
 * ekl_moments_find:
 *
 * Returns: (transfer none) (nullable): the moment nearest to the step, of two the earlier one; valid
 *   until the next one is noted; %NULL where none is kept
 */
const EklMoment *
ekl_moments_find (const EklMoments *self, guint64 step)
{
  EklMoment *const *moment = (EklMoment *const *) self->moment->pdata;
  guint from = 0, to = self->moment->len;

  /* the first one that is not before the step */
  while (from < to) {
    const guint middle = (from + to) / 2;

    if (moment[middle]->step < step)
      from = middle + 1;
    else
      to = middle;
  }
  if (from == self->moment->len)
    return from > 0 ? moment[from - 1] : NULL;
  if (from > 0 && step - moment[from - 1]->step <= moment[from]->step - step)
    return moment[from - 1];
  return moment[from];
}

/**
 * ekl_moments_get_length:
 *
 * Returns: how many are kept
 */
guint
ekl_moments_get_length (const EklMoments *self)
{
  return self->moment->len;
}

/**
 * ekl_moments_get_stride:
 *
 * Returns: the steps from one moment that is kept to the next
 */
guint64
ekl_moments_get_stride (const EklMoments *self)
{
  return self->stride;
}

/**
 * ekl_moments_get_bytes:
 *
 * Returns: what they take
 */
gsize
ekl_moments_get_bytes (const EklMoments *self)
{
  return self->bytes;
}

/* parameter_path.c - where a method has been: a thinned list of parameter vectors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "parameter_path.h"

#include <string.h>

/* All points have their place from the start, so that no step asks for memory; the system gives it
 * when a point is first written. Those that thinning lets go are used again, and none is moved. */
struct _EklParameterPath {
  gsize n_parameters;
  guint capacity;
  guint length;             /* points that are held */
  real *places;             /* (capacity, P) */
  guint64 stride;           /* counted in points, not in steps */
  guint64 appended;         /* since the start */
  real **point;             /* (capacity), each (P); those from length on are spare */
  guint64 *step;            /* (capacity) */
  gboolean newest_is_extra; /* held for being the newest, not by the stride */
};

/**
 * ekl_parameter_path_new:
 * @n_parameters: P
 * @capacity: the most points it holds, at least 2
 *
 * Returns: (transfer full): an empty path
 */
EklParameterPath *
ekl_parameter_path_new (gsize n_parameters, guint capacity)
{
  EklParameterPath *self;

  g_return_val_if_fail (n_parameters > 0 && capacity >= 2, NULL);

  self = g_new0 (EklParameterPath, 1);
  self->n_parameters = n_parameters;
  self->capacity = capacity;
  self->stride = 1;
  self->places = g_new (real, n_parameters * capacity);
  self->point = g_new (real *, capacity);
  for (guint i = 0; i < capacity; i++)
    self->point[i] = self->places + n_parameters * i;
  self->step = g_new0 (guint64, capacity);

  return self;
}

/**
 * ekl_parameter_path_free:
 * @self: (nullable): a path
 */
void
ekl_parameter_path_free (EklParameterPath *self)
{
  if (self == NULL)
    return;
  g_free (self->places);
  g_free (self->point);
  g_free (self->step);
  g_free (self);
}

static void
thin (EklParameterPath *self)
{
  guint kept = 0;

  for (guint i = 0; i < self->length; i += 2) {
    real *spare = self->point[kept];

    self->point[kept] = self->point[i];
    self->point[i] = spare;
    self->step[kept++] = self->step[i];
  }
  self->length = kept;
  self->stride *= 2;
}

static void
put (EklParameterPath *self, guint64 step, const real *u)
{
  memcpy (self->point[self->length], u, self->n_parameters * sizeof (real));
  self->step[self->length++] = step;
}

/**
 * ekl_parameter_path_append:
 * @self: a path
 * @step: the step after which the method stood at @u; not less than the newest one
 * @u: shape (P); copied
 *
 * Afterwards the path holds the first point appended, every stride-th after it, and the newest. The
 * stride, counted in points, doubles when there would be more than the capacity. A point of the
 * newest step replaces it.
 */
void
ekl_parameter_path_append (EklParameterPath *self, guint64 step, const real *u)
{
  g_return_if_fail (self != NULL && u != NULL);
  g_return_if_fail (self->length == 0 || step >= self->step[self->length - 1]);

  if (self->length > 0 && step == self->step[self->length - 1]) {
    self->length--;
    put (self, step, u);
    return;
  }
  if (self->newest_is_extra)
    self->length--;
  if (self->length == self->capacity)
    thin (self);
  put (self, step, u);
  self->newest_is_extra = self->appended % self->stride != 0;
  self->appended++;
}

/**
 * ekl_parameter_path_get_length:
 * @self: a path
 *
 * Returns: how many points it holds
 */
guint
ekl_parameter_path_get_length (const EklParameterPath *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->length;
}

/**
 * ekl_parameter_path_get_point:
 * @self: a path
 * @i: from 0, less than the length
 * @step: (out) (optional): its step
 *
 * Returns: (transfer none): the point, shape (P), valid until the next change
 */
const real *
ekl_parameter_path_get_point (const EklParameterPath *self, guint i, guint64 *step)
{
  g_return_val_if_fail (self != NULL && i < self->length, NULL);

  if (step != NULL)
    *step = self->step[i];
  return self->point[i];
}

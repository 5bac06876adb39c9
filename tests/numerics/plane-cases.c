/* plane-cases.c - networks, paths and planes to test with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plane-cases.h"

#include <math.h>

EklNetwork
case_network (guint n_inputs, guint n_hidden, guint n_outputs)
{
  const guint width[3] = { n_inputs, n_hidden, n_outputs };
  EklNetwork network;

  g_assert_true (
    ekl_network_init (&network, width, 3, EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, NULL));
  return network;
}

double
case_normal (void)
{
  double sum = -6;

  for (guint i = 0; i < 12; i++)
    sum += g_test_rand_double ();
  return sum;
}

Mover *
mover_new (gsize n, double noise)
{
  Mover *self = g_new0 (Mover, 1);

  self->n = n;
  self->noise = noise;
  self->direction = g_new (double, 2 * n);
  self->start = g_new (double, n);
  for (gsize i = 0; i < n; i++) {
    self->direction[i] = case_normal () / sqrt ((double) n);
    self->direction[n + i] = case_normal () / sqrt ((double) n);
    self->start[i] = case_normal ();
  }
  return self;
}

void
mover_free (Mover *self)
{
  g_free (self->direction);
  g_free (self->start);
  g_free (self);
}

/* Along the first direction ever more slowly, along the second there and half the way back. */
void
mover_step (const Mover *self, guint step, EklParameterPath *path)
{
  g_autofree real *u = g_new (real, self->n);
  double t = step / 40.0, along = 3 * (1 - exp (-t)),
         across = 1.5 * t * exp (-t) + .3 * (1 - exp (-t));

  for (gsize i = 0; i < self->n; i++)
    u[i] =
      (real) (self->start[i] + along * self->direction[i] + across * self->direction[self->n + i] +
              (step > 0 ? self->noise * case_normal () / sqrt ((double) self->n) : 0));
  ekl_parameter_path_append (path, step, u);
}

double *
case_directions (const EklPlaneFit *fit, gsize n_parameters)
{
  g_autofree real *u = g_new (real, 3 * n_parameters);
  double *direction = g_new (double, 2 * n_parameters);

  ekl_plane_fit_lift (fit, (EklPoint){ 0, 0 }, u);
  ekl_plane_fit_lift (fit, (EklPoint){ 1, 0 }, u + n_parameters);
  ekl_plane_fit_lift (fit, (EklPoint){ 0, 1 }, u + 2 * n_parameters);
  for (gsize i = 0; i < n_parameters; i++) {
    direction[i] = (double) u[n_parameters + i] - (double) u[i];
    direction[n_parameters + i] = (double) u[2 * n_parameters + i] - (double) u[i];
  }
  return direction;
}

double
case_dot (const double *a, const double *b, gsize n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

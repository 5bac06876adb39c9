/* problems.c - small random problems, the same ones in every run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "support/problems.h"

#include <math.h>

/* Box and Muller (1958); GRand, so that the data do not hang on the generator under test. */
double
test_normal (GRand *rand)
{
  double radius = sqrt (-2 * log (1 - g_rand_double (rand)));

  return radius * cos (2 * G_PI * g_rand_double (rand));
}

static void
fill_outputs (TestProblem *self, GRand *rand)
{
  const EklBatch *b = &self->batch;

  for (guint i = 0; i < b->n_data; i++) {
    guint class = g_rand_int_range (rand, 0, b->n_outputs);
    double sum = 0;

    for (guint f = 0; f < b->n_inputs; f++)
      sum += self->x[f * b->n_data + i];
    for (guint o = 0; o < b->n_outputs; o++)
      self->y[o * b->n_data + i] = self->network.output == EKL_OUTPUT_SOFTMAX
                                     ? (real) (o == class)
                                     : (real) (sin (sum * (o + 1)) + .1 * test_normal (rand));
  }
}

TestProblem *
test_problem_new (const guint *width,
                  guint n_width,
                  EklActivation activation,
                  EklOutput output,
                  guint n_data,
                  guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GError) error = NULL;
  TestProblem *self = g_new0 (TestProblem, 1);

  ekl_network_init (&self->network, width, n_width, activation, output, &error);
  g_assert_no_error (error);
  self->batch.n_inputs = width[0];
  self->batch.n_outputs = width[n_width - 1];
  self->batch.n_data = n_data;
  self->batch.x = self->x = g_new (real, (gsize) width[0] * n_data);
  self->batch.y = self->y = g_new (real, (gsize) width[n_width - 1] * n_data);
  for (gsize i = 0; i < (gsize) width[0] * n_data; i++)
    self->x[i] = (real) test_normal (rand);
  fill_outputs (self, rand);
  return self;
}

void
test_problem_free (TestProblem *self)
{
  g_free (self->x);
  g_free (self->y);
  g_free (self);
}

real *
test_random_vector (const EklNetwork *network, double scale, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  real *u = g_new (real, network->n_parameters);

  for (gsize p = 0; p < network->n_parameters; p++)
    u[p] = (real) (scale * test_normal (rand));
  return u;
}

EklEnsemble *
test_ensemble_of_rows (const EklNetwork *network, guint size, const double *rows)
{
  g_autoptr (GError) error = NULL;
  EklEnsemble *ensemble = ekl_ensemble_new (network, size, &error);

  g_assert_no_error (error);
  g_assert_nonnull (ensemble);
  ekl_ensemble_set_rows (ensemble, rows);
  return ensemble;
}

EklEnsemble *
test_random_ensemble (const EklNetwork *network, guint size, double scale, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree double *rows = g_new (double, size * network->n_parameters);

  for (gsize i = 0; i < size * network->n_parameters; i++)
    rows[i] = scale * test_normal (rand);
  return test_ensemble_of_rows (network, size, rows);
}

double *
test_ensemble_rows (const EklEnsemble *ensemble)
{
  gsize n = ekl_ensemble_get_size (ensemble) * ekl_ensemble_get_network (ensemble)->n_parameters;
  double *rows = g_new (double, n);

  ekl_ensemble_get_rows (ensemble, rows);
  return rows;
}

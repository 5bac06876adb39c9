/* test-particle-losses.c - losses a few at a time, and their history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "particle_losses.h"

#include <math.h>

#define N_PARTICLES 5

typedef struct {
  EklNetwork network;
  EklEnsemble *ensemble;
  EklForward *forward;
  real x, y;
  EklBatch batch;
} Scene;

/* y = w x + b at x = 1, target 0: the loss of (w, 0) is w^2. */
static void
scene_init (Scene *self, guint size)
{
  const guint width[2] = { 1, 1 };

  g_assert_true (ekl_network_init (&self->network, width, 2, EKL_ACTIVATION_IDENTITY,
                                   EKL_OUTPUT_IDENTITY, NULL));
  self->ensemble = ekl_ensemble_new (&self->network, size, NULL);
  self->forward = ekl_forward_new (&self->network, 1, 1, NULL);
  self->x = 1;
  self->y = 0;
  self->batch = (EklBatch){ 1, 1, 1, &self->x, &self->y };
}

static void
scene_clear (Scene *self)
{
  ekl_ensemble_free (self->ensemble);
  ekl_forward_free (self->forward);
}

static void
place (Scene *self, double w)
{
  for (guint j = 0; j < ekl_ensemble_get_size (self->ensemble); j++)
    ekl_ensemble_set_particle (self->ensemble, j, (real[2]){ (real) (w + j), 0 });
}

static gboolean
refresh (Scene *self, EklParticleLosses *losses, guint64 step, double flops)
{
  return ekl_particle_losses_refresh (losses, self->forward, self->ensemble, &self->batch,
                                      EKL_LOSS_SQUARED, step, flops);
}

/* Each in its turn; what has not had it keeps the loss it had. */
static void
test_turns (void)
{
  g_autoptr (EklParticleLosses) losses = ekl_particle_losses_new ();
  const float *value;
  Scene scene;

  scene_init (&scene, N_PARTICLES);
  place (&scene, 1);
  g_assert_true (refresh (&scene, losses, 0, 8)); /* two particles: 2 P N = 4 each */
  value = ekl_particle_losses_get (losses);
  g_assert_cmpfloat ((double) value[1], ==, 4);
  g_assert_true (isnan (value[2]));
  g_assert_true (refresh (&scene, losses, 0, 8));
  g_assert_false (refresh (&scene, losses, 0, 8));
  for (guint j = 0; j < N_PARTICLES; j++)
    g_assert_cmpfloat ((double) value[j], ==, (j + 1) * (j + 1));

  place (&scene, 2);
  g_assert_false (refresh (&scene, losses, 0, 8)); /* the same step: nothing is stale */
  g_assert_cmpfloat ((double) value[0], ==, 1);
  g_assert_true (refresh (&scene, losses, 1, 0)); /* one is always done */
  g_assert_cmpfloat ((double) value[0], ==, 4);
  g_assert_cmpfloat ((double) value[1], ==, 4);
  ekl_particle_losses_forget (losses);
  g_assert_false (refresh (&scene, losses, 1, 1e9));
  g_assert_cmpfloat ((double) value[4], ==, 36);
  scene_clear (&scene);
}

/* However long it runs, the history keeps its beginning, its end and a bounded number of moments. */
static void
test_history (void)
{
  g_autoptr (EklParticleLosses) losses = ekl_particle_losses_new ();
  g_autofree guint64 *steps = NULL;
  g_autofree float *history = NULL;
  const guint n_steps = 20000;
  Scene scene;
  guint n;

  scene_init (&scene, N_PARTICLES);
  for (guint step = 0; step <= n_steps; step++) {
    place (&scene, step);
    refresh (&scene, losses, step, 1e9);
    ekl_particle_losses_note (losses);
  }
  n = ekl_particle_losses_get_history (losses, 3, &steps, &history);
  g_assert_cmpuint (n, >, 200);
  g_assert_cmpuint (n, <=, 513);
  g_assert_cmpuint (steps[0], ==, 0);
  g_assert_cmpuint (steps[n - 1], ==, n_steps);
  for (guint i = 0; i < n; i++) {
    g_assert_cmpfloat_with_epsilon (sqrt ((double) history[i]), steps[i] + 3, .01);
    g_assert_true (i == 0 || steps[i] > steps[i - 1]);
    g_assert_true (i == 0 || steps[i] - steps[i - 1] <= 4 * n_steps / 200);
  }
  scene_clear (&scene);

  /* another J: nothing is left of it */
  g_clear_pointer (&steps, g_free);
  g_clear_pointer (&history, g_free);
  scene_init (&scene, 2);
  place (&scene, 0);
  refresh (&scene, losses, n_steps + 1, 1e9);
  g_assert_cmpuint (ekl_particle_losses_get_history (losses, 1, &steps, &history), ==, 1);
  g_assert_cmpfloat ((double) history[0], ==, 1);
  scene_clear (&scene);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/particle-losses/turns", test_turns);
  g_test_add_func ("/particle-losses/history", test_history);
  return g_test_run ();
}

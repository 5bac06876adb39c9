/* test-plane-loss.c - the loss over the plane against one point at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plane-cases.h"
#include "plane_loss.h"

#include <math.h>
#include <string.h>

#define N_DATA 33

typedef struct {
  EklNetwork network;
  EklPlaneFit *fit;
  real x[3 * N_DATA], y[3 * N_DATA];
  EklBatch batch;
} Scene;

static void
scene_init (Scene *self, const guint *width, guint n_width, EklActivation activation, EklOutput out)
{
  g_autofree real *origin = NULL;

  g_assert_true (ekl_network_init (&self->network, width, n_width, activation, out, NULL));
  origin = g_new (real, self->network.n_parameters);
  for (gsize i = 0; i < self->network.n_parameters; i++)
    origin[i] = (real) (.5 * case_normal ());
  self->fit = ekl_plane_fit_new (&self->network, origin, 7);
  for (guint i = 0; i < 3 * N_DATA; i++) {
    self->x[i] = (real) case_normal ();
    self->y[i] = (real) (i % 3 == i / N_DATA);
  }
  self->batch = (EklBatch){ .n_inputs = width[0],
                            .n_outputs = width[n_width - 1],
                            .n_data = N_DATA,
                            .x = self->x,
                            .y = self->y };
}

/* The loss of a point of the grid, computed alone and with the whole network. */
static double
naive_loss (const Scene *scene, EklForward *forward, EklLoss loss, double l2, EklPoint p)
{
  gsize n = scene->network.n_parameters;
  g_autofree real *u = g_new (real, n);
  real g[3 * N_DATA];
  double square = 0;

  ekl_plane_fit_lift (scene->fit, p, u);
  for (gsize i = 0; i < n; i++)
    square += (double) u[i] * (double) u[i];
  ekl_forward_vector (forward, u, &scene->batch, ekl_loss_forward_kind (loss), g);
  return ekl_loss (loss, &scene->batch, g) + l2 * square;
}

static void
compare (Scene *scene, EklLoss loss, guint n_threads)
{
  g_autoptr (EklForward) forward = ekl_forward_new (&scene->network, N_DATA, 1, NULL);
  g_autoptr (EklPlaneLoss) fast =
    ekl_plane_loss_new (scene->fit, &scene->batch, loss, .25, n_threads);
  g_autoptr (EklField) field = ekl_field_new (7, 4, -2, 1, 0, 3);

  field->value[2 * 7 + 3] = 42; /* is known already */
  ekl_plane_loss_fill_row (fast, field, 2);
  for (guint c = 0; c < 7; c++) {
    double right = naive_loss (scene, forward, loss, .25, (EklPoint){ -2 + .5 * c, 2 });

    if (c == 3)
      g_assert_true (field->value[2 * 7 + 3] == 42);
    else
      g_assert_cmpfloat_with_epsilon (field->value[2 * 7 + c], right, 10 * ROUNDING * right);
    g_assert_true (isnan (field->value[c]) && isnan (field->value[3 * 7 + c]));
  }
}

/* One layer, two and four; both losses; any number of threads. */
static void
test_equal (void)
{
  const guint widths[3][5] = { { 3, 3 }, { 3, 6, 3 }, { 2, 5, 7, 4, 3 } };
  const guint n_widths[3] = { 2, 3, 5 };

  for (guint k = 0; k < 3; k++)
    for (EklActivation a = EKL_ACTIVATION_TANH; a <= EKL_ACTIVATION_IDENTITY; a++)
      for (EklOutput out = EKL_OUTPUT_IDENTITY; out <= EKL_OUTPUT_SOFTMAX; out++) {
        Scene scene;

        scene_init (&scene, widths[k], n_widths[k], a, out);
        compare (&scene, EKL_LOSS_SQUARED, 1);
        compare (&scene, EKL_LOSS_SQUARED, 2);
        if (out == EKL_OUTPUT_SOFTMAX)
          compare (&scene, EKL_LOSS_CROSS_ENTROPY, 1);
        ekl_plane_fit_free (scene.fit);
      }
}

/* The same bits on any number of threads. */
static void
test_threads (void)
{
  const guint width[3] = { 3, 200, 2 };
  g_autoptr (EklField) one = ekl_field_new (65, 1, -2, 1, 0, 0);
  g_autoptr (EklField) three = ekl_field_new (65, 1, -2, 1, 0, 0);
  Scene scene;

  scene_init (&scene, width, 3, EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY);
  for (guint k = 0; k < 2; k++) {
    g_autoptr (EklPlaneLoss) loss =
      ekl_plane_loss_new (scene.fit, &scene.batch, EKL_LOSS_SQUARED, 0, k == 0 ? 1 : 3);

    ekl_plane_loss_fill_row (loss, k == 0 ? one : three, 0);
  }
  g_assert_cmpmem (one->value, 65 * sizeof (double), three->value, 65 * sizeof (double));
  ekl_plane_fit_free (scene.fit);
}

/* Far away the loss is too large for a number; that is told from "not known yet". */
static void
test_not_finite (void)
{
  const guint width[3] = { 2, 3, 1 };
  g_autoptr (EklField) field = ekl_field_new (1, 1, G_MAXDOUBLE, G_MAXDOUBLE, 0, 0);
  g_autoptr (EklPlaneLoss) loss = NULL;
  Scene scene;

  scene_init (&scene, width, 3, EKL_ACTIVATION_RELU, EKL_OUTPUT_IDENTITY);
  loss = ekl_plane_loss_new (scene.fit, &scene.batch, EKL_LOSS_SQUARED, 0, 1);
  ekl_plane_loss_fill_row (loss, field, 0);
  g_assert_false (isnan (field->value[0]));
  ekl_plane_fit_free (scene.fit);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  openblas_set_num_threads (1);

  g_test_add_func ("/plane-loss/equal", test_equal);
  g_test_add_func ("/plane-loss/threads", test_threads);
  g_test_add_func ("/plane-loss/not-finite", test_not_finite);

  return g_test_run ();
}

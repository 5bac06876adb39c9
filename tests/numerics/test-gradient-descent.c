/* test-gradient-descent.c - gradient descent and its relatives, against their published recursions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gradient_descent.h"
#include "support/cases.h"
#include "support/compare.h"
#include "support/naive.h"
#include "support/problems.h"

#include <math.h>
#include <string.h>

static EklDescent *
make_descent (const EklNetwork *network, const real *start, guint max_data, guint n_threads)
{
  g_autoptr (GError) error = NULL;
  EklDescent *descent = ekl_descent_new (network, start, max_data, n_threads, &error);

  g_assert_no_error (error);
  g_assert_nonnull (descent);
  return descent;
}

/* The trajectory and the loss before each of the 20 steps. */
static void
test_case_matches (void)
{
  g_autoptr (TestCase) c = test_case_open ("descent-20-steps");
  g_autoptr (TestArray) u0 = test_case_read (c, "U0");
  g_autoptr (TestArray) trajectory = test_case_read (c, "U");
  g_autoptr (TestArray) loss = test_case_read (c, "loss");
  g_autofree real *start = test_reals (u0->v, u0->length);
  g_autoptr (EklDescent) descent = make_descent (&c->network, start, c->batch.n_data, 1);
  const EklDescentInfo *info = ekl_descent_get_info (descent);
  EklDescentSettings settings = { .loss = EKL_LOSS_SQUARED,
                                  .learning_rate = test_case_get_double (c, "h"),
                                  .l2 = test_case_get_double (c, "l2") };
  gsize P = c->network.n_parameters;

  test_assert_reals_near (ekl_descent_get_parameters (descent), trajectory->v, P, 1e-7);
  for (guint n = 0; n < 20; n++) {
    g_assert_true (ekl_descent_step (descent, &settings, &c->batch, c->batch.n_data));
    test_assert_reals_near (ekl_descent_get_parameters (descent), trajectory->v + (n + 1) * P, P,
                            TEST_TOLERANCE (1e-12, 1e-5));
    test_assert_near (&info->batch_loss, loss->v + n, 1, TEST_TOLERANCE (1e-12, 1e-5));
    g_assert_cmpuint (info->steps, ==, n + 1);
    g_assert_cmpfloat_with_epsilon (info->time, (n + 1) * .05, 1e-12);
    g_assert_cmpfloat_with_epsilon (info->model_runs, 3 * (n + 1), 1e-12);
    g_assert_false (info->diverged);
  }
}

/* One step of each optimizer as PyTorch 1.13 documents it (momentum .9 without dampening; Adam with
 * betas .9, .999 and epsilon 1e-8), v and s being its state; n counts from 0. */
static void
naive_descent (EklOptimizer optimizer,
               double h,
               guint n,
               gsize P,
               const double *g,
               double *v,
               double *s,
               double *u)
{
  for (gsize p = 0; p < P; p++)
    switch (optimizer) {
    case EKL_OPTIMIZER_GD:
      u[p] -= h * g[p];
      break;
    case EKL_OPTIMIZER_MOMENTUM:
      v[p] = .9 * v[p] + g[p];
      u[p] -= h * v[p];
      break;
    case EKL_OPTIMIZER_NESTEROV:
      v[p] = .9 * v[p] + g[p];
      u[p] -= h * (g[p] + .9 * v[p]);
      break;
    case EKL_OPTIMIZER_ADAM:
      v[p] = .9 * v[p] + .1 * g[p];
      s[p] = .999 * s[p] + .001 * g[p] * g[p];
      u[p] -= h * (v[p] / (1 - pow (.9, n + 1))) / (sqrt (s[p] / (1 - pow (.999, n + 1))) + 1e-8);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* h_n of [7], n from 0. Cosine: annealed from h to 0 over each period, then again from h
 * (Loshchilov and Hutter, 2017). */
static double
naive_rate (EklSchedule schedule, double h, double n0, guint n)
{
  switch (schedule) {
  case EKL_SCHEDULE_CONSTANT:
    return h;
  case EKL_SCHEDULE_INVERSE:
    return h / (1 + n / n0);
  case EKL_SCHEDULE_STEP:
    return h * pow (.5, floor (n / n0));
  case EKL_SCHEDULE_COSINE:
    return h * (1 + cos (G_PI * fmod (n, n0) / n0)) / 2;
  default:
    g_assert_not_reached ();
  }
}

static void
test_optimizer (gconstpointer data)
{
  EklOptimizer optimizer = GPOINTER_TO_INT (data);
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 4, 3), EKL_ACTIVATION_TANH, EKL_OUTPUT_SOFTMAX, 9, 3);
  gsize P = p->network.n_parameters;
  g_autofree real *start = test_random_vector (&p->network, .7, 4);
  g_autofree double *u = test_doubles (start, P);
  g_autofree double *g = g_new (double, P);
  g_autofree double *v = g_new0 (double, P);
  g_autofree double *s = g_new0 (double, P);
  g_autoptr (EklDescent) descent = make_descent (&p->network, start, 9, 2);
  EklDescentSettings settings = { .loss = EKL_LOSS_CROSS_ENTROPY,
                                  .optimizer = optimizer,
                                  .learning_rate = .05,
                                  .schedule = EKL_SCHEDULE_INVERSE,
                                  .schedule_steps = 8,
                                  .l2 = .01 };

  for (guint n = 0; n < 30; n++) {
    naive_gradient (&p->network, u, &p->batch, EKL_LOSS_CROSS_ENTROPY, .01, g);
    naive_descent (optimizer, naive_rate (EKL_SCHEDULE_INVERSE, .05, 8, n), n, P, g, v, s, u);
    g_assert_true (ekl_descent_step (descent, &settings, &p->batch, 9));
    test_assert_reals_near (ekl_descent_get_parameters (descent), u, P,
                            TEST_TOLERANCE (1e-11, 1e-4));
  }
}

static void
test_schedule (gconstpointer data)
{
  EklSchedule schedule = GPOINTER_TO_INT (data);
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 5, 3);
  g_autofree real *start = test_random_vector (&p->network, 1, 4);
  g_autoptr (EklDescent) descent = make_descent (&p->network, start, 5, 1);
  const EklDescentInfo *info = ekl_descent_get_info (descent);
  EklDescentSettings settings = { .learning_rate = .01, .schedule = schedule, .schedule_steps = 7 };
  double time = 0;

  for (guint n = 0; n < 30; n++) {
    double h = naive_rate (schedule, .01, 7, n);

    ekl_descent_step (descent, &settings, &p->batch, 5);
    time += h;
    g_assert_cmpfloat_with_epsilon (info->learning_rate, h, 1e-14);
    g_assert_cmpfloat_with_epsilon (info->time, time, 1e-13);
  }
}

/* A new learning rate acts from the next step; a step on half of the data costs half the runs. */
static void
test_settings_act_at_once (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 1), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, 8, 3);
  gsize P = p->network.n_parameters;
  g_autofree real *start = test_random_vector (&p->network, 1, 4);
  g_autofree double *u = test_doubles (start, P);
  g_autofree double *g = g_new (double, P);
  g_autoptr (EklDescent) descent = make_descent (&p->network, start, 8, 1);
  const EklDescentInfo *info = ekl_descent_get_info (descent);

  for (guint n = 0; n < 6; n++) {
    EklDescentSettings settings = { .learning_rate = .02 * (n + 1) };

    naive_gradient (&p->network, u, &p->batch, EKL_LOSS_SQUARED, 0, g);
    naive_descent (EKL_OPTIMIZER_GD, settings.learning_rate, n, P, g, NULL, NULL, u);
    ekl_descent_step (descent, &settings, &p->batch, 16);
    test_assert_reals_near (ekl_descent_get_parameters (descent), u, P,
                            TEST_TOLERANCE (1e-13, 1e-5));
    g_assert_cmpfloat_with_epsilon (info->model_runs, 1.5 * (n + 1), 1e-12);
  }
}

/* Far too large a rate: the method stands at its last finite point, says so, and stays there. */
static void
test_divergence (gconstpointer data)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (2, 3, 1), EKL_ACTIVATION_IDENTITY, EKL_OUTPUT_IDENTITY, 6, 3);
  gsize P = p->network.n_parameters, n_bytes = P * sizeof (real);
  g_autofree real *start = test_random_vector (&p->network, 1, 4);
  g_autofree real *before = g_memdup2 (start, n_bytes);
  g_autoptr (EklDescent) descent = make_descent (&p->network, start, 6, 1);
  const EklDescentInfo *info = ekl_descent_get_info (descent);
  EklDescentSettings settings = { .optimizer = GPOINTER_TO_INT (data),
                                  .learning_rate = 1e3,
                                  .l2 = 1e-3 };
  guint64 steps = 0;

  for (guint n = 0; n < 1000 && !info->diverged; n++) {
    memcpy (before, ekl_descent_get_parameters (descent), n_bytes);
    steps = info->steps;
    ekl_descent_step (descent, &settings, &p->batch, 6);
  }
  g_assert_true (info->diverged);
  g_assert_cmpuint (info->diverged_at, ==, steps + 1);
  g_assert_cmpmem (ekl_descent_get_parameters (descent), n_bytes, before, n_bytes);
  for (gsize k = 0; k < P; k++)
    g_assert_true (isfinite (ekl_descent_get_parameters (descent)[k]));

  settings.learning_rate = 1e-6;
  g_assert_false (ekl_descent_step (descent, &settings, &p->batch, 6));
  g_assert_true (info->diverged);
  g_assert_cmpuint (info->diverged_at, ==, steps + 1);
  g_assert_cmpmem (ekl_descent_get_parameters (descent), n_bytes, before, n_bytes);
}

static void
test_same_bits_on_any_threads (void)
{
  g_autoptr (TestProblem) p =
    test_problem_new (TEST_WIDTHS (3, 9, 4, 2), EKL_ACTIVATION_RELU, EKL_OUTPUT_SOFTMAX, 600, 3);
  gsize n_bytes = p->network.n_parameters * sizeof (real);
  g_autofree real *start = test_random_vector (&p->network, .5, 4);
  g_autoptr (EklDescent) one = make_descent (&p->network, start, 600, 1);
  g_autoptr (EklDescent) two = make_descent (&p->network, start, 600, 2);
  g_autoptr (EklDescent) four = make_descent (&p->network, start, 600, 4);
  EklDescentSettings settings = { .loss = EKL_LOSS_CROSS_ENTROPY,
                                  .optimizer = EKL_OPTIMIZER_ADAM,
                                  .learning_rate = .01 };

  for (guint n = 0; n < 10; n++) {
    ekl_descent_step (one, &settings, &p->batch, 600);
    ekl_descent_step (two, &settings, &p->batch, 600);
    ekl_descent_step (four, &settings, &p->batch, 600);
    g_assert_cmpmem (ekl_descent_get_parameters (two), n_bytes, ekl_descent_get_parameters (one),
                     n_bytes);
    g_assert_cmpmem (ekl_descent_get_parameters (four), n_bytes, ekl_descent_get_parameters (one),
                     n_bytes);
  }
}

int
main (int argc, char *argv[])
{
  static const char *const optimizers[] = { "gd", "momentum", "nesterov", "adam" };
  static const char *const schedules[] = { "constant", "inverse", "step", "cosine" };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gradient-descent/case", test_case_matches);
  for (guint i = 0; i < 4; i++) {
    g_autofree char *optimizer = g_strconcat ("/gradient-descent/optimizer/", optimizers[i], NULL);
    g_autofree char *schedule = g_strconcat ("/gradient-descent/schedule/", schedules[i], NULL);

    g_test_add_data_func (optimizer, GINT_TO_POINTER (EKL_OPTIMIZER_GD + i), test_optimizer);
    g_test_add_data_func (schedule, GINT_TO_POINTER (EKL_SCHEDULE_CONSTANT + i), test_schedule);
  }
  g_test_add_func ("/gradient-descent/settings-act-at-once", test_settings_act_at_once);
  g_test_add_data_func ("/gradient-descent/divergence/gd", GINT_TO_POINTER (EKL_OPTIMIZER_GD),
                        test_divergence);
  g_test_add_data_func ("/gradient-descent/divergence/momentum",
                        GINT_TO_POINTER (EKL_OPTIMIZER_MOMENTUM), test_divergence);
  g_test_add_func ("/gradient-descent/same-bits-on-any-threads", test_same_bits_on_any_threads);
  return g_test_run ();
}

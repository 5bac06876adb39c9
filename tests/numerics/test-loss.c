/* test-loss.c - the losses and the accuracy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loss.h"
#include "support/compare.h"
#include "support/naive.h"
#include "support/problems.h"

#include <math.h>

/* A batch of given shape with random outputs g beside it, both (m, N). */
typedef struct {
  EklBatch batch;
  real *y, *g;
} Answers;

static Answers *
answers_new (guint m, guint N, double scale, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  Answers *self = g_new0 (Answers, 1);

  self->batch.n_outputs = m;
  self->batch.n_data = N;
  self->batch.y = self->y = g_new (real, (gsize) m * N);
  self->g = g_new (real, (gsize) m * N);
  for (gsize k = 0; k < (gsize) m * N; k++) {
    self->y[k] = (real) test_normal (rand);
    self->g[k] = (real) (scale * test_normal (rand));
  }
  return self;
}

static void
answers_free (Answers *self)
{
  g_free (self->y);
  g_free (self->g);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answers, answers_free)

static const guint shapes[][2] = { { 1, 1 }, { 1, 700 }, { 3, 1 }, { 2, 17 }, { 10, 513 } };

/* [2] */
static void
test_squared (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++) {
    guint m = shapes[s][0], N = shapes[s][1];
    g_autoptr (Answers) a = answers_new (m, N, 3, s);
    double expected = 0, got;

    for (guint i = 0; i < N; i++)
      for (guint o = 0; o < m; o++)
        expected += pow ((double) a->y[o * N + i] - a->g[o * N + i], 2) / N;
    got = ekl_loss (EKL_LOSS_SQUARED, &a->batch, a->g);
    test_assert_near (&got, &expected, 1, TEST_TOLERANCE (1e-14, 1e-6));
  }
}

/* [3], with one-hot and with soft labels: the formula is a scalar product. */
static void
test_cross_entropy (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++) {
    guint m = shapes[s][0], N = shapes[s][1];
    g_autoptr (Answers) a = answers_new (m, N, 3, s);

    for (guint soft = 0; soft < 2; soft++) {
      double expected = 0, got;

      for (guint i = 0; i < N; i++) {
        double sum = 0;

        for (guint o = 0; o < m; o++) {
          a->y[o * N + i] =
            soft && m > 1 ? (real) (o == i % m ? .75 : .25 / (m - 1)) : (o == i % m);
          sum += exp (a->g[o * N + i]);
        }
        for (guint o = 0; o < m; o++)
          expected -= a->y[o * N + i] * (a->g[o * N + i] - log (sum)) / N;
      }
      got = ekl_loss (EKL_LOSS_CROSS_ENTROPY, &a->batch, a->g);
      test_assert_near (&got, &expected, 1, TEST_TOLERANCE (1e-14, 1e-6));
    }
  }
}

/* log-sum-exp: without it exp (1e4) is infinite. A sure and right answer costs 0, a sure and wrong
 * one 2e4. */
static void
test_huge_logits (void)
{
  enum { N = 19 };
  real y[2 * N], g[2 * N];
  EklBatch batch = { .n_outputs = 2, .n_data = N, .y = y };

  for (guint i = 0; i < N; i++) {
    y[i] = 1;
    y[N + i] = 0;
    g[i] = 10000;
    g[N + i] = -10000;
  }
  g_assert_cmpfloat (ekl_loss (EKL_LOSS_CROSS_ENTROPY, &batch, g), ==, 0);
  for (guint i = 0; i < N; i++) {
    y[i] = 0;
    y[N + i] = 1;
  }
  g_assert_cmpfloat_with_epsilon (ekl_loss (EKL_LOSS_CROSS_ENTROPY, &batch, g), 20000, 1e-9);
  for (guint i = 0; i < N; i++)
    g[i] = g[N + i] = 10000;
  g_assert_cmpfloat_with_epsilon (ekl_loss (EKL_LOSS_CROSS_ENTROPY, &batch, g), log (2),
                                  TEST_TOLERANCE (1e-12, 1e-6));
}

/* Squares that do not fit in float: losses are double in both builds. */
static void
test_huge_residual (void)
{
  real y[2] = { 0, 0 };
  real g[2] = { (real) 1e25, (real) 1e25 };
  EklBatch batch = { .n_outputs = 1, .n_data = 2, .y = y };
  double loss = ekl_loss (EKL_LOSS_SQUARED, &batch, g);

  g_assert_cmpfloat_with_epsilon (loss / 1e50, 1, 1e-6);
}

/* Many small terms: the sum keeps its digits, as a float accumulator would not. */
static void
test_long_sum (void)
{
  enum { N = 300000 };
  g_autofree real *y = g_new0 (real, N);
  g_autofree real *g = g_new (real, N);
  EklBatch batch = { .n_outputs = 1, .n_data = N, .y = y };

  for (gsize i = 0; i < N; i++)
    g[i] = i == 0 ? 4096 : .5;
  g_assert_cmpfloat_with_epsilon (ekl_loss (EKL_LOSS_SQUARED, &batch, g),
                                  (4096. * 4096 + (N - 1) * .25) / N, 1e-10);
}

static void
test_nan_is_seen (void)
{
  for (guint loss = EKL_LOSS_SQUARED; loss <= EKL_LOSS_CROSS_ENTROPY; loss++)
    for (guint k = 0; k < 34; k++) {
      g_autoptr (Answers) a = answers_new (2, 17, 1, k);

      a->g[k] = (real) NAN;
      g_assert_false (isfinite (ekl_loss (loss, &a->batch, a->g)));
    }
}

/* Of 40 data every fourth is answered wrongly. */
static void
test_accuracy (void)
{
  enum { N = 40 };
  real y[3 * N] = { 0 }, g[3 * N];
  EklBatch batch = { .n_outputs = 3, .n_data = N, .y = y };

  for (guint i = 0; i < N; i++) {
    guint answer = i % 4 == 0 ? (i + 1) % 3 : i % 3;

    y[(i % 3) * N + i] = 1;
    for (guint o = 0; o < 3; o++)
      g[o * N + i] = (real) (o == answer ? -.5 : -1 - .1 * o);
  }
  g_assert_cmpfloat_with_epsilon (ekl_accuracy (&batch, g), .75, 1e-12);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/loss/squared", test_squared);
  g_test_add_func ("/loss/cross-entropy", test_cross_entropy);
  g_test_add_func ("/loss/huge-logits", test_huge_logits);
  g_test_add_func ("/loss/huge-residual", test_huge_residual);
  g_test_add_func ("/loss/long-sum", test_long_sum);
  g_test_add_func ("/loss/nan-is-seen", test_nan_is_seen);
  g_test_add_func ("/loss/accuracy", test_accuracy);
  return g_test_run ();
}

/* test-moments.c - which moments of a run are kept, and which one is nearest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "moments.h"

typedef struct {
  EklNetwork network;
  EklEnsemble *ensemble;
  real *descent;
} Fixture;

static void
make_state (Fixture *fixture, guint size)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ekl_network_init (&fixture->network, (guint[]){ 3, 4, 1 }, 3, EKL_ACTIVATION_TANH,
                                   EKL_OUTPUT_IDENTITY, &error));
  fixture->ensemble = ekl_ensemble_new (&fixture->network, size, &error);
  g_assert_no_error (error);
  fixture->descent = g_new0 (real, fixture->network.n_parameters);
}

static void
clear_state (Fixture *fixture)
{
  ekl_ensemble_free (fixture->ensemble);
  g_free (fixture->descent);
}

/* A state that says which step it is of. */
static void
note (EklMoments *moments, Fixture *fixture, guint64 step)
{
  g_autofree real *u = g_new (real, fixture->network.n_parameters);

  for (gsize i = 0; i < fixture->network.n_parameters; i++)
    u[i] = fixture->descent[i] = (real) (step + i);
  for (guint j = 0; j < ekl_ensemble_get_size (fixture->ensemble); j++)
    ekl_ensemble_set_particle (fixture->ensemble, j, u);
  ekl_moments_note (moments, step, fixture->ensemble, fixture->descent);
}

static void
assert_of_step (const EklMoment *moment, guint64 step, gsize n)
{
  g_autofree real *u = g_new (real, n);

  g_assert_nonnull (moment);
  g_assert_cmpuint (moment->step, ==, step);
  ekl_ensemble_get_particle (moment->ensemble, ekl_ensemble_get_size (moment->ensemble) - 1, u);
  for (gsize i = 0; i < n; i++) {
    g_assert_true (u[i] == (real) (step + i));
    g_assert_true (moment->descent[i] == (real) (step + i));
  }
}

/* Whatever has gone by, those kept are the multiples of the stride, within the budget, and more than
 * half of it is used. */
static void
test_rule (void)
{
  Fixture fixture;
  gsize each;
  g_autoptr (EklMoments) moments = NULL;

  make_state (&fixture, 5);
  each = sizeof (EklMoment) + 6 * fixture.network.n_parameters * sizeof (real);
  moments = ekl_moments_new (fixture.network.n_parameters, 20 * each);
  for (guint64 step = 0; step < 700; step++) {
    guint64 stride;
    guint kept = 0;

    note (moments, &fixture, step);
    stride = ekl_moments_get_stride (moments);
    g_assert_cmpuint (ekl_moments_get_length (moments), ==, step / stride + 1);
    g_assert_cmpuint (ekl_moments_get_length (moments), <=, 20);
    g_assert_cmpuint (ekl_moments_get_bytes (moments), ==, each * ekl_moments_get_length (moments));
    g_assert_true (stride == 1 || ekl_moments_get_length (moments) >= 10);
    for (guint64 kth = 0; kth <= step; kth += stride, kept++)
      assert_of_step (ekl_moments_find (moments, kth), kth, fixture.network.n_parameters);
    g_assert_cmpuint (kept, ==, ekl_moments_get_length (moments));
  }
  ekl_moments_clear (moments);
  g_assert_null (ekl_moments_find (moments, 3));
  g_assert_cmpuint (ekl_moments_get_bytes (moments), ==, 0);
  note (moments, &fixture, 7);
  assert_of_step (ekl_moments_find (moments, 0), 7, fixture.network.n_parameters);
  clear_state (&fixture);
}

static void
test_nearest (void)
{
  Fixture fixture;
  g_autoptr (EklMoments) moments = NULL;
  const guint64 steps[] = { 0, 1, 2, 10, 30 };

  make_state (&fixture, 2);
  moments = ekl_moments_new (fixture.network.n_parameters, 1 << 20);
  g_assert_null (ekl_moments_find (moments, 0));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    note (moments, &fixture, steps[i]);
  for (guint64 wanted = 0; wanted < 50; wanted++) {
    guint64 nearest = 0;

    for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
      if (ABS ((gint64) (steps[i] - wanted)) < ABS ((gint64) (nearest - wanted)))
        nearest = steps[i];
    assert_of_step (ekl_moments_find (moments, wanted), nearest, fixture.network.n_parameters);
  }
  clear_state (&fixture);
}

/* J may change in the middle of a run, and the newest step may be noted again. */
static void
test_other_sizes (void)
{
  Fixture small, large;
  g_autoptr (EklMoments) moments = NULL;
  gsize each;

  make_state (&small, 2);
  make_state (&large, 40);
  each = sizeof (EklMoment) + 41 * large.network.n_parameters * sizeof (real);
  moments = ekl_moments_new (small.network.n_parameters, 9 * each);
  for (guint64 step = 0; step < 40; step++)
    note (moments, &small, step);
  note (moments, &large, 39);
  assert_of_step (ekl_moments_find (moments, 39), 39, small.network.n_parameters);
  g_assert_cmpuint (ekl_ensemble_get_size (ekl_moments_find (moments, 39)->ensemble), ==, 40);
  for (guint64 step = 40; step < 200; step++) {
    note (moments, &large, step);
    g_assert_cmpuint (ekl_moments_get_bytes (moments), <=, 9 * each);
    g_assert_cmpuint (ekl_moments_get_length (moments), >=, 4);
  }
  clear_state (&small);
  clear_state (&large);
}

/* What is too large to look back at is not kept, and what a method leaves out is not there. */
static void
test_limits (void)
{
  Fixture fixture;
  g_autoptr (EklMoments) moments = NULL;

  make_state (&fixture, 100);
  moments = ekl_moments_new (fixture.network.n_parameters,
                             7 * 100 * fixture.network.n_parameters * sizeof (real));
  note (moments, &fixture, 0);
  g_assert_cmpuint (ekl_moments_get_length (moments), ==, 0);
  ekl_moments_note (moments, 1, NULL, fixture.descent);
  g_assert_null (ekl_moments_find (moments, 1)->ensemble);
  g_assert_nonnull (ekl_moments_find (moments, 1)->descent);
  clear_state (&fixture);
}

static void
test_count (void)
{
  Fixture fixture;
  g_autoptr (EklMoments) moments = NULL;

  make_state (&fixture, 2);
  moments = ekl_moments_new (fixture.network.n_parameters, G_MAXINT32);
  for (guint64 step = 0; step <= EKL_MOMENTS_MOST; step++) {
    note (moments, &fixture, step);
    g_assert_cmpuint (ekl_moments_get_length (moments), <=, EKL_MOMENTS_MOST);
  }
  g_assert_cmpuint (ekl_moments_get_stride (moments), ==, 2);
  clear_state (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/moments/rule", test_rule);
  g_test_add_func ("/moments/nearest", test_nearest);
  g_test_add_func ("/moments/other-sizes", test_other_sizes);
  g_test_add_func ("/moments/limits", test_limits);
  g_test_add_func ("/moments/count", test_count);
  return g_test_run ();
}

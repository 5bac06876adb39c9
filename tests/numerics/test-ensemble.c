/* test-ensemble.c - J parameter vectors, seen as rows, as particles and as blocks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ensemble.h"
#include "support/compare.h"
#include "support/problems.h"

#include <math.h>

static void
make_network (EklNetwork *network)
{
  g_autoptr (GError) error = NULL;

  ekl_network_init (network, TEST_WIDTHS (3, 5, 2), EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY,
                    &error);
  g_assert_no_error (error);
}

/* Every number tells where it belongs: 100 j + p, exact in float too. */
static double *
numbered_rows (gsize J, gsize P)
{
  double *rows = g_new (double, J *P);

  for (gsize j = 0; j < J; j++)
    for (gsize p = 0; p < P; p++)
      rows[j * P + p] = 100. * j + p;
  return rows;
}

static void
test_round_trip (void)
{
  EklNetwork network;
  g_autofree double *rows = NULL;
  g_autofree double *back = NULL;
  g_autoptr (EklEnsemble) ensemble = NULL;
  gsize P;

  make_network (&network);
  P = network.n_parameters;
  rows = numbered_rows (4, P);
  ensemble = test_ensemble_of_rows (&network, 4, rows);
  g_assert_cmpuint (ekl_ensemble_get_size (ensemble), ==, 4);
  g_assert_cmpuint (ekl_ensemble_get_network (ensemble)->n_parameters, ==, P);
  back = test_ensemble_rows (ensemble);
  g_assert_cmpmem (back, 4 * P * sizeof (double), rows, 4 * P * sizeof (double));
}

static void
test_particles (void)
{
  EklNetwork network;
  g_autofree double *rows = NULL;
  g_autofree double *back = NULL;
  g_autofree real *u = NULL;
  g_autoptr (EklEnsemble) ensemble = NULL;
  gsize P;

  make_network (&network);
  P = network.n_parameters;
  rows = numbered_rows (3, P);
  u = g_new (real, P);
  ensemble = test_ensemble_of_rows (&network, 3, rows);
  for (guint j = 0; j < 3; j++) {
    ekl_ensemble_get_particle (ensemble, j, u);
    for (gsize p = 0; p < P; p++)
      g_assert_cmpfloat (u[p], ==, rows[j * P + p]);
  }

  for (gsize p = 0; p < P; p++)
    u[p] = (real) (rows[P + p] = 7. + p);
  ekl_ensemble_set_particle (ensemble, 1, u);
  back = test_ensemble_rows (ensemble);
  g_assert_cmpmem (back, 3 * P * sizeof (double), rows, 3 * P * sizeof (double));
}

/* Block 2l is W of layer l, (J, width); block 2l + 1 its bias; offset is the place in u. */
static void
test_blocks (void)
{
  EklNetwork network;
  g_autofree double *rows = NULL;
  g_autoptr (EklEnsemble) ensemble = NULL;
  gsize expected_width[] = { 15, 5, 10, 2 };
  gsize expected_offset[] = { 0, 15, 20, 30 };
  const guint J = 4;

  make_network (&network);
  rows = numbered_rows (J, network.n_parameters);
  ensemble = test_ensemble_of_rows (&network, J, rows);
  g_assert_cmpuint (ekl_ensemble_n_blocks (ensemble), ==, 4);
  for (guint b = 0; b < 4; b++) {
    gsize width = 0, offset = 0;
    const real *block = ekl_ensemble_block (ensemble, b, &width, &offset);

    g_assert_cmpuint (width, ==, expected_width[b]);
    g_assert_cmpuint (offset, ==, expected_offset[b]);
    for (guint j = 0; j < J; j++)
      for (gsize k = 0; k < width; k++)
        g_assert_cmpfloat (block[j * width + k], ==, 100. * j + offset + k);
  }
}

static void
test_copy_is_its_own (void)
{
  EklNetwork network;
  g_autofree double *before = NULL;
  g_autofree double *after = NULL;
  g_autofree real *zero = NULL;
  g_autoptr (EklEnsemble) ensemble = NULL;
  g_autoptr (EklEnsemble) copy = NULL;
  gsize n;

  make_network (&network);
  n = 5 * network.n_parameters;
  zero = g_new0 (real, network.n_parameters);
  ensemble = test_random_ensemble (&network, 5, 1, 1);
  before = test_ensemble_rows (ensemble);
  copy = ekl_ensemble_copy (ensemble);
  ekl_ensemble_set_particle (ensemble, 2, zero);
  after = test_ensemble_rows (copy);
  g_assert_cmpmem (after, n * sizeof (double), before, n * sizeof (double));
}

/* mean over the particles, and sqrt (mean_j |u_j - mean|^2 / P) */
static void
test_mean_and_spread (void)
{
  static const guint sizes[] = { 1, 2, 5, 70, 300 };
  EklNetwork network;
  gsize P;

  make_network (&network);
  P = network.n_parameters;
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    guint J = sizes[s];
    g_autoptr (EklEnsemble) ensemble = test_random_ensemble (&network, J, 2, s);
    g_autofree double *rows = test_ensemble_rows (ensemble);
    g_autofree double *expected = g_new0 (double, P);
    g_autofree real *mean = g_new (real, P);
    double spread = 0, got = ekl_ensemble_get_spread (ensemble);

    for (gsize i = 0; i < J * P; i++)
      expected[i % P] += rows[i] / J;
    for (gsize i = 0; i < J * P; i++)
      spread += pow (rows[i] - expected[i % P], 2) / J;
    spread = sqrt (spread / P);
    ekl_ensemble_get_mean (ensemble, mean);
    test_assert_reals_near (mean, expected, P, TEST_TOLERANCE (1e-14, 1e-6));
    test_assert_near (&got, &spread, 1, TEST_TOLERANCE (1e-14, 1e-6));
  }
}

/* A small spread about a large mean is not lost in the mean's rounding. */
static void
test_spread_far_from_zero (void)
{
  EklNetwork network;
  g_autofree double *rows = NULL;
  g_autoptr (EklEnsemble) ensemble = NULL;
  gsize P;

  make_network (&network);
  P = network.n_parameters;
  rows = g_new (double, 2 * P);
  for (gsize i = 0; i < 2 * P; i++)
    rows[i] = 1024 + (i < P ? 1. : -1.) / 64;
  ensemble = test_ensemble_of_rows (&network, 2, rows);
  g_assert_cmpfloat_with_epsilon (ekl_ensemble_get_spread (ensemble), 1. / 64, 1e-12);
}

static void
test_resize_keeps (void)
{
  static const guint sizes[] = { 3, 9, 5, 200, 1, 2 };
  EklNetwork network;
  g_autoptr (EklEnsemble) ensemble = NULL;
  guint kept = 6;
  g_autofree double *rows = NULL;
  gsize P;

  make_network (&network);
  P = network.n_parameters;
  ensemble = test_random_ensemble (&network, kept, 1, 3);
  rows = test_ensemble_rows (ensemble);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    g_autoptr (GError) error = NULL;
    g_autofree double *now = NULL;
    gsize width, offset;

    g_assert_true (ekl_ensemble_resize (ensemble, sizes[s], &error));
    g_assert_no_error (error);
    g_assert_cmpuint (ekl_ensemble_get_size (ensemble), ==, sizes[s]);
    g_assert_nonnull (ekl_ensemble_block (ensemble, 0, &width, &offset));
    now = test_ensemble_rows (ensemble);
    kept = MIN (kept, sizes[s]);
    g_assert_cmpmem (now, kept * P * sizeof (double), rows, kept * P * sizeof (double));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ensemble/round-trip", test_round_trip);
  g_test_add_func ("/ensemble/particles", test_particles);
  g_test_add_func ("/ensemble/blocks", test_blocks);
  g_test_add_func ("/ensemble/copy-is-its-own", test_copy_is_its_own);
  g_test_add_func ("/ensemble/mean-and-spread", test_mean_and_spread);
  g_test_add_func ("/ensemble/spread-far-from-zero", test_spread_far_from_zero);
  g_test_add_func ("/ensemble/resize-keeps", test_resize_keeps);
  return g_test_run ();
}

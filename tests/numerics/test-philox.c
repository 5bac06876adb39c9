/* test-philox.c - counter-based random numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "philox.h"
#include "support/compare.h"

#include <math.h>
#include <string.h>

/* The seeds are fixed, so these tests give the same answer in every run. A bound of 5 standard
 * deviations would be missed by chance once in 1.7 million of other seeds. */
#define SIGMAS 5

#define N_DRAWS 200000

/* The published known answers, kat_vectors of Random123 (Salmon et al. 2011), philox4x32 10. */
static void
test_known_answers (void)
{
  static const struct {
    guint32 counter[4], key[2], out[4];
  } cases[] = {
    { { 0, 0, 0, 0 }, { 0, 0 }, { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
    { { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
      { 0xffffffff, 0xffffffff },
      { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
    { { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
      { 0xa4093822, 0x299f31d0 },
      { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
  };

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++) {
    guint32 out[4];

    ekl_philox4x32 (cases[c].counter, cases[c].key, out);
    g_assert_cmpmem (out, sizeof out, cases[c].out, sizeof cases[c].out);
  }
}

/* Standard deviations of the sample moments of n normals: 1/n, 2/n, 15/n, 96/n. */
static void
test_normal_moments (void)
{
  g_autofree double *z = g_new (double, N_DRAWS);
  double m1 = 0, m2 = 0, m3 = 0, m4 = 0, lagged = 0;
  const double n = N_DRAWS;

  ekl_random_normals (7, EKL_STREAM_DATA, 1, 2, N_DRAWS, z);
  for (gsize i = 0; i < N_DRAWS; i++) {
    g_assert_true (isfinite (z[i]));
    m1 += z[i] / n;
    m2 += z[i] * z[i] / n;
    m3 += pow (z[i], 3) / n;
    m4 += pow (z[i], 4) / n;
    if (i > 0)
      lagged += z[i] * z[i - 1] / n;
  }
  test_assert_within (m1, 0, sqrt (1 / n), SIGMAS);
  test_assert_within (m2, 1, sqrt (2 / n), SIGMAS);
  test_assert_within (m3, 0, sqrt (15 / n), SIGMAS);
  test_assert_within (m4, 3, sqrt (96 / n), SIGMAS);
  test_assert_within (lagged, 0, sqrt (1 / n), SIGMAS);
}

/* The share beyond t is erfc (t / sqrt 2) / 2 on each side, far into the tail. */
static void
test_normal_tail (void)
{
  g_autofree double *z = g_new (double, N_DRAWS);

  ekl_random_normals (8, EKL_STREAM_DATA, 0, 0, N_DRAWS, z);
  for (double t = .5; t < 4.1; t += .5) {
    double share = erfc (t / sqrt (2)) / 2, above = 0, below = 0;
    double deviation = sqrt (N_DRAWS * share * (1 - share));

    for (gsize i = 0; i < N_DRAWS; i++) {
      above += z[i] > t;
      below += z[i] < -t;
    }
    test_assert_within (above, N_DRAWS * share, deviation, SIGMAS);
    test_assert_within (below, N_DRAWS * share, deviation, SIGMAS);
  }
}

/* The bulk form, which adds to what is there: in float its radius comes from 32 bits, which is
 * enough for any tail that can be counted. */
static void
test_added_normals (void)
{
  g_autofree real *z = g_new (real, N_DRAWS);
  double m1 = 0, m2 = 0, m4 = 0, lagged[8] = { 0 }, beyond = 0;
  const double n = N_DRAWS, share = erfc (4 / sqrt (2));

  for (gsize i = 0; i < N_DRAWS; i++)
    z[i] = 16;
  ekl_random_add_normals (7, EKL_STREAM_DATA, 1, 2, N_DRAWS, 4, z);
  for (gsize i = 0; i < N_DRAWS; i++) {
    z[i] = (z[i] - 16) / 4;
    g_assert_true (isfinite (z[i]));
    m1 += z[i] / n;
    m2 += z[i] * z[i] / n;
    m4 += pow (z[i], 4) / n;
    beyond += fabs (z[i]) > 4;
    for (guint lag = 0; lag < 8 && i > 1u << lag; lag++)
      lagged[lag] += z[i] * z[i - (1u << lag)] / n;
  }
  test_assert_within (m1, 0, sqrt (1 / n), SIGMAS);
  test_assert_within (m2, 1, sqrt (2 / n), SIGMAS);
  test_assert_within (m4, 3, sqrt (96 / n), SIGMAS);
  test_assert_within (beyond, n * share, sqrt (n * share), SIGMAS);
  for (guint lag = 0; lag < 8; lag++)
    test_assert_within (lagged[lag], 0, sqrt (1 / n), SIGMAS);
}

static void
test_uniforms (void)
{
  enum { N_BINS = 50 };
  g_autofree double *v = g_new (double, N_DRAWS);
  double bin[N_BINS] = { 0 }, chi2 = 0;

  ekl_random_uniforms (9, EKL_STREAM_DATA, 3, 1, N_DRAWS, v);
  for (gsize i = 0; i < N_DRAWS; i++) {
    g_assert_cmpfloat (v[i], >=, 0);
    g_assert_cmpfloat (v[i], <=, 1);
    bin[MIN ((int) (v[i] * N_BINS), N_BINS - 1)]++;
  }
  for (guint b = 0; b < N_BINS; b++)
    chi2 += pow (bin[b] - (double) N_DRAWS / N_BINS, 2) / ((double) N_DRAWS / N_BINS);
  test_assert_within (chi2, N_BINS - 1, sqrt (2 * (N_BINS - 1)), SIGMAS);
}

static void
test_longer_starts_with_shorter (void)
{
  double all[41], some[41];

  ekl_random_normals (1, EKL_STREAM_WEIGHT_NOISE, 4, 5, 41, all);
  for (gsize n = 1; n <= 40; n++) {
    ekl_random_normals (1, EKL_STREAM_WEIGHT_NOISE, 4, 5, n, some);
    g_assert_cmpmem (some, n * sizeof (double), all, n * sizeof (double));
  }
  ekl_random_uniforms (1, EKL_STREAM_WEIGHT_NOISE, 4, 5, 41, all);
  for (gsize n = 1; n <= 40; n++) {
    ekl_random_uniforms (1, EKL_STREAM_WEIGHT_NOISE, 4, 5, n, some);
    g_assert_cmpmem (some, n * sizeof (double), all, n * sizeof (double));
  }
}

static void
test_longer_addition_starts_with_shorter (void)
{
  real all[1000] = { 0 };

  ekl_random_add_normals (1, EKL_STREAM_WEIGHT_NOISE, 4, 5, 1000, 1, all);
  for (gsize n = 1; n <= 1000; n += n / 4 + 1) {
    real some[1000] = { 0 };

    ekl_random_add_normals (1, EKL_STREAM_WEIGHT_NOISE, 4, 5, n, 1, some);
    g_assert_cmpmem (some, n * sizeof (real), all, n * sizeof (real));
    for (gsize i = n; i < 1000; i++)
      g_assert_cmpfloat (some[i], ==, 0);
  }
}

/* Each of seed (both halves), stream, step and particle gives numbers of its own. */
static void
test_streams_differ (void)
{
  enum { N = 2000 };
  static const struct {
    guint64 seed;
    EklStream stream;
    guint32 step, particle;
  } who[] = {
    { 1, EKL_STREAM_DATA, 0, 0 },
    { 2, EKL_STREAM_DATA, 0, 0 },
    { 1 + (G_GUINT64_CONSTANT (1) << 32), EKL_STREAM_DATA, 0, 0 },
    { 1, EKL_STREAM_WEIGHT_NOISE, 0, 0 },
    { 1, EKL_STREAM_OBSERVATION_NOISE, 0, 0 },
    { 1, EKL_STREAM_INITIAL_ENSEMBLE, 0, 0 },
    { 1, EKL_STREAM_REDRAW, 0, 0 },
    { 1, EKL_STREAM_DATA, 1, 0 },
    { 1, EKL_STREAM_DATA, 0, 1 },
    { 1, EKL_STREAM_DATA, 1, 1 },
    { 1, EKL_STREAM_DATA, 1u << 31, 0 },
    { 1, EKL_STREAM_DATA, 0, 1u << 20 },
  };
  g_autofree double *z = g_new (double, N *G_N_ELEMENTS (who));

  for (guint a = 0; a < G_N_ELEMENTS (who); a++)
    ekl_random_normals (who[a].seed, who[a].stream, who[a].step, who[a].particle, N, z + a * N);
  for (guint a = 0; a < G_N_ELEMENTS (who); a++)
    for (guint b = 0; b < a; b++) {
      double correlation = 0;

      for (guint i = 0; i < N; i++)
        correlation += z[a * N + i] * z[b * N + i] / N;
      test_assert_within (correlation, 0, sqrt (1. / N), SIGMAS);
    }
}

static void
test_permutation_is_one (void)
{
  static const guint sizes[] = { 1, 2, 3, 7, 100, 1001 };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
    guint n = sizes[s];
    g_autofree guint *order = g_new (guint, n);
    g_autofree guint *seen = g_new0 (guint, n);

    ekl_random_permutation (3, EKL_STREAM_BATCHES, s, n, order);
    for (guint i = 0; i < n; i++) {
      g_assert_cmpuint (order[i], <, n);
      g_assert_cmpuint (seen[order[i]]++, ==, 0);
    }
  }
}

/* Every element is as often at every place: each of the n x n counts is binomial. */
static void
test_permutation_is_uniform (void)
{
  enum { N = 6, N_REPEATS = 6000 };
  double count[N][N] = { { 0 } };
  double share = 1. / N;
  guint order[N], before[N] = { 0 }, unchanged = 0;

  for (guint step = 0; step < N_REPEATS; step++) {
    ekl_random_permutation (11, EKL_STREAM_BATCHES, step, N, order);
    for (guint i = 0; i < N; i++)
      count[i][order[i]]++;
    unchanged += memcmp (order, before, sizeof order) == 0;
    memcpy (before, order, sizeof order);
  }
  for (guint i = 0; i < N; i++)
    for (guint j = 0; j < N; j++)
      test_assert_within (count[i][j], N_REPEATS * share, sqrt (N_REPEATS * share * (1 - share)),
                          SIGMAS);
  /* 6000/720 repeats of the epoch before are expected */
  test_assert_within (unchanged, N_REPEATS / 720., sqrt (N_REPEATS / 720.), SIGMAS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/philox/known-answers", test_known_answers);
  g_test_add_func ("/philox/normal-moments", test_normal_moments);
  g_test_add_func ("/philox/normal-tail", test_normal_tail);
  g_test_add_func ("/philox/added-normals", test_added_normals);
  g_test_add_func ("/philox/longer-addition-starts-with-shorter",
                   test_longer_addition_starts_with_shorter);
  g_test_add_func ("/philox/uniforms", test_uniforms);
  g_test_add_func ("/philox/longer-starts-with-shorter", test_longer_starts_with_shorter);
  g_test_add_func ("/philox/streams-differ", test_streams_differ);
  g_test_add_func ("/philox/permutation-is-one", test_permutation_is_one);
  g_test_add_func ("/philox/permutation-is-uniform", test_permutation_is_uniform);
  return g_test_run ();
}

/* test-scale.c - ranges and scales
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "scale.h"

#include "sample.h"

#include <math.h>

static const double hostile[] = { 0,         1,        -1,     NAN,       INFINITY,
                                  -INFINITY, 1e300,    -1e300, 1e-300,    1e-320,
                                  1.7e308,   -1.7e308, 5,      5 + 1e-15, 1e15 + 1 };

static void
test_resolve_is_always_usable (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++) {
    for (guint k = 0; k < G_N_ELEMENTS (hostile); k++) {
      for (int log = 0; log < 2; log++) {
        EklRange range;
        double v0, v1;

        ekl_range_init (&range);
        ekl_range_add (&range, hostile[i]);
        ekl_range_add (&range, hostile[k]);
        ekl_range_resolve (&range, log, 0.05, &v0, &v1);
        g_assert_true (isfinite (v0) && isfinite (v1));
        g_assert_cmpfloat (v0, <, v1);
        if (log)
          g_assert_cmpfloat (v0, >, 0);
      }
    }
  }
}

static void
test_resolve_holds_what_was_seen (void)
{
  guint32 state = 8;

  for (guint trial = 0; trial < 1000; trial++) {
    double a = sample_normal (&state) * pow (10, 20 * sample_uniform (&state) - 10);
    double b = sample_normal (&state) * pow (10, 20 * sample_uniform (&state) - 10);
    EklRange range;
    double v0, v1;

    ekl_range_init (&range);
    ekl_range_add (&range, a);
    ekl_range_add (&range, b);
    ekl_range_resolve (&range, FALSE, 0, &v0, &v1);
    g_assert_cmpfloat (v0, <=, MIN (a, b));
    g_assert_cmpfloat (v1, >=, MAX (a, b));
  }
}

static void
test_map_and_back (void)
{
  guint32 state = 2;

  for (guint trial = 0; trial < 2000; trial++) {
    gboolean log = trial % 2;
    double v0 = log ? pow (10, -8 + 6 * sample_uniform (&state)) : sample_normal (&state);
    double v1 =
      log ? v0 * pow (10, 0.5 + 8 * sample_uniform (&state)) : v0 + 0.1 + sample_uniform (&state);
    double position = 40 + 800 * sample_uniform (&state);
    EklScale scale;

    ekl_scale_init (&scale, v0, v1, 40, 840, log);
    g_assert_cmpfloat_with_epsilon (ekl_scale_map (&scale, v0), 40, 1e-6);
    g_assert_cmpfloat_with_epsilon (ekl_scale_map (&scale, v1), 840, 1e-6);
    g_assert_cmpfloat_with_epsilon (ekl_scale_map (&scale, ekl_scale_unmap (&scale, position)),
                                    position, 1e-6);
  }
}

static void
test_hostile_scales (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++) {
    for (guint k = 0; k < G_N_ELEMENTS (hostile); k++) {
      EklScale scale;

      ekl_scale_init (&scale, hostile[i], hostile[k], 300, 0, k % 2);
      for (guint n = 0; n < G_N_ELEMENTS (hostile); n++) {
        double position = ekl_scale_map (&scale, hostile[n]);

        g_assert_true (isnan (hostile[n]) ? isnan (position) || scale.log : isfinite (position));
        g_assert_true (isnan (position) || fabs (position) <= 1.1e5);
      }
      g_assert_false (isnan (ekl_scale_unmap (&scale, 150)));
    }
  }
}

static void
test_log_of_nothing_lies_below (void)
{
  EklScale scale;

  ekl_scale_init (&scale, 0.1, 10, 300, 0, TRUE);
  g_assert_cmpfloat (ekl_scale_map (&scale, 0), >, 1000);
  g_assert_cmpfloat (ekl_scale_map (&scale, -3), >, 1000);
  g_assert_true (isnan (ekl_scale_map (&scale, NAN)));
}

static void
test_quantile (void)
{
  double values[] = { 5, 1, 4, 2, 3 };

  g_assert_cmpfloat_with_epsilon (ekl_quantile (values, 5, 0.5), 3, 1e-12);
  g_assert_cmpfloat_with_epsilon (ekl_quantile (values, 5, 0), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (ekl_quantile (values, 5, 1), 5, 1e-12);
  g_assert_cmpfloat_with_epsilon (ekl_quantile (values, 5, 0.1), 1.4, 1e-12);
  g_assert_true (isnan (ekl_quantile (values, 0, 0.5)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scale/resolve/usable", test_resolve_is_always_usable);
  g_test_add_func ("/scale/resolve/holds", test_resolve_holds_what_was_seen);
  g_test_add_func ("/scale/map-and-back", test_map_and_back);
  g_test_add_func ("/scale/hostile", test_hostile_scales);
  g_test_add_func ("/scale/log-of-nothing", test_log_of_nothing_lies_below);
  g_test_add_func ("/scale/quantile", test_quantile);

  return g_test_run ();
}

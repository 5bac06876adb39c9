/* test-ticks.c - ticks and numbers, over many ranges
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ticks.h"

#include "sample.h"

#include <math.h>
#include <string.h>

static void
check_rising_and_inside (const EklTicks *ticks, double v0, double v1)
{
  double slack = 1e-8 * (v1 - v0);

  for (guint i = 0; i < ticks->n; i++) {
    g_assert_cmpfloat (ticks->tick[i].value, >=, v0 - slack);
    g_assert_cmpfloat (ticks->tick[i].value, <=, v1 + slack);
    if (i > 0)
      g_assert_cmpfloat (ticks->tick[i].value, >, ticks->tick[i - 1].value);
  }
}

static void
test_linear_properties (void)
{
  guint32 state = 1;

  for (guint trial = 0; trial < 3000; trial++) {
    double size = pow (10, -280 + 560 * sample_uniform (&state));
    double v0 = (sample_uniform (&state) - 0.5) * size;
    double v1 = v0 + size * (0.05 + sample_uniform (&state));
    double count = 2 + 14 * sample_uniform (&state);
    double step = ekl_tick_step (v0, v1, count);
    EklTicks ticks;

    ekl_ticks_linear (&ticks, v0, v1, count);
    /* the thresholds keep the number within a factor of sqrt (2.5) of the wish, give or take an
     * end */
    g_assert_cmpfloat (ticks.n, >=, floor (count / 1.6) - 1);
    g_assert_cmpfloat (ticks.n, <=, count * 1.6 + 1);
    check_rising_and_inside (&ticks, v0, v1);
    for (guint i = 0; i < ticks.n; i++) {
      double k = ticks.tick[i].value / step;

      g_assert_cmpfloat (fabs (k - round (k)), <, 1e-6 * MAX (1, fabs (k)));
      g_assert_true (g_utf8_validate (ticks.tick[i].label, -1, NULL));
      g_assert_cmpstr (ticks.tick[i].label, !=, "");
      if (i > 0)
        g_assert_cmpstr (ticks.tick[i].label, !=, ticks.tick[i - 1].label);
    }
  }
}

static void
test_linear_values (void)
{
  static const char *const labels[] = { "−0.2", "0", "0.2", "0.4", "0.6", "0.8", "1.0" };
  EklTicks ticks;

  ekl_ticks_linear (&ticks, -0.25, 1.05, 6);
  g_assert_cmpuint (ticks.n, ==, 7);
  /* exact: the nearest doubles to the decimal fractions */
  g_assert_true (ticks.tick[0].value == -0.2);
  g_assert_true (ticks.tick[4].value == 0.6);
  g_assert_false (signbit (ticks.tick[1].value));
  g_assert_cmpstr (ticks.tick[4].label, ==, "0.6");
  g_assert_cmpstr (ticks.tick[1].label, ==, labels[1]);
  g_assert_cmpstr (ticks.tick[0].label, ==, labels[0]);
  g_assert_cmpstr (ticks.tick[6].label, ==, labels[6]);

  ekl_ticks_linear (&ticks, 0, 60000, 4);
  g_assert_cmpstr (ticks.tick[1].label, ==, "20\u202f000");
  ekl_ticks_linear (&ticks, 0, 4000, 4);
  g_assert_cmpstr (ticks.tick[1].label, ==, "1000");
  ekl_ticks_linear (&ticks, 0, 4e6, 8);
  g_assert_cmpstr (ticks.tick[1].label, ==, "5×10⁵");
  g_assert_cmpstr (ticks.tick[2].label, ==, "10⁶");
  g_assert_cmpstr (ticks.tick[3].label, ==, "1.5×10⁶");
  ekl_ticks_linear (&ticks, 0, 4e-7, 4);
  g_assert_cmpstr (ticks.tick[1].label, ==, "10⁻⁷");
}

static void
test_steps (void)
{
  g_assert_true (ekl_tick_step (0, 10, 10) == 1);
  g_assert_true (ekl_tick_step (0, 10 * 1.4, 10) == 1);
  g_assert_true (ekl_tick_step (0, 10 * 1.42, 10) == 2);
  g_assert_true (ekl_tick_step (0, 10 * 3.1, 10) == 2);
  g_assert_true (ekl_tick_step (0, 10 * 3.2, 10) == 5);
  g_assert_true (ekl_tick_step (0, 10 * 7.0, 10) == 5);
  g_assert_true (ekl_tick_step (0, 10 * 7.1, 10) == 10);
  g_assert_true (ekl_tick_step (1, 1, 10) == 0);
  g_assert_true (ekl_tick_step (NAN, 1, 10) == 0);
}

static void
test_degenerate (void)
{
  static const double ends[] = { 0,      1,      -1,     NAN,     INFINITY, -INFINITY, 1e300,
                                 -1e300, 1e-300, 1e-320, 1.7e308, -1.7e308, 1 + 1e-15 };
  EklTicks ticks;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    for (guint k = 0; k < G_N_ELEMENTS (ends); k++) {
      ekl_ticks_linear (&ticks, ends[i], ends[k], 8);
      g_assert_cmpuint (ticks.n, <=, EKL_MAX_TICKS);
      if (!(ends[i] < ends[k]))
        g_assert_cmpuint (ticks.n, ==, 0);
      ekl_ticks_log (&ticks, ends[i], ends[k], 8);
      g_assert_cmpuint (ticks.n, <=, EKL_MAX_TICKS);
      if (!(ends[i] < ends[k]) || !(ends[i] > 0))
        g_assert_cmpuint (ticks.n, ==, 0);
    }
  }
  ekl_ticks_linear (&ticks, 0, 1, 1e9);
  g_assert_cmpuint (ticks.n, >, 10);
  g_assert_cmpuint (ticks.n, <=, EKL_MAX_TICKS);
  ekl_ticks_linear (&ticks, 0, 1, -5);
  g_assert_cmpuint (ticks.n, >=, 1);
}

static void
test_log_properties (void)
{
  guint32 state = 4;

  for (guint trial = 0; trial < 3000; trial++) {
    double v0 = pow (10, -300 + 560 * sample_uniform (&state));
    double v1 = v0 * pow (10, 0.02 + 30 * pow (sample_uniform (&state), 3));
    guint n_major = 0;
    EklTicks ticks;

    ekl_ticks_log (&ticks, v0, v1, 6);
    check_rising_and_inside (&ticks, v0, v1);
    for (guint i = 0; i < ticks.n; i++) {
      n_major += ticks.tick[i].major ? 1 : 0;
      g_assert_cmpint (ticks.tick[i].major, ==, ticks.tick[i].label[0] != '\0');
    }
    g_assert_cmpuint (n_major, <=, 12);
    if (v1 / v0 > 4.1)
      g_assert_cmpuint (n_major, >=, 2);
  }
}

static const EklTick *
find (const EklTicks *ticks, double value)
{
  for (guint i = 0; i < ticks->n; i++)
    if (fabs (ticks->tick[i].value / value - 1) < 1e-12)
      return &ticks->tick[i];

  return NULL;
}

static void
test_log_values (void)
{
  EklTicks ticks;

  ekl_ticks_log (&ticks, 0.0005, 2e4, 9);
  g_assert_cmpstr (find (&ticks, 1e-3)->label, ==, "0.001");
  g_assert_cmpstr (find (&ticks, 0.01)->label, ==, "0.01");
  g_assert_cmpstr (find (&ticks, 1)->label, ==, "1");
  g_assert_cmpstr (find (&ticks, 1000)->label, ==, "1000");
  g_assert_cmpstr (find (&ticks, 1e4)->label, ==, "10\u202f000");

  /* a low picture: one power of ten alone would not say how far anything has fallen */
  ekl_ticks_log (&ticks, 0.014, 0.31, 2.2);
  g_assert_cmpstr (find (&ticks, 0.03)->label, ==, "0.03");
  g_assert_cmpstr (find (&ticks, 0.1)->label, ==, "0.1");
  g_assert_false (find (&ticks, 0.05)->major);

  /* not two labels alone where there is room for more */
  ekl_ticks_log (&ticks, 0.66, 3.9, 3.7);
  g_assert_cmpstr (find (&ticks, 0.7)->label, ==, "0.7");
  g_assert_cmpstr (find (&ticks, 3)->label, ==, "3");
  g_assert_false (find (&ticks, 0.8)->major);

  /* a high one over less than a decade */
  ekl_ticks_log (&ticks, 0.17, 0.79, 8);
  g_assert_cmpstr (find (&ticks, 0.3)->label, ==, "0.3");
  g_assert_cmpstr (find (&ticks, 0.6)->label, ==, "0.6");

  /* minor ticks between the powers */
  ekl_ticks_log (&ticks, 0.1, 100, 4);
  g_assert_nonnull (find (&ticks, 0.3));
  g_assert_false (find (&ticks, 0.3)->major);
  g_assert_true (find (&ticks, 10)->major);

  /* little room in decades: 2 and 5 are labelled too */
  ekl_ticks_log (&ticks, 0.1, 2, 6);
  g_assert_cmpstr (find (&ticks, 0.2)->label, ==, "0.2");
  g_assert_cmpstr (find (&ticks, 0.5)->label, ==, "0.5");

  /* too many decades: every fifth */
  ekl_ticks_log (&ticks, 1e-20, 1e20, 8);
  g_assert_false (find (&ticks, 1e3)->major);
  g_assert_cmpstr (find (&ticks, 1e-15)->label, ==, "10⁻¹⁵");
}

static void
test_numbers (void)
{
  static const struct {
    double value;
    const char *text;
  } cases[] = {
    { 0, "0" },           { 0.121, "0.121" },       { 0.12149, "0.121" }, { 12.34, "12.3" },
    { 999.5, "1000" },    { 12345, "12\u202f345" }, { -3.5, "−3.50" },    { 1.2e-5, "1.2×10⁻⁵" },
    { 1e-7, "10⁻⁷" },     { 2.5e8, "2.5×10⁸" },     { NAN, "–" },         { INFINITY, "∞" },
    { 0.001, "0.00100" }, { -INFINITY, "−∞" },      { 1e300, "10³⁰⁰" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = ekl_format_number (cases[i].value);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
test_short_numbers (void)
{
  static const double values[] = { 0.25, 1, 10, 100, 12000, 1.5, 0 };
  static const char *const texts[] = { "0.25", "1", "10", "100", "12\u202f000", "1.5", "0" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autofree char *text = ekl_format_short (values[i]);

    g_assert_cmpstr (text, ==, texts[i]);
  }
}

static void
test_percent (void)
{
  static const double values[] = { 0.93, 0, 1, 0.001, 0.999 };
  static const char *const texts[] = { "93\u202f%", "0\u202f%", "100\u202f%", "<1\u202f%",
                                       ">99\u202f%" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autofree char *text = ekl_format_percent (values[i]);

    g_assert_cmpstr (text, ==, texts[i]);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ticks/linear/properties", test_linear_properties);
  g_test_add_func ("/ticks/linear/values", test_linear_values);
  g_test_add_func ("/ticks/linear/steps", test_steps);
  g_test_add_func ("/ticks/degenerate", test_degenerate);
  g_test_add_func ("/ticks/log/properties", test_log_properties);
  g_test_add_func ("/ticks/log/values", test_log_values);
  g_test_add_func ("/ticks/numbers", test_numbers);
  g_test_add_func ("/ticks/short-numbers", test_short_numbers);
  g_test_add_func ("/ticks/percent", test_percent);

  return g_test_run ();
}

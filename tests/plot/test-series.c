/* test-series.c - thinning keeps what can be seen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "series.h"

#include "sample.h"

#include <math.h>

#define WIDTH 300

typedef struct {
  double first, low, high, last;
  gboolean used;
} Column;

/* The naive twin: extremes of every column, the column by flooring each point's position. */
static void
add_naive (Column *columns, const EklScale *scale, double x, double y)
{
  int i = (int) CLAMP (floor (ekl_scale_map (scale, x)), 0, WIDTH);

  if (!columns[i].used)
    columns[i] = (Column){ y, y, y, y, TRUE };
  columns[i].low = MIN (columns[i].low, y);
  columns[i].high = MAX (columns[i].high, y);
  columns[i].last = y;
}

static void
compare_with_naive (gboolean log)
{
  Column naive[WIDTH + 1] = { 0 }, kept[WIDTH + 1] = { 0 };
  guint32 state = 17;
  EklScale scale;
  g_auto (EklSeries) series = { 0 };

  /* no point lies on the border of two columns */
  ekl_scale_init (&scale, 0.5, 20000.5, 0, WIDTH, log);
  ekl_series_init (&series, &scale);
  for (guint i = 1; i <= 20000; i++) {
    double y = sample_normal (&state) + (i % 997 == 0 ? 50 : 0);

    add_naive (naive, &scale, i, y);
    ekl_series_add (&series, i, y);
  }
  ekl_series_end (&series);

  g_assert_cmpuint (series.n, <=, 4 * (WIDTH + 1));
  for (guint i = 0; i < series.n; i++) {
    if (i > 0)
      g_assert_cmpfloat (series.point[i].x, >=, series.point[i - 1].x);
    add_naive (kept, &scale, series.point[i].x, series.point[i].y);
  }
  for (guint i = 0; i <= WIDTH; i++) {
    g_assert_cmpint (naive[i].used, ==, kept[i].used);
    g_assert_true (naive[i].first == kept[i].first && naive[i].last == kept[i].last);
    g_assert_true (naive[i].low == kept[i].low && naive[i].high == kept[i].high);
  }
}

static void
test_extremes_linear (void)
{
  compare_with_naive (FALSE);
}

static void
test_extremes_log (void)
{
  compare_with_naive (TRUE);
}

static void
test_few_points_stay (void)
{
  EklScale scale;
  g_auto (EklSeries) series = { 0 };

  ekl_scale_init (&scale, 0, 99, 0, 1000, FALSE);
  ekl_series_init (&series, &scale);
  for (guint i = 0; i < 100; i++)
    ekl_series_add (&series, i, sin (i));
  ekl_series_end (&series);
  g_assert_cmpuint (series.n, ==, 100);
  for (guint i = 0; i < 100; i++)
    g_assert_true (series.point[i].x == i && series.point[i].y == sin (i));
  g_assert_false (ekl_series_is_dense (&series));
}

static void
test_nan_joins_and_infinity_breaks (void)
{
  EklScale scale;
  g_auto (EklSeries) series = { 0 };

  ekl_scale_init (&scale, 0, 10, 0, 1000, FALSE);
  ekl_series_init (&series, &scale);
  ekl_series_add (&series, 0, 1);
  ekl_series_add (&series, 1, NAN);
  ekl_series_add (&series, 2, 3);
  ekl_series_add (&series, 3, INFINITY);
  ekl_series_add (&series, 4, 2);
  ekl_series_gap (&series);
  ekl_series_gap (&series);
  ekl_series_add (&series, 5, 4);
  ekl_series_add (&series, NAN, 4);
  ekl_series_end (&series);

  g_assert_cmpuint (series.n, ==, 6);
  g_assert_true (series.point[1].x == 2);
  g_assert_true (isinf (series.point[2].y));
  g_assert_true (isnan (series.point[4].y));
  g_assert_cmpfloat (series.range.low, ==, 1);
  g_assert_cmpfloat (series.range.high, ==, 4);
}

static void
test_view_keeps_neighbours (void)
{
  EklScale scale;
  g_auto (EklSeries) series = { 0 };

  /* zoomed to 400..410: the line enters and leaves the view through the points beside it */
  ekl_scale_init (&scale, 400, 410, 0, 500, FALSE);
  ekl_series_init (&series, &scale);
  for (guint i = 0; i < 1000; i++)
    ekl_series_add (&series, i, i < 400 || i > 410 ? 1e6 + i : 1);
  ekl_series_end (&series);
  g_assert_cmpuint (series.n, <=, 11 + 8);
  g_assert_true (series.range.high == 1);
  for (guint i = 1; i < series.n; i++)
    if (series.point[i].x == 400)
      g_assert_true (series.point[i - 1].x == 399);
}

static void
test_dense_means (void)
{
  EklScale scale;
  g_auto (EklSeries) series = { 0 };

  ekl_scale_init (&scale, 0, 10000, 0, 100, FALSE);
  ekl_series_init (&series, &scale);
  for (guint i = 0; i < 10000; i++)
    ekl_series_add (&series, i, i % 2 == 0 ? 1 : 3);
  ekl_series_end (&series);
  g_assert_true (ekl_series_is_dense (&series));
  g_assert_cmpuint (series.n_summaries, ==, 100);
  for (guint i = 0; i < 100; i++) {
    g_assert_cmpfloat_with_epsilon (series.summary[i].mean, 2, 0.02);
    g_assert_true (series.summary[i].low == 1 && series.summary[i].high == 3);
  }
}

static void
test_band_envelope (void)
{
  guint32 state = 3;
  double low = INFINITY, high = -INFINITY, kept_low = INFINITY, kept_high = -INFINITY;
  EklScale scale;
  g_auto (EklBand) band = { 0 };

  ekl_scale_init (&scale, 0, 5000, 0, WIDTH, FALSE);
  ekl_band_init (&band, &scale);
  for (guint i = 0; i < 5000; i++) {
    double middle = sample_normal (&state), half = sample_uniform (&state);

    ekl_band_add (&band, i, middle - half, middle + half);
    ekl_band_add (&band, i, NAN, 1e9);
    low = MIN (low, middle - half);
    high = MAX (high, middle + half);
  }
  ekl_band_end (&band);
  g_assert_cmpuint (band.n, <=, WIDTH + 1);
  for (guint i = 0; i < band.n; i++) {
    kept_low = MIN (kept_low, band.span[i].low);
    kept_high = MAX (kept_high, band.span[i].high);
    g_assert_cmpfloat (band.span[i].low, <=, band.span[i].high);
  }
  g_assert_true (kept_low == low && kept_high == high);
  g_assert_true (band.range.low == low && band.range.high == high);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/extremes/linear", test_extremes_linear);
  g_test_add_func ("/series/extremes/log", test_extremes_log);
  g_test_add_func ("/series/few-points-stay", test_few_points_stay);
  g_test_add_func ("/series/nan-and-infinity", test_nan_joins_and_infinity_breaks);
  g_test_add_func ("/series/view", test_view_keeps_neighbours);
  g_test_add_func ("/series/dense", test_dense_means);
  g_test_add_func ("/series/band", test_band_envelope);

  return g_test_run ();
}

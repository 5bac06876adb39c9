/* test-model.c - what is behind the window beside the workbench: numbers, zoom, merged events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "event_merger.h"
#include "figure_zoom.h"
#include "number_format.h"
#include "waiting.h"

#include <math.h>

/* ---- numbers ---- */

static void
test_format (void)
{
  static const struct {
    double value;
    const char *text;
  } values[] = {
    { 0, "0.0000" },
    { 0.18443, "0.1844" },
    { 1.00249, "1.002" },
    { 57.349, "57.35" },
    { 999.96, "1000.0" },
    { 12345.6, "12\xe2\x80\xaf"
               "346" },
    { -0.5, "-0.5000" },
    { 100000, "100\xe2\x80\xaf"
              "000" },
    { 7654321.4, "7\xe2\x80\xaf"
                 "654\xe2\x80\xaf"
                 "321" },
    { 1e-9, "1.00e-09" },
    { 2.5e7, "2.50e+07" },
    { NAN, "–" },
    { INFINITY, "∞" },
  };
  static const struct {
    double value;
    const char *text;
  } counts[] = {
    { 0, "0" },
    { 999, "999" },
    { 1234, "1234" },
    { 12345, "12\xe2\x80\xaf"
             "345" },
    { 1234567, "1\xe2\x80\xaf"
               "234\xe2\x80\xaf"
               "567" },
    { 2e7, "20.00\xe2\x80\xafM" },
    { 3e9, "3.000\xe2\x80\xafG" },
    { NAN, "–" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autofree char *text = ekl_format_value (values[i].value);

    g_assert_cmpstr (text, ==, values[i].text);
  }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++) {
    g_autofree char *text = ekl_format_count (counts[i].value);

    g_assert_cmpstr (text, ==, counts[i].text);
  }
}

/* The first steps on small batches are less than one. */
static void
test_format_passes (void)
{
  static const struct {
    double value;
    const char *text;
  } passes[] = { { 0, "0" },   { 0.3, "0.30" },    { 1.5, "1.50" },
                 { 12, "12" }, { 1234.5, "1234" }, { NAN, "–" } };

  for (guint i = 0; i < G_N_ELEMENTS (passes); i++) {
    g_autofree char *text = ekl_format_passes (passes[i].value);

    g_assert_cmpstr (text, ==, passes[i].text);
  }
}

static void
test_group_counts (void)
{
  g_autofree char *text =
    ekl_group_counts ("60000 training pictures, 10000 validation, 28 × 28, 1234");
  g_autofree char *nothing = ekl_group_counts ("");

  g_assert_cmpstr (text, ==,
                   "60\xe2\x80\xaf"
                   "000 training pictures, 10\xe2\x80\xaf"
                   "000 validation, 28 × 28, 1234");
  g_assert_cmpstr (nothing, ==, "");
}

static void
test_format_rate (void)
{
  g_autofree char *slow = ekl_format_rate (0.514);
  g_autofree char *usual = ekl_format_rate (45.26);
  g_autofree char *fast = ekl_format_rate (2123.4);
  g_autofree char *unknown = ekl_format_rate (NAN);

  g_assert_cmpstr (slow, ==, "0.51");
  g_assert_cmpstr (usual, ==, "45.3");
  g_assert_cmpstr (fast, ==, "2123");
  g_assert_cmpstr (unknown, ==, "–");
}

static void
test_format_seconds (void)
{
  g_autofree char *none = ekl_format_seconds (0);
  g_autofree char *too_short = ekl_format_seconds (0.0002);
  g_autofree char *shortest = ekl_format_seconds (0.00412);
  g_autofree char *short_one = ekl_format_seconds (0.214);
  g_autofree char *middle = ekl_format_seconds (12.34);
  g_autofree char *long_one = ekl_format_seconds (245);

  g_assert_cmpstr (none, ==, "0.00 s");
  g_assert_cmpstr (too_short, ==, "<0.001 s");
  g_assert_cmpstr (shortest, ==, "0.004 s");
  g_assert_cmpstr (short_one, ==, "0.21 s");
  g_assert_cmpstr (middle, ==, "12.3 s");
  g_assert_cmpstr (long_one, ==, "4:05 min");
}

/* ---- zoom ---- */

static const EklFigureLayout layout = { .left = 50,
                                        .top = 10,
                                        .width = 400,
                                        .height = 200,
                                        .x0 = 0,
                                        .x1 = 100,
                                        .y0 = 0.01,
                                        .y1 = 1,
                                        .log_y = TRUE };

static void
test_zoom_at (void)
{
  EklFigureOptions options = { 0 };
  const double x = 50 + 400 * 0.25, y = 10 + 200 * 0.5;

  /* the value under the pointer stays under it */
  ekl_figure_zoom_at (&options, &layout, x, y, -3);
  g_assert_true (options.has_view);
  g_assert_cmpfloat_with_epsilon (options.view_x0 + 0.25 * (options.view_x1 - options.view_x0), 25,
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (sqrt (options.view_y0 * options.view_y1), 0.1, 1e-9);
  g_assert_cmpfloat (options.view_x1 - options.view_x0, <, 60);

  /* over the labels of an axis only that axis */
  options.has_view = FALSE;
  ekl_figure_zoom_at (&options, &layout, 20, y, -3);
  g_assert_cmpfloat_with_epsilon (options.view_x0, 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (options.view_x1, 100, 1e-9);
  g_assert_cmpfloat (options.view_y1, <, 1);
}

static void
test_zoom_forever (void)
{
  EklFigureOptions options = { 0 };
  EklFigureLayout now = layout;

  for (guint i = 0; i < 2000; i++) {
    ekl_figure_zoom_at (&options, &now, 250, 110, i < 1000 ? -5 : 5);
    g_assert_true (isfinite (options.view_x0) && isfinite (options.view_y1));
    g_assert_cmpfloat (options.view_x0, <, options.view_x1);
    g_assert_cmpfloat (options.view_y0, <, options.view_y1);
    now.x0 = options.view_x0;
    now.x1 = options.view_x1;
    now.y0 = options.view_y0;
    now.y1 = options.view_y1;
  }
}

static void
test_zoom_to (void)
{
  EklFigureOptions options = { 0 };

  /* backwards, and beyond the edge */
  ekl_figure_zoom_to (&options, &layout, 250, 110, 150, 0, 8);
  g_assert_cmpfloat_with_epsilon (options.view_x0, 25, 1e-9);
  g_assert_cmpfloat_with_epsilon (options.view_x1, 50, 1e-9);
  g_assert_cmpfloat_with_epsilon (options.view_y0, 0.1, 1e-9);
  g_assert_cmpfloat_with_epsilon (options.view_y1, 1, 1e-9);

  /* flat: one axis */
  ekl_figure_zoom_to (&options, &layout, 150, 100, 250, 103, 8);
  g_assert_cmpfloat_with_epsilon (options.view_y0, 0.01, 1e-9);
  g_assert_cmpfloat_with_epsilon (options.view_y1, 1, 1e-9);
}

/* ---- events ---- */

static void
count_cb (gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
add_event (EklEventMerger *merger,
           guint64 step,
           const char *setting,
           const char *before,
           const char *after,
           gboolean recorded)
{
  const EklEvent event = { .step = step,
                           .setting = (char *) setting,
                           .before = (char *) before,
                           .after = (char *) after,
                           .recorded = recorded };

  ekl_event_merger_add (merger, &event);
}

static void
test_merger (void)
{
  g_autoptr (EklHistory) history = ekl_history_new ();
  guint n_written = 0, n;
  g_autoptr (EklEventMerger) merger = ekl_event_merger_new (history, count_cb, &n_written);
  const EklEvent *events;

  add_event (merger, 3, "h", "1", "2", FALSE);
  add_event (merger, 4, "h", "2", "3", FALSE);
  add_event (merger, 5, "J", "50", "60", FALSE);
  add_event (merger, 5, "J", "60", "50", FALSE);
  wait_until (n_written == 1);
  wait_ms (700);
  events = ekl_history_get_events (history, &n);
  /* one drag is one event; one that came back to where it was is none */
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (n_written, ==, 1);
  g_assert_cmpstr (events[0].before, ==, "1");
  g_assert_cmpstr (events[0].after, ==, "3");
  g_assert_cmpuint (events[0].step, ==, 4);

  /* unless steps were taken meanwhile */
  add_event (merger, 6, "J", "50", "60", FALSE);
  add_event (merger, 8, "J", "60", "50", FALSE);
  ekl_event_merger_flush (merger);
  events = ekl_history_get_events (history, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (events[1].step, ==, 6);
  g_assert_cmpstr (events[1].after, ==, "60");
  g_assert_cmpuint (events[2].step, ==, 8);
  g_assert_cmpstr (events[2].after, ==, "50");

  /* what was recorded comes at the engine's speed */
  add_event (merger, 9, "J", "50", "60", TRUE);
  add_event (merger, 70, "J", "60", "70", TRUE);
  events = ekl_history_get_events (history, &n);
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpuint (events[3].step, ==, 9);
  g_assert_cmpuint (events[4].step, ==, 70);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/format", test_format);
  g_test_add_func ("/model/format-passes", test_format_passes);
  g_test_add_func ("/model/group-counts", test_group_counts);
  g_test_add_func ("/model/format-rate", test_format_rate);
  g_test_add_func ("/model/format-seconds", test_format_seconds);
  g_test_add_func ("/model/zoom-at", test_zoom_at);
  g_test_add_func ("/model/zoom-forever", test_zoom_forever);
  g_test_add_func ("/model/zoom-to", test_zoom_to);
  g_test_add_func ("/model/merger", test_merger);
  return g_test_run ();
}

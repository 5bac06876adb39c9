/* test-loss-events.c - marks of changed settings: none lost, none over another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loss_events.h"

#include "history_axis.h"
#include "sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  cairo_surface_t *surface;
  cairo_t *cr;
  EklTheme theme;
  EklCanvas canvas;
  EklFigureOptions options;
  EklHistory *history;
  EklFigureData data;
  EklAxes axes;
} Scene;

static void
scene_init (Scene *self, double width, double height, guint n_steps)
{
  *self = (Scene){ 0 };
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  self->cr = cairo_create (self->surface);
  ekl_theme_init (&self->theme, EKL_THEME_LIGHT);
  ekl_canvas_init (&self->canvas, self->cr, &self->theme, width, height);
  ekl_figure_options_init (&self->options, EKL_FIGURE_LOSS);
  self->history = sample_history (n_steps, 0);
  self->data = (EklFigureData){ .history = self->history };
  self->axes = (EklAxes){ .x0 = 0, .x1 = n_steps, .y0 = 0.1, .y1 = 1, .log_y = TRUE };
}

static void
scene_clear (Scene *self)
{
  cairo_destroy (self->cr);
  cairo_surface_destroy (self->surface);
  ekl_history_free (self->history);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

static void
add_event (Scene *self, guint64 step, const char *before, const char *after)
{
  ekl_history_add_event (self->history,
                         &(EklEvent){ step, (char *) "h", (char *) before, (char *) after });
}

static void
place (Scene *self, EklLossEvents *events)
{
  ekl_loss_events_init (events, &self->data, &self->options);
  ekl_loss_events_place (events, &self->canvas,
                         (EklBox){ 0, 20, self->canvas.width, self->canvas.height - 20 },
                         &self->axes);
}

static const EklLossEvent *
get (const EklLossEvents *events, guint i)
{
  return &g_array_index (events->event, EklLossEvent, i);
}

/* No two texts of a row touch, each stands within the picture and over its mark. */
static void
assert_apart (const EklLossEvents *events, double width)
{
  for (guint i = 0; i < events->event->len; i++) {
    const EklLossEvent *a = get (events, i);

    if (a->row < 0)
      continue;
    g_assert_cmpfloat (a->text_x, >=, 0);
    g_assert_cmpfloat (a->text_x + a->width, <=, width);
    g_assert_cmpfloat (a->text_x + a->width, >=, a->x - 3);
    for (guint k = 0; k < i; k++) {
      const EklLossEvent *b = get (events, k);

      if (b->row == a->row)
        g_assert_cmpfloat (b->text_x + b->width, <, a->text_x);
    }
  }
}

static void
test_stacked (void)
{
  g_auto (Scene) scene = { 0 };
  g_auto (EklLossEvents) events = { 0 };
  guint rows = 0, shown = 0;

  scene_init (&scene, 700, 400, 40);
  for (guint k = 0; k < 6; k++)
    add_event (&scene, 10 + k, "0.05", "0.1");
  place (&scene, &events);
  g_assert_cmpuint (events.event->len, ==, 6);
  assert_apart (&events, 700);
  for (guint k = 0; k < 6; k++)
    if (get (&events, k)->row >= 0) {
      shown++;
      rows |= 1u << get (&events, k)->row;
    }
  g_assert_cmpuint (events.n_rows, ==, 3);
  g_assert_cmpuint (rows, ==, 7);
  g_assert_cmpuint (shown, >=, 3);
  /* the newest is shown in any case */
  g_assert_cmpint (get (&events, 5)->row, ==, 0);
  g_assert_cmpstr (get (&events, 5)->text, ==, "h 0.05 → 0.1");
}

/* Changes at one place are one mark that says how many; the read-out tells them all. */
static void
test_one_place (void)
{
  g_auto (Scene) scene = { 0 };
  g_auto (EklLossEvents) events = { 0 };
  g_auto (EklLegend) near = { 0 }, far = { 0 };
  EklChart chart;

  scene_init (&scene, 500, 300, 40);
  for (guint k = 0; k < 9; k++)
    add_event (&scene, 20, "1", k == 8 ? "9" : "2");
  place (&scene, &events);
  g_assert_cmpuint (events.event->len, ==, 1);
  g_assert_cmpstr (get (&events, 0)->text, ==, "h 1 → 9 +8");

  ekl_chart_layout (&chart, &scene.canvas, (EklBox){ 0, 20, 500, 280 }, &scene.axes);
  ekl_loss_events_tell (&scene.data, &scene.options, &chart, ekl_scale_map (&chart.x, 20) + 4,
                        scene.theme.dim, &near);
  ekl_loss_events_tell (&scene.data, &scene.options, &chart, ekl_scale_map (&chart.x, 23),
                        scene.theme.dim, &far);
  g_assert_cmpuint (near.n, ==, 7);
  g_assert_cmpstr (near.entry[6].text, ==, "and 3 more changes");
  g_assert_cmpuint (far.n, ==, 0);
}

/* Small pictures have fewer rows, and none loses a mark. */
static void
test_little_room (void)
{
  static const double heights[] = { 60, 170, 210, 300 };
  static const guint most[] = { 0, 1, 2, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (heights); i++) {
    g_auto (Scene) scene = { 0 };
    g_auto (EklLossEvents) events = { 0 };

    scene_init (&scene, 350, heights[i], 40);
    for (guint k = 0; k < 5; k++)
      add_event (&scene, 8 * k, "ten thousand", "a very long text that fills the whole row alone");
    place (&scene, &events);
    g_assert_cmpuint (events.event->len, ==, 5);
    g_assert_cmpuint (events.n_rows, <=, most[i]);
    assert_apart (&events, 350);
  }
}

static guint
count_pixels (Scene *self, EklColor color)
{
  const guchar *bytes;
  guint n = 0;
  int stride = cairo_image_surface_get_stride (self->surface);

  cairo_surface_flush (self->surface);
  bytes = cairo_image_surface_get_data (self->surface);
  for (int row = 0; row < cairo_image_surface_get_height (self->surface); row++)
    for (int column = 0; column < cairo_image_surface_get_width (self->surface); column++) {
      const guchar *pixel = bytes + row * stride + 4 * column;

      n += abs (pixel[2] - (int) lround (255 * color.red)) < 3 &&
           abs (pixel[1] - (int) lround (255 * color.green)) < 3 &&
           abs (pixel[0] - (int) lround (255 * color.blue)) < 3;
    }

  return n;
}

/* Redrawn particles leave a triangle of EKI's colour at the foot. */
static void
test_repairs (void)
{
  for (guint repaired = 0; repaired < 2; repaired++) {
    g_auto (Scene) scene = { 0 };
    g_auto (EklLossEvents) events = { 0 };
    EklHistory *history = ekl_history_new ();
    EklChart chart;

    scene_init (&scene, 400, 300, 40);
    ekl_history_free (scene.history);
    scene.history = history;
    scene.data.history = history;
    for (guint step = 0; step <= 40; step++) {
      EklRecord record = { .step = step };

      record.method[EKL_METHOD_EKI].present = TRUE;
      record.method[EKL_METHOD_EKI].repaired = repaired && step >= 20 ? 3 : 0;
      ekl_history_append (history, &record, 1);
    }
    cairo_set_source_rgb (scene.cr, 1, 1, 1);
    cairo_paint (scene.cr);
    place (&scene, &events);
    ekl_chart_layout (&chart, &scene.canvas, (EklBox){ 0, 20, 400, 280 }, &scene.axes);
    ekl_loss_events_draw (&events, &scene.canvas, &chart);
    g_assert_cmpint (count_pixels (&scene, scene.theme.eki) > 8, ==, repaired);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/loss-events/stacked", test_stacked);
  g_test_add_func ("/loss-events/one-place", test_one_place);
  g_test_add_func ("/loss-events/little-room", test_little_room);
  g_test_add_func ("/loss-events/repairs", test_repairs);
  return g_test_run ();
}

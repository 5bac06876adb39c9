/* test-plane-figure.c - the parameter plane's picture: what is drawn, what is under the pointer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plane_pick.h"
#include "relief_cache.h"
#include "sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH  640
#define HEIGHT 420

static EklPlane *
make_plane (void)
{
  EklPlane *plane = sample_plane (60, 20, 33);

  for (guint j = 0; j < 60; j++)
    plane->particle_loss[j] = .05f * (float) j;
  plane->n_trails = 30;
  plane->n_trail_points = 5;
  plane->trail_particle = g_new0 (guint, 30);
  plane->trail = g_new0 (EklPoint, 150);
  for (guint k = 0; k < 150; k++) {
    const EklPoint p = plane->particle[2 * (k / 5)];

    plane->trail_particle[k / 5] = 2 * (k / 5);
    plane->trail[k] = (EklPoint){ p.x - .08 * (4 - k % 5), p.y - .05 * (4 - k % 5) };
  }
  plane->trail[7].x = NAN;
  plane->trail_move = g_new (EklPoint, 30);
  for (guint k = 0; k < 30; k++)
    plane->trail_move[k] = (EklPoint){ .1 * (k % 7), k == 5 ? NAN : -.1 };
  plane->has_arrows = TRUE;
  plane->velocity = (EklPoint){ 1, .2 };
  plane->gradient = (EklPoint){ -.3, 1 };
  plane->preconditioned = (EklPoint){ 1e-9, -1e-9 };
  return plane;
}

/* The picture's bytes. */
static GBytes *
draw (const EklPlane *plane,
      const EklFigureOptions *options,
      EklFigureData *data,
      EklFigureLayout *layout)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  EklTheme theme;
  GBytes *bytes;

  data->plane = plane;
  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  ekl_figure_draw (EKL_FIGURE_PLANE, cr, WIDTH, HEIGHT, &theme, options, data, layout);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       (gsize) cairo_image_surface_get_stride (surface) * HEIGHT);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return bytes;
}

/* Each part can be left out, and is drawn otherwise. */
static void
test_parts (void)
{
  g_autoptr (EklPlane) plane = make_plane ();
  EklFigureData data = { 0 };
  EklFigureOptions usual;
  g_autoptr (GBytes) all = NULL;

  ekl_figure_options_init (&usual, EKL_FIGURE_PLANE);
  all = draw (plane, &usual, &data, NULL);
  for (guint part = 0; part < 6; part++) {
    EklFigureOptions options = usual;
    gboolean *const parts[] = {
      &options.hide_contours, &options.hide_trails, &options.hide_ellipse,
      &options.hide_fade,     &options.hide_colors, &options.show_arrows
    };
    g_autoptr (GBytes) other = NULL;

    *parts[part] = TRUE;
    other = draw (plane, &options, &data, NULL);
    g_assert_false (g_bytes_equal (all, other));
  }
}

/* The ground goes and comes while the view turns, and the note says why. */
static void
test_turn (void)
{
  g_autoptr (EklPlane) plane = make_plane ();
  EklFigureData data = { 0 };
  g_autoptr (GBytes) still = draw (plane, NULL, &data, NULL);
  g_autoptr (GBytes) early = NULL, late = NULL, told = NULL;

  plane->former_loss = ekl_field_copy (plane->loss);
  plane->turn = .2;
  early = draw (plane, NULL, &data, NULL);
  plane->turn = .9;
  late = draw (plane, NULL, &data, NULL);
  plane->turn = 1;
  plane->is_refit = TRUE;
  plane->refit_step = 120;
  told = draw (plane, NULL, &data, NULL);
  g_assert_false (g_bytes_equal (still, early));
  g_assert_false (g_bytes_equal (early, late));
  g_assert_false (g_bytes_equal (still, told));
}

/* How far apart the pictures are, mean over all bytes. */
static double
difference (GBytes *a, GBytes *b)
{
  gsize n, n_b;
  const guint8 *x = g_bytes_get_data (a, &n), *y = g_bytes_get_data (b, &n_b);
  double sum = 0;

  g_assert_cmpuint (n, ==, n_b);
  for (gsize i = 0; i < n; i++)
    sum += abs (x[i] - y[i]);
  return sum / (double) n;
}

/* Other values of the same levels. */
static void
reverse (EklField *field)
{
  const guint n = field->n_columns * field->n_rows;

  for (guint i = 0; i < n / 2; i++) {
    const double value = field->value[i];

    field->value[i] = field->value[n - 1 - i];
    field->value[n - 1 - i] = value;
  }
}

/* A ground that was kept looks like one that is drawn: where the view moves, where the field or the
 * levels change, while the plane turns, and from too near to be kept. */
static void
test_relief_cache (void)
{
  static const double view[][4] = { { -2, 2, -2, 2 },
                                    { -2.02, 2, -2, 2.01 },
                                    { -1, 1, -1, 1 },
                                    { .1, .2, .1, .2 } };
  g_autoptr (EklReliefCache) cache = ekl_relief_cache_new ();
  g_autoptr (EklPlane) plane = make_plane ();
  EklFigureOptions options = { .has_view = TRUE };

  for (guint round = 0; round < 4; round++)
    for (guint k = 0; k < 2 * G_N_ELEMENTS (view); k++) {
      EklFigureData plain = { 0 }, kept = { .relief_cache = cache };
      g_autoptr (GBytes) expected = NULL, got = NULL, again = NULL;

      options.view_x0 = view[k / 2][0];
      options.view_x1 = view[k / 2][1];
      options.view_y0 = view[k / 2][2];
      options.view_y1 = view[k / 2][3];
      if (round == 1)
        reverse (plane->loss);
      if (round == 2 && plane->former_loss == NULL)
        plane->former_loss = ekl_field_copy (plane->loss);
      plane->turn = round < 2 ? 1 : round == 2 ? 0.2 : 0.8;
      expected = draw (plane, &options, &plain, NULL);
      got = draw (plane, &options, &kept, NULL);
      again = draw (plane, &options, &kept, NULL);
      g_assert_cmpfloat (difference (expected, got), <, 0.4);
      g_assert_cmpfloat (difference (expected, again), <, 0.3);
    }
}

static EklPoint
pixel_of (const EklFigureLayout *layout, EklPoint p)
{
  return (EklPoint){ layout->left + (p.x - layout->x0) / (layout->x1 - layout->x0) * layout->width,
                     layout->top +
                       (layout->y1 - p.y) / (layout->y1 - layout->y0) * layout->height };
}

/* Every particle that can be seen is found under its own pixel, and in rectangles around it. */
static void
test_pick (void)
{
  g_autoptr (EklPlane) plane = make_plane ();
  EklFigureData data = { 0 };
  EklFigureLayout layout;
  guint particle[60], n, n_seen = 0;

  g_bytes_unref (draw (plane, NULL, &data, &layout));
  for (guint j = 0; j < 60; j++) {
    const EklPoint p = pixel_of (&layout, plane->particle[j]);
    const EklPoint back = ekl_plane_at (&layout, p.x, p.y);
    EklPlaneItem item = ekl_plane_pick (plane, &layout, p.x, p.y);

    g_assert_cmpfloat_with_epsilon (back.x, plane->particle[j].x, 1e-9);
    g_assert_cmpfloat_with_epsilon (back.y, plane->particle[j].y, 1e-9);
    if (p.x < layout.left || p.x > layout.left + layout.width || p.y < layout.top ||
        p.y > layout.top + layout.height)
      continue;
    n_seen++;
    g_assert_cmpint (item.kind, ==, EKL_PLANE_PARTICLE);
    g_assert_cmpfloat (hypot (item.place.x - p.x, item.place.y - p.y), <, 1e-6);
    n = ekl_plane_pick_box (plane, &layout, (double[]){ p.x + 1, p.x - 1 },
                            (double[]){ p.y - 1, p.y + 1 }, particle);
    g_assert_cmpuint (n, >=, 1);
  }
  g_assert_cmpuint (n_seen, >, 50);
  n =
    ekl_plane_pick_box (plane, &layout, (double[]){ -1e9, 1e9 }, (double[]){ -1e9, 1e9 }, particle);
  g_assert_cmpuint (n, ==, n_seen);
  for (guint k = 1; k < n; k++)
    g_assert_cmpuint (particle[k], >, particle[k - 1]);

  /* gradient descent starts from the mean: it is what can be dragged there */
  plane->n_particles = 0;
  plane->descent_path[0] = plane->mean_path[0];
  {
    const EklPoint p = pixel_of (&layout, plane->mean_path[0]);
    const EklPlaneItem item = ekl_plane_pick (plane, &layout, p.x, p.y);

    g_assert_cmpint (item.kind, ==, EKL_PLANE_DESCENT_PATH);
    g_assert_cmpuint (item.index, ==, 0);
  }
  plane->n_particles = 60;

  g_assert_cmpint (ekl_plane_pick (plane, &layout, -5, -5).kind, ==, EKL_PLANE_NOTHING);
  g_assert_cmpint (ekl_plane_pick (NULL, &layout, 100, 100).kind, ==, EKL_PLANE_NOTHING);
}

/* What is selected is drawn and told; a number beyond the last particle harms nobody. */
static void
test_selected (void)
{
  static const guint selected[] = { 3, 9, 59, 1000 };
  g_autoptr (EklPlane) plane = make_plane ();
  EklFigureData data = { 0 };
  g_autoptr (GBytes) none = draw (plane, NULL, &data, NULL);
  g_autoptr (GBytes) some = NULL;
  g_autofree char *text = NULL;

  data.selected = selected;
  data.n_selected = 4;
  some = draw (plane, NULL, &data, NULL);
  g_assert_false (g_bytes_equal (none, some));
  text = ekl_figure_describe (EKL_FIGURE_PLANE, NULL, &data);
  g_assert_nonnull (strstr (text, "particles 4, 10, 60 and 1001"));
}

/* A description follows the basis and the refits. */
static void
test_words (void)
{
  g_autoptr (EklPlane) plane = make_plane ();
  EklFigureData data = { .plane = plane };
  g_autofree char *usual = ekl_figure_describe (EKL_FIGURE_PLANE, NULL, &data);
  g_autofree char *other = NULL;

  g_assert_nonnull (strstr (usual, "60 particles"));
  g_assert_nonnull (strstr (usual, "95"));
  plane->basis = EKL_PLANE_BASIS_PARAMETERS;
  plane->x_name = g_strdup ("W1(3,7)");
  plane->y_name = g_strdup ("b2(1)");
  plane->is_refit = TRUE;
  plane->refit_step = 77;
  other = ekl_figure_describe (EKL_FIGURE_PLANE, NULL, &data);
  g_assert_nonnull (strstr (other, "W1(3,7) across, b2(1) upwards"));
  g_assert_nonnull (strstr (other, "refitted at step 77"));
}

static double
to_px (double value, double v0, double v1, double p0, double p1)
{
  return p0 + (value - v0) / (v1 - v0) * (p1 - p0);
}

/* Particles that would be one dot are seen under a glass, which hides no path, and are found there. */
static void
test_lens (void)
{
  g_autoptr (EklPlane) plane = make_plane ();
  EklFigureOptions without;
  EklFigureData data = { 0 };
  EklFigureLayout wide, dense, off;
  const EklLens *lens = &dense.lens;
  guint particle[60];

  g_bytes_unref (draw (plane, NULL, &data, &wide));
  g_assert_true (wide.lens.radius == 0);
  sample_gather (plane, 0.02);
  g_bytes_unref (draw (plane, NULL, &data, &dense));
  g_assert_cmpfloat (lens->radius, >, 0);
  g_assert_cmpfloat (lens->power, >=, 2);
  for (guint i = 0; i < plane->n_mean_path; i++) {
    const double x =
      to_px (plane->mean_path[i].x, dense.x0, dense.x1, dense.left, dense.left + dense.width);
    const double y =
      to_px (plane->mean_path[i].y, dense.y0, dense.y1, dense.top + dense.height, dense.top);

    g_assert_cmpfloat (hypot (x - lens->x, y - lens->y), >, lens->radius);
  }

  for (guint j = 0; j < 60; j += 7) {
    const double x =
      to_px (plane->particle[j].x, dense.x0, dense.x1, dense.left, dense.left + dense.width);
    const double y =
      to_px (plane->particle[j].y, dense.y0, dense.y1, dense.top + dense.height, dense.top);
    const double seen_x = lens->x + (x - lens->of_x) * lens->power;
    const double seen_y = lens->y + (y - lens->of_y) * lens->power;
    const EklPlaneItem item = ekl_plane_pick (plane, &dense, seen_x, seen_y);

    if (hypot (seen_x - lens->x, seen_y - lens->y) > lens->radius)
      continue;
    g_assert_cmpint (item.kind, ==, EKL_PLANE_PARTICLE);
    g_assert_cmpfloat_with_epsilon (item.place.x, seen_x, 0.5);
    g_assert_cmpfloat_with_epsilon (ekl_plane_at (&dense, seen_x, seen_y).x, plane->particle[j].x,
                                    1e-6);
  }
  g_assert_cmpuint (
    ekl_plane_pick_box (
      plane, &dense, (double[]){ lens->x - 0.7 * lens->radius, lens->x + 0.7 * lens->radius },
      (double[]){ lens->y - 0.7 * lens->radius, lens->y + 0.7 * lens->radius }, particle),
    >, 20);

  ekl_figure_options_init (&without, EKL_FIGURE_PLANE);
  without.hide_lens = TRUE;
  g_bytes_unref (draw (plane, &without, &data, &off));
  g_assert_true (off.lens.radius == 0);
}

/* A projector's picture is low and its type large, and yet the cloud is what it is about. */
static void
test_low_lens (void)
{
  g_autoptr (EklPlane) plane = make_plane ();
  EklFigureData data = { .plane = plane };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 610, 250);
  cairo_t *cr = cairo_create (surface);
  EklFigureLayout layout;
  EklTheme theme;

  sample_gather (plane, 0.02);
  for (guint i = 0; i < plane->n_mean_path; i++)
    plane->mean_path[i].y = plane->mean_path[0].y;
  ekl_theme_init (&theme, EKL_THEME_PRESENTER);
  ekl_figure_draw (EKL_FIGURE_PLANE, cr, 610, 250, &theme, NULL, &data, &layout);
  g_assert_cmpfloat (layout.lens.radius, >, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* A path that runs away neither widens the picture without end, nor comes to cairo beyond what it can
 * draw; without the flag all of it is seen. */
static void
test_runs_away (void)
{
  g_autoptr (EklPlane) plane = make_plane ();
  const guint last = plane->n_descent_path - 1;
  EklFigureData data = { 0 };
  EklFigureLayout usual, away, all;
  g_autoptr (GBytes) bytes = NULL;

  g_bytes_unref (draw (plane, NULL, &data, &usual));
  for (guint i = 3; i <= last; i++)
    plane->descent_path[i] = (EklPoint){ pow (-40, i), pow (30, i) };
  plane->descent_path[last].x = INFINITY;
  plane->descent_runs_away = TRUE;
  bytes = draw (plane, NULL, &data, &away);
  g_assert_cmpfloat (away.x1 - away.x0, <, 5 * (usual.x1 - usual.x0));
  plane->descent_runs_away = FALSE;
  g_bytes_unref (draw (plane, NULL, &data, &all));
  g_assert_cmpfloat (all.x1 - all.x0, >, 1e6 * (usual.x1 - usual.x0));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plane-figure/parts", test_parts);
  g_test_add_func ("/plane-figure/turn", test_turn);
  g_test_add_func ("/plane-figure/relief-cache", test_relief_cache);
  g_test_add_func ("/plane-figure/pick", test_pick);
  g_test_add_func ("/plane-figure/selected", test_selected);
  g_test_add_func ("/plane-figure/words", test_words);
  g_test_add_func ("/plane-figure/lens", test_lens);
  g_test_add_func ("/plane-figure/low-lens", test_low_lens);
  g_test_add_func ("/plane-figure/runs-away", test_runs_away);
  return g_test_run ();
}

/* test-figure.c - what a figure shows of both methods, of what diverged and of the run before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "picture.h"
#include "sample.h"

#include <math.h>
#include <string.h>

static void
test_both_methods_are_seen (void)
{
  g_autoptr (EklHistory) history = sample_history (120, 0);
  g_autoptr (EklPlane) plane = sample_plane (100, 40, 17);
  g_autoptr (EklPredictions) predictions = sample_curve ();
  EklFigureData data = { .history = history, .plane = plane, .predictions = predictions };

  for (guint theme_kind = EKL_THEME_LIGHT; theme_kind <= EKL_THEME_PRINT; theme_kind++) {
    EklTheme theme;

    ekl_theme_init (&theme, theme_kind);
    for (guint kind = 0; kind < EKL_N_FIGURES; kind++) {
      EklFigureOptions options;
      Picture picture;

      ekl_figure_options_init (&options, kind);
      options.quantity = EKL_ENSEMBLE_STEP_SIZES; /* of what the ensemble's figure shows, both's */
      picture = picture_draw (kind, theme_kind, 700, 400, &options, &data);
      g_assert_cmpuint (picture_count_color (&picture, theme.eki), >, 150);
      g_assert_cmpuint (picture_count_color (&picture, theme.gd), >, 100);
      if (kind != EKL_FIGURE_PLANE)
        g_assert_cmpuint (picture_count_color (&picture, theme.background), >, 50000);
      cairo_surface_destroy (picture.surface);
    }
  }
}

static void
test_step_at (void)
{
  g_autoptr (EklHistory) history = sample_history (100, 0);
  EklFigureData data = { .history = history };
  Picture picture = picture_draw (EKL_FIGURE_LOSS, EKL_THEME_LIGHT, 700, 400, NULL, &data);
  EklFigureLayout *layout = &picture.layout;
  guint64 step = 0;

  g_assert_cmpfloat (layout->x0, ==, 0);
  g_assert_cmpfloat (layout->x1, ==, 100);
  for (guint wanted = 0; wanted <= 100; wanted += 10) {
    g_assert_true (ekl_figure_step_at (EKL_FIGURE_LOSS, NULL, &data, layout,
                                       layout->left + layout->width * wanted / 100.0, &step));
    g_assert_cmpuint (step, ==, wanted);
  }
  g_assert_false (ekl_figure_step_at (EKL_FIGURE_LOSS, NULL, &data, layout, 0, &step));
  g_assert_false (ekl_figure_step_at (EKL_FIGURE_PLANE, NULL, &data, layout, 300, &step));
  cairo_surface_destroy (picture.surface);
}

static void
test_plane_has_equal_aspect (void)
{
  static const int sizes[][2] = { { 900, 300 }, { 300, 700 }, { 500, 500 } };
  g_autoptr (EklPlane) plane = sample_plane (60, 20, 17);
  EklFigureData data = { .plane = plane };

  for (guint i = 0; i < 3; i++) {
    Picture picture =
      picture_draw (EKL_FIGURE_PLANE, EKL_THEME_LIGHT, sizes[i][0], sizes[i][1], NULL, &data);
    EklFigureLayout *layout = &picture.layout;

    g_assert_cmpfloat_with_epsilon ((layout->x1 - layout->x0) / layout->width,
                                    (layout->y1 - layout->y0) / layout->height, 1e-9);
    cairo_surface_destroy (picture.surface);
  }
}

static void
test_an_outlier_does_not_shrink_the_plane (void)
{
  g_autoptr (EklPlane) plane = sample_plane (200, 20, 0);
  EklFigureData data = { .plane = plane };
  Picture picture;

  plane->particle[7] = (EklPoint){ 5000, -5000 };
  picture = picture_draw (EKL_FIGURE_PLANE, EKL_THEME_LIGHT, 600, 400, NULL, &data);
  g_assert_cmpfloat (picture.layout.x1 - picture.layout.x0, <, 20);
  cairo_surface_destroy (picture.surface);
}

static void
test_divergence_does_not_flatten_the_rest (void)
{
  g_autoptr (EklHistory) history = sample_history (120, 60);
  EklFigureData data = { .history = history };
  Picture picture = picture_draw (EKL_FIGURE_LOSS, EKL_THEME_LIGHT, 600, 400, NULL, &data);
  g_autofree char *words = ekl_figure_describe (EKL_FIGURE_LOSS, NULL, &data);

  g_assert_cmpfloat (picture.layout.y1, <, 1000);
  g_assert_nonnull (strstr (words, "Gradient descent diverged at step 60"));
  cairo_surface_destroy (picture.surface);
}

/* On its way to infinity, and still finite, on either axis: the other one is seen as before. */
static void
test_escape_does_not_flatten_the_rest (void)
{
  g_autoptr (EklHistory) history = sample_history (30, 0);
  EklFigureData data = { .history = history };
  EklFigureOptions linear;
  Picture picture;
  guint n;
  EklRecord record = ekl_history_get_records (history, &n)[n - 1];

  for (guint k = 1; k <= 10; k++) {
    record.step++;
    record.method[EKL_METHOD_GD].train_loss = pow (10, 3 * k);
    record.method[EKL_METHOD_GD].validation_loss = pow (10, 3 * k);
    ekl_history_append (history, &record, 1);
  }
  picture = picture_draw (EKL_FIGURE_LOSS, EKL_THEME_LIGHT, 600, 400, NULL, &data);
  g_assert_cmpfloat (picture.layout.y0, <, record.method[EKL_METHOD_EKI].train_loss);
  g_assert_cmpfloat (picture.layout.y1, <, 1000);
  cairo_surface_destroy (picture.surface);
  ekl_figure_options_init (&linear, EKL_FIGURE_LOSS);
  linear.linear_y = TRUE;
  picture = picture_draw (EKL_FIGURE_LOSS, EKL_THEME_LIGHT, 600, 400, &linear, &data);
  g_assert_cmpfloat (picture.layout.y1, <, 50);
  cairo_surface_destroy (picture.surface);
}

static void
test_losses_between_evaluations_are_joined (void)
{
  g_autoptr (EklHistory) history = ekl_history_new ();
  EklFigureData data = { .history = history };
  EklTheme theme;
  Picture picture;

  for (guint step = 0; step <= 100; step++) {
    EklRecord record = { .step = step };

    record.method[EKL_METHOD_EKI].present = TRUE;
    record.method[EKL_METHOD_EKI].train_loss = step % 50 == 0 ? 1 : NAN;
    record.method[EKL_METHOD_EKI].validation_loss = NAN;
    record.method[EKL_METHOD_EKI].particle_low = record.method[EKL_METHOD_EKI].particle_high = NAN;
    ekl_history_append (history, &record, 1);
  }
  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  picture = picture_draw (EKL_FIGURE_LOSS, EKL_THEME_LIGHT, 600, 400, NULL, &data);
  /* one line across the plot */
  g_assert_cmpuint (picture_count_color (&picture, theme.eki), >, 0.8 * picture.layout.width);
  cairo_surface_destroy (picture.surface);
}

static void
test_words (void)
{
  g_autoptr (EklHistory) history = sample_history (120, 0);
  g_autoptr (EklPlane) plane = sample_plane (100, 40, 0);
  g_autoptr (EklPredictions) predictions = sample_scatter (50);
  EklFigureData data = { .history = history, .plane = plane, .predictions = predictions };
  static const char *const parts[EKL_N_FIGURES] = { "after 120 steps",
                                                    "with 100 particles. It holds 93",
                                                    "root mean square error", "in 120 steps" };
  static const char *const names[EKL_N_FIGURES] = { "loss", "plane", "predictions", "ensemble" };

  for (guint kind = 0; kind < EKL_N_FIGURES; kind++) {
    g_autofree char *words = ekl_figure_describe (kind, NULL, &data);

    g_assert_nonnull (strstr (words, parts[kind]));
    g_assert_cmpstr (ekl_figure_kind_get_name (kind), ==, names[kind]);
  }
}

/* Pixels that the run before adds to the picture of the loss. */
static guint
count_former (const EklHistory *former, gboolean hidden)
{
  g_autoptr (EklHistory) history = sample_history (40, 0);
  EklFigureData data = { .history = history };
  EklFigureOptions options;
  cairo_surface_t *surface[2];
  EklTheme theme;
  guint n = 0;

  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  ekl_figure_options_init (&options, EKL_FIGURE_LOSS);
  options.hide_former = hidden;
  for (guint k = 0; k < 2; k++) {
    cairo_t *cr;

    surface[k] = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 640, 400);
    cr = cairo_create (surface[k]);
    data.former = k == 1 ? former : NULL;
    ekl_figure_draw (EKL_FIGURE_LOSS, cr, 640, 400, &theme, &options, &data, NULL);
    cairo_destroy (cr);
    cairo_surface_flush (surface[k]);
  }
  for (guint i = 0; i < 640 * 400; i++)
    n += ((guint32 *) cairo_image_surface_get_data (surface[0]))[i] !=
         ((guint32 *) cairo_image_surface_get_data (surface[1]))[i];
  cairo_surface_destroy (surface[0]);
  cairo_surface_destroy (surface[1]);
  return n;
}

static void
test_former (void)
{
  g_autoptr (EklHistory) former = sample_history (60, 20);
  g_autoptr (EklHistory) history = sample_history (40, 0);
  const EklFigureData data = { .history = history, .former = former, .former_name = "J 50" };
  g_autofree char *words = ekl_figure_describe (EKL_FIGURE_LOSS, NULL, &data);

  g_assert_cmpuint (count_former (former, FALSE), >, 200);
  g_assert_cmpuint (count_former (former, TRUE), ==, 0);
  g_assert_nonnull (strstr (words, "The run before (J 50) ended at step"));
}

static cairo_surface_t *
draw_loss (const EklHistory *history, EklThemeKind kind, gboolean moving)
{
  const EklFigureData data = { .history = history, .moving = moving };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 640, 400);
  cairo_t *cr = cairo_create (surface);
  EklTheme theme;

  ekl_theme_init (&theme, kind);
  ekl_figure_draw (EKL_FIGURE_LOSS, cr, 640, 400, &theme, NULL, &data, NULL);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* What moves is drawn more coarsely on the screen, and never in a file. */
static void
test_moving (void)
{
  g_autoptr (EklHistory) history = sample_history (40, 0);

  for (guint print = 0; print < 2; print++) {
    const EklThemeKind kind = print ? EKL_THEME_PRINT : EKL_THEME_LIGHT;
    cairo_surface_t *still = draw_loss (history, kind, FALSE);
    cairo_surface_t *moving = draw_loss (history, kind, TRUE);
    const gboolean same =
      memcmp (cairo_image_surface_get_data (still), cairo_image_surface_get_data (moving),
              (gsize) cairo_image_surface_get_stride (still) * 400) == 0;

    g_assert_cmpint (same, ==, print);
    cairo_surface_destroy (still);
    cairo_surface_destroy (moving);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/plane/aspect", test_plane_has_equal_aspect);
  g_test_add_func ("/figure/plane/outlier", test_an_outlier_does_not_shrink_the_plane);
  g_test_add_func ("/figure/both-methods", test_both_methods_are_seen);
  g_test_add_func ("/figure/step-at", test_step_at);
  g_test_add_func ("/figure/loss/divergence", test_divergence_does_not_flatten_the_rest);
  g_test_add_func ("/figure/loss/escape", test_escape_does_not_flatten_the_rest);
  g_test_add_func ("/figure/loss/joined", test_losses_between_evaluations_are_joined);
  g_test_add_func ("/figure/words", test_words);
  g_test_add_func ("/figure/former", test_former);
  g_test_add_func ("/figure/moving", test_moving);

  return g_test_run ();
}

/* test-predictions-figure.c - confusion, pictures, residuals: their marks, words and tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure.h"

#include "sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static cairo_surface_t *
draw (const EklPredictions *predictions,
      EklThemeKind kind,
      int width,
      int height,
      EklShown shown,
      EklFigureLayout *layout)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  EklFigureData data = { .predictions = predictions };
  EklFigureOptions options;
  EklTheme theme;

  ekl_theme_init (&theme, kind);
  ekl_figure_options_init (&options, EKL_FIGURE_PREDICTIONS);
  options.shown = shown;
  ekl_figure_draw (EKL_FIGURE_PREDICTIONS, cr, width, height, &theme, &options, &data, layout);
  for (guint k = 0; k < 5; k++)
    ekl_figure_draw_hover (EKL_FIGURE_PREDICTIONS, cr, &theme, &options, &data, layout,
                           layout->left + layout->width * k / 4.0,
                           layout->top + layout->height * k / 4.0);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

/* Draws in every theme and many sizes; nothing must fail, nothing leave the picture. */
static void
draw_everywhere (const EklPredictions *predictions)
{
  static const int sizes[][2] = { { 350, 250 }, { 900, 600 }, { 1, 1 }, { 40, 400 }, { 500, 20 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint kind = EKL_THEME_LIGHT; kind <= EKL_THEME_PRINT; kind++)
      for (guint shown = 0; shown < EKL_N_SHOWN; shown++) {
        EklFigureLayout layout;

        cairo_surface_destroy (draw (predictions, kind, sizes[i][0], sizes[i][1], shown, &layout));
        if (sizes[i][0] >= 300 && sizes[i][1] >= 200) {
          g_assert_cmpfloat (layout.left, >=, 0);
          g_assert_cmpfloat (layout.left + layout.width, <=, sizes[i][0]);
          g_assert_cmpfloat (layout.top + layout.height, <=, sizes[i][1]);
        }
      }
}

static guint
count_color (cairo_surface_t *surface, EklColor color, const EklFigureLayout *within)
{
  const guchar *bytes = cairo_image_surface_get_data (surface);
  const int stride = cairo_image_surface_get_stride (surface);
  guint n = 0;

  for (int row = (int) within->top; row < (int) (within->top + within->height); row++)
    for (int column = (int) within->left; column < (int) (within->left + within->width); column++) {
      const guchar *pixel = bytes + row * stride + 4 * column;

      n += abs (pixel[2] - (int) lround (255 * color.red)) < 4 &&
           abs (pixel[1] - (int) lround (255 * color.green)) < 4 &&
           abs (pixel[0] - (int) lround (255 * color.blue)) < 4;
    }

  return n;
}

static void
test_confusion (void)
{
  static const guint n_classes[] = { 1, 2, 10, 26, 64, 1000 };

  for (guint k = 0; k < G_N_ELEMENTS (n_classes); k++) {
    g_autoptr (EklPredictions) predictions = sample_confusion (n_classes[k]);
    g_autofree char *words = ekl_figure_describe (EKL_FIGURE_PREDICTIONS, NULL,
                                                  &(EklFigureData){ .predictions = predictions });

    if (n_classes[k] <= 64)
      draw_everywhere (predictions);
    g_assert_nonnull (strstr (words, "validation rows"));
    g_assert_nonnull (strstr (words, "Gradient descent is right in"));
    if (n_classes[k] > 1)
      g_assert_nonnull (strstr (words, "taking class number 1 for class number 2, 7 times"));
  }
}

/* The counts are those of the method that was asked for, in its colour; what is off gives way. */
static void
test_confusion_method (void)
{
  g_autoptr (EklPredictions) predictions = sample_confusion (4);
  EklFigureLayout layout;
  EklTheme theme;

  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  for (guint shown = EKL_SHOWN_EKI; shown <= EKL_SHOWN_GD; shown++)
    for (guint off = 0; off < 2; off++) {
      const gboolean gd = shown == EKL_SHOWN_GD || off;
      cairo_surface_t *surface;
      guint eki_pixels, gd_pixels;

      if (off)
        g_clear_pointer (&predictions->confusion->mean_particle, g_free);
      surface = draw (predictions, EKL_THEME_LIGHT, 400, 300, shown, &layout);
      /* below the read-out of the hover, the full row of the diagonal is in the method's colour */
      eki_pixels = count_color (surface, theme.eki, &layout);
      gd_pixels = count_color (surface, theme.gd, &layout);
      if (gd)
        g_assert_cmpuint (gd_pixels, >, 4 * eki_pixels + 50);
      cairo_surface_destroy (surface);
      if (off && shown == EKL_SHOWN_EKI) {
        ekl_predictions_free (g_steal_pointer (&predictions));
        predictions = sample_confusion (4);
      }
    }
}

static void
test_pictures (void)
{
  static const guint n_classes[] = { 1, 2, 10, 26, 1000 };

  for (guint k = 0; k < G_N_ELEMENTS (n_classes); k++)
    for (guint n = 1; n <= 12; n += 11) {
      g_autoptr (EklPredictions) predictions = sample_pictures (n_classes[k], n);

      draw_everywhere (predictions);
      g_clear_pointer (&predictions->pictures->vote, g_free);
      g_clear_pointer (&predictions->pictures->mean_particle, g_free);
      draw_everywhere (predictions);
    }
}

/* All pixels are there: a picture is as bright as its bytes. As many pictures as are told are drawn. */
static void
test_picture_pixels (void)
{
  g_autoptr (EklPredictions) predictions = sample_pictures (3, 12);
  EklFigureLayout layout;
  cairo_surface_t *surface;
  guint found = 0;

  memset (predictions->pictures->pixel, 0, 12 * 35);
  for (guint i = 0; i < 12; i++)
    memset (predictions->pictures->pixel + i * 35, 10 + 17 * (int) i, 35);
  surface = draw (predictions, EKL_THEME_PRINT, 700, 500, EKL_SHOWN_EKI, &layout);
  g_assert_cmpuint (layout.n_pictures, ==, 12);
  for (guint i = 0; i < 12; i++) {
    double light = (10 + 17 * i) / 255.0;

    found += count_color (surface, (EklColor){ light, light, light, 1 }, &layout) > 300;
  }
  /* the read-outs of the hover hide some of them */
  g_assert_cmpuint (found, >=, 8);
  cairo_surface_destroy (surface);

  surface = draw (predictions, EKL_THEME_PRESENTER, 350, 250, EKL_SHOWN_EKI, &layout);
  g_assert_cmpuint (layout.n_pictures, >=, 1);
  g_assert_cmpuint (layout.n_pictures, <, 12);

  /* from the back row they are looked at rather than counted */
  cairo_surface_destroy (draw (predictions, EKL_THEME_PRESENTER, 940, 400, EKL_SHOWN_EKI, &layout));
  g_assert_cmpuint (layout.n_pictures, >=, 6);
  g_assert_cmpuint (layout.n_pictures, <, 12);
  cairo_surface_destroy (surface);
}

static void
test_picture_words (void)
{
  g_autoptr (EklPredictions) predictions = sample_pictures (10, 12);
  g_autofree char *words = ekl_figure_describe (EKL_FIGURE_PREDICTIONS, NULL,
                                                &(EklFigureData){ .predictions = predictions });
  g_autofree char *table =
    ekl_figure_to_csv (EKL_FIGURE_PREDICTIONS, &(EklFigureData){ .predictions = predictions });
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);

  g_assert_nonnull (strstr (words, "Validation pictures 25 to 36 of 100"));
  g_assert_nonnull (strstr (words, "names 8 of these 12 rightly"));
  g_assert_nonnull (strstr (words, "Gradient descent names 6 of these 12 rightly"));
  g_assert_nonnull (strstr (words, "40 particles vote"));
  g_assert_cmpuint (g_strv_length (lines), ==, 14);
  g_assert_true (g_str_has_prefix (lines[0], "picture,true,eki,gd,votes class number 1,"));
  g_assert_true (
    g_str_has_prefix (lines[2], "26,class number 2,class number 2,class number 3,0,30,"));
}

static double
line_of (const EklPredictions *predictions, EklFigureLayout *layout)
{
  cairo_surface_destroy (draw (predictions, EKL_THEME_LIGHT, 500, 350, EKL_SHOWN_EKI, layout));
  return layout->noise_y[0];
}

/* Dragged to where a line is drawn, gamma is what it was; twice as far from zero, twice that. */
static void
test_noise (void)
{
  static const double noise[] = { 0.1, 2, 40, 1e4 };

  for (guint k = 0; k < G_N_ELEMENTS (noise); k++) {
    g_autoptr (EklPredictions) predictions = sample_residuals (100, noise[k]);
    const EklFigureData data = { .predictions = predictions };
    EklFigureLayout layout;
    double y = line_of (predictions, &layout), zero, found;

    g_assert_true (ekl_figure_noise_at (&data, &layout, y, &found));
    g_assert_cmpfloat_with_epsilon (found, noise[k] / 5, 1e-9 * noise[k]);
    g_assert_true (ekl_figure_noise_at (&data, &layout, layout.noise_y[1], &found));
    g_assert_cmpfloat_with_epsilon (found, noise[k] / 5, 1e-9 * noise[k]);
    zero = (layout.noise_y[0] + layout.noise_y[1]) / 2;
    g_assert_true (ekl_figure_noise_at (&data, &layout, zero + 2 * (y - zero), &found));
    g_assert_cmpfloat_with_epsilon (found, 2 * noise[k] / 5, 1e-9 * noise[k]);
    /* the lines can always be taken hold of */
    g_assert_cmpfloat (y, >, layout.top);
    g_assert_cmpfloat (layout.noise_y[1], <, layout.top + layout.height);
  }
}

static void
test_no_noise (void)
{
  static const double noise[] = { 0, NAN, INFINITY, -1 };

  for (guint k = 0; k < G_N_ELEMENTS (noise); k++) {
    g_autoptr (EklPredictions) predictions = sample_residuals (30, noise[k]);
    EklFigureLayout layout;
    double found;

    draw_everywhere (predictions);
    line_of (predictions, &layout);
    g_assert_false (
      ekl_figure_noise_at (&(EklFigureData){ .predictions = predictions }, &layout, 100, &found));
  }
}

static void
test_residual_words (void)
{
  g_autoptr (EklPredictions) predictions = sample_residuals (100, 4);
  g_autofree char *words = NULL, *expected = NULL;
  guint inside = 0;

  for (guint i = 0; i < 80; i++)
    inside += fabs (predictions->data_x[i] - predictions->mean_particle[i]) <= 4;
  words = ekl_figure_describe (EKL_FIGURE_PREDICTIONS, NULL,
                               &(EklFigureData){ .predictions = predictions });
  expected = g_strdup_printf ("%.0f %% of them are within gamma, 4", 100 * inside / 80.0);
  g_assert_nonnull (strstr (words, expected));
}

/* The points of two classes are spread about 0 and 1, and all of them are in the picture. */
static void
test_classes (void)
{
  g_autoptr (EklPredictions) predictions = sample_scatter (100);
  EklFigureLayout layout;

  for (guint i = 0; i < 100; i++) {
    predictions->data_x[i] = i % 2;
    predictions->mean_particle[i] = predictions->descent[i] = 0.4;
    predictions->low[i] = 0;
    predictions->high[i] = 1;
  }
  cairo_surface_destroy (draw (predictions, EKL_THEME_LIGHT, 460, 300, EKL_SHOWN_EKI, &layout));
  g_assert_cmpfloat (layout.x0, <, -0.3);
  g_assert_cmpfloat (layout.x1, >, 1.3);
  g_assert_cmpfloat (layout.y0, >, -0.1);
}

/* Chosen particles have marks of their own. */
static void
test_selected_residuals (void)
{
  g_autoptr (EklPredictions) predictions = sample_residuals (20, 0); /* no band of that colour */
  guint pixels[2];
  EklTheme theme;

  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  for (guint k = 0; k < 2; k++) {
    EklFigureLayout layout;
    cairo_surface_t *surface =
      draw (predictions, EKL_THEME_LIGHT, 500, 350, EKL_SHOWN_EKI, &layout);

    pixels[k] = count_color (surface, theme.third, &layout);
    cairo_surface_destroy (surface);
    if (k == 0) {
      predictions->n_selected = 1;
      predictions->selected = g_new0 (guint, 1);
      predictions->selected_answer = g_new (double, 20);
      for (guint i = 0; i < 20; i++)
        predictions->selected_answer[i] = predictions->data_x[i] + (i % 2 ? 6 : -6);
    }
  }
  g_assert_cmpuint (pixels[1], >, pixels[0] + 15);
}

/* Values that are none, and very large ones. */
static void
test_hostile (void)
{
  static const double values[] = { NAN, INFINITY, -INFINITY, 1e300, -1e300, 0 };

  for (guint k = 0; k < G_N_ELEMENTS (values); k++)
    for (guint n = 1; n <= 41; n += 40) {
      g_autoptr (EklPredictions) predictions = sample_residuals (n, 1);

      predictions->descent[0] = values[k];
      predictions->low[n - 1] = values[k];
      draw_everywhere (predictions);
      predictions->data_x[0] = values[k];
      draw_everywhere (predictions);
      for (guint i = 0; i < n; i++)
        predictions->mean_particle[i] = predictions->descent[i] = values[k];
      draw_everywhere (predictions);
    }
}

/* Over two inputs: the ground is the method's that was asked for, or the disagreement. */
static void
test_field_ground (void)
{
  g_autoptr (EklPredictions) predictions = sample_field (20);
  cairo_surface_t *surface[EKL_N_SHOWN];
  EklFigureLayout layout;

  for (guint shown = 0; shown < EKL_N_SHOWN; shown++)
    surface[shown] = draw (predictions, EKL_THEME_LIGHT, 500, 350, shown, &layout);
  for (guint a = 0; a < EKL_N_SHOWN; a++)
    for (guint b = 0; b < a; b++)
      g_assert_cmpint (memcmp (cairo_image_surface_get_data (surface[a]),
                               cairo_image_surface_get_data (surface[b]), 500 * 350 * 4),
                       !=, 0);
  for (guint shown = 0; shown < EKL_N_SHOWN; shown++)
    cairo_surface_destroy (surface[shown]);
}

/* An axis grows at once, and comes back by a part of the way. */
static void
test_hold (void)
{
  g_autoptr (EklPredictions) predictions = sample_residuals (100, 4);
  const EklFigureData data = { .predictions = predictions };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 400, 300);
  cairo_t *cr = cairo_create (surface);
  EklFigureLayout natural, held;
  EklFigureOptions options;
  EklTheme theme;

  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  ekl_figure_options_init (&options, EKL_FIGURE_PREDICTIONS);
  ekl_figure_draw (EKL_FIGURE_PREDICTIONS, cr, 400, 300, &theme, &options, &data, &natural);
  g_assert_false (natural.settling);

  options.has_held = TRUE;
  options.shrink = 0.25;
  options.held_y0 = natural.y0 / 2;
  options.held_y1 = natural.y1 + 8;
  ekl_figure_draw (EKL_FIGURE_PREDICTIONS, cr, 400, 300, &theme, &options, &data, &held);
  g_assert_cmpfloat_with_epsilon (held.y0, natural.y0, 1e-9);
  g_assert_cmpfloat_with_epsilon (held.y1, natural.y1 + 6, 1e-9);
  g_assert_true (held.settling);

  /* it arrives */
  for (guint k = 0; k < 100 && held.settling; k++) {
    options.held_y0 = held.y0;
    options.held_y1 = held.y1;
    ekl_figure_draw (EKL_FIGURE_PREDICTIONS, cr, 400, 300, &theme, &options, &data, &held);
  }
  g_assert_false (held.settling);
  g_assert_cmpfloat_with_epsilon (held.y1, natural.y1, 1e-9);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_tables (void)
{
  g_autoptr (EklPredictions) curve = sample_curve (), field = sample_field (5),
                             scatter = sample_scatter (40), confusion = sample_confusion (3);
  g_autoptr (EklHistory) history = sample_history (60, 0);
  const struct {
    EklFigureKind kind;
    EklFigureData data;
    const char *head;
    guint n_rows;
  } tables[] = {
    { EKL_FIGURE_PREDICTIONS, { .predictions = curve }, "row,x,y,eki,eki_p10", 260 },
    { EKL_FIGURE_PREDICTIONS, { .predictions = field }, "row,x1,x2,true,eki", 265 },
    { EKL_FIGURE_PREDICTIONS, { .predictions = scatter }, "row,true,eki,eki_p10", 40 },
    { EKL_FIGURE_PREDICTIONS, { .predictions = confusion }, "method,true,answered,rows", 18 },
    { EKL_FIGURE_LOSS,
      { .history = history },
      "step,epoch,method,train_loss,validation_loss,metric,h,time,model_runs,seconds,spread,",
      122 },
  };

  for (guint k = 0; k < G_N_ELEMENTS (tables); k++) {
    g_autofree char *text = ekl_figure_to_csv (tables[k].kind, &tables[k].data);
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    g_auto (GStrv) names = g_strsplit (lines[0], ",", -1);

    g_assert_true (g_str_has_prefix (lines[0], tables[k].head));
    g_assert_cmpuint (g_strv_length (lines), ==, tables[k].n_rows + 2);
    for (guint i = 1; i <= tables[k].n_rows; i++) {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, g_strv_length (names));
    }
    if (tables[k].kind == EKL_FIGURE_LOSS)
      g_assert_nonnull (strstr (text, "Ensemble size 100 -> 200\n"));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/predictions-figure/confusion", test_confusion);
  g_test_add_func ("/predictions-figure/confusion-method", test_confusion_method);
  g_test_add_func ("/predictions-figure/pictures", test_pictures);
  g_test_add_func ("/predictions-figure/picture-pixels", test_picture_pixels);
  g_test_add_func ("/predictions-figure/picture-words", test_picture_words);
  g_test_add_func ("/predictions-figure/noise", test_noise);
  g_test_add_func ("/predictions-figure/no-noise", test_no_noise);
  g_test_add_func ("/predictions-figure/residual-words", test_residual_words);
  g_test_add_func ("/predictions-figure/selected-residuals", test_selected_residuals);
  g_test_add_func ("/predictions-figure/classes", test_classes);
  g_test_add_func ("/predictions-figure/hostile", test_hostile);
  g_test_add_func ("/predictions-figure/field-ground", test_field_ground);
  g_test_add_func ("/predictions-figure/hold", test_hold);
  g_test_add_func ("/predictions-figure/tables", test_tables);
  return g_test_run ();
}

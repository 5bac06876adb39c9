/* test-theme.c - colours that can be told apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "canvas.h"

#include <math.h>

static double
luminance (EklColor color)
{
  const double channel[3] = { color.red, color.green, color.blue };
  static const double weight[3] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    sum += weight[i] *
           (channel[i] <= 0.03928 ? channel[i] / 12.92 : pow ((channel[i] + 0.055) / 1.055, 2.4));

  return sum;
}

static double
contrast (EklColor a, EklColor b)
{
  double x = luminance (a) + 0.05, y = luminance (b) + 0.05;

  return MAX (x, y) / MIN (x, y);
}

static void
test_contrast (void)
{
  for (guint kind = EKL_THEME_LIGHT; kind <= EKL_THEME_PRINT; kind++) {
    EklTheme theme;

    ekl_theme_init (&theme, kind);
    g_assert_cmpfloat (contrast (theme.eki, theme.background), >=, 3);
    g_assert_cmpfloat (contrast (theme.gd, theme.background), >=, 3);
    g_assert_cmpfloat (contrast (theme.third, theme.background), >=, 3);
    g_assert_cmpfloat (contrast (theme.foreground, theme.background), >=, 7);
    g_assert_cmpfloat (contrast (theme.dim, theme.background), >=, 4.5);
  }
}

/* In a panel that slow motion has made low, the back row can still read what is written. */
static void
test_low_panel (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 490, 165);
  cairo_t *cr = cairo_create (surface);
  EklCanvas canvas;
  EklTheme theme;

  ekl_theme_init (&theme, EKL_THEME_PRESENTER);
  ekl_canvas_init (&canvas, cr, &theme, 490, 165);
  g_assert_cmpfloat (canvas.font_size, >=, 15);
  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  ekl_canvas_init (&canvas, cr, &theme, 490, 165);
  g_assert_cmpfloat (canvas.font_size, ==, theme.font_size);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_cividis (void)
{
  double last = -1;

  for (guint i = 0; i <= 100; i++) {
    double now = luminance (ekl_cividis (i / 100.0));

    g_assert_cmpfloat (now, >=, last);
    last = now;
  }
  g_assert_cmpfloat (ekl_cividis (-3).blue, ==, ekl_cividis (0).blue);
  g_assert_cmpfloat (ekl_cividis (NAN).blue, ==, ekl_cividis (0).blue);
  g_assert_cmpfloat (ekl_cividis (INFINITY).red, ==, ekl_cividis (1).red);
  /* the ends of the published table: #00224e and #fee838 */
  g_assert_cmpfloat_with_epsilon (ekl_cividis (0).green, 0x22 / 255.0, 0.03);
  g_assert_cmpfloat_with_epsilon (ekl_cividis (1).red, 0xfe / 255.0, 0.03);
}

static void
test_presenter_is_larger (void)
{
  EklTheme light, presenter;

  ekl_theme_init (&light, EKL_THEME_LIGHT);
  ekl_theme_init (&presenter, EKL_THEME_PRESENTER);
  g_assert_cmpfloat_with_epsilon (presenter.font_size, 1.6 * light.font_size, 1e-9);
  g_assert_cmpfloat_with_epsilon (presenter.line_width, 2 * light.line_width, 1e-9);
}

/* Lines are thicker, colours farther from the ground, and nothing faint is left as faint. */
static void
test_high_contrast_is_stronger (void)
{
  EklTheme light;

  ekl_theme_init (&light, EKL_THEME_LIGHT);
  for (guint kind = EKL_THEME_HIGH_CONTRAST; kind <= EKL_THEME_HIGH_CONTRAST_DARK; kind++) {
    EklTheme theme;

    ekl_theme_init (&theme, kind);
    g_assert_cmpfloat (contrast (theme.dim, theme.background), >=, 7);
    g_assert_cmpfloat (contrast (theme.eki, theme.background), >=, 4.5);
    g_assert_cmpfloat (contrast (theme.gd, theme.background), >=, 4.5);
    g_assert_cmpfloat (contrast (theme.third, theme.background), >=, 4.5);
    g_assert_cmpfloat (theme.line_width, >=, 1.5 * light.line_width);
    g_assert_cmpfloat (theme.strength, >, 1.5 * light.strength);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/theme/low-panel", test_low_panel);
  g_test_add_func ("/theme/contrast", test_contrast);
  g_test_add_func ("/theme/cividis", test_cividis);
  g_test_add_func ("/theme/high-contrast", test_high_contrast_is_stronger);
  g_test_add_func ("/theme/presenter", test_presenter_is_larger);

  return g_test_run ();
}

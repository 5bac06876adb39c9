/* test-contour.c - level lines, regions and levels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "contour.h"

#include "relief.h"
#include "sample.h"

#include <math.h>

static EklField *
circle_field (guint n)
{
  EklField *field = ekl_field_new (n, n, -2, 2, -2, 2);

  for (guint row = 0; row < n; row++)
    for (guint column = 0; column < n; column++)
      field->value[row * n + column] =
        hypot (-2 + 4.0 * column / (n - 1), -2 + 4.0 * row / (n - 1));

  return field;
}

static void
test_circle (void)
{
  g_autoptr (EklField) field = circle_field (65);
  g_autoptr (EklContour) lines = ekl_contour_trace (field, 1);

  g_assert_cmpuint (lines->n_lines, ==, 1);
  g_assert_cmpfloat_with_epsilon (ekl_contour_length (lines), 2 * G_PI, 0.01);
  g_assert_true (lines->point[0].x == lines->point[lines->n_points - 1].x);
  g_assert_true (lines->point[0].y == lines->point[lines->n_points - 1].y);
  for (guint i = 0; i < lines->n_points; i++)
    g_assert_cmpfloat_with_epsilon (hypot (lines->point[i].x, lines->point[i].y), 1, 0.002);
}

static void
test_open_at_the_rim (void)
{
  g_autoptr (EklField) field = circle_field (65);
  g_autoptr (EklContour) lines = ekl_contour_trace (field, 2.4);

  /* the circle of radius 2.4 leaves four arcs in the corners of the square */
  g_assert_cmpuint (lines->n_lines, ==, 4);
  g_assert_cmpfloat_with_epsilon (ekl_contour_length (lines),
                                  4 * 2.4 * (G_PI_2 - 2 * acos (2 / 2.4)), 0.01);
}

static void
test_nothing_outside_the_values (void)
{
  static const double levels[] = { -1, 100, NAN, INFINITY, -INFINITY };
  g_autoptr (EklField) field = circle_field (9);

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++) {
    g_autoptr (EklContour) lines = ekl_contour_trace (field, levels[i]);

    g_assert_cmpuint (lines->n_lines, ==, 0);
  }
}

static void
test_saddle (void)
{
  g_autoptr (EklField) field = ekl_field_new (2, 2, 0, 1, 0, 1);
  static const double high[4] = { 1, 0, 0, 1 };

  for (guint i = 0; i < 4; i++)
    field->value[i] = high[i];

  for (guint above = 0; above < 2; above++) {
    g_autoptr (EklContour) lines = ekl_contour_trace (field, above ? 0.6 : 0.4);

    g_assert_cmpuint (lines->n_lines, ==, 2);
    for (guint k = 0; k < 2; k++) {
      EklPoint a = lines->point[lines->start[k]], b = lines->point[lines->start[k + 1] - 1];
      /* below the middle's value the high corners (0,0) and (1,1) are joined: a line cuts off
       * (0,1) or (1,0) */
      gboolean cuts_high =
        (a.x + b.x) / 2 + (a.y + b.y) / 2 < 0.99 || (a.x + b.x) / 2 + (a.y + b.y) / 2 > 1.01;

      g_assert_cmpint (cuts_high, ==, above);
    }
  }
}

static void
test_unknown_cells_are_left_out (void)
{
  g_autoptr (EklField) field = circle_field (65);
  g_autoptr (EklContour) lines = NULL;

  /* the row of y = 0 is not known yet: the circle is cut twice */
  for (guint column = 0; column < 65; column++)
    field->value[32 * 65 + column] = NAN;
  lines = ekl_contour_trace (field, 1);
  g_assert_cmpuint (lines->n_lines, ==, 2);
  for (guint i = 0; i < lines->n_points; i++)
    g_assert_cmpfloat (fabs (lines->point[i].y), >=, 4.0 / 64 - 1e-12);

  for (guint i = 0; i < 65 * 65; i++)
    field->value[i] = i % 2 ? NAN : INFINITY;
  g_clear_pointer (&lines, ekl_contour_free);
  lines = ekl_contour_trace (field, 1);
  g_assert_cmpuint (lines->n_lines, ==, 0);
}

/* Every crossed edge between two cells belongs to one line: joined lines have as many segments as
 * the cells do. */
static void
test_lines_are_joined (void)
{
  guint32 state = 6;
  g_autoptr (EklField) field = ekl_field_new (20, 20, 0, 19, 0, 19);
  g_autoptr (EklContour) lines = NULL;
  guint n_segments = 0, expected = 0;

  for (guint i = 0; i < 400; i++)
    field->value[i] = sample_normal (&state);
  for (guint row = 0; row < 19; row++) {
    for (guint column = 0; column < 19; column++) {
      const double *v = &field->value[row * 20 + column];
      guint crossed = ((v[0] >= 0) != (v[1] >= 0)) + ((v[1] >= 0) != (v[21] >= 0)) +
                      ((v[21] >= 0) != (v[20] >= 0)) + ((v[20] >= 0) != (v[0] >= 0));

      expected += crossed / 2;
    }
  }
  lines = ekl_contour_trace (field, 0);
  for (guint k = 0; k < lines->n_lines; k++) {
    g_assert_cmpuint (lines->start[k + 1] - lines->start[k], >=, 2);
    n_segments += lines->start[k + 1] - lines->start[k] - 1;
  }
  g_assert_cmpuint (n_segments, ==, expected);
}

static double
filled_area (const EklField *field, double level)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 400, 400);
  cairo_t *cr = cairo_create (surface);
  const guchar *bytes;
  double sum = 0;
  EklScale x, y;

  ekl_scale_init (&x, -2, 2, 0, 400, FALSE);
  ekl_scale_init (&y, -2, 2, 400, 0, FALSE);
  ekl_contour_region_path (field, level, cr, &x, &y);
  cairo_fill (cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = cairo_image_surface_get_data (surface);
  for (guint row = 0; row < 400; row++)
    for (guint column = 0; column < 400; column++)
      sum += bytes[row * cairo_image_surface_get_stride (surface) + column] / 255.0;
  cairo_surface_destroy (surface);

  return sum / 10000;
}

static void
test_region (void)
{
  g_autoptr (EklField) field = circle_field (65);

  g_assert_cmpfloat_with_epsilon (filled_area (field, 1), 16 - G_PI, 0.02);
  g_assert_cmpfloat_with_epsilon (filled_area (field, -INFINITY), 16, 1e-3);
  g_assert_cmpfloat_with_epsilon (filled_area (field, 3), 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (filled_area (NULL, 1), 0, 1e-9);
}

static void
test_levels (void)
{
  g_autoptr (EklField) field = circle_field (33);
  EklLevels levels;

  g_assert_true (ekl_levels_choose (&levels, field, NULL, 8));
  for (guint i = 0; i < levels.n; i++) {
    g_assert_cmpfloat (levels.level[i], >, 0);
    g_assert_cmpfloat (levels.level[i], <, 2.83);
    if (i > 0)
      g_assert_cmpfloat (levels.level[i], >, levels.level[i - 1]);
  }

  for (guint i = 0; i < 33 * 33; i++)
    field->value[i] = pow (10, -3 + 6.0 * i / (33 * 33));
  g_assert_true (ekl_levels_choose (&levels, field, NULL, 8));
  g_assert_true (levels.log);
  g_assert_cmpuint (levels.n, >=, 4);

  for (guint i = 0; i < 33 * 33; i++)
    field->value[i] = 1;
  g_assert_false (ekl_levels_choose (&levels, field, NULL, 8));
  for (guint i = 0; i < 33 * 33; i++)
    field->value[i] = NAN;
  g_assert_false (ekl_levels_choose (&levels, field, NULL, 8));
  g_assert_false (ekl_levels_choose (&levels, NULL, NULL, 8));
  for (guint i = 0; i < 33 * 33; i++)
    field->value[i] = i % 2 ? 1e300 : 1e-300;
  ekl_levels_choose (&levels, field, NULL, 8);
  g_assert_cmpuint (levels.n, <=, EKL_MAX_LEVELS);
}

/* What is drawn is smoother than what was computed, but passes through it. */
static void
test_relief_passes_through_the_field (void)
{
  g_autoptr (EklPlane) plane = sample_plane (5, 2, 17);
  g_auto (EklRelief) relief = { 0 };
  guint factor;

  plane->loss->value[20] = NAN;
  g_assert_true (ekl_relief_init (&relief, plane->loss, NULL));
  g_assert_true (relief.levels.log);
  factor = (relief.field->n_columns - 1) / 16;
  g_assert_cmpuint (factor, >, 1);
  g_assert_cmpuint (relief.field->n_columns, ==, 16 * factor + 1);
  for (guint row = 0; row < 17; row++) {
    for (guint column = 0; column < 17; column++) {
      double drawn = relief.field->value[row * factor * relief.field->n_columns + column * factor];
      double known = plane->loss->value[row * 17 + column];

      g_assert_true (isnan (known) == isnan (drawn));
      if (!isnan (known))
        g_assert_cmpfloat_with_epsilon (drawn, log (known), 1e-9);
    }
  }
}

/* Half way between the points of a coarse grid the smooth field is nearer to the truth than the
 * straight one. */
static void
test_relief_is_smooth (void)
{
  g_autoptr (EklPlane) coarse = sample_plane (5, 2, 17);
  g_autoptr (EklPlane) fine = sample_plane (5, 2, 129);
  g_auto (EklRelief) relief = { 0 };
  double straight = 0, smooth = 0;

  g_assert_true (ekl_relief_init (&relief, coarse->loss, NULL));
  g_assert_cmpuint (relief.field->n_columns, ==, 129);
  for (guint row = 0; row < 129; row += 8) {
    for (guint column = 4; column < 129; column += 8) {
      double truth = log (fine->loss->value[row * 129 + column]);
      const double *known = &coarse->loss->value[row / 8 * 17 + column / 8];

      smooth += pow (relief.field->value[row * 129 + column] - truth, 2);
      straight += pow ((log (known[0]) + log (known[1])) / 2 - truth, 2);
    }
  }
  g_assert_cmpfloat (smooth, <, 0.3 * straight);
}

static double
luminance (const double *channel)
{
  static const double weight[3] = { 0.0722, 0.7152, 0.2126 };
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    sum += weight[i] *
           (channel[i] <= 0.03928 ? channel[i] / 12.92 : pow ((channel[i] + 0.055) / 1.055, 2.4));
  return sum;
}

/* The lowest contrast of a colour with a picture's pixels. */
static double
find_contrast (EklColor color, cairo_surface_t *surface)
{
  const double over = luminance ((double[3]){ color.blue, color.green, color.red }) + 0.05;
  const int stride = cairo_image_surface_get_stride (surface);
  double lowest = INFINITY;

  cairo_surface_flush (surface);
  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++) {
      const guchar *p = cairo_image_surface_get_data (surface) + (gsize) y * (gsize) stride + 4 * x;
      const double below =
        luminance ((double[3]){ p[0] / 255.0, p[1] / 255.0, p[2] / 255.0 }) + 0.05;

      lowest = MIN (lowest, MAX (over, below) / MIN (over, below));
    }
  return lowest;
}

/* Low loss is yellow and high loss blue in every theme, and the series can be seen on all of it. */
static void
test_relief_colors (void)
{
  g_autoptr (EklPlane) plane = sample_plane (5, 2, 17);
  g_auto (EklRelief) relief = { 0 };

  g_assert_true (ekl_relief_init (&relief, plane->loss, NULL));
  for (guint kind = EKL_THEME_LIGHT; kind <= EKL_THEME_PRINT; kind++) {
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 300, 200);
    cairo_t *cr = cairo_create (surface);
    EklChart chart = { 0 };
    EklCanvas canvas;
    EklColor low, high;
    EklTheme theme;

    ekl_theme_init (&theme, kind);
    ekl_canvas_init (&canvas, cr, &theme, 300, 200);
    low = ekl_relief_color (&relief, &canvas, 0);
    high = ekl_relief_color (&relief, &canvas, relief.levels.n);
    g_assert_cmpfloat (MIN (low.red, low.green), >, low.blue + 0.3);
    g_assert_cmpfloat (high.blue, >, MAX (high.red, high.green) + 0.1);

    ekl_scale_init (&chart.x, relief.field->x0, relief.field->x1, 0, 300, FALSE);
    ekl_scale_init (&chart.y, relief.field->y0, relief.field->y1, 200, 0, FALSE);
    ekl_canvas_color (&canvas, theme.background, 1);
    cairo_paint (cr);
    ekl_relief_draw (&relief, &canvas, &chart);
    if (theme.background.red < 0.5) {
      g_assert_cmpfloat (find_contrast (theme.eki, surface), >, 3);
      g_assert_cmpfloat (find_contrast (theme.gd, surface), >, 3);
      g_assert_cmpfloat (find_contrast (theme.third, surface), >, 3);
      g_assert_cmpfloat (find_contrast (theme.foreground, surface), >, 5);
    }
    cairo_destroy (cr);
    cairo_surface_destroy (surface);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contour/circle", test_circle);
  g_test_add_func ("/contour/open", test_open_at_the_rim);
  g_test_add_func ("/contour/outside", test_nothing_outside_the_values);
  g_test_add_func ("/contour/saddle", test_saddle);
  g_test_add_func ("/contour/unknown", test_unknown_cells_are_left_out);
  g_test_add_func ("/contour/joined", test_lines_are_joined);
  g_test_add_func ("/contour/region", test_region);
  g_test_add_func ("/contour/levels", test_levels);

  g_test_add_func ("/relief/passes-through", test_relief_passes_through_the_field);
  g_test_add_func ("/relief/colors", test_relief_colors);
  g_test_add_func ("/relief/smooth", test_relief_is_smooth);

  return g_test_run ();
}

/* picture.c - a figure drawn for a test, and how many pixels of it have a colour
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "picture.h"

#include <math.h>
#include <string.h>

static void
check_layout (const EklFigureLayout *layout, double width, double height)
{
  g_assert_true (isfinite (layout->left) && isfinite (layout->top));
  g_assert_true (isfinite (layout->width) && isfinite (layout->height));
  g_assert_true (isfinite (layout->x0) && isfinite (layout->x1));
  g_assert_true (isfinite (layout->y0) && isfinite (layout->y1));
  if (layout->width > 0) {
    g_assert_cmpfloat (layout->x0, <, layout->x1);
    g_assert_cmpfloat (layout->y0, <, layout->y1);
  }
  if (width >= 300 && height >= 200) {
    g_assert_cmpfloat (layout->left + layout->width, <=, width);
    g_assert_cmpfloat (layout->top + layout->height, <=, height);
    g_assert_cmpfloat (layout->width, >, 0.25 * MIN (width, height));
    g_assert_cmpfloat (layout->height, >, 0.25 * height);
  }
}

/* Draws both passes and the words; fails when cairo is in an error state. */
Picture
picture_draw (EklFigureKind kind,
              EklThemeKind theme_kind,
              double width,
              double height,
              const EklFigureOptions *options,
              const EklFigureData *data)
{
  Picture self = { 0 };
  EklTheme theme;
  cairo_t *cr;
  guint64 step;
  g_autofree char *words = ekl_figure_describe (kind, NULL, data);

  ekl_theme_init (&theme, theme_kind);
  self.surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cr = cairo_create (self.surface);
  ekl_figure_draw (kind, cr, width, height, &theme, options, data, &self.layout);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  check_layout (&self.layout, width, height);
  for (guint k = 0; k < 4; k++) {
    double x = self.layout.left + self.layout.width * k / 2.5;
    double y = k == 3 ? NAN : self.layout.top + self.layout.height * k / 3.0;

    ekl_figure_draw_hover (kind, cr, &theme, options, data, &self.layout, x, y);
    ekl_figure_step_at (kind, options, data, &self.layout, x, &step);
  }
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (self.surface);
  g_assert_nonnull (words);
  g_assert_true (g_utf8_validate (words, -1, NULL));
  g_assert_cmpuint (strlen (words), >, 10);

  return self;
}

/* How many pixels have this colour, give or take rounding. */
guint
picture_count_color (const Picture *self, EklColor color)
{
  const guchar *bytes = cairo_image_surface_get_data (self->surface);
  int stride = cairo_image_surface_get_stride (self->surface);
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (self->surface); y++) {
    const guint32 *line = (const guint32 *) (const void *) (bytes + (gsize) y * stride);

    for (int x = 0; x < cairo_image_surface_get_width (self->surface); x++)
      if (fabs (((line[x] >> 16) & 0xff) - 255 * color.red) < 2 &&
          fabs (((line[x] >> 8) & 0xff) - 255 * color.green) < 2 &&
          fabs ((line[x] & 0xff) - 255 * color.blue) < 2)
        n++;
  }

  return n;
}

/* field_paint.c - a field as colours, its colour bar, and points on it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "field_paint.h"

#include <math.h>
#include <stdlib.h>

#define MAX_SIDE 2048

static EklColor
ground_color (const EklCanvas *canvas, double t, double strength)
{
  return ekl_color_mix (canvas->theme->background, ekl_cividis (t), strength);
}

static guint32
pixel (EklColor color)
{
  return 0xff000000u | (guint32) lround (color.red * 255) << 16 |
         (guint32) lround (color.green * 255) << 8 | (guint32) lround (color.blue * 255);
}

/**
 * ekl_field_paint:
 * @canvas: where to draw
 * @chart: the scales
 * @field: the values; NaN stays the ground's colour
 * @low: value of the first colour
 * @high: value of the last colour
 * @strength: how much of cividis, the rest is the ground
 *
 * Draws a field as colours, linear between the grid's points: one pixel a point, enlarged by cairo.
 */
void
ekl_field_paint (EklCanvas *canvas,
                 EklChart *chart,
                 const EklField *field,
                 double low,
                 double high,
                 double strength)
{
  int width = (int) MIN (field->n_columns, MAX_SIDE), height = (int) MIN (field->n_rows, MAX_SIDE);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  int stride = cairo_image_surface_get_stride (image);
  guchar *bytes = cairo_image_surface_get_data (image);
  double x0 = ekl_scale_map (&chart->x, field->x0), x1 = ekl_scale_map (&chart->x, field->x1);
  double y0 = ekl_scale_map (&chart->y, field->y0), y1 = ekl_scale_map (&chart->y, field->y1);
  guint32 color[256];

  if (!bytes || !isfinite (x0 + x1 + y0 + y1) || x1 - x0 < 1 || y0 - y1 < 1) {
    cairo_surface_destroy (image);
    return;
  }

  for (guint i = 0; i < 256; i++)
    color[i] = pixel (ground_color (canvas, i / 255.0, strength));

  for (int row = 0; row < height; row++) {
    guint32 *line = (guint32 *) (void *) (bytes + (gsize) (height - 1 - row) * stride);

    for (int column = 0; column < width; column++) {
      double t = (field->value[(gsize) row * field->n_columns + column] - low) / (high - low);

      line[column] = isnan (t) ? 0 : color[(int) (CLAMP (t, 0.0, 1.0) * 255 + 0.5)];
    }
  }
  cairo_surface_mark_dirty (image);

  /* the grid's points are the middles of the pixels */
  cairo_save (canvas->cr);
  cairo_rectangle (canvas->cr, x0, y1, x1 - x0, y0 - y1);
  cairo_clip (canvas->cr);
  cairo_translate (canvas->cr, x0, y1);
  cairo_scale (canvas->cr, (x1 - x0) / (width - 1), (y0 - y1) / (height - 1));
  cairo_set_source_surface (canvas->cr, image, -0.5, -0.5);
  cairo_pattern_set_filter (cairo_get_source (canvas->cr), CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend (cairo_get_source (canvas->cr), CAIRO_EXTEND_PAD);
  cairo_paint (canvas->cr);
  cairo_restore (canvas->cr);
  cairo_surface_destroy (image);
}

/**
 * ekl_field_bar_width:
 * @canvas: where to draw
 * @low: value of the first colour
 * @high: value of the last colour
 * @name: (nullable): of the values
 *
 * Returns: the room that ekl_field_bar() needs, px
 */
double
ekl_field_bar_width (EklCanvas *canvas, double low, double high, const char *name)
{
  double widest = 0, width;
  EklTicks ticks;

  ekl_ticks_linear (&ticks, low, high, 4);
  for (guint i = 0; i < ticks.n; i++) {
    ekl_canvas_measure (canvas, ticks.tick[i].label, &(EklTextStyle){ 0 }, &width, NULL);
    widest = MAX (widest, width + 1.2 * canvas->font_size);
  }
  if (name) {
    ekl_canvas_measure (canvas, name, &(EklTextStyle){ 0 }, &width, NULL);
    widest = MAX (widest, width);
  }

  return MIN (widest, canvas->width / 4) + 1.4 * canvas->font_size;
}

/**
 * ekl_field_bar:
 * @canvas: where to draw
 * @plot: the plot area; the bar stands to the right of it
 * @low: value of the first colour
 * @high: value of the last colour
 * @name: (nullable): of the values
 * @strength: as for ekl_field_paint()
 *
 * Draws the colour bar.
 */
void
ekl_field_bar (
  EklCanvas *canvas, EklBox plot, double low, double high, const char *name, double strength)
{
  EklTextStyle style = { .y_align = 0.5, .color = canvas->theme->dim };
  double font = canvas->font_size;
  double x = round (plot.x + plot.width + font * 0.8);
  double top = plot.y + (name && *name ? canvas->line_height * 1.2 : 0);
  double height = plot.y + plot.height - top;
  cairo_pattern_t *colors = cairo_pattern_create_linear (0, plot.y + plot.height, 0, top);
  EklTicks ticks;
  EklScale scale;

  if (name && *name)
    ekl_canvas_text (canvas, name, x, plot.y + canvas->line_height * 0.5, &style);
  for (guint i = 0; i <= 16; i++) {
    EklColor color = ground_color (canvas, i / 16.0, strength);

    cairo_pattern_add_color_stop_rgb (colors, i / 16.0, color.red, color.green, color.blue);
  }
  cairo_rectangle (canvas->cr, x, top, round (font * 0.7), height);
  cairo_set_source (canvas->cr, colors);
  cairo_fill (canvas->cr);
  cairo_pattern_destroy (colors);

  ekl_scale_init (&scale, low, high, plot.y + plot.height, top, FALSE);
  ekl_ticks_linear (&ticks, low, high, CLAMP (height / (3.4 * font), 2, 5));
  for (guint i = 0; i < ticks.n; i++)
    ekl_canvas_text (canvas, ticks.tick[i].label, x + font * 1.1,
                     CLAMP (ekl_scale_map (&scale, ticks.tick[i].value), top + font * 0.4,
                            MAX (plot.y + plot.height - font * 0.4, top + font * 0.4)),
                     &style);
}

#define N_SHADES 24

static int
shade_of (const EklFieldPoint *point)
{
  return isnan (point->t) ? 0 : (int) (CLAMP (point->t, 0.0, 1.0) * (N_SHADES - 1) + 0.5);
}

static int
compare_shade_cb (gconstpointer a, gconstpointer b)
{
  return shade_of (a) - shade_of (b);
}

/**
 * ekl_field_points:
 * @canvas: where to draw
 * @mark: shape
 * @point: (array length=n): the points; sorted by value on return
 * @n: how many
 * @radius: px
 *
 * Draws data on a field: each in its value's colour with a dark and a light rim, so that it is seen
 * on every colour; validation rows with a light middle. All rims first, then the colours, one
 * shade after the other.
 */
void
ekl_field_points (EklCanvas *canvas, EklMark mark, EklFieldPoint *point, guint n, double radius)
{
  static const EklColor dark = { 0.08, 0.08, 0.1, 1 }, light = { 1, 1, 1, 1 };
  g_autofree EklPoint *places = g_new (EklPoint, n + 1);
  guint n_hollow = 0, start = 0;

  qsort (point, n, sizeof *point, compare_shade_cb);
  for (guint i = 0; i < n; i++)
    places[i] = point[i].place;
  ekl_marks_paint (canvas, mark, light, 1, places, n, radius + 1.7);
  ekl_marks_paint (canvas, mark, dark, 1, places, n, radius + 0.8);
  for (guint i = 1; i <= n; i++) {
    if (i < n && shade_of (&point[i]) == shade_of (&point[start]))
      continue;
    ekl_marks_paint (canvas, mark, ekl_cividis (shade_of (&point[start]) / (N_SHADES - 1.0)), 1,
                     places + start, i - start, radius);
    start = i;
  }

  for (guint i = 0; i < n; i++)
    if (point[i].hollow)
      places[n_hollow++] = point[i].place;
  ekl_marks_paint (canvas, mark, light, 1, places, n_hollow, radius * 0.55);
}

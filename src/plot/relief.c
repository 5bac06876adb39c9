/* relief.c - the loss as ground of the parameter plane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "relief.h"

#include <math.h>

#define N_LEVELS 9
/* The ground must not drown the particles: this much of cividis, the rest is the theme's ground. */
#define STRENGTH_LIGHT 0.34
/* On a dark ground yellow is what would, and dark blue is hardly seen: from low loss to high. */
#define STRENGTH_DARK_LOW  0.20
#define STRENGTH_DARK_HIGH 0.36

/* The grid that is drawn has about so many points a side, whatever was computed. */
#define DRAWN_SIDE 128

static double
as_drawn (const EklRelief *self, double value)
{
  return self->levels.log ? log (value) : value;
}

/* The cubic through b and c with the slopes of their neighbours (Catmull and Rom 1974). Where a
 * neighbour is not known it is put on the straight line. */
static double
between (double a, double b, double c, double d, double t)
{
  if (t <= 0)
    return b;
  if (!isfinite (a))
    a = 2 * b - c;
  if (!isfinite (d))
    d = 2 * c - b;

  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/* One line of n values, `stride` apart, to factor * (n - 1) + 1 values. */
static void
refine_line (
  const double *in, gsize in_stride, guint n, guint factor, double *out, gsize out_stride)
{
  for (guint i = 0; i + 1 < n; i++) {
    double b = in[i * in_stride], c = in[(i + 1) * in_stride];
    double a = i > 0 ? in[(i - 1) * in_stride] : NAN;
    double d = i + 2 < n ? in[(i + 2) * in_stride] : NAN;

    for (guint k = 0; k < factor; k++)
      out[(i * factor + k) * out_stride] = between (a, b, c, d, (double) k / factor);
  }
  out[(gsize) (n - 1) * factor * out_stride] = in[(n - 1) * in_stride];
}

/* A coarse grid has lines with corners: between its points the field is made smooth, through them
 * it passes. */
static void
refine (EklField *field)
{
  guint side = MAX (field->n_columns, field->n_rows) - 1;
  guint factor = CLAMP (DRAWN_SIDE / MAX (side, 1), 1, 16);
  guint n_columns = (field->n_columns - 1) * factor + 1;
  guint n_rows = (field->n_rows - 1) * factor + 1;
  g_autofree double *wide = NULL;
  double *value;

  if (factor < 2)
    return;

  wide = g_new (double, (gsize) n_columns * field->n_rows);
  value = g_new (double, (gsize) n_columns *n_rows);
  for (guint row = 0; row < field->n_rows; row++)
    refine_line (field->value + (gsize) row * field->n_columns, 1, field->n_columns, factor,
                 wide + (gsize) row * n_columns, 1);
  for (guint column = 0; column < n_columns; column++)
    refine_line (wide + column, n_columns, field->n_rows, factor, value + column, n_columns);

  g_free (field->value);
  field->value = value;
  field->n_columns = n_columns;
  field->n_rows = n_rows;
}

/**
 * ekl_relief_init:
 * @self: (out): the relief
 * @loss: (nullable): the loss in the plane; NaN where it is not known yet
 * @corners: (array fixed-size=2): lower left and upper right of what is seen, about
 *
 * Chooses the levels and takes the logarithm where they rise by factors, so that lines between
 * grid points lie where they belong.
 *
 * Returns: whether there is anything to draw
 */
gboolean
ekl_relief_init (EklRelief *self, const EklField *loss, const EklPoint *corners)
{
  gsize n;

  *self = (EklRelief){ 0 };
  if (!ekl_levels_choose (&self->levels, loss, corners, N_LEVELS))
    return FALSE;

  n = (gsize) loss->n_columns * loss->n_rows;
  self->field = g_new (EklField, 1);
  *self->field = *loss;
  self->field->value = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    self->field->value[i] = as_drawn (self, loss->value[i]);
  refine (self->field);

  return TRUE;
}

/* The field between its points; NaN outside. */
static double
sample (const EklField *field, EklPoint p)
{
  const double x = (p.x - field->x0) / (field->x1 - field->x0) * (field->n_columns - 1);
  const double y = (p.y - field->y0) / (field->y1 - field->y0) * (field->n_rows - 1);
  const double *v;
  guint i, k;

  if (!(x >= 0 && y >= 0 && x <= field->n_columns - 1 && y <= field->n_rows - 1))
    return NAN;
  i = MIN ((guint) x, field->n_columns - 2);
  k = MIN ((guint) y, field->n_rows - 2);
  v = field->value + (gsize) k * field->n_columns + i;
  return (k + 1 - y) * ((i + 1 - x) * v[0] + (x - i) * v[1]) +
         (y - k) * ((i + 1 - x) * v[field->n_columns] + (x - i) * v[field->n_columns + 1]);
}

/**
 * ekl_relief_init_part:
 * @self: (out): the relief
 * @whole: one that has a field
 * @low: lower left of the part
 * @high: upper right
 * @side: points a side
 *
 * A small part of a relief with the same levels, to be drawn large: only what is seen is drawn.
 */
void
ekl_relief_init_part (
  EklRelief *self, const EklRelief *whole, EklPoint low, EklPoint high, guint side)
{
  *self = (EklRelief){ .levels = whole->levels };
  self->field = g_new (EklField, 1);
  *self->field = (EklField){ side, side, low.x, high.x, low.y, high.y, NULL };
  self->field->value = g_new (double, (gsize) side *side);
  for (guint row = 0; row < side; row++)
    for (guint column = 0; column < side; column++)
      self->field->value[row * side + column] =
        sample (whole->field, (EklPoint){ low.x + (high.x - low.x) * column / (side - 1),
                                          low.y + (high.y - low.y) * row / (side - 1) });
}

/**
 * ekl_relief_clear:
 * @self: a relief
 *
 * Frees it.
 */
void
ekl_relief_clear (EklRelief *self)
{
  if (self->field)
    g_free (self->field->value);
  g_clear_pointer (&self->field, g_free);
}

static gboolean
is_dark (const EklCanvas *canvas)
{
  const EklColor ground = canvas->theme->background;

  return ground.red + ground.green + ground.blue < 1.5;
}

/**
 * ekl_relief_color:
 * @self: a relief
 * @canvas: where to draw
 * @band: 0 lies below the first level
 *
 * Low loss is yellow and high loss blue on every ground, so that a picture means the same in every
 * theme; on a dark one the blue end is not quite as dark.
 *
 * Returns: the band's colour on marks
 */
EklColor
ekl_relief_color (const EklRelief *self, const EklCanvas *canvas, guint band)
{
  double t = (double) band / self->levels.n;

  return ekl_cividis (1 - (is_dark (canvas) ? 0.88 : 0.95) * t);
}

static double
get_strength (const EklRelief *self, const EklCanvas *canvas, guint band)
{
  const double t = (double) band / self->levels.n;

  /* high contrast is above all the particles' there */
  if (is_dark (canvas))
    return (0.75 + 0.25 * canvas->theme->strength) *
           (STRENGTH_DARK_LOW + (STRENGTH_DARK_HIGH - STRENGTH_DARK_LOW) * t);
  return 0.5 * (1 + canvas->theme->strength) * STRENGTH_LIGHT;
}

/* The same as ground. */
static EklColor
band_color (const EklRelief *self, const EklCanvas *canvas, guint band)
{
  return ekl_color_mix (canvas->theme->background, ekl_relief_color (self, canvas, band),
                        get_strength (self, canvas, band));
}

/**
 * ekl_relief_draw:
 * @self: a relief
 * @canvas: where to draw
 * @chart: the plane's scales
 *
 * Draws the filled levels and a thin line between any two. What is not known stays the ground's
 * colour.
 */
void
ekl_relief_draw (const EklRelief *self, EklCanvas *canvas, EklChart *chart)
{
  cairo_t *cr = canvas->cr;

  for (guint band = 0; band <= self->levels.n; band++) {
    double level = band == 0 ? -INFINITY : as_drawn (self, self->levels.level[band - 1]);

    ekl_canvas_color (canvas, band_color (self, canvas, band), 1);
    ekl_contour_region_path (self->field, level, cr, &chart->x, &chart->y);
    cairo_fill (cr);
  }

  cairo_set_line_width (cr, 0.8);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (cr, NULL, 0, 0);
  ekl_canvas_color (canvas, canvas->theme->foreground, is_dark (canvas) ? 0.13 : 0.22);
  for (guint i = 0; i < self->levels.n; i++) {
    g_autoptr (EklContour) lines =
      ekl_contour_trace (self->field, as_drawn (self, self->levels.level[i]));

    ekl_contour_path (lines, cr, &chart->x, &chart->y);
  }
  cairo_stroke (cr);
}

static const char *
bar_name (const EklRelief *self)
{
  return self->name != NULL ? self->name : "loss";
}

/* Of levels at equal steps; 0: they rise by factors. */
static double
get_step (const EklRelief *self)
{
  const double *level = self->levels.level;
  const double step = self->levels.n > 1 ? level[1] - level[0] : 0;

  for (guint i = 2; i < self->levels.n; i++)
    if (fabs (level[i] - level[i - 1] - step) > 1e-6 * step)
      return 0;
  return step;
}

/* At equal steps all with as many decimals as tell them apart, 1.00 above 0.95; else as short as can be. */
static char *
level_label (const EklRelief *self, guint i)
{
  const double level = self->levels.level[i], step = get_step (self);

  if (step > 1e-9 && step < 1 && fabs (level) < 1e6)
    return g_strdup_printf ("%.*f", (int) ceil (-log10 (step) - 1e-9), level);
  return ekl_format_short (level);
}

/**
 * ekl_relief_bar_width:
 * @self: a relief
 * @canvas: where to draw
 *
 * Returns: the room the colour bar and its labels need, px
 */
double
ekl_relief_bar_width (const EklRelief *self, EklCanvas *canvas)
{
  double widest = 0, width;

  for (guint i = 0; i < self->levels.n; i++) {
    g_autofree char *label = level_label (self, i);

    ekl_canvas_measure (canvas, label, &(EklTextStyle){ 0 }, &width, NULL);
    widest = MAX (widest, width);
  }
  ekl_canvas_measure (canvas, bar_name (self), &(EklTextStyle){ 0 }, &width, NULL);

  return MAX (widest + canvas->font_size * 1.1, width) + canvas->font_size * 1.2;
}

/**
 * ekl_relief_draw_bar:
 * @self: a relief
 * @canvas: where to draw
 * @plot: the plot area; the bar stands to the right of it
 * @strong: whether marks have the scale's colours too; they stand in the bar's right half
 *
 * Draws the colour bar: the levels' colours and values, low at the bottom.
 */
void
ekl_relief_draw_bar (const EklRelief *self, EklCanvas *canvas, EklBox plot, gboolean strong)
{
  EklTextStyle style = { .y_align = 0.5, .color = canvas->theme->dim };
  double font = canvas->font_size;
  double x = round (plot.x + plot.width + font * 0.7);
  double top = plot.y + canvas->line_height * 1.2;
  double height = plot.y + plot.height - top;
  double step = height / (self->levels.n + 1);
  double free_to = INFINITY;

  ekl_canvas_text (canvas, bar_name (self), x, plot.y + canvas->line_height * 0.5, &style);
  for (guint band = 0; band <= self->levels.n; band++) {
    double y = plot.y + plot.height - (band + 1) * step;
    double lower = round (plot.y + plot.height - band * step);

    ekl_canvas_color (canvas, band_color (self, canvas, band), 1);
    cairo_rectangle (canvas->cr, x, round (y), round (font * 0.7), lower - round (y));
    cairo_fill (canvas->cr);
    if (strong) {
      ekl_canvas_color (canvas, ekl_relief_color (self, canvas, band), 1);
      cairo_rectangle (canvas->cr, x + round (font * 0.35), round (y),
                       round (font * 0.7) - round (font * 0.35), lower - round (y));
      cairo_fill (canvas->cr);
    }
    if (band < self->levels.n && y + canvas->line_height / 2 <= free_to) {
      g_autofree char *label = level_label (self, band);

      ekl_canvas_text (canvas, label, x + font * 1.1, y, &style);
      free_to = y - canvas->line_height / 2;
    }
  }

  ekl_canvas_color (canvas, canvas->theme->dim, 0.5);
  cairo_set_line_width (canvas->cr, 1);
  cairo_rectangle (canvas->cr, x - 0.5, round (top) - 0.5, round (font * 0.7) + 1,
                   round (height) + 1);
  cairo_stroke (canvas->cr);
}

/* field_figure.c - predictions over two inputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "field_paint.h"
#include "figure_private.h"

#include "contour.h"
#include "marks.h"
#include "series.h"

#include <math.h>

#define WIDE            34
#define GROUND_STRENGTH 0.72 /* of cividis; the rest is the theme's ground */
#define N_LEVELS        4    /* lines over a range of values, about */
#define MAX_POINTS      4000
#define METHOD_PEN      1.1 /* line widths */
#define SELECTED_PEN    0.7

typedef struct {
  const EklPredictions *data;
  double low, high; /* values at the ends of the colours */
  gboolean classes; /* two different true values */
} FieldFigure;

/**
 * ekl_field_at:
 * @field: (nullable): a field
 * @x: in the field's own units
 * @y: likewise
 *
 * Returns: its value at the grid's point nearest to (@x, @y); NaN outside
 */
double
ekl_field_at (const EklField *field, double x, double y)
{
  double column, row;

  if (!field || !field->value || field->n_columns < 2 || field->n_rows < 2)
    return NAN;

  column = (x - field->x0) / (field->x1 - field->x0) * (field->n_columns - 1);
  row = (y - field->y0) / (field->y1 - field->y0) * (field->n_rows - 1);
  if (!(column >= -0.5 && column <= field->n_columns - 0.5 && row >= -0.5 &&
        row <= field->n_rows - 0.5))
    return NAN;

  return field->value[(gsize) CLAMP (lround (row), 0, (long) field->n_rows - 1) * field->n_columns +
                      (gsize) CLAMP (lround (column), 0, (long) field->n_columns - 1)];
}

static gboolean
is_usable (const EklField *field)
{
  return field && field->value && field->n_columns > 1 && field->n_rows > 1;
}

static void
find_values (FieldFigure *self, const EklPredictions *data)
{
  EklRange range;
  double first = NAN, second = NAN;

  *self = (FieldFigure){ .data = data, .classes = data->n_data > 0 && data->data_value };
  ekl_range_init (&range);
  for (guint i = 0; i < data->n_data && data->data_value; i++) {
    double value = data->data_value[i];

    ekl_range_add (&range, value);
    if (!isfinite (value) || value == first || value == second)
      continue;
    if (isnan (first))
      first = value;
    else if (isnan (second))
      second = value;
    else
      self->classes = FALSE;
  }

  if (!(range.low < range.high) && is_usable (data->mean_field))
    for (gsize i = 0; i < (gsize) data->mean_field->n_columns * data->mean_field->n_rows; i++)
      ekl_range_add (&range, data->mean_field->value[i]);
  if (isnan (second))
    self->classes = FALSE;
  ekl_range_resolve (&range, FALSE, 0, &self->low, &self->high);
}

static void
find_extent (const EklPredictions *data, const EklFigureOptions *options, EklAxes *axes)
{
  const EklField *field = is_usable (data->mean_field) ? data->mean_field : data->descent_field;
  EklRange x, y;

  ekl_range_init (&x);
  ekl_range_init (&y);
  if (is_usable (field)) {
    ekl_range_add (&x, field->x0);
    ekl_range_add (&x, field->x1);
    ekl_range_add (&y, field->y0);
    ekl_range_add (&y, field->y1);
  } else {
    for (guint i = 0; i < data->n_data; i++) {
      ekl_range_add (&x, data->data_x[i]);
      ekl_range_add (&y, data->data_y[i]);
    }
  }
  ekl_range_resolve (&x, FALSE, 0, &axes->x0, &axes->x1);
  ekl_range_resolve (&y, FALSE, 0, &axes->y0, &axes->y1);
  if (options->has_view) {
    axes->x0 = options->view_x0;
    axes->x1 = options->view_x1;
    axes->y0 = options->view_y0;
    axes->y1 = options->view_y1;
  }
}

/* The level lines of one method: one between two classes, a few at round values over a range. */
static void
draw_levels (const FieldFigure *self,
             EklCanvas *canvas,
             EklChart *chart,
             const EklField *field,
             EklColor color,
             double pen,
             EklStroke stroke)
{
  EklTicks ticks;

  if (!is_usable (field))
    return;

  ekl_ticks_linear (&ticks, self->low, self->high, N_LEVELS);
  if (self->classes) {
    ticks.n = 1;
    ticks.tick[0].value = (self->low + self->high) / 2;
  }
  cairo_new_path (canvas->cr);
  for (guint k = 0; k < ticks.n; k++) {
    g_autoptr (EklContour) lines = ekl_contour_trace (field, ticks.tick[k].value);

    ekl_contour_path (lines, canvas->cr, &chart->x, &chart->y);
  }
  ekl_stroke_set (canvas, canvas->line_width * pen + 2.4, EKL_STROKE_SOLID);
  ekl_canvas_color (canvas, canvas->theme->background, 0.8);
  cairo_stroke_preserve (canvas->cr);
  ekl_stroke_set (canvas, canvas->line_width * pen, stroke);
  ekl_canvas_color (canvas, color, 1);
  cairo_stroke (canvas->cr);
}

/* The boundary, or the level lines, of each selected particle, thinner than the methods'. */
static void
draw_selected (const FieldFigure *self, EklCanvas *canvas, EklChart *chart)
{
  const EklPredictions *data = self->data;

  for (guint k = 0; is_usable (data->mean_field) && data->selected_answer && k < data->n_selected;
       k++) {
    EklField field = *data->mean_field;

    if (data->n_points != field.n_columns * field.n_rows)
      return;
    field.value = data->selected_answer + (gsize) k * data->n_points;
    draw_levels (self, canvas, chart, &field, canvas->theme->third, SELECTED_PEN,
                 EKL_STROKE_DASH_DOT);
  }
}

/* Hatched from here on: a round number, about a quarter of the data's range. */
static double
disagreement (const FieldFigure *self)
{
  return ekl_tick_step (0, self->high - self->low, 4);
}

static void
hatch_disagreement (const FieldFigure *self, EklCanvas *canvas, EklChart *chart)
{
  double threshold = disagreement (self);
  double step = canvas->font_size * 0.62;
  EklBox plot = chart->plot;

  if (!is_usable (self->data->spread_field))
    return;

  cairo_save (canvas->cr);
  cairo_new_path (canvas->cr);
  ekl_contour_region_path (self->data->spread_field, threshold, canvas->cr, &chart->x, &chart->y);
  cairo_clip (canvas->cr);
  for (double d = -plot.height; d < plot.width; d += step) {
    cairo_move_to (canvas->cr, plot.x + d, plot.y + plot.height);
    cairo_line_to (canvas->cr, plot.x + d + plot.height, plot.y);
  }
  ekl_stroke_set (canvas, 1.1, EKL_STROKE_SOLID);
  ekl_canvas_color (canvas, canvas->theme->background, 0.75);
  cairo_stroke (canvas->cr);
  cairo_restore (canvas->cr);
}

/* Class by shape and by colour. */
static void
draw_data (const FieldFigure *self, EklCanvas *canvas, EklChart *chart)
{
  const EklPredictions *data = self->data;
  guint stride = 1 + (data->n_data > 0 ? (data->n_data - 1) / MAX_POINTS : 0);
  double radius = (data->n_data > 600   ? 1.8
                   : data->n_data > 200 ? 2.5
                                        : 3.2) *
                  MAX (1, canvas->line_width / 2.6);
  g_autofree EklFieldPoint *points = g_new (EklFieldPoint, data->n_data / stride + 2);

  if (!data->data_x || !data->data_y)
    return;

  for (guint shape = 0; shape < 2; shape++) {
    guint n = 0;

    for (guint i = 0; i < data->n_data; i += stride) {
      double value = data->data_value ? data->data_value[i] : NAN;
      double t = (value - self->low) / (self->high - self->low);
      EklPoint place = { ekl_scale_map (&chart->x, data->data_x[i]),
                         ekl_scale_map (&chart->y, data->data_y[i]) };

      if (isfinite (place.x) && isfinite (place.y) && (self->classes && t > 0.5) == shape)
        points[n++] = (EklFieldPoint){ place, t, i >= data->n_training };
    }
    ekl_field_points (canvas, shape ? EKL_MARK_TRIANGLE : EKL_MARK_DOT, points, n, radius);
  }
}

/* What the colours say. */
typedef struct {
  const EklField *field;
  const char *name;
  double low, high;
  gboolean differs; /* not an answer, but how far the particles' answers lie apart */
} Ground;

/* What is not there gives way to what is. */
static Ground
choose_ground (const EklPredictions *data, EklShown shown)
{
  Ground self = { .field = data->mean_field, .name = data->output_name };

  if (shown == EKL_SHOWN_DISAGREEMENT && is_usable (data->spread_field)) {
    EklRange range;

    ekl_range_init (&range);
    ekl_range_add (&range, 0);
    for (gsize i = 0; i < (gsize) data->spread_field->n_columns * data->spread_field->n_rows; i++)
      ekl_range_add (&range, data->spread_field->value[i]);
    self = (Ground){ .field = data->spread_field, .name = "P90 − P10", .differs = TRUE };
    ekl_range_resolve (&range, FALSE, 0, &self.low, &self.high);
  } else if (!is_usable (self.field) ||
             (shown == EKL_SHOWN_GD && is_usable (data->descent_field))) {
    self.field = data->descent_field;
  }

  return self;
}

/* Whose answers the colours are: two methods share one ground. */
static const char *
name_ground (const EklPredictions *data, const Ground *ground)
{
  return ground->differs                        ? "colours: where particles disagree"
         : ground->field == data->descent_field ? "colours: GD"
                                                : "colours: EKI";
}

/* The data by their two values; of several classes the field shows one, and whether a datum is of it. */
static void
add_values (const FieldFigure *self, EklLegend *legend, EklCanvas *canvas, gboolean roomy)
{
  const EklPredictions *data = self->data;
  const EklColor color = canvas->theme->foreground;
  const char *name = data->output_name ? data->output_name : "class";
  g_autofree char *low = ekl_format_short (self->low);
  g_autofree char *high = ekl_format_short (self->high);

  if (data->n_classes > 2) {
    ekl_legend_add (legend, EKL_KEY_DOT, color, roomy ? "another class" : "others");
    ekl_legend_add (legend, EKL_KEY_TRIANGLE, color, roomy ? "class %s" : "%s", name);
  } else {
    ekl_legend_add (legend, EKL_KEY_DOT, color, "%s%s%s", roomy ? name : "", roomy ? " = " : "",
                    low);
    ekl_legend_add (legend, EKL_KEY_TRIANGLE, color, "%s%s%s", roomy ? name : "",
                    roomy ? " = " : "", high);
  }
}

static void
fill_legend (const FieldFigure *self, EklLegend *legend, EklCanvas *canvas, const Ground *ground)
{
  const EklPredictions *data = self->data;
  const EklTheme *theme = canvas->theme;
  gboolean roomy = canvas->width > WIDE * canvas->font_size;
  g_autofree char *threshold = ekl_format_short (disagreement (self));
  const char *what = self->classes ? "boundary" : "level lines";

  if (is_usable (data->descent_field))
    ekl_legend_add (legend, EKL_KEY_DASHED, theme->gd, roomy ? "GD %s" : "GD", what);
  if (is_usable (data->mean_field))
    ekl_legend_add (legend, EKL_KEY_LINE, theme->eki, roomy ? "EKI %s" : "EKI", what);
  if (data->n_selected > 0)
    ekl_legend_add (legend, EKL_KEY_DASH_DOT, theme->third, "%u selected", data->n_selected);
  if (self->classes)
    add_values (self, legend, canvas, roomy);
  if (is_usable (ground->field))
    ekl_legend_add (legend, EKL_KEY_NONE, theme->dim, "%s", name_ground (data, ground));
  if (is_usable (data->spread_field) && !ground->differs)
    ekl_legend_add (legend, EKL_KEY_HATCH, theme->dim,
                    roomy ? "particles disagree: P90 − P10 > %s" : "disagree", threshold);
  if (data->n_training < data->n_data)
    ekl_legend_add (legend, EKL_KEY_HOLLOW_DOT, theme->foreground, "validation");
}

/**
 * ekl_field_figure_draw:
 * @canvas: where to draw
 * @options: its options
 * @data: predictions of kind FIELD
 * @layout: (out): what was drawn where
 *
 * Draws the mean particle's answer over two inputs as colours (gradient descent's where EKI is
 * off or asked for), hatched where the particles disagree, or that disagreement itself as colours;
 * with the level lines of both methods and of selected particles, and the data.
 */
void
ekl_field_figure_draw (EklCanvas *canvas,
                       const EklFigureOptions *options,
                       const EklPredictions *data,
                       EklFigureLayout *layout)
{
  g_auto (EklLegend) legend = { 0 };
  EklAxes axes = { .x_name = data->x_name, .quiet = TRUE };
  Ground ground = choose_ground (data, options->shown);
  gboolean has_bar = canvas->width > WIDE * canvas->font_size;
  FieldFigure self;
  EklChart chart;
  double top;

  find_values (&self, data);
  if (!ground.differs) {
    ground.low = self.low;
    ground.high = self.high;
  }
  find_extent (data, options, &axes);
  fill_legend (&self, &legend, canvas, &ground);
  top = ekl_header_draw (canvas, ekl_figure_title (options), data->y_name, &legend);
  axes.right = has_bar ? ekl_field_bar_width (canvas, ground.low, ground.high, ground.name) : 0;
  ekl_chart_layout (&chart, canvas, ekl_figure_area (canvas, top), &axes);

  cairo_save (canvas->cr);
  ekl_canvas_clip (canvas, chart.plot);
  if (is_usable (ground.field))
    ekl_field_paint (canvas, &chart, ground.field, ground.low, ground.high, GROUND_STRENGTH);
  if (!ground.differs)
    hatch_disagreement (&self, canvas, &chart);
  draw_data (&self, canvas, &chart);
  draw_selected (&self, canvas, &chart);
  draw_levels (&self, canvas, &chart, data->descent_field, canvas->theme->gd, METHOD_PEN,
               EKL_STROKE_DASHED);
  draw_levels (&self, canvas, &chart, data->mean_field, canvas->theme->eki, METHOD_PEN,
               EKL_STROKE_SOLID);
  cairo_restore (canvas->cr);

  ekl_chart_labels (&chart, canvas);
  if (has_bar)
    ekl_field_bar (canvas, chart.plot, ground.low, ground.high, ground.name, GROUND_STRENGTH);
  ekl_chart_export (&chart, layout);
}

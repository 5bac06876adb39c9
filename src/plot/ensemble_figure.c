/* ensemble_figure.c - the ensemble's spread, and the step size below it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "history_axis.h"
#include "marks.h"
#include "readout.h"
#include "series.h"

#include <math.h>

#define UPPER_SHARE  0.6 /* of the height: the spread; the rest is for the step size */
#define LEAST_HEIGHT 15  /* in font sizes: below it there is only the spread */

typedef struct {
  EklSeries spread, step_size[EKL_N_METHODS];
  GArray *repairs; /* of EklPoint: place and how many so far */
  guint64 repaired;
  double x0, x1;
} EnsembleCurves;

static void
curves_clear (EnsembleCurves *self)
{
  ekl_series_clear (&self->spread);
  for (guint m = 0; m < EKL_N_METHODS; m++)
    ekl_series_clear (&self->step_size[m]);
  g_clear_pointer (&self->repairs, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EnsembleCurves, curves_clear)

static void
read_record (EnsembleCurves *self, const EklRecord *record, const EklFigureOptions *options)
{
  for (guint m = 0; m < EKL_N_METHODS; m++) {
    const EklMethodRecord *now = &record->method[m];
    double x = ekl_record_x (record, m, options->x_axis);

    if (!now->present || now->diverged || (options->log_x && !(x > 0))) {
      ekl_series_gap (&self->step_size[m]);
      continue;
    }
    /* the start has no step yet */
    if (record->step > 0 && isfinite (now->step_size))
      ekl_series_add (&self->step_size[m], x, now->step_size);
    if (m != EKL_METHOD_EKI)
      continue;

    if (isfinite (now->spread))
      ekl_series_add (&self->spread, x, now->spread);
    if (now->repaired > self->repaired) {
      EklPoint repair = { x, (double) now->repaired };

      g_array_append_val (self->repairs, repair);
      self->repaired = now->repaired;
    }
  }
}

static void
curves_init (EnsembleCurves *self,
             const EklRecord *records,
             guint n,
             const EklFigureOptions *options,
             double width)
{
  EklScale x;

  *self = (EnsembleCurves){ .repairs = g_array_new (FALSE, FALSE, sizeof (EklPoint)) };
  ekl_records_x_range (records, n, options->x_axis, options->log_x, &self->x0, &self->x1);
  if (options->has_view && options->view_x0 < options->view_x1 &&
      (!options->log_x || options->view_x0 > 0)) {
    self->x0 = options->view_x0;
    self->x1 = options->view_x1;
  }

  ekl_scale_init (&x, self->x0, self->x1, 0, width, options->log_x);
  ekl_series_init (&self->spread, &x);
  for (guint m = 0; m < EKL_N_METHODS; m++)
    ekl_series_init (&self->step_size[m], &x);
  for (guint i = 0; i < n; i++)
    read_record (self, &records[i], options);
  ekl_series_end (&self->spread);
  for (guint m = 0; m < EKL_N_METHODS; m++)
    ekl_series_end (&self->step_size[m]);
}

/* A constant is drawn in the middle of a decade, not of a hair's breadth. */
static void
resolve (const EklRange *range, gboolean log, double *v0, double *v1)
{
  EklRange wide = *range;

  if (log && wide.positive > 0 && wide.high > 0 && wide.high / wide.positive < 4) {
    double room = sqrt (4 / (wide.high / wide.positive));

    wide.positive /= room;
    wide.high *= room;
  } else if (!log && wide.low >= 0) {
    wide.low = 0;
  }
  ekl_range_resolve (&wide, log, 0.05, v0, v1);
  if (!log && range->low >= 0)
    *v0 = 0;
}

static void
draw_line (
  EklChart *chart, EklCanvas *canvas, const EklSeries *series, EklColor color, EklStroke stroke)
{
  cairo_save (canvas->cr);
  ekl_chart_clip (chart, canvas);
  ekl_series_draw (series, canvas, &chart->x, &chart->y, color, canvas->line_width, stroke);
  cairo_restore (canvas->cr);
  if (series->n == 1)
    ekl_mark_paint (canvas, EKL_MARK_DOT, EKL_MARK_FILLED, color,
                    ekl_scale_map (&chart->x, series->point[0].x),
                    ekl_scale_map (&chart->y, series->point[0].y), canvas->line_width * 1.6);
}

static void
draw_repairs (EklChart *chart, EklCanvas *canvas, const EnsembleCurves *curves)
{
  double y = chart->plot.y + chart->plot.height - canvas->font_size * 0.45;
  double last = -INFINITY;

  for (guint i = 0; i < curves->repairs->len; i++) {
    double x = ekl_scale_map (&chart->x, g_array_index (curves->repairs, EklPoint, i).x);

    if (x < chart->plot.x - 1 || x > chart->plot.x + chart->plot.width + 1 ||
        x - last < canvas->font_size * 0.4)
      continue;
    ekl_mark_paint (canvas, EKL_MARK_TRIANGLE, EKL_MARK_FILLED, canvas->theme->third, x, y,
                    canvas->font_size * 0.3);
    last = x;
  }
}

/* The lower chart's place follows from the upper one's, so that the hover pass finds it again. */
static EklBox
lower_area (const EklCanvas *canvas, EklBox area, double upper_bottom)
{
  double top = upper_bottom + canvas->line_height * 1.9;

  return (EklBox){ area.x, top, area.width, MAX (area.y + area.height - top, 1) };
}

static double
values_width (EklCanvas *canvas, const EklRange *range, gboolean log)
{
  EklTicks ticks;
  double v0, v1, widest = 0, width;

  resolve (range, log, &v0, &v1);
  if (log)
    ekl_ticks_log (&ticks, v0, v1, 4);
  else
    ekl_ticks_linear (&ticks, v0, v1, 4);
  for (guint i = 0; i < ticks.n; i++) {
    ekl_canvas_measure (canvas, ticks.tick[i].label, &(EklTextStyle){ 0 }, &width, NULL);
    widest = MAX (widest, width);
  }

  return widest + canvas->font_size * 1.3;
}

static void
draw_lower (EklCanvas *canvas, EklBox area, EklAxes axes, const EnsembleCurves *curves)
{
  EklTextStyle quiet = { .y_align = 0.5, .color = canvas->theme->dim };
  EklRange range = curves->step_size[EKL_METHOD_EKI].range;
  g_auto (EklLegend) legend = { 0 };
  EklChart chart;
  double y = area.y - canvas->line_height * 0.95;

  ekl_range_union (&range, &curves->step_size[EKL_METHOD_GD].range);
  resolve (&range, axes.log_y, &axes.y0, &axes.y1);
  ekl_chart_layout (&chart, canvas, area, &axes);
  ekl_chart_grid (&chart, canvas);
  draw_line (&chart, canvas, &curves->step_size[EKL_METHOD_GD], canvas->theme->gd,
             EKL_STROKE_DASHED);
  draw_line (&chart, canvas, &curves->step_size[EKL_METHOD_EKI], canvas->theme->eki,
             EKL_STROKE_SOLID);
  ekl_chart_labels (&chart, canvas);

  ekl_canvas_text (canvas, "step size h", canvas->font_size * 0.5, y, &quiet);
  if (curves->step_size[EKL_METHOD_GD].n > 0)
    ekl_legend_add (&legend, EKL_KEY_DASHED, canvas->theme->gd, "GD");
  if (curves->step_size[EKL_METHOD_EKI].n > 0)
    ekl_legend_add (&legend, EKL_KEY_LINE, canvas->theme->eki, "EKI");
  ekl_legend_draw_rows (&legend, canvas,
                        (EklBox){ canvas->width / 2, y - canvas->line_height / 2,
                                  canvas->width / 2 - canvas->font_size * 0.5, 0 });
}

static void
fill_legend (EklLegend *legend, const EklCanvas *canvas, const EnsembleCurves *curves)
{
  if (curves->repaired > 0)
    ekl_legend_add (legend, EKL_KEY_TRIANGLE, canvas->theme->third,
                    "%" G_GUINT64_FORMAT " particle%s redrawn", curves->repaired,
                    curves->repaired == 1 ? "" : "s");
}

static void
draw (EklCanvas *canvas,
      const EklFigureOptions *options,
      const EklFigureData *data,
      EklFigureLayout *layout)
{
  g_auto (EnsembleCurves) curves = { 0 };
  g_auto (EklLegend) legend = { 0 };
  EklAxes axes = { .log_x = options->log_x, .log_y = !options->linear_y };
  EklRange steps;
  EklChart chart;
  EklBox area, upper;
  gboolean two;
  guint n = 0;
  const EklRecord *records = data->history ? ekl_history_get_records (data->history, &n) : NULL;

  axes.x_name = ekl_loss_axis_name (options->x_axis);
  curves_init (&curves, records, n, options, canvas->width);
  if (curves.spread.n == 0 && curves.step_size[EKL_METHOD_GD].n == 0) {
    ekl_figure_draw_empty (canvas, options, "spread of the particles", axes.x_name,
                           "No ensemble to show yet", layout);
    return;
  }

  axes.x0 = curves.x0;
  axes.x1 = curves.x1;
  resolve (&curves.spread.range, axes.log_y, &axes.y0, &axes.y1);
  if (options->has_view && options->view_y0 < options->view_y1 &&
      (options->linear_y || options->view_y0 > 0)) {
    axes.y0 = options->view_y0;
    axes.y1 = options->view_y1;
  }
  fill_legend (&legend, canvas, &curves);
  area = ekl_figure_area (canvas, ekl_header_draw (canvas, ekl_figure_title (options),
                                                   "spread of the particles", &legend));
  two = area.height > LEAST_HEIGHT * canvas->font_size;
  upper = area;
  upper.height = two ? area.height * UPPER_SHARE : area.height;
  axes.hide_x_labels = two;
  steps = curves.step_size[EKL_METHOD_EKI].range;
  ekl_range_union (&steps, &curves.step_size[EKL_METHOD_GD].range);
  axes.left = MAX (values_width (canvas, &steps, axes.log_y),
                   values_width (canvas, &curves.spread.range, axes.log_y));

  ekl_chart_layout (&chart, canvas, upper, &axes);
  ekl_chart_grid (&chart, canvas);
  draw_line (&chart, canvas, &curves.spread, canvas->theme->eki, EKL_STROKE_SOLID);
  draw_repairs (&chart, canvas, &curves);
  ekl_chart_labels (&chart, canvas);
  ekl_chart_export (&chart, layout);
  axes.hide_x_labels = FALSE;
  if (two)
    draw_lower (canvas, lower_area (canvas, area, upper.y + upper.height), axes, &curves);
}

static void
hover (EklCanvas *canvas,
       const EklFigureOptions *options,
       const EklFigureData *data,
       const EklFigureLayout *layout,
       double x,
       double y)
{
  g_auto (EklLegend) lines = { 0 };
  g_autofree char *head = NULL;
  g_autofree char *spread = NULL;
  g_autofree char *step_size = NULL;
  g_autofree char *rate = NULL;
  const EklMethodRecord *eki, *gd;
  const EklRecord *records;
  EklChart chart;
  double position;
  guint n, index;
  gboolean pointed = x >= layout->left && x <= layout->left + layout->width && isfinite (y);

  if (!ekl_crosshair_record (options, data, layout, pointed ? x : NAN, &index))
    return;

  records = ekl_history_get_records (data->history, &n);
  ekl_chart_import (&chart, layout);
  position = ekl_scale_map (
    &chart.x, ekl_record_x (&records[index], ekl_records_method (records, n), options->x_axis));
  if (!(position >= chart.plot.x - 1 && position <= chart.plot.x + chart.plot.width + 1))
    return;

  ekl_draw_crosshair (canvas, chart.plot, position);
  eki = &records[index].method[EKL_METHOD_EKI];
  gd = &records[index].method[EKL_METHOD_GD];
  if (eki->present && isfinite (eki->spread))
    ekl_mark_paint (
      canvas, EKL_MARK_DOT, EKL_MARK_HOLLOW, canvas->theme->eki, position,
      CLAMP (ekl_scale_map (&chart.y, eki->spread), chart.plot.y, chart.plot.y + chart.plot.height),
      canvas->line_width * 1.8 + 1);
  if (!pointed)
    return;

  spread = ekl_format_number (eki->spread);
  step_size = ekl_format_number (eki->step_size);
  rate = ekl_format_number (gd->step_size);
  head = g_strdup_printf ("step %" G_GUINT64_FORMAT, records[index].step);
  if (eki->present)
    ekl_legend_add (&lines, EKL_KEY_LINE, canvas->theme->eki, "spread %s", spread);
  if (eki->present && records[index].step > 0)
    ekl_legend_add (&lines, EKL_KEY_LINE, canvas->theme->eki, "h %s", step_size);
  if (gd->present && records[index].step > 0)
    ekl_legend_add (&lines, EKL_KEY_DASHED, canvas->theme->gd, "h %s", rate);
  if (eki->repaired > 0)
    ekl_legend_add (&lines, EKL_KEY_TRIANGLE, canvas->theme->third, "%" G_GUINT64_FORMAT " redrawn",
                    eki->repaired);
  ekl_readout_draw (canvas, head, &lines, chart.plot, position, y);
}

static char *
describe (const EklFigureData *data)
{
  guint n = 0;
  const EklRecord *records = data->history ? ekl_history_get_records (data->history, &n) : NULL;
  const EklMethodRecord *first, *last;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (n == 0 || !records[n - 1].method[EKL_METHOD_EKI].present)
    return g_strdup ("The ensemble: no steps yet.");

  first = &records[0].method[EKL_METHOD_EKI];
  last = &records[n - 1].method[EKL_METHOD_EKI];
  before = ekl_format_number (first->spread);
  after = ekl_format_number (last->spread);
  if (n == 1)
    return g_strdup_printf ("The spread of the particles at the start is %s.", after);

  return g_strdup_printf ("The spread of the particles went from %s to %s in %" G_GUINT64_FORMAT
                          " steps.",
                          before, after, records[n - 1].step);
}

const EklFigureClass ekl_ensemble_figure = { "ensemble", draw, hover, describe };

/* story_ensemble.c - slow motion beside the plane: losses of the particles, and the step as a regression
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "story_private.h"

#include "marks.h"
#include "series.h"

#include <math.h>

#define MARGIN 0.08
#define WIDE   38 /* font sizes: from here on there is room for the axis in full */

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The particles' losses, from the best to the worst. */
static void
draw_losses (EklCanvas *canvas, const EklFigureOptions *options, const EklStory *story)
{
  g_autofree double *loss = g_memdup2 (story->loss, story->size * sizeof (double));
  EklAxes axes = { .x0 = 0,
                   .x1 = story->size + 1.0,
                   .log_y = TRUE,
                   .x_name = "particles, from the best to the worst" };
  double top = ekl_header_draw (canvas, ekl_figure_title (options), "loss of each particle", NULL);
  EklRange range;
  EklChart chart;

  qsort (loss, story->size, sizeof (double), compare_cb);
  ekl_range_init (&range);
  for (guint j = 0; j < story->size; j++)
    ekl_range_add (&range, loss[j]);
  ekl_range_resolve (&range, TRUE, MARGIN, &axes.y0, &axes.y1);
  ekl_chart_layout (&chart, canvas, ekl_figure_area (canvas, top), &axes);
  ekl_chart_grid (&chart, canvas);
  for (guint j = 0; j < story->size; j++) {
    const double x = ekl_scale_map (&chart.x, j + 1), y = ekl_scale_map (&chart.y, loss[j]);

    if (!isfinite (y))
      continue;
    ekl_canvas_color (canvas, canvas->theme->eki, 0.35);
    cairo_set_line_width (canvas->cr, MAX (1, chart.plot.width / story->size * 0.6));
    cairo_move_to (canvas->cr, x, chart.plot.y + chart.plot.height);
    cairo_line_to (canvas->cr, x, y);
    cairo_stroke (canvas->cr);
    ekl_mark_paint (canvas, EKL_MARK_DOT, EKL_MARK_FILLED, canvas->theme->eki, x, y,
                    canvas->line_width * 1.4);
  }
  ekl_chart_labels (&chart, canvas);
}

static void
find_ranges (const EklMoveLine *line, EklAxes *axes)
{
  EklRange x, y;

  ekl_range_init (&x);
  ekl_range_init (&y);
  for (guint j = 0; j < line->size; j++) {
    ekl_range_add (&x, line->lean[j]);
    ekl_range_add (&y, line->place[j]);
  }
  ekl_range_add (&x, line->data + line->noise);
  ekl_range_add (&x, line->aim);
  ekl_range_add (&y, line->move);
  ekl_range_resolve (&x, FALSE, MARGIN, &axes->x0, &axes->x1);
  ekl_range_resolve (&y, FALSE, MARGIN, &axes->y0, &axes->y1);
}

/* The data, and how sure they are. */
static void
draw_data (EklChart *chart, EklCanvas *canvas, const EklMoveLine *line)
{
  const double x0 = ekl_scale_map (&chart->x, line->data - line->noise);
  const double x1 = ekl_scale_map (&chart->x, line->data + line->noise);
  const double x = ekl_scale_map (&chart->x, line->data);

  ekl_canvas_color (canvas, canvas->theme->third, 0.18);
  cairo_rectangle (canvas->cr, x0, chart->plot.y, x1 - x0, chart->plot.height);
  cairo_fill (canvas->cr);
  ekl_canvas_color (canvas, canvas->theme->third, 1);
  ekl_stroke_set (canvas, canvas->line_width, EKL_STROKE_SOLID);
  cairo_move_to (canvas->cr, x, chart->plot.y);
  cairo_line_to (canvas->cr, x, chart->plot.y + chart->plot.height);
  cairo_stroke (canvas->cr);
}

static void
draw_points (EklChart *chart, EklCanvas *canvas, const EklMoveLine *line)
{
  g_autofree EklPoint *point = g_new (EklPoint, line->size);

  for (guint j = 0; j < line->size; j++)
    point[j] = (EklPoint){ ekl_scale_map (&chart->x, line->lean[j]),
                           ekl_scale_map (&chart->y, line->place[j]) };
  ekl_marks_paint (canvas, EKL_MARK_DOT, canvas->theme->eki, 0.8, point, line->size,
                   line->size > 300 ? 2 : 3);
}

static void
draw_slope (EklChart *chart, EklCanvas *canvas, const EklMoveLine *line)
{
  const double a = chart->axes.x0, b = chart->axes.x1;

  ekl_stroke_set (canvas, canvas->line_width * 1.2, EKL_STROKE_SOLID);
  ekl_canvas_color (canvas, canvas->theme->foreground, 0.85);
  cairo_move_to (canvas->cr, ekl_scale_map (&chart->x, a),
                 ekl_scale_map (&chart->y, line->slope * a));
  cairo_line_to (canvas->cr, ekl_scale_map (&chart->x, b),
                 ekl_scale_map (&chart->y, line->slope * b));
  cairo_stroke (canvas->cr);
}

/* From the mean to the aim along the predictions, and up the slope: the move. */
static void
draw_gain (EklChart *chart, EklCanvas *canvas, const EklMoveLine *line)
{
  const double x0 = ekl_scale_map (&chart->x, 0), y0 = ekl_scale_map (&chart->y, 0);
  const double x1 = ekl_scale_map (&chart->x, line->aim),
               y1 = ekl_scale_map (&chart->y, line->move);
  EklTextStyle style = { .weight = EKL_TEXT_BOLD, .color = canvas->theme->eki, .halo = TRUE };

  ekl_stroke_set (canvas, canvas->line_width * 1.6, EKL_STROKE_SOLID);
  ekl_canvas_color (canvas, canvas->theme->eki, 1);
  cairo_move_to (canvas->cr, x0, y0);
  cairo_line_to (canvas->cr, x1, y0);
  cairo_line_to (canvas->cr, x1, y1);
  cairo_stroke (canvas->cr);
  ekl_mark_paint (canvas, EKL_MARK_DOT, EKL_MARK_RINGED, canvas->theme->eki, x0, y0,
                  canvas->line_width * 2.4);
  ekl_mark_paint (canvas, EKL_MARK_TRIANGLE, EKL_MARK_FILLED, canvas->theme->eki, x1, y1,
                  canvas->line_width * 2.4);
  style.x_align = 0.5;
  ekl_canvas_text (canvas, "gain", (x0 + x1) / 2, y0 + canvas->font_size * 0.3, &style);
  style.x_align = x1 > chart->plot.x + chart->plot.width * 0.8 ? 1 : 0;
  style.y_align = 0.5;
  ekl_canvas_text (canvas, "move", x1 + canvas->font_size * (style.x_align > 0 ? -0.6 : 0.6),
                   (y0 + y1) / 2, &style);
}

/* Every particle: how its prediction leans toward the data, and where it stands on the way of the mean. */
static void
draw_regression (EklCanvas *canvas,
                 const EklFigureOptions *options,
                 const EklStory *story,
                 gboolean gain)
{
  const EklMoveLine *line = story->line;
  EklAxes axes = { .x_name = "prediction, toward the data (noise = 1)" };
  g_auto (EklLegend) legend = { 0 };
  EklChart chart;
  double top;

  ekl_legend_add (&legend, EKL_KEY_DOT, canvas->theme->eki, "particles");
  ekl_legend_add (&legend, EKL_KEY_LINE, canvas->theme->foreground, "%s", "slope Cov/Var");
  ekl_legend_add (&legend, EKL_KEY_BAND_LINE, canvas->theme->third, "data ± noise");
  /* rather less of the axis than a line without a name */
  top = ekl_header_draw (canvas, ekl_figure_title (options),
                         canvas->width > WIDE * canvas->font_size ? "weights, along the mean’s move"
                                                                  : "weights",
                         &legend);
  find_ranges (line, &axes);
  ekl_chart_layout (&chart, canvas, ekl_figure_area (canvas, top), &axes);
  ekl_chart_grid (&chart, canvas);
  cairo_save (canvas->cr);
  ekl_canvas_clip (canvas, chart.plot);
  draw_data (&chart, canvas, line);
  draw_points (&chart, canvas, line);
  draw_slope (&chart, canvas, line);
  if (gain)
    draw_gain (&chart, canvas, line);
  cairo_restore (canvas->cr);
  ekl_chart_labels (&chart, canvas);
}

static gboolean
shows_losses (const EklStory *story, EklPhase phase)
{
  return phase == EKL_PHASE_FORWARD && story->loss;
}

/**
 * ekl_story_has_ensemble_picture:
 * @story: (nullable): a step
 * @index: which part, from 0
 *
 * Returns: whether the part has a picture of its own in place of the ensemble's curves
 */
gboolean
ekl_story_has_ensemble_picture (const EklStory *story, guint index)
{
  EklPhase phase;

  if (!story || story->n_phases == 0 || !story->has_ensemble)
    return FALSE;
  phase = story->phase[MIN (index, story->n_phases - 1)];
  return shows_losses (story, phase) ||
         (phase >= EKL_PHASE_COVARIANCES && phase <= EKL_PHASE_MOVE && story->line);
}

/**
 * ekl_story_draw_ensemble:
 * @canvas: where to draw
 * @options: for the title
 * @data: the story and which part
 *
 * In place of the ensemble's curves: the losses while the particles predict, then the regression
 * that the step is.
 *
 * Returns: whether there was something to draw
 */
gboolean
ekl_story_draw_ensemble (EklCanvas *canvas,
                         const EklFigureOptions *options,
                         const EklFigureData *data)
{
  const EklStory *story = data->story;
  EklPhase phase;

  if (!ekl_story_has_ensemble_picture (story, data->story_index))
    return FALSE;
  phase = story->phase[MIN (data->story_index, story->n_phases - 1)];
  if (shows_losses (story, phase))
    draw_losses (canvas, options, story);
  else
    draw_regression (canvas, options, story, phase != EKL_PHASE_COVARIANCES);
  return TRUE;
}

/* plane_figure.c - particles, paths and loss in a plane through parameter space
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "marks.h"
#include "readout.h"
#include "relief.h"
#include "series.h"

#include <math.h>

#define WIDE    30
#define MARGIN  0.06 /* around what is to be seen, as a part of it */
#define N_FADES 4    /* groups of particles by their distance from the plane */
#define REACH   14   /* px: how near the pointer must be to an item */

static void
find_extent (const EklPlane *plane, const EklFigureOptions *options, EklAxes *axes)
{
  EklRange x, y;
  double x0, x1, y0, y1;

  if (options->has_view) {
    axes->x0 = options->view_x0;
    axes->x1 = options->view_x1;
    axes->y0 = options->view_y0;
    axes->y1 = options->view_y1;
    return;
  }

  ekl_plane_extent (plane, MARGIN, &x0, &x1, &y0, &y1);
  ekl_range_init (&x);
  ekl_range_init (&y);
  ekl_range_add (&x, x0);
  ekl_range_add (&x, x1);
  ekl_range_add (&y, y0);
  ekl_range_add (&y, y1);
  ekl_range_resolve (&x, FALSE, 0, &axes->x0, &axes->x1);
  ekl_range_resolve (&y, FALSE, 0, &axes->y0, &axes->y1);
}

static EklPoint
to_pixels (const EklChart *chart, EklPoint p)
{
  return (EklPoint){ ekl_scale_map (&chart->x, p.x), ekl_scale_map (&chart->y, p.y) };
}

static double
dot_radius (const EklCanvas *canvas, guint n)
{
  double size = n > 3000 ? 1.3 : n > 600 ? 1.7 : n > 150 ? 2.2 : 2.8;

  return size * MAX (1, canvas->line_width / 2.4);
}

static double
largest_distance (const EklPlane *plane)
{
  double largest = 0;

  for (guint j = 0; j < plane->n_particles && plane->particle_distance; j++)
    if (isfinite (plane->particle_distance[j]))
      largest = MAX (largest, plane->particle_distance[j]);

  return largest;
}

static void
draw_particles (EklChart *chart, EklCanvas *canvas, const EklPlane *plane)
{
  static const double alpha[N_FADES] = { 0.95, 0.75, 0.58, 0.42 };
  g_autofree EklPoint *points = g_new (EklPoint, plane->n_particles + 1);
  double largest = largest_distance (plane);
  double radius = dot_radius (canvas, plane->n_particles);

  /* the far ones first, so that the near ones lie on top */
  for (guint fade = N_FADES; fade-- > 0;) {
    guint n = 0;

    for (guint j = 0; j < plane->n_particles; j++) {
      double far =
        largest > 0 && plane->particle_distance ? plane->particle_distance[j] / largest : 0;
      guint own = isfinite (far) ? MIN ((guint) (far * N_FADES), N_FADES - 1) : N_FADES - 1;

      if (own == fade && isfinite (plane->particle[j].x) && isfinite (plane->particle[j].y))
        points[n++] = to_pixels (chart, plane->particle[j]);
    }
    ekl_marks_paint (canvas, EKL_MARK_DOT, canvas->theme->eki, alpha[fade], points, n, radius);
  }
}

/* The ellipse of k standard deviations: the circle of radius k, taken through the Cholesky factor
 * of the covariance. */
static void
draw_ellipse (EklChart *chart, EklCanvas *canvas, const EklPlane *plane, double k, double pen)
{
  double xx = plane->covariance[0], xy = plane->covariance[1], yy = plane->covariance[2];
  double a = sqrt (MAX (xx, 0));
  double b = a > 0 ? xy / a : 0;
  double c = sqrt (MAX (yy - b * b, 0));
  double unit_x = chart->x.factor, unit_y = chart->y.factor;
  EklPoint middle = to_pixels (chart, plane->mean);

  if (!isfinite (a) || !isfinite (b) || !isfinite (c) || !isfinite (middle.x + middle.y) ||
      k * a * unit_x > 1e4 || k * hypot (b, c) * fabs (unit_y) > 1e4 || a + c <= 0)
    return;

  cairo_new_path (canvas->cr);
  for (guint i = 0; i < 72; i++) {
    double angle = 2 * G_PI * i / 72;
    double x = k * cos (angle), y = k * sin (angle);

    cairo_line_to (canvas->cr, middle.x + unit_x * a * x, middle.y + unit_y * (b * x + c * y));
  }
  cairo_close_path (canvas->cr);
  ekl_stroke_set (canvas, pen + 1.6, EKL_STROKE_SOLID);
  ekl_canvas_color (canvas, canvas->theme->background, 0.6);
  cairo_stroke_preserve (canvas->cr);
  ekl_stroke_set (canvas, pen, EKL_STROKE_SOLID);
  ekl_canvas_color (canvas, canvas->theme->eki, 1);
  cairo_stroke (canvas->cr);
}

/* Points nearer than a px to the one before add nothing but time. */
static void
path_line (EklChart *chart, EklCanvas *canvas, const EklPoint *point, guint n)
{
  EklPoint last = { NAN, NAN };
  gboolean pen_down = FALSE;

  cairo_new_path (canvas->cr);
  for (guint i = 0; i < n; i++) {
    EklPoint p = to_pixels (chart, point[i]);

    if (!isfinite (p.x) || !isfinite (p.y)) {
      pen_down = FALSE;
      continue;
    }
    if (pen_down && i + 1 < n && hypot (p.x - last.x, p.y - last.y) < 1)
      continue;
    if (pen_down)
      cairo_line_to (canvas->cr, p.x, p.y);
    else
      cairo_move_to (canvas->cr, p.x, p.y);
    pen_down = TRUE;
    last = p;
  }
}

static void
draw_path (EklChart *chart,
           EklCanvas *canvas,
           const EklPoint *point,
           guint n,
           EklColor color,
           EklStroke stroke)
{
  path_line (chart, canvas, point, n);
  ekl_stroke_set (canvas, canvas->line_width + 2, EKL_STROKE_SOLID);
  ekl_canvas_color (canvas, canvas->theme->background, 0.75);
  cairo_stroke_preserve (canvas->cr);
  ekl_stroke_set (canvas, canvas->line_width, stroke);
  ekl_canvas_color (canvas, color, 1);
  cairo_stroke (canvas->cr);
}

/* Marks along a path at even distances on the screen, whatever the steps are. */
static void
draw_path_marks (EklChart *chart, EklCanvas *canvas, const EklPoint *point, guint n, EklColor color)
{
  double spacing = canvas->font_size * 3.2;
  double since = 0;
  EklPoint last = { NAN, NAN };
  EklPoint end = n > 0 ? to_pixels (chart, point[n - 1]) : last;

  for (guint i = 0; i + 1 < n; i++) {
    EklPoint p = to_pixels (chart, point[i]);

    if (!isfinite (p.x) || !isfinite (p.y))
      continue;
    if (isfinite (last.x))
      since += hypot (p.x - last.x, p.y - last.y);
    last = p;
    if (since < spacing || hypot (p.x - end.x, p.y - end.y) < spacing / 2)
      continue;
    ekl_mark_paint (canvas, EKL_MARK_SQUARE, EKL_MARK_FILLED, color, p.x, p.y,
                    canvas->line_width * 1.5);
    since = 0;
  }
}

static void
draw_end (EklChart *chart,
          EklCanvas *canvas,
          EklPoint point,
          EklMark mark,
          EklMarkFill fill,
          EklColor color,
          double radius)
{
  EklPoint p = to_pixels (chart, point);

  ekl_mark_paint (canvas, mark, fill, color, p.x, p.y, radius);
}

static void
draw_methods (EklChart *chart, EklCanvas *canvas, const EklPlane *plane)
{
  EklColor eki = canvas->theme->eki, gd = canvas->theme->gd;
  double size = MAX (canvas->line_width * 1.7, 3.4);

  if (plane->n_particles > 1) {
    draw_ellipse (chart, canvas, plane, 2, MAX (1, canvas->line_width * 0.5));
    draw_ellipse (chart, canvas, plane, 1, MAX (1.2, canvas->line_width * 0.75));
  }
  if (plane->n_mean_path > 1)
    draw_path (chart, canvas, plane->mean_path, plane->n_mean_path, eki, EKL_STROKE_SOLID);
  if (plane->n_descent_path > 1) {
    draw_path (chart, canvas, plane->descent_path, plane->n_descent_path, gd, EKL_STROKE_DASHED);
    draw_path_marks (chart, canvas, plane->descent_path, plane->n_descent_path, gd);
  }

  if (plane->n_mean_path > 1)
    draw_end (chart, canvas, plane->mean_path[0], EKL_MARK_DOT, EKL_MARK_HOLLOW, eki, size);
  if (plane->n_descent_path > 0)
    draw_end (chart, canvas, plane->descent_path[0], EKL_MARK_SQUARE, EKL_MARK_HOLLOW, gd,
              size * 1.25);
  if (plane->n_descent_path > 1)
    draw_end (chart, canvas, plane->descent_path[plane->n_descent_path - 1], EKL_MARK_SQUARE,
              EKL_MARK_FILLED, gd, size * 1.25);
  if (plane->n_particles > 0 || plane->n_mean_path > 0)
    draw_end (chart, canvas, plane->mean, EKL_MARK_DOT, EKL_MARK_RINGED, eki, size);
}

static void
append_share (GString *text, double share, const char *of)
{
  g_autofree char *percent = NULL;

  if (!isfinite (share))
    return;

  percent = ekl_format_percent (CLAMP (share, 0.0, 1.0));
  g_string_append_printf (text, "%s%s of %s", text->len > 0 ? ", " : "", percent, of);
}

static char *
shares (const EklPlane *plane, gboolean roomy)
{
  GString *text = g_string_new (NULL);

  if (plane->n_descent_path > 0)
    append_share (text, plane->descent_share, roomy ? "the GD path" : "GD");
  if (plane->n_mean_path > 0)
    append_share (text, plane->mean_share, roomy ? "the EKI mean’s path" : "EKI mean");
  if (plane->n_particles > 0)
    append_share (text, plane->spread_share, roomy ? "the spread" : "spread");

  return g_string_free (text, FALSE);
}

static char *
caption (const EklPlane *plane, gboolean roomy)
{
  g_autofree char *held = shares (plane, roomy);

  if (plane->basis == EKL_PLANE_BASIS_PARAMETERS)
    return *held ? g_strdup_printf ("two parameters: the plane holds %s", held)
                 : g_strdup ("two parameters");

  return *held ? g_strdup_printf ("plane holds %s", held) : NULL;
}

static void
fill_legend (EklLegend *legend, const EklCanvas *canvas, const EklPlane *plane)
{
  gboolean roomy = canvas->width > WIDE * canvas->font_size;
  const EklTheme *theme = canvas->theme;

  if (plane->n_descent_path > 0)
    ekl_legend_add (legend, EKL_KEY_DASHED_SQUARE, theme->gd, roomy ? "gradient descent" : "GD");
  if (plane->n_particles > 0 || plane->n_mean_path > 0)
    ekl_legend_add (legend, EKL_KEY_LINE_RING, theme->eki, "EKI mean");
  if (plane->n_particles > 0)
    ekl_legend_add (legend, EKL_KEY_DOT, theme->eki, roomy ? "%u particles" : "%u",
                    plane->n_particles);
  if (plane->n_particles > 1 && roomy)
    ekl_legend_add (legend, EKL_KEY_ELLIPSE, theme->eki, "1σ, 2σ");
}

static gboolean
is_empty (const EklPlane *plane)
{
  return !plane ||
         (plane->n_particles == 0 && plane->n_mean_path == 0 && plane->n_descent_path == 0);
}

static void
draw_frame (EklChart *chart, EklCanvas *canvas)
{
  EklBox plot = chart->plot;

  ekl_canvas_color (canvas, canvas->theme->dim, 0.5);
  cairo_set_line_width (canvas->cr, 1);
  cairo_set_dash (canvas->cr, NULL, 0, 0);
  cairo_rectangle (canvas->cr, plot.x + 0.5, plot.y + 0.5, plot.width - 1, plot.height - 1);
  cairo_stroke (canvas->cr);
}

static void
draw_contents (EklChart *chart, EklCanvas *canvas, const EklPlane *plane, const EklRelief *relief)
{
  cairo_save (canvas->cr);
  ekl_canvas_clip (canvas, chart->plot);
  if (relief->field)
    ekl_relief_draw (relief, canvas, chart);
  draw_particles (chart, canvas, plane);
  draw_methods (chart, canvas, plane);
  cairo_restore (canvas->cr);
}

static void
draw (EklCanvas *canvas,
      const EklFigureOptions *options,
      const EklFigureData *data,
      EklFigureLayout *layout)
{
  const EklPlane *plane = data->plane;
  g_auto (EklLegend) legend = { 0 };
  g_auto (EklRelief) relief = { 0 };
  g_autofree char *text = NULL;
  EklTextStyle style = { .x_align = 0.5,
                         .y_align = 1,
                         .color = canvas->theme->dim,
                         .max_width = MAX (canvas->width - canvas->font_size, 1) };
  double top, text_height = 0;
  gboolean has_bar;
  EklPoint corners[2];
  EklAxes axes = { 0 };
  EklBox area;
  EklChart chart;

  if (is_empty (plane)) {
    ekl_figure_draw_empty (canvas, options, NULL, NULL, "No particles to show yet", layout);
    return;
  }

  find_extent (plane, options, &axes);
  axes.equal = axes.quiet = TRUE;
  fill_legend (&legend, canvas, plane);
  top = ekl_header_draw (canvas, ekl_figure_title (options), NULL, &legend);
  area = ekl_figure_area (canvas, top);
  text = caption (plane, canvas->width > WIDE * canvas->font_size);
  if (text && canvas->height > 12 * canvas->font_size) {
    ekl_canvas_measure (canvas, text, &style, NULL, &text_height);
    area.height = MAX (area.height - text_height, 1);
  }

  corners[0] = (EklPoint){ axes.x0, axes.y0 };
  corners[1] = (EklPoint){ axes.x1, axes.y1 };
  has_bar = ekl_relief_init (&relief, plane->loss, corners) &&
            canvas->width > WIDE * canvas->font_size && area.height > 9 * canvas->font_size;
  axes.right = has_bar ? ekl_relief_bar_width (&relief, canvas) : 0;
  ekl_chart_layout (&chart, canvas, area, &axes);
  draw_contents (&chart, canvas, plane, &relief);
  draw_frame (&chart, canvas);
  ekl_chart_labels (&chart, canvas);
  if (has_bar)
    ekl_relief_draw_bar (&relief, canvas, chart.plot);
  if (text_height > 0)
    ekl_canvas_text (canvas, text, canvas->width / 2, canvas->height - canvas->font_size * 0.45,
                     &style);
  ekl_chart_export (&chart, layout);
}

typedef struct {
  double distance;
  EklPoint place; /* px */
  guint index;
  enum { ITEM_NONE, ITEM_PARTICLE, ITEM_MEAN_PATH, ITEM_DESCENT_PATH } kind;
} Nearest;

static void
look (Nearest *self,
      const EklChart *chart,
      const EklPoint *point,
      guint n,
      int kind,
      double x,
      double y)
{
  for (guint i = 0; i < n; i++) {
    EklPoint p = to_pixels (chart, point[i]);
    double distance = hypot (p.x - x, p.y - y);

    if (distance < self->distance)
      *self = (Nearest){ distance, p, i, kind };
  }
}

static void
describe_particle (EklLegend *lines, EklCanvas *canvas, const EklPlane *plane, guint j)
{
  if (plane->particle_loss) {
    g_autofree char *loss = ekl_format_number (plane->particle_loss[j]);

    ekl_legend_add (lines, EKL_KEY_NONE, canvas->theme->eki, "loss %s", loss);
  }
  if (plane->particle_distance) {
    g_autofree char *distance = ekl_format_number (plane->particle_distance[j]);

    ekl_legend_add (lines, EKL_KEY_NONE, canvas->theme->eki, "%s from the plane", distance);
  }
}

static void
mark_step (EklChart *chart,
           EklCanvas *canvas,
           const EklPoint *point,
           const guint64 *step,
           guint n,
           guint64 wanted,
           EklMark mark,
           EklColor color)
{
  guint best = 0;

  if (n == 0 || !step)
    return;

  while (best + 1 < n && step[best + 1] <= wanted)
    best++;
  draw_end (chart, canvas, point[best], mark, EKL_MARK_RINGED, color,
            MAX (canvas->line_width * 1.7, 3.4));
}

static void
draw_crosshair_step (EklChart *chart, EklCanvas *canvas, const EklPlane *plane, guint64 step)
{
  cairo_save (canvas->cr);
  ekl_canvas_clip (canvas, chart->plot);
  mark_step (chart, canvas, plane->descent_path, plane->descent_path_step, plane->n_descent_path,
             step, EKL_MARK_SQUARE, canvas->theme->gd);
  mark_step (chart, canvas, plane->mean_path, plane->mean_path_step, plane->n_mean_path, step,
             EKL_MARK_DOT, canvas->theme->eki);
  cairo_restore (canvas->cr);
}

static void
hover (EklCanvas *canvas,
       const EklFigureOptions *options,
       const EklFigureData *data,
       const EklFigureLayout *layout,
       double x,
       double y)
{
  const EklPlane *plane = data->plane;
  Nearest nearest = { .distance = REACH };
  g_auto (EklLegend) lines = { 0 };
  g_autofree char *head = NULL;
  EklChart chart;

  if (is_empty (plane))
    return;

  ekl_chart_import (&chart, layout);
  if (data->has_crosshair)
    draw_crosshair_step (&chart, canvas, plane, data->crosshair_step);
  if (!(x >= layout->left && x <= layout->left + layout->width && y >= layout->top &&
        y <= layout->top + layout->height))
    return;

  look (&nearest, &chart, plane->particle, plane->n_particles, ITEM_PARTICLE, x, y);
  look (&nearest, &chart, plane->mean_path, plane->n_mean_path, ITEM_MEAN_PATH, x, y);
  look (&nearest, &chart, plane->descent_path, plane->n_descent_path, ITEM_DESCENT_PATH, x, y);

  if (nearest.kind == ITEM_PARTICLE) {
    head = g_strdup_printf ("particle %u", nearest.index + 1);
    describe_particle (&lines, canvas, plane, nearest.index);
  } else if (nearest.kind == ITEM_MEAN_PATH) {
    head = g_strdup_printf ("EKI mean, step %" G_GUINT64_FORMAT,
                            plane->mean_path_step ? plane->mean_path_step[nearest.index] : 0);
  } else if (nearest.kind == ITEM_DESCENT_PATH) {
    head = g_strdup_printf ("GD, step %" G_GUINT64_FORMAT,
                            plane->descent_path_step ? plane->descent_path_step[nearest.index] : 0);
  } else {
    return;
  }

  ekl_mark_paint (canvas, nearest.kind == ITEM_DESCENT_PATH ? EKL_MARK_SQUARE : EKL_MARK_DOT,
                  EKL_MARK_RINGED,
                  nearest.kind == ITEM_DESCENT_PATH ? canvas->theme->gd : canvas->theme->eki,
                  nearest.place.x, nearest.place.y, dot_radius (canvas, plane->n_particles) + 1);
  ekl_readout_draw (canvas, head, &lines, chart.plot, nearest.place.x, nearest.place.y);
}

static char *
describe (const EklFigureData *data)
{
  const EklPlane *plane = data->plane;
  g_autofree char *held = NULL;

  if (is_empty (plane))
    return g_strdup ("The parameter plane: no particles yet.");

  held = shares (plane, TRUE);
  if (!*held)
    return g_strdup_printf ("The parameter plane with %u particles at the start.",
                            plane->n_particles);

  return g_strdup_printf ("The parameter plane with %u particles. It holds %s.", plane->n_particles,
                          held);
}

const EklFigureClass ekl_plane_figure = { "plane", draw, hover, describe };

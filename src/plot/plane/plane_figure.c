/* plane_figure.c - particles, paths and loss in a plane through parameter space
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plane_private.h"
#include "relief_cache.h"
#include "story_private.h"

#include <math.h>

#define MARGIN     0.06 /* around what is to be seen, as a part of it */
#define MAX_LISTED 6    /* selected particles with their numbers */

/* The mean's arrows are of a length in px: room for them about it, on the side where they would leave. */
static void
add_arrow_room (const EklCanvas *canvas, const EklPlane *plane, EklRange *x, EklRange *y)
{
  const double width = canvas->width - 8 * canvas->font_size;
  const double height = canvas->height - 7 * canvas->font_size;
  const double unit = MAX ((x->high - x->low) / MAX (width, canvas->font_size),
                           (y->high - y->low) / MAX (height, canvas->font_size));
  const double room = MIN ((EKL_PLANE_ARROW + 2) * canvas->font_size * unit,
                           0.25 * MAX (x->high - x->low, y->high - y->low));

  if (!plane->has_arrows || !isfinite (plane->mean.x + plane->mean.y + room))
    return;
  ekl_range_add (x, plane->mean.x - room);
  ekl_range_add (x, plane->mean.x + room);
  ekl_range_add (y, plane->mean.y - room);
  ekl_range_add (y, plane->mean.y + room);
}

static void
find_extent (const EklCanvas *canvas,
             const EklPlane *plane,
             const EklFigureData *data,
             const EklFigureOptions *options,
             EklAxes *axes)
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
  if (data->story)
    ekl_story_extend (data->story, MARGIN, &x, &y);
  if (options->show_arrows)
    add_arrow_room (canvas, plane, &x, &y);
  ekl_range_resolve (&x, FALSE, 0, &axes->x0, &axes->x1);
  ekl_range_resolve (&y, FALSE, 0, &axes->y0, &axes->y1);
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

/* In a file nothing comes and goes: it has the ground that is there, in full. (And on an SVG surface
 * cairo 1.16 never frees a group once it is painted.) */
static void
draw_ground (const EklPlaneScene *scene, const EklRelief *relief, double opacity)
{
  EklCanvas *canvas = scene->canvas;

  if (relief->field == NULL || opacity <= 0)
    return;
  if (!canvas->vector && scene->data->relief_cache != NULL &&
      ekl_relief_cache_draw (scene->data->relief_cache, relief, canvas, scene->chart,
                             MIN (opacity, 1)))
    return;
  if (canvas->vector || opacity >= 1) {
    ekl_relief_draw (relief, canvas, scene->chart);
  } else {
    cairo_push_group (canvas->cr);
    ekl_relief_draw (relief, canvas, scene->chart);
    cairo_pop_group_to_source (canvas->cr);
    cairo_paint_with_alpha (canvas->cr, opacity);
  }
}

/* The levels are those of the part that is seen. While the view follows the paths that part grows by
 * eighths of what is known, so that the ground need not be drawn anew with every frame. */
static void
init_relief (EklRelief *relief,
             const EklField *loss,
             const EklFigureOptions *options,
             const EklPoint *corners)
{
  EklPoint seen[2] = { corners[0], corners[1] };

  if (loss != NULL && !options->has_view) {
    const double dx = (loss->x1 - loss->x0) / 8, dy = (loss->y1 - loss->y0) / 8;

    seen[0].x = loss->x0 + floor ((seen[0].x - loss->x0) / dx) * dx;
    seen[0].y = loss->y0 + floor ((seen[0].y - loss->y0) / dy) * dy;
    seen[1].x = loss->x0 + ceil ((seen[1].x - loss->x0) / dx) * dx;
    seen[1].y = loss->y0 + ceil ((seen[1].y - loss->y0) / dy) * dy;
  }
  ekl_relief_init (relief, loss, seen);
}

/* While the view turns, the former plane's ground goes in the first half and this one's comes in the
 * second: none of them belongs to the planes between. */
static void
draw_relief (const EklPlaneScene *scene, const EklPoint *corners)
{
  const double turn = scene->plane->turn;

  if (scene->options->hide_contours)
    return;
  if (turn < 0.5 && scene->plane->former_loss != NULL) {
    g_auto (EklRelief) former = { 0 };

    init_relief (&former, scene->plane->former_loss, scene->options, corners);
    draw_ground (scene, &former, 1 - 2 * turn);
  }
  draw_ground (scene, scene->relief, 2 * turn - 1);
}

/* Returns how many names of arrows stand in @names. */
static guint
draw_contents (const EklPlaneScene *scene,
               const EklPoint *corners,
               const EklLens *lens,
               EklBox *names)
{
  guint n_names;

  cairo_save (scene->canvas->cr);
  ekl_canvas_clip (scene->canvas, scene->chart->plot);
  draw_relief (scene, corners);
  ekl_plane_draw_trails (scene);
  ekl_plane_draw_cloud (scene);
  ekl_plane_draw_methods (scene);
  n_names = ekl_plane_draw_arrows (scene, names);
  if (!(lens->radius > 0))
    ekl_story_draw_plane (scene->chart, scene->canvas, scene->data);
  ekl_plane_draw_selected (scene);
  ekl_plane_draw_lens (scene, lens, names, n_names);
  cairo_restore (scene->canvas->cr);
  return n_names;
}

/* Told where it happens, while it turns; the words below the picture remember it. */
static void
draw_note (const EklPlaneScene *scene)
{
  EklCanvas *canvas = scene->canvas;
  const EklBox plot = scene->chart->plot;
  EklTextStyle style = { .color = canvas->theme->foreground,
                         .weight = EKL_TEXT_BOLD,
                         .halo = TRUE };
  g_autofree char *text = NULL;
  double width;

  if (!scene->plane->is_refit || scene->plane->turn >= 1 || plot.height < 6 * canvas->font_size)
    return;
  text = g_strdup_printf ("plane refitted at step %" G_GUINT64_FORMAT, scene->plane->refit_step);
  ekl_canvas_measure (canvas, text, &style, &width, NULL);
  if (width < plot.width - canvas->font_size)
    ekl_canvas_text (canvas, text, plot.x + canvas->font_size * 0.5,
                     plot.y + canvas->font_size * 0.3, &style);
}

static void
list_particle (EklLegend *lines, const EklPlaneScene *scene, guint j)
{
  const EklPlane *plane = scene->plane;
  g_autofree char *loss = NULL;
  g_autofree char *distance = NULL;

  if (plane->particle_loss && isfinite (plane->particle_loss[j]))
    loss = ekl_format_number (plane->particle_loss[j]);
  if (plane->particle_distance && isfinite (plane->particle_distance[j]))
    distance = ekl_format_number (plane->particle_distance[j]);
  ekl_legend_add (lines, EKL_KEY_RING, scene->canvas->theme->third, "%u%s%s%s%s%s", j + 1,
                  loss ? ": loss " : "", loss ? loss : "", distance ? ", " : "",
                  distance ? distance : "", distance ? " away" : "");
}

/* Points of a path in a box. */
static guint
count_inside (const EklPlaneScene *scene, const EklPoint *path, guint n, EklBox box)
{
  guint inside = 0;

  for (guint i = 0; i < n; i++) {
    const EklPoint p = ekl_plane_to_pixels (scene->chart, path[i]);

    if (p.x >= box.x && p.x <= box.x + box.width && p.y >= box.y && p.y <= box.y + box.height)
      inside++;
  }
  return inside;
}

/* The corner where a box hides the least of the paths, of the particles and of the glass; the lower left
 * one where that is equal. */
static EklBox
choose_corner (const EklPlaneScene *scene, const EklLens *lens, EklBox box, double pad)
{
  const EklPlane *plane = scene->plane;
  const EklBox plot = scene->chart->plot;
  const EklBox glass = { lens->x - lens->radius, lens->y - lens->radius, 2 * lens->radius,
                         2 * lens->radius };
  EklBox best = box;
  double least = INFINITY;

  for (guint corner = 0; corner < 4; corner++) {
    double hidden;

    box.x = corner % 2 ? plot.x + plot.width - box.width - pad : plot.x + pad;
    box.y = corner / 2 ? plot.y + pad : plot.y + plot.height - box.height - pad;
    hidden = count_inside (scene, plane->mean_path, plane->n_mean_path, box) +
             count_inside (scene, &plane->mean, 1, box) * 1e4 +
             count_inside (scene, plane->descent_path, plane->n_descent_path, box) * 10.0 +
             count_inside (scene, plane->particle, plane->n_particles, box);
    if (lens->radius > 0 && ekl_box_overlaps (box, glass, 0))
      hidden += 1e4;
    if (hidden < least) {
      least = hidden;
      best = box;
    }
  }
  return best;
}

/* The numbers of what is selected, in a corner. */
static void
draw_list (const EklPlaneScene *scene, const EklLens *lens)
{
  EklCanvas *canvas = scene->canvas;
  const EklFigureData *data = scene->data;
  const EklBox plot = scene->chart->plot;
  const double pad = canvas->font_size * 0.5, step = canvas->line_height * 1.2;
  const guint room = (guint) MAX (0, (plot.height / 2 - 2 * pad) / step);
  g_auto (EklLegend) lines = { 0 };
  EklBox box;

  if (plot.height < 9 * canvas->font_size) /* it would hide more than it says */
    return;
  for (guint k = 0; k < data->n_selected && lines.n < MIN (room, MAX_LISTED); k++)
    if (data->selected[k] < scene->plane->n_particles)
      list_particle (&lines, scene, data->selected[k]);
  if (lines.n == 0)
    return;
  if (lines.n < data->n_selected)
    ekl_legend_add (&lines, EKL_KEY_NONE, canvas->theme->dim, "and %u more",
                    data->n_selected - lines.n);
  box.width = ekl_legend_width (&lines, canvas) + 2 * pad;
  box.height = lines.n * step + pad;
  box = choose_corner (scene, lens, box, pad);
  if (box.width > plot.width - 2 * pad)
    return;
  ekl_canvas_plate (canvas, box, pad);
  ekl_canvas_color (canvas, canvas->theme->background, 0.88);
  cairo_fill (canvas->cr);
  ekl_legend_draw_column (
    &lines, canvas, (EklBox){ box.x + pad, box.y + pad / 2, box.width - 2 * pad, box.height });
}

/* The words below the picture: the most of them that one row holds, or the fewest. NULL: there are
 * none, or no room. */
static char *
choose_caption (EklCanvas *canvas, const EklPlane *plane, const EklTextStyle *style, double *height)
{
  static const struct {
    EklPlaneWords words;
    gboolean refits;
  } choices[] = { { EKL_PLANE_WHOLE, TRUE },
                  { EKL_PLANE_SHORT, TRUE },
                  { EKL_PLANE_SHORT, FALSE },
                  { EKL_PLANE_SHORTEST, FALSE } };
  char *text = NULL;

  *height = 0;
  if (canvas->height <= 12 * canvas->font_size)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++) {
    g_free (text);
    text = ekl_plane_caption (plane, choices[i].words, choices[i].refits);
    if (text == NULL)
      return NULL;
    ekl_canvas_measure (canvas, text, style, NULL, height);
    if (*height < 1.6 * canvas->line_height)
      break;
  }
  return text;
}

static void
draw (EklCanvas *canvas,
      const EklFigureOptions *options,
      const EklFigureData *data,
      EklFigureLayout *layout)
{
  const EklPlane *plane = data->plane;
  const gboolean wide = canvas->width > EKL_PLANE_WIDE * canvas->font_size;
  g_auto (EklLegend) legend = { 0 };
  g_auto (EklRelief) relief = { 0 };
  g_autofree char *text = NULL;
  EklTextStyle style = { .x_align = 0.5,
                         .y_align = 1,
                         .color = canvas->theme->dim,
                         .max_width = MAX (canvas->width - canvas->font_size, 1) };
  double text_height;
  gboolean has_bar;
  EklPoint corners[2];
  EklAxes axes = { 0 };
  EklBox area;
  EklChart chart;
  EklLens lens;
  EklBox names[EKL_PLANE_ARROWS];
  guint n_names;
  EklPlaneScene scene = { &chart, canvas, plane, data, options, &relief };

  if (ekl_plane_is_empty (plane)) {
    ekl_figure_draw_empty (canvas, options, NULL, NULL, "No particles to show yet", layout);
    return;
  }

  find_extent (canvas, plane, data, options, &axes);
  axes.equal = axes.quiet = TRUE;
  ekl_plane_fill_legend (&legend, canvas, plane, data, options);
  area =
    ekl_figure_area (canvas, ekl_header_draw (canvas, ekl_figure_title (options), NULL, &legend));
  text = choose_caption (canvas, plane, &style, &text_height);
  area.height = MAX (area.height - text_height, 1);

  corners[0] = (EklPoint){ axes.x0, axes.y0 };
  corners[1] = (EklPoint){ axes.x1, axes.y1 };
  init_relief (&relief, plane->loss, options, corners);
  if (options->losses_differ && plane->n_descent_path > 0)
    relief.name = "GD’s loss";
  has_bar = relief.field != NULL && wide && area.height > 9 * canvas->font_size &&
            (!options->hide_contours || ekl_plane_has_colors (&scene));
  axes.right = has_bar ? ekl_relief_bar_width (&relief, canvas) : 0;
  ekl_chart_layout (&chart, canvas, area, &axes);
  ekl_plane_find_lens (&scene, &lens);
  n_names = draw_contents (&scene, corners, &lens, names);
  draw_frame (&chart, canvas);
  ekl_plane_draw_names (&scene, &lens, names, n_names);
  draw_note (&scene);
  draw_list (&scene, &lens);
  ekl_chart_labels (&chart, canvas);
  if (has_bar)
    ekl_relief_draw_bar (&relief, canvas, chart.plot, ekl_plane_has_colors (&scene));
  if (text_height > 0)
    ekl_canvas_text (canvas, text, canvas->width / 2, canvas->height - canvas->font_size * 0.45,
                     &style);
  ekl_chart_export (&chart, layout);
  if (layout)
    layout->lens = lens;
}

const EklFigureClass ekl_plane_figure = { "plane", draw, ekl_plane_hover, ekl_plane_describe };

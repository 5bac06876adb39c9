/* story_plane.c - slow motion in the parameter plane: arrows, and what is being looked at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "story_private.h"

#include "marks.h"

#include <math.h>

#define MOST_ARROWS    150
#define LEAST_GRADIENT 4.0 /* font sizes: shorter than that the direction cannot be seen */

static EklPoint
to_pixels (const EklChart *chart, EklPoint p)
{
  return (EklPoint){ ekl_scale_map (&chart->x, p.x), ekl_scale_map (&chart->y, p.y) };
}

/* A shaft and a head, with a rim of the ground's colour. */
static void
draw_arrow (EklCanvas *canvas, EklPoint from, EklPoint to, EklColor color, double pen, double rim)
{
  const double length = hypot (to.x - from.x, to.y - from.y);
  const double head = MIN (length * 0.6, pen * 3.2 + 2);
  double ux, uy;

  if (!isfinite (length) || length < 1 || length > 1e5)
    return;
  ux = (to.x - from.x) / length;
  uy = (to.y - from.y) / length;
  for (guint pass = 0; pass < 2; pass++) {
    cairo_new_path (canvas->cr);
    cairo_move_to (canvas->cr, from.x, from.y);
    cairo_line_to (canvas->cr, to.x - 0.8 * head * ux, to.y - 0.8 * head * uy);
    cairo_set_dash (canvas->cr, NULL, 0, 0);
    cairo_set_line_width (canvas->cr, pass == 0 ? pen + 2 * rim : pen);
    ekl_canvas_color (canvas, pass == 0 ? canvas->theme->background : color, pass == 0 ? 0.8 : 1);
    cairo_stroke (canvas->cr);
    cairo_move_to (canvas->cr, to.x, to.y);
    cairo_line_to (canvas->cr, to.x - head * ux - 0.5 * head * uy,
                   to.y - head * uy + 0.5 * head * ux);
    cairo_line_to (canvas->cr, to.x - head * ux + 0.5 * head * uy,
                   to.y - head * uy - 0.5 * head * ux);
    cairo_close_path (canvas->cr);
    if (pass == 0) {
      cairo_set_line_width (canvas->cr, 2 * rim);
      cairo_stroke (canvas->cr);
    } else {
      cairo_fill (canvas->cr);
    }
  }
}

/* From each particle (some, where there are many) to where it goes; thicker for the mean. */
static void
draw_moves (
  EklChart *chart, EklCanvas *canvas, const EklPlane *from, const EklPlane *to, gboolean heads)
{
  const guint n = MIN (from->n_particles, to->n_particles);
  const guint every = MAX (1, n / MOST_ARROWS);
  const double pen = MAX (1, canvas->line_width * 0.45);

  cairo_set_dash (canvas->cr, NULL, 0, 0);
  for (guint j = 0; j < n; j += every) {
    const EklPoint a = to_pixels (chart, from->particle[j]), b = to_pixels (chart, to->particle[j]);

    if (heads) {
      draw_arrow (canvas, a, b, canvas->theme->eki, pen, 0.6);
    } else if (isfinite (a.x + a.y + b.x + b.y)) {
      ekl_canvas_color (canvas, canvas->theme->eki, 0.35);
      cairo_set_line_width (canvas->cr, pen);
      cairo_move_to (canvas->cr, a.x, a.y);
      cairo_line_to (canvas->cr, b.x, b.y);
      cairo_stroke (canvas->cr);
    }
  }
  if (heads)
    draw_arrow (canvas, to_pixels (chart, from->mean), to_pixels (chart, to->mean),
                canvas->theme->eki, canvas->line_width * 1.9, 1.6);
}

/* What no further label may lie over. */
typedef struct {
  EklBox box[4];
  guint n;
} Taken;

static gboolean
is_free (const Taken *taken, EklBox plot, EklBox box)
{
  if (box.x < plot.x || box.x + box.width > plot.x + plot.width || box.y < plot.y ||
      box.y + box.height > plot.y + plot.height)
    return FALSE;
  for (guint i = 0; i < taken->n; i++)
    if (ekl_box_overlaps (box, taken->box[i], 0))
      return FALSE;
  return TRUE;
}

/* On the side of the place where it is free; on the left where it is nowhere. */
static void
label (const EklChart *chart,
       EklCanvas *canvas,
       EklPoint at,
       const char *text,
       EklColor color,
       Taken *taken)
{
  static const double sides[][2] = { { 1, 0 },   { -1, 0 }, { 0, -1 }, { 0, 1 },
                                     { -1, -1 }, { -1, 1 }, { 1, -1 }, { 1, 1 } };
  const double gap = 0.7 * canvas->font_size;
  EklTextStyle style = { .weight = EKL_TEXT_BOLD, .color = color, .halo = TRUE };
  EklPoint place = at;
  EklBox box;

  for (guint k = 0; k <= G_N_ELEMENTS (sides); k++) {
    const double *side = sides[k < G_N_ELEMENTS (sides) ? k : 1];

    style.x_align = 0.5 - 0.5 * side[0];
    style.y_align = 0.5 - 0.5 * side[1];
    place = (EklPoint){ at.x + gap * side[0], at.y + gap * side[1] };
    box = ekl_canvas_place (canvas, text, place.x, place.y, &style);
    if (is_free (taken, chart->plot, box))
      break;
  }
  ekl_canvas_text (canvas, text, place.x, place.y, &style);
  if (taken->n < G_N_ELEMENTS (taken->box))
    taken->box[taken->n++] = box;
}

static void
mark_particle (EklChart *chart, EklCanvas *canvas, const EklStory *story, guint j, Taken *taken)
{
  const EklPoint at = to_pixels (chart, story->spread->particle[j]);
  const double radius = canvas->font_size * 0.4;

  if (!isfinite (at.x + at.y))
    return;
  ekl_mark_paint (canvas, EKL_MARK_DOT, EKL_MARK_RINGED, canvas->theme->eki, at.x, at.y, radius);
  taken->box[taken->n++] = (EklBox){ at.x - radius, at.y - radius, 2 * radius, 2 * radius };
}

static void
name_particle (EklChart *chart,
               EklCanvas *canvas,
               const EklStory *story,
               guint j,
               const char *word,
               Taken *taken)
{
  const EklPoint at = to_pixels (chart, story->spread->particle[j]);
  g_autofree char *loss = ekl_format_number (story->loss[j]);
  g_autofree char *text = g_strdup_printf ("%s %s", word, loss);

  if (isfinite (at.x + at.y))
    label (chart, canvas, at, text, canvas->theme->foreground, taken);
}

/* The best and the worst particle, with their losses. */
static void
draw_losses (EklChart *chart, EklCanvas *canvas, const EklStory *story)
{
  Taken taken = { .n = 0 };
  guint best = 0, worst = 0;

  for (guint j = 1; j < story->size; j++) {
    best = story->loss[j] < story->loss[best] ? j : best;
    worst = story->loss[j] > story->loss[worst] ? j : worst;
  }
  if (worst != best)
    mark_particle (chart, canvas, story, worst, &taken);
  mark_particle (chart, canvas, story, best, &taken);
  name_particle (chart, canvas, story, best, "best", &taken);
  if (worst != best)
    name_particle (chart, canvas, story, worst, "worst", &taken);
}

/* The direction is drawn long enough to be seen, the step itself over it. */
static void
draw_gradient (EklChart *chart, EklCanvas *canvas, const EklStory *story)
{
  const EklPoint from = to_pixels (chart, story->descent_found);
  EklPoint to = to_pixels (chart, story->descent_aim);
  const double length = hypot (to.x - from.x, to.y - from.y);
  const double least = LEAST_GRADIENT * canvas->font_size;
  Taken taken = { .n = 0 };

  if (!(length > 0) || !isfinite (length))
    return;
  if (length < least)
    to = (EklPoint){ from.x + (to.x - from.x) * least / length,
                     from.y + (to.y - from.y) * least / length };
  draw_arrow (canvas, from, to, canvas->theme->gd, canvas->line_width * 1.7, 1.6);
  label (chart, canvas, to, "−∇Φ", canvas->theme->gd, &taken);
}

/**
 * ekl_story_extend:
 * @story: a step
 * @margin: around what is to be seen, as a part of it
 * @x: (inout): a range
 * @y: (inout): a range
 *
 * Makes room for all of the step, so that the axes stand still while the particles move.
 */
void
ekl_story_extend (const EklStory *story, double margin, EklRange *x, EklRange *y)
{
  const EklPlane *const planes[] = { story->found, story->spread, story->moved };

  for (guint k = 0; k < G_N_ELEMENTS (planes); k++) {
    double x0, x1, y0, y1;

    if (!planes[k])
      continue;
    ekl_plane_extent (planes[k], margin, &x0, &x1, &y0, &y1);
    ekl_range_add (x, x0);
    ekl_range_add (x, x1);
    ekl_range_add (y, y0);
    ekl_range_add (y, y1);
  }
}

/**
 * ekl_story_draw_plane:
 * @chart: the plane's
 * @canvas: where to draw
 * @data: the story and its pose
 *
 * Draws what a part of the step is about, over the particles as they stand in it.
 */
void
ekl_story_draw_plane (EklChart *chart, EklCanvas *canvas, const EklFigureData *data)
{
  const EklStory *story = data->story;
  const gboolean has_moves = story && story->has_ensemble && story->found && story->moved;

  if (!story || story->n_phases == 0)
    return;
  switch (story->phase[MIN (data->story_index, story->n_phases - 1)]) {
  case EKL_PHASE_NOISE:
    if (has_moves)
      draw_moves (chart, canvas, story->found, data->plane, FALSE);
    break;
  case EKL_PHASE_FORWARD:
    if (story->has_ensemble && story->loss)
      draw_losses (chart, canvas, story);
    break;
  case EKL_PHASE_GAIN:
    if (has_moves)
      draw_moves (chart, canvas, story->spread, story->moved, TRUE);
    break;
  case EKL_PHASE_MOVE:
    if (has_moves)
      draw_moves (chart, canvas, story->spread, data->plane, FALSE);
    break;
  case EKL_PHASE_GRADIENT:
  case EKL_PHASE_DESCEND:
    draw_gradient (chart, canvas, story);
    break;
  case EKL_PHASE_COVARIANCES:
  case EKL_N_PHASES:
  default:
    break;
  }
}

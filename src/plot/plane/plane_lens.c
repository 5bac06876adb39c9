/* plane_lens.c - the particles under a magnifying glass, where the picture shows them as one dot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The paths are long and the cloud is small after a few steps; but the cloud is what EKI is about.
 */
#include "plane_private.h"

#include "story_private.h"

#include <math.h>

#define LEAST_POWER 2
#define MOST_CLOUD  1.6 /* font sizes: particles spread wider than this are seen without a glass */
#define MOST_POWER  1e6
#define LARGEST     6.5 /* font sizes: the glass's radius, where there is room */
#define SMALLEST    1.5
#define SMALLER     0.85 /* each try where there is no place */
#define SHARE       0.3  /* of the picture's lesser side */
#define FILLED      0.8  /* of the radius, by the particles; then the power is rounded down */
#define MARGIN      0.25 /* font sizes: to the picture's edges */
#define FOR_WORDS   2.6  /* font sizes: a smaller glass has its words beside it */
#define GROUND_SIDE 25   /* points of the ground's grid */
#define N_PLACES    9    /* along the lower edge, and as many along the upper one */

/* Through a step that is told the glass stays where it is, and shows it from its beginning to its end. */
static gboolean
is_told (const EklPlaneScene *scene)
{
  const EklStory *story = scene->data->story;

  return story && story->has_ensemble && story->found && story->moved;
}

/* What is in the glass's middle, in the plane's coordinates. */
static EklPoint
get_middle (const EklPlaneScene *scene)
{
  const EklStory *story = scene->data->story;

  if (!is_told (scene))
    return scene->plane->mean;
  return (EklPoint){ (story->found->mean.x + story->moved->mean.x) / 2,
                     (story->found->mean.y + story->moved->mean.y) / 2 };
}

static guint
measure_particles (const EklPlaneScene *scene, const EklPlane *plane, double *distance)
{
  const EklPoint middle = get_middle (scene);
  guint n = 0;

  for (guint j = 0; j < plane->n_particles; j++) {
    const double x = (plane->particle[j].x - middle.x) * scene->chart->x.factor;
    const double y = (plane->particle[j].y - middle.y) * scene->chart->y.factor;

    if (isfinite (x + y))
      distance[n++] = hypot (x, y);
  }
  return n;
}

/* 90 of 100 particles are not farther from the glass's middle, px. */
static double
cloud_radius (const EklPlaneScene *scene)
{
  const EklStory *story = scene->data->story;
  const EklPlane *planes[2] = { scene->plane, NULL };
  g_autofree double *distance = NULL;
  guint n = 0;

  if (is_told (scene)) {
    planes[0] = story->found;
    planes[1] = story->moved;
  }
  distance = g_new (double, planes[0]->n_particles + (planes[1] ? planes[1]->n_particles : 0) + 1);
  for (guint k = 0; k < 2 && planes[k]; k++)
    n += measure_particles (scene, planes[k], distance + n);
  return n > 1 ? ekl_quantile (distance, n, 0.9) : 0;
}

/* One of few numbers a decade, so that the glass holds still while the cloud shrinks a little. */
static double
round_down (double power)
{
  static const double digits[] = { 7, 5, 3, 2, 1.5 };
  const double ten = pow (10, floor (log10 (power)));

  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    if (power >= digits[i] * ten)
      return digits[i] * ten;
  return ten;
}

/* From a point to the piece of a line between two others. */
static double
distance_to_piece (EklPoint p, EklPoint a, EklPoint b)
{
  const double dx = b.x - a.x, dy = b.y - a.y, square = dx * dx + dy * dy;
  const double t = square > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / square : 0;
  const double near = CLAMP (t, 0, 1);

  return hypot (p.x - a.x - near * dx, p.y - a.y - near * dy);
}

/* Whether a glass in that place would lie over a path, or near one of its ends. */
static gboolean
hides_path (const EklPlaneScene *scene, const EklPoint *path, guint n, EklPoint p, double radius)
{
  const double gap = scene->canvas->font_size * 0.3;
  EklPoint before = { NAN, NAN };

  for (guint i = 0; i < n; i++) {
    const EklPoint now = ekl_plane_to_pixels (scene->chart, path[i]);

    if (i > 0 && distance_to_piece (p, before, now) < radius + gap)
      return TRUE;
    if ((i == 0 || i + 1 == n) && hypot (now.x - p.x, now.y - p.y) < radius + 3 * gap)
      return TRUE;
    before = now;
  }
  return FALSE;
}

/* Over an arrow of the mean or its name. */
static gboolean
hides_arrow (const EklPlaneScene *scene, EklPoint direction, EklPoint p, double radius)
{
  const EklPoint from = ekl_plane_to_pixels (scene->chart, scene->plane->mean);
  EklPoint tip;

  if (!scene->options->show_arrows || !scene->plane->has_arrows ||
      !ekl_plane_find_arrow (scene, direction, &tip))
    return FALSE;
  return distance_to_piece (p, from, tip) < radius + 0.5 * scene->canvas->font_size ||
         hypot (tip.x - p.x, tip.y - p.y) < radius + 2 * scene->canvas->font_size;
}

/* The path and its end. Of a step that is told the end is where the glass looks, which does not move. */
static gboolean
hides_mean (const EklPlaneScene *scene, EklPoint p, double radius)
{
  const EklPlane *plane = scene->plane;
  const EklPoint middle = get_middle (scene);
  const guint n = plane->n_mean_path > 0 ? plane->n_mean_path - 1 : 0;
  const EklPoint last[2] = { n > 0 ? plane->mean_path[n - 1] : middle, middle };

  return hides_path (scene, plane->mean_path, n, p, radius) ||
         hides_path (scene, last, 2, p, radius) ||
         hides_path (scene, &middle, 1, p, radius + scene->canvas->font_size);
}

static gboolean
hides_something (const EklPlaneScene *scene, double x, double y, double radius)
{
  const EklPlane *plane = scene->plane;
  const EklPoint p = { x, y };

  return hides_mean (scene, p, radius) ||
         hides_path (scene, plane->descent_path, plane->n_descent_path, p, radius) ||
         hides_arrow (scene, plane->gradient, p, radius) ||
         hides_arrow (scene, plane->preconditioned, p, radius) ||
         hides_arrow (scene, plane->velocity, p, radius);
}

/* Along the lower or the upper edge, where nothing is hidden, the nearest to what it shows. */
static gboolean
find_place (const EklPlaneScene *scene, double radius, EklPoint mean, EklLens *lens)
{
  const EklBox plot = scene->chart->plot;
  const double inset = radius + MARGIN * scene->canvas->font_size;
  double nearest = INFINITY;

  for (guint k = 0; k < 2 * N_PLACES; k++) {
    const double share = (double) (k / 2) / (N_PLACES - 1);
    const double x = plot.x + inset + share * (plot.width - 2 * inset);
    const double y = k % 2 ? plot.y + inset : plot.y + plot.height - inset;
    const double distance = hypot (x - mean.x, y - mean.y);

    if (distance < nearest && !hides_something (scene, x, y, radius)) {
      nearest = distance;
      lens->x = x;
      lens->y = y;
    }
  }
  return isfinite (nearest);
}

static gboolean
is_inside (EklBox box, EklPoint p)
{
  return p.x > box.x && p.x < box.x + box.width && p.y > box.y && p.y < box.y + box.height;
}

/* The best and the worst have names, for which a glass has no room; the colours show the losses, too. */
static gboolean
is_of_losses (const EklFigureData *data)
{
  const EklStory *story = data->story;

  return story && story->n_phases > 0 &&
         story->phase[MIN (data->story_index, story->n_phases - 1)] == EKL_PHASE_FORWARD;
}

/* Gradient descent's parts of a step need the place for its arrow, and are not about the particles. */
static gboolean
is_of_descent (const EklFigureData *data)
{
  const EklStory *story = data->story;

  return story && story->n_phases > 0 &&
         ekl_phase_is_descent (story->phase[MIN (data->story_index, story->n_phases - 1)]);
}

/**
 * ekl_plane_find_lens:
 * @scene: what is drawn
 * @lens: (out): where the glass is, and what is in its middle; its radius is 0 where there is none
 *
 * A glass is put over a place where nothing else is, when the particles lie too near to one another
 * to be seen. In slow motion what happens to them happens in it. There is none while the view turns.
 */
void
ekl_plane_find_lens (const EklPlaneScene *scene, EklLens *lens)
{
  const EklPlane *plane = scene->plane;
  const EklBox plot = scene->chart->plot;
  const double font = scene->canvas->font_size;
  const double room = SHARE * MIN (plot.height, plot.width);
  const EklPoint mean = ekl_plane_to_pixels (scene->chart, get_middle (scene));
  double cloud, radius = MIN (room, LARGEST * font);

  *lens = (EklLens){ 0 };
  if (scene->options->hide_lens || plane->n_particles < 2 || plane->turn < 1 ||
      is_of_descent (scene->data) || !is_inside (plot, mean))
    return;
  cloud = cloud_radius (scene);
  if (!(cloud > 0) || cloud > MOST_CLOUD * font)
    return;
  for (; radius >= SMALLEST * font; radius *= SMALLER) {
    const double power = FILLED * radius / cloud;

    if (power < LEAST_POWER || power > MOST_POWER)
      return;
    if (find_place (scene, radius, mean, lens)) {
      *lens = (EklLens){ lens->x, lens->y, radius, mean.x, mean.y, round_down (power) };
      return;
    }
  }
}

/* The plane's scales as the glass shows them. */
static void
make_chart (const EklPlaneScene *scene, const EklLens *lens, EklChart *chart)
{
  const double unit_x = scene->chart->x.factor * lens->power;
  const double unit_y = scene->chart->y.factor * lens->power;
  const EklPoint mean = get_middle (scene);
  const double left = lens->x - lens->radius, right = lens->x + lens->radius;
  const double low = lens->y + lens->radius, high = lens->y - lens->radius;

  *chart = *scene->chart;
  chart->plot = (EklBox){ left, high, 2 * lens->radius, 2 * lens->radius };
  ekl_scale_init (&chart->x, mean.x + (left - lens->x) / unit_x,
                  mean.x + (right - lens->x) / unit_x, left, right, FALSE);
  ekl_scale_init (&chart->y, mean.y + (low - lens->y) / unit_y, mean.y + (high - lens->y) / unit_y,
                  low, high, FALSE);
}

static void
draw_ground (const EklPlaneScene *scene, EklChart *chart)
{
  g_auto (EklRelief) part = { 0 };
  const EklPoint low = { chart->x.v0, chart->y.v0 }, high = { chart->x.v1, chart->y.v1 };

  ekl_canvas_color (scene->canvas, scene->canvas->theme->background, 1);
  cairo_paint (scene->canvas->cr);
  if (scene->options->hide_contours || scene->relief->field == NULL)
    return;
  ekl_relief_init_part (&part, scene->relief, low, high, GROUND_SIDE);
  ekl_relief_draw (&part, scene->canvas, chart);
}

/* Under a round clip cairo would mix each particle with it: on pixels the round piece is cut from a
 * square one. */
static void
draw_contents (const EklPlaneScene *scene, const EklLens *lens)
{
  EklChart chart;
  EklPlaneScene inside = *scene;
  cairo_t *cr = scene->canvas->cr;

  make_chart (scene, lens, &chart);
  inside.chart = &chart;
  cairo_save (cr);
  cairo_new_path (cr);
  if (scene->canvas->vector) {
    cairo_arc (cr, lens->x, lens->y, lens->radius, 0, 2 * G_PI);
    cairo_clip (cr);
  } else {
    ekl_canvas_clip (scene->canvas, chart.plot);
    cairo_push_group_with_content (cr, CAIRO_CONTENT_COLOR);
  }
  draw_ground (scene, &chart);
  ekl_plane_draw_cloud (&inside);
  ekl_plane_draw_mean (&inside);
  if (!is_of_losses (scene->data))
    ekl_story_draw_plane (&chart, scene->canvas, scene->data);
  ekl_plane_draw_moves (&inside);
  ekl_plane_draw_selected (&inside);
  if (!scene->canvas->vector) {
    cairo_pop_group_to_source (cr);
    cairo_new_path (cr);
    cairo_arc (cr, lens->x, lens->y, lens->radius, 0, 2 * G_PI);
    cairo_fill (cr);
  }
  cairo_restore (cr);
}

/* The glass's rim, and two lines from what it shows. */
static void
draw_rim (const EklPlaneScene *scene, const EklLens *lens)
{
  EklCanvas *canvas = scene->canvas;
  const double small = MAX (lens->radius / lens->power, 1.2 * canvas->font_size);
  const double dx = lens->x - lens->of_x, dy = lens->y - lens->of_y, distance = hypot (dx, dy);
  /* the tangents that touch both circles on the same side */
  const double angle = acos (CLAMP ((small - lens->radius) / distance, -1, 1));

  cairo_new_path (canvas->cr);
  for (int side = -1; side <= 1; side += 2) {
    const double a = atan2 (dy, dx) + side * angle;

    cairo_move_to (canvas->cr, lens->of_x + small * cos (a), lens->of_y + small * sin (a));
    cairo_line_to (canvas->cr, lens->x + lens->radius * cos (a), lens->y + lens->radius * sin (a));
  }
  cairo_new_sub_path (canvas->cr);
  cairo_arc (canvas->cr, lens->of_x, lens->of_y, small, 0, 2 * G_PI);
  ekl_stroke_set (canvas, 1, EKL_STROKE_SOLID);
  ekl_canvas_color (canvas, canvas->theme->foreground, 0.35);
  cairo_stroke (canvas->cr);
  cairo_arc (canvas->cr, lens->x, lens->y, lens->radius, 0, 2 * G_PI);
  ekl_stroke_set (canvas, MAX (1.5, 0.6 * canvas->line_width), EKL_STROKE_SOLID);
  ekl_canvas_color (canvas, canvas->theme->foreground, 0.8);
  cairo_stroke (canvas->cr);
}

/**
 * ekl_plane_write_power:
 *
 * Returns: (transfer full): how many times larger the glass shows things
 */
char *
ekl_plane_write_power (const EklLens *lens)
{
  return g_strdup_printf ("× %.0f", lens->power);
}

static gboolean
is_free (const EklPlaneScene *scene, EklBox box, const EklBox *written, guint n_written)
{
  const EklBox plot = scene->chart->plot;

  for (guint i = 0; i < n_written; i++)
    if (ekl_box_overlaps (box, written[i], 1))
      return FALSE;
  return box.x > plot.x && box.x + box.width < plot.x + plot.width;
}

/**
 * ekl_plane_place_power:
 * @scene: what is drawn
 * @lens: as ekl_plane_find_lens() found it
 * @text: how many times larger it shows things
 * @written: what is written already, px
 * @n_written: how many of them
 * @box: (out): where that is to be written, px
 *
 * In the glass, at its foot; beside one in which that would hide the particles, rather on the side from
 * which it does not look.
 *
 * Returns: whether there is a place
 */
gboolean
ekl_plane_place_power (const EklPlaneScene *scene,
                       const EklLens *lens,
                       const char *text,
                       const EklBox *written,
                       guint n_written,
                       EklBox *box)
{
  const double font = scene->canvas->font_size, away = lens->radius + 0.4 * font;
  const EklTextStyle style = { .x_align = 0.5, .y_align = 0.5, .weight = EKL_TEXT_BOLD };
  double x[2];

  *box = ekl_canvas_place (scene->canvas, text, lens->x, lens->y, &style);
  if (lens->radius >= FOR_WORDS * font) {
    box->y += lens->radius - 0.9 * font;
    return TRUE;
  }
  x[lens->of_x > lens->x ? 0 : 1] = lens->x - away - box->width;
  x[lens->of_x > lens->x ? 1 : 0] = lens->x + away;
  for (guint k = 0; k < 2; k++) {
    box->x = x[k];
    if (is_free (scene, *box, written, n_written))
      return TRUE;
  }
  return FALSE;
}

static void
draw_power (const EklPlaneScene *scene, const EklLens *lens, const EklBox *written, guint n_written)
{
  const EklTextStyle style = { .color = scene->canvas->theme->foreground,
                               .weight = EKL_TEXT_BOLD,
                               .halo = TRUE };
  g_autofree char *text = ekl_plane_write_power (lens);
  EklBox box;

  if (ekl_plane_place_power (scene, lens, text, written, n_written, &box))
    ekl_canvas_text (scene->canvas, text, box.x, box.y, &style);
}

/**
 * ekl_plane_draw_lens:
 * @scene: what is drawn
 * @lens: as ekl_plane_find_lens() found it
 * @written: what is written already, px
 * @n_written: how many of them
 *
 * Draws the glass with what it shows, and how many times larger that is.
 */
void
ekl_plane_draw_lens (const EklPlaneScene *scene,
                     const EklLens *lens,
                     const EklBox *written,
                     guint n_written)
{
  if (!(lens->radius > 0))
    return;
  draw_rim (scene, lens);
  draw_contents (scene, lens);
  draw_rim (scene, lens);
  draw_power (scene, lens, written, n_written);
}

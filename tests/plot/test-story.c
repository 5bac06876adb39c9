/* test-story.c - slow motion's pictures: every part of every form, at any size
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sample.h"
#include "story_figure.h"

#include <math.h>
#include <string.h>

/* A story around a plane, as the session would tell it. */
static EklStory *
make_story (const EklPlane *plane, EklForm form)
{
  EklStory *story = g_new0 (EklStory, 1);
  EklMoveLine *line = g_new0 (EklMoveLine, 1);
  guint32 state = 3;

  *story = (EklStory){ .step = 7,
                       .has_ensemble = TRUE,
                       .form = form,
                       .weight_noise = .05,
                       .h = .3,
                       .gamma = .3,
                       .n_data = 96,
                       .n_outputs = 1,
                       .n_observations = 96,
                       .n_parameters = 321,
                       .has_descent = TRUE,
                       .learning_rate = .05,
                       .descent_loss = 1,
                       .gradient_norm = 2,
                       .descent_aim = { .01, .01 },
                       .loss_low = .1,
                       .loss_median = 1,
                       .loss_high = 5 };
  story->size = plane->n_particles;
  story->found = ekl_plane_copy (plane);
  story->spread = ekl_plane_copy (plane);
  story->moved = ekl_plane_copy (plane);
  story->loss = g_new (double, story->size);
  line->size = story->size;
  line->lean = g_new (double, line->size);
  line->place = g_new (double, line->size);
  for (guint j = 0; j < story->size; j++) {
    story->moved->particle[j].x += 0.5;
    story->loss[j] = 0.1 + sample_uniform (&state);
    line->lean[j] = sample_normal (&state);
    line->place[j] = line->lean[j] + 0.3 * sample_normal (&state);
  }
  line->slope = line->prediction_std = line->noise = 1;
  line->data = 4;
  line->aim = line->move = 2;
  story->line = line;
  ekl_story_find_phases (story);
  return story;
}

static cairo_surface_t *
draw_strip (const EklStory *story, guint index, double width, double height, EklThemeKind kind)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cairo_t *cr = cairo_create (surface);
  EklTheme theme;

  ekl_theme_init (&theme, kind);
  ekl_story_draw_strip (cr, width, height, &theme, story, index);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* Whether a strip that is higher shows nothing more. */
static gboolean
is_blank_below (
  const EklStory *story, guint index, const EklTheme *theme, double width, double height)
{
  const int more = (int) height + 100;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, more);
  cairo_t *cr = cairo_create (surface);
  gboolean blank = TRUE;

  ekl_story_draw_strip (cr, width, more, theme, story, index);
  cairo_surface_flush (surface);
  for (int y = (int) height; y < more; y++) {
    const guint32 *row =
      (const guint32 *) (gpointer) (cairo_image_surface_get_data (surface) +
                                    y * cairo_image_surface_get_stride (surface));

    for (int x = 0; x < (int) width; x++)
      blank = blank && (row[x] & 0xffffff) == 0xffffff;
  }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return blank;
}

static gboolean
differ (cairo_surface_t *a, cairo_surface_t *b)
{
  const gsize n =
    (gsize) cairo_image_surface_get_stride (a) * (gsize) cairo_image_surface_get_height (a);

  return memcmp (cairo_image_surface_get_data (a), cairo_image_surface_get_data (b), n) != 0;
}

/* Half a row of the first line is of the colour of a method. */
static gboolean
has_plate (cairo_surface_t *strip)
{
  const int width = cairo_image_surface_get_width (strip);
  const guint32 *row = (const guint32 *) (gpointer) (cairo_image_surface_get_data (strip) +
                                                     6 * cairo_image_surface_get_stride (strip));
  int n = 0;

  for (int x = 0; x < width; x++) {
    const guint32 color = row[x] & 0xffffff;

    if (color == 0x0072b2 || color == 0xd55e00)
      n++;
  }
  return n > 30;
}

/* Each part of each form looks otherwise and says something else. */
static void
test_strip (void)
{
  g_autoptr (EklPlane) plane = sample_plane (50, 20, 9);

  for (EklForm form = EKL_FORM_KALMAN; form <= EKL_FORM_ALDI; form++) {
    g_autoptr (EklStory) story = make_story (plane, form);
    g_autofree char *said = NULL;
    cairo_surface_t *last = NULL;

    g_assert_cmpuint (story->n_phases, ==, 7);
    for (guint k = 0; k < story->n_phases; k++) {
      cairo_surface_t *now = draw_strip (story, k, 1000, 110, EKL_THEME_LIGHT);
      char *text = ekl_story_describe (story, k);

      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_cmpstr (text, !=, said);
      g_assert_true (last == NULL || differ (last, now));
      g_free (said);
      said = text;
      g_clear_pointer (&last, cairo_surface_destroy);
      last = now;
      cairo_surface_destroy (draw_strip (story, k, 40, 20, EKL_THEME_PRESENTER));
      cairo_surface_destroy (draw_strip (story, k, 2500, 300, EKL_THEME_HIGH_CONTRAST_DARK));
    }
    cairo_surface_destroy (last);
  }
  cairo_surface_destroy (draw_strip (NULL, 0, 400, 100, EKL_THEME_DARK));
}

/* The part that is told stands in the row also where not all have room. */
static void
test_narrow_strip (void)
{
  g_autoptr (EklPlane) plane = sample_plane (50, 20, 9);
  g_autoptr (EklStory) story = make_story (plane, EKL_FORM_KALMAN);

  for (guint k = 0; k < story->n_phases; k++) {
    cairo_surface_t *strip = draw_strip (story, k, 330, 150, EKL_THEME_LIGHT);

    g_assert_true (has_plate (strip));
    cairo_surface_destroy (strip);
  }
}

/* Below what is asked for nothing of any part is drawn, and above it the sentence is whole. */
static void
test_strip_height (void)
{
  static const double widths[] = { 500, 800, 2400 };
  g_autoptr (EklPlane) plane = sample_plane (50, 20, 9);
  g_autoptr (EklStory) story = make_story (plane, EKL_FORM_KALMAN);
  EklTheme theme;
  double last = INFINITY;

  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  theme.font_size *= 2;
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    const double height = ekl_story_strip_height (&theme, widths[i], story);

    g_assert_cmpfloat (height, <, last);
    g_assert_cmpfloat (height, >, ekl_story_strip_height (&theme, widths[i], NULL) - 0.5);
    for (guint k = 0; k < story->n_phases; k++)
      g_assert_true (is_blank_below (story, k, &theme, widths[i], height));
    last = height;
  }
}

static cairo_surface_t *
draw_figure (EklFigureKind kind, const EklFigureData *data, double width, double height)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cairo_t *cr = cairo_create (surface);
  EklTheme theme;

  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  ekl_figure_draw (kind, cr, width, height, &theme, NULL, data, NULL);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* Over the plane there are arrows where something is to move, and in the ensemble's place the
 * losses and the regression. */
static void
test_figures (void)
{
  g_autoptr (EklHistory) history = sample_history (7, 0);
  g_autoptr (EklPlane) plane = sample_plane (50, 20, 9);
  g_autoptr (EklStory) story = make_story (plane, EKL_FORM_KALMAN);

  for (guint k = 0; k < story->n_phases; k++) {
    g_autoptr (EklPlane) pose = ekl_story_pose (story, plane, k, 0);
    const EklPhase phase = story->phase[k];
    EklFigureData data = { .history = history, .plane = pose, .story = story, .story_index = k };
    cairo_surface_t *with[2], *without[2];

    for (guint i = 0; i < 2; i++)
      with[i] = draw_figure (i == 0 ? EKL_FIGURE_PLANE : EKL_FIGURE_ENSEMBLE, &data, 600, 400);
    cairo_surface_destroy (draw_figure (EKL_FIGURE_PLANE, &data, 30, 20));
    cairo_surface_destroy (draw_figure (EKL_FIGURE_ENSEMBLE, &data, 30, 20));
    data.story = NULL;
    for (guint i = 0; i < 2; i++)
      without[i] = draw_figure (i == 0 ? EKL_FIGURE_PLANE : EKL_FIGURE_ENSEMBLE, &data, 600, 400);
    if (phase == EKL_PHASE_FORWARD || phase == EKL_PHASE_GAIN || phase >= EKL_PHASE_GRADIENT)
      g_assert_true (differ (with[0], without[0]));
    g_assert_true (differ (with[1], without[1]) ==
                   (phase >= EKL_PHASE_FORWARD && phase <= EKL_PHASE_MOVE));
    for (guint i = 0; i < 2; i++) {
      cairo_surface_destroy (with[i]);
      cairo_surface_destroy (without[i]);
    }
  }
}

/* Without the parts that could not be had, and with numbers that are none. */
static void
test_poor (void)
{
  g_autoptr (EklPlane) plane = sample_plane (5, 3, 0);
  g_autoptr (EklStory) story = make_story (plane, EKL_FORM_EULER);

  g_clear_pointer (&story->line, ekl_move_line_free);
  g_clear_pointer (&story->found, ekl_plane_free);
  story->loss[2] = NAN;
  story->descent_aim = (EklPoint){ NAN, INFINITY };
  for (guint k = 0; k < story->n_phases; k++) {
    g_autoptr (EklPlane) pose = ekl_story_pose (story, plane, k, 0.5);
    const EklFigureData data = { .plane = pose, .story = story, .story_index = k };

    cairo_surface_destroy (draw_figure (EKL_FIGURE_PLANE, &data, 300, 200));
    cairo_surface_destroy (draw_figure (EKL_FIGURE_ENSEMBLE, &data, 300, 200));
    cairo_surface_destroy (draw_strip (story, k, 600, 100, EKL_THEME_LIGHT));
  }
}

static void
test_small_gain (void)
{
  g_autoptr (EklPlane) plane = sample_plane (50, 20, 9);
  g_autoptr (EklStory) story = make_story (plane, EKL_FORM_KALMAN);
  g_autofree char *half = NULL, *little = NULL;
  guint k = 0;

  while (story->phase[k] != EKL_PHASE_GAIN)
    k++;
  half = ekl_story_describe (story, k);
  g_assert_nonnull (strstr (half, "Gain 50"));
  story->line->aim = 0.01;
  little = ekl_story_describe (story, k);
  g_assert_nonnull (strstr (little, "Gain 0.2"));
}

/* Late in a run the cloud is a dot: its part of a step is told in the glass, which holds still for that. */
static void
test_glass (void)
{
  g_autoptr (EklPlane) plane = sample_plane (50, 20, 9);
  g_autoptr (EklStory) story = NULL;
  EklFigureData data = { 0 };
  EklLens first = { 0 };

  sample_gather (plane, 0.02);
  story = make_story (plane, EKL_FORM_KALMAN);
  for (guint j = 0; j < plane->n_particles; j++)
    story->moved->particle[j] = plane->particle[j];
  sample_gather (story->moved, 0.7);
  for (guint k = 0; k < story->n_phases; k++) {
    g_autoptr (EklPlane) pose = ekl_story_pose (story, plane, k, 1);
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 900, 600);
    cairo_t *cr = cairo_create (surface);
    EklFigureLayout layout;
    EklTheme theme;

    ekl_theme_init (&theme, EKL_THEME_LIGHT);
    data.plane = pose;
    data.story = story;
    data.story_index = k;
    ekl_figure_draw (EKL_FIGURE_PLANE, cr, 900, 600, &theme, NULL, &data, &layout);
    if (story->phase[k] >= EKL_PHASE_GRADIENT)
      g_assert_true (layout.lens.radius == 0);
    else
      g_assert_cmpfloat (layout.lens.radius, >, 0);
    if (k == 0)
      first = layout.lens;
    else if (story->phase[k] <= EKL_PHASE_MOVE) {
      g_assert_cmpfloat_with_epsilon (layout.lens.x, first.x, 1e-9);
      g_assert_cmpfloat_with_epsilon (layout.lens.y, first.y, 1e-9);
      g_assert_cmpfloat_with_epsilon (layout.lens.power, first.power, 1e-9);
    }
    cairo_destroy (cr);
    cairo_surface_destroy (surface);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/story/strip", test_strip);
  g_test_add_func ("/story/small-gain", test_small_gain);
  g_test_add_func ("/story/glass", test_glass);
  g_test_add_func ("/story/strip-height", test_strip_height);
  g_test_add_func ("/story/narrow-strip", test_narrow_strip);
  g_test_add_func ("/story/figures", test_figures);
  g_test_add_func ("/story/poor", test_poor);
  return g_test_run ();
}

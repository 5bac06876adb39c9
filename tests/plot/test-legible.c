/* test-legible.c - what is written in the figures: all of it inside, none over another, the right words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stands in for the function that draws a text, and so learns of each.
 */
#include "figure.h"

#include "sample.h"

#include <pango/pangocairo.h>
#include <locale.h>
#include <math.h>
#include <string.h>

typedef struct {
  char *text;
  double x0, x1, y0, y1; /* of its ink, px */
} Text;

static GArray *written;

void
pango_cairo_show_layout (cairo_t *cr, PangoLayout *layout)
{
  PangoRectangle ink;
  Text text = { 0 };

  if (written == NULL)
    return;
  pango_layout_get_pixel_extents (layout, &ink, NULL);
  if (ink.width <= 0)
    return;
  cairo_get_current_point (cr, &text.x0, &text.y0);
  text.text = g_strdup (pango_layout_get_text (layout));
  text.x0 += ink.x;
  text.y0 += ink.y;
  text.x1 = text.x0 + ink.width;
  text.y1 = text.y0 + ink.height;
  g_array_append_val (written, text);
}

static const Text *
get (guint i)
{
  return &g_array_index (written, Text, i);
}

static void
text_clear_cb (gpointer text)
{
  g_free (((Text *) text)->text);
}

typedef struct {
  int width, height;
  EklThemeKind theme;
} Place;

/* A panel that is large, one of four, one of four in a small window; and from the back row. */
static const Place places[] = {
  { 925, 620, EKL_THEME_LIGHT },     { 460, 300, EKL_THEME_LIGHT },
  { 330, 250, EKL_THEME_LIGHT },     { 1240, 560, EKL_THEME_PRESENTER },
  { 610, 275, EKL_THEME_PRESENTER },
};

/* Draws the figure; what is written stands in @written until the next call. */
static void
write_figure (EklFigureKind kind,
              const Place *place,
              const EklFigureOptions *options,
              const EklFigureData *data)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_RGB24, place->width, place->height);
  cairo_t *cr = cairo_create (surface);
  EklFigureLayout layout;
  EklTheme theme;

  g_clear_pointer (&written, g_array_unref);
  written = g_array_new (FALSE, FALSE, sizeof (Text));
  g_array_set_clear_func (written, text_clear_cb);
  ekl_theme_init (&theme, place->theme);
  ekl_figure_draw (kind, cr, place->width, place->height, &theme, options, data, &layout);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static gboolean
is_written (const char *words)
{
  for (guint i = 0; i < written->len; i++)
    if (strstr (get (i)->text, words) != NULL)
      return TRUE;
  return FALSE;
}

/* How much of the smaller one lies under the other. */
static double
overlap (const Text *a, const Text *b)
{
  const double width = MIN (a->x1, b->x1) - MAX (a->x0, b->x0);
  const double height = MIN (a->y1, b->y1) - MAX (a->y0, b->y0);
  const double area = MIN ((a->x1 - a->x0) * (a->y1 - a->y0), (b->x1 - b->x0) * (b->y1 - b->y0));

  return width > 0 && height > 0 ? width * height / area : 0;
}

static void
assert_legible (const Place *place)
{
  for (guint i = 0; i < written->len; i++) {
    const Text *text = get (i);

    if (text->x0 < -1 || text->x1 > place->width + 1 || text->y0 < -1 ||
        text->y1 > place->height + 1)
      g_error ("%d x %d: \"%s\" is cut off: %g to %g, %g to %g", place->width, place->height,
               text->text, text->x0, text->x1, text->y0, text->y1);
    for (guint k = 0; k < i; k++)
      if (overlap (text, get (k)) > 0.1)
        g_error ("%d x %d: \"%s\" stands over \"%s\"", place->width, place->height, text->text,
                 get (k)->text);
  }
}

static void
check (EklFigureKind kind, const EklFigureOptions *options, const EklFigureData *data)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    write_figure (kind, &places[i], options, data);
    assert_legible (&places[i]);
  }
}

/* Two losses on one axis are not compared by mistake: each is named, wherever numbers of it stand. */
static void
test_two_losses (void)
{
  g_autoptr (EklHistory) history = sample_history (120, 0);
  g_autoptr (EklPlane) plane = sample_plane (60, 30, 17);
  const EklFigureData loss = { .history = history }, ground = { .plane = plane };
  EklFigureOptions options;

  ekl_figure_options_init (&options, EKL_FIGURE_LOSS);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    options.losses_differ = FALSE;
    write_figure (EKL_FIGURE_LOSS, &places[i], &options, &loss);
    g_assert_false (is_written ("cross-entropy") || is_written ("squared"));
    options.losses_differ = TRUE;
    write_figure (EKL_FIGURE_LOSS, &places[i], &options, &loss);
    assert_legible (&places[i]);
    g_assert_true (is_written ("GD: cross-entropy"));
    g_assert_true (is_written ("EKI: squared loss"));
    g_assert_true (is_written ("validation"));
  }
  write_figure (EKL_FIGURE_PLANE, &places[0], &options, &ground);
  g_assert_true (is_written ("GD’s loss"));
}

/* Wherever it happens, the step can be read. */
static void
test_divergence (void)
{
  for (guint at = 10; at < 190; at += 10) {
    g_autoptr (EklHistory) history = sample_history (200, at);
    g_autofree char *words = g_strdup_printf ("diverged at step %u", at);
    const EklFigureData data = { .history = history };
    EklFigureOptions options;

    ekl_figure_options_init (&options, EKL_FIGURE_LOSS);
    for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
      write_figure (EKL_FIGURE_LOSS, &places[i], &options, &data);
      g_assert_true (is_written (words));
      assert_legible (&places[i]);
    }
  }
}

static void
test_loss (void)
{
  g_autoptr (EklHistory) history = sample_history (120, 0);
  const EklFigureData data = { .history = history };
  EklFigureOptions options;

  ekl_figure_options_init (&options, EKL_FIGURE_LOSS);
  options.show_best = options.show_mean_output = TRUE;
  for (guint bits = 0; bits < 4; bits++) {
    options.log_x = bits & 1;
    options.linear_y = bits & 2;
    check (EKL_FIGURE_LOSS, &options, &data);
  }
}

static void
test_ensemble (void)
{
  g_autoptr (EklHistory) history = sample_history (120, 0);
  g_autoptr (EklEnsembleView) ensemble = sample_ensemble (40);
  const EklFigureData data = { .history = history, .ensemble = ensemble };
  EklFigureOptions options;

  ekl_figure_options_init (&options, EKL_FIGURE_ENSEMBLE);
  for (guint q = 0; q < EKL_N_ENSEMBLE_QUANTITIES; q++) {
    options.quantity = q;
    check (EKL_FIGURE_ENSEMBLE, &options, &data);
  }
}

/* Particles are whole, and where none was redrawn that is said, not drawn. */
static void
test_redrawn (void)
{
  g_autoptr (EklHistory) all = sample_history (120, 0), few = sample_history (10, 0);
  EklFigureData data = { .history = all };
  EklFigureOptions options;

  ekl_figure_options_init (&options, EKL_FIGURE_ENSEMBLE);
  options.quantity = EKL_ENSEMBLE_REPAIRED;
  write_figure (EKL_FIGURE_ENSEMBLE, &places[0], &options, &data);
  g_assert_true (is_written ("particles redrawn so far"));
  g_assert_true (is_written ("2"));
  g_assert_false (is_written ("."));
  {
    g_autoptr (EklHistory) none = ekl_history_new ();
    guint n;
    EklRecord record = ekl_history_get_records (few, &n)[0];

    for (record.step = 0; record.step < 5; record.step++)
      ekl_history_append (none, &record, 1);
    data.history = none;
    write_figure (EKL_FIGURE_ENSEMBLE, &places[0], &options, &data);
    g_assert_true (is_written ("No particle had to be redrawn"));
    g_assert_false (is_written ("0.5"));

    record.method[EKL_METHOD_EKI].present = FALSE;
    ekl_history_append (none, &record, 1);
    options.quantity = EKL_ENSEMBLE_SPECTRUM;
    write_figure (EKL_FIGURE_ENSEMBLE, &places[0], &options, &data);
    g_assert_true (is_written ("EKI is off"));
  }
}

/* The marks of validation rows have a key, and gamma is the setting's number, too. */
static void
test_predictions_keys (void)
{
  g_autoptr (EklPredictions) field = sample_field (33), residuals = sample_residuals (100, 1.5);

  check (EKL_FIGURE_PREDICTIONS, NULL, &(EklFigureData){ .predictions = field });
  write_figure (EKL_FIGURE_PREDICTIONS, &places[1], NULL, &(EklFigureData){ .predictions = field });
  g_assert_true (is_written ("validation"));
  check (EKL_FIGURE_PREDICTIONS, NULL, &(EklFigureData){ .predictions = residuals });
  write_figure (EKL_FIGURE_PREDICTIONS, &places[1], NULL,
                &(EklFigureData){ .predictions = residuals });
  g_assert_true (is_written ("±γ = 0.3, here 1.5"));
}

/* Of a low picture the sentence takes its part only where something is wrong. */
static void
test_warning (void)
{
  const Place low = { 610, 240, EKL_THEME_PRESENTER };
  g_autoptr (EklHistory) history = sample_history (60, 0);
  g_autoptr (EklEnsembleView) view = sample_ensemble (20);
  const EklFigureData data = { .history = history, .ensemble = view };

  g_free (view->sentence);
  view->sentence = g_strdup ("The ensemble has collapsed: its spread is 0.56 % of the start’s.");
  write_figure (EKL_FIGURE_ENSEMBLE, &low, NULL, &data);
  g_assert_false (is_written ("has collapsed"));
  view->is_warning = TRUE;
  write_figure (EKL_FIGURE_ENSEMBLE, &low, NULL, &data);
  g_assert_true (is_written ("has collapsed"));
  assert_legible (&low);
}

static void
test_plane (void)
{
  g_autoptr (EklPlane) plane = sample_plane (60, 30, 17);
  const EklFigureData data = { .plane = plane };
  EklFigureOptions options;

  ekl_figure_options_init (&options, EKL_FIGURE_PLANE);
  check (EKL_FIGURE_PLANE, &options, &data);
  sample_gather (plane, 0.02);
  check (EKL_FIGURE_PLANE, &options, &data);
}

/* Directions that are nearly the same have names that are not; and the glass lies over none. */
static void
test_arrows (void)
{
  g_autoptr (EklPlane) plane = sample_plane (60, 30, 17);
  const EklFigureData data = { .plane = plane };
  EklFigureOptions options;

  ekl_figure_options_init (&options, EKL_FIGURE_PLANE);
  options.show_arrows = TRUE;
  sample_gather (plane, 0.02);
  plane->has_arrows = TRUE;
  for (double angle = 0; angle < 6.3; angle += 0.3) {
    plane->gradient = (EklPoint){ cos (angle), sin (angle) };
    plane->preconditioned = (EklPoint){ cos (angle + 0.05), sin (angle + 0.05) };
    plane->velocity = (EklPoint){ cos (angle + 0.15), sin (angle + 0.15) };
    check (EKL_FIGURE_PLANE, &options, &data);
    g_assert_true (is_written ("−∇Φ") && is_written ("−C∇Φ") && is_written ("EKI"));
  }
}

/* The best and the worst particle, wherever they are. */
static void
test_best_and_worst (void)
{
  for (guint j = 1; j < 60; j += 4) {
    g_autoptr (EklPlane) plane = sample_plane (60, 30, 17);
    g_autoptr (EklStory) story = g_new0 (EklStory, 1);
    const EklFigureData data = { .plane = plane, .story = story };

    story->has_ensemble = TRUE;
    story->size = plane->n_particles;
    story->found = ekl_plane_copy (plane);
    story->spread = ekl_plane_copy (plane);
    story->moved = ekl_plane_copy (plane);
    story->loss = g_new (double, story->size);
    for (guint k = 0; k < story->size; k++)
      story->loss[k] = k == 0 ? 0.1 : k == j ? 5 : 1;
    story->phase[story->n_phases++] = EKL_PHASE_FORWARD;
    for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
      write_figure (EKL_FIGURE_PLANE, &places[i], NULL, &data);
      assert_legible (&places[i]);
      g_assert_true (is_written ("best 0.100") && is_written ("worst 5.00"));
    }
  }
}

/* The name of an axis does not stand where its numbers should. */
static void
test_long_name (void)
{
  g_autoptr (EklPlane) plane = sample_plane (50, 30, 17);
  g_autoptr (EklStory) story = g_new0 (EklStory, 1);
  const EklFigureData data = { .plane = plane, .story = story };

  story->has_ensemble = TRUE;
  story->size = 50;
  story->loss = g_new (double, story->size);
  for (guint k = 0; k < story->size; k++)
    story->loss[k] = 1 + k;
  story->phase[story->n_phases++] = EKL_PHASE_FORWARD;
  write_figure (EKL_FIGURE_ENSEMBLE, &(Place){ 460, 240, EKL_THEME_LIGHT }, NULL, &data);
  g_assert_true (is_written ("particles, from the best to the worst"));
  g_assert_true (is_written ("40"));
}

/* A descent that has run away is said to be out of sight, and the picture stays that of the other one. */
static void
test_run_away (void)
{
  g_autoptr (EklPredictions) near = sample_scatter (80), away = sample_scatter (80);
  const EklFigureData here = { .predictions = near }, there = { .predictions = away };
  EklFigureLayout with, without;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 600, 400);
  cairo_t *cr = cairo_create (surface);
  EklTheme theme;

  for (guint i = 0; i < away->n_data; i++)
    away->descent[i] = 1e9 + i;
  write_figure (EKL_FIGURE_PREDICTIONS, &places[0], NULL, &here);
  g_assert_false (is_written ("outside"));
  write_figure (EKL_FIGURE_PREDICTIONS, &places[0], NULL, &there);
  g_assert_true (is_written ("GD: far outside") || is_written ("descent: far outside"));

  g_clear_pointer (&near->descent, g_free);
  near->has_descent = FALSE;
  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  ekl_figure_draw (EKL_FIGURE_PREDICTIONS, cr, 600, 400, &theme, NULL, &there, &with);
  ekl_figure_draw (EKL_FIGURE_PREDICTIONS, cr, 600, 400, &theme, NULL, &here, &without);
  g_assert_cmpfloat (with.y1 - with.y0, ==, without.y1 - without.y0);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* From the back row, in a small window: a second row of words would cost a fifth of the picture. */
static void
test_caption (void)
{
  g_autoptr (EklPlane) plane = sample_plane (60, 30, 17);
  const EklFigureData data = { .plane = plane };
  guint n = 0;

  write_figure (EKL_FIGURE_PLANE, &(Place){ 485, 245, EKL_THEME_PRESENTER }, NULL, &data);
  for (guint i = 0; i < written->len; i++)
    if (strstr (get (i)->text, "plane holds") != NULL) {
      g_assert_cmpfloat (get (i)->y1 - get (i)->y0, <, 30);
      n++;
    }
  g_assert_cmpuint (n, ==, 1);
}

/* Levels that are near to each other: no two are called the same, and all have as many decimals. */
static void
test_levels (void)
{
  g_autoptr (EklPlane) plane = sample_plane (60, 30, 17);
  const gsize n = (gsize) plane->loss->n_columns * plane->loss->n_rows;
  const EklFigureData data = { .plane = plane };
  EklFigureOptions options;

  for (gsize k = 0; k < n; k++)
    plane->loss->value[k] = 0.972 + 0.046 * (double) k / (double) n;
  ekl_figure_options_init (&options, EKL_FIGURE_PLANE);
  write_figure (EKL_FIGURE_PLANE, &places[0], &options, &data);
  g_assert_true (is_written ("1.000"));
  g_assert_true (is_written ("0.998"));
  g_assert_true (is_written ("1.002"));
}

static void
test_predictions (void)
{
  g_autoptr (EklPredictions) curve = sample_curve (), scatter = sample_scatter (80),
                             field = sample_field (33), two = sample_confusion (2),
                             ten = sample_confusion (10), many = sample_confusion (26),
                             pictures = sample_pictures (10, 40),
                             residuals = sample_residuals (80, 0.3);
  const EklPredictions *all[] = { curve, scatter, field, two, ten, many, pictures, residuals };
  EklFigureOptions options;

  ekl_figure_options_init (&options, EKL_FIGURE_PREDICTIONS);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    const EklFigureData data = { .predictions = all[i] };

    check (EKL_FIGURE_PREDICTIONS, &options, &data);
  }
}

/* A class has its name, or a number that stands beside the name; never a number alone. */
static void
test_classes (void)
{
  static const guint sizes[] = { 2, 10, 26, 40 };
  EklFigureOptions options;

  ekl_figure_options_init (&options, EKL_FIGURE_PREDICTIONS);
  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++) {
    g_autoptr (EklPredictions) matrix = sample_confusion (sizes[k]);
    const EklFigureData data = { .predictions = matrix };

    for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
      const guint last = sizes[k] - 1;
      g_autofree char *number = g_strdup_printf ("%u", last + 1);
      g_autofree char *both = g_strdup_printf ("%u  class", last + 1);
      gboolean numbered = FALSE;

      write_figure (EKL_FIGURE_PREDICTIONS, &places[i], &options, &data);
      assert_legible (&places[i]);
      g_assert_true (is_written ("class n"));
      g_assert_true (is_written ("rows: true"));
      for (guint t = 0; t < written->len; t++)
        numbered =
          numbered || (g_str_equal (get (t)->text, number) && get (t)->y0 > places[i].height - 60);
      g_assert_true (!numbered || is_written (both));
    }
  }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/legible/loss", test_loss);
  g_test_add_func ("/legible/two-losses", test_two_losses);
  g_test_add_func ("/legible/divergence", test_divergence);
  g_test_add_func ("/legible/ensemble", test_ensemble);
  g_test_add_func ("/legible/redrawn", test_redrawn);
  g_test_add_func ("/legible/predictions-keys", test_predictions_keys);
  g_test_add_func ("/legible/warning", test_warning);
  g_test_add_func ("/legible/plane", test_plane);
  g_test_add_func ("/legible/arrows", test_arrows);
  g_test_add_func ("/legible/best-and-worst", test_best_and_worst);
  g_test_add_func ("/legible/long-name", test_long_name);
  g_test_add_func ("/legible/run-away", test_run_away);
  g_test_add_func ("/legible/caption", test_caption);
  g_test_add_func ("/legible/levels", test_levels);
  g_test_add_func ("/legible/predictions", test_predictions);
  g_test_add_func ("/legible/classes", test_classes);

  return g_test_run ();
}

/* test-selected-figure.c - selected particles light up in every view of the predictions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure.h"

#include "sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N_CLASSES 10

static void
choose (EklPredictions *self, guint n)
{
  self->n_selected = n;
  self->selected = g_new (guint, n);
  for (guint k = 0; k < n; k++)
    self->selected[k] = 4 + 3 * k;
}

/* Its answers are those of the mean particle, and somewhat more with each further one. */
static void
answer (EklPredictions *self, const double *mean, guint n_points)
{
  self->n_points = n_points;
  self->selected_answer = g_new (double, (gsize) self->n_selected *n_points);
  for (guint k = 0; k < self->n_selected; k++)
    for (guint i = 0; i < n_points; i++)
      self->selected_answer[(gsize) k * n_points + i] = mean[i] + 0.2 * (k + 1);
}

static EklPredictions *
make_field (guint n)
{
  EklPredictions *self = sample_field (30);

  choose (self, n);
  answer (self, self->mean_field->value, 30 * 30);
  return self;
}

static EklPredictions *
make_curve (guint n)
{
  EklPredictions *self = sample_curve ();

  choose (self, n);
  answer (self, self->mean_particle, self->n_points);
  return self;
}

static EklPredictions *
make_scatter (guint n)
{
  EklPredictions *self = sample_scatter (60);

  choose (self, n);
  answer (self, self->mean_particle, self->n_points);
  return self;
}

/* Particle 5 takes the first class for the last one, forty times. */
static EklPredictions *
make_confusion (guint n)
{
  EklPredictions *self = sample_confusion (N_CLASSES);
  const gsize cells = N_CLASSES * N_CLASSES;

  choose (self, n);
  self->confusion->n_selected = MIN (n, EKL_CONFUSION_SELECTED);
  self->confusion->selected = g_new0 (guint, self->confusion->n_selected * cells);
  for (guint k = 0; k < self->confusion->n_selected; k++) {
    guint *count = self->confusion->selected + k * cells;

    for (guint c = 0; c < N_CLASSES; c++)
      count[c * (N_CLASSES + 1)] = 50 + k;
    count[N_CLASSES - 1] = 40;
  }
  return self;
}

static EklPredictions *
make_pictures (guint n)
{
  EklPredictions *self = sample_pictures (N_CLASSES, 12);

  choose (self, n);
  self->pictures->n_selected = n;
  self->pictures->selected = g_new0 (guint, (gsize) n * 12);
  for (guint k = 0; k < n; k++)
    for (guint i = 0; i < 12; i++)
      self->pictures->selected[k * 12 + i] =
        i == 5 ? EKL_NO_CLASS : (self->pictures->truth[i] + (i > 2)) % N_CLASSES;
  return self;
}

typedef EklPredictions *(*Make) (guint n);

static const Make makes[] = { make_field, make_curve, make_scatter, make_confusion, make_pictures };

/* How many pixels have the colour of selected particles. */
static guint
count_third (const EklPredictions *predictions, EklThemeKind kind, int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  const EklFigureData data = { .predictions = predictions };
  const guchar *bytes;
  EklFigureOptions options;
  EklFigureLayout layout;
  EklTheme theme;
  guint n = 0;

  ekl_theme_init (&theme, kind);
  ekl_figure_options_init (&options, EKL_FIGURE_PREDICTIONS);
  ekl_figure_draw (EKL_FIGURE_PREDICTIONS, cr, width, height, &theme, &options, &data, &layout);
  cairo_surface_flush (surface);
  bytes = cairo_image_surface_get_data (surface);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      const guchar *pixel = bytes + y * cairo_image_surface_get_stride (surface) + 4 * x;

      n += abs (pixel[2] - (int) lround (255 * theme.third.red)) < 4 &&
           abs (pixel[1] - (int) lround (255 * theme.third.green)) < 4 &&
           abs (pixel[0] - (int) lround (255 * theme.third.blue)) < 4;
    }
  for (guint k = 0; k < 5; k++)
    ekl_figure_draw_hover (EKL_FIGURE_PREDICTIONS, cr, &theme, &options, &data, &layout,
                           layout.left + layout.width * k / 4.0,
                           layout.top + layout.height * k / 4.0);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return n;
}

/* In every view, every theme, large and small; and nowhere without a selection. */
static void
test_pixels (void)
{
  for (guint m = 0; m < G_N_ELEMENTS (makes); m++) {
    g_autoptr (EklPredictions) none = makes[m](0);
    g_autoptr (EklPredictions) one = makes[m](1);
    g_autoptr (EklPredictions) many = makes[m](7);

    for (guint kind = EKL_THEME_LIGHT; kind <= EKL_THEME_PRINT; kind++) {
      g_assert_cmpuint (count_third (none, kind, 800, 500), ==, 0);
      g_assert_cmpuint (count_third (one, kind, 800, 500), >, 60);
      g_assert_cmpuint (count_third (many, kind, 800, 500), >, 60);
      /* of a tenth of a projector's screen a matrix fills all */
      if (kind != EKL_THEME_PRESENTER)
        g_assert_cmpuint (count_third (one, kind, 400, 260), >, 8);
      count_third (many, kind, 60, 40);
      count_third (many, kind, 1, 1);
    }
  }
}

static char *
describe (const EklPredictions *predictions)
{
  return ekl_figure_describe (EKL_FIGURE_PREDICTIONS, NULL,
                              &(EklFigureData){ .predictions = predictions });
}

static void
test_words (void)
{
  static const char *const wanted[] = {
    "Selected particle 5 answers 0.2",
    "Selected particle 5 answers 0.2",
    "That of selected particle 5 is",
    ("Selected particle 5 is right in 500 rows, most often wrong by taking class number 1 for "
     "class "
     "number 10, 40 times."),
    "Selected particle 5 names 3 of these 12 rightly.",
  };

  for (guint m = 0; m < G_N_ELEMENTS (makes); m++) {
    g_autoptr (EklPredictions) none = makes[m](0);
    g_autoptr (EklPredictions) one = makes[m](1);
    g_autoptr (EklPredictions) many = makes[m](7);
    g_autofree char *without = describe (none);
    g_autofree char *with = describe (one);
    g_autofree char *with_many = describe (many);

    g_assert_null (strstr (without, "elected"));
    g_assert_nonnull (strstr (with, wanted[m]));
    g_assert_nonnull (strstr (with_many, wanted[m]));
    g_assert_nonnull (strstr (with_many, "elected particle 8"));
    g_assert_cmpuint (strlen (with_many), <, strlen (with) + 500);
  }
}

/* Of how many particles the spread is, where it is not all of them. */
static void
test_share (void)
{
  g_autoptr (EklPredictions) field = make_field (0);
  g_autoptr (EklPredictions) pictures = make_pictures (0);
  g_autofree char *all = NULL;
  g_autofree char *some = NULL;
  g_autofree char *votes = NULL;

  field->n_particles = field->n_all_particles = 50;
  all = describe (field);
  field->n_all_particles = 700;
  some = describe (field);
  g_assert_null (strstr (all, "particles, spread evenly"));
  g_assert_nonnull (strstr (some, "The spread is of 50 of the 700 particles, spread evenly."));

  pictures->pictures->n_all_particles = 300;
  votes = describe (pictures);
  g_assert_nonnull (strstr (votes, "There vote 40 of the 300 particles, spread evenly."));
}

/* A column a particle, and every row as wide as the head. */
static void
test_table (void)
{
  for (guint m = 0; m < G_N_ELEMENTS (makes); m++) {
    g_autoptr (EklPredictions) many = makes[m](3);
    g_autofree char *text =
      ekl_figure_to_csv (EKL_FIGURE_PREDICTIONS, &(EklFigureData){ .predictions = many });
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    g_auto (GStrv) head = g_strsplit (lines[0], ",", -1);

    g_assert_nonnull (strstr (text, "particle_5"));
    g_assert_nonnull (strstr (text, "particle_11"));
    for (guint i = 0; lines[i][0] != '\0'; i++) {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, g_strv_length (head));
    }
  }
}

static gboolean
is_third (cairo_surface_t *surface, const EklTheme *theme, double x, double y)
{
  const guchar *pixel = cairo_image_surface_get_data (surface) +
                        lround (4 * y) * cairo_image_surface_get_stride (surface) +
                        4 * lround (4 * x);

  return abs (pixel[2] - (int) lround (255 * theme->third.red)) < 4 &&
         abs (pixel[1] - (int) lround (255 * theme->third.green)) < 4;
}

/* A particle's loss is known at some steps: there its line has dots, and nowhere else. */
static void
test_moments (void)
{
  g_autoptr (EklHistory) history = sample_history (100, 0);
  g_autoptr (EklSelection) selection = ekl_selection_new (1, 3);
  const guint particle = 4;
  const EklFigureData data = { .history = history,
                               .selection = selection,
                               .selected = &particle,
                               .n_selected = 1 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 4 * 800, 4 * 500);
  cairo_t *cr = cairo_create (surface);
  EklFigureLayout layout;
  EklTheme theme;

  selection->particle[0] = particle;
  for (guint i = 0; i < 3; i++) {
    selection->step[i] = 50 * i;
    selection->loss[i] = 0.7f;
  }
  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  cairo_surface_set_device_scale (surface, 4, 4);
  ekl_figure_draw (EKL_FIGURE_LOSS, cr, 800, 500, &theme, NULL, &data, &layout);
  cairo_surface_flush (surface);
  for (guint step = 35; step <= 65; step += 5) {
    const double x = layout.left + layout.width * step / 100;
    const double y =
      layout.top + layout.height * log (layout.y1 / 0.7) / log (layout.y1 / layout.y0);

    g_assert_cmpint (is_third (surface, &theme, x, y + 1.2), ==, step == 50);
    g_assert_cmpint (is_third (surface, &theme, x, y - 1.2), ==, step == 50);
  }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/selected-figure/pixels", test_pixels);
  g_test_add_func ("/selected-figure/moments", test_moments);
  g_test_add_func ("/selected-figure/words", test_words);
  g_test_add_func ("/selected-figure/share", test_share);
  g_test_add_func ("/selected-figure/table", test_table);
  return g_test_run ();
}

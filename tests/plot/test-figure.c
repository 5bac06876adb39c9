/* test-figure.c - every figure draws, whatever the data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure.h"

#include "sample.h"

#include <math.h>
#include <string.h>

typedef struct {
  cairo_surface_t *surface;
  EklFigureLayout layout;
} Picture;

static void
check_layout (const EklFigureLayout *layout, double width, double height)
{
  g_assert_true (isfinite (layout->left) && isfinite (layout->top));
  g_assert_true (isfinite (layout->width) && isfinite (layout->height));
  g_assert_true (isfinite (layout->x0) && isfinite (layout->x1));
  g_assert_true (isfinite (layout->y0) && isfinite (layout->y1));
  if (layout->width > 0) {
    g_assert_cmpfloat (layout->x0, <, layout->x1);
    g_assert_cmpfloat (layout->y0, <, layout->y1);
  }
  if (width >= 300 && height >= 200) {
    g_assert_cmpfloat (layout->left + layout->width, <=, width);
    g_assert_cmpfloat (layout->top + layout->height, <=, height);
    g_assert_cmpfloat (layout->width, >, 0.25 * MIN (width, height));
    g_assert_cmpfloat (layout->height, >, 0.25 * height);
  }
}

/* Draws both passes and the words; fails when cairo is in an error state. */
static Picture
draw (EklFigureKind kind,
      EklThemeKind theme_kind,
      double width,
      double height,
      const EklFigureOptions *options,
      const EklFigureData *data)
{
  Picture self = { 0 };
  EklTheme theme;
  cairo_t *cr;
  guint64 step;
  g_autofree char *words = ekl_figure_describe (kind, NULL, data);

  ekl_theme_init (&theme, theme_kind);
  self.surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cr = cairo_create (self.surface);
  ekl_figure_draw (kind, cr, width, height, &theme, options, data, &self.layout);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  check_layout (&self.layout, width, height);
  for (guint k = 0; k < 4; k++) {
    double x = self.layout.left + self.layout.width * k / 2.5;
    double y = k == 3 ? NAN : self.layout.top + self.layout.height * k / 3.0;

    ekl_figure_draw_hover (kind, cr, &theme, options, data, &self.layout, x, y);
    ekl_figure_step_at (kind, options, data, &self.layout, x, &step);
  }
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (self.surface);
  g_assert_nonnull (words);
  g_assert_true (g_utf8_validate (words, -1, NULL));
  g_assert_cmpuint (strlen (words), >, 10);

  return self;
}

/* Only curves over the steps have axes to choose; the other figures are the same for each choice. */
static gboolean
has_axes (EklFigureKind kind)
{
  return kind == EKL_FIGURE_LOSS || kind == EKL_FIGURE_ENSEMBLE;
}

static void
draw_everywhere (EklFigureKind kind, const EklFigureData *data)
{
  const guint n_axes = has_axes (kind) ? EKL_LOSS_AXIS_SECONDS + 1 : 1;
  static const int sizes[][2] = { { 700, 400 }, { 320, 220 }, { 1, 1 }, { 60, 500 }, { 500, 20 } };
  EklFigureOptions options;

  ekl_figure_options_init (&options, kind);
  for (guint theme = EKL_THEME_LIGHT; theme <= EKL_THEME_PRINT; theme++) {
    Picture picture = draw (kind, theme, 400, 300, &options, data);

    cairo_surface_destroy (picture.surface);
  }
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    Picture picture = draw (kind, EKL_THEME_LIGHT, sizes[i][0], sizes[i][1], NULL, data);

    cairo_surface_destroy (picture.surface);
  }
  for (guint axis = EKL_LOSS_AXIS_STEP; axis < n_axes; axis++) {
    for (guint bits = 0; bits < 8; bits += has_axes (kind) ? 1 : 7) {
      Picture picture;

      options.x_axis = axis;
      options.log_x = bits & 1;
      options.linear_y = bits & 2;
      options.show_best = options.show_title = bits & 4;
      options.title = "A title of some length that may have to be wrapped";
      picture = draw (kind, EKL_THEME_DARK, 400, 300, &options, data);
      cairo_surface_destroy (picture.surface);
    }
  }
}

static void
draw_with_views (EklFigureKind kind, const EklFigureData *data)
{
  static const double views[][4] = { { 0, 10, 0, 1 },
                                     { 5, 5, 5, 5 },
                                     { 10, 0, 1, 0 },
                                     { NAN, NAN, NAN, NAN },
                                     { -1e300, 1e300, -1e300, 1e300 },
                                     { 1e-300, 1e300, 1e-300, 1e300 },
                                     { 0, INFINITY, 0, INFINITY },
                                     { 100, 100 + 1e-12, 1, 1 + 1e-15 },
                                     { -5, -1, -5, -1 } };
  EklFigureOptions options;

  ekl_figure_options_init (&options, kind);
  options.has_view = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (views); i++) {
    for (guint bits = 0; bits < 4; bits += has_axes (kind) ? 1 : 4) {
      Picture picture;

      options.view_x0 = views[i][0];
      options.view_x1 = views[i][1];
      options.view_y0 = views[i][2];
      options.view_y1 = views[i][3];
      options.log_x = bits & 1;
      options.linear_y = bits & 2;
      picture = draw (kind, EKL_THEME_LIGHT, 400, 300, &options, data);
      cairo_surface_destroy (picture.surface);
    }
  }
}

static void
set_everything (EklMethodRecord *record, double value)
{
  record->present = TRUE;
  record->train_loss = record->validation_loss = record->metric = value;
  record->step_size = record->spread = value;
  record->particle_mean = record->particle_best = record->particle_low = value;
  record->particle_median = record->particle_high = value;
}

static void
test_hostile_history (void)
{
  static const double values[] = { NAN, INFINITY, -INFINITY, 0, -1, 1, 1e300, 1e-300, 1e-320 };
  guint32 state = 1;

  for (guint k = 0; k <= G_N_ELEMENTS (values); k++) {
    g_autoptr (EklHistory) history = ekl_history_new ();
    EklFigureData data = { .history = history, .has_crosshair = TRUE, .crosshair_step = 7 };

    for (guint step = 0; step < 20; step++) {
      EklRecord record = { .step = step, .epoch = step };

      for (guint m = 0; m < EKL_N_METHODS; m++) {
        guint pick =
          k < G_N_ELEMENTS (values) ? k : (guint) (sample_uniform (&state) * G_N_ELEMENTS (values));

        set_everything (&record.method[m], values[pick]);
        record.method[m].model_runs = step;
        record.method[m].seconds = record.method[m].time = k % 3 == 0 ? 0 : step;
      }
      ekl_history_append (history, &record, 1);
    }
    ekl_history_add_event (history, &(EklEvent){ 5, (char *) "Γ", (char *) "0.3", (char *) "0.1" });
    ekl_history_add_event (history, &(EklEvent){ 5, (char *) "bad \xff text", NULL, NULL });
    ekl_history_add_event (history, &(EklEvent){ 900, NULL, NULL, NULL });
    draw_everywhere (EKL_FIGURE_LOSS, &data);
    draw_everywhere (EKL_FIGURE_ENSEMBLE, &data);
    draw_with_views (EKL_FIGURE_LOSS, &data);
    draw_with_views (EKL_FIGURE_ENSEMBLE, &data);
  }
}

static void
test_histories_of_any_length (void)
{
  static const guint lengths[] = { 0, 1, 2, 3, 120 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    for (guint diverges = 0; diverges < 2; diverges++) {
      g_autoptr (EklHistory) history = sample_history (lengths[i], diverges * lengths[i] / 2);
      EklFigureData data = { .history = history,
                             .has_crosshair = TRUE,
                             .crosshair_step = 1u << 31 };

      draw_everywhere (EKL_FIGURE_LOSS, &data);
      draw_everywhere (EKL_FIGURE_ENSEMBLE, &data);
    }
  }
}

static void
test_full_history (void)
{
  g_autoptr (EklHistory) history = sample_history (EKL_HISTORY_CAPACITY - 1, 40000);
  EklFigureData data = { .history = history };
  Picture loss = draw (EKL_FIGURE_LOSS, EKL_THEME_LIGHT, 900, 400, NULL, &data);
  Picture ensemble = draw (EKL_FIGURE_ENSEMBLE, EKL_THEME_LIGHT, 900, 400, NULL, &data);

  g_assert_cmpfloat (loss.layout.x1, ==, EKL_HISTORY_CAPACITY - 1);
  cairo_surface_destroy (loss.surface);
  cairo_surface_destroy (ensemble.surface);
}

static void
test_empty (void)
{
  g_autoptr (EklHistory) history = ekl_history_new ();
  g_autoptr (EklPlane) plane = g_new0 (EklPlane, 1);
  g_autoptr (EklPredictions) predictions = g_new0 (EklPredictions, 1);
  const EklFigureData none = { 0 };
  const EklFigureData empty = { .history = history, .plane = plane, .predictions = predictions };

  for (guint kind = 0; kind < EKL_N_FIGURES; kind++) {
    for (guint p = EKL_PREDICTIONS_CURVE; p <= EKL_PREDICTIONS_SCATTER; p++) {
      predictions->kind = p;
      draw_everywhere (kind, &none);
      draw_everywhere (kind, &empty);
    }
  }
}

static void
test_no_size (void)
{
  static const double sizes[] = { 0, -5, 0.2, NAN, INFINITY };
  g_autoptr (EklHistory) history = sample_history (5, 0);
  EklFigureData data = { .history = history };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 0, 0);
  cairo_t *cr = cairo_create (surface);
  EklTheme theme;

  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++) {
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
      EklFigureLayout layout;

      ekl_figure_draw (kind, cr, sizes[i], 100, &theme, NULL, &data, &layout);
      g_assert_cmpfloat (layout.width, ==, 0);
      ekl_figure_draw (kind, cr, 100, sizes[i], &theme, NULL, &data, &layout);
      g_assert_cmpfloat (layout.height, ==, 0);
      ekl_figure_draw_hover (kind, cr, &theme, NULL, &data, &layout, 1, 1);
      g_assert_false (ekl_figure_step_at (kind, NULL, &data, &layout, 50, NULL));
    }
  }
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_hostile_plane (void)
{
  static const double values[] = { NAN, INFINITY, 0, 1, 1e300, -1e300, 1e-300 };

  for (guint k = 0; k < G_N_ELEMENTS (values); k++) {
    g_autoptr (EklPlane) plane = sample_plane (30, 12, 9);
    EklFigureData data = { .plane = plane, .has_crosshair = TRUE, .crosshair_step = 3 };

    for (guint j = 0; j < 30; j += 2)
      plane->particle[j] = (EklPoint){ values[k], values[(k + j) % G_N_ELEMENTS (values)] };
    plane->particle_distance[3] = (float) values[k];
    plane->mean_path[4] = plane->descent_path[5] = (EklPoint){ values[k], values[k] };
    plane->covariance[k % 3] = values[k];
    plane->loss->value[40] = values[k];
    plane->mean_share = plane->spread_share = values[k];
    draw_everywhere (EKL_FIGURE_PLANE, &data);
    draw_with_views (EKL_FIGURE_PLANE, &data);

    plane->mean = (EklPoint){ values[k], values[k] };
    for (guint i = 0; i < 81; i++)
      plane->loss->value[i] = values[k];
    for (guint j = 0; j < 30; j++)
      plane->particle[j] = plane->mean;
    plane->n_mean_path = plane->n_descent_path = 0;
    draw_everywhere (EKL_FIGURE_PLANE, &data);
  }
}

static void
test_planes_of_any_size (void)
{
  static const guint sizes[][3] = { { 0, 1, 0 },
                                    { 1, 0, 0 },
                                    { 1, 1, 2 },
                                    { 2, 2, 3 },
                                    { 5000, 90, 65 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (EklPlane) plane = sample_plane (sizes[i][0], sizes[i][1], sizes[i][2]);
    EklFigureData data = { .plane = plane };

    draw_everywhere (EKL_FIGURE_PLANE, &data);
  }
}

static void
spoil (double *values, guint n, double value)
{
  for (guint i = 0; values && i < n; i += 3)
    values[i] = value;
}

static void
test_hostile_predictions (void)
{
  static const double values[] = { NAN, INFINITY, -INFINITY, 0, 1e300, -1e300, 1e-300 };

  for (guint k = 0; k < G_N_ELEMENTS (values); k++) {
    EklPredictions *kinds[3] = { sample_curve (), sample_scatter (40), sample_field (9) };

    for (guint i = 0; i < 3; i++) {
      EklPredictions *p = kinds[i];
      EklFigureData data = { .predictions = p };

      spoil (p->data_x, p->n_data, values[k]);
      spoil (p->data_y, p->n_data, values[k]);
      spoil (p->data_value, p->n_data, values[k]);
      spoil (p->mean_particle, p->n_points, values[k]);
      spoil (p->low, p->n_points, values[k]);
      spoil (p->high, p->n_points, -values[k]);
      spoil (p->descent, p->n_points, values[k]);
      if (p->mean_field) {
        spoil (p->mean_field->value, 81, values[k]);
        spoil (p->spread_field->value, 81, values[k]);
      }
      draw_everywhere (EKL_FIGURE_PREDICTIONS, &data);
      draw_with_views (EKL_FIGURE_PREDICTIONS, &data);
      ekl_predictions_free (p);
    }
  }
}

static void
test_predictions_of_one_method (void)
{
  EklPredictions *kinds[3] = { sample_curve (), sample_scatter (40), sample_field (9) };

  for (guint i = 0; i < 3; i++) {
    EklPredictions *p = kinds[i];
    EklFigureData data = { .predictions = p };

    p->has_ensemble = FALSE;
    g_clear_pointer (&p->mean_particle, g_free);
    g_clear_pointer (&p->low, g_free);
    g_clear_pointer (&p->median, g_free);
    g_clear_pointer (&p->high, g_free);
    g_clear_pointer (&p->member, g_free);
    g_clear_pointer (&p->mean_field, ekl_field_free);
    g_clear_pointer (&p->spread_field, ekl_field_free);
    g_clear_pointer (&p->x_name, g_free);
    g_clear_pointer (&p->y_name, g_free);
    g_clear_pointer (&p->output_name, g_free);
    draw_everywhere (EKL_FIGURE_PREDICTIONS, &data);
    p->has_descent = FALSE;
    g_clear_pointer (&p->descent, g_free);
    g_clear_pointer (&p->descent_field, ekl_field_free);
    draw_everywhere (EKL_FIGURE_PREDICTIONS, &data);
    ekl_predictions_free (p);
  }
}

/* How many pixels have this colour, give or take rounding. */
static guint
count_color (cairo_surface_t *surface, EklColor color)
{
  const guchar *bytes = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++) {
    const guint32 *line = (const guint32 *) (const void *) (bytes + (gsize) y * stride);

    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      if (fabs (((line[x] >> 16) & 0xff) - 255 * color.red) < 2 &&
          fabs (((line[x] >> 8) & 0xff) - 255 * color.green) < 2 &&
          fabs ((line[x] & 0xff) - 255 * color.blue) < 2)
        n++;
  }

  return n;
}

static void
test_both_methods_are_seen (void)
{
  g_autoptr (EklHistory) history = sample_history (120, 0);
  g_autoptr (EklPlane) plane = sample_plane (100, 40, 17);
  g_autoptr (EklPredictions) predictions = sample_curve ();
  EklFigureData data = { .history = history, .plane = plane, .predictions = predictions };

  for (guint theme_kind = EKL_THEME_LIGHT; theme_kind <= EKL_THEME_PRINT; theme_kind++) {
    EklTheme theme;

    ekl_theme_init (&theme, theme_kind);
    for (guint kind = 0; kind < EKL_N_FIGURES; kind++) {
      EklFigureOptions options;
      Picture picture;

      ekl_figure_options_init (&options, kind);
      options.quantity = EKL_ENSEMBLE_STEP_SIZES; /* of what the ensemble's figure shows, both's */
      picture = draw (kind, theme_kind, 700, 400, &options, &data);
      g_assert_cmpuint (count_color (picture.surface, theme.eki), >, 150);
      g_assert_cmpuint (count_color (picture.surface, theme.gd), >, 100);
      if (kind != EKL_FIGURE_PLANE)
        g_assert_cmpuint (count_color (picture.surface, theme.background), >, 50000);
      cairo_surface_destroy (picture.surface);
    }
  }
}

static void
test_step_at (void)
{
  g_autoptr (EklHistory) history = sample_history (100, 0);
  EklFigureData data = { .history = history };
  Picture picture = draw (EKL_FIGURE_LOSS, EKL_THEME_LIGHT, 700, 400, NULL, &data);
  EklFigureLayout *layout = &picture.layout;
  guint64 step = 0;

  g_assert_cmpfloat (layout->x0, ==, 0);
  g_assert_cmpfloat (layout->x1, ==, 100);
  for (guint wanted = 0; wanted <= 100; wanted += 10) {
    g_assert_true (ekl_figure_step_at (EKL_FIGURE_LOSS, NULL, &data, layout,
                                       layout->left + layout->width * wanted / 100.0, &step));
    g_assert_cmpuint (step, ==, wanted);
  }
  g_assert_false (ekl_figure_step_at (EKL_FIGURE_LOSS, NULL, &data, layout, 0, &step));
  g_assert_false (ekl_figure_step_at (EKL_FIGURE_PLANE, NULL, &data, layout, 300, &step));
  cairo_surface_destroy (picture.surface);
}

static void
test_plane_has_equal_aspect (void)
{
  static const int sizes[][2] = { { 900, 300 }, { 300, 700 }, { 500, 500 } };
  g_autoptr (EklPlane) plane = sample_plane (60, 20, 17);
  EklFigureData data = { .plane = plane };

  for (guint i = 0; i < 3; i++) {
    Picture picture =
      draw (EKL_FIGURE_PLANE, EKL_THEME_LIGHT, sizes[i][0], sizes[i][1], NULL, &data);
    EklFigureLayout *layout = &picture.layout;

    g_assert_cmpfloat_with_epsilon ((layout->x1 - layout->x0) / layout->width,
                                    (layout->y1 - layout->y0) / layout->height, 1e-9);
    cairo_surface_destroy (picture.surface);
  }
}

static void
test_an_outlier_does_not_shrink_the_plane (void)
{
  g_autoptr (EklPlane) plane = sample_plane (200, 20, 0);
  EklFigureData data = { .plane = plane };
  Picture picture;

  plane->particle[7] = (EklPoint){ 5000, -5000 };
  picture = draw (EKL_FIGURE_PLANE, EKL_THEME_LIGHT, 600, 400, NULL, &data);
  g_assert_cmpfloat (picture.layout.x1 - picture.layout.x0, <, 20);
  cairo_surface_destroy (picture.surface);
}

static void
test_divergence_does_not_flatten_the_rest (void)
{
  g_autoptr (EklHistory) history = sample_history (120, 60);
  EklFigureData data = { .history = history };
  Picture picture = draw (EKL_FIGURE_LOSS, EKL_THEME_LIGHT, 600, 400, NULL, &data);
  g_autofree char *words = ekl_figure_describe (EKL_FIGURE_LOSS, NULL, &data);

  g_assert_cmpfloat (picture.layout.y1, <, 1000);
  g_assert_nonnull (strstr (words, "Gradient descent diverged at step 60"));
  cairo_surface_destroy (picture.surface);
}

/* On its way to infinity, and still finite, on either axis: the other one is seen as before. */
static void
test_escape_does_not_flatten_the_rest (void)
{
  g_autoptr (EklHistory) history = sample_history (30, 0);
  EklFigureData data = { .history = history };
  EklFigureOptions linear;
  Picture picture;
  guint n;
  EklRecord record = ekl_history_get_records (history, &n)[n - 1];

  for (guint k = 1; k <= 10; k++) {
    record.step++;
    record.method[EKL_METHOD_GD].train_loss = pow (10, 3 * k);
    record.method[EKL_METHOD_GD].validation_loss = pow (10, 3 * k);
    ekl_history_append (history, &record, 1);
  }
  picture = draw (EKL_FIGURE_LOSS, EKL_THEME_LIGHT, 600, 400, NULL, &data);
  g_assert_cmpfloat (picture.layout.y0, <, record.method[EKL_METHOD_EKI].train_loss);
  g_assert_cmpfloat (picture.layout.y1, <, 1000);
  cairo_surface_destroy (picture.surface);
  ekl_figure_options_init (&linear, EKL_FIGURE_LOSS);
  linear.linear_y = TRUE;
  picture = draw (EKL_FIGURE_LOSS, EKL_THEME_LIGHT, 600, 400, &linear, &data);
  g_assert_cmpfloat (picture.layout.y1, <, 50);
  cairo_surface_destroy (picture.surface);
}

static void
test_losses_between_evaluations_are_joined (void)
{
  g_autoptr (EklHistory) history = ekl_history_new ();
  EklFigureData data = { .history = history };
  EklTheme theme;
  Picture picture;

  for (guint step = 0; step <= 100; step++) {
    EklRecord record = { .step = step };

    record.method[EKL_METHOD_EKI].present = TRUE;
    record.method[EKL_METHOD_EKI].train_loss = step % 50 == 0 ? 1 : NAN;
    record.method[EKL_METHOD_EKI].validation_loss = NAN;
    record.method[EKL_METHOD_EKI].particle_low = record.method[EKL_METHOD_EKI].particle_high = NAN;
    ekl_history_append (history, &record, 1);
  }
  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  picture = draw (EKL_FIGURE_LOSS, EKL_THEME_LIGHT, 600, 400, NULL, &data);
  /* one line across the plot */
  g_assert_cmpuint (count_color (picture.surface, theme.eki), >, 0.8 * picture.layout.width);
  cairo_surface_destroy (picture.surface);
}

static void
test_words (void)
{
  g_autoptr (EklHistory) history = sample_history (120, 0);
  g_autoptr (EklPlane) plane = sample_plane (100, 40, 0);
  g_autoptr (EklPredictions) predictions = sample_scatter (50);
  EklFigureData data = { .history = history, .plane = plane, .predictions = predictions };
  static const char *const parts[EKL_N_FIGURES] = { "after 120 steps",
                                                    "with 100 particles. It holds 93",
                                                    "root mean square error", "in 120 steps" };
  static const char *const names[EKL_N_FIGURES] = { "loss", "plane", "predictions", "ensemble" };

  for (guint kind = 0; kind < EKL_N_FIGURES; kind++) {
    g_autofree char *words = ekl_figure_describe (kind, NULL, &data);

    g_assert_nonnull (strstr (words, parts[kind]));
    g_assert_cmpstr (ekl_figure_kind_get_name (kind), ==, names[kind]);
  }
}

/* Pixels that the run before adds to the picture of the loss. */
static guint
count_former (const EklHistory *former, gboolean hidden)
{
  g_autoptr (EklHistory) history = sample_history (40, 0);
  EklFigureData data = { .history = history };
  EklFigureOptions options;
  cairo_surface_t *surface[2];
  EklTheme theme;
  guint n = 0;

  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  ekl_figure_options_init (&options, EKL_FIGURE_LOSS);
  options.hide_former = hidden;
  for (guint k = 0; k < 2; k++) {
    cairo_t *cr;

    surface[k] = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 640, 400);
    cr = cairo_create (surface[k]);
    data.former = k == 1 ? former : NULL;
    ekl_figure_draw (EKL_FIGURE_LOSS, cr, 640, 400, &theme, &options, &data, NULL);
    cairo_destroy (cr);
    cairo_surface_flush (surface[k]);
  }
  for (guint i = 0; i < 640 * 400; i++)
    n += ((guint32 *) cairo_image_surface_get_data (surface[0]))[i] !=
         ((guint32 *) cairo_image_surface_get_data (surface[1]))[i];
  cairo_surface_destroy (surface[0]);
  cairo_surface_destroy (surface[1]);
  return n;
}

static void
test_former (void)
{
  g_autoptr (EklHistory) former = sample_history (60, 20);
  g_autoptr (EklHistory) history = sample_history (40, 0);
  const EklFigureData data = { .history = history, .former = former, .former_name = "J 50" };
  g_autofree char *words = ekl_figure_describe (EKL_FIGURE_LOSS, NULL, &data);

  g_assert_cmpuint (count_former (former, FALSE), >, 200);
  g_assert_cmpuint (count_former (former, TRUE), ==, 0);
  g_assert_nonnull (strstr (words, "The run before (J 50) ended at step"));
}

static cairo_surface_t *
draw_loss (const EklHistory *history, EklThemeKind kind, gboolean moving)
{
  const EklFigureData data = { .history = history, .moving = moving };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 640, 400);
  cairo_t *cr = cairo_create (surface);
  EklTheme theme;

  ekl_theme_init (&theme, kind);
  ekl_figure_draw (EKL_FIGURE_LOSS, cr, 640, 400, &theme, NULL, &data, NULL);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* What moves is drawn more coarsely on the screen, and never in a file. */
static void
test_moving (void)
{
  g_autoptr (EklHistory) history = sample_history (40, 0);

  for (guint print = 0; print < 2; print++) {
    const EklThemeKind kind = print ? EKL_THEME_PRINT : EKL_THEME_LIGHT;
    cairo_surface_t *still = draw_loss (history, kind, FALSE);
    cairo_surface_t *moving = draw_loss (history, kind, TRUE);
    const gboolean same =
      memcmp (cairo_image_surface_get_data (still), cairo_image_surface_get_data (moving),
              (gsize) cairo_image_surface_get_stride (still) * 400) == 0;

    g_assert_cmpint (same, ==, print);
    cairo_surface_destroy (still);
    cairo_surface_destroy (moving);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/empty", test_empty);
  g_test_add_func ("/figure/no-size", test_no_size);
  g_test_add_func ("/figure/history/hostile", test_hostile_history);
  g_test_add_func ("/figure/history/any-length", test_histories_of_any_length);
  g_test_add_func ("/figure/history/full", test_full_history);
  g_test_add_func ("/figure/plane/hostile", test_hostile_plane);
  g_test_add_func ("/figure/plane/any-size", test_planes_of_any_size);
  g_test_add_func ("/figure/plane/aspect", test_plane_has_equal_aspect);
  g_test_add_func ("/figure/plane/outlier", test_an_outlier_does_not_shrink_the_plane);
  g_test_add_func ("/figure/predictions/hostile", test_hostile_predictions);
  g_test_add_func ("/figure/predictions/one-method", test_predictions_of_one_method);
  g_test_add_func ("/figure/both-methods", test_both_methods_are_seen);
  g_test_add_func ("/figure/step-at", test_step_at);
  g_test_add_func ("/figure/loss/divergence", test_divergence_does_not_flatten_the_rest);
  g_test_add_func ("/figure/loss/escape", test_escape_does_not_flatten_the_rest);
  g_test_add_func ("/figure/loss/joined", test_losses_between_evaluations_are_joined);
  g_test_add_func ("/figure/words", test_words);

  g_test_add_func ("/figure/former", test_former);
  g_test_add_func ("/figure/moving", test_moving);
  return g_test_run ();
}

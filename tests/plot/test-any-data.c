/* test-any-data.c - every figure draws, whatever the data, the view and the size
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "picture.h"
#include "sample.h"

#include <math.h>

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
    Picture picture = picture_draw (kind, theme, 400, 300, &options, data);

    cairo_surface_destroy (picture.surface);
  }
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    Picture picture = picture_draw (kind, EKL_THEME_LIGHT, sizes[i][0], sizes[i][1], NULL, data);

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
      picture = picture_draw (kind, EKL_THEME_DARK, 400, 300, &options, data);
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
      picture = picture_draw (kind, EKL_THEME_LIGHT, 400, 300, &options, data);
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
  Picture loss = picture_draw (EKL_FIGURE_LOSS, EKL_THEME_LIGHT, 900, 400, NULL, &data);
  Picture ensemble = picture_draw (EKL_FIGURE_ENSEMBLE, EKL_THEME_LIGHT, 900, 400, NULL, &data);

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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/any-data/empty", test_empty);
  g_test_add_func ("/any-data/no-size", test_no_size);
  g_test_add_func ("/any-data/history/hostile", test_hostile_history);
  g_test_add_func ("/any-data/history/any-length", test_histories_of_any_length);
  g_test_add_func ("/any-data/history/full", test_full_history);
  g_test_add_func ("/any-data/plane/hostile", test_hostile_plane);
  g_test_add_func ("/any-data/plane/any-size", test_planes_of_any_size);
  g_test_add_func ("/any-data/predictions/hostile", test_hostile_predictions);
  g_test_add_func ("/any-data/predictions/one-method", test_predictions_of_one_method);

  return g_test_run ();
}

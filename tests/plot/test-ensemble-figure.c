/* test-ensemble-figure.c - the figure of the ensemble: every quantity, in every state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ensemble_curves.h"
#include "legend.h"
#include "sample.h"

#include <math.h>
#include <string.h>

static cairo_surface_t *
draw (EklEnsembleQuantity quantity,
      const EklFigureData *data,
      double width,
      double height,
      EklFigureLayout *layout)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cairo_t *cr = cairo_create (surface);
  EklFigureOptions options;
  EklTheme theme;

  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  ekl_figure_options_init (&options, EKL_FIGURE_ENSEMBLE);
  options.quantity = quantity;
  ekl_figure_draw (EKL_FIGURE_ENSEMBLE, cr, width, height, &theme, &options, data, layout);
  for (double x = -10; x < width; x += 37)
    ekl_figure_draw_hover (EKL_FIGURE_ENSEMBLE, cr, &theme, &options, data, layout, x, 30);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static gboolean
differ (cairo_surface_t *a, cairo_surface_t *b)
{
  const gsize n =
    (gsize) cairo_image_surface_get_stride (a) * (gsize) cairo_image_surface_get_height (a);

  return memcmp (cairo_image_surface_get_data (a), cairo_image_surface_get_data (b), n) != 0;
}

/* Each quantity is another picture, and each is drawn at any size. */
static void
test_quantities (void)
{
  g_autoptr (EklHistory) history = sample_history (120, 0);
  g_autoptr (EklEnsembleView) view = sample_ensemble (50);
  const EklFigureData data = { .history = history, .ensemble = view };
  cairo_surface_t *pictures[EKL_N_ENSEMBLE_QUANTITIES];
  EklFigureLayout layout;

  for (guint q = 0; q < EKL_N_ENSEMBLE_QUANTITIES; q++) {
    static const double sizes[][2] = { { 1, 1 }, { 60, 40 }, { 180, 130 }, { 2000, 1200 } };

    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      cairo_surface_destroy (draw (q, &data, sizes[i][0], sizes[i][1], &layout));
    pictures[q] = draw (q, &data, 640, 400, &layout);
    g_assert_cmpfloat (layout.width, >, 400);
    for (guint before = 0; before < q; before++)
      g_assert_true (differ (pictures[q], pictures[before]));
  }
  for (guint q = 0; q < EKL_N_ENSEMBLE_QUANTITIES; q++)
    cairo_surface_destroy (pictures[q]);
}

/* The start's effective rank is the view's, where nobody looked at the start, and else the record's. */
static void
test_rank_at_start (void)
{
  for (guint looked = 0; looked < 2; looked++) {
    g_autoptr (EklHistory) sample = sample_history (3, 0), history = ekl_history_new ();
    g_autoptr (EklEnsembleView) view = sample_ensemble (50);
    g_auto (EklQuantityCurves) curves = { 0 };
    EklFigureOptions options;
    EklScale x;
    guint n;
    const EklRecord *records = ekl_history_get_records (sample, &n);

    for (guint i = 0; i < n; i++) {
      EklRecord record = records[i];

      record.ensemble.is_known = (i == 0 && looked) || i == n - 1;
      record.ensemble.effective_rank = 7 + i;
      ekl_history_append (history, &record, 1);
    }
    ekl_figure_options_init (&options, EKL_FIGURE_ENSEMBLE);
    ekl_scale_init (&x, 0, n, 0, 600, FALSE);
    ekl_quantity_curves_init (&curves, ekl_quantity_below (EKL_ENSEMBLE_SPREAD), history, view,
                              &options, &x);
    g_assert_cmpuint (curves.line[0].n, ==, 2);
    g_assert_cmpfloat (curves.line[0].point[0].y, ==, looked ? 7 : view->start->effective_rank);
  }
}

static void
test_states (void)
{
  g_autoptr (EklHistory) history = sample_history (30, 0);
  g_autoptr (EklHistory) nothing = ekl_history_new ();
  g_autoptr (EklHistory) start = sample_history (0, 0);
  g_autoptr (EklEnsembleView) view = sample_ensemble (5);
  g_autoptr (EklEnsembleView) poor = ekl_ensemble_view_copy (view);
  EklHistory *const histories[] = { history, nothing, start, NULL };
  EklEnsembleView *const views[] = { view, poor, NULL };
  EklFigureLayout layout;

  g_clear_pointer (&poor->start, ekl_spectrum_free);
  poor->now->n_values = 0;
  poor->is_warning = TRUE;
  view->now->value[3] = 0; /* collapsed: nothing to show on a logarithmic axis */
  for (guint h = 0; h < G_N_ELEMENTS (histories); h++)
    for (guint v = 0; v < G_N_ELEMENTS (views); v++)
      for (guint q = 0; q < EKL_N_ENSEMBLE_QUANTITIES; q++) {
        const EklFigureData data = { .history = histories[h], .ensemble = views[v] };

        cairo_surface_destroy (draw (q, &data, 500, 300, &layout));
      }
}

/* The sentence takes room, a warning looks otherwise, and both are told. */
static void
test_sentence (void)
{
  g_autoptr (EklHistory) history = sample_history (120, 0);
  g_autoptr (EklEnsembleView) view = sample_ensemble (50);
  EklFigureData data = { .history = history };
  EklFigureLayout without, with;
  cairo_surface_t *a = draw (EKL_ENSEMBLE_COSINES, &data, 640, 400, &without);
  cairo_surface_t *b, *c;
  g_autofree char *text = NULL;

  data.ensemble = view;
  b = draw (EKL_ENSEMBLE_COSINES, &data, 640, 400, &with);
  g_assert_cmpfloat (with.height, <, without.height - 10);
  view->is_warning = TRUE;
  c = draw (EKL_ENSEMBLE_COSINES, &data, 640, 400, &with);
  g_assert_true (differ (a, b));
  g_assert_true (differ (b, c));
  text = ekl_figure_describe (EKL_FIGURE_ENSEMBLE, NULL, &data);
  g_assert_nonnull (strstr (text, view->sentence));
  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
  cairo_surface_destroy (c);
}

/* The spectrum is not over steps, so it has none under the pointer. */
static void
test_step_at (void)
{
  g_autoptr (EklHistory) history = sample_history (120, 0);
  g_autoptr (EklEnsembleView) view = sample_ensemble (50);
  const EklFigureData data = { .history = history, .ensemble = view };
  EklFigureOptions options;
  EklFigureLayout layout;
  guint64 step = 0;

  ekl_figure_options_init (&options, EKL_FIGURE_ENSEMBLE);
  for (guint q = 0; q < EKL_N_ENSEMBLE_QUANTITIES; q++) {
    options.quantity = q;
    cairo_surface_destroy (draw (q, &data, 640, 400, &layout));
    g_assert_true (ekl_figure_step_at (EKL_FIGURE_ENSEMBLE, &options, &data, &layout,
                                       layout.left + layout.width / 2,
                                       &step) == (q != EKL_ENSEMBLE_SPECTRUM));
  }
  g_assert_cmpuint (step, ==, 60);
}

/* What is known at some steps only comes from the list of looks, and the axes hold it. */
static void
test_curves (void)
{
  g_autoptr (EklHistory) history = sample_history (120, 0);
  g_auto (EklQuantityCurves) curves = { 0 };
  EklFigureOptions options;
  EklScale x;
  double v0, v1;

  ekl_figure_options_init (&options, EKL_FIGURE_ENSEMBLE);
  ekl_scale_init (&x, 0, 120, 0, 600, FALSE);
  ekl_quantity_curves_init (&curves, ekl_quantity_of (EKL_ENSEMBLE_COSINES), history, NULL,
                            &options, &x);
  g_assert_cmpuint (curves.line[0].n, ==, 18); /* 1, 8, ..., 120 */
  g_assert_cmpuint (curves.line[1].n, ==, 18);
  g_assert_cmpfloat (curves.line[0].point[1].x, ==, 8);
  ekl_quantity_curves_range (&curves, FALSE, &v0, &v1);
  g_assert_cmpfloat (v0, ==, -1);
  g_assert_cmpfloat (v1, ==, 1);
}

/* What the user has zoomed to is shown, whatever comes. */
static void
test_view (void)
{
  g_autoptr (EklHistory) history = sample_history (120, 0);
  g_autoptr (EklEnsembleView) view = sample_ensemble (50);
  const EklFigureData data = { .history = history, .ensemble = view };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 640, 400);
  cairo_t *cr = cairo_create (surface);
  EklFigureOptions options;
  EklTheme theme;

  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  ekl_figure_options_init (&options, EKL_FIGURE_ENSEMBLE);
  options.has_view = TRUE;
  options.view_x0 = 7;
  options.view_x1 = 23;
  options.view_y0 = 0.25;
  options.view_y1 = 0.75;
  for (options.quantity = 0; options.quantity < EKL_N_ENSEMBLE_QUANTITIES; options.quantity++) {
    EklFigureLayout layout;

    ekl_figure_draw (EKL_FIGURE_ENSEMBLE, cr, 640, 400, &theme, &options, &data, &layout);
    g_assert_cmpfloat_with_epsilon (layout.x0, 7, 1e-12);
    g_assert_cmpfloat_with_epsilon (layout.x1, 23, 1e-12);
    g_assert_cmpfloat_with_epsilon (layout.y0, 0.25, 1e-12);
    g_assert_cmpfloat_with_epsilon (layout.y1, 0.75, 1e-12);
  }
  g_assert_true (ekl_figure_can_zoom (EKL_FIGURE_ENSEMBLE, &data));
  g_assert_false (
    ekl_figure_can_zoom (EKL_FIGURE_ENSEMBLE, &(EklFigureData){ .history = history }));
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* A long name and large type: the keys stand below the name, where beside it was room for none. */
static void
test_keys (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 590, 400);
  cairo_t *cr = cairo_create (surface);
  g_auto (EklLegend) legend = { 0 };
  EklCanvas canvas;
  EklTheme theme;

  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  theme.font_size *= 2;
  ekl_canvas_init (&canvas, cr, &theme, 590, 400);
  ekl_legend_add (&legend, EKL_KEY_LINE, theme.third, "with the first direction");
  ekl_legend_add (&legend, EKL_KEY_DASHED, theme.gd, "other");
  g_assert_cmpfloat (ekl_header_draw (&canvas, NULL, "cosine with the EKI mean’s move", &legend), >,
                     2 * canvas.line_height);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ensemble-figure/quantities", test_quantities);
  g_test_add_func ("/ensemble-figure/states", test_states);
  g_test_add_func ("/ensemble-figure/rank-at-start", test_rank_at_start);
  g_test_add_func ("/ensemble-figure/sentence", test_sentence);
  g_test_add_func ("/ensemble-figure/step-at", test_step_at);
  g_test_add_func ("/ensemble-figure/curves", test_curves);
  g_test_add_func ("/ensemble-figure/view", test_view);
  g_test_add_func ("/ensemble-figure/keys", test_keys);
  return g_test_run ();
}

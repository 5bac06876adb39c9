/* test-read-out.c - what is under the pointer in words, for those who hear it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "busy.h"
#include "plane_pick.h"
#include "sample.h"

#include <math.h>
#include <string.h>

#define WIDTH  640
#define HEIGHT 420

static EklFigureLayout
lay_out (EklFigureKind kind,
         int height,
         const EklTheme *theme,
         const EklFigureOptions *options,
         const EklFigureData *data)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, height);
  cairo_t *cr = cairo_create (surface);
  EklFigureLayout layout;

  ekl_figure_draw (kind, cr, WIDTH, height, theme, options, data, &layout);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return layout;
}

/* At a share of the plot area's width and height. */
static char *
read_out (EklFigureKind kind,
          int height,
          const EklFigureOptions *options,
          const EklFigureData *data,
          double x,
          double y)
{
  EklFigureLayout layout;
  EklTheme theme;

  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  layout = lay_out (kind, height, &theme, options, data);
  return ekl_figure_read_out (kind, &theme, options, data, &layout, layout.left + x * layout.width,
                              layout.top + y * layout.height);
}

/* All of them, in that order. */
static void
assert_words (const char *text, const char *const *words)
{
  const char *rest = text;

  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (; *words != NULL; words++) {
    rest = strstr (rest, *words);
    if (rest == NULL)
      g_error ("\"%s\" is not, or not in its place, in \"%s\"", *words, text);
  }
}

#define assert_says(text, ...) assert_words (text, (const char *const[]){ __VA_ARGS__, NULL })

static void
test_loss (void)
{
  EklHistory *history = sample_history (40, 0);
  const EklFigureData data = { .history = history };
  g_autofree char *start = read_out (EKL_FIGURE_LOSS, HEIGHT, NULL, &data, 0, 0.5);
  g_autofree char *end = read_out (EKL_FIGURE_LOSS, HEIGHT, NULL, &data, 1, 0.5);
  g_autofree char *outside = read_out (EKL_FIGURE_LOSS, HEIGHT, NULL, &data, 0.5, 1.5);

  assert_says (start, "step 0, epoch 0, ", "GD ", "EKI ", "P10–P90 ", " to ");
  assert_says (end, "step 40, epoch ");
  g_assert_null (strstr (start, "·"));
  g_assert_null (strstr (start, "…"));
  g_assert_null (outside);
  ekl_history_free (history);
}

/* What finds no room beside the pointer is said all the same. */
static void
test_no_room (void)
{
  EklHistory *history = sample_history (40, 0);
  const EklFigureData data = { .history = history };
  g_autofree char *roomy = read_out (EKL_FIGURE_LOSS, HEIGHT, NULL, &data, 0.3, 0.5);
  g_autofree char *tight = read_out (EKL_FIGURE_LOSS, 60, NULL, &data, 0.3, 0.5);

  g_assert_cmpstr (tight, ==, roomy);
  ekl_history_free (history);
}

/* In a low panel, too, most of the curves is seen beside it, wherever the pointer is. */
static void
test_hides_little (void)
{
  g_autoptr (EklHistory) history = sample_history (120, 0);
  const EklFigureData data = { .history = history };
  const int width = 330, height = 230;
  EklFigureOptions options;
  EklTheme theme;

  ekl_figure_options_init (&options, EKL_FIGURE_LOSS);
  options.show_validation = TRUE;
  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  for (double share = 0.1; share < 1; share += 0.2) {
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
    cairo_t *cr = cairo_create (surface);
    g_autoptr (GArray) busy = NULL;
    guint n_hidden = 0;
    EklFigureLayout layout;

    ekl_figure_draw (EKL_FIGURE_LOSS, cr, width, height, &theme, &options, &data, &layout);
    cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
    cairo_paint (cr);
    cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
    ekl_figure_draw_hover (EKL_FIGURE_LOSS, cr, &theme, &options, &data, &layout,
                           layout.left + share * layout.width, layout.top + 0.7 * layout.height);
    cairo_surface_flush (surface);
    busy = ekl_busy_new (&options, &data, &layout);
    g_assert_cmpuint (busy->len, >, 100);
    for (guint i = 0; i < busy->len; i++) {
      const EklPoint p = g_array_index (busy, EklPoint, i);
      const guchar *row = cairo_image_surface_get_data (surface) +
                          (int) p.y * cairo_image_surface_get_stride (surface);

      n_hidden += ((const guint32 *) row)[(int) p.x] >> 24 > 200;
    }
    g_assert_cmpuint (n_hidden, <, busy->len / 4);
    cairo_destroy (cr);
    cairo_surface_destroy (surface);
  }
}

static void
test_plane (void)
{
  const guint selected[] = { 7 };
  EklPlane *plane = sample_plane (60, 20, 33);
  EklFigureData data = { .plane = plane, .selected = selected, .n_selected = 1 };
  EklFigureOptions options;
  EklFigureLayout layout;
  EklTheme theme;
  guint n_told = 0;

  ekl_figure_options_init (&options, EKL_FIGURE_PLANE);
  options.hide_lens = TRUE;
  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  layout = lay_out (EKL_FIGURE_PLANE, HEIGHT, &theme, &options, &data);
  for (double y = 0; y < layout.height; y += 4)
    for (double x = 0; x < layout.width; x += 4) {
      const EklPlaneItem item = ekl_plane_pick (plane, &layout, layout.left + x, layout.top + y);
      g_autofree char *text = ekl_figure_read_out (EKL_FIGURE_PLANE, &theme, &options, &data,
                                                   &layout, layout.left + x, layout.top + y);
      g_autofree char *name = g_strdup_printf ("particle %u, ", item.index + 1);

      g_assert_cmpint (item.kind == EKL_PLANE_NOTHING, ==, text == NULL);
      if (item.kind != EKL_PLANE_PARTICLE)
        continue;
      g_assert_true (g_str_has_prefix (text, name));
      g_assert_cmpint (item.index == 7, ==, strstr (text, ", selected, ") != NULL);
      assert_says (text, "loss ", "from the plane");
      n_told++;
    }
  g_assert_cmpuint (n_told, >, 20);
  ekl_plane_free (plane);
}

static void
test_predictions (void)
{
  static const struct {
    EklPredictions *(*make) (guint);
    guint n;
    double x, y;
    const char *words[3];
  } cases[] = {
    { sample_field, 30, 0.5, 0.5, { ", ", "GD ", "EKI " } },
    { sample_confusion, 4, 0.1, 0.9, { "true ", "GD ", "EKI " } },
  };
  EklPredictions *curve = sample_curve ();
  const EklFigureData of_curve = { .predictions = curve };
  g_autofree char *over_x = read_out (EKL_FIGURE_PREDICTIONS, HEIGHT, NULL, &of_curve, 0.5, 0.5);

  assert_says (over_x, "GD ", "EKI ", "P10–P90 ", " to ");
  ekl_predictions_free (curve);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    EklPredictions *predictions = cases[i].make (cases[i].n);
    const EklFigureData data = { .predictions = predictions };
    g_autofree char *text =
      read_out (EKL_FIGURE_PREDICTIONS, HEIGHT, NULL, &data, cases[i].x, cases[i].y);

    assert_says (text, cases[i].words[0], cases[i].words[1], cases[i].words[2]);
    ekl_predictions_free (predictions);
  }
}

static void
test_pictures (void)
{
  EklPredictions *predictions = sample_pictures (4, 12);
  const EklFigureData data = { .predictions = predictions };
  g_autofree char *text = read_out (EKL_FIGURE_PREDICTIONS, HEIGHT, NULL, &data, 0.05, 0.05);
  g_autofree char *beside = read_out (EKL_FIGURE_PREDICTIONS, HEIGHT, NULL, &data, -0.2, 0.05);

  assert_says (text, "picture ", "GD: ", "EKI: ");
  g_assert_null (beside);
  ekl_predictions_free (predictions);
}

/* The rows' points, wherever they are; between them there is nothing. */
static void
test_rows (void)
{
  EklPredictions *const predictions[] = { sample_scatter (60), sample_residuals (60, 0.3) };

  for (guint i = 0; i < G_N_ELEMENTS (predictions); i++) {
    const EklFigureData data = { .predictions = predictions[i] };
    guint n_told = 0, n_silent = 0;

    for (guint k = 0; k < 400; k++) {
      g_autofree char *text = read_out (EKL_FIGURE_PREDICTIONS, HEIGHT, NULL, &data,
                                        (k % 20 + 0.5) / 20, (k / 20 + 0.5) / 20);

      n_told += text != NULL;
      n_silent += text == NULL;
      if (text != NULL)
        assert_says (text, " row ", ": true ", "EKI ");
    }
    g_assert_cmpuint (n_told, >, 10);
    g_assert_cmpuint (n_silent, >, 10);
    ekl_predictions_free (predictions[i]);
  }
}

static void
test_ensemble (void)
{
  EklHistory *history = sample_history (40, 0);
  EklEnsembleView *view = sample_ensemble (20);
  const EklFigureData data = { .history = history, .ensemble = view };

  for (guint quantity = 0; quantity < EKL_N_ENSEMBLE_QUANTITIES; quantity++) {
    EklFigureOptions options;
    g_autofree char *text = NULL;

    ekl_figure_options_init (&options, EKL_FIGURE_ENSEMBLE);
    options.quantity = quantity;
    text = read_out (EKL_FIGURE_ENSEMBLE, HEIGHT, &options, &data, 0.5, 0.5);
    if (quantity == EKL_ENSEMBLE_SPECTRUM)
      assert_says (text, "axis ", "now ", "start ");
    else
      assert_says (text, "step ");
  }
  ekl_ensemble_view_free (view);
  ekl_history_free (history);
}

/* Where nothing was drawn there is nothing to read. */
static void
test_empty (void)
{
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++) {
    const EklFigureData data = { 0 };
    g_autofree char *text = read_out (kind, HEIGHT, NULL, &data, 0.5, 0.5);

    g_assert_null (text);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/read-out/loss", test_loss);
  g_test_add_func ("/read-out/no-room", test_no_room);
  g_test_add_func ("/read-out/hides-little", test_hides_little);
  g_test_add_func ("/read-out/plane", test_plane);
  g_test_add_func ("/read-out/predictions", test_predictions);
  g_test_add_func ("/read-out/pictures", test_pictures);
  g_test_add_func ("/read-out/rows", test_rows);
  g_test_add_func ("/read-out/ensemble", test_ensemble);
  g_test_add_func ("/read-out/empty", test_empty);
  return g_test_run ();
}

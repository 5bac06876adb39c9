/* figure.c - one door to all figures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "busy.h"

#include <math.h>

const char *const ekl_loss_axis_names[EKL_N_LOSS_AXES] = {
  [EKL_LOSS_AXIS_STEP] = "step",       [EKL_LOSS_AXIS_EPOCH] = "epoch",
  [EKL_LOSS_AXIS_MODEL_RUNS] = "runs", [EKL_LOSS_AXIS_TIME] = "time",
  [EKL_LOSS_AXIS_SECONDS] = "seconds",
};

const char *const ekl_ensemble_quantity_names[EKL_N_ENSEMBLE_QUANTITIES] = {
  [EKL_ENSEMBLE_SPREAD] = "spread",         [EKL_ENSEMBLE_SPECTRUM] = "spectrum",
  [EKL_ENSEMBLE_COSINES] = "cosines",       [EKL_ENSEMBLE_SPAN] = "span",
  [EKL_ENSEMBLE_STEP_SIZES] = "step-sizes", [EKL_ENSEMBLE_REPAIRED] = "repaired",
};

const char *const ekl_shown_names[EKL_N_SHOWN] = {
  [EKL_SHOWN_EKI] = "eki",
  [EKL_SHOWN_GD] = "gd",
  [EKL_SHOWN_DISAGREEMENT] = "disagreement",
};

const char *const ekl_predictions_view_names[EKL_N_PREDICTIONS_VIEWS] = {
  [EKL_PREDICTIONS_VIEW_AUTO] = "auto",           [EKL_PREDICTIONS_VIEW_SCATTER] = "scatter",
  [EKL_PREDICTIONS_VIEW_RESIDUALS] = "residuals", [EKL_PREDICTIONS_VIEW_CONFUSION] = "confusion",
  [EKL_PREDICTIONS_VIEW_PICTURES] = "pictures",
};

static const EklFigureClass *
get_class (EklFigureKind kind)
{
  switch (kind) {
  case EKL_FIGURE_PLANE:
    return &ekl_plane_figure;
  case EKL_FIGURE_PREDICTIONS:
    return &ekl_predictions_figure;
  case EKL_FIGURE_ENSEMBLE:
    return &ekl_ensemble_figure;
  case EKL_FIGURE_LOSS:
  case EKL_N_FIGURES:
  default:
    return &ekl_loss_figure;
  }
}

/**
 * ekl_figure_options_init:
 * @options: (out): the options to fill
 * @kind: which figure
 *
 * Fills in the defaults: step axis, logarithmic loss, validation shown, the view that holds all
 * data.
 */
void
ekl_figure_options_init (EklFigureOptions *options, EklFigureKind kind)
{
  g_return_if_fail (options != NULL);

  *options = (EklFigureOptions){ .x_axis = EKL_LOSS_AXIS_STEP, .show_validation = TRUE };
}

/* What was asked for, or @defaults, which are filled in then. */
static const EklFigureOptions *
get_options (const EklFigureOptions *options, EklFigureKind kind, EklFigureOptions *defaults)
{
  if (options)
    return options;

  ekl_figure_options_init (defaults, kind);
  return defaults;
}

static gboolean
is_size (double width, double height)
{
  return isfinite (width) && isfinite (height) && width >= 1 && height >= 1;
}

/**
 * ekl_figure_draw:
 * @kind: which figure
 * @cr: where to draw; the figure fills (0, 0) to (@width, @height)
 * @width: px
 * @height: px
 * @theme: colours and sizes
 * @options: (nullable): the defaults of ekl_figure_options_init() where NULL
 * @data: what to draw; the pointers that @kind needs may be NULL, then one sentence stands there
 * @layout: (out) (nullable): what was drawn where; all 0 where nothing was
 *
 * Draws a whole figure on its ground. The crosshair is not drawn here but by
 * ekl_figure_draw_hover(), so that a widget can keep this drawing. Nothing is drawn on a surface
 * without size. Values that are not finite are shown as such or left out; none of them can make
 * the drawing fail.
 */
void
ekl_figure_draw (EklFigureKind kind,
                 cairo_t *cr,
                 double width,
                 double height,
                 const EklTheme *theme,
                 const EklFigureOptions *options,
                 const EklFigureData *data,
                 EklFigureLayout *layout)
{
  EklFigureOptions defaults;
  EklFigureLayout ignored;
  EklCanvas canvas;

  g_return_if_fail (cr != NULL);
  g_return_if_fail (theme != NULL);
  g_return_if_fail (data != NULL);

  if (!layout)
    layout = &ignored;
  *layout = (EklFigureLayout){ 0 };
  if (!is_size (width, height))
    return;

  options = get_options (options, kind, &defaults);

  cairo_save (cr);
  cairo_new_path (cr);
  ekl_canvas_init (&canvas, cr, theme, width, height);
  ekl_canvas_clip (&canvas, (EklBox){ 0, 0, width, height });
  ekl_canvas_color (&canvas, theme->background, 1);
  cairo_paint (cr);
  /* a file is looked at for longer than a moment, whenever it is written */
  if (data->moving && theme->kind != EKL_THEME_PRINT)
    cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
  get_class (kind)->draw (&canvas, options, data, layout);
  cairo_restore (cr);
}

/* @told: (nullable): gets the words, and then nothing is seen of them */
static void
hover (EklFigureKind kind,
       cairo_t *cr,
       const EklTheme *theme,
       const EklFigureOptions *options,
       const EklFigureData *data,
       const EklFigureLayout *layout,
       EklPoint pointer,
       GString *told)
{
  g_autoptr (GArray) busy = NULL;
  EklFigureOptions defaults;
  EklCanvas canvas;

  if (!is_size (layout->width, layout->height))
    return;

  options = get_options (options, kind, &defaults);

  cairo_save (cr);
  cairo_new_path (cr);
  ekl_canvas_init (&canvas, cr, theme, layout->left + layout->width + theme->font_size,
                   layout->top + layout->height + 2 * theme->font_size);
  canvas.told = told;
  if (kind == EKL_FIGURE_LOSS && !told)
    canvas.busy = busy = ekl_busy_new (options, data, layout);
  get_class (kind)->hover (&canvas, options, data, layout, pointer.x, pointer.y);
  cairo_restore (cr);
}

/**
 * ekl_figure_draw_hover:
 * @kind: which figure
 * @cr: where ekl_figure_draw() drew
 * @theme: the same theme
 * @options: (nullable): the same options
 * @data: the same data
 * @layout: what ekl_figure_draw() gave
 * @x: the pointer, px; NaN or outside the plot area where it is not here
 * @y: the pointer, px
 *
 * The second pass: the crosshair and the read-out for the pointer at (@x, @y). Where the pointer
 * is not in the plot area, the crosshair of @data, shared by the figures, is drawn without the
 * read-out.
 */
void
ekl_figure_draw_hover (EklFigureKind kind,
                       cairo_t *cr,
                       const EklTheme *theme,
                       const EklFigureOptions *options,
                       const EklFigureData *data,
                       const EklFigureLayout *layout,
                       double x,
                       double y)
{
  g_return_if_fail (cr != NULL);
  g_return_if_fail (theme != NULL);
  g_return_if_fail (data != NULL);
  g_return_if_fail (layout != NULL);

  hover (kind, cr, theme, options, data, layout, (EklPoint){ x, y }, NULL);
}

/**
 * ekl_figure_read_out:
 * @kind: which figure
 * @theme: as of ekl_figure_draw_hover(), like all the others
 * @options: (nullable): options
 * @data: the data
 * @layout: what ekl_figure_draw() gave
 * @x: the pointer, px
 * @y: the pointer, px
 *
 * Goes the way of ekl_figure_draw_hover(), so that what is heard is what is seen; but lines that
 * find no room there are in it, too.
 *
 * Returns: (transfer full) (nullable): the read-out's words; %NULL where there is none
 */
char *
ekl_figure_read_out (EklFigureKind kind,
                     const EklTheme *theme,
                     const EklFigureOptions *options,
                     const EklFigureData *data,
                     const EklFigureLayout *layout,
                     double x,
                     double y)
{
  cairo_surface_t *nowhere;
  GString *told;
  cairo_t *cr;

  g_return_val_if_fail (theme != NULL, NULL);
  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (layout != NULL, NULL);

  /* marks and lines are drawn there, where nothing is seen of them */
  nowhere = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cr = cairo_create (nowhere);
  told = g_string_new (NULL);
  hover (kind, cr, theme, options, data, layout, (EklPoint){ x, y }, told);
  cairo_destroy (cr);
  cairo_surface_destroy (nowhere);
  return g_string_free (told, told->len == 0);
}

/**
 * ekl_figure_step_at:
 * @kind: which figure
 * @options: (nullable): its options
 * @data: its data
 * @layout: what ekl_figure_draw() gave
 * @x: px
 * @step: (out) (nullable): the step of the record nearest to @x
 *
 * Returns: whether there is a step at @x: in LOSS and ENSEMBLE within the plot area
 */
gboolean
ekl_figure_step_at (EklFigureKind kind,
                    const EklFigureOptions *options,
                    const EklFigureData *data,
                    const EklFigureLayout *layout,
                    double x,
                    guint64 *step)
{
  EklFigureOptions defaults;
  const EklRecord *records;
  guint n, index;

  g_return_val_if_fail (data != NULL, FALSE);
  g_return_val_if_fail (layout != NULL, FALSE);

  if ((kind != EKL_FIGURE_LOSS && kind != EKL_FIGURE_ENSEMBLE) || !data->history ||
      !ekl_figure_is_in_plot (layout, x) ||
      (kind == EKL_FIGURE_ENSEMBLE && options && options->quantity == EKL_ENSEMBLE_SPECTRUM))
    return FALSE;

  options = get_options (options, kind, &defaults);

  if (!ekl_crosshair_record (options, data, layout, x, &index))
    return FALSE;

  records = ekl_history_get_records (data->history, &n);
  if (step)
    *step = records[index].step;

  return TRUE;
}

/**
 * ekl_figure_can_zoom:
 * @kind: which figure
 * @data: what it draws
 *
 * Returns: whether it has axes of which a part can be shown
 */
gboolean
ekl_figure_can_zoom (EklFigureKind kind, const EklFigureData *data)
{
  const EklPredictions *predictions = data->predictions;

  if (kind == EKL_FIGURE_PREDICTIONS)
    return !ekl_predictions_are_empty (predictions) &&
           predictions->kind != EKL_PREDICTIONS_CONFUSION &&
           predictions->kind != EKL_PREDICTIONS_PICTURES;

  if (kind == EKL_FIGURE_PLANE)
    return data->plane != NULL;

  /* slow motion has another picture in the place of the ensemble's */
  if (kind == EKL_FIGURE_ENSEMBLE)
    return data->ensemble != NULL && data->story == NULL;

  return kind == EKL_FIGURE_LOSS;
}

/**
 * ekl_figure_noise_at:
 * @data: what was drawn
 * @layout: what ekl_figure_draw() gave
 * @y: px
 * @noise_std: (out): gamma in the units of training, more than 0
 *
 * Returns: whether the lines of gamma are drawn; then one of them would be at @y with @noise_std
 */
gboolean
ekl_figure_noise_at (const EklFigureData *data,
                     const EklFigureLayout *layout,
                     double y,
                     double *noise_std)
{
  const EklPredictions *predictions = data->predictions;
  EklChart chart;
  double value;

  g_return_val_if_fail (noise_std != NULL, FALSE);

  if (!predictions || predictions->kind != EKL_PREDICTIONS_RESIDUALS ||
      !(predictions->output_scale > 0) || layout->noise_y[0] == layout->noise_y[1])
    return FALSE;

  ekl_chart_import (&chart, layout);
  value = fabs (ekl_scale_unmap (&chart.y, y));
  *noise_std = value / predictions->output_scale;

  return isfinite (*noise_std) && *noise_std > 0;
}

/**
 * ekl_figure_kind_get_name:
 * @kind: which figure
 *
 * Returns: its name in commands and file names: "loss", "plane", "predictions", "ensemble"
 */
const char *
ekl_figure_kind_get_name (EklFigureKind kind)
{
  return get_class (kind)->name;
}

/**
 * ekl_figure_describe:
 * @kind: which figure
 * @options: (nullable): how it is drawn
 * @data: what it draws
 *
 * What the figure says, for those who hear it: a few sentences with the numbers that matter.
 *
 * Returns: (transfer full): the text
 */
char *
ekl_figure_describe (EklFigureKind kind, const EklFigureOptions *options, const EklFigureData *data)
{
  EklFigureOptions defaults;
  g_autofree char *words = NULL;

  g_return_val_if_fail (data != NULL, NULL);

  options = get_options (options, kind, &defaults);

  words = get_class (kind)->describe (options, data);
  if (!data->has_past || kind == EKL_FIGURE_LOSS || words == NULL)
    return g_steal_pointer (&words);
  return g_strdup_printf ("Looking back at step %" G_GUINT64_FORMAT ". %s", data->past_step, words);
}

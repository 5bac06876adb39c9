/* ekl-plot-view.c - a figure as a widget: the one bridge from plot/ to GTK
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "drawing.h"
#include "ekl-panel-layout.h"
#include "ekl-plot-view-private.h"
#include "relief_cache.h"

#include <math.h>

G_DEFINE_FINAL_TYPE (EklPlotView, ekl_plot_view, GTK_TYPE_WIDGET)

enum {
  STEP_HOVERED,
  NOISE_DRAGGED,
  VIEW_CHANGED,
  PARTICLES_CHOSEN,
  POINT_MOVED,
  N_SIGNALS,
};

enum {
  PROP_KIND = 1,
};

static guint signals[N_SIGNALS];

#define MIN_WIDTH       180
#define MIN_HEIGHT      130
#define ROOM_FOR_TEXT   210 /* px more for each unit of text scale above one */
#define PRESENTER_SCALE 1.6
#define NOISE_DIGITS    1e3 /* of a dragged gamma */

static EklThemeKind
choose_theme (EklPlotView *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  const gboolean dark = adw_style_manager_get_dark (style);

  if (self->presenter)
    return EKL_THEME_PRESENTER;
  if (adw_style_manager_get_high_contrast (style))
    return dark ? EKL_THEME_HIGH_CONTRAST_DARK : EKL_THEME_HIGH_CONTRAST;
  return dark ? EKL_THEME_DARK : EKL_THEME_LIGHT;
}

static void
style_changed_cb (EklPlotView *self)
{
  const double scale = ekl_text_scale (GTK_WIDGET (self));

  ekl_theme_init (&self->theme, choose_theme (self));
  /* the presenter's type is large already */
  if (!self->presenter)
    self->theme.font_size *= scale;
  else
    self->theme.font_size *= MAX (1, scale / PRESENTER_SCALE);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  ekl_plot_view_invalidate (self);
}

static void
ekl_plot_view_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  const double more = MAX (ekl_text_scale (widget) - 1, 0);

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH
                                                       : MIN_HEIGHT + (int) (more * ROOM_FOR_TEXT);
  *natural = *minimum;
}

static void
ekl_plot_view_dispose (GObject *object)
{
  EklPlotView *self = EKL_PLOT_VIEW (object);

  /* the focus that leaves later has no cursor to end */
  self->has_cursor = FALSE;
  g_clear_handle_id (&self->describe_source, g_source_remove);
  ekl_drawing_clear (&self->surface, &self->texture);
  self->data.relief_cache = NULL;
  g_clear_pointer (&self->relief_cache, ekl_relief_cache_free);
  G_OBJECT_CLASS (ekl_plot_view_parent_class)->dispose (object);
}

static void
ekl_plot_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_KIND)
    g_value_set_uint (value, EKL_PLOT_VIEW (object)->kind);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ekl_plot_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_KIND)
    ekl_plot_view_set_kind (EKL_PLOT_VIEW (object), g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ekl_plot_view_class_init (EklPlotViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ekl_plot_view_dispose;
  object_class->get_property = ekl_plot_view_get_property;
  object_class->set_property = ekl_plot_view_set_property;
  widget_class->snapshot = ekl_plot_view_snapshot;
  widget_class->measure = ekl_plot_view_measure;

  g_object_class_install_property (object_class, PROP_KIND,
                                   g_param_spec_uint ("kind", NULL, NULL, 0, EKL_N_FIGURES - 1,
                                                      EKL_FIGURE_LOSS,
                                                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  /* a gamma, in the units of training */
  signals[NOISE_DRAGGED] =
    g_signal_new ("noise-dragged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[VIEW_CHANGED] = g_signal_new ("view-changed", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PARTICLES_CHOSEN] =
    g_signal_new ("particles-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 2, G_TYPE_ARRAY, G_TYPE_BOOLEAN);
  signals[POINT_MOVED] =
    g_signal_new ("point-moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[STEP_HOVERED] =
    g_signal_new ("step-hovered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_UINT64);
  gtk_widget_class_set_css_name (widget_class, "plot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ekl_plot_view_init (EklPlotView *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  ekl_plot_view_add_pointer (self);
  ekl_plot_view_add_keys (self);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (style_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (style_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-xft-dpi",
                           G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
  self->relief_cache = ekl_relief_cache_new ();
  ekl_figure_options_init (&self->options, self->kind);
  style_changed_cb (self);
  ekl_plot_view_describe_soon (self);
}

/**
 * ekl_plot_view_new:
 *
 * Returns: (transfer floating): an empty figure of that kind
 */
GtkWidget *
ekl_plot_view_new (EklFigureKind kind)
{
  return g_object_new (EKL_TYPE_PLOT_VIEW, "kind", kind, NULL);
}

/**
 * ekl_plot_view_get_kind:
 *
 * Returns: which figure it draws
 */
EklFigureKind
ekl_plot_view_get_kind (EklPlotView *self)
{
  return self->kind;
}

/**
 * ekl_plot_view_set_kind:
 *
 * Changes the figure; its options go back to what is usual for that kind.
 */
void
ekl_plot_view_set_kind (EklPlotView *self, EklFigureKind kind)
{
  if (self->kind == kind)
    return;
  self->kind = kind;
  ekl_figure_options_init (&self->options, kind);
  ekl_plot_view_invalidate (self);
}

/* Whether the predictions are of another kind than those before, so that their ranges say nothing. */
static gboolean
changes_view (EklPlotView *self, const EklPredictions *predictions)
{
  const guint kind = predictions != NULL ? predictions->kind : G_MAXUINT;
  const guint output = predictions != NULL ? predictions->output_index : G_MAXUINT;
  const gboolean changed = self->predictions_kind != kind || self->predictions_output != output;

  self->predictions_kind = kind;
  self->predictions_output = output;
  return changed;
}

/**
 * ekl_plot_view_lend_data:
 * @data: its pointers are borrowed, and must stay valid until the next call; its crosshair is ignored
 *
 * What the figure shows when it is drawn again, which it is not for that.
 */
void
ekl_plot_view_lend_data (EklPlotView *self, const EklFigureData *data)
{
  const gboolean has_crosshair = self->data.has_crosshair;
  const guint64 crosshair_step = self->data.crosshair_step;

  if (changes_view (self, data->predictions))
    self->held = FALSE;
  self->lent = g_get_monotonic_time ();
  self->data = *data;
  self->data.relief_cache = self->relief_cache;
  self->data.has_crosshair = has_crosshair;
  self->data.crosshair_step = crosshair_step;
}

/**
 * ekl_plot_view_set_data:
 * @data: as of ekl_plot_view_lend_data()
 *
 * Draws the figure again with the next frame.
 */
void
ekl_plot_view_set_data (EklPlotView *self, const EklFigureData *data)
{
  ekl_plot_view_lend_data (self, data);
  ekl_plot_view_invalidate (self);
  ekl_plot_view_describe_soon (self);
}

/**
 * ekl_plot_view_get_data:
 *
 * Returns: what is drawn
 */
const EklFigureData *
ekl_plot_view_get_data (EklPlotView *self)
{
  return &self->data;
}

/**
 * ekl_plot_view_set_crosshair:
 *
 * Shows the step that the pointer is over in another panel.
 */
void
ekl_plot_view_set_crosshair (EklPlotView *self, gboolean has_step, guint64 step)
{
  if (self->data.has_crosshair == has_step && self->data.crosshair_step == step)
    return;
  self->data.has_crosshair = has_step;
  self->data.crosshair_step = step;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * ekl_plot_view_get_layout:
 *
 * Returns: what was drawn where, as of the last drawing
 */
const EklFigureLayout *
ekl_plot_view_get_layout (EklPlotView *self)
{
  return &self->layout;
}

/**
 * ekl_plot_view_emit_hovered:
 *
 * Tells which step the pointer is over, or none.
 */
void
ekl_plot_view_emit_hovered (EklPlotView *self)
{
  guint64 step = 0;
  const gboolean has_step = self->has_pointer && self->drag == EKL_DRAG_NONE &&
                            self->layout.width > 0 &&
                            ekl_figure_step_at (self->kind, &self->options, &self->data,
                                                &self->layout, self->pointer_x, &step);

  g_signal_emit (self, signals[STEP_HOVERED], 0, has_step, step);
}

/**
 * ekl_plot_view_emit_view:
 *
 * Draws again, and says that something else is looked at.
 */
void
ekl_plot_view_emit_view (EklPlotView *self)
{
  ekl_plot_view_invalidate (self);
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

/**
 * ekl_plot_view_emit_chosen:
 * @toggle: whether the others stay chosen
 *
 * Says which particles the user has chosen.
 */
void
ekl_plot_view_emit_chosen (EklPlotView *self, const guint *particle, guint n, gboolean toggle)
{
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_vals (chosen, particle, n);
  g_signal_emit (self, signals[PARTICLES_CHOSEN], 0, chosen, toggle);
}

/**
 * ekl_plot_view_emit_moved:
 *
 * Says where the user drags a point of the start.
 */
void
ekl_plot_view_emit_moved (EklPlotView *self, EklPlaneItem item, EklPoint to)
{
  g_signal_emit (self, signals[POINT_MOVED], 0,
                 item.kind == EKL_PLANE_PARTICLE ? (int) item.index : -1, to.x, to.y);
}

/**
 * ekl_plot_view_emit_noise:
 * @noise_std: gamma, in the units of training
 *
 * Tells where the line of gamma has been dragged to, in three digits.
 */
void
ekl_plot_view_emit_noise (EklPlotView *self, double noise_std)
{
  const double unit = pow (10, floor (log10 (noise_std))) * 10 / NOISE_DIGITS;

  g_signal_emit (self, signals[NOISE_DRAGGED], 0, round (noise_std / unit) * unit);
}

/**
 * ekl_plot_view_get_theme:
 *
 * Returns: the colours and sizes that it draws in
 */
const EklTheme *
ekl_plot_view_get_theme (EklPlotView *self)
{
  return &self->theme;
}

/**
 * ekl_plot_view_get_options:
 *
 * Returns: how the figure is drawn
 */
const EklFigureOptions *
ekl_plot_view_get_options (EklPlotView *self)
{
  return &self->options;
}

/**
 * ekl_plot_view_set_options:
 *
 * Draws the figure again with other options.
 */
void
ekl_plot_view_set_options (EklPlotView *self, const EklFigureOptions *options)
{
  self->options = *options;
  self->held = FALSE;
  ekl_plot_view_describe_soon (self);
  ekl_plot_view_emit_view (self);
}

/**
 * ekl_plot_view_set_presenter:
 *
 * With @presenter: a light ground, large type and thick lines, whatever the system's style.
 */
void
ekl_plot_view_set_presenter (EklPlotView *self, gboolean presenter)
{
  self->presenter = presenter;
  style_changed_cb (self);
}

/**
 * ekl_plot_view_fit:
 *
 * Ends the user's zoom: the view follows the data again.
 */
void
ekl_plot_view_fit (EklPlotView *self)
{
  self->options.has_view = FALSE;
  self->held = FALSE;
  ekl_plot_view_emit_view (self);
}

/* ekl-plot-panel.c - a figure with its title row: options, export, enlarge
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-plot-panel.h"

#include <glib/gi18n.h>

struct _EklPlotPanel {
  GtkBox parent_instance;

  EklPlotView *view;
  GtkLabel *title_label;
  GtkMenuButton *menu_button;
  GtkToggleButton *enlarge_button;
  GMenuModel *loss_menu, *plane_menu, *predictions_menu, *ensemble_menu;
  GSimpleActionGroup *actions;
};

G_DEFINE_FINAL_TYPE (EklPlotPanel, ekl_plot_panel, GTK_TYPE_BOX)

enum {
  PROP_KIND = 1,
};

#define EXPORT_WIDTH  720 /* px of 1/96 inch: 190 mm, a page's text width */
#define EXPORT_HEIGHT 460

static const char *
get_title (EklFigureKind kind)
{
  switch (kind) {
  case EKL_FIGURE_LOSS:
    return _ ("Loss");
  case EKL_FIGURE_PLANE:
    return _ ("Parameter plane");
  case EKL_FIGURE_PREDICTIONS:
    return _ ("Predictions");
  case EKL_FIGURE_ENSEMBLE:
  default:
    return _ ("Ensemble");
  }
}

static void
x_axis_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  EklPlotPanel *self = user_data;
  EklFigureOptions options = *ekl_plot_view_get_options (self->view);

  for (guint i = 0; i < EKL_N_LOSS_AXES; i++) {
    if (g_str_equal (g_variant_get_string (state, NULL), ekl_loss_axis_names[i])) {
      options.x_axis = i;
      options.has_view = FALSE;
      ekl_plot_view_set_options (self->view, &options);
      g_simple_action_set_state (action, state);
    }
  }
}

static void
log_y_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  EklPlotPanel *self = user_data;
  EklFigureOptions options = *ekl_plot_view_get_options (self->view);

  options.linear_y = !g_variant_get_boolean (state);
  options.has_view = FALSE;
  ekl_plot_view_set_options (self->view, &options);
  g_simple_action_set_state (action, state);
}

static void
show_best_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  EklPlotPanel *self = user_data;
  EklFigureOptions options = *ekl_plot_view_get_options (self->view);

  options.show_best = g_variant_get_boolean (state);
  ekl_plot_view_set_options (self->view, &options);
  g_simple_action_set_state (action, state);
}

static void
show_validation_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  EklPlotPanel *self = user_data;
  EklFigureOptions options = *ekl_plot_view_get_options (self->view);

  options.show_validation = g_variant_get_boolean (state);
  ekl_plot_view_set_options (self->view, &options);
  g_simple_action_set_state (action, state);
}

static void
fit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_plot_view_fit (EKL_PLOT_PANEL (user_data)->view);
}

/* A toggle's state is its option's, so the menu opens with what is drawn. */
static void
set_toggle (EklPlotPanel *self, const char *name, gboolean state)
{
  g_simple_action_set_state (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)),
    g_variant_new_boolean (state));
}

static void
set_kind (EklPlotPanel *self, EklFigureKind kind)
{
  GMenuModel *menus[EKL_N_FIGURES] = { self->loss_menu, self->plane_menu, self->predictions_menu,
                                       self->ensemble_menu };
  const EklFigureOptions *options;
  const char *title = get_title (kind);
  g_autofree char *menu_label = g_strdup_printf (_ ("%s: options"), title);
  g_autofree char *enlarge_label = g_strdup_printf (_ ("Enlarge %s"), title);
  g_autofree char *enlarge_tip = g_strdup_printf (_ ("Enlarge (%u)"), kind + 1);

  ekl_plot_view_set_kind (self->view, kind);
  options = ekl_plot_view_get_options (self->view);
  set_toggle (self, "log-y", !options->linear_y);
  set_toggle (self, "show-best", options->show_best);
  set_toggle (self, "show-validation", options->show_validation);

  gtk_label_set_label (self->title_label, title);
  gtk_menu_button_set_menu_model (self->menu_button, menus[kind]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  menu_label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->enlarge_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, enlarge_label, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->enlarge_button), enlarge_tip);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->enlarge_button), "i", (int) kind + 1);
}

static void
title_pressed_cb (EklPlotPanel *self, int n_press)
{
  if (n_press == 2)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.enlarge", "i",
                                (int) ekl_plot_view_get_kind (self->view) + 1);
}

static void
ekl_plot_panel_dispose (GObject *object)
{
  g_clear_object (&EKL_PLOT_PANEL (object)->actions);
  G_OBJECT_CLASS (ekl_plot_panel_parent_class)->dispose (object);
}

static void
ekl_plot_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_KIND)
    g_value_set_uint (value, ekl_plot_view_get_kind (EKL_PLOT_PANEL (object)->view));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ekl_plot_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_KIND)
    set_kind (EKL_PLOT_PANEL (object), g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ekl_plot_panel_class_init (EklPlotPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ekl_plot_panel_dispose;
  object_class->get_property = ekl_plot_panel_get_property;
  object_class->set_property = ekl_plot_panel_set_property;
  g_object_class_install_property (
    object_class, PROP_KIND,
    g_param_spec_uint ("kind", NULL, NULL, 0, EKL_N_FIGURES - 1, EKL_FIGURE_LOSS,
                       G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS));

  g_type_ensure (EKL_TYPE_PLOT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ekilab/EkiLab/ekl-plot-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, EklPlotPanel, view);
  gtk_widget_class_bind_template_child (widget_class, EklPlotPanel, title_label);
  gtk_widget_class_bind_template_child (widget_class, EklPlotPanel, menu_button);
  gtk_widget_class_bind_template_child (widget_class, EklPlotPanel, enlarge_button);
  gtk_widget_class_bind_template_child (widget_class, EklPlotPanel, loss_menu);
  gtk_widget_class_bind_template_child (widget_class, EklPlotPanel, plane_menu);
  gtk_widget_class_bind_template_child (widget_class, EklPlotPanel, predictions_menu);
  gtk_widget_class_bind_template_child (widget_class, EklPlotPanel, ensemble_menu);
  gtk_widget_class_bind_template_callback (widget_class, title_pressed_cb);
}

static void
ekl_plot_panel_init (EklPlotPanel *self)
{
  static const GActionEntry entries[] = {
    { "x-axis", NULL, "s", "'step'", x_axis_cb },
    { "log-y", NULL, NULL, "true", log_y_cb },
    { "show-best", NULL, NULL, "false", show_best_cb },
    { "show-validation", NULL, NULL, "true", show_validation_cb },
    { "fit", fit_cb },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "panel", G_ACTION_GROUP (self->actions));
}

/**
 * ekl_plot_panel_new:
 *
 * Returns: (transfer floating): the panel of that figure
 */
GtkWidget *
ekl_plot_panel_new (EklFigureKind kind)
{
  return g_object_new (EKL_TYPE_PLOT_PANEL, "kind", kind, NULL);
}

/**
 * ekl_plot_panel_get_view:
 *
 * Returns: (transfer none): the figure itself
 */
EklPlotView *
ekl_plot_panel_get_view (EklPlotPanel *self)
{
  return self->view;
}

/**
 * ekl_plot_panel_get_title:
 *
 * Returns: the figure's name, for people
 */
const char *
ekl_plot_panel_get_title (EklPlotPanel *self)
{
  return gtk_label_get_label (self->title_label);
}

/**
 * ekl_plot_panel_write:
 * @path: ends in .png, .svg or .pdf
 * @heading: what problem it is, written over the figure
 *
 * Writes the figure as it is shown, zoom included, in the colours of print.
 */
gboolean
ekl_plot_panel_write (EklPlotPanel *self, const char *path, const char *heading, GError **error)
{
  EklFigureOptions options = *ekl_plot_view_get_options (self->view);
  EklTheme theme;

  ekl_theme_init (&theme, EKL_THEME_PRINT);
  options.show_title = TRUE;
  options.title = heading;
  return ekl_figure_write (ekl_plot_view_get_kind (self->view), path, EXPORT_WIDTH, EXPORT_HEIGHT,
                           &theme, &options, ekl_plot_view_get_data (self->view), error);
}

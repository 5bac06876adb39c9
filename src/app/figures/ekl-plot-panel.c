/* ekl-plot-panel.c - a figure with its title row: options, export, enlarge
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-plot-panel-private.h"

#include "number_format.h"
#include "options_popover.h"
#include "story_figure.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (EklPlotPanel, ekl_plot_panel, GTK_TYPE_BOX)

enum {
  PROP_KIND = 1,
};

enum {
  PREDICTIONS_REQUESTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define EXPORT_WIDTH  720 /* px of 1/96 inch: 190 mm, a page's text width */
#define EXPORT_HEIGHT 460
#define MAX_OUTPUTS   40 /* in the menu */

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

/* Made when it is opened, of what there is to choose then. */
static void
make_options_cb (GtkMenuButton *button, gpointer user_data)
{
  EklPlotPanel *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *name =
    g_strdup_printf (_ ("%s: options"), gtk_label_get_label (self->title_label));
  GtkWidget *popover =
    ekl_options_popover_new (self->menu, G_ACTION_GROUP (self->actions),
                             G_IS_ACTION_GROUP (root) ? G_ACTION_GROUP (root) : NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_menu_button_set_popover (button, popover);
}

static void
set_kind (EklPlotPanel *self, EklFigureKind kind)
{
  GMenuModel *menus[EKL_N_FIGURES] = { self->loss_menu, self->plane_menu, self->predictions_menu,
                                       self->ensemble_menu };
  const char *title = get_title (kind);
  g_autofree char *menu_label = g_strdup_printf (_ ("%s: options"), title);
  g_autofree char *enlarge_label = g_strdup_printf (_ ("Enlarge %s"), title);
  g_autofree char *enlarge_tip = g_strdup_printf (_ ("Enlarge (%u)"), kind + 1);

  ekl_plot_view_set_kind (self->view, kind);
  ekl_plot_panel_show_options (self);

  gtk_widget_set_visible (GTK_WIDGET (self->quantity_button), kind == EKL_FIGURE_ENSEMBLE);
  gtk_label_set_label (self->title_label, title);
  self->menu = menus[kind];
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

  signals[PREDICTIONS_REQUESTED] =
    g_signal_new ("predictions-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (EKL_TYPE_PLOT_VIEW);
  g_type_ensure (EKL_TYPE_REMEDY_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ekilab/EkiLab/ekl-plot-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, EklPlotPanel, view);
  gtk_widget_class_bind_template_child (widget_class, EklPlotPanel, title_label);
  gtk_widget_class_bind_template_child (widget_class, EklPlotPanel, past_label);
  gtk_widget_class_bind_template_child (widget_class, EklPlotPanel, page_box);
  gtk_widget_class_bind_template_child (widget_class, EklPlotPanel, view_section);
  gtk_widget_class_bind_template_child (widget_class, EklPlotPanel, choice_section);
  gtk_widget_class_bind_template_child (widget_class, EklPlotPanel, answers_menu);
  gtk_widget_class_bind_template_child (widget_class, EklPlotPanel, menu_button);
  gtk_widget_class_bind_template_child (widget_class, EklPlotPanel, quantity_button);
  gtk_widget_class_bind_template_child (widget_class, EklPlotPanel, remedies);
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
  gtk_widget_init_template (GTK_WIDGET (self));
  ekl_plot_panel_add_options (self);
  gtk_menu_button_set_create_popup_func (self->menu_button, make_options_cb, self, NULL);
}

/**
 * ekl_plot_panel_request:
 *
 * Asks for the predictions that the panel is to show now.
 */
void
ekl_plot_panel_request (EklPlotPanel *self)
{
  g_signal_emit (self, signals[PREDICTIONS_REQUESTED], 0);
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
 * ekl_plot_panel_set_data:
 * @data: as of ekl_plot_view_set_data()
 *
 * Shows other data; with pictures, the way to the next page; and the choice of the ensemble's
 * quantity where it is a quantity that is shown.
 */
void
ekl_plot_panel_set_data (EklPlotPanel *self, const EklFigureData *data)
{
  const EklPredictions *predictions = data->predictions;

  ekl_plot_view_set_data (self->view, data);
  gtk_widget_set_visible (GTK_WIDGET (self->page_box),
                          ekl_plot_view_get_kind (self->view) == EKL_FIGURE_PREDICTIONS &&
                            predictions != NULL && predictions->kind == EKL_PREDICTIONS_PICTURES);
  gtk_widget_set_visible (GTK_WIDGET (self->quantity_button),
                          ekl_plot_view_get_kind (self->view) == EKL_FIGURE_ENSEMBLE &&
                            !ekl_story_has_ensemble_picture (data->story, data->story_index));
}

static void
add_choice (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static void
fill_views (EklPlotPanel *self, gboolean classes, gboolean pictures, guint n_inputs)
{
  const char *const labels[EKL_N_PREDICTIONS_VIEWS] = {
    [EKL_PREDICTIONS_VIEW_AUTO] = pictures        ? NULL
                                  : n_inputs == 1 ? _ ("Curves over the input")
                                  : n_inputs == 2 ? _ ("Field over both inputs")
                                                  : NULL,
    [EKL_PREDICTIONS_VIEW_SCATTER] = _ ("Predicted against true"),
    [EKL_PREDICTIONS_VIEW_RESIDUALS] = _ ("Residuals and noise"),
    [EKL_PREDICTIONS_VIEW_CONFUSION] = classes ? _ ("Confusion of classes") : NULL,
    [EKL_PREDICTIONS_VIEW_PICTURES] = pictures ? _ ("Pictures and votes") : NULL,
  };

  g_menu_remove_all (self->view_section);
  add_choice (self->view_section,
              labels[EKL_PREDICTIONS_VIEW_AUTO] != NULL ? labels[EKL_PREDICTIONS_VIEW_AUTO]
                                                        : _ ("What suits the problem"),
              "panel.view", g_variant_new_string (ekl_predictions_view_names[0]));
  for (guint view = 1; view < EKL_N_PREDICTIONS_VIEWS; view++)
    if (labels[view] != NULL)
      add_choice (self->view_section, labels[view], "panel.view",
                  g_variant_new_string (ekl_predictions_view_names[view]));
}

static void
add_outputs (EklPlotPanel *self, const char *const *names, guint n)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint k = 0; k < MIN (n, MAX_OUTPUTS); k++) {
    g_autofree char *number = g_strdup_printf (_ ("Output %u"), k + 1);

    add_choice (menu, names[k] != NULL ? names[k] : number, "panel.output",
                g_variant_new_int32 ((int) k));
  }
  g_menu_append_submenu (self->choice_section, _ ("Output"), G_MENU_MODEL (menu));
}

/**
 * ekl_plot_panel_set_problem:
 * @output_names: (array length=n_outputs): targets, or classes
 * @n_outputs: how many
 * @n_inputs: how many
 * @classes: whether the outputs are classes
 * @pictures: whether the inputs are pixels
 *
 * Offers what can be seen of the predictions of another problem. A view that was chosen stays
 * chosen, and is taken up again where a problem has it.
 */
void
ekl_plot_panel_set_problem (EklPlotPanel *self,
                            const char *const *output_names,
                            guint n_outputs,
                            guint n_inputs,
                            gboolean classes,
                            gboolean pictures)
{
  fill_views (self, classes, pictures, n_inputs);
  g_menu_remove_all (self->choice_section);
  if (classes || n_inputs == 2)
    g_menu_append_submenu (self->choice_section, _ ("Answers of"), self->answers_menu);
  if (n_outputs > 1)
    add_outputs (self, output_names, n_outputs);
  self->request.first_picture = 0;
  self->request.output_index = 0;
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "output",
                                      g_variant_new_int32 (0));
}

/**
 * ekl_plot_panel_get_request:
 *
 * Returns: what the predictions are to show
 */
const EklPredictionsRequest *
ekl_plot_panel_get_request (EklPlotPanel *self)
{
  return &self->request;
}

/**
 * ekl_plot_panel_set_past:
 * @is_past: whether the picture is of a step that is over
 * @step: which
 *
 * Says so beside the title.
 */
void
ekl_plot_panel_set_past (EklPlotPanel *self, gboolean is_past, guint64 step)
{
  g_autofree char *count = ekl_format_count ((double) step);
  g_autofree char *text = g_strdup_printf (_ ("at step %s"), count);

  gtk_widget_set_visible (GTK_WIDGET (self->past_label), is_past);
  gtk_label_set_label (self->past_label, text);
}

/**
 * ekl_plot_panel_get_remedies:
 *
 * Returns: (transfer none): the buttons below the figure
 */
EklRemedyBar *
ekl_plot_panel_get_remedies (EklPlotPanel *self)
{
  return self->remedies;
}

/**
 * ekl_plot_panel_open_options:
 *
 * As its button does; or closes them.
 */
void
ekl_plot_panel_open_options (EklPlotPanel *self, gboolean open)
{
  if (open)
    gtk_menu_button_popup (self->menu_button);
  else
    gtk_menu_button_popdown (self->menu_button);
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
 * @path: ends in .png, .svg, .pdf or .csv
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
  options.has_held = FALSE;
  options.show_title = TRUE;
  options.title = heading;
  return ekl_figure_write (ekl_plot_view_get_kind (self->view), path, EXPORT_WIDTH, EXPORT_HEIGHT,
                           &theme, &options, ekl_plot_view_get_data (self->view), error);
}

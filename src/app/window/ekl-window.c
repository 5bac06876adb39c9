/* ekl-window.c - the window: one workbench, its side panel, its pictures and its run bar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-window-private.h"

#include "examples.h"
#include "frame_times.h"
#include "window_settings.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (EklWindow, ekl_window, ADW_TYPE_APPLICATION_WINDOW)

enum {
  PROP_ENLARGED = 1,
  PROP_PRESENTER,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

#define LOADING_DELAY_MS 250
#define FOUR_PICTURES                                                                              \
  960 /* px: the height of a window with room for them in slow motion and presenter mode */

/* In a lecture slow motion's strip and large type leave four pictures too little height: the two in which it
 * happens have it. */
static gboolean
is_cramped (EklWindow *self)
{
  const int height = gtk_widget_get_height (GTK_WIDGET (self));

  return self->presenter && self->slow_motion != NULL &&
         ekl_slow_motion_is_active (self->slow_motion) && height > 0 && height < FOUR_PICTURES;
}

/**
 * ekl_window_get_shown:
 *
 * Returns: the figures whose panels are seen, a bit each
 */
guint
ekl_window_get_shown (EklWindow *self)
{
  if (self->enlarged > 0)
    return 1U << (self->enlarged - 1);
  return is_cramped (self) ? 1U << EKL_FIGURE_PLANE | 1U << EKL_FIGURE_ENSEMBLE : EKL_ALL_FIGURES;
}

/**
 * ekl_window_show_panels:
 *
 * Shows those panels, where others were. The focus does not stay in a panel that goes.
 */
void
ekl_window_show_panels (EklWindow *self)
{
  const guint shown = ekl_window_get_shown (self);
  const int first = self->enlarged > 0 ? self->enlarged - 1 : EKL_FIGURE_PLANE;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  gboolean goes = FALSE;

  if (shown == self->panels_shown)
    return;
  self->panels_shown = shown;
  for (int kind = 0; kind < EKL_N_FIGURES; kind++) {
    GtkWidget *panel = GTK_WIDGET (self->panel[kind]);
    const gboolean visible = (shown & 1U << kind) != 0;

    goes = goes || (!visible && focus != NULL && gtk_widget_is_ancestor (focus, panel));
    gtk_widget_set_visible (panel, visible);
  }
  if (goes)
    gtk_widget_grab_focus (GTK_WIDGET (ekl_plot_panel_get_view (self->panel[first])));
  ekl_workbench_invalidate_pictures (self->workbench);
}

/* ---- titles and messages ---- */

static void
run_started_cb (EklWindow *self)
{
  g_autofree char *title = ekl_workbench_make_title (self->workbench);
  g_autofree char *subtitle = ekl_workbench_make_subtitle (self->workbench);
  g_autofree char *whole = g_strdup_printf ("%s — %s", title, subtitle);

  adw_window_title_set_title (self->window_title, title);
  adw_window_title_set_subtitle (self->window_title, subtitle);
  /* what has no room beside large buttons */
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->window_title), whole);
  gtk_window_set_title (GTK_WINDOW (self), whole);
  gtk_stack_set_visible_child_name (self->pages, "panels");
  ekl_window_show_problem (self);
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
    ekl_plot_view_fit (ekl_plot_panel_get_view (self->panel[kind]));
}

/* Shows itself where it takes a while, and then how far it is. */
static gboolean
loading_slow_cb (gpointer user_data)
{
  EklWindow *self = user_data;
  const double percent = 100 * ekl_workbench_get_loading_fraction (self->workbench);
  const char *name = ekl_workbench_get_loading_name (self->workbench);
  g_autofree char *text = percent >= 1 ? g_strdup_printf (_ ("Reading %s, %.0f %%"), name, percent)
                                       : g_strdup_printf (_ ("Reading %s"), name);

  gtk_label_set_label (self->loading_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->loading_box), TRUE);
  return G_SOURCE_CONTINUE;
}

static void
loading_changed_cb (EklWindow *self)
{
  g_clear_handle_id (&self->loading_source, g_source_remove);
  if (ekl_workbench_is_loading (self->workbench))
    self->loading_source = g_timeout_add (LOADING_DELAY_MS, loading_slow_cb, self);
  else
    gtk_widget_set_visible (GTK_WIDGET (self->loading_box), FALSE);
}

static void
failed_cb (EklWindow *self, const char *message)
{
  if (ekl_workbench_get_dataset (self->workbench) == NULL)
    gtk_stack_set_visible_child_name (self->pages, "empty");
  ekl_window_show_message (self, message);
}

/* ---- presenter ---- */

static void
show_presenter (EklWindow *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  adw_style_manager_set_color_scheme (style, self->presenter ? ADW_COLOR_SCHEME_FORCE_LIGHT
                                                             : ADW_COLOR_SCHEME_DEFAULT);
  if (self->presenter) {
    self->side_panel_before = adw_flap_get_reveal_flap (self->flap);
    adw_flap_set_reveal_flap (self->flap, FALSE);
    gtk_widget_add_css_class (GTK_WIDGET (self), "presenter");
  } else {
    adw_flap_set_reveal_flap (self->flap, self->side_panel_before);
    gtk_widget_remove_css_class (GTK_WIDGET (self), "presenter");
  }
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
    ekl_plot_view_set_presenter (ekl_plot_panel_get_view (self->panel[kind]), self->presenter);
  ekl_window_show_panels (self);
}

/* ---- the object ---- */

static void
append_example (GMenu *menu, const EklExample *example, const char *title)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (title, NULL);

  g_menu_item_set_action_and_target (item, "win.open-example", "s", example->name);
  g_menu_append_item (menu, item);
}

/* What is not installed is in the menu all the same: who takes it is told how to get it. */
static void
append_pictures (GMenu *menu)
{
  guint n;
  const EklExample *pictures = ekl_examples_list_pictures (&n);

  for (guint i = 0; i < n; i++) {
    g_autoptr (GFile) folder = ekl_example_find_folder (&pictures[i], NULL);
    g_autofree char *missing = g_strdup_printf (_ ("%s (not installed)"), pictures[i].title);

    append_example (menu, &pictures[i], folder != NULL ? pictures[i].title : missing);
  }
}

static void
fill_examples (EklWindow *self)
{
  g_autoptr (GMenu) menu = g_menu_new (), tables = g_menu_new (), pictures = g_menu_new ();
  guint n;
  const EklExample *examples = ekl_examples_list (&n);

  for (guint i = 0; i < n; i++)
    append_example (tables, &examples[i], examples[i].title);
  append_pictures (pictures);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (tables));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (pictures));
  gtk_menu_button_set_menu_model (self->examples_button, G_MENU_MODEL (menu));
}

static gboolean
ekl_window_close_request (GtkWindow *window)
{
  EklWindow *self = EKL_WINDOW (window);

  ekl_window_settings_save (self->settings, window,
                            self->presenter ? self->side_panel_before
                                            : adw_flap_get_reveal_flap (self->flap));
  ekl_window_save_panels (self);
  ekl_workbench_close (self->workbench);
  return GTK_WINDOW_CLASS (ekl_window_parent_class)->close_request (window);
}

static void
ekl_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EklWindow *self = EKL_WINDOW (object);

  switch (id) {
  case PROP_ENLARGED:
    g_value_set_int (value, self->enlarged);
    break;
  case PROP_PRESENTER:
    g_value_set_boolean (value, self->presenter);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
ekl_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  EklWindow *self = EKL_WINDOW (object);

  switch (id) {
  case PROP_ENLARGED:
    if (self->enlarged != g_value_get_int (value)) {
      self->enlarged = g_value_get_int (value);
      ekl_window_show_panels (self);
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  case PROP_PRESENTER:
    if (self->presenter != g_value_get_boolean (value)) {
      self->presenter = g_value_get_boolean (value);
      show_presenter (self);
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
ekl_window_dispose (GObject *object)
{
  EklWindow *self = EKL_WINDOW (object);
  const EklFigureData nothing = { 0 };

  /* it holds the side panel, and the toolkit's tooltip may hold the window's actions until the next one */
  g_action_map_remove_action (G_ACTION_MAP (self), "all-settings");
  /* a widget may live on for a moment, its data not */
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
    if (self->panel[kind] != NULL)
      ekl_plot_view_set_data (ekl_plot_panel_get_view (self->panel[kind]), &nothing);
  g_clear_handle_id (&self->loading_source, g_source_remove);
  ekl_window_forget_messages (self);
  ekl_window_forget_crosshair (self);
  ekl_window_end_asking (self);
  if (self->workbench != NULL)
    ekl_workbench_close (self->workbench);
  G_OBJECT_CLASS (ekl_window_parent_class)->dispose (object);
}

static void
ekl_window_finalize (GObject *object)
{
  EklWindow *self = EKL_WINDOW (object);

  ekl_window_forget_keys (self);
  /* after the widgets, which borrow from them */
  ekl_window_remove_slow_motion (self);
  g_clear_pointer (&self->message_action, g_free);
  g_clear_pointer (&self->former_name, g_free);
  g_clear_pointer (&self->said, g_free);
  g_clear_object (&self->workbench);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (ekl_window_parent_class)->finalize (object);
}

static void
ekl_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ekl_window_parent_class)->realize (widget);
  ekl_window_follow_painting (EKL_WINDOW (widget));
}

static void
ekl_window_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ekl_window_begin_painting (EKL_WINDOW (widget));
  GTK_WIDGET_CLASS (ekl_window_parent_class)->snapshot (widget, snapshot);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  static const char *const panels[EKL_N_FIGURES] = { "loss_panel", "plane_panel",
                                                     "predictions_panel", "ensemble_panel" };

  for (guint i = 0; i < EKL_N_FIGURES; i++)
    gtk_widget_class_bind_template_child_full (
      widget_class, panels[i], FALSE,
      (gssize) (G_STRUCT_OFFSET (EklWindow, panel) + i * sizeof (EklPlotPanel *)));
  gtk_widget_class_bind_template_child (widget_class, EklWindow, header_bar);
  gtk_widget_class_bind_template_child (widget_class, EklWindow, side_panel_button);
  gtk_widget_class_bind_template_child (widget_class, EklWindow, presenter_button);
  gtk_widget_class_bind_template_child (widget_class, EklWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, EklWindow, message_box);
  gtk_widget_class_bind_template_child (widget_class, EklWindow, message_label);
  gtk_widget_class_bind_template_child (widget_class, EklWindow, message_button);
  gtk_widget_class_bind_template_callback (widget_class, ekl_window_place_message);
  gtk_widget_class_bind_template_callback (widget_class, ekl_window_close_message);
  gtk_widget_class_bind_template_callback (widget_class, ekl_window_follow_message);
  gtk_widget_class_bind_template_child (widget_class, EklWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, EklWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, EklWindow, empty_page);
  gtk_widget_class_bind_template_child (widget_class, EklWindow, side_panel);
  gtk_widget_class_bind_template_child (widget_class, EklWindow, run_bar);
  gtk_widget_class_bind_template_child (widget_class, EklWindow, story_bar);
  gtk_widget_class_bind_template_child (widget_class, EklWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, EklWindow, drop_hint);
  gtk_widget_class_bind_template_child (widget_class, EklWindow, examples_button);
  gtk_widget_class_bind_template_child (widget_class, EklWindow, undo_menu);
  gtk_widget_class_bind_template_child (widget_class, EklWindow, loading_box);
  gtk_widget_class_bind_template_child (widget_class, EklWindow, loading_label);
}

static void
ekl_window_class_init (EklWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = ekl_window_dispose;
  object_class->finalize = ekl_window_finalize;
  object_class->get_property = ekl_window_get_property;
  object_class->set_property = ekl_window_set_property;
  widget_class->realize = ekl_window_realize;
  widget_class->snapshot = ekl_window_snapshot;
  GTK_WINDOW_CLASS (klass)->close_request = ekl_window_close_request;

  props[PROP_ENLARGED] = g_param_spec_int ("enlarged", NULL, NULL, 0, EKL_N_FIGURES, 0, flags);
  props[PROP_PRESENTER] = g_param_spec_boolean ("presenter", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (EKL_TYPE_SIDE_PANEL);
  g_type_ensure (EKL_TYPE_PANEL_LAYOUT);
  g_type_ensure (EKL_TYPE_PLOT_PANEL);
  g_type_ensure (EKL_TYPE_RUN_BAR);
  g_type_ensure (EKL_TYPE_STORY_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ekilab/EkiLab/ekl-window.ui");
  bind_template (widget_class);
}

static void
follow_workbench (EklWindow *self)
{
  const struct {
    const char *signal;
    GCallback callback;
  } handlers[] = {
    { "run-started", G_CALLBACK (run_started_cb) },
    { "loading-changed", G_CALLBACK (loading_changed_cb) },
    { "failed", G_CALLBACK (failed_cb) },
    { "told", G_CALLBACK (ekl_window_show_message) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->workbench, handlers[i].signal, handlers[i].callback, self,
                             G_CONNECT_SWAPPED);
}

static void
ekl_window_init (EklWindow *self)
{
  gboolean side_panel;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->panels_shown = EKL_ALL_FIGURES;
  self->workbench = ekl_workbench_new ();
  ekl_side_panel_set_workbench (self->side_panel, self->workbench);
  ekl_run_bar_set_workbench (self->run_bar, self->workbench);
  ekl_window_add_slow_motion (self);
  follow_workbench (self);
  ekl_window_follow_pictures (self);
  ekl_window_follow_crosshair (self);
  ekl_window_follow_zoom (self);
  ekl_window_follow_panels (self);
  ekl_window_follow_plane (self);
  /* what scrolls in it takes the focus */
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->empty_page))),
    GTK_ACCESSIBLE_PROPERTY_LABEL, adw_status_page_get_title (self->empty_page), -1);
  fill_examples (self);
  ekl_window_add_actions (self);

  self->settings = ekl_window_settings_new ();
  side_panel = ekl_window_settings_restore (self->settings, GTK_WINDOW (self));
  adw_flap_set_reveal_flap (self->flap, side_panel);
  ekl_side_panel_remember (self->side_panel, self->settings);
  ekl_window_restore_panels (self);
  ekl_window_add_data_actions (self);
  ekl_frame_times_watch (GTK_WIDGET (self));
}

/**
 * ekl_window_new:
 *
 * Returns: (transfer floating): a window with no problem in it
 */
GtkWidget *
ekl_window_new (AdwApplication *application)
{
  return g_object_new (EKL_TYPE_WINDOW, "application", application, NULL);
}

/**
 * ekl_window_open:
 * @source: a path, or example:NAME
 *
 * Opens data; the run before stands where that fails.
 */
void
ekl_window_open (EklWindow *self, const char *source)
{
  ekl_workbench_open (self->workbench, source);
}

/**
 * ekl_window_get_workbench:
 *
 * Returns: (transfer none): the model
 */
EklWorkbench *
ekl_window_get_workbench (EklWindow *self)
{
  return self->workbench;
}

/**
 * ekl_window_get_side_panel:
 *
 * Returns: (transfer none): the rows of the settings
 */
EklSidePanel *
ekl_window_get_side_panel (EklWindow *self)
{
  return self->side_panel;
}

/**
 * ekl_window_get_panel:
 *
 * Returns: (transfer none): the panel of that figure
 */
EklPlotPanel *
ekl_window_get_panel (EklWindow *self, EklFigureKind kind)
{
  return self->panel[kind];
}

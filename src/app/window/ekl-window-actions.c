/* ekl-window-actions.c - everything a user can do in a window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-window-private.h"

#include "preset.h"

#include <glib/gi18n.h>

static void
run_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EklWorkbench *workbench = EKL_WINDOW (user_data)->workbench;

  if (ekl_window_run_slowly (user_data))
    return;
  if (ekl_workbench_get_state (workbench) == EKL_ENGINE_RUNNING) {
    ekl_workbench_pause (workbench);
  } else {
    ekl_window_look_at_newest (user_data);
    ekl_workbench_run (workbench);
  }
}

static void
step_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const int n = MAX (1, g_variant_get_int32 (parameter));

  if (ekl_window_step_slowly (user_data, n))
    return;
  ekl_window_look_at_newest (user_data);
  ekl_workbench_step (EKL_WINDOW (user_data)->workbench, (guint) n);
}

static void
reset_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_workbench_reset (EKL_WINDOW (user_data)->workbench);
}

static void
new_seed_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_workbench_new_seed (EKL_WINDOW (user_data)->workbench);
}

static void
open_example_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autofree char *source = g_strconcat ("example:", g_variant_get_string (parameter, NULL), NULL);

  ekl_window_open (user_data, source);
}

static void
cancel_loading_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_workbench_cancel_loading (EKL_WINDOW (user_data)->workbench);
}

/* The number of the panel that is large already makes all four visible again. */
static void
enlarge_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EklWindow *self = user_data;
  const int panel = g_variant_get_int32 (parameter);

  if (panel >= 0 && panel <= EKL_N_FIGURES)
    g_object_set (self, "enlarged", panel == self->enlarged ? 0 : panel, NULL);
}

static void
enlarged_changed_cb (EklWindow *self, GParamSpec *pspec, GSimpleAction *action)
{
  g_simple_action_set_state (action, g_variant_new_int32 (self->enlarged));
}

static void
presenter_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  g_object_set (user_data, "presenter", g_variant_get_boolean (state), NULL);
  g_simple_action_set_state (action, state);
}

static void
side_panel_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  adw_flap_set_reveal_flap (EKL_WINDOW (user_data)->flap, g_variant_get_boolean (state));
}

/* With the panel its focus would be gone, to wherever the toolkit finds; and GTK 4.8, which looks for a place with
 * the next frame, keeps the panel for ever where no frame comes any more. */
static void
leave_side_panel (EklWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->side_panel)))
    gtk_widget_grab_focus (self->side_panel_button);
}

static void
side_panel_changed_cb (EklWindow *self)
{
  const gboolean shown = adw_flap_get_reveal_flap (self->flap);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "side-panel");

  if (!shown)
    leave_side_panel (self);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (shown));
}

static EklPlotPanel *
get_loss_panel (gpointer user_data)
{
  return EKL_WINDOW (user_data)->panel[EKL_FIGURE_LOSS];
}

static void
log_axis_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_activate_action (GTK_WIDGET (get_loss_panel (user_data)), "panel.log-y", NULL);
}

static void
fit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EklWindow *self = user_data;

  for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
    gtk_widget_activate_action (GTK_WIDGET (self->panel[kind]), "panel.fit", NULL);
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_window_export (user_data, g_variant_get_string (parameter, NULL));
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_window_copy (user_data, g_variant_get_string (parameter, NULL));
}

/* Of a panel, from 1; 0: none is open. */
static void
options_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EklWindow *self = user_data;

  for (int kind = 0; kind < EKL_N_FIGURES; kind++)
    ekl_plot_panel_open_options (self->panel[kind], kind + 1 == g_variant_get_int32 (parameter));
}

static void
speed_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_run_bar_set_speed (EKL_WINDOW (user_data)->run_bar, g_variant_get_double (parameter));
}

static void
look_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_timeline_look (ekl_run_bar_get_timeline (EKL_WINDOW (user_data)->run_bar),
                     g_variant_get_int32 (parameter));
}

/* A remedy is a change of a setting like any other: it acts at once and can be undone. */
static void
remedy_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EklWindow *self = user_data;
  EklExperiment *experiment = ekl_workbench_get_experiment (self->workbench);
  const char *setting, *value;
  g_autoptr (GError) error = NULL;

  g_variant_get (parameter, "(&s&s)", &setting, &value);
  if (ekl_experiment_find_setting (setting) == NULL ||
      !ekl_experiment_set_text (experiment, setting, value, &error))
    ekl_window_show_message (self, error != NULL ? error->message : setting);
}

static void
preset_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EklWindow *self = user_data;
  guint n;
  const EklPreset *presets = ekl_presets_list (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (presets[i].name, g_variant_get_string (parameter, NULL))) {
      const guint changed =
        ekl_preset_choose (&presets[i], ekl_workbench_get_experiment (self->workbench));

      ekl_window_show_choice (self, _ (presets[i].help), changed > 0 ? _ ("Undo") : NULL,
                              changed > 0 ? "win.undo" : NULL);
    }
}

static const GActionEntry entries[] = {
  { "run", run_cb },
  { "step", step_cb, "i" },
  { "reset", reset_cb },
  { "new-seed", new_seed_cb },
  { "open-example", open_example_cb, "s" },
  { "cancel-loading", cancel_loading_cb },
  { "enlarge", enlarge_cb, "i", "0" },
  { "side-panel", NULL, NULL, "true", side_panel_cb },
  { "presenter", NULL, NULL, "false", presenter_cb },
  { "log-axis", log_axis_cb },
  { "fit", fit_cb },
  { "options", options_cb, "i" },
  { "speed", speed_cb, "d" },
  { "look", look_cb, "i" },
  { "remedy", remedy_cb, "(ss)" },
  { "preset", preset_cb, "s" },
  { "export", export_cb, "s" },
  { "copy", copy_cb, "s" },
};

/* ---- what needs a run, or one that can go on ---- */

/**
 * ekl_window_set_enabled:
 * @action: its name, without "win."
 * @enabled: whether it can be called
 */
void
ekl_window_set_enabled (EklWindow *self, const char *action, gboolean enabled)
{
  GAction *one = g_action_map_lookup_action (G_ACTION_MAP (self), action);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (one), enabled);
}

static void
state_changed_cb (EklWindow *self)
{
  const EklEngineState state = ekl_workbench_get_state (self->workbench);
  const gboolean has_run = ekl_workbench_get_dataset (self->workbench) != NULL;

  ekl_window_set_enabled (self, "run", has_run && state != EKL_ENGINE_FINISHED);
  ekl_window_set_enabled (self, "step", has_run && state != EKL_ENGINE_FINISHED);
  ekl_window_set_enabled (self, "reset", has_run);
  ekl_window_set_enabled (self, "new-seed", has_run);
  ekl_window_set_enabled (self, "preset", has_run);
  ekl_window_set_enabled (self, "slow-motion", has_run);
  ekl_window_set_enabled (self, "export", has_run);
  ekl_window_set_enabled (self, "copy", has_run);
}

/**
 * ekl_window_add_actions:
 *
 * Adds the window's actions and its keys.
 */
void
ekl_window_add_actions (EklWindow *self)
{
  g_autoptr (GPropertyAction) all_settings =
    g_property_action_new ("all-settings", self->side_panel, "shows-all");

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (all_settings));
  ekl_window_add_file_actions (self);
  ekl_window_add_keys (self);

  g_signal_connect_object (self, "notify::enlarged", G_CALLBACK (enlarged_changed_cb),
                           g_action_map_lookup_action (G_ACTION_MAP (self), "enlarge"), 0);
  g_signal_connect_object (self->flap, "notify::reveal-flap", G_CALLBACK (side_panel_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workbench, "progress", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  state_changed_cb (self);
}

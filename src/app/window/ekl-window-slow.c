/* ekl-window-slow.c - slow motion in the window: its actions, and which pictures they show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-window-private.h"

static void
slow_motion_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  ekl_slow_motion_set_active (EKL_WINDOW (user_data)->slow_motion, g_variant_get_boolean (state));
  g_simple_action_set_state (action, state);
}

static void
slow_next_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EklSlowMotion *motion = EKL_WINDOW (user_data)->slow_motion;

  ekl_slow_motion_set_playing (motion, FALSE);
  ekl_slow_motion_next (motion);
}

static void
slow_play_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EklSlowMotion *motion = EKL_WINDOW (user_data)->slow_motion;

  ekl_slow_motion_set_playing (motion, !ekl_slow_motion_is_playing (motion));
}

/**
 * ekl_window_run_slowly:
 *
 * Returns: whether slow motion has taken "run" over: it plays, or pauses
 */
gboolean
ekl_window_run_slowly (EklWindow *self)
{
  if (!ekl_slow_motion_is_active (self->slow_motion))
    return FALSE;
  slow_play_cb (NULL, NULL, self);
  return TRUE;
}

/**
 * ekl_window_step_slowly:
 * @n: as asked for
 *
 * Returns: whether slow motion has taken "step" over: one is the next part, more the rest of the
 *   step
 */
gboolean
ekl_window_step_slowly (EklWindow *self, int n)
{
  if (!ekl_slow_motion_is_active (self->slow_motion))
    return FALSE;
  ekl_slow_motion_set_playing (self->slow_motion, FALSE);
  if (n > 1)
    ekl_slow_motion_finish (self->slow_motion);
  else
    ekl_slow_motion_next (self->slow_motion);
  return TRUE;
}

/**
 * ekl_window_pose_pictures:
 * @data: (inout): what would be shown of the newest frame
 *
 * In slow motion puts the moment of the step that is told in place of it. What it borrows is kept
 * until the next call.
 *
 * Returns: whether the curves over the steps are to wait, since the step is still being told
 */
gboolean
ekl_window_pose_pictures (EklWindow *self, EklFigureData *data)
{
  const EklPredictions *before = ekl_slow_motion_get_predictions (self->slow_motion);

  g_clear_pointer (&self->former_pose, ekl_plane_free);
  self->former_pose = g_steal_pointer (&self->pose);
  self->pose = ekl_slow_motion_make_plane (self->slow_motion);
  if (self->pose == NULL)
    return FALSE;
  data->plane = self->pose;
  data->story = ekl_slow_motion_get_story (self->slow_motion);
  data->story_index = ekl_slow_motion_get_index (self->slow_motion);
  if (before != NULL)
    data->predictions = before;
  return !ekl_slow_motion_is_told (self->slow_motion);
}

/* The strip has no focus: what it says is said by the window. */
static void
tell_part (EklWindow *self, gboolean was_active, gboolean is_active)
{
  if (is_active)
    ekl_window_say (self, ekl_story_bar_get_words (self->story_bar));
  else if (was_active)
    ekl_window_say (self, NULL);
}

static void
changed_cb (EklWindow *self)
{
  const gboolean is_active = ekl_slow_motion_is_active (self->slow_motion);
  EklPlotView *view = ekl_plot_panel_get_view (self->panel[EKL_FIGURE_PLANE]);

  ekl_story_bar_set_theme (self->story_bar, ekl_plot_view_get_theme (view));
  if (!is_active)
    ekl_window_leave (self, GTK_WIDGET (self->story_bar));
  tell_part (self, gtk_widget_get_visible (GTK_WIDGET (self->story_bar)), is_active);
  gtk_widget_set_visible (GTK_WIDGET (self->story_bar), is_active);
  ekl_window_show_panels (self);
  ekl_workbench_hold_numbers (self->workbench, !ekl_slow_motion_is_told (self->slow_motion));
  ekl_window_show_pictures (self);
}

/**
 * ekl_window_add_slow_motion:
 *
 * Adds slow motion and its actions.
 */
void
ekl_window_add_slow_motion (EklWindow *self)
{
  static const GActionEntry entries[] = {
    { "slow-motion", NULL, NULL, "false", slow_motion_cb },
    { "slow-next", slow_next_cb },
    { "slow-play", slow_play_cb },
  };

  self->slow_motion = ekl_slow_motion_new (self->workbench);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  ekl_story_bar_set_motion (self->story_bar, self->slow_motion);
  g_signal_connect_object (self->slow_motion, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * ekl_window_remove_slow_motion:
 *
 * Frees it, and what the pictures have borrowed.
 */
void
ekl_window_remove_slow_motion (EklWindow *self)
{
  g_clear_object (&self->slow_motion);
  g_clear_pointer (&self->pose, ekl_plane_free);
  g_clear_pointer (&self->former_pose, ekl_plane_free);
}

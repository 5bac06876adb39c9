/* ekl-window-crosshair.c - the step that all panels look at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-window-private.h"

/* While steps are taken a pointer that was only left over the curves does not hold the others back. */
#define REST_MS 2500

/* @view: (nullable): where the pointer is, which shows it itself */
static void
show_crosshair (EklWindow *self, EklPlotView *view, gboolean has_step, guint64 step)
{
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++) {
    EklPlotView *other = ekl_plot_panel_get_view (self->panel[kind]);

    if (other != view)
      ekl_plot_view_set_crosshair (other, has_step, step);
  }
}

/* In slow motion it is the newest step that is told. */
static void
look_back (EklWindow *self, gboolean back, guint64 step)
{
  g_clear_handle_id (&self->rest_source, g_source_remove);
  ekl_workbench_look_back (self->workbench, back && !ekl_slow_motion_is_active (self->slow_motion),
                           step);
}

/* Where the timeline was left, or the newest step. */
static void
look_as_timeline (EklWindow *self)
{
  guint64 step;
  const gboolean pinned = ekl_timeline_get_step (ekl_run_bar_get_timeline (self->run_bar), &step);

  look_back (self, pinned, step);
}

static void
rested_cb (gpointer user_data)
{
  EklWindow *self = user_data;

  self->rest_source = 0;
  if (ekl_workbench_get_state (self->workbench) == EKL_ENGINE_RUNNING)
    look_as_timeline (self);
}

static void
step_hovered_cb (EklPlotView *view, gboolean has_step, guint64 step, EklWindow *self)
{
  EklTimeline *timeline = ekl_run_bar_get_timeline (self->run_bar);
  guint64 pinned_step;
  const gboolean pinned = ekl_timeline_get_step (timeline, &pinned_step);

  ekl_timeline_show_step (timeline, has_step, step);
  /* the pointer has left: what the timeline was left at is looked at again */
  if (!has_step && pinned)
    show_crosshair (self, NULL, TRUE, pinned_step);
  else
    show_crosshair (self, view, has_step, step);
  look_back (self, has_step || pinned, has_step ? step : pinned_step);
  if (has_step)
    self->rest_source = g_timeout_add_once (REST_MS, rested_cb, self);
}

static void
scrubbed_cb (EklWindow *self, gboolean has_step, guint64 step)
{
  show_crosshair (self, NULL, has_step, step);
  look_back (self, has_step, step);
}

static void
run_started_cb (EklWindow *self)
{
  show_crosshair (self, NULL, FALSE, 0);
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
    ekl_plot_panel_set_past (self->panel[kind], FALSE, 0);
  g_clear_handle_id (&self->rest_source, g_source_remove);
}

static void
slow_motion_changed_cb (EklWindow *self)
{
  look_as_timeline (self);
}

/* Panels whose picture is of that step alone say so; curves have all steps. */
static void
pictures_changed_cb (EklWindow *self)
{
  guint64 step;
  const gboolean is_past = ekl_workbench_get_past (self->workbench, &step);

  for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
    if (kind != EKL_FIGURE_LOSS)
      ekl_plot_panel_set_past (self->panel[kind], is_past, step);
}

/**
 * ekl_window_follow_crosshair:
 *
 * From now on the step under the pointer in one panel, or under the timeline's, is that of the others.
 */
void
ekl_window_follow_crosshair (EklWindow *self)
{
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
    g_signal_connect_object (ekl_plot_panel_get_view (self->panel[kind]), "step-hovered",
                             G_CALLBACK (step_hovered_cb), self, 0);
  g_signal_connect_object (ekl_run_bar_get_timeline (self->run_bar), "scrubbed",
                           G_CALLBACK (scrubbed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workbench, "run-started", G_CALLBACK (run_started_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workbench, "pictures-changed", G_CALLBACK (pictures_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->slow_motion, "changed", G_CALLBACK (slow_motion_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * ekl_window_look_at_newest:
 *
 * The run goes on, and is watched again.
 */
void
ekl_window_look_at_newest (EklWindow *self)
{
  EklTimeline *timeline = ekl_run_bar_get_timeline (self->run_bar);
  guint64 step;

  if (ekl_timeline_get_step (timeline, &step))
    ekl_timeline_look (timeline, 0);
}

/**
 * ekl_window_forget_crosshair:
 *
 * The window goes.
 */
void
ekl_window_forget_crosshair (EklWindow *self)
{
  g_clear_handle_id (&self->rest_source, g_source_remove);
}

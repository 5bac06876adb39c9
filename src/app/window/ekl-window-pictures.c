/* ekl-window-pictures.c - the window's four pictures: when they are asked for, and what they show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-window-private.h"

#include "cores.h"
#include "frame_times.h"

#define CURVES (1U << EKL_FIGURE_LOSS | 1U << EKL_FIGURE_ENSEMBLE)

/* The curves of the loss are the history's, which is here: they wait for no frame of the engine. */
#define NEED_NO_FRAME (1U << EKL_FIGURE_LOSS)

#define FAST 5 /* steps a second */

/* What is painted waits so long at most for a core; longer than the parts that a step consists of take. */
#define PATIENCE 3000 /* us */

static guint
get_visible (EklWindow *self)
{
  return ekl_window_get_shown (self);
}

static EklFrameParts
get_parts (EklWindow *self, guint figures)
{
  EklFrameParts parts = EKL_FRAME_NUMBERS;

  if (ekl_slow_motion_is_active (self->slow_motion))
    return EKL_FRAME_ALL | EKL_FRAME_STORY;
  if ((figures & 1U << EKL_FIGURE_PLANE) != 0)
    parts |= EKL_FRAME_PLANE;
  if ((figures & 1U << EKL_FIGURE_PREDICTIONS) != 0)
    parts |= EKL_FRAME_PREDICTIONS;
  if ((figures & 1U << EKL_FIGURE_ENSEMBLE) != 0)
    parts |= EKL_FRAME_ENSEMBLE;
  return parts;
}

/* While steps follow each other the pictures take turns; what stands still is shown whole. */
static gboolean
takes_turns (EklWindow *self)
{
  return ekl_workbench_get_state (self->workbench) == EKL_ENGINE_RUNNING &&
         !ekl_slow_motion_is_active (self->slow_motion);
}

/* Whether the next drawing comes so soon that nobody looks at this one closely. */
static gboolean
moves (EklWindow *self)
{
  return takes_turns (self) && ekl_workbench_get_speed (self->workbench) > FAST;
}

static guint
choose (EklWindow *self, guint candidates)
{
  gint64 cost[EKL_N_FIGURES];

  for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
    cost[kind] = ekl_plot_view_get_cost (ekl_plot_panel_get_view (self->panel[kind]));
  return ekl_figure_pace_choose (&self->pace, g_get_monotonic_time (), candidates, cost);
}

/* The data may be replaced at any time, so every figure gets the newest; those of @figures are drawn. */
static void
show_figure (EklWindow *self, EklFigureKind kind, const EklFigureData *data, guint figures)
{
  if ((figures & 1U << kind) != 0)
    ekl_plot_panel_set_data (self->panel[kind], data);
  else
    ekl_plot_view_lend_data (ekl_plot_panel_get_view (self->panel[kind]), data);
}

/* What is borrowed of the name is so until the next call. */
static void
add_former (EklWindow *self, EklFigureData *data)
{
  char *before = g_steal_pointer (&self->former_name);

  data->former = ekl_workbench_get_former (self->workbench, &self->former_name);
  data->former_name = self->former_name;
  /* the same words stay where they are lent to */
  if (g_strcmp0 (before, self->former_name) == 0) {
    g_free (self->former_name);
    data->former_name = self->former_name = before;
  } else {
    g_free (before);
  }
}

static void
show_curves (EklWindow *self, guint figures)
{
  EklFigureData data = {
    .history = ekl_workbench_get_history (self->workbench),
    .ensemble = ekl_workbench_get_ensemble (self->workbench),
    .selection = ekl_workbench_get_selection (self->workbench),
  };

  data.selected = ekl_workbench_get_selected (self->workbench, &data.n_selected);
  data.has_past = ekl_workbench_get_past (self->workbench, &data.past_step);
  data.moving = moves (self);
  add_former (self, &data);
  if ((figures & 1U << EKL_FIGURE_ENSEMBLE) != 0)
    ekl_remedy_bar_set_advice (ekl_plot_panel_get_remedies (self->panel[EKL_FIGURE_ENSEMBLE]),
                               ekl_workbench_get_advice (self->workbench));
  show_figure (self, EKL_FIGURE_LOSS, &data, figures);
  show_figure (self, EKL_FIGURE_ENSEMBLE, &data, figures);
}

static void
show_pictures (EklWindow *self, guint figures)
{
  EklFigureData data = {
    .history = ekl_workbench_get_history (self->workbench),
    .plane = ekl_workbench_get_plane (self->workbench),
    .predictions = ekl_workbench_get_predictions (self->workbench),
    .ensemble = ekl_workbench_get_ensemble (self->workbench),
  };
  const gboolean telling = ekl_window_pose_pictures (self, &data);

  data.selected = ekl_workbench_get_selected (self->workbench, &data.n_selected);
  data.moving = moves (self);
  data.has_past = !telling && ekl_workbench_get_past (self->workbench, &data.past_step);
  ekl_window_update_plane (self);
  show_figure (self, EKL_FIGURE_PLANE, &data, figures);
  show_figure (self, EKL_FIGURE_PREDICTIONS, &data, figures);
  if (telling) {
    /* how it ends is not given away */
    data.has_last_step = data.story != NULL;
    data.last_step = data.has_last_step ? data.story->step - 1 : 0;
    add_former (self, &data);
    show_figure (self, EKL_FIGURE_LOSS, &data, figures);
    show_figure (self, EKL_FIGURE_ENSEMBLE, &data, figures);
  } else {
    show_curves (self, figures);
  }
}

static void
show_known_curves (EklWindow *self, guint figures)
{
  if (figures == 0)
    return;
  ekl_frame_times_add_frame (ekl_workbench_get_record (self->workbench)->step);
  show_curves (self, figures);
}

/* A frame for those whose turn it is. It is made while the last one is painted: frames never queue
 * up, and neither waits long. While one is on its way, which may take longer than the display gives,
 * the curves have their turn, as far as they are known: each frame of the display shows something new. */
static void
ask_in_turn (EklWindow *self)
{
  const gboolean can_ask = ekl_workbench_wants_frame (self->workbench);
  const guint visible = get_visible (self);
  const guint figures = choose (self, can_ask ? visible : visible & CURVES);

  if (can_ask && (figures & ~NEED_NO_FRAME) != 0) {
    /* of what has its turn the curves are seen in the meantime, and others only where there are none */
    const guint known =
      (figures & CURVES) != 0 ? figures & CURVES : choose (self, visible & CURVES);

    self->asked_for = figures & ~known;
    self->is_partial = TRUE;
    ekl_workbench_request_frame (self->workbench, get_parts (self, figures));
    show_known_curves (self, known);
  } else {
    show_known_curves (self, figures);
  }
}

static void
ask_for_all (EklWindow *self)
{
  if (!ekl_workbench_wants_frame (self->workbench))
    return;
  self->asked_for = EKL_ALL_FIGURES;
  self->is_partial = FALSE;
  ekl_workbench_request_frame (self->workbench, get_parts (self, get_visible (self)));
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  EklWindow *self = EKL_WINDOW (widget);

  if (takes_turns (self))
    ask_in_turn (self);
  else
    ask_for_all (self);
  if (ekl_workbench_get_state (self->workbench) == EKL_ENGINE_RUNNING)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
progress_cb (EklWindow *self)
{
  /* what has come to rest is seen at one and the same step */
  if (self->is_partial && !takes_turns (self)) {
    self->is_partial = FALSE;
    ekl_workbench_invalidate_pictures (self->workbench);
  }
  if (self->tick == 0 && (ekl_workbench_wants_frame (self->workbench) ||
                          ekl_workbench_get_state (self->workbench) == EKL_ENGINE_RUNNING))
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
pictures_changed_cb (EklWindow *self)
{
  ekl_frame_times_add_frame (ekl_workbench_get_record (self->workbench)->step);
  show_pictures (self, takes_turns (self) ? self->asked_for : EKL_ALL_FIGURES);
}

static void
run_started_cb (EklWindow *self)
{
  show_curves (self, CURVES); /* of the run before nothing is left */
}

/**
 * ekl_window_begin_painting:
 *
 * Something is to be painted: takes a core from the steps, so that they do not wait for each other
 * with one of them under the brush.
 */
void
ekl_window_begin_painting (EklWindow *self)
{
  ekl_cores_borrow (PATIENCE);
}

static void
painted_cb (GdkFrameClock *clock)
{
  ekl_cores_return ();
}

/**
 * ekl_window_follow_painting:
 *
 * The window has a surface: what ekl_window_begin_painting() takes is given back when it is painted.
 */
void
ekl_window_follow_painting (EklWindow *self)
{
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (self)), "after-paint",
                    G_CALLBACK (painted_cb), NULL);
}

/**
 * ekl_window_show_pictures:
 *
 * Shows what there is: the newest frame, or in slow motion a moment of the newest step, whose
 * regression stands in the place of the ensemble's curves while it is told.
 */
void
ekl_window_show_pictures (EklWindow *self)
{
  show_pictures (self, EKL_ALL_FIGURES);
}

/**
 * ekl_window_follow_pictures:
 *
 * Shows the run from now on.
 */
void
ekl_window_follow_pictures (EklWindow *self)
{
  g_signal_connect_object (self->workbench, "progress", G_CALLBACK (progress_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workbench, "pictures-changed", G_CALLBACK (pictures_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workbench, "run-started", G_CALLBACK (run_started_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

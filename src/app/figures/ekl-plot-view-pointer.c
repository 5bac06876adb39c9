/* ekl-plot-view-pointer.c - what the pointer does to a figure: read-out, zoom, pan, gamma
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-plot-view-private.h"

#include "figure_zoom.h"

#include <math.h>

#define MIN_DRAG    8.0 /* px; less is a click */
#define NOISE_REACH 7.0 /* px; this near to a line of gamma it is dragged */
#define KEY_NOTCHES 2

/**
 * ekl_plot_view_can_zoom:
 *
 * Returns: whether there are axes, of which a part can be shown
 */
gboolean
ekl_plot_view_can_zoom (EklPlotView *self)
{
  return self->layout.width > 0 && self->layout.height > 0 &&
         ekl_figure_can_zoom (self->kind, &self->data);
}

/* Whether a line of gamma is at hand. */
static gboolean
is_on_noise (EklPlotView *self, double x, double y)
{
  const EklFigureLayout *layout = &self->layout;
  double noise_std;

  return self->kind == EKL_FIGURE_PREDICTIONS && layout->width > 0 && x >= layout->left &&
         x <= layout->left + layout->width &&
         (fabs (y - layout->noise_y[0]) <= NOISE_REACH ||
          fabs (y - layout->noise_y[1]) <= NOISE_REACH) &&
         ekl_figure_noise_at (&self->data, layout, layout->noise_y[0], &noise_std);
}

static void
show_cursor (EklPlotView *self, double x, double y)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   is_on_noise (self, x, y) ? "ns-resize" : NULL);
}

static void
motion_cb (EklPlotView *self, double x, double y)
{
  /* the toolkit tells again where it is when something has moved below it */
  if (self->has_cursor && x == self->mouse_x && y == self->mouse_y)
    return;
  ekl_plot_view_drop_cursor (self);
  self->has_pointer = TRUE;
  self->mouse_x = self->pointer_x = x;
  self->mouse_y = self->pointer_y = y;
  if (self->drag == EKL_DRAG_NONE)
    show_cursor (self, x, y);
  ekl_plot_view_emit_hovered (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
leave_cb (EklPlotView *self)
{
  if (self->has_cursor)
    return;
  self->has_pointer = FALSE;
  ekl_plot_view_emit_hovered (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
scroll_cb (EklPlotView *self, double dx, double dy)
{
  if (!ekl_plot_view_can_zoom (self) || !self->has_pointer || dy == 0)
    return GDK_EVENT_PROPAGATE;
  ekl_figure_zoom_at (&self->options, &self->layout, self->pointer_x, self->pointer_y, dy);
  ekl_plot_view_emit_view (self);
  return GDK_EVENT_STOP;
}

static void
drag_noise (EklPlotView *self, double y)
{
  double noise_std;

  if (ekl_figure_noise_at (&self->data, &self->drag_layout, y, &noise_std))
    ekl_plot_view_emit_noise (self, noise_std);
}

static void
drag_begin_cb (EklPlotView *self, double x, double y, GtkGesture *gesture)
{
  const GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  self->drag_x = x;
  self->drag_y = y;
  self->drag_layout = self->layout;
  self->drag_pans =
    (state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0 ||
    gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) == GDK_BUTTON_MIDDLE;
  if (!self->drag_pans && is_on_noise (self, x, y))
    self->drag = EKL_DRAG_NOISE;
}

/* From the first few pixels on; before that it is a click. */
static void
drag_in_plane (EklPlotView *self, double dx, double dy)
{
  if (!ekl_plot_view_can_zoom (self))
    return;
  if (self->drag == EKL_DRAG_NONE && MAX (ABS (dx), ABS (dy)) >= MIN_DRAG)
    self->drag = ekl_plot_view_begin_plane (self, self->drag_x, self->drag_y);
  if (self->drag == EKL_DRAG_POINT)
    ekl_plot_view_drag_point (self, self->pointer_x, self->pointer_y);
}

static void
drag_update_cb (EklPlotView *self, double dx, double dy)
{
  self->pointer_x = self->drag_x + dx;
  self->pointer_y = self->drag_y + dy;
  if (self->drag == EKL_DRAG_NOISE) {
    drag_noise (self, self->pointer_y);
  } else if (ekl_plot_view_can_zoom (self) && self->drag_pans) {
    self->drag = EKL_DRAG_PAN;
    ekl_figure_zoom_pan (&self->options, &self->drag_layout, dx, dy);
    ekl_plot_view_emit_view (self);
  } else if (self->kind == EKL_FIGURE_PLANE) {
    drag_in_plane (self, dx, dy);
  } else {
    self->drag = ekl_plot_view_can_zoom (self) && MAX (ABS (dx), ABS (dy)) >= MIN_DRAG
                   ? EKL_DRAG_ZOOM
                   : EKL_DRAG_NONE;
  }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
end_in_plane (EklPlotView *self, double dx, double dy)
{
  if (self->drag == EKL_DRAG_SELECT)
    ekl_plot_view_choose_box (self, self->drag_x + dx, self->drag_y + dy);
  else if (self->drag == EKL_DRAG_NONE || (self->drag_pans && hypot (dx, dy) < MIN_DRAG))
    ekl_plot_view_choose_at (self, self->drag_x, self->drag_y, self->drag_pans);
}

/**
 * ekl_plot_view_end_drag:
 * @dx: px from where it began
 * @dy: likewise
 *
 * Does what the drag was for.
 */
void
ekl_plot_view_end_drag (EklPlotView *self, double dx, double dy)
{
  if (self->kind == EKL_FIGURE_PLANE)
    end_in_plane (self, dx, dy);
  if (self->drag == EKL_DRAG_ZOOM)
    ekl_figure_zoom_to (&self->options, &self->layout, self->drag_x, self->drag_y,
                        self->drag_x + dx, self->drag_y + dy, MIN_DRAG);
  if (self->drag != EKL_DRAG_NONE)
    ekl_plot_view_emit_view (self);
  self->drag = EKL_DRAG_NONE;
}

static void
drag_cancel_cb (EklPlotView *self)
{
  self->drag = EKL_DRAG_NONE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
pressed_cb (EklPlotView *self, int n_press)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_press == 2)
    ekl_plot_view_fit (self);
}

static void
add_drag (EklPlotView *self, guint button)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), button);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (ekl_plot_view_end_drag), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/**
 * ekl_plot_view_add_pointer:
 *
 * Adds the controllers. Dragging zooms, or with Shift or the middle button moves the view, or on the
 * line of gamma changes it; in the parameter plane it chooses particles, or moves points of the
 * start; the wheel zooms at the pointer; a double click fits.
 */
void
ekl_plot_view_add_pointer (EklPlotView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  add_drag (self, GDK_BUTTON_PRIMARY);
  add_drag (self, GDK_BUTTON_MIDDLE);
}

/**
 * ekl_plot_view_zoom:
 * @direction: 1 zooms in, -1 out
 *
 * Zooms at the middle, as far as two notches of the wheel.
 */
void
ekl_plot_view_zoom (EklPlotView *self, int direction)
{
  if (!ekl_plot_view_can_zoom (self))
    return;
  ekl_figure_zoom_at (&self->options, &self->layout, self->layout.left + self->layout.width / 2,
                      self->layout.top + self->layout.height / 2,
                      direction > 0 ? -KEY_NOTCHES : KEY_NOTCHES);
  ekl_plot_view_emit_view (self);
}

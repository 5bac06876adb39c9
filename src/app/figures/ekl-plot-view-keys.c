/* ekl-plot-view-keys.c - what keys do to a figure: all that the pointer can
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A cursor stands in for the pointer: what it is over is read out, to the eye beside it and to
 * the ear as the figure's description; Enter is a click, and from Shift with Enter to Enter is a drag.
 */
#include "config.h"

#include "ekl-plot-view-private.h"

#include "figure_zoom.h"

#define PAN          0.1  /* of the plot area, by one key */
#define CURSOR_STEP  0.02 /* likewise */
#define CURSOR_ARM   9    /* px */
#define NOISE_FACTOR 1.1  /* of gamma, by one key */

static gboolean
pan (EklPlotView *self, double x, double y)
{
  if (!ekl_plot_view_can_zoom (self))
    return GDK_EVENT_PROPAGATE;
  ekl_figure_zoom_pan (&self->options, &self->layout, -x * PAN * self->layout.width,
                       y * PAN * self->layout.height);
  ekl_plot_view_emit_view (self);
  return GDK_EVENT_STOP;
}

/* From the middle, where there was none. */
static gboolean
move_cursor (EklPlotView *self, double x, double y)
{
  const EklFigureLayout *layout = &self->layout;

  if (!(layout->width > 0) || !(layout->height > 0))
    return GDK_EVENT_PROPAGATE;
  if (!self->has_cursor) {
    self->pointer_x = layout->left + layout->width / 2;
    self->pointer_y = layout->top + layout->height / 2;
  }
  self->has_pointer = self->has_cursor = TRUE;
  self->pointer_x = CLAMP (self->pointer_x + x * CURSOR_STEP * layout->width, layout->left,
                           layout->left + layout->width);
  self->pointer_y = CLAMP (self->pointer_y - y * CURSOR_STEP * layout->height, layout->top,
                           layout->top + layout->height);
  ekl_plot_view_emit_hovered (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  ekl_plot_view_describe_now (self);
  return GDK_EVENT_STOP;
}

static gboolean
change_noise (EklPlotView *self, double factor)
{
  double noise_std;

  if (self->kind != EKL_FIGURE_PREDICTIONS || !(self->layout.width > 0) ||
      !ekl_figure_noise_at (&self->data, &self->layout, self->layout.noise_y[0], &noise_std))
    return GDK_EVENT_PROPAGATE;
  ekl_plot_view_emit_noise (self, factor * noise_std);
  return GDK_EVENT_STOP;
}

static gboolean
press_arrow (EklPlotView *self, double x, double y, GdkModifierType state)
{
  const gboolean control = (state & GDK_CONTROL_MASK) != 0, shift = (state & GDK_SHIFT_MASK) != 0;

  if (control && shift)
    return move_cursor (self, x, y);
  if (control)
    return pan (self, x, y);
  if (y != 0 && !shift)
    return change_noise (self, y > 0 ? NOISE_FACTOR : 1 / NOISE_FACTOR);
  return GDK_EVENT_PROPAGATE;
}

static void
begin_rectangle (EklPlotView *self)
{
  self->drag_x = self->pointer_x;
  self->drag_y = self->pointer_y;
  self->drag_layout = self->layout;
  self->drag_pans = FALSE;
  self->drag = self->kind == EKL_FIGURE_PLANE ? EKL_DRAG_SELECT : EKL_DRAG_ZOOM;
  self->cursor_drags = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
end_rectangle (EklPlotView *self)
{
  self->cursor_drags = FALSE;
  ekl_plot_view_end_drag (self, self->pointer_x - self->drag_x, self->pointer_y - self->drag_y);
}

static gboolean
press_enter (EklPlotView *self, GdkModifierType state)
{
  if (!ekl_plot_view_can_zoom (self))
    return GDK_EVENT_PROPAGATE;
  if (!self->has_cursor)
    return move_cursor (self, 0, 0);
  if (self->cursor_drags)
    end_rectangle (self);
  else if ((state & GDK_SHIFT_MASK) != 0)
    begin_rectangle (self);
  else if (self->kind == EKL_FIGURE_PLANE)
    ekl_plot_view_choose_at (self, self->pointer_x, self->pointer_y,
                             (state & GDK_CONTROL_MASK) != 0);
  ekl_plot_view_describe_now (self);
  return GDK_EVENT_STOP;
}

/* Zoomed and moved by keys, this is a rectangle, too. */
static gboolean
choose_visible (EklPlotView *self)
{
  const EklFigureLayout *layout = &self->layout;

  if (self->kind != EKL_FIGURE_PLANE || !ekl_plot_view_can_zoom (self))
    return GDK_EVENT_PROPAGATE;
  self->drag_x = layout->left;
  self->drag_y = layout->top;
  ekl_plot_view_choose_box (self, layout->left + layout->width, layout->top + layout->height);
  return GDK_EVENT_STOP;
}

static gboolean
turn_page (EklPlotView *self, int direction)
{
  if (self->layout.n_pictures == 0)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action (GTK_WIDGET (self), "panel.page", "i", direction);
  return GDK_EVENT_STOP;
}

static gboolean
zoom (EklPlotView *self, int direction)
{
  ekl_plot_view_zoom (self, direction);
  return ekl_plot_view_can_zoom (self);
}

static gboolean
key_cb (EklPlotView *self, guint keyval, guint keycode, GdkModifierType state)
{
  ekl_plot_view_catch_up (self);
  switch (keyval) {
  case GDK_KEY_plus:
  case GDK_KEY_equal:
  case GDK_KEY_KP_Add:
    return zoom (self, 1);
  case GDK_KEY_minus:
  case GDK_KEY_KP_Subtract:
    return zoom (self, -1);
  case GDK_KEY_Left:
    return press_arrow (self, -1, 0, state);
  case GDK_KEY_Right:
    return press_arrow (self, 1, 0, state);
  case GDK_KEY_Up:
    return press_arrow (self, 0, 1, state);
  case GDK_KEY_Down:
    return press_arrow (self, 0, -1, state);
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_ISO_Enter:
    return press_enter (self, state);
  case GDK_KEY_a:
    return (state & GDK_CONTROL_MASK) != 0 && choose_visible (self);
  case GDK_KEY_Page_Up:
    return turn_page (self, -1);
  case GDK_KEY_Page_Down:
    return turn_page (self, 1);
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

/**
 * ekl_plot_view_drop_cursor:
 *
 * Ends what keys have begun: the cursor goes, and a rectangle with it.
 *
 * Returns: whether there was one
 */
gboolean
ekl_plot_view_drop_cursor (EklPlotView *self)
{
  if (!self->has_cursor)
    return FALSE;
  self->has_cursor = self->has_pointer = FALSE;
  if (self->cursor_drags)
    self->drag = EKL_DRAG_NONE;
  self->cursor_drags = FALSE;
  ekl_plot_view_emit_hovered (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  ekl_plot_view_describe_soon (self);
  return TRUE;
}

/**
 * ekl_plot_view_draw_cursor:
 *
 * Draws a small cross where keys have moved it.
 */
void
ekl_plot_view_draw_cursor (EklPlotView *self, GtkSnapshot *snapshot)
{
  const EklColor *color = &self->theme.foreground;
  const GdkRGBA ink = { (float) color->red, (float) color->green, (float) color->blue, 1 };
  const float x = (float) (int) self->pointer_x, y = (float) (int) self->pointer_y;

  if (!self->has_cursor)
    return;
  gtk_snapshot_append_color (snapshot, &ink,
                             &GRAPHENE_RECT_INIT (x - CURSOR_ARM, y, 2 * CURSOR_ARM + 1, 1));
  gtk_snapshot_append_color (snapshot, &ink,
                             &GRAPHENE_RECT_INIT (x, y - CURSOR_ARM, 1, 2 * CURSOR_ARM + 1));
}

/**
 * ekl_plot_view_add_keys:
 *
 * Adds the keys of a figure with the focus: plus and minus zoom, Ctrl with the arrows moves the
 * view, with Shift as well the cursor; Enter, Shift with Enter and Ctrl with A choose; Up and Down
 * change gamma where its lines are; the page keys turn to other pictures.
 */
void
ekl_plot_view_add_keys (EklPlotView *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (ekl_plot_view_drop_cursor), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

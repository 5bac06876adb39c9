/* ekl-plot-view-drawing.c - a figure is drawn into a picture, and what is over it over that
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "drawing.h"
#include "ekl-plot-view-private.h"
#include "frame_times.h"

#include <math.h>

#define SETTLE_DELAY   0.15e6 /* us without new data, then ranges shrink on their own */
#define SHRINK_TIME    0.6e6  /* us in which a range that is too large comes most of the way */
#define PICTURE_WIDTH  900
#define PICTURE_HEIGHT 600

/**
 * ekl_plot_view_invalidate:
 *
 * Draws the figure again with the next frame.
 */
void
ekl_plot_view_invalidate (EklPlotView *self)
{
  ekl_drawing_clear (&self->surface, &self->texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static cairo_surface_t *
draw_surface (EklPlotView *self,
              int width,
              int height,
              int scale,
              const EklTheme *theme,
              const EklFigureOptions *options,
              EklFigureLayout *layout)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
  cairo_t *cr;

  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  ekl_figure_draw (self->kind, cr, width, height, theme, options, &self->data, layout);
  cairo_destroy (cr);
  return surface;
}

static gboolean
settle_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  EklPlotView *self = EKL_PLOT_VIEW (widget);

  /* who shows something new all the time draws it anyway */
  if (g_get_monotonic_time () - self->lent < SETTLE_DELAY)
    return G_SOURCE_CONTINUE;
  self->settle_tick = 0;
  ekl_plot_view_invalidate (self);
  return G_SOURCE_REMOVE;
}

/* A range grows at once and shrinks slowly, so that the axis does not jump with every frame: what
 * was drawn last is told to the figure, with how much of the way back is due. */
static void
hold_range (EklPlotView *self, gint64 now)
{
  EklFigureOptions *options = &self->options;

  options->has_held = self->held && self->layout.height > 0;
  options->held_y0 = self->layout.y0;
  options->held_y1 = self->layout.y1;
  options->held_log_y = self->layout.log_y;
  options->shrink = 1 - exp (-(double) (now - self->drawn) / SHRINK_TIME);
  self->held = TRUE;
  self->drawn = now;
}

/* Not while it is being drawn. */
static gboolean
reshaped_cb (gpointer user_data)
{
  g_signal_emit_by_name (user_data, "view-changed");
  return G_SOURCE_REMOVE;
}

static void
ensure_surface (EklPlotView *self, int width, int height)
{
  const int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  gint64 start, work_start;

  if (self->surface != NULL && self->surface_width == width && self->surface_height == height &&
      self->surface_scale == scale)
    return;
  start = g_get_monotonic_time ();
  work_start = ekl_frame_times_get_work ();
  ekl_drawing_clear (&self->surface, &self->texture);
  hold_range (self, start);
  self->surface =
    draw_surface (self, width, height, scale, &self->theme, &self->options, &self->layout);
  if (self->layout.settling && self->settle_tick == 0)
    self->settle_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), settle_cb, NULL, NULL);
  if (self->surface_width != width || self->surface_height != height)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, reshaped_cb, g_object_ref (self), g_object_unref);
  self->surface_width = width;
  self->surface_height = height;
  self->surface_scale = scale;
  self->cost = ekl_frame_times_get_work () - work_start;
  ekl_frame_times_add_draw (self->kind, g_get_monotonic_time () - start);
}

/**
 * ekl_plot_view_catch_up:
 *
 * Draws the figure now where that is due, so that its layout is that of its data.
 */
void
ekl_plot_view_catch_up (EklPlotView *self)
{
  const int width = gtk_widget_get_width (GTK_WIDGET (self));
  const int height = gtk_widget_get_height (GTK_WIDGET (self));

  if (width > 0 && height > 0)
    ensure_surface (self, width, height);
}

static void
snapshot_drag (EklPlotView *self, GtkSnapshot *snapshot)
{
  const EklColor *selection = &self->theme.selection;
  const GdkRGBA fill = { (float) selection->red, (float) selection->green, (float) selection->blue,
                         0.25f };
  graphene_rect_t rect = GRAPHENE_RECT_INIT ((float) self->drag_x, (float) self->drag_y,
                                             (float) (self->pointer_x - self->drag_x),
                                             (float) (self->pointer_y - self->drag_y));

  graphene_rect_normalize (&rect);
  gtk_snapshot_append_color (snapshot, &fill, &rect);
}

/**
 * ekl_plot_view_snapshot:
 *
 * Shows the figure, with pointer, rectangle and cursor over it.
 */
void
ekl_plot_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  EklPlotView *self = EKL_PLOT_VIEW (widget);
  const int width = gtk_widget_get_width (widget);
  const int height = gtk_widget_get_height (widget);
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);

  if (width < 1 || height < 1)
    return;
  ensure_surface (self, width, height);
  ekl_drawing_append (self->surface, &self->texture, widget, snapshot, &bounds);

  if (self->drag == EKL_DRAG_ZOOM || self->drag == EKL_DRAG_SELECT) {
    snapshot_drag (self, snapshot);
  } else if (self->has_pointer || self->data.has_crosshair) {
    cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

    /* outside of the widget there is a crosshair of another panel only */
    ekl_figure_draw_hover (self->kind, cr, &self->theme, &self->options, &self->data, &self->layout,
                           self->has_pointer ? self->pointer_x : -1,
                           self->has_pointer ? self->pointer_y : -1);
    cairo_destroy (cr);
  }
  ekl_plot_view_draw_cursor (self, snapshot);
}

/**
 * ekl_plot_view_get_cost:
 *
 * Returns: how long the last drawing took on the processor, us; 0 before the first one
 */
gint64
ekl_plot_view_get_cost (EklPlotView *self)
{
  return self->cost;
}

/**
 * ekl_plot_view_make_picture:
 * @title: written over the figure
 *
 * Returns: (transfer full): the figure on white at twice the usual size, for the clipboard
 */
GdkTexture *
ekl_plot_view_make_picture (EklPlotView *self, const char *title)
{
  EklFigureOptions options = self->options;
  cairo_surface_t *surface;
  GdkTexture *texture;
  EklTheme theme;

  options.has_held = FALSE;
  ekl_theme_init (&theme, EKL_THEME_PRINT);
  options.show_title = TRUE;
  options.title = title;
  surface = draw_surface (self, PICTURE_WIDTH, PICTURE_HEIGHT, 2, &theme, &options, NULL);
  texture = ekl_drawing_make_texture (surface);
  cairo_surface_destroy (surface);
  return texture;
}

/* drawing.c - a surface that cairo has drawn, shown by whatever GTK draws with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing.h"

/**
 * ekl_drawing_make_texture:
 * @surface: an image in ARGB32
 *
 * Returns: (transfer full): a texture of the surface's own memory
 */
GdkTexture *
ekl_drawing_make_texture (cairo_surface_t *surface)
{
  g_autoptr (GBytes) bytes = NULL;
  const int stride = cairo_image_surface_get_stride (surface);
  const int height = cairo_image_surface_get_height (surface);

  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (
    cairo_image_surface_get_data (surface), (gsize) stride * height,
    (GDestroyNotify) cairo_surface_destroy, cairo_surface_reference (surface));
  return gdk_memory_texture_new (cairo_image_surface_get_width (surface), height,
                                 GDK_MEMORY_DEFAULT, bytes, stride);
}

/**
 * ekl_drawing_append:
 * @surface: an image in ARGB32, not drawn on any more
 * @texture: (inout): of the surface; %NULL: none is made yet
 * @widget: that shows it
 * @snapshot: of the widget
 * @bounds: where it is shown
 *
 * Shows the surface. For a graphics card it becomes a texture, which is kept. Without one GTK 4.8 would
 * turn every number of a texture into a float and back, in every frame; cairo copies the surface as
 * it is.
 */
void
ekl_drawing_append (cairo_surface_t *surface,
                    GdkTexture **texture,
                    GtkWidget *widget,
                    GtkSnapshot *snapshot,
                    const graphene_rect_t *bounds)
{
  GtkNative *native = gtk_widget_get_native (widget);

  if (native != NULL && GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (native))) {
    cairo_t *cr = gtk_snapshot_append_cairo (snapshot, bounds);

    cairo_set_source_surface (cr, surface, bounds->origin.x, bounds->origin.y);
    cairo_paint (cr);
    cairo_destroy (cr);
    return;
  }
  if (*texture == NULL)
    *texture = ekl_drawing_make_texture (surface);
  gtk_snapshot_append_texture (snapshot, *texture, bounds);
}

/**
 * ekl_drawing_clear:
 * @surface: (inout): freed
 * @texture: (inout): freed
 *
 * Something else is to be drawn.
 */
void
ekl_drawing_clear (cairo_surface_t **surface, GdkTexture **texture)
{
  g_clear_object (texture);
  g_clear_pointer (surface, cairo_surface_destroy);
}

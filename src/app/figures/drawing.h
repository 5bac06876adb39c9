/* drawing.h - a surface that cairo has drawn, shown by whatever GTK draws with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GdkTexture *ekl_drawing_make_texture (cairo_surface_t       *surface);
void        ekl_drawing_append       (cairo_surface_t       *surface,
                                      GdkTexture           **texture,
                                      GtkWidget             *widget,
                                      GtkSnapshot           *snapshot,
                                      const graphene_rect_t *bounds);
void        ekl_drawing_clear        (cairo_surface_t      **surface,
                                      GdkTexture           **texture);

G_END_DECLS

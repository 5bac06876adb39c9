/* ekl-panel-layout.h - panels two by two, or below one another where text is large
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EKL_TYPE_PANEL_LAYOUT (ekl_panel_layout_get_type ())
G_DECLARE_FINAL_TYPE (EklPanelLayout, ekl_panel_layout, EKL, PANEL_LAYOUT, GtkLayoutManager)

GtkLayoutManager *ekl_panel_layout_new (void);

/* How much larger than usual the user wants text: 1 at 96 dots an inch. */
double            ekl_text_scale       (GtkWidget *widget);

G_END_DECLS

/* ekl-plot-panel.h - a figure with its title row: options, export, enlarge
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-plot-view.h"

G_BEGIN_DECLS

#define EKL_TYPE_PLOT_PANEL (ekl_plot_panel_get_type ())
G_DECLARE_FINAL_TYPE (EklPlotPanel, ekl_plot_panel, EKL, PLOT_PANEL, GtkBox)

/**
 * EklPlotPanel: has the actions panel.x-axis, panel.log-y, panel.show-best, panel.show-validation
 * and panel.fit; its menus and buttons call those of the window for what is not the panel's own
 * (win.enlarge, win.export, win.copy, win.plane-basis).
 */
GtkWidget   *ekl_plot_panel_new         (EklFigureKind   kind);
EklPlotView *ekl_plot_panel_get_view    (EklPlotPanel   *self);
const char  *ekl_plot_panel_get_title   (EklPlotPanel   *self);
gboolean     ekl_plot_panel_write       (EklPlotPanel   *self,
                                         const char     *path,
                                         const char     *heading,
                                         GError        **error);

G_END_DECLS

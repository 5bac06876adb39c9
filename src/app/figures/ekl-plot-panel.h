/* ekl-plot-panel.h - a figure with its title row: options, export, enlarge
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-plot-view.h"
#include "ekl-remedy-bar.h"

G_BEGIN_DECLS

#define EKL_TYPE_PLOT_PANEL (ekl_plot_panel_get_type ())
G_DECLARE_FINAL_TYPE (EklPlotPanel, ekl_plot_panel, EKL, PLOT_PANEL, GtkBox)

/**
 * EklPlotPanel: has the actions panel.x-axis, log-x, log-y, show-band, show-former, show-best, show-mean-output,
 * show-validation, quantity, view, shown, output, page, zoom and fit; its menus and buttons call those of the
 * window for what is not the panel's own (win.enlarge, win.export, win.copy, win.plane-basis).
 * Signals:
 *   "predictions-requested" ()  ekl_plot_panel_get_request() says what is to be shown
 */
GtkWidget   *ekl_plot_panel_new         (EklFigureKind   kind);
EklPlotView *ekl_plot_panel_get_view    (EklPlotPanel   *self);
void         ekl_plot_panel_set_data    (EklPlotPanel   *self,
                                         const EklFigureData *data);
void         ekl_plot_panel_set_problem (EklPlotPanel   *self,
                                         const char *const *output_names,
                                         guint           n_outputs,
                                         guint           n_inputs,
                                         gboolean        classes,
                                         gboolean        pictures);
const EklPredictionsRequest *ekl_plot_panel_get_request (EklPlotPanel *self);
void         ekl_plot_panel_save_options (EklPlotPanel  *self,
                                         GVariantBuilder *builder);
void         ekl_plot_panel_restore_options (EklPlotPanel *self,
                                         GVariant       *options);
void         ekl_plot_panel_set_past     (EklPlotPanel   *self,
                                         gboolean        is_past,
                                         guint64         step);
EklRemedyBar *ekl_plot_panel_get_remedies (EklPlotPanel *self);
void         ekl_plot_panel_open_options (EklPlotPanel *self,
                                          gboolean        open);
const char  *ekl_plot_panel_get_title   (EklPlotPanel   *self);
gboolean     ekl_plot_panel_write       (EklPlotPanel   *self,
                                         const char     *path,
                                         const char     *heading,
                                         GError        **error);

G_END_DECLS

/* ekl-plot-view.h - a figure as a widget: the one bridge from plot/ to GTK
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figure.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EKL_TYPE_PLOT_VIEW (ekl_plot_view_get_type ())
G_DECLARE_FINAL_TYPE (EklPlotView, ekl_plot_view, EKL, PLOT_VIEW, GtkWidget)

/**
 * EklPlotView: draws one figure from borrowed data.
 *
 * The figure is drawn once for each change of data, size, scale factor or style, into a texture;
 * pointer and crosshair are a second pass over it. Signals:
 *   "step-hovered" (gboolean has_step, guint64 step)  the pointer is over a step, or left
 *   "noise-dragged" (double noise_std)  the line of gamma is dragged there
 *   "view-changed" ()  other options, another part of the axes or another shape of it is shown
 *   "particles-chosen" (GArray of guint, gboolean toggle)  by click or rectangle, in the plane
 *   "point-moved" (int particle, double x, double y)  a point of the start is dragged there; -1:
 *     gradient descent's
 */
GtkWidget              *ekl_plot_view_new              (EklFigureKind         kind);

EklFigureKind           ekl_plot_view_get_kind         (EklPlotView          *self);
void                    ekl_plot_view_set_kind         (EklPlotView          *self,
                                                        EklFigureKind         kind);
void                    ekl_plot_view_set_data         (EklPlotView          *self,
                                                        /* the pointers stay valid until the next
                                                         * call */
                                                        const EklFigureData  *data);
void                    ekl_plot_view_lend_data        (EklPlotView          *self,
                                                        const EklFigureData  *data);
gint64                  ekl_plot_view_get_cost         (EklPlotView          *self);
const EklFigureData    *ekl_plot_view_get_data         (EklPlotView          *self);
void                    ekl_plot_view_set_crosshair    (EklPlotView          *self,
                                                        gboolean              has_step,
                                                        guint64               step);
const EklTheme *ekl_plot_view_get_theme (EklPlotView *self);
const EklFigureOptions *ekl_plot_view_get_options      (EklPlotView          *self);
void                    ekl_plot_view_set_options      (EklPlotView          *self,
                                                        const EklFigureOptions *options);
void                    ekl_plot_view_set_presenter    (EklPlotView          *self,
                                                        gboolean              presenter);
void                    ekl_plot_view_set_points_move  (EklPlotView          *self,
                                                        gboolean              points_move);
const EklFigureLayout  *ekl_plot_view_get_layout       (EklPlotView          *self);
void                    ekl_plot_view_zoom             (EklPlotView          *self,
                                                        int                   direction);
void                    ekl_plot_view_fit              (EklPlotView          *self);
gboolean                ekl_plot_view_drop_cursor      (EklPlotView          *self);
GdkTexture             *ekl_plot_view_make_picture     (EklPlotView          *self,
                                                        const char           *title);

G_END_DECLS

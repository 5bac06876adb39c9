/* ekl-window.h - the window: one workbench, its side panel, its pictures and its run bar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-plot-panel.h"
#include "ekl-side-panel.h"
#include "ekl-workbench.h"

G_BEGIN_DECLS

#define EKL_TYPE_WINDOW (ekl_window_get_type ())
G_DECLARE_FINAL_TYPE (EklWindow, ekl_window, EKL, WINDOW, AdwApplicationWindow)

GtkWidget    *ekl_window_new            (AdwApplication *application);
void          ekl_window_open           (EklWindow      *self,
                                         const char     *source); /* a path, or example:NAME */
EklWorkbench *ekl_window_get_workbench  (EklWindow      *self);
EklSidePanel *ekl_window_get_side_panel (EklWindow      *self);
EklPlotPanel *ekl_window_get_panel      (EklWindow      *self,
                                         EklFigureKind   kind);

G_END_DECLS

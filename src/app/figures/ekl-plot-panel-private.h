/* ekl-plot-panel-private.h - inside of EklPlotPanel, for the files that make it up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-plot-panel.h"

G_BEGIN_DECLS

struct _EklPlotPanel {
  GtkBox parent_instance;

  EklPlotView *view;
  GtkLabel *title_label;
  GtkLabel *past_label; /* which step the picture is of, where it is not the newest */
  GtkBox *page_box; /* to other pictures */
  GtkMenuButton *menu_button;
  GtkMenuButton *quantity_button; /* of the ensemble */
  EklRemedyBar *remedies;
  GtkToggleButton *enlarge_button;
  GMenuModel *menu; /* of this kind of figure: one of the next four */
  GMenuModel *loss_menu, *plane_menu, *predictions_menu, *ensemble_menu;
  GMenuModel *answers_menu;
  GMenu *view_section, *choice_section; /* of the predictions, made for each problem */
  GSimpleActionGroup *actions;

  EklPredictionsRequest request; /* what the predictions show */
  guint n_outputs;
};

/* ekl-plot-panel-options.c */
void ekl_plot_panel_add_options  (EklPlotPanel *self);
void ekl_plot_panel_show_options (EklPlotPanel *self);

/* ekl-plot-panel.c: somebody wants to see other predictions */
void ekl_plot_panel_request      (EklPlotPanel *self);

G_END_DECLS

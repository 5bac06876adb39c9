/* ekl-side-panel.h - all settings that have a row, by group
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-setting-row.h"
#include "ekl-workbench.h"

G_BEGIN_DECLS

#define EKL_TYPE_SIDE_PANEL (ekl_side_panel_get_type ())
G_DECLARE_FINAL_TYPE (EklSidePanel, ekl_side_panel, EKL, SIDE_PANEL, AdwBin)

/* The property "shows-all": every section shows all its rows. */
GtkWidget     *ekl_side_panel_new           (void);
void           ekl_side_panel_set_workbench (EklSidePanel  *self,
                                             EklWorkbench  *workbench); /* once */
void           ekl_side_panel_remember      (EklSidePanel  *self,
                                             GSettings     *settings);
EklSettingRow *ekl_side_panel_find_row      (EklSidePanel  *self,
                                             const char    *setting);

G_END_DECLS

/* ekl-run-bar.h - reset, run, step, speed, and the numbers of both methods
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-timeline.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EKL_TYPE_RUN_BAR (ekl_run_bar_get_type ())
G_DECLARE_FINAL_TYPE (EklRunBar, ekl_run_bar, EKL, RUN_BAR, GtkWidget)

GtkWidget *ekl_run_bar_new           (void);
void       ekl_run_bar_set_workbench (EklRunBar     *self,
                                      EklWorkbench  *workbench); /* once */
void         ekl_run_bar_set_speed    (EklRunBar    *self,
                                       double        speed);
EklTimeline *ekl_run_bar_get_timeline (EklRunBar    *self);

G_END_DECLS

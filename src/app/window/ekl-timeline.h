/* ekl-timeline.h - the steps that were taken, as a slider that looks back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-workbench.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EKL_TYPE_TIMELINE (ekl_timeline_get_type ())
G_DECLARE_FINAL_TYPE (EklTimeline, ekl_timeline, EKL, TIMELINE, GtkScale)

/**
 * EklTimeline: from the start to the newest step, with a mark for each event.
 *
 * At its end it follows the run; moved back by the user, it stays at that step. Signals:
 *   "scrubbed" (gboolean has_step, guint64 step)  the user looks at a step, or at now again
 */
void       ekl_timeline_set_workbench (EklTimeline   *self,
                                       EklWorkbench  *workbench);
void       ekl_timeline_update        (EklTimeline   *self);
gboolean   ekl_timeline_get_step      (EklTimeline   *self,
                                       guint64       *step); /* FALSE: it follows */
void       ekl_timeline_look         (EklTimeline   *self,
                                      int            n);
void       ekl_timeline_show_step     (EklTimeline   *self,
                                       gboolean       has_step,
                                       guint64        step);

G_END_DECLS

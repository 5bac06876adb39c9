/* frame_times.h - how smooth the window is, measured: EKL_FRAME_TIMES=1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figure.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean ekl_frame_times_wanted    (void);
void     ekl_frame_times_watch     (GtkWidget     *widget);
void     ekl_frame_times_add_frame (guint64        step);
void     ekl_frame_times_add_draw  (EklFigureKind  kind,
                                    gint64         microseconds);
void     ekl_frame_times_print     (void);

G_END_DECLS

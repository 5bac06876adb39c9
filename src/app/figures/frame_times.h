/* frame_times.h - how smooth the window is, measured: EKL_FRAME_TIMES=1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figure.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Of the frames since the last reset. */
typedef struct {
  guint n_frames;
  double seconds;
  double steps_per_second;
  double median_ms, p99_ms, max_ms; /* from one frame to the next */
  double paint_ms;                  /* the median of layout and paint */
  double work_share;                /* of a processor, by the window's thread, all it does */
  double share_over;                /* of the frames that took longer than the limit */
} EklFrameTimes;

gboolean ekl_frame_times_wanted    (void);
gint64   ekl_frame_times_get_work  (void);
void     ekl_frame_times_reset     (void);
void     ekl_frame_times_summarize (double         limit_ms,
                                    EklFrameTimes *times);
void     ekl_frame_times_watch     (GtkWidget     *widget);
void     ekl_frame_times_add_frame (guint64        step);
void     ekl_frame_times_add_draw  (EklFigureKind  kind,
                                    gint64         microseconds);
void     ekl_frame_times_print     (void);

G_END_DECLS

/* progress.h - one line on the terminal that says how far a run is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history.h"

G_BEGIN_DECLS

typedef struct {
  gboolean shown;  /* standard error is a terminal */
  guint64 n_steps; /* 0: no end is set */
  gint64 began;    /* monotonic time, µs */
  gint64 last;     /* when the line was last written */
} EklProgress;

void  ekl_progress_begin  (EklProgress     *self,
                           guint64          n_steps);
void  ekl_progress_update (EklProgress     *self,
                           const EklRecord *record);
void  ekl_progress_end    (EklProgress     *self);

char *ekl_progress_format (const EklRecord *record,
                           guint64          n_steps,
                           double           seconds);

G_END_DECLS

/* engine_worker_private.h - inside of EklWorker, for the files that make it up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine_worker.h"

#include <pthread.h>

G_BEGIN_DECLS

struct _EklWorker {
  EklCommandQueue *queue;
  EklOutbox *outbox;
  GSource *wake_up; /* of the thread that commands */
  pthread_t thread;
  int cancel; /* atomic: leave the step in progress */

  /* all below: the thread's own */
  EklRun *run; /* NULL: none yet */
  guint run_number;
  guint n_told; /* of the run's changes: those that the other thread knows */
  guint serial; /* of the last command that was obeyed of those that change settings */
  gboolean changed; /* settings, and the other thread does not know how they stand */
  gboolean running;
  gboolean tells;     /* the last of the steps that are left */
  guint64 steps_left; /* to take while it is not running */
  double speed_limit; /* steps a second; 0: none */
  gint64 next_step;   /* earliest time of it, us */
  gint64 last_wake_up;

  gboolean frame_is_wanted;
  EklFrameParts wanted_parts;
  EklFrameParts last_parts; /* of the newest frame, for the one that shows better contours */
  gint64 next_frame;
  gboolean looks;     /* the newest request wants the ensemble, so steps are looked at */
  guint look_version; /* that the newest frame shows */
  gint64 next_look;
  EklPlaneWish plane;
  guint *selected; /* (n_selected) */
  guint n_selected;
  gint64 next_turn; /* of a frame that is made because the plane turns */
  EklPredictionsRequest predictions;

  gboolean contours_are_wanted;
  guint contours_version; /* that the newest frame shows */
  gint64 next_contours;

  gint64 rate_start;
  guint rate_steps;
  double rate; /* steps a second */
};

/* engine_obey.c */
void ekl_worker_obey_all      (EklWorker *self);
void ekl_worker_publish_state (EklWorker *self);
/* The run stands still: its losses are to be known. */
void ekl_worker_settle        (EklWorker *self);
/* How the settings stand, where they have changed. */
void ekl_worker_tell_settings (EklWorker *self);
/* The changes that have acted since the last time. */
void ekl_worker_tell_changes  (EklWorker *self,
                               gboolean   recorded);

G_END_DECLS

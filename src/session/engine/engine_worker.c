/* engine_worker.c - the engine's thread: the one that owns the run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One round: obey what has come, then a frame, or some work on the contours, or one step, or sleep.
 * Nothing here ever waits for the thread that commands.
 */
#include "engine_worker_private.h"

#include "cores.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

/* At full speed the other thread is told of new records this often. */
#define WAKE_UP_INTERVAL 8000   /* us */
#define RATE_INTERVAL    250000 /* us */
/* A speed limit that could not be kept for so long is not made up for. */
#define LATE 100000 /* us */
/* While steps are taken, one part of so many of the time is for contours, for frames, and for looks at
 * the ensemble; and those not more often than can be seen. */
#define CONTOURS_SHARE 45
#define FRAME_SHARE    32
#define LOOK_SHARE     50
#define LOOK_INTERVAL  100000 /* us */
/* But nobody waits longer for the next frame, however long they take to be made. */
#define MOST_PATIENCE 300000 /* us */
#define TURN_INTERVAL 15000  /* us */
/* Below the window's own threads, which are to stay smooth at full speed. */
#define NICENESS 5

static void
wake_up (EklWorker *self)
{
  if (!ekl_outbox_announce (self->outbox))
    return;
  self->last_wake_up = g_get_monotonic_time ();
  g_source_set_ready_time (self->wake_up, 0);
}

static void
note_step (EklWorker *self, gint64 now)
{
  const gint64 elapsed = now - self->rate_start;

  self->rate_steps++;
  if (elapsed < RATE_INTERVAL && self->rate > 0)
    return;
  self->rate = self->rate_steps * (double) G_USEC_PER_SEC / MAX (elapsed, 1);
  if (elapsed >= RATE_INTERVAL) {
    self->rate_start = now;
    self->rate_steps = 0;
  }
}

static gboolean
has_steps (const EklWorker *self)
{
  return self->run != NULL && (self->running || self->steps_left > 0);
}

static void
make_frame (EklWorker *self, EklFrameParts parts)
{
  const gint64 start = g_get_monotonic_time ();
  const guint look_version = ekl_run_get_look_version (self->run);
  EklFrame *frame;
  gint64 now;

  /* while steps are taken, the looks at them are what there is to see */
  if (has_steps (self) && look_version == self->look_version &&
      !ekl_run_is_looking_back (self->run))
    frame = ekl_run_make_frame (self->run, parts & ~(guint) EKL_FRAME_ENSEMBLE);
  else
    frame = ekl_run_make_frame (self->run, parts);
  /* somebody has looked now, and not while the step was taken */
  if (look_version != ekl_run_get_look_version (self->run))
    ekl_outbox_put_record (self->outbox, ekl_run_get_record (self->run));
  if ((parts & EKL_FRAME_ENSEMBLE) != 0)
    self->look_version = ekl_run_get_look_version (self->run);

  frame->run_number = self->run_number;
  frame->steps_per_second = self->rate;
  ekl_outbox_put_frame (self->outbox, frame);

  self->frame_is_wanted = FALSE;
  self->wanted_parts = EKL_FRAME_NUMBERS;
  self->last_parts = parts;
  self->contours_version = ekl_run_get_contours_version (self->run);
  if ((parts & EKL_FRAME_PLANE) != 0)
    self->contours_are_wanted = TRUE;
  /* frames must leave the steps their time */
  now = g_get_monotonic_time ();
  self->next_frame = now + MIN ((FRAME_SHARE - 1) * (now - start), MOST_PATIENCE);
}

/* With a limit, steps come at even times whatever they take: no drift. */
static void
schedule_next_step (EklWorker *self, gint64 now)
{
  if (self->speed_limit <= 0 || !self->running) {
    self->next_step = 0;
    return;
  }
  if (self->next_step == 0 || now - self->next_step > LATE)
    self->next_step = now;
  self->next_step += (gint64) (G_USEC_PER_SEC / self->speed_limit);
}

/* Whether the step to come is looked at: as often as there is time for it, and always the last one
 * of those that a person asked for. */
static gboolean
looks_at_step (const EklWorker *self, gint64 now)
{
  return self->looks && (self->running ? now >= self->next_look : self->steps_left == 1);
}

static void
take_step (EklWorker *self)
{
  const gint64 start = g_get_monotonic_time ();
  const guint look_version = ekl_run_get_look_version (self->run);
  gboolean stepped;
  gint64 now;

  if (looks_at_step (self, start))
    ekl_run_look (self->run);
  if (self->tells && self->steps_left == 1) {
    ekl_run_tell (self->run);
    self->tells = FALSE;
  }
  stepped = ekl_run_step (self->run);
  now = g_get_monotonic_time ();
  if (look_version != ekl_run_get_look_version (self->run))
    self->next_look = now + MAX (LOOK_INTERVAL, (LOOK_SHARE - 1) * (now - start));

  if (g_atomic_int_get (&self->cancel) != 0)
    return;
  if (stepped) {
    /* first, so that whoever sees the step sees what acts from there */
    ekl_worker_tell_changes (self, TRUE);
    ekl_worker_tell_settings (self);
    ekl_outbox_put_record (self->outbox, ekl_run_get_record (self->run));
    note_step (self, now);
    schedule_next_step (self, now);
  }
  if (self->steps_left > 0)
    self->steps_left--;
  if (!stepped || ekl_run_is_finished (self->run)) {
    self->running = FALSE;
    self->steps_left = 0;
  }
  if (!has_steps (self)) {
    ekl_worker_settle (self);
    ekl_worker_publish_state (self);
  }
  if (now - self->last_wake_up >= WAKE_UP_INTERVAL)
    wake_up (self);
}

/* Where all stands still nobody asks, and contours that have become better are shown unasked. */
static gboolean
shows_old_contours (const EklWorker *self)
{
  return !has_steps (self) && (self->last_parts & EKL_FRAME_PLANE) != 0 &&
         self->contours_version != ekl_run_get_contours_version (self->run);
}

/* Likewise while the plane turns: as often as a display shows it. */
static gboolean
turns_alone (const EklWorker *self)
{
  return self->run != NULL && !has_steps (self) && (self->last_parts & EKL_FRAME_PLANE) != 0 &&
         ekl_run_is_turning (self->run);
}

/* A piece of the contours. */
static void
refine_contours (EklWorker *self)
{
  const gint64 start = g_get_monotonic_time ();
  gint64 now;

  wake_up (self);
  self->contours_are_wanted = ekl_run_refine_contours (self->run);
  now = g_get_monotonic_time ();
  self->next_contours = now + (CONTOURS_SHARE - 1) * (now - start);
}

/* When there is something to do again: -1: only when a command comes. */
static gint64
next_time (const EklWorker *self)
{
  gint64 next = -1;

  if (has_steps (self))
    next = self->next_step;
  if (self->frame_is_wanted && (next < 0 || self->next_frame < next))
    next = self->next_frame;
  if (turns_alone (self) && (next < 0 || self->next_turn < next))
    next = self->next_turn;
  if (self->contours_are_wanted && (next < 0 || self->next_contours < next))
    next = self->next_contours;
  return next;
}

/* What is done between two looks at the commands. */
static void
do_one_thing (EklWorker *self)
{
  const gint64 now = g_get_monotonic_time ();
  const gboolean step_is_due = has_steps (self) && now >= self->next_step;
  const gboolean frame_waits = self->tells && (self->wanted_parts & EKL_FRAME_STORY) != 0;

  if (self->frame_is_wanted && !frame_waits && (!step_is_due || now >= self->next_frame)) {
    make_frame (self, self->wanted_parts);
    wake_up (self);
  } else if (turns_alone (self) && now >= self->next_turn) {
    self->next_turn = now + TURN_INTERVAL;
    make_frame (self, self->last_parts);
    wake_up (self);
  } else if (shows_old_contours (self)) {
    make_frame (self, self->last_parts);
    wake_up (self);
  } else if (self->contours_are_wanted && (!has_steps (self) || now >= self->next_contours)) {
    refine_contours (self);
  } else if (step_is_due) {
    take_step (self);
  } else {
    wake_up (self);
    ekl_cores_end_work ();
    ekl_command_queue_wait (self->queue, next_time (self));
    ekl_cores_begin_work ();
  }
}

static void
lower_priority (void)
{
#ifdef __linux__
  /* a thread's own there, and inherited by the threads that compute for it */
  setpriority (PRIO_PROCESS, (id_t) gettid (), NICENESS);
#endif
}

static void *
thread_main (void *data)
{
  EklWorker *self = data;

  lower_priority ();
  ekl_cores_begin_work ();
  while (!ekl_command_queue_is_closed (self->queue)) {
    ekl_worker_obey_all (self);
    if (self->steps_left == 0 && !self->frame_is_wanted)
      ekl_command_queue_set_idle (self->queue);
    do_one_thing (self);
  }
  ekl_cores_end_work ();
  ekl_run_free (self->run);
  g_free (self->selected);
  return NULL;
}

/*
 * ekl_worker_new:
 * @queue, @outbox: must outlive the worker
 * @wake_up: made ready when the outbox has something new
 *
 * Starts the thread. Signals are left to the others.
 */
EklWorker *
ekl_worker_new (EklCommandQueue *queue, EklOutbox *outbox, GSource *wake_up_source)
{
  EklWorker *self = g_new0 (EklWorker, 1);
  sigset_t all, before;
  int result;

  self->queue = queue;
  self->outbox = outbox;
  self->wake_up = g_source_ref (wake_up_source);
  sigfillset (&all);
  pthread_sigmask (SIG_SETMASK, &all, &before);
  result = pthread_create (&self->thread, NULL, thread_main, self);
  pthread_sigmask (SIG_SETMASK, &before, NULL);
  if (result != 0)
    g_error ("the engine's thread cannot be started: %s", g_strerror (result));
  return self;
}

/*
 * ekl_worker_join:
 *
 * Leaves the step in progress at its next block of work, ends the thread and frees the worker.
 */
void
ekl_worker_join (EklWorker *self)
{
  g_atomic_int_set (&self->cancel, 1);
  ekl_command_queue_close (self->queue);
  pthread_join (self->thread, NULL);
  g_source_unref (self->wake_up);
  g_free (self);
}

/* engine_queue.c - the commands on their way to the engine's thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine_queue.h"

#include <pthread.h>

/* pthread's own lock and condition rather than GLib's, which ThreadSanitizer cannot see into. */
struct _EklCommandQueue {
  pthread_mutex_t lock;
  pthread_cond_t something_came; /* on the monotonic clock, as g_get_monotonic_time () is */
  pthread_cond_t all_is_done;    /* likewise */
  GQueue commands;
  gboolean busy; /* a command was taken out and is not done yet */
  gboolean closed;
};

/* A command of a kind, everything else zero. */
EklCommand *
ekl_command_new (EklCommandKind kind)
{
  EklCommand *self = g_new0 (EklCommand, 1);

  self->kind = kind;
  return self;
}

void
ekl_command_free (EklCommand *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->experiment);
  g_clear_pointer (&self->dataset, ekl_dataset_unref);
  if (G_IS_VALUE (&self->value))
    g_value_unset (&self->value);
  g_free (self->setting);
  g_free (self->selected);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_free (self);
}

EklCommandQueue *
ekl_command_queue_new (void)
{
  EklCommandQueue *self = g_new0 (EklCommandQueue, 1);
  pthread_condattr_t attributes;

  pthread_condattr_init (&attributes);
  pthread_condattr_setclock (&attributes, CLOCK_MONOTONIC);
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->something_came, &attributes);
  pthread_cond_init (&self->all_is_done, &attributes);
  pthread_condattr_destroy (&attributes);
  g_queue_init (&self->commands);
  return self;
}

/* After both threads have let go of it. */
void
ekl_command_queue_free (EklCommandQueue *self)
{
  g_queue_clear_full (&self->commands, (GDestroyNotify) ekl_command_free);
  pthread_cond_destroy (&self->something_came);
  pthread_cond_destroy (&self->all_is_done);
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}

/* Whether the later command makes the earlier one pointless: a slider sends many of the same. */
static gboolean
replaces (const EklCommand *later, const EklCommand *earlier)
{
  if (earlier == NULL || later->kind != earlier->kind)
    return FALSE;
  if (later->kind == EKL_COMMAND_PLANE || later->kind == EKL_COMMAND_BACK)
    return TRUE;
  return (later->kind == EKL_COMMAND_SET || later->kind == EKL_COMMAND_MOVE) &&
         g_str_equal (later->setting, earlier->setting);
}

/* Takes the command over. */
void
ekl_command_queue_push (EklCommandQueue *self, EklCommand *command)
{
  EklCommand *replaced = NULL;

  pthread_mutex_lock (&self->lock);
  if (replaces (command, g_queue_peek_tail (&self->commands)))
    replaced = g_queue_pop_tail (&self->commands);
  g_queue_push_tail (&self->commands, command);
  pthread_cond_signal (&self->something_came);
  pthread_mutex_unlock (&self->lock);

  ekl_command_free (replaced);
}

/* Nothing more is obeyed. */
void
ekl_command_queue_close (EklCommandQueue *self)
{
  pthread_mutex_lock (&self->lock);
  self->closed = TRUE;
  pthread_cond_signal (&self->something_came);
  pthread_cond_broadcast (&self->all_is_done);
  pthread_mutex_unlock (&self->lock);
}

gboolean
ekl_command_queue_is_closed (EklCommandQueue *self)
{
  gboolean closed;

  pthread_mutex_lock (&self->lock);
  closed = self->closed;
  pthread_mutex_unlock (&self->lock);
  return closed;
}

/* The next command, or NULL; until ekl_command_queue_set_idle () it counts as not done. */
EklCommand *
ekl_command_queue_pop (EklCommandQueue *self)
{
  EklCommand *command;

  pthread_mutex_lock (&self->lock);
  command = self->closed ? NULL : g_queue_pop_head (&self->commands);
  if (command != NULL)
    self->busy = TRUE;
  pthread_mutex_unlock (&self->lock);
  return command;
}

/* What was taken out is done. */
void
ekl_command_queue_set_idle (EklCommandQueue *self)
{
  pthread_mutex_lock (&self->lock);
  if (self->busy) {
    self->busy = FALSE;
    pthread_cond_broadcast (&self->all_is_done);
  }
  pthread_mutex_unlock (&self->lock);
}

static struct timespec
to_timespec (gint64 time_us)
{
  return (struct timespec){ time_us / G_USEC_PER_SEC, time_us % G_USEC_PER_SEC * 1000 };
}

/* Until a command comes, the queue is closed, or g_get_monotonic_time () is @until_us; -1: however
 * long that takes. */
void
ekl_command_queue_wait (EklCommandQueue *self, gint64 until_us)
{
  const struct timespec until = to_timespec (until_us);
  int result = 0;

  pthread_mutex_lock (&self->lock);
  while (g_queue_is_empty (&self->commands) && !self->closed && result == 0) {
    if (until_us < 0)
      pthread_cond_wait (&self->something_came, &self->lock);
    else
      result = pthread_cond_timedwait (&self->something_came, &self->lock, &until);
  }
  pthread_mutex_unlock (&self->lock);
}

/* Until all commands are done; FALSE where that took more than @timeout_us, or will not happen. */
gboolean
ekl_command_queue_wait_idle (EklCommandQueue *self, gint64 timeout_us)
{
  const struct timespec until = to_timespec (g_get_monotonic_time () + MAX (timeout_us, 0));
  gboolean done;
  int result = 0;

  pthread_mutex_lock (&self->lock);
  while ((self->busy || !g_queue_is_empty (&self->commands)) && !self->closed && result == 0) {
    if (timeout_us < 0)
      pthread_cond_wait (&self->all_is_done, &self->lock);
    else
      result = pthread_cond_timedwait (&self->all_is_done, &self->lock, &until);
  }
  done = !self->busy && g_queue_is_empty (&self->commands);
  pthread_mutex_unlock (&self->lock);
  return done;
}

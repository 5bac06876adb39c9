/* event_merger.c - a drag of a slider is one event, not fifty
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "event_merger.h"

/* Holds the newest event back for a moment: another one of the same setting that follows closely
 * becomes one with it, from the first old value to the last new one. What was recorded goes by at the
 * engine's speed, not at a hand's, and is never held. */
struct _EklEventMerger {
  EklHistory *history; /* not owned */
  void (*written) (gpointer user_data);
  gpointer user_data;
  EklEvent held; /* setting NULL: none */
  guint source;
};

#define HOLD_MS 600

static void
release_held (EklEventMerger *self)
{
  g_clear_pointer (&self->held.setting, g_free);
  g_clear_pointer (&self->held.before, g_free);
  g_clear_pointer (&self->held.after, g_free);
}

static void
hold_over_cb (gpointer user_data)
{
  EklEventMerger *self = user_data;

  self->source = 0;
  ekl_event_merger_flush (self);
}

/**
 * ekl_event_merger_new:
 * @history: where the events go; it must live longer
 * @written: called when the history has another event
 */
EklEventMerger *
ekl_event_merger_new (EklHistory *history, void (*written) (gpointer user_data), gpointer user_data)
{
  EklEventMerger *self = g_new0 (EklEventMerger, 1);

  self->history = history;
  self->written = written;
  self->user_data = user_data;
  return self;
}

/**
 * ekl_event_merger_free:
 *
 * What is held back is dropped.
 */
void
ekl_event_merger_free (EklEventMerger *self)
{
  ekl_event_merger_clear (self);
  g_free (self);
}

/* Another moment of the same drag. One that comes back after steps were taken is two changes: the
 * run has gone another way between them. */
static gboolean
goes_on (EklEventMerger *self, const EklEvent *event)
{
  return self->held.setting != NULL && g_str_equal (self->held.setting, event->setting) &&
         (self->held.step == event->step || g_strcmp0 (self->held.before, event->after) != 0);
}

static void
write_down (EklEventMerger *self, const EklEvent *event)
{
  ekl_history_add_event (self->history, event);
  self->written (self->user_data);
}

/**
 * ekl_event_merger_add:
 * @event: copied
 */
void
ekl_event_merger_add (EklEventMerger *self, const EklEvent *event)
{
  const gboolean same = goes_on (self, event);

  if (event->recorded) {
    ekl_event_merger_flush (self);
    write_down (self, event);
    return;
  }
  g_clear_handle_id (&self->source, g_source_remove);
  if (same) {
    g_free (self->held.after);
  } else {
    ekl_event_merger_flush (self);
    self->held.setting = g_strdup (event->setting);
    self->held.before = g_strdup (event->before);
  }
  self->held.after = g_strdup (event->after);
  self->held.step = event->step;
  self->source = g_timeout_add_once (HOLD_MS, hold_over_cb, self);
}

/**
 * ekl_event_merger_flush:
 *
 * Writes down what is held back; a setting that is where it was leaves no mark.
 */
void
ekl_event_merger_flush (EklEventMerger *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->held.setting != NULL && g_strcmp0 (self->held.before, self->held.after) != 0)
    write_down (self, &self->held);
  release_held (self);
}

/**
 * ekl_event_merger_clear:
 *
 * Forgets what is held back.
 */
void
ekl_event_merger_clear (EklEventMerger *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  release_held (self);
}

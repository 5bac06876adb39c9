/* engine_outbox.c - what comes out of the engine's thread, until somebody takes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine_outbox.h"

#include <pthread.h>

struct _EklOutbox {
  pthread_mutex_t lock;
  EklEngineState state;
  guint run_number;
  guint last_start;
  GArray *records;      /* NULL: none */
  GArray *events;       /* NULL: none */
  EklFrame *frame;      /* the newest; NULL: none new */
  GQueue states;        /* of EklRunState; those of former runs were asked for as well */
  EklStanding standing; /* its experiment: NULL: none new */
  GPtrArray *failures;  /* NULL: none */
  GPtrArray *remarks;   /* NULL: none */
  gboolean changed;     /* since the last announcement */
  gboolean announced;   /* and not heard yet: one wake-up is enough */
};

static void
clear_event_cb (gpointer data)
{
  EklEvent *event = data;

  g_free (event->setting);
  g_free (event->before);
  g_free (event->after);
  g_free (event->name);
}

EklOutbox *
ekl_outbox_new (void)
{
  EklOutbox *self = g_new0 (EklOutbox, 1);

  pthread_mutex_init (&self->lock, NULL);
  g_queue_init (&self->states);
  return self;
}

static void
forget_run (EklOutbox *self)
{
  g_clear_pointer (&self->records, g_array_unref);
  g_clear_pointer (&self->events, g_array_unref);
  g_clear_pointer (&self->frame, ekl_frame_free);
}

void
ekl_outbox_free (EklOutbox *self)
{
  forget_run (self);
  g_queue_clear_full (&self->states, (GDestroyNotify) ekl_run_state_free);
  g_clear_object (&self->standing.experiment);
  g_clear_pointer (&self->failures, g_ptr_array_unref);
  g_clear_pointer (&self->remarks, g_ptr_array_unref);
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}

static void
append_record (EklOutbox *self, const EklRecord *record)
{
  if (self->records == NULL)
    self->records = g_array_new (FALSE, FALSE, sizeof (EklRecord));
  g_array_append_vals (self->records, record, 1);
  self->changed = TRUE;
}

static void
append_text (EklOutbox *self, GPtrArray **list, const char *text)
{
  if (*list == NULL)
    *list = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (*list, g_strdup (text));
  self->changed = TRUE;
}

static char **
take_texts (GPtrArray **list)
{
  if (*list == NULL)
    return NULL;
  g_ptr_array_add (*list, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (list), FALSE);
}

static void
failure_free (gpointer data)
{
  EklFailure *failure = data;

  g_free (failure->message);
  g_free (failure->setting);
  g_free (failure->refused);
  g_free (failure->stands);
  g_free (failure);
}

static void
append_failure (EklOutbox *self, EklFailure *failure)
{
  if (self->failures == NULL)
    self->failures = g_ptr_array_new_with_free_func (failure_free);
  g_ptr_array_add (self->failures, failure);
  self->changed = TRUE;
}

/* A new run stands: what nobody took of the one before is gone. */
void
ekl_outbox_begin_run (EklOutbox *self, guint run_number, const EklRecord *start)
{
  pthread_mutex_lock (&self->lock);
  forget_run (self);
  self->run_number = self->last_start = run_number;
  append_record (self, start);
  pthread_mutex_unlock (&self->lock);
}

/* A new run could not be made: the one before stands. */
void
ekl_outbox_fail_start (EklOutbox *self, guint run_number, const char *message)
{
  EklFailure *failure = g_new0 (EklFailure, 1);

  failure->message = g_strdup (message);
  failure->start = run_number;
  pthread_mutex_lock (&self->lock);
  self->last_start = run_number;
  append_failure (self, failure);
  pthread_mutex_unlock (&self->lock);
}

void
ekl_outbox_put_record (EklOutbox *self, const EklRecord *record)
{
  pthread_mutex_lock (&self->lock);
  append_record (self, record);
  pthread_mutex_unlock (&self->lock);
}

/* The event is copied. */
void
ekl_outbox_put_event (EklOutbox *self, const EklEvent *event)
{
  const EklEvent copy = {
    .step = event->step,
    .setting = g_strdup (event->setting),
    .before = g_strdup (event->before),
    .after = g_strdup (event->after),
    .name = g_strdup (event->name),
    .marked = event->marked,
    .unset = event->unset,
    .recorded = event->recorded,
  };

  pthread_mutex_lock (&self->lock);
  if (self->events == NULL) {
    self->events = g_array_new (FALSE, FALSE, sizeof (EklEvent));
    g_array_set_clear_func (self->events, clear_event_cb);
  }
  g_array_append_val (self->events, copy);
  self->changed = TRUE;
  pthread_mutex_unlock (&self->lock);
}

/* Takes the frame over; one that nobody took yet is replaced. */
void
ekl_outbox_put_frame (EklOutbox *self, EklFrame *frame)
{
  EklFrame *before;

  pthread_mutex_lock (&self->lock);
  before = self->frame;
  self->frame = frame;
  self->changed = TRUE;
  pthread_mutex_unlock (&self->lock);
  ekl_frame_free (before);
}

/* Takes the state over. */
void
ekl_outbox_put_run_state (EklOutbox *self, EklRunState *state)
{
  pthread_mutex_lock (&self->lock);
  g_queue_push_tail (&self->states, state);
  self->changed = TRUE;
  pthread_mutex_unlock (&self->lock);
}

/* Takes its experiment over; one that nobody took yet is replaced. */
void
ekl_outbox_put_standing (EklOutbox *self, const EklStanding *standing)
{
  g_autoptr (EklExperiment) before = NULL;

  pthread_mutex_lock (&self->lock);
  before = self->standing.experiment;
  self->standing = *standing;
  self->changed = TRUE;
  pthread_mutex_unlock (&self->lock);
}

/* A setting of the run, which stands as it is in @experiment, was not to be had with that value. */
void
ekl_outbox_refuse_set (EklOutbox *self,
                       guint run_number,
                       EklExperiment *experiment,
                       const char *setting,
                       const GValue *value,
                       const char *message)
{
  EklFailure *failure = g_new0 (EklFailure, 1);

  failure->message = g_strdup (message);
  failure->run = run_number;
  if (ekl_experiment_find_setting (setting) != NULL) {
    g_autoptr (EklExperiment) wish = ekl_experiment_copy (experiment);

    failure->setting = g_strdup (setting);
    failure->stands = ekl_experiment_get_text (wish, setting);
    g_object_set_property (G_OBJECT (wish), setting, value);
    failure->refused = ekl_experiment_get_text (wish, setting);
  }
  pthread_mutex_lock (&self->lock);
  append_failure (self, failure);
  pthread_mutex_unlock (&self->lock);
}

/* Of what nobody asked for just now. */
void
ekl_outbox_put_remark (EklOutbox *self, const char *remark)
{
  pthread_mutex_lock (&self->lock);
  append_text (self, &self->remarks, remark);
  pthread_mutex_unlock (&self->lock);
}

void
ekl_outbox_set_state (EklOutbox *self, EklEngineState state)
{
  pthread_mutex_lock (&self->lock);
  if (self->state != state) {
    self->state = state;
    self->changed = TRUE;
  }
  pthread_mutex_unlock (&self->lock);
}

/* Whether the thread that commands is to be woken up: something is new and it was not told. */
gboolean
ekl_outbox_announce (EklOutbox *self)
{
  gboolean wake;

  pthread_mutex_lock (&self->lock);
  wake = self->changed && !self->announced;
  if (wake) {
    self->announced = TRUE;
    self->changed = FALSE;
  }
  pthread_mutex_unlock (&self->lock);
  return wake;
}

/* What the wake-up was for; from now on there may be another one. */
EklNews
ekl_outbox_take_news (EklOutbox *self)
{
  EklNews news;

  pthread_mutex_lock (&self->lock);
  news = (EklNews){ self->state, self->run_number, self->last_start,
                    g_steal_pointer (&self->failures), take_texts (&self->remarks) };
  self->announced = FALSE;
  pthread_mutex_unlock (&self->lock);
  return news;
}

/* The same without the messages, which stay for the wake-up. */
EklNews
ekl_outbox_peek_news (EklOutbox *self)
{
  EklNews news;

  pthread_mutex_lock (&self->lock);
  news = (EklNews){ self->state, self->run_number, self->last_start, NULL, NULL };
  pthread_mutex_unlock (&self->lock);
  return news;
}

static gpointer
take (EklOutbox *self, guint run_number, gpointer *slot)
{
  gpointer taken = NULL;

  pthread_mutex_lock (&self->lock);
  if (self->run_number == run_number)
    taken = g_steal_pointer (slot);
  pthread_mutex_unlock (&self->lock);
  return taken;
}

EklFrame *
ekl_outbox_take_frame (EklOutbox *self, guint run_number)
{
  return take (self, run_number, (gpointer *) &self->frame);
}

/* The oldest. Not before it was told what could not be done: that may be what is missing in it. */
EklRunState *
ekl_outbox_take_run_state (EklOutbox *self)
{
  EklRunState *state;

  pthread_mutex_lock (&self->lock);
  state = self->failures == NULL ? g_queue_pop_head (&self->states) : NULL;
  pthread_mutex_unlock (&self->lock);
  return state;
}

/* Only where all commands up to @serial have been obeyed, and what could not be done was told. */
EklExperiment *
ekl_outbox_take_settings (EklOutbox *self, guint run_number, guint serial, guint *n_ahead)
{
  EklExperiment *settings = NULL;

  pthread_mutex_lock (&self->lock);
  if (self->failures == NULL && self->standing.serial == serial &&
      self->standing.run_number == run_number) {
    settings = g_steal_pointer (&self->standing.experiment);
    *n_ahead = self->standing.n_ahead;
  }
  pthread_mutex_unlock (&self->lock);
  return settings;
}

GArray *
ekl_outbox_take_records (EklOutbox *self, guint run_number)
{
  return take (self, run_number, (gpointer *) &self->records);
}

GArray *
ekl_outbox_take_events (EklOutbox *self, guint run_number)
{
  return take (self, run_number, (gpointer *) &self->events);
}

/* ekl-engine.c - the thread that trains
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ekl-engine.h"

#include "engine_outbox.h"
#include "engine_queue.h"
#include "engine_worker.h"

#include <math.h>

struct _EklEngine {
  GObject parent_instance;

  EklCommandQueue *queue;
  EklOutbox *outbox;
  EklWorker *worker; /* NULL: stopped */
  GSource *wake_up;  /* in the main context of the thread that made the engine */
  EklEngineState state;
  guint n_starts;
  guint serial; /* of the last command that was sent of those that change settings */
  guint run_number;
  const EklFailure *failure; /* that is being told; else NULL */
};

G_DEFINE_FINAL_TYPE (EklEngine, ekl_engine, G_TYPE_OBJECT)

enum {
  SIGNAL_UPDATED,
  SIGNAL_FAILED,
  SIGNAL_REMARKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Takes over what the thread says of itself. */
static void
note_news (EklEngine *self, const EklNews *news)
{
  self->state = news->state;
  /* the last start has come to nothing, so what comes is of the run before */
  if (news->last_start == self->n_starts)
    self->run_number = news->run_number;
}

static gboolean
wake_up_cb (gpointer data)
{
  EklEngine *self = data;
  EklNews news;

  g_source_set_ready_time (self->wake_up, -1);
  news = ekl_outbox_take_news (self->outbox);
  note_news (self, &news);

  /* a handler may drop the engine */
  g_object_ref (self);
  for (guint i = 0; news.failures != NULL && i < news.failures->len; i++) {
    self->failure = news.failures->pdata[i];
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, self->failure->message);
  }
  self->failure = NULL;
  for (guint i = 0; news.remarks != NULL && news.remarks[i] != NULL; i++)
    g_signal_emit (self, signals[SIGNAL_REMARKED], 0, news.remarks[i]);
  g_signal_emit (self, signals[SIGNAL_UPDATED], 0);
  g_clear_pointer (&news.failures, g_ptr_array_unref);
  g_strfreev (news.remarks);
  g_object_unref (self);
  return G_SOURCE_CONTINUE;
}

/* Ready when the engine's thread says so, by its ready time; its callback is all it does. */
static gboolean
dispatch_cb (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs wake_up_funcs = { .dispatch = dispatch_cb };

static void
ekl_engine_dispose (GObject *object)
{
  EklEngine *self = EKL_ENGINE (object);

  ekl_engine_stop (self);
  if (self->wake_up != NULL)
    g_source_destroy (self->wake_up);
  g_clear_pointer (&self->wake_up, g_source_unref);
  G_OBJECT_CLASS (ekl_engine_parent_class)->dispose (object);
}

static void
ekl_engine_finalize (GObject *object)
{
  EklEngine *self = EKL_ENGINE (object);

  ekl_command_queue_free (self->queue);
  ekl_outbox_free (self->outbox);
  G_OBJECT_CLASS (ekl_engine_parent_class)->finalize (object);
}

static void
ekl_engine_class_init (EklEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ekl_engine_dispose;
  object_class->finalize = ekl_engine_finalize;

  signals[SIGNAL_UPDATED] = g_signal_new ("updated", EKL_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", EKL_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_REMARKED] = g_signal_new ("remarked", EKL_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ekl_engine_init (EklEngine *self)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  self->queue = ekl_command_queue_new ();
  self->outbox = ekl_outbox_new ();
  self->wake_up = g_source_new (&wake_up_funcs, sizeof (GSource));
  g_source_set_static_name (self->wake_up, "engine");
  g_source_set_callback (self->wake_up, wake_up_cb, self, NULL);
  /* before the next redraw, which shows it, and after what the user does */
  g_source_set_priority (self->wake_up, G_PRIORITY_HIGH_IDLE);
  g_source_attach (self->wake_up, context);
  self->worker = ekl_worker_new (self->queue, self->outbox, self->wake_up);
}

/**
 * ekl_engine_new:
 *
 * Returns: (transfer full): an engine without a run, its thread asleep
 */
EklEngine *
ekl_engine_new (void)
{
  return g_object_new (EKL_TYPE_ENGINE, NULL);
}

/* Takes the command over; a stopped engine obeys nothing. */
static void
send (EklEngine *self, EklCommand *command)
{
  if (command->kind == EKL_COMMAND_START || command->kind == EKL_COMMAND_SET ||
      command->kind == EKL_COMMAND_MOVE || command->kind == EKL_COMMAND_AHEAD)
    command->serial = ++self->serial;
  if (self->worker != NULL)
    ekl_command_queue_push (self->queue, command);
  else
    ekl_command_free (command);
}

/**
 * ekl_engine_start:
 * @experiment: the settings; copied
 * @dataset: the data; a reference is taken
 *
 * A new run, paused at step 0, with the next run number. What the run before left behind is
 * dropped. Where it cannot be made, "failed" says why and the run before stands, with its number.
 */
void
ekl_engine_start (EklEngine *self, EklExperiment *experiment, EklDataset *dataset)
{
  EklCommand *command = ekl_command_new (EKL_COMMAND_START);

  g_return_if_fail (EKL_IS_ENGINE (self));

  command->experiment = ekl_experiment_copy (experiment);
  command->dataset = ekl_dataset_ref (dataset);
  command->number = ++self->n_starts;
  self->run_number = command->number;
  send (self, command);
}

/**
 * ekl_engine_run:
 *
 * Steps until it is paused or finished.
 */
void
ekl_engine_run (EklEngine *self)
{
  g_return_if_fail (EKL_IS_ENGINE (self));

  send (self, ekl_command_new (EKL_COMMAND_RUN));
}

/**
 * ekl_engine_pause:
 *
 * Stops after the step in progress, and evaluates the losses there.
 */
void
ekl_engine_pause (EklEngine *self)
{
  g_return_if_fail (EKL_IS_ENGINE (self));

  send (self, ekl_command_new (EKL_COMMAND_PAUSE));
}

/**
 * ekl_engine_step:
 * @n: how many
 *
 * Takes @n steps of a run that is paused; one that is running goes on as it does.
 */
void
ekl_engine_step (EklEngine *self, guint n)
{
  EklCommand *command = ekl_command_new (EKL_COMMAND_STEP);

  g_return_if_fail (EKL_IS_ENGINE (self));

  command->number = n;
  send (self, command);
}

static void
send_value (EklEngine *self, const char *setting, const GValue *value, gboolean unset)
{
  EklCommand *command = ekl_command_new (EKL_COMMAND_SET);

  command->setting = g_strdup (setting);
  command->unset = unset;
  g_value_init (&command->value, G_VALUE_TYPE (value));
  g_value_copy (value, &command->value);
  send (self, command);
}

/**
 * ekl_engine_tell_step:
 *
 * One step of a run that is paused, of which the next frame can have the story: see
 * %EKL_FRAME_STORY. A frame asked for with it comes after the step.
 */
void
ekl_engine_tell_step (EklEngine *self)
{
  g_return_if_fail (EKL_IS_ENGINE (self));

  send (self, ekl_command_new (EKL_COMMAND_TELL));
}

/**
 * ekl_engine_set:
 * @setting: its name
 * @value: its value; copied
 *
 * Changes a setting of the run that stands, see ekl_run_set(). Settings that need a new run fail.
 */
void
ekl_engine_set (EklEngine *self, const char *setting, const GValue *value)
{
  g_return_if_fail (EKL_IS_ENGINE (self));

  send_value (self, setting, value, FALSE);
}

/**
 * ekl_engine_set_unset:
 * @setting: its name
 * @value: its value; copied
 *
 * As ekl_engine_set(), with a value that is nobody's choice, see ekl_run_set_unset().
 */
void
ekl_engine_set_unset (EklEngine *self, const char *setting, const GValue *value)
{
  g_return_if_fail (EKL_IS_ENGINE (self));

  send_value (self, setting, value, TRUE);
}

/**
 * ekl_engine_set_ahead:
 * @changes: (nullable) (element-type EklChange): copied
 *
 * Says what is to change from now on, see ekl_run_set_ahead().
 */
void
ekl_engine_set_ahead (EklEngine *self, GPtrArray *changes)
{
  EklCommand *command = ekl_command_new (EKL_COMMAND_AHEAD);

  g_return_if_fail (EKL_IS_ENGINE (self));

  command->changes = changes != NULL ? ekl_changes_copy (changes) : NULL;
  send (self, command);
}

/**
 * ekl_engine_request_run_state:
 *
 * All of the run at the next boundary of steps, for files: with the next "updated" it can be taken.
 * Each request of a run that stands has its answer.
 */
void
ekl_engine_request_run_state (EklEngine *self)
{
  g_return_if_fail (EKL_IS_ENGINE (self));

  send (self, ekl_command_new (EKL_COMMAND_STATE));
}

/**
 * ekl_engine_set_speed_limit:
 * @steps_per_second: 0: as fast as it goes
 *
 * How fast a running run may go; of this engine, for all its runs.
 */
void
ekl_engine_set_speed_limit (EklEngine *self, double steps_per_second)
{
  EklCommand *command = ekl_command_new (EKL_COMMAND_SPEED_LIMIT);

  g_return_if_fail (EKL_IS_ENGINE (self));

  command->speed_limit = isfinite (steps_per_second) ? MAX (steps_per_second, 0) : 0;
  send (self, command);
}

/**
 * ekl_engine_move_in_plane:
 * @setting: which point, see ekl_run_move_point()
 * @to: where in the parameter plane it is to be
 *
 * Moves a point of the start along the plane's two directions, see ekl_run_move_in_plane().
 */
void
ekl_engine_move_in_plane (EklEngine *self, const char *setting, EklPoint to)
{
  EklCommand *command = ekl_command_new (EKL_COMMAND_MOVE);

  g_return_if_fail (EKL_IS_ENGINE (self));

  command->setting = g_strdup (setting);
  command->place = to;
  send (self, command);
}

/**
 * ekl_engine_select:
 * @particle: (array length=n): from 0, ascending
 * @n: how many; 0: none
 *
 * Whose losses, answers and trails the next frames show; of this engine, for all its runs.
 */
void
ekl_engine_select (EklEngine *self, const guint *particle, guint n)
{
  EklCommand *command = ekl_command_new (EKL_COMMAND_SELECT);

  g_return_if_fail (EKL_IS_ENGINE (self));

  command->selected = n > 0 ? g_memdup2 (particle, n * sizeof *particle) : NULL;
  command->n_selected = n;
  send (self, command);
}

/**
 * ekl_engine_set_plane:
 *
 * How the parameter plane is looked at from the next frame; of this engine, for all its runs.
 */
void
ekl_engine_set_plane (EklEngine *self, const EklPlaneWish *wish)
{
  EklCommand *command = ekl_command_new (EKL_COMMAND_PLANE);

  g_return_if_fail (EKL_IS_ENGINE (self) && wish != NULL);

  command->plane = *wish;
  send (self, command);
}

/**
 * ekl_engine_set_predictions:
 * @request: what the predictions show
 *
 * From the next frame; of this engine, for all its runs.
 */
void
ekl_engine_set_predictions (EklEngine *self, const EklPredictionsRequest *request)
{
  EklCommand *command = ekl_command_new (EKL_COMMAND_PREDICTIONS);

  g_return_if_fail (EKL_IS_ENGINE (self));

  command->predictions = *request;
  send (self, command);
}

/**
 * ekl_engine_look_back:
 * @back: whether to look at an earlier step; else at the newest
 * @step: which
 *
 * Which step the next frames of this run show, see ekl_run_look_back(); another run begins with the
 * newest.
 */
void
ekl_engine_look_back (EklEngine *self, gboolean back, guint64 step)
{
  EklCommand *command = ekl_command_new (EKL_COMMAND_BACK);

  g_return_if_fail (EKL_IS_ENGINE (self));

  command->back = back;
  command->step = step;
  send (self, command);
}

/**
 * ekl_engine_request_frame:
 * @parts: what it is to have
 *
 * A frame at the next boundary of steps; requests that come before that are answered by one. While
 * a run runs, frames take a small share of the time, but come within 0.3 s. Where all stands still, one with better
 * contours comes unasked.
 */
void
ekl_engine_request_frame (EklEngine *self, EklFrameParts parts)
{
  EklCommand *command = ekl_command_new (EKL_COMMAND_FRAME);

  g_return_if_fail (EKL_IS_ENGINE (self));

  command->parts = parts;
  send (self, command);
}

/**
 * ekl_engine_stop:
 *
 * Ends the thread, in the middle of a step at its next block of work, and waits for that. What came
 * out can still be taken; commands do nothing any more.
 */
void
ekl_engine_stop (EklEngine *self)
{
  g_return_if_fail (EKL_IS_ENGINE (self));

  g_clear_pointer (&self->worker, ekl_worker_join);
}

/**
 * ekl_engine_get_state:
 *
 * Returns: the state as of the last "updated" or ekl_engine_wait_idle()
 */
EklEngineState
ekl_engine_get_state (EklEngine *self)
{
  g_return_val_if_fail (EKL_IS_ENGINE (self), EKL_ENGINE_EMPTY);

  return self->state;
}

/**
 * ekl_engine_get_failure:
 *
 * Returns: (transfer none) (nullable): what "failed" is about, while it is told
 */
const EklFailure *
ekl_engine_get_failure (EklEngine *self)
{
  g_return_val_if_fail (EKL_IS_ENGINE (self), NULL);

  return self->failure;
}

/**
 * ekl_engine_get_run_number:
 *
 * Returns: the number of the last start; where that failed, of the run that stands; 0 without one
 */
guint
ekl_engine_get_run_number (EklEngine *self)
{
  g_return_val_if_fail (EKL_IS_ENGINE (self), 0);

  return self->run_number;
}

/**
 * ekl_engine_take_frame:
 *
 * Returns: (transfer full) (nullable): the newest frame of the run of the last start; %NULL where
 *   none is new
 */
EklFrame *
ekl_engine_take_frame (EklEngine *self)
{
  g_return_val_if_fail (EKL_IS_ENGINE (self), NULL);

  return ekl_outbox_take_frame (self->outbox, self->run_number);
}

/**
 * ekl_engine_take_run_state:
 *
 * Returns: (transfer full) (nullable): what ekl_engine_request_run_state() asked for, the oldest
 *   first, and each once: of the run that stood when it was asked for, whatever was started since.
 *   %NULL where it has not come
 */
EklRunState *
ekl_engine_take_run_state (EklEngine *self)
{
  g_return_val_if_fail (EKL_IS_ENGINE (self), NULL);

  return ekl_outbox_take_run_state (self->outbox);
}

/**
 * ekl_engine_take_settings:
 * @run_number: (out): the run they belong to
 * @n_ahead: (out): how many recorded changes are still to act
 *
 * Returns: (transfer full) (nullable): the settings of the run of the last start, as they stand now
 *   that all has been done that was commanded. %NULL where something is still on its way, or nothing
 *   has changed since the last time
 */
EklExperiment *
ekl_engine_take_settings (EklEngine *self, guint *run_number, guint *n_ahead)
{
  g_return_val_if_fail (EKL_IS_ENGINE (self), NULL);

  *run_number = self->run_number;
  return ekl_outbox_take_settings (self->outbox, self->run_number, self->serial, n_ahead);
}

/**
 * ekl_engine_take_records:
 * @run_number: (out) (optional): the run they belong to
 *
 * Returns: (transfer full) (nullable) (element-type EklRecord): all records of that run since the
 *   last time, in step order; one of the same step as the one before replaces it. %NULL: none new
 */
GArray *
ekl_engine_take_records (EklEngine *self, guint *run_number)
{
  g_return_val_if_fail (EKL_IS_ENGINE (self), NULL);

  if (run_number != NULL)
    *run_number = self->run_number;
  return ekl_outbox_take_records (self->outbox, self->run_number);
}

/**
 * ekl_engine_take_events:
 * @run_number: (out) (optional): the run they belong to
 *
 * Returns: (transfer full) (nullable) (element-type EklEvent): all events of that run since the
 *   last time; the array frees their strings. %NULL: none new
 */
GArray *
ekl_engine_take_events (EklEngine *self, guint *run_number)
{
  g_return_val_if_fail (EKL_IS_ENGINE (self), NULL);

  if (run_number != NULL)
    *run_number = self->run_number;
  return ekl_outbox_take_events (self->outbox, self->run_number);
}

/**
 * ekl_engine_wait_idle:
 * @timeout_us: how long; negative: until it is so
 *
 * Waits until all commands are done: runs are started, steps are taken, frames are made. A run that
 * is running counts as done. The state is up to date afterwards; the signals come later.
 *
 * Returns: %FALSE where it took longer
 */
gboolean
ekl_engine_wait_idle (EklEngine *self, gint64 timeout_us)
{
  EklNews news;
  gboolean idle;

  g_return_val_if_fail (EKL_IS_ENGINE (self), FALSE);

  idle = self->worker != NULL && ekl_command_queue_wait_idle (self->queue, timeout_us);
  news = ekl_outbox_peek_news (self->outbox);
  note_news (self, &news);
  return idle;
}

/* engine_obey.c - what the engine's thread does at a command
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine_worker_private.h"

#include <math.h>

void
ekl_worker_publish_state (EklWorker *self)
{
  EklEngineState state = EKL_ENGINE_PAUSED;

  if (self->run == NULL)
    state = EKL_ENGINE_EMPTY;
  else if (ekl_run_is_finished (self->run))
    state = EKL_ENGINE_FINISHED;
  else if (self->running)
    state = EKL_ENGINE_RUNNING;
  ekl_outbox_set_state (self->outbox, state);
}

static void
start_rate (EklWorker *self)
{
  self->rate_start = g_get_monotonic_time ();
  self->rate_steps = 0;
  self->rate = 0;
}

static gboolean
is_evaluated (const EklRecord *record)
{
  for (guint k = 0; k < EKL_N_METHODS; k++)
    if (record->method[k].present && isnan (record->method[k].train_loss))
      return FALSE;
  return TRUE;
}

/* The run stands still: its losses are to be known, whatever the interval of the evaluations. */
void
ekl_worker_settle (EklWorker *self)
{
  const EklRecord *record = ekl_run_get_record (self->run);

  if (!is_evaluated (record)) {
    ekl_run_evaluate (self->run);
    ekl_outbox_put_record (self->outbox, record);
  }
  self->rate = 0;
}

static void
obey_start (EklWorker *self, EklCommand *command)
{
  g_autoptr (GError) error = NULL;
  EklRun *run = ekl_run_new (command->experiment, command->dataset, &error);

  if (run == NULL) {
    ekl_outbox_fail_start (self->outbox, command->number, error->message);
    return;
  }
  ekl_run_set_cancel (run, &self->cancel);
  ekl_run_keep_start (run);
  ekl_run_keep_moments (run);
  ekl_run_set_plane (run, &self->plane);
  ekl_run_set_selection (run, self->selected, self->n_selected);
  ekl_run_set_predictions (run, &self->predictions);
  ekl_run_free (self->run);
  self->run = run;
  self->run_number = command->number;
  ekl_run_get_changes (run, &self->n_told);
  self->running = FALSE;
  self->steps_left = 0;
  self->tells = FALSE;
  self->last_parts = EKL_FRAME_NUMBERS;
  self->contours_are_wanted = FALSE;
  self->rate = 0;
  ekl_outbox_begin_run (self->outbox, self->run_number, ekl_run_get_record (run));
}

/* Back to nobody's choice: what that is now, which is more than what was written. */
static char *
get_value_after (const EklRun *run, const EklChange *change)
{
  return change->unset ? ekl_experiment_get_text (ekl_run_get_experiment (run), change->setting)
                       : g_strdup (change->after);
}

void
ekl_worker_tell_settings (EklWorker *self)
{
  EklStanding standing = { .serial = self->serial };
  guint n_acted;

  if (!self->changed)
    return;
  self->changed = FALSE;
  if (self->run != NULL) {
    standing.run_number = self->run_number;
    standing.experiment = ekl_experiment_copy (ekl_run_get_experiment (self->run));
    standing.n_ahead = ekl_run_get_changes (self->run, &n_acted)->len;
    standing.n_ahead -= n_acted;
  }
  ekl_outbox_put_standing (self->outbox, &standing);
}

/* The changes that have acted since the last time, by somebody or because they were recorded. */
void
ekl_worker_tell_changes (EklWorker *self, gboolean recorded)
{
  guint n_acted;
  GPtrArray *changes = ekl_run_get_changes (self->run, &n_acted);
  g_autofree char *failure = ekl_run_take_failure (self->run);

  self->changed |= recorded && (self->n_told < n_acted || failure != NULL);
  for (; self->n_told < n_acted; self->n_told++) {
    const EklChange *change = changes->pdata[self->n_told];
    GParamSpec *pspec = ekl_experiment_get_pspec (change->setting);
    g_autofree char *after = NULL;

    /* points that were moved can be seen */
    if (pspec == NULL)
      continue;
    after = get_value_after (self->run, change);
    ekl_outbox_put_event (self->outbox,
                          &(EklEvent){ .step = change->step,
                                       .setting = (char *) g_param_spec_get_nick (pspec),
                                       .before = change->before,
                                       .after = after,
                                       .name = change->setting,
                                       .marked = ekl_run_marks_setting (self->run, change->setting),
                                       .unset = change->unset,
                                       .recorded = recorded });
  }
  self->n_told = n_acted;
  if (failure != NULL)
    ekl_outbox_put_remark (self->outbox, failure);
}

static void
obey_set (EklWorker *self, EklCommand *command)
{
  const EklRecord *record = ekl_run_get_record (self->run);
  const gboolean was_evaluated = is_evaluated (record);
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (command->kind == EKL_COMMAND_MOVE)
    done = ekl_run_move_in_plane (self->run, command->setting, command->place, &error);
  else if (command->unset)
    done = ekl_run_set_unset (self->run, command->setting, &command->value, &error);
  else
    done = ekl_run_set (self->run, command->setting, &command->value, NULL, &error);
  if (!done) {
    if (command->kind == EKL_COMMAND_MOVE)
      ekl_outbox_put_remark (self->outbox, error->message);
    else
      ekl_outbox_refuse_set (self->outbox, self->run_number, ekl_run_get_experiment (self->run),
                             command->setting, &command->value, error->message);
    return;
  }
  ekl_worker_tell_changes (self, FALSE);
  /* another prior or J has made another start, or the losses were to be known before */
  if (record->step == 0 || is_evaluated (record) != was_evaluated)
    ekl_outbox_put_record (self->outbox, record);
  self->contours_are_wanted = TRUE;
}

static void
obey_run (EklWorker *self)
{
  if (self->running || ekl_run_is_finished (self->run))
    return;
  self->running = TRUE;
  self->steps_left = 0;
  self->tells = FALSE;
  self->next_step = 0;
  start_rate (self);
}

static void
obey_pause (EklWorker *self)
{
  self->running = FALSE;
  self->steps_left = 0;
  self->tells = FALSE;
  ekl_worker_settle (self);
}

static void
obey_step (EklWorker *self, guint n)
{
  if (self->running || ekl_run_is_finished (self->run))
    return;
  if (self->steps_left == 0)
    start_rate (self);
  self->steps_left += n;
}

static void
put_run_state (EklWorker *self)
{
  EklRunState *state = ekl_run_make_state (self->run);

  state->run_number = self->run_number;
  ekl_outbox_put_run_state (self->outbox, state);
}

/* Commands that a run has to be there for are nothing without one. */
static void
obey_with_run (EklWorker *self, EklCommand *command)
{
  switch (command->kind) {
  case EKL_COMMAND_RUN:
    obey_run (self);
    break;
  case EKL_COMMAND_PAUSE:
    obey_pause (self);
    break;
  case EKL_COMMAND_STEP:
    obey_step (self, command->number);
    break;
  case EKL_COMMAND_TELL:
    obey_step (self, 1);
    self->tells = self->steps_left > 0;
    break;
  case EKL_COMMAND_SET:
  case EKL_COMMAND_MOVE:
    obey_set (self, command);
    break;
  case EKL_COMMAND_AHEAD:
    ekl_run_set_ahead (self->run, command->changes);
    ekl_worker_tell_changes (self, TRUE);
    break;
  case EKL_COMMAND_STATE:
    put_run_state (self);
    break;
  case EKL_COMMAND_BACK:
    ekl_run_look_back (self->run, command->back, command->step);
    break;
  case EKL_COMMAND_FRAME:
    self->frame_is_wanted = TRUE;
    self->wanted_parts |= command->parts;
    self->looks = (command->parts & EKL_FRAME_ENSEMBLE) != 0;
    break;
  case EKL_COMMAND_START:
  case EKL_COMMAND_SPEED_LIMIT:
  case EKL_COMMAND_PLANE:
  case EKL_COMMAND_PREDICTIONS:
  case EKL_COMMAND_SELECT:
  default:
    break;
  }
}

static void
obey_select (EklWorker *self, EklCommand *command)
{
  g_free (self->selected);
  self->selected = g_steal_pointer (&command->selected);
  self->n_selected = command->n_selected;
  if (self->run != NULL)
    ekl_run_set_selection (self->run, self->selected, self->n_selected);
}

static void
obey (EklWorker *self, EklCommand *command)
{
  switch (command->kind) {
  case EKL_COMMAND_START:
    obey_start (self, command);
    break;
  case EKL_COMMAND_SPEED_LIMIT:
    self->speed_limit = command->speed_limit;
    self->next_step = 0;
    break;
  case EKL_COMMAND_PLANE:
    self->plane = command->plane;
    if (self->run != NULL)
      ekl_run_set_plane (self->run, &self->plane);
    break;
  case EKL_COMMAND_PREDICTIONS:
    self->predictions = command->predictions;
    if (self->run != NULL)
      ekl_run_set_predictions (self->run, &self->predictions);
    break;
  case EKL_COMMAND_SELECT:
    obey_select (self, command);
    break;
  case EKL_COMMAND_RUN:
  case EKL_COMMAND_PAUSE:
  case EKL_COMMAND_STEP:
  case EKL_COMMAND_TELL:
  case EKL_COMMAND_SET:
  case EKL_COMMAND_MOVE:
  case EKL_COMMAND_AHEAD:
  case EKL_COMMAND_STATE:
  case EKL_COMMAND_BACK:
  case EKL_COMMAND_FRAME:
  default:
    if (self->run != NULL)
      obey_with_run (self, command);
    break;
  }
  if (command->serial != 0) {
    self->serial = command->serial;
    self->changed = TRUE;
  }
  ekl_worker_publish_state (self);
}

void
ekl_worker_obey_all (EklWorker *self)
{
  EklCommand *command;

  while ((command = ekl_command_queue_pop (self->queue)) != NULL) {
    obey (self, command);
    ekl_command_free (command);
  }
  ekl_worker_tell_settings (self);
}

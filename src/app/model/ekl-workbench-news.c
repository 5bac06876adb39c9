/* ekl-workbench-news.c - what the engine says: records, events, frames, refusals
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-workbench-private.h"

#include <math.h>

/* A start that another one followed before the engine had answered. Its run stands after all where
 * that other one fails. */
typedef struct {
  EklProblem *problem;
  guint run_number;
  guint asks;
} OvertakenStart;

static void
overtaken_start_free (gpointer data)
{
  OvertakenStart *start = data;

  g_clear_pointer (&start->problem, ekl_problem_free);
  g_free (start);
}

GPtrArray *
ekl_workbench_make_overtaken (void)
{
  return g_ptr_array_new_with_free_func (overtaken_start_free);
}

/*
 * ekl_workbench_overtake:
 *
 * Another start is about to be sent.
 */
void
ekl_workbench_overtake (EklWorkbench *self)
{
  OvertakenStart *start;

  if (self->starting == NULL)
    return;
  start = g_new0 (OvertakenStart, 1);
  start->problem = g_steal_pointer (&self->starting);
  start->run_number = self->starting_run;
  start->asks = self->starting_asks;
  g_ptr_array_add (self->overtaken, start);
}

/*
 * ekl_workbench_copy_to_starts:
 * @setting: acts at once
 *
 * The runs that are about to begin have its value, too: the engine hears of it after their starts.
 */
void
ekl_workbench_copy_to_starts (EklWorkbench *self, const char *setting)
{
  if (self->starting != NULL)
    ekl_experiment_copy_setting (self->starting->experiment, self->experiment, setting);
  for (guint i = 0; i < self->overtaken->len; i++) {
    const OvertakenStart *start = self->overtaken->pdata[i];

    ekl_experiment_copy_setting (start->problem->experiment, self->experiment, setting);
  }
}

/* The engine has begun a run that was asked for: now it is the one that is shown. */
static void
promote (EklWorkbench *self, EklProblem *problem, guint run_number, guint asks)
{
  /* pictures may still point at them until the end */
  G_GNUC_UNUSED g_autoptr (EklEnsembleView) ensemble = g_steal_pointer (&self->ensemble);
  G_GNUC_UNUSED g_autoptr (EklStory) story = g_steal_pointer (&self->story);

  ekl_workbench_keep_former (self, problem);
  self->run_number = run_number;
  g_set_object (&self->accepted, problem->experiment);
  ekl_experiment_assign (self->defaults, problem->defaults);
  g_clear_pointer (&self->source, ekl_data_source_unref);
  g_clear_pointer (&self->dataset, ekl_dataset_unref);
  self->source = g_steal_pointer (&problem->source);
  self->dataset = g_steal_pointer (&problem->dataset);
  ekl_problem_free (problem);
  ekl_workbench_adapt (self);

  g_clear_pointer (&self->advice, ekl_advice_free);
  ekl_history_clear (self->history);
  ekl_event_merger_clear (self->merger);
  g_hash_table_remove_all (self->waiting);
  memset (&self->record, 0, sizeof self->record);
  self->frame_under_way = FALSE;
  self->frame_wanted = TRUE;
  self->looks_back = self->is_past = FALSE;
  ekl_workbench_set_recorded (self, self->accepted);
  ekl_workbench_answer_asks (self, asks);
  ekl_workbench_tell (self, "waiting-changed");
  ekl_workbench_tell (self, "run-started");
}

static gboolean
is_shown (EklWorkbench *self, guint run_number)
{
  if (self->starting != NULL && run_number == self->starting_run) {
    g_ptr_array_set_size (self->overtaken, 0);
    promote (self, g_steal_pointer (&self->starting), run_number, self->starting_asks);
  }
  return run_number == self->run_number;
}

/* The last start has failed: the one before it that did not is the run that stands. */
static void
show_overtaken (EklWorkbench *self)
{
  const guint run_number = ekl_engine_get_run_number (self->engine);

  for (guint i = 0; i < self->overtaken->len; i++) {
    OvertakenStart *start = self->overtaken->pdata[i];

    if (start->run_number == run_number) {
      promote (self, g_steal_pointer (&start->problem), run_number, start->asks);
      break;
    }
  }
  g_ptr_array_set_size (self->overtaken, 0);
}

/* Settings that were changed since are on their way in the start that came after, or wait for data that
 * are being made of the same source. */
static void
refuse_start (EklWorkbench *self, guint run_number)
{
  g_autoptr (EklProblem) failed = NULL;

  if (self->starting == NULL || run_number != self->starting_run)
    return;
  failed = g_steal_pointer (&self->starting);
  show_overtaken (self);
  if (ekl_workbench_is_rebuilding (self) && failed->source == self->source)
    return;
  if (ekl_workbench_is_rebuilding (self))
    ekl_workbench_forget_loading (self);
  self->rebuild_due = FALSE;
  ekl_workbench_refuse_change (self);
}

/* Another value may be on its way, or another run that was asked for since: they are answered by
 * themselves. */
static void
refuse_setting (EklWorkbench *self, const EklFailure *failure)
{
  g_autofree char *shown = ekl_experiment_get_text (self->experiment, failure->setting);

  if (!g_str_equal (shown, failure->refused) ||
      (self->starting != NULL && failure->run != self->starting_run))
    return;
  if (g_strcmp0 (self->last_set, failure->setting) == 0) {
    ekl_workbench_refuse_ask (self, self->last_set_ask);
    g_clear_pointer (&self->last_set, g_free);
  }
  ekl_experiment_set_text (self->accepted, failure->setting, failure->stands, NULL);
  ekl_workbench_put_back (self, failure->setting, self->accepted);
  ekl_workbench_copy_to_starts (self, failure->setting);
}

/* ---- what the engine says ---- */

/* A record that was not evaluated keeps the losses of the one before. */
static void
remember_record (EklWorkbench *self, const EklRecord *newest)
{
  const EklRecord former = self->record;

  self->record = *newest;
  for (guint m = 0; m < EKL_N_METHODS; m++) {
    EklMethodRecord *method = &self->record.method[m];

    if (isnan (method->train_loss) && !method->diverged && former.step <= newest->step) {
      method->train_loss = former.method[m].train_loss;
      method->validation_loss = former.method[m].validation_loss;
      method->metric = former.method[m].metric;
    }
  }
  ekl_workbench_say_ends (self, &former, newest);
}

static void
take_records (EklWorkbench *self)
{
  guint run_number;
  g_autoptr (GArray) records = ekl_engine_take_records (self->engine, &run_number);

  if (records == NULL || records->len == 0 || !is_shown (self, run_number))
    return;
  ekl_history_append (self->history, (const EklRecord *) records->data, records->len);
  for (guint i = 0; i < records->len; i++)
    remember_record (self, &g_array_index (records, EklRecord, i));
  self->frame_wanted = TRUE;
}

/*
 * ekl_workbench_is_shown:
 *
 * Something has come of that run: if it is the one that was asked for last, it is shown from now on,
 * with what has come of it before.
 */
gboolean
ekl_workbench_is_shown (EklWorkbench *self, guint run_number)
{
  const guint former = self->run_number;

  if (!is_shown (self, run_number))
    return FALSE;
  if (former != run_number)
    take_records (self);
  return TRUE;
}

/* With its values as the rows show them. */
static void
mark_event (EklWorkbench *self, const EklEvent *event)
{
  g_autofree char *before = ekl_experiment_name_value (event->name, event->before);
  g_autofree char *after = ekl_experiment_name_value (event->name, event->after);
  EklEvent shown = *event;

  shown.before = before;
  shown.after = after;
  ekl_event_merger_add (self->merger, &shown);
}

static void
take_events (EklWorkbench *self)
{
  guint run_number;
  g_autoptr (GArray) events = ekl_engine_take_events (self->engine, &run_number);

  if (events == NULL)
    return;
  for (guint i = 0; i < events->len && ekl_workbench_is_shown (self, run_number); i++) {
    const EklEvent *event = &g_array_index (events, EklEvent, i);

    if (event->marked)
      mark_event (self, event);
  }
}

/* The ensemble is in frames only where it was looked at since the last one. */
static void
take_ensemble (EklWorkbench *self, EklFrame *frame, EklEnsembleView **former)
{
  if (frame->ensemble == NULL)
    return;
  *former = g_steal_pointer (&self->ensemble);
  self->ensemble = g_steal_pointer (&frame->ensemble);
  ekl_advice_free (self->advice);
  self->advice = g_steal_pointer (&frame->advice);
}

static void
take_frame (EklWorkbench *self)
{
  g_autoptr (EklFrame) frame = ekl_engine_take_frame (self->engine);
  EklPlane *former_plane = NULL;
  EklPredictions *former_predictions = NULL;
  g_autoptr (EklSelection) former_selection = NULL;
  g_autoptr (EklEnsembleView) former_ensemble = NULL;
  g_autoptr (EklStory) former_story = NULL;

  if (frame == NULL)
    return;
  if (!ekl_workbench_is_shown (self, frame->run_number)) {
    self->frame_under_way = FALSE;
    return;
  }
  self->frame_under_way = FALSE;
  self->speed = frame->steps_per_second;
  ekl_workbench_take_past (self, frame);
  if (frame->plane != NULL) {
    former_plane = g_steal_pointer (&self->plane);
    self->plane = g_steal_pointer (&frame->plane);
    former_story = g_steal_pointer (&self->story); /* belongs to its plane */
    self->story = g_steal_pointer (&frame->story);
  }
  if (frame->predictions != NULL) {
    former_predictions = g_steal_pointer (&self->predictions);
    self->predictions = g_steal_pointer (&frame->predictions);
  }
  take_ensemble (self, frame, &former_ensemble);
  former_selection = g_steal_pointer (&self->selection);
  self->selection = g_steal_pointer (&frame->selection);
  ekl_workbench_tell (self, "pictures-changed");
  g_clear_pointer (&former_plane, ekl_plane_free);
  g_clear_pointer (&former_predictions, ekl_predictions_free);
}

/**
 * ekl_workbench_engine_updated_cb:
 *
 * Takes what the engine has made since the last time.
 */
void
ekl_workbench_engine_updated_cb (EklWorkbench *self)
{
  const EklEngineState former = self->state;

  self->state = ekl_engine_get_state (self->engine);
  take_records (self);
  take_events (self);
  if (self->state == EKL_ENGINE_FINISHED && former != EKL_ENGINE_FINISHED)
    ekl_workbench_say_finished (self);
  ekl_workbench_take_settings (self);
  take_frame (self);
  ekl_workbench_take_run_states (self);
  ekl_workbench_tell (self, "progress");
}

/**
 * ekl_workbench_engine_failed_cb:
 *
 * A start that failed leaves the run before as it stood, and so its settings; a setting that was
 * refused goes back.
 */
void
ekl_workbench_engine_failed_cb (EklWorkbench *self, const char *message)
{
  const EklFailure *failure = ekl_engine_get_failure (self->engine);

  if (failure != NULL && failure->start != 0)
    refuse_start (self, failure->start);
  else if (failure != NULL && failure->setting != NULL)
    refuse_setting (self, failure);
  ekl_workbench_fail (self, message);
}

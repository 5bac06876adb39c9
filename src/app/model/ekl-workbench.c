/* ekl-workbench.c - one open problem: settings, data, engine, history and the newest pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-workbench-private.h"
#include "number_format.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (EklWorkbench, ekl_workbench, G_TYPE_OBJECT)

enum {
  RUN_STARTED,
  PROGRESS,
  PICTURES_CHANGED,
  SELECTION_CHANGED,
  LOADING_CHANGED,
  WAITING_CHANGED,
  UNDO_CHANGED,
  REPLAY_CHANGED,
  FAILED,
  TOLD,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define MAX_SEED 9999
#define MAX_UNDO 100

/**
 * ekl_workbench_tell:
 * @signal: one without arguments
 *
 * Emits it.
 */
void
ekl_workbench_tell (EklWorkbench *self, const char *signal)
{
  g_signal_emit_by_name (self, signal);
}

/**
 * ekl_workbench_fail:
 * @message: a sentence for the user
 *
 * Says that something could not be done.
 */
void
ekl_workbench_fail (EklWorkbench *self, const char *message)
{
  g_signal_emit (self, signals[FAILED], 0, message);
}

/**
 * ekl_workbench_say:
 * @message: a sentence for the user
 *
 * Says that something was done.
 */
void
ekl_workbench_say (EklWorkbench *self, const char *message)
{
  g_signal_emit (self, signals[TOLD], 0, message);
}

static void
invalidate_pictures_cb (gpointer user_data)
{
  ekl_workbench_invalidate_pictures (user_data);
}

static void
ekl_workbench_dispose (GObject *object)
{
  EklWorkbench *self = EKL_WORKBENCH (object);

  ekl_workbench_close (self);
  g_clear_object (&self->engine);
  g_clear_object (&self->experiment);
  g_clear_object (&self->accepted);
  g_clear_object (&self->defaults);
  g_clear_object (&self->former);
  g_clear_object (&self->recorded);
  g_clear_object (&self->former_settings);
  G_OBJECT_CLASS (ekl_workbench_parent_class)->dispose (object);
}

static void
ekl_workbench_finalize (GObject *object)
{
  EklWorkbench *self = EKL_WORKBENCH (object);

  g_clear_pointer (&self->source, ekl_data_source_unref);
  g_clear_pointer (&self->dataset, ekl_dataset_unref);
  g_clear_pointer (&self->starting, ekl_problem_free);
  g_ptr_array_unref (self->overtaken);
  g_clear_pointer (&self->plane, ekl_plane_free);
  g_array_unref (self->selected);
  g_clear_pointer (&self->selection, ekl_selection_free);
  g_clear_pointer (&self->predictions, ekl_predictions_free);
  g_clear_pointer (&self->ensemble, ekl_ensemble_view_free);
  g_clear_pointer (&self->advice, ekl_advice_free);
  g_clear_pointer (&self->story, ekl_story_free);
  ekl_event_merger_free (self->merger);
  ekl_history_free (self->history);
  g_clear_pointer (&self->former_history, ekl_history_free);
  g_strfreev (self->remarks);
  g_hash_table_unref (self->waiting);
  ekl_undo_stack_free (self->undo);
  g_ptr_array_unref (self->jobs);
  g_array_unref (self->asks);
  g_free (self->last_set);
  g_free (self->loading_name);
  g_clear_pointer (&self->loading_progress, ekl_load_progress_unref);
  G_OBJECT_CLASS (ekl_workbench_parent_class)->finalize (object);
}

static void
ekl_workbench_class_init (EklWorkbenchClass *klass)
{
  static const char *const names[N_SIGNALS] = {
    [RUN_STARTED] = "run-started",
    [PROGRESS] = "progress",
    [PICTURES_CHANGED] = "pictures-changed",
    [SELECTION_CHANGED] = "selection-changed",
    [LOADING_CHANGED] = "loading-changed",
    [WAITING_CHANGED] = "waiting-changed",
    [UNDO_CHANGED] = "undo-changed",
    [REPLAY_CHANGED] = "replay-changed",
    [FAILED] = "failed",
    [TOLD] = "told",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ekl_workbench_dispose;
  object_class->finalize = ekl_workbench_finalize;
  for (guint i = 0; i < FAILED; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
  for (guint i = FAILED; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ekl_workbench_init (EklWorkbench *self)
{
  self->experiment = ekl_experiment_new ();
  self->accepted = ekl_experiment_new ();
  self->defaults = ekl_experiment_new ();
  self->former = ekl_experiment_new ();
  self->undo = ekl_undo_stack_new (MAX_UNDO);
  self->asks = g_array_new (FALSE, FALSE, sizeof (EklAsk));
  self->jobs = ekl_workbench_make_jobs ();
  self->overtaken = ekl_workbench_make_overtaken ();
  self->history = ekl_history_new ();
  self->selected = g_array_new (FALSE, FALSE, sizeof (guint));
  self->merger = ekl_event_merger_new (self->history, invalidate_pictures_cb, self);
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->engine = ekl_engine_new ();
  g_signal_connect_object (self->engine, "updated", G_CALLBACK (ekl_workbench_engine_updated_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "failed", G_CALLBACK (ekl_workbench_engine_failed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "remarked", G_CALLBACK (ekl_workbench_fail), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->experiment, "notify",
                           G_CALLBACK (ekl_workbench_setting_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * ekl_workbench_new:
 *
 * Returns: (transfer full): a workbench with no problem on it
 */
EklWorkbench *
ekl_workbench_new (void)
{
  return g_object_new (EKL_TYPE_WORKBENCH, NULL);
}

/**
 * ekl_workbench_close:
 *
 * Stops everything, in the middle of a step or of a file. The workbench cannot be used afterwards.
 */
void
ekl_workbench_close (EklWorkbench *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->engine != NULL) {
    g_signal_handlers_disconnect_by_data (self->engine, self);
    ekl_engine_stop (self->engine);
  }
}

/**
 * ekl_workbench_run:
 *
 * Runs until ekl_workbench_pause(), or until both methods have stopped for good.
 */
void
ekl_workbench_run (EklWorkbench *self)
{
  ekl_undo_stack_seal (self->undo); /* what is changed after it is another change */
  ekl_engine_run (self->engine);
}

/**
 * ekl_workbench_pause:
 */
void
ekl_workbench_pause (EklWorkbench *self)
{
  ekl_engine_pause (self->engine);
}

/**
 * ekl_workbench_step:
 * @n: how many steps
 *
 * A running run is paused first, so that the steps can be seen.
 */
void
ekl_workbench_step (EklWorkbench *self, guint n)
{
  ekl_undo_stack_seal (self->undo);
  if (self->state == EKL_ENGINE_RUNNING)
    ekl_engine_pause (self->engine);
  ekl_engine_step (self->engine, n);
}

/**
 * ekl_workbench_tell_step:
 *
 * One step, and the story of it: frames that are asked for with EKL_FRAME_STORY have it.
 */
void
ekl_workbench_tell_step (EklWorkbench *self)
{
  if (self->state == EKL_ENGINE_RUNNING)
    ekl_engine_pause (self->engine);
  ekl_engine_tell_step (self->engine);
  ekl_workbench_invalidate_pictures (self);
}

/**
 * ekl_workbench_reset:
 *
 * The same seed and the settings of now: the same run again, from its start.
 */
void
ekl_workbench_reset (EklWorkbench *self)
{
  ekl_workbench_restart (self);
}

/**
 * ekl_workbench_new_seed:
 *
 * Another run: other particles, batches and noise.
 */
void
ekl_workbench_new_seed (EklWorkbench *self)
{
  const guint former = ekl_experiment_get_uint (self->experiment, "seed");
  guint seed;

  do
    seed = (guint) g_random_int_range (1, MAX_SEED + 1);
  while (seed == former);
  g_object_set (self->experiment, "seed", seed, NULL);
}

/**
 * ekl_workbench_set_speed_limit:
 * @steps_per_second: 0 for none
 */
void
ekl_workbench_set_speed_limit (EklWorkbench *self, double steps_per_second)
{
  ekl_engine_set_speed_limit (self->engine, steps_per_second);
}

/**
 * ekl_workbench_set_plane:
 *
 * How the plane through parameter space is looked at.
 */
void
ekl_workbench_set_plane (EklWorkbench *self, const EklPlaneWish *wish)
{
  ekl_engine_set_plane (self->engine, wish);
  ekl_workbench_invalidate_pictures (self);
}

/**
 * ekl_workbench_set_predictions:
 *
 * Chooses what is seen of the predictions, of this problem and of those after it.
 */
void
ekl_workbench_set_predictions (EklWorkbench *self, const EklPredictionsRequest *request)
{
  ekl_engine_set_predictions (self->engine, request);
  ekl_workbench_invalidate_pictures (self);
}

/**
 * ekl_workbench_invalidate_pictures:
 *
 * Something else can be seen now: wants a frame although nothing has happened.
 */
void
ekl_workbench_invalidate_pictures (EklWorkbench *self)
{
  self->frame_wanted = TRUE;
  ekl_workbench_tell (self, "progress");
}

/**
 * ekl_workbench_wants_frame:
 *
 * Returns: whether a frame would show something new, and none is under way
 */
gboolean
ekl_workbench_wants_frame (EklWorkbench *self)
{
  return !self->frame_under_way && self->run_number != 0 &&
         (self->frame_wanted || self->state == EKL_ENGINE_RUNNING);
}

/**
 * ekl_workbench_request_frame:
 * @parts: what can be seen
 */
void
ekl_workbench_request_frame (EklWorkbench *self, EklFrameParts parts)
{
  self->frame_wanted = FALSE;
  self->frame_under_way = TRUE;
  ekl_engine_request_frame (self->engine, parts);
}

/**
 * ekl_workbench_get_experiment:
 *
 * Returns: (transfer none): the settings; a change acts at once
 */
EklExperiment *
ekl_workbench_get_experiment (EklWorkbench *self)
{
  return self->experiment;
}

/**
 * ekl_workbench_get_defaults:
 *
 * Returns: (transfer none): the settings as the problem came with them
 */
EklExperiment *
ekl_workbench_get_defaults (EklWorkbench *self)
{
  return self->defaults;
}

/**
 * ekl_workbench_get_dataset:
 *
 * Returns: (transfer none) (nullable): the data of the run that is shown
 */
EklDataset *
ekl_workbench_get_dataset (EklWorkbench *self)
{
  return self->dataset;
}

/**
 * ekl_workbench_get_history:
 *
 * Returns: (transfer none): records and events of the run that is shown
 */
EklHistory *
ekl_workbench_get_history (EklWorkbench *self)
{
  return self->history;
}

/**
 * ekl_workbench_get_state:
 *
 * Returns: what the engine does
 */
EklEngineState
ekl_workbench_get_state (EklWorkbench *self)
{
  return self->state;
}

/**
 * ekl_workbench_get_record:
 *
 * Returns: (transfer none): the newest record, with the newest losses that were evaluated
 */
const EklRecord *
ekl_workbench_get_record (EklWorkbench *self)
{
  return &self->record;
}

/**
 * ekl_workbench_get_plane:
 *
 * Returns: (transfer none) (nullable): the parameter plane, valid until "pictures-changed"
 */
const EklPlane *
ekl_workbench_get_plane (EklWorkbench *self)
{
  return self->plane;
}

/**
 * ekl_workbench_get_predictions:
 *
 * Returns: (transfer none) (nullable): the predictions, valid until "pictures-changed"
 */
const EklPredictions *
ekl_workbench_get_predictions (EklWorkbench *self)
{
  return self->predictions;
}

/**
 * ekl_workbench_get_ensemble:
 *
 * Returns: (transfer none) (nullable): the ensemble as it was looked at last, valid until
 *   "pictures-changed"
 */
const EklEnsembleView *
ekl_workbench_get_ensemble (EklWorkbench *self)
{
  return self->ensemble;
}

/**
 * ekl_workbench_get_advice:
 *
 * Returns: (transfer none) (nullable): about that ensemble, likewise
 */
const EklAdvice *
ekl_workbench_get_advice (EklWorkbench *self)
{
  return self->advice;
}

/**
 * ekl_workbench_get_story:
 *
 * Returns: (transfer none) (nullable): the newest step that was told, valid until
 *   "pictures-changed"
 */
const EklStory *
ekl_workbench_get_story (EklWorkbench *self)
{
  return self->story;
}

/**
 * ekl_workbench_get_speed:
 *
 * Returns: steps in a second, as the newest frame says
 */
double
ekl_workbench_get_speed (EklWorkbench *self)
{
  return self->speed;
}

/**
 * ekl_workbench_is_waiting:
 *
 * Returns: whether the setting has changed but acts at the next reset only
 */
gboolean
ekl_workbench_is_waiting (EklWorkbench *self, const char *setting)
{
  return g_hash_table_contains (self->waiting, setting);
}

/**
 * ekl_workbench_get_network:
 * @network: (out): the network of the run that is shown
 *
 * Returns: whether there is one
 */
gboolean
ekl_workbench_get_network (EklWorkbench *self, EklNetwork *network)
{
  return self->dataset != NULL &&
         ekl_experiment_get_network (self->accepted, self->dataset, network, NULL);
}

/**
 * ekl_workbench_make_title:
 *
 * Returns: (transfer full): the problem's name
 */
char *
ekl_workbench_make_title (EklWorkbench *self)
{
  return g_strdup (self->dataset != NULL ? ekl_dataset_get_name (self->dataset) : _ ("EKI Lab"));
}

/**
 * ekl_workbench_make_subtitle:
 *
 * Returns: (transfer full): "regression — 506 × 13 — 241 parameters"
 */
char *
ekl_workbench_make_subtitle (EklWorkbench *self)
{
  EklNetwork network;
  g_autofree char *rows = NULL;
  g_autofree char *parameters = NULL;

  if (!ekl_workbench_get_network (self, &network))
    return g_strdup ("");
  rows = ekl_format_count (ekl_dataset_get_n_rows (self->dataset));
  parameters = ekl_format_count ((double) network.n_parameters);
  return g_strdup_printf (_ ("%s — %s × %u — %s parameters"),
                          ekl_dataset_get_task (self->dataset) == EKL_TASK_CLASSIFICATION
                            ? _ ("classification")
                            : _ ("regression"),
                          rows, ekl_dataset_get_n_inputs (self->dataset), parameters);
}

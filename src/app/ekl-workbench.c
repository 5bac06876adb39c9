/* ekl-workbench.c - one open problem: settings, data, engine, history and the newest pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-workbench.h"

#include "data_job.h"
#include "event_merger.h"

#include <glib/gi18n.h>
#include <math.h>

struct _EklWorkbench {
  GObject parent_instance;

  EklExperiment *experiment; /* as the user has it */
  EklExperiment *accepted;   /* as the run has it: what a refused change goes back to */
  EklExperiment *defaults;   /* as the problem came */
  gboolean following;        /* the experiment is being put right, not changed by the user */

  EklTable *table;
  EklDataset *dataset;
  EklEngine *engine;
  EklHistory *history;
  EklEventMerger *merger;
  GHashTable *waiting;       /* set of settings that act at the next reset */

  guint run_number;          /* of what is shown; 0: nothing yet */
  EklProblem *starting;      /* sent to the engine, not heard of yet */
  guint starting_run;
  char *last_set;            /* the live setting that was sent last: the one that a refusal is about */
  GValue last_good;          /* its value before */
  gint64 last_set_time;

  GCancellable *loading;
  char *loading_name;

  EklEngineState state;
  EklRecord record;
  double speed;
  EklPlane *plane;
  EklPredictions *predictions;
  gboolean frame_under_way;
  gboolean frame_wanted;
};

G_DEFINE_FINAL_TYPE (EklWorkbench, ekl_workbench, G_TYPE_OBJECT)

enum {
  RUN_STARTED,
  PROGRESS,
  PICTURES_CHANGED,
  LOADING_CHANGED,
  WAITING_CHANGED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define MAX_SEED     9999
#define SAME_DRAG_US G_USEC_PER_SEC

static void
emit (EklWorkbench *self,
      guint         signal)
{
  g_signal_emit (self, signals[signal], 0);
}

static void
fail (EklWorkbench *self,
      const char   *message)
{
  g_signal_emit (self, signals[FAILED], 0, message);
}

static void
follow (EklWorkbench  *self,
        EklExperiment *experiment)
{
  self->following = TRUE;
  ekl_experiment_assign (self->experiment, experiment);
  self->following = FALSE;
}

static void
put_back (EklWorkbench *self,
          const char   *setting,
          const GValue *value)
{
  self->following = TRUE;
  g_object_set_property (G_OBJECT (self->experiment), setting, value);
  self->following = FALSE;
}

static void
forget_last_set (EklWorkbench *self)
{
  g_clear_pointer (&self->last_set, g_free);
  if (G_IS_VALUE (&self->last_good))
    g_value_unset (&self->last_good);
}

/* A drag is one change: a refusal in its middle goes back to where it began. */
static void
remember_last_set (EklWorkbench *self,
                   const char   *name)
{
  const gint64 now = g_get_monotonic_time ();
  const GValue *good = ekl_experiment_get_value (self->accepted, name);

  if (g_strcmp0 (self->last_set, name) != 0 || now - self->last_set_time > SAME_DRAG_US) {
    forget_last_set (self);
    self->last_set = g_strdup (name);
    g_value_init (&self->last_good, G_VALUE_TYPE (good));
    g_value_copy (good, &self->last_good);
  }
  self->last_set_time = now;
}

static gboolean
has_begun (EklWorkbench *self)
{
  return self->record.step > 0 || self->state == EKL_ENGINE_RUNNING;
}

static void
invalidate_pictures_cb (gpointer user_data)
{
  ekl_workbench_invalidate_pictures (user_data);
}

/* ---- starting runs ---- */

static void
start_run (EklWorkbench *self,
           EklProblem   *problem)
{
  g_clear_pointer (&self->starting, ekl_problem_free);
  self->starting = problem;
  ekl_engine_start (self->engine, problem->experiment, problem->dataset);
  self->starting_run = ekl_engine_get_run_number (self->engine);
}

/* The same data with the settings of now. */
static void
restart (EklWorkbench *self)
{
  EklProblem *problem;

  if (self->dataset == NULL)
    return;
  problem = g_new0 (EklProblem, 1);
  problem->experiment = ekl_experiment_copy (self->experiment);
  problem->defaults = ekl_experiment_copy (self->defaults);
  problem->table = ekl_table_ref (self->table);
  problem->dataset = ekl_dataset_ref (self->dataset);
  start_run (self, problem);
}

/* The engine has begun the run that was asked for: now it is the one that is shown. */
static void
promote (EklWorkbench *self)
{
  EklProblem *problem = g_steal_pointer (&self->starting);

  self->run_number = self->starting_run;
  self->starting_run = 0;
  g_set_object (&self->accepted, problem->experiment);
  ekl_experiment_assign (self->defaults, problem->defaults);
  g_clear_pointer (&self->table, ekl_table_unref);
  g_clear_pointer (&self->dataset, ekl_dataset_unref);
  self->table = g_steal_pointer (&problem->table);
  self->dataset = g_steal_pointer (&problem->dataset);
  ekl_problem_free (problem);

  ekl_history_clear (self->history);
  ekl_event_merger_clear (self->merger);
  g_hash_table_remove_all (self->waiting);
  memset (&self->record, 0, sizeof self->record);
  self->frame_under_way = FALSE;
  self->frame_wanted = TRUE;
  emit (self, WAITING_CHANGED);
  emit (self, RUN_STARTED);
}

static gboolean
is_shown (EklWorkbench *self,
          guint         run_number)
{
  if (self->starting != NULL && run_number == self->starting_run)
    promote (self);
  return run_number == self->run_number;
}

/* ---- what the engine says ---- */

/* A record that was not evaluated keeps the losses of the one before. */
static void
remember_record (EklWorkbench    *self,
                 const EklRecord *newest)
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

static void
take_events (EklWorkbench *self)
{
  guint run_number;
  g_autoptr (GArray) events = ekl_engine_take_events (self->engine, &run_number);

  if (events == NULL)
    return;
  for (guint i = 0; i < events->len && is_shown (self, run_number); i++)
    ekl_event_merger_add (self->merger, &g_array_index (events, EklEvent, i));
}

static void
take_frame (EklWorkbench *self)
{
  g_autoptr (EklFrame) frame = ekl_engine_take_frame (self->engine);
  EklPlane *former_plane = NULL;
  EklPredictions *former_predictions = NULL;

  if (frame == NULL)
    return;
  if (!is_shown (self, frame->run_number)) {
    self->frame_under_way = FALSE;
    return;
  }
  self->frame_under_way = FALSE;
  self->speed = frame->steps_per_second;
  if (frame->plane != NULL) {
    former_plane = g_steal_pointer (&self->plane);
    self->plane = g_steal_pointer (&frame->plane);
  }
  if (frame->predictions != NULL) {
    former_predictions = g_steal_pointer (&self->predictions);
    self->predictions = g_steal_pointer (&frame->predictions);
  }
  emit (self, PICTURES_CHANGED);
  g_clear_pointer (&former_plane, ekl_plane_free);
  g_clear_pointer (&former_predictions, ekl_predictions_free);
}

static void
engine_updated_cb (EklWorkbench *self)
{
  self->state = ekl_engine_get_state (self->engine);
  take_records (self);
  take_events (self);
  take_frame (self);
  emit (self, PROGRESS);
}

/* A start that failed leaves the run before as it stood; so do its settings. */
static void
engine_failed_cb (EklWorkbench *self,
                  const char   *message)
{
  if (self->starting != NULL) {
    g_clear_pointer (&self->starting, ekl_problem_free);
    self->starting_run = 0;
    follow (self, self->accepted);
  } else if (self->last_set != NULL) {
    put_back (self, self->last_set, &self->last_good);
    g_object_set_property (G_OBJECT (self->accepted), self->last_set, &self->last_good);
    forget_last_set (self);
  }
  fail (self, message);
}

/* ---- data ---- */

static void
end_loading (EklWorkbench *self)
{
  g_clear_object (&self->loading);
  g_clear_pointer (&self->loading_name, g_free);
  emit (self, LOADING_CHANGED);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (EklWorkbench) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EklProblem) problem = ekl_data_job_finish (result, &error);

  /* another one was begun since, or the window is gone */
  if (g_task_get_cancellable (G_TASK (result)) != self->loading)
    return;
  end_loading (self);
  if (problem != NULL) {
    follow (self, problem->experiment);
    start_run (self, g_steal_pointer (&problem));
    return;
  }
  follow (self, self->accepted);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (self, error->message);
}

static void
begin_loading (EklWorkbench *self,
               const char   *name)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_set_object (&self->loading, NULL);
  self->loading = g_cancellable_new ();
  g_free (self->loading_name);
  self->loading_name = g_strdup (name);
  emit (self, LOADING_CHANGED);
}

static void
rebuild (EklWorkbench *self)
{
  if (self->table == NULL)
    return;
  begin_loading (self, ekl_table_get_name (self->table));
  ekl_data_job_rebuild (self->table, self->experiment, self->defaults, self->loading, loaded_cb,
                        g_object_ref (self));
}

/* ---- settings ---- */

static void
send_setting (EklWorkbench *self,
              const char   *name)
{
  const GValue *value = ekl_experiment_get_value (self->experiment, name);

  if (self->run_number == 0)
    return;
  remember_last_set (self, name);
  ekl_engine_set (self->engine, name, value);
  g_object_set_property (G_OBJECT (self->accepted), name, value);
  self->frame_wanted = TRUE;
  emit (self, PROGRESS);
}

static void
send_prior (EklWorkbench *self,
            const char   *name)
{
  if (!has_begun (self)) {
    send_setting (self, name);
    return;
  }
  if (g_param_values_cmp (ekl_experiment_get_pspec (name),
                          ekl_experiment_get_value (self->experiment, name),
                          ekl_experiment_get_value (self->accepted, name)) != 0)
    g_hash_table_add (self->waiting, g_strdup (name));
  else
    g_hash_table_remove (self->waiting, name);
  emit (self, WAITING_CHANGED);
}

static void
setting_changed_cb (EklWorkbench *self,
                    GParamSpec   *pspec)
{
  const EklSettingInfo *info = ekl_experiment_find_setting (pspec->name);
  g_autoptr (GError) error = NULL;

  if (self->following)
    return;
  if (!ekl_experiment_check (self->experiment, &error)) {
    put_back (self, info->name, ekl_experiment_get_value (self->accepted, info->name));
    fail (self, error->message);
    return;
  }
  switch (info->effect) {
  case EKL_SETTING_EFFECT_LIVE:
    send_setting (self, info->name);
    break;
  case EKL_SETTING_EFFECT_PRIOR:
    send_prior (self, info->name);
    break;
  case EKL_SETTING_EFFECT_RESTART:
    restart (self);
    break;
  case EKL_SETTING_EFFECT_RELOAD:
    rebuild (self);
    break;
  case EKL_SETTING_EFFECT_CONTROL:
  default:
    break;
  }
}

/* ---- the object ---- */

static void
ekl_workbench_dispose (GObject *object)
{
  EklWorkbench *self = EKL_WORKBENCH (object);

  ekl_workbench_close (self);
  g_clear_object (&self->engine);
  g_clear_object (&self->experiment);
  g_clear_object (&self->accepted);
  g_clear_object (&self->defaults);
  G_OBJECT_CLASS (ekl_workbench_parent_class)->dispose (object);
}

static void
ekl_workbench_finalize (GObject *object)
{
  EklWorkbench *self = EKL_WORKBENCH (object);

  g_clear_pointer (&self->table, ekl_table_unref);
  g_clear_pointer (&self->dataset, ekl_dataset_unref);
  g_clear_pointer (&self->starting, ekl_problem_free);
  g_clear_pointer (&self->plane, ekl_plane_free);
  g_clear_pointer (&self->predictions, ekl_predictions_free);
  ekl_event_merger_free (self->merger);
  ekl_history_free (self->history);
  g_hash_table_unref (self->waiting);
  forget_last_set (self);
  g_free (self->loading_name);
  G_OBJECT_CLASS (ekl_workbench_parent_class)->finalize (object);
}

static void
ekl_workbench_class_init (EklWorkbenchClass *klass)
{
  static const char *const names[N_SIGNALS] = {
    [RUN_STARTED] = "run-started",         [PROGRESS] = "progress",
    [PICTURES_CHANGED] = "pictures-changed", [LOADING_CHANGED] = "loading-changed",
    [WAITING_CHANGED] = "waiting-changed", [FAILED] = "failed",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ekl_workbench_dispose;
  object_class->finalize = ekl_workbench_finalize;
  for (guint i = 0; i < FAILED; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new (names[FAILED], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ekl_workbench_init (EklWorkbench *self)
{
  self->experiment = ekl_experiment_new ();
  self->accepted = ekl_experiment_new ();
  self->defaults = ekl_experiment_new ();
  self->history = ekl_history_new ();
  self->merger = ekl_event_merger_new (self->history, invalidate_pictures_cb, self);
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->engine = ekl_engine_new ();
  g_signal_connect_object (self->engine, "updated", G_CALLBACK (engine_updated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "failed", G_CALLBACK (engine_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->experiment, "notify", G_CALLBACK (setting_changed_cb), self,
                           G_CONNECT_SWAPPED);
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
 * ekl_workbench_open:
 * @source: a path, or example:NAME
 *
 * Reads data in a thread of its own; the run before goes on meanwhile, and stands if it fails.
 */
void
ekl_workbench_open (EklWorkbench *self,
                    const char   *source)
{
  g_autofree char *name = g_path_get_basename (source);

  begin_loading (self, name);
  ekl_data_job_open (source, self->experiment, self->loading, loaded_cb, g_object_ref (self));
}

/**
 * ekl_workbench_cancel_loading:
 *
 * Gives up the file that is being read.
 */
void
ekl_workbench_cancel_loading (EklWorkbench *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
}

/**
 * ekl_workbench_is_loading:
 *
 * Returns: whether data are being read
 */
gboolean
ekl_workbench_is_loading (EklWorkbench *self)
{
  return self->loading != NULL;
}

/**
 * ekl_workbench_get_loading_name:
 *
 * Returns: (nullable): the name of the file that is being read
 */
const char *
ekl_workbench_get_loading_name (EklWorkbench *self)
{
  return self->loading_name;
}

/**
 * ekl_workbench_run:
 *
 * Runs until ekl_workbench_pause(), or until both methods have stopped for good.
 */
void
ekl_workbench_run (EklWorkbench *self)
{
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
ekl_workbench_step (EklWorkbench *self,
                    guint         n)
{
  if (self->state == EKL_ENGINE_RUNNING)
    ekl_engine_pause (self->engine);
  ekl_engine_step (self->engine, n);
}

/**
 * ekl_workbench_reset:
 *
 * The same seed and the settings of now: the same run again, from its start.
 */
void
ekl_workbench_reset (EklWorkbench *self)
{
  restart (self);
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
ekl_workbench_set_speed_limit (EklWorkbench *self,
                               double        steps_per_second)
{
  ekl_engine_set_speed_limit (self->engine, steps_per_second);
}

/**
 * ekl_workbench_set_plane_basis:
 *
 * Chooses the plane through parameter space that is looked at.
 */
void
ekl_workbench_set_plane_basis (EklWorkbench *self,
                               EklPlaneBasis basis)
{
  ekl_engine_set_plane_basis (self->engine, basis);
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
  emit (self, PROGRESS);
}

/**
 * ekl_workbench_wants_frame:
 *
 * Returns: whether a frame would show something new, and none is under way
 */
gboolean
ekl_workbench_wants_frame (EklWorkbench *self)
{
  return !self->frame_under_way && self->run_number != 0
         && (self->frame_wanted || self->state == EKL_ENGINE_RUNNING);
}

/**
 * ekl_workbench_request_frame:
 * @parts: what can be seen
 */
void
ekl_workbench_request_frame (EklWorkbench *self,
                             EklFrameParts parts)
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
ekl_workbench_is_waiting (EklWorkbench *self,
                          const char   *setting)
{
  return g_hash_table_contains (self->waiting, setting);
}

/**
 * ekl_workbench_make_title:
 *
 * Returns: (transfer full): the problem's name
 */
char *
ekl_workbench_make_title (EklWorkbench *self)
{
  return g_strdup (self->dataset != NULL ? ekl_dataset_get_name (self->dataset) : _("EKI Lab"));
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

  if (self->dataset == NULL
      || !ekl_experiment_get_network (self->accepted, self->dataset, &network, NULL))
    return g_strdup ("");
  return g_strdup_printf (_("%s — %u × %u — %" G_GSIZE_FORMAT " parameters"),
                          ekl_dataset_get_task (self->dataset) == EKL_TASK_CLASSIFICATION
                            ? _("classification")
                            : _("regression"),
                          ekl_dataset_get_n_rows (self->dataset),
                          ekl_dataset_get_n_inputs (self->dataset), network.n_parameters);
}

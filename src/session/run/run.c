/* run.c - one run of an experiment: both methods on the same batches, step by step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run_private.h"

#include "cpu.h"
#include "memory.h"

#include <math.h>

/* The run may look at all rows about once in this many passes of one network over the batches. */
#define BATCHES_AN_EVALUATION 10

/* Steps between two evaluations: every one where a step sees all rows anyway. */
static guint
get_evaluation_interval (const EklRun *self)
{
  const guint asked = ekl_experiment_get_uint (self->experiment, "evaluate-every");
  const guint64 batch = ekl_batches_get_size (self->batches);
  guint64 rows = self->training->n_data;

  if (asked > 0)
    return asked;
  if (batch == rows)
    return 1;
  if (self->validation != NULL)
    rows += self->validation->n_data;
  return (guint) MAX (1, rows / (BATCHES_AN_EVALUATION * batch));
}

static gboolean
check_fit (EklExperiment *experiment, EklDataset *dataset, GError **error)
{
  if (!ekl_experiment_check (experiment, error))
    return FALSE;
  if (g_value_get_enum (ekl_experiment_get_base (experiment, "loss")) == EKL_LOSS_CROSS_ENTROPY &&
      ekl_dataset_get_task (dataset) != EKL_TASK_CLASSIFICATION) {
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
                 "loss cross-entropy needs classes, but %s is a regression; set loss to squared",
                 ekl_dataset_get_name (dataset));
    return FALSE;
  }
  return TRUE;
}

static gboolean
make_workspaces (EklRun *self, GError **error)
{
  const guint batch_size = ekl_experiment_get_batch_size (self->experiment);
  guint rows = self->training->n_data;

  if (self->validation != NULL)
    rows = MAX (rows, self->validation->n_data);
  self->mean = ekl_memory_new (self->network.n_parameters, sizeof (real), "the mean", error);
  if (self->mean == NULL)
    return FALSE;
  self->outputs = ekl_memory_new ((gsize) rows * self->training->n_outputs, sizeof (real),
                                  "the outputs on all rows", error);
  if (self->outputs == NULL)
    return FALSE;
  self->forward = ekl_forward_new (&self->network, rows, self->n_threads, error);
  if (self->forward == NULL)
    return FALSE;
  if (ekl_experiment_get_boolean (self->experiment, "online"))
    self->batches = ekl_batches_new_online (self->training, batch_size, error);
  else
    self->batches = ekl_batches_new (self->training, batch_size,
                                     ekl_experiment_get_uint (self->experiment, "seed"), error);
  return self->batches != NULL;
}

/**
 * ekl_run_new:
 * @experiment: the settings; copied
 * @dataset: the data; a reference is taken
 *
 * A run at step 0: the network, the particles of the prior (or of "initial-ensemble", whose J
 * becomes "ensemble-size"), gradient descent at its start, and the losses there. The same
 * experiment and dataset make the same run to the bit, on any number of threads.
 *
 * Returns: (transfer full) (nullable): the run, or %NULL with a sentence that says what to change
 */
EklRun *
ekl_run_new (EklExperiment *experiment, EklDataset *dataset, GError **error)
{
  g_autoptr (EklRun) self = g_new0 (EklRun, 1);

  self->experiment = ekl_experiment_copy (experiment);
  ekl_experiment_set_changes (self->experiment, NULL);
  ekl_run_take_changes (self, experiment);
  self->dataset = ekl_dataset_ref (dataset);
  self->task = ekl_dataset_get_task (dataset);
  self->validation = ekl_dataset_get_validation (dataset);
  self->n_threads = ekl_cpu_threads (ekl_experiment_get_uint (experiment, "threads"));

  if (!check_fit (experiment, dataset, error) || !ekl_run_read_labels (self, error) ||
      !ekl_experiment_get_network (experiment, dataset, &self->network, error) ||
      !ekl_run_check_memory (experiment, dataset, error) || !make_workspaces (self, error))
    return NULL;
  ekl_run_read_settings (self);
  self->respreads = ekl_experiment_get_uint (self->experiment, "respread");
  if (!ekl_run_read_noise (self, error) || !ekl_run_make_start (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * ekl_run_free:
 * @self: (nullable): a run
 */
void
ekl_run_free (EklRun *self)
{
  if (self == NULL)
    return;
  ekl_run_free_pictures (self);
  ekl_run_free_past (self);
  g_free (self->selected);
  ekl_look_clear (&self->look);
  ekl_run_forget_tale (self);
  for (guint k = 0; k < EKL_N_METHODS; k++)
    ekl_parameter_path_free (self->path[k]);
  ekl_inversion_free (self->inversion);
  ekl_descent_free (self->descent);
  ekl_noise_covariance_unref (self->noise);
  ekl_labels_free (self->labels);
  ekl_batches_free (self->batches);
  ekl_forward_free (self->forward);
  ekl_memory_free (self->outputs);
  ekl_memory_free (self->mean);
  ekl_dataset_unref (self->dataset);
  g_object_unref (self->experiment);
  g_object_unref (self->start);
  g_ptr_array_unref (self->changes);
  g_free (self->failure);
  g_free (self);
}

/**
 * ekl_run_set_cancel:
 * @cancel: (nullable): an atomic flag that outlives the run
 *
 * Once the flag is not zero, a step in progress is left at the next block of work. The run is of no
 * more use then: this is for closing the program in the middle of a long step.
 */
void
ekl_run_set_cancel (EklRun *self, const int *cancel)
{
  self->cancel = cancel;
  if (self->inversion != NULL)
    ekl_inversion_set_cancel (self->inversion, cancel);
}

static gboolean
is_cancelled (const EklRun *self)
{
  return self->cancel != NULL && g_atomic_int_get (self->cancel) != 0;
}

/**
 * ekl_run_get_record:
 *
 * Returns: (transfer none): the newest record; step 0 is the start
 */
const EklRecord *
ekl_run_get_record (const EklRun *self)
{
  return &self->record;
}

/* Of gradient descent, [7]. */
static void
step_descent (EklRun *self, const EklBatch *batch)
{
  EklMethodRecord *record = &self->record.method[EKL_METHOD_GD];
  const EklDescentInfo *info = ekl_descent_get_info (self->descent);
  const gint64 start = g_get_monotonic_time ();

  if (info->diverged)
    return;
  ekl_descent_step (self->descent, &self->descent_settings, batch, self->training->n_data);
  record->seconds += (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  record->diverged = info->diverged;
  record->step_size = info->learning_rate;
  record->time = info->time;
  record->model_runs = info->model_runs;
  ekl_parameter_path_append (self->path[EKL_METHOD_GD], self->record.step,
                             ekl_descent_get_parameters (self->descent));
}

static void
note_inversion (EklMethodRecord *record, const EklInversionInfo *info)
{
  record->diverged = info->stalled;
  record->finished = info->finished;
  record->step_size = info->step_size;
  record->time = info->time;
  record->model_runs = info->model_runs;
  record->particle_mean = info->particle_loss_mean;
  record->particle_best = info->particle_loss_best;
  record->particle_low = info->particle_loss_low;
  record->particle_median = info->particle_loss_median;
  record->particle_high = info->particle_loss_high;
  record->mean_output_loss = info->mean_output_loss;
  record->repaired = info->repaired;
}

/* Of ensemble Kalman inversion, [8] or [9]. */
static void
step_inversion (EklRun *self, const EklBatch *batch)
{
  EklMethodRecord *record = &self->record.method[EKL_METHOD_EKI];
  const EklEnsemble *ensemble = ekl_inversion_get_ensemble (self->inversion);
  const gint64 start = g_get_monotonic_time ();
  EklInversionSettings settings = self->inversion_settings;

  record->finished = self->time_is_up;
  ekl_run_begin_look (self);
  if (record->diverged || record->finished)
    return;
  if (self->redraw_at == EKL_REDRAW_EPOCH && !self->epoch_begins)
    settings.redraw = 0;
  ekl_run_note_move (self, TRUE);
  ekl_inversion_step (self->inversion, &settings, batch, self->training->n_data);
  if (is_cancelled (self))
    return;
  record->seconds += (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  note_inversion (record, ekl_inversion_get_info (self->inversion));
  self->time_is_up = record->finished;
  record->spread = ekl_ensemble_get_spread (ensemble);
  ekl_ensemble_get_mean (ensemble, self->mean);
  ekl_parameter_path_append (self->path[EKL_METHOD_EKI], self->record.step, self->mean);
  ekl_run_note_move (self, FALSE);
  ekl_run_end_look (self, batch);
}

/**
 * ekl_run_step:
 *
 * One step of every method that has not stopped, on the same batch. A method that diverges stops
 * alone. The losses are evaluated after it where that is due ("evaluate-every"). Last, what was
 * recorded for the step that the run stands at now is changed.
 *
 * Returns: %TRUE if a step was taken, %FALSE where the run had finished, or was cancelled
 */
gboolean
ekl_run_step (EklRun *self)
{
  const EklBatch *batch;

  if (ekl_run_is_finished (self) || is_cancelled (self))
    return FALSE;
  ekl_run_note_moment (self);
  self->epoch_begins =
    self->record.step > 0 && fmod (ekl_batches_get_epoch (self->batches), 1) == 0;
  batch = ekl_batches_next (self->batches);
  self->record.step++;
  self->record.epoch = ekl_batches_get_epoch (self->batches);
  ekl_run_begin_tale (self);
  if (self->descent != NULL)
    step_descent (self, batch);
  if (self->inversion != NULL && !is_cancelled (self))
    step_inversion (self, batch);
  if (is_cancelled (self))
    return FALSE;

  ekl_run_end_tale (self);
  ekl_run_forget_losses (self);
  if (self->record.step % self->evaluate_every == 0 || ekl_run_is_finished (self))
    ekl_run_compute_losses (self);
  ekl_run_act_on_recorded (self);
  return TRUE;
}

/**
 * ekl_run_is_finished:
 *
 * Returns: whether no method can take a step any more, or the data have come to their end [6]
 */
gboolean
ekl_run_is_finished (const EklRun *self)
{
  if (!ekl_batches_has_next (self->batches))
    return TRUE;
  for (guint k = 0; k < EKL_N_METHODS; k++) {
    const EklMethodRecord *record = &self->record.method[k];

    if (record->present && !record->diverged && !(k == EKL_METHOD_EKI && self->time_is_up))
      return FALSE;
  }
  return TRUE;
}

/**
 * ekl_run_evaluate:
 *
 * Fills the newest record's losses where the step did not: the last step of a run in mini-batches.
 */
void
ekl_run_evaluate (EklRun *self)
{
  for (guint k = 0; k < EKL_N_METHODS; k++)
    if (self->record.method[k].present && isnan (self->record.method[k].train_loss)) {
      ekl_run_compute_losses (self);
      return;
    }
}

/* Also for the first time; after the first step ekl_run_set() decides what of a prior acts. */
void
ekl_run_read_settings (EklRun *self)
{
  const EklPrior prior = self->inversion_settings.prior;

  /* so that what has changed is told with the values that were taken */
  ekl_experiment_adapt (self->experiment, self->task,
                        ekl_experiment_get_enum (self->experiment, "step-rule"));
  ekl_experiment_get_inversion_settings (self->experiment, self->task, &self->inversion_settings);
  self->redraw_at = ekl_experiment_get_enum (self->experiment, "redraw-at");
  ekl_experiment_get_descent_settings (self->experiment, self->task, &self->descent_settings);
  self->inversion_settings.noise = self->noise;
  if (self->record.step > 0)
    self->inversion_settings.prior = prior;
  self->evaluate_every = get_evaluation_interval (self);
}

/* EKI goes on, or stops, at a new stop time. The record says so from its next step. */
void
ekl_run_allow_time (EklRun *self)
{
  const EklMethodRecord *record = &self->record.method[EKL_METHOD_EKI];
  const double stop_time = self->inversion_settings.stop_time;

  self->time_is_up = stop_time > 0 && record->time >= stop_time * (1 - 1e-12);
}

/**
 * ekl_run_get_experiment:
 *
 * Returns: (transfer none): the run's own copy, with the changes of ekl_run_set()
 */
EklExperiment *
ekl_run_get_experiment (const EklRun *self)
{
  return self->experiment;
}

/**
 * ekl_run_get_dataset:
 *
 * Returns: (transfer none): the data
 */
EklDataset *
ekl_run_get_dataset (const EklRun *self)
{
  return self->dataset;
}

/**
 * ekl_run_get_network:
 *
 * Returns: (transfer none): the network
 */
const EklNetwork *
ekl_run_get_network (const EklRun *self)
{
  return &self->network;
}

/**
 * ekl_run_get_ensemble:
 *
 * Returns: (transfer none) (nullable): the particles, until the next step; %NULL where EKI is off
 */
const EklEnsemble *
ekl_run_get_ensemble (const EklRun *self)
{
  return self->inversion != NULL ? ekl_inversion_get_ensemble (self->inversion) : NULL;
}

/**
 * ekl_run_get_descent:
 *
 * Returns: (transfer none) (nullable): gradient descent's parameters, shape (P), until the next
 * step; %NULL where it is off
 */
const real *
ekl_run_get_descent (const EklRun *self)
{
  return self->descent != NULL ? ekl_descent_get_parameters (self->descent) : NULL;
}

/* What parameter vector stands for the method. */
const real *
ekl_run_get_parameters (const EklRun *self, EklMethod method)
{
  if (method == EKL_METHOD_GD)
    return ekl_run_get_descent (self);
  return self->inversion != NULL ? self->mean : NULL;
}

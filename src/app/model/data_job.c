/* data_job.c - from a source to a dataset that a run can start with, off the main thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "data_job.h"

#include "import_memory.h"

#include <glib/gi18n.h>

typedef struct {
  char *name; /* a path, or example:NAME; NULL: the source is there already */
  EklLoadProgress *progress;
  EklProblem *problem;
} Job;

static void
job_free (Job *job)
{
  g_free (job->name);
  ekl_load_progress_unref (job->progress);
  g_clear_pointer (&job->problem, ekl_problem_free);
  g_free (job);
}

/* What belongs to the former problem goes; how the user likes to train stays. */
static void
prepare (EklProblem *problem, const char *name, const EklExample *example)
{
  const char *const *settings = example != NULL ? example->settings : NULL;
  guint n;
  const EklSettingInfo *infos = ekl_experiment_list_settings (&n);

  for (guint i = 0; i < n; i++)
    if (infos[i].group == EKL_SETTING_GROUP_DATA || infos[i].group == EKL_SETTING_GROUP_NETWORK)
      ekl_experiment_reset_setting (problem->experiment, infos[i].name);
  ekl_experiment_apply_preset (problem->experiment, settings, TRUE);
  ekl_experiment_apply_preset (problem->defaults, settings, FALSE);
  g_object_set (problem->experiment, "data", name, NULL);
  g_object_set (problem->defaults, "data", name, NULL);
  if (example != NULL && example->target != NULL) {
    g_object_set (problem->experiment, "target", example->target, NULL);
    g_object_set (problem->defaults, "target", example->target, NULL);
  }
}

static gboolean
is_experiment_file (const char *source)
{
  g_autofree char *lower = g_ascii_strdown (source, -1);

  return g_str_has_suffix (lower, ".ekilab");
}

/* An experiment file says everything; only what it does not say is the example's. */
static gboolean
load_experiment (Job *job, GCancellable *cancellable, GError **error)
{
  EklProblem *problem = job->problem;
  const EklExample *example = NULL;
  const char *data;
  EklCsvFormat format;

  if (!ekl_experiment_load (problem->experiment, job->name, error))
    return FALSE;
  data = ekl_experiment_get_string (problem->experiment, "data");
  if (*data == '\0') {
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_FILE,
                 _ ("%s names no data; add a line data=FILE to its group [data]"), job->name);
    return FALSE;
  }
  ekl_experiment_get_csv_format (problem->experiment, &format);
  problem->source = ekl_data_source_load (data, &example, &format, ekl_load_progress_tell,
                                          job->progress, cancellable, error);
  if (problem->source == NULL) {
    g_autofree char *name = g_path_get_basename (job->name);

    g_prefix_error (error, "%s: ", name);
    return FALSE;
  }
  if (example != NULL) {
    ekl_experiment_apply_preset (problem->experiment, example->settings, TRUE);
    ekl_experiment_apply_preset (problem->defaults, example->settings, FALSE);
    if (example->target != NULL && !ekl_experiment_is_explicit (problem->experiment, "target"))
      g_object_set (problem->experiment, "target", example->target, NULL);
    g_object_set (problem->defaults, "target", example->target, NULL);
  }
  g_object_set (problem->defaults, "data", ekl_experiment_get_string (problem->experiment, "data"),
                NULL);
  return TRUE;
}

/* The same file again, where it is to be read in another way than it was. */
static gboolean
read_again (EklProblem *problem,
            EklLoadProgress *progress,
            GCancellable *cancellable,
            GError **error)
{
  EklDataSource *source;
  EklCsvFormat format;

  ekl_experiment_get_csv_format (problem->experiment, &format);
  if (ekl_data_source_is_read_as (problem->source, &format))
    return TRUE;
  source = ekl_data_source_load (ekl_experiment_get_string (problem->experiment, "data"), NULL,
                                 &format, ekl_load_progress_tell, progress, cancellable, error);
  if (source == NULL)
    return FALSE;
  ekl_data_source_unref (problem->source);
  problem->source = source;
  return TRUE;
}

/* A file that was imported before is read as it was then. */
static gboolean
load_named (Job *job, GCancellable *cancellable, GError **error)
{
  EklProblem *problem = job->problem;
  g_autoptr (EklExperiment) choices = ekl_experiment_new ();
  const EklExample *example = NULL;
  EklCsvFormat format;

  ekl_import_memory_recall (job->name, choices);
  ekl_experiment_get_csv_format (choices, &format);
  problem->source = ekl_data_source_load (job->name, &example, &format, ekl_load_progress_tell,
                                          job->progress, cancellable, error);
  if (problem->source == NULL)
    return FALSE;
  prepare (problem, job->name, example);
  ekl_problem_take_choices (problem, choices);
  return TRUE;
}

static gboolean
run_job (Job *job, GCancellable *cancellable, GError **error)
{
  EklProblem *problem = job->problem;
  EklDataOptions options;

  if (job->name != NULL && is_experiment_file (job->name)) {
    if (!load_experiment (job, cancellable, error))
      return FALSE;
  } else if (job->name != NULL) {
    if (!load_named (job, cancellable, error))
      return FALSE;
  } else if (!read_again (problem, job->progress, cancellable, error)) {
    return FALSE;
  }
  if (!ekl_experiment_check (problem->experiment, error))
    return FALSE;
  ekl_experiment_get_data_options (problem->experiment, &options);
  options.cancellable = cancellable;
  problem->dataset = ekl_data_source_make_dataset (problem->source, &options, error);
  return problem->dataset != NULL;
}

static void
job_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;

  if (run_job (job, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&job->problem),
                           (GDestroyNotify) ekl_problem_free);
  else
    g_task_return_error (task, error);
}

static void
start_job (const char *name,
           EklDataSource *source,
           EklExperiment *experiment,
           EklExperiment *defaults,
           EklLoadProgress *progress,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->name = g_strdup (name);
  job->progress = ekl_load_progress_ref (progress);
  job->problem = g_new0 (EklProblem, 1);
  job->problem->experiment = ekl_experiment_copy (experiment);
  job->problem->defaults =
    defaults != NULL ? ekl_experiment_copy (defaults) : ekl_experiment_new ();
  job->problem->source = source != NULL ? ekl_data_source_ref (source) : NULL;
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, job_thread);
}

/**
 * ekl_problem_copy:
 *
 * Returns: (transfer full): copies of the settings, the same data
 */
EklProblem *
ekl_problem_copy (const EklProblem *self)
{
  EklProblem *copy = g_new0 (EklProblem, 1);

  copy->experiment = ekl_experiment_copy (self->experiment);
  copy->defaults = ekl_experiment_copy (self->defaults);
  copy->source = ekl_data_source_ref (self->source);
  copy->dataset = ekl_dataset_ref (self->dataset);
  return copy;
}

/**
 * ekl_problem_new_for:
 * @name: a path of a file or a folder, or example:NAME
 * @example: (nullable): the example of that name
 * @current: the settings of now; copied. Its data and network settings are not kept, the others are
 *   where the user has set them
 *
 * Returns: (transfer full): the settings of a problem that has no data yet
 */
EklProblem *
ekl_problem_new_for (const char *name, const EklExample *example, EklExperiment *current)
{
  EklProblem *self = g_new0 (EklProblem, 1);

  self->experiment = ekl_experiment_copy (current);
  self->defaults = ekl_experiment_new ();
  prepare (self, name, example);
  return self;
}

/**
 * ekl_problem_take_choices:
 * @choices: settings, of which those about data count
 *
 * They are what the problem came with, and so what its settings go back to.
 */
void
ekl_problem_take_choices (EklProblem *self, EklExperiment *choices)
{
  ekl_copy_data_choices (self->experiment, choices);
  ekl_copy_data_choices (self->defaults, choices);
}

/**
 * ekl_problem_free:
 */
void
ekl_problem_free (EklProblem *self)
{
  g_clear_object (&self->experiment);
  g_clear_object (&self->defaults);
  g_clear_pointer (&self->source, ekl_data_source_unref);
  g_clear_pointer (&self->dataset, ekl_dataset_unref);
  g_free (self);
}

/**
 * ekl_data_job_open:
 * @name: a path of a file, also of an experiment, or of a folder; or example:NAME
 * @experiment: the settings of now; copied. Its data and network settings are not kept, the others
 *   are where the user has set them
 * @progress: follows the reading
 *
 * Reads a source, takes over the settings that come with it, and makes a dataset.
 */
void
ekl_data_job_open (const char *name,
                   EklExperiment *experiment,
                   EklLoadProgress *progress,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  start_job (name, NULL, experiment, NULL, progress, cancellable, callback, user_data);
}

/**
 * ekl_data_job_rebuild:
 * @source: what was read before
 * @experiment: the settings to make a dataset by; copied
 * @defaults: likewise
 * @progress: follows, where the source has to be read again
 *
 * Makes another dataset of the same source: other roles, another split, another scaling.
 */
void
ekl_data_job_rebuild (EklDataSource *source,
                      EklExperiment *experiment,
                      EklExperiment *defaults,
                      EklLoadProgress *progress,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  start_job (NULL, source, experiment, defaults, progress, cancellable, callback, user_data);
}

/**
 * ekl_data_job_finish:
 *
 * Returns: (transfer full): the problem; %NULL where it cannot be had, with a sentence that says why
 */
EklProblem *
ekl_data_job_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

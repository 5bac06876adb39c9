/* data_job.c - from a source to a dataset that a run can start with, off the main thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "data_job.h"

typedef struct {
  char *name; /* a path, or example:NAME; NULL: the source is there already */
  EklProblem *problem;
} Job;

static void
job_free (Job *job)
{
  g_free (job->name);
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
run_job (Job *job, GCancellable *cancellable, GError **error)
{
  EklProblem *problem = job->problem;
  const EklExample *example = NULL;
  EklDataOptions options;

  if (job->name != NULL) {
    problem->source = ekl_data_source_load (job->name, &example, cancellable, error);
    if (problem->source == NULL)
      return FALSE;
    prepare (problem, job->name, example);
  }
  if (!ekl_experiment_check (problem->experiment, error))
    return FALSE;
  ekl_experiment_get_data_options (problem->experiment, &options);
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
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->name = g_strdup (name);
  job->problem = g_new0 (EklProblem, 1);
  job->problem->experiment = ekl_experiment_copy (experiment);
  job->problem->defaults =
    defaults != NULL ? ekl_experiment_copy (defaults) : ekl_experiment_new ();
  job->problem->source = source != NULL ? ekl_data_source_ref (source) : NULL;
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, job_thread);
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
 * @name: a path of a file or a folder, or example:NAME
 * @experiment: the settings of now; copied. Its data and network settings are not kept, the others
 *   are where the user has set them
 *
 * Reads a source, takes over the settings that come with it, and makes a dataset.
 */
void
ekl_data_job_open (const char *name,
                   EklExperiment *experiment,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  start_job (name, NULL, experiment, NULL, cancellable, callback, user_data);
}

/**
 * ekl_data_job_rebuild:
 * @source: what was read before
 * @experiment: the settings to make a dataset by; copied
 * @defaults: likewise
 *
 * Makes another dataset of the same source: other roles, another split, another scaling.
 */
void
ekl_data_job_rebuild (EklDataSource *source,
                      EklExperiment *experiment,
                      EklExperiment *defaults,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  start_job (NULL, source, experiment, defaults, cancellable, callback, user_data);
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

/* import_job.c - a file is read, and what would become of it is found out, off the main thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "import_job.h"

#include "csv_reader.h"

typedef struct {
  char *path;
  EklCsvFormat wanted;
  EklLoadProgress *progress;
} ReadJob;

typedef struct {
  EklTable *table;
  EklExperiment *settings;
} PlanJob;

/* ---- reading ---- */

static void
read_job_free (ReadJob *job)
{
  ekl_load_progress_unref (job->progress);
  g_free (job->path);
  g_free (job);
}

static void
read_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  ReadJob *job = task_data;
  g_autoptr (GFile) file = g_file_new_for_path (job->path);
  GError *error = NULL;
  EklTable *table = ekl_csv_read_file (file, &job->wanted, ekl_load_progress_tell, job->progress,
                                       cancellable, &error);

  if (table != NULL)
    g_task_return_pointer (task, table, (GDestroyNotify) ekl_table_unref);
  else
    g_task_return_error (task, error);
}

/**
 * ekl_import_read_async:
 * @wanted: what is not to be guessed
 * @progress: follows
 *
 * Reads a table, in a thread.
 */
void
ekl_import_read_async (const char *path,
                       const EklCsvFormat *wanted,
                       EklLoadProgress *progress,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  ReadJob *job = g_new0 (ReadJob, 1);

  job->path = g_strdup (path);
  job->wanted = *wanted;
  job->progress = ekl_load_progress_ref (progress);
  g_task_set_task_data (task, job, (GDestroyNotify) read_job_free);
  g_task_run_in_thread (task, read_thread);
}

/**
 * ekl_import_read_finish:
 *
 * Returns: (transfer full) (nullable): the table, or %NULL with a sentence that says why
 */
EklTable *
ekl_import_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- planning ---- */

/**
 * ekl_import_plan_free:
 */
void
ekl_import_plan_free (EklImportPlan *self)
{
  g_clear_pointer (&self->table, ekl_table_unref);
  g_clear_pointer (&self->dataset, ekl_dataset_unref);
  g_free (self->column);
  g_free (self->error);
  g_free (self);
}

static void
plan_job_free (PlanJob *job)
{
  ekl_table_unref (job->table);
  g_object_unref (job->settings);
  g_free (job);
}

static gboolean
fill_plan (EklImportPlan *plan, PlanJob *job, GCancellable *cancellable, GError **error)
{
  g_auto (EklColumnRoles) roles = { 0 };
  EklDataOptions options;
  gboolean done;

  ekl_experiment_get_data_options (job->settings, &options);
  options.cancellable = cancellable;
  done = ekl_column_roles_init (&roles, job->table, &options, error);
  /* also where they cannot stay so: what is wrong is to be seen */
  plan->table = g_steal_pointer (&roles.table);
  plan->column = g_steal_pointer (&roles.column);
  plan->n_targets = roles.n_targets;
  if (!done || !ekl_experiment_check (job->settings, error))
    return FALSE;
  plan->dataset = ekl_dataset_new (job->table, &options, error);
  return plan->dataset != NULL;
}

static void
plan_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  EklImportPlan *plan = g_new0 (EklImportPlan, 1);
  g_autoptr (GError) error = NULL;

  if (!fill_plan (plan, task_data, cancellable, &error))
    plan->error = g_strdup (error->message);
  g_task_return_pointer (task, plan, (GDestroyNotify) ekl_import_plan_free);
}

/**
 * ekl_import_plan_async:
 * @settings: those of the data; copied
 *
 * Finds out what the settings make of a table, in a thread, which ends soon where it is cancelled. What
 * cannot be is an answer, too.
 */
void
ekl_import_plan_async (EklTable *table,
                       EklExperiment *settings,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  PlanJob *job = g_new0 (PlanJob, 1);

  job->table = ekl_table_ref (table);
  job->settings = ekl_experiment_copy (settings);
  g_task_set_task_data (task, job, (GDestroyNotify) plan_job_free);
  g_task_run_in_thread (task, plan_thread);
}

/**
 * ekl_import_plan_finish:
 *
 * Returns: (transfer full) (nullable): the plan; %NULL where it was cancelled
 */
EklImportPlan *
ekl_import_plan_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

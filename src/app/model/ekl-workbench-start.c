/* ekl-workbench-start.c - data are read, runs are started
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-workbench-private.h"

/**
 * ekl_workbench_start_problem:
 * @problem: taken over
 *
 * A run of it; it is shown as soon as the engine has begun it.
 */
void
ekl_workbench_start_problem (EklWorkbench *self, EklProblem *problem)
{
  const EklTask task = ekl_dataset_get_task (problem->dataset);
  const EklStepRule step_rule = ekl_experiment_get_enum (problem->experiment, "step-rule");

  ekl_workbench_overtake (self);
  self->starting = problem;
  ekl_experiment_adapt (problem->experiment, task, step_rule);
  ekl_experiment_adapt (problem->defaults, task, step_rule);
  ekl_workbench_adapt (self);
  ekl_engine_start (self->engine, problem->experiment, problem->dataset);
  self->starting_run = ekl_engine_get_run_number (self->engine);
  self->starting_asks = ekl_workbench_count_asks (self);
}

/**
 * ekl_workbench_restart:
 *
 * The same data with the settings of now; a run that replays what was recorded begins with the
 * settings of then.
 */
void
ekl_workbench_restart (EklWorkbench *self)
{
  EklProblem *problem;

  /* data that are being made anew start with the settings of then */
  if ((self->dataset == NULL && self->starting == NULL) || ekl_workbench_is_rebuilding (self))
    return;
  problem = ekl_workbench_make_problem (self);
  if (ekl_experiment_get_changes (problem->experiment) != NULL)
    ekl_workbench_follow (self, problem->experiment);
  ekl_workbench_start_problem (self, problem);
}

/*
 * ekl_workbench_is_rebuilding:
 *
 * Returns: whether other data are being made of the same source, for a change by the user
 */
gboolean
ekl_workbench_is_rebuilding (EklWorkbench *self)
{
  return self->loading != NULL && self->rebuilding;
}

static void
end_loading (EklWorkbench *self)
{
  g_clear_object (&self->loading);
  g_clear_pointer (&self->loading_name, g_free);
  ekl_workbench_tell (self, "loading-changed");
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EklWorkbench) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EklProblem) problem = ekl_data_job_finish (result, &error);

  /* another one was begun since, or the window is gone */
  if (g_task_get_cancellable (G_TASK (result)) != self->loading)
    return;
  end_loading (self);
  if (problem != NULL) {
    if (self->rebuilding)
      ekl_workbench_complete_problem (self, problem);
    self->rebuild_due = FALSE;
    if (problem->source != self->source && !self->rebuilding)
      ekl_workbench_note_opened (self, problem);
    ekl_workbench_follow (self, problem->experiment);
    ekl_workbench_start_problem (self, g_steal_pointer (&problem));
    ekl_workbench_ask_for_run (self);
    return;
  }
  /* opening has changed nothing yet; another dataset of the same data was the user's change */
  if (self->rebuilding) {
    self->rebuild_due = FALSE;
    ekl_workbench_refuse_change (self);
  } else if (self->rebuild_due) {
    ekl_workbench_rebuild (self);
  }
  ekl_workbench_ask_for_run (self);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ekl_workbench_fail (self, error->message);
}

static void
begin_loading (EklWorkbench *self, const char *name)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_set_object (&self->loading, NULL);
  self->loading = g_cancellable_new ();
  g_clear_pointer (&self->loading_progress, ekl_load_progress_unref);
  self->loading_progress = ekl_load_progress_new ();
  g_free (self->loading_name);
  self->loading_name = g_strdup (name);
  ekl_workbench_tell (self, "loading-changed");
}

/**
 * ekl_workbench_rebuild:
 *
 * Another dataset of the same source, by the settings of now; then a run of it.
 */
void
ekl_workbench_rebuild (EklWorkbench *self)
{
  const EklProblem *next = self->starting; /* data that have come, but have not begun to run */
  EklDataSource *source = next != NULL ? next->source : self->source;
  g_autoptr (EklExperiment) experiment = NULL;

  if (source == NULL)
    return;
  begin_loading (self, ekl_dataset_get_name (next != NULL ? next->dataset : self->dataset));
  self->rebuilding = self->rebuild_due = TRUE;
  experiment = ekl_experiment_copy (self->experiment);
  ekl_experiment_copy_setting (experiment, next != NULL ? next->experiment : self->accepted,
                               "data");
  ekl_data_job_rebuild (source, experiment, next != NULL ? next->defaults : self->defaults,
                        self->loading_progress, self->loading, loaded_cb, g_object_ref (self));
}

/**
 * ekl_workbench_open:
 * @source: a path, or example:NAME
 *
 * Reads data in a thread of its own; the run before goes on meanwhile, and stands if it fails.
 */
void
ekl_workbench_open (EklWorkbench *self, const char *source)
{
  g_autofree char *name = g_path_get_basename (source);

  begin_loading (self, name);
  self->rebuilding = FALSE;
  ekl_workbench_ask_for_run (self);
  ekl_data_job_open (source, self->experiment, self->loading_progress, self->loading, loaded_cb,
                     g_object_ref (self));
}

/*
 * ekl_workbench_forget_loading:
 *
 * Gives up what is being read, for other data: nothing more is heard of it.
 */
void
ekl_workbench_forget_loading (EklWorkbench *self)
{
  self->rebuild_due = FALSE;
  if (self->loading == NULL)
    return;
  g_cancellable_cancel (self->loading);
  end_loading (self);
  ekl_workbench_ask_for_run (self);
}

/**
 * ekl_workbench_open_problem:
 * @problem: (transfer full): settings and data
 *
 * Starts with data that were read elsewhere.
 */
void
ekl_workbench_open_problem (EklWorkbench *self, EklProblem *problem)
{
  ekl_workbench_forget_loading (self);
  ekl_workbench_note_opened (self, problem);
  ekl_workbench_follow (self, problem->experiment);
  ekl_workbench_start_problem (self, problem);
}

/**
 * ekl_workbench_get_source:
 *
 * Returns: (transfer none) (nullable): what was read for the run that is shown
 */
EklDataSource *
ekl_workbench_get_source (EklWorkbench *self)
{
  return self->source;
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
 * ekl_workbench_get_loading_fraction:
 *
 * Returns: how much of it has been read, from 0 to 1
 */
double
ekl_workbench_get_loading_fraction (EklWorkbench *self)
{
  return self->loading_progress != NULL ? ekl_load_progress_get (self->loading_progress) : 0;
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

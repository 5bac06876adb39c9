/* ekl-workbench-files.c - the run as files: what was recorded is replayed, what runs is written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-workbench-private.h"
#include "npy.h"

#include <glib/gi18n.h>

/* What is to be done with the run when the engine hands it out. */
typedef struct {
  EklRunFile what;
  char *path; /* NULL: no file, the run is to be replayed */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_free (job);
}

GPtrArray *
ekl_workbench_make_jobs (void)
{
  return g_ptr_array_new_with_free_func (job_free);
}

/* ---- what was recorded ---- */

/*
 * ekl_workbench_set_n_ahead:
 * @n: how many recorded changes lie ahead
 */
void
ekl_workbench_set_n_ahead (EklWorkbench *self, guint n)
{
  if (self->n_ahead == n)
    return;
  self->n_ahead = n;
  ekl_workbench_tell (self, "replay-changed");
}

static guint
count_after (EklExperiment *experiment, guint64 step)
{
  GPtrArray *changes = ekl_experiment_get_changes (experiment);
  guint n = 0;

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    n += ((const EklChange *) changes->pdata[i])->step > step;
  return n;
}

/*
 * ekl_workbench_set_recorded:
 * @experiment: of the run that has begun
 *
 * Where changes were recorded with it, the run replays them, and so does a reset.
 */
void
ekl_workbench_set_recorded (EklWorkbench *self, EklExperiment *experiment)
{
  const gboolean again = self->recorded != NULL;
  const guint n = count_after (experiment, 0);

  g_clear_object (&self->recorded);
  if (ekl_experiment_get_changes (experiment) != NULL)
    self->recorded = ekl_experiment_copy (experiment);
  ekl_workbench_set_n_ahead (self, n);
  if (n > 0 && !again) {
    g_autofree char *text = g_strdup_printf (
      g_dngettext (NULL, "%u recorded change lies ahead, and acts when the run gets there.",
                   "%u recorded changes lie ahead, and act as the run gets there.", n),
      n);

    ekl_workbench_say (self, text);
  }
}

/*
 * ekl_workbench_drop_recorded:
 *
 * The user does something else: from here on it is another run, and says so.
 *
 * Returns: (transfer full) (nullable): what was recorded
 */
EklExperiment *
ekl_workbench_drop_recorded (EklWorkbench *self)
{
  const guint n = self->n_ahead;
  EklExperiment *next = self->starting != NULL ? self->starting->experiment : NULL;

  /* the change may be none that the run itself would drop them for */
  if (self->recorded != NULL || next != NULL)
    ekl_engine_set_ahead (self->engine, NULL);
  /* a run that has not begun yet has them, too */
  if (next != NULL && ekl_experiment_get_changes (next) != NULL) {
    g_clear_object (&self->recorded);
    self->recorded = ekl_experiment_copy (next);
    ekl_experiment_set_changes (next, NULL);
  }
  ekl_workbench_set_n_ahead (self, 0);
  if (n > 0) {
    g_autofree char *text = g_strdup_printf (
      g_dngettext (NULL,
                   "%u recorded change ahead was dropped, since you made one of your own. "
                   "Undo brings it back.",
                   "%u recorded changes ahead were dropped, since you made one of your own. Undo "
                   "brings them back.",
                   n),
      n);

    ekl_workbench_say (self, text);
  }
  return g_steal_pointer (&self->recorded);
}

/*
 * ekl_workbench_resume_recorded:
 * @recorded: what was dropped
 *
 * Lies ahead again, for the steps that are still to come.
 */
void
ekl_workbench_resume_recorded (EklWorkbench *self, EklExperiment *recorded)
{
  g_set_object (&self->recorded, recorded);
  ekl_engine_set_ahead (self->engine, ekl_experiment_get_changes (recorded));
  ekl_workbench_set_n_ahead (self, count_after (recorded, self->record.step));
}

/**
 * ekl_workbench_get_n_ahead:
 *
 * Returns: how many recorded changes lie ahead
 */
guint
ekl_workbench_get_n_ahead (EklWorkbench *self)
{
  return self->n_ahead;
}

/* ---- what is written ---- */

static gboolean
write_experiment (EklRunState *state, const char *path, GError **error)
{
  if (state->step > 0)
    g_object_set (state->experiment, "steps", (guint) MIN (state->step, 1000000000), NULL);
  return ekl_experiment_save (state->experiment, path, error);
}

static gboolean
write_array (
  const double *values, const gsize *shape, guint n_shape, const char *path, GError **error)
{
  if (values != NULL)
    return ekl_npy_write (path, n_shape, shape, values, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
               n_shape == 2 ? _ ("There are no particles to write: EKI is switched off.")
                            : _ ("There are no parameters to write: gradient descent is off."));
  return FALSE;
}

static gboolean
write_job (const Job *job, EklRunState *state, GError **error)
{
  const gsize shape[2] = { state->n_particles, state->n_parameters };

  switch (job->what) {
  case EKL_RUN_FILE_ENSEMBLE:
    return write_array (state->ensemble, shape, 2, job->path, error);
  case EKL_RUN_FILE_DESCENT:
    return write_array (state->descent, &shape[1], 1, job->path, error);
  case EKL_RUN_FILE_EXPERIMENT:
  default:
    return write_experiment (state, job->path, error);
  }
}

static void
say_written (EklWorkbench *self, const Job *job, EklRunState *state)
{
  g_autofree char *name = g_filename_display_basename (job->path);
  g_autofree char *text = NULL;
  GPtrArray *changes = ekl_experiment_get_changes (state->experiment);
  const guint n = changes != NULL ? changes->len : 0;

  if (job->what == EKL_RUN_FILE_EXPERIMENT && n > 0)
    text = g_strdup_printf (g_dngettext (NULL, "Saved %s, with %u change in the middle of the run.",
                                         "Saved %s, with %u changes in the middle of the run.", n),
                            name, n);
  else
    text = g_strdup_printf (_ ("Saved %s."), name);
  ekl_workbench_say (self, text);
}

static void
replay (EklWorkbench *self, EklRunState *state)
{
  EklProblem now = { state->experiment, self->defaults, self->source, self->dataset };

  g_clear_object (&self->recorded);
  ekl_workbench_follow (self, state->experiment);
  ekl_workbench_start_problem (self, ekl_problem_copy (&now));
}

static void
do_job (EklWorkbench *self, const Job *job, EklRunState *state)
{
  g_autoptr (GError) error = NULL;

  /* what is to be replayed is over where another run has begun since */
  if (job->path == NULL && state->run_number == self->run_number)
    replay (self, state);
  else if (job->path == NULL)
    return;
  else if (write_job (job, state, &error))
    say_written (self, job, state);
  else
    ekl_workbench_fail (self, error->message);
}

/*
 * ekl_workbench_take_run_states:
 *
 * Takes the runs that were handed out, and does what is to be done with them, in the order in which it
 * was asked for. By then the rows are those of the run.
 */
void
ekl_workbench_take_run_states (EklWorkbench *self)
{
  EklRunState *state;

  while ((state = ekl_engine_take_run_state (self->engine)) != NULL) {
    Job *job = g_ptr_array_steal_index (self->jobs, 0);

    self->n_asked--;
    ekl_workbench_is_shown (self, state->run_number);
    ekl_workbench_take_settings (self);
    do_job (self, job, state);
    job_free (job);
    ekl_run_state_free (state);
  }
}

/*
 * ekl_workbench_ask_for_run:
 *
 * Asks the engine for the run, once for each job. While other data are being made for a change by the
 * user, the run that the rows show is still to begin, so that jobs wait for it.
 */
void
ekl_workbench_ask_for_run (EklWorkbench *self)
{
  for (; self->n_asked < self->jobs->len && !ekl_workbench_is_rebuilding (self); self->n_asked++)
    ekl_engine_request_run_state (self->engine);
}

static void
add_job (EklWorkbench *self, EklRunFile what, const char *path)
{
  Job *job;

  if (self->dataset == NULL) {
    ekl_workbench_fail (self, _ ("There is no run yet: open data first."));
    return;
  }
  job = g_new0 (Job, 1);
  job->what = what;
  job->path = g_strdup (path);
  g_ptr_array_add (self->jobs, job);
  ekl_workbench_ask_for_run (self);
}

/**
 * ekl_workbench_save:
 * @what: which file
 * @path: where to
 *
 * Writes the run as it is at the next boundary of steps, after all that was asked for before: a run
 * that is about to begin is the one that is written. "told" when it is done, "failed" where it cannot
 * be.
 */
void
ekl_workbench_save (EklWorkbench *self, EklRunFile what, const char *path)
{
  g_return_if_fail (path != NULL);

  add_job (self, what, path);
}

/**
 * ekl_workbench_replay:
 *
 * The run begins anew with its first settings; all that was changed since lies ahead.
 */
void
ekl_workbench_replay (EklWorkbench *self)
{
  add_job (self, EKL_RUN_FILE_EXPERIMENT, NULL);
}

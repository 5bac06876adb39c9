/* ekl-workbench-standing.c - the run as it stands, and the rows that show it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the user changes is shown at once and is on its way to the engine; what the engine's run has is
 * what is saved. As soon as nothing is on its way any more the engine says how the settings of its run
 * stand, and the rows show that: whatever was refused, overtaken or replayed in between, they cannot
 * stay apart. Two kinds are the user's alone: a prior that waits for the next run, and what says how
 * far or how fast.
 */
#include "config.h"

#include "ekl-workbench-private.h"

static gboolean
is_of_run (const EklSettingInfo *setting)
{
  return setting->effect != EKL_SETTING_EFFECT_PRIOR &&
         setting->effect != EKL_SETTING_EFFECT_CONTROL;
}

/* J of particles that come from a file is the file's, whatever the row says. */
static gboolean
is_of_file (EklExperiment *run, const EklSettingInfo *setting)
{
  return g_str_equal (setting->name, "ensemble-size") &&
         *ekl_experiment_get_string (run, "initial-ensemble") != '\0';
}

static void
copy_run (EklExperiment *experiment, EklExperiment *run)
{
  guint n;
  const EklSettingInfo *settings = ekl_experiment_list_settings (&n);

  g_object_freeze_notify (G_OBJECT (experiment));
  for (guint i = 0; i < n; i++)
    if (is_of_run (&settings[i]) && !is_of_file (run, &settings[i]))
      ekl_experiment_copy_setting (experiment, run, settings[i].name);
  g_object_thaw_notify (G_OBJECT (experiment));
}

/*
 * ekl_workbench_show_run:
 *
 * The rows show the settings of the run that is about to begin, or else of the one that stands.
 */
void
ekl_workbench_show_run (EklWorkbench *self)
{
  EklExperiment *run = self->starting != NULL ? self->starting->experiment : self->accepted;

  self->following = TRUE;
  copy_run (self->experiment, run);
  self->following = FALSE;
  copy_run (self->former, run);
  ekl_workbench_adapt (self);
}

/* A prior that the run does not have is the next one's. */
static void
find_waiting (EklWorkbench *self)
{
  guint n;
  const EklSettingInfo *settings = ekl_experiment_list_settings (&n);
  gboolean changed = FALSE;

  for (guint i = 0; i < n; i++) {
    const char *name = settings[i].name;

    if (settings[i].effect != EKL_SETTING_EFFECT_PRIOR)
      continue;
    if (g_param_values_cmp (ekl_experiment_get_pspec (name),
                            ekl_experiment_get_value (self->experiment, name),
                            ekl_experiment_get_value (self->accepted, name)) != 0)
      changed |= g_hash_table_add (self->waiting, g_strdup (name));
    else
      changed |= g_hash_table_remove (self->waiting, name);
  }
  if (changed)
    ekl_workbench_tell (self, "waiting-changed");
}

/*
 * ekl_workbench_take_settings:
 *
 * Takes the settings of the run, where nothing is on its way. Rows that wait for other data stay.
 */
void
ekl_workbench_take_settings (EklWorkbench *self)
{
  guint run_number, n_ahead;
  g_autoptr (EklExperiment) now = ekl_engine_take_settings (self->engine, &run_number, &n_ahead);

  if (now == NULL || !ekl_workbench_is_shown (self, run_number))
    return;
  ekl_experiment_assign (self->accepted, now);
  ekl_workbench_set_n_ahead (self, n_ahead);
  if (!self->rebuild_due)
    ekl_workbench_show_run (self);
  find_waiting (self);
}

static void
copy_of_data (EklExperiment *experiment, EklExperiment *source, gboolean of_data)
{
  guint n;
  const EklSettingInfo *settings = ekl_experiment_list_settings (&n);

  for (guint i = 0; i < n; i++)
    if ((settings[i].effect == EKL_SETTING_EFFECT_RELOAD) == of_data)
      ekl_experiment_copy_setting (experiment, source, settings[i].name);
}

/*
 * ekl_workbench_make_problem:
 *
 * What a start would begin with now: the data that have come last, and the settings of the rows; or
 * those that a run which replays what was recorded began with. How the data are made is said by the
 * settings that they were made by: rows that wait for other data are not of these.
 *
 * Returns: (transfer full): it; there must have been data
 */
EklProblem *
ekl_workbench_make_problem (EklWorkbench *self)
{
  const EklProblem *next = self->starting; /* data that have come, but have not begun to run */
  EklExperiment *recorded = self->recorded;
  EklProblem now = { NULL, self->defaults, self->source, self->dataset };
  EklProblem *problem;

  if (next != NULL) {
    now = *next;
    recorded = ekl_experiment_get_changes (next->experiment) != NULL ? next->experiment : NULL;
  }
  now.experiment = recorded != NULL ? recorded : self->experiment;
  problem = ekl_problem_copy (&now);
  copy_of_data (problem->experiment, next != NULL ? next->experiment : self->accepted, TRUE);
  return problem;
}

/*
 * ekl_workbench_complete_problem:
 *
 * Data that were made anew begin with the settings of now, but for those that say how they were made.
 */
void
ekl_workbench_complete_problem (EklWorkbench *self, EklProblem *problem)
{
  copy_of_data (problem->experiment, self->experiment, FALSE);
}

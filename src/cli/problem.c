/* problem.c - from FILE and options to a run that can start
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "problem.h"

#include "data_source.h"

/**
 * ekl_problem_free:
 * @self: (nullable): a problem
 *
 * Frees it and lets go of what it holds.
 */
void
ekl_problem_free (EklProblem *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->run, ekl_run_free);
  g_clear_pointer (&self->dataset, ekl_dataset_unref);
  g_clear_object (&self->experiment);
  g_free (self);
}

/* What suits an example stands behind what the file or the options say. */
static void
apply_example (EklExperiment *experiment, const EklExample *example)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new ();

  if (example->target && *example->target) {
    g_ptr_array_add (pairs, (gpointer) "target");
    g_ptr_array_add (pairs, (gpointer) example->target);
  }
  for (guint k = 0; example->settings && example->settings[k]; k++)
    g_ptr_array_add (pairs, (gpointer) example->settings[k]);
  g_ptr_array_add (pairs, NULL);

  ekl_experiment_apply_preset (experiment, (const char *const *) pairs->pdata, TRUE);
}

static gboolean
read_experiment (EklProblem *self, EklCommandLine *command_line, GError **error)
{
  const char *source = command_line->source;
  g_autofree char *lower = g_ascii_strdown (source, -1);

  if (!g_str_has_suffix (lower, ".ekilab"))
    return ekl_experiment_set_text (self->experiment, "data", source, error);

  if (!ekl_experiment_load (self->experiment, source, error))
    return FALSE;
  if (*ekl_experiment_get_string (self->experiment, "data") != '\0')
    return TRUE;

  g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_FILE,
               "%s names no data; add a line data=FILE to its group [%s]", source,
               ekl_setting_group_get_name (EKL_SETTING_GROUP_DATA));
  return FALSE;
}

/**
 * ekl_problem_new:
 * @command_line: a command line with a FILE
 * @error: return location for an error
 *
 * Reads FILE and makes a run at step 0. What the options say goes before what an experiment file
 * says, that before what suits an example, that before the defaults.
 *
 * Returns: (transfer full) (nullable): the problem, or %NULL with the error of whichever room found
 * it
 */
EklProblem *
ekl_problem_new (EklCommandLine *command_line, GError **error)
{
  g_autoptr (EklProblem) self = g_new0 (EklProblem, 1);
  g_autoptr (EklDataSource) source = NULL;
  const EklExample *example = NULL;
  EklDataOptions options = { 0 };
  EklCsvFormat format;

  self->experiment = ekl_experiment_new ();
  if (!read_experiment (self, command_line, error) ||
      !ekl_command_line_apply_settings (command_line, self->experiment, error) ||
      !ekl_experiment_check (self->experiment, error))
    return NULL;

  ekl_experiment_get_csv_format (self->experiment, &format);
  source = ekl_data_source_load (ekl_experiment_get_string (self->experiment, "data"), &example,
                                 &format, NULL, NULL, NULL, error);
  if (source == NULL)
    return NULL;
  if (example)
    apply_example (self->experiment, example);
  if (!ekl_experiment_check (self->experiment, error))
    return NULL;

  ekl_experiment_get_data_options (self->experiment, &options);
  self->dataset = ekl_data_source_make_dataset (source, &options, error);
  if (self->dataset == NULL)
    return NULL;

  self->run = ekl_run_new (self->experiment, self->dataset, error);
  return self->run ? g_steal_pointer (&self) : NULL;
}

/* outputs.c - the files that a run was asked to leave behind
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "outputs.h"

#include "history_file.h"
#include "npy.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct _EklOutputs {
  const EklCommandLine *command_line;
  EklHistoryFile *history; /* NULL: not asked for */
  double *rows;            /* room for the ensemble or the parameters on their way out */
  gsize n_rows;
};

/**
 * ekl_outputs_name_picture:
 * @path: a name with an ending
 * @kind: a figure
 * @figures: the figures that are drawn, a bit each
 *
 * Where several figures are drawn, each has its own name before the ending.
 *
 * Returns: (transfer full): the path of that figure's file
 */
char *
ekl_outputs_name_picture (const char *path, EklFigureKind kind, guint figures)
{
  const char *ending = strrchr (path, '.');

  if ((figures & (figures - 1)) == 0)
    return g_strdup (path);

  return g_strdup_printf ("%.*s-%s%s", (int) (ending - path), path, ekl_figure_kind_get_name (kind),
                          ending);
}

static gboolean
is_same_file (const char *a, const char *b)
{
  GStatBuf stat_a, stat_b;
  g_autofree char *full_a = g_canonicalize_filename (a, NULL);
  g_autofree char *full_b = g_canonicalize_filename (b, NULL);

  if (strcmp (full_a, full_b) == 0)
    return TRUE;

  return g_stat (a, &stat_a) == 0 && g_stat (b, &stat_b) == 0 && stat_a.st_dev == stat_b.st_dev &&
         stat_a.st_ino == stat_b.st_ino;
}

/* Whether `path` can be written later, found out now: a long run must not be lost to a spelling
 * mistake. */
static gboolean
check_place (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  const char *reason = NULL;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    reason = "it is a folder; give the name of a file";
  else if (!g_file_test (folder, G_FILE_TEST_EXISTS))
    reason = "its folder does not exist; make it first";
  else if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    reason = "what should be its folder is a file";
  else if (g_access (folder, W_OK | X_OK) != 0)
    reason = "its folder does not let you write into it";
  if (reason == NULL)
    return TRUE;

  g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_OUTPUT, "%s cannot be written: %s", path,
               reason);
  return FALSE;
}

/* The trajectory's folder may be there already, or is made when the run starts; so is its parent.
 */
static gboolean
check_folder (const char *path, GError **error)
{
  g_autofree char *there = g_strdup (path);
  const char *reason = NULL;

  while (!g_file_test (there, G_FILE_TEST_EXISTS)) {
    g_autofree char *below = g_steal_pointer (&there);

    there = g_path_get_dirname (below);
  }
  if (!g_file_test (there, G_FILE_TEST_IS_DIR))
    reason = "is a file, not a folder";
  else if (g_access (there, W_OK | X_OK) != 0)
    reason = "does not let you write into it";
  if (reason == NULL)
    return TRUE;

  g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_OUTPUT, "the folder %s cannot be used: %s %s",
               path, there, reason);
  return FALSE;
}

/* All files that will be written, but for those of the trajectory. */
static GPtrArray *
list_files (const EklCommandLine *self)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  char *const saved[] = { self->save_ensemble, self->save_parameters, self->save_history,
                          self->save_experiment };

  for (guint k = 0; k < G_N_ELEMENTS (saved); k++)
    if (saved[k])
      g_ptr_array_add (files, g_strdup (saved[k]));
  for (guint i = 0; i < self->pictures->len; i++)
    for (EklFigureKind kind = 0; kind < EKL_N_FIGURES; kind++)
      if (self->figures & (1u << kind))
        g_ptr_array_add (files, ekl_outputs_name_picture (g_ptr_array_index (self->pictures, i),
                                                          kind, self->figures));

  return files;
}

/* An experiment may be saved over the one that was read: that is how it is changed from a script.
 */
static gboolean
is_resaved (const EklCommandLine *self, const char *path)
{
  return g_strcmp0 (path, self->save_experiment) == 0 && g_str_has_suffix (self->source, ".ekilab");
}

/**
 * ekl_outputs_check:
 * @command_line: a command line
 * @error: return location for an error
 *
 * Looks, before any work is done, whether all files that are asked for can be written, and that
 * none of them would replace another one or the data. Changes nothing.
 *
 * Returns: %FALSE with %EKL_CLI_ERROR_OUTPUT or, where two names are the same, %EKL_CLI_ERROR_USAGE
 */
gboolean
ekl_outputs_check (const EklCommandLine *command_line, GError **error)
{
  g_autoptr (GPtrArray) files = list_files (command_line);

  for (guint k = 0; k < files->len; k++) {
    const char *path = g_ptr_array_index (files, k);

    if (!check_place (path, error))
      return FALSE;
    if (is_same_file (path, command_line->source) && !is_resaved (command_line, path)) {
      g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE,
                   "%s is the FILE to read; writing there would destroy it, so give another name",
                   path);
      return FALSE;
    }
    for (guint i = 0; i < k; i++) {
      if (!is_same_file (path, g_ptr_array_index (files, i)))
        continue;
      g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE,
                   "%s is named twice; every file to write needs its own name", path);
      return FALSE;
    }
  }

  return command_line->save_trajectory == NULL ||
         check_folder (command_line->save_trajectory, error);
}

static gboolean
check_method (
  EklExperiment *experiment, EklMethod method, const char *path, const char *option, GError **error)
{
  if (path == NULL || ekl_experiment_has_method (experiment, method))
    return TRUE;

  g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE,
               "%s needs the method %s, which is off; add it to --methods", option,
               ekl_method_get_name (method));
  return FALSE;
}

/**
 * ekl_outputs_new:
 * @command_line: what is to be written
 * @experiment: what is to be run
 * @error: return location for an error
 *
 * Makes ready for a run that is about to start: the trajectory's folder is made, the history
 * begins.
 *
 * Returns: (transfer full) (nullable): the outputs, or %NULL with an %EKL_CLI_ERROR
 */
EklOutputs *
ekl_outputs_new (const EklCommandLine *command_line, EklExperiment *experiment, GError **error)
{
  g_autoptr (EklOutputs) self = g_new0 (EklOutputs, 1);

  self->command_line = command_line;
  if (!check_method (experiment, EKL_METHOD_EKI, command_line->save_ensemble, "--save-ensemble",
                     error) ||
      !check_method (experiment, EKL_METHOD_GD, command_line->save_parameters, "--save-parameters",
                     error))
    return NULL;

  if (command_line->save_trajectory &&
      g_mkdir_with_parents (command_line->save_trajectory, 0777) != 0) {
    g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_OUTPUT, "the folder %s cannot be made: %s",
                 command_line->save_trajectory, g_strerror (errno));
    return NULL;
  }
  if (command_line->save_history) {
    self->history = ekl_history_file_new (command_line->save_history, error);
    if (self->history == NULL)
      return NULL;
  }

  return g_steal_pointer (&self);
}

/**
 * ekl_outputs_free:
 * @self: (nullable): outputs
 *
 * Frees them; a history that was not finished leaves no file.
 */
void
ekl_outputs_free (EklOutputs *self)
{
  if (self == NULL)
    return;

  ekl_history_file_free (self->history);
  g_free (self->rows);
  g_free (self);
}

/* The particles live in blocks of `real`; on their way to a file they are rows of doubles, (J,P).
 */
static double *
reserve (EklOutputs *self, gsize n, const char *path, GError **error)
{
  if (n <= self->n_rows)
    return self->rows;

  g_free (self->rows);
  self->rows = g_try_new (double, n);
  self->n_rows = self->rows ? n : 0;
  if (self->rows == NULL)
    g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_OUTPUT,
                 "%s cannot be written: that needs %.0f MB of memory, which cannot be had", path,
                 n * sizeof (double) / 1e6);
  return self->rows;
}

static gboolean
write_ensemble (EklOutputs *self, EklRun *run, const char *path, GError **error)
{
  const EklEnsemble *ensemble = ekl_run_get_ensemble (run);
  const gsize shape[] = { ekl_ensemble_get_size (ensemble),
                          ekl_run_get_network (run)->n_parameters };
  double *rows = reserve (self, shape[0] * shape[1], path, error);

  if (rows == NULL)
    return FALSE;

  ekl_ensemble_get_rows (ensemble, rows);
  return ekl_npy_write (path, 2, shape, rows, error);
}

static gboolean
write_parameters (EklOutputs *self, EklRun *run, const char *path, GError **error)
{
  const real *u = ekl_run_get_descent (run);
  const gsize shape[] = { ekl_run_get_network (run)->n_parameters };
  double *values = reserve (self, shape[0], path, error);

  if (values == NULL)
    return FALSE;

  for (gsize k = 0; k < shape[0]; k++)
    values[k] = u[k];
  return ekl_npy_write (path, 1, shape, values, error);
}

static char *
name_step (EklOutputs *self, guint64 step, const char *what)
{
  g_autofree char *name = g_strdup_printf ("step-%06" G_GUINT64_FORMAT "-%s.npy", step, what);

  return g_build_filename (self->command_line->save_trajectory, name, NULL);
}

/**
 * ekl_outputs_add_step:
 * @self: outputs
 * @run: a run that has just taken a step
 * @error: return location for an error
 *
 * Writes what is wanted of every step: the history's rows, the trajectory's files.
 *
 * Returns: %FALSE where something cannot be written
 */
gboolean
ekl_outputs_add_step (EklOutputs *self, EklRun *run, GError **error)
{
  const EklRecord *record = ekl_run_get_record (run);

  if (self->history && !ekl_history_file_append (self->history, record, error))
    return FALSE;
  if (self->command_line->save_trajectory == NULL)
    return TRUE;

  g_autofree char *ensemble = name_step (self, record->step, "ensemble");
  g_autofree char *parameters = name_step (self, record->step, "parameters");

  if (ekl_run_get_ensemble (run) && !write_ensemble (self, run, ensemble, error))
    return FALSE;

  return ekl_run_get_descent (run) == NULL || write_parameters (self, run, parameters, error);
}

/* With the changes that were recorded, those of the file that was read among them. */
static gboolean
save_experiment (EklRun *run, const char *path, GError **error)
{
  g_autoptr (EklExperiment) experiment = ekl_run_make_experiment (run);

  return ekl_experiment_save (experiment, path, error);
}

/**
 * ekl_outputs_finish:
 * @self: outputs
 * @run: a run that has ended, or was stopped
 * @error: return location for the first error
 *
 * Writes what is wanted of the end. One file that cannot be written keeps no other one from being
 * written.
 *
 * Returns: %FALSE where something could not be written
 */
gboolean
ekl_outputs_finish (EklOutputs *self, EklRun *run, GError **error)
{
  const EklCommandLine *asked = self->command_line;
  GError *errors[4] = { NULL };
  GError *first = NULL;

  if (self->history)
    ekl_history_file_finish (self->history, &errors[0]);
  if (asked->save_ensemble)
    write_ensemble (self, run, asked->save_ensemble, &errors[1]);
  if (asked->save_parameters)
    write_parameters (self, run, asked->save_parameters, &errors[2]);
  if (asked->save_experiment)
    save_experiment (run, asked->save_experiment, &errors[3]);

  for (guint k = 0; k < G_N_ELEMENTS (errors); k++) {
    if (first == NULL)
      first = errors[k];
    else
      g_clear_error (&errors[k]);
  }
  if (first == NULL)
    return TRUE;

  g_propagate_error (error, first);
  return FALSE;
}

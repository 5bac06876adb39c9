/* train.c - the command train
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "commands.h"

#include "summary.h"

#include <unistd.h>

#define LOOKS      40 /* at the ensemble, for its figure: a large one takes a second each */
#define LOOK_EVERY 50 /* where nobody knows when the run ends */

static guint64
get_look_interval (const EklCommandLine *command_line, guint n_steps)
{
  if (command_line->command != EKL_COMMAND_RENDER ||
      (command_line->figures & (1u << EKL_FIGURE_ENSEMBLE)) == 0)
    return 0;
  return n_steps > 0 ? MAX (1, n_steps / LOOKS) : LOOK_EVERY;
}

/**
 * ekl_command_run:
 * @command_line: what is asked for
 * @problem: the problem at its start
 * @history: (nullable): gets the records
 * @outcome: (out caller-allocates): what became of the methods
 * @error: return location for an error
 *
 * Says what the data are, where that is a terminal, trains, writes the files, prints the table. What is
 * printed says what the data were unless it went to the terminal where that stands already.
 *
 * Returns: %FALSE where something could not be written
 */
gboolean
ekl_command_run (EklCommandLine *command_line,
                 EklProblem *problem,
                 EklHistory *history,
                 EklOutcome *outcome,
                 GError **error)
{
  g_autoptr (EklOutputs) outputs = ekl_outputs_new (command_line, problem->experiment, error);
  g_autofree char *data = ekl_summary_format_data (problem->dataset, problem->experiment);
  const gboolean is_told = isatty (STDERR_FILENO);
  guint n_steps = ekl_experiment_get_step_limit (problem->experiment);
  const guint64 look_every = get_look_interval (command_line, n_steps);

  if (outputs == NULL)
    return FALSE;
  if (is_told)
    g_printerr ("%s", data);
  if (!ekl_training_run (problem->run, n_steps, outputs, history, look_every, outcome, error))
    return FALSE;

  /* files first: whoever reads the table may have gone, and the pipe's end would end the program */
  gboolean written = ekl_outputs_finish (outputs, problem->run, error);
  g_autofree char *summary =
    ekl_summary_format (ekl_run_get_record (problem->run), outcome, problem->dataset);
  g_print ("%s%s", summary, is_told && isatty (STDOUT_FILENO) ? "" : data);

  return written;
}

/**
 * ekl_command_train:
 * @command_line: what is asked for
 * @error: return location for an error
 *
 * Trains on FILE by both methods.
 *
 * Returns: the exit status, or -1 with an error
 */
int
ekl_command_train (EklCommandLine *command_line, GError **error)
{
  EklOutcome outcome;

  if (!ekl_outputs_check (command_line, error))
    return -1;

  g_autoptr (EklProblem) problem = ekl_problem_new (command_line, error);
  if (problem == NULL || !ekl_command_run (command_line, problem, NULL, &outcome, error))
    return -1;

  return outcome.stopped_by ? 128 + outcome.stopped_by : 0;
}

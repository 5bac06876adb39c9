/* application.c - from a command line to an exit status
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "commands.h"
#include "help.h"
#include "one_line.h"

#include <locale.h>

static int
run_command (EklCommandLine *command_line, GError **error)
{
  switch (command_line->command) {
  case EKL_COMMAND_TRAIN:
    return ekl_command_train (command_line, error);
  case EKL_COMMAND_RENDER:
    return ekl_command_render (command_line, error);
  case EKL_COMMAND_BENCH:
    return ekl_command_bench (command_line, error);
  case EKL_COMMAND_INSPECT:
    return ekl_command_inspect (command_line, error);
  case EKL_COMMAND_EXAMPLES:
    return ekl_command_examples (error);
  case EKL_COMMAND_VERSION:
    g_print ("eki-lab-cli %s\n", EKL_VERSION);
    return 0;
  case EKL_COMMAND_HELP:
  default: {
    g_autofree char *text = ekl_help_text (command_line->help_topic);
    g_print ("%s", text);
    return 0;
  }
  }
}

/* A value that no experiment can have is wrong usage wherever it is found out; all else is a
 * failure. */
static int
get_status (const GError *error)
{
  gboolean usage = g_error_matches (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE) ||
                   g_error_matches (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE) ||
                   g_error_matches (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_UNKNOWN_SETTING);

  return usage ? 2 : 1;
}

/**
 * ekl_cli_main:
 * @argc: how many words there are
 * @argv: (array length=argc): the command line
 *
 * The whole program: 0 done, 1 a failure, 2 wrong usage, 128 + n where signal n stopped a run. An
 * error is one sentence on standard error.
 *
 * Returns: the exit status
 */
int
ekl_cli_main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  /* The user's encoding for messages and names, but numbers with a point everywhere. */
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");

  g_autoptr (EklCommandLine) command_line = ekl_command_line_parse (argc, argv, &error);
  int status = command_line ? run_command (command_line, &error) : -1;
  if (status >= 0)
    return status;

  g_autofree char *sentence = ekl_one_line (error->message);
  g_printerr ("eki-lab-cli: %s\n", sentence);
  return get_status (error);
}

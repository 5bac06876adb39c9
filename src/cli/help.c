/* help.c - the text of --help
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "help.h"

#include "bench_cases.h"
#include "options.h"

#include <string.h>

/* Made for a terminal of 80 columns. */
#define LINE_WIDTH  79
#define HELP_COLUMN 29

/* Appends words, broken before LINE_WIDTH; lines after the first begin at `indent`. */
static void
append_wrapped (GString *text, guint column, guint indent, const char *sentence)
{
  g_auto (GStrv) words = g_strsplit (sentence, " ", -1);
  gboolean first = TRUE;

  for (guint k = 0; words[k]; k++) {
    guint length = g_utf8_strlen (words[k], -1);

    if (!first && column + 1 + length > LINE_WIDTH) {
      g_string_append_printf (text, "\n%*s", (int) indent, "");
      column = indent;
      first = TRUE;
    }
    g_string_append_printf (text, "%s%s", first ? "" : " ", words[k]);
    column += length + !first;
    first = FALSE;
  }
  g_string_append_c (text, '\n');
}

static void
append_option (GString *text, const char *left, const char *help)
{
  guint length = g_utf8_strlen (left, -1) + 2;

  g_string_append_printf (text, "  %s", left);
  if (length >= HELP_COLUMN)
    g_string_append_printf (text, "\n%*s", HELP_COLUMN, "");
  else
    g_string_append_printf (text, "%*s", (int) (HELP_COLUMN - length), "");
  append_wrapped (text, HELP_COLUMN, HELP_COLUMN, help);
}

/* What it does, and on lines of their own what it takes and what it is without. */
static void
append_setting (GString *text, EklExperiment *defaults, const char *name)
{
  const char *blurb = g_param_spec_get_blurb (ekl_experiment_get_pspec (name));
  g_autofree char *range = ekl_experiment_describe_range (name);
  g_autofree char *value = ekl_experiment_get_text (defaults, name);
  g_autofree char *left = g_strconcat ("--", name, NULL);
  g_autofree char *right = g_strdup_printf ("[%s; default: %s]", range, *value ? value : "none");

  append_option (text, left, blurb);
  g_string_append_printf (text, "%*s", HELP_COLUMN, "");
  append_wrapped (text, HELP_COLUMN, HELP_COLUMN, right);
}

static void
append_settings (GString *text)
{
  g_autoptr (EklExperiment) defaults = ekl_experiment_new ();
  guint n;
  const EklSettingInfo *settings = ekl_experiment_list_settings (&n);

  for (EklSettingGroup group = 0; group < EKL_SETTING_N_GROUPS; group++) {
    g_string_append_printf (text, "\n%s:\n", ekl_setting_group_get_title (group));
    for (guint k = 0; k < n; k++)
      if (settings[k].group == group && ekl_option_is_setting (settings[k].name))
        append_setting (text, defaults, settings[k].name);
  }
}

/* The command line's own options: those of `commands`, without those of `except`. */
static void
append_own (GString *text, const char *title, guint commands, guint except)
{
  guint n;
  const EklOption *options = ekl_options_list (&n);

  g_string_append_printf (text, "\n%s:\n", title);
  for (guint k = 0; k < n; k++) {
    if ((options[k].commands & commands) == 0 || (options[k].commands & except) != 0)
      continue;

    g_autoptr (GString) left = g_string_new (NULL);
    if (options[k].letter)
      g_string_append_printf (left, "-%c, ", options[k].letter);
    g_string_append_printf (left, "--%s", options[k].name);
    if (options[k].argument)
      g_string_append_printf (left, "=%s", options[k].argument);
    append_option (text, left->str, options[k].help);
  }
}

static void
append_usage (GString *text, EklCommand topic)
{
  guint n;
  const EklCommandName *commands = ekl_commands_list (&n);
  const char *lead = "Usage: ";

  for (guint k = 0; k < n; k++) {
    if (topic != EKL_COMMAND_HELP && topic != commands[k].command)
      continue;
    g_autofree char *line =
      g_strdup_printf ("eki-lab-cli %s %s", commands[k].name, commands[k].arguments);
    g_string_append_printf (text, "%s%s\n", lead, g_strchomp (line));
    lead = "       ";
  }
  g_string_append_c (text, '\n');

  for (guint k = 0; k < n; k++)
    if (topic == commands[k].command)
      append_wrapped (text, 0, 0, commands[k].help);
  if (topic != EKL_COMMAND_HELP)
    return;

  append_wrapped (
    text, 0, 0,
    "Trains a neural network by gradient descent and by ensemble Kalman inversion, side by side.");
  g_string_append (text, "\nCommands:\n");
  for (guint k = 0; k < n; k++)
    append_option (text, commands[k].name, commands[k].help);
}

static void
append_cases (GString *text)
{
  guint n;
  const EklBenchCase *cases = ekl_bench_cases_list (&n);

  g_string_append (text, "\nCases:\n");
  for (guint k = 0; k < n; k++)
    append_option (text, cases[k].name, cases[k].help);
  g_string_append_c (text, '\n');
  append_wrapped (
    text, 0, 0,
    "Data are random, all cores are used, and a row's time is the median of at least 5 repeats and "
    "half a second. The first row is the rate of matrix products, 1000 x 1000 on every core at "
    "once, in this program's precision; the share is of that rate.");
  append_wrapped (
    text, 0, 0,
    "Operations are those of the formulas' matrix products, for N rows, K = N times the outputs, P "
    "parameters, J particles. An EKI step, Kalman form with perturbed observations: 2NPJ and the "
    "cheaper of 3 J^2 K + 2 J^2 P and K^2 J + 4PJK. An epoch: 4NP, and 2N (P - P1) for the way "
    "back to the hidden layers, P1 being the first layer's parameters. The solve, softmax and "
    "random numbers are in the time only; so is the drawing of an epoch's batches. Of 3 J^2 K the "
    "program spends J^2 K, as the other product follows from the first.");
}

/**
 * ekl_help_text:
 * @topic: a command, or %EKL_COMMAND_HELP for all of them
 *
 * Writes the help: usage, then every option with what it does, its range and its default, all of
 * that taken from the settings themselves.
 *
 * Returns: (transfer full): text of at most 79 columns
 */
char *
ekl_help_text (EklCommand topic)
{
  guint trains = EKL_COMMAND_TRAIN | EKL_COMMAND_RENDER;
  guint shown = topic == EKL_COMMAND_HELP ? trains | EKL_COMMAND_EXAMPLES : topic;
  g_autoptr (GString) text = g_string_new (NULL);

  append_usage (text, topic);
  if (shown & trains) {
    g_string_append_c (text, '\n');
    append_wrapped (
      text, 0, 0,
      "FILE is a CSV (any delimiter, decimal mark and encoding; numbers and texts), an .ekilab "
      "experiment, a folder of pictures in IDX files (MNIST's format; its test set validates, "
      "whatever --train-fraction), or example:NAME. Columns are named by their header or number; a "
      "name that holds a comma goes in double quotes, inside the shell's: "
      "--target='\"price, EUR\",size'. A text is an input for each "
      "of its categories; a target of texts, or of all the whole numbers from 0 or 1 up to at most "
      "ten, is classes. Columns that only number the rows, empty ones, and texts with many "
      "categories are ignored unless --types names them. "
      "Options are written --name=value or --name value; a switch alone means yes. An "
      "option outweighs the experiment file, and that what suits the example. What an experiment "
      "file says is to change in the middle of the run (its groups [change 1], [change 2], ...: "
      "step, setting, after) changes when the run stands at that step.");
  }
  if (shown & EKL_COMMAND_RENDER)
    append_own (text, topic == EKL_COMMAND_HELP ? "Figures (render)" : "Figures",
                EKL_COMMAND_RENDER, EKL_COMMAND_TRAIN);
  if (shown & trains) {
    append_settings (text);
    append_own (text, "Files to write", EKL_COMMAND_TRAIN, EKL_COMMAND_EXAMPLES);
  }
  if (shown & EKL_COMMAND_BENCH)
    append_cases (text);
  append_own (text, "Help", EKL_COMMAND_EXAMPLES, 0);
  if (shown & trains) {
    g_string_append_c (text, '\n');
    append_wrapped (
      text, 0, 0,
      "Exit status: 0 done, 1 a failure, 2 wrong usage, 130 stopped by Ctrl+C (at the next step, "
      "after writing what was asked for).");
  }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

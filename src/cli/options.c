/* options.c - the options that are not settings of the experiment, and the names of commands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "options.h"

#include "nearest_name.h"

#include <string.h>

#define BOTH (EKL_COMMAND_TRAIN | EKL_COMMAND_RENDER)
#define EVERY                                                                                      \
  (BOTH | EKL_COMMAND_INSPECT | EKL_COMMAND_BENCH | EKL_COMMAND_EXAMPLES | EKL_COMMAND_HELP |      \
   EKL_COMMAND_VERSION)

/* The largest side of a picture: a PNG has twice as many pixels, and cairo's images end at 32767.
 */
#define MIN_SIDE 100
#define MAX_SIDE 8000

static gboolean
set_path (EklCommandLine *command_line, const EklOption *self, const char *text, GError **error)
{
  char **path = G_STRUCT_MEMBER_P (command_line, self->offset);

  if (*text == '\0') {
    g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE,
                 "--%s needs the name of what is to be written", self->name);
    return FALSE;
  }

  g_free (*path);
  *path = g_strdup (text);
  return TRUE;
}

static gboolean
add_picture (EklCommandLine *command_line, const EklOption *self, const char *text, GError **error)
{
  static const char *const endings[] = { ".png", ".svg", ".pdf", ".csv" };

  for (guint k = 0; k < G_N_ELEMENTS (endings); k++) {
    gsize length = strlen (text), ending = strlen (endings[k]);

    if (length > ending && g_ascii_strcasecmp (text + length - ending, endings[k]) == 0) {
      g_ptr_array_add (command_line->pictures, g_strdup (text));
      return TRUE;
    }
  }

  g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE,
               "--%s: the name \"%s\" must end in .png, .svg or .pdf, which says how to draw, or "
               "in .csv for the numbers",
               self->name, text);
  return FALSE;
}

/* The bits of one name; 0 where it is none. */
static guint
find_figure (const char *name)
{
  if (strcmp (name, "all") == 0)
    return (1u << EKL_N_FIGURES) - 1;

  for (guint k = 0; k < EKL_N_FIGURES; k++)
    if (strcmp (name, ekl_figure_kind_get_name (k)) == 0)
      return 1u << k;

  return 0;
}

static gboolean
set_figures (EklCommandLine *command_line, const EklOption *self, const char *text, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);
  guint figures = 0;
  gboolean known = names[0] != NULL;

  for (guint k = 0; names[k]; k++) {
    guint found = find_figure (g_strstrip (names[k]));

    known = known && found != 0;
    figures |= found;
  }
  if (!known) {
    g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE,
                 "--%s must be one or more of loss, plane, predictions and ensemble with commas "
                 "between them, or all, not \"%s\"",
                 self->name, text);
    return FALSE;
  }

  command_line->figures = figures;
  return TRUE;
}

static gboolean
set_theme (EklCommandLine *command_line, const EklOption *self, const char *text, GError **error)
{
  static const struct {
    const char *name;
    EklThemeKind kind;
  } themes[] = {
    { "light", EKL_THEME_LIGHT },
    { "dark", EKL_THEME_DARK },
    { "presenter", EKL_THEME_PRESENTER },
    { "print", EKL_THEME_PRINT },
  };

  for (guint k = 0; k < G_N_ELEMENTS (themes); k++) {
    if (strcmp (text, themes[k].name) == 0) {
      command_line->theme = themes[k].kind;
      return TRUE;
    }
  }

  g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE,
               "--%s must be light, dark, presenter or print, not \"%s\"", self->name, text);
  return FALSE;
}

static gboolean
set_side (EklCommandLine *command_line, const EklOption *self, const char *text, GError **error)
{
  double *side = G_STRUCT_MEMBER_P (command_line, self->offset);
  char *end = NULL;
  double value = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || !(value >= MIN_SIDE && value <= MAX_SIDE)) {
    g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE,
                 "--%s must be a number from %d to %d, not \"%s\"", self->name, MIN_SIDE, MAX_SIDE,
                 text);
    return FALSE;
  }

  *side = value;
  return TRUE;
}

/* One of some words; the number of it goes to the member. */
static gboolean
set_word (EklCommandLine *command_line,
          const EklOption *self,
          const char *text,
          const char *const *words,
          guint n,
          GError **error)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint k = 0; k < n; k++) {
    if (strcmp (text, words[k]) == 0) {
      G_STRUCT_MEMBER (guint, command_line, self->offset) = k;
      return TRUE;
    }
    g_string_append_printf (list, "%s%s", k == 0 ? "" : k + 1 < n ? ", " : " or ", words[k]);
  }

  g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE, "--%s must be %s, not \"%s\"", self->name,
               list->str, text);
  return FALSE;
}

static gboolean
set_view (EklCommandLine *command_line, const EklOption *self, const char *text, GError **error)
{
  return set_word (command_line, self, text, ekl_predictions_view_names, EKL_N_PREDICTIONS_VIEWS,
                   error);
}

static gboolean
set_shown (EklCommandLine *command_line, const EklOption *self, const char *text, GError **error)
{
  return set_word (command_line, self, text, ekl_shown_names, EKL_N_SHOWN, error);
}

static gboolean
set_quantity (EklCommandLine *command_line, const EklOption *self, const char *text, GError **error)
{
  return set_word (command_line, self, text, ekl_ensemble_quantity_names, EKL_N_ENSEMBLE_QUANTITIES,
                   error);
}

static gboolean
set_x_axis (EklCommandLine *command_line, const EklOption *self, const char *text, GError **error)
{
  return set_word (command_line, self, text, ekl_loss_axis_names, EKL_N_LOSS_AXES, error);
}

static gboolean
set_count (EklCommandLine *command_line, const EklOption *self, const char *text, GError **error)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT, &value, NULL)) {
    g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE,
                 "--%s must be a whole number from 1, not \"%s\"", self->name, text);
    return FALSE;
  }

  G_STRUCT_MEMBER (guint, command_line, self->offset) = (guint) value;
  return TRUE;
}

#define MEMBER(name) G_STRUCT_OFFSET (EklCommandLine, name)

static const EklOption options[] = {
  { "save-ensemble", 0, BOTH, "U.npy", "Write the final particles, shape (J,P)", set_path,
    MEMBER (save_ensemble) },
  { "save-parameters", 0, BOTH, "u.npy", "Write gradient descent's final parameters, shape (P)",
    set_path, MEMBER (save_parameters) },
  { "save-trajectory", 0, BOTH, "DIR",
    "Make the folder DIR and write both after every step: step-000001-ensemble.npy, "
    "step-000001-parameters.npy and so on",
    set_path, MEMBER (save_trajectory) },
  { "save-history", 0, BOTH, "FILE.csv",
    "Write a row a step and method: step, epoch, method, train_loss, validation_loss, metric, h, "
    "time, "
    "model_runs, seconds, spread; a cell is empty where there is no such number or it was not "
    "computed",
    set_path, MEMBER (save_history) },
  { "save-experiment", 0, BOTH, "FILE.ekilab",
    "Write all settings, so that the run can be repeated", set_path, MEMBER (save_experiment) },
  { "output", 'o', EKL_COMMAND_RENDER, "OUT",
    "Draw into the file OUT (.png, .svg or .pdf), or write its numbers (.csv); may be given more "
    "than once. With several "
    "figures, each "
    "has its name before the ending: curves.png becomes curves-loss.png, curves-plane.png and so "
    "on",
    add_picture, 0 },
  { "figure", 0, EKL_COMMAND_RENDER, "NAMES",
    "What to draw: one or more of loss, plane, predictions and ensemble with commas between them, "
    "or all "
    "[default: loss]",
    set_figures, 0 },
  { "width", 0, EKL_COMMAND_RENDER, "N",
    "Width of a figure, in pixels at 1x (a PNG has twice as many) or points [default: 900]",
    set_side, MEMBER (width) },
  { "height", 0, EKL_COMMAND_RENDER, "N", "Height of a figure, likewise [default: 600]", set_side,
    MEMBER (height) },
  { "theme", 0, EKL_COMMAND_RENDER, "NAME",
    "light, dark, presenter (large) or print [default: print]", set_theme, 0 },
  { "view", 0, EKL_COMMAND_RENDER, "NAME",
    "Predictions: scatter (predicted against true), residuals, confusion (of classes), pictures, "
    "or "
    "auto, which is a curve or a field over one or two inputs, else pictures, confusion or "
    "scatter; a view "
    "that "
    "the problem does not have is auto [default: auto]",
    set_view, MEMBER (view) },
  { "show", 0, EKL_COMMAND_RENDER, "NAME",
    "Predictions over two inputs and confusion: whose answers, eki or gd, or disagreement of the "
    "particles [default: eki]",
    set_shown, MEMBER (shown) },
  { "show-output", 0, EKL_COMMAND_RENDER, "N",
    "Predictions: which target or class, by number from 1 [default: 1]", set_count,
    MEMBER (output_shown) },
  { "first-picture", 0, EKL_COMMAND_RENDER, "N",
    "Predictions of pictures: the first on the page [default: 1]", set_count,
    MEMBER (first_picture) },
  { "quantity", 0, EKL_COMMAND_RENDER, "NAME",
    "Ensemble: spread, with the effective rank below it, spectrum, cosines, span, step-sizes or "
    "repaired [default: spread]",
    set_quantity, MEMBER (quantity) },
  { "x-axis", 0, EKL_COMMAND_RENDER, "NAME",
    "Loss and ensemble: step, epoch, runs, time or seconds [default: step]", set_x_axis,
    MEMBER (x_axis) },
  { "help", 'h', EVERY, NULL, "Show this help and do nothing else", NULL, 0 },
  { "version", 0, EVERY, NULL, "Show the version and do nothing else", NULL, 0 },
};

static const EklCommandName commands[] = {
  { "train", EKL_COMMAND_TRAIN, "FILE [OPTION...]",
    "Train on FILE by both methods and print how well" },
  { "render", EKL_COMMAND_RENDER, "FILE -o OUT [OPTION...]", "Train likewise, then draw figures" },
  { "inspect", EKL_COMMAND_INSPECT, "FILE",
    "Print what the reader makes of FILE (a CSV, a folder of pictures, a .npy), as a key file" },
  { "bench", EKL_COMMAND_BENCH, "[CASE...]",
    "Time the cases named, or all: a row each with name, median in ms, GFLOP/s and share of the "
    "rate "
    "of matrix products" },
  { "examples", EKL_COMMAND_EXAMPLES, "", "List the built-in examples, a line each" },
};

/**
 * ekl_options_list:
 * @n: (out): how many there are
 *
 * The command line's own options. The others are made from the settings of the experiment.
 *
 * Returns: (array length=n): the options, in the order of the help
 */
const EklOption *
ekl_options_list (guint *n)
{
  *n = G_N_ELEMENTS (options);
  return options;
}

/**
 * ekl_options_find:
 * @name: a name without dashes
 * @command: the command it is given to
 *
 * Returns: (nullable): the option of that name, where the command takes it
 */
const EklOption *
ekl_options_find (const char *name, EklCommand command)
{
  for (guint k = 0; k < G_N_ELEMENTS (options); k++)
    if (strcmp (options[k].name, name) == 0 && (options[k].commands & command) != 0)
      return &options[k];

  return NULL;
}

/**
 * ekl_options_find_letter:
 * @letter: the letter after a single dash
 * @command: the command it is given to
 *
 * Returns: (nullable): the option with that letter, where the command takes it
 */
const EklOption *
ekl_options_find_letter (char letter, EklCommand command)
{
  for (guint k = 0; k < G_N_ELEMENTS (options); k++)
    if (letter != 0 && options[k].letter == letter && (options[k].commands & command) != 0)
      return &options[k];

  return NULL;
}

/**
 * ekl_commands_list:
 * @n: (out): how many there are
 *
 * Returns: (array length=n): the commands, in the order of the help
 */
const EklCommandName *
ekl_commands_list (guint *n)
{
  *n = G_N_ELEMENTS (commands);
  return commands;
}

/**
 * ekl_commands_find:
 * @name: the first word of a command line
 *
 * Returns: (nullable): the command of that name
 */
const EklCommandName *
ekl_commands_find (const char *name)
{
  for (guint k = 0; k < G_N_ELEMENTS (commands); k++)
    if (strcmp (commands[k].name, name) == 0)
      return &commands[k];

  return NULL;
}

/**
 * ekl_commands_get:
 * @command: a command
 *
 * Returns: (nullable): its entry, or %NULL for help and version, which are no words
 */
const EklCommandName *
ekl_commands_get (EklCommand command)
{
  for (guint k = 0; k < G_N_ELEMENTS (commands); k++)
    if (commands[k].command == command)
      return &commands[k];

  return NULL;
}

/**
 * ekl_option_is_setting:
 * @name: a name without dashes
 *
 * Whether `--name` sets a property of the experiment. All do but `data`, whose place is the FILE.
 *
 * Returns: %TRUE for a setting's option
 */
gboolean
ekl_option_is_setting (const char *name)
{
  return strcmp (name, "data") != 0 && ekl_experiment_find_setting (name) != NULL;
}

/**
 * ekl_options_suggest:
 * @name: an unknown name, without dashes
 * @command: the command it was given to
 *
 * Returns: (nullable): a fragment such as `; did you mean --steps?`, or %NULL where no name is near
 */
char *
ekl_options_suggest (const char *name, EklCommand command)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  guint n_settings;
  const EklSettingInfo *settings = ekl_experiment_list_settings (&n_settings);

  if (command & BOTH)
    for (guint k = 0; k < n_settings; k++)
      if (ekl_option_is_setting (settings[k].name))
        g_ptr_array_add (known, (gpointer) settings[k].name);
  for (guint k = 0; k < G_N_ELEMENTS (options); k++)
    if (options[k].commands & command)
      g_ptr_array_add (known, (gpointer) options[k].name);

  const char *nearest = ekl_nearest_name (name, known);
  return nearest ? g_strdup_printf ("did you mean --%s?", nearest) : NULL;
}

/**
 * ekl_commands_suggest:
 * @name: an unknown command
 *
 * Returns: a sentence's second half: the nearest command, or which commands there are
 */
char *
ekl_commands_suggest (const char *name)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  for (guint k = 0; k < G_N_ELEMENTS (commands); k++)
    g_ptr_array_add (known, (gpointer) commands[k].name);

  const char *nearest = ekl_nearest_name (name, known);
  return nearest ? g_strdup_printf ("did you mean %s?", nearest)
                 : g_strdup ("the commands are train, render, inspect, bench and examples");
}

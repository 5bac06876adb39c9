/* command_line.c - what the user typed, understood and checked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "command_line.h"

#include "bench_cases.h"
#include "options.h"

#include <string.h>

G_DEFINE_QUARK (ekl_cli_error_quark, ekl_cli_error)

/* The words that are still to be read. */
typedef struct {
  char **words;
  int n, next;
} Words;

static EklCommandLine *
command_line_new (void)
{
  EklCommandLine *self = g_new0 (EklCommandLine, 1);

  self->command = EKL_COMMAND_HELP;
  self->help_topic = EKL_COMMAND_HELP;
  self->settings = g_ptr_array_new_with_free_func (g_free);
  self->cases = g_ptr_array_new_with_free_func (g_free);
  self->pictures = g_ptr_array_new_with_free_func (g_free);
  self->figures = 1u << EKL_FIGURE_LOSS;
  self->theme = EKL_THEME_PRINT;
  self->output_shown = 1;
  self->first_picture = 1;
  self->width = 900;
  self->height = 600;
  return self;
}

/**
 * ekl_command_line_free:
 * @self: a command line
 *
 * Frees it and all it holds.
 */
void
ekl_command_line_free (EklCommandLine *self)
{
  if (self == NULL)
    return;

  g_free (self->source);
  g_free (self->save_ensemble);
  g_free (self->save_parameters);
  g_free (self->save_trajectory);
  g_free (self->save_history);
  g_free (self->save_experiment);
  g_ptr_array_unref (self->settings);
  g_ptr_array_unref (self->cases);
  g_ptr_array_unref (self->pictures);
  g_free (self);
}

/* The value of an option that was given without `=`: the next word, unless that is an option
 * itself. */
static const char *
take_value (Words *words, const char *option, GError **error)
{
  if (words->next < words->n && !g_str_has_prefix (words->words[words->next], "--"))
    return words->words[words->next++];

  g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE, "%s needs a value: %s=VALUE", option,
               option);
  return NULL;
}

/* A switch may stand alone, for yes; it takes the next word only where that can be nothing but its
 * value. */
static const char *
take_switch_value (Words *words)
{
  static const char *const values[] = { "yes", "no", "true", "false", NULL };

  if (words->next < words->n && g_strv_contains (values, words->words[words->next]))
    return words->words[words->next++];

  return "yes";
}

static gboolean
parse_setting (EklCommandLine *self,
               EklExperiment *scratch,
               Words *words,
               const char *name,
               const char *text,
               GError **error)
{
  g_autofree char *option = g_strconcat ("--", name, NULL);
  g_autoptr (GError) reason = NULL;

  if (text == NULL && G_IS_PARAM_SPEC_BOOLEAN (ekl_experiment_get_pspec (name)))
    text = take_switch_value (words);
  else if (text == NULL)
    text = take_value (words, option, error);
  if (text == NULL)
    return FALSE;

  if (!ekl_experiment_set_text (scratch, name, text, &reason)) {
    g_set_error_literal (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE, reason->message);
    return FALSE;
  }

  g_ptr_array_add (self->settings, g_strdup (name));
  g_ptr_array_add (self->settings, g_strdup (text));
  return TRUE;
}

/* Options of the command line itself; those without a setter are --help and --version. */
static gboolean
parse_own (EklCommandLine *self,
           const EklOption *option,
           Words *words,
           const char *written,
           const char *text,
           GError **error)
{
  if (option->set == NULL && text != NULL) {
    g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE, "--%s takes no value", option->name);
    return FALSE;
  }

  if (option->set == NULL) {
    self->help_topic = self->command;
    self->command = option->letter == 'h' ? EKL_COMMAND_HELP : EKL_COMMAND_VERSION;
    return TRUE;
  }

  if (text == NULL)
    text = take_value (words, written, error);

  return text != NULL && option->set (self, option, text, error);
}

static void
refuse_option (EklCommandLine *self, const char *written, GError **error)
{
  const EklCommandName *command = ekl_commands_get (self->command);

  if (command == NULL) {
    g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE,
                 "%s stands before any command; write eki-lab-cli train FILE %s", written, written);
    return;
  }

  g_autofree char *suggestion = ekl_options_suggest (written + 2, self->command);
  if (suggestion == NULL)
    suggestion = g_strdup_printf ("eki-lab-cli %s --help lists them", command->name);
  g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE, "%s: there is no option %s; %s",
               command->name, written, suggestion);
}

static gboolean
parse_long (
  EklCommandLine *self, EklExperiment *scratch, Words *words, const char *word, GError **error)
{
  const char *equals = strchr (word, '=');
  g_autofree char *written = equals ? g_strndup (word, equals - word) : g_strdup (word);
  const char *name = written + 2, *text = equals ? equals + 1 : NULL;
  const EklOption *option = ekl_options_find (name, self->command);

  if (option)
    return parse_own (self, option, words, written, text, error);

  if ((self->command & (EKL_COMMAND_TRAIN | EKL_COMMAND_RENDER)) && ekl_option_is_setting (name))
    return parse_setting (self, scratch, words, name, text, error);

  refuse_option (self, written, error);
  return FALSE;
}

static gboolean
parse_short (EklCommandLine *self, Words *words, const char *word, GError **error)
{
  const EklOption *option = ekl_options_find_letter (word[1], self->command);
  const char *text = word[2] != '\0' ? word + 2 : NULL;
  char written[] = { '-', word[1], '\0' };

  if (option)
    return parse_own (self, option, words, written, text, error);

  g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE,
               "there is no option %s; eki-lab-cli --help lists them", word);
  return FALSE;
}

static gboolean
add_case (EklCommandLine *self, const char *word, GError **error)
{
  if (ekl_bench_cases_find (word) == NULL) {
    g_autofree char *names = ekl_bench_cases_to_text ();
    g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE,
                 "bench: there is no case \"%s\"; the cases are %s", word, names);
    return FALSE;
  }

  g_ptr_array_add (self->cases, g_strdup (word));
  return TRUE;
}

static gboolean
parse_operand (EklCommandLine *self, const char *word, GError **error)
{
  const EklCommandName *command = ekl_commands_get (self->command);

  if (self->command == EKL_COMMAND_BENCH)
    return add_case (self, word, error);
  if (self->command == EKL_COMMAND_EXAMPLES) {
    g_set_error (
      error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE,
      "examples takes no FILE, but \"%s\" was given; to use an example: train example:NAME", word);
    return FALSE;
  }
  if (self->source) {
    g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE,
                 "%s takes one FILE, but \"%s\" and \"%s\" were given", command->name, self->source,
                 word);
    return FALSE;
  }

  self->source = g_strdup (word);
  return TRUE;
}

static gboolean
parse_words (EklCommandLine *self, Words *words, GError **error)
{
  g_autoptr (EklExperiment) scratch = ekl_experiment_new ();
  gboolean options_end = FALSE;

  while (words->next < words->n) {
    const char *word = words->words[words->next++];
    gboolean ok;

    if (!options_end && strcmp (word, "--") == 0) {
      options_end = TRUE;
      continue;
    }
    if (!options_end && g_str_has_prefix (word, "--"))
      ok = parse_long (self, scratch, words, word, error);
    else if (!options_end && word[0] == '-' && word[1] != '\0')
      ok = parse_short (self, words, word, error);
    else
      ok = parse_operand (self, word, error);

    if (!ok)
      return FALSE;
    if (self->command & (EKL_COMMAND_HELP | EKL_COMMAND_VERSION))
      return TRUE;
  }

  return TRUE;
}

static gboolean
parse_command (EklCommandLine *self, Words *words, GError **error)
{
  if (words->n < 2) {
    g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE,
                 "no command was given: train, render, inspect, bench or examples; eki-lab-cli "
                 "--help says more");
    return FALSE;
  }

  const char *word = words->words[1];
  if (word[0] == '-')
    return TRUE;

  const EklCommandName *command = ekl_commands_find (word);
  if (command == NULL) {
    g_autofree char *suggestion = ekl_commands_suggest (word);
    g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE, "there is no command \"%s\"; %s", word,
                 suggestion);
    return FALSE;
  }

  self->command = command->command;
  words->next = 2;
  return TRUE;
}

/* What no single word shows: something is missing, or two words contradict each other. */
static gboolean
check_whole (EklCommandLine *self, GError **error)
{
  const EklCommandName *command = ekl_commands_get (self->command);
  gboolean trains = (self->command & (EKL_COMMAND_TRAIN | EKL_COMMAND_RENDER)) != 0;

  if (self->command == EKL_COMMAND_INSPECT && self->source == NULL) {
    g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE,
                 "inspect needs a FILE: a CSV, a folder of pictures or a .npy file");
    return FALSE;
  }
  if (trains && self->source == NULL) {
    g_set_error (
      error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE,
      "%s needs a FILE: a CSV, an .ekilab experiment or example:NAME, such as example:boston",
      command->name);
    return FALSE;
  }
  if (self->command == EKL_COMMAND_RENDER && self->pictures->len == 0) {
    g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE,
                 "render needs a file to draw into: -o OUT.png, .svg or .pdf");
    return FALSE;
  }

  return TRUE;
}

/**
 * ekl_command_line_parse:
 * @argc: how many words there are
 * @argv: (array length=argc): the words, the program's name first
 * @error: return location for an error
 *
 * Reads a command line: `COMMAND [FILE] --name=value --name value -o value`, options and FILE in
 * any order, `--` ends the options. Every value is checked here, so that a wrong one costs nothing;
 * files are not touched.
 *
 * Returns: (transfer full) (nullable): the command line, or %NULL with %EKL_CLI_ERROR_USAGE
 */
EklCommandLine *
ekl_command_line_parse (int argc, char **argv, GError **error)
{
  g_autoptr (EklCommandLine) self = command_line_new ();
  Words words = { argv, argc, 1 };

  if (!parse_command (self, &words, error) || !parse_words (self, &words, error) ||
      !check_whole (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * ekl_command_line_apply_settings:
 * @self: a command line
 * @experiment: the experiment that the options are for
 * @error: return location for an error
 *
 * Sets every setting that was given, the last one of a name winning.
 *
 * Returns: %FALSE with %EKL_CLI_ERROR_USAGE where a value does not fit the experiment
 */
gboolean
ekl_command_line_apply_settings (EklCommandLine *self, EklExperiment *experiment, GError **error)
{
  for (guint k = 0; k + 1 < self->settings->len; k += 2) {
    g_autoptr (GError) reason = NULL;

    if (!ekl_experiment_set_text (experiment, g_ptr_array_index (self->settings, k),
                                  g_ptr_array_index (self->settings, k + 1), &reason)) {
      g_set_error_literal (error, EKL_CLI_ERROR, EKL_CLI_ERROR_USAGE, reason->message);
      return FALSE;
    }
  }

  return TRUE;
}

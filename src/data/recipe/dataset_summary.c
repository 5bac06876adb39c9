/* dataset_summary.c - what became of the data on their way into a dataset, in numbers and sentences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dataset_summary.h"

#include "one_line.h"

/**
 * ekl_dataset_summary_new:
 *
 * Returns: (transfer full): a summary of nothing, without notes
 */
EklDatasetSummary *
ekl_dataset_summary_new (void)
{
  EklDatasetSummary *self = g_new0 (EklDatasetSummary, 1);

  self->notes = g_new0 (char *, 1);
  self->window_notes = g_new0 (char *, 1);
  return self;
}

/**
 * ekl_dataset_summary_free:
 * @self: (nullable): a summary
 */
void
ekl_dataset_summary_free (EklDatasetSummary *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->notes);
  g_strfreev (self->window_notes);
  g_free (self);
}

static char **
append_line (char **lines, const char *text)
{
  const guint n = g_strv_length (lines);

  lines = g_renew (char *, lines, n + 2);
  lines[n] = ekl_one_line (text);
  lines[n + 1] = NULL;
  return lines;
}

/**
 * ekl_dataset_summary_add:
 * @self: a summary
 * @note: (transfer full): a sentence
 *
 * Adds a note behind the others, as one line whatever it quotes.
 */
void
ekl_dataset_summary_add (EklDatasetSummary *self, char *note)
{
  g_autofree char *given = note;

  ekl_dataset_summary_add_advice (self, given, "", "");
}

/**
 * ekl_dataset_summary_add_advice:
 * @self: a summary
 * @note: a sentence
 * @option: what to do about it, as the command line and experiments say it; follows the sentence
 * @window: the same, as the window says it
 *
 * Adds a note behind the others, as one line whatever it quotes.
 */
void
ekl_dataset_summary_add_advice (EklDatasetSummary *self,
                                const char *note,
                                const char *option,
                                const char *window)
{
  g_autofree char *with_option = g_strconcat (note, option, NULL);
  g_autofree char *with_window = g_strconcat (note, window, NULL);

  self->notes = append_line (self->notes, with_option);
  self->window_notes = append_line (self->window_notes, with_window);
}

static void G_GNUC_PRINTF (2, 3) append (GString *text, const char *format, ...)
{
  va_list arguments;

  if (text->len > 0)
    g_string_append (text, ", ");
  va_start (arguments, format);
  g_string_append_vprintf (text, format, arguments);
  va_end (arguments);
}

/* "1 row", "2 rows, what" */
static void
append_count (GString *text, guint n, const char *thing, const char *what)
{
  append (text, "%u %s%s%s", n, thing, n == 1 ? "" : "s", what);
}

/* "2 rows dropped: missing", "5 rows dropped: 3 missing, 2 bad" */
static void
append_dropped (GString *text, const EklDatasetSummary *self)
{
  const guint missing = self->n_dropped_missing, bad = self->n_dropped_bad;

  if (missing + bad == 0)
    return;
  append_count (text, missing + bad, "row", " dropped: ");
  if (missing > 0 && bad > 0)
    g_string_append_printf (text, "%u missing, %u bad", missing, bad);
  else
    g_string_append (text, missing > 0 ? "missing" : "bad");
}

static void
append_inputs (GString *text, const EklDatasetSummary *self)
{
  if (self->picture_width > 0)
    append (text, "%u×%u pixels", self->picture_height, self->picture_width);
  if (self->n_features > 0)
    append_count (text, self->n_features, "feature", "");
  if (self->n_features > 0 && self->n_inputs != self->n_features)
    g_string_append_printf (text, " in %u inputs", self->n_inputs);
  if (self->n_classes > 0)
    append (text, "%u classes", self->n_classes);
}

/**
 * ekl_dataset_summary_format:
 * @self: a summary
 *
 * Returns: (transfer full): one line without its end and without the notes: "404 training rows, 102
 *   validation, 13 features, 2 rows dropped: missing"
 */
char *
ekl_dataset_summary_format (const EklDatasetSummary *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *thing = self->picture_width > 0 ? "picture" : "row";

  append (text, "%u training %s%s", self->n_training, thing, self->n_training == 1 ? "" : "s");
  if (self->n_validation > 0)
    append (text, "%u validation", self->n_validation);
  append_inputs (text, self);
  append_dropped (text, self);
  if (self->n_filled > 0)
    append_count (text, self->n_filled, "cell", " filled in");
  if (self->n_left_out > 0)
    append_count (text, self->n_left_out, thing, " not used");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

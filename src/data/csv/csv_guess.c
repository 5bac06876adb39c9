/* csv_guess.c - how a text holds a table, found by looking at its first records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv_guess.h"

#include <string.h>

#define FIRST_LINES 1000
#define MAX_COLUMNS 100000

/**
 * ekl_csv_format_get_marks:
 * @format: a format in which nothing is automatic
 *
 * Returns: the marks of its numbers
 */
EklNumberMarks
ekl_csv_format_get_marks (const EklCsvFormat *format)
{
  return (EklNumberMarks){ (char) format->decimal,
                           format->thousands > 0 ? (char) format->thousands : 0 };
}

/**
 * ekl_csv_guess_doubt:
 * @self: a guess
 * @field: a part of the format
 * @sentence: (transfer full): why it may be another
 *
 * Notes a doubt, in place of any former one.
 */
void
ekl_csv_guess_doubt (EklCsvGuess *self, EklCsvField field, char *sentence)
{
  g_free (self->doubts[field]);
  self->doubts[field] = sentence;
}

/* However many there are, the first records are behind them. */
static void
skip_blank_lines (EklCsvGuess *self)
{
  for (const char *at = self->start; strchr (" \t\r\n", *at) != NULL && *at != '\0'; at++)
    if (*at == '\n' || (*at == '\r' && at[1] != '\n')) {
      self->start = at + 1;
      self->start_line++;
    }
}

/* Spreadsheets write "sep=;" as the first line, and read it. */
static void
read_separator_line (EklCsvGuess *self)
{
  const char *at = self->start, *end = ekl_csv_find_line_end (at);
  gboolean quoted = *at == '"';
  EklCsvFormat format = self->format;

  at += quoted;
  if (g_ascii_strncasecmp (at, "sep=", 4) != 0 || end - at != 5 + quoted || g_ascii_isalnum (at[4]))
    return;
  format.delimiter = at[4];
  if (self->format.delimiter == EKL_CSV_AUTOMATIC && at[4] > 0 && ekl_csv_format_is_valid (&format))
    self->format.delimiter = at[4];
  self->start = ekl_csv_skip_line_end (end);
  self->start_line++;
}

typedef struct {
  guint n_lines;        /* not blank */
  guint n_with, n_lead; /* that begin with the character; of those, before all others */
} LineCount;

static LineCount
count_lines (const char *at, const char *end, char character)
{
  LineCount count = { 0 };

  for (guint k = 0; k < FIRST_LINES && at < end; k++) {
    while (*at == ' ' || *at == '\t')
      at++;
    if (*at == character) {
      count.n_lead += count.n_with == count.n_lines;
      count.n_with++;
    }
    count.n_lines += *at != '\n' && *at != '\r' && *at != '\0';
    at = ekl_csv_skip_line_end (ekl_csv_find_line_end (at));
  }
  return count;
}

/* Comments come first, or are few; where most lines begin so, it is a part of the data. */
static int
guess_comment (const EklCsvGuess *self)
{
  static const char candidates[] = "#%";

  for (guint k = 0; candidates[k] != '\0'; k++) {
    LineCount count = { 0 };
    if (candidates[k] != self->format.delimiter)
      count = count_lines (self->start, self->dialect.end, candidates[k]);
    if (count.n_with > 0 && count.n_with < count.n_lines &&
        (count.n_lead == count.n_with || 2 * count.n_with < count.n_lines ||
         (count.n_lead > 0 && 4 * count.n_with <= 3 * count.n_lines)))
      return candidates[k];
  }
  return EKL_CSV_NONE;
}

static gboolean
is_border (char c)
{
  return c != '\0' && strchr (",;\t| \n\r", c) != NULL;
}

/* Single quotation marks count only where no double ones are, and in pairs about whole cells. */
static int
guess_quote (const EklCsvGuess *self)
{
  const char *end = self->dialect.end;
  gsize length = MIN ((gsize) (end - self->start), 65536);
  guint n_opening = 0, n_closing = 0, n_all = 0;

  if (memchr (self->start, '"', length) != NULL || self->format.delimiter == '\'')
    return '"';
  for (const char *at = self->start; at < self->start + length; at++) {
    if (*at != '\'')
      continue;
    n_all++;
    n_opening += at == self->start || is_border (at[-1]);
    n_closing += at[1] == '\0' || is_border (at[1]);
  }
  return n_opening >= 2 && n_opening == n_closing && n_all <= 2 * n_opening + n_opening / 2 ? '\''
                                                                                            : '"';
}

/**
 * ekl_csv_guess_characters:
 * @self: a guess that knows its text
 *
 * Finds quotation mark and comments, by the characters of the first lines.
 */
void
ekl_csv_guess_characters (EklCsvGuess *self)
{
  skip_blank_lines (self);
  read_separator_line (self);
  if (self->format.comment == EKL_CSV_AUTOMATIC)
    self->format.comment = guess_comment (self);
  if (self->format.quote == EKL_CSV_AUTOMATIC)
    self->format.quote = guess_quote (self);
}

static void
set_dialect (EklCsvGuess *self)
{
  const EklCsvFormat *format = &self->format;

  ekl_csv_dialect_init (&self->dialect, self->dialect.end, (char) MAX (format->delimiter, 0),
                        (char) MAX (format->quote, 0), (char) MAX (format->comment, 0));
}

/* Rows of nothing but delimiters, at the end: spreadsheets write them as far as someone once typed. */
static void
leave_out_empty_rows (EklCsvGuess *self, const EklCsvText *text)
{
  const char delimiter = self->dialect.delimiter;
  const char *end = self->dialect.end, *at = end;

  if (delimiter == '\0')
    return;
  while (at > self->start && (at[-1] == delimiter || strchr (" \t\r\n", at[-1]) != NULL))
    if (*--at == '\n' || *at == '\r')
      end = at;
  if (at == self->start)
    end = at;
  text->owned[end - text->owned] = '\0';
  self->dialect.end = self->dialect.quotes_end = end;
}

static void
guess_marks (EklCsvGuess *self)
{
  g_autofree EklCsvMarksColumn *columns = NULL;
  guint n_columns = 0;
  const char *doubt;

  for (guint r = 0; r < self->sample->len; r++)
    n_columns = MAX (n_columns, ekl_csv_sample_get (self->sample, r)->n_cells);
  columns = g_new0 (EklCsvMarksColumn, MAX (n_columns, 1));
  for (guint r = 0; r < self->sample->len; r++) {
    const EklCsvRecord *record = ekl_csv_sample_get (self->sample, r);
    for (guint c = 0; c < record->n_cells; c++)
      if (r > 0 ||
          ekl_csv_look_at (record->cells[c], strlen (record->cells[c])) == EKL_CSV_LOOK_NUMBER)
        ekl_csv_marks_look (&columns[c], record->cells[c]);
  }
  for (guint c = 0; c < n_columns; c++)
    ekl_csv_marks_add (&self->marks, &columns[c]);
  doubt = ekl_csv_marks_decide (&self->marks, &self->format);
  if (doubt != NULL)
    ekl_csv_guess_doubt (self, EKL_CSV_FIELD_DECIMAL, g_strdup (doubt));
}

static guint
find_guessed (const EklCsvFormat *wanted)
{
  guint guessed = 0;

  for (EklCsvField field = 0; field < EKL_CSV_N_FIELDS; field++)
    if (!ekl_csv_format_is_set (wanted, field))
      guessed |= 1u << field;
  return guessed;
}

/**
 * ekl_csv_guess_init:
 * @self: to be filled, and to be cleared in any case
 * @text: a text, which has to outlive it
 * @wanted: what is known already
 * @name: what to call the file in messages
 * @error: return location for %EKL_DATA_ERROR_EMPTY, %EKL_DATA_ERROR_FORMAT
 *
 * Fills in what is automatic in the format, and finds columns, names and the first row of data.
 *
 * Returns: %FALSE where there is no table
 */
gboolean
ekl_csv_guess_init (EklCsvGuess *self,
                    const EklCsvText *text,
                    const EklCsvFormat *wanted,
                    const char *name,
                    GError **error)
{
  *self = (EklCsvGuess){ .format = *wanted, .start = text->text, .start_line = 1 };
  self->guessed = find_guessed (wanted);
  self->format.encoding = text->encoding;
  self->doubts[EKL_CSV_FIELD_ENCODING] = g_strdup (text->doubt);
  self->dialect.end = text->text + text->length;
  ekl_csv_guess_characters (self);
  if (self->format.delimiter == EKL_CSV_AUTOMATIC)
    ekl_csv_guess_delimiter (self);
  set_dialect (self);
  leave_out_empty_rows (self, text);
  self->sample = ekl_csv_sample_new (&self->dialect, self->start, self->start_line);
  if (self->sample->len == 0) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_EMPTY, "%s: the file is empty", name);
    return FALSE;
  }
  guess_marks (self);
  ekl_csv_guess_header (self);
  if (self->n_columns > MAX_COLUMNS) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
                 "%s: row %" G_GSIZE_FORMAT " has %u columns; at most %d can be read", name,
                 ekl_csv_sample_get (self->sample, self->n_titles)->line, self->n_columns,
                 MAX_COLUMNS);
    return FALSE;
  }
  return TRUE;
}

/**
 * ekl_csv_guess_clear:
 * @self: a guess
 *
 * Frees what it holds.
 */
void
ekl_csv_guess_clear (EklCsvGuess *self)
{
  for (guint f = 0; f < EKL_CSV_N_FIELDS; f++)
    g_free (self->doubts[f]);
  for (guint c = 0; self->names != NULL && c < self->n_columns; c++)
    g_free (self->names[c]);
  g_free (self->names);
  g_free (self->is_unnamed);
  g_free (self->is_text);
  g_clear_pointer (&self->sample, g_ptr_array_unref);
}

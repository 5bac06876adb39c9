/* csv_splitter.c - text to records, and records to cells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Quotation marks are libcsv's: what stands between them, doubled ones, line ends inside, spaces about
 * them. It takes a character at a time and hands over copies, about 150 MB/s, which alone would be
 * too slow for a large file of numbers. So a record without a cell that begins with a quotation
 * mark, and that is nearly every one, is split in place by a loop over a table of 256 classes, and
 * only the others go through libcsv. A quotation mark in the middle of a cell is a character in both.
 * ekl_csv_splitter_next_slowly() sends every record through libcsv, for tests to compare.
 *
 * libcsv knows no end of a quoted cell but the closing mark, so where a record ends is found first,
 * by the same rules. A mark that is not closed within a million characters, or by the end of the
 * file, is a character, and so are the others on its line: one stray mark must not swallow the file.
 */
#include "csv_splitter.h"

#include <string.h>

#define MAX_QUOTED (1024 * 1024)

/* Stands between cells in what libcsv gets of a record with runs of spaces: no text in UTF-8 has it. */
#define SEPARATOR 0xff

enum {
  CLASS_DELIMITER = 1,
  CLASS_LINE_END = 2,
};

/**
 * ekl_csv_dialect_init:
 * @self: to be filled
 * @end: the end of the text, where a zero is
 * @delimiter: between cells; ' ' for runs of spaces and tabs; 0 for none
 * @quote: about cells; 0 for none
 * @comment: at the beginning of lines to leave out; 0 for none
 *
 * Says what the characters of a text mean.
 */
void
ekl_csv_dialect_init (
  EklCsvDialect *self, const char *end, char delimiter, char quote, char comment)
{
  *self = (EklCsvDialect){ .delimiter = delimiter,
                           .quote = quote,
                           .comment = comment,
                           .end = end,
                           .quotes_end = end,
                           .max_quoted = MAX_QUOTED };
  if (delimiter != '\0')
    self->classes[(guchar) delimiter] = CLASS_DELIMITER;
  if (delimiter == ' ')
    self->classes['\t'] = CLASS_DELIMITER;
  self->classes['\n'] = self->classes['\r'] = self->classes['\0'] = CLASS_LINE_END;
}

static inline gboolean
is_blank (const EklCsvDialect *self, char c)
{
  return c == ' ' || (c == '\t' && self->delimiter != '\t');
}

static inline gboolean
is_line_end (char c)
{
  return c == '\n' || c == '\r' || c == '\0';
}

/**
 * ekl_csv_find_line_end:
 * @at: in a text that a zero ends
 *
 * Returns: the first line feed, carriage return or zero
 */
const char *
ekl_csv_find_line_end (const char *at)
{
  while (!is_line_end (*at))
    at++;
  return at;
}

/**
 * ekl_csv_skip_line_end:
 * @at: a line end, or the end of the text
 *
 * Returns: the beginning of the next line; \r\n is one line end
 */
const char *
ekl_csv_skip_line_end (const char *at)
{
  if (*at == '\r' && at[1] == '\n')
    return at + 2;
  return *at != '\0' ? at + 1 : at;
}

/* Past the closing mark, to the delimiter or line end that makes it one; NULL where there is none. Steps
 * as libcsv does: spaces may follow it, a second mark doubles it, anything else makes it a
 * character. */
static const char *
find_close (const EklCsvDialect *self, const char *at)
{
  const char *limit =
    self->end - at > (gssize) self->max_quoted ? at + self->max_quoted : self->end;

  while (at < limit) {
    gsize n_spaces = 0;

    at = memchr (at, self->quote, (gsize) (limit - at));
    if (at == NULL)
      return NULL;
    for (at++;; at++) {
      if (self->classes[(guchar) *at] != 0)
        return at;
      if (is_blank (self, *at))
        n_spaces++;
      else if (*at == self->quote && n_spaces > 0)
        n_spaces = 0;
      else
        break;
    }
    at += *at == self->quote;
  }
  return NULL;
}

/**
 * ekl_csv_dialect_find_record_end:
 * @self: a dialect with a quotation mark
 * @record: the beginning of a record
 * @has_stray_quote: (out): whether a mark in it is never closed
 *
 * Returns: the line end after the record; that of its first line, where a mark is never closed
 */
const char *
ekl_csv_dialect_find_record_end (const EklCsvDialect *self,
                                 const char *record,
                                 gboolean *has_stray_quote)
{
  *has_stray_quote = FALSE;
  for (const char *at = record;; at++) {
    while (is_blank (self, *at))
      at++;
    if (*at == self->quote) {
      at = find_close (self, at + 1);
      if (at == NULL) {
        *has_stray_quote = TRUE;
        return ekl_csv_find_line_end (record);
      }
    } else {
      while (self->classes[(guchar) *at] == 0)
        at++;
    }
    if (is_line_end (*at))
      return at;
  }
}

/**
 * ekl_csv_splitter_init:
 * @self: to be filled
 * @dialect: what the characters mean; outlives the splitter
 * @start: the beginning of a record
 * @stop: the beginning of the record after the last one to read, or the end of the text
 * @line: the line of the file on which @start is
 *
 * Prepares for reading records one by one.
 */
void
ekl_csv_splitter_init (EklCsvSplitter *self,
                       const EklCsvDialect *dialect,
                       const char *start,
                       const char *stop,
                       gsize line)
{
  *self = (EklCsvSplitter){ .dialect = dialect, .at = start, .stop = stop, .line = line };
  self->scratch = g_byte_array_sized_new (256); /* never NULL inside */
  self->joined = g_byte_array_sized_new (256);
  csv_init (&self->parser, 0);
  csv_set_blk_size (&self->parser, 16 * 1024);
  csv_set_quote (&self->parser, (guchar) dialect->quote);
  csv_set_delim (&self->parser,
                 dialect->delimiter == ' ' ? SEPARATOR : (guchar) dialect->delimiter);
}

/**
 * ekl_csv_splitter_clear:
 * @self: a splitter
 *
 * Frees what it holds.
 */
void
ekl_csv_splitter_clear (EklCsvSplitter *self)
{
  csv_free (&self->parser);
  g_byte_array_unref (self->scratch);
  g_byte_array_unref (self->joined);
  g_free (self->cells);
}

static inline void
push_cell (EklCsvSplitter *self, const char *text, gsize length)
{
  if (G_UNLIKELY (self->n_cells == self->capacity)) {
    self->capacity = MAX (64, 2 * self->capacity);
    self->cells = g_renew (EklCsvCell, self->cells, self->capacity);
  }
  self->cells[self->n_cells++] = (EklCsvCell){ text, length };
}

/* In place. Returns the line end, or NULL where a cell begins with a quotation mark. */
static const char *
split_plainly (EklCsvSplitter *self, const char *at, char quote)
{
  const EklCsvDialect *dialect = self->dialect;
  gboolean runs = dialect->delimiter == ' ';

  for (self->n_cells = 0;; at++) {
    const char *start, *last;

    while (is_blank (dialect, *at))
      at++;
    if (*at == quote && quote != '\0')
      return NULL;
    for (start = at; dialect->classes[(guchar) *at] == 0;)
      at++;
    for (last = at; last > start && is_blank (dialect, last[-1]);)
      last--;
    if (last > start || !runs)
      push_cell (self, start, (gsize) (last - start));
    if (is_line_end (*at))
      return at;
  }
}

/* Runs of blanks outside of quotation marks to one separator, none at the ends. */
static void
join_runs (EklCsvSplitter *self, const char *at, const char *end)
{
  const EklCsvDialect *dialect = self->dialect;
  const guint8 separator = SEPARATOR;

  g_byte_array_set_size (self->joined, 0);
  while (at < end) {
    const char *start;

    while (at < end && is_blank (dialect, *at))
      at++;
    if (at == end)
      return;
    start = at;
    at = *at == dialect->quote ? find_close (dialect, at + 1) : at;
    if (at == NULL || at > end)
      at = end;
    while (at < end && dialect->classes[(guchar) *at] == 0)
      at++;
    if (self->joined->len > 0)
      g_byte_array_append (self->joined, &separator, 1);
    g_byte_array_append (self->joined, (const guint8 *) start, (guint) (at - start));
  }
}

/* Cells are kept as offsets while their memory may still move. */
static void
cell_cb (void *text, size_t length, void *data)
{
  EklCsvSplitter *self = data;

  push_cell (self, GSIZE_TO_POINTER (self->scratch->len), length);
  g_byte_array_append (self->scratch, text, (guint) length);
}

static void
row_cb (int end, void *data)
{
}

static void
split_by_libcsv (EklCsvSplitter *self, const char *end)
{
  const char *text = self->at;
  gsize length = (gsize) (end - self->at);

  if (self->dialect->delimiter == ' ') {
    join_runs (self, self->at, end);
    text = (const char *) self->joined->data;
    length = self->joined->len;
  }
  self->n_cells = 0;
  g_byte_array_set_size (self->scratch, 0);
  csv_parse (&self->parser, text, length, cell_cb, row_cb, self);
  csv_fini (&self->parser, cell_cb, row_cb, self);
  for (guint c = 0; c < self->n_cells; c++)
    self->cells[c].text =
      (const char *) self->scratch->data + GPOINTER_TO_SIZE (self->cells[c].text);
}

static const char *
split_quoted (EklCsvSplitter *self)
{
  const char *end =
    ekl_csv_dialect_find_record_end (self->dialect, self->at, &self->has_stray_quote);

  self->n_stray += self->has_stray_quote;
  /* A mark that the file's end leaves open was to be closed there. */
  if (self->has_stray_quote && *end != '\0')
    return split_plainly (self, self->at, '\0');
  split_by_libcsv (self, end);
  for (const char *at = self->at; at < end; at = ekl_csv_skip_line_end (at)) {
    at = ekl_csv_find_line_end (at);
    if (at < end)
      self->line++;
    else
      break;
  }
  return end;
}

/* To the next line that is neither blank nor a comment. */
static gboolean
find_record (EklCsvSplitter *self)
{
  while (self->at < self->stop) {
    const char *at = self->at;

    while (is_blank (self->dialect, *at))
      at++;
    if (!is_line_end (*at) && (*at != self->dialect->comment || self->dialect->comment == '\0')) {
      self->record = self->at;
      self->record_line = self->line;
      self->has_stray_quote = FALSE;
      return TRUE;
    }
    self->at = ekl_csv_skip_line_end (ekl_csv_find_line_end (at));
    self->line++;
  }
  return FALSE;
}

static gboolean
next (EklCsvSplitter *self, gboolean slowly)
{
  gboolean has_quotes;
  const char *end = NULL;

  if (!find_record (self))
    return FALSE;
  has_quotes = self->dialect->quote != '\0' && self->at < self->dialect->quotes_end &&
               self->n_stray < EKL_CSV_MAX_STRAY_QUOTES;
  if (!slowly || !has_quotes)
    end = split_plainly (self, self->at, has_quotes ? self->dialect->quote : '\0');
  if (end == NULL)
    end = split_quoted (self);
  self->at = ekl_csv_skip_line_end (end);
  self->line++;
  return TRUE;
}

/**
 * ekl_csv_splitter_next:
 * @self: a splitter
 *
 * Goes on to the next record and splits it. Blank lines and comments are passed over.
 *
 * Returns: %FALSE at the end
 */
gboolean
ekl_csv_splitter_next (EklCsvSplitter *self)
{
  return next (self, FALSE);
}

/**
 * ekl_csv_splitter_next_slowly:
 * @self: a splitter
 *
 * As ekl_csv_splitter_next(), but by libcsv alone.
 *
 * Returns: %FALSE at the end
 */
gboolean
ekl_csv_splitter_next_slowly (EklCsvSplitter *self)
{
  return next (self, TRUE);
}

/* csv_reader.c - comma-separated text to a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv_reader.h"

#include "cell.h"
#include "table_parts.h"

#include <csv.h>
#include <math.h>
#include <string.h>

/* The file passes through in pieces; only the numbers stay. libcsv takes one line at a time, so
 * that every row knows the line of the file it began on, blank lines and quoted line breaks
 * included. */
#define CHUNK_SIZE     (64 * 1024)
#define MAX_COLUMNS    100000
#define MAX_CELL_SIZE  (1024 * 1024)
#define FIRST_CAPACITY 16

typedef struct {
  struct csv_parser parser;
  const char *name;
  GError *error; /* the first; what follows it is not looked at */

  gsize line;      /* of the file, from 1 */
  gsize row;       /* line on which the present row began; what messages call the row */
  gboolean in_row; /* the row goes on in the next line, inside quotation marks */
  gboolean after_return;
  guint n_cells; /* of the present row so far */

  GPtrArray *first_row; /* its cells, until it is known to be a header or not */
  gboolean has_header;
  gboolean has_shape; /* the first row is over */
  guint n_columns;
  char **names; /* (n_columns) */
  GArray *lines;
  GArray **bad; /* (n_columns) of EklBadCell */
  EklTextSet **texts;
  double **columns; /* (n_columns), each (capacity) */
  guint n_rows;
  guint capacity;
} Reader;

static void G_GNUC_PRINTF (3, 4) fail (Reader *self, EklDataError code, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  if (self->error != NULL)
    return;
  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  self->error = g_error_new (EKL_DATA_ERROR, code, "%s: %s", self->name, text);
}

static gboolean
grow (Reader *self)
{
  guint capacity = self->capacity == 0 ? FIRST_CAPACITY : self->capacity + self->capacity / 2;

  if (self->n_rows < self->capacity)
    return TRUE;
  for (guint c = 0; capacity <= G_MAXINT && c < self->n_columns; c++) {
    double *column = g_try_realloc_n (self->columns[c], capacity, sizeof (double));
    if (column == NULL) {
      fail (self, EKL_DATA_ERROR_READ, "too large for the memory of this computer after %u rows",
            self->n_rows);
      return FALSE;
    }
    self->columns[c] = column;
  }
  if (capacity > G_MAXINT) {
    fail (self, EKL_DATA_ERROR_READ, "too many rows: at most %u can be read", self->n_rows);
    return FALSE;
  }
  self->capacity = capacity;
  return TRUE;
}

static void
store_cell (Reader *self, guint column, const char *text)
{
  double value;
  EklCellKind kind = ekl_cell_parse (text, strlen (text), EKL_NUMBER_MARKS_PLAIN, &value);

  self->columns[column][self->n_rows] = value;
  if (kind == EKL_CELL_TEXT || kind == EKL_CELL_NOT_FINITE) {
    EklBadCell cell = { self->n_rows, ekl_text_set_add (self->texts[column], text, strlen (text)) };
    g_array_append_val (self->bad[column], cell);
  }
}

/* A first row of numbers is data. A mark for a missing value does not make it a header. */
static gboolean
first_row_is_header (Reader *self)
{
  gboolean has_number = FALSE;

  for (guint c = 0; c < self->first_row->len; c++) {
    double value;
    EklCellKind kind =
      ekl_cell_parse (self->first_row->pdata[c], strlen (self->first_row->pdata[c]),
                      EKL_NUMBER_MARKS_PLAIN, &value);
    if (kind == EKL_CELL_TEXT)
      return TRUE;
    has_number = has_number || kind == EKL_CELL_NUMBER;
  }
  return !has_number;
}

static void
end_first_row (Reader *self)
{
  gboolean has_header = first_row_is_header (self);

  self->n_columns = self->first_row->len;
  self->names = g_new0 (char *, self->n_columns + 1);
  self->bad = g_new0 (GArray *, self->n_columns + 1);
  self->texts = g_new0 (EklTextSet *, self->n_columns + 1);
  self->columns = g_new0 (double *, self->n_columns + 1);
  self->has_shape = TRUE;
  self->has_header = has_header;
  for (guint c = 0; c < self->n_columns; c++) {
    self->bad[c] = g_array_new (FALSE, FALSE, sizeof (EklBadCell));
    self->texts[c] = ekl_text_set_new ();
  }
  for (guint c = 0; c < self->n_columns; c++) {
    char *name = g_strdelimit (g_strstrip (self->first_row->pdata[c]), "\t\r\n", ' ');
    self->names[c] =
      has_header && *name != '\0' ? g_strdup (name) : g_strdup_printf ("column_%u", c + 1);
  }
  if (!has_header && grow (self)) {
    for (guint c = 0; c < self->n_columns; c++)
      store_cell (self, c, self->first_row->pdata[c]);
    self->n_rows = 1;
    EklRowLine line = { 0, self->row };
    g_array_append_val (self->lines, line);
  }
  g_ptr_array_set_size (self->first_row, 0);
}

static void
cell_cb (void *text, size_t length, void *data)
{
  Reader *self = data;
  guint column = self->n_cells++;

  if (self->error != NULL || (self->has_shape && column >= self->n_columns))
    return;
  if (!g_utf8_validate_len (text, length, NULL)) {
    fail (self, EKL_DATA_ERROR_FORMAT,
          "row %" G_GSIZE_FORMAT
          ", column %u is not text in UTF-8; save the file as a CSV in UTF-8",
          self->row, column + 1);
  } else if (self->has_shape) {
    if (column > 0 || grow (self))
      store_cell (self, column, text);
  } else if (column >= MAX_COLUMNS) {
    fail (self, EKL_DATA_ERROR_FORMAT, "row %" G_GSIZE_FORMAT " has more than %d columns",
          self->row, MAX_COLUMNS);
  } else {
    g_ptr_array_add (self->first_row, g_strdup (text));
  }
}

static void
row_cb (int end, void *data)
{
  Reader *self = data;

  self->in_row = FALSE;
  if (self->error == NULL && !self->has_shape)
    end_first_row (self);
  else if (self->error == NULL && self->n_cells != self->n_columns)
    fail (self, EKL_DATA_ERROR_FORMAT,
          "row %" G_GSIZE_FORMAT " has %u %s, but the first row has %u; every row needs the same "
          "number of cells, separated by commas",
          self->row, self->n_cells, self->n_cells == 1 ? "cell" : "cells", self->n_columns);
  else if (self->error == NULL) {
    EklRowLine line = { self->n_rows++, self->row };
    g_array_append_val (self->lines, line);
  }
  self->n_cells = 0;
}

static gboolean
is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;
  return TRUE;
}

static void
feed_piece (Reader *self, const char *piece, gsize length)
{
  if (!self->in_row) {
    self->row = self->line;
    self->in_row = !is_blank (piece, length);
  }
  if (csv_parse (&self->parser, piece, length, cell_cb, row_cb, self) != length) {
    if (csv_error (&self->parser) == CSV_EPARSE)
      fail (self, EKL_DATA_ERROR_FORMAT,
            "row %" G_GSIZE_FORMAT " has a quotation mark in the middle of a cell; put the whole "
            "cell between quotation marks and double the one inside",
            self->row);
    else
      fail (self, EKL_DATA_ERROR_READ, "too large for the memory of this computer");
  } else if (csv_get_buffer_size (&self->parser) > MAX_CELL_SIZE) {
    fail (self, EKL_DATA_ERROR_FORMAT,
          "row %" G_GSIZE_FORMAT " has a cell of more than a million characters; perhaps a "
          "quotation mark is not closed, or this is not a CSV file",
          self->row);
  }
}

/* Lines end in \n, \r\n or \r; a piece is a line or, at the end of a chunk, a part of one. */
static void
feed_chunk (Reader *self, const char *chunk, gsize length)
{
  if (memchr (chunk, '\0', length) != NULL) {
    fail (self, EKL_DATA_ERROR_FORMAT,
          "not a text file (a zero byte near row %" G_GSIZE_FORMAT
          "); a CSV file in UTF-8 is needed",
          self->line);
    return;
  }
  for (gsize start = 0, i = 0; i < length && self->error == NULL; i++) {
    gboolean is_return = chunk[i] == '\r';
    gboolean is_end = is_return || chunk[i] == '\n';
    gboolean is_second = chunk[i] == '\n' && self->after_return;

    self->after_return = is_return;
    if (!is_end && i + 1 < length)
      continue;
    feed_piece (self, chunk + start, i + 1 - start);
    start = i + 1;
    if (is_end && !is_second)
      self->line++;
  }
}

static void
finish (Reader *self)
{
  if (csv_fini (&self->parser, cell_cb, row_cb, self) != 0) {
    fail (self, EKL_DATA_ERROR_FORMAT,
          "the quotation mark opened in row %" G_GSIZE_FORMAT " is never closed", self->row);
    return;
  }
  if (self->error != NULL)
    return;
  if (!self->has_shape)
    fail (self, EKL_DATA_ERROR_EMPTY, "the file is empty");
  else if (self->n_rows == 0)
    fail (self, EKL_DATA_ERROR_EMPTY, "the file has a header (%u %s) but no rows of data",
          self->n_columns, self->n_columns == 1 ? "column" : "columns");
}

static EklTableColumn *
take_column (Reader *self, guint c)
{
  EklTableColumn *column = ekl_table_column_new (self->names[c], !self->has_header, self->n_rows);
  double *numbers = g_steal_pointer (&self->columns[c]);
  EklTextSet *texts = g_steal_pointer (&self->texts[c]);
  guint n_bad = self->bad[c]->len, n_numbers = 0;
  EklBadCell *bad = (gpointer) g_array_free (g_steal_pointer (&self->bad[c]), FALSE);

  for (guint r = 0; r < self->n_rows; r++)
    n_numbers += !isnan (numbers[r]);
  if (n_bad == 0 || n_numbers > 0) {
    ekl_table_column_take_numbers (column, numbers, texts, bad, n_bad);
  } else {
    guint32 *codes = g_new (guint32, self->n_rows);
    memset (codes, 0xff, self->n_rows * sizeof (guint32));
    for (guint k = 0; k < n_bad; k++)
      codes[bad[k].row] = bad[k].code;
    ekl_table_column_take_codes (column, codes, texts);
    g_free (bad);
    g_free (numbers);
  }
  return column;
}

static EklTable *
take_table (Reader *self)
{
  EklTableParts parts = { .name = g_strdup (self->name),
                          .n_columns = self->n_columns,
                          .n_rows = self->n_rows };

  parts.columns = g_new0 (EklTableColumn *, self->n_columns + 1);
  for (guint c = 0; c < self->n_columns; c++)
    parts.columns[c] = take_column (self, c);
  parts.row_lines = g_steal_pointer (&self->lines);
  ekl_table_column_find_row_number (parts.columns[0], self->n_columns);
  return ekl_table_new_take (&parts);
}

static void
clear (Reader *self)
{
  for (guint c = 0; c < self->n_columns; c++) {
    if (self->names != NULL)
      g_free (self->names[c]);
    if (self->bad != NULL && self->bad[c] != NULL)
      g_array_unref (self->bad[c]);
    if (self->texts != NULL)
      ekl_text_set_free (self->texts[c]);
    if (self->columns != NULL)
      g_free (self->columns[c]);
  }
  g_free (self->names);
  g_free (self->bad);
  g_free (self->texts);
  g_clear_pointer (&self->lines, g_array_unref);
  g_free (self->columns);
  g_ptr_array_unref (self->first_row);
  csv_free (&self->parser);
}

/* A byte order mark says which encoding it is, and is no part of the first name. */
static gsize
skip_byte_order_mark (Reader *self, const char *chunk, gsize length)
{
  if (length >= 3 && memcmp (chunk, "\xef\xbb\xbf", 3) == 0)
    return 3;
  if (length >= 2 && (memcmp (chunk, "\xff\xfe", 2) == 0 || memcmp (chunk, "\xfe\xff", 2) == 0))
    fail (self, EKL_DATA_ERROR_FORMAT, "text in UTF-16; save the file as a CSV in UTF-8");
  return 0;
}

static gboolean
read_chunks (Reader *self, GInputStream *stream, GCancellable *cancellable)
{
  g_autofree char *chunk = g_malloc (CHUNK_SIZE);
  gboolean is_first = TRUE;
  gsize length;

  do {
    GError *error = NULL;
    if (g_cancellable_set_error_if_cancelled (cancellable, &self->error))
      return FALSE;
    if (!g_input_stream_read_all (stream, chunk, CHUNK_SIZE, &length, cancellable, &error)) {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        self->error = g_steal_pointer (&error);
      else
        fail (self, EKL_DATA_ERROR_READ, "cannot be read: %s", error->message);
      g_clear_error (&error);
      return FALSE;
    }
    gsize skip = is_first ? skip_byte_order_mark (self, chunk, length) : 0;
    if (self->error == NULL)
      feed_chunk (self, chunk + skip, length - skip);
    is_first = FALSE;
  } while (length == CHUNK_SIZE && self->error == NULL);
  return self->error == NULL;
}

static EklTable *
read_stream (GInputStream *stream, const char *name, GCancellable *cancellable, GError **error)
{
  Reader self = { .name = name, .line = 1, .row = 1 };
  EklTable *table = NULL;

  csv_init (&self.parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
  csv_set_blk_size (&self.parser, 4096);
  self.lines = g_array_new (FALSE, FALSE, sizeof (EklRowLine));
  self.first_row = g_ptr_array_new_with_free_func (g_free);
  if (read_chunks (&self, stream, cancellable))
    finish (&self);
  if (self.error == NULL)
    table = take_table (&self);
  else
    g_propagate_error (error, self.error);
  clear (&self);
  return table;
}

static void
set_open_error (GError **error, const char *name, const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (cause));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ, "%s: there is no such file", name);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ,
                 "%s: this is a folder; choose a CSV file in it", name);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ,
                 "%s: you have no permission to read the file", name);
  else
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ, "%s: cannot be opened: %s", name,
                 cause->message);
}

/**
 * ekl_csv_read_file:
 * @file: a file
 * @cancellable: (nullable): stops the reading with G_IO_ERROR_CANCELLED
 * @error: return location for an error
 *
 * Reads comma-separated text as RFC 4180 has it: a header, then a row of numbers a line. Forgiven
 * are a UTF-8 byte order mark, line ends of any system, blank lines, quoted cells, spaces about a
 * cell, a missing last line end, and a missing header: where the first row is numbers the columns
 * are called column_1, column_2, ... Only the numbers are kept in memory. May block: call it from a
 * thread.
 *
 * A cell that is not a number does not end the reading: its column is kept with a problem (see
 * ekl_table_get_column_problem()), so that a column of text can be ignored. Where no column is free
 * of problems, the first problem is the error.
 *
 * Errors: %EKL_DATA_ERROR_READ, %EKL_DATA_ERROR_EMPTY, %EKL_DATA_ERROR_FORMAT with a sentence that
 * names the file and, where there is one, row and column. Rows are lines of the file, from 1.
 *
 * Returns: (transfer full): a table of the file's name, or NULL
 */
EklTable *
ekl_csv_read_file (GFile *file,
                   const EklCsvFormat *wanted,
                   EklProgressFunc progress,
                   gpointer user_data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name =
    base != NULL ? g_filename_display_name (base) : g_file_get_parse_name (file);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &cause);

  if (stream == NULL) {
    set_open_error (error, name, cause);
    return NULL;
  }
  return read_stream (G_INPUT_STREAM (stream), name, cancellable, error);
}

/**
 * ekl_csv_read_bytes:
 * @bytes: the text of a CSV file
 * @name: what to call it in messages and titles
 * @cancellable: (nullable): stops the reading with G_IO_ERROR_CANCELLED
 * @error: return location for an error
 *
 * As ekl_csv_read_file(), from memory.
 *
 * Returns: (transfer full): a table called @name, or NULL
 */
EklTable *
ekl_csv_read_bytes (GBytes *bytes,
                    const char *name,
                    const EklCsvFormat *wanted,
                    EklProgressFunc progress,
                    gpointer user_data,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  return read_stream (stream, name, cancellable, error);
}

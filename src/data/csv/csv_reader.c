/* csv_reader.c - delimited text to a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bytes become UTF-8 (csv_encoding.c). The first records say how the text holds a table: which
 * characters do what (csv_guess.c, csv_delimiter.c), which marks numbers have (csv_marks.c), what is
 * a header (csv_header.c). Then all of it is read, in pieces of a megabyte on all cores (csv_chunks.c,
 * csv_store.c), each column as the numbers or texts that its first cells are. What all cells say
 * outweighs the first: a column that turns out to be of categories is read once more, with the texts of
 * its numbers; and so is the file, where only later rows show which marks numbers have.
 */
#include "csv_reader.h"

#include "csv_finish.h"
#include "one_line.h"

#include <string.h>

/* Texts of a column that are looked at for marks of numbers. */
#define MAX_LOOKED_AT 1000

typedef struct {
  const char *name;
  EklCsvWatch watch;
  GError **error;
  EklCsvText text;
  EklCsvGuess guess;
  GArray *chunks;
  EklCsvStore store;
} Reading;

static void
set_part (Reading *self, double from, double to)
{
  self->watch.from = from;
  self->watch.to = to;
}

static gboolean
read_columns (Reading *self, EklCsvStore *store, const EklCsvStoreKind *kinds)
{
  ekl_csv_store_clear (store);
  ekl_csv_store_init (store, &self->guess.dialect, ekl_csv_format_get_marks (&self->guess.format),
                      self->chunks, self->guess.n_columns);
  for (guint c = 0; c < store->n_columns; c++)
    store->columns[c].kind = kinds[c];
  return ekl_csv_store_read (store, self->name, &self->watch, self->error);
}

static gboolean
read_as_guessed (Reading *self)
{
  g_autofree EklCsvStoreKind *kinds = g_new0 (EklCsvStoreKind, self->guess.n_columns);

  for (guint c = 0; c < self->guess.n_columns; c++)
    kinds[c] = self->guess.is_text[c] ? EKL_CSV_STORE_TEXTS : EKL_CSV_STORE_NUMBERS;
  return read_columns (self, &self->store, kinds);
}

/* Whether what was no number shows marks that the first records did not. */
static gboolean
find_other_marks (Reading *self)
{
  EklCsvGuess *guess = &self->guess;
  EklCsvMarksCount count = guess->marks;
  EklCsvFormat format = guess->format;
  const char *doubt;

  if ((guess->guessed >> EKL_CSV_FIELD_DECIMAL & 1) == 0 &&
      (guess->guessed >> EKL_CSV_FIELD_THOUSANDS & 1) == 0)
    return FALSE;
  for (guint c = 0; c < self->store.n_columns; c++) {
    const EklTextSet *texts = self->store.columns[c].texts;
    EklCsvMarksColumn column = { 0 };

    for (guint32 k = 0; texts != NULL && k < MIN (ekl_text_set_get_n (texts), MAX_LOOKED_AT); k++)
      ekl_csv_marks_look (&column, ekl_text_set_get (texts, k));
    ekl_csv_marks_add (&count, &column);
  }
  if ((guess->guessed >> EKL_CSV_FIELD_DECIMAL & 1) != 0)
    format.decimal = EKL_CSV_AUTOMATIC;
  if ((guess->guessed >> EKL_CSV_FIELD_THOUSANDS & 1) != 0)
    format.thousands = EKL_CSV_AUTOMATIC;
  doubt = ekl_csv_marks_decide (&count, &format);
  if (ekl_csv_format_equal (&format, &guess->format))
    return FALSE;
  guess->format = format;
  ekl_csv_guess_doubt (guess, EKL_CSV_FIELD_DECIMAL, g_strdup (doubt));
  return TRUE;
}

/* Numbers by their first cells, categories by all of them: their numbers are needed as texts. */
static gboolean
read_categories_again (Reading *self)
{
  EklNumberMarks marks = ekl_csv_format_get_marks (&self->guess.format);
  g_autofree EklCsvStoreKind *kinds = g_new (EklCsvStoreKind, self->guess.n_columns);
  EklCsvStore again = { 0 };
  guint n_again = 0;

  for (guint c = 0; c < self->store.n_columns; c++) {
    EklCsvColumn *column = &self->store.columns[c];
    gboolean wrong = column->kind == EKL_CSV_STORE_NUMBERS &&
                     ekl_csv_column_is_category (column, self->store.n_rows, marks);
    kinds[c] = wrong ? EKL_CSV_STORE_TEXTS : EKL_CSV_STORE_NOTHING;
    n_again += wrong;
  }
  if (n_again == 0)
    return TRUE;
  if (!read_columns (self, &again, kinds)) {
    ekl_csv_store_clear (&again);
    return FALSE;
  }
  for (guint c = 0; c < self->store.n_columns; c++) {
    if (kinds[c] == EKL_CSV_STORE_NOTHING)
      continue;
    EklCsvColumn former = self->store.columns[c];
    self->store.columns[c] = again.columns[c];
    again.columns[c] = former;
  }
  ekl_csv_store_clear (&again);
  return TRUE;
}

static gboolean
read_all (Reading *self)
{
  set_part (self, 0.4, 0.45);
  self->chunks = ekl_csv_chunks_new (&self->guess.dialect, self->guess.data, self->guess.data_line,
                                     &self->watch);
  if (self->chunks == NULL) {
    g_cancellable_set_error_if_cancelled (self->watch.cancellable, self->error);
    return FALSE;
  }
  set_part (self, 0.45, 0.9);
  if (!read_as_guessed (self))
    return FALSE;
  if (self->store.n_rows == 0) {
    g_set_error (self->error, EKL_DATA_ERROR, EKL_DATA_ERROR_EMPTY,
                 "%s: the file has a header (%u %s) but no rows of data", self->name,
                 self->guess.n_columns, self->guess.n_columns == 1 ? "column" : "columns");
    return FALSE;
  }
  set_part (self, 0.9, 0.95);
  if (find_other_marks (self) && !read_as_guessed (self))
    return FALSE;
  set_part (self, 0.95, 1);
  return read_categories_again (self);
}

static void
add_file_problem (EklTableParts *parts, gsize line, char *text)
{
  EklTableProblem problem = { .line = line, .text = text };

  g_array_append_val (parts->row_problems, problem);
  parts->n_row_problems++;
}

static gsize
find_line (const EklCsvText *text, gsize offset)
{
  gsize line = 1;

  for (const char *at = text->text; at < text->text + offset; at++)
    line += *at == '\n' || (*at == '\r' && at[1] != '\n');
  return line;
}

/* What was left out above the table, and what was not text. */
static void
add_file_problems (Reading *self, EklTableParts *parts)
{
  for (guint k = 0; k < self->guess.n_titles; k++)
    add_file_problem (parts, ekl_csv_sample_get (self->guess.sample, k)->line,
                      g_strdup ("left out: a title above the table"));
  if (self->text.n_replaced > 0)
    add_file_problem (parts, find_line (&self->text, self->text.first_replaced),
                      g_strdup_printf ("%" G_GSIZE_FORMAT " %s not %s, the first here",
                                       self->text.n_replaced,
                                       self->text.n_replaced == 1 ? "byte is" : "bytes are",
                                       ekl_csv_encoding_get_name (self->text.encoding)));
}

static EklTable *
make_table (Reading *self)
{
  EklTableParts parts = { .name = g_strdup (self->name),
                          .n_columns = self->store.n_columns,
                          .n_rows = self->store.n_rows,
                          .has_format = TRUE,
                          .format = self->guess.format,
                          .guessed = self->guess.guessed };

  parts.preview = ekl_csv_make_preview (&self->store, &self->guess, &parts.n_preview_rows);
  parts.columns = ekl_csv_finish_columns (&self->store, &self->guess);
  parts.row_lines = g_steal_pointer (&self->store.row_lines);
  parts.row_problems = g_steal_pointer (&self->store.row_problems);
  parts.n_row_problems = self->store.n_row_problems;
  parts.bad_rows = g_steal_pointer (&self->store.bad_rows);
  for (guint f = 0; f < EKL_CSV_N_FIELDS; f++)
    if ((self->guess.guessed >> f & 1) != 0)
      parts.doubts[f] = g_steal_pointer (&self->guess.doubts[f]);
  add_file_problems (self, &parts);
  return ekl_table_new_take (&parts);
}

static EklTable *
read_text (Reading *self, EklCsvBytes *bytes, const EklCsvFormat *wanted)
{
  EklTable *table = NULL;

  set_part (self, 0.3, 0.4);
  if (ekl_csv_text_init (&self->text, bytes, wanted->encoding, self->name, &self->watch,
                         self->error) &&
      ekl_csv_guess_init (&self->guess, &self->text, wanted, self->name, self->error) &&
      read_all (self))
    table = make_table (self);
  ekl_csv_store_clear (&self->store);
  ekl_csv_guess_clear (&self->guess);
  ekl_csv_text_clear (&self->text);
  g_clear_pointer (&self->chunks, g_array_unref);
  return table;
}

static EklTable *
read_bytes (EklCsvBytes *bytes,
            const char *name,
            const EklCsvFormat *wanted,
            const EklCsvWatch *watch,
            GError **error)
{
  static const EklCsvFormat automatic = { 0 };
  Reading reading = { .name = name, .watch = *watch, .error = error };

  if (wanted == NULL)
    wanted = &automatic;
  if (!ekl_csv_format_is_valid (wanted)) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
                 "%s: a character cannot be delimiter, quotation mark, decimal mark or mark of "
                 "thousands twice; choose another",
                 name);
    return NULL;
  }
  if (g_cancellable_set_error_if_cancelled (watch->cancellable, error))
    return NULL;
  return read_text (&reading, bytes, wanted);
}

/**
 * ekl_csv_read_file:
 * @file: a file
 * @wanted: (nullable): what is known about it; what is automatic there is found out, and everything
 * where it is %NULL
 * @progress: (nullable): hears now and then how far it is, in the thread that calls
 * @user_data: for @progress
 * @cancellable: (nullable): stops the reading with G_IO_ERROR_CANCELLED, within a tenth of a second
 * @error: return location for an error
 *
 * Reads delimited text of any common kind to a table. ekl_table_get_csv_format() says how it was read,
 * ekl_table_get_csv_doubt() where that may be wrong. Rows that are too short have missing cells; cells
 * that do not fit their column, and rows that are too long, are problems of the table and no errors.
 * May block: call it from a thread.
 *
 * Errors: %EKL_DATA_ERROR_READ, %EKL_DATA_ERROR_EMPTY, %EKL_DATA_ERROR_FORMAT with a sentence that
 * names the file.
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
  g_autofree char *shown =
    base != NULL ? g_filename_display_name (base) : g_file_get_parse_name (file);
  g_autofree char *name = ekl_one_line (shown);
  EklCsvWatch watch = { progress, user_data, cancellable, g_thread_self (), 0, 0.3 };
  EklCsvBytes bytes;
  EklTable *table = NULL;

  if (ekl_csv_load_file (file, name, &watch, &bytes, error))
    table = read_bytes (&bytes, name, wanted, &watch, error);
  g_free (bytes.bytes);
  return table;
}

/**
 * ekl_csv_read_bytes:
 * @bytes: a text
 * @name: what to call it in messages and titles
 * @wanted: (nullable): as for ekl_csv_read_file()
 * @progress: (nullable): likewise
 * @user_data: for @progress
 * @cancellable: (nullable): stops the reading with G_IO_ERROR_CANCELLED
 * @error: return location for an error
 *
 * As ekl_csv_read_file(), from memory: what was pasted, or an example.
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
  EklCsvWatch watch = { progress, user_data, cancellable, g_thread_self (), 0, 0.3 };
  EklCsvBytes copy = { 0 };
  EklTable *table = NULL;

  if (ekl_csv_load_bytes (bytes, name, &copy, error))
    table = read_bytes (&copy, name, wanted, &watch, error);
  g_free (copy.bytes);
  return table;
}

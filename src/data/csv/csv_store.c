/* csv_store.c - records to columns, on all cores
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers go straight to their place in the whole column, so that they exist once: every chunk knows
 * how many records there are before it at most. Where there were fewer, for a blank line or a line
 * end inside a cell, the columns are pushed together at the end. Texts are numbered by each chunk
 * for itself; chunk after chunk, in order, the sets become one and the numbers are changed to those.
 */
#include "csv_store.h"

#include "cell.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

/* What one chunk found. */
typedef struct {
  gsize offset; /* its first row, where all before it have max_rows */
  guint n_rows;
  EklTextSet **texts;   /* (n_columns), NULL: none */
  GArray **bad;         /* (n_columns) of EklBadCell, rows of the chunk; NULL: none */
  gboolean *has_codes;  /* (n_columns) */
  EklSigns *signs;      /* (n_columns) */
  GArray *row_lines;    /* rows of the chunk */
  GArray *row_problems; /* likewise */
  guint64 n_row_problems;
  GArray *bad_rows; /* likewise */
  gsize line;       /* that is being read */
  gsize huge_line;
} Part;

/* A cell of more bytes means that it is no table. */
#define MAX_CELL_SIZE (1024 * 1024)

/**
 * ekl_csv_store_init:
 * @self: to be filled
 * @dialect: what the characters mean
 * @marks: the marks of numbers
 * @chunks: of #EklCsvChunk; the first begins with the first row of data
 * @n_columns: number of columns
 *
 * Prepares for reading; what each column stores is then to be chosen, numbers where nothing is.
 */
void
ekl_csv_store_init (EklCsvStore *self,
                    const EklCsvDialect *dialect,
                    EklNumberMarks marks,
                    const GArray *chunks,
                    guint n_columns)
{
  *self =
    (EklCsvStore){ .dialect = dialect, .marks = marks, .chunks = chunks, .n_columns = n_columns };
  self->columns = g_new0 (EklCsvColumn, n_columns);
  self->row_lines = g_array_new (FALSE, FALSE, sizeof (EklRowLine));
  self->row_problems = g_array_new (FALSE, FALSE, sizeof (EklTableProblem));
  self->bad_rows = g_array_new (FALSE, FALSE, sizeof (guint32));
}

static void
clear_column (EklCsvColumn *column)
{
  g_clear_pointer (&column->numbers, g_free);
  g_clear_pointer (&column->codes, g_free);
  g_clear_pointer (&column->texts, ekl_text_set_free);
  g_clear_pointer (&column->bad, g_array_unref);
}

static void
clear_problems (GArray *problems)
{
  for (guint k = 0; k < problems->len; k++)
    g_free (g_array_index (problems, EklTableProblem, k).text);
  g_array_unref (problems);
}

/**
 * ekl_csv_store_clear:
 * @self: a store
 *
 * Frees what was not taken out of it.
 */
void
ekl_csv_store_clear (EklCsvStore *self)
{
  for (guint c = 0; c < self->n_columns; c++)
    clear_column (&self->columns[c]);
  g_clear_pointer (&self->columns, g_free);
  self->n_columns = 0;
  g_clear_pointer (&self->row_lines, g_array_unref);
  g_clear_pointer (&self->row_problems, clear_problems);
  g_clear_pointer (&self->bad_rows, g_array_unref);
}

static guint32
add_text (Part *part, guint column, const EklCsvCell *cell)
{
  if (cell->length > MAX_CELL_SIZE && part->huge_line == 0)
    part->huge_line = part->line;
  if (part->texts[column] == NULL)
    part->texts[column] = ekl_text_set_new ();
  return ekl_text_set_add (part->texts[column], cell->text, cell->length);
}

/* Anything but a finite number. */
static double
store_other (Part *part, guint column, const EklCsvCell *cell, EklNumberMarks marks)
{
  double value;
  EklSigns sign;
  EklCellKind kind = ekl_cell_parse_quantity (cell->text, cell->length, marks, &value, &sign);

  part->signs[column] |= sign;
  if (kind == EKL_CELL_TEXT || kind == EKL_CELL_NOT_FINITE) {
    EklBadCell bad = { part->n_rows, add_text (part, column, cell) };
    if (part->bad[column] == NULL)
      part->bad[column] = g_array_new (FALSE, FALSE, sizeof (EklBadCell));
    g_array_append_val (part->bad[column], bad);
  }
  return value;
}

static gboolean
is_missing (const EklCsvCell *cell)
{
  const char *text = cell->text;
  gsize length = cell->length;

  ekl_cell_trim (&text, &length);
  return length == 0 || ekl_cell_is_missing (text, length);
}

/* Most numbers are seen to be none by their length or first character. */
static inline gboolean
may_be_code (const EklCsvCell *cell)
{
  return cell->length > 2 && ((*cell->text == '0' && g_ascii_isdigit (cell->text[1])) ||
                              *cell->text == '+' || cell->length > 16);
}

static inline void
store_cell (EklCsvStore *self, Part *part, guint c, const EklCsvCell *cell)
{
  EklCsvColumn *column = &self->columns[c];
  gsize row = part->offset + part->n_rows;
  double value;

  switch (column->kind) {
  case EKL_CSV_STORE_NUMBERS:
    if (!ekl_number_parse (cell->text, cell->length, self->marks, &value) || !isfinite (value))
      value = store_other (part, c, cell, self->marks);
    else if (G_UNLIKELY (may_be_code (cell)) && ekl_cell_is_code (cell->text, cell->length))
      part->has_codes[c] = TRUE;
    column->numbers[row] = value;
    break;
  case EKL_CSV_STORE_TEXTS:
    column->codes[row] = is_missing (cell) ? EKL_CATEGORY_MISSING : add_text (part, c, cell);
    break;
  case EKL_CSV_STORE_NOTHING:
  default:
    break;
  }
}

static void G_GNUC_PRINTF (3, 4) add_problem (Part *part, gsize line, const char *format, ...)
{
  EklTableProblem problem = { .line = line, .row = part->n_rows + 1 };
  va_list arguments;

  if (part->n_row_problems++ >= EKL_TABLE_MAX_PROBLEMS)
    return;
  va_start (arguments, format);
  problem.text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_array_append_val (part->row_problems, problem);
}

static guint
count_cells (const EklCsvSplitter *splitter, guint n_columns)
{
  guint n = splitter->n_cells;

  while (n > n_columns && splitter->cells[n - 1].length == 0)
    n--;
  return n;
}

static void
check_shape (EklCsvStore *self, Part *part, const EklCsvSplitter *splitter)
{
  guint n_cells = count_cells (splitter, self->n_columns);

  if (splitter->has_stray_quote)
    add_problem (part, splitter->record_line, "a quotation mark is never closed");
  if (n_cells < self->n_columns)
    add_problem (part, splitter->record_line, "%u %s instead of %u; the others count as missing",
                 n_cells, n_cells == 1 ? "cell" : "cells", self->n_columns);
  else if (n_cells > self->n_columns)
    add_problem (part, splitter->record_line, "%u cells instead of %u; the last are left out",
                 n_cells, self->n_columns);
  if (n_cells > self->n_columns)
    g_array_append_val (part->bad_rows, part->n_rows);
}

static void
store_record (EklCsvStore *self, Part *part, const EklCsvSplitter *splitter)
{
  static const EklCsvCell none = { "", 0 };
  guint n = MIN (splitter->n_cells, self->n_columns);

  if (G_UNLIKELY (splitter->n_cells != self->n_columns || splitter->has_stray_quote))
    check_shape (self, part, splitter);
  for (guint c = 0; c < n; c++)
    store_cell (self, part, c, &splitter->cells[c]);
  for (guint c = n; c < self->n_columns; c++)
    store_cell (self, part, c, &none);
}

static void
read_chunk (EklCsvStore *self, const EklCsvChunk *chunk, Part *part)
{
  EklCsvSplitter splitter;
  gsize expected_line = 0;

  ekl_csv_splitter_init (&splitter, self->dialect, chunk->start, chunk->stop, chunk->line);
  while (ekl_csv_splitter_next (&splitter)) {
    if (splitter.record_line != expected_line) {
      EklRowLine line = { part->n_rows, splitter.record_line };
      g_array_append_val (part->row_lines, line);
      expected_line = splitter.record_line;
    }
    part->line = splitter.record_line;
    store_record (self, part, &splitter);
    part->n_rows++;
    expected_line++;
  }
  ekl_csv_splitter_clear (&splitter);
}

static void
init_part (Part *part, gsize offset, guint n_columns)
{
  *part = (Part){ .offset = offset };
  part->texts = g_new0 (EklTextSet *, n_columns);
  part->bad = g_new0 (GArray *, n_columns);
  part->has_codes = g_new0 (gboolean, n_columns);
  part->signs = g_new0 (EklSigns, n_columns);
  part->row_lines = g_array_new (FALSE, FALSE, sizeof (EklRowLine));
  part->row_problems = g_array_new (FALSE, FALSE, sizeof (EklTableProblem));
  part->bad_rows = g_array_new (FALSE, FALSE, sizeof (guint32));
}

static void
clear_part (Part *part, guint n_columns)
{
  for (guint c = 0; c < n_columns; c++) {
    g_clear_pointer (&part->texts[c], ekl_text_set_free);
    g_clear_pointer (&part->bad[c], g_array_unref);
  }
  g_free (part->texts);
  g_free (part->bad);
  g_free (part->has_codes);
  g_free (part->signs);
  g_array_unref (part->row_lines);
  clear_problems (part->row_problems);
  g_array_unref (part->bad_rows);
}

/* The chunk's texts into those of the column; its numbers of texts become the column's. */
static void
merge_texts (EklCsvColumn *column, const Part *part, guint c, guint first_row)
{
  EklTextSet *texts = part->texts[c];
  g_autofree guint32 *codes = g_new (guint32, ekl_text_set_get_n (texts));

  if (column->texts == NULL)
    column->texts = ekl_text_set_new ();
  for (guint32 k = 0; k < ekl_text_set_get_n (texts); k++)
    codes[k] = ekl_text_set_add (column->texts, ekl_text_set_get (texts, k),
                                 ekl_text_set_get_length (texts, k));
  if (column->kind == EKL_CSV_STORE_TEXTS) {
    for (guint32 *code = column->codes + part->offset;
         code < column->codes + part->offset + part->n_rows; code++)
      if (*code != EKL_CATEGORY_MISSING)
        *code = codes[*code];
    return;
  }
  if (column->bad == NULL)
    column->bad = g_array_new (FALSE, FALSE, sizeof (EklBadCell));
  for (guint k = 0; k < part->bad[c]->len; k++) {
    EklBadCell bad = g_array_index (part->bad[c], EklBadCell, k);
    bad.row += first_row;
    bad.code = codes[bad.code];
    g_array_append_val (column->bad, bad);
  }
}

static void
merge_rows (EklCsvStore *self, Part *part)
{
  for (guint k = 0; k < part->row_lines->len; k++) {
    EklRowLine line = g_array_index (part->row_lines, EklRowLine, k);
    const EklRowLine *last = self->row_lines->len > 0 ? &g_array_index (self->row_lines, EklRowLine,
                                                                        self->row_lines->len - 1)
                                                      : NULL;
    line.row += self->n_rows;
    if (last == NULL || line.line - line.row != last->line - last->row)
      g_array_append_val (self->row_lines, line);
  }
  for (guint k = 0; k < part->row_problems->len; k++) {
    EklTableProblem problem = g_array_index (part->row_problems, EklTableProblem, k);
    if (self->row_problems->len == EKL_TABLE_MAX_PROBLEMS)
      break;
    problem.row += self->n_rows;
    problem.text = g_strdup (problem.text);
    g_array_append_val (self->row_problems, problem);
  }
  self->n_row_problems += part->n_row_problems;
  for (guint k = 0; k < part->bad_rows->len; k++) {
    guint32 row = g_array_index (part->bad_rows, guint32, k) + self->n_rows;
    g_array_append_val (self->bad_rows, row);
  }
}

static void
merge_part (EklCsvStore *self, Part *part)
{
  for (guint c = 0; c < self->n_columns; c++) {
    if (part->texts[c] != NULL)
      merge_texts (&self->columns[c], part, c, self->n_rows);
    self->columns[c].has_codes = self->columns[c].has_codes || part->has_codes[c];
    self->columns[c].signs |= part->signs[c];
  }
  merge_rows (self, part);
  if (self->huge_line == 0)
    self->huge_line = part->huge_line;
  self->n_rows += part->n_rows;
}

static gboolean
allocate_columns (EklCsvStore *self, gsize n_rows)
{
  for (guint c = 0; c < self->n_columns; c++) {
    EklCsvColumn *column = &self->columns[c];

    if (column->kind == EKL_CSV_STORE_NUMBERS)
      column->numbers = g_try_malloc_n (MAX (n_rows, 1), sizeof (double));
    else if (column->kind == EKL_CSV_STORE_TEXTS)
      column->codes = g_try_malloc_n (MAX (n_rows, 1), sizeof (guint32));
    if (column->kind != EKL_CSV_STORE_NOTHING && column->numbers == NULL && column->codes == NULL)
      return FALSE;
  }
  return TRUE;
}

/* Rows together that were read apart, and the memory behind them given back. */
static void
close_gaps (EklCsvColumn *column, const Part *parts, guint n_parts, guint n_rows)
{
  gsize size = column->kind == EKL_CSV_STORE_NUMBERS ? sizeof (double) : sizeof (guint32);
  char *values =
    column->kind == EKL_CSV_STORE_NUMBERS ? (char *) column->numbers : (char *) column->codes;
  gsize row = 0;

  if (column->kind == EKL_CSV_STORE_NOTHING)
    return;
  for (guint k = 0; k < n_parts; row += parts[k++].n_rows)
    if (row != parts[k].offset)
      memmove (values + row * size, values + parts[k].offset * size, parts[k].n_rows * size);
  values = g_realloc_n (values, MAX (n_rows, 1), size);
  if (column->kind == EKL_CSV_STORE_NUMBERS)
    column->numbers = (gpointer) values;
  else
    column->codes = (gpointer) values;
}

/* In order, but nobody waits for a turn: who has read the next one merges all that are ready. */
typedef struct {
  pthread_mutex_t lock;
  guint next;
  gboolean *is_read; /* (n_parts) */
} Merging;

static void
merge_ready (EklCsvStore *self, Part *parts, Merging *merging, guint k)
{
  guint n_parts = self->chunks->len;

  pthread_mutex_lock (&merging->lock);
  merging->is_read[k] = TRUE;
  for (; merging->next < n_parts && merging->is_read[merging->next]; merging->next++) {
    merge_part (self, &parts[merging->next]);
    clear_part (&parts[merging->next], self->n_columns);
  }
  pthread_mutex_unlock (&merging->lock);
}

static void
read_parts (EklCsvStore *self, Part *parts, const EklCsvWatch *watch)
{
  const EklCsvChunk *chunks = (const EklCsvChunk *) (gpointer) self->chunks->data;
  guint n_parts = self->chunks->len;
  g_autofree gboolean *is_read = g_new0 (gboolean, n_parts + 1);
  Merging merging = { .lock = PTHREAD_MUTEX_INITIALIZER, .is_read = is_read };

#pragma omp parallel for schedule(dynamic, 1)
  for (guint k = 0; k < n_parts; k++) {
    if (!ekl_csv_watch_report (watch, (double) k / n_parts))
      continue;
    init_part (&parts[k], parts[k].offset, self->n_columns);
    read_chunk (self, &chunks[k], &parts[k]);
    merge_ready (self, parts, &merging, k);
  }
  for (guint k = merging.next; k < n_parts; k++)
    if (is_read[k])
      clear_part (&parts[k], self->n_columns);
  pthread_mutex_destroy (&merging.lock);
}

/**
 * ekl_csv_store_read:
 * @self: a store whose columns know what to store
 * @name: what to call the file in messages
 * @watch: who waits
 * @error: return location for %EKL_DATA_ERROR_READ, %G_IO_ERROR_CANCELLED
 *
 * Reads all chunks, on as many threads as OpenMP has.
 *
 * Returns: whether all of the text was read
 */
gboolean
ekl_csv_store_read (EklCsvStore *self, const char *name, const EklCsvWatch *watch, GError **error)
{
  g_autofree Part *parts = g_new0 (Part, MAX (self->chunks->len, 1));
  gsize n_rows = 0;

  for (guint k = 0; k < self->chunks->len; k++) {
    parts[k].offset = n_rows;
    n_rows += g_array_index (self->chunks, EklCsvChunk, k).max_rows;
  }
  if (n_rows > G_MAXINT || !allocate_columns (self, n_rows)) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ,
                 "%s: too large for the memory of this computer (%" G_GSIZE_FORMAT
                 " rows of %u columns)",
                 name, n_rows, self->n_columns);
    return FALSE;
  }
  read_parts (self, parts, watch);
  if (g_cancellable_set_error_if_cancelled (watch->cancellable, error))
    return FALSE;
  if (self->huge_line > 0) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
                 "%s: row %" G_GSIZE_FORMAT " has a cell of more than a million characters; this "
                 "is not a table as text, or its delimiter is another",
                 name, self->huge_line);
    return FALSE;
  }
#pragma omp parallel for schedule(dynamic, 1)
  for (guint c = 0; c < self->n_columns; c++)
    close_gaps (&self->columns[c], parts, self->chunks->len, self->n_rows);
  return TRUE;
}

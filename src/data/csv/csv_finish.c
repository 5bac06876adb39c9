/* csv_finish.c - what was stored of each column, to the columns of a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv_finish.h"

#include "cell.h"
#include "column_type.h"

#include <math.h>
#include <string.h>

/* As much of a cell as the preview shows, in bytes; and of cells. */
#define MAX_PREVIEW_TEXT  500
#define MAX_PREVIEW_CELLS 200000

typedef struct {
  guint n_numbers, n_texts, n_different;
} Count;

/* What each text is, with its value where it is a number. Returns the signs that numbers have. */
static EklSigns
look_at_texts (const EklTextSet *texts, EklNumberMarks marks, EklCellKind *kinds, double *values)
{
  EklSigns signs = 0, sign;

  for (guint32 k = 0; k < ekl_text_set_get_n (texts); k++) {
    kinds[k] = ekl_cell_parse_quantity (
      ekl_text_set_get (texts, k), ekl_text_set_get_length (texts, k), marks, &values[k], &sign);
    signs |= sign;
  }
  return signs;
}

static void
count_text (Count *count, EklCellKind kind, guint8 *seen)
{
  if (kind != EKL_CELL_TEXT) {
    count->n_numbers++;
    return;
  }
  count->n_texts++;
  count->n_different += *seen == 0;
  *seen = 1;
}

/* An infinite number is a number for the type, though a bad cell in the end. */
static Count
count_cells (const EklCsvColumn *self, guint n_rows, const EklCellKind *kinds)
{
  g_autofree guint8 *seen =
    g_new0 (guint8, self->texts != NULL ? ekl_text_set_get_n (self->texts) + 1 : 1);
  Count count = { 0 };

  if (self->kind == EKL_CSV_STORE_NUMBERS) {
    for (guint r = 0; r < n_rows; r++)
      count.n_numbers += !isnan (self->numbers[r]);
    for (guint k = 0; self->bad != NULL && k < self->bad->len; k++) {
      guint32 code = g_array_index (self->bad, EklBadCell, k).code;
      count_text (&count, kinds[code], &seen[code]);
    }
  } else {
    for (guint r = 0; r < n_rows; r++)
      if (self->codes[r] != EKL_CATEGORY_MISSING)
        count_text (&count, kinds[self->codes[r]], &seen[self->codes[r]]);
  }
  return count;
}

/* Postcodes and the like: digits that begin with 0, all of one length, or at least as many as not. Where
 * 000 is among them, they are numbers that someone has filled up with zeros. */
static gboolean
has_codes (const EklTextSet *texts, const EklCellKind *kinds)
{
  guint n_numbers = 0, n_codes = 0;
  gsize width = 0;
  gboolean same_width = TRUE;

  for (guint32 k = 0; k < ekl_text_set_get_n (texts); k++) {
    const char *text = ekl_text_set_get (texts, k);
    gsize length = ekl_text_set_get_length (texts, k);

    if (kinds[k] != EKL_CELL_NUMBER)
      continue;
    ekl_cell_trim (&text, &length);
    if (length > 2 && strspn (text, "0") >= length)
      return FALSE;
    n_codes += ekl_cell_is_code (text, length);
    same_width =
      same_width && (n_numbers == 0 || length == width) && strspn (text, "0123456789") >= length;
    width = length;
    n_numbers++;
  }
  return n_codes > 0 && (same_width || 2 * n_codes >= n_numbers);
}

static EklColumnType
decide (const EklCsvColumn *self, guint n_rows, EklNumberMarks marks, gboolean *is_code)
{
  guint n_texts = self->texts != NULL ? ekl_text_set_get_n (self->texts) : 0;
  g_autofree EklCellKind *kinds = g_new (EklCellKind, n_texts + 1);
  g_autofree double *values = g_new (double, n_texts + 1);
  EklColumnType type;
  Count count;

  if (self->texts != NULL)
    look_at_texts (self->texts, marks, kinds, values);
  count = count_cells (self, n_rows, kinds);
  type = ekl_column_type_decide (count.n_numbers, count.n_texts, count.n_different);
  *is_code = type == EKL_COLUMN_NUMBER && self->kind == EKL_CSV_STORE_TEXTS &&
             has_codes (self->texts, kinds);
  return *is_code ? EKL_COLUMN_CATEGORY : type;
}

/**
 * ekl_csv_column_is_category:
 * @self: a column of @n_rows that was read as numbers
 * @n_rows: its rows
 * @marks: the marks of numbers
 *
 * Returns: whether, by all of its cells, it is a column of categories, or may be; its texts say more
 */
gboolean
ekl_csv_column_is_category (const EklCsvColumn *self, guint n_rows, EklNumberMarks marks)
{
  gboolean is_code;

  if (self->bad == NULL || self->has_codes)
    return self->has_codes;
  return decide (self, n_rows, marks, &is_code) == EKL_COLUMN_CATEGORY;
}

/* Was taken for texts by the first rows, and is numbers on the whole. */
static void
texts_to_numbers (EklCsvColumn *self, guint n_rows, EklNumberMarks marks)
{
  guint n_texts = self->texts != NULL ? ekl_text_set_get_n (self->texts) : 0;
  g_autofree EklCellKind *kinds = g_new (EklCellKind, n_texts + 1);
  g_autofree double *values = g_new (double, n_texts + 1);

  if (self->texts != NULL)
    self->signs = look_at_texts (self->texts, marks, kinds, values);
  self->numbers = g_new (double, MAX (n_rows, 1));
  self->bad = g_array_new (FALSE, FALSE, sizeof (EklBadCell));
  for (guint r = 0; r < n_rows; r++) {
    EklBadCell bad = { r, self->codes[r] };

    self->numbers[r] = bad.code == EKL_CATEGORY_MISSING ? NAN : values[bad.code];
    if (bad.code != EKL_CATEGORY_MISSING && kinds[bad.code] != EKL_CELL_NUMBER)
      g_array_append_val (self->bad, bad);
  }
  g_clear_pointer (&self->codes, g_free);
  self->kind = EKL_CSV_STORE_NUMBERS;
}

static EklTableColumn *
finish_numbers (EklCsvColumn *self, EklTableColumn *column)
{
  guint n_bad = self->bad != NULL ? self->bad->len : 0;
  EklBadCell *bad = NULL;

  if (self->bad != NULL)
    bad = (gpointer) g_array_free (g_steal_pointer (&self->bad), FALSE);
  ekl_table_column_take_numbers (column, g_steal_pointer (&self->numbers),
                                 g_steal_pointer (&self->texts), bad, n_bad);
  return column;
}

static EklTableColumn *
finish_texts (EklCsvColumn *self, EklTableColumn *column, guint n_rows)
{
  g_autofree guint32 *sorted = NULL;

  if (ekl_text_set_get_n (self->texts) <= EKL_TABLE_MAX_SORTED) {
    sorted = ekl_text_set_sort (self->texts);
    for (guint r = 0; r < n_rows; r++)
      if (self->codes[r] != EKL_CATEGORY_MISSING)
        self->codes[r] = sorted[self->codes[r]];
  }
  ekl_table_column_take_codes (column, g_steal_pointer (&self->codes),
                               g_steal_pointer (&self->texts));
  return column;
}

static EklTableColumn *
finish_column (
  EklCsvColumn *self, const char *name, gboolean is_unnamed, guint n_rows, EklNumberMarks marks)
{
  EklTableColumn *column = ekl_table_column_new (name, is_unnamed, n_rows);
  gboolean is_code = FALSE;

  if (self->kind == EKL_CSV_STORE_TEXTS &&
      decide (self, n_rows, marks, &is_code) != EKL_COLUMN_CATEGORY)
    texts_to_numbers (self, n_rows, marks);
  column->summary.is_code = is_code;
  column->summary.signs = self->signs;
  return self->kind == EKL_CSV_STORE_TEXTS ? finish_texts (self, column, n_rows)
                                           : finish_numbers (self, column);
}

/**
 * ekl_csv_finish_columns:
 * @store: columns that were read; what they hold is taken
 * @guess: their names, and the marks of numbers
 *
 * Returns: (transfer full): (n_columns) columns of a table
 */
EklTableColumn **
ekl_csv_finish_columns (EklCsvStore *store, const EklCsvGuess *guess)
{
  EklNumberMarks marks = ekl_csv_format_get_marks (&guess->format);
  EklTableColumn **columns = g_new0 (EklTableColumn *, store->n_columns + 1);

#pragma omp parallel for schedule(dynamic, 1)
  for (guint c = 0; c < store->n_columns; c++)
    columns[c] = finish_column (&store->columns[c], guess->names[c], guess->is_unnamed[c],
                                store->n_rows, marks);
  ekl_table_column_find_row_number (columns[0], store->n_columns);
  return columns;
}

static char *
shorten (const EklCsvCell *cell)
{
  gsize length = cell->length;

  if (length > MAX_PREVIEW_TEXT) {
    length = MAX_PREVIEW_TEXT;
    while (length > 0 && ((guchar) cell->text[length] & 0xc0) == 0x80)
      length--;
  }
  return g_strndup (cell->text, length);
}

/**
 * ekl_csv_make_preview:
 * @store: what was read
 * @guess: where the first row of data is
 * @n_rows: (out): how many rows the preview has
 *
 * Returns: (transfer full): (n_rows, n_columns) texts of the first rows, %NULL where a row is short
 */
char **
ekl_csv_make_preview (const EklCsvStore *store, const EklCsvGuess *guess, guint *n_rows)
{
  guint max_rows = MIN (EKL_TABLE_MAX_PREVIEW_ROWS, MAX_PREVIEW_CELLS / store->n_columns);
  char **preview;
  EklCsvSplitter splitter;

  *n_rows = MIN (MAX (max_rows, 1), store->n_rows);
  preview = g_new0 (char *, (gsize) *n_rows * store->n_columns + 1);
  ekl_csv_splitter_init (&splitter, store->dialect, guess->data, store->dialect->end, 1);
  for (guint r = 0; r < *n_rows && ekl_csv_splitter_next (&splitter); r++)
    for (guint c = 0; c < MIN (splitter.n_cells, store->n_columns); c++)
      preview[(gsize) r * store->n_columns + c] = shorten (&splitter.cells[c]);
  ekl_csv_splitter_clear (&splitter);
  return preview;
}

/* table_column.c - one column of a table: numbers or categories, and what was wrong with its cells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "table_column.h"

#include "cell.h"

#include <math.h>
#include <string.h>

/* So many rows between two looks at whether the work is still wanted: a few milliseconds. */
#define STRIDE 8192

/**
 * ekl_table_column_new:
 * @name: its name, not empty
 * @is_unnamed: whether that name is not the file's
 * @n_rows: its cells
 *
 * Returns: (transfer full): a column to be filled by one of the take functions
 */
EklTableColumn *
ekl_table_column_new (const char *name, gboolean is_unnamed, guint n_rows)
{
  EklTableColumn *self = g_new0 (EklTableColumn, 1);

  atomic_init (&self->n_references, 1);
  self->name = g_strdup (name);
  self->is_unnamed = is_unnamed;
  self->n_rows = n_rows;
  return self;
}

/**
 * ekl_table_column_ref:
 * @self: a column
 *
 * Returns: (transfer full): @self, with one more owner; from any thread
 */
EklTableColumn *
ekl_table_column_ref (EklTableColumn *self)
{
  atomic_fetch_add (&self->n_references, 1);
  return self;
}

/**
 * ekl_table_column_unref:
 * @self: a column
 *
 * Gives up one ownership; the last one frees it. From any thread.
 */
void
ekl_table_column_unref (EklTableColumn *self)
{
  if (atomic_fetch_sub (&self->n_references, 1) > 1)
    return;
  g_clear_pointer (&self->as_read, ekl_table_column_unref);
  g_clear_pointer (&self->texts, ekl_text_set_free);
  g_free (self->numbers);
  g_free (self->codes);
  g_free (self->bad);
  g_free (self->name);
  g_free (self);
}

/* What people write for a value that is not there, where cells have to be numbers. It stays a number,
 * since nobody but them can know; how often it is there is told. */
static guint
count_like_missing (const double *numbers, guint n_rows, double low)
{
  static const double codes[] = { -99,    -99.9,   -99.99, -200,    -999,
                                  -999.9, -999.99, -9999,  -9999.9, -99999 };
  gboolean is_code = FALSE;
  guint n = 0;

  for (guint k = 0; k < G_N_ELEMENTS (codes); k++)
    is_code = is_code || low == codes[k];
  for (guint r = 0; is_code && r < n_rows; r++) {
    if (numbers[r] > low && numbers[r] < low / 10)
      return 0;
    n += numbers[r] == low;
  }
  return n;
}

/**
 * ekl_table_column_take_numbers:
 * @self: a new column
 * @numbers: (transfer full): (n_rows), NaN in missing and bad cells
 * @texts: (transfer full) (nullable): the texts of bad cells
 * @bad: (transfer full) (array length=n_bad) (nullable): the bad cells, rows ascending
 * @n_bad: how many
 *
 * Makes it a column of numbers, or an empty one where there is neither number nor bad cell. The mean
 * is summed in a long double, in which no sum of doubles overflows.
 */
void
ekl_table_column_take_numbers (
  EklTableColumn *self, double *numbers, EklTextSet *texts, EklBadCell *bad, guint n_bad)
{
  EklColumnSummary *summary = &self->summary;
  double low = INFINITY, high = -INFINITY;
  long double sum = 0;
  guint n_good = 0;

  self->numbers = numbers;
  self->texts = texts;
  self->bad = bad;
  for (guint r = 0; r < self->n_rows; r++) {
    if (isnan (numbers[r]))
      continue;
    low = MIN (low, numbers[r]);
    high = MAX (high, numbers[r]);
    sum += numbers[r];
    n_good++;
  }
  self->type = n_good + n_bad > 0 ? EKL_COLUMN_NUMBER : EKL_COLUMN_EMPTY;
  summary->n_bad = n_bad;
  summary->n_missing = self->n_rows - n_good - n_bad;
  summary->min = n_good > 0 ? low : NAN;
  summary->max = n_good > 0 ? high : NAN;
  summary->mean = n_good > 0 ? (double) (sum / n_good) : NAN;
  summary->is_constant = n_good > 0 && low == high;
  summary->n_like_missing = low < high ? count_like_missing (numbers, self->n_rows, low) : 0;
}

/**
 * ekl_table_column_take_codes:
 * @self: a new column
 * @codes: (transfer full): (n_rows), a text of @texts or %EKL_CATEGORY_MISSING
 * @texts: (transfer full): the categories, each in use
 *
 * Makes it a column of categories, or an empty one where there are none.
 */
void
ekl_table_column_take_codes (EklTableColumn *self, guint32 *codes, EklTextSet *texts)
{
  EklColumnSummary *summary = &self->summary;

  self->type = EKL_COLUMN_CATEGORY;
  self->codes = codes;
  self->texts = texts;
  for (guint r = 0; r < self->n_rows; r++)
    summary->n_missing += codes[r] == EKL_CATEGORY_MISSING;
  summary->n_categories = ekl_text_set_get_n (texts);
  summary->is_constant = summary->n_categories == 1;
  summary->min = summary->max = summary->mean = NAN;
}

/* Different numbers have different shortest texts, so that nothing is merged. What has been done when
 * it is called off is left as it is, to be thrown away. */
static void
numbers_to_codes (EklTableColumn *self, const EklTableColumn *from, GCancellable *cancellable)
{
  EklTextSet *texts = ekl_text_set_new ();
  guint32 *codes = g_new (guint32, MAX (from->n_rows, 1));
  gboolean stopped = FALSE;
  guint next_bad = 0;

  for (guint r = 0; r < from->n_rows; r++) {
    codes[r] = EKL_CATEGORY_MISSING;
    if (r % STRIDE == 0)
      stopped = g_cancellable_is_cancelled (cancellable);
    if (stopped)
      continue;
    if (next_bad < from->summary.n_bad && from->bad[next_bad].row == r) {
      guint32 code = from->bad[next_bad++].code;
      codes[r] = ekl_text_set_add (texts, ekl_text_set_get (from->texts, code),
                                   ekl_text_set_get_length (from->texts, code));
    } else if (!isnan (from->numbers[r])) {
      g_autofree char *text = ekl_number_to_text (from->numbers[r]);
      codes[r] = ekl_text_set_add (texts, text, strlen (text));
    }
  }
  if (!stopped && ekl_text_set_get_n (texts) <= EKL_TABLE_MAX_SORTED) {
    g_autofree guint32 *sorted = ekl_text_set_sort (texts);
    for (guint r = 0; r < from->n_rows; r++)
      if (codes[r] != EKL_CATEGORY_MISSING)
        codes[r] = sorted[codes[r]];
  }
  ekl_table_column_take_codes (self, codes, texts);
}

static void
codes_to_numbers (EklTableColumn *self, const EklTableColumn *from, EklNumberMarks marks)
{
  guint n = ekl_text_set_get_n (from->texts);
  g_autofree double *values = g_new (double, MAX (n, 1));
  g_autofree guint32 *bad_codes = g_new (guint32, MAX (n, 1));
  double *numbers = g_new (double, MAX (from->n_rows, 1));
  GArray *bad = g_array_new (FALSE, FALSE, sizeof (EklBadCell));
  EklTextSet *texts = ekl_text_set_new ();
  EklSigns sign;
  guint n_bad;

  for (guint32 k = 0; k < n; k++) {
    const char *text = ekl_text_set_get (from->texts, k);
    gsize length = ekl_text_set_get_length (from->texts, k);
    bad_codes[k] = EKL_CATEGORY_MISSING;
    if (ekl_cell_parse_quantity (text, length, marks, &values[k], &sign) != EKL_CELL_NUMBER)
      bad_codes[k] = ekl_text_set_add (texts, text, length);
    self->summary.signs |= sign;
  }
  for (guint32 r = 0; r < from->n_rows; r++) {
    guint32 code = from->codes[r];
    numbers[r] = code == EKL_CATEGORY_MISSING ? NAN : values[code];
    if (code != EKL_CATEGORY_MISSING && bad_codes[code] != EKL_CATEGORY_MISSING) {
      EklBadCell cell = { r, bad_codes[code] };
      g_array_append_val (bad, cell);
    }
  }
  n_bad = bad->len;
  ekl_table_column_take_numbers (self, numbers, texts,
                                 (EklBadCell *) (gpointer) g_array_free (bad, FALSE), n_bad);
}

/**
 * ekl_table_column_convert:
 * @self: a column
 * @type: %EKL_COLUMN_NUMBER or %EKL_COLUMN_CATEGORY
 * @marks: the marks of numbers in the file that the column is of
 * @cancellable: (nullable): where it is cancelled meanwhile, the column is not to be used
 *
 * Reads the column as another type, always from what was read first, so that there and back nothing
 * is lost. Numbers become categories called as they are written shortest; categories that are no
 * numbers become bad cells.
 *
 * Returns: (transfer full): a column of that type; an empty one stays empty
 */
EklTableColumn *
ekl_table_column_convert (EklTableColumn *self,
                          EklColumnType type,
                          EklNumberMarks marks,
                          GCancellable *cancellable)
{
  EklTableColumn *from = self->as_read != NULL ? self->as_read : self;
  EklTableColumn *column;

  if (from->type == type || from->type == EKL_COLUMN_EMPTY)
    return ekl_table_column_ref (from);
  column = ekl_table_column_new (from->name, from->is_unnamed, from->n_rows);
  column->as_read = ekl_table_column_ref (from);
  if (type == EKL_COLUMN_CATEGORY)
    numbers_to_codes (column, from, cancellable);
  else
    codes_to_numbers (column, from, marks);
  column->summary.is_row_number = from->summary.is_row_number;
  return column;
}

/* Names of columns that count rows; "passenger_id" and the like are found by their end. */
static gboolean
is_name_of_number (const char *name)
{
  static const char *const names[] = { "no",     "no.",  "nr",         "nr.",   "#",
                                       "number", "num",  "row",        "index", "rowid",
                                       "obs",    "idx",  "lfd",        "lfd.",  "key",
                                       "case",   "rank", "row_number", NULL };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_strv_contains (names, lower) || g_str_has_suffix (lower, "id") ||
         g_str_has_suffix (lower, "index") || g_str_has_prefix (lower, "unnamed");
}

/* Something that may well run 1, 2, 3 and be what the data are about. */
static gboolean
is_name_of_quantity (const char *name)
{
  static const char *const names[] = { "time", "times", "day",  "days",   "date",   "week", "month",
                                       "year", "hour",  "step", "age",    "epoch",  "dose", "level",
                                       "size", "count", "temp", "minute", "second", NULL };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return strlen (name) == 1 || g_strv_contains (names, lower) || g_ascii_isdigit (name[1]);
}

static gboolean
counts_rows (const EklTableColumn *self)
{
  if (self->type != EKL_COLUMN_NUMBER || self->n_rows < 2)
    return FALSE;
  if (self->numbers[0] != 0 && self->numbers[0] != 1)
    return FALSE;
  for (guint r = 1; r < self->n_rows; r++)
    if (self->numbers[r] != self->numbers[0] + r)
      return FALSE;
  return TRUE;
}

/* Passengers 0001, 0002: a different code in every row. */
static gboolean
names_rows (const EklTableColumn *self, guint n_columns)
{
  if (self->type != EKL_COLUMN_CATEGORY || self->summary.n_categories != self->n_rows)
    return FALSE;
  return self->is_unnamed ? n_columns > 2 : self->summary.is_code && is_name_of_number (self->name);
}

/**
 * ekl_table_column_find_row_number:
 * @self: the first column
 * @n_columns: how many columns the table has
 *
 * Finds out whether the column only numbers the rows, 1 to n or 0 to n - 1, or names them: in a
 * file with a header, a different text in every row under no name, or a different code such as 0815
 * under a name such as id. In a table of two columns, and under the name of a quantity, 1 2 3 are data.
 */
void
ekl_table_column_find_row_number (EklTableColumn *self, guint n_columns)
{
  gboolean row_number = FALSE;

  if (n_columns < 2)
    return;
  if (counts_rows (self))
    row_number = (!self->is_unnamed && is_name_of_number (self->name)) ||
                 (n_columns > 2 && (self->is_unnamed || !is_name_of_quantity (self->name)));
  else
    row_number = names_rows (self, n_columns);
  self->summary.is_row_number = row_number;
}

/**
 * ekl_table_column_find_bad:
 * @self: a column
 * @row: a row, counted from 0
 *
 * Returns: (nullable): the bad cell of this row
 */
const EklBadCell *
ekl_table_column_find_bad (const EklTableColumn *self, guint row)
{
  guint low = 0, high = self->bad != NULL ? self->summary.n_bad : 0;

  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (self->bad[middle].row < row)
      low = middle + 1;
    else
      high = middle;
  }
  if (self->bad == NULL || low == self->summary.n_bad || self->bad[low].row != row)
    return NULL;
  return &self->bad[low];
}

/**
 * ekl_table_column_get_state:
 * @self: a column
 * @row: a row, counted from 0
 *
 * Returns: whether the cell has a value of the column's type
 */
EklCellState
ekl_table_column_get_state (const EklTableColumn *self, guint row)
{
  if (self->type == EKL_COLUMN_CATEGORY)
    return self->codes[row] == EKL_CATEGORY_MISSING ? EKL_CELL_IS_MISSING : EKL_CELL_GOOD;
  if (!isnan (self->numbers[row]))
    return EKL_CELL_GOOD;
  return ekl_table_column_find_bad (self, row) != NULL ? EKL_CELL_IS_BAD : EKL_CELL_IS_MISSING;
}

static gboolean
looks_like_number (const EklTableColumn *self, guint row)
{
  guint32 code = self->codes[row];
  double value;

  return code != EKL_CATEGORY_MISSING &&
         ekl_number_parse (ekl_text_set_get (self->texts, code),
                           ekl_text_set_get_length (self->texts, code), EKL_NUMBER_MARKS_PLAIN,
                           &value);
}

/**
 * ekl_table_column_find_problem:
 * @self: a column
 * @row: (out): its first row that is no number, counted from 0
 * @text: (out) (transfer full): what is wrong there
 *
 * Returns: %FALSE where every cell is a number
 */
gboolean
ekl_table_column_find_problem (const EklTableColumn *self, guint *row, char **text)
{
  const char *bad = NULL;
  guint r = 0;

  if (self->type == EKL_COLUMN_CATEGORY) {
    while (r + 1 < self->n_rows && looks_like_number (self, r))
      r++;
    bad = self->codes[r] != EKL_CATEGORY_MISSING ? ekl_text_set_get (self->texts, self->codes[r])
                                                 : NULL;
  } else {
    const EklBadCell *cell;
    while (r < self->n_rows && !isnan (self->numbers[r]))
      r++;
    if (r == self->n_rows)
      return FALSE;
    cell = ekl_table_column_find_bad (self, r);
    bad = cell != NULL ? ekl_text_set_get (self->texts, cell->code) : NULL;
  }
  *row = r;
  if (bad == NULL) {
    *text = g_strdup ("the value is missing; fill it in, delete the row or ignore the column");
  } else {
    g_autofree char *what = ekl_cell_describe_bad (bad);
    *text = g_strconcat (what, "; correct it or ignore the column", NULL);
  }
  return TRUE;
}

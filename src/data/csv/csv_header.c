/* csv_header.c - which records are no data: titles and names; and the columns' names and types
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first record is a header where it has words above columns of numbers. Where every column is of
 * words it is one, too, unless a word of it comes again further down. Years above columns of
 * numbers are names. A header with one name fewer than the rows have cells is R's: the rows have
 * names.
 */
#include "csv_guess.h"

#include "cell.h"
#include "column_type.h"

#include <math.h>
#include <string.h>

#define MAX_TITLES 20

static guint
count_filled (const EklCsvRecord *record)
{
  guint n = 0;

  for (guint c = 0; c < record->n_cells; c++)
    n += record->cells[c][strspn (record->cells[c], " \t")] != '\0';
  return n;
}

/* The number of cells that most records have; of two equally frequent ones that of the first. */
static guint
find_mode (GPtrArray *sample, guint from)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint mode = 1, n_mode = 0;

  for (guint r = from; r < sample->len; r++) {
    gpointer key = GUINT_TO_POINTER (ekl_csv_sample_get (sample, r)->n_cells);
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1;
    g_hash_table_insert (counts, key, GUINT_TO_POINTER (n));
    if (n > n_mode ||
        (n == n_mode && GPOINTER_TO_UINT (key) == ekl_csv_sample_get (sample, from)->n_cells)) {
      n_mode = n;
      mode = GPOINTER_TO_UINT (key);
    }
  }
  return mode;
}

/* Titles: a word or two in the first lines, above a table that is wider. */
static guint
count_titles (GPtrArray *sample)
{
  guint mode = find_mode (sample, 0), n = 0;

  if (mode < 3)
    return 0;
  while (n < MAX_TITLES && n + 2 < sample->len) {
    const EklCsvRecord *record = ekl_csv_sample_get (sample, n);
    guint filled = count_filled (record);
    if (filled > MAX (1, mode / 3) || filled == 0 ||
        ekl_csv_look_at (record->cells[0], strlen (record->cells[0])) != EKL_CSV_LOOK_TEXT)
      break;
    n++;
  }
  if (n == 0 || n == MAX_TITLES || 3 * count_filled (ekl_csv_sample_get (sample, n)) < 2 * mode)
    return 0;
  return n;
}

typedef struct {
  guint n_numbers, n_texts;
  gboolean again; /* the first record's cell comes again */
} ColumnCount;

static ColumnCount
count_column (const EklCsvGuess *self, guint first, guint c)
{
  EklNumberMarks marks = ekl_csv_format_get_marks (&self->format);
  const EklCsvRecord *head = ekl_csv_sample_get (self->sample, first);
  ColumnCount count = { 0 };

  for (guint r = first + 1; r < self->sample->len; r++) {
    const EklCsvRecord *record = ekl_csv_sample_get (self->sample, r);
    double value;

    if (c >= record->n_cells)
      continue;
    switch (ekl_cell_parse (record->cells[c], strlen (record->cells[c]), marks, &value)) {
    case EKL_CELL_NUMBER:
    case EKL_CELL_NOT_FINITE:
      count.n_numbers++;
      break;
    case EKL_CELL_TEXT:
      count.n_texts++;
      if (c < head->n_cells && strcmp (head->cells[c], record->cells[c]) == 0)
        count.again = TRUE;
      break;
    case EKL_CELL_EMPTY:
    case EKL_CELL_MISSING:
    default:
      break;
    }
  }
  return count;
}

static gboolean
is_number_column (const ColumnCount *count)
{
  return count->n_numbers > 0 && 3 * count->n_texts <= count->n_numbers + count->n_texts;
}

/* 1990, 1991, 1992: at least two, each the next or at the same distance. */
static gboolean
has_years (const EklCsvRecord *head, const gboolean *is_number)
{
  double last = 0;
  guint n = 0;

  for (guint c = 0; c < head->n_cells; c++) {
    double value;
    if (!is_number[c])
      continue;
    if (ekl_cell_parse (head->cells[c], strlen (head->cells[c]), EKL_NUMBER_MARKS_PLAIN, &value) !=
          EKL_CELL_NUMBER ||
        value < 1500 || value > 2200 || value != floor (value) || (n > 0 && value <= last))
      return FALSE;
    last = value;
    n++;
  }
  return n >= 2;
}

typedef struct {
  guint n_for, n_against;      /* columns of numbers with a word, with a number on top */
  guint n_texts, n_text_again; /* columns of words; whose first comes again */
} Evidence;

static gboolean
weigh (EklCsvGuess *self, const EklCsvRecord *head, const Evidence *evidence, gboolean years)
{
  const char *doubt = NULL;
  gboolean header;

  if (evidence->n_for + evidence->n_against > 0) {
    header = evidence->n_for >= MAX (evidence->n_against, 1);
    if (evidence->n_for > 0 && evidence->n_against > 0)
      doubt = "the first row has words and numbers above columns of numbers";
    if (!header && years && evidence->n_for == 0) {
      header = TRUE;
      doubt = "the first row is numbers that look like years";
    }
  } else {
    gboolean has_text = FALSE, has_number = FALSE;
    for (guint c = 0; c < head->n_cells; c++) {
      EklCsvLook look = ekl_csv_look_at (head->cells[c], strlen (head->cells[c]));
      has_text = has_text || look == EKL_CSV_LOOK_TEXT;
      has_number = has_number || look == EKL_CSV_LOOK_NUMBER;
    }
    header = evidence->n_text_again == 0 && (has_text || !has_number);
    if (header && evidence->n_texts > 0)
      doubt = "every column is text, so that the first row could be data as well";
  }
  if (doubt != NULL)
    ekl_csv_guess_doubt (self, EKL_CSV_FIELD_HEADER, g_strdup (doubt));
  return header;
}

/* Words in the second row above all columns of numbers, of which there are a few: the first row is of
 * names, too, though it may be years. */
static gboolean
has_second_header (const EklCsvGuess *self, guint first, const gboolean *is_number)
{
  const EklCsvRecord *head = ekl_csv_sample_get (self->sample, first), *second;
  guint n = 0;

  if (first + 3 >= self->sample->len)
    return FALSE;
  second = ekl_csv_sample_get (self->sample, first + 1);
  for (guint c = 0; c < MIN (head->n_cells, second->n_cells); c++) {
    if (!is_number[c])
      continue;
    if (ekl_csv_look_at (second->cells[c], strlen (second->cells[c])) != EKL_CSV_LOOK_TEXT)
      return FALSE;
    n++;
  }
  return n >= 2;
}

static EklSigns
get_sign (const EklCsvRecord *record, guint c)
{
  const char *text = c < record->n_cells ? record->cells[c] : "";
  gsize length = strlen (text);
  EklSigns sign;
  gboolean negative;

  ekl_cell_trim (&text, &length);
  return ekl_quantity_strip (&text, &length, &sign, &negative) ? sign : 0;
}

/* 2.5 % above numbers without that sign is a name: R's for a quantile. */
static EklCsvLook
look_at_head (const EklCsvGuess *self, guint first, guint c, guint shift)
{
  const EklCsvRecord *head = ekl_csv_sample_get (self->sample, first);
  EklCsvLook look = ekl_csv_look_at (head->cells[c], strlen (head->cells[c]));

  if (look == EKL_CSV_LOOK_NUMBER && get_sign (head, c) != 0 && first + 1 < self->sample->len &&
      get_sign (head, c) != get_sign (ekl_csv_sample_get (self->sample, first + 1), c + shift))
    return EKL_CSV_LOOK_TEXT;
  return look;
}

static gboolean
guess_has_header (EklCsvGuess *self, guint first)
{
  const EklCsvRecord *head = ekl_csv_sample_get (self->sample, first);
  g_autofree gboolean *is_number = g_new0 (gboolean, head->n_cells + 1);
  guint mode = find_mode (self->sample, MIN (first + 1, self->sample->len - 1));
  guint shift = head->n_cells > 1 && head->n_cells + 1 == mode; /* above rows that have names */
  Evidence evidence = { 0 };

  for (guint c = 0; c < head->n_cells; c++) {
    ColumnCount count = count_column (self, first, c + shift);
    EklCsvLook look = look_at_head (self, first, c, shift);

    is_number[c] = is_number_column (&count);
    if (is_number[c]) {
      evidence.n_for += look == EKL_CSV_LOOK_TEXT || look == EKL_CSV_LOOK_DATE;
      evidence.n_against += look == EKL_CSV_LOOK_NUMBER;
    } else if (count.n_texts > 0) {
      evidence.n_texts++;
      evidence.n_text_again += count.again;
    }
  }
  if (evidence.n_for == 0 && has_second_header (self, first, is_number)) {
    ekl_csv_guess_doubt (self, EKL_CSV_FIELD_HEADER,
                         g_strdup ("two rows of names, one below the other"));
    return TRUE;
  }
  return weigh (self, head, &evidence, has_years (head, is_number));
}

/* Trailing delimiters make no column: one without a name in which no cell is filled. */
static guint
count_columns (const EklCsvGuess *self, guint first, gboolean header)
{
  const EklCsvRecord *head = ekl_csv_sample_get (self->sample, first);
  guint n_rows = self->sample->len - first - header;
  guint n = n_rows > 0 ? find_mode (self->sample, first + header) : head->n_cells, n_filled = 0;

  for (guint r = first + header; r < self->sample->len; r++) {
    const EklCsvRecord *record = ekl_csv_sample_get (self->sample, r);
    guint last = MIN (record->n_cells, n);
    while (last > n_filled && *record->cells[last - 1] == '\0')
      last--;
    n_filled = MAX (n_filled, last);
  }
  if (header) {
    guint n_names = head->n_cells;
    while (n_names > n_filled && *head->cells[n_names - 1] == '\0')
      n_names--;
    n_filled = MAX (n_filled, n_names);
  }
  return MAX (n_filled, 1);
}

/* @taken: each name to the number that the next one like it gets. */
static char *
make_name (GHashTable *taken, const char *text, guint c)
{
  g_autofree char *plain = g_strstrip (g_strdelimit (g_strdup (text), "\t\r\n", ' '));
  g_autofree char *base =
    *plain != '\0' ? g_steal_pointer (&plain) : g_strdup_printf ("column_%u", c + 1);
  guint k = GPOINTER_TO_UINT (g_hash_table_lookup (taken, base));
  char *name = g_strdup (base);

  for (; g_hash_table_contains (taken, name); k++) {
    g_free (name);
    name = g_strdup_printf ("%s_%u", base, k);
  }
  if (!g_str_equal (name, base))
    g_hash_table_insert (taken, g_strdup (base), GUINT_TO_POINTER (k));
  g_hash_table_insert (taken, g_strdup (name), GUINT_TO_POINTER (2));
  return name;
}

static void
name_columns (EklCsvGuess *self, guint n, char *const *names, guint n_names)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint shift = names != NULL && n_names + 1 == n && n_names > 0;

  self->n_columns = n;
  self->names = g_new0 (char *, n + 1);
  self->is_unnamed = g_new0 (gboolean, n + 1);
  for (guint c = 0; c < n; c++) {
    const char *text = c >= shift && c - shift < n_names ? names[c - shift] : "";
    self->is_unnamed[c] = text[strspn (text, " \t\r\n")] == '\0';
    self->names[c] = make_name (taken, text, c);
  }
}

/* As numpy writes it: the names are in the comment above the first row. */
static GPtrArray *
find_comment_names (const EklCsvGuess *self, const EklCsvRecord *first, guint n_columns)
{
  g_autoptr (GPtrArray) names = NULL;
  const char *at = first->start, *start;
  EklCsvDialect dialect = self->dialect;

  while (at > self->start && (at[-1] == '\n' || at[-1] == '\r'))
    at--;
  for (start = at; start > self->start && start[-1] != '\n' && start[-1] != '\r';)
    start--;
  if (self->format.comment <= 0 || at == self->start || *start != (char) self->format.comment)
    return NULL;
  g_autofree char *line = g_strndup (start + 1, (gsize) (at - start - 1));
  dialect.end = line + strlen (line);
  dialect.quotes_end = dialect.end;
  names = ekl_csv_sample_new (&dialect, line, 1);
  if (names->len != 1 || ekl_csv_sample_get (names, 0)->n_cells != n_columns || n_columns < 2)
    return NULL;
  for (guint c = 0; c < n_columns; c++) {
    const char *name = ekl_csv_sample_get (names, 0)->cells[c];
    if (ekl_csv_look_at (name, strlen (name)) != EKL_CSV_LOOK_TEXT)
      return NULL;
  }
  return g_steal_pointer (&names);
}

static void
find_types (EklCsvGuess *self, guint first, gboolean header)
{
  guint shift_back = header ? 0 : 1; /* count_column() leaves out the record it is given */

  self->is_text = g_new0 (gboolean, self->n_columns + 1);
  for (guint c = 0; c < self->n_columns; c++) {
    ColumnCount count = { 0 };
    if (!header || first + 1 < self->sample->len)
      count = count_column (self, first, c);
    self->is_text[c] = count.n_texts > 0 && !is_number_column (&count);
    if (shift_back == 1 && count.n_texts + count.n_numbers == 0 &&
        c < ekl_csv_sample_get (self->sample, first)->n_cells)
      self->is_text[c] =
        ekl_csv_look_at (ekl_csv_sample_get (self->sample, first)->cells[c],
                         strlen (ekl_csv_sample_get (self->sample, first)->cells[c])) ==
        EKL_CSV_LOOK_TEXT;
  }
}

/**
 * ekl_csv_guess_header:
 * @self: a guess with a sample, that knows the marks of numbers
 *
 * Passes over titles, decides on a header, and finds the columns with their names.
 */
void
ekl_csv_guess_header (EklCsvGuess *self)
{
  guint first = count_titles (self->sample);
  const EklCsvRecord *head = ekl_csv_sample_get (self->sample, first);
  g_autoptr (GPtrArray) comment = NULL;
  gboolean header;

  self->n_titles = first;
  header = self->format.header == EKL_CSV_HEADER_YES;
  if (self->format.header == EKL_CSV_HEADER_AUTOMATIC)
    header = guess_has_header (self, first);
  if (header) {
    name_columns (self, count_columns (self, first, TRUE), head->cells, head->n_cells);
  } else {
    guint n = count_columns (self, first, FALSE);
    if (self->format.header == EKL_CSV_HEADER_AUTOMATIC)
      comment = find_comment_names (self, head, n);
    name_columns (self, n, comment != NULL ? ekl_csv_sample_get (comment, 0)->cells : NULL,
                  comment != NULL ? n : 0);
  }
  self->format.header = header || comment != NULL ? EKL_CSV_HEADER_YES : EKL_CSV_HEADER_NO;
  find_types (self, first, header);
  first += header;
  self->data = self->dialect.end;
  if (first < self->sample->len) {
    self->data = ekl_csv_sample_get (self->sample, first)->start;
    self->data_line = ekl_csv_sample_get (self->sample, first)->line;
  }
}

/* csv_delimiter.c - which character stands between cells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each candidate is tried on the first records. It is good where the records have the same number of
 * cells, and where the cells are something: a number or a date more than a word, a word more than
 * a text in which another candidate stands. The same two measures, in other words, as in van den
 * Burg, Nazabal and Sutton, Wrangling messy CSV files by detecting row and type patterns (2019).
 */
#include "csv_guess.h"

#include <math.h>
#include <string.h>

#define MAX_BYTES   (256 * 1024)
#define MAX_RECORDS 500
#define MAX_CELLS   100000
#define MAX_QUOTED  16384

/* A second-best score of that share of the best is worth a word. */
#define CLOSE 0.93

static const struct {
  char delimiter;
  double weight; /* what it loses against an equal one */
} candidates[] = {
  { ',', 1.0 }, { ';', 1.0 }, { '\t', 1.0 }, { '|', 0.98 }, { ' ', 0.93 }, { '\0', 0.8 },
};

static double
rate_text (const char *text, gsize length)
{
  double rate = 0.6;

  for (gsize i = 0; i < length; i++) {
    if (text[i] == ';' || text[i] == '\t' || text[i] == '|' || text[i] == '"')
      return 0.1;
    if (text[i] == ',')
      rate = MIN (rate, 0.4);
    else if (text[i] == ' ')
      rate = MIN (rate, 0.5);
  }
  return rate;
}

/* A line as one cell is less than it seems where a comma in it may be a delimiter. */
static double
rate_cell (const EklCsvCell *cell, char delimiter)
{
  if (delimiter == '\0' && memchr (cell->text, ',', cell->length) != NULL)
    return 0.35;
  switch (ekl_csv_look_at (cell->text, cell->length)) {
  case EKL_CSV_LOOK_NUMBER:
  case EKL_CSV_LOOK_DATE:
    return 1;
  case EKL_CSV_LOOK_MISSING:
    return 0.9;
  case EKL_CSV_LOOK_EMPTY:
    return 0.6;
  case EKL_CSV_LOOK_TEXT:
  default:
    return rate_text (cell->text, cell->length);
  }
}

/* The number of cells that most records have; of two equally frequent ones the larger. */
static guint
find_mode (const GArray *counts)
{
  guint mode = 0, n_of_mode = 0;

  for (guint k = 0; k < counts->len; k++) {
    guint n = 0;
    for (guint i = 0; i < counts->len; i++)
      n += g_array_index (counts, guint, i) == g_array_index (counts, guint, k);
    if (n > n_of_mode || (n == n_of_mode && g_array_index (counts, guint, k) > mode)) {
      n_of_mode = n;
      mode = g_array_index (counts, guint, k);
    }
  }
  return mode;
}

/* From 0 to 1; a row that ends early is more common than one that goes on. */
static double
rate_counts (const GArray *counts, guint mode)
{
  double sum = 0;

  for (guint k = 0; k < counts->len; k++) {
    guint n = g_array_index (counts, guint, k);
    sum += n == mode ? 1 : n < mode ? 0.5 : 0.2;
  }
  return pow (sum / counts->len, 2);
}

/* The names say how many columns there are: one fewer only where the rows have names, too. */
static gboolean
fits_first (guint first, guint mode)
{
  return first == mode || first == mode + 1 || (first + 1 == mode && first > 1);
}

/* Cells up to the last that is not empty: spreadsheets write empty ones behind it, and whole rows of
 * them, as far as someone once typed. Those below a name count all the same. */
static guint
count_filled (const EklCsvSplitter *splitter)
{
  guint n = splitter->n_cells;

  while (n > 0 && splitter->cells[n - 1].length == 0)
    n--;
  return n;
}

static double
rate_delimiter (const EklCsvGuess *self, char delimiter, double weight, guint *n_columns)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (guint));
  const char *end = self->dialect.end;
  const char *stop = end - self->start > MAX_BYTES ? self->start + MAX_BYTES : end;
  EklCsvDialect dialect;
  EklCsvSplitter splitter;
  double sum = 0, score;
  guint n_cells = 0, n_records;

  ekl_csv_dialect_init (&dialect, end, delimiter, (char) MAX (self->format.quote, 0),
                        (char) MAX (self->format.comment, 0));
  /* With a wrong delimiter no mark is closed; looking far for the ends would take seconds. */
  dialect.max_quoted = MAX_QUOTED;
  ekl_csv_splitter_init (&splitter, &dialect, self->start, stop, 1);
  while (counts->len < MAX_RECORDS && n_cells < MAX_CELLS && ekl_csv_splitter_next (&splitter)) {
    guint n = count_filled (&splitter);
    if (n == 0)
      continue;
    if (counts->len > 0)
      n = MAX (n, MIN (splitter.n_cells, g_array_index (counts, guint, 0)));
    for (guint c = 0; c < n; c++)
      sum += rate_cell (&splitter.cells[c], delimiter);
    n_cells += n;
    g_array_append_val (counts, n);
  }
  ekl_csv_splitter_clear (&splitter);
  n_records = counts->len;
  *n_columns = n_records > 0 ? find_mode (counts) : 1;
  if (n_records == 0 || n_cells == 0 || (*n_columns == 1 && delimiter != '\0'))
    return 0;
  score = weight * sum / n_cells * rate_counts (counts, *n_columns);
  if (n_records > 1 && !fits_first (g_array_index (counts, guint, 0), *n_columns) &&
      g_array_index (counts, guint, 0) * 3 > *n_columns)
    score *= g_array_index (counts, guint, 0) == 1 ? 0.25 : 0.5;
  return score;
}

/**
 * ekl_csv_guess_delimiter:
 * @self: a guess that knows quotation marks and comments
 *
 * Finds the delimiter, and whether another one would do as well.
 */
void
ekl_csv_guess_delimiter (EklCsvGuess *self)
{
  double best_score = 0, second_score = 0;
  guint best = G_N_ELEMENTS (candidates) - 1, second = best, n_columns;

  for (guint k = 0; k < G_N_ELEMENTS (candidates); k++) {
    double score = rate_delimiter (self, candidates[k].delimiter, candidates[k].weight, &n_columns);
    if (score > best_score) {
      second = best;
      second_score = best_score;
      best = k;
      best_score = score;
    } else if (score > second_score) {
      second = k;
      second_score = score;
    }
  }
  self->format.delimiter =
    candidates[best].delimiter != '\0' ? candidates[best].delimiter : EKL_CSV_NONE;
  if (second_score < CLOSE * best_score || second == best || best_score == 0)
    return;
  g_autofree char *other = ekl_csv_character_to_text (
    candidates[second].delimiter != '\0' ? candidates[second].delimiter : EKL_CSV_NONE);
  ekl_csv_guess_doubt (self, EKL_CSV_FIELD_DELIMITER,
                       g_strdup_printf ("the first rows would fit \"%s\" nearly as well", other));
}

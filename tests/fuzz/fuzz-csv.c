/* fuzz-csv.c - any bytes as a file of a table, read by any wishes for its format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "csv_reader.h"

#include <math.h>

/* The last bytes of the input choose; one that is a line's end, as of a whole file, leaves all of it to
 * the reader. */
static EklCsvFormat
take_format (FuzzInput *input)
{
  static const int delimiters[] = { 0, ',', ';', '\t', ' ', '|', ':', EKL_CSV_NONE };
  static const int thousands[] = { 0, ',', '.', ' ', '\'', EKL_CSV_NONE };
  static const int quotes[] = { 0, '"', '\'', EKL_CSV_NONE };
  static const int comments[] = { 0, '#', '%', EKL_CSV_NONE };
  EklCsvFormat format = { 0 };
  guint8 bits = fuzz_take_last_byte (input);

  if (bits == '\n')
    return format;
  format.decimal = bits % 3 == 0 ? 0 : bits % 3 == 1 ? '.' : ',';
  format.header = bits / 3 % 3;
  format.encoding = bits / 9 % 5;
  format.quote = quotes[bits / 45 % G_N_ELEMENTS (quotes)];
  bits = fuzz_take_last_byte (input);
  format.delimiter = delimiters[bits % G_N_ELEMENTS (delimiters)];
  format.thousands = thousands[bits / 8 % G_N_ELEMENTS (thousands)];
  format.comment = comments[bits / 48 % G_N_ELEMENTS (comments)];
  return format;
}

static void
check_numbers (EklTable *table, guint c)
{
  const EklColumnSummary *summary = ekl_table_get_column_summary (table, c);
  const double *values = ekl_table_get_column (table, c);
  guint n_missing = 0, n_bad = 0;

  for (guint r = 0; r < ekl_table_get_n_rows (table); r++) {
    const EklCellState state = ekl_table_get_cell_state (table, r, c);

    g_assert_cmpint (isnan (values[r]) != 0, ==, state != EKL_CELL_GOOD);
    g_assert_true (state != EKL_CELL_GOOD || isfinite (values[r]));
    n_missing += state == EKL_CELL_IS_MISSING;
    n_bad += state == EKL_CELL_IS_BAD;
    if (state == EKL_CELL_IS_BAD)
      g_assert_nonnull (ekl_table_get_bad_text (table, c, r));
    if (state == EKL_CELL_GOOD)
      g_assert_true (values[r] >= summary->min && values[r] <= summary->max);
  }
  g_assert_cmpuint (n_missing, ==, summary->n_missing);
  g_assert_cmpuint (n_bad, ==, summary->n_bad);
}

static void
check_categories (EklTable *table, guint c)
{
  const EklColumnSummary *summary = ekl_table_get_column_summary (table, c);
  const guint32 *codes = ekl_table_get_column_codes (table, c);
  guint n_missing = 0;

  for (guint r = 0; r < ekl_table_get_n_rows (table); r++) {
    n_missing += codes[r] == EKL_CATEGORY_MISSING;
    g_assert_true (codes[r] == EKL_CATEGORY_MISSING || codes[r] < summary->n_categories);
  }
  for (guint k = 0; k < summary->n_categories; k++)
    g_assert_true (g_utf8_validate (ekl_table_get_category_name (table, c, k), -1, NULL));
  g_assert_cmpuint (n_missing, ==, summary->n_missing);
}

static void
check_columns (EklTable *table)
{
  for (guint c = 0; c < ekl_table_get_n_columns (table); c++) {
    const char *problem = ekl_table_get_column_problem (table, c);

    g_assert_true (g_utf8_validate (ekl_table_get_column_name (table, c), -1, NULL));
    g_assert_cmpstr (ekl_table_get_column_name (table, c), !=, "");
    if (problem != NULL)
      fuzz_check_text (problem);
    switch (ekl_table_get_column_type (table, c)) {
    case EKL_COLUMN_NUMBER:
      check_numbers (table, c);
      break;
    case EKL_COLUMN_CATEGORY:
      check_categories (table, c);
      break;
    case EKL_COLUMN_EMPTY:
    default:
      g_assert_cmpuint (ekl_table_get_column_summary (table, c)->n_missing, ==,
                        ekl_table_get_n_rows (table));
      break;
    }
  }
}

static void
check_problems (EklTable *table)
{
  guint n;
  const EklTableProblem *problems = ekl_table_list_problems (table, &n);

  g_assert_cmpuint (n, <=, EKL_TABLE_MAX_PROBLEMS);
  g_assert_cmpuint (n, <=, ekl_table_get_n_problems (table));
  for (guint k = 0; k < n; k++) {
    g_assert_cmpuint (problems[k].row, <=, ekl_table_get_n_rows (table));
    g_assert_cmpuint (problems[k].column, <=, ekl_table_get_n_columns (table));
    fuzz_check_text (problems[k].text);
  }
  for (guint r = 0; r < ekl_table_get_n_preview_rows (table); r++)
    for (guint c = 0; c < ekl_table_get_n_columns (table); c++)
      g_assert_true (g_utf8_validate (ekl_table_get_preview_text (table, r, c), -1, NULL));
}

/* Rows stand in the order of their lines; what was read is a format that can be asked for. */
static void
check_whole (EklTable *table)
{
  gsize line = 0;

  g_assert_cmpuint (ekl_table_get_n_columns (table), >, 0);
  g_assert_cmpuint (ekl_table_get_n_rows (table), >, 0);
  if (ekl_table_get_csv_format (table) != NULL)
    g_assert_true (ekl_csv_format_is_valid (ekl_table_get_csv_format (table)));
  for (guint r = 0; r < ekl_table_get_n_rows (table); r++) {
    g_assert_cmpuint (ekl_table_get_row_line (table, r), >, line);
    line = ekl_table_get_row_line (table, r);
  }
  for (EklCsvField field = 0; field < EKL_CSV_N_FIELDS; field++) {
    const char *doubt = ekl_table_get_csv_doubt (table, field);

    if (doubt != NULL)
      fuzz_check_text (doubt);
  }
}

/* A column of the other type, and back, is what it was. */
static void
check_conversion (EklTable *table)
{
  const guint c = ekl_table_get_n_columns (table) - 1;
  const EklColumnType type = ekl_table_get_column_type (table, c);

  if (type == EKL_COLUMN_EMPTY)
    return;
  const EklColumnType other = type == EKL_COLUMN_NUMBER ? EKL_COLUMN_CATEGORY : EKL_COLUMN_NUMBER;
  g_autoptr (EklTable) turned = ekl_table_with_column_type (table, c, other, NULL);
  g_autoptr (EklTable) back = ekl_table_with_column_type (turned, c, type, NULL);

  check_columns (turned);
  check_columns (back);
  g_assert_cmpint (ekl_table_get_column_type (back, c), ==, type);
  g_assert_cmpuint (ekl_table_get_column_summary (back, c)->n_missing, ==,
                    ekl_table_get_column_summary (table, c)->n_missing);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t n)
{
  FuzzInput input = { bytes, n };
  const EklCsvFormat format = take_format (&input);
  g_autoptr (GBytes) whole = g_bytes_new_static (input.at, input.n);
  g_autoptr (GError) error = NULL;
  g_autoptr (EklTable) table =
    ekl_csv_read_bytes (whole, "f.csv", &format, NULL, NULL, NULL, &error);

  if (table == NULL) {
    fuzz_check_refusal (error, EKL_DATA_ERROR);
    return 0;
  }
  g_assert_no_error (error);
  check_whole (table);
  check_columns (table);
  check_problems (table);
  check_conversion (table);
  return 0;
}

/* fuzz-csv.c - any bytes as a CSV file, and what comes of it as a dataset
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "csv_reader.h"
#include "dataset.h"

static void
check_table (EklTable *table)
{
  g_assert_cmpuint (ekl_table_get_n_columns (table), >, 0);
  g_assert_cmpuint (ekl_table_get_n_rows (table), >, 0);
  for (guint c = 0; c < ekl_table_get_n_columns (table); c++) {
    const double *values = ekl_table_get_column (table, c);
    const char *problem = ekl_table_get_column_problem (table, c);
    gboolean has_nan = values == NULL;

    for (guint r = 0; values != NULL && r < ekl_table_get_n_rows (table); r++)
      has_nan = has_nan || values[r] != values[r];
    g_assert_cmpint (has_nan, ==, problem != NULL);
    if (problem != NULL)
      fuzz_check_text (problem);
    g_assert_true (g_utf8_validate (ekl_table_get_column_name (table, c), -1, NULL));
    g_assert_cmpstr (ekl_table_get_column_name (table, c), !=, "");
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t n)
{
  g_autoptr (GBytes) whole = g_bytes_new_static (bytes, n);
  g_autoptr (GError) error = NULL;
  g_autoptr (EklTable) table = ekl_csv_read_bytes (whole, "f.csv", NULL, NULL, NULL, NULL, &error);

  if (table == NULL) {
    fuzz_check_refusal (error, EKL_DATA_ERROR);
    return 0;
  }
  g_assert_no_error (error);
  check_table (table);
  return 0;
}

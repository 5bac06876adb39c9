/* recipe-fixture.c - what the tests of making a dataset share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recipe-fixture.h"

#include "csv_reader.h"

#include <string.h>

const EklDataOptions plain = {
  .train_fraction = 1,
  .standardize = EKL_STANDARDIZE_NONE,
};

/* Commas and points are given: tables this small could be read in other ways. */
EklTable *
read_table (const char *text)
{
  const EklCsvFormat format = { .delimiter = ',', .decimal = '.', .header = EKL_CSV_HEADER_YES };
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  EklTable *table = ekl_csv_read_bytes (bytes, "f.csv", &format, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return table;
}

EklDataset *
make (const char *text, const EklDataOptions *options)
{
  g_autoptr (EklTable) table = read_table (text);
  g_autoptr (GError) error = NULL;
  EklDataset *dataset = ekl_dataset_new (table, options, &error);

  g_assert_no_error (error);
  return dataset;
}

void
assert_error (const char *text, EklDataOptions options, const char *message)
{
  g_autoptr (EklTable) table = read_table (text);
  g_autoptr (GError) error = NULL;

  g_assert_null (ekl_dataset_new (table, &options, &error));
  g_assert_true (error->domain == EKL_DATA_ERROR);
  if (!g_pattern_match_simple (message, error->message))
    g_error ("\"%s\" is not \"%s\"", error->message, message);
}

/* The line of numbers, then the notes, a "|" before each. */
void
assert_summary (const EklDataset *dataset, const char *expected)
{
  const EklDatasetSummary *summary = ekl_dataset_get_summary (dataset);
  g_autofree char *line = ekl_dataset_summary_format (summary);
  g_autofree char *notes = g_strjoinv ("|", summary->notes);
  g_autofree char *for_window = g_strjoinv (" ", summary->window_notes);
  g_autofree char *all = g_strconcat (line, summary->notes[0] != NULL ? "|" : "", notes, NULL);

  g_assert_cmpstr (all, ==, expected);
  /* no window has options of a command line */
  g_assert_null (strstr (for_window, "types="));
  g_assert_null (strstr (for_window, "set "));
}

void
assert_row (const real *row, guint n, const double *expected)
{
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (row[i], expected[i], TOLERANCE);
}

char *
many_texts (guint n_rows, guint n_texts)
{
  GString *text = g_string_new ("a,name,y\n");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "%u,text %u,%u.5\n", i * 7 % 11, i % n_texts, i * 3 % 17);
  return g_string_free (text, FALSE);
}

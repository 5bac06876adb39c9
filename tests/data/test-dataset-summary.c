/* test-dataset-summary.c - notes on what became of the data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "column_roles.h"
#include "dataset_summary.h"

/* A name of a file's header may hold what moves the cursor of a terminal. */
static void
test_one_line (void)
{
  g_autoptr (EklDatasetSummary) summary = ekl_dataset_summary_new ();

  ekl_dataset_summary_add (summary, g_strdup ("Column a\033[2Jb\nis ignored."));
  ekl_dataset_summary_add (summary, g_strdup ("Another."));
  g_assert_cmpstr (summary->notes[0], ==, "Column a [2Jb is ignored.");
  g_assert_cmpstr (summary->notes[1], ==, "Another.");
  g_assert_null (summary->notes[2]);
}

/* What is to be done is said in the words of whoever listens. */
static void
test_advice (void)
{
  g_autoptr (EklDatasetSummary) summary = ekl_dataset_summary_new ();

  ekl_dataset_summary_add (summary, g_strdup ("One."));
  ekl_dataset_summary_add_advice (summary, "Gaps", ": set missing to mean.", ": fill them in.");
  g_assert_cmpstr (summary->notes[0], ==, "One.");
  g_assert_cmpstr (summary->notes[1], ==, "Gaps: set missing to mean.");
  g_assert_null (summary->notes[2]);
  g_assert_cmpstr (summary->window_notes[0], ==, "One.");
  g_assert_cmpstr (summary->window_notes[1], ==, "Gaps: fill them in.");
  g_assert_null (summary->window_notes[2]);
}

/* Nobody can type such a name: the column is named by its number. */
static void
test_reference (void)
{
  static const char *const names[] = { "a", "b\016c", "d,e" };
  static const double values[] = { 1, 2, 3 };
  g_autoptr (EklTable) table = ekl_table_new ("f.csv", 3, names, 1, values);
  g_autofree char *first = ekl_column_reference (table, 0);
  g_autofree char *second = ekl_column_reference (table, 1);
  g_autofree char *third = ekl_column_reference (table, 2);

  g_assert_cmpstr (first, ==, "a");
  g_assert_cmpstr (second, ==, "2");
  g_assert_cmpstr (third, ==, "\"d,e\"");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dataset-summary/advice", test_advice);
  g_test_add_func ("/dataset-summary/one-line", test_one_line);
  g_test_add_func ("/dataset-summary/reference", test_reference);
  return g_test_run ();
}

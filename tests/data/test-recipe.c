/* test-recipe.c - types, gaps, categories, classes: what a class brings, and what becomes of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "column_roles.h"
#include "csv_reader.h"
#include "dataset.h"

#include <math.h>
#include <string.h>

#define TOLERANCE (sizeof (real) == sizeof (float) ? 1e-5 : 1e-12)

static const EklDataOptions plain = {
  .train_fraction = 1,
  .standardize = EKL_STANDARDIZE_NONE,
};

/* Commas and points are given: tables this small could be read in other ways. */
static EklTable *
read_table (const char *text)
{
  const EklCsvFormat format = { .delimiter = ',', .decimal = '.', .header = EKL_CSV_HEADER_YES };
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  EklTable *table = ekl_csv_read_bytes (bytes, "f.csv", &format, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return table;
}

static EklDataset *
make (const char *text, const EklDataOptions *options)
{
  g_autoptr (EklTable) table = read_table (text);
  g_autoptr (GError) error = NULL;
  EklDataset *dataset = ekl_dataset_new (table, options, &error);

  g_assert_no_error (error);
  return dataset;
}

static void
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
static void
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

static char *
join_names (const EklUnit *units, guint n)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "|" : "", units[i].name);
  return g_string_free (names, FALSE);
}

static void
assert_inputs (const EklDataset *dataset, const char *expected)
{
  g_autofree char *names =
    join_names (ekl_dataset_get_input_units (dataset), ekl_dataset_get_n_inputs (dataset));

  g_assert_cmpstr (names, ==, expected);
}

static void
assert_row (const real *row, guint n, const double *expected)
{
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (row[i], expected[i], TOLERANCE);
}

/* ---- missing values ---- */

#define GAPS "a,c,y\n1,u,1.5\n,v,2.5\n7,v,3.5\n1,,4.5\n3,w,\n3,w,NA\n"

static void
test_drop (void)
{
  g_autoptr (EklDataset) dataset = make (GAPS, &plain);
  g_autoptr (EklDataset) gappy = make ("a,b,y\n1,,2\n2,,3\n1,4,5\n,,4\n7,5,5\n", &plain);

  assert_summary (dataset, "2 training rows, 2 features in 4 inputs, 4 rows dropped: missing|Every "
                           "category is an input: column 2 (c) has 3.|No training row has c=w; "
                           "where others have it, it is left out.");
  assert_summary (gappy, "2 training rows, 2 features, 3 rows dropped: missing|More than half of "
                         "the rows are dropped; column 2 (b) alone has no value in 3. Ignore it, "
                         "or set missing to mean.");
}

static void
test_fill (void)
{
  EklDataOptions options = plain;
  options.missing = EKL_MISSING_MEAN;
  g_autoptr (EklDataset) mean = make (GAPS, &options);
  options.missing = EKL_MISSING_MODE;
  g_autoptr (EklDataset) mode = make (GAPS, &options);
  const EklBatch *batch = ekl_dataset_get_training (mean);

  /* rows without a target go all the same */
  assert_summary (mean, "4 training rows, 2 features in 4 inputs, 2 rows dropped: missing, 2 cells "
                        "filled in|Missing cells are filled in from the training rows: 1 of column "
                        "1 (a) with 3, 1 of column 2 (c) with \"v\".|Every category is an input: "
                        "column 2 (c) has 3.|No training row has c=w; where others have it, it is "
                        "left out.");
  assert_row (batch->x, 4, (double[]){ 1, 3, 7, 1 });
  assert_row (batch->x + 4, 4, (double[]){ 1, 0, 0, 0 });
  assert_row (batch->x + 8, 4, (double[]){ 0, 1, 1, 1 });
  assert_row (batch->x + 12, 4, (double[]){ 0, 0, 0, 0 });
  assert_row (ekl_dataset_get_training (mode)->x, 4, (double[]){ 1, 1, 7, 1 });
}

static void
test_bad_cells (void)
{
  EklDataOptions options = plain;
  const char *text = "a,b,y\n1,2,1.5\n2,oops,2.5\n3,4,3.5\n,oops,4.5\n5,,5.5\n6,1,6.5\n7,1,0.5\n"
                     "8,1,1.5\n";
  g_autoptr (EklDataset) dataset = NULL;

  options.types = "a:number,b:number";
  dataset = make (text, &options);
  assert_summary (dataset, "5 training rows, 2 features, 3 rows dropped: 1 missing, 2 bad|2 cells "
                           "are no numbers and count as missing; the first: row 3, column 2 (b): "
                           "\"oops\".");
  g_clear_pointer (&dataset, ekl_dataset_unref);
  options.missing = EKL_MISSING_MODE;
  dataset = make (text, &options);
  assert_row (ekl_dataset_get_training (dataset)->x + 8, 8, (double[]){ 2, 1, 4, 1, 1, 1, 1, 1 });
  g_clear_pointer (&dataset, ekl_dataset_unref);
  options.missing = EKL_MISSING_DROP;
  options.types = "a:number,b:ignored";
  dataset = make (text, &options);
  assert_summary (dataset, "7 training rows, 1 feature, 1 row dropped: missing");
}

static void
test_nothing_left (void)
{
  EklDataOptions options = plain;

  assert_error ("a,b,y\n1,,2\n3,,4\n,5,6\n", options,
                "f.csv: no row has a value wherever one is needed; column 2 (b) has none in 2 of 3 "
                "rows: ignore it, or set missing to mean*");
  options.target = "b";
  options.types = "b:number";
  options.missing = EKL_MISSING_MEAN;
  assert_error ("a,b,y\n1,u,2\n3,v,4\n5,w,6\n", options,
                "*column 2 (b) has none in 3 of 3 rows: "
                "choose another target");
}

/* A constant column that is filled in stays constant, whatever rounding does to its mean. */
static void
test_fill_constant (void)
{
  EklDataOptions options = plain;
  options.missing = EKL_MISSING_MEAN;
  options.standardize = EKL_STANDARDIZE_ALL;
  g_autoptr (EklDataset) dataset = make ("a,b,y\n1,0.1,1\n2,0.1,3\n4,,2\n5,0.1,7\n", &options);
  const EklBatch *batch = ekl_dataset_get_training (dataset);

  assert_row (batch->x + 4, 4, (double[]){ 0, 0, 0, 0 });
  g_assert_cmpfloat (ekl_dataset_get_input_units (dataset)[1].scale, ==, 1);
  assert_summary (dataset, "4 training rows, 2 features, 1 cell filled in|Missing cells are filled "
                           "in from the training rows: 1 of column 2 (b) with 0.1.|Column 2 (b) is "
                           "the same in all training rows and says nothing.");
}

/* ---- columns ---- */

static char *
many_texts (guint n_rows, guint n_texts)
{
  GString *text = g_string_new ("a,name,y\n");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "%u,text %u,%u.5\n", i * 7 % 11, i % n_texts, i * 3 % 17);
  return g_string_free (text, FALSE);
}

static void
test_ignored_by_themselves (void)
{
  static const struct {
    guint n_rows, n_texts;
    gboolean is_ignored;
  } cases[] = {
    { 250, 50, FALSE }, { 400, 51, TRUE }, { 10, 10, FALSE },
    { 11, 11, TRUE },   { 60, 12, FALSE }, { 59, 12, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = many_texts (cases[i].n_rows, cases[i].n_texts);
    EklDataOptions options = plain;
    g_autoptr (EklDataset) dataset = make (text, &options);

    g_assert_cmpuint (ekl_dataset_get_n_inputs (dataset), ==,
                      cases[i].is_ignored ? 1 : 1 + cases[i].n_texts);
    options.types = "name:category";
    g_clear_pointer (&dataset, ekl_dataset_unref);
    dataset = make (text, &options);
    g_assert_cmpuint (ekl_dataset_get_n_inputs (dataset), ==, 1 + cases[i].n_texts);
  }
  g_autofree char *text = many_texts (1200, 1100);
  g_autoptr (EklDataset) dataset = make (text, &plain);
  EklDataOptions options = plain;

  assert_summary (dataset, "1200 training rows, 1 feature|Column 2 (name) has too many different "
                           "texts to make an input of each and is ignored (types=name:category "
                           "would use it).");
  options.types = "name:category";
  assert_error (text, options,
                "f.csv: column 2 (name) has 1100 categories, and each would be an "
                "input; ignore it, or bring it down to at most 1000");
}

/* More rows than are sorted at once: 7 is the most frequent value, and stands in the empty first cell. */
static void
test_long_mode (void)
{
  g_autoptr (GString) text = g_string_new ("a,b,y\n,0,0\n");
  EklDataOptions options = plain;
  g_autoptr (EklDataset) dataset = NULL;

  for (guint r = 0; r < 150001; r++)
    g_string_append_printf (text, "%u,%u,%u\n", r % 50000 == 3 ? 7 : (r * 7919) % 149993 + 10,
                            r % 2, r % 3);
  options.missing = EKL_MISSING_MODE;
  dataset = make (text->str, &options);
  g_assert_cmpfloat (ekl_dataset_get_training (dataset)->x[0], ==, 7);
  g_assert_cmpuint (ekl_dataset_get_summary (dataset)->n_filled, ==, 1);
}

static gpointer
cancel_thread (gpointer cancellable)
{
  g_usleep (g_random_int_range (0, 3000));
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* Called off before it begins, or anywhere in the middle: an error and nothing else, or a dataset. */
static void
test_cancelled (void)
{
  g_autoptr (GString) text = g_string_new ("a,b,c,y\n");
  EklDataOptions options = plain;

  for (guint r = 0; r < 3000; r++)
    g_string_append_printf (text, "%u.5,%c,,%u\n", r, 'p' + r % 3, r % 7);
  options.missing = EKL_MISSING_MODE;
  for (guint i = 0; i < 40; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (EklTable) table = read_table (text->str);
    g_autoptr (EklDataset) dataset = NULL;
    g_autoptr (GThread) thread = NULL;

    options.cancellable = cancellable;
    options.types = i % 2 == 0 ? "a:category" : "";
    options.ignore = i % 2 == 0 ? "a" : "c";
    if (i < 2)
      g_cancellable_cancel (cancellable);
    else
      thread = g_thread_new ("cancel", cancel_thread, cancellable);
    dataset = ekl_dataset_new (table, &options, &error);
    if (i < 2 || dataset == NULL) {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_null (dataset);
    }
    if (thread != NULL)
      g_thread_join (g_steal_pointer (&thread));
  }
}

#define QUANTITIES                                                                                 \
  "zip,share,price,y\n01067,12%,$5,1.5\n04109,7.5%,$6,2.5\n99084,1%,\xe2\x82\xac"                  \
  "7,3.5\n01067,2%,$9,4.5\n"

/* What is not read as it is written is said, unless the column is ignored. */
static void
test_quantities (void)
{
  EklDataOptions options = plain;
  g_autoptr (EklDataset) dataset = make (QUANTITIES, &options);

  assert_summary (
    dataset, "4 training rows, 3 features in 5 inputs|The numbers of column 2 (share) are read "
             "without their %: 12% is 12.|The numbers of column 3 (price) are read without "
             "their $ and \xe2\x82\xac.|Column 1 (zip) is codes such as 01067, and categories "
             "rather than numbers.|Every category is an input: column 1 (zip) has 3.");
  g_clear_pointer (&dataset, ekl_dataset_unref);
  options.types = "zip:number";
  options.ignore = "share,price";
  dataset = make (QUANTITIES, &options);
  assert_summary (dataset, "4 training rows, 1 feature");
}

/* -200 is a number for the program, and said to be a strange one; -99 among -60 and -12 is not. */
static void
test_like_missing (void)
{
  EklDataOptions options = plain;
  g_autoptr (EklDataset) dataset = make (
    "co,t,h,y\n2.5,-99,-999,1.5\n-200,-60,5,2.5\n0.5,-12,-999,3.5\n-19,3,-99.8,4.5\n", &options);

  assert_summary (dataset,
                  "4 training rows, 3 features|Far below all others is -200 in 1 of column 1 "
                  "(co), -999 in 2 of column 3 (h): where that stands for a missing value, "
                  "empty those cells in the file.");
  g_clear_pointer (&dataset, ekl_dataset_unref);
  options.ignore = "h,co";
  dataset = make ("co,t,h,y\n2.5,-99,-999,1.5\n-200,-60,5,2.5\n0.5,-12,-999,3.5\n", &options);
  assert_summary (dataset, "3 training rows, 1 feature");
}

#define NUMBERED "id,a,empty,y\n1,4.5,,2.5\n2,3.5,,1.5\n3,7.5,,0.5\n4,1.5,,9.5\n5,2.5,,3.5\n"

static void
test_row_numbers (void)
{
  EklDataOptions options = plain;
  g_autoptr (EklDataset) dataset = make (NUMBERED, &options);

  assert_inputs (dataset, "a");
  assert_summary (dataset, "5 training rows, 1 feature|Column 3 (empty) is empty and "
                           "ignored.|Column 1 (id) only numbers or names the rows and is ignored "
                           "(types=id:number would use it).");
  g_clear_pointer (&dataset, ekl_dataset_unref);
  options.types = "id:number,empty:number";
  dataset = make (NUMBERED, &options);
  assert_inputs (dataset, "id|a");
  g_clear_pointer (&dataset, ekl_dataset_unref);
  options.types = NULL;
  options.ignore = "a";
  dataset = make (NUMBERED, &options);
  assert_inputs (dataset, "id");
  g_clear_pointer (&dataset, ekl_dataset_unref);
  options.ignore = NULL;
  options.target = "id";
  dataset = make (NUMBERED, &options);
  assert_inputs (dataset, "a|y");
}

/* The last column that has something to say; but one that is ignored by name is not passed over. */
static void
test_default_target (void)
{
  const char *text = "a,y,empty\n4.5,2.5,\n3.5,1.5,\n7.5,0.5,\n";
  EklDataOptions options = plain;
  g_autoptr (EklDataset) dataset = make (text, &options);

  g_assert_cmpstr (ekl_dataset_get_output_units (dataset)[0].name, ==, "y");
  options.ignore = "y";
  assert_error (text, options, "f.csv: the last column, 2 (y), is ignored; name another*");
  options.ignore = NULL;
  options.target = "y";
  options.types = "a:ignored";
  assert_error (text, options,
                "f.csv: no column is left as input: of 3 columns, 1 is target and "
                "the others are ignored; column 3 (empty) is empty");
}

static void
test_types (void)
{
  const char *text = "a,\"b, c\",y\n1,u,2.5\n2,v,1.5\n1,u,0.5\n2,u,4.5\n";
  EklDataOptions options = plain;
  g_autoptr (EklDataset) dataset = NULL;

  options.types = "a:category,\"b, c\":ignored";
  dataset = make (text, &options);
  assert_inputs (dataset, "a=1|a=2");
  options.types = NULL;
  options.target = " b, c ";
  g_clear_pointer (&dataset, ekl_dataset_unref);
  dataset = make (text, &options);
  assert_inputs (dataset, "a|y");
  options.target = "b";
  assert_error (text, options, "*; the columns are 1 a, 2 \"b, c\", 3 y");
  options.types = "3:category";
  options.target = "1";
  g_clear_pointer (&dataset, ekl_dataset_unref);
  dataset = make (text, &options);
  assert_inputs (dataset, "b, c=u|b, c=v|y=0.5|y=1.5|y=2.5|y=4.5");
  options.types = "a:category,1:number";
  assert_error (text, options, "f.csv: column 1 (a) is named twice in types");
  options.types = "z:category";
  assert_error (text, options, "f.csv: types \"z\" is neither*");
  options.types = "a:ignored";
  assert_error (text, options, "f.csv: column 1 (a) cannot be both target and ignored");
  options.types = "a";
  assert_error (text, options, "types: \"a\" says no type; write*");
}

static void
test_categories (void)
{
  const char *text = "c,y\nred,1.5\nblue,2.5\nred,0.5\nred,3.5\n10,3.5\n9,1.5\nblue,2.5\n";
  EklDataOptions options = plain;
  g_autoptr (EklDataset) dataset = make (text, &options);

  assert_inputs (dataset, "c=9|c=10|c=blue|c=red");
  assert_row (ekl_dataset_get_training (dataset)->x + 21, 7, (double[]){ 1, 0, 1, 1, 0, 0, 0 });
  assert_row (ekl_dataset_get_training (dataset)->x + 7, 7, (double[]){ 0, 0, 0, 0, 1, 0, 0 });
  options.standardize = EKL_STANDARDIZE_INPUTS;
  g_clear_pointer (&dataset, ekl_dataset_unref);
  dataset = make (text, &options);
  /* centred, not scaled */
  g_assert_cmpfloat_with_epsilon (ekl_dataset_get_input_units (dataset)[3].mean, 3 / 7.0, 1e-15);
  g_assert_cmpfloat (ekl_dataset_get_input_units (dataset)[3].scale, ==, 1);
  assert_row (ekl_dataset_get_training (dataset)->x + 21, 3,
              (double[]){ 4 / 7.0, -3 / 7.0, 4 / 7.0 });
}

/* What a dialog chooses column by column comes back from the lists that it writes. */
static void
test_lists_round_trip (void)
{
  static const char text[] = "id,a,\"b,\",c,e,c2,name,4,y\n"
                             "1,1.5,u,1,,0.5,n1,1,2\n2,2.5,v,2,,0.5,n2,2,1\n3,0.5,v,2,,0.5,n3,2,1\n"
                             "4,1.5,u,1,,0.5,n4,2,2\n5,2.5,w,2,,0.5,n5,1,2\n";
  g_autoptr (EklTable) table = read_table (text);
  const guint n = ekl_table_get_n_columns (table);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  guint n_tried = 0;

  for (guint trial = 0; trial < 3000; trial++) {
    EklColumnRole role[9];
    EklColumnType type[9];
    guint n_roles[3] = { 0 };
    g_autofree char *target = NULL, *ignore = NULL, *types = NULL;
    g_auto (EklColumnRoles) roles = { 0 };
    EklDataOptions options = plain;
    g_autoptr (GError) error = NULL;

    for (guint c = 0; c < n; c++) {
      const EklColumnType now = ekl_table_get_column_type (table, c);

      role[c] = now == EKL_COLUMN_EMPTY ? EKL_ROLE_IGNORED : g_rand_int_range (rand, 0, 3);
      type[c] = g_rand_boolean (rand) ? EKL_COLUMN_NUMBER : EKL_COLUMN_CATEGORY;
      n_roles[role[c]]++;
    }
    if (n_roles[EKL_ROLE_TARGET] == 0 || n_roles[EKL_ROLE_FEATURE] == 0)
      continue;
    n_tried++;
    ekl_column_roles_to_lists (table, role, type, &target, &ignore, &types);
    options.target = target;
    options.ignore = ignore;
    options.types = types;
    ekl_column_roles_init (&roles, table, &options, &error);
    g_assert_no_error (error);
    for (guint c = 0; c < n; c++) {
      g_assert_cmpint (roles.column[c].role, ==, role[c]);
      if (role[c] != EKL_ROLE_IGNORED)
        g_assert_cmpint (ekl_table_get_column_type (roles.table, c), ==, type[c]);
    }
  }
  g_assert_cmpuint (n_tried, >, 2000);
}

/* ---- task and classes ---- */

static char *
target_text (const char *values)
{
  g_auto (GStrv) words = g_strsplit (values, " ", -1);
  GString *text = g_string_new ("a,y\n");

  for (guint i = 0; words[i] != NULL; i++)
    g_string_append_printf (text, "%u.5,%s\n", i * 7 % 5, words[i]);
  return g_string_free (text, FALSE);
}

static void
test_task (void)
{
  static const struct {
    const char *values;
    guint n_classes; /* found by itself; 0: regression */
  } cases[] = {
    { "0 1 1 0", 2 },
    { "1 2 1 2 1", 2 },
    { "0 1 2 2 1 0", 3 },
    { "1 2 3 1 2 3", 3 },
    { "0 1 1", 0 },
    { "-1 1 -1 1", 0 },
    { "4 6 8 4 6 8", 0 },
    { "0 1 0.5 1 0 0.5", 0 },
    { "2 3 2 3", 0 },
    { "1 2 3 4 5 6 7 8", 0 },
    { "0 0 0 0", 0 },
    { "no yes yes no", 2 },
    { "a b c", 3 },
    { "0 2 0 2", 0 },
    { "0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9", 10 },
    { "0 1 2 3 4 5 6 7 8 9 10 0 1 2 3 4 5 6 7 8 9 10", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = target_text (cases[i].values);
    EklDataOptions options = plain;
    g_autoptr (EklDataset) dataset = make (text, &options);

    g_test_message ("%s", cases[i].values);
    g_assert_cmpint (ekl_dataset_get_task (dataset), ==,
                     cases[i].n_classes > 0 ? EKL_TASK_CLASSIFICATION : EKL_TASK_REGRESSION);
    if (cases[i].n_classes > 0)
      g_assert_cmpuint (ekl_dataset_get_n_outputs (dataset), ==, cases[i].n_classes);
    if (!g_ascii_isdigit (cases[i].values[0]) && cases[i].values[0] != '-')
      continue;
    options.task = EKL_TASK_REGRESSION;
    g_clear_pointer (&dataset, ekl_dataset_unref);
    dataset = make (text, &options);
    g_assert_cmpint (ekl_dataset_get_task (dataset), ==, EKL_TASK_REGRESSION);
  }
}

static void
test_class_names (void)
{
  EklDataOptions options = plain;
  g_autoptr (EklDataset) texts = make ("a,y\n1.5,no\n2.5,yes\n0.5,no\n", &options);
  g_autoptr (EklDataset) numbers = make ("a,y\n1.5,1\n2.5,0\n0.5,1\n3.5,0\n", &options);
  const real expected[] = { 1, 0, 1, 0, 1, 0 };

  g_assert_cmpstr (ekl_dataset_get_class_name (texts, 0), ==, "no");
  g_assert_cmpstr (ekl_dataset_get_class_name (texts, 1), ==, "yes");
  g_assert_cmpmem (ekl_dataset_get_training (texts)->y, sizeof expected, expected, sizeof expected);
  assert_summary (texts, "3 training rows, 1 feature, 2 classes|Column 2 (y) is 2 classes: no, "
                         "yes.");
  assert_summary (numbers, "4 training rows, 1 feature, 2 classes|Column 2 (y) is 2 classes: 0, 1; "
                           "set task to regression to predict it as a number.");
}

static void
test_bad_targets (void)
{
  g_autofree char *many = many_texts (300, 120);
  EklDataOptions options = plain;

  options.target = "name";
  assert_error (many, options,
                "f.csv, column 2 (name): more than 100 different values are too "
                "many for classes; choose another target");
  options.target = "c,y";
  assert_error ("a,c,y\n1,u,2.5\n2,v,3.5\n", options,
                "f.csv: of 2 targets, column 2 (c) is text; several targets have to be numbers*");
  options.target = "c";
  options.task = EKL_TASK_REGRESSION;
  assert_error ("a,c,y\n1,u,2.5\n2,v,3.5\n", options,
                "f.csv: column 2 (c) is text, which regression cannot predict; set task to*");
  options.task = EKL_TASK_AUTO;
  assert_error ("a,c,y\n1,u,2.5\n2,u,3.5\n", options,
                "f.csv, column 2 (c): all values are u; classification needs two classes or more");
}

/* A class of one row is trained on, and one without a training row is named. */
static void
test_rare_classes (void)
{
  GString *text = g_string_new ("a,y\n");
  EklDataOptions options = plain;
  g_autoptr (EklDataset) dataset = NULL;
  guint count[3] = { 0 };

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text, "%u.5,%s\n", i % 13, i == 50 ? "rare" : i < 90 ? "a" : "b");
  options.train_fraction = 0.5;
  for (options.split_seed = 0; options.split_seed < 20; options.split_seed++) {
    const EklBatch *batch;

    dataset = make (text->str, &options);
    batch = ekl_dataset_get_training (dataset);
    memset (count, 0, sizeof count);
    for (guint i = 0; i < batch->n_data; i++)
      for (guint k = 0; k < 3; k++)
        count[k] += batch->y[k * batch->n_data + i] == 1;
    g_assert_cmpuint (count[2], ==, 1);
    g_assert_cmpuint (count[1], ==, 5);
    g_assert_cmpuint (count[0], ==, 44);
    g_clear_pointer (&dataset, ekl_dataset_unref);
  }
  options.train_fraction = 0.01;
  dataset = make (text->str, &options);
  assert_summary (dataset, "1 training row, 99 validation, 1 feature, 3 classes|Column 2 (y) is 3 "
                           "classes: a, b, rare.|No training row is of class b, rare, which cannot "
                           "be learned.");
  g_string_free (text, TRUE);
}

static void
test_sample (void)
{
  GString *text = g_string_new ("a,y\n");
  EklDataOptions options = plain;
  g_autoptr (EklDataset) whole = NULL, some = NULL, all = NULL;
  const EklBatch *batch;
  guint n_yes = 0;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (text, "%u,%s\n", i * 2, i % 10 == 0 ? "yes" : "no");
  options.sample = 50;
  options.train_fraction = 0.8;
  some = make (text->str, &options);
  batch = ekl_dataset_get_training (some);
  assert_summary (some, "40 training rows, 10 validation, 1 feature, 2 classes, 150 rows not "
                        "used|Column 2 (y) is 2 classes: no, yes.");
  for (guint i = 0; i < batch->n_data; i++) {
    const guint row = (guint) batch->x[i] / 2;

    g_assert_true (i == 0 || batch->x[i] > batch->x[i - 1]);
    g_assert_true ((batch->y[batch->n_data + i] == 1) == (row % 10 == 0));
    n_yes += batch->y[batch->n_data + i] == 1;
  }
  g_assert_cmpuint (n_yes, ==, 4);
  options.sample = 200;
  all = make (text->str, &options);
  options.sample = 0;
  whole = make (text->str, &options);
  g_assert_cmpmem (ekl_dataset_get_training (all)->x, 160 * sizeof (real),
                   ekl_dataset_get_training (whole)->x, 160 * sizeof (real));
  g_string_free (text, TRUE);
}

/* ---- all of it, the long way round ---- */

#define N_ROWS 60

/* A row a row, and the whole of it as text; NaN and -1 where there is nothing. */
typedef struct {
  double number[N_ROWS];
  int category[N_ROWS];
  double target[N_ROWS];
  GString *text;
} Random;

static void
random_init (Random *self, guint seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  self->text = g_string_new ("n,c,y\n");
  for (guint i = 0; i < N_ROWS; i++) {
    /* an empty row at the end is no row to the reader */
    const gboolean has_number = g_rand_int_range (rand, 0, 8) > 0 || i == N_ROWS - 1;
    const gboolean has_category = g_rand_int_range (rand, 0, 8) > 0;
    const gboolean has_target = g_rand_int_range (rand, 0, 12) > 0;

    self->number[i] = has_number ? g_rand_int_range (rand, -20, 20) / 4.0 : NAN;
    self->category[i] = has_category ? (int) (4 * pow (g_rand_double (rand), 3)) : -1;
    self->target[i] = has_target ? i + 0.125 : NAN; /* so that it names its row */
    if (has_number)
      g_string_append_printf (self->text, "%.2f", self->number[i]);
    g_string_append_printf (self->text, ",%s,",
                            has_category ? (const char *[]){ "p", "q", "r", "s" }[self->category[i]]
                                         : "");
    if (has_target)
      g_string_append_printf (self->text, "%.3f", self->target[i]);
    g_string_append_c (self->text, '\n');
  }
}

static void
check_against_naive (const Random *self, const EklDataset *dataset, EklMissing missing)
{
  const EklBatch *training = ekl_dataset_get_training (dataset);
  const EklBatch *parts[] = { training, ekl_dataset_get_validation (dataset) };
  const EklUnit *output = ekl_dataset_get_output_units (dataset);
  guint rows[2][N_ROWS], count[4] = { 0 }, n_missing = 0, n_rows = 0;
  double sum = 0, mean = 0, square = 0, fill;
  guint n_numbers = 0, mode = 0, n_inputs = ekl_dataset_get_n_inputs (dataset), shift, at[4];

  for (guint part = 0; part < 2; part++)
    for (guint i = 0; i < parts[part]->n_data; i++, n_rows++)
      rows[part][i] = (guint) (output->mean + output->scale * parts[part]->y[i]);
  for (guint i = 0; i < training->n_data; i++) {
    const guint r = rows[0][i];

    if (!isnan (self->number[r])) {
      sum += self->number[r];
      n_numbers++;
    }
    if (self->category[r] >= 0)
      count[self->category[r]]++;
    else
      n_missing++;
  }
  fill = sum / n_numbers;
  for (guint k = 0; k < 4; k++)
    if (count[k] > count[mode])
      mode = k;
  count[mode] += n_missing;
  for (guint i = 0; i < training->n_data; i++) {
    const double value = self->number[rows[0][i]];

    mean += (isnan (value) ? fill : value) / training->n_data;
  }
  for (guint i = 0; i < training->n_data; i++) {
    const double value = self->number[rows[0][i]];

    square += pow ((isnan (value) ? fill : value) - mean, 2) / training->n_data;
  }

  /* rare categories may not be in the table at all */
  shift = 0;
  for (guint k = 0; k < 4; k++) {
    gboolean is_there = FALSE;

    for (guint i = 0; i < N_ROWS; i++)
      is_there |= self->category[i] == (int) k;
    at[k] = is_there ? ++shift : 0;
  }
  g_assert_cmpuint (n_inputs, ==, 1 + shift);
  for (guint part = 0; part < 2; part++)
    for (guint i = 0; i < parts[part]->n_data; i++) {
      const guint r = rows[part][i], n = parts[part]->n_data;
      const double value = isnan (self->number[r]) ? fill : self->number[r];
      const guint category = self->category[r] < 0 ? mode : (guint) self->category[r];

      if (missing == EKL_MISSING_DROP)
        g_assert_true (!isnan (self->number[r]) && self->category[r] >= 0);
      g_assert_cmpfloat_with_epsilon (parts[part]->x[i], (value - mean) / sqrt (square), TOLERANCE);
      for (guint k = 0; k < 4; k++)
        if (at[k] > 0)
          g_assert_cmpfloat_with_epsilon (
            parts[part]->x[at[k] * n + i],
            count[k] > 0 ? (category == k) - (double) count[k] / training->n_data : 0, TOLERANCE);
    }
}

static void
test_naive (void)
{
  for (guint seed = 0; seed < 60; seed++) {
    EklDataOptions options = { .train_fraction = 0.7,
                               .split_seed = seed,
                               .standardize = EKL_STANDARDIZE_ALL,
                               .missing = seed % 2 == 0 ? EKL_MISSING_MEAN : EKL_MISSING_DROP,
                               .task = EKL_TASK_REGRESSION };
    const EklDatasetSummary *summary;
    guint n_usable = 0, n_gaps = 0;
    Random random;

    random_init (&random, seed);
    g_autoptr (EklDataset) dataset = make (random.text->str, &options);
    summary = ekl_dataset_get_summary (dataset);
    for (guint i = 0; i < N_ROWS; i++) {
      const guint gaps = isnan (random.number[i]) + (random.category[i] < 0);

      n_usable += !isnan (random.target[i]) && (options.missing == EKL_MISSING_MEAN || gaps == 0);
      n_gaps += isnan (random.target[i]) ? 0 : gaps;
    }
    g_assert_cmpuint (ekl_dataset_get_n_rows (dataset), ==, n_usable);
    g_assert_cmpuint (summary->n_training, ==, (guint) floor (0.7 * n_usable + 1e-9));
    g_assert_cmpuint (summary->n_dropped_missing, ==, N_ROWS - n_usable);
    g_assert_cmpuint (summary->n_filled, ==, options.missing == EKL_MISSING_MEAN ? n_gaps : 0);
    check_against_naive (&random, dataset, options.missing);
    g_string_free (random.text, TRUE);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recipe/missing/drop", test_drop);
  g_test_add_func ("/recipe/missing/fill", test_fill);
  g_test_add_func ("/recipe/missing/bad", test_bad_cells);
  g_test_add_func ("/recipe/missing/nothing-left", test_nothing_left);
  g_test_add_func ("/recipe/columns/quantities", test_quantities);
  g_test_add_func ("/recipe/columns/like-missing", test_like_missing);
  g_test_add_func ("/recipe/missing/long-mode", test_long_mode);
  g_test_add_func ("/recipe/missing/constant", test_fill_constant);
  g_test_add_func ("/recipe/columns/ignored-by-themselves", test_ignored_by_themselves);
  g_test_add_func ("/recipe/columns/row-numbers", test_row_numbers);
  g_test_add_func ("/recipe/columns/default-target", test_default_target);
  g_test_add_func ("/recipe/columns/types", test_types);
  g_test_add_func ("/recipe/columns/categories", test_categories);
  g_test_add_func ("/recipe/columns/lists", test_lists_round_trip);
  g_test_add_func ("/recipe/classes/task", test_task);
  g_test_add_func ("/recipe/classes/names", test_class_names);
  g_test_add_func ("/recipe/classes/bad-targets", test_bad_targets);
  g_test_add_func ("/recipe/classes/rare", test_rare_classes);
  g_test_add_func ("/recipe/cancelled", test_cancelled);
  g_test_add_func ("/recipe/sample", test_sample);
  g_test_add_func ("/recipe/naive", test_naive);
  return g_test_run ();
}

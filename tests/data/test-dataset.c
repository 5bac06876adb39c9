/* test-dataset.c - roles, split, standardisation and classes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv_reader.h"
#include "dataset.h"

#include <math.h>
#include <string.h>

#define TOLERANCE (sizeof (real) == sizeof (float) ? 1e-6 : 1e-14)

static const EklDataOptions plain = {
  .train_fraction = 1,
  .standardize = EKL_STANDARDIZE_NONE,
};

static EklTable *
read_table (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  EklTable *table = ekl_csv_read_bytes (bytes, "f.csv", NULL, NULL, NULL, NULL, &error);

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
assert_error (const char *text, EklDataOptions options, EklDataError code, const char *message)
{
  g_autoptr (EklTable) table = read_table (text);
  g_autoptr (GError) error = NULL;

  g_assert_null (ekl_dataset_new (table, &options, &error));
  g_assert_error (error, EKL_DATA_ERROR, (int) code);
  if (!g_pattern_match_simple (message, error->message))
    g_error ("\"%s\" is not \"%s\"", error->message, message);
}

/* 0, 1, 2, ... in column i, their doubles in column t */
static char *
counting_text (guint n_rows)
{
  GString *text = g_string_new ("i,t\n");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "%u,%u\n", i, 2 * i);
  return g_string_free (text, FALSE);
}

static void
test_layout (void)
{
  g_autoptr (EklDataset) dataset = make ("a,b,c\n1,2,3\n4,5,6\n", &plain);
  const EklBatch *batch = ekl_dataset_get_training (dataset);

  g_assert_cmpstr (ekl_dataset_get_name (dataset), ==, "f.csv");
  g_assert_cmpint (ekl_dataset_get_task (dataset), ==, EKL_TASK_REGRESSION);
  g_assert_cmpuint (ekl_dataset_get_n_rows (dataset), ==, 2);
  g_assert_cmpuint (ekl_dataset_get_n_inputs (dataset), ==, 2);
  g_assert_cmpuint (ekl_dataset_get_n_outputs (dataset), ==, 1);
  g_assert_null (ekl_dataset_get_validation (dataset));
  g_assert_null (ekl_dataset_get_class_name (dataset, 0));
  g_assert_cmpuint (batch->n_inputs, ==, 2);
  g_assert_cmpuint (batch->n_outputs, ==, 1);
  g_assert_cmpuint (batch->n_data, ==, 2);
  g_assert_cmpmem (batch->x, 4 * sizeof (real), ((real[]){ 1, 4, 2, 5 }), 4 * sizeof (real));
  g_assert_cmpmem (batch->y, 2 * sizeof (real), ((real[]){ 3, 6 }), 2 * sizeof (real));
  g_assert_cmpuint ((gsize) batch->x % 64, ==, 0);
  g_assert_cmpuint ((gsize) batch->y % 64, ==, 0);
  g_assert_cmpstr (ekl_dataset_get_input_units (dataset)[1].name, ==, "b");
  g_assert_cmpfloat (ekl_dataset_get_input_units (dataset)[1].mean, ==, 0);
  g_assert_cmpfloat (ekl_dataset_get_input_units (dataset)[1].scale, ==, 1);
  g_assert_cmpstr (ekl_dataset_get_output_units (dataset)[0].name, ==, "c");
}

typedef struct {
  const char *target, *ignore;
  const char *inputs, *outputs; /* names, in order */
} Roles;

static char *
join_names (const EklUnit *units, guint n)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "|" : "", units[i].name);
  return g_string_free (names, FALSE);
}

static void
test_roles (void)
{
  static const Roles cases[] = {
    { NULL, NULL, "a|b|b_2|3,4|2", "y" },
    { "", "", "a|b|b_2|3,4|2", "y" },
    { "a", NULL, "b|b_2|3,4|2|y", "a" },
    { "y,a", "3", "b|3,4|2", "y|a" },
    { " 6 , 1 ", " 4 ,,3", "b|2", "y|a" },
    { "2", NULL, "a|b|b_2|3,4|y", "2" }, /* a name comes before a number */
    { "y", "a,4,5", "b|b_2", "y" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    EklDataOptions options = plain;
    options.target = cases[i].target;
    options.ignore = cases[i].ignore;
    g_autoptr (EklDataset) dataset = make ("a,b,b,\"3,4\",2,y\n1,2,3,4,5,6\n", &options);
    g_autofree char *inputs =
      join_names (ekl_dataset_get_input_units (dataset), ekl_dataset_get_n_inputs (dataset));
    g_autofree char *outputs =
      join_names (ekl_dataset_get_output_units (dataset), ekl_dataset_get_n_outputs (dataset));
    g_assert_cmpstr (inputs, ==, cases[i].inputs);
    g_assert_cmpstr (outputs, ==, cases[i].outputs);
  }
}

static void
test_bad_roles (void)
{
  static const struct {
    const char *target, *ignore, *message;
  } cases[] = {
    { "z", NULL, "f.csv: target \"z\" is neither*; the columns are 1 a, 2 b, 3 b_2, 4 y" },
    { "5", NULL, "f.csv: target \"5\" is neither*" },
    { "0", NULL, "f.csv: target \"0\" is neither*" },
    { "-1", NULL, "f.csv: target \"-1\" is neither*" },
    { "99999999999999999999", NULL, "f.csv: target \"99999999999999999999\" is neither*" },
    { NULL, "A", "f.csv: ignore \"A\" is neither*" },
    { "a,1", NULL, "f.csv: column 1 (a) is named twice in target" },
    { NULL, "a,1", "f.csv: column 1 (a) is named twice in ignore" },
    { "a", "a", "f.csv: column 1 (a) cannot be both target and ignored" },
    { NULL, "y", "f.csv: the last column, 4 (y), is ignored; name another*" },
    { NULL, "1,2,3", "f.csv: no column is left as input: of 4 columns, 1 is target*" },
    { "1,2,3,4", NULL, "f.csv: no column is left as input: of 4 columns, 4 are target*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    EklDataOptions options = plain;
    options.target = cases[i].target;
    options.ignore = cases[i].ignore;
    assert_error ("a,b,b,y\n1,2,3,4\n", options, EKL_DATA_ERROR_COLUMN, cases[i].message);
  }
}

/* A cell without a value costs its row, unless its column is ignored. */
static void
test_bad_columns (void)
{
  const char *text = "a,b,y\n1,2,3\n4,NA,5\n6,7,8\n9,10,11\n";
  const double values[] = { 1, NAN, 3, NAN };
  const char *const names[] = { "a", "y" };
  EklDataOptions options = plain;
  g_autoptr (EklDataset) dataset = make (text, &options);
  g_autoptr (EklTable) table = ekl_table_new ("t", 2, names, 2, values);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (ekl_dataset_get_n_rows (dataset), ==, 3);
  g_clear_pointer (&dataset, ekl_dataset_unref);
  options.target = "b";
  dataset = make (text, &options);
  g_assert_cmpuint (ekl_dataset_get_n_rows (dataset), ==, 3);
  g_clear_pointer (&dataset, ekl_dataset_unref);
  options.target = NULL;
  options.ignore = "b";
  dataset = make (text, &options);
  g_assert_cmpuint (ekl_dataset_get_n_inputs (dataset), ==, 1);
  g_assert_cmpuint (ekl_dataset_get_n_rows (dataset), ==, 4);
  g_clear_pointer (&dataset, ekl_dataset_unref);

  dataset = ekl_dataset_new (table, &plain, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ekl_dataset_get_n_rows (dataset), ==, 1);
}

static void
test_too_large_values (void)
{
  EklDataOptions options = plain;
  const char *text = "a,y\n1e300,1\n-1e308,2\n1.5e308,3\n";
  g_autoptr (EklDataset) dataset = NULL;
  const EklBatch *batch;
  double sum = 0;

  if (sizeof (real) == sizeof (float))
    assert_error (text, options, EKL_DATA_ERROR_FORMAT,
                  "f.csv, column 1 (a): 1e+300 is too large to compute with;*");
  options.standardize = EKL_STANDARDIZE_ALL;
  text = "a,y\n1e300,1\n-0.5e308,2\n0.5e308,3\n";
  dataset = make (text, &options);
  batch = ekl_dataset_get_training (dataset);
  for (guint i = 0; i < 3; i++)
    sum += batch->x[i] * batch->x[i];
  g_assert_cmpfloat_with_epsilon (sum, 3, 10 * TOLERANCE);
}

static void
test_split_counts (void)
{
  static const struct {
    guint n_rows;
    double fraction;
    guint n_training;
  } cases[] = {
    { 506, 0.8, 404 }, { 100, 0.29, 29 }, { 10, 0.7, 7 }, { 10, 1, 10 }, { 10, 0.01, 1 },
    { 10, 0.999, 9 },  { 2, 0.5, 1 },     { 1, 0.5, 1 },  { 1, 1, 1 },   { 3, 1e-300, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = counting_text (cases[i].n_rows);
    EklDataOptions options = plain;
    options.train_fraction = cases[i].fraction;
    g_autoptr (EklDataset) dataset = make (text, &options);
    const EklBatch *validation = ekl_dataset_get_validation (dataset);
    guint n_validation = cases[i].n_rows - cases[i].n_training;
    g_assert_cmpuint (ekl_dataset_get_training (dataset)->n_data, ==, cases[i].n_training);
    g_assert_cmpuint (validation != NULL ? validation->n_data : 0, ==, n_validation);
  }
}

/* Every row is in one part, in the file's order, beside its own output; the seed says which. */
static void
test_split_rows (void)
{
  g_autofree char *text = counting_text (200);
  EklDataOptions options = plain;
  gboolean was_training[3][200] = { 0 };

  options.train_fraction = 0.5;
  for (guint k = 0; k < 3; k++) {
    options.split_seed = k == 2 ? 0 : k;
    g_autoptr (EklDataset) dataset = make (text, &options);
    const EklBatch *parts[] = { ekl_dataset_get_training (dataset),
                                ekl_dataset_get_validation (dataset) };
    guint n_seen = 0;
    for (guint part = 0; part < 2; part++) {
      for (guint i = 0; i < parts[part]->n_data; i++) {
        guint row = (guint) parts[part]->x[i];
        g_assert_cmpfloat (parts[part]->y[i], ==, 2 * row);
        g_assert_true (i == 0 || parts[part]->x[i] > parts[part]->x[i - 1]);
        if (part == 0)
          was_training[k][row] = TRUE;
        else
          g_assert_false (was_training[k][row]);
        n_seen++;
      }
    }
    g_assert_cmpuint (n_seen, ==, 200);
  }
  g_assert_cmpint (memcmp (was_training[0], was_training[1], sizeof was_training[0]), !=, 0);
  g_assert_cmpmem (was_training[0], sizeof was_training[0], was_training[2],
                   sizeof was_training[2]);
}

static void
test_bad_options (void)
{
  static const double fractions[] = { 0, -0.1, 1.01, NAN, INFINITY };
  EklDataOptions options = plain;
  const char *const names[] = { "a", "y" };
  g_autoptr (EklTable) table = ekl_table_new ("t", 2, names, 0, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fractions); i++) {
    options.train_fraction = fractions[i];
    assert_error ("a,y\n1,2\n", options, EKL_DATA_ERROR_SPLIT, "train-fraction must be more*");
  }
  g_assert_null (ekl_dataset_new (table, &plain, &error));
  g_assert_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_EMPTY);
}

/* Mean and deviation are those of the training rows; the validation rows are in the same units. */
static void
test_standardize (void)
{
  g_autofree char *text = counting_text (100);
  EklDataOptions options = plain;
  options.standardize = EKL_STANDARDIZE_ALL;
  options.train_fraction = 0.6;
  g_autoptr (EklDataset) dataset = make (text, &options);
  const EklBatch *training = ekl_dataset_get_training (dataset);
  const EklBatch *validation = ekl_dataset_get_validation (dataset);
  const EklUnit *input = ekl_dataset_get_input_units (dataset);
  const EklUnit *output = ekl_dataset_get_output_units (dataset);
  double sum = 0, sum_of_squares = 0, raw_sum = 0;

  for (guint i = 0; i < training->n_data; i++) {
    sum += training->x[i];
    sum_of_squares += training->x[i] * training->x[i];
    raw_sum += rint (input->mean + input->scale * training->x[i]);
  }
  g_assert_cmpfloat_with_epsilon (sum, 0, 100 * TOLERANCE);
  g_assert_cmpfloat_with_epsilon (sum_of_squares / 60, 1, 10 * TOLERANCE);
  g_assert_cmpfloat_with_epsilon (input->mean, raw_sum / 60, 1e-12);
  g_assert_cmpfloat_with_epsilon (output->mean, 2 * input->mean, 1e-12);
  g_assert_cmpfloat_with_epsilon (output->scale, 2 * input->scale, 1e-12);
  for (guint i = 0; i < validation->n_data; i++) {
    double raw = input->mean + input->scale * validation->x[i];
    g_assert_cmpfloat_with_epsilon (raw, rint (raw), 100 * TOLERANCE);
  }
}

static void
test_standardize_modes (void)
{
  const char *text = "a,constant,y\n1,0.1,5\n3,0.1,9\n8,0.1,10\n";
  EklDataOptions options = plain;
  options.standardize = EKL_STANDARDIZE_INPUTS;
  g_autoptr (EklDataset) inputs = make (text, &options);
  options.standardize = EKL_STANDARDIZE_ALL;
  g_autoptr (EklDataset) all = make (text, &options);
  const EklBatch *batch = ekl_dataset_get_training (inputs);
  const EklUnit *units = ekl_dataset_get_input_units (inputs);

  g_assert_cmpfloat_with_epsilon (units[0].mean, 4, 1e-14);
  g_assert_cmpfloat_with_epsilon (units[0].scale, sqrt (26 / 3.0), 1e-14);
  g_assert_cmpfloat_with_epsilon (batch->x[0], -3 / sqrt (26 / 3.0), TOLERANCE);
  g_assert_cmpfloat (units[1].mean, ==, 0.1);
  g_assert_cmpfloat (units[1].scale, ==, 1);
  g_assert_cmpfloat (batch->x[3], ==, 0);
  g_assert_cmpfloat (batch->y[1], ==, 9);
  g_assert_cmpfloat (ekl_dataset_get_output_units (inputs)->scale, ==, 1);
  g_assert_cmpfloat_with_epsilon (ekl_dataset_get_output_units (all)->mean, 8, 1e-14);
  g_assert_cmpfloat_with_epsilon (ekl_dataset_get_training (all)->y[0], -3 / sqrt (14 / 3.0),
                                  TOLERANCE);
}

static void
test_classes (void)
{
  EklDataOptions options = plain;
  options.task = EKL_TASK_CLASSIFICATION;
  options.standardize = EKL_STANDARDIZE_ALL;
  g_autoptr (EklDataset) dataset = make ("a,y\n1,7\n2,-1\n3,2\n4,7\n", &options);
  options.task = EKL_TASK_AUTO;
  g_autoptr (EklDataset) automatic = make ("a,y\n1,0\n2,1\n", &options);
  const EklBatch *batch = ekl_dataset_get_training (dataset);
  const real expected[] = { 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1 };

  g_assert_cmpint (ekl_dataset_get_task (dataset), ==, EKL_TASK_CLASSIFICATION);
  g_assert_cmpuint (ekl_dataset_get_n_outputs (dataset), ==, 3);
  g_assert_cmpmem (batch->y, 12 * sizeof (real), expected, sizeof expected);
  g_assert_cmpstr (ekl_dataset_get_class_name (dataset, 0), ==, "-1");
  g_assert_cmpstr (ekl_dataset_get_class_name (dataset, 2), ==, "7");
  g_assert_null (ekl_dataset_get_class_name (dataset, 3));
  g_assert_cmpfloat (ekl_dataset_get_output_units (dataset)[1].scale, ==, 1);
  g_assert_cmpint (ekl_dataset_get_task (automatic), ==, EKL_TASK_REGRESSION);
}

static void
test_bad_classes (void)
{
  g_autofree char *many = counting_text (101);
  EklDataOptions options = plain;
  options.task = EKL_TASK_CLASSIFICATION;

  assert_error ("a,y\n1,0\n2,0.5\n", options, EKL_DATA_ERROR_FORMAT,
                "f.csv, column 2 (y): 0.5 is not a class; *");
  assert_error ("a,y\n1,4\n2,4\n", options, EKL_DATA_ERROR_FORMAT,
                "f.csv, column 2 (y): all values are 4; *");
  assert_error (many, options, EKL_DATA_ERROR_FORMAT,
                "f.csv, column 2 (t): more than 100 different values*");
  options.target = "y,z";
  assert_error ("a,y,z\n1,0,1\n2,1,1\n", options, EKL_DATA_ERROR_FORMAT,
                "f.csv, data row 2: the 2 target columns must be classes, *");
  assert_error ("a,y,z\n1,0,1\n2,2,-1\n", options, EKL_DATA_ERROR_FORMAT,
                "f.csv, data row 2: the 2 target columns must be classes, *");
}

/* Several target columns, one a class; a class that no row has is still an output. */
static void
test_class_columns (void)
{
  EklDataOptions options = plain;
  options.task = EKL_TASK_CLASSIFICATION;
  options.target = "y,z,w";
  g_autoptr (EklDataset) dataset = make ("a,y,z,w\n1,0,1,0\n2,1,0,0\n3,0.25,0.75,0\n", &options);
  const EklBatch *training = ekl_dataset_get_training (dataset);
  static const double expected[] = { 0, 1, 0.25, 1, 0, 0.75, 0, 0, 0 };

  g_assert_cmpint (ekl_dataset_get_task (dataset), ==, EKL_TASK_CLASSIFICATION);
  g_assert_cmpuint (ekl_dataset_get_n_outputs (dataset), ==, 3);
  g_assert_cmpstr (ekl_dataset_get_class_name (dataset, 1), ==, "z");
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpfloat (training->y[i], ==, expected[i]);
}

static void
test_references (void)
{
  g_autoptr (EklDataset) dataset = make ("a,y\n1,2\n", &plain);
  EklDataset *second = ekl_dataset_ref (dataset);

  g_assert_true (second == dataset);
  ekl_dataset_unref (second);
  g_assert_cmpfloat (ekl_dataset_get_training (dataset)->y[0], ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dataset/layout", test_layout);
  g_test_add_func ("/dataset/roles", test_roles);
  g_test_add_func ("/dataset/bad-roles", test_bad_roles);
  g_test_add_func ("/dataset/bad-columns", test_bad_columns);
  g_test_add_func ("/dataset/too-large-values", test_too_large_values);
  g_test_add_func ("/dataset/split-counts", test_split_counts);
  g_test_add_func ("/dataset/split-rows", test_split_rows);
  g_test_add_func ("/dataset/bad-options", test_bad_options);
  g_test_add_func ("/dataset/standardize", test_standardize);
  g_test_add_func ("/dataset/standardize-modes", test_standardize_modes);
  g_test_add_func ("/dataset/classes", test_classes);
  g_test_add_func ("/dataset/bad-classes", test_bad_classes);
  g_test_add_func ("/dataset/class-columns", test_class_columns);
  g_test_add_func ("/dataset/references", test_references);
  return g_test_run ();
}

/* test-examples.c - the problems that come with the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dataset.h"
#include "examples.h"
#include "toy_problems.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* Each loads, says what it is, and can be trained on with the program's default options. */
static void
test_all (void)
{
  guint n;
  const EklExample *examples = ekl_examples_list (&n);

  g_assert_cmpuint (n, >=, 6);
  g_assert_cmpstr (examples[0].name, ==, "sine");
  for (guint i = 0; i < n; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (EklTable) table = ekl_example_load (&examples[i], &error);
    const EklDataOptions options = { .target = examples[i].target, .train_fraction = 0.8 };
    g_autoptr (EklDataset) dataset = NULL;

    g_assert_no_error (error);
    g_assert_true (ekl_examples_find (examples[i].name) == &examples[i]);
    g_assert_cmpstr (ekl_table_get_name (table), ==, examples[i].title);
    g_assert_true (g_str_has_suffix (examples[i].description, "."));
    dataset = ekl_dataset_new (table, &options, &error);
    g_assert_no_error (error);
    g_assert_nonnull (ekl_dataset_get_validation (dataset));
    for (guint k = 0; examples[i].settings[k] != NULL; k += 2)
      g_assert_nonnull (examples[i].settings[k + 1]);
  }
}

static void
test_boston (void)
{
  const EklExample *example = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EklTable) table = ekl_data_load ("example:boston", &example, NULL, &error);
  const EklDataOptions options = { .train_fraction = 0.8 };
  g_autoptr (EklDataset) dataset = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (example->name, ==, "boston");
  g_assert_nonnull (strstr (example->description, "\"black\" encodes race"));
  g_assert_cmpuint (ekl_table_get_n_rows (table), ==, 506);
  g_assert_cmpuint (ekl_table_get_n_columns (table), ==, 14);
  g_assert_cmpfloat (ekl_table_get_column (table, 0)[0], ==, 0.00632);
  g_assert_cmpfloat (ekl_table_get_column (table, 13)[505], ==, 11.9);
  dataset = ekl_dataset_new (table, &options, &error);
  g_assert_cmpuint (ekl_dataset_get_training (dataset)->n_data, ==, 404);
  g_assert_cmpuint (ekl_dataset_get_validation (dataset)->n_data, ==, 102);
}

static void
test_files (void)
{
  const EklExample *example = ekl_examples_find ("sine");
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *uri = NULL;
  int descriptor = g_file_open_tmp ("ekl-XXXXXX.csv", &path, &error);

  g_assert_no_error (error);
  g_close (descriptor, NULL);
  g_assert_true (g_file_set_contents (path, "a,y\n1,2\n", -1, NULL));
  uri = g_filename_to_uri (path, NULL, NULL);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (EklTable) table = ekl_data_load (i == 0 ? path : uri, &example, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (ekl_table_get_n_rows (table), ==, 1);
    g_assert_null (example);
  }
  g_unlink (path);
}

static void
test_unknown (void)
{
  static const char *const sources[] = { "example:sines", "example:", "", "/no/such/file.csv" };
  static const char *const messages[] = {
    "there is no example \"sines\"; the examples are sine, boston, *",
    "there is no example \"\"; *",
    "no data are named; *",
    "file.csv: there is no such file",
  };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++) {
    const EklExample *example = ekl_examples_find ("sine");
    g_autoptr (GError) error = NULL;
    g_assert_null (ekl_data_load (sources[i], &example, NULL, &error));
    g_assert_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ);
    g_assert_null (example);
    if (!g_pattern_match_simple (messages[i], error->message))
      g_error ("\"%s\" is not \"%s\"", error->message, messages[i]);
  }
}

static void
test_sine (void)
{
  g_autoptr (EklTable) table = ekl_toy_sine_new ("s", 2000, 0.5, 3);
  g_autoptr (EklTable) same = ekl_toy_sine_new ("s", 2000, 0.5, 3);
  g_autoptr (EklTable) other = ekl_toy_sine_new ("s", 2000, 0.5, 4);
  const double *x = ekl_table_get_column (table, 0), *y = ekl_table_get_column (table, 1);
  double sum = 0, sum_of_squares = 0;

  for (guint i = 0; i < 2000; i++) {
    double noise = y[i] - sin (x[i]);
    g_assert_cmpfloat (fabs (x[i]), <=, G_PI);
    sum += noise;
    sum_of_squares += noise * noise;
  }
  g_assert_cmpfloat (fabs (sum / 2000), <, 0.05);
  g_assert_cmpfloat_with_epsilon (sqrt (sum_of_squares / 2000), 0.5, 0.04);
  g_assert_cmpmem (y, 2000 * sizeof (double), ekl_table_get_column (same, 1),
                   2000 * sizeof (double));
  g_assert_cmpfloat (y[0], !=, ekl_table_get_column (other, 1)[0]);
}

/* Without noise the points lie on their half circles, and the surface is the one of the formula. */
static void
test_planes (void)
{
  g_autoptr (EklTable) moons = ekl_toy_moons_new ("m", 200, 0, 1);
  g_autoptr (EklTable) hills = ekl_toy_hills_new ("h", 4000, 0, 1);
  const double *x1 = ekl_table_get_column (moons, 0), *x2 = ekl_table_get_column (moons, 1);
  const double *moon = ekl_table_get_column (moons, 2);
  const double *height = ekl_table_get_column (hills, 2);
  double low = 0, high = 0;

  for (guint i = 0; i < 200; i++) {
    gboolean is_upper = moon[i] < 0;
    g_assert_cmpfloat (fabs (moon[i]), ==, 1);
    g_assert_cmpfloat_with_epsilon (
      hypot (x1[i] - (is_upper ? 0 : 1), x2[i] - (is_upper ? 0 : 0.5)), 1, 1e-12);
    g_assert_true (is_upper ? x2[i] >= 0 : x2[i] <= 0.5);
  }
  for (guint i = 0; i < 4000; i++) {
    low = MIN (low, height[i]);
    high = MAX (high, height[i]);
  }
  g_assert_cmpfloat_with_epsilon (high, 1, 0.1);
  g_assert_cmpfloat_with_epsilon (low, -0.9, 0.1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/examples/all", test_all);
  g_test_add_func ("/examples/boston", test_boston);
  g_test_add_func ("/examples/files", test_files);
  g_test_add_func ("/examples/unknown", test_unknown);
  g_test_add_func ("/examples/sine", test_sine);
  g_test_add_func ("/examples/planes", test_planes);
  return g_test_run ();
}

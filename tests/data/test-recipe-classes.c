/* test-recipe-classes.c - task and classes by the target, and a sample of the rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recipe-fixture.h"

#include <string.h>

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recipe-classes/task", test_task);
  g_test_add_func ("/recipe-classes/names", test_class_names);
  g_test_add_func ("/recipe-classes/bad-targets", test_bad_targets);
  g_test_add_func ("/recipe-classes/rare", test_rare_classes);
  g_test_add_func ("/recipe-classes/sample", test_sample);
  return g_test_run ();
}

/* test-recipe.c - what a gap in a table brings, and all of it beside the long way round
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recipe-fixture.h"

#include <math.h>

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
  g_test_add_func ("/recipe/missing/long-mode", test_long_mode);
  g_test_add_func ("/recipe/missing/constant", test_fill_constant);
  g_test_add_func ("/recipe/naive", test_naive);
  return g_test_run ();
}

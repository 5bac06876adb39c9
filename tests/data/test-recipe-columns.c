/* test-recipe-columns.c - roles and types of columns, categories, what is not as it is written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "column_roles.h"
#include "recipe-fixture.h"

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recipe-columns/quantities", test_quantities);
  g_test_add_func ("/recipe-columns/like-missing", test_like_missing);
  g_test_add_func ("/recipe-columns/ignored-by-themselves", test_ignored_by_themselves);
  g_test_add_func ("/recipe-columns/row-numbers", test_row_numbers);
  g_test_add_func ("/recipe-columns/default-target", test_default_target);
  g_test_add_func ("/recipe-columns/types", test_types);
  g_test_add_func ("/recipe-columns/categories", test_categories);
  g_test_add_func ("/recipe-columns/lists", test_lists_round_trip);
  g_test_add_func ("/recipe-columns/cancelled", test_cancelled);
  return g_test_run ();
}

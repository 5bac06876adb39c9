/* test-reports.c - the texts: help, table, progress, the history's rows, names of pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "help.h"
#include "history_file.h"
#include "options.h"
#include "outputs.h"
#include "program.h"
#include "progress.h"
#include "summary.h"

#include <math.h>
#include <signal.h>
#include <string.h>

static EklRecord
make_record (void)
{
  EklRecord record = { .step = 40, .epoch = 40 };
  EklMethodRecord *eki = &record.method[EKL_METHOD_EKI], *gd = &record.method[EKL_METHOD_GD];

  *eki = (EklMethodRecord){ .present = TRUE,
                            .train_loss = 0.0690312345,
                            .validation_loss = 0.14,
                            .metric = 3.4567,
                            .step_size = 0.1,
                            .time = 4,
                            .model_runs = 2000,
                            .seconds = 0.1234567,
                            .spread = 0.05 };
  *gd = (EklMethodRecord){ .present = TRUE,
                           .train_loss = 1.0 / 3,
                           .validation_loss = NAN,
                           .metric = NAN,
                           .step_size = 0.05,
                           .time = 2,
                           .model_runs = 120,
                           .seconds = 0.01 };
  return record;
}

/* Ten rows of two columns: one input, one target called "price". */
static EklDataset *
make_dataset (double train_fraction)
{
  static const char *const names[] = { "size", "price" };
  double values[20];
  g_autoptr (GError) error = NULL;

  for (guint k = 0; k < 20; k++)
    values[k] = k % 10 + 0.1 * k;
  g_autoptr (EklTable) table = ekl_table_new ("houses", 2, names, 10, values);
  const EklDataOptions options = { .train_fraction = train_fraction, .split_seed = 1 };
  EklDataset *dataset = ekl_dataset_new (table, &options, &error);
  g_assert_no_error (error);
  return dataset;
}

static void
test_table (void)
{
  EklRecord record = make_record ();
  EklOutcome outcome = { .method = { { .steps = 40 }, { .steps = 40 } } };
  g_autoptr (EklDataset) dataset = make_dataset (0.8);
  g_autofree char *text = ekl_summary_format (&record, &outcome, dataset);

  g_assert_cmpstr (
    text, ==,
    "method  steps  train loss  validation loss  RMSE (price)  model runs  seconds\n"
    "eki        40     0.06903             0.14         3.457        2000    0.123\n"
    "gd         40      0.3333                -             -         120    0.010\n");
}

static void
test_table_of_one_method (void)
{
  EklRecord record = make_record ();
  EklOutcome outcome = { .method = { { .steps = 40 } } };
  g_autoptr (EklDataset) dataset = make_dataset (1);

  record.method[EKL_METHOD_GD].present = FALSE;
  g_autofree char *text = ekl_summary_format (&record, &outcome, dataset);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_true (g_str_has_prefix (lines[1], "eki "));
  g_assert_nonnull (strstr (lines[2], "no validation rows"));
}

static void
test_notes (void)
{
  EklRecord record = make_record ();
  EklOutcome outcome = { .stopped_by = SIGINT };
  g_autoptr (EklDataset) dataset = make_dataset (0.8);

  outcome.method[EKL_METHOD_GD].diverged_at = 37;
  outcome.method[EKL_METHOD_EKI].finished_at = 12;
  record.method[EKL_METHOD_EKI].repaired = 3;
  g_autofree char *text = ekl_summary_format (&record, &outcome, dataset);

  g_assert_nonnull (strstr (text, "Gradient descent diverged at step 37"));
  g_assert_nonnull (strstr (text, "stop time at step 12"));
  g_assert_nonnull (strstr (text, "3 particles"));
  g_assert_nonnull (strstr (text, "Ctrl+C after step 40"));
  g_assert_null (strstr (text, "stalled"));
}

/* The step that diverges is not one that was taken. */
static void
test_outcome (void)
{
  EklOutcome outcome = { 0 };

  for (guint64 step = 1; step <= 5; step++) {
    EklRecord record = make_record ();

    record.step = step;
    record.method[EKL_METHOD_GD].diverged = step >= 3;
    record.method[EKL_METHOD_EKI].finished = step >= 4;
    ekl_outcome_note (&outcome, &record);
  }

  g_assert_cmpuint (outcome.method[EKL_METHOD_GD].steps, ==, 2);
  g_assert_cmpuint (outcome.method[EKL_METHOD_GD].diverged_at, ==, 3);
  g_assert_cmpuint (outcome.method[EKL_METHOD_EKI].steps, ==, 4);
  g_assert_cmpuint (outcome.method[EKL_METHOD_EKI].finished_at, ==, 4);
}

static void
test_progress (void)
{
  EklRecord record = make_record ();
  g_autofree char *text = ekl_progress_format (&record, 100, 2);
  g_autofree char *endless = ekl_progress_format (&record, 0, 2);

  record.step = 1;
  g_autofree char *slow = ekl_progress_format (&record, 100, 2);
  g_autofree char *slower = ekl_progress_format (&record, 1000, 60);

  g_assert_cmpstr (text, ==, "step 40/100  eki 0.06903 (0.14)  gd 0.3333  20 steps/s  3 s left");
  g_assert_cmpstr (endless, ==, "step 40  eki 0.06903 (0.14)  gd 0.3333  20 steps/s");
  g_assert_nonnull (strstr (slow, "0.5 steps/s  4 min left"));
  g_assert_nonnull (strstr (slower, "16.6 h left"));
}

static void
test_help (gconstpointer data)
{
  g_autofree char *text = ekl_help_text (GPOINTER_TO_INT (data));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint k = 0; lines[k]; k++) {
    g_assert_cmpint (g_utf8_strlen (lines[k], -1), <, 80);
    g_assert_false (g_str_has_suffix (lines[k], " "));
  }
}

/* A setting or an option that the help forgets would never be found. */
static void
test_help_is_whole (void)
{
  g_autofree char *text = ekl_help_text (EKL_COMMAND_HELP);
  guint n_settings, n_options;
  const EklSettingInfo *settings = ekl_experiment_list_settings (&n_settings);
  const EklOption *options = ekl_options_list (&n_options);

  for (guint k = 0; k < n_settings; k++) {
    g_autofree char *option = g_strdup_printf ("  --%s", settings[k].name);

    g_assert_true ((strstr (text, option) != NULL) == !g_str_equal (settings[k].name, "data"));
  }
  for (guint k = 0; k < n_options; k++) {
    g_autofree char *option = g_strdup_printf (" --%s", options[k].name);

    g_assert_nonnull (strstr (text, option));
  }
}

static void
test_history (void)
{
  g_autofree char *folder = program_folder ();
  g_autofree char *path = g_build_filename (folder, "h.csv", NULL);
  g_autoptr (GError) error = NULL;
  EklRecord record = make_record ();
  g_autoptr (EklHistoryFile) file = ekl_history_file_new (path, &error);

  g_assert_no_error (error);
  g_assert_true (ekl_history_file_append (file, &record, NULL));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (ekl_history_file_finish (file, NULL));

  g_autoptr (GBytes) bytes = program_read (folder, "h.csv");
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), 83,
                   "step,epoch,method,train_loss,validation_loss,metric,h,time,model_runs,seconds,"
                   "spread\n40,4",
                   83);

  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) gd = g_strsplit (lines[2], ",", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_cmpuint (g_strv_length (gd), ==, 11);
  g_assert_cmpstr (gd[2], ==, "gd");
  g_assert_cmpfloat (g_ascii_strtod (gd[3], NULL), ==, 1.0 / 3);
  g_assert_cmpstr (gd[4], ==, "");
  g_assert_cmpstr (gd[10], ==, "");

  g_autofree char *names = program_list (folder);
  g_assert_cmpstr (names, ==, "h.csv");
}

static void
test_history_left_alone (void)
{
  g_autofree char *folder = program_folder ();
  g_autofree char *path = g_build_filename (folder, "h.csv", NULL);
  EklRecord record = make_record ();
  EklHistoryFile *file = ekl_history_file_new (path, NULL);

  g_assert_true (ekl_history_file_append (file, &record, NULL));
  ekl_history_file_free (file);

  g_autofree char *names = program_list (folder);
  g_assert_cmpstr (names, ==, "");
}

static void
test_picture_names (void)
{
  g_autofree char *one =
    ekl_outputs_name_picture ("a.b/c.png", EKL_FIGURE_PLANE, 1 << EKL_FIGURE_PLANE);
  g_autofree char *many = ekl_outputs_name_picture ("a.b/c.png", EKL_FIGURE_PLANE, 0xf);

  g_assert_cmpstr (one, ==, "a.b/c.png");
  g_assert_cmpstr (many, ==, "a.b/c-plane.png");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/reports/table", test_table);
  g_test_add_func ("/reports/table-of-one-method", test_table_of_one_method);
  g_test_add_func ("/reports/notes", test_notes);
  g_test_add_func ("/reports/outcome", test_outcome);
  g_test_add_func ("/reports/progress", test_progress);
  g_test_add_data_func ("/reports/help/all", GINT_TO_POINTER (EKL_COMMAND_HELP), test_help);
  g_test_add_data_func ("/reports/help/train", GINT_TO_POINTER (EKL_COMMAND_TRAIN), test_help);
  g_test_add_data_func ("/reports/help/render", GINT_TO_POINTER (EKL_COMMAND_RENDER), test_help);
  g_test_add_data_func ("/reports/help/examples", GINT_TO_POINTER (EKL_COMMAND_EXAMPLES),
                        test_help);
  g_test_add_func ("/reports/help/whole", test_help_is_whole);
  g_test_add_func ("/reports/history", test_history);
  g_test_add_func ("/reports/history-left-alone", test_history_left_alone);
  g_test_add_func ("/reports/picture-names", test_picture_names);

  return g_test_run ();
}

/* test-saved.c - what is saved is the run as it stands, and what the rows show, however hasty the user
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is heard of the engine or of data while the main loop does not run: whatever is done between
 * two waits is done before any of it has been answered.
 */
#include "ekl-workbench.h"
#include "waiting.h"

#include <glib/gstdio.h>

#define TOO_LARGE "4096,4096,4096,4096,4096,4096"
#define THREE     "medv,rm,lstat" /* targets of the Boston data: three outputs */

typedef struct {
  EklWorkbench *workbench;
  EklExperiment *experiment; /* the rows */
  guint n_starts, n_failures;
  char *folder, *path;
} Bench;

static void
started_cb (Bench *bench)
{
  bench->n_starts++;
}

static void
failed_cb (Bench *bench, const char *message)
{
  g_test_message ("%s", message);
  bench->n_failures++;
}

static void
set_up (Bench *bench, gconstpointer source)
{
  bench->folder = g_dir_make_tmp ("ekl-saved-XXXXXX", NULL);
  bench->path = g_build_filename (bench->folder, "run.ekilab", NULL);
  bench->workbench = ekl_workbench_new ();
  bench->experiment = ekl_workbench_get_experiment (bench->workbench);
  g_signal_connect_swapped (bench->workbench, "run-started", G_CALLBACK (started_cb), bench);
  g_signal_connect_swapped (bench->workbench, "failed", G_CALLBACK (failed_cb), bench);
  ekl_workbench_open (bench->workbench, source);
  /* the start has been sent, and nobody has heard of it */
  wait_until (!ekl_workbench_is_loading (bench->workbench));
  g_assert_cmpuint (bench->n_starts, ==, 0);
}

static void
tear_down (Bench *bench, gconstpointer source)
{
  g_object_unref (bench->workbench);
  g_remove (bench->path);
  g_rmdir (bench->folder);
  g_free (bench->path);
  g_free (bench->folder);
}

static void
wait_for_start (Bench *bench)
{
  wait_until (bench->n_starts == 1);
}

/* Read here and now, so that its start can be sent before anything else is heard. */
static EklProblem *
make_problem (const char *name, const char *target)
{
  g_autoptr (EklExperiment) usual = ekl_experiment_new ();
  g_autoptr (GError) error = NULL;
  const EklExample *example = NULL;
  EklProblem *problem;
  EklDataSource *source;
  EklDataOptions options;
  EklCsvFormat format;

  ekl_experiment_get_csv_format (usual, &format);
  source = ekl_data_source_load (name, &example, &format, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  problem = ekl_problem_new_for (name, example, usual);
  problem->source = source;
  if (target != NULL)
    g_object_set (problem->experiment, "target", target, NULL);
  ekl_experiment_get_data_options (problem->experiment, &options);
  problem->dataset = ekl_data_source_make_dataset (source, &options, &error);
  g_assert_no_error (error);
  return problem;
}

static void
step_to (Bench *bench, guint step)
{
  const EklRecord *record = ekl_workbench_get_record (bench->workbench);

  ekl_workbench_step (bench->workbench, step - (guint) record->step);
  wait_until (record->step == step);
}

static void
set_text (Bench *bench, const char *setting, const char *text)
{
  g_autoptr (GError) error = NULL;

  ekl_experiment_set_text (bench->experiment, setting, text, &error);
  g_assert_no_error (error);
}

static void
save (Bench *bench)
{
  g_remove (bench->path);
  ekl_workbench_save (bench->workbench, EKL_RUN_FILE_EXPERIMENT, bench->path);
}

static EklExperiment *
load (Bench *bench)
{
  EklExperiment *kept = ekl_experiment_new ();
  g_autoptr (GError) error = NULL;

  wait_until (g_file_test (bench->path, G_FILE_TEST_EXISTS));
  ekl_experiment_load (kept, bench->path, &error);
  g_assert_no_error (error);
  return kept;
}

static void
assert_value (EklExperiment *experiment, const char *setting, const char *wanted)
{
  g_autofree char *text = ekl_experiment_get_text (experiment, setting);

  g_assert_cmpstr (text, ==, wanted);
}

/* As the experiment is at that step, with what the data make of it. */
static void
play (EklExperiment *experiment, guint64 step, EklTask task)
{
  GPtrArray *changes = ekl_experiment_get_changes (experiment);

  for (guint i = 0; changes != NULL && i < changes->len; i++) {
    const EklChange *change = changes->pdata[i];

    if (change->step > step || ekl_experiment_find_setting (change->setting) == NULL)
      continue;
    ekl_experiment_set_text (experiment, change->setting, change->after, NULL);
    if (change->unset)
      ekl_experiment_unset (experiment, change->setting);
  }
  ekl_experiment_adapt (experiment, task, ekl_experiment_get_enum (experiment, "step-rule"));
}

/* What the rows show is what is saved, and nothing waits for a reset. Returns what is saved. */
static EklExperiment *
assert_saved (Bench *bench)
{
  EklExperiment *kept;
  guint n;
  const EklSettingInfo *settings = ekl_experiment_list_settings (&n);

  save (bench);
  kept = load (bench);
  play (kept, ekl_workbench_get_record (bench->workbench)->step,
        ekl_dataset_get_task (ekl_workbench_get_dataset (bench->workbench)));
  for (guint i = 0; i < n; i++) {
    const char *name = settings[i].name;
    g_autofree char *shown = ekl_experiment_get_text (bench->experiment, name);

    if (settings[i].effect == EKL_SETTING_EFFECT_CONTROL)
      continue;
    assert_value (kept, name, shown);
    g_assert_false (ekl_workbench_is_waiting (bench->workbench, name));
  }
  return kept;
}

static guint
count_training (Bench *bench)
{
  return ekl_dataset_get_training (ekl_workbench_get_dataset (bench->workbench))->n_data;
}

/* ---- a start that nobody has heard of ---- */

/* The very first one. */
static void
test_set_before_first_answer (Bench *bench, gconstpointer source)
{
  g_autoptr (EklExperiment) kept = NULL;

  set_text (bench, "learning-rate", "0.2");
  set_text (bench, "prior-weight-std", "2");
  wait_for_start (bench);
  kept = assert_saved (bench);
  assert_value (kept, "learning-rate", "0.2");
  assert_value (kept, "prior-weight-std", "2");
}

static void
test_restart_before_first_answer (Bench *bench, gconstpointer source)
{
  g_autoptr (EklExperiment) kept = NULL;

  set_text (bench, "layers", "8");
  wait_until (bench->n_starts == 1);
  kept = assert_saved (bench);
  assert_value (kept, "layers", "8");
}

/* The run before has begun, but the one to come has not: the prior is its. */
static void
test_prior_of_next (Bench *bench, gconstpointer source)
{
  g_autoptr (EklExperiment) kept = NULL;

  wait_for_start (bench);
  step_to (bench, 3);
  ekl_workbench_reset (bench->workbench);
  set_text (bench, "prior-weight-std", "2");
  wait_until (bench->n_starts == 2);
  kept = assert_saved (bench);
  assert_value (kept, "prior-weight-std", "2");
}

/* The run has begun, but nobody has heard of it: the prior waits for the next one. */
static void
test_prior_that_waits (Bench *bench, gconstpointer source)
{
  g_autoptr (EklExperiment) kept = NULL;

  wait_for_start (bench);
  ekl_workbench_step (bench->workbench, 3);
  g_usleep (200000);
  set_text (bench, "prior-weight-std", "2");
  wait_until (ekl_workbench_get_record (bench->workbench)->step == 3);
  wait_until (ekl_workbench_is_waiting (bench->workbench, "prior-weight-std"));
  save (bench);
  kept = load (bench);
  assert_value (kept, "prior-weight-std", "1");
  set_text (bench, "prior-weight-std", "1");
  g_assert_false (ekl_workbench_is_waiting (bench->workbench, "prior-weight-std"));
}

/* What cannot be goes back to what was shown, which is on its way, and not to what runs. */
static void
test_bad_after_good (Bench *bench, gconstpointer source)
{
  g_autoptr (EklExperiment) kept = NULL;

  wait_for_start (bench);
  set_text (bench, "start", "particle:2");
  g_object_set (bench->experiment, "start", "nonsense", NULL);
  g_assert_cmpuint (bench->n_failures, ==, 1);
  assert_value (bench->experiment, "start", "particle:2");
  wait_until (bench->n_starts == 2);
  kept = assert_saved (bench);
  assert_value (kept, "start", "particle:2");
}

/* A setting that the run before has refused may be had by the one that was asked for since. */
static void
test_refused_by_former_run (Bench *bench, gconstpointer source)
{
  EklProblem *houses = make_problem ("example:boston", THREE);
  g_autoptr (EklExperiment) kept = NULL;

  wait_for_start (bench);
  set_text (bench, "noise-std-list", "0.1,0.2,0.3");
  g_object_set (houses->experiment, "noise-std-list", "0.1,0.2,0.3", NULL);
  ekl_workbench_open_problem (bench->workbench, houses);
  wait_until (bench->n_starts == 2 && bench->n_failures == 1);
  kept = assert_saved (bench);
  assert_value (kept, "noise-std-list", "0.1,0.2,0.3");
}

/* What is refused is the step that was asked for, and not what was done after it. */
static void
test_undo_after_refused (Bench *bench, gconstpointer source)
{
  g_autoptr (EklExperiment) kept = NULL;

  wait_for_start (bench);
  step_to (bench, 3);
  set_text (bench, "layers", TOO_LARGE);
  set_text (bench, "learning-rate", "0.2");
  wait_until (bench->n_failures == 1);
  g_assert_cmpstr (ekl_workbench_get_undo_label (bench->workbench), ==,
                   "Learning rate h 0.05 → 0.2");
  ekl_workbench_undo (bench->workbench);
  g_assert_null (ekl_workbench_get_undo_label (bench->workbench));
  g_assert_cmpstr (ekl_workbench_get_redo_label (bench->workbench), ==,
                   "Learning rate h 0.05 → 0.2");
  wait_ms (50);
  kept = assert_saved (bench);
  assert_value (kept, "learning-rate", "0.05");
  g_assert_cmpuint (ekl_workbench_get_record (bench->workbench)->step, ==, 3);
}

/* None of two has happened. */
static void
test_two_refused (Bench *bench, gconstpointer source)
{
  wait_for_start (bench);
  set_text (bench, "layers", TOO_LARGE);
  set_text (bench, "seed", "7");
  wait_until (bench->n_failures == 2);
  g_assert_null (ekl_workbench_get_undo_label (bench->workbench));
  assert_value (bench->experiment, "seed", "1");
  /* and the next one is a step again */
  set_text (bench, "layers", "8");
  wait_until (bench->n_starts == 2);
  g_assert_cmpstr (ekl_workbench_get_undo_label (bench->workbench), ==, "Hidden layers 16,16 → 8");
}

/* ---- data that have come, or are being made ---- */

/* An opening is taken back to the one before it, though that has not begun to run. */
static void
test_undo_of_open_before_answer (Bench *bench, gconstpointer source)
{
  g_autoptr (EklExperiment) kept = NULL;

  wait_for_start (bench);
  ekl_workbench_open_problem (bench->workbench, make_problem ("example:boston", NULL));
  ekl_workbench_open_problem (bench->workbench, make_problem ("example:iris", NULL));
  ekl_workbench_undo (bench->workbench);
  wait_until (bench->n_starts >= 2);
  wait_ms (50);
  kept = assert_saved (bench);
  assert_value (kept, "data", "example:boston");
  g_assert_cmpuint (ekl_dataset_get_n_inputs (ekl_workbench_get_dataset (bench->workbench)), ==,
                    13);
}

/* Data are made as the settings beside them say. */
static void
assert_fraction (Bench *bench, EklExperiment *kept)
{
  const double n = ekl_experiment_get_double (kept, "train-fraction") *
                   ekl_dataset_get_n_rows (ekl_workbench_get_dataset (bench->workbench));

  g_assert_cmpfloat_with_epsilon (count_training (bench), n, 1);
}

static void
test_undo_of_open_while_rebuilding (Bench *bench, gconstpointer source)
{
  g_autoptr (EklExperiment) kept = NULL;

  wait_for_start (bench);
  set_text (bench, "train-fraction", "0.5");
  ekl_workbench_open_problem (bench->workbench, make_problem ("example:sine", NULL));
  ekl_workbench_undo (bench->workbench);
  wait_until (bench->n_starts >= 2);
  wait_ms (50);
  kept = assert_saved (bench);
  assert_value (kept, "data", "example:boston");
  assert_fraction (bench, kept);
}

/* Other data are to be made, but something else is being read: a reset is of those that there are. */
static void
test_reset_before_rebuild (Bench *bench, gconstpointer source)
{
  g_autoptr (EklExperiment) kept = NULL;
  g_autoptr (EklExperiment) rebuilt = NULL;

  wait_for_start (bench);
  set_text (bench, "train-fraction", "0.5");
  ekl_workbench_open (bench->workbench, "/there/is/no/such.csv");
  ekl_workbench_reset (bench->workbench);
  save (bench);
  kept = load (bench);
  assert_value (kept, "train-fraction", "0.8");
  wait_until (bench->n_failures == 1 && count_training (bench) == 253);
  rebuilt = assert_saved (bench);
  assert_value (rebuilt, "train-fraction", "0.5");
  assert_fraction (bench, rebuilt);
}

/* The file is of the run that the rows show. */
static void
test_save_while_rebuilding (Bench *bench, gconstpointer source)
{
  g_autoptr (EklExperiment) kept = NULL;

  wait_for_start (bench);
  set_text (bench, "train-fraction", "0.5");
  save (bench);
  kept = load (bench);
  assert_value (kept, "train-fraction", "0.5");
  assert_fraction (bench, kept);
}

/* And where the data cannot be made, of the one that stands. */
static void
test_save_while_rebuild_fails (Bench *bench, gconstpointer source)
{
  g_autoptr (EklExperiment) kept = NULL;

  wait_for_start (bench);
  set_text (bench, "target", "nothing");
  save (bench);
  kept = load (bench);
  g_assert_cmpuint (bench->n_failures, ==, 1);
  assert_value (kept, "target", "medv");
}

/* The data are those of the run that stands, though others were to be made of data that cannot run. */
static void
test_rebuild_of_what_fails (Bench *bench, gconstpointer source)
{
  EklProblem *iris = make_problem ("example:iris", NULL);
  g_autoptr (EklExperiment) kept = NULL;

  wait_for_start (bench);
  g_object_set (iris->experiment, "layers", TOO_LARGE, NULL);
  ekl_workbench_open_problem (bench->workbench, iris);
  set_text (bench, "train-fraction", "0.5");
  wait_until (bench->n_failures > 0 && !ekl_workbench_is_loading (bench->workbench));
  wait_ms (50);
  kept = assert_saved (bench);
  assert_value (kept, "data", "example:boston");
  g_assert_cmpuint (ekl_dataset_get_n_inputs (ekl_workbench_get_dataset (bench->workbench)), ==,
                    13);
  assert_fraction (bench, kept);
}

/* ---- what was asked for comes ---- */

/* The run that was to be saved, though another one has begun before it was written. */
static void
test_save_then_reset (Bench *bench, gconstpointer source)
{
  g_autoptr (EklExperiment) kept = NULL;

  wait_for_start (bench);
  step_to (bench, 5);
  set_text (bench, "learning-rate", "0.2");
  save (bench);
  ekl_workbench_reset (bench->workbench);
  kept = load (bench);
  assert_value (kept, "steps", "5");
  assert_value (kept, "learning-rate", "0.05");
  g_assert_cmpuint (ekl_experiment_get_changes (kept)->len, ==, 1);
  wait_until (bench->n_starts == 2);
}

/* Somebody's choice is one, also of the value that it has already. */
static void
test_choice_of_the_same (Bench *bench, gconstpointer source)
{
  g_autoptr (EklExperiment) kept = NULL;

  wait_for_start (bench);
  step_to (bench, 2);
  set_text (bench, "step-size", "1");
  set_text (bench, "step-rule", "kovachki-stuart");
  wait_ms (50);
  assert_value (bench->experiment, "step-size", "1");
  kept = assert_saved (bench);
  assert_value (kept, "step-size", "1");
}

/* What lies ahead is dropped by any change of the user's, also one that is none of this run. */
static void
test_dropped_by_waiting_prior (Bench *bench, gconstpointer source)
{
  g_autoptr (EklExperiment) kept = NULL;

  wait_for_start (bench);
  step_to (bench, 3);
  set_text (bench, "learning-rate", "0.2");
  save (bench);
  kept = load (bench);
  ekl_workbench_open (bench->workbench, bench->path);
  wait_until (bench->n_starts == 2);
  step_to (bench, 1);
  set_text (bench, "prior-mean", "0.5");
  step_to (bench, 5);
  wait_ms (50);
  assert_value (bench->experiment, "learning-rate", "0.05");
  g_clear_object (&kept);
  save (bench);
  kept = load (bench);
  g_assert_null (ekl_experiment_get_changes (kept));
}

/* One number ends the list of several; taken back, the list is there again. */
static void
test_undo_of_list (Bench *bench, gconstpointer source)
{
  g_autoptr (EklExperiment) kept = NULL;

  wait_for_start (bench);
  set_text (bench, "target", THREE);
  wait_until (bench->n_starts == 2);
  step_to (bench, 2);
  set_text (bench, "noise-std", "0.1,0.2,0.3");
  set_text (bench, "noise-std", "0.5");
  assert_value (bench->experiment, "noise-std-list", "");
  ekl_workbench_undo (bench->workbench);
  ekl_workbench_undo (bench->workbench);
  wait_ms (50);
  assert_value (bench->experiment, "noise-std-list", "0.1,0.2,0.3");
  kept = assert_saved (bench);
  assert_value (kept, "noise-std-list", "0.1,0.2,0.3");
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *name, *source;
    void (*test) (Bench *, gconstpointer);
  } tests[] = {
    { "set-before-first-answer", "example:sine", test_set_before_first_answer },
    { "restart-before-first-answer", "example:sine", test_restart_before_first_answer },
    { "prior-of-next", "example:sine", test_prior_of_next },
    { "prior-that-waits", "example:sine", test_prior_that_waits },
    { "bad-after-good", "example:sine", test_bad_after_good },
    { "refused-by-former-run", "example:sine", test_refused_by_former_run },
    { "undo-after-refused", "example:sine", test_undo_after_refused },
    { "two-refused", "example:sine", test_two_refused },
    { "undo-of-open-before-answer", "example:sine", test_undo_of_open_before_answer },
    { "undo-of-open-while-rebuilding", "example:boston", test_undo_of_open_while_rebuilding },
    { "reset-before-rebuild", "example:boston", test_reset_before_rebuild },
    { "save-while-rebuilding", "example:boston", test_save_while_rebuilding },
    { "save-while-rebuild-fails", "example:boston", test_save_while_rebuild_fails },
    { "rebuild-of-what-fails", "example:boston", test_rebuild_of_what_fails },
    { "save-then-reset", "example:sine", test_save_then_reset },
    { "choice-of-the-same", "example:sine", test_choice_of_the_same },
    { "dropped-by-waiting-prior", "example:sine", test_dropped_by_waiting_prior },
    { "undo-of-list", "example:boston", test_undo_of_list },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/saved/", tests[i].name, NULL);

    g_test_add (path, Bench, tests[i].source, set_up, tests[i].test, tear_down);
  }
  return g_test_run ();
}

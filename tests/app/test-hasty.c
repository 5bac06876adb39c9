/* test-hasty.c - a user who does the next thing before the one before has been answered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ekl-workbench.h"
#include "waiting.h"

#define TOO_LARGE "4096,4096,4096,4096,4096,4096"

typedef struct {
  EklWorkbench *workbench;
  EklExperiment *experiment;
  guint n_starts, n_failures;
} Bench;

static void
started_cb (Bench *bench)
{
  bench->n_starts++;
}

static void
failed_cb (Bench *bench)
{
  bench->n_failures++;
}

static void
set_up (Bench *bench, gconstpointer data)
{
  bench->workbench = ekl_workbench_new ();
  bench->experiment = ekl_workbench_get_experiment (bench->workbench);
  g_signal_connect_swapped (bench->workbench, "run-started", G_CALLBACK (started_cb), bench);
  g_signal_connect_swapped (bench->workbench, "failed", G_CALLBACK (failed_cb), bench);
  ekl_workbench_open (bench->workbench, data);
  wait_until (bench->n_starts == 1);
}

static void
tear_down (Bench *bench, gconstpointer data)
{
  /* whatever happened, it goes on */
  ekl_workbench_step (bench->workbench, 1);
  wait_until (ekl_workbench_get_record (bench->workbench)->step == 1);
  g_object_unref (bench->workbench);
}

/* The second start fails when the first has succeeded, and nobody has heard of that yet. */
static void
test_start_fails_after_start (Bench *bench, gconstpointer data)
{
  EklNetwork network;

  g_object_set (bench->experiment, "layers", "8", NULL);
  g_object_set (bench->experiment, "layers", TOO_LARGE, NULL);
  wait_until (bench->n_failures == 1);
  g_assert_cmpstr (ekl_experiment_get_string (bench->experiment, "layers"), ==, "8");
  wait_until (bench->n_starts == 2);
  g_assert_true (ekl_workbench_get_network (bench->workbench, &network));
  g_assert_cmpuint (network.n_parameters, ==, 25);
}

static void
test_start_after_start_that_fails (Bench *bench, gconstpointer data)
{
  g_object_set (bench->experiment, "layers", TOO_LARGE, NULL);
  g_object_set (bench->experiment, "layers", "8", NULL);
  wait_until (bench->n_starts == 2 && bench->n_failures == 1);
  g_assert_cmpstr (ekl_experiment_get_string (bench->experiment, "layers"), ==, "8");
}

/* What is refused goes back, and not what was set after it. */
static void
test_set_after_refused (Bench *bench, gconstpointer data)
{
  g_object_set (bench->experiment, "noise-std-list", "0.1,0.2", NULL);
  g_object_set (bench->experiment, "learning-rate", 0.2, NULL);
  wait_until (bench->n_failures == 1);
  g_assert_cmpstr (ekl_experiment_get_string (bench->experiment, "noise-std-list"), ==, "");
  g_assert_cmpfloat (ekl_experiment_get_double (bench->experiment, "learning-rate"), ==, 0.2);
}

/* Another dataset is being made meanwhile. */
static void
test_set_while_rebuilding (Bench *bench, gconstpointer data)
{
  g_object_set (bench->experiment, "train-fraction", 0.5, NULL);
  g_object_set (bench->experiment, "learning-rate", 0.2, NULL);
  g_object_set (bench->experiment, "layers", "8", NULL);
  wait_until (!ekl_workbench_is_loading (bench->workbench) && bench->n_starts == 2);
  g_assert_cmpfloat (ekl_experiment_get_double (bench->experiment, "train-fraction"), ==, 0.5);
  g_assert_cmpfloat (ekl_experiment_get_double (bench->experiment, "learning-rate"), ==, 0.2);
  g_assert_cmpstr (ekl_experiment_get_string (bench->experiment, "layers"), ==, "8");
}

/* Data that have come but do not run yet are the ones that are made anew. */
static void
test_rebuild_of_next (Bench *bench, gconstpointer data)
{
  g_autofree char *title = NULL;

  ekl_workbench_open (bench->workbench, "example:boston");
  wait_until (!ekl_workbench_is_loading (bench->workbench));
  g_object_set (bench->experiment, "train-fraction", 0.5, NULL);
  wait_until (!ekl_workbench_is_loading (bench->workbench) && bench->n_starts >= 2);
  wait_ms (100);
  title = ekl_workbench_make_title (bench->workbench);
  g_assert_cmpstr (title, ==, "Boston housing");
  g_assert_cmpuint (ekl_dataset_get_training (ekl_workbench_get_dataset (bench->workbench))->n_data,
                    ==, 253);
}

/* A file that cannot be opened does not stand in the way of what was changed before. */
static void
test_open_fails_while_rebuilding (Bench *bench, gconstpointer data)
{
  g_object_set (bench->experiment, "train-fraction", 0.5, NULL);
  ekl_workbench_open (bench->workbench, "/there/is/no/such.csv");
  wait_until (bench->n_failures == 1 && bench->n_starts == 2);
  g_assert_cmpuint (ekl_dataset_get_training (ekl_workbench_get_dataset (bench->workbench))->n_data,
                    ==, 253);
}

/* Weight decay is part of the loss that the start is shown with. */
static void
test_decay_at_start (Bench *bench, gconstpointer data)
{
  const EklRecord *record = ekl_workbench_get_record (bench->workbench);
  const double before = record->method[EKL_METHOD_GD].train_loss;

  g_object_set (bench->experiment, "l2", 1.0, NULL);
  wait_until (record->method[EKL_METHOD_GD].train_loss > before);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *name, *source;
    void (*test) (Bench *, gconstpointer);
  } tests[] = {
    { "start-fails-after-start", "example:sine", test_start_fails_after_start },
    { "start-after-start-that-fails", "example:sine", test_start_after_start_that_fails },
    { "set-after-refused", "example:sine", test_set_after_refused },
    { "set-while-rebuilding", "example:boston", test_set_while_rebuilding },
    { "rebuild-of-next", "example:sine", test_rebuild_of_next },
    { "open-fails-while-rebuilding", "example:boston", test_open_fails_while_rebuilding },
    { "decay-at-start", "example:sine", test_decay_at_start },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/hasty/", tests[i].name, NULL);

    g_test_add (path, Bench, tests[i].source, set_up, tests[i].test, tear_down);
  }
  return g_test_run ();
}

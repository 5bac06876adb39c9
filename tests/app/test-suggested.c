/* test-suggested.c - settings show what the run takes where nobody has chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ekl-workbench.h"
#include "waiting.h"

#include <glib/gstdio.h>

typedef struct {
  EklWorkbench *workbench;
  guint n_starts;
  char *told;
} Bench;

static void
started_cb (Bench *bench)
{
  bench->n_starts++;
}

static void
told_cb (Bench *bench, const char *message)
{
  g_free (bench->told);
  bench->told = g_strdup (message);
}

static void
open_source (Bench *bench, const char *source)
{
  const guint n = bench->n_starts;

  ekl_workbench_open (bench->workbench, source);
  wait_until (bench->n_starts == n + 1);
}

static void
set_up (Bench *bench, gconstpointer source)
{
  bench->workbench = ekl_workbench_new ();
  g_signal_connect_swapped (bench->workbench, "run-started", G_CALLBACK (started_cb), bench);
  g_signal_connect_swapped (bench->workbench, "told", G_CALLBACK (told_cb), bench);
  open_source (bench, source);
}

static void
tear_down (Bench *bench, gconstpointer source)
{
  g_object_add_weak_pointer (G_OBJECT (bench->workbench), (gpointer *) &bench->workbench);
  g_object_unref (bench->workbench);
  wait_until (bench->workbench == NULL);
  g_free (bench->told);
}

static guint64
get_step (Bench *bench)
{
  return ekl_workbench_get_record (bench->workbench)->step;
}

static double
get_loss (Bench *bench)
{
  return ekl_workbench_get_record (bench->workbench)->method[EKL_METHOD_GD].train_loss;
}

static void
step_to (Bench *bench, guint64 step)
{
  ekl_workbench_step (bench->workbench, (guint) (step - get_step (bench)));
  wait_until (get_step (bench) == step);
}

static void
set (Bench *bench, const char *setting, const char *text)
{
  g_autoptr (GError) error = NULL;

  ekl_experiment_set_text (ekl_workbench_get_experiment (bench->workbench), setting, text, &error);
  g_assert_no_error (error);
}

/* As the row's arrow does. */
static void
reset (Bench *bench, const char *setting)
{
  ekl_experiment_copy_setting (ekl_workbench_get_experiment (bench->workbench),
                               ekl_workbench_get_defaults (bench->workbench), setting);
}

static void
assert_setting (Bench *bench, const char *setting, const char *text, const char *usual)
{
  g_autofree char *now =
    ekl_experiment_get_text (ekl_workbench_get_experiment (bench->workbench), setting);
  g_autofree char *by_default =
    ekl_experiment_get_text (ekl_workbench_get_defaults (bench->workbench), setting);

  g_assert_cmpstr (now, ==, text);
  g_assert_cmpstr (by_default, ==, usual);
}

static void
assert_event (Bench *bench, guint i, const char *before, const char *after)
{
  guint n;
  const EklEvent *events =
    ekl_history_get_events (ekl_workbench_get_history (bench->workbench), &n);

  g_assert_cmpuint (i, <, n);
  g_assert_cmpstr (events[i].before, ==, before);
  g_assert_cmpstr (events[i].after, ==, after);
}

static void
test_classes (Bench *bench, gconstpointer source)
{
  double cross_entropy;

  assert_setting (bench, "loss", "cross-entropy", "cross-entropy");
  assert_setting (bench, "noise-std", "0.1", "0.1");
  cross_entropy = get_loss (bench);
  g_assert_null (ekl_workbench_get_undo_label (bench->workbench));

  set (bench, "loss", "squared");
  wait_until (bench->n_starts == 2);
  assert_setting (bench, "loss", "squared", "cross-entropy");
  g_assert_cmpfloat (get_loss (bench), !=, cross_entropy);
  ekl_workbench_undo (bench->workbench);
  wait_until (bench->n_starts == 3);
  assert_setting (bench, "loss", "cross-entropy", "cross-entropy");
  g_assert_cmpfloat (get_loss (bench), ==, cross_entropy);

  /* what the classes suggest goes with them, and comes back */
  open_source (bench, "example:sine");
  assert_setting (bench, "loss", "squared", "squared");
  assert_setting (bench, "noise-std", "0.3", "0.3");
  ekl_workbench_undo (bench->workbench);
  wait_until (bench->n_starts == 5);
  assert_setting (bench, "loss", "cross-entropy", "cross-entropy");
  assert_setting (bench, "noise-std", "0.1", "0.1");
}

static void
test_task (Bench *bench, gconstpointer source)
{
  assert_setting (bench, "loss", "squared", "squared");
  set (bench, "task", "classification");
  wait_until (bench->n_starts == 2);
  assert_setting (bench, "loss", "cross-entropy", "cross-entropy");
  assert_setting (bench, "noise-std", "0.1", "0.1");
  set (bench, "task", "regression");
  wait_until (bench->n_starts == 3);
  assert_setting (bench, "loss", "squared", "squared");
  assert_setting (bench, "noise-std", "0.3", "0.3");
  set (bench, "layers", "4");
  wait_until (bench->n_starts == 4);
  set (bench, "task", "classification");
  wait_until (bench->n_starts == 5);
  ekl_workbench_undo (bench->workbench);
  wait_until (bench->n_starts == 6);
  assert_setting (bench, "loss", "squared", "squared");
  ekl_workbench_redo (bench->workbench);
  wait_until (bench->n_starts == 7);
  assert_setting (bench, "loss", "cross-entropy", "cross-entropy");
}

static void
test_step_rule (Bench *bench, gconstpointer source)
{
  assert_setting (bench, "step-size", "1", "1");
  set (bench, "form", "euler");
  set (bench, "step-rule", "kovachki-stuart");
  assert_setting (bench, "step-size", "2", "2");
  g_assert_cmpstr (ekl_workbench_get_undo_label (bench->workbench), ==,
                   "Step rule Misfit → Kovachki–Stuart");
  ekl_workbench_undo (bench->workbench);
  assert_setting (bench, "step-size", "1", "1");
  ekl_workbench_redo (bench->workbench);
  assert_setting (bench, "step-size", "2", "2");

  /* back from a choice, and on: the run and the row are of one mind */
  set (bench, "step-size", "0.5");
  reset (bench, "step-size");
  assert_setting (bench, "step-size", "2", "2");
  step_to (bench, 1);
  set (bench, "step-rule", "fixed");
  assert_setting (bench, "step-size", "1", "1");
  step_to (bench, 2);
  g_assert_cmpfloat (ekl_workbench_get_record (bench->workbench)->method[EKL_METHOD_EKI].step_size,
                     ==, 1);
}

/* Choices have in events and undo the titles that their rows have. */
static void
test_titles (Bench *bench, gconstpointer source)
{
  guint n = 0;

  step_to (bench, 2);
  set (bench, "optimizer", "adam");
  g_assert_cmpstr (ekl_workbench_get_undo_label (bench->workbench), ==,
                   "Optimizer Gradient descent → Adam");
  step_to (bench, 3);
  while (n == 0) {
    wait_ms (20);
    ekl_history_get_events (ekl_workbench_get_history (bench->workbench), &n);
  }
  assert_event (bench, 0, "Gradient descent", "Adam");
}

/* Events name what was taken; a file makes the same run and shows the same. */
static void
test_recorded (Bench *bench, gconstpointer source)
{
  g_autofree char *folder = g_dir_make_tmp ("ekl-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "run.ekilab", NULL);
  double loss;

  step_to (bench, 2);
  set (bench, "noise-std", "0.5");
  step_to (bench, 4);
  reset (bench, "noise-std");
  step_to (bench, 6);
  ekl_workbench_save (bench->workbench, EKL_RUN_FILE_EXPERIMENT, path);
  wait_until (bench->told != NULL);
  loss = ekl_workbench_get_record (bench->workbench)->method[EKL_METHOD_EKI].train_loss;

  open_source (bench, "example:sine");
  open_source (bench, path);
  assert_setting (bench, "noise-std", "0.1", "0.1");
  step_to (bench, 6);
  g_assert_cmpfloat (ekl_workbench_get_record (bench->workbench)->method[EKL_METHOD_EKI].train_loss,
                     ==, loss);
  assert_setting (bench, "noise-std", "0.1", "0.1");
  g_assert_false (
    ekl_experiment_is_explicit (ekl_workbench_get_experiment (bench->workbench), "noise-std"));
  assert_event (bench, 0, "0.1", "0.5");
  assert_event (bench, 1, "0.5", "0.1");
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *name, *source;
    void (*test) (Bench *, gconstpointer);
  } tests[] = {
    { "/suggested/classes", "example:pima", test_classes },
    { "/suggested/task", "example:moons", test_task },
    { "/suggested/step-rule", "example:sine", test_step_rule },
    { "/suggested/titles", "example:sine", test_titles },
    { "/suggested/recorded", "example:pima", test_recorded },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Bench, tests[i].source, set_up, tests[i].test, tear_down);
  return g_test_run ();
}

/* test-undo.c - undo and redo, and runs that were recorded in the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ekl-workbench.h"
#include "npy.h"
#include "undo_stack.h"
#include "waiting.h"

#include <glib/gstdio.h>
#include <string.h>

/* ---- the stack ---- */

typedef struct {
  EklUndoStack *stack;
  EklExperiment *former, *now;
  gint64 time;
} Desk;

static Desk
desk_new (guint capacity)
{
  return (Desk){ ekl_undo_stack_new (capacity), ekl_experiment_new (), ekl_experiment_new (), 1 };
}

static void
desk_clear (Desk *self)
{
  ekl_undo_stack_free (self->stack);
  g_object_unref (self->former);
  g_object_unref (self->now);
}

/* After a while. */
static void
change (Desk *self, const char *setting, const char *text, gint64 pause_ms)
{
  g_autoptr (GError) error = NULL;

  ekl_experiment_set_text (self->now, setting, text, &error);
  g_assert_no_error (error);
  self->time += pause_ms * 1000;
  ekl_undo_stack_add (self->stack, setting, self->former, self->now, self->time);
  ekl_experiment_assign (self->former, self->now);
}

static const char *
get_undo (Desk *self)
{
  const EklUndoStep *step = ekl_undo_stack_peek_undo (self->stack);

  return step != NULL ? step->label : NULL;
}

static const char *
get_redo (Desk *self)
{
  const EklUndoStep *step = ekl_undo_stack_peek_redo (self->stack);

  return step != NULL ? step->label : NULL;
}

static void
test_labels (void)
{
  Desk desk = desk_new (10);

  g_assert_null (get_undo (&desk));
  g_assert_null (ekl_undo_stack_undo (desk.stack));
  g_assert_null (ekl_undo_stack_redo (desk.stack));
  change (&desk, "learning-rate", "0.1", 0);
  g_assert_cmpstr (get_undo (&desk), ==, "Learning rate h 0.05 → 0.1");
  change (&desk, "layers", "", 0);
  g_assert_cmpstr (get_undo (&desk), ==, "Hidden layers 16 → –");
  change (&desk, "target", "a column with a name that is much too long", 0);
  g_assert_cmpstr (get_undo (&desk), ==, "Target – → a column with a n…");
  ekl_experiment_set_text (desk.now, "l2", "0.1", NULL);
  change (&desk, "seed", "7", 9999);
  g_assert_cmpstr (get_undo (&desk), ==, "Seed 1 → 7 and 1 more");
  desk_clear (&desk);
}

static void
test_drag (void)
{
  Desk desk = desk_new (10);

  change (&desk, "learning-rate", "0.1", 0);
  change (&desk, "learning-rate", "0.2", 900);
  change (&desk, "learning-rate", "0.3", 900);
  g_assert_cmpstr (get_undo (&desk), ==, "Learning rate h 0.05 → 0.3");
  /* a pause, another setting, an undo: another step */
  change (&desk, "learning-rate", "0.4", 5000);
  g_assert_cmpstr (get_undo (&desk), ==, "Learning rate h 0.3 → 0.4");
  change (&desk, "l2", "0.1", 100);
  change (&desk, "learning-rate", "0.5", 100);
  g_assert_cmpstr (get_undo (&desk), ==, "Learning rate h 0.4 → 0.5");
  ekl_undo_stack_seal (desk.stack);
  change (&desk, "learning-rate", "0.6", 100);
  g_assert_cmpstr (get_undo (&desk), ==, "Learning rate h 0.5 → 0.6");
  /* there and back is nothing */
  change (&desk, "l2", "0.2", 100);
  change (&desk, "l2", "0.1", 100);
  g_assert_cmpstr (get_undo (&desk), ==, "Learning rate h 0.5 → 0.6");
  desk_clear (&desk);
}

static void
test_back_and_forth (void)
{
  Desk desk = desk_new (3);
  const EklUndoStep *step;

  change (&desk, "learning-rate", "0.1", 5000);
  change (&desk, "learning-rate", "0.2", 5000);
  change (&desk, "learning-rate", "0.3", 5000);
  change (&desk, "learning-rate", "0.4", 5000);
  g_assert_null (get_redo (&desk));
  step = ekl_undo_stack_undo (desk.stack);
  g_assert_cmpfloat (ekl_experiment_get_double (step->before, "learning-rate"), ==, 0.3);
  ekl_undo_stack_undo (desk.stack);
  ekl_undo_stack_undo (desk.stack);
  /* the oldest has gone */
  g_assert_null (get_undo (&desk));
  g_assert_null (ekl_undo_stack_undo (desk.stack));
  step = ekl_undo_stack_redo (desk.stack);
  g_assert_cmpfloat (ekl_experiment_get_double (step->after, "learning-rate"), ==, 0.2);
  g_assert_cmpstr (get_redo (&desk), ==, "Learning rate h 0.2 → 0.3");
  /* something new: there is no going forth any more */
  change (&desk, "l2", "1", 0);
  g_assert_null (get_redo (&desk));
  g_assert_cmpstr (get_undo (&desk), ==, "Weight decay λ 0 → 1");
  desk_clear (&desk);
}

/* Each by itself, whatever was done after it. */
static void
test_refused_steps (void)
{
  Desk desk = desk_new (10);
  guint decay, rate;

  change (&desk, "l2", "1", 5000);
  decay = ekl_undo_stack_peek_undo (desk.stack)->id;
  change (&desk, "learning-rate", "0.1", 5000);
  rate = ekl_undo_stack_peek_undo (desk.stack)->id;
  ekl_undo_stack_refuse (desk.stack, decay, 0);
  g_assert_cmpstr (get_undo (&desk), ==, "Learning rate h 0.05 → 0.1");
  g_assert_null (ekl_undo_stack_find (desk.stack, decay));

  /* back and forth, and neither was had */
  ekl_undo_stack_undo (desk.stack);
  ekl_undo_stack_refuse (desk.stack, rate, -1);
  g_assert_cmpstr (get_undo (&desk), ==, "Learning rate h 0.05 → 0.1");
  ekl_undo_stack_undo (desk.stack);
  ekl_undo_stack_redo (desk.stack);
  ekl_undo_stack_refuse (desk.stack, rate, 1);
  g_assert_null (get_undo (&desk));
  g_assert_cmpstr (get_redo (&desk), ==, "Learning rate h 0.05 → 0.1");
  /* it was taken back before it was refused */
  ekl_undo_stack_refuse (desk.stack, rate, 0);
  g_assert_null (get_redo (&desk));
  ekl_undo_stack_refuse (desk.stack, rate, 0);
  desk_clear (&desk);
}

/* ---- the workbench ---- */

typedef struct {
  EklWorkbench *workbench;
  guint n_starts;
  char *message, *told;
} Bench;

static void
started_cb (Bench *bench)
{
  bench->n_starts++;
}

static void
failed_cb (Bench *bench, const char *message)
{
  g_free (bench->message);
  bench->message = g_strdup (message);
}

static void
told_cb (Bench *bench, const char *message)
{
  g_free (bench->told);
  bench->told = g_strdup (message);
}

static void
set_up (Bench *bench, gconstpointer source)
{
  bench->workbench = ekl_workbench_new ();
  g_signal_connect_swapped (bench->workbench, "run-started", G_CALLBACK (started_cb), bench);
  g_signal_connect_swapped (bench->workbench, "failed", G_CALLBACK (failed_cb), bench);
  g_signal_connect_swapped (bench->workbench, "told", G_CALLBACK (told_cb), bench);
  ekl_workbench_open (bench->workbench, source);
  wait_until (bench->n_starts == 1);
}

static void
tear_down (Bench *bench, gconstpointer source)
{
  g_object_add_weak_pointer (G_OBJECT (bench->workbench), (gpointer *) &bench->workbench);
  g_object_unref (bench->workbench);
  wait_until (bench->workbench == NULL);
  g_free (bench->message);
  g_free (bench->told);
}

static guint64
get_step (Bench *bench)
{
  return ekl_workbench_get_record (bench->workbench)->step;
}

static double
get_loss (Bench *bench, EklMethod method)
{
  return ekl_workbench_get_record (bench->workbench)->method[method].train_loss;
}

static EklExperiment *
get_experiment (Bench *bench)
{
  return ekl_workbench_get_experiment (bench->workbench);
}

static void
set (Bench *bench, const char *setting, const char *text)
{
  g_autoptr (GError) error = NULL;

  ekl_experiment_set_text (get_experiment (bench), setting, text, &error);
  g_assert_no_error (error);
}

static void
assert_setting (Bench *bench, const char *setting, const char *text)
{
  g_autofree char *now = ekl_experiment_get_text (get_experiment (bench), setting);

  g_assert_cmpstr (now, ==, text);
}

static void
step_to (Bench *bench, guint64 step)
{
  ekl_workbench_step (bench->workbench, (guint) (step - get_step (bench)));
  wait_until (get_step (bench) == step);
}

static void
save (Bench *bench, EklRunFile what, const char *path)
{
  g_clear_pointer (&bench->told, g_free);
  ekl_workbench_save (bench->workbench, what, path);
  wait_until (bench->told != NULL || bench->message != NULL);
  g_assert_null (bench->message);
}

static void
test_undo_live (Bench *bench, gconstpointer source)
{
  step_to (bench, 3);
  g_assert_null (ekl_workbench_get_undo_label (bench->workbench));
  set (bench, "ensemble-size", "70");
  set (bench, "learning-rate", "0.125");
  step_to (bench, 4);
  g_assert_cmpstr (ekl_workbench_get_undo_label (bench->workbench), ==,
                   "Learning rate h 0.05 → 0.125");
  ekl_workbench_undo (bench->workbench);
  assert_setting (bench, "learning-rate", "0.05");
  step_to (bench, 5);
  g_assert_cmpfloat (ekl_workbench_get_record (bench->workbench)->method[EKL_METHOD_GD].step_size,
                     ==, 0.05);
  ekl_workbench_undo (bench->workbench);
  assert_setting (bench, "ensemble-size", "50");
  g_assert_null (ekl_workbench_get_undo_label (bench->workbench));
  ekl_workbench_redo (bench->workbench);
  ekl_workbench_redo (bench->workbench);
  ekl_workbench_redo (bench->workbench);
  assert_setting (bench, "ensemble-size", "70");
  assert_setting (bench, "learning-rate", "0.125");
  step_to (bench, 6);
  g_assert_cmpfloat (ekl_workbench_get_record (bench->workbench)->method[EKL_METHOD_GD].step_size,
                     ==, 0.125);
  g_assert_cmpuint (bench->n_starts, ==, 1);
}

static void
test_undo_restart (Bench *bench, gconstpointer source)
{
  const double before = get_loss (bench, EKL_METHOD_EKI);

  set (bench, "layers", "5");
  wait_until (bench->n_starts == 2);
  g_assert_cmpfloat (get_loss (bench, EKL_METHOD_EKI), !=, before);
  set (bench, "train-fraction", "0.5");
  wait_until (bench->n_starts == 3);
  ekl_workbench_undo (bench->workbench);
  wait_until (bench->n_starts == 4);
  assert_setting (bench, "train-fraction", "0.8");
  assert_setting (bench, "layers", "5");
  ekl_workbench_undo (bench->workbench);
  wait_until (bench->n_starts == 5);
  g_assert_cmpfloat (get_loss (bench, EKL_METHOD_EKI), ==, before);
  ekl_workbench_redo (bench->workbench);
  wait_until (bench->n_starts == 6);
  assert_setting (bench, "layers", "5");

  /* the prior is undone before the first step, and after it */
  set (bench, "prior-weight-std", "2");
  ekl_workbench_undo (bench->workbench);
  step_to (bench, 2);
  set (bench, "prior-weight-std", "2");
  g_assert_true (ekl_workbench_is_waiting (bench->workbench, "prior-weight-std"));
  ekl_workbench_undo (bench->workbench);
  g_assert_false (ekl_workbench_is_waiting (bench->workbench, "prior-weight-std"));
}

static void
test_undo_open (Bench *bench, gconstpointer source)
{
  set (bench, "learning-rate", "0.125");
  ekl_workbench_open (bench->workbench, "example:boston");
  wait_until (bench->n_starts == 2);
  g_assert_cmpstr (ekl_workbench_get_undo_label (bench->workbench), ==, "Open Boston housing");
  ekl_workbench_undo (bench->workbench);
  wait_until (bench->n_starts == 3);
  g_assert_cmpuint (ekl_dataset_get_n_inputs (ekl_workbench_get_dataset (bench->workbench)), ==, 1);
  assert_setting (bench, "data", "example:sine");
  assert_setting (bench, "learning-rate", "0.125");
  ekl_workbench_redo (bench->workbench);
  wait_until (bench->n_starts == 4);
  g_assert_cmpuint (ekl_dataset_get_n_inputs (ekl_workbench_get_dataset (bench->workbench)), ==,
                    13);
  assert_setting (bench, "target", "medv");
}

/* What was refused is no step; nor does an undo that is refused move on. */
static void
test_undo_refused (Bench *bench, gconstpointer source)
{
  step_to (bench, 3);
  set (bench, "learning-rate", "0.125");
  set (bench, "layers", "4096,4096,4096,4096,4096,4096");
  wait_until (bench->message != NULL);
  g_assert_cmpstr (ekl_workbench_get_undo_label (bench->workbench), ==,
                   "Learning rate h 0.05 → 0.125");
  g_clear_pointer (&bench->message, g_free);
  set (bench, "target", "nothing");
  wait_until (bench->message != NULL);
  g_assert_cmpstr (ekl_workbench_get_undo_label (bench->workbench), ==,
                   "Learning rate h 0.05 → 0.125");
  ekl_workbench_undo (bench->workbench);
  assert_setting (bench, "learning-rate", "0.05");
}

/* ---- recorded ---- */

static const char *const lively[][2] = {
  { "learning-rate", "0.1" }, { "ensemble-size", "80" }, { "noise-std", "0.2" },
  { "form", "etki" },         { "ensemble-size", "33" }, { "weight-noise", "0.1" },
  { "optimizer", "adam" },    { "form", "kalman" },      { "learning-rate", "0.02" },
};

static EklArray *
read_array (const char *path)
{
  g_autoptr (GError) error = NULL;
  EklArray *array = ekl_npy_read (path, &error);

  g_assert_no_error (error);
  return array;
}

static void
assert_same_arrays (const char *path_a, const char *path_b)
{
  g_autoptr (EklArray) a = read_array (path_a);
  g_autoptr (EklArray) b = read_array (path_b);
  const gsize n = ekl_array_get_n_values (a);

  g_assert_cmpuint (ekl_array_get_n_values (b), ==, n);
  g_assert_cmpmem (a->values, n * sizeof *a->values, b->values, n * sizeof *b->values);
}

static void
assert_same_history (const GArray *before, EklHistory *history)
{
  guint n;
  const EklRecord *now = ekl_history_get_records (history, &n);

  g_assert_cmpuint (n, >=, before->len);
  for (guint i = 0; i < before->len; i++) {
    const EklRecord *was = &g_array_index (before, EklRecord, i);

    g_assert_cmpuint (was->step, ==, now[i].step);
    for (guint m = 0; m < EKL_N_METHODS; m++) {
      const EklMethodRecord *a = &was->method[m], *b = &now[i].method[m];

      g_assert_cmpmem (&a->train_loss, sizeof (double), &b->train_loss, sizeof (double));
      g_assert_cmpmem (&a->step_size, sizeof (double), &b->step_size, sizeof (double));
      g_assert_cmpmem (&a->time, sizeof (double), &b->time, sizeof (double));
      g_assert_cmpmem (&a->spread, sizeof (double), &b->spread, sizeof (double));
    }
  }
}

static GArray *
copy_history (EklHistory *history)
{
  GArray *copy = g_array_new (FALSE, FALSE, sizeof (EklRecord));
  guint n;
  const EklRecord *records = ekl_history_get_records (history, &n);

  return g_array_append_vals (copy, records, n);
}

static void
wait_for_steps (Bench *bench, guint n)
{
  const guint64 step = get_step (bench);

  wait_until (get_step (bench) > step + n);
}

/* Settings turned at while it runs at full speed, at whatever step that is. */
static void
play_live (Bench *bench)
{
  set (bench, "prior-weight-std", "1.5");
  ekl_workbench_set_speed_limit (bench->workbench, 400);
  ekl_workbench_run (bench->workbench);
  for (guint i = 0; i < G_N_ELEMENTS (lively); i++) {
    wait_for_steps (bench, 2);
    set (bench, lively[i][0], lively[i][1]);
  }
  /* at the same step it would be no change at all */
  wait_for_steps (bench, 2);
  ekl_workbench_undo (bench->workbench);
  ekl_workbench_pause (bench->workbench);
  wait_until (ekl_workbench_get_state (bench->workbench) == EKL_ENGINE_PAUSED);
}

static char **
make_names (const char *folder, const char *ensemble, const char *descent)
{
  char **names = g_new0 (char *, 3);

  names[0] = g_build_filename (folder, ensemble, NULL);
  names[1] = g_build_filename (folder, descent, NULL);
  return names;
}

static void
test_recorded (Bench *bench, gconstpointer source)
{
  g_autofree char *folder = g_dir_make_tmp ("ekl-test-XXXXXX", NULL);
  g_autofree char *experiment = g_build_filename (folder, "live.ekilab", NULL);
  g_auto (GStrv) first = make_names (folder, "U1.npy", "u1.npy");
  g_auto (GStrv) second = make_names (folder, "U2.npy", "u2.npy");
  g_autoptr (EklExperiment) loaded = ekl_experiment_new ();
  g_autoptr (EklRun) run = NULL;
  g_autoptr (EklRunState) state = NULL;
  g_autoptr (EklArray) array = NULL;
  g_autoptr (GArray) before = NULL;
  g_autoptr (GError) error = NULL;
  guint64 end;

  play_live (bench);
  end = get_step (bench);
  before = copy_history (ekl_workbench_get_history (bench->workbench));
  save (bench, EKL_RUN_FILE_EXPERIMENT, experiment);
  g_assert_nonnull (strstr (bench->told, "with 10 changes"));
  save (bench, EKL_RUN_FILE_ENSEMBLE, first[0]);
  save (bench, EKL_RUN_FILE_DESCENT, first[1]);

  /* in the window, from another problem, at full speed */
  ekl_workbench_open (bench->workbench, "example:moons");
  wait_until (bench->n_starts == 2);
  ekl_workbench_open (bench->workbench, experiment);
  wait_until (bench->n_starts == 3);
  g_assert_cmpuint (ekl_workbench_get_n_ahead (bench->workbench), ==, 10);
  assert_setting (bench, "prior-weight-std", "1.5");
  assert_setting (bench, "learning-rate", "0.05");
  step_to (bench, end);
  g_assert_cmpuint (ekl_workbench_get_n_ahead (bench->workbench), ==, 0);
  assert_setting (bench, "learning-rate", "0.1");
  assert_same_history (before, ekl_workbench_get_history (bench->workbench));
  save (bench, EKL_RUN_FILE_ENSEMBLE, second[0]);
  save (bench, EKL_RUN_FILE_DESCENT, second[1]);
  for (guint i = 0; i < 2; i++)
    assert_same_arrays (first[i], second[i]);
  /* reset: it lies ahead again */
  ekl_workbench_reset (bench->workbench);
  wait_until (bench->n_starts == 4);
  g_assert_cmpuint (ekl_workbench_get_n_ahead (bench->workbench), ==, 10);

  /* and without a window */
  g_assert_true (ekl_experiment_load (loaded, experiment, &error));
  g_assert_cmpuint (ekl_experiment_get_step_limit (loaded), ==, end);
  g_object_set (loaded, "threads", 2, NULL);
  run = ekl_run_new (loaded, ekl_workbench_get_dataset (bench->workbench), &error);
  g_assert_no_error (error);
  while (ekl_run_get_record (run)->step < end && ekl_run_step (run))
    ;
  state = ekl_run_make_state (run);
  array = read_array (first[0]);
  g_assert_cmpmem (array->values, ekl_array_get_n_values (array) * sizeof (double), state->ensemble,
                   (gsize) state->n_particles * state->n_parameters * sizeof (double));

  g_remove (experiment);
  for (guint i = 0; i < 2; i++) {
    g_remove (first[i]);
    g_remove (second[i]);
  }
  g_rmdir (folder);
}

/* A point that was dragged before the first step is part of the file. */
static void
test_moved (Bench *bench, gconstpointer source)
{
  g_autofree char *folder = g_dir_make_tmp ("ekl-test-XXXXXX", NULL);
  g_autofree char *experiment = g_build_filename (folder, "moved.ekilab", NULL);
  g_autofree char *first = g_build_filename (folder, "U1.npy", NULL);
  g_autofree char *second = g_build_filename (folder, "U2.npy", NULL);
  const double start = get_loss (bench, EKL_METHOD_EKI);

  wait_until (ekl_workbench_wants_frame (bench->workbench));
  ekl_workbench_request_frame (bench->workbench, EKL_FRAME_ALL);
  wait_until (ekl_workbench_get_plane (bench->workbench) != NULL);
  ekl_workbench_move_in_plane (bench->workbench, "particle:3", (EklPoint){ 1, -1 });
  wait_until (get_loss (bench, EKL_METHOD_EKI) != start);
  step_to (bench, 5);
  /* not any more */
  ekl_workbench_move_in_plane (bench->workbench, "particle:4", (EklPoint){ 1, -1 });
  save (bench, EKL_RUN_FILE_EXPERIMENT, experiment);
  save (bench, EKL_RUN_FILE_ENSEMBLE, first);

  ekl_workbench_open (bench->workbench, experiment);
  wait_until (bench->n_starts == 2);
  g_assert_cmpfloat (get_loss (bench, EKL_METHOD_EKI), !=, start);
  step_to (bench, 5);
  save (bench, EKL_RUN_FILE_ENSEMBLE, second);
  assert_same_arrays (first, second);
  g_remove (experiment);
  g_remove (first);
  g_remove (second);
  g_rmdir (folder);
}

/* One's own change ends the replay; its undo brings the rest back. */
static void
test_own_change (Bench *bench, gconstpointer source)
{
  step_to (bench, 2);
  set (bench, "learning-rate", "0.1");
  step_to (bench, 6);
  set (bench, "noise-std", "0.5");
  step_to (bench, 10);
  ekl_workbench_replay (bench->workbench);
  wait_until (bench->n_starts == 2);
  g_assert_cmpuint (ekl_workbench_get_n_ahead (bench->workbench), ==, 2);
  assert_setting (bench, "learning-rate", "0.05");
  step_to (bench, 4);
  assert_setting (bench, "learning-rate", "0.1");
  g_assert_cmpuint (ekl_workbench_get_n_ahead (bench->workbench), ==, 1);

  g_clear_pointer (&bench->told, g_free);
  set (bench, "weight-noise", "0.2");
  g_assert_cmpuint (ekl_workbench_get_n_ahead (bench->workbench), ==, 0);
  g_assert_nonnull (strstr (bench->told, "1 recorded change ahead was dropped"));
  ekl_workbench_undo (bench->workbench);
  g_assert_cmpuint (ekl_workbench_get_n_ahead (bench->workbench), ==, 1);
  step_to (bench, 7);
  wait_until (ekl_workbench_get_n_ahead (bench->workbench) == 0);
  assert_setting (bench, "noise-std", "0.5");

  set (bench, "weight-noise", "0.2");
  step_to (bench, 8);
  assert_setting (bench, "noise-std", "0.5");
  ekl_workbench_reset (bench->workbench);
  wait_until (bench->n_starts == 3);
  /* now by the settings of now, with nothing ahead */
  g_assert_cmpuint (ekl_workbench_get_n_ahead (bench->workbench), ==, 0);
  assert_setting (bench, "noise-std", "0.5");
}

/* What has come to an end is said in words. */
static void
test_ends (Bench *bench, gconstpointer source)
{
  set (bench, "learning-rate", "50");
  ekl_workbench_step (bench->workbench, 40);
  wait_until (bench->told != NULL);
  g_assert_nonnull (strstr (bench->told, "Gradient descent diverged at step"));
  g_clear_pointer (&bench->told, g_free);
  set (bench, "stop-time", "0.1");
  wait_until (bench->told != NULL ||
              ekl_workbench_get_state (bench->workbench) == EKL_ENGINE_FINISHED);
  ekl_workbench_reset (bench->workbench);
  wait_until (bench->n_starts == 2);
  ekl_workbench_step (bench->workbench, 60);
  wait_until (ekl_workbench_get_state (bench->workbench) == EKL_ENGINE_FINISHED);
  g_assert_nonnull (bench->told);
  g_clear_pointer (&bench->told, g_free);

  set (bench, "stop-time", "0");
  set (bench, "learning-rate", "0.01");
  set (bench, "online-group", "20");
  wait_until (bench->n_starts == 3);
  set (bench, "online", "yes");
  wait_until (bench->n_starts == 4);
  g_clear_pointer (&bench->told, g_free);
  ekl_workbench_run (bench->workbench);
  wait_until (bench->told != NULL);
  g_assert_nonnull (strstr (bench->told, "All data have been used once"));
}

static void
test_bad_experiments (Bench *bench, gconstpointer source)
{
  static const char *const texts[] = {
    "",
    "[eki-lab]\nformat=1\n",
    "[eki-lab]\nformat=1\n[data]\ndata=nowhere.csv\n",
    "[eki-lab]\nformat=1\n[data]\ndata=example:nothing\n",
    "[eki-lab]\nformat=1\n[data]\ndata=example:sine\n[change 1]\nstep=1\nsetting=x\nafter=1\n",
    ("[eki-lab]\nformat=1\n[data]\ndata=example:sine\n[change "
     "1]\nstep=0\nsetting=descent\nafter=1\n"),
  };
  g_autofree char *folder = g_dir_make_tmp ("ekl-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bad.ekilab", NULL);

  step_to (bench, 3);
  set (bench, "learning-rate", "0.125");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_clear_pointer (&bench->message, g_free);
    g_file_set_contents (path, texts[i], -1, NULL);
    ekl_workbench_open (bench->workbench, path);
    wait_until (bench->message != NULL);
    g_test_message ("%s", bench->message);
    wait_ms (20);
    g_assert_cmpuint (get_step (bench), ==, 3);
    assert_setting (bench, "learning-rate", "0.125");
    assert_setting (bench, "data", "example:sine");
    g_assert_cmpstr (ekl_workbench_get_undo_label (bench->workbench), ==,
                     "Learning rate h 0.05 → 0.125");
  }
  step_to (bench, 4);
  g_assert_cmpuint (bench->n_starts, ==, 1);

  /* what cannot be written is told too */
  g_clear_pointer (&bench->message, g_free);
  ekl_workbench_save (bench->workbench, EKL_RUN_FILE_EXPERIMENT, "/nowhere/at/all.ekilab");
  wait_until (bench->message != NULL);
  g_assert_nonnull (strstr (bench->message, "/nowhere/at/all"));
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
    { "undo/live", "example:sine", test_undo_live },
    { "undo/restart", "example:sine", test_undo_restart },
    { "undo/open", "example:sine", test_undo_open },
    { "undo/refused", "example:sine", test_undo_refused },
    { "recorded/window", "example:sine", test_recorded },
    { "recorded/window-boston", "example:boston", test_recorded },
    { "recorded/moved", "example:sine", test_moved },
    { "recorded/own-change", "example:sine", test_own_change },
    { "ends", "example:sine", test_ends },
    { "recorded/bad-files", "example:sine", test_bad_experiments },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/undo/labels", test_labels);
  g_test_add_func ("/undo/drag", test_drag);
  g_test_add_func ("/undo/back-and-forth", test_back_and_forth);
  g_test_add_func ("/undo/refused", test_refused_steps);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strconcat ("/workbench/", tests[i].name, NULL);

    g_test_add (path, Bench, tests[i].source, set_up, tests[i].test, tear_down);
  }
  return g_test_run ();
}

/* test-undo.c - undo and redo of settings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "undo_stack.h"
#include "waiting.h"
#include "workbench-fixture.h"

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

/* Particles that were spread anew stay where they are: it is no step, unless something else comes back by it. */
static void
test_undo_respread (Bench *bench, gconstpointer source)
{
  guint n_ahead;

  step_to (bench, 2);
  set (bench, "learning-rate", "0.125");
  set (bench, "respread", "1");
  step_to (bench, 4);
  g_assert_cmpstr (ekl_workbench_get_undo_label (bench->workbench), ==,
                   "Learning rate h 0.05 → 0.125");
  ekl_workbench_undo (bench->workbench);
  g_assert_null (ekl_workbench_get_undo_label (bench->workbench));
  assert_setting (bench, "learning-rate", "0.05");
  assert_setting (bench, "respread", "1");
  /* and the change before it can be done again */
  set (bench, "respread", "2");
  ekl_workbench_redo (bench->workbench);
  assert_setting (bench, "learning-rate", "0.125");
  step_to (bench, 5);

  ekl_workbench_replay (bench->workbench);
  wait_until (bench->n_starts == 2);
  n_ahead = ekl_workbench_get_n_ahead (bench->workbench);
  g_assert_cmpuint (n_ahead, >, 1);
  set (bench, "respread", "7");
  g_assert_cmpuint (ekl_workbench_get_n_ahead (bench->workbench), ==, 0);
  ekl_workbench_undo (bench->workbench);
  g_assert_cmpuint (ekl_workbench_get_n_ahead (bench->workbench), ==, n_ahead);
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
    { "undo/respread", "example:sine", test_undo_respread },
    { "undo/refused", "example:sine", test_undo_refused },
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

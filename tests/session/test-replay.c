/* test-replay.c - a run with changes in its middle, recorded, makes itself again to the bit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_STEPS 40

static char *
make_path (const char *name)
{
  g_assert_no_errno (g_mkdir_with_parents (g_get_user_data_dir (), 0755));
  return g_build_filename (g_get_user_data_dir (), name, NULL);
}

/* What a user at the sliders might do; each line is a setting and what it can become. */
static const char *const moves[][6] = {
  { "learning-rate", "0.01", "0.1", "0.02", "0.2", NULL },
  { "ensemble-size", "20", "64", "33", "90", NULL },
  { "noise-std", "0.2", "0.5", "0.1", "1", NULL },
  { "form", "kalman", "euler", "etki", "aldi", NULL },
  { "step-rule", "fixed", "misfit", "kovachki-stuart", NULL },
  { "step-size", "0.1", "0.5", "0.05", NULL },
  { "perturb-observations", "yes", "no", NULL },
  { "weight-noise", "0", "0.1", "0.02", NULL },
  { "redraw", "0", "0.1", NULL },
  { "inflation", "0", "0.05", NULL },
  { "momentum-eki", "none", "nesterov", NULL },
  { "prior-term", "yes", "no", NULL },
  { "stop-time", "0", "0.5", "100", NULL },
  { "optimizer", "gd", "momentum", "nesterov", "adam", NULL },
  { "learning-rate-schedule", "constant", "cosine", NULL },
  { "l2", "0", "0.01", NULL },
  { "prior-weight-std", "0.5", "2", NULL },
  { "prior-mean", "0", "0.1", NULL },
  { "prior-shape", "normal", "uniform", NULL },
};

static void
set_text (EklRun *run, const char *setting, const char *text)
{
  g_autoptr (EklExperiment) with = ekl_experiment_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (ekl_experiment_set_text (with, setting, text, &error));
  ekl_run_set (run, setting, ekl_experiment_get_value (with, setting), NULL, &error);
  g_assert_no_error (error);
}

static void
play_at_random (EklRun *run, GRand *rand)
{
  const guint line = (guint) g_rand_int_range (rand, 0, G_N_ELEMENTS (moves));
  const guint n = g_strv_length ((char **) &moves[line][1]);

  set_text (run, moves[line][0], moves[line][1 + g_rand_int_range (rand, 0, (gint) n)]);
}

typedef struct {
  EklRecord record[N_STEPS + 1];
  guint n_records;
  double *rows;
  gsize n;
  real *descent;
} Trace;

static void
trace_clear (Trace *self)
{
  g_free (self->rows);
  g_free (self->descent);
}

static void
note_record (Trace *self, EklRun *run)
{
  EklRecord *record = &self->record[self->n_records++];

  *record = *ekl_run_get_record (run);
  for (guint m = 0; m < EKL_N_METHODS; m++)
    record->method[m].seconds = 0;
}

static void
note_end (Trace *self, EklRun *run)
{
  const gsize bytes = ekl_run_get_network (run)->n_parameters * sizeof (real);

  self->rows = get_rows (run, &self->n);
  self->descent = g_memdup2 (ekl_run_get_descent (run), bytes);
}

static void
assert_same_trace (const Trace *a, const Trace *b, EklRun *run)
{
  const gsize bytes = ekl_run_get_network (run)->n_parameters * sizeof (real);

  g_assert_cmpuint (a->n_records, ==, b->n_records);
  for (guint i = 0; i < a->n_records; i++)
    g_assert_cmpmem (&a->record[i], sizeof (EklRecord), &b->record[i], sizeof (EklRecord));
  g_assert_cmpmem (a->rows, a->n * sizeof (double), b->rows, b->n * sizeof (double));
  g_assert_cmpmem (a->descent, bytes, b->descent, bytes);
}

/* Plays, and says what was played. */
static EklExperiment *
play (Fixture *fixture, guint seed, Trace *trace)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (EklRun) run = make_run (fixture);

  for (guint i = 0; i < 5; i++)
    play_at_random (run, rand);
  note_record (trace, run);
  for (guint i = 0; i < N_STEPS; i++) {
    /* several at one step too, and some after the last */
    if (ekl_run_step (run))
      note_record (trace, run);
    while (g_rand_int_range (rand, 0, 3) == 0)
      play_at_random (run, rand);
  }
  note_end (trace, run);
  return ekl_run_make_experiment (run);
}

static void
replay (EklExperiment *experiment, EklDataset *dataset, guint n_steps, const Trace *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EklRun) run = ekl_run_new (experiment, dataset, &error);
  g_autofree Trace *trace = g_new0 (Trace, 1);
  g_autofree char *failure = NULL;
  guint n_acted;

  g_assert_no_error (error);
  note_record (trace, run);
  while (trace->n_records < n_steps && ekl_run_step (run))
    note_record (trace, run);
  note_end (trace, run);
  assert_same_trace (wanted, trace, run);
  failure = ekl_run_take_failure (run);
  g_assert_null (failure);
  g_assert_cmpuint (ekl_run_get_changes (run, &n_acted)->len, ==, n_acted);
  trace_clear (trace);
}

/* Through the file, on any number of threads. */
static void
test_same_run (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = make_path ("recorded.ekilab");
  guint n_changes = 0;

  for (guint seed = 1; seed <= 3; seed++) {
    g_autofree Trace *trace = g_new0 (Trace, 1);
    g_autoptr (EklExperiment) played = NULL;
    g_autoptr (EklExperiment) loaded = ekl_experiment_new ();
    g_autoptr (GError) error = NULL;

    ekl_experiment_set_text (fixture->experiment, "batch-size", seed % 2 == 0 ? "32" : "0", NULL);
    played = play (fixture, seed, trace);
    g_assert_true (ekl_experiment_save (played, path, &error));
    g_assert_no_error (error);
    g_assert_true (ekl_experiment_load (loaded, path, &error));
    g_assert_no_error (error);
    n_changes += ekl_experiment_get_changes (loaded)->len;
    for (guint threads = 1; threads <= 4; threads *= 2) {
      g_object_set (loaded, "threads", threads, NULL);
      replay (loaded, fixture->dataset, trace->n_records, trace);
    }
    trace_clear (trace);
  }
  /* it was no empty list */
  g_assert_cmpuint (n_changes, >, 30);
}

static void
test_own_change_drops_what_lies_ahead (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) recorded = make_run (fixture);
  g_autoptr (EklRun) run = NULL;
  g_autoptr (EklExperiment) experiment = NULL;
  g_autoptr (EklExperiment) again = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *changes;
  guint n_acted;

  step (recorded, 3);
  set_text (recorded, "learning-rate", "0.1");
  step (recorded, 3);
  set_text (recorded, "noise-std", "0.5");
  step (recorded, 3);
  set_text (recorded, "learning-rate", "0.2");
  experiment = ekl_run_make_experiment (recorded);
  run = ekl_run_new (experiment, fixture->dataset, &error);
  g_assert_no_error (error);

  step (run, 4);
  changes = ekl_run_get_changes (run, &n_acted);
  g_assert_cmpuint (changes->len, ==, 3);
  g_assert_cmpuint (n_acted, ==, 1);
  g_assert_cmpfloat (ekl_experiment_get_double (ekl_run_get_experiment (run), "learning-rate"), ==,
                     0.1);
  set_text (run, "learning-rate", "0.01");
  step (run, 6);
  changes = ekl_run_get_changes (run, &n_acted);
  g_assert_cmpuint (changes->len, ==, 2);
  g_assert_cmpfloat (ekl_experiment_get_double (ekl_run_get_experiment (run), "noise-std"), ==,
                     0.3);

  /* put back for the steps that are still to come: the one of step 6 is over */
  ekl_run_set_ahead (run, ekl_experiment_get_changes (experiment));
  changes = ekl_run_get_changes (run, &n_acted);
  g_assert_cmpuint (changes->len, ==, 2);
  again = ekl_run_make_experiment (run);
  g_assert_cmpuint (ekl_experiment_get_changes (again)->len, ==, 2);
}

/* A drag is one line of the file, but J is as it was at every moment. */
static void
test_simple_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run (fixture);
  g_autoptr (EklExperiment) experiment = NULL;
  GPtrArray *changes;
  const EklChange *change;

  set_text (run, "noise-std", "0.7");
  step (run, 2);
  set_text (run, "learning-rate", "0.1");
  set_text (run, "learning-rate", "0.2");
  set_text (run, "inflation", "0.1");
  set_text (run, "inflation", "0");
  set_text (run, "ensemble-size", "30");
  set_text (run, "ensemble-size", "50");
  experiment = ekl_run_make_experiment (run);
  g_assert_cmpfloat (ekl_experiment_get_double (experiment, "noise-std"), ==, 0.7);
  g_assert_cmpfloat (ekl_experiment_get_double (experiment, "learning-rate"), ==, 0.05);
  changes = ekl_experiment_get_changes (experiment);
  g_assert_cmpuint (changes->len, ==, 3);
  change = changes->pdata[0];
  g_assert_cmpuint (change->step, ==, 2);
  g_assert_cmpstr (change->setting, ==, "learning-rate");
  g_assert_cmpstr (change->before, ==, "0.05");
  g_assert_cmpstr (change->after, ==, "0.2");
}

/* Through the file, after some more steps. */
static void
assert_replayed (Fixture *fixture, EklRun *run)
{
  g_autofree char *path = make_path ("again.ekilab");
  g_autoptr (EklExperiment) played = NULL;
  g_autoptr (EklExperiment) loaded = ekl_experiment_new ();
  g_autoptr (EklRun) again = NULL;
  g_autofree double *rows = NULL;
  g_autofree double *rows_again = NULL;
  g_autoptr (GError) error = NULL;
  gsize n, n_again;

  step (run, 2);
  played = ekl_run_make_experiment (run);
  g_assert_true (ekl_experiment_save (played, path, &error));
  g_assert_true (ekl_experiment_load (loaded, path, &error));
  g_assert_no_error (error);
  again = ekl_run_new (loaded, fixture->dataset, &error);
  g_assert_no_error (error);
  step (again, (guint) ekl_run_get_record (run)->step);
  rows = get_rows (run, &n);
  rows_again = get_rows (again, &n_again);
  g_assert_cmpmem (rows, n * sizeof *rows, rows_again, n_again * sizeof *rows);
}

/* Each re-spread draws about the mean that the one before has left, also where the run stood still. */
static void
test_every_respread_counts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run (fixture);

  step (run, 2);
  set_text (run, "respread", "1");
  set_text (run, "respread", "2");
  step (run, 1);
  set_text (run, "respread", "3");
  set_text (run, "respread", "0");
  assert_replayed (fixture, run);
}

/* One number ends the list of several, also where it is the one that there was before. */
static void
test_number_after_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EklRun) run = make_run (fixture);

  step (run, 2);
  set_text (run, "noise-std-list", "0.9");
  set_text (run, "noise-std", "0.3");
  g_assert_cmpstr (ekl_experiment_get_string (ekl_run_get_experiment (run), "noise-std-list"), ==,
                   "");
  step (run, 2);
  set_text (run, "noise-std-list", "0.9");
  set_text (run, "noise-std", "0.5");
  set_text (run, "noise-std", "0.3");
  assert_replayed (fixture, run);
}

/* Mini-batches are evaluated now and then, and where somebody stops to look. Whenever that was, the
 * losses of a step are those before what was changed there. */
static void
test_losses_before_change (Fixture *fixture, gconstpointer data)
{
  static const char *const moments[][2] = { { "ensemble-size", "5" },
                                            { "respread", "1" },
                                            { "l2", "1" } };

  ekl_experiment_set_text (fixture->experiment, "batch-size", "7", NULL);
  ekl_experiment_set_text (fixture->experiment, "evaluate-every", "100", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++) {
    g_autoptr (EklRun) run = make_run (fixture);
    g_autoptr (EklRun) again = NULL;
    g_autoptr (EklExperiment) played = NULL;

    step (run, 3);
    if (i % 2 == 0)
      ekl_run_evaluate (run);
    set_text (run, moments[i][0], moments[i][1]);
    ekl_run_evaluate (run);
    played = ekl_run_make_experiment (run);
    again = ekl_run_new (played, fixture->dataset, NULL);
    step (again, 3);
    ekl_run_evaluate (again);
    for (guint m = 0; m < EKL_N_METHODS; m++)
      g_assert_cmpfloat (get_record (run, m)->train_loss, ==, get_record (again, m)->train_loss);
  }
}

static void
move (EklRun *run, const char *point, double number)
{
  const gsize n = ekl_run_get_network (run)->n_parameters;
  g_autofree double *u = g_new (double, n);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < n; i++)
    u[i] = number / (double) (3 * i + 1);
  ekl_run_move_point (run, point, u, n, &error);
  g_assert_no_error (error);
}

static void
test_moved_points (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = make_path ("moved.ekilab");
  g_autoptr (EklRun) run = make_run (fixture);
  g_autofree Trace *trace = g_new0 (Trace, 1);
  g_autoptr (EklExperiment) loaded = ekl_experiment_new ();
  g_autoptr (EklExperiment) experiment = NULL;
  g_autoptr (GError) error = NULL;
  const double start = get_record (run, EKL_METHOD_GD)->train_loss;
  double moved;
  double u = 0;

  /* gradient descent starts from particle 1, and goes with it */
  move (run, "particle:1", 1);
  moved = get_record (run, EKL_METHOD_GD)->train_loss;
  g_assert_cmpfloat (moved, !=, start);
  move (run, "particle:7", 2);
  g_assert_cmpfloat (get_record (run, EKL_METHOD_GD)->train_loss, ==, moved);
  move (run, "descent", -1);
  g_assert_cmpfloat (get_record (run, EKL_METHOD_GD)->train_loss, !=, moved);
  set_text (run, "noise-std", "0.2");
  note_record (trace, run);
  for (guint i = 0; i < 5; i++) {
    step (run, 1);
    note_record (trace, run);
  }
  note_end (trace, run);
  g_assert_false (ekl_run_move_point (run, "particle:1", &u, 1, &error));
  g_assert_nonnull (strstr (error->message, "before the first step"));
  g_clear_error (&error);

  experiment = ekl_run_make_experiment (run);
  g_assert_true (ekl_experiment_save (experiment, path, &error));
  g_assert_true (ekl_experiment_load (loaded, path, &error));
  g_assert_no_error (error);
  replay (loaded, fixture->dataset, 6, trace);
  trace_clear (trace);

  /* another prior puts them back */
  {
    g_autoptr (EklRun) other = ekl_run_new (loaded, fixture->dataset, &error);

    set_text (other, "prior-weight-std", "2");
    g_assert_cmpuint (ekl_run_get_changes (other, NULL)->len, ==, 0);
    set_text (other, "prior-weight-std", "1");
    g_assert_cmpfloat (get_record (other, EKL_METHOD_GD)->train_loss, ==, start);
    g_assert_false (ekl_run_move_point (other, "particle:51", &u, 1, &error));
    g_clear_error (&error);
    g_assert_cmpuint (ekl_run_get_changes (other, NULL)->len, ==, 0);
  }
}

/* A change that worked on another machine, with more memory. */
static void
test_change_that_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) changes = ekl_changes_new ();
  g_autoptr (EklRun) run = NULL;
  g_autofree char *failure = NULL;

  ekl_experiment_set_text (fixture->experiment, "layers", "1024,1024", NULL);
  ekl_experiment_set_text (fixture->experiment, "ensemble-size", "2", NULL);
  ekl_experiment_set_text (fixture->experiment, "methods", "eki", NULL);
  g_ptr_array_add (changes, ekl_change_new (1, "ensemble-size", "2", "100000"));
  g_ptr_array_add (changes, ekl_change_new (1, "noise-std", "0.3", "0.4"));
  ekl_experiment_set_changes (fixture->experiment, changes);
  run = make_run (fixture);
  step (run, 2);
  failure = ekl_run_take_failure (run);
  g_assert_nonnull (strstr (failure, "ensemble-size recorded at step 1 cannot be made"));
  g_assert_cmpfloat (ekl_experiment_get_double (ekl_run_get_experiment (run), "noise-std"), ==,
                     0.4);
}

static void
test_hostile_files (void)
{
  static const struct {
    const char *text, *message;
  } files[] = {
    { "[change 1]\nstep=5\nsetting=learning-rate\n", "line 3: group [change 1] needs the keys" },
    { "[change 2]\nstep=5\nsetting=learning-rate\nafter=0.1\n", "[change 1] is missing" },
    { "[change 1]\nstep=-5\nsetting=learning-rate\nafter=0.1\n", "whole number from 0" },
    { "[change 1]\nstep=5\nsetting=learning-rate\nafter=much\n", "learning-rate must be a number" },
    { "[change 1]\nstep=5\nsetting=learningrate\nafter=1\n", "no setting \"learningrate\"" },
    { "[change 1]\nstep=5\nsetting=layers\nafter=3\n", "layers: this setting cannot change" },
    { "[change 1]\nstep=5\nsetting=l2\nafter=3\nwhy=so\n", "has no key \"why\"" },
    { "[change 1]\nstep=5\nsetting=l2\nafter=3\n[change 2]\nstep=4\nsetting=l2\nafter=2\n",
      "line 7: group [change 2] has an earlier step" },
    { "[change 1]\nstep=0\nsetting=particle:0\nafter=3\n", "from 1 to 100000" },
    { "[change 1]\nstep=3\nsetting=particle:1\nafter=3\n", "at step 0 only" },
    { "[change 1]\nstep=0\nsetting=descent\nafter=3  4\n", "separated by one blank" },
    { "[change 1]\nstep=0\nsetting=descent\nafter=3 nan\n", "separated by one blank" },
    { "[run]\nseed=1\n seeds = 3\n", "line 5: group [run] has no setting \"seeds\"" },
    { "[descent]\nl2=1\nlearning-rate=fast\n", "line 5: learning-rate must be" },
  };
  g_autofree char *path = make_path ("hostile.ekilab");

  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (EklExperiment) self = ekl_experiment_new ();
    g_autofree char *text = g_strconcat ("[eki-lab]\nformat=1\n", files[i].text, NULL);
    g_autoptr (GError) error = NULL;

    g_assert_true (g_file_set_contents (path, text, -1, NULL));
    g_object_set (self, "seed", 99, NULL);
    g_assert_false (ekl_experiment_load (self, path, &error));
    g_test_message ("%s", error->message);
    g_assert_true (g_str_has_prefix (error->message, path));
    g_assert_nonnull (strstr (error->message, files[i].message));
    g_assert_cmpuint (ekl_experiment_get_uint (self, "seed"), ==, 99);
    g_assert_null (ekl_experiment_get_changes (self));
  }
}

/* At step 0 a change is a setting of the start; and points that do not fit the network are told. */
static void
test_changes_at_the_start (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = make_path ("start.ekilab");
  g_autoptr (EklExperiment) self = ekl_experiment_new ();
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path,
                       "[eki-lab]\nformat=1\n"
                       "[change 1]\nstep=0\nsetting=noise-std\nafter=0.9\n"
                       "[change 2]\nstep=0\nsetting=particle:2\nafter=1 2 3\n",
                       -1, NULL);
  g_assert_true (ekl_experiment_load (self, path, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (ekl_experiment_get_double (self, "noise-std"), ==, 0.9);
  g_assert_cmpuint (ekl_experiment_get_changes (self)->len, ==, 1);
  g_assert_null (ekl_run_new (self, fixture->dataset, &error));
  g_assert_cmpstr (error->message, ==,
                   "particle:2 has 3 numbers, but this network has 49 parameters");
}

/* What a preset says is written, and is still nobody's choice when it is read. */
static void
test_unset (void)
{
  static const char *const preset[] = { "step-size", "0.5", "noise-std", "0.2", NULL };
  g_autofree char *path = make_path ("unset.ekilab");
  g_autoptr (EklExperiment) self = ekl_experiment_new ();
  g_autoptr (EklExperiment) loaded = ekl_experiment_new ();
  g_autoptr (GError) error = NULL;

  ekl_experiment_apply_preset (self, preset, TRUE);
  ekl_experiment_set_text (self, "noise-std", "0.25", NULL);
  g_assert_true (ekl_experiment_save (self, path, &error));
  g_assert_true (ekl_experiment_load (loaded, path, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (ekl_experiment_get_double (loaded, "step-size"), ==, 0.5);
  g_assert_false (ekl_experiment_is_explicit (loaded, "step-size"));
  g_assert_true (ekl_experiment_is_explicit (loaded, "noise-std"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/replay/same-run/sine", "sine", test_same_run);
  ADD ("/replay/same-run/moons", "moons", test_same_run);
  ADD ("/replay/own-change", "sine", test_own_change_drops_what_lies_ahead);
  ADD ("/replay/simple-list", "sine", test_simple_list);
  ADD ("/replay/respread", "sine", test_every_respread_counts);
  ADD ("/replay/number-after-list", "sine", test_number_after_list);
  ADD ("/replay/losses-before-change", "sine", test_losses_before_change);
  ADD ("/replay/moved-points", "sine", test_moved_points);
  ADD ("/replay/change-that-fails", "sine", test_change_that_fails);
  ADD ("/replay/start", "sine", test_changes_at_the_start);
  g_test_add_func ("/replay/hostile-files", test_hostile_files);
  g_test_add_func ("/replay/unset", test_unset);
  return g_test_run ();
}

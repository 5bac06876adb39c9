/* test-engine.c - the engine's thread: nothing lost, nothing late, nothing left behind
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cpu.h"
#include "engine-fixture.h"

#include <math.h>

static void
test_new_and_destroy (void)
{
  EklEngine *engine = ekl_engine_new ();

  g_assert_cmpint (ekl_engine_get_state (engine), ==, EKL_ENGINE_EMPTY);
  g_assert_cmpuint (ekl_engine_get_run_number (engine), ==, 0);
  g_assert_null (ekl_engine_take_frame (engine));
  g_assert_null (ekl_engine_take_records (engine, NULL));
  g_assert_null (ekl_engine_take_events (engine, NULL));
  /* without a run these are nothing */
  ekl_engine_run (engine);
  ekl_engine_step (engine, 3);
  ekl_engine_pause (engine);
  ekl_engine_request_frame (engine, EKL_FRAME_ALL);
  g_assert_true (ekl_engine_wait_idle (engine, 10 * SECOND));
  g_assert_cmpint (ekl_engine_get_state (engine), ==, EKL_ENGINE_EMPTY);

  g_object_add_weak_pointer (G_OBJECT (engine), (gpointer *) &engine);
  g_object_unref (engine);
  g_assert_null (engine);
}

static void
test_step (void)
{
  g_autoptr (EklDataset) dataset = load_dataset ("sine");
  g_autoptr (EklExperiment) experiment = small_experiment ();
  g_autoptr (EklEngine) engine = ekl_engine_new ();
  g_autoptr (EklFrame) frame = NULL;
  g_autoptr (GArray) records = NULL;
  guint number = 0, n_updated = 0;

  g_signal_connect (engine, "updated", G_CALLBACK (count_cb), &n_updated);
  ekl_engine_start (engine, experiment, dataset);
  g_assert_cmpuint (ekl_engine_get_run_number (engine), ==, 1);
  ekl_engine_step (engine, 10);
  ekl_engine_step (engine, 5);
  ekl_engine_request_frame (engine, EKL_FRAME_ALL);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  g_assert_cmpint (ekl_engine_get_state (engine), ==, EKL_ENGINE_PAUSED);

  records = ekl_engine_take_records (engine, &number);
  g_assert_cmpuint (number, ==, 1);
  g_assert_cmpuint (records->len, ==, 16);
  for (guint i = 0; i < records->len; i++)
    g_assert_cmpuint (g_array_index (records, EklRecord, i).step, ==, i);
  g_assert_null (ekl_engine_take_records (engine, NULL));

  frame = ekl_engine_take_frame (engine);
  g_assert_cmpuint (frame->run_number, ==, 1);
  g_assert_cmpuint (frame->record.step, <=, 15);
  g_assert_nonnull (frame->plane);
  g_assert_nonnull (frame->predictions);
  g_assert_cmpuint (frame->plane->n_particles, ==, 5);

  g_assert_cmpuint (n_updated, ==, 0);
  iterate_for (SECOND / 50);
  g_assert_cmpuint (n_updated, >, 0);
}

/* The thread and the caller of EklRun make the same numbers. */
static void
test_same_as_run (void)
{
  g_autoptr (EklDataset) dataset = load_dataset ("boston");
  g_autoptr (EklExperiment) experiment = ekl_experiment_new ();
  g_autoptr (EklEngine) engine = ekl_engine_new ();
  g_autoptr (EklRun) run = NULL;
  g_autoptr (GArray) records = NULL;
  g_autoptr (GError) error = NULL;

  ekl_experiment_set_text (experiment, "batch-size", "50", NULL);
  ekl_experiment_set_text (experiment, "evaluate-every", "1", NULL);
  ekl_engine_start (engine, experiment, dataset);
  ekl_engine_step (engine, 30);
  run = ekl_run_new (experiment, dataset, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 30; i++)
    g_assert_true (ekl_run_step (run));
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  records = ekl_engine_take_records (engine, NULL);
  for (guint k = 0; k < EKL_N_METHODS; k++) {
    const EklMethodRecord *mine = &ekl_run_get_record (run)->method[k];
    const EklMethodRecord *theirs = &g_array_index (records, EklRecord, records->len - 1).method[k];

    g_assert_true (mine->train_loss == theirs->train_loss);
    g_assert_true (mine->validation_loss == theirs->validation_loss);
    g_assert_true (mine->metric == theirs->metric);
    g_assert_true (mine->time == theirs->time);
  }
}

typedef struct {
  guint64 next; /* step that is expected */
  guint n_frames;
  guint64 last_frame_step;
} Reader;

static void
read_all_cb (EklEngine *engine, gpointer data)
{
  Reader *reader = data;
  g_autoptr (GArray) records = ekl_engine_take_records (engine, NULL);
  g_autoptr (EklFrame) frame = ekl_engine_take_frame (engine);

  for (guint i = 0; records != NULL && i < records->len; i++) {
    const EklRecord *record = &g_array_index (records, EklRecord, i);

    /* the newest may be told again, with losses */
    if (record->step + 1 == reader->next)
      continue;
    g_assert_cmpuint (record->step, ==, reader->next);
    reader->next++;
  }
  if (frame != NULL) {
    g_assert_cmpuint (frame->record.step, >=, reader->last_frame_step);
    reader->last_frame_step = frame->record.step;
    reader->n_frames++;
  }
}

/* However often somebody asks for frames or pauses, every step's record comes, and in order. */
static void
test_no_lost_records (void)
{
  static const EklFrameParts parts[] = { EKL_FRAME_NUMBERS, EKL_FRAME_PLANE, EKL_FRAME_PREDICTIONS,
                                         EKL_FRAME_ALL };
  const guint64 n_steps = g_test_slow () ? 200000 : 20000;
  g_autoptr (EklDataset) dataset = load_dataset ("sine");
  g_autoptr (EklExperiment) experiment = small_experiment ();
  g_autoptr (EklEngine) engine = ekl_engine_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  Reader reader = { 0 };

  g_object_set (experiment, "batch-size", 20, NULL);
  g_signal_connect (engine, "updated", G_CALLBACK (read_all_cb), &reader);
  ekl_engine_start (engine, experiment, dataset);
  ekl_engine_run (engine);
  while (reader.next < n_steps) {
    if (g_rand_int_range (random, 0, 4) == 0)
      ekl_engine_request_frame (engine, parts[g_rand_int_range (random, 0, 4)]);
    if (g_rand_int_range (random, 0, 50) == 0) {
      ekl_engine_pause (engine);
      ekl_engine_run (engine);
    }
    g_main_context_iteration (NULL, FALSE);
    g_usleep (300);
  }
  ekl_engine_pause (engine);
  iterate_until_state (engine, EKL_ENGINE_PAUSED);
  g_test_message ("%" G_GUINT64_FORMAT " steps, %u frames", reader.next, reader.n_frames);
  g_assert_cmpuint (reader.n_frames, >, 0);
}

/* Any command at any moment, then the end, in the middle of whatever is going on. */
static void
test_close_in_the_middle (void)
{
  g_autoptr (EklDataset) dataset = load_dataset ("boston");
  g_autoptr (EklExperiment) experiment = ekl_experiment_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_auto (GValue) size = G_VALUE_INIT;

  g_object_set (experiment, "threads", 1, NULL);
  g_value_init (&size, G_TYPE_UINT);
  for (guint i = 0; i < 200; i++) {
    EklEngine *engine = ekl_engine_new ();
    const guint n_commands = (guint) g_rand_int_range (random, 0, 8);

    ekl_engine_start (engine, experiment, dataset);
    for (guint k = 0; k < n_commands; k++) {
      const gint32 kind = g_rand_int_range (random, 0, 7);

      if (kind == 0)
        ekl_engine_run (engine);
      else if (kind == 1)
        ekl_engine_pause (engine);
      else if (kind == 2)
        ekl_engine_step (engine, 7);
      else if (kind == 3)
        ekl_engine_request_frame (engine, EKL_FRAME_ALL);
      else if (kind == 4)
        ekl_engine_set_speed_limit (engine, 1000.0 * (double) g_rand_int_range (random, 0, 2));
      else if (kind == 5)
        g_usleep ((gulong) g_rand_int_range (random, 0, 3000));
      else {
        g_value_set_uint (&size, (guint) g_rand_int_range (random, 2, 90));
        ekl_engine_set (engine, "ensemble-size", &size);
      }
      g_main_context_iteration (NULL, FALSE);
    }
    g_object_add_weak_pointer (G_OBJECT (engine), (gpointer *) &engine);
    g_object_unref (engine);
    g_assert_null (engine);
  }
}

static void
test_stop_is_quick (void)
{
  g_autoptr (EklDataset) dataset = load_dataset ("boston");
  g_autoptr (EklExperiment) experiment = ekl_experiment_new ();
  EklEngine *engine = ekl_engine_new ();
  gint64 start;

  ekl_experiment_set_text (experiment, "layers", "64,64", NULL);
  ekl_experiment_set_text (experiment, "ensemble-size", "1000", NULL);
  ekl_engine_start (engine, experiment, dataset);
  g_assert_true (ekl_engine_wait_idle (engine, 120 * SECOND));
  ekl_engine_run (engine);
  g_usleep (SECOND / 20);
  start = g_get_monotonic_time ();
  ekl_engine_stop (engine);
  g_test_message ("stopped after %.1f ms", (double) (g_get_monotonic_time () - start) / 1e3);
  /* a sanitizer's build or a busy machine takes its time, but not that of many steps */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * SECOND);
  ekl_engine_run (engine);
  g_assert_false (ekl_engine_wait_idle (engine, SECOND / 100));
  g_object_unref (engine);
}

static void
test_reset (void)
{
  g_autoptr (EklDataset) dataset = load_dataset ("sine");
  g_autoptr (EklExperiment) experiment = small_experiment ();
  g_autoptr (EklEngine) engine = ekl_engine_new ();
  g_autoptr (GArray) first = NULL;
  g_autoptr (GArray) second = NULL;
  g_autoptr (EklFrame) frame = NULL;
  const EklRecord *a, *b;
  guint number;

  ekl_engine_start (engine, experiment, dataset);
  ekl_engine_step (engine, 20);
  ekl_engine_request_frame (engine, EKL_FRAME_ALL);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  first = ekl_engine_take_records (engine, &number);
  g_assert_cmpuint (number, ==, 1);

  /* the frame of the first run is there, but nobody wants it any more */
  ekl_engine_start (engine, experiment, dataset);
  g_assert_null (ekl_engine_take_frame (engine));
  ekl_engine_step (engine, 20);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  g_assert_null (ekl_engine_take_frame (engine));
  second = ekl_engine_take_records (engine, &number);
  g_assert_cmpuint (number, ==, 2);
  g_assert_cmpuint (first->len, ==, second->len);
  for (guint i = 0; i < first->len; i++)
    for (guint k = 0; k < EKL_N_METHODS; k++) {
      a = &g_array_index (first, EklRecord, i);
      b = &g_array_index (second, EklRecord, i);
      g_assert_true (a->method[k].train_loss == b->method[k].train_loss);
      g_assert_true (a->method[k].validation_loss == b->method[k].validation_loss);
    }
  ekl_engine_request_frame (engine, EKL_FRAME_NUMBERS);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  frame = ekl_engine_take_frame (engine);
  g_assert_cmpuint (frame->run_number, ==, 2);
  g_assert_null (frame->plane);
}

static void
test_finished (void)
{
  g_autoptr (EklDataset) dataset = load_dataset ("sine");
  g_autoptr (EklExperiment) experiment = small_experiment ();
  g_autoptr (EklEngine) engine = ekl_engine_new ();
  g_autoptr (GArray) records = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  const EklMethodRecord *last;

  g_object_set (experiment, "stop-time", 1.0, NULL);
  ekl_experiment_set_text (experiment, "methods", "eki", NULL);
  ekl_engine_start (engine, experiment, dataset);
  ekl_engine_run (engine);
  iterate_until_state (engine, EKL_ENGINE_FINISHED);
  ekl_engine_run (engine);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  g_assert_cmpint (ekl_engine_get_state (engine), ==, EKL_ENGINE_FINISHED);

  /* more time, and it goes on */
  g_value_init (&value, G_TYPE_DOUBLE);
  g_value_set_double (&value, 2);
  ekl_engine_set (engine, "stop-time", &value);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  g_assert_cmpint (ekl_engine_get_state (engine), ==, EKL_ENGINE_PAUSED);
  ekl_engine_run (engine);
  iterate_until_state (engine, EKL_ENGINE_FINISHED);
  records = ekl_engine_take_records (engine, NULL);
  last = &g_array_index (records, EklRecord, records->len - 1).method[EKL_METHOD_EKI];
  g_assert_true (last->finished);
  g_assert_cmpfloat (fabs (last->time - 2), <, 1e-9);
}

static void
test_speed_limit (void)
{
  g_autoptr (EklDataset) dataset = load_dataset ("sine");
  g_autoptr (EklExperiment) experiment = small_experiment ();
  g_autoptr (EklEngine) engine = ekl_engine_new ();
  g_autoptr (GArray) records = NULL;
  const gint64 start = g_get_monotonic_time ();
  gint64 elapsed;
  double expected;

  ekl_engine_set_speed_limit (engine, 100);
  ekl_engine_start (engine, experiment, dataset);
  ekl_engine_run (engine);
  iterate_for (SECOND / 2);
  ekl_engine_pause (engine);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  elapsed = g_get_monotonic_time () - start;
  expected = 100.0 * (double) elapsed / SECOND;
  records = ekl_engine_take_records (engine, NULL);
  g_test_message ("%u steps, at most %.0f", records->len - 1, expected + 2);
  g_assert_cmpfloat (records->len - 1, <=, expected + 2);
  g_assert_cmpuint (records->len, >, 5);
}

/* Asked once for the plane, the engine refines its contours and shows them by itself. */
static void
test_contours (void)
{
  g_autoptr (EklDataset) dataset = load_dataset ("sine");
  g_autoptr (EklExperiment) experiment = small_experiment ();
  g_autoptr (EklEngine) engine = ekl_engine_new ();
  const gint64 until = g_get_monotonic_time () + 60 * SECOND;
  guint n_columns = 0;

  ekl_engine_start (engine, experiment, dataset);
  ekl_engine_step (engine, 10);
  ekl_engine_request_frame (engine, EKL_FRAME_PLANE);
  while (n_columns < 65 && g_get_monotonic_time () < until) {
    g_autoptr (EklFrame) frame = ekl_engine_take_frame (engine);

    if (frame != NULL && frame->plane->loss != NULL)
      n_columns = frame->plane->loss->n_columns;
    g_main_context_iteration (NULL, FALSE);
  }
  g_assert_cmpuint (n_columns, ==, 65);
}

int
main (int argc, char **argv)
{
  ekl_cpu_setup (argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/new-and-destroy", test_new_and_destroy);
  g_test_add_func ("/engine/step", test_step);
  g_test_add_func ("/engine/same-as-run", test_same_as_run);
  g_test_add_func ("/engine/no-lost-records", test_no_lost_records);
  g_test_add_func ("/engine/close-in-the-middle", test_close_in_the_middle);
  g_test_add_func ("/engine/stop-is-quick", test_stop_is_quick);
  g_test_add_func ("/engine/reset", test_reset);
  g_test_add_func ("/engine/finished", test_finished);
  g_test_add_func ("/engine/speed-limit", test_speed_limit);
  g_test_add_func ("/engine/contours", test_contours);
  return g_test_run ();
}

/* test-engine-settings.c - what the engine says of its runs: their states, settings, failures and events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cpu.h"
#include "engine-fixture.h"

#include <string.h>

#define HUGE_LAYERS "4096,4096,4096,4096,4096,4096,4096,4096,4096,4096,4096,4096"

static void
set_rate (EklEngine *engine, double rate)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_DOUBLE);
  g_value_set_double (&value, rate);
  ekl_engine_set (engine, "learning-rate", &value);
}

/* Each request has its answer, of the run that stood then, whatever was started since. */
static void
test_run_states (void)
{
  g_autoptr (EklDataset) dataset = load_dataset ("sine");
  g_autoptr (EklExperiment) experiment = small_experiment ();
  g_autoptr (EklEngine) engine = ekl_engine_new ();
  g_autoptr (EklRunState) first = NULL;
  g_autoptr (EklRunState) second = NULL;
  g_autoptr (EklRunState) third = NULL;

  ekl_engine_start (engine, experiment, dataset);
  ekl_engine_request_run_state (engine);
  ekl_engine_step (engine, 3);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  ekl_engine_request_run_state (engine);
  ekl_engine_start (engine, experiment, dataset);
  ekl_engine_request_run_state (engine);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  first = ekl_engine_take_run_state (engine);
  second = ekl_engine_take_run_state (engine);
  third = ekl_engine_take_run_state (engine);
  g_assert_cmpuint (first->run_number, ==, 1);
  g_assert_cmpuint (first->step, ==, 0);
  g_assert_cmpuint (second->run_number, ==, 1);
  g_assert_cmpuint (second->step, ==, 3);
  g_assert_cmpuint (third->run_number, ==, 2);
  g_assert_cmpuint (third->step, ==, 0);
  g_assert_null (ekl_engine_take_run_state (engine));
}

/* They are told once all is done that was asked for, and are the run's: also what was recorded. */
static void
test_settings (void)
{
  g_autoptr (EklDataset) dataset = load_dataset ("sine");
  g_autoptr (EklExperiment) experiment = small_experiment ();
  g_autoptr (GPtrArray) changes = ekl_changes_new ();
  g_autoptr (EklEngine) engine = ekl_engine_new ();
  g_autoptr (EklExperiment) start = NULL;
  g_autoptr (EklExperiment) changed = NULL;
  g_autoptr (EklExperiment) replayed = NULL;
  guint number, n_ahead;

  g_ptr_array_add (changes, ekl_change_new (3, "learning-rate", "0.05", "0.2"));
  ekl_experiment_set_changes (experiment, changes);
  ekl_engine_start (engine, experiment, dataset);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  start = ekl_engine_take_settings (engine, &number, &n_ahead);
  g_assert_cmpuint (number, ==, 1);
  g_assert_cmpuint (n_ahead, ==, 1);
  g_assert_cmpfloat (ekl_experiment_get_double (start, "learning-rate"), ==, 0.05);
  g_assert_null (ekl_engine_take_settings (engine, &number, &n_ahead));

  ekl_engine_step (engine, 3);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  replayed = ekl_engine_take_settings (engine, &number, &n_ahead);
  g_assert_cmpuint (n_ahead, ==, 0);
  g_assert_cmpfloat (ekl_experiment_get_double (replayed, "learning-rate"), ==, 0.2);

  /* the second is on its way, or has come */
  set_rate (engine, 0.25);
  set_rate (engine, 0.125);
  changed = ekl_engine_take_settings (engine, &number, &n_ahead);
  g_assert_true (changed == NULL || ekl_experiment_get_double (changed, "learning-rate") == 0.125);
  g_clear_object (&changed);
  set_rate (engine, 0.5);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  changed = ekl_engine_take_settings (engine, &number, &n_ahead);
  g_assert_cmpfloat (ekl_experiment_get_double (changed, "learning-rate"), ==, 0.5);
}

/* What could not be done is told before the run is handed out that does not have it. */
static void
test_failure_first (void)
{
  g_autoptr (EklDataset) dataset = load_dataset ("sine");
  g_autoptr (EklExperiment) experiment = small_experiment ();
  g_autoptr (EklEngine) engine = ekl_engine_new ();
  g_autoptr (EklExperiment) settings = NULL;
  g_autoptr (EklRunState) state = NULL;
  g_autofree char *message = NULL;
  guint number, n_ahead;

  ekl_engine_start (engine, experiment, dataset);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  g_object_set (experiment, "ensemble-size", 100000, "layers", HUGE_LAYERS, NULL);
  ekl_engine_start (engine, experiment, dataset);
  ekl_engine_request_run_state (engine);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  g_assert_null (ekl_engine_take_run_state (engine));
  g_assert_null (ekl_engine_take_settings (engine, &number, &n_ahead));
  g_signal_connect (engine, "failed", G_CALLBACK (note_failure_cb), &message);
  iterate_for (SECOND / 50);
  g_assert_nonnull (message);
  state = ekl_engine_take_run_state (engine);
  settings = ekl_engine_take_settings (engine, &number, &n_ahead);
  g_assert_cmpuint (state->run_number, ==, 1);
  g_assert_cmpuint (number, ==, 1);
  g_assert_cmpstr (ekl_experiment_get_string (settings, "layers"), ==, "4");
}

static void
test_failures (void)
{
  g_autoptr (EklDataset) dataset = load_dataset ("sine");
  g_autoptr (EklExperiment) experiment = small_experiment ();
  g_autoptr (EklEngine) engine = ekl_engine_new ();
  g_autoptr (GArray) records = NULL;
  g_autofree char *message = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  guint number;

  g_signal_connect (engine, "failed", G_CALLBACK (note_failure_cb), &message);
  ekl_engine_start (engine, experiment, dataset);
  ekl_engine_step (engine, 3);

  /* hundreds of terabytes */
  g_object_set (experiment, "ensemble-size", 100000, "layers", HUGE_LAYERS, NULL);
  ekl_engine_start (engine, experiment, dataset);
  ekl_engine_step (engine, 2);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  iterate_for (SECOND / 50);
  g_assert_nonnull (message);
  g_assert_nonnull (strstr (message, "memory"));
  /* the first run stands, and nothing of it is lost */
  records = ekl_engine_take_records (engine, &number);
  g_assert_cmpuint (number, ==, 1);
  g_assert_cmpuint (records->len, ==, 6);

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, "4,4");
  ekl_engine_set (engine, "layers", &value);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  iterate_for (SECOND / 50);
  g_assert_nonnull (strstr (message, "layers"));

  ekl_engine_set (engine, "nonsense", &value);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  iterate_for (SECOND / 50);
  g_assert_nonnull (strstr (message, "nonsense"));

  /* a number that the next start counts on from */
  g_object_set (experiment, "ensemble-size", 5, "layers", "4", NULL);
  ekl_engine_start (engine, experiment, dataset);
  g_assert_cmpuint (ekl_engine_get_run_number (engine), ==, 3);
}

static void
test_events (void)
{
  g_autoptr (EklDataset) dataset = load_dataset ("sine");
  g_autoptr (EklExperiment) experiment = small_experiment ();
  g_autoptr (EklEngine) engine = ekl_engine_new ();
  g_autoptr (GArray) events = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  const EklEvent *event;

  g_value_init (&value, G_TYPE_DOUBLE);
  g_value_set_double (&value, 0.125);
  ekl_engine_start (engine, experiment, dataset);
  ekl_engine_step (engine, 4);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  ekl_engine_set (engine, "learning-rate", &value);
  ekl_engine_step (engine, 1);
  g_assert_true (ekl_engine_wait_idle (engine, 60 * SECOND));
  events = ekl_engine_take_events (engine, NULL);
  g_assert_cmpuint (events->len, ==, 1);
  event = &g_array_index (events, EklEvent, 0);
  g_assert_cmpuint (event->step, ==, 4);
  g_assert_cmpstr (event->setting, ==, "Learning rate h");
  g_assert_cmpstr (event->before, ==, "0.05");
  g_assert_cmpstr (event->after, ==, "0.125");
  g_assert_null (ekl_engine_take_events (engine, NULL));
}

int
main (int argc, char **argv)
{
  ekl_cpu_setup (argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine-settings/run-states", test_run_states);
  g_test_add_func ("/engine-settings/settings", test_settings);
  g_test_add_func ("/engine-settings/failure-first", test_failure_first);
  g_test_add_func ("/engine-settings/failures", test_failures);
  g_test_add_func ("/engine-settings/events", test_events);
  return g_test_run ();
}

/* engine-fixture.c - what the tests of the engine share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine-fixture.h"

#include "examples.h"

EklDataset *
load_dataset (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EklTable) table = ekl_example_load (ekl_examples_find (name), &error);
  g_autoptr (EklExperiment) experiment = ekl_experiment_new ();
  EklDataOptions options;
  EklDataset *dataset;

  g_assert_no_error (error);
  ekl_experiment_get_data_options (experiment, &options);
  dataset = ekl_dataset_new (table, &options, &error);
  g_assert_no_error (error);
  return dataset;
}

/* Small and fast: what is tested is the engine. */
EklExperiment *
small_experiment (void)
{
  EklExperiment *experiment = ekl_experiment_new ();

  g_object_set (experiment, "layers", "4", "ensemble-size", 5, "threads", 1, NULL);
  return experiment;
}

void
count_cb (EklEngine *engine, gpointer data)
{
  (*(guint *) data)++;
}

void
note_failure_cb (EklEngine *engine, const char *message, gpointer data)
{
  char **last = data;

  g_free (*last);
  *last = g_strdup (message);
}

void
iterate_for (gint64 duration)
{
  const gint64 until = g_get_monotonic_time () + duration;

  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static gboolean
timeout_cb (gpointer data)
{
  g_error ("waited in vain");
  return G_SOURCE_REMOVE;
}

void
iterate_until_state (EklEngine *engine, EklEngineState state)
{
  const guint timeout = g_timeout_add_seconds (60, timeout_cb, NULL);

  while (ekl_engine_get_state (engine) != state)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

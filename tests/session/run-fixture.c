/* run-fixture.c - what the tests of runs share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run-fixture.h"

#include "examples.h"

/* pairs: setting, text, ..., NULL */
void
set_all (EklExperiment *experiment, const char *const *pairs)
{
  g_autoptr (GError) error = NULL;

  for (; pairs != NULL && pairs[0] != NULL; pairs += 2) {
    ekl_experiment_set_text (experiment, pairs[0], pairs[1], &error);
    g_assert_no_error (error);
  }
}

EklDataset *
make_dataset (EklExperiment *experiment, const char *example)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EklTable) table = ekl_example_load (ekl_examples_find (example), &error);
  EklDataOptions options;
  EklDataset *dataset;

  g_assert_no_error (error);
  ekl_experiment_get_data_options (experiment, &options);
  dataset = ekl_dataset_new (table, &options, &error);
  g_assert_no_error (error);
  return dataset;
}

void
set_up (Fixture *fixture, gconstpointer example)
{
  fixture->experiment = ekl_experiment_new ();
  fixture->dataset = make_dataset (fixture->experiment, example);
}

void
tear_down (Fixture *fixture, gconstpointer example)
{
  g_object_unref (fixture->experiment);
  ekl_dataset_unref (fixture->dataset);
}

EklRun *
make_run (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  EklRun *run = ekl_run_new (fixture->experiment, fixture->dataset, &error);

  g_assert_no_error (error);
  return run;
}

void
step (EklRun *run, guint n)
{
  for (guint i = 0; i < n; i++)
    g_assert_true (ekl_run_step (run));
}

const EklMethodRecord *
get_record (EklRun *run, EklMethod method)
{
  return &ekl_run_get_record (run)->method[method];
}

gboolean
set_double (EklRun *run, const char *setting, double number, EklEvent *event, GError **error)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_DOUBLE);
  g_value_set_double (&value, number);
  return ekl_run_set (run, setting, &value, event, error);
}

gboolean
set_uint (EklRun *run, const char *setting, guint number, EklEvent *event, GError **error)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_UINT);
  g_value_set_uint (&value, number);
  return ekl_run_set (run, setting, &value, event, error);
}

void
clear_event (EklEvent *event)
{
  g_clear_pointer (&event->setting, g_free);
  g_clear_pointer (&event->before, g_free);
  g_clear_pointer (&event->after, g_free);
}

double *
get_rows (EklRun *run, gsize *n)
{
  const EklEnsemble *ensemble = ekl_run_get_ensemble (run);
  double *rows;

  *n = ekl_ensemble_get_size (ensemble) * ekl_run_get_network (run)->n_parameters;
  rows = g_new (double, *n);
  ekl_ensemble_get_rows (ensemble, rows);
  return rows;
}

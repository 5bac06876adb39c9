/* workbench-fixture.c - what the tests of a workbench share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "workbench-fixture.h"

#include "waiting.h"

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

void
set_up (Bench *bench, gconstpointer source)
{
  bench->workbench = ekl_workbench_new ();
  g_signal_connect_swapped (bench->workbench, "run-started", G_CALLBACK (started_cb), bench);
  g_signal_connect_swapped (bench->workbench, "failed", G_CALLBACK (failed_cb), bench);
  g_signal_connect_swapped (bench->workbench, "told", G_CALLBACK (told_cb), bench);
  if (source == NULL)
    return;
  ekl_workbench_open (bench->workbench, source);
  wait_until (bench->n_starts == 1);
}

void
tear_down (Bench *bench, gconstpointer source)
{
  g_object_add_weak_pointer (G_OBJECT (bench->workbench), (gpointer *) &bench->workbench);
  g_object_unref (bench->workbench);
  wait_until (bench->workbench == NULL);
  g_free (bench->message);
  g_free (bench->told);
}

guint64
get_step (Bench *bench)
{
  return ekl_workbench_get_record (bench->workbench)->step;
}

double
get_loss (Bench *bench, EklMethod method)
{
  return ekl_workbench_get_record (bench->workbench)->method[method].train_loss;
}

EklExperiment *
get_experiment (Bench *bench)
{
  return ekl_workbench_get_experiment (bench->workbench);
}

void
set (Bench *bench, const char *setting, const char *text)
{
  g_autoptr (GError) error = NULL;

  ekl_experiment_set_text (get_experiment (bench), setting, text, &error);
  g_assert_no_error (error);
}

void
assert_setting (Bench *bench, const char *setting, const char *text)
{
  g_autofree char *now = ekl_experiment_get_text (get_experiment (bench), setting);

  g_assert_cmpstr (now, ==, text);
}

void
step_to (Bench *bench, guint64 step)
{
  ekl_workbench_step (bench->workbench, (guint) (step - get_step (bench)));
  wait_until (get_step (bench) == step);
}

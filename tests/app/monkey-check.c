/* monkey-check.c - what must hold whatever was done
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "monkey.h"

#include "waiting.h"

#include <glib/gstdio.h>
#include <string.h>

#define MAX_AGAIN 150 /* steps of a run that is run again from its file */

static void
check_history (Monkey *self)
{
  guint n;
  const EklRecord *records =
    ekl_history_get_records (ekl_workbench_get_history (self->workbench), &n);
  const guint64 newest = ekl_workbench_get_record (self->workbench)->step;

  g_assert_cmpuint (newest, ==, n > 0 ? records[n - 1].step : 0);
  for (guint i = 1; i < n; i++)
    g_assert_cmpuint (records[i - 1].step, <, records[i].step);
}

static void
check_selection (Monkey *self)
{
  guint n;
  const guint *selected = ekl_workbench_get_selected (self->workbench, &n);

  for (guint i = 1; i < n; i++)
    g_assert_cmpuint (selected[i - 1], <, selected[i]);
}

static void
check_words (Monkey *self)
{
  g_autofree char *title = ekl_workbench_make_title (self->workbench);
  g_autofree char *subtitle = ekl_workbench_make_subtitle (self->workbench);
  const char *undo = ekl_workbench_get_undo_label (self->workbench);
  const char *redo = ekl_workbench_get_redo_label (self->workbench);

  g_assert_true (*title != '\0' && g_utf8_validate (title, -1, NULL));
  g_assert_true (g_utf8_validate (subtitle, -1, NULL));
  g_assert_true (undo == NULL || g_utf8_validate (undo, -1, NULL));
  g_assert_true (redo == NULL || g_utf8_validate (redo, -1, NULL));
}

void
monkey_check (Monkey *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (ekl_workbench_get_state (self->workbench), <=, EKL_ENGINE_FINISHED);
  ekl_experiment_check (ekl_workbench_get_experiment (self->workbench), &error);
  g_assert_no_error (error);
  check_history (self);
  check_selection (self);
  check_words (self);
}

static gboolean
is_at_rest (Monkey *self)
{
  return !ekl_workbench_is_loading (self->workbench) &&
         ekl_workbench_get_state (self->workbench) != EKL_ENGINE_RUNNING &&
         !ekl_workbench_wants_frame (self->workbench);
}

/* Steps that were asked for and not taken are given up by the pause. */
void
monkey_settle (Monkey *self)
{
  monkey_note ("all comes to rest");
  gtk_window_present (GTK_WINDOW (self->window));
  g_simple_action_set_state (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->window), "slow-motion")),
    g_variant_new_boolean (FALSE));
  g_action_group_change_action_state (G_ACTION_GROUP (self->window), "slow-motion",
                                      g_variant_new_boolean (FALSE));
  wait_until (!ekl_workbench_is_loading (self->workbench));
  ekl_workbench_pause (self->workbench);
  wait_ms (50);
  wait_until (is_at_rest (self));
}

/* ---- nothing is lost in a file ---- */

/* Of the run that is shown: a dialog or the clipboard may bring another one meanwhile. */
static char *
save (Monkey *self)
{
  g_autofree char *path = g_build_filename (self->folder, "kept.ekilab", NULL);
  guint n_starts;

  do {
    n_starts = self->n_starts;
    /* something else may be told before it is written */
    g_remove (path);
    ekl_workbench_save (self->workbench, EKL_RUN_FILE_EXPERIMENT, path);
    wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
  } while (self->n_starts != n_starts);
  return g_steal_pointer (&path);
}

/* As they are at that step, with what the data and the step rule make of what nobody has chosen. */
static void
apply_changes (EklExperiment *experiment, guint64 step, EklTask task)
{
  GPtrArray *changes = ekl_experiment_get_changes (experiment);

  for (guint i = 0; changes != NULL && i < changes->len; i++) {
    const EklChange *change = changes->pdata[i];

    if (change->step > step || ekl_experiment_find_setting (change->setting) == NULL)
      continue;
    g_assert_true (ekl_experiment_set_text (experiment, change->setting, change->after, NULL));
    if (change->unset)
      ekl_experiment_unset (experiment, change->setting);
  }
  ekl_experiment_adapt (experiment, task, ekl_experiment_get_enum (experiment, "step-rule"));
}

static void
compare_settings (Monkey *self, EklExperiment *kept)
{
  guint n;
  const EklSettingInfo *settings = ekl_experiment_list_settings (&n);

  apply_changes (kept, ekl_workbench_get_record (self->workbench)->step,
                 ekl_dataset_get_task (ekl_workbench_get_dataset (self->workbench)));
  for (guint i = 0; i < n; i++) {
    g_autofree char *one = ekl_experiment_get_text (kept, settings[i].name);
    g_autofree char *other =
      ekl_experiment_get_text (ekl_workbench_get_experiment (self->workbench), settings[i].name);

    if (settings[i].effect == EKL_SETTING_EFFECT_CONTROL ||
        settings[i].effect == EKL_SETTING_EFFECT_PRIOR)
      continue;
    if (strcmp (one, other) != 0)
      g_error ("%s is %s in the file, and %s in the window", settings[i].name, one, other);
  }
}

/* Whether it needs files that are written over and over, so that they may be others by now. */
static gboolean
has_path (EklExperiment *experiment)
{
  return g_str_has_suffix (ekl_experiment_get_string (experiment, "data"), ".npy") ||
         *ekl_experiment_get_string (experiment, "initial-ensemble") != '\0' ||
         *ekl_experiment_get_string (experiment, "initial-parameters") != '\0' ||
         *ekl_experiment_get_string (experiment, "noise-covariance") != '\0';
}

static void
run_again (Monkey *self, const char *path)
{
  const EklRecord before = *ekl_workbench_get_record (self->workbench);
  const EklRecord *now = ekl_workbench_get_record (self->workbench);
  const guint n_starts = self->n_starts;

  monkey_note ("run it again from its file, %u steps", (guint) before.step);
  g_clear_pointer (&self->said, g_free);
  ekl_window_open (self->window, path);
  wait_until (!ekl_workbench_is_loading (self->workbench) &&
              (self->n_starts > n_starts || self->said != NULL));
  monkey_settle (self);
  if (self->n_starts == n_starts)
    g_error ("it cannot be opened again: %s", self->said);
  if (before.step > 0)
    ekl_workbench_step (self->workbench, (guint) before.step);
  wait_until (now->step == before.step ||
              ekl_workbench_get_state (self->workbench) == EKL_ENGINE_FINISHED);
  monkey_settle (self);
  g_assert_cmpuint (now->step, ==, before.step);
  for (guint m = 0; m < EKL_N_METHODS; m++) {
    const double one = before.method[m].train_loss, other = now->method[m].train_loss;

    if (before.method[m].present != now->method[m].present ||
        memcmp (&one, &other, sizeof one) != 0)
      g_error ("method %u had a loss of %.17g, and has %.17g from its file", m, one, other);
  }
}

gboolean
monkey_is_strict (void)
{
  return g_getenv ("EKL_MONKEY_STRICT") != NULL;
}

/* The file of the run can be read; if that is wanted, it has all that the window shows, and makes the
 * same run. */
void
monkey_check_saved (Monkey *self)
{
  g_autoptr (EklExperiment) kept = ekl_experiment_new ();
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (ekl_workbench_get_dataset (self->workbench) == NULL)
    return;
  path = save (self);
  ekl_experiment_load (kept, path, &error);
  g_assert_no_error (error);
  if (!monkey_is_strict ())
    return;
  compare_settings (self, kept);
  if (ekl_workbench_get_record (self->workbench)->step <= MAX_AGAIN && !has_path (kept))
    run_again (self, path);
}

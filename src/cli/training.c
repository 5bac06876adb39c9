/* training.c - a run from its first step to its last, and what became of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training.h"

#include "interrupt.h"
#include "progress.h"

/**
 * ekl_outcome_note:
 * @self: what is known of a run so far
 * @record: the record of the step after that
 *
 * Notes how far each method has come, and when it stopped. The step that diverges does not count as
 * taken: the method stands at the point before.
 */
void
ekl_outcome_note (EklOutcome *self, const EklRecord *record)
{
  for (EklMethod method = 0; method < EKL_N_METHODS; method++) {
    const EklMethodRecord *m = &record->method[method];
    EklMethodOutcome *outcome = &self->method[method];

    if (!m->present || outcome->diverged_at)
      continue;
    /* more time was given, by a change that was recorded */
    if (!m->finished)
      outcome->finished_at = 0;
    if (outcome->finished_at)
      continue;
    if (m->diverged) {
      outcome->diverged_at = record->step;
      continue;
    }
    outcome->steps = record->step;
    if (m->finished)
      outcome->finished_at = record->step;
  }
}

static void
warn_of_failure (EklRun *run)
{
  g_autofree char *failure = ekl_run_take_failure (run);

  if (failure != NULL)
    g_printerr ("eki-lab-cli: %s\n", failure);
}

static gboolean
step (EklRun *run, guint64 n_steps, guint64 look_every)
{
  const guint64 next = ekl_run_get_record (run)->step + 1;

  if (look_every > 0 && (next % look_every == 0 || next == n_steps))
    ekl_run_look (run);
  return ekl_run_step (run);
}

/* Back to nobody's choice: what that is now, which is more than what was written. */
static char *
name_after (EklRun *run, const EklChange *change)
{
  g_autofree char *shown =
    change->unset ? ekl_experiment_get_text (ekl_run_get_experiment (run), change->setting) : NULL;

  return ekl_experiment_name_value (change->setting, shown != NULL ? shown : change->after);
}

/* Changes that were recorded and have acted, as the window marks them. */
static void
note_changes (EklRun *run, EklHistory *history, guint *n_noted)
{
  guint n_acted;
  GPtrArray *changes = ekl_run_get_changes (run, &n_acted);

  for (; *n_noted < n_acted; (*n_noted)++) {
    const EklChange *change = changes->pdata[*n_noted];
    GParamSpec *pspec = ekl_experiment_get_pspec (change->setting);
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;

    /* points that were moved are no settings */
    if (pspec == NULL || !ekl_run_marks_setting (run, change->setting))
      continue;
    before = ekl_experiment_name_value (change->setting, change->before);
    after = name_after (run, change);
    ekl_history_add_event (history, &(EklEvent){ .step = change->step,
                                                 .setting = (char *) g_param_spec_get_nick (pspec),
                                                 .before = before,
                                                 .after = after });
  }
}

/**
 * ekl_training_run:
 * @run: a run at its start
 * @n_steps: how many steps to take; 0: until it finishes or is interrupted
 * @outputs: what is to be written of every step
 * @history: (nullable): gets the records, the start's too, and the recorded changes that acted
 * @look_every: steps between two looks at the ensemble, whose numbers the history then has; 0: none
 * @outcome: (out caller-allocates): what became of the methods
 * @error: return location for an error
 *
 * Steps until the end, until both methods have stopped for good, or until Ctrl+C. The last record
 * has its losses.
 *
 * Returns: %FALSE where a file of a step cannot be written
 */
gboolean
ekl_training_run (EklRun *run,
                  guint64 n_steps,
                  EklOutputs *outputs,
                  EklHistory *history,
                  guint64 look_every,
                  EklOutcome *outcome,
                  GError **error)
{
  EklProgress progress;
  gboolean last = FALSE, written = TRUE;
  guint n_noted = 0;

  *outcome = (EklOutcome){ 0 };
  if (history)
    ekl_history_append (history, ekl_run_get_record (run), 1);
  if (look_every > 0)
    ekl_run_keep_start (run);

  ekl_interrupt_watch ();
  ekl_progress_begin (&progress, n_steps);
  while (!last && written && step (run, n_steps, look_every)) {
    const EklRecord *record = ekl_run_get_record (run);

    outcome->stopped_by = ekl_interrupt_get_signal ();
    last = outcome->stopped_by != 0 || record->step == n_steps || ekl_run_is_finished (run);
    if (last)
      ekl_run_evaluate (run);

    ekl_outcome_note (outcome, record);
    if (history) {
      ekl_history_append (history, record, 1);
      note_changes (run, history, &n_noted);
    }
    ekl_progress_update (&progress, record);
    written = ekl_outputs_add_step (outputs, run, error);
    warn_of_failure (run);
  }
  ekl_progress_end (&progress);

  return written;
}

/* training.h - a run from its first step to its last, and what became of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "outputs.h"

G_BEGIN_DECLS

typedef struct {
  guint64 steps;       /* taken by this method */
  guint64 diverged_at; /* GD: the step without finite values; EKI: with fewer than two particles */
  guint64 finished_at; /* the step that reached the stop time; 0: none */
} EklMethodOutcome;

typedef struct {
  EklMethodOutcome method[EKL_N_METHODS];
  int stopped_by; /* the signal that ended the run; 0: it ended by itself */
} EklOutcome;

gboolean ekl_training_run (EklRun      *run,
                           guint64      n_steps,
                           EklOutputs  *outputs,
                           EklHistory  *history,
                           guint64      look_every,
                           EklOutcome  *outcome,
                           GError     **error);
void     ekl_outcome_note (EklOutcome      *self,
                           const EklRecord *record);

G_END_DECLS

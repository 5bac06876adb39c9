/* ekl-workbench-past.c - looking back at a step that is over
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-workbench-private.h"

#include <math.h>

/**
 * ekl_workbench_look_back:
 * @back: whether the pictures are to show an earlier step; else the newest
 * @step: which
 *
 * What is shown from the next frame. Another run begins with its newest step.
 */
void
ekl_workbench_look_back (EklWorkbench *self, gboolean back, guint64 step)
{
  if (!back)
    step = 0;
  if (self->looks_back == back && self->back_step == step)
    return;
  self->looks_back = back;
  self->back_step = step;
  ekl_engine_look_back (self->engine, back, step);
  ekl_workbench_invalidate_pictures (self);
}

/* The last record up to that step, of those that are kept. */
static guint
find_record (const EklRecord *records, guint n, guint64 step)
{
  guint from = 0, to = n;

  while (to - from > 1) {
    const guint middle = (from + to) / 2;

    if (records[middle].step <= step)
      from = middle;
    else
      to = middle;
  }
  return from;
}

/* Losses that were not evaluated there are those that were known then. */
static void
fill_losses (EklMethodRecord *method, EklMethod kind, const EklRecord *records, guint index)
{
  while (isnan (method->train_loss) && !method->diverged && index-- > 0) {
    method->train_loss = records[index].method[kind].train_loss;
    method->validation_loss = records[index].method[kind].validation_loss;
    method->metric = records[index].method[kind].metric;
  }
}

/* The numbers of that step; FALSE: there are none. */
static gboolean
read_record (EklWorkbench *self, guint64 step, EklRecord *record)
{
  guint n;
  const EklRecord *records = ekl_history_get_records (self->history, &n);
  guint index;

  if (n == 0)
    return FALSE;
  index = find_record (records, n, step);
  *record = records[index];
  record->step = step;
  for (guint kind = 0; kind < EKL_N_METHODS; kind++)
    fill_losses (&record->method[kind], kind, records, index);
  return TRUE;
}

/*
 * ekl_workbench_take_past:
 * @frame: that is shown from now on
 *
 * Which step its pictures are of, and the numbers of that step.
 */
void
ekl_workbench_take_past (EklWorkbench *self, const EklFrame *frame)
{
  self->past_step = frame->past_step;
  self->is_past = frame->is_past && read_record (self, frame->past_step, &self->past_record);
}

/**
 * ekl_workbench_get_past:
 * @step: (out) (optional): which step the pictures are of
 *
 * Returns: whether the pictures are of a step before the newest
 */
gboolean
ekl_workbench_get_past (EklWorkbench *self, guint64 *step)
{
  if (step != NULL)
    *step = self->past_step;
  return self->is_past;
}

/**
 * ekl_workbench_hold_numbers:
 * @holds: whether the newest step is still being told
 *
 * How it ends is not given away: until then the numbers are those of the step before.
 */
void
ekl_workbench_hold_numbers (EklWorkbench *self, gboolean holds)
{
  if (self->holds_numbers == holds)
    return;
  self->holds_numbers = holds;
  ekl_workbench_tell (self, "progress");
}

/**
 * ekl_workbench_get_seen_record:
 *
 * Returns: (transfer none): the record of the step that the pictures are of, with the losses that were
 *   known then
 */
const EklRecord *
ekl_workbench_get_seen_record (EklWorkbench *self)
{
  if (self->holds_numbers && self->record.step > 0 &&
      read_record (self, self->record.step - 1, &self->past_record))
    return &self->past_record;
  return self->is_past ? &self->past_record : &self->record;
}

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

/*
 * ekl_workbench_take_past:
 * @frame: that is shown from now on
 *
 * Which step its pictures are of, and the numbers of that step.
 */
void
ekl_workbench_take_past (EklWorkbench *self, const EklFrame *frame)
{
  guint n;
  const EklRecord *records = ekl_history_get_records (self->history, &n);
  guint index;

  self->is_past = frame->is_past && n > 0;
  if (!self->is_past)
    return;
  self->past_step = frame->past_step;
  index = find_record (records, n, frame->past_step);
  self->past_record = records[index];
  self->past_record.step = frame->past_step;
  for (guint kind = 0; kind < EKL_N_METHODS; kind++)
    fill_losses (&self->past_record.method[kind], kind, records, index);
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
 * ekl_workbench_get_seen_record:
 *
 * Returns: (transfer none): the record of the step that the pictures are of, with the losses that were
 *   known then
 */
const EklRecord *
ekl_workbench_get_seen_record (EklWorkbench *self)
{
  return self->is_past ? &self->past_record : &self->record;
}

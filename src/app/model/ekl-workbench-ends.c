/* ekl-workbench-ends.c - a method or the run has come to an end: said in words, once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-workbench-private.h"
#include "number_format.h"

#include <glib/gi18n.h>

static char *
describe_divergence (EklMethod method, const char *step)
{
  if (method == EKL_METHOD_GD)
    return g_strdup_printf (_ ("Gradient descent diverged at step %s: its last step was too long. "
                               "A smaller learning rate h goes further, after a reset."),
                            step);
  return g_strdup_printf (
    _ ("EKI stalled at step %s: fewer than two particles are finite. A larger "
       "noise γ or a smaller step h goes further, after a reset."),
    step);
}

static void
say_end (EklWorkbench *self, EklMethod method, const EklRecord *former, const EklRecord *now)
{
  const EklMethodRecord *was = &former->method[method], *is = &now->method[method];
  g_autofree char *step = ekl_format_count ((double) now->step);
  g_autofree char *text = NULL;

  if (is->diverged && !was->diverged)
    text = describe_divergence (method, step);
  else if (is->finished && !was->finished)
    text = g_strdup_printf (_ ("EKI reached its stop time at step %s. A longer one lets it go on."),
                            step);
  if (text != NULL)
    ekl_workbench_say (self, text);
}

/*
 * ekl_workbench_say_ends:
 * @former: the record before
 * @now: the newest record, of the same run
 *
 * Says where a method has stopped between the two.
 */
void
ekl_workbench_say_ends (EklWorkbench *self, const EklRecord *former, const EklRecord *now)
{
  if (now->step == 0)
    return;
  for (guint m = 0; m < EKL_N_METHODS; m++)
    if (now->method[m].present)
      say_end (self, m, former, now);
}

/*
 * ekl_workbench_say_finished:
 *
 * The run has ended and no method says why: the data have.
 */
void
ekl_workbench_say_finished (EklWorkbench *self)
{
  g_autofree char *step = ekl_format_count ((double) self->record.step);
  g_autofree char *text = NULL;

  for (guint m = 0; m < EKL_N_METHODS; m++)
    if (self->record.method[m].diverged || self->record.method[m].finished)
      return;
  text = g_strdup_printf (_ ("All data have been used once: the run ended at step %s."), step);
  ekl_workbench_say (self, text);
}

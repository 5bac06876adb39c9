/* progress.c - one line on the terminal that says how far a run is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "progress.h"

#include "history_file.h"

#include <math.h>
#include <unistd.h>

/* Ten times a second: smooth to the eye, and nothing beside the work. */
#define INTERVAL (G_USEC_PER_SEC / 10)

static void
append_left (GString *line, double seconds)
{
  if (seconds < 60)
    g_string_append_printf (line, "  %.0f s left", ceil (seconds));
  else if (seconds < 3600)
    g_string_append_printf (line, "  %.0f min left", ceil (seconds / 60));
  else
    g_string_append_printf (line, "  %.1f h left", seconds / 3600);
}

/**
 * ekl_progress_format:
 * @record: the newest record
 * @n_steps: where the run ends, 0 for nowhere
 * @seconds: how long it has run
 *
 * The line itself: step, each method's train loss and validation loss, speed and, where the end is
 * known, the time left.
 *
 * Returns: (transfer full): a line without its end
 */
char *
ekl_progress_format (const EklRecord *record, guint64 n_steps, double seconds)
{
  g_autoptr (GString) line = g_string_new (NULL);
  double rate = seconds > 0 ? record->step / seconds : 0;

  g_string_append_printf (line, "step %" G_GUINT64_FORMAT, record->step);
  if (n_steps > 0)
    g_string_append_printf (line, "/%" G_GUINT64_FORMAT, n_steps);

  for (EklMethod method = 0; method < EKL_N_METHODS; method++) {
    const EklMethodRecord *m = &record->method[method];

    if (!m->present)
      continue;
    if (m->diverged)
      g_string_append_printf (line, "  %s stopped", ekl_method_get_name (method));
    else if (!isnan (m->train_loss))
      g_string_append_printf (line, "  %s %.4g", ekl_method_get_name (method), m->train_loss);
    if (!m->diverged && !isnan (m->validation_loss))
      g_string_append_printf (line, " (%.4g)", m->validation_loss);
  }

  if (rate > 0) {
    g_string_append_printf (line, "  %.*f steps/s", rate < 10 ? 1 : 0, rate);
    if (n_steps > record->step)
      append_left (line, (n_steps - record->step) / rate);
  }

  return g_string_free (g_steal_pointer (&line), FALSE);
}

/**
 * ekl_progress_begin:
 * @self: (out caller-allocates): a progress line
 * @n_steps: where the run ends, 0 for nowhere
 *
 * Starts the clock. Nothing is ever shown where standard error is not a terminal.
 */
void
ekl_progress_begin (EklProgress *self, guint64 n_steps)
{
  self->shown = isatty (STDERR_FILENO);
  self->n_steps = n_steps;
  self->began = g_get_monotonic_time ();
  self->last = self->began;
}

/**
 * ekl_progress_update:
 * @self: a progress line
 * @record: the newest record
 *
 * Writes the line anew where a tenth of a second has passed and there are losses to show.
 */
void
ekl_progress_update (EklProgress *self, const EklRecord *record)
{
  if (!self->shown)
    return;

  gint64 now = g_get_monotonic_time ();
  if (now - self->last < INTERVAL)
    return;

  double seconds = (double) (now - self->began) / G_USEC_PER_SEC;
  g_autofree char *line = ekl_progress_format (record, self->n_steps, seconds);
  g_printerr ("\r%s\033[K", line);
  self->last = now;
}

/**
 * ekl_progress_end:
 * @self: a progress line
 *
 * Wipes the line away, so that the table stands alone.
 */
void
ekl_progress_end (EklProgress *self)
{
  if (self->shown && self->last != self->began)
    g_printerr ("\r\033[K");
}

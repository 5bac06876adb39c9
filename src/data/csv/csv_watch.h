/* csv_watch.h - who waits for a reader, and may call it off
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "csv_reader.h"

G_BEGIN_DECLS

/* As much as is done between two looks at the cancellable: some ten milliseconds. */
#ifndef EKL_CSV_BLOCK_SIZE /* the fuzz targets have it small, so that they see its borders */
#define EKL_CSV_BLOCK_SIZE (1024 * 1024)
#endif

typedef struct {
  EklProgressFunc progress;  /* or NULL */
  gpointer user_data;
  GCancellable *cancellable; /* or NULL */
  GThread *thread;           /* that reads, and alone hears of progress */
  double from, to;           /* what share of the whole the present part is */
} EklCsvWatch;

/* From any thread; FALSE: called off. */
static inline gboolean
ekl_csv_watch_report (const EklCsvWatch *self, double share)
{
  if (self->progress != NULL && g_thread_self () == self->thread)
    self->progress (self->from + (self->to - self->from) * CLAMP (share, 0, 1), self->user_data);
  return !g_cancellable_is_cancelled (self->cancellable);
}

G_END_DECLS

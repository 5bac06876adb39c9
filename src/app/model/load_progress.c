/* load_progress.c - how far a file has been read, from the thread that reads it to the one that shows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "load_progress.h"

#include <stdatomic.h>

struct _EklLoadProgress {
  atomic_int n_references;
  atomic_int per_mille;
};

/**
 * ekl_load_progress_new:
 *
 * Returns: (transfer full): nothing has been read yet
 */
EklLoadProgress *
ekl_load_progress_new (void)
{
  EklLoadProgress *self = g_new0 (EklLoadProgress, 1);

  atomic_init (&self->n_references, 1);
  atomic_init (&self->per_mille, 0);
  return self;
}

/**
 * ekl_load_progress_ref:
 *
 * Returns: (transfer full): @self, from any thread
 */
EklLoadProgress *
ekl_load_progress_ref (EklLoadProgress *self)
{
  atomic_fetch_add (&self->n_references, 1);
  return self;
}

/**
 * ekl_load_progress_unref:
 *
 * From any thread.
 */
void
ekl_load_progress_unref (EklLoadProgress *self)
{
  if (atomic_fetch_sub (&self->n_references, 1) == 1)
    g_free (self);
}

/**
 * ekl_load_progress_get:
 *
 * Returns: how much of the file has been read, from 0 to 1
 */
double
ekl_load_progress_get (EklLoadProgress *self)
{
  return atomic_load (&self->per_mille) / 1000.0;
}

/**
 * ekl_load_progress_tell:
 * @fraction: from 0 to 1
 * @user_data: an #EklLoadProgress
 *
 * An #EklProgressFunc, in the thread that reads.
 */
void
ekl_load_progress_tell (double fraction, gpointer user_data)
{
  EklLoadProgress *self = user_data;

  atomic_store (&self->per_mille, (int) (CLAMP (fraction, 0, 1) * 1000));
}

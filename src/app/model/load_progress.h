/* load_progress.h - how far a file has been read, from the thread that reads it to the one that shows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Atomically reference-counted. */
typedef struct _EklLoadProgress EklLoadProgress;

EklLoadProgress *ekl_load_progress_new   (void);
EklLoadProgress *ekl_load_progress_ref   (EklLoadProgress *self);
void             ekl_load_progress_unref (EklLoadProgress *self);
double           ekl_load_progress_get   (EklLoadProgress *self); /* 0 to 1 */
void             ekl_load_progress_tell  (double           fraction,
                                          gpointer         user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklLoadProgress, ekl_load_progress_unref)

G_END_DECLS

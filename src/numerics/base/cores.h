/* cores.h - who has the cores: all of them the work in progress, or one less while something else needs it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EklShare: the pieces of one parallel region's work, which its threads take one after the other.
 *
 *   EklShare share = ekl_share (n_pieces, n_threads);
 *
 *   #pragma omp parallel num_threads(n_threads)
 *   for (guint piece; ekl_share_take (&share, &piece);)
 *     ...
 */
typedef struct {
  guint n_pieces;
  gint next;   /* atomic */
  gint leaves; /* the thread of the region that leaves its core while one is lent; -1: none */
} EklShare;

EklShare ekl_share (guint n_pieces, guint n_threads);
gboolean ekl_share_take (EklShare *self, guint *piece);

guint ekl_cores_team (guint n_threads);
void ekl_cores_begin_work (void);
void ekl_cores_end_work (void);
void ekl_cores_borrow (guint patience);
void ekl_cores_return (void);

G_END_DECLS

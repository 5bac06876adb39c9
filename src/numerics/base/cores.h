/* cores.h - who has the cores: all of them the work in progress, or one less while something else needs it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EklShare: the pieces of some work, which the threads of a parallel region take one after the other. Where
 * a core is lent or comes back in the meantime the region ends early, and another goes on with more or fewer
 * threads:
 *
 *   EklShare share = ekl_share (n_pieces, n_threads);
 *
 *   while (ekl_share_begin (&share))
 *   #pragma omp parallel num_threads(share.team)
 *     for (guint piece; ekl_share_take (&share, &piece);)
 *       ...
 */
typedef struct {
  guint n_pieces;
  guint n_threads; /* at most */
  guint team;      /* threads of the region in progress */
  gint next;       /* atomic */
  gint has_left;   /* atomic: one of them has left its core */
  gint ends;       /* atomic: the region is to end, for a larger one */
} EklShare;

EklShare ekl_share (guint n_pieces, guint n_threads);
gboolean ekl_share_begin (EklShare *self);
gboolean ekl_share_take (EklShare *self, guint *piece);

guint ekl_cores_team (guint n_threads);
void ekl_cores_begin_work (void);
void ekl_cores_end_work (void);
void ekl_cores_borrow (guint patience);
void ekl_cores_return (void);

G_END_DECLS

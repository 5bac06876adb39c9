/* gram.h - products of all pairs of rows, or of columns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "real.h"

G_BEGIN_DECLS

typedef struct _EklGram EklGram;

EklGram      *ekl_gram_new     (guint        max_order,
                                guint        n_threads,
                                GError     **error);
void          ekl_gram_free    (EklGram     *self);
const double *ekl_gram_compute (EklGram     *self,
                                guint        n_rows,
                                guint        n_columns,
                                const real  *matrix,
                                gsize        ld,
                                gboolean     of_columns,
                                gboolean     in_double,
                                const int   *cancel);
void          ekl_gram_clear   (EklGram     *self,
                                guint        order);
const double *ekl_gram_add     (EklGram     *self,
                                guint        n_rows,
                                guint        n_columns,
                                const real  *matrix,
                                gboolean     in_double,
                                const int   *cancel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklGram, ekl_gram_free)

G_END_DECLS

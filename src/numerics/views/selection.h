/* selection.h - how the losses of some chosen particles went
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of more chosen particles than these the first ones have curves. */
#define EKL_SELECTION_CURVES 20

/* Plain arrays, owned, made for one frame. */
typedef struct {
  guint n;
  guint *particle;   /* (n) from 0, ascending */
  guint n_moments;
  guint64 *step;     /* (n_moments) ascending */
  float *loss;       /* (n, n_moments) each particle's own, on training rows; NaN: not known */
} EklSelection;

EklSelection *ekl_selection_new  (guint         n,
                                  guint         n_moments);
void          ekl_selection_free (EklSelection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklSelection, ekl_selection_free)

G_END_DECLS

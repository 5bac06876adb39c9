/* figure_pace.h - which pictures are drawn next while steps are taken
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figure.h"

G_BEGIN_DECLS

/* All figures, as a set; a figure is 1 << kind. */
#define EKL_ALL_FIGURES ((1U << EKL_N_FIGURES) - 1)

/* 0 at the start. */
typedef struct {
  gint64 drawn[EKL_N_FIGURES]; /* us, when each was chosen last */
} EklFigurePace;

guint ekl_figure_pace_choose (EklFigurePace *self,
                              gint64         now,
                              guint          candidates,
                              const gint64  *cost);

G_END_DECLS

/* loss_curves.h - the curves of the loss, read from a history in one pass
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figure.h"
#include "series.h"

G_BEGIN_DECLS

typedef struct {
  gboolean present;
  EklSeries train, validation;
  guint n_points;       /* evaluated, in train */
  EklPoint first, last; /* of train */
  gboolean has_validation;
  gboolean diverged;
  guint64 diverged_step;
  double diverged_x;
} EklLossCurve;

typedef struct {
  const EklRecord *records;
  guint n;
  EklLossCurve curve[EKL_N_METHODS];
  EklSeries best, mean_output;
  EklBand band;
  double x0, x1;
} EklLossCurves;

void ekl_loss_curves_init    (EklLossCurves          *self,
                              const EklFigureData    *data,
                              const EklFigureOptions *options,
                              double                  width);
void ekl_loss_curves_clear   (EklLossCurves          *self);
void ekl_loss_curves_y_range (const EklLossCurves    *self,
                              const EklFigureOptions *options,
                              double                 *y0,
                              double                 *y1);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EklLossCurves, ekl_loss_curves_clear)

G_END_DECLS

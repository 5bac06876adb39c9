/* history_axis.h - where a record lies on the horizontal axis that was chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figure.h"
#include "scale.h"

G_BEGIN_DECLS

double      ekl_record_x         (const EklRecord *record,
                                  EklMethod        method,
                                  EklLossAxis      axis);
EklMethod   ekl_records_method   (const EklRecord *records,
                                  guint            n);
guint       ekl_records_find     (const EklRecord *records,
                                  guint            n,
                                  EklMethod        method,
                                  EklLossAxis      axis,
                                  double           x);
guint       ekl_records_find_step (const EklRecord *records,
                                  guint            n,
                                  guint64          step);
double      ekl_records_step_x   (const EklRecord *records,
                                  guint            n,
                                  EklMethod        method,
                                  EklLossAxis      axis,
                                  double           step);
void        ekl_records_x_range  (const EklRecord *records,
                                  guint            n,
                                  EklLossAxis      axis,
                                  gboolean         log,
                                  double          *x0,
                                  double          *x1);
const char *ekl_loss_axis_name   (EklLossAxis      axis);

G_END_DECLS

/* plane_loss.h - the loss over the parameter plane, many points at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "parameter_plane.h"

G_BEGIN_DECLS

/**
 * EklPlaneLoss: the loss as a function of the two coordinates, of one plane and one batch.
 *
 * What costs most, the first layer on all data, is done once for all points.
 */
typedef struct _EklPlaneLoss EklPlaneLoss;

EklPlaneLoss *ekl_plane_loss_new       (const EklPlaneFit  *fit,
                                        const EklBatch     *batch,
                                        EklLoss             loss,
                                        double              l2,
                                        guint               n_threads);
void          ekl_plane_loss_free      (EklPlaneLoss       *self);
void          ekl_plane_loss_fill_row  (EklPlaneLoss       *self,
                                        EklField           *field,
                                        guint               row);
double        ekl_plane_loss_get_flops (const EklPlaneLoss *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklPlaneLoss, ekl_plane_loss_free)

G_END_DECLS

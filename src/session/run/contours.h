/* contours.h - the loss over the parameter plane, computed a little at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "parameter_plane.h"

G_BEGIN_DECLS

/**
 * EklContours: a field that refines 9 -> 17 -> 33 -> 65 while nothing else wants to be done.
 */
typedef struct _EklContours EklContours;

EklContours    *ekl_contours_new       (void);
void            ekl_contours_free      (EklContours       *self);
void            ekl_contours_set_view  (EklContours       *self,
                                        guint              basis_version,
                                        EklPlaneBox        box);
EklPlaneBox     ekl_contours_shape     (EklPlaneBox        box,
                                        double             aspect);
void            ekl_contours_restart   (EklContours       *self);
gboolean        ekl_contours_refine    (EklContours       *self,
                                        const EklPlaneFit *fit,
                                        const EklBatch    *batch,
                                        EklLoss            loss,
                                        double             l2,
                                        guint              n_threads);
guint           ekl_contours_get_version (const EklContours *self);
const EklField *ekl_contours_get_field (const EklContours *self);
const EklField *ekl_contours_get_former (const EklContours *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklContours, ekl_contours_free)

G_END_DECLS

/* loss.h - the losses and their gradient
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "batch.h"
#include "forward.h"
#include "neighbour_graph.h"

G_BEGIN_DECLS

typedef enum {
  EKL_LOSS_SQUARED,       /* [2], on S(A(...)) */
  EKL_LOSS_CROSS_ENTROPY, /* [3], from the logits */
} EklLoss;

double ekl_loss          (EklLoss         loss,
                          const EklBatch *batch,
                          const real     *g);

EklForwardKind ekl_loss_forward_kind (EklLoss loss);

double ekl_cross_entropy_datum (const EklBatch *batch,
                                guint           datum,
                                const real     *logits,
                                gsize           ld);

double ekl_accuracy      (const EklBatch *batch,
                          const real     *g);

/* Workspace of the reverse pass for one parameter vector. */
typedef struct _EklGradient EklGradient;

EklGradient *ekl_gradient_new  (const EklNetwork *network,
                                guint             max_data,
                                guint             n_threads,
                                GError          **error);
void         ekl_gradient_free (EklGradient      *self);
double       ekl_gradient      (EklGradient      *self,
                                const real       *u,
                                const EklBatch   *batch,
                                EklLoss           loss,
                                double            l2,
                                real             *gradient);

gboolean     ekl_gradient_set_graph (EklGradient         *self,
                                const EklNeighbourGraph *graph,
                                const EklBatch   *inputs,
                                GError          **error);
double       ekl_gradient_add_graph (EklGradient         *self,
                                const real       *u,
                                double            mu,
                                real             *gradient);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklGradient, ekl_gradient_free)

G_END_DECLS

/* forward.h - the network on a batch: for one parameter vector and for all particles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "batch.h"
#include "ensemble.h"

G_BEGIN_DECLS

/* The workspace of forward passes; made once, sized by the network, the largest batch and the threads. */
typedef struct _EklForward EklForward;

typedef enum {
  EKL_APPLY_OUTPUT, /* G = S(A(...)), equation [1] */
  EKL_LOGITS,       /* the affine output layer's values w, without S */
} EklForwardKind;

EklForward *ekl_forward_new      (const EklNetwork  *network,
                                  guint              max_data,
                                  guint              n_threads,
                                  GError           **error);
void        ekl_forward_free     (EklForward        *self);

void        ekl_forward_set_cancel (EklForward      *self,
                                  const int         *cancel);

void        ekl_forward_vector   (EklForward        *self,
                                  const real        *u,
                                  const EklBatch    *batch,
                                  EklForwardKind     kind,
                                  real              *g);

void        ekl_forward_ensemble (EklForward        *self,
                                  const EklEnsemble *ensemble,
                                  guint              first,
                                  guint              count,
                                  const EklBatch    *batch,
                                  EklForwardKind     kind,
                                  real              *g);

void        ekl_forward_ensemble_strided (EklForward        *self,
                                          const EklEnsemble *ensemble,
                                          guint              first,
                                          guint              count,
                                          const EklBatch    *batch,
                                          EklForwardKind     kind,
                                          gsize              stride,
                                          real              *g);

void        ekl_forward_ensemble_part    (EklForward        *self,
                                          const EklEnsemble *ensemble,
                                          guint              first,
                                          guint              count,
                                          const EklBatch    *batch,
                                          guint              first_datum,
                                          guint              n_data,
                                          EklForwardKind     kind,
                                          real              *g);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklForward, ekl_forward_free)

G_END_DECLS

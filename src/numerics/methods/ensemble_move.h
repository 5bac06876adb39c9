/* ensemble_move.h - moving every particle by a combination of the ensemble's anomalies
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ensemble.h"

G_BEGIN_DECLS

typedef struct _EklEnsembleMove EklEnsembleMove;

EklEnsembleMove *ekl_ensemble_move_new           (const EklNetwork *network,
                                                  guint             size,
                                                  guint             max_products,
                                                  guint             n_threads,
                                                  GError          **error);
void             ekl_ensemble_move_free          (EklEnsembleMove  *self);
void             ekl_ensemble_move_by_weights    (EklEnsembleMove  *self,
                                                  const real       *weights,
                                                  EklEnsemble      *ensemble,
                                                  guint8           *broken,
                                                  const int        *cancel);
void             ekl_ensemble_move_by_products   (EklEnsembleMove  *self,
                                                  const real       *weights,
                                                  const real       *anomalies,
                                                  guint             n_observations,
                                                  double            scale,
                                                  EklEnsemble      *ensemble,
                                                  guint8           *broken,
                                                  const int        *cancel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklEnsembleMove, ekl_ensemble_move_free)

G_END_DECLS

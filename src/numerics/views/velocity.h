/* velocity.h - where the ensemble's mean moves, beside where the gradient points
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ensemble.h"

G_BEGIN_DECLS

typedef struct {
  double gradient;       /* of the mean's move and -grad Phi */
  double preconditioned; /* of the mean's move and -C(u) grad Phi, [21] */
} EklCosines;

void       ekl_covariance_product (const EklEnsemble *ensemble,
                                   const double      *mean,
                                   const real        *v,
                                   guint              n_threads,
                                   double            *product);

EklCosines ekl_velocity_cosines   (const EklEnsemble *ensemble,
                                   const EklEnsemble *moved,
                                   const real        *gradient,
                                   guint              n_threads);

G_END_DECLS

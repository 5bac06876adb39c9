/* kalman_update_private.h - what the files of the analysis share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ensemble_move.h"
#include "gram.h"
#include "kalman_update.h"
#include "observation_noise.h"

#define EKL_UPDATE_ROWS  64    /* right-hand sides a task */
#define EKL_UPDATE_SMALL 50000 /* values to go through once: no other core is worth waking */

struct _EklKalmanUpdate {
  EklForm form;
  guint size;             /* J */
  guint max_observations; /* the largest K */
  guint n_threads;
  gboolean data_space;
  guint order; /* of the matrix that is factorised: J, or the largest K */

  EklGram *products; /* makes D D' or D' D */
  EklGram *prior;    /* [16]: makes E E' */
  EklEnsembleMove *move;
  const double *gram;         /* (order, order), owned by products */
  double *matrix;             /* (order, order) I + (h/J) gram, then its Cholesky factor */
  double *rows;               /* (J, order) right-hand sides, then solutions */
  real *weights;              /* (J, order) the solutions in the working precision */
  double *projected;          /* (J) D r */
  double *norms;              /* (J) |D_j|^2 */
  const double *prior_gram;   /* (J, J) E E' of the parts, owned by prior; NULL: it is yet to be made */
  double *prior_projected;    /* (J) E C0^{-1/2} (m0 - ubar), [16] */
  double *work;               /* [12], [16] */
  double *diffusion;          /* (J, J) [16] */
  EklObservationNoise *noise; /* perturbed observations; NULL until they are asked for */
};

/* kalman_products.c: rows += scale X D', for X (J, K), through the weights' place. */
void ekl_kalman_update_add_product (EklKalmanUpdate   *self,
                                    const EklAnalysis *a,
                                    double             scale,
                                    const real        *x,
                                    const int         *cancel);

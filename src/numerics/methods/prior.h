/* prior.h - the distribution the particles start from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ensemble.h"

G_BEGIN_DECLS

typedef enum {
  EKL_PRIOR_NORMAL,
  EKL_PRIOR_UNIFORM, /* of the same variance */
} EklPriorShape;

typedef enum {
  EKL_PRIOR_SCALING_FAN_IN, /* weights of layer l: s_w g / sqrt(n_{l-1}) */
  EKL_PRIOR_SCALING_NONE,   /* weight_std for every parameter, biases too */
} EklPriorScaling;

typedef struct {
  double weight_std; /* s_w */
  double bias_std;   /* s_b */
  double mean;       /* m_0 */
  EklPriorShape shape;
  EklPriorScaling scaling;
} EklPrior;

double ekl_prior_block_std         (const EklPrior   *self,
                                    const EklNetwork *network,
                                    guint             block);

void ekl_prior_standard_deviations (const EklPrior   *self,
                                    const EklNetwork *network,
                                    double           *std);

void ekl_prior_draw                (const EklPrior   *self,
                                    const EklNetwork *network,
                                    guint64           seed,
                                    guint             particle,
                                    real             *u);

void ekl_prior_fill                (const EklPrior   *self,
                                    guint64           seed,
                                    guint             first,
                                    EklEnsemble      *ensemble);

G_END_DECLS

/* inversions.h - an inversion with plain settings, and what it holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "kalman_inversion.h"
#include "support/problems.h"

G_BEGIN_DECLS

/* The Kalman form with h = 1, gamma = .3 and nothing random. */
#define TEST_PLAIN_SETTINGS                                                                        \
  {                                                                                                \
    .form = EKL_FORM_KALMAN, .step_rule = EKL_STEP_RULE_FIXED, .step_size = 1, .noise_std = .3,    \
    .prior = { .weight_std = 1, .bias_std = .1 }, .seed = 1                                        \
  }

EklInversion *test_inversion_new  (const EklEnsemble          *start,
                                   guint                       max_data,
                                   guint                       n_threads);
EklInversion *test_inversion_of   (const TestProblem          *problem,
                                   guint                       size,
                                   double                      scale,
                                   guint32                     seed);
double       *test_inversion_rows (const EklInversion         *inversion);
void          test_inversion_run  (EklInversion               *inversion,
                                   const EklInversionSettings *settings,
                                   const EklBatch             *batch,
                                   guint                       n_steps);

G_END_DECLS

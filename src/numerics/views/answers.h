/* answers.h - one output of networks at some inputs, in the user's units
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "predictions.h"

G_BEGIN_DECLS

/* Where the particles' answers at n inputs go. */
typedef struct {
  double *low, *median, *high; /* (n) P10, P50, P90 */
  guint n_members;
  double *member;              /* (n_members, n) */
} EklFan;

double   *ekl_answers_of_vector    (const EklPredictionsSource *source,
                                    EklForward                 *forward,
                                    const real                 *u,
                                    const EklBatch             *inputs,
                                    GError                    **error);

double   *ekl_answers_of_mean      (const EklPredictionsSource *source,
                                    EklForward                 *forward,
                                    const EklBatch             *inputs,
                                    GError                    **error);

const EklEnsemble *
          ekl_answers_choose_particles (const EklPredictionsSource *source,
                                    guint                       n,
                                    EklEnsemble               **some,
                                    GError                    **error);

gboolean  ekl_answers_of_particles (const EklPredictionsSource *source,
                                    EklForward                 *forward,
                                    const EklBatch             *inputs,
                                    guint                       n_particles,
                                    const EklFan               *fan,
                                    GError                    **error);

G_END_DECLS

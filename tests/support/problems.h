/* problems.h - small random problems, the same ones in every run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "batch.h"
#include "ensemble.h"
#include "network.h"

G_BEGIN_DECLS

/* The widths and their number: two arguments in one. */
#define TEST_WIDTHS(...)                                                                           \
  ((const guint[]){ __VA_ARGS__ }), G_N_ELEMENTS (((const guint[]){ __VA_ARGS__ }))

/* A network and data of its shape: normal inputs, smooth outputs or one-hot classes. */
typedef struct {
  EklNetwork network;
  EklBatch batch;
  real *x, *y;
} TestProblem;

TestProblem *test_problem_new    (const guint       *width,
                                  guint              n_width,
                                  EklActivation      activation,
                                  EklOutput          output,
                                  guint              n_data,
                                  guint32            seed);
void         test_problem_free   (TestProblem       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestProblem, test_problem_free)

double       test_normal         (GRand             *rand);
real        *test_random_vector  (const EklNetwork  *network,
                                  double             scale,
                                  guint32            seed);
EklEnsemble *test_random_ensemble (const EklNetwork *network,
                                  guint              size,
                                  double             scale,
                                  guint32            seed);
EklEnsemble *test_ensemble_of_rows (const EklNetwork *network,
                                  guint              size,
                                  const double      *rows);
double      *test_ensemble_rows  (const EklEnsemble *ensemble);

G_END_DECLS

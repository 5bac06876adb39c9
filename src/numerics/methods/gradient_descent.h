/* gradient_descent.h - gradient descent and its relatives, one step at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "loss.h"
#include "schedule.h"

G_BEGIN_DECLS

typedef enum {
  EKL_OPTIMIZER_GD,
  EKL_OPTIMIZER_MOMENTUM,
  EKL_OPTIMIZER_NESTEROV,
  EKL_OPTIMIZER_ADAM,
} EklOptimizer;

/* May change from one step to the next. */
typedef struct {
  EklLoss loss;
  EklOptimizer optimizer;
  EklSchedule schedule;
  double learning_rate;   /* h_0 */
  double schedule_steps;  /* n_0 of [7]: inverse h/(1 + n/n_0); step: halved every n_0; cosine: period n_0 */
  double l2;              /* lambda of [4] */
  double graph_weight;    /* mu of [5], where there is a graph */
} EklDescentSettings;

typedef struct {
  guint64 steps;          /* taken */
  double learning_rate;   /* h_n of the last step */
  double time;            /* sum of h_n */
  double batch_loss;      /* Phi before the last step, on its batch, with the regulariser */
  double model_runs;      /* 3 a step, in passes over all training data */
  gboolean diverged;      /* stands at its last finite point and takes no further step */
  guint64 diverged_at;    /* the step that gave values that are not finite */
} EklDescentInfo;

typedef struct _EklDescent EklDescent;

EklDescent           *ekl_descent_new            (const EklNetwork         *network,
                                                  const real               *start,
                                                  guint                     max_data,
                                                  guint                     n_threads,
                                                  GError                  **error);
void                  ekl_descent_free           (EklDescent               *self);
gboolean              ekl_descent_set_graph      (EklDescent               *self,
                                                  const EklNeighbourGraph  *graph,
                                                  const EklBatch           *inputs,
                                                  GError                  **error);
gboolean              ekl_descent_step           (EklDescent               *self,
                                                  const EklDescentSettings *settings,
                                                  const EklBatch           *batch,
                                                  guint                     n_train);
const real           *ekl_descent_get_parameters (const EklDescent         *self);
const real           *ekl_descent_get_gradient   (const EklDescent         *self);
const EklDescentInfo *ekl_descent_get_info       (const EklDescent         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklDescent, ekl_descent_free)

G_END_DECLS

/* gradient_descent.c - gradient descent and its relatives, one step at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Equation [7], u_{n+1} = u_n - h_n grad Phi(u_n). The relatives, with their published defaults:
 *
 *   momentum   v <- mu v + g, u <- u - h v            Polyak (1964), mu = 0.9
 *   Nesterov   v <- mu v + g, u <- u - h (g + mu v)   Nesterov (1983) as in Sutskever et al. (2013)
 *   Adam       beta = 0.9, 0.999, epsilon = 1e-8      Kingma and Ba (2015), bias-corrected
 */
#include "gradient_descent.h"

#include "memory.h"
#include "vectorize.h"

#include <math.h>
#include <string.h>

#define MOMENTUM 0.9
#define BETA_1   0.9
#define BETA_2   0.999
#define EPSILON  1e-8

/* Forward and backward: the cost of a gradient step in passes of the model. */
#define MODEL_RUNS_PER_STEP 3

struct _EklDescent {
  gsize n_parameters;
  gboolean has_graph;
  EklGradient *workspace;
  real *u;                 /* (P) */
  real *next;              /* (P) where the step would lead */
  real *gradient;          /* (P) */
  double *first;           /* (P) momentum, or Adam's first moment */
  double *second;          /* (P) Adam's second moment */
  EklOptimizer optimizer;  /* of the last step */
  guint64 optimizer_steps; /* since the optimiser was chosen: Adam's t */
  EklDescentInfo info;
};

/**
 * ekl_descent_new:
 * @network: the network
 * @start: shape (P), copied
 * @max_data: the largest batch that will come
 * @n_threads: threads to use, at least 1
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Returns: (nullable): gradient descent at its start, or %NULL with @error set
 */
EklDescent *
ekl_descent_new (
  const EklNetwork *network, const real *start, guint max_data, guint n_threads, GError **error)
{
  g_autoptr (EklDescent) self = g_new0 (EklDescent, 1);
  gsize n = network->n_parameters;
  const char *what = "gradient descent";

  self->n_parameters = n;
  if ((self->workspace = ekl_gradient_new (network, max_data, n_threads, error)) == NULL ||
      (self->u = ekl_memory_new (n, sizeof (real), what, error)) == NULL ||
      (self->next = ekl_memory_new (n, sizeof (real), what, error)) == NULL ||
      (self->gradient = ekl_memory_new (n, sizeof (real), what, error)) == NULL ||
      (self->first = ekl_memory_new (n, sizeof (double), what, error)) == NULL ||
      (self->second = ekl_memory_new (n, sizeof (double), what, error)) == NULL)
    return NULL;

  memcpy (self->u, start, n * sizeof (real));
  memset (self->first, 0, n * sizeof (double));
  memset (self->second, 0, n * sizeof (double));
  self->info.batch_loss = NAN;

  return g_steal_pointer (&self);
}

/**
 * ekl_descent_free:
 * @self: (nullable): gradient descent
 */
void
ekl_descent_free (EklDescent *self)
{
  if (self == NULL)
    return;
  ekl_gradient_free (self->workspace);
  ekl_memory_free (self->u);
  ekl_memory_free (self->next);
  ekl_memory_free (self->gradient);
  ekl_memory_free (self->first);
  ekl_memory_free (self->second);
  g_free (self);
}

/**
 * ekl_descent_set_graph:
 * @self: gradient descent, made for at least as many data as the graph has inputs
 * @graph: (nullable): the graph of [5]; must outlive it
 * @inputs: all inputs, labelled and unlabelled; likewise
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean
ekl_descent_set_graph (EklDescent *self,
                       const EklNeighbourGraph *graph,
                       const EklBatch *inputs,
                       GError **error)
{
  self->has_graph = graph != NULL;
  return ekl_gradient_set_graph (self->workspace, graph, inputs, error);
}

/* next = u - h g. Returns: whether all of it is finite */
EKL_VECTORIZE
static gboolean
move_along (gsize n, const real *restrict u, double h, const real *restrict g, real *restrict next)
{
  gboolean finite = TRUE;

  for (gsize i = 0; i < n; i++)
    next[i] = (real) (u[i] - h * (double) g[i]);
  for (gsize i = 0; i < n; i++)
    finite &= next[i] - next[i] == 0;
  return finite;
}

static double
direction (EklDescent *self, gsize i)
{
  double g = self->gradient[i];

  switch (self->optimizer) {
  case EKL_OPTIMIZER_MOMENTUM:
    self->first[i] = MOMENTUM * self->first[i] + g;
    return self->first[i];
  case EKL_OPTIMIZER_NESTEROV:
    self->first[i] = MOMENTUM * self->first[i] + g;
    return g + MOMENTUM * self->first[i];
  case EKL_OPTIMIZER_ADAM: {
    double t = (double) self->optimizer_steps;

    self->first[i] = BETA_1 * self->first[i] + (1 - BETA_1) * g;
    self->second[i] = BETA_2 * self->second[i] + (1 - BETA_2) * g * g;
    return self->first[i] / (1 - pow (BETA_1, t)) /
           (sqrt (self->second[i] / (1 - pow (BETA_2, t))) + EPSILON);
  }
  case EKL_OPTIMIZER_GD:
  default:
    return g;
  }
}

/* A memory of other gradients means nothing to another optimiser. */
static void
choose_optimizer (EklDescent *self, EklOptimizer optimizer)
{
  if (self->optimizer == optimizer)
    return;
  self->optimizer = optimizer;
  self->optimizer_steps = 0;
  memset (self->first, 0, self->n_parameters * sizeof (double));
  memset (self->second, 0, self->n_parameters * sizeof (double));
}

/**
 * ekl_descent_step:
 * @self: gradient descent
 * @settings: the settings of this step
 * @batch: its data
 * @n_train: rows of all training data, to count model runs
 *
 * One step of [7]. Where the loss, the gradient or the new point is not finite, descent has
 * diverged: it stays where it was and says so in its info. That is a state, not an error.
 *
 * Returns: %TRUE if a step was taken
 */
gboolean
ekl_descent_step (EklDescent *self,
                  const EklDescentSettings *settings,
                  const EklBatch *batch,
                  guint n_train)
{
  EklDescentInfo *info = &self->info;
  double h = settings->learning_rate *
             ekl_schedule_factor (settings->schedule, settings->schedule_steps, info->steps);
  gboolean finite;
  real *u;

  if (info->diverged)
    return FALSE;

  choose_optimizer (self, settings->optimizer);
  self->optimizer_steps++;
  info->batch_loss =
    ekl_gradient (self->workspace, self->u, batch, settings->loss, settings->l2, self->gradient);
  if (self->has_graph && settings->graph_weight > 0)
    info->batch_loss +=
      ekl_gradient_add_graph (self->workspace, self->u, settings->graph_weight, self->gradient);
  finite = isfinite (info->batch_loss);
  if (self->optimizer == EKL_OPTIMIZER_GD)
    finite &= move_along (self->n_parameters, self->u, h, self->gradient, self->next);
  else
    for (gsize i = 0; i < self->n_parameters; i++) {
      self->next[i] = (real) (self->u[i] - h * direction (self, i));
      finite = finite && isfinite (self->next[i]);
    }
  if (!finite) {
    info->diverged = TRUE;
    info->diverged_at = info->steps + 1;
    return FALSE;
  }

  u = self->u;
  self->u = self->next;
  self->next = u;
  info->steps++;
  info->learning_rate = h;
  info->time += h;
  info->model_runs += (double) MODEL_RUNS_PER_STEP * batch->n_data / n_train;

  return TRUE;
}

/**
 * ekl_descent_get_parameters:
 * @self: gradient descent
 *
 * Returns: (transfer none): u, shape (P), until the next step
 */
const real *
ekl_descent_get_parameters (const EklDescent *self)
{
  return self->u;
}

/**
 * ekl_descent_get_gradient:
 * @self: gradient descent
 *
 * Returns: (transfer none): grad Phi of the last step, where that began, shape (P); until the next
 */
const real *
ekl_descent_get_gradient (const EklDescent *self)
{
  return self->gradient;
}

/**
 * ekl_descent_get_info:
 * @self: gradient descent
 *
 * Returns: (transfer none): what it has done so far
 */
const EklDescentInfo *
ekl_descent_get_info (const EklDescent *self)
{
  return &self->info;
}

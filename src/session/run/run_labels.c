/* run_labels.c - semi-supervised learning: few labels, and a graph over all inputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Equation [5]. The rows that keep their label are the training rows of the run; the others keep
 * only their inputs, which the graph joins to them.
 */
#include "run_private.h"

#include "memory.h"
#include "philox.h"

/* Its making compares every input with every other. */
#define MAX_GRAPH_ROWS 20000

/* The split of rows into training and validation is number 0 of its stream. */
#define LABELS_DRAW 1

struct _EklLabels {
  EklBatch labelled; /* arrays owned */
  EklNeighbourGraph *graph;
};

static guint
class_of (const EklBatch *batch, guint row)
{
  guint best = 0;

  for (guint k = 1; k < batch->n_outputs; k++)
    if (batch->y[(gsize) k * batch->n_data + row] > batch->y[(gsize) best * batch->n_data + row])
      best = k;
  return best;
}

/* Rows in random order; of classes one of each in turn, so that a few labels are of all classes. */
static void
order_rows (const EklBatch *all, gboolean classes, guint64 seed, guint *rows)
{
  g_autofree guint *random = g_new (guint, all->n_data);
  g_autofree gboolean *taken = g_new0 (gboolean, all->n_data);
  guint n = 0, wanted = 0;

  ekl_random_permutation (seed, EKL_STREAM_SPLIT, LABELS_DRAW, all->n_data, random);
  while (n < all->n_data) {
    for (guint i = 0; i < all->n_data; i++)
      if (!taken[i] && (!classes || class_of (all, random[i]) == wanted)) {
        taken[i] = TRUE;
        rows[n++] = random[i];
        break;
      }
    wanted = (wanted + 1) % MAX (all->n_outputs, 1);
  }
}

static int
compare_rows (const void *a, const void *b)
{
  const guint *one = a, *other = b;

  return *one < *other ? -1 : *one > *other;
}

static real *
gather (const real *from, guint n_features, guint n, const guint *rows, guint count, GError **error)
{
  real *to = ekl_memory_new ((gsize) n_features * count, sizeof (real), "the labelled rows", error);

  for (gsize f = 0; f < n_features && to != NULL; f++)
    for (guint i = 0; i < count; i++)
      to[f * count + i] = from[f * n + rows[i]];
  return to;
}

static gboolean
choose_labelled (EklLabels *self,
                 const EklBatch *all,
                 double fraction,
                 gboolean classes,
                 guint64 seed,
                 GError **error)
{
  g_autofree guint *rows = g_new (guint, all->n_data);
  guint count = (guint) CLAMP (fraction * all->n_data + 0.5, 1, all->n_data);

  order_rows (all, classes && count < all->n_data, seed, rows);
  qsort (rows, count, sizeof (guint), compare_rows);
  self->labelled = *all;
  self->labelled.n_data = count;
  self->labelled.x = gather (all->x, all->n_inputs, all->n_data, rows, count, error);
  self->labelled.y = self->labelled.x != NULL
                       ? gather (all->y, all->n_outputs, all->n_data, rows, count, error)
                       : NULL;
  return self->labelled.y != NULL;
}

static gboolean
make_graph (EklLabels *self, EklExperiment *experiment, const EklBatch *all, GError **error)
{
  if (all->n_data > MAX_GRAPH_ROWS) {
    g_set_error (error, EKL_SESSION_ERROR, EKL_SESSION_ERROR_BAD_VALUE,
                 "graph-weight: a graph of %u rows is too large, at most %d are compared with each "
                 "other; use a smaller train-fraction, or set graph-weight to 0",
                 all->n_data, MAX_GRAPH_ROWS);
    return FALSE;
  }
  self->graph =
    ekl_neighbour_graph_new (all, ekl_experiment_get_uint (experiment, "graph-neighbours"), error);
  if (self->graph == NULL)
    g_prefix_error_literal (error, "graph-neighbours: ");
  return self->graph != NULL;
}

/*
 * ekl_run_read_labels:
 *
 * The labelled rows become the run's training rows; with a weight there is a graph over all of them.
 */
gboolean
ekl_run_read_labels (EklRun *self, GError **error)
{
  const double fraction = ekl_experiment_get_double (self->experiment, "labelled-fraction");
  const double weight = ekl_experiment_get_double (self->experiment, "graph-weight");
  const EklBatch *all = ekl_dataset_get_training (self->dataset);

  self->training = all;
  if (fraction >= 1 && weight <= 0)
    return TRUE;
  self->labels = g_new0 (EklLabels, 1);
  if (!choose_labelled (self->labels, all, fraction, self->task == EKL_TASK_CLASSIFICATION,
                        ekl_experiment_get_uint (self->experiment, "split-seed"), error))
    return FALSE;
  self->training = &self->labels->labelled;
  return weight <= 0 || make_graph (self->labels, self->experiment, all, error);
}

/*
 * ekl_run_use_graph:
 *
 * Shows the graph, where there is one, to both methods.
 */
gboolean
ekl_run_use_graph (EklRun *self, EklInversion *inversion, EklDescent *descent, GError **error)
{
  const EklBatch *all = ekl_dataset_get_training (self->dataset);

  if (self->labels == NULL || self->labels->graph == NULL)
    return TRUE;
  return (inversion == NULL ||
          ekl_inversion_set_graph (inversion, self->labels->graph, all, error)) &&
         (descent == NULL || ekl_descent_set_graph (descent, self->labels->graph, all, error));
}

/*
 * ekl_run_show_graph:
 *
 * Shows the graph, where there is one, to a gradient of its own.
 */
gboolean
ekl_run_show_graph (EklRun *self, EklGradient *gradient, GError **error)
{
  if (self->labels == NULL || self->labels->graph == NULL)
    return TRUE;
  return ekl_gradient_set_graph (gradient, self->labels->graph,
                                 ekl_dataset_get_training (self->dataset), error);
}

void
ekl_labels_free (EklLabels *self)
{
  if (self == NULL)
    return;
  ekl_memory_free ((void *) self->labelled.x);
  ekl_memory_free ((void *) self->labelled.y);
  ekl_neighbour_graph_free (self->graph);
  g_free (self);
}

/* class_answers.c - how often networks take which class for which
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "class_answers.h"

#include "memory.h"

#include <math.h>

#define LOT 2048 /* rows whose outputs are held at a time */

/**
 * ekl_classify:
 * @g: shape (@n_classes, @n): outputs, or logits, or one-hot truths
 * @n_classes: m
 * @n: data
 * @answer: (out): shape (@n): the class of the largest output, the first of equal ones;
 * %EKL_NO_CLASS where an output is not a number
 *
 * What class outputs say.
 */
void
ekl_classify (const real *g, guint n_classes, gsize n, guint *answer)
{
  for (gsize i = 0; i < n; i++) {
    guint best = 0;

    for (guint c = 0; c < n_classes && best != EKL_NO_CLASS; c++) {
      if (isnan (g[c * n + i]))
        best = EKL_NO_CLASS;
      else if (g[c * n + i] > g[best * n + i])
        best = c;
    }
    answer[i] = best;
  }
}

/* Rows k n / shown of a batch, k = first ... first + count - 1: inputs and truths. */
static void
gather_rows (const EklBatch *batch, guint first, guint count, guint shown, real *x, real *y)
{
  for (guint k = 0; k < count; k++) {
    gsize i = (gsize) ((guint64) (first + k) * batch->n_data / shown);

    for (gsize f = 0; f < batch->n_inputs; f++)
      x[f * count + k] = batch->x[f * batch->n_data + i];
    for (gsize c = 0; c < batch->n_outputs; c++)
      y[c * count + k] = batch->y[c * batch->n_data + i];
  }
}

static void
count_answers (const guint *truth,
               const guint *answer,
               guint n,
               guint n_classes,
               guint *count,
               guint *unanswered)
{
  for (guint i = 0; i < n; i++) {
    if (truth[i] == EKL_NO_CLASS || answer[i] == EKL_NO_CLASS)
      (*unanswered)++;
    else
      count[(gsize) truth[i] * n_classes + answer[i]]++;
  }
}

/* What a lot of rows needs, made once. */
typedef struct {
  real *x, *y, *g;
  real *u; /* (P) a selected particle */
  guint *truth, *answer;
} Lot;

static void
lot_clear (Lot *self)
{
  ekl_memory_free (self->x);
  ekl_memory_free (self->y);
  ekl_memory_free (self->g);
  g_free (self->u);
  g_free (self->truth);
  g_free (self->answer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lot, lot_clear)

static gboolean
lot_init (Lot *self, const EklBatch *rows, guint n, GError **error)
{
  const char *what = "the counts of the classes";

  self->x = ekl_memory_new ((gsize) n * rows->n_inputs, sizeof (real), what, error);
  if (self->x != NULL)
    self->y = ekl_memory_new ((gsize) n * rows->n_outputs, sizeof (real), what, error);
  if (self->y != NULL)
    self->g = ekl_memory_new ((gsize) n * rows->n_outputs, sizeof (real), what, error);
  self->truth = g_new (guint, n);
  self->answer = g_new (guint, n);

  return self->g != NULL;
}

/* Asks both methods about one lot of rows. */
static void
count_lot (const EklPredictionsSource *source,
           EklForward *forward,
           const EklBatch *batch,
           const real *mean,
           Lot *lot,
           EklConfusion *self)
{
  const guint m = batch->n_outputs;
  guint unanswered = 0;

  ekl_classify (batch->y, m, batch->n_data, lot->truth);
  if (self->mean_particle != NULL) {
    ekl_forward_vector (forward, mean, batch, EKL_APPLY_OUTPUT, lot->g);
    ekl_classify (lot->g, m, batch->n_data, lot->answer);
    count_answers (lot->truth, lot->answer, batch->n_data, m, self->mean_particle,
                   &self->mean_unanswered);
  }
  if (self->descent != NULL) {
    ekl_forward_vector (forward, source->descent, batch, EKL_APPLY_OUTPUT, lot->g);
    ekl_classify (lot->g, m, batch->n_data, lot->answer);
    count_answers (lot->truth, lot->answer, batch->n_data, m, self->descent,
                   &self->descent_unanswered);
  }
  for (guint k = 0; k < self->n_selected; k++) {
    ekl_ensemble_get_particle (source->ensemble, source->selected[k], lot->u);
    ekl_forward_vector (forward, lot->u, batch, EKL_APPLY_OUTPUT, lot->g);
    ekl_classify (lot->g, m, batch->n_data, lot->answer);
    count_answers (lot->truth, lot->answer, batch->n_data, m, self->selected + (gsize) k * m * m,
                   &unanswered);
  }
}

static guint *
new_counts (gboolean wanted, guint n_classes)
{
  return wanted ? g_new0 (guint, (gsize) n_classes * n_classes) : NULL;
}

/**
 * ekl_confusion_new:
 * @source: what is asked; its outputs are classes
 * @forward: a workspace of the network
 * @error: return location; EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * Counts, by the true class and the one with the largest output, the validation rows, or where there
 * are none the training rows: all of them, or an even share of source->max_rows. The first few of
 * the selected particles have counts of their own.
 *
 * Returns: (transfer full) (nullable): the counts of both methods
 */
EklConfusion *
ekl_confusion_new (const EklPredictionsSource *source, EklForward *forward, GError **error)
{
  const gboolean validation = source->validation != NULL && source->validation->n_data > 0;
  const EklBatch *rows = validation ? source->validation : source->training;
  const guint m = rows->n_outputs;
  const guint shown = source->max_rows > 0 ? MIN (rows->n_data, source->max_rows) : rows->n_data;
  g_autoptr (EklConfusion) self = g_new0 (EklConfusion, 1);
  g_auto (Lot) lot = { 0 };
  g_autofree real *mean = NULL;

  self->validation = validation;
  self->n_rows = shown;
  self->n_all = rows->n_data;
  self->mean_particle = new_counts (source->ensemble != NULL, m);
  self->descent = new_counts (source->descent != NULL, m);
  if (!lot_init (&lot, rows, MIN (shown, LOT), error))
    return NULL;
  if (source->ensemble != NULL) {
    const gsize n_parameters = ekl_ensemble_get_network (source->ensemble)->n_parameters;

    mean = g_new (real, n_parameters);
    ekl_ensemble_get_mean (source->ensemble, mean);
    lot.u = g_new (real, n_parameters);
    self->n_selected = MIN (source->n_selected, EKL_CONFUSION_SELECTED);
    self->selected = g_new0 (guint, (gsize) self->n_selected * m * m);
  }

  for (guint first = 0; first < shown; first += LOT) {
    const guint count = MIN (LOT, shown - first);
    const EklBatch batch = { rows->n_inputs, m, count, lot.x, lot.y };

    gather_rows (rows, first, count, shown, lot.x, lot.y);
    count_lot (source, forward, &batch, mean, &lot, self);
  }

  return g_steal_pointer (&self);
}

/**
 * ekl_confusion_copy:
 * @self: (nullable): counts
 * @n_classes: of how many classes
 *
 * Returns: (transfer full) (nullable): a deep copy
 */
EklConfusion *
ekl_confusion_copy (const EklConfusion *self, guint n_classes)
{
  const gsize size = (gsize) n_classes * n_classes * sizeof (guint);
  EklConfusion *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->mean_particle = g_memdup2 (self->mean_particle, size);
  copy->descent = g_memdup2 (self->descent, size);
  copy->selected = g_memdup2 (self->selected, self->n_selected * size);

  return copy;
}

/**
 * ekl_confusion_free:
 * @self: (nullable): counts
 */
void
ekl_confusion_free (EklConfusion *self)
{
  if (self == NULL)
    return;
  g_free (self->mean_particle);
  g_free (self->descent);
  g_free (self->selected);
  g_free (self);
}

/* run_evaluate.c - how well both methods do on all rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run_private.h"

#include "layer.h"

#include <math.h>

/* EKI minimises least squares, on the probabilities of classes too. */
static EklLoss
get_loss (const EklRun *self, EklMethod method)
{
  return method == EKL_METHOD_EKI ? EKL_LOSS_SQUARED : self->descent_settings.loss;
}

/* Root of the mean square over outputs and rows, in the user's units. */
static double
root_mean_square (const EklRun *self, const EklBatch *batch)
{
  const EklUnit *units = ekl_dataset_get_output_units (self->dataset);
  const gsize n = batch->n_data;
  double sum = 0;

  for (guint k = 0; k < batch->n_outputs; k++) {
    double square = 0;

    for (gsize i = k * n; i < (k + 1) * n; i++) {
      const double r = (double) self->outputs[i] - (double) batch->y[i];

      square += r * r;
    }
    sum += square * units[k].scale * units[k].scale;
  }
  return sqrt (sum / ((double) n * batch->n_outputs));
}

/* [2] or [3] on some rows; the outputs are left in the workspace. */
static double
loss_on (EklRun *self, EklLoss loss, const real *u, const EklBatch *batch)
{
  ekl_forward_vector (self->forward, u, batch, ekl_loss_forward_kind (loss), self->outputs);
  return ekl_loss (loss, batch, self->outputs);
}

/* [2] of the outputs that loss_on() has left, which become probabilities where they were logits. */
static double
misfit_after (EklRun *self, EklLoss loss, const EklBatch *batch)
{
  if (ekl_loss_forward_kind (loss) == EKL_LOGITS)
    ekl_layer_softmax (batch->n_outputs, batch->n_data, self->outputs, batch->n_data);
  return ekl_loss (EKL_LOSS_SQUARED, batch, self->outputs);
}

static double
metric_on (EklRun *self, const EklBatch *batch)
{
  /* the largest logit is the largest probability, so either will do */
  return self->task == EKL_TASK_CLASSIFICATION ? ekl_accuracy (batch, self->outputs)
                                               : root_mean_square (self, batch);
}

/* lambda |u|^2, [4]. */
static double
regulariser (const EklRun *self, const real *u)
{
  double square = 0;

  if (self->descent_settings.l2 <= 0)
    return 0;
  for (gsize i = 0; i < self->network.n_parameters; i++)
    square += (double) u[i] * (double) u[i];
  return self->descent_settings.l2 * square;
}

static void
evaluate_method (EklRun *self, EklMethod method)
{
  EklMethodRecord *record = &self->record.method[method];
  const EklLoss loss = get_loss (self, method);
  const real *u = ekl_run_get_parameters (self, method);

  record->train_loss = loss_on (self, loss, u, self->training);
  if (method == EKL_METHOD_GD) {
    self->look.descent_misfit =
      loss == EKL_LOSS_SQUARED ? record->train_loss : misfit_after (self, loss, self->training);
    record->train_loss += regulariser (self, u);
  }
  if (self->validation != NULL) {
    record->validation_loss = loss_on (self, loss, u, self->validation);
    record->metric = metric_on (self, self->validation);
  } else {
    record->metric = metric_on (self, self->training);
  }
}

/* The newest record's losses are not known yet. */
void
ekl_run_forget_losses (EklRun *self)
{
  for (guint k = 0; k < EKL_N_METHODS; k++) {
    self->record.method[k].train_loss = NAN;
    self->record.method[k].validation_loss = NAN;
    self->record.method[k].metric = NAN;
  }
}

/*
 * ekl_run_compute_losses:
 *
 * Fills the newest record: losses [2] or [3] on all training and all validation rows and the
 * metric, of the mean particle and of gradient descent's parameters.
 */
void
ekl_run_compute_losses (EklRun *self)
{
  for (guint k = 0; k < EKL_N_METHODS; k++)
    if (self->record.method[k].present) {
      evaluate_method (self, k);
      self->look.loss[k] = self->record.method[k].train_loss;
    }
  if (self->record.step == 0)
    self->descent_start_loss = self->record.method[EKL_METHOD_GD].train_loss;
}

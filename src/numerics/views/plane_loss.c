/* plane_loss.c - the loss in the parameter plane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "parameter_plane.h"

#include "plane_fit.h"

#include <math.h>

#define MAX_VALUES (1 << 22) /* answers computed in one go */

/* The points first ... first + J - 1 of the row, as particles; their squared lengths too. */
static void
lift_row (const EklPlaneFit *fit,
          const EklField *field,
          guint row,
          guint first,
          EklEnsemble *points,
          double *square)
{
  gsize n = fit->network.n_parameters;
  g_autofree real *u = g_new (real, n);
  double height = field->n_rows > 1 ? (field->y1 - field->y0) / (field->n_rows - 1) : 0;
  double width = field->n_columns > 1 ? (field->x1 - field->x0) / (field->n_columns - 1) : 0;

  for (guint k = 0; k < ekl_ensemble_get_size (points); k++) {
    EklPoint point = { field->x0 + (first + k) * width, field->y0 + row * height };

    ekl_plane_fit_lift (fit, point, u);
    ekl_ensemble_set_particle (points, k, u);
    square[k] = 0;
    for (gsize i = 0; i < n; i++)
      square[k] += (double) u[i] * (double) u[i];
  }
}

/**
 * ekl_plane_fit_loss_row:
 * @self: a plane
 * @forward: a workspace of the plane's network
 * @batch: the data, with outputs
 * @loss: which
 * @l2: lambda of [4]
 * @field: (inout): the grid, in the plane's coordinates
 * @row: which row of it to fill
 *
 * Sets the row's values to the loss [2] or [3] plus lambda |u|^2 [4] at each of its points. A loss
 * that is not a number becomes infinite, as NaN says that nothing has been computed yet. Where
 * memory cannot be had the row stays as it was.
 */
void
ekl_plane_fit_loss_row (const EklPlaneFit *self,
                        EklForward *forward,
                        const EklBatch *batch,
                        EklLoss loss,
                        double l2,
                        EklField *field,
                        guint row)
{
  EklForwardKind kind = loss == EKL_LOSS_CROSS_ENTROPY ? EKL_LOGITS : EKL_APPLY_OUTPUT;
  gsize answers;
  guint lot;
  g_autofree real *g = NULL;
  g_autofree double *square = NULL;

  g_return_if_fail (self != NULL && forward != NULL && batch != NULL && batch->y != NULL);
  g_return_if_fail (field != NULL && row < field->n_rows && batch->n_data > 0);

  answers = (gsize) batch->n_outputs * batch->n_data;
  lot = (guint) CLAMP (MAX_VALUES / answers, 1, field->n_columns);
  g = g_try_new (real, lot * answers);
  square = g_new (double, lot);
  for (guint first = 0; g != NULL && first < field->n_columns; first += lot) {
    guint count = MIN (lot, field->n_columns - first);
    g_autoptr (EklEnsemble) points = ekl_ensemble_new (&self->network, count, NULL);

    if (points == NULL)
      return;
    lift_row (self, field, row, first, points, square);
    ekl_forward_ensemble (forward, points, 0, count, batch, kind, g);
    for (guint k = 0; k < count; k++) {
      double value = ekl_loss (loss, batch, g + k * answers) + l2 * square[k];

      field->value[(gsize) row * field->n_columns + first + k] = isnan (value) ? INFINITY : value;
    }
  }
}

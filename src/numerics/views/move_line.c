/* move_line.c - one step of the ensemble seen along the line its mean moves on: a regression
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With D (J, K) the whitened anomalies of the outputs, r (K) the whitened innovation, n the divisor of the
 * covariances (J, or J - 1 in [12]): by Woodbury a = h (r - D'w) with (I + (h/n) D D') w = (h/n) D r, and
 * in the continuous form a = h r. The mean moves by v = dU' D a / n. With t_j = <D_j, a>/|a| and
 * p_j = <dU_j, v>/|v| then |v| = |a| cov (p, t) = slope * aim, slope = cov (p, t)/var (t), aim =
 * |a| var (t); and in the Kalman form <r, a>/|a| = aim (1 + 1/(h var (t))): the data, of which the
 * gain var (t)/(var (t) + 1/h) is gone.
 */
#include "move_line.h"

#include "ensemble_view.h"
#include "gram.h"
#include "vector_math.h"

#include <lapacke.h>
#include <math.h>
#include <string.h>

typedef struct {
  const EklInversionTrace *trace;
  gsize size, k;
  double n;  /* divisor */
  double *a; /* (K) */
} Line;

/* w in place of D r. */
static gboolean
solve (const Line *line, double *w, guint n_threads)
{
  const EklInversionTrace *trace = line->trace;
  const double scale = trace->step_size / line->n;
  lapack_int order = (lapack_int) line->size, one = 1, info = 0;
  g_autoptr (EklGram) products = ekl_gram_new ((guint) line->size, n_threads, NULL);
  g_autofree double *matrix = NULL;
  char triangle = 'U';

  if (products == NULL)
    return FALSE;
  matrix = g_memdup2 (ekl_gram_compute (products, (guint) line->size, (guint) line->k,
                                        trace->anomalies, line->k, FALSE, TRUE, NULL),
                      line->size * line->size * sizeof (double));
  for (gsize i = 0; i < line->size * line->size; i++)
    matrix[i] *= scale;
  for (gsize i = 0; i < line->size; i++) {
    matrix[i * line->size + i] += 1;
    w[i] *= scale;
  }
  LAPACK_dposv (&triangle, &order, &one, matrix, &order, w, &order, &info);
  return info == 0;
}

/* a, from r. */
static gboolean
find_direction (Line *line, EklForm form, guint n_threads)
{
  const EklInversionTrace *trace = line->trace;
  g_autofree double *w = g_new (double, line->size);

  for (gsize i = 0; i < line->k; i++)
    line->a[i] = trace->innovation[i];
  if (form == EKL_FORM_KALMAN || form == EKL_FORM_ETKI) {
    for (gsize j = 0; j < line->size; j++)
      w[j] = ekl_vector_dot (line->k, trace->anomalies + j * line->k, trace->innovation);
    if (!solve (line, w, n_threads))
      return FALSE;
    for (gsize j = 0; j < line->size; j++)
      for (gsize i = 0; i < line->k; i++)
        line->a[i] -= w[j] * trace->anomalies[j * line->k + i];
  }
  for (gsize i = 0; i < line->k; i++)
    line->a[i] *= trace->step_size;
  return TRUE;
}

/* p_j = <dU_j, v>/|v|, v = sum_j s_j dU_j / n. Returns |v|. */
static double
find_places (const Line *line, const double *s, double *place)
{
  const EklEnsemble *ensemble = line->trace->spread;
  const gsize p = ekl_ensemble_get_network (ensemble)->n_parameters;
  g_autofree double *mean = g_new (double, p);
  g_autofree double *v = g_new0 (double, p);
  double square = 0;

  ekl_ensemble_get_mean_double (ensemble, mean);
  for (guint pass = 0; pass < 2; pass++)
    for (guint b = 0; b < ekl_ensemble_n_blocks (ensemble); b++) {
      gsize width, offset;
      const real *block = ekl_ensemble_block (ensemble, b, &width, &offset);

      for (gsize j = 0; j < line->size; j++)
        for (gsize i = 0; i < width; i++) {
          const double d = (double) block[j * width + i] - mean[offset + i];

          if (pass == 0)
            v[offset + i] += s[j] * d / line->n;
          else
            place[j] += v[offset + i] * d;
        }
    }
  for (gsize i = 0; i < p; i++)
    square += v[i] * v[i];
  for (gsize j = 0; j < line->size && square > 0; j++)
    place[j] /= sqrt (square);
  return sqrt (square);
}

static void
measure (EklMoveLine *self, const Line *line, double length)
{
  double variance = 0, covariance = 0, data = 0;

  for (guint j = 0; j < self->size; j++) {
    variance += self->lean[j] * self->lean[j] / line->n;
    covariance += self->lean[j] * self->place[j] / line->n;
  }
  for (gsize i = 0; i < line->k; i++)
    data += line->trace->innovation[i] * line->a[i] / length;
  self->slope = variance > 0 ? covariance / variance : 0;
  self->prediction_std = sqrt (variance);
  self->aim = length * variance;
  self->data = data;
  self->noise = 1 / sqrt (line->trace->step_size);
}

/**
 * ekl_move_line_new:
 * @trace: of one step, with outputs
 * @form: of that step
 * @n_threads: threads to use, at least 1
 *
 * Returns: (transfer full) (nullable): the step along the mean's move, without the draws of noise;
 *   %NULL where the outputs were not kept, the work would be too much, or nothing moves
 */
EklMoveLine *
ekl_move_line_new (const EklInversionTrace *trace, EklForm form, guint n_threads)
{
  const gsize size = trace->spread != NULL ? ekl_ensemble_get_size (trace->spread) : 0;
  const double flops =
    (double) size * (double) size * ((double) trace->n_observations + size / 3.0);
  g_autoptr (EklMoveLine) self = NULL;
  g_autofree double *a = NULL;
  Line line = { trace, size, trace->n_observations,
                form == EKL_FORM_ETKI ? (double) size - 1 : (double) size, NULL };
  double square = 0;

  if (!trace->filled || trace->anomalies == NULL || trace->n_observations == 0 ||
      flops > EKL_LOOK_FLOPS)
    return NULL;
  a = line.a = g_new (double, line.k);
  if (!find_direction (&line, form, n_threads))
    return NULL;
  for (gsize i = 0; i < line.k; i++)
    square += a[i] * a[i];
  if (!(square > 0) || !isfinite (square))
    return NULL;

  self = g_new0 (EklMoveLine, 1);
  self->size = (guint) size;
  self->lean = g_new0 (double, size);
  self->place = g_new0 (double, size);
  for (gsize j = 0; j < size; j++)
    for (gsize i = 0; i < line.k; i++)
      self->lean[j] += trace->anomalies[j * line.k + i] * a[i];
  self->move = find_places (&line, self->lean, self->place);
  for (gsize j = 0; j < size; j++)
    self->lean[j] /= sqrt (square);
  measure (self, &line, sqrt (square));
  return isfinite (self->move) ? g_steal_pointer (&self) : NULL;
}

/**
 * ekl_move_line_copy:
 * @self: (nullable): a line
 */
EklMoveLine *
ekl_move_line_copy (const EklMoveLine *self)
{
  EklMoveLine *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->lean = g_memdup2 (self->lean, self->size * sizeof (double));
  copy->place = g_memdup2 (self->place, self->size * sizeof (double));
  return copy;
}

/**
 * ekl_move_line_free:
 * @self: (nullable): a line
 */
void
ekl_move_line_free (EklMoveLine *self)
{
  if (self == NULL)
    return;
  g_free (self->lean);
  g_free (self->place);
  g_free (self);
}

/* naive.h - the formulas as they are written, in double, one number at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "batch.h"
#include "kalman_inversion.h"
#include "loss.h"

G_BEGIN_DECLS

void   naive_forward          (const EklNetwork     *network,
                               const double         *u,
                               const EklBatch       *batch,
                               EklForwardKind        kind,
                               double               *g);
double naive_kink_distance    (const EklNetwork     *network,
                               const double         *u,
                               const EklBatch       *batch);
double naive_objective        (const EklNetwork     *network,
                               const double         *u,
                               const EklBatch       *batch,
                               EklLoss               loss,
                               double                l2);
void   naive_gradient         (const EklNetwork     *network,
                               const double         *u,
                               const EklBatch       *batch,
                               EklLoss               loss,
                               double                l2,
                               double               *gradient);

/* The ensemble U (J, P) and its outputs G (J, K), K = n_outputs n_data. */
typedef struct {
  gsize J, P, K;
  const double *U, *G;
} NaiveEnsemble;

double *naive_outputs         (const EklNetwork     *network,
                               gsize                 J,
                               const double         *U,
                               const EklBatch       *batch);
double *naive_targets         (const EklBatch       *batch);
double *naive_gain            (const NaiveEnsemble  *e,
                               EklForm               form,
                               double                h,
                               double                gamma);
double *naive_misfits         (const NaiveEnsemble  *e,
                               const double         *y,
                               double                gamma);
double  naive_misfit_step     (const NaiveEnsemble  *e,
                               const double         *y,
                               double                gamma);
double *naive_inversion_step  (const EklNetwork     *network,
                               gsize                 J,
                               const double         *U,
                               const EklBatch       *batch,
                               EklForm               form,
                               double                h,
                               double                gamma);

double  naive_covariance      (const double         *a,
                               gsize                 a_stride,
                               const double         *b,
                               gsize                 b_stride,
                               gsize                 J);
void    naive_solve           (double               *M,
                               double               *R,
                               gsize                 n,
                               gsize                 columns);

/* One step of any form, in the order of the formulas. */
typedef struct {
  EklForm form;
  EklLoss loss;            /* [11] in the continuous form */
  double h;
  const double *gamma;     /* (m, m) Gamma_m */
  const double *prior_std; /* (P) C0^{1/2}: the prior term [13], or the prior of [16]; NULL */
  double prior_mean;
  const double *eta;       /* (J, K) added to y; NULL */
  const double *xi;        /* (J, J) [16] */
} NaiveStep;

double *naive_step            (const NaiveStep      *step,
                               const EklNetwork     *network,
                               gsize                 J,
                               const double         *U,
                               const EklBatch       *batch);
double *naive_mean            (const double         *rows,
                               gsize                 J,
                               gsize                 P);
double *naive_inverse_root    (const double         *A,
                               gsize                 n);

G_END_DECLS

/* run_look.h - looking at the ensemble while it runs: what is computed only where somebody asks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "run.h"

G_BEGIN_DECLS

/* Of one run; NULL fields are made when they are first needed. */
typedef struct {
  gboolean wanted;          /* at the next step */
  gboolean keeps_start;
  EklEnsemble *start;       /* the particles of the start, until the span is made of them */
  EklSpectrum *start_spectrum;
  EklSubspace *span;            /* of the start; NULL where it would be too large */
  double start_spread;
  double loss[EKL_N_METHODS]; /* training losses, the newest that were evaluated */
  double descent_misfit;      /* gradient descent's squared loss, likewise: what EKI's is compared with */

  EklInversionTrace trace;
  EklGradient *gradient;
  real *mean, *slope;       /* (P) where the gradient is taken, and the gradient */
  EklSpectrum *now;         /* after the step of the newest look */
  guint64 step;             /* that step */
  guint version;            /* grows with every look */
} EklLook;

/* Of the newest step that was told. */
typedef struct {
  gboolean wanted;       /* the next step is told */
  guint64 step;          /* the step that was; 0: none */
  EklInversionTrace trace;
  EklInversionSettings settings;
  EklMoveLine *line;
  guint n_data;          /* of the step's batch */
  gboolean has_descent;
  real *descent;         /* (P) where gradient descent stood */
} EklTale;

void             ekl_look_clear         (EklLook        *self);

/* run_look.c, for run_start.c, run.c, run_evaluate.c, run_set.c and run_frame.c */
void             ekl_run_begin_look     (EklRun         *self);
void             ekl_run_end_look       (EklRun         *self,
                                         const EklBatch *batch);
void             ekl_run_restart_look   (EklRun         *self);
void             ekl_run_forget_look    (EklRun         *self);
EklEnsembleView *ekl_run_make_ensemble  (EklRun         *self,
                                         EklAdvice     **advice);

/* run_story.c */
void             ekl_run_begin_tale     (EklRun         *self);
void             ekl_run_end_tale       (EklRun         *self);
void             ekl_run_forget_tale    (EklRun         *self);
EklStory        *ekl_run_make_story     (EklRun         *self);
void             ekl_run_extend_box     (EklRun         *self,
                                         EklPlaneBox    *box);

G_END_DECLS

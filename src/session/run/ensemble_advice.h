/* ensemble_advice.h - how an ensemble is doing, in plain words, and what could be done about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-experiment.h"

G_BEGIN_DECLS

/* What is known of the ensemble; NaN where it is not. */
typedef struct {
  guint64 step;
  guint size;             /* J */
  gsize n_parameters;     /* P */
  gboolean stalled;       /* fewer than two particles are finite */
  double spread, start_spread;
  double effective_rank, start_rank;
  double span_share;      /* of gradient descent's displacement in the span of the start */
  double loss, descent_loss; /* squared training loss of the mean particle and of gradient descent */
} EklCondition;

typedef enum {
  EKL_ENSEMBLE_WELL,
  EKL_ENSEMBLE_STALLED,
  EKL_ENSEMBLE_FLOWN_APART,
  EKL_ENSEMBLE_COLLAPSED,
  EKL_ENSEMBLE_STUCK_IN_SPAN,
} EklEnsembleState;

/* The thresholds; DESIGN.md states them. */
#define EKL_COLLAPSED_SPREAD 0.02 /* of the start's spread */
#define EKL_COLLAPSED_RANK   1.5  /* effective rank, from 4 particles and 2 parameters on, ... */
#define EKL_COLLAPSED_EXCESS 0.5  /* ... where less than this share of what the start's was above 1 is left */
#define EKL_FLOWN_SPREAD     100  /* times the start's spread */
#define EKL_STUCK_SHARE      0.5  /* of gradient descent's squared displacement in the span */
#define EKL_STUCK_LOSS       1.25 /* times gradient descent's */
#define EKL_STUCK_STEPS      20   /* before that nobody is stuck */

/* A remedy is the change of one setting. */
typedef struct {
  char *label;
  char *setting;
  char *value;
} EklRemedy;

#define EKL_MAX_REMEDIES 3

typedef struct {
  EklEnsembleState state;
  char *sentence;
  guint n_remedies;
  EklRemedy remedy[EKL_MAX_REMEDIES];
} EklAdvice;

EklAdvice *ekl_advice_new  (const EklCondition *condition,
                            EklExperiment      *experiment);
void       ekl_advice_free (EklAdvice          *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklAdvice, ekl_advice_free)

G_END_DECLS

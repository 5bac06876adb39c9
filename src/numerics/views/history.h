/* history.h - what a run leaves behind: one record a step, and the events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  EKL_METHOD_EKI,
  EKL_METHOD_GD,
  EKL_N_METHODS,
} EklMethod;

/* One method after one step. Losses are in the units of training (standardised where the data are);
 * NaN in train_loss says "not evaluated at this step", diverged says that the method stands still. */
typedef struct {
  gboolean present;         /* the method was switched on */
  gboolean diverged;        /* GD: not finite any more; EKI: fewer than two finite particles */
  gboolean finished;        /* the stop time is reached */
  /* all training rows: GD's parameters, EKI's mean particle; with the regulariser l2 for GD */
  double train_loss;
  double validation_loss;   /* NaN without validation rows */
  /* RMSE in the user's units or accuracy (0..1), on the validation rows, else training rows */
  double metric;
  double step_size;         /* h of this step */
  double time;              /* sum of h */
  double model_runs;        /* passes over all training rows so far: J an EKI step, 3 a gradient step */
  double seconds;           /* spent in this method's steps so far */
  double spread;            /* EKI: root mean square distance of a particle from the mean, over sqrt(P) */
  /* EKI: losses of the particles on this step's batch, as the step found them: they belong to step - 1 */
  double particle_mean, particle_best, particle_low, particle_median, particle_high;
  double mean_output_loss;  /* EKI: of the mean of the particles' outputs, likewise; NaN: not known */
  guint64 repaired;         /* EKI: particles redrawn so far, [19] */
} EklMethodRecord;

/* The ensemble, where somebody looked at this step; the terms are those of ensemble_view.h and
 * velocity.h. NaN: not to be had. */
typedef struct {
  gboolean is_known;        /* FALSE: nobody looked, and nothing below counts */
  double effective_rank;    /* after the step */
  double span_share;        /* of GD's squared displacement, in the span of the ensemble's start */
  double cosine_gradient;   /* of the mean's move in this step and -grad Phi */
  double cosine_preconditioned; /* ... and -C grad Phi */
} EklEnsembleNumbers;

typedef struct {
  guint64 step; /* 0 is the start */
  double epoch;
  EklMethodRecord method[EKL_N_METHODS];
  EklEnsembleNumbers ensemble;
} EklRecord;

typedef struct {
  guint64 step;
  char *setting; /* the property's nick, for people */
  char *before;
  char *after;
  char *name;        /* the property; NULL: nobody asks */
  gboolean marked;   /* it has a say in what runs, and is to be shown */
  gboolean unset;    /* the new value is nobody's choice */
  gboolean recorded; /* it was replayed, nobody did it now */
} EklEvent;

/**
 * EklHistory: the records of one run, in step order, and its events.
 *
 * Holds at most EKL_HISTORY_CAPACITY records: when full, every second one goes and from then on only every
 * stride-th step is kept (the newest is always kept). The rule is stated so that a reader of a long
 * curve knows what is drawn. Steps at which somebody looked at the ensemble are few and come at
 * any step, so they are also held in a list of their own, of EKL_HISTORY_LOOKS at most; when it is
 * full every second one goes.
 */
#define EKL_HISTORY_CAPACITY 65536
#define EKL_HISTORY_LOOKS    4096
#define EKL_HISTORY_OUTLINE  2048 /* records of an outline */

typedef struct _EklHistory EklHistory;

EklHistory      *ekl_history_new         (void);
void             ekl_history_free        (EklHistory       *self);
void             ekl_history_clear       (EklHistory       *self);
void             ekl_history_append      (EklHistory       *self,
                                          const EklRecord  *records,
                                          guint             n);
EklHistory      *ekl_history_copy_outline (const EklHistory *self);
void             ekl_history_add_event   (EklHistory       *self,
                                          const EklEvent   *event);
const EklRecord *ekl_history_get_records (const EklHistory *self,
                                          guint            *n);
const EklRecord *ekl_history_get_looks   (const EklHistory *self,
                                          guint            *n);
const EklEvent  *ekl_history_get_events  (const EklHistory *self,
                                          guint            *n);
guint64          ekl_history_get_stride  (const EklHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklHistory, ekl_history_free)

G_END_DECLS

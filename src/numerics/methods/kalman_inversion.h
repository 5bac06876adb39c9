/* kalman_inversion.h - ensemble Kalman inversion, one step at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "batch.h"
#include "inversion_trace.h"
#include "kalman_update.h"
#include "loss.h"
#include "noise_covariance.h"
#include "prior.h"
#include "schedule.h"

G_BEGIN_DECLS

typedef enum {
  EKL_STEP_RULE_FIXED,
  EKL_STEP_RULE_MISFIT,           /* [15] */
  EKL_STEP_RULE_KOVACHKI_STUART,  /* [14]; for the continuous form */
} EklStepRule;

typedef enum {
  EKL_MOMENTUM_NONE,
  EKL_MOMENTUM_NESTEROV, /* [17] */
} EklMomentum;

/* May change from one step to the next. */
typedef struct {
  EklForm form;
  EklStepRule step_rule;
  /* squared, or cross-entropy [11]: continuous form, softmax outputs; Gamma is not used */
  EklLoss loss;
  double step_size;             /* h of the fixed rule, h_0 of [14] */
  EklSchedule schedule;         /* of that step size */
  double schedule_steps;        /* its n_0 */
  double stop_time;             /* T of [15]; 0 = none */
  double noise_std;             /* gamma; Gamma = gamma^2 I where noise is NULL */
  const EklNoiseCovariance *noise; /* any Gamma, or NULL */
  gboolean prior_term;          /* [13]; always part of [16] */
  EklMomentum momentum;         /* not together with perturbed observations */
  gboolean perturb_observations;
  double weight_noise;          /* s of [18], in units of the prior's standard deviation */
  /* s: before this step the particles are drawn anew about their mean, with s sigma_l; 0 = not */
  double redraw;
  double graph_weight;          /* mu of [5], where there is a graph; 0 = not */
  double inflation;             /* f: before this step the anomalies are multiplied by 1 + f; 0 = not */
  EklPrior prior;
  guint64 seed;
} EklInversionSettings;

typedef struct {
  guint64 steps;           /* taken */
  double step_size;        /* h of the last step */
  double time;             /* sum of h */
  gboolean finished;       /* the stop time is reached: no further step is taken */
  double model_runs;       /* J a step, in passes over all training data */
  guint64 repaired;        /* particles redrawn by [19], since the start */
  guint repaired_last;     /* ... in the last step */
  gboolean stalled;        /* fewer than two particles are finite: no step can be taken */
  /* losses of the particles on the batch of the last step, as that step found them (after re-spread) */
  double particle_loss_mean;
  double particle_loss_best;
  double particle_loss_low;    /* P10 */
  double particle_loss_median;
  double particle_loss_high;   /* P90 */
  double mean_output_loss;     /* of the mean of the particles' outputs (logits for cross-entropy) */
} EklInversionInfo;

typedef struct _EklInversion EklInversion;

EklInversion           *ekl_inversion_new            (const EklEnsemble          *start,
                                                      guint                       max_data,
                                                      guint                       n_threads,
                                                      GError                    **error);
void                    ekl_inversion_free           (EklInversion               *self);
void                    ekl_inversion_set_cancel     (EklInversion               *self,
                                                      const int                  *cancel);
gboolean                ekl_inversion_set_graph      (EklInversion               *self,
                                                      const EklNeighbourGraph    *graph,
                                                      const EklBatch             *inputs,
                                                      GError                    **error);
void                    ekl_inversion_set_trace      (EklInversion               *self,
                                                      EklInversionTrace          *trace);
gboolean                ekl_inversion_step           (EklInversion               *self,
                                                      const EklInversionSettings *settings,
                                                      const EklBatch             *batch,
                                                      guint                       n_train);
gboolean                ekl_inversion_resize         (EklInversion               *self,
                                                      const EklInversionSettings *settings,
                                                      guint                       size,
                                                      GError                    **error);
void                    ekl_inversion_redraw         (EklInversion               *self,
                                                      const EklInversionSettings *settings,
                                                      double                      scale,
                                                      guint32                     draw);
gsize                   ekl_inversion_count_held     (guint                       size,
                                                      guint                       n_outputs);
double                  ekl_inversion_count_bytes    (const EklNetwork           *network,
                                                      const EklInversionSettings *settings,
                                                      guint                       size,
                                                      guint                       max_data,
                                                      gsize                       n_edges,
                                                      guint                       n_graph,
                                                      guint                       n_threads);
const EklEnsemble      *ekl_inversion_get_ensemble   (const EklInversion         *self);
const EklInversionInfo *ekl_inversion_get_info       (const EklInversion         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklInversion, ekl_inversion_free)

G_END_DECLS

/* run_private.h - inside of EklRun, for the files that make it up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "batches.h"
#include "contours.h"
#include "moments.h"
#include "particle_losses.h"
#include "plane_trail.h"
#include "run.h"
#include "run_look.h"
#include "setting_types.h"

G_BEGIN_DECLS

typedef struct _EklLabels EklLabels;

/* Of the steps that are over; NULL fields are made when they are first needed. */
typedef struct {
  EklMoments *moments;       /* NULL: nobody will look back */
  gboolean wanted;           /* the pictures are of an earlier step, ... */
  guint64 step;              /* ... about this one */
  EklParticleLosses *losses;
  EklSpectrum *spectrum;
  guint64 spectrum_step;
} EklPast;

/* How far views have followed the plane and the losses. */
typedef struct {
  guint version;       /* of the plane in the newest view; 0: there has been none */
  gint64 turned_at;    /* us; 0: it stands still */
  gboolean is_refit;   /* it has followed the paths, ... */
  guint64 refit_step;  /* ... at this step for the last time */
  guint64 step;        /* of the newest view */
  gboolean losses_left; /* some of its particles' losses are of an earlier step */
  guint n_refreshed;   /* times that losses came after the view */
} EklPlaneClock;

struct _EklRun {
  EklExperiment *experiment; /* the run's own copy, as it is now */
  EklExperiment *start;      /* the settings that the run began with */
  GPtrArray *changes;        /* of EklChange, since then; the first n_acted have acted */
  guint n_acted;
  char *failure;             /* why a recorded change could not be made; NULL */
  EklDataset *dataset;
  EklTask task;
  const EklBatch *training;   /* the labelled rows of the data's training rows */
  EklLabels *labels;          /* NULL: all are labelled, and there is no graph */
  const EklBatch *validation; /* NULL without */
  EklNetwork network;
  guint n_threads;
  const int *cancel;

  EklBatches *batches;
  EklInversion *inversion; /* NULL: EKI is off */
  EklDescent *descent;     /* NULL: gradient descent is off */
  EklInversionSettings inversion_settings; /* of the next step */
  EklDescentSettings descent_settings;
  EklNoiseCovariance *noise; /* NULL: gamma is one number */
  guint evaluate_every;

  EklForward *forward; /* for all rows, training or validation */
  real *outputs;       /* (n_outputs, rows of the larger of both) */
  real *mean;          /* (P) the mean particle */
  EklParameterPath *path[EKL_N_METHODS]; /* NULL where the method is off */
  EklRecord record;    /* the newest */
  double descent_start_loss; /* of gradient descent at step 0 */
  gboolean time_is_up; /* of EKI, by the stop time of now */
  EklRedrawTime redraw_at;
  gboolean epoch_begins;    /* with the step that is being taken, and it is not the first epoch */

  EklPlaneFit *plane_fit;
  EklPlaneWish plane_wish;
  EklPlaneClock plane_clock;
  EklPlaneTrail *trail;
  EklGradient *gradient;     /* on the sample; NULL until arrows are wanted */
  real *former_mean;         /* (P) the mean particle before the newest move; NULL: not known */
  EklContours *contours;
  EklParticleLosses *losses;
  guint *selected;           /* (n_selected) ascending; NULL: none */
  guint n_selected;
  gboolean keeps_plane;      /* another start is made, but is looked at as the one before */
  EklBatch *sample; /* at most SAMPLE_ROWS training rows, for the pictures' losses */
  EklPredictionsRequest predictions;
  guint respreads; /* of "respread", done */
  EklLook look;
  EklTale tale;
  EklPast past;
};

/* run.c: the settings of the experiment become those of the next step. */
void     ekl_run_read_settings    (EklRun        *self);
/* A new stop time: EKI goes on where there is time left. */
void     ekl_run_allow_time       (EklRun        *self);

/* run_start.c: both methods, their paths and the record, at step 0. */
gboolean ekl_run_make_start       (EklRun        *self,
                                   GError       **error);

/* run_change.c: changes, recorded and made, and points moved by hand. */
void     ekl_run_take_changes     (EklRun        *self,
                                   EklExperiment *experiment);
void     ekl_run_note_change      (EklRun        *self,
                                   EklChange     *change); /* taken over; NULL: none */
void     ekl_run_act_on_recorded  (EklRun        *self);
gboolean ekl_run_make_start_anew  (EklRun        *self,
                                   GError       **error);
gboolean ekl_run_has_moved_points (const EklRun  *self);
gboolean ekl_run_place_points     (EklRun        *self,
                                   EklEnsemble   *ensemble,
                                   real          *u,
                                   GError       **error);

/* run_set.c */
gboolean ekl_run_act_on_change    (EklRun        *self,
                                   EklChange     *change,
                                   GError       **error);

/* run_labels.c: which rows are labelled, and the graph over all inputs, [5]. */
gboolean ekl_run_read_labels      (EklRun        *self,
                                   GError       **error);
gboolean ekl_run_use_graph        (EklRun        *self,
                                   EklInversion  *inversion,
                                   EklDescent    *descent,
                                   GError       **error);
gboolean ekl_run_show_graph       (EklRun        *self,
                                   EklGradient   *gradient,
                                   GError       **error);
void     ekl_labels_free          (EklLabels     *self);

/* run_noise.c: Gamma, where it is more than one number. */
gboolean ekl_run_read_noise       (EklRun        *self,
                                   GError       **error);

/* run_evaluate.c */
void     ekl_run_forget_losses    (EklRun        *self);
void     ekl_run_compute_losses   (EklRun        *self);

/* run_memory.c */
gboolean ekl_run_check_memory     (EklExperiment *experiment,
                                   EklDataset    *dataset,
                                   GError       **error);

/* run_plane.c */
void     ekl_run_reset_plane      (EklRun        *self);
void     ekl_run_free_plane       (EklRun        *self);
void     ekl_run_note_move        (EklRun        *self,
                                   gboolean       before);
void     ekl_run_note_velocity    (EklRun        *self,
                                   const EklInversionTrace *trace);
EklPlane *ekl_run_make_plane      (EklRun        *self);
void     ekl_run_refresh_losses   (EklRun        *self);

/* run_past.c: the steps that are over, and which of them the pictures are of. */
void     ekl_run_note_moment      (EklRun        *self);
void     ekl_run_forget_past      (EklRun        *self);
void     ekl_run_free_past        (EklRun        *self);
const EklMoment *ekl_run_get_past (const EklRun  *self); /* NULL: of the newest step */
const EklEnsemble *ekl_run_get_seen_ensemble (const EklRun *self);
const real *ekl_run_get_seen_descent (const EklRun *self);
const EklSpectrum *ekl_run_get_past_spectrum (EklRun *self);

/* run_selection.c */
guint    ekl_run_count_selected   (const EklRun  *self);
EklSelection *ekl_run_make_selection (EklRun     *self,
                                   gboolean       refresh);

/* run_frame.c: after the network, the dataset and the start are known. */
void     ekl_run_reset_pictures   (EklRun        *self);
void     ekl_run_free_pictures    (EklRun        *self);

/* What parameter vector stands for the method: the mean particle, or gradient descent's; NULL where
 * it is off. */
const real *ekl_run_get_parameters (const EklRun *self,
                                    EklMethod     method);

G_END_DECLS

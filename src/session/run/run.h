/* run.h - one run of an experiment: both methods on the same batches, step by step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "dataset.h"
#include "ekl-experiment.h"
#include "frame.h"

G_BEGIN_DECLS

/**
 * EklRun: owned by one thread; the engine's thread in the window, the main thread in the command
 * line and the tests.
 */
typedef struct _EklRun EklRun;

/* All of a run at one moment, for files; owned by whoever took it. */
typedef struct {
  guint run_number; /* filled by the engine */
  guint64 step;
  EklExperiment *experiment; /* with all changes: makes the same run again */
  guint n_parameters;
  guint n_particles;
  double *ensemble; /* (J, P); NULL: EKI is off, or the memory cannot be had */
  double *descent;  /* (P); NULL: gradient descent is off */
} EklRunState;

EklRun            *ekl_run_new             (EklExperiment     *experiment,
                                            EklDataset        *dataset,
                                            GError           **error);
void               ekl_run_free            (EklRun            *self);

/* Before the first step: the start, step 0. */
const EklRecord   *ekl_run_get_record      (const EklRun      *self);
gboolean           ekl_run_step            (EklRun            *self);
gboolean           ekl_run_is_finished     (const EklRun      *self);
void               ekl_run_evaluate        (EklRun            *self);
gboolean           ekl_run_set             (EklRun            *self,
                                            const char        *setting,
                                            const GValue      *value,
                                            EklEvent          *event,
                                            GError           **error);
gboolean           ekl_run_set_unset       (EklRun            *self,
                                            const char        *setting,
                                            const GValue      *value,
                                            GError           **error);
gboolean           ekl_run_move_point      (EklRun            *self,
                                            const char        *setting,
                                            const double      *u,
                                            gsize              n_parameters,
                                            GError           **error);
GPtrArray         *ekl_run_get_changes     (const EklRun      *self,
                                            guint             *n_acted);
void               ekl_run_set_ahead       (EklRun            *self,
                                            GPtrArray         *changes);
char              *ekl_run_take_failure    (EklRun            *self);
EklExperiment     *ekl_run_make_experiment (const EklRun      *self);
EklRunState       *ekl_run_make_state      (const EklRun      *self);
gboolean           ekl_run_marks_setting   (const EklRun      *self,
                                            const char        *setting);
EklExperiment     *ekl_run_get_experiment  (const EklRun      *self); /* the run's own copy */
EklDataset        *ekl_run_get_dataset     (const EklRun      *self);
const EklNetwork  *ekl_run_get_network     (const EklRun      *self);
const EklEnsemble *ekl_run_get_ensemble    (const EklRun      *self); /* NULL: EKI is off */
const real        *ekl_run_get_descent     (const EklRun      *self);
EklFrame          *ekl_run_make_frame      (EklRun            *self,
                                            EklFrameParts      parts);
gboolean           ekl_run_refine_contours (EklRun            *self);
guint              ekl_run_get_contours_version (const EklRun *self);
void               ekl_run_keep_start      (EklRun            *self);
void               ekl_run_keep_moments    (EklRun            *self);
void               ekl_run_look_back       (EklRun            *self,
                                            gboolean           back,
                                            guint64            step);
gboolean           ekl_run_is_looking_back (const EklRun      *self);
void               ekl_run_tell            (EklRun            *self);
void               ekl_run_look            (EklRun            *self);
guint              ekl_run_get_look_version (const EklRun     *self);
void               ekl_run_set_plane       (EklRun            *self,
                                            const EklPlaneWish *wish);
void               ekl_run_set_selection   (EklRun            *self,
                                            const guint       *particle,
                                            guint              n);
gboolean           ekl_run_move_in_plane   (EklRun            *self,
                                            const char        *setting,
                                            EklPoint           to,
                                            GError           **error);
gboolean           ekl_run_is_turning      (const EklRun      *self);
void               ekl_run_set_predictions (EklRun            *self,
                                            const EklPredictionsRequest *request);
void               ekl_run_set_cancel      (EklRun            *self,
                                            const int         *cancel);
guint64            ekl_run_estimate_bytes  (EklExperiment     *experiment,
                                            EklDataset        *dataset);

void               ekl_run_state_free      (EklRunState       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklRun, ekl_run_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklRunState, ekl_run_state_free)

G_END_DECLS

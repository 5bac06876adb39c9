/* ekl-workbench.h - one open problem: settings, data, engine, history and the newest pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data_job.h"
#include "ekl-engine.h"

G_BEGIN_DECLS

#define EKL_TYPE_WORKBENCH (ekl_workbench_get_type ())
G_DECLARE_FINAL_TYPE (EklWorkbench, ekl_workbench, EKL, WORKBENCH, GObject)

/**
 * EklWorkbench: the model behind a window; no widgets. Main thread only.
 *
 * A changed property of its experiment acts at once, as its EklSettingEffect says. What cannot be
 * done is put back, and told. Signals:
 *   "run-started" ()            another run stands at step 0; its pictures are still to come
 *   "progress" ()               records, events, the state or the newest numbers changed
 *   "pictures-changed" ()       plane or predictions changed; the former ones are freed right after
 *   "selection-changed" ()      other particles are selected
 *   "loading-changed" ()
 *   "waiting-changed" ()        which settings wait for the next reset
 *   "undo-changed" ()               there is something else to undo or to redo
 *   "replay-changed" ()             another number of recorded changes lie ahead
 *   "failed" (const char *message)
 *   "told" (const char *message)    something was done that the user may want to know
 */
EklWorkbench         *ekl_workbench_new               (void);
/* the engine has stopped when this returns */
void                  ekl_workbench_close             (EklWorkbench   *self);

/* Data. source: a path, or example:NAME. */
void                  ekl_workbench_open              (EklWorkbench   *self,
                                                       const char     *source);
void                  ekl_workbench_open_problem      (EklWorkbench   *self,
                                                       EklProblem     *problem); /* taken over */
void                  ekl_workbench_cancel_loading    (EklWorkbench   *self);
gboolean              ekl_workbench_is_loading        (EklWorkbench   *self);
double                ekl_workbench_get_loading_fraction (EklWorkbench *self);
const char           *ekl_workbench_get_loading_name  (EklWorkbench   *self);

/* Running. */
void                  ekl_workbench_run               (EklWorkbench   *self);
void                  ekl_workbench_pause             (EklWorkbench   *self);
void                  ekl_workbench_step              (EklWorkbench   *self,
                                                       guint           n);
void                  ekl_workbench_tell_step         (EklWorkbench   *self);
void                  ekl_workbench_reset             (EklWorkbench   *self);
void                  ekl_workbench_new_seed          (EklWorkbench   *self);
void                  ekl_workbench_set_speed_limit   (EklWorkbench   *self,
                                                       double          steps_per_second);
void                  ekl_workbench_set_plane         (EklWorkbench   *self,
                                                       const EklPlaneWish *wish);
void                  ekl_workbench_set_predictions   (EklWorkbench   *self,
                                                       const EklPredictionsRequest *request);

/* Particles that the user has selected, from 0, ascending. */
void                  ekl_workbench_select            (EklWorkbench   *self,
                                                       const guint    *particle,
                                                       guint           n,
                                                       gboolean        toggle);
void                  ekl_workbench_select_next       (EklWorkbench   *self,
                                                       int             direction);
void                  ekl_workbench_select_more       (EklWorkbench   *self,
                                                       int             direction);
const guint          *ekl_workbench_get_selected      (EklWorkbench   *self,
                                                       guint          *n);
const EklSelection   *ekl_workbench_get_selection     (EklWorkbench   *self);
gboolean              ekl_workbench_can_move          (EklWorkbench   *self);
/* A point of the start by hand, before the first step: see ekl_run_move_point(). A reset puts it back. */
void                  ekl_workbench_move_in_plane     (EklWorkbench   *self,
                                                       const char     *point,
                                                       EklPoint        to);

/* Undo: of settings, and of opening data. The labels say what: "Learning rate h 0.05 → 0.1". */
void                  ekl_workbench_undo              (EklWorkbench   *self);
void                  ekl_workbench_redo              (EklWorkbench   *self);
const char           *ekl_workbench_get_undo_label    (EklWorkbench   *self); /* NULL: nothing */
const char           *ekl_workbench_get_redo_label    (EklWorkbench   *self); /* NULL: nothing */

/* Files of the run as it stands; "told" when they are written. */
typedef enum {
  EKL_RUN_FILE_EXPERIMENT, /* the settings and what was changed since */
  EKL_RUN_FILE_ENSEMBLE,   /* the particles, (J, P), .npy */
  EKL_RUN_FILE_DESCENT,    /* the parameters of gradient descent, (P), .npy */
} EklRunFile;

void                  ekl_workbench_save              (EklWorkbench   *self,
                                                       EklRunFile      what,
                                                       const char     *path);
/* The run from its start, with all that was changed since, at the same steps. */
void                  ekl_workbench_replay            (EklWorkbench   *self);
guint                 ekl_workbench_get_n_ahead       (EklWorkbench   *self);

/* Frames: never more than one is under way. */
void                  ekl_workbench_invalidate_pictures (EklWorkbench *self);
gboolean              ekl_workbench_wants_frame       (EklWorkbench   *self);
void                  ekl_workbench_request_frame     (EklWorkbench   *self,
                                                       EklFrameParts   parts);

/* At a step that is over; the pictures are of the nearest one that was kept. */
void                  ekl_workbench_look_back         (EklWorkbench   *self,
                                                       gboolean        back,
                                                       guint64         step);
gboolean              ekl_workbench_get_past          (EklWorkbench   *self,
                                                       guint64        *step);
const EklRecord      *ekl_workbench_get_seen_record   (EklWorkbench   *self);

/* What there is to show. All borrowed. */
EklExperiment        *ekl_workbench_get_experiment    (EklWorkbench   *self);
EklExperiment        *ekl_workbench_get_defaults      (EklWorkbench   *self);
EklDataSource        *ekl_workbench_get_source        (EklWorkbench   *self); /* NULL: none yet */
EklDataset           *ekl_workbench_get_dataset       (EklWorkbench   *self); /* NULL: none yet */
EklHistory           *ekl_workbench_get_history       (EklWorkbench   *self);
/* of the run before, to compare with */
const EklHistory     *ekl_workbench_get_former        (EklWorkbench   *self,
                                                       char          **name);
EklEngineState        ekl_workbench_get_state         (EklWorkbench   *self);
/* losses: the newest that were evaluated */
const EklRecord      *ekl_workbench_get_record        (EklWorkbench   *self);
const EklPlane       *ekl_workbench_get_plane         (EklWorkbench   *self);
const EklPredictions *ekl_workbench_get_predictions   (EklWorkbench   *self);
/* NULL where EKI is off; both of the newest look at the ensemble */
const EklEnsembleView *ekl_workbench_get_ensemble     (EklWorkbench   *self);
const EklAdvice      *ekl_workbench_get_advice        (EklWorkbench   *self);
/* of the newest step that was told; NULL: none */
const EklStory       *ekl_workbench_get_story         (EklWorkbench   *self);
double                ekl_workbench_get_speed         (EklWorkbench   *self);
gboolean              ekl_workbench_is_waiting        (EklWorkbench   *self,
                                                       const char     *setting);
gboolean              ekl_workbench_get_network       (EklWorkbench   *self,
                                                       EklNetwork     *network);
char                 *ekl_workbench_make_title        (EklWorkbench   *self);
char                 *ekl_workbench_make_subtitle     (EklWorkbench   *self);

G_END_DECLS

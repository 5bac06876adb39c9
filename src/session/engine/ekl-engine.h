/* ekl-engine.h - the thread that trains
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "run.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EklEngine: owns one thread, which owns the EklRun.
 *
 * All functions below are called from the thread that made the engine, and return at once: they put
 * a command into the engine's queue. Answers come as signals in that thread's main context, at most
 * one wake-up pending:
 *   "updated" ()                    a frame, records, events or a new state can be taken
 *   "failed" (const char *message)  a command could not be done; the run before stands; which one it
 *                                   was says ekl_engine_get_failure()
 *   "remarked" (const char *message)  something else could not be: a recorded change, a point moved
 * Dropping the last reference stops and joins the thread, in the middle of a step of any length at
 * the next block of work.
 */
typedef enum {
  EKL_ENGINE_EMPTY,    /* no run yet */
  EKL_ENGINE_PAUSED,
  EKL_ENGINE_RUNNING,
  EKL_ENGINE_FINISHED, /* both methods have stopped for good: stop time reached or diverged */
} EklEngineState;

/* What could not be done. Commands that came after it may have been done since: all of them have when
 * ekl_engine_take_settings() says how the run stands. */
typedef struct {
  char *message; /* a sentence */
  guint start;   /* the number of the start; 0: it was none */
  guint run;     /* the number of the run that has refused it, where it was no start */
  char *setting; /* NULL: it was none */
  char *refused; /* its value, as text, ... */
  char *stands;  /* ... and the one that the run has */
} EklFailure;

#define EKL_TYPE_ENGINE (ekl_engine_get_type ())
G_DECLARE_FINAL_TYPE (EklEngine, ekl_engine, EKL, ENGINE, GObject)

EklEngine      *ekl_engine_new               (void);

/* Commands. */
void            ekl_engine_start             (EklEngine      *self,
                                              EklExperiment  *experiment, /* copied */
                                              EklDataset     *dataset);
void            ekl_engine_run               (EklEngine      *self);
void            ekl_engine_pause             (EklEngine      *self);
void            ekl_engine_step              (EklEngine      *self,
                                              guint           n);
void            ekl_engine_tell_step         (EklEngine      *self);
void            ekl_engine_set               (EklEngine      *self,
                                              const char     *setting,
                                              const GValue   *value);
/* a value that is nobody's choice, see ekl_run_set_unset() */
void            ekl_engine_set_unset         (EklEngine      *self,
                                              const char     *setting,
                                              const GValue   *value);
void            ekl_engine_move_in_plane     (EklEngine      *self,
                                              const char     *setting,
                                              EklPoint        to);
void            ekl_engine_select            (EklEngine      *self,
                                              const guint    *particle,
                                              guint           n);
void            ekl_engine_set_ahead         (EklEngine      *self,
                                              GPtrArray      *changes); /* copied */
void            ekl_engine_request_run_state (EklEngine      *self);
void            ekl_engine_set_speed_limit   (EklEngine      *self,
                                              double          steps_per_second); /* 0 = none */
void            ekl_engine_set_plane         (EklEngine      *self,
                                              const EklPlaneWish *wish);
void            ekl_engine_set_predictions   (EklEngine      *self,
                                              const EklPredictionsRequest *request);
void            ekl_engine_look_back         (EklEngine      *self,
                                              gboolean        back,
                                              guint64         step);
void            ekl_engine_request_frame     (EklEngine      *self,
                                              EklFrameParts   parts);
void            ekl_engine_stop              (EklEngine      *self);

/* What came out. */
const EklFailure *ekl_engine_get_failure     (EklEngine      *self); /* while "failed" is told; else NULL */
EklEngineState  ekl_engine_get_state         (EklEngine      *self); /* as of the last "updated" */
guint           ekl_engine_get_run_number    (EklEngine      *self); /* of the last start */
EklFrame       *ekl_engine_take_frame        (EklEngine      *self); /* NULL: none new */
EklRunState    *ekl_engine_take_run_state    (EklEngine      *self); /* NULL: none new */
EklExperiment  *ekl_engine_take_settings     (EklEngine      *self,
                                              guint          *run_number,
                                              guint          *n_ahead);
GArray         *ekl_engine_take_records      (EklEngine      *self,
                                              guint          *run_number);
GArray         *ekl_engine_take_events       (EklEngine      *self,
                                              guint          *run_number);
gboolean        ekl_engine_wait_idle         (EklEngine      *self,
                                              gint64          timeout_us);

G_END_DECLS

/* engine_queue.h - the commands on their way to the engine's thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "dataset.h"
#include "ekl-experiment.h"
#include "frame.h"

G_BEGIN_DECLS

typedef enum {
  EKL_COMMAND_START,
  EKL_COMMAND_RUN,
  EKL_COMMAND_PAUSE,
  EKL_COMMAND_STEP,
  EKL_COMMAND_TELL,
  EKL_COMMAND_SET,
  EKL_COMMAND_SPEED_LIMIT,
  EKL_COMMAND_PLANE,
  EKL_COMMAND_PREDICTIONS,
  EKL_COMMAND_BACK,
  EKL_COMMAND_FRAME,
  EKL_COMMAND_MOVE,
  EKL_COMMAND_SELECT,
  EKL_COMMAND_AHEAD,
  EKL_COMMAND_STATE,
} EklCommandKind;

/* What each kind does not use is zero. */
typedef struct {
  EklCommandKind kind;
  EklExperiment *experiment; /* START, owned */
  EklDataset *dataset;       /* START, owned */
  guint number;              /* START: the run's; STEP: how many */
  char *setting;             /* SET, MOVE; owned */
  GValue value;              /* SET */
  gboolean unset;            /* SET: nobody's choice */
  EklPoint place;            /* MOVE: where to in the parameter plane */
  guint *selected;           /* SELECT, owned */
  guint n_selected;          /* SELECT */
  GPtrArray *changes;        /* AHEAD, owned; NULL: none */
  double speed_limit;        /* SPEED_LIMIT */
  EklPlaneWish plane;        /* PLANE */
  EklPredictionsRequest predictions; /* PREDICTIONS */
  gboolean back;             /* BACK: to the step below; else to the newest */
  guint64 step;              /* BACK */
  EklFrameParts parts;       /* FRAME */
  guint serial;              /* START, SET, MOVE, AHEAD: its place among those */
} EklCommand;

EklCommand      *ekl_command_new           (EklCommandKind   kind);
void             ekl_command_free          (EklCommand      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklCommand, ekl_command_free)

typedef struct _EklCommandQueue EklCommandQueue;

EklCommandQueue *ekl_command_queue_new       (void);
void             ekl_command_queue_free      (EklCommandQueue *self);

/* For the thread that commands. */
void             ekl_command_queue_push      (EklCommandQueue *self,
                                              EklCommand      *command);
gboolean         ekl_command_queue_wait_idle (EklCommandQueue *self,
                                              gint64           timeout_us);
void             ekl_command_queue_close     (EklCommandQueue *self);

/* For the thread that obeys. */
gboolean         ekl_command_queue_is_closed (EklCommandQueue *self);
EklCommand      *ekl_command_queue_pop       (EklCommandQueue *self);
void             ekl_command_queue_set_idle  (EklCommandQueue *self);
void             ekl_command_queue_wait      (EklCommandQueue *self,
                                              gint64           until_us);

G_END_DECLS

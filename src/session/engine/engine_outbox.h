/* engine_outbox.h - what comes out of the engine's thread, until somebody takes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-engine.h"

G_BEGIN_DECLS

typedef struct _EklOutbox EklOutbox;

/* What one wake-up tells the thread that commands. */
typedef struct {
  EklEngineState state;
  guint run_number;  /* of the run that stands */
  guint last_start;  /* number of the last start that was tried */
  GPtrArray *failures; /* of EklFailure, owned: what could not be done; NULL: nothing */
  char **remarks;    /* likewise: what else there is to say */
} EklNews;

/* The settings of the run that stands, as they are now. */
typedef struct {
  guint serial;     /* of the last command that was obeyed of those that change settings */
  guint run_number; /* 0: there is no run */
  EklExperiment *experiment; /* owned; NULL: there is no run */
  guint n_ahead;    /* recorded changes that are still to act */
} EklStanding;

EklOutbox *ekl_outbox_new          (void);
void       ekl_outbox_free         (EklOutbox         *self);

/* For the engine's thread. */
void       ekl_outbox_begin_run    (EklOutbox         *self,
                                    guint              run_number,
                                    const EklRecord   *start);
void       ekl_outbox_fail_start   (EklOutbox         *self,
                                    guint              run_number,
                                    const char        *message);
void       ekl_outbox_put_record   (EklOutbox         *self,
                                    const EklRecord   *record);
void       ekl_outbox_put_event    (EklOutbox         *self,
                                    const EklEvent    *event);
void       ekl_outbox_put_frame    (EklOutbox         *self,
                                    EklFrame          *frame);
void       ekl_outbox_put_run_state (EklOutbox        *self,
                                    EklRunState       *state);
void       ekl_outbox_put_standing (EklOutbox         *self,
                                    const EklStanding *standing);
void       ekl_outbox_refuse_set   (EklOutbox         *self,
                                    guint              run_number,
                                    EklExperiment     *experiment,
                                    const char        *setting,
                                    const GValue      *value,
                                    const char        *message);
void       ekl_outbox_put_remark   (EklOutbox         *self,
                                    const char        *remark);
void       ekl_outbox_set_state    (EklOutbox         *self,
                                    EklEngineState     state);
gboolean   ekl_outbox_announce     (EklOutbox         *self);

/* For the thread that commands. Nothing of another run than @run_number is given out, but for run
 * states, which are all handed out in the order in which they were asked for. */
EklNews    ekl_outbox_take_news    (EklOutbox         *self);
EklNews    ekl_outbox_peek_news    (EklOutbox         *self);
EklFrame  *ekl_outbox_take_frame   (EklOutbox         *self,
                                    guint              run_number);
EklRunState *ekl_outbox_take_run_state (EklOutbox     *self);
EklExperiment *ekl_outbox_take_settings (EklOutbox    *self,
                                    guint              run_number,
                                    guint              serial,
                                    guint             *n_ahead);
GArray    *ekl_outbox_take_records (EklOutbox         *self,
                                    guint              run_number);
GArray    *ekl_outbox_take_events  (EklOutbox         *self,
                                    guint              run_number);

G_END_DECLS

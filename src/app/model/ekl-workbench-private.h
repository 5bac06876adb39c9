/* ekl-workbench-private.h - inside of EklWorkbench, for the files that make it up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data_job.h"
#include "ekl-workbench.h"
#include "event_merger.h"
#include "undo_stack.h"

G_BEGIN_DECLS

/* A step of the undo stack, and what was to be done with it. */
typedef struct {
  guint step;
  int direction; /* 0: it is new, -1: it is undone, 1: it is done again */
} EklAsk;

struct _EklWorkbench {
  GObject parent_instance;

  EklExperiment *experiment; /* as the user has it */
  EklExperiment *accepted;   /* as the run has it, or will when all is done that is on its way */
  EklExperiment *defaults;   /* as the problem came */
  gboolean following;        /* the experiment is being put right, not changed by the user */

  EklDataSource *source;
  EklDataset *dataset;
  EklEngine *engine;
  EklHistory *history;
  EklEventMerger *merger;
  GStrv remarks;             /* on the settings, as they were said last */
  GHashTable *waiting;       /* set of settings that act at the next reset */

  EklUndoStack *undo;
  EklExperiment *former;     /* what the user saw before the change that is under way */
  EklAsk asked;              /* what the user has done last; its step 0: nothing that is in the stack */
  GArray *asks;              /* of EklAsk: those that a run or data that are to come are for */
  guint n_answered;          /* asks that were answered, and are not in that list any more */
  EklExperiment *recorded;   /* the run replays this, and nobody has changed anything; NULL: none */
  guint n_ahead;             /* its changes that are still to come */
  GPtrArray *jobs;           /* files to write when the engine hands out the run, one a time */
  guint n_asked;             /* of the jobs: the run was asked for; the others wait for other data */

  EklHistory *former_history; /* outline of the run before, of the same data; NULL: none */
  EklExperiment *former_settings; /* as they were at its end */
  gboolean former_had_events;

  guint run_number;          /* of what is shown; 0: nothing yet */
  EklProblem *starting;      /* sent to the engine, not heard of yet */
  guint starting_run;
  guint starting_asks;       /* so many asks, of all that there were, are in it */
  GPtrArray *overtaken;      /* of OvertakenStart: sent before it, and not heard of either */
  gboolean rebuild_due;      /* the data are to be made by the settings of now, and have not been yet */
  char *last_set;            /* the live setting that was sent last: the one that a refusal is about */
  EklAsk last_set_ask;       /* what it was sent for */

  GCancellable *loading;
  char *loading_name;
  EklLoadProgress *loading_progress;
  gboolean rebuilding;       /* of the same data, after a change by the user */

  EklEngineState state;
  EklRecord record;
  double speed;
  gboolean looks_back;       /* the frames that are asked for are of this step */
  guint64 back_step;
  gboolean holds_numbers;    /* slow motion tells the newest step */
  gboolean is_past;          /* the pictures that are shown are of this one, which was kept */
  guint64 past_step;
  EklRecord past_record;     /* with the losses that were known then */
  EklPlane *plane;
  GArray *selected;          /* guint, ascending */
  EklSelection *selection;   /* how their losses went; NULL: none is selected */
  EklPredictions *predictions;
  EklEnsembleView *ensemble;
  EklAdvice *advice;
  EklStory *story;
  gboolean frame_under_way;
  gboolean frame_wanted;
};

/* ekl-workbench.c */
void ekl_workbench_overtake           (EklWorkbench   *self);
GPtrArray *ekl_workbench_make_overtaken (void);
void ekl_workbench_copy_to_starts     (EklWorkbench   *self,
                                       const char     *setting);
void ekl_workbench_forget_loading     (EklWorkbench   *self);

void ekl_workbench_tell               (EklWorkbench   *self,
                                       const char     *signal); /* one without arguments */
void ekl_workbench_say                (EklWorkbench   *self,
                                       const char     *message);
void ekl_workbench_fail               (EklWorkbench   *self,
                                       const char     *message);

/* ekl-workbench-settings.c: what a change by the user does, and how it is taken back */
void ekl_workbench_act                (EklWorkbench   *self,
                                       const char     *setting);
void ekl_workbench_setting_changed_cb (EklWorkbench   *self,
                                       GParamSpec     *pspec);
void ekl_workbench_follow             (EklWorkbench   *self,
                                       EklExperiment  *experiment);
void ekl_workbench_put_back           (EklWorkbench   *self,
                                       const char     *setting,
                                       EklExperiment  *from);
void ekl_workbench_adapt              (EklWorkbench   *self);

/* ekl-workbench-undo.c */
void ekl_workbench_note_change        (EklWorkbench   *self,
                                       const char     *setting);
void ekl_workbench_note_opened        (EklWorkbench   *self,
                                       const EklProblem *problem);
void ekl_workbench_refuse_change      (EklWorkbench   *self);
void ekl_workbench_refuse_ask         (EklWorkbench   *self,
                                       EklAsk          ask);
guint ekl_workbench_count_asks        (EklWorkbench   *self);
void ekl_workbench_answer_asks        (EklWorkbench   *self,
                                       guint           n);

/* ekl-workbench-ends.c */
void ekl_workbench_say_ends           (EklWorkbench   *self,
                                       const EklRecord *former,
                                       const EklRecord *now);
void ekl_workbench_say_finished       (EklWorkbench   *self);

/* ekl-workbench-files.c: what is written of the run, and recorded experiments */
GPtrArray *ekl_workbench_make_jobs    (void);
void ekl_workbench_take_run_states    (EklWorkbench   *self);
void ekl_workbench_ask_for_run        (EklWorkbench   *self);
void ekl_workbench_set_n_ahead        (EklWorkbench   *self,
                                       guint           n);
void ekl_workbench_set_recorded       (EklWorkbench   *self,
                                       EklExperiment  *experiment);
EklExperiment *ekl_workbench_drop_recorded (EklWorkbench *self);
void ekl_workbench_resume_recorded    (EklWorkbench   *self,
                                       EklExperiment  *recorded);

/* ekl-workbench-former.c */
void ekl_workbench_keep_former        (EklWorkbench   *self,
                                       const EklProblem *next);

/* ekl-workbench-past.c */
void ekl_workbench_take_past          (EklWorkbench   *self,
                                       const EklFrame *frame);

/* ekl-workbench-standing.c: the run as it stands, and the rows that show it */
void ekl_workbench_show_run           (EklWorkbench   *self);
void ekl_workbench_take_settings      (EklWorkbench   *self);
EklProblem *ekl_workbench_make_problem (EklWorkbench  *self);
void ekl_workbench_complete_problem   (EklWorkbench   *self,
                                       EklProblem     *problem);

/* ekl-workbench-start.c: data and runs */
void ekl_workbench_start_problem      (EklWorkbench   *self,
                                       EklProblem     *problem); /* taken over */
void ekl_workbench_restart            (EklWorkbench   *self);
void ekl_workbench_rebuild            (EklWorkbench   *self);
gboolean ekl_workbench_is_rebuilding  (EklWorkbench   *self);

/* ekl-workbench-news.c: what the engine says */
gboolean ekl_workbench_is_shown       (EklWorkbench   *self,
                                       guint           run_number);
void ekl_workbench_engine_updated_cb  (EklWorkbench   *self);
void ekl_workbench_engine_failed_cb   (EklWorkbench   *self,
                                       const char     *message);

G_END_DECLS

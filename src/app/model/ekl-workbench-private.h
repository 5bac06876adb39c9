/* ekl-workbench-private.h - inside of EklWorkbench, for the files that make it up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data_job.h"
#include "ekl-workbench.h"
#include "event_merger.h"

G_BEGIN_DECLS

struct _EklWorkbench {
  GObject parent_instance;

  EklExperiment *experiment; /* as the user has it */
  EklExperiment *accepted;   /* as the run has it: what a refused change goes back to */
  EklExperiment *defaults;   /* as the problem came */
  gboolean following;        /* the experiment is being put right, not changed by the user */

  EklDataSource *source;
  EklDataset *dataset;
  EklEngine *engine;
  EklHistory *history;
  EklEventMerger *merger;
  GHashTable *waiting;       /* set of settings that act at the next reset */

  guint run_number;          /* of what is shown; 0: nothing yet */
  EklProblem *starting;      /* sent to the engine, not heard of yet */
  guint starting_run;
  char *last_set;            /* the live setting that was sent last: the one that a refusal is about */
  GValue last_good;          /* its value before */
  gint64 last_set_time;

  GCancellable *loading;
  char *loading_name;

  EklEngineState state;
  EklRecord record;
  double speed;
  EklPlane *plane;
  EklPredictions *predictions;
  gboolean frame_under_way;
  gboolean frame_wanted;
};

/* ekl-workbench.c */
void ekl_workbench_tell               (EklWorkbench   *self,
                                       const char     *signal); /* one without arguments */
void ekl_workbench_fail               (EklWorkbench   *self,
                                       const char     *message);

/* ekl-workbench-settings.c: what a change by the user does, and how it is taken back */
void ekl_workbench_setting_changed_cb (EklWorkbench   *self,
                                       GParamSpec     *pspec);
void ekl_workbench_follow             (EklWorkbench   *self,
                                       EklExperiment  *experiment);
void ekl_workbench_put_back           (EklWorkbench   *self,
                                       const char     *setting,
                                       const GValue   *value);
void ekl_workbench_forget_last_set    (EklWorkbench   *self);

/* ekl-workbench-start.c: data and runs */
void ekl_workbench_restart            (EklWorkbench   *self);
void ekl_workbench_rebuild            (EklWorkbench   *self);

/* ekl-workbench-news.c: what the engine says */
void ekl_workbench_engine_updated_cb  (EklWorkbench   *self);
void ekl_workbench_engine_failed_cb   (EklWorkbench   *self,
                                       const char     *message);

G_END_DECLS

/* data_job.h - from a source to a dataset that a run can start with, off the main thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data_source.h"
#include "ekl-experiment.h"
#include "load_progress.h"

G_BEGIN_DECLS

/* What comes out; all owned, nothing shared with other threads but the source, which never changes. */
typedef struct {
  EklExperiment *experiment; /* with the source's settings */
  EklExperiment *defaults;   /* the same without what the user has set */
  EklDataSource *source;
  EklDataset *dataset;
} EklProblem;

EklProblem *ekl_problem_copy       (const EklProblem     *self);
EklProblem *ekl_problem_new_for    (const char           *name,
                                    const EklExample     *example,
                                    EklExperiment        *current);
void        ekl_problem_take_choices (EklProblem         *self,
                                    EklExperiment        *choices);
void        ekl_problem_free       (EklProblem           *self);

void        ekl_data_job_open      (const char           *name,
                                    EklExperiment        *experiment,
                                    EklLoadProgress      *progress,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
void        ekl_data_job_rebuild   (EklDataSource        *source,
                                    EklExperiment        *experiment,
                                    EklExperiment        *defaults,
                                    EklLoadProgress      *progress,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
EklProblem *ekl_data_job_finish    (GAsyncResult         *result,
                                    GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklProblem, ekl_problem_free)

G_END_DECLS

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
EklExperiment     *ekl_run_get_experiment  (const EklRun      *self); /* the run's own copy */
EklDataset        *ekl_run_get_dataset     (const EklRun      *self);
const EklNetwork  *ekl_run_get_network     (const EklRun      *self);
const EklEnsemble *ekl_run_get_ensemble    (const EklRun      *self); /* NULL: EKI is off */
const real        *ekl_run_get_descent     (const EklRun      *self);
EklFrame          *ekl_run_make_frame      (EklRun            *self,
                                            EklFrameParts      parts);
gboolean           ekl_run_refine_contours (EklRun            *self);
guint              ekl_run_get_contours_version (const EklRun *self);
void               ekl_run_set_plane_basis (EklRun            *self,
                                            EklPlaneBasis      basis);
void               ekl_run_set_output      (EklRun            *self,
                                            guint              output_index);
void               ekl_run_set_cancel      (EklRun            *self,
                                            const int         *cancel);
guint64            ekl_run_estimate_bytes  (EklExperiment     *experiment,
                                            EklDataset        *dataset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklRun, ekl_run_free)

G_END_DECLS

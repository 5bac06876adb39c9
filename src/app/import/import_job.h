/* import_job.h - a file is read, and what would become of it is found out, off the main thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "column_roles.h"
#include "csv_format.h"
#include "dataset.h"
#include "ekl-experiment.h"
#include "load_progress.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What settings make of a table. All owned. */
typedef struct {
  EklTable *table;       /* with the types that are asked for */
  EklColumnPlan *column; /* (n_columns) */
  guint n_targets;
  EklDataset *dataset;   /* NULL: there is an error */
  char *error;
} EklImportPlan;

void           ekl_import_plan_free   (EklImportPlan        *self);

void           ekl_import_read_async  (const char           *path,
                                       const EklCsvFormat   *wanted,
                                       EklLoadProgress      *progress,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
EklTable      *ekl_import_read_finish (GAsyncResult         *result,
                                       GError              **error);
void           ekl_import_plan_async  (EklTable             *table,
                                       EklExperiment        *settings,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
EklImportPlan *ekl_import_plan_finish (GAsyncResult         *result,
                                       GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklImportPlan, ekl_import_plan_free)

G_END_DECLS

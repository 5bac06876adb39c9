/* ekl-import-private.h - inside of EklImport, for the files that make it up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-import.h"

G_BEGIN_DECLS

struct _EklImport {
  GObject parent_instance;

  char *path;
  EklExperiment *settings;
  EklCsvFormat format;
  gboolean remembered; /* the choices are those of the last time */
  gboolean own_change; /* the settings are being put right, not changed by the user */

  EklTable *table; /* as it was read */
  EklImportPlan *plan;
  char *error; /* of reading; the plan has its own */

  GCancellable *reading; /* NULL: not */
  EklLoadProgress *progress;
  GCancellable *planning;
  guint read_source, plan_source, progress_source;
};

/* ekl-import.c */
void ekl_import_plan_later (EklImport *self);

G_END_DECLS

/* ekl-import.h - one file on its way in: how it is read, what is made of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data_job.h"
#include "import_job.h"

G_BEGIN_DECLS

#define EKL_TYPE_IMPORT (ekl_import_get_type ())
G_DECLARE_FINAL_TYPE (EklImport, ekl_import, EKL, IMPORT, GObject)

/**
 * EklImport: the model behind the import dialog; no widgets. Main thread only.
 *
 * Every change of its settings or its format is acted on at once, in a thread; while something is
 * under way the former answer stands, and the last change wins. Signals:
 *   "table-changed" ()  another table was read: other columns, other cells
 *   "plan-changed" ()   roles, types, what becomes of the rows, or the error
 *   "busy-changed" ()   reading or planning has begun or ended, or reading has come further
 */
EklImport           *ekl_import_new              (const char          *path,
                                                  EklExperiment       *current);
void                 ekl_import_start            (EklImport           *self);
void                 ekl_import_close            (EklImport           *self);

const char          *ekl_import_get_path         (EklImport           *self);
EklExperiment       *ekl_import_get_settings     (EklImport           *self);
gboolean             ekl_import_is_remembered    (EklImport           *self);
void                 ekl_import_forget           (EklImport           *self);
const EklCsvFormat  *ekl_import_get_format       (EklImport           *self);
void                 ekl_import_set_format       (EklImport           *self,
                                                  const EklCsvFormat  *format);

/* What has come out. All borrowed, until the next signal. */
EklTable            *ekl_import_get_table        (EklImport           *self);
guint                ekl_import_get_n_columns    (EklImport           *self);
EklColumnRole        ekl_import_get_role         (EklImport           *self,
                                                  guint                column);
EklIgnoreReason      ekl_import_get_reason       (EklImport           *self,
                                                  guint                column);
EklColumnType        ekl_import_get_column_type  (EklImport           *self,
                                                  guint                column);
const char          *ekl_import_get_error        (EklImport           *self);
char                *ekl_import_describe         (EklImport           *self);
char                *ekl_import_describe_notes   (EklImport           *self);
gboolean             ekl_import_is_busy          (EklImport           *self);
gboolean             ekl_import_is_reading       (EklImport           *self,
                                                  double              *fraction);
gboolean             ekl_import_is_ready         (EklImport           *self);

/* Choices about columns. FALSE: it cannot be, and why. */
gboolean             ekl_import_set_role         (EklImport           *self,
                                                  const guint         *columns,
                                                  guint                n_columns,
                                                  EklColumnRole        role,
                                                  GError             **error);
void                 ekl_import_set_column_type  (EklImport           *self,
                                                  const guint         *columns,
                                                  guint                n_columns,
                                                  EklColumnType        type);

EklProblem          *ekl_import_make_problem     (EklImport           *self,
                                                  EklExperiment       *current);

G_END_DECLS

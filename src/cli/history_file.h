/* history_file.h - the history of a run as a CSV, written while it runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history_csv.h"

G_BEGIN_DECLS

typedef struct _EklHistoryFile EklHistoryFile;

EklHistoryFile *ekl_history_file_new    (const char      *path,
                                         GError         **error);
void            ekl_history_file_free   (EklHistoryFile  *self);
gboolean        ekl_history_file_append (EklHistoryFile  *self,
                                         const EklRecord *record,
                                         GError         **error);
gboolean        ekl_history_file_finish (EklHistoryFile  *self,
                                         GError         **error);


G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklHistoryFile, ekl_history_file_free)

G_END_DECLS

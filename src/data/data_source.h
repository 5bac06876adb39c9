/* data_source.h - what a command line or a window names, read: a table, or pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "csv_reader.h"
#include "dataset.h"
#include "examples.h"

G_BEGIN_DECLS

/* Immutable, atomically reference-counted. Datasets are made of it again and again. */
typedef struct _EklDataSource EklDataSource;

EklDataSource *ekl_data_source_load         (const char            *source,
                                             const EklExample     **example,
                                             const EklCsvFormat    *wanted,
                                             EklProgressFunc        progress,
                                             gpointer               user_data,
                                             GCancellable          *cancellable,
                                             GError               **error);
EklDataSource *ekl_data_source_new_for_table (EklTable             *table);
gboolean       ekl_data_source_is_read_as   (const EklDataSource   *self,
                                             const EklCsvFormat    *wanted);
EklDataSource *ekl_data_source_ref          (EklDataSource         *self);
void           ekl_data_source_unref        (EklDataSource         *self);
EklTable      *ekl_data_source_get_table    (const EklDataSource   *self);
EklDataset    *ekl_data_source_make_dataset (const EklDataSource   *self,
                                             const EklDataOptions  *options,
                                             GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklDataSource, ekl_data_source_unref)

G_END_DECLS

/* data_source.c - what a command line or a window names, read: a table, or pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data_source.h"

#include "pictures.h"

#include <stdatomic.h>
#include <string.h>

struct _EklDataSource {
  atomic_int n_references;
  EklTable *table; /* one of the two is there */
  EklPictures *pictures;
};

static gboolean
is_folder (const char *source, GCancellable *cancellable, GFile **folder)
{
  g_autoptr (GFile) file =
    strstr (source, "://") != NULL ? g_file_new_for_uri (source) : g_file_new_for_path (source);

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) != G_FILE_TYPE_DIRECTORY)
    return FALSE;
  *folder = g_steal_pointer (&file);
  return TRUE;
}

/**
 * ekl_data_source_load:
 * @source: a path or a URI of a CSV file or of a folder of pictures, or "example:NAME"
 * @example: (out) (optional) (nullable): the example, %NULL where @source is a file or folder
 * @cancellable: (nullable): stops the reading with G_IO_ERROR_CANCELLED
 * @error: return location for an error
 *
 * Reads the data that a command line or an experiment names: a table as ekl_data_load(), pictures
 * as ekl_pictures_read_folder(). May block: call it from a thread.
 *
 * Returns: (transfer full) (nullable): what was read, or %NULL
 */
EklDataSource *
ekl_data_source_load (const char *source,
                      const EklExample **example,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (EklDataSource) self = g_new0 (EklDataSource, 1);
  const EklExample *found = ekl_examples_find_pictures (source);
  g_autoptr (GFile) folder = NULL;

  atomic_init (&self->n_references, 1);
  if (example != NULL)
    *example = NULL;
  if (found != NULL) {
    folder = ekl_example_find_folder (found, error);
    if (folder == NULL)
      return NULL;
  } else if (source == NULL || *source == '\0' || !is_folder (source, cancellable, &folder)) {
    self->table = ekl_data_load (source, example, cancellable, error);
    return self->table != NULL ? g_steal_pointer (&self) : NULL;
  }

  self->pictures = ekl_pictures_read_folder (folder, found != NULL ? found->title : NULL, NULL,
                                             NULL, cancellable, error);
  if (self->pictures == NULL)
    return NULL;
  if (example != NULL)
    *example = found;
  return g_steal_pointer (&self);
}

/**
 * ekl_data_source_ref:
 * @self: a source
 *
 * Returns: (transfer full): @self, with one more owner; from any thread
 */
EklDataSource *
ekl_data_source_ref (EklDataSource *self)
{
  atomic_fetch_add (&self->n_references, 1);
  return self;
}

/**
 * ekl_data_source_unref:
 * @self: a source
 *
 * Gives up one ownership; the last one frees it. From any thread.
 */
void
ekl_data_source_unref (EklDataSource *self)
{
  if (atomic_fetch_sub (&self->n_references, 1) > 1)
    return;
  g_clear_pointer (&self->table, ekl_table_unref);
  g_clear_pointer (&self->pictures, ekl_pictures_free);
  g_free (self);
}

/**
 * ekl_data_source_get_table:
 * @self: a source
 *
 * Returns: (transfer none) (nullable): the table; %NULL where the source is pictures, which have no
 *   columns to choose from
 */
EklTable *
ekl_data_source_get_table (const EklDataSource *self)
{
  return self->table;
}

/**
 * ekl_data_source_make_dataset:
 * @self: a source
 * @options: roles of columns, split and standardisation
 * @error: return location for %EKL_DATA_ERROR, %EKL_NUMERICS_ERROR_NO_MEMORY
 *
 * As ekl_dataset_new() or ekl_pictures_make_dataset().
 *
 * Returns: (transfer full) (nullable): a dataset, or %NULL
 */
EklDataset *
ekl_data_source_make_dataset (const EklDataSource *self,
                              const EklDataOptions *options,
                              GError **error)
{
  return self->table != NULL ? ekl_dataset_new (self->table, options, error)
                             : ekl_pictures_make_dataset (self->pictures, options, error);
}

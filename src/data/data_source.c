/* data_source.c - what a command line or a window names, read: a table, or pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data_source.h"

#include "csv_reader.h"
#include "pictures.h"

#include <stdatomic.h>
#include <string.h>

struct _EklDataSource {
  atomic_int n_references;
  EklTable *table; /* one of the two is there */
  EklPictures *pictures;
  const EklExample *example; /* NULL: a file or a folder */
};

static EklDataSource *
source_new (void)
{
  EklDataSource *self = g_new0 (EklDataSource, 1);

  atomic_init (&self->n_references, 1);
  return self;
}

static GFile *
file_new (const char *source)
{
  return strstr (source, "://") != NULL ? g_file_new_for_uri (source)
                                        : g_file_new_for_path (source);
}

static gboolean
read_pictures (EklDataSource *self,
               GFile *folder,
               EklProgressFunc progress,
               gpointer user_data,
               GCancellable *cancellable,
               GError **error)
{
  const char *title = self->example != NULL ? self->example->title : NULL;

  self->pictures =
    ekl_pictures_read_folder (folder, title, progress, user_data, cancellable, error);
  return self->pictures != NULL;
}

static gboolean
read_example (EklDataSource *self,
              const char *source,
              EklProgressFunc progress,
              gpointer user_data,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GFile) folder = NULL;

  self->example = ekl_examples_find_pictures (source);
  if (self->example == NULL) {
    self->table = ekl_data_load (source, &self->example, cancellable, error);
    return self->table != NULL;
  }
  folder = ekl_example_find_folder (self->example, error);
  return folder != NULL && read_pictures (self, folder, progress, user_data, cancellable, error);
}

static gboolean
read_file (EklDataSource *self,
           const char *source,
           const EklCsvFormat *wanted,
           EklProgressFunc progress,
           gpointer user_data,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GFile) file = file_new (source);

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) == G_FILE_TYPE_DIRECTORY)
    return read_pictures (self, file, progress, user_data, cancellable, error);
  self->table = ekl_csv_read_file (file, wanted, progress, user_data, cancellable, error);
  return self->table != NULL;
}

/**
 * ekl_data_source_load:
 * @source: a path or a URI of a CSV file or of a folder of pictures, or "example:NAME"
 * @example: (out) (optional) (nullable): the example, %NULL where @source is a file or folder
 * @wanted: (nullable): how a CSV file is to be read; %NULL as the reader finds it. Says nothing about
 *   examples and pictures
 * @progress: (nullable): is told from time to time how much is read, in this thread
 * @user_data: for @progress
 * @cancellable: (nullable): stops the reading with G_IO_ERROR_CANCELLED
 * @error: return location for an error
 *
 * Reads the data that a command line or an experiment names: a table as ekl_csv_read_file(), pictures
 * as ekl_pictures_read_folder(). May block: call it from a thread.
 *
 * Returns: (transfer full) (nullable): what was read, or %NULL
 */
EklDataSource *
ekl_data_source_load (const char *source,
                      const EklExample **example,
                      const EklCsvFormat *wanted,
                      EklProgressFunc progress,
                      gpointer user_data,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (EklDataSource) self = source_new ();
  const gboolean is_example =
    source == NULL || *source == '\0' || g_str_has_prefix (source, EKL_EXAMPLE_PREFIX);
  const gboolean is_read =
    is_example ? read_example (self, source, progress, user_data, cancellable, error)
               : read_file (self, source, wanted, progress, user_data, cancellable, error);

  if (example != NULL)
    *example = is_read ? self->example : NULL;
  return is_read ? g_steal_pointer (&self) : NULL;
}

/**
 * ekl_data_source_new_for_table:
 * @table: a table that was read already
 *
 * Returns: (transfer full): a source that is that table
 */
EklDataSource *
ekl_data_source_new_for_table (EklTable *table)
{
  EklDataSource *self = source_new ();

  self->table = ekl_table_ref (table);
  return self;
}

/* Whether a field is the one that is asked for, or was found by the reader where nothing is. */
static gboolean
is_read_as (const EklTable *table, const EklCsvFormat *wanted)
{
  EklCsvFormat merged = *wanted;
  const EklCsvFormat *read = ekl_table_get_csv_format (table);

  for (EklCsvField field = 0; field < EKL_CSV_N_FIELDS; field++)
    if (!ekl_csv_format_is_set (wanted, field) && !ekl_table_is_csv_guess (table, field))
      return FALSE;
  merged.encoding =
    merged.encoding != EKL_CSV_ENCODING_AUTOMATIC ? merged.encoding : read->encoding;
  merged.header = merged.header != EKL_CSV_HEADER_AUTOMATIC ? merged.header : read->header;
  merged.delimiter = merged.delimiter != EKL_CSV_AUTOMATIC ? merged.delimiter : read->delimiter;
  merged.decimal = merged.decimal != EKL_CSV_AUTOMATIC ? merged.decimal : read->decimal;
  merged.thousands = merged.thousands != EKL_CSV_AUTOMATIC ? merged.thousands : read->thousands;
  merged.quote = merged.quote != EKL_CSV_AUTOMATIC ? merged.quote : read->quote;
  merged.comment = merged.comment != EKL_CSV_AUTOMATIC ? merged.comment : read->comment;
  return ekl_csv_format_equal (&merged, read);
}

/**
 * ekl_data_source_is_read_as:
 * @self: a source
 * @wanted: how a CSV file is to be read
 *
 * Whether reading the file as @wanted would say the same again. It always does for examples and
 * pictures.
 *
 * Returns: %FALSE where the file has to be read again
 */
gboolean
ekl_data_source_is_read_as (const EklDataSource *self, const EklCsvFormat *wanted)
{
  return self->table == NULL || self->example != NULL ||
         ekl_table_get_csv_format (self->table) == NULL || is_read_as (self->table, wanted);
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
  if (self->pictures != NULL)
    return ekl_pictures_make_dataset (self->pictures, options, error);
  return ekl_dataset_new_with_remark (self->table, options,
                                      self->example != NULL ? self->example->remarked_column : NULL,
                                      self->example != NULL ? self->example->remark : NULL, error);
}

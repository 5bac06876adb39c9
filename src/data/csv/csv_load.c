/* csv_load.c - the bytes of a file, all of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Read, not mapped: a mapped file that another program shortens meanwhile would end this one, and
 * a page that comes over a slow line cannot be called off. It costs one copy from the page cache.
 */
#include "csv_load.h"

#include "one_line.h"

#include <string.h>

#define FIRST_SIZE (64 * 1024)

static void
set_open_error (GError **error, const char *name, const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (cause));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ, "%s: there is no such file", name);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ,
                 "%s: this is a folder; choose a CSV file in it", name);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ,
                 "%s: you have no permission to read the file", name);
  else
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ, "%s: cannot be opened: %s", name,
                 cause->message);
}

static void
set_memory_error (GError **error, const char *name)
{
  g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ,
               "%s: too large for the memory of this computer", name);
}

static void
set_read_error (GError **error, const char *name, const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (cause));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    set_open_error (error, name, cause);
  else
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ, "%s: cannot be read: %s", name,
                 cause->message);
}

static gboolean
reserve (EklCsvBytes *self, gsize *size, gsize wanted)
{
  char *bytes;

  if (wanted <= *size)
    return TRUE;
  wanted = MAX (wanted, *size + *size / 2);
  bytes = g_try_realloc (self->bytes, wanted + 1);
  if (bytes == NULL)
    return FALSE;
  self->bytes = bytes;
  *size = wanted;
  return TRUE;
}

static gboolean
load_stream (GInputStream *stream,
             gsize expected,
             const char *name,
             const EklCsvWatch *watch,
             EklCsvBytes *self,
             GError **error)
{
  gsize size = 0, n = 0;

  if (!reserve (self, &size, MAX (expected + 1, FIRST_SIZE))) {
    set_memory_error (error, name);
    return FALSE;
  }
  do {
    g_autoptr (GError) cause = NULL;

    if (!reserve (self, &size, self->length + FIRST_SIZE)) {
      set_memory_error (error, name);
      return FALSE;
    }
    if (!g_input_stream_read_all (stream, self->bytes + self->length,
                                  MIN (size - self->length, EKL_CSV_BLOCK_SIZE), &n,
                                  watch->cancellable, &cause)) {
      set_read_error (error, name, cause);
      return FALSE;
    }
    self->length += n;
    if (!ekl_csv_watch_report (watch, expected > 0 ? (double) self->length / expected : 0)) {
      g_cancellable_set_error_if_cancelled (watch->cancellable, error);
      return FALSE;
    }
  } while (n > 0);
  self->bytes[self->length] = '\0';
  return TRUE;
}

/**
 * ekl_csv_load_file:
 * @file: a file
 * @name: what to call it in messages
 * @watch: who waits
 * @bytes: (out): its bytes, to be freed also where it fails
 * @error: return location for %EKL_DATA_ERROR_READ, %G_IO_ERROR_CANCELLED
 *
 * Returns: whether all of the file was read
 */
gboolean
ekl_csv_load_file (
  GFile *file, const char *name, const EklCsvWatch *watch, EklCsvBytes *bytes, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, watch->cancellable, &cause);
  g_autoptr (GFileInfo) info = NULL;
  goffset expected = 0;

  *bytes = (EklCsvBytes){ 0 };
  if (stream == NULL) {
    ekl_one_line_error (&cause);
    set_open_error (error, name, cause);
    return FALSE;
  }
  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, watch->cancellable,
                                         NULL);
  if (info != NULL && g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_STANDARD_SIZE))
    expected = MAX (g_file_info_get_size (info), 0);
  return load_stream (G_INPUT_STREAM (stream), (gsize) expected, name, watch, bytes, error);
}

/**
 * ekl_csv_load_bytes:
 * @source: a text
 * @name: what to call it in messages
 * @bytes: (out): a copy of it, with a zero at its end
 * @error: return location for %EKL_DATA_ERROR_READ
 *
 * Returns: whether there was memory for it
 */
gboolean
ekl_csv_load_bytes (GBytes *source, const char *name, EklCsvBytes *bytes, GError **error)
{
  const char *text = g_bytes_get_data (source, &bytes->length);

  bytes->bytes = g_try_malloc (bytes->length + 1);
  if (bytes->bytes == NULL) {
    set_memory_error (error, name);
    return FALSE;
  }
  if (bytes->length > 0)
    memcpy (bytes->bytes, text, bytes->length);
  bytes->bytes[bytes->length] = '\0';
  return TRUE;
}

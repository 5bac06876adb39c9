/* history_file.c - the history of a run as a CSV, written while it runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "history_file.h"

#include "command_line.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct _EklHistoryFile {
  char *path;
  char *beside; /* what is written until it is whole; NULL once it has been renamed */
  FILE *stream;
};

static gboolean
fail (EklHistoryFile *self, GError **error)
{
  g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_OUTPUT, "%s cannot be written: %s", self->path,
               g_strerror (errno));
  return FALSE;
}

/* As open() would have made it; mkstemp's files are their owner's alone. */
static void
give_usual_permissions (int descriptor)
{
  mode_t mask = umask (0);

  umask (mask);
  if (fchmod (descriptor, 0666 & ~mask) != 0)
    g_debug ("fchmod: %s", g_strerror (errno));
}

/**
 * ekl_history_file_new:
 * @path: the file to be
 * @error: return location for an error
 *
 * Begins a history file beside @path, with its line of names. @path itself appears, whole, at
 * ekl_history_file_finish().
 *
 * Returns: (transfer full) (nullable): the file, or %NULL with %EKL_CLI_ERROR_OUTPUT
 */
EklHistoryFile *
ekl_history_file_new (const char *path, GError **error)
{
  g_autoptr (EklHistoryFile) self = g_new0 (EklHistoryFile, 1);

  self->path = g_strdup (path);
  self->beside = g_strconcat (path, ".XXXXXX", NULL);

  int descriptor = g_mkstemp_full (self->beside, O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    g_clear_pointer (&self->beside, g_free);
    fail (self, error);
    return NULL;
  }
  give_usual_permissions (descriptor);

  self->stream = fdopen (descriptor, "w");
  if (self->stream == NULL || fputs (EKL_HISTORY_CSV_HEAD "\n", self->stream) < 0) {
    if (self->stream == NULL)
      close (descriptor);
    fail (self, error);
    return NULL;
  }

  return g_steal_pointer (&self);
}

/**
 * ekl_history_file_free:
 * @self: (nullable): a history file
 *
 * Frees it; what was written goes, unless it was finished.
 */
void
ekl_history_file_free (EklHistoryFile *self)
{
  if (self == NULL)
    return;

  if (self->stream)
    fclose (self->stream);
  if (self->beside)
    g_unlink (self->beside);
  g_free (self->beside);
  g_free (self->path);
  g_free (self);
}

static void
put_row (FILE *stream, const EklRecord *record, EklMethod method)
{
  g_autoptr (GString) row = g_string_sized_new (256);

  ekl_history_csv_row (row, record, method);
  g_string_append_c (row, '\n');
  fputs (row->str, stream);
}

/**
 * ekl_history_file_append:
 * @self: a history file
 * @record: what is known after a step
 * @error: return location for an error
 *
 * Writes a row for each method that is switched on. Losses are in the units of training, the metric
 * is the RMSE in the user's units or the accuracy.
 *
 * Returns: %FALSE with %EKL_CLI_ERROR_OUTPUT where the disk is full or gone
 */
gboolean
ekl_history_file_append (EklHistoryFile *self, const EklRecord *record, GError **error)
{
  for (EklMethod method = 0; method < EKL_N_METHODS; method++)
    if (record->method[method].present)
      put_row (self->stream, record, method);

  return ferror (self->stream) ? fail (self, error) : TRUE;
}

/**
 * ekl_history_file_finish:
 * @self: a history file
 * @error: return location for an error
 *
 * Puts the file in its place.
 *
 * Returns: %FALSE with %EKL_CLI_ERROR_OUTPUT where that cannot be done
 */
gboolean
ekl_history_file_finish (EklHistoryFile *self, GError **error)
{
  gboolean written = fflush (self->stream) == 0 && fsync (fileno (self->stream)) == 0;

  if (fclose (g_steal_pointer (&self->stream)) != 0 || !written ||
      g_rename (self->beside, self->path) != 0)
    return fail (self, error);

  g_clear_pointer (&self->beside, g_free);
  return TRUE;
}

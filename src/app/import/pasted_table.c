/* pasted_table.c - cells from the clipboard, kept as a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An experiment names the data that it is made of, so what is pasted has to have a name and a place.
 */
#include "config.h"

#include "pasted_table.h"

#include "table.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAX_TRIES 1000

/* Cells copied in a spreadsheet are lines of cells with tabs between; tables elsewhere have commas,
 * semicolons or spaces. A single word is none of them. */
static gboolean
looks_like_table (const char *text)
{
  const char *end = strchr (text, '\n');

  return end != NULL && end[1] != '\0' && strpbrk (text, "\t,; |0123456789") != NULL;
}

static char *
make_path (GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "eki-lab", "pasted", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d-%H%M%S");

  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_WRITE,
                 _ ("%s: this folder, where pasted tables are kept, cannot be made"), folder);
    return NULL;
  }
  for (guint i = 1; i < MAX_TRIES; i++) {
    g_autofree char *name = i == 1 ? g_strdup_printf ("pasted-%s.tsv", time)
                                   : g_strdup_printf ("pasted-%s-%u.tsv", time, i);
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      return g_steal_pointer (&path);
  }
  g_set_error (error, EKL_DATA_ERROR, EKL_DATA_ERROR_WRITE,
               _ ("%s: too many pasted tables; remove some"), folder);
  return NULL;
}

/**
 * ekl_pasted_table_keep:
 * @text: (nullable): what the clipboard holds
 * @error: return location for %EKL_DATA_ERROR, with a sentence for the user
 *
 * Writes cells that were copied in a spreadsheet to a file in the user's folder for data.
 *
 * Returns: (transfer full) (nullable): where it is
 */
char *
ekl_pasted_table_keep (const char *text, GError **error)
{
  g_autofree char *path = NULL;

  if (text == NULL || !looks_like_table (text)) {
    g_set_error_literal (
      error, EKL_DATA_ERROR, EKL_DATA_ERROR_EMPTY,
      _ ("The clipboard holds no table. Select cells in a spreadsheet, with their heads, and copy "
         "them first."));
    return NULL;
  }
  path = make_path (error);
  if (path == NULL || !g_file_set_contents (path, text, -1, error))
    return NULL;
  return g_steal_pointer (&path);
}

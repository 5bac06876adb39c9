/* recent_files.c - what was opened lately
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "recent_files.h"

#define KEY       "recent-files"
#define MAX_FILES 8

/**
 * ekl_recent_files_list:
 * @settings: (nullable): where they are kept
 *
 * Returns: (transfer full): paths, the newest first; those that are gone are left out
 */
char **
ekl_recent_files_list (GSettings *settings)
{
  g_autoptr (GStrvBuilder) there = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;

  if (settings != NULL) {
    paths = g_settings_get_strv (settings, KEY);
    for (guint i = 0; paths[i] != NULL; i++)
      if (g_file_test (paths[i], G_FILE_TEST_EXISTS))
        g_strv_builder_add (there, paths[i]);
  }
  return g_strv_builder_end (there);
}

/**
 * ekl_recent_files_add:
 * @settings: (nullable): where they are kept
 * @path: of what was just opened
 *
 * Puts it in front.
 */
void
ekl_recent_files_add (GSettings *settings, const char *path)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  g_auto (GStrv) former = NULL;
  g_auto (GStrv) now = NULL;
  guint n = 1;

  if (settings == NULL)
    return;
  former = g_settings_get_strv (settings, KEY);
  g_strv_builder_add (paths, whole);
  for (guint i = 0; former[i] != NULL && n < MAX_FILES; i++) {
    if (!g_str_equal (former[i], whole)) {
      g_strv_builder_add (paths, former[i]);
      n++;
    }
  }
  now = g_strv_builder_end (paths);
  g_settings_set_strv (settings, KEY, (const char *const *) now);
}

/* window_settings.c - size and side panel, from one day to the next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "window_settings.h"

#define DEFAULT_WIDTH  1280
#define DEFAULT_HEIGHT 800
#define MIN_WIDTH      360
#define MIN_HEIGHT     300

/* Beside the build, for a program that is run from there. */
static GSettingsSchema *
look_up_beside_build (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *schemas =
    folder != NULL ? g_build_filename (folder, "..", "..", "data", NULL) : NULL;
  g_autoptr (GSettingsSchemaSource) source = NULL;

  if (schemas != NULL)
    source = g_settings_schema_source_new_from_directory (schemas, NULL, TRUE, NULL);
  return source != NULL ? g_settings_schema_source_lookup (source, EKL_APP_ID, FALSE) : NULL;
}

/**
 * ekl_window_settings_new:
 *
 * Returns: (transfer full) (nullable): the settings, or %NULL where their schema is neither
 *   installed nor beside the build
 */
GSettings *
ekl_window_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  /* g_settings_new() would abort */
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, EKL_APP_ID, TRUE);
  if (schema == NULL)
    schema = look_up_beside_build ();
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

/**
 * ekl_window_settings_restore:
 *
 * Gives the window the size it had.
 *
 * Returns: whether the side panel was shown
 */
gboolean
ekl_window_settings_restore (GSettings *settings, GtkWindow *window)
{
  if (settings == NULL) {
    gtk_window_set_default_size (window, DEFAULT_WIDTH, DEFAULT_HEIGHT);
    return TRUE;
  }
  gtk_window_set_default_size (window, g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (window);
  return g_settings_get_boolean (settings, "side-panel");
}

/**
 * ekl_window_settings_save:
 *
 * Remembers the window as it is.
 */
void
ekl_window_settings_save (GSettings *settings, GtkWindow *window, gboolean side_panel)
{
  int width, height;

  if (settings == NULL)
    return;
  gtk_window_get_default_size (window, &width, &height);
  /* the smallest that the schema allows */
  g_settings_set_int (settings, "window-width", MAX (width, MIN_WIDTH));
  g_settings_set_int (settings, "window-height", MAX (height, MIN_HEIGHT));
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
  g_settings_set_boolean (settings, "side-panel", side_panel);
}

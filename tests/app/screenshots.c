/* screenshots.c - pictures of the window, to look at: screenshots FOLDER [SCENE...]
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No test: a test cannot see whether something is beautiful.
 */
#include "cpu.h"
#include "ekl-application.h"
#include "ekl-window.h"
#include "waiting.h"

#include <glib/gstdio.h>
#include <string.h>

#define DEFAULT_DPI 96

typedef struct {
  const char *name;
  const char *source;
  int width, height;
  gboolean dark;
  guint steps;
  const char *settings[8]; /* name, text, ... */
  const char *actions[4];
  gboolean large_text; /* twice as large */
  const char *after;   /* an action when the steps are taken */
  const char *import;  /* of the folder: a file, whose dialog is taken */
} Scene;

static const Scene scenes[] = {
  { "sine-start", "example:sine", 1280, 800, FALSE, 0, { NULL }, { NULL } },
  { "sine", "example:sine", 1280, 800, FALSE, 120, { NULL }, { NULL } },
  { "boston", "example:boston", 1280, 800, FALSE, 150, { "ensemble-size", "200" }, { NULL } },
  { "boston-small", "example:boston", 1024, 768, FALSE, 60, { NULL }, { NULL } },
  { "boston-past",
    "example:boston",
    1280,
    800,
    FALSE,
    150,
    { "ensemble-size", "200" },
    { NULL },
    .after = "win.look(-143)" },
  { "moons-past-dark",
    "example:moons",
    1280,
    800,
    TRUE,
    100,
    { NULL },
    { NULL },
    .after = "win.look(-80)" },
  { "moons-dark", "example:moons", 1280, 800, TRUE, 100, { NULL }, { NULL } },
  { "sine-presenter", "example:sine", 1280, 800, FALSE, 80, { NULL }, { "win.presenter" } },
  { "small-presenter", "example:boston", 1024, 768, FALSE, 80, { NULL }, { "win.presenter" } },
  { "large-plane", "example:boston", 1280, 800, FALSE, 80, { NULL }, { "win.enlarge(2)" } },
  { "diverged", "example:boston", 1280, 800, FALSE, 40, { "learning-rate", "50" }, { NULL } },
  { "eki-only", "example:motorcycle", 1280, 800, FALSE, 60, { "methods", "eki" }, { NULL } },
  { "bad-file", "/nowhere/<i>missing</i>.csv", 1280, 800, FALSE, 0, { NULL }, { NULL } },
  { "hills-dark-small", "example:hills", 1024, 768, TRUE, 100, { NULL }, { NULL } },
  { "all-settings",
    "example:boston",
    1280,
    1000,
    FALSE,
    0,
    { "seed", "7" },
    { "win.all-settings" } },
  { "large-text", "example:boston", 1280, 800, FALSE, 30, { NULL }, { NULL }, .large_text = TRUE },
  { "import", "example:sine", 1280, 800, FALSE, 0, { NULL }, { NULL }, .import = "houses.csv" },
  { "import-dark", "example:sine", 1024, 768, TRUE, 0, { NULL }, { NULL }, .import = "houses.csv" },
  { "import-wide", "example:sine", 1280, 800, FALSE, 0, { NULL }, { NULL }, .import = "wide.csv" },
  { "import-large-text",
    "example:sine",
    1024,
    768,
    FALSE,
    0,
    { NULL },
    { NULL },
    .large_text = TRUE,
    .import = "houses.csv" },
  { "large-text-settings",
    "example:boston",
    1024,
    768,
    FALSE,
    0,
    { NULL },
    { "win.all-settings" },
    .large_text = TRUE },
};

static void
write_picture (GtkWidget *window, const char *path)
{
  const double width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  GskRenderNode *node;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_to_node (snapshot);
  if (node != NULL) {
    GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (window));
    g_autoptr (GdkTexture) texture = gsk_renderer_render_texture (renderer, node, NULL);

    gdk_texture_save_to_png (texture, path);
    gsk_render_node_unref (node);
  }
}

static void
act (GtkWidget *window, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_action_parse_detailed_name (action, &name, &target, NULL);
  gtk_widget_activate_action_variant (window, name, target);
}

static void
play (GtkWidget *window, const Scene *scene)
{
  EklWorkbench *workbench = ekl_window_get_workbench (EKL_WINDOW (window));
  EklExperiment *experiment = ekl_workbench_get_experiment (workbench);

  for (guint i = 0; i + 1 < G_N_ELEMENTS (scene->settings) && scene->settings[i] != NULL; i += 2)
    ekl_experiment_set_text (experiment, scene->settings[i], scene->settings[i + 1], NULL);
  for (guint i = 0; i < G_N_ELEMENTS (scene->actions) && scene->actions[i] != NULL; i++)
    act (window, scene->actions[i]);
  wait_ms (300);
  if (scene->steps > 0) {
    ekl_workbench_step (workbench, scene->steps);
    wait_until (ekl_workbench_get_record (workbench)->step == scene->steps);
  }
  if (scene->after != NULL) {
    wait_ms (500);
    act (window, scene->after);
  }
}

/* The dialog that was opened last; else the window. */
static GtkWidget *
find_dialog (GtkWidget *window)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++) {
    g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

    if (gtk_window_get_transient_for (toplevel) == GTK_WINDOW (window) &&
        gtk_widget_get_visible (GTK_WIDGET (toplevel)))
      return GTK_WIDGET (toplevel);
  }
  return window;
}

static void
open_dialog (GtkWidget *window, const Scene *scene, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, scene->import, NULL);
  GtkWidget *dialog;

  gtk_widget_activate_action (window, "win.import", "s", path);
  dialog = find_dialog (window);
  gtk_window_set_default_size (GTK_WINDOW (dialog), MIN (scene->width, 1160),
                               MIN (scene->height - 60, 740));
}

static void
take (EklApplication *application, const Scene *scene, const char *folder)
{
  GtkWidget *window = ekl_window_new (ADW_APPLICATION (application));
  g_autofree char *name = g_strconcat (scene->name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi",
                (scene->large_text ? 2 : 1) * DEFAULT_DPI * PANGO_SCALE, NULL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      scene->dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                  : ADW_COLOR_SCHEME_FORCE_LIGHT);
  gtk_window_set_default_size (GTK_WINDOW (window), scene->width, scene->height);
  ekl_window_open (EKL_WINDOW (window), scene->source);
  gtk_window_present (GTK_WINDOW (window));
  wait_ms (700);
  if (ekl_workbench_get_dataset (ekl_window_get_workbench (EKL_WINDOW (window))) != NULL)
    play (window, scene);
  if (scene->import != NULL)
    open_dialog (window, scene, folder);
  wait_ms (scene->import != NULL ? 5000 : 1500);
  write_picture (find_dialog (window), path);
  if (find_dialog (window) != window)
    gtk_window_close (GTK_WINDOW (find_dialog (window)));
  gtk_window_close (GTK_WINDOW (window));
  wait_ms (50);
}

int
main (int argc, char *argv[])
{
  g_autoptr (EklApplication) application = NULL;

  ekl_cpu_setup (argc, argv);
  application = ekl_application_new (G_APPLICATION_NON_UNIQUE);
  if (argc < 2) {
    g_printerr ("Usage: screenshots FOLDER [SCENE...]\n");
    return 2;
  }
  g_mkdir_with_parents (argv[1], 0755);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    if (argc == 2 || g_strv_contains ((const char *const *) argv + 2, scenes[i].name))
      take (application, &scenes[i], argv[1]);
  return 0;
}

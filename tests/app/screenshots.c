/* screenshots.c - pictures of the window, to look at: screenshots FOLDER [SCENE...]
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No test: a test cannot see whether something is beautiful. A scene that is not in the table is
 * NAME=SOURCE;ORDER;ORDER..., where an order is one of
 *   size W H, dark, large-text                         before the rest
 *   set SETTING VALUE, step N, wait MS, select PARTICLE...
 *   do ACTION                                          of the window: do win.enlarge(2)
 *   panel N ACTION                                     of a panel, from 1: panel 1 panel.log-y
 *   hover N X Y, zoom N X0 Y0 X1 Y1                    of its axes' width and height, from top left
 *   shot NAME                                          one more picture, as it is now
 * ADW_DEBUG_HIGH_CONTRAST=1 in the environment makes high contrast.
 */
#include "cpu.h"
#include "ekl-application.h"
#include "ekl-window.h"
#include "waiting.h"
#include "window_settings.h"

#include <glib/gstdio.h>
#include <stdlib.h>
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
  char **orders;       /* NULL: none */
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
act (GtkWidget *widget, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_action_parse_detailed_name (action, &name, &target, NULL);
  gtk_widget_activate_action_variant (widget, name, target);
}

/* ---- scenes that are written down where they are asked for ---- */

static EklWorkbench *
workbench_of (GtkWidget *window)
{
  return ekl_window_get_workbench (EKL_WINDOW (window));
}

static void
step (GtkWidget *window, guint n)
{
  EklWorkbench *workbench = workbench_of (window);
  const guint64 end = ekl_workbench_get_record (workbench)->step + n;

  ekl_workbench_step (workbench, n);
  wait_until (ekl_workbench_get_record (workbench)->step >= end ||
              ekl_workbench_get_state (workbench) == EKL_ENGINE_FINISHED);
}

static EklPlotView *
view_of (GtkWidget *window, const char *number)
{
  return ekl_plot_panel_get_view (ekl_window_get_panel (EKL_WINDOW (window), atoi (number) - 1));
}

/* As if the pointer had come there. */
static void
hover (EklPlotView *view, double x, double y)
{
  const EklFigureLayout *layout = ekl_plot_view_get_layout (view);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_MOTION (controller))
      g_signal_emit_by_name (controller, "motion", layout->left + x * layout->width,
                             layout->top + y * layout->height);
  }
}

static void
zoom (EklPlotView *view, char **word)
{
  const EklFigureLayout layout = *ekl_plot_view_get_layout (view);
  EklFigureOptions options = *ekl_plot_view_get_options (view);
  const double w = layout.x1 - layout.x0, h = layout.y1 - layout.y0;

  options.has_view = TRUE;
  options.view_x0 = layout.x0 + w * g_ascii_strtod (word[0], NULL);
  options.view_y1 = layout.y1 - h * g_ascii_strtod (word[1], NULL);
  options.view_x1 = layout.x0 + w * g_ascii_strtod (word[2], NULL);
  options.view_y0 = layout.y1 - h * g_ascii_strtod (word[3], NULL);
  ekl_plot_view_set_options (view, &options);
  g_signal_emit_by_name (view, "view-changed");
}

static void
choose (GtkWidget *window, char **word)
{
  guint particle[64], n = 0;

  for (; word[n] != NULL && n < G_N_ELEMENTS (particle); n++)
    particle[n] = (guint) atoi (word[n]) - 1;
  ekl_workbench_select (workbench_of (window), particle, n, FALSE);
}

static void
obey (GtkWidget *window, char **word, const char *folder)
{
  const guint n = g_strv_length (word);

  if (g_str_equal (word[0], "set") && (n == 2 || n == 3))
    ekl_experiment_set_text (ekl_workbench_get_experiment (workbench_of (window)), word[1],
                             n == 3 ? word[2] : "", NULL);
  else if (g_str_equal (word[0], "step") && n == 2)
    step (window, (guint) atoi (word[1]));
  else if (g_str_equal (word[0], "wait") && n == 2)
    wait_ms ((guint) atoi (word[1]));
  else if (g_str_equal (word[0], "select"))
    choose (window, word + 1);
  else if (g_str_equal (word[0], "do") && n == 2)
    act (window, word[1]);
  else if (g_str_equal (word[0], "panel") && n == 3)
    act (GTK_WIDGET (ekl_window_get_panel (EKL_WINDOW (window), atoi (word[1]) - 1)), word[2]);
  else if (g_str_equal (word[0], "hover") && n == 4)
    hover (view_of (window, word[1]), g_ascii_strtod (word[2], NULL),
           g_ascii_strtod (word[3], NULL));
  else if (g_str_equal (word[0], "zoom") && n == 6)
    zoom (view_of (window, word[1]), word + 2);
  else if (g_str_equal (word[0], "shot") && n == 2) {
    g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, word[1]);

    wait_ms (1200);
    write_picture (window, path);
  } else
    g_error ("no order: %s (%u words)", word[0], n);
}

static void
play_orders (GtkWidget *window, const Scene *scene, const char *folder)
{
  for (guint i = 0; scene->orders != NULL && scene->orders[i] != NULL; i++) {
    g_auto (GStrv) word = g_strsplit (g_strstrip (scene->orders[i]), " ", -1);

    if (word[0] == NULL || *word[0] == 0)
      continue;
    obey (window, word, folder);
    wait_ms (60);
  }
}

/* The orders that come before a window are taken out. */
static void
read_scene (const char *text, Scene *scene)
{
  const char *equals = strchr (text, '=');
  g_auto (GStrv) part = g_strsplit (equals + 1, ";", -1);
  GPtrArray *orders = g_ptr_array_new ();

  *scene = (Scene){ .name = g_strndup (text, equals - text),
                    .source = g_strdup (part[0]),
                    .width = 1280,
                    .height = 800 };
  for (guint i = 1; part[0] != NULL && part[i] != NULL; i++) {
    const char *order = g_strstrip (part[i]);

    if (g_str_equal (order, "dark"))
      scene->dark = TRUE;
    else if (g_str_equal (order, "large-text"))
      scene->large_text = TRUE;
    else if (sscanf (order, "size %d %d", &scene->width, &scene->height) != 2)
      g_ptr_array_add (orders, g_strdup (order));
  }
  g_ptr_array_add (orders, NULL);
  scene->orders = (char **) g_ptr_array_free (orders, FALSE);
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

/* What a scene has chosen, so that the next one does not begin with it. */
static void
forget_options (void)
{
  g_autoptr (GSettings) settings = ekl_window_settings_new ();

  if (settings != NULL)
    g_settings_reset (settings, "panel-options");
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
  play_orders (window, scene, folder);
  if (scene->import != NULL)
    open_dialog (window, scene, folder);
  wait_ms (scene->import != NULL ? 5000 : 1500);
  write_picture (find_dialog (window), path);
  if (find_dialog (window) != window)
    gtk_window_close (GTK_WINDOW (find_dialog (window)));
  gtk_window_close (GTK_WINDOW (window));
  wait_ms (50);
  forget_options ();
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
  for (int k = 2; k < argc; k++)
    if (strchr (argv[k], '=') != NULL) {
      Scene scene;

      read_scene (argv[k], &scene);
      take (application, &scene, argv[1]);
    }
  return 0;
}

/* test-exports.c - what a window writes into files, and the run before in them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "waiting.h"
#include "window-fixture.h"

#include <glib/gstdio.h>

static void
test_write (Fixture *fixture, gconstpointer source)
{
  static const char *const endings[] = { "png", "svg", "pdf" };
  g_autofree char *folder = g_dir_make_tmp ("ekl-test-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;

  act (fixture, "win.step(5)");
  wait_until (get_step (fixture) == 5);
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++) {
    for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
      g_autofree char *name = g_strdup_printf ("figure-%u.%s", kind, endings[i]);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      g_assert_true (
        ekl_plot_panel_write (ekl_window_get_panel (fixture->window, kind), path, "A run", &error));
      g_assert_no_error (error);
      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_size, >, 1000);
      g_remove (path);
    }
    act (fixture, kind == EKL_FIGURE_LOSS ? "win.copy::loss" : "win.copy::plane");
  }
  g_assert_false (ekl_plot_panel_write (ekl_window_get_panel (fixture->window, 0),
                                        "/nowhere/at/all.png", "A run", &error));
  g_assert_nonnull (error);
  g_rmdir (folder);
}

static GtkWidget *
find_toplevel (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++) {
    g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

    if (g_type_is_a (G_OBJECT_TYPE (toplevel), type) && gtk_widget_get_visible (toplevel))
      return toplevel;
  }
  return NULL;
}

/* What was written is said; and the four files of one name are not replaced without a question. */
static void
test_export_all (Fixture *fixture, gconstpointer source)
{
  static const char *const names[] = { "run-loss.svg", "run-plane.svg", "run-predictions.svg",
                                       "run-ensemble.svg" };
  g_autofree char *folder = g_dir_make_tmp ("ekl-window-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, names[1], NULL);
  g_autofree char *typed = g_build_filename (folder, "run.svg", NULL);
  g_autofree char *kept = NULL;
  g_autofree char *replaced = NULL;
  GtkWidget *dialog;

  ekl_window_export_carefully (fixture->window, "all", typed, typed);
  wait_until (find_label (GTK_WIDGET (fixture->window), "Saved run-loss.svg and 3 more files.") !=
              NULL);
  g_assert_true (g_file_set_contents (path, "mine", 4, NULL));

  ekl_window_export_carefully (fixture->window, "all", typed, typed);
  wait_until (find_toplevel (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  gtk_window_close (GTK_WINDOW (find_toplevel (ADW_TYPE_MESSAGE_DIALOG)));
  wait_until (find_toplevel (ADW_TYPE_MESSAGE_DIALOG) == NULL);
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "mine");

  ekl_window_export_carefully (fixture->window, "all", typed, typed);
  wait_until (find_toplevel (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = find_toplevel (ADW_TYPE_MESSAGE_DIALOG);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "replace");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_true (g_file_get_contents (path, &replaced, NULL, NULL));
  g_assert_cmpstr (replaced, !=, "mine");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *one = g_build_filename (folder, names[i], NULL);

    g_assert_cmpint (g_remove (one), ==, 0);
  }
  g_rmdir (folder);
}

/* The pale curves of the run before are among all series. */
static void
test_export_former (Fixture *fixture, gconstpointer source)
{
  g_autofree char *folder = g_dir_make_tmp ("ekl-window-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "series.csv", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  EklExperiment *experiment = ekl_workbench_get_experiment (fixture->workbench);
  guint n;

  act (fixture, "win.step(3)");
  wait_until (get_step (fixture) == 3);
  ekl_window_export_to (fixture->window, "series", path);
  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  g_assert_null (strstr (before, "_before"));

  g_object_set (experiment, "layers", "5", NULL);
  wait_until (fixture->n_starts == 2);
  n = fixture->n_pictures;
  wait_until (fixture->n_pictures > n);
  ekl_window_export_to (fixture->window, "series", path);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_nonnull (strstr (after, "\n3,3,eki_before,"));
  g_assert_nonnull (strstr (after, ",\"before: Hidden layers 16,16\"\n"));
  g_assert_cmpint (g_remove (path), ==, 0);
  g_rmdir (folder);
}

/* The curves of the run before do not go while a step is told. */
static void
test_former_in_slow_motion (Fixture *fixture, gconstpointer source)
{
  EklPlotView *view =
    ekl_plot_panel_get_view (ekl_window_get_panel (fixture->window, EKL_FIGURE_LOSS));

  act (fixture, "win.step(3)");
  wait_until (get_step (fixture) == 3);
  g_object_set (ekl_workbench_get_experiment (fixture->workbench), "layers", "5", NULL);
  wait_until (fixture->n_starts == 2 && ekl_plot_view_get_data (view)->former != NULL);
  act (fixture, "win.slow-motion");
  act (fixture, "win.step(1)");
  wait_until (ekl_plot_view_get_data (view)->has_last_step);
  g_assert_nonnull (ekl_plot_view_get_data (view)->former);
  g_assert_cmpstr (ekl_plot_view_get_data (view)->former_name, ==, "Hidden layers 16,16");
}

int
main (int argc, char *argv[])
{
  static const FixtureTest tests[] = {
    { "write", "example:boston", test_write },
    { "export-all", "example:sine", test_export_all },
    { "export-former", "example:sine", test_export_former },
    { "former-in-slow-motion", "example:sine", test_former_in_slow_motion },
    { NULL },
  };

  return run_tests (argc, argv, "exports", tests, NULL);
}

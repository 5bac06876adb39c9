/* test-import-dialog.c - the dialog that a table comes in by, in the program's own process
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ekl-application.h"
#include "ekl-column-list.h"
#include "ekl-import-dialog.h"
#include "ekl-import-table.h"
#include "ekl-window.h"
#include "folder.h"
#include "houses.h"
#include "import_memory.h"
#include "waiting.h"

#include <glib/gstdio.h>

static EklApplication *application;
static char *folder;

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
find_dialog (GtkWidget *window)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++) {
    g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

    if (EKL_IS_IMPORT_DIALOG (toplevel))
      return toplevel;
  }
  return NULL;
}

static GtkWidget *
open_dialog (GtkWidget *window, const char *path)
{
  GtkWidget *dialog;

  g_assert_true (gtk_widget_activate_action (window, "win.import", "s", path));
  dialog = find_dialog (window);
  g_assert_nonnull (dialog);
  wait_until (gtk_widget_get_mapped (dialog));
  wait_until (!ekl_import_is_busy (ekl_import_dialog_get_import (EKL_IMPORT_DIALOG (dialog))));
  wait_ms (50);
  return dialog;
}

static void
close_window (GtkWidget *window)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  wait_until (window == NULL);
}

static gboolean
has_data (GtkWidget *window, const char *path)
{
  EklWorkbench *workbench = ekl_window_get_workbench (EKL_WINDOW (window));

  return ekl_workbench_get_dataset (workbench) != NULL &&
         g_str_equal (ekl_experiment_get_string (ekl_workbench_get_experiment (workbench), "data"),
                      path);
}

static void
test_dialog (void)
{
  g_autofree char *path = folder_write (folder, "dialog.csv", HOUSES);
  GtkWidget *window = ekl_window_new (ADW_APPLICATION (application));
  GtkWidget *dialog;
  EklImport *import;
  const guint area = 1;

  gtk_window_present (GTK_WINDOW (window));
  dialog = open_dialog (window, path);
  import = ekl_import_dialog_get_import (EKL_IMPORT_DIALOG (dialog));
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  g_object_add_weak_pointer (G_OBJECT (import), (gpointer *) &import);
  g_assert_true (ekl_import_set_role (import, &area, 1, EKL_ROLE_TARGET, NULL));
  g_object_set (ekl_import_get_settings (import), "train-fraction", 0.5, NULL);
  wait_until (ekl_import_is_ready (import));
  gtk_widget_activate_action (dialog, "import.accept", NULL);
  wait_until (dialog == NULL);
  wait_until (has_data (window, path));
  wait_until (import == NULL);

  /* the choices are the problem's own, and none is shown as changed */
  {
    EklWorkbench *workbench = ekl_window_get_workbench (EKL_WINDOW (window));
    EklSettingRow *row =
      ekl_side_panel_find_row (ekl_window_get_side_panel (EKL_WINDOW (window)), "train-fraction");

    g_assert_cmpstr (ekl_experiment_get_string (ekl_workbench_get_experiment (workbench), "target"),
                     ==, "area");
    g_assert_false (ekl_setting_row_is_changed (row));
  }

  /* again for the same file: as it is now; and not taken */
  g_assert_true (gtk_widget_activate_action (window, "win.import-options", NULL));
  dialog = find_dialog (window);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  import = ekl_import_dialog_get_import (EKL_IMPORT_DIALOG (dialog));
  wait_until (!ekl_import_is_busy (import));
  g_assert_cmpint (ekl_import_get_role (import, 1), ==, EKL_ROLE_TARGET);
  gtk_window_close (GTK_WINDOW (dialog));
  wait_until (dialog == NULL);
  close_window (window);
  g_remove (path);
}

/* In the middle of reading: no trace is left, and nothing is told. */
static void
test_cancel (void)
{
  GString *text = g_string_new ("a,b,c\n");
  g_autofree char *path = NULL;
  GtkWidget *window = ekl_window_new (ADW_APPLICATION (application));

  for (guint i = 0; i < 400000; i++)
    g_string_append (text, "1.25,2.5,3.75\n");
  path = folder_write (folder, "large.csv", text->str);
  g_string_free (text, TRUE);
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < 6; i++) {
    GtkWidget *dialog;
    EklImport *import;

    gtk_widget_activate_action (window, "win.import", "s", path);
    dialog = find_dialog (window);
    import = ekl_import_dialog_get_import (EKL_IMPORT_DIALOG (dialog));
    g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
    g_object_add_weak_pointer (G_OBJECT (import), (gpointer *) &import);
    wait_ms (30 * i);
    gtk_window_close (GTK_WINDOW (dialog));
    wait_until (dialog == NULL);
    wait_until (import == NULL);
  }

  /* the window itself reads it, too, and says how far it is */
  {
    EklWorkbench *workbench = ekl_window_get_workbench (EKL_WINDOW (window));

    ekl_window_open (EKL_WINDOW (window), path);
    g_assert_cmpfloat (ekl_workbench_get_loading_fraction (workbench), <, 1);
    wait_until (ekl_workbench_get_loading_fraction (workbench) > 0);
    ekl_workbench_cancel_loading (workbench);
    wait_until (!ekl_workbench_is_loading (workbench));
  }
  close_window (window);
  g_remove (path);
}

static void
test_broken (void)
{
  g_autofree char *path = folder_write (folder, "broken.csv", "");
  GtkWidget *window = ekl_window_new (ADW_APPLICATION (application));
  GtkWidget *dialog;
  EklImport *import;

  gtk_window_present (GTK_WINDOW (window));
  dialog = open_dialog (window, path);
  import = ekl_import_dialog_get_import (EKL_IMPORT_DIALOG (dialog));
  g_assert_nonnull (ekl_import_get_error (import));
  g_assert_nonnull (strstr (ekl_import_get_error (import), "broken.csv"));
  g_assert_false (ekl_import_is_ready (import));
  gtk_widget_activate_action (dialog, "import.accept", NULL);
  g_assert_nonnull (find_dialog (window));
  gtk_window_close (GTK_WINDOW (dialog));
  close_window (window);
  g_remove (path);
}

/* Hundreds of columns: as many as can be shown, the target among them, and all in the list. */
static void
test_wide (void)
{
  GString *text = g_string_new (NULL);
  g_autofree char *path = NULL;
  GtkWidget *window = ekl_window_new (ADW_APPLICATION (application));
  GtkWidget *dialog, *table;
  GListModel *columns;
  GtkSelectionModel *listed;
  GtkWidget *list;

  for (guint row = 0; row < 30; row++)
    for (guint c = 0; c < 400; c++) {
      if (row == 0)
        g_string_append_printf (text, "gene%u%c", c, c < 399 ? ',' : '\n');
      else
        g_string_append_printf (text, "%u.%u%c", row * 7 % 13, c * row % 97, c < 399 ? ',' : '\n');
    }
  path = folder_write (folder, "wide.csv", text->str);
  g_string_free (text, TRUE);
  gtk_window_present (GTK_WINDOW (window));
  dialog = open_dialog (window, path);
  table = find (dialog, EKL_TYPE_IMPORT_TABLE);
  columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (find (table, GTK_TYPE_COLUMN_VIEW)));
  g_assert_cmpuint (g_list_model_get_n_items (columns), ==, EKL_IMPORT_TABLE_MAX_COLUMNS + 1);

  list = find (dialog, EKL_TYPE_COLUMN_LIST);
  listed = gtk_column_view_get_model (GTK_COLUMN_VIEW (find (list, GTK_TYPE_COLUMN_VIEW)));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (listed)), ==, 400);
  gtk_editable_set_text (GTK_EDITABLE (find (list, GTK_TYPE_SEARCH_ENTRY)), "gene39");
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (listed)) == 11);
  gtk_selection_model_select_all (listed);
  gtk_widget_activate_action (list, "columns.role", "u", EKL_ROLE_IGNORED);
  {
    EklImport *import = ekl_import_dialog_get_import (EKL_IMPORT_DIALOG (dialog));

    /* not all of them: the target is among them */
    wait_ms (100);
    g_assert_cmpint (ekl_import_get_role (import, 399), ==, EKL_ROLE_TARGET);
    gtk_selection_model_unselect_item (listed, 10);
    gtk_widget_activate_action (list, "columns.role", "u", EKL_ROLE_IGNORED);
    wait_until (!ekl_import_is_busy (import));
    g_assert_cmpint (ekl_import_get_role (import, 39), ==, EKL_ROLE_IGNORED);
    g_assert_cmpint (ekl_import_get_role (import, 398), ==, EKL_ROLE_IGNORED);
    g_assert_cmpint (ekl_import_get_role (import, 38), ==, EKL_ROLE_FEATURE);
  }
  gtk_window_close (GTK_WINDOW (dialog));
  close_window (window);
  g_remove (path);
}

/* Without the dialog: by the guess, and later as it was imported. */
static void
test_open_again (void)
{
  g_autofree char *path = folder_write (folder, "again.csv", HOUSES);
  GtkWidget *window = ekl_window_new (ADW_APPLICATION (application));
  EklWorkbench *workbench = ekl_window_get_workbench (EKL_WINDOW (window));
  g_autoptr (EklExperiment) choices = ekl_experiment_new ();

  gtk_window_present (GTK_WINDOW (window));
  ekl_window_open (EKL_WINDOW (window), path);
  wait_until (has_data (window, path));
  g_assert_cmpstr (ekl_experiment_get_string (ekl_workbench_get_experiment (workbench), "target"),
                   ==, "");
  g_object_set (choices, "target", "area", NULL);
  g_assert_true (ekl_import_memory_keep (path, choices, NULL));
  ekl_window_open (EKL_WINDOW (window), path);
  wait_until (g_str_equal (
    ekl_experiment_get_string (ekl_workbench_get_experiment (workbench), "target"), "area"));
  wait_until (!ekl_workbench_is_loading (workbench));
  close_window (window);
  g_remove (path);
}

int
main (int argc, char *argv[])
{
  int result;

  /* the toolkit needs the system's own folders, so not all of them can be the test's own */
  folder = g_dir_make_tmp ("ekl-test-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  application = ekl_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_test_add_func ("/import-dialog/accept", test_dialog);
  g_test_add_func ("/import-dialog/cancel", test_cancel);
  g_test_add_func ("/import-dialog/broken", test_broken);
  g_test_add_func ("/import-dialog/wide", test_wide);
  g_test_add_func ("/import-dialog/open-again", test_open_again);
  result = g_test_run ();
  g_object_unref (application);
  folder_remove (folder);
  g_free (folder);
  return result;
}

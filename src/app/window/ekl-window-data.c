/* ekl-window-data.c - how data come into a window: opened, dropped, pasted, opened again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-window-private.h"

#include "ekl-import-dialog.h"
#include "import_memory.h"
#include "pasted_table.h"
#include "recent_files.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define PASTED_KEY "ekl-pasted"

/* ---- the dialog ---- */

static void
accepted_cb (EklWindow *self, EklImportDialog *dialog)
{
  EklImport *import = ekl_import_dialog_get_import (dialog);
  EklProblem *problem =
    ekl_import_make_problem (import, ekl_workbench_get_experiment (self->workbench));
  g_autoptr (GError) error = NULL;

  self->told_source = problem->source;
  if (!ekl_import_memory_keep (ekl_import_get_path (import), problem->experiment, &error))
    ekl_window_show_message (self, error->message);
  if (g_object_get_data (G_OBJECT (dialog), PASTED_KEY) != NULL) {
    /* taken, not cleared: that would remove the file */
    G_GNUC_UNUSED g_autofree char *kept = g_object_steal_data (G_OBJECT (dialog), PASTED_KEY);
    g_autofree char *text =
      g_strdup_printf (_ ("The pasted table is kept as %s."), ekl_import_get_path (import));

    ekl_window_show_message (self, text);
  }
  ekl_workbench_open_problem (self->workbench, problem);
}

/* What was pasted and not imported is of no use to anybody. */
static void
remove_pasted (gpointer path)
{
  g_unlink (path);
  g_free (path);
}

static GtkWidget *
show_dialog (EklWindow *self, const char *path)
{
  g_autoptr (EklImport) import =
    ekl_import_new (path, ekl_workbench_get_experiment (self->workbench));
  GtkWidget *dialog = ekl_import_dialog_new (GTK_WINDOW (self), import);

  g_signal_connect_object (dialog, "accepted", G_CALLBACK (accepted_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

static gboolean
has_suffix (const char *path, const char *suffix)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, suffix);
}

/**
 * ekl_window_offer:
 * @path: of a file or a folder
 *
 * Opens an experiment or a folder of pictures at once, and a table by way of the dialog.
 */
void
ekl_window_offer (EklWindow *self, const char *path)
{
  if (has_suffix (path, ".ekilab") || g_file_test (path, G_FILE_TEST_IS_DIR))
    ekl_window_open (self, path);
  else
    show_dialog (self, path);
}

/* ---- opening ---- */

static void
chosen_cb (GtkNativeDialog *dialog, int response, EklWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

    if (path != NULL)
      ekl_window_offer (self, path);
  }
  ekl_window_end_asking (self);
}

static GtkFileChooserNative *
make_chooser (EklWindow *self, const char *title, GtkFileChooserAction action)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, _ ("Open"), _ ("Cancel"));

  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, 0);
  return dialog;
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const char *const suffixes[] = { "csv", "tsv", "txt", "dat", "data", "ekilab" };
  GtkFileChooserNative *dialog =
    make_chooser (user_data, _ ("Open Data"), GTK_FILE_CHOOSER_ACTION_OPEN);
  g_autoptr (GtkFileFilter) known = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (known, _ ("Tables and experiments"));
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    gtk_file_filter_add_suffix (known, suffixes[i]);
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), known);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
  ekl_window_ask (user_data, dialog);
}

static void
open_folder_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_window_ask (user_data, make_chooser (user_data, _ ("Open a Folder of Pictures"),
                                           GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER));
}

static void
import_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_window_offer (user_data, g_variant_get_string (parameter, NULL));
}

static void
import_options_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EklWindow *self = user_data;

  show_dialog (self,
               ekl_experiment_get_string (ekl_workbench_get_experiment (self->workbench), "data"));
}

/* ---- pasting ---- */

static void
pasted_text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EklWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autofree char *path = ekl_pasted_table_keep (text, &error);

  if (path != NULL)
    g_object_set_data_full (G_OBJECT (show_dialog (self, path)), PASTED_KEY, g_strdup (path),
                            remove_pasted);
  else
    ekl_window_show_message (self, error->message);
}

static void
pasted_files_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EklWindow) self = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  GSList *files = value != NULL ? g_value_get_boxed (value) : NULL;
  g_autofree char *path = files != NULL ? g_file_get_path (files->data) : NULL;

  if (path != NULL)
    ekl_window_offer (self, path);
}

/* Copied cells, or a file that was copied in the file manager. */
static void
paste_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (user_data);

  if (gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                    pasted_files_cb, g_object_ref (user_data));
  else
    gdk_clipboard_read_text_async (clipboard, NULL, pasted_text_cb, g_object_ref (user_data));
}

/* ---- dropping ---- */

static gboolean
drop_cb (EklWindow *self, const GValue *value)
{
  GSList *files = g_value_get_boxed (value);
  g_autofree char *path = files != NULL ? g_file_get_path (files->data) : NULL;

  gtk_revealer_set_reveal_child (self->drop_hint, FALSE);
  if (path == NULL)
    return FALSE;
  ekl_window_offer (self, path);
  return TRUE;
}

static GdkDragAction
drop_enter_cb (EklWindow *self)
{
  gtk_revealer_set_reveal_child (self->drop_hint, TRUE);
  return GDK_ACTION_COPY;
}

static void
drop_leave_cb (EklWindow *self)
{
  gtk_revealer_set_reveal_child (self->drop_hint, FALSE);
}

static void
accept_drops (EklWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "enter", G_CALLBACK (drop_enter_cb), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (drop_leave_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* ---- the menu of what was opened ---- */

static void
append_recent (GMenu *menu, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GString) label = g_string_new (name);
  g_autoptr (GMenuItem) item = NULL;

  /* no mnemonic where a name has an underscore */
  g_string_replace (label, "_", "__", 0);
  item = g_menu_item_new (label->str, NULL);
  g_menu_item_set_action_and_target (item, "win.open-file", "s", path);
  g_menu_append_item (menu, item);
}

static void
fill_open_menu (EklWindow *self)
{
  g_autoptr (GMenu) menu = g_menu_new (), ways = g_menu_new (), recent = g_menu_new ();
  g_auto (GStrv) paths = ekl_recent_files_list (self->settings);

  g_menu_append (ways, _ ("Folder of Pictures…"), "win.open-folder");
  g_menu_append (ways, _ ("Paste a Table"), "win.paste");
  for (guint i = 0; paths[i] != NULL; i++)
    append_recent (recent, paths[i]);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (ways));
  g_menu_append_section (menu, _ ("Recent"), G_MENU_MODEL (recent));
  adw_split_button_set_menu_model (self->open_button, G_MENU_MODEL (menu));
  /* the tooltip of its second half is not its name */
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->open_button));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_MENU_BUTTON (child))
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      adw_split_button_get_dropdown_tooltip (self->open_button),
                                      -1);
}

/* ---- what has come ---- */

static gboolean
is_table_file (EklWindow *self)
{
  EklDataSource *source = ekl_workbench_get_source (self->workbench);
  EklTable *table = source != NULL ? ekl_data_source_get_table (source) : NULL;
  const char *data =
    ekl_experiment_get_string (ekl_workbench_get_experiment (self->workbench), "data");

  return table != NULL && ekl_table_get_csv_format (table) != NULL &&
         !g_str_has_prefix (data, "example:");
}

/* A table that came without the dialog was guessed at: what became of it is said, with a way back. */
static void
tell_guess (EklWindow *self)
{
  g_autofree char *what = ekl_dataset_summary_format (
    ekl_dataset_get_summary (ekl_workbench_get_dataset (self->workbench)));
  g_autofree char *text = g_strdup_printf (
    _ ("%s: %s"), ekl_dataset_get_name (ekl_workbench_get_dataset (self->workbench)), what);

  ekl_window_show_choice (self, text, _ ("Change…"), "win.import-options");
}

static void
run_started_cb (EklWindow *self)
{
  EklDataSource *source = ekl_workbench_get_source (self->workbench);
  const char *data =
    ekl_experiment_get_string (ekl_workbench_get_experiment (self->workbench), "data");
  GAction *options = g_action_map_lookup_action (G_ACTION_MAP (self), "import-options");
  const gboolean is_table = is_table_file (self);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (options), is_table);
  if (source == self->opened_source)
    return;
  self->opened_source = source;
  if (is_table && source != self->told_source)
    tell_guess (self);
  self->told_source = NULL;
  if (!g_str_has_prefix (data, "example:")) {
    ekl_recent_files_add (self->settings, data);
    fill_open_menu (self);
  }
}

/**
 * ekl_window_add_data_actions:
 *
 * Adds the actions that bring data in, the drop target, and the menu of recent files; the window's
 * settings are there.
 */
void
ekl_window_add_data_actions (EklWindow *self)
{
  static const GActionEntry entries[] = {
    { "open", open_cb },          { "open-folder", open_folder_cb },
    { "import", import_cb, "s" }, { "import-options", import_options_cb },
    { "paste", paste_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_simple_action_set_enabled (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "import-options")), FALSE);
  g_signal_connect_object (self->workbench, "run-started", G_CALLBACK (run_started_cb), self,
                           G_CONNECT_SWAPPED);
  accept_drops (self);
  fill_open_menu (self);
}

/* ekl-window-files.c - the run as files, and its history: save, replay, undo, redo
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define WHAT_KEY   "ekl-what"
#define DIALOG_KEY "ekl-dialog"

/* What can be saved: the name in actions, the dialog, the file that it suggests. */
static const struct {
  const char *name;
  EklRunFile what;
  const char *title;
  const char *ending;
} files[] = {
  { "experiment", EKL_RUN_FILE_EXPERIMENT, N_ ("Save Experiment"), ".ekilab" },
  { "ensemble", EKL_RUN_FILE_ENSEMBLE, N_ ("Export Particles"), "-particles.npy" },
  { "parameters", EKL_RUN_FILE_DESCENT, N_ ("Export Parameters of Gradient Descent"),
    "-gradient-descent.npy" },
};

static int
find_file (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (g_str_equal (files[i].name, name))
      return (int) i;
  return -1;
}

/* ---- the toolkit's dialogs for files ---- */

static void
remove_dialog (gpointer dialog)
{
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

/**
 * ekl_window_ask:
 * @dialog: (transfer full): its "response" calls ekl_window_end_asking()
 *
 * Shows the dialog, which goes with the window: it would stay otherwise, with nobody to answer to.
 */
void
ekl_window_ask (EklWindow *self, GtkFileChooserNative *dialog)
{
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_object_set_data_full (G_OBJECT (self), DIALOG_KEY, dialog, remove_dialog);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * ekl_window_end_asking:
 *
 * Removes the dialog, if there is one.
 */
void
ekl_window_end_asking (EklWindow *self)
{
  g_object_set_data (G_OBJECT (self), DIALOG_KEY, NULL);
}

/* With its ending, so that it is opened as what it is. */
static void
save_to (EklWindow *self, int i, const char *path)
{
  const char *ending = strrchr (files[i].ending, '.');
  g_autofree char *whole =
    g_str_has_suffix (path, ending) ? g_strdup (path) : g_strconcat (path, ending, NULL);

  ekl_workbench_save (self->workbench, files[i].what, whole);
}

static void
response_cb (GtkNativeDialog *dialog, int response, EklWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

    if (path != NULL)
      save_to (self, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (dialog), WHAT_KEY)), path);
  }
  ekl_window_end_asking (self);
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EklWindow *self = user_data;
  const int i = find_file (g_variant_get_string (parameter, NULL));
  g_autofree char *name = NULL;
  GtkFileChooserNative *dialog;

  if (i < 0)
    return;
  name = ekl_window_make_file_name (self, files[i].ending);
  dialog = gtk_file_chooser_native_new (_ (files[i].title), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save"), _ ("Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_object_set_data (G_OBJECT (dialog), WHAT_KEY, GINT_TO_POINTER (i));
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  ekl_window_ask (self, dialog);
}

/* ---- the same without a dialog, for scripts ---- */

static void
save_to_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *name, *path;
  int i;

  g_variant_get (parameter, "(&s&s)", &name, &path);
  i = find_file (name);
  if (i >= 0)
    save_to (user_data, i, path);
}

static void
export_to_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *figure, *path;

  g_variant_get (parameter, "(&s&s)", &figure, &path);
  ekl_window_export_to (user_data, figure, path);
}

static void
open_file_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_window_open (user_data, g_variant_get_string (parameter, NULL));
}

/* ---- back and forth ---- */

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_workbench_undo (EKL_WINDOW (user_data)->workbench);
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_workbench_redo (EKL_WINDOW (user_data)->workbench);
}

static void
replay_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ekl_workbench_replay (EKL_WINDOW (user_data)->workbench);
}

static void
append_step (GMenu *menu, const char *label, const char *nothing, const char *action)
{
  g_autoptr (GString) text = g_string_new (label != NULL ? label : nothing);

  /* no mnemonic where a name has an underscore */
  g_string_replace (text, "_", "__", 0);
  g_menu_append (menu, text->str, action);
}

static void
undo_changed_cb (EklWindow *self)
{
  const char *undo = ekl_workbench_get_undo_label (self->workbench);
  const char *redo = ekl_workbench_get_redo_label (self->workbench);
  g_autofree char *undo_text = undo != NULL ? g_strdup_printf (_ ("Undo %s"), undo) : NULL;
  g_autofree char *redo_text = redo != NULL ? g_strdup_printf (_ ("Redo %s"), redo) : NULL;

  g_menu_remove_all (self->undo_menu);
  append_step (self->undo_menu, undo_text, _ ("Undo"), "win.undo");
  append_step (self->undo_menu, redo_text, _ ("Redo"), "win.redo");
  ekl_window_set_enabled (self, "undo", undo != NULL);
  ekl_window_set_enabled (self, "redo", redo != NULL);
}

static void
state_changed_cb (EklWindow *self)
{
  static const char *const need_run[] = { "save", "save-to", "export-to", "replay" };
  const gboolean has_run = ekl_workbench_get_dataset (self->workbench) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (need_run); i++)
    ekl_window_set_enabled (self, need_run[i], has_run);
}

/**
 * ekl_window_add_file_actions:
 *
 * Adds the actions, and keeps the labels of undo and redo up to date.
 */
void
ekl_window_add_file_actions (EklWindow *self)
{
  static const GActionEntry entries[] = {
    { "save", save_cb, "s" },
    { "save-to", save_to_cb, "(ss)" },
    { "export-to", export_to_cb, "(ss)" },
    { "open-file", open_file_cb, "s" },
    { "undo", undo_cb },
    { "redo", redo_cb },
    { "replay", replay_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->workbench, "undo-changed", G_CALLBACK (undo_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workbench, "progress", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  undo_changed_cb (self);
  state_changed_cb (self);
}

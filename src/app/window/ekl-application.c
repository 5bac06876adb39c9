/* ekl-application.c - the program: its windows and its keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-application.h"

#include "ekl-app-resources.h"
#include "ekl-window.h"
#include "frame_times.h"

#include <glib/gi18n.h>

struct _EklApplication {
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (EklApplication, ekl_application, ADW_TYPE_APPLICATION)

#define FIRST_EXAMPLE "example:sine"

static void
open_window (EklApplication *self, const char *source)
{
  GtkWidget *window = ekl_window_new (ADW_APPLICATION (self));

  ekl_window_open (EKL_WINDOW (window), source);
  gtk_window_present (GTK_WINDOW (window));
}

static void
ekl_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window != NULL)
    gtk_window_present (window);
  else
    open_window (EKL_APPLICATION (application), FIRST_EXAMPLE);
}

/* A window each: what runs in another one goes on. */
static void
ekl_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++) {
    g_autofree char *path = g_file_get_path (files[i]);
    g_autofree char *uri = g_file_get_uri (files[i]);

    /* example:NAME comes as a URI of a scheme that nobody knows */
    open_window (EKL_APPLICATION (application), path != NULL ? path : uri);
  }
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (user_data));

  /* closed, not dropped, so that their engines are joined and their sizes kept */
  for (GList *w = windows; w != NULL; w = w->next)
    gtk_window_close (w->data);
  g_list_free (windows);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  adw_show_about_window (
    window, "application-name", _ ("EKI Lab"), "application-icon", EKL_APP_ID, "version",
    EKL_VERSION, "developer-name", _ ("The EKI Lab authors"), "license-type", GTK_LICENSE_GPL_3_0,
    "comments",
    _ ("Ensemble Kalman inversion and gradient descent train the same neural network, side by "
       "side, on the same data."),
    NULL);
}

static void
add_actions (EklApplication *self)
{
  static const GActionEntry entries[] = {
    { "quit", quit_cb },
    { "about", about_cb },
  };
  static const struct {
    const char *action;
    const char *accels[2];
  } accels[] = {
    { "app.quit", { "<Control>q" } },
    { "win.open", { "<Control>o" } },
    { "win.export::all", { "<Control>e" } },
    { "win.side-panel", { "F9" } },
    { "win.save::experiment", { "<Control>s" } },
    { "win.undo", { "<Control>z" } },
    { "win.redo", { "<Control><Shift>z" } },
    { "window.close", { "<Control>w" } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           accels[i].accels);
}

/* The style sheet, the icons and the list of keys are found by the resource's path. */
static void
ekl_application_startup (GApplication *application)
{
  ekl_app_register_resource ();
  G_APPLICATION_CLASS (ekl_application_parent_class)->startup (application);
  add_actions (EKL_APPLICATION (application));
  gtk_window_set_default_icon_name (EKL_APP_ID);
}

static void
ekl_application_shutdown (GApplication *application)
{
  ekl_frame_times_print ();
  G_APPLICATION_CLASS (ekl_application_parent_class)->shutdown (application);
}

static void
ekl_application_class_init (EklApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = ekl_application_activate;
  application_class->open = ekl_application_open;
  application_class->startup = ekl_application_startup;
  application_class->shutdown = ekl_application_shutdown;
}

static void
ekl_application_init (EklApplication *self)
{
  /* who has opened and saved files, for the desktop's list of recent ones */
  if (g_get_application_name () == NULL)
    g_set_application_name (_ ("EKI Lab"));
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[FILE…]"));
  g_application_set_option_context_summary (
    G_APPLICATION (self), _ ("FILE: a CSV, or example:NAME; with none, the first example."));
}

/**
 * ekl_application_new:
 * @flags: added to G_APPLICATION_HANDLES_OPEN
 *
 * Returns: (transfer full): the program
 */
EklApplication *
ekl_application_new (GApplicationFlags flags)
{
  return g_object_new (EKL_TYPE_APPLICATION, "application-id", EKL_APP_ID, "flags",
                       flags | G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/org/ekilab/EkiLab", NULL);
}

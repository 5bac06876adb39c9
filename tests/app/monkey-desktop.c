/* monkey-desktop.c - what the desktop around a window does: sizes, styles, dialogs, other windows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "monkey.h"

#include "ekl-import-dialog.h"

#define MAX_TOPLEVELS 5

static void
resize (Monkey *self)
{
  const int width = 100 + (int) monkey_below (self, 1180);
  const int height = 100 + (int) monkey_below (self, 800);

  monkey_note ("resize to %d x %d", width, height);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
}

static void
place (Monkey *self)
{
  GtkWindow *window = GTK_WINDOW (self->window);
  static void (*const ways[]) (GtkWindow *) = {
    gtk_window_maximize,     gtk_window_unmaximize, gtk_window_fullscreen,
    gtk_window_unfullscreen, gtk_window_minimize,   gtk_window_present,
  };
  const guint k = monkey_below (self, G_N_ELEMENTS (ways));

  monkey_note ("place in way %u", k);
  ways[k](window);
}

static void
dress (Monkey *self)
{
  GtkSettings *settings = gtk_settings_get_default ();
  const gboolean yes = monkey_coin (self, 2);

  monkey_note ("dress");
  switch (monkey_below (self, 4)) {
  case 0:
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        yes ? ADW_COLOR_SCHEME_FORCE_DARK
                                            : ADW_COLOR_SCHEME_DEFAULT);
    break;
  case 1:
    g_object_set (settings, "gtk-xft-dpi", (int) (72 + monkey_below (self, 72)) * 1024, NULL);
    break;
  case 2:
    g_object_set (settings, "gtk-enable-animations", yes, NULL);
    break;
  default:
    gtk_widget_set_direction (GTK_WIDGET (self->window), yes ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
    break;
  }
}

static void
answer_chooser (Monkey *self, GtkWidget *chooser)
{
  static const int responses[] = { GTK_RESPONSE_ACCEPT, GTK_RESPONSE_CANCEL,
                                   GTK_RESPONSE_DELETE_EVENT };
  const int response = responses[monkey_below (self, G_N_ELEMENTS (responses))];

  monkey_note ("answer a dialog for files with %d", response);
  gtk_dialog_response (GTK_DIALOG (chooser), response);
}

static void
answer (Monkey *self)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  const guint n = g_list_model_get_n_items (toplevels);
  g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, monkey_below (self, n));

  if (toplevel == GTK_WIDGET (self->window))
    return;
  if (GTK_IS_FILE_CHOOSER (toplevel)) {
    answer_chooser (self, toplevel);
  } else if (EKL_IS_IMPORT_DIALOG (toplevel) && !monkey_coin (self, 3)) {
    monkey_note ("accept an import");
    gtk_widget_activate_action (toplevel, "import.accept", NULL);
  } else if (!EKL_IS_WINDOW (toplevel) || n > MAX_TOPLEVELS) {
    monkey_note ("close %s", G_OBJECT_TYPE_NAME (toplevel));
    gtk_window_close (GTK_WINDOW (toplevel));
  }
}

static void
open_other (Monkey *self)
{
  GtkWidget *other;

  if (g_list_model_get_n_items (gtk_window_get_toplevels ()) > MAX_TOPLEVELS)
    return;
  monkey_note ("another window");
  other = ekl_window_new (self->application);
  ekl_window_open (EKL_WINDOW (other), "example:moons");
  gtk_window_present (GTK_WINDOW (other));
  ekl_workbench_run (ekl_window_get_workbench (EKL_WINDOW (other)));
}

static void
close_other (Monkey *self)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++) {
    g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

    if (EKL_IS_WINDOW (toplevel) && toplevel != GTK_WINDOW (self->window)) {
      monkey_note ("close the other window");
      gtk_window_close (toplevel);
      return;
    }
  }
}

static void
about (Monkey *self)
{
  monkey_note ("about");
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "about", NULL);
}

const MonkeyTrick monkey_desktop_tricks[] = {
  /* clang-format off */
  { "resize", 5, resize },
  { "place", 2, place },
  { "dress", 4, dress },
  { "answer", 12, answer },
  { "open-other", 1, open_other },
  { "close-other", 2, close_other },
  { "about", 1, about },
  /* clang-format on */
  { NULL },
};

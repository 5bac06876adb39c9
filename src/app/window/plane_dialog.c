/* plane_dialog.c - asks for the two parameters that span the plane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "plane_dialog.h"

#include <glib/gi18n.h>

/* Of the dialog, and freed with it. */
typedef struct {
  EklNetwork network;
  AdwActionRow *row[2];
  GtkSpinButton *number[2];
} Choice;

/* Numbers are from 1, and say what they are: W1(3,7) is a weight, b2(1) a bias. */
static void
show_names (Choice *self)
{
  for (guint k = 0; k < 2; k++) {
    g_autofree char *name = ekl_network_name_parameter (
      &self->network, (gsize) gtk_spin_button_get_value_as_int (self->number[k]) - 1);

    adw_action_row_set_subtitle (self->row[k], name);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->number[k]),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, name, -1);
  }
}

static void
add_row (Choice *self, guint k, GtkListBox *list, gsize parameter)
{
  const char *title = k == 0 ? _ ("Across") : _ ("Upwards");
  const double last = (double) self->network.n_parameters;

  self->row[k] = ADW_ACTION_ROW (adw_action_row_new ());
  self->number[k] = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (1, last, 1));
  gtk_spin_button_set_value (self->number[k], (double) MIN (parameter, last - 1) + 1);
  gtk_widget_set_valign (GTK_WIDGET (self->number[k]), GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row[k]), title);
  adw_action_row_add_suffix (self->row[k], GTK_WIDGET (self->number[k]));
  adw_action_row_set_activatable_widget (self->row[k], GTK_WIDGET (self->number[k]));
  gtk_list_box_append (list, GTK_WIDGET (self->row[k]));
  g_signal_connect_swapped (self->number[k], "value-changed", G_CALLBACK (show_names), self);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Choice *self)
{
  const guint64 first = (guint64) gtk_spin_button_get_value_as_int (self->number[0]) - 1;
  const guint64 second = (guint64) gtk_spin_button_get_value_as_int (self->number[1]) - 1;
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  if (g_str_equal (response, "show") && window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.plane-parameters", "(tt)", first, second);
}

/**
 * ekl_plane_dialog_show:
 * @window: has the action win.plane-parameters, which gets the answer
 * @network: copied
 * @parameter: (array fixed-size=2): what is chosen now, from 0
 *
 * Asks for two parameters by their numbers, and says what these are.
 */
void
ekl_plane_dialog_show (GtkWindow *window, const EklNetwork *network, const gsize parameter[2])
{
  GtkWidget *dialog = adw_message_dialog_new (window, _ ("Two Parameters"), NULL);
  GtkWidget *list = gtk_list_box_new ();
  Choice *choice = g_new0 (Choice, 1);

  choice->network = *network;
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint k = 0; k < 2; k++)
    add_row (choice, k, GTK_LIST_BOX (list), parameter[k]);
  show_names (choice);

  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), list);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), "show",
                                    _ ("Show"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "show",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "show");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), choice,
                         (GClosureNotify) (GCallback) g_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

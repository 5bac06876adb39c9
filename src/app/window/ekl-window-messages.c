/* ekl-window-messages.c - sentences over the pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-window-private.h"

#define MESSAGE_MS    10000
#define MESSAGE_CHARS 70

static void
toast_dismissed_cb (EklWindow *self)
{
  g_clear_handle_id (&self->message_source, g_source_remove);
  self->toast = NULL;
  self->message_label = NULL;
}

static void
dismiss_cb (EklWindow *self)
{
  self->message_source = 0;
  adw_toast_dismiss (self->toast);
}

static void
add_toast (EklWindow *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MESSAGE_CHARS);
  gtk_widget_add_css_class (label, "message");
  self->message_label = GTK_LABEL (label);
  self->toast = adw_toast_new ("");
  adw_toast_set_custom_title (self->toast, label);
  adw_toast_set_timeout (self->toast, 0);
  g_signal_connect_object (self->toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * ekl_window_show_choice:
 * @button: (nullable): the label of a button
 * @action: (nullable): what it does, as a detailed action name
 *
 * Says a sentence over the pictures, in full length and with no markup in it. Where one is said
 * already this one takes its place: libadwaita 1.2 falls over a toast that is dismissed while it
 * comes, so none is before its time.
 */
void
ekl_window_show_choice (EklWindow *self,
                        const char *message,
                        const char *button,
                        const char *action)
{
  const gboolean is_new = self->toast == NULL;

  if (is_new)
    add_toast (self);
  gtk_label_set_label (self->message_label, message);
  adw_toast_set_button_label (self->toast, button);
  if (action != NULL)
    adw_toast_set_detailed_action_name (self->toast, action);
  g_clear_handle_id (&self->message_source, g_source_remove);
  self->message_source = g_timeout_add_once (MESSAGE_MS, (GSourceOnceFunc) dismiss_cb, self);
  if (is_new)
    adw_toast_overlay_add_toast (self->toasts, self->toast);
}

/**
 * ekl_window_show_message:
 *
 * Says a sentence that there is nothing to be done about.
 */
void
ekl_window_show_message (EklWindow *self, const char *message)
{
  ekl_window_show_choice (self, message, NULL, NULL);
}

/**
 * ekl_window_forget_messages:
 *
 * Nothing happens to them any more.
 */
void
ekl_window_forget_messages (EklWindow *self)
{
  g_clear_handle_id (&self->message_source, g_source_remove);
}

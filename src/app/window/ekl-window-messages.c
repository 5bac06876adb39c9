/* ekl-window-messages.c - sentences in the place of the window's title
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-window-private.h"

#define MESSAGE_MS 10000
#define GAP        6 /* px between it and the buttons beside it */
#define TALL       2.2 /* heights of the header bar; where it would be higher it covers buttons, too */

/* Where a widget is, in the window's content. */
static graphene_rect_t
get_bounds (GtkWidget *widget, GtkWidget *content)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, 0, 0);

  if (!gtk_widget_compute_bounds (widget, content, &bounds))
    graphene_rect_init (&bounds, 0, 0, 0, 0);
  return bounds;
}

static int
get_height (GtkWidget *widget, int width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

/**
 * ekl_window_place_message:
 *
 * Between the buttons of the header bar, in the middle where it is narrow enough; several lines go
 * on below it, but where text is so large that they would be many the message starts at the edge.
 *
 * Returns: %TRUE: the place is known
 */
gboolean
ekl_window_place_message (GtkOverlay *overlay,
                          GtkWidget *child,
                          GdkRectangle *allocation,
                          EklWindow *self)
{
  GtkWidget *content = GTK_WIDGET (overlay);
  const int bar = gtk_widget_get_height (self->header_bar);
  const graphene_rect_t before = get_bounds (GTK_WIDGET (self->examples_button), content);
  const graphene_rect_t after = get_bounds (self->presenter_button, content);
  int left = (int) (before.origin.x + before.size.width) + GAP, right = (int) after.origin.x - GAP;
  int minimum, natural, width;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  if (right - left < minimum || get_height (child, MIN (natural, right - left)) > TALL * bar)
    left = GAP;
  width = MAX (MIN (natural, right - left), minimum);
  allocation->width = width;
  allocation->height = get_height (child, width);
  allocation->x =
    CLAMP ((gtk_widget_get_width (content) - width) / 2, left, MAX (right - width, left));
  allocation->y = MAX ((bar - allocation->height) / 2, 3);
  return TRUE;
}

/**
 * ekl_window_say:
 * @text: (nullable): what is to be heard; %NULL: nothing more
 *
 * Tells those who do not see the window what has come up in it. This version of the toolkit tells a
 * screen reader nothing of what appears; but the name of the window in use is spoken when it changes,
 * wherever the focus is. So that is the sentence, and then the title again.
 */
void
ekl_window_say (EklWindow *self, const char *text)
{
  if (g_strcmp0 (text, self->said) == 0)
    return;
  g_free (self->said);
  self->said = g_strdup (text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : gtk_window_get_title (GTK_WINDOW (self)),
                                  -1);
}

/* @message: (nullable): none */
static void
show (EklWindow *self, const char *message)
{
  if (message != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->message_box),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, message, -1);
  else
    ekl_window_leave (self, GTK_WIDGET (self->message_box));
  ekl_window_say (self, message);
  gtk_widget_set_visible (GTK_WIDGET (self->message_box), message != NULL);
  gtk_widget_set_opacity (GTK_WIDGET (self->window_title), message != NULL ? 0 : 1);
}

/**
 * ekl_window_close_message:
 *
 * Shows the title again.
 */
void
ekl_window_close_message (EklWindow *self)
{
  g_clear_handle_id (&self->message_source, g_source_remove);
  show (self, NULL);
}

/**
 * ekl_window_follow_message:
 *
 * Does what the message's button offers. The message goes first, since this may lead to another.
 */
void
ekl_window_follow_message (EklWindow *self)
{
  g_autofree char *action = g_steal_pointer (&self->message_action);
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  ekl_window_close_message (self);
  if (action != NULL && g_action_parse_detailed_name (action, &name, &target, NULL))
    gtk_widget_activate_action_variant (GTK_WIDGET (self), name, target);
}

/* Not under the hand of who is about to press its button. */
static gboolean
time_over_cb (gpointer user_data)
{
  EklWindow *self = user_data;
  GtkWidget *box = GTK_WIDGET (self->message_box);

  if (gtk_widget_get_state_flags (box) & (GTK_STATE_FLAG_PRELIGHT | GTK_STATE_FLAG_FOCUS_WITHIN))
    return G_SOURCE_CONTINUE;
  self->message_source = 0;
  ekl_window_close_message (self);
  return G_SOURCE_REMOVE;
}

/**
 * ekl_window_show_choice:
 * @button: (nullable): the label of a button
 * @action: (nullable): what it does, as a detailed action name
 *
 * Says a sentence, in full length and with no markup in it, for some seconds. It stands where the
 * window's title is, since everything else in the window is read while a run goes on. One that is
 * said already gives way.
 */
void
ekl_window_show_choice (EklWindow *self,
                        const char *message,
                        const char *button,
                        const char *action)
{
  gtk_label_set_label (self->message_label, message);
  gtk_widget_set_visible (GTK_WIDGET (self->message_button), button != NULL);
  gtk_button_set_label (self->message_button, button != NULL ? button : "");
  g_free (self->message_action);
  self->message_action = g_strdup (action);
  g_clear_handle_id (&self->message_source, g_source_remove);
  self->message_source = g_timeout_add (MESSAGE_MS, time_over_cb, self);
  show (self, message);
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

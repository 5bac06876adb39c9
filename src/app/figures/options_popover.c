/* options_popover.c - a panel's options: they stay open until all is chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A menu closes at each click: for three curves it would have to be opened three times. This has the
 * same entries, as check buttons, and stays. An entry with the attribute "closes" leads elsewhere.
 */
#include "config.h"

#include "options_popover.h"

#include <string.h>

#define MAX_HEIGHT 460 /* px; more is scrolled to */
#define HEADING    "options-heading"

/* What an entry's action is looked up in. */
typedef struct {
  GActionGroup *panel;
  GActionGroup *window; /* nullable */
  GtkWidget *popover;
} Builder;

static gboolean
has_state (const Builder *self, const char *action)
{
  const char *name = strchr (action, '.');
  GActionGroup *group = g_str_has_prefix (action, "panel.") ? self->panel : self->window;
  g_autoptr (GVariant) state = NULL;

  if (group != NULL && name != NULL)
    state = g_action_group_get_action_state (group, name + 1);
  return state != NULL;
}

/* Without mnemonics, by which a button would be named twice to those who hear it. */
static GtkWidget *
make_check (const char *label)
{
  GtkWidget *check = gtk_check_button_new_with_label (label);

  /* long words must not make it wider than the window */
  gtk_widget_set_hexpand (check, TRUE);
  return check;
}

static GtkWidget *
make_button (const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static void
add_entry (const Builder *self, GtkBox *box, GMenuModel *menu, int i)
{
  g_autofree char *label = NULL;
  g_autofree char *action = NULL;
  g_autoptr (GVariant) target =
    g_menu_model_get_item_attribute_value (menu, i, G_MENU_ATTRIBUTE_TARGET, NULL);
  gboolean closes = FALSE;
  GtkWidget *entry;

  if (!g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label) ||
      !g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action))
    return;
  g_menu_model_get_item_attribute (menu, i, "closes", "b", &closes);
  entry = has_state (self, action) ? make_check (label) : make_button (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (entry), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (entry), target);
  if (closes)
    g_signal_connect_swapped (entry, "clicked", G_CALLBACK (gtk_popover_popdown), self->popover);
  gtk_box_append (box, entry);
}

/* Between two sections without headings; one that begins with a submenu has that one's heading. */
static gboolean
needs_line (GtkBox *box, GMenuModel *section)
{
  GtkWidget *last = gtk_widget_get_last_child (GTK_WIDGET (box));
  g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (section, 0, G_MENU_LINK_SUBMENU);

  return last != NULL && submenu == NULL && !gtk_widget_has_css_class (last, HEADING);
}

/* Sections and submenus stand below one another, each with its heading. */
static void
add_menu (const Builder *self, GtkBox *box, GMenuModel *menu)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++) {
    g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
    g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);
    GMenuModel *inner = section != NULL ? section : submenu;
    g_autofree char *label = NULL;

    if (inner == NULL) {
      add_entry (self, box, menu, i);
      continue;
    }
    if (g_menu_model_get_n_items (inner) == 0)
      continue;
    if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label)) {
      GtkWidget *heading = gtk_label_new (label);

      gtk_label_set_xalign (GTK_LABEL (heading), 0);
      gtk_widget_add_css_class (heading, HEADING);
      gtk_box_append (box, heading);
    } else if (needs_line (box, inner)) {
      gtk_box_append (box, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
    }
    add_menu (self, box, inner);
  }
}

/* The toolkit would pass over check buttons, and begin in the middle. */
static void
focus_first_cb (GtkWidget *box)
{
  GtkWidget *child = gtk_widget_get_first_child (box);

  while (child != NULL && !gtk_widget_grab_focus (child))
    child = gtk_widget_get_next_sibling (child);
}

/**
 * ekl_options_popover_new:
 * @menu: sections and submenus of entries
 * @panel: the actions that "panel." stands for
 * @window: (nullable): those that "win." stands for
 *
 * Entries of actions with a state are check buttons, of the others buttons; neither closes it.
 *
 * Returns: (transfer floating): the options
 */
GtkWidget *
ekl_options_popover_new (GMenuModel *menu, GActionGroup *panel, GActionGroup *window)
{
  Builder self = { panel, window, gtk_popover_new () };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  add_menu (&self, GTK_BOX (box), menu);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MAX_HEIGHT);
  gtk_widget_set_focusable (scrolled, FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_popover_set_child (GTK_POPOVER (self.popover), scrolled);
  g_signal_connect_swapped (self.popover, "map", G_CALLBACK (focus_first_cb), box);
  gtk_widget_add_css_class (self.popover, "options");
  return self.popover;
}

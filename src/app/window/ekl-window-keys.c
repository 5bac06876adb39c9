/* ekl-window-keys.c - the window by keys: those without Ctrl, and the way from one part to another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keys without a modifier must not be taken from an entry, nor from a menu; and those with one that the
 * application has are its accelerators.
 */
#include "config.h"

#include "ekl-window-private.h"

typedef struct {
  guint keyval;
  GdkModifierType modifiers;
  const char *action; /* detailed */
} Key;

static const Key keys[] = {
  { GDK_KEY_space, 0, "win.run" },
  { GDK_KEY_Right, 0, "win.step(1)" },
  { GDK_KEY_Right, GDK_SHIFT_MASK, "win.step(10)" },
  { GDK_KEY_Left, 0, "win.look(-1)" },
  { GDK_KEY_Left, GDK_SHIFT_MASK, "win.look(-10)" },
  { GDK_KEY_End, 0, "win.look(0)" },
  { GDK_KEY_v, GDK_CONTROL_MASK, "win.paste" },
  { GDK_KEY_r, 0, "win.reset" },
  { GDK_KEY_n, 0, "win.new-seed" },
  { GDK_KEY_l, 0, "win.log-axis" },
  { GDK_KEY_f, 0, "win.fit" },
  { GDK_KEY_p, 0, "win.presenter" },
  { GDK_KEY_s, 0, "win.slow-motion" },
  { GDK_KEY_1, 0, "win.enlarge(1)" },
  { GDK_KEY_2, 0, "win.enlarge(2)" },
  { GDK_KEY_3, 0, "win.enlarge(3)" },
  { GDK_KEY_4, 0, "win.enlarge(4)" },
  { GDK_KEY_period, 0, "win.select-particle(1)" },
  { GDK_KEY_comma, 0, "win.select-particle(-1)" },
  { GDK_KEY_period, GDK_CONTROL_MASK, "win.select-more(1)" },
  { GDK_KEY_comma, GDK_CONTROL_MASK, "win.select-more(-1)" },
  { GDK_KEY_Left, GDK_ALT_MASK, "win.move-selected('left')" },
  { GDK_KEY_Right, GDK_ALT_MASK, "win.move-selected('right')" },
  { GDK_KEY_Up, GDK_ALT_MASK, "win.move-selected('up')" },
  { GDK_KEY_Down, GDK_ALT_MASK, "win.move-selected('down')" },
  { GDK_KEY_F6, 0, "win.go-on(1)" },
  { GDK_KEY_F6, GDK_SHIFT_MASK, "win.go-on(-1)" },
  { GDK_KEY_Escape, 0, "win.enlarge(0)" },
};

/* Whether the widget with the focus has a use of its own for the key. */
static gboolean
focus_needs_key (EklWindow *self, guint keyval)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus == NULL)
    return FALSE;
  if (GTK_IS_EDITABLE (focus) || gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL)
    return TRUE;
  if (keyval == GDK_KEY_End && GTK_IS_LIST_BOX_ROW (focus))
    return TRUE;
  return GTK_IS_RANGE (focus) &&
         (keyval == GDK_KEY_Right || keyval == GDK_KEY_Left || keyval == GDK_KEY_End);
}

/* What went to a button by the keyboard presses it by Space, as everywhere. Who has clicked on one is done
 * with it: the next Space is to run, which is what a lecturer's hand lies on. */
static gboolean
presses_button (EklWindow *self, guint keyval)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return (keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space) && self->walks &&
         (GTK_IS_BUTTON (focus) || GTK_IS_CHECK_BUTTON (focus) || GTK_IS_SWITCH (focus));
}

static gboolean
is_walk (guint keyval)
{
  return keyval == GDK_KEY_Tab || keyval == GDK_KEY_ISO_Left_Tab || keyval == GDK_KEY_KP_Tab ||
         keyval == GDK_KEY_F6;
}

static gboolean
has_selection (EklWindow *self)
{
  guint n;

  ekl_workbench_get_selected (self->workbench, &n);
  return n > 0;
}

/* What keys have begun in a figure ends first. */
static gboolean
drop_cursor (EklWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return EKL_IS_PLOT_VIEW (focus) && ekl_plot_view_drop_cursor (EKL_PLOT_VIEW (focus));
}

static gboolean
key_pressed_cb (EklWindow *self, guint keyval, guint keycode, GdkModifierType state)
{
  const GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  const guint lower = gdk_keyval_to_lower (keyval);

  self->walks = self->walks || is_walk (keyval);
  if (focus_needs_key (self, keyval) || presses_button (self, keyval))
    return GDK_EVENT_PROPAGATE;
  if (lower == GDK_KEY_Escape && drop_cursor (self))
    return GDK_EVENT_STOP;
  if (lower == GDK_KEY_Escape && has_selection (self)) {
    gtk_widget_activate_action (GTK_WIDGET (self), "win.clear-selection", NULL);
    return GDK_EVENT_STOP;
  }
  if (lower == GDK_KEY_Escape && self->enlarged == 0)
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    if (keys[i].keyval == lower && keys[i].modifiers == modifiers) {
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;

      g_action_parse_detailed_name (keys[i].action, &name, &target, NULL);
      gtk_widget_activate_action_variant (GTK_WIDGET (self), name, target);
      return GDK_EVENT_STOP;
    }
  }
  return GDK_EVENT_PROPAGATE;
}

static void
clicked_cb (EklWindow *self)
{
  self->walks = FALSE;
}

/* ---- from one part of the window to the next ---- */

#define MAX_PARTS 6

/* From the message, which does not wait, through all that is there, in the order of Tab. */
static guint
list_parts (EklWindow *self, GtkWidget *parts[MAX_PARTS])
{
  GtkWidget *const all[MAX_PARTS] = {
    GTK_WIDGET (self->message_box), self->header_bar,         GTK_WIDGET (self->story_bar),
    GTK_WIDGET (self->side_panel),  GTK_WIDGET (self->pages), GTK_WIDGET (self->run_bar),
  };
  guint n = 0;

  for (guint i = 0; i < MAX_PARTS; i++)
    if (gtk_widget_get_mapped (all[i]))
      parts[n++] = all[i];
  return n;
}

/* Who is nowhere goes to the first part; what takes no focus is passed over. */
static void
go_on_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EklWindow *self = user_data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *parts[MAX_PARTS];
  const guint n = list_parts (self, parts);
  const guint step = g_variant_get_int32 (parameter) > 0 ? 1 : n - 1;
  guint here = step == 1 ? n - 1 : 0;

  for (guint i = 0; i < n && focus != NULL; i++)
    if (focus == parts[i] || gtk_widget_is_ancestor (focus, parts[i]))
      here = i;
  for (guint i = 1; i < n; i++)
    if (gtk_widget_child_focus (parts[(here + i * step) % n], GTK_DIR_TAB_FORWARD))
      return;
}

/* ---- where the focus goes when what had it goes ---- */

static gboolean
is_in (GtkWidget *focus, GtkWidget *part)
{
  return focus != NULL && gtk_widget_is_ancestor (focus, part);
}

/* Where it is now: what is around it, from the inside. */
static void
remember_place (EklWindow *self, GtkWidget *focus)
{
  GtkWidget *around = gtk_widget_get_parent (focus);

  if (!is_in (focus, GTK_WIDGET (self->message_box)) &&
      !is_in (focus, GTK_WIDGET (self->story_bar)))
    g_weak_ref_set (&self->before_part, focus);
  for (guint i = 0; i < EKL_WINDOW_DEPTH; i++) {
    g_weak_ref_set (&self->around_focus[i], around);
    around = around != NULL ? gtk_widget_get_parent (around) : NULL;
  }
}

/* Into what is left of the place: a row whose button to reset has gone has its editor still. */
static gboolean
find_place_cb (gpointer user_data)
{
  EklWindow *self = user_data;
  gboolean found =
    !gtk_widget_get_mapped (GTK_WIDGET (self)) || gtk_window_get_focus (GTK_WINDOW (self)) != NULL;

  for (guint i = 0; i < EKL_WINDOW_DEPTH && !found; i++) {
    g_autoptr (GtkWidget) around = g_weak_ref_get (&self->around_focus[i]);

    found = around != NULL && gtk_widget_get_mapped (around) &&
            gtk_widget_child_focus (around, GTK_DIR_TAB_FORWARD);
  }
  return G_SOURCE_REMOVE;
}

/* The toolkit would begin again at the window's first button. Who uses a mouse is left without: an
 * entry would take the next key for itself. */
static void
focus_changed_cb (EklWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus != NULL)
    remember_place (self, focus);
  else if (self->walks)
    g_idle_add_full (G_PRIORITY_DEFAULT, find_place_cb, g_object_ref (self), g_object_unref);
}

/**
 * ekl_window_leave:
 * @part: what comes and goes, and is about to go
 *
 * Where the focus is in it, it goes back to where it was before.
 */
void
ekl_window_leave (EklWindow *self, GtkWidget *part)
{
  g_autoptr (GtkWidget) before = g_weak_ref_get (&self->before_part);

  if (is_in (gtk_window_get_focus (GTK_WINDOW (self)), part) && before != NULL && self->walks)
    gtk_widget_grab_focus (before);
}

/**
 * ekl_window_forget_keys:
 *
 * There is no place any more.
 */
void
ekl_window_forget_keys (EklWindow *self)
{
  g_weak_ref_clear (&self->before_part);
  for (guint i = 0; i < EKL_WINDOW_DEPTH; i++)
    g_weak_ref_clear (&self->around_focus[i]);
}

/**
 * ekl_window_add_keys:
 *
 * Adds the keys, which come before those of what has the focus.
 */
void
ekl_window_add_keys (EklWindow *self)
{
  static const GActionEntry entries[] = {
    { "go-on", go_on_cb, "i" },
  };
  GtkEventController *keyboard = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  gtk_event_controller_set_propagation_phase (keyboard, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keyboard, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keyboard);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (clicked_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_weak_ref_init (&self->before_part, NULL);
  for (guint i = 0; i < EKL_WINDOW_DEPTH; i++)
    g_weak_ref_init (&self->around_focus[i], NULL);
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (focus_changed_cb), NULL);
}

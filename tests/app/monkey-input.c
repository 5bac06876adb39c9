/* monkey-input.c - pointer, wheel and keys in the figures, and hands on every widget there is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "monkey.h"

/* ---- in a figure ---- */

static GtkWidget *
find_view (Monkey *self)
{
  const guint kind = monkey_below (self, EKL_N_FIGURES);

  return GTK_WIDGET (ekl_plot_panel_get_view (ekl_window_get_panel (self->window, kind)));
}

/* The k-th of that type, counted round and round. */
static GtkEventController *
find_controller (GtkWidget *widget, GType type, guint k)
{
  g_autoptr (GListModel) all = gtk_widget_observe_controllers (widget);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (all, i);

    if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
      g_ptr_array_add (found, controller);
  }
  g_assert_cmpuint (found->len, >, 0);
  return found->pdata[k % found->len];
}

/* In the widget, now and then out of it. */
static double
find_place (Monkey *self, int size)
{
  return monkey_number (self, -0.1, 1.1) * MAX (size, 1);
}

static void
point (Monkey *self)
{
  GtkWidget *view = find_view (self);
  GtkEventController *motion = find_controller (view, GTK_TYPE_EVENT_CONTROLLER_MOTION, 0);
  const double x = find_place (self, gtk_widget_get_width (view));
  const double y = find_place (self, gtk_widget_get_height (view));

  monkey_note ("point at %.1f, %.1f", x, y);
  if (monkey_coin (self, 5))
    g_signal_emit_by_name (motion, "leave");
  else
    g_signal_emit_by_name (motion, "motion", x, y);
}

static void
scroll (Monkey *self)
{
  GtkWidget *view = find_view (self);
  GtkEventController *wheel = find_controller (view, GTK_TYPE_EVENT_CONTROLLER_SCROLL, 0);
  gboolean taken;

  for (guint n = 1 + monkey_below (self, 30); n > 0; n--) {
    const double dy = monkey_coin (self, 10) ? 200 : monkey_number (self, -3, 2);

    monkey_note ("scroll by %g", dy);
    g_signal_emit_by_name (wheel, "scroll", 0.0, dy, &taken);
  }
}

/* Other things happen on the way. */
static void
drag (Monkey *self)
{
  GtkWidget *view = find_view (self);
  g_autoptr (GtkEventController) gesture =
    g_object_ref (find_controller (view, GTK_TYPE_GESTURE_DRAG, monkey_below (self, 2)));
  const double x = find_place (self, gtk_widget_get_width (view));
  const double y = find_place (self, gtk_widget_get_height (view));
  double dx = 0, dy = 0;

  monkey_note ("drag from %.1f, %.1f", x, y);
  g_signal_emit_by_name (gesture, "drag-begin", x, y);
  for (guint n = monkey_below (self, 8); n > 0 && self->window != NULL; n--) {
    dx += monkey_number (self, -60, 60);
    dy += monkey_number (self, -60, 60);
    g_signal_emit_by_name (gesture, "drag-update", dx, dy);
    for (guint k = monkey_below (self, 20); k > 0; k--)
      g_main_context_iteration (NULL, FALSE);
  }
  if (self->window == NULL)
    return;
  monkey_note ("to %.1f, %.1f", x + dx, y + dy);
  g_signal_emit_by_name (gesture, monkey_coin (self, 10) ? "drag-update" : "drag-end", dx, dy);
}

static void
click (Monkey *self)
{
  GtkWidget *view = find_view (self);
  GtkEventController *gesture = find_controller (view, GTK_TYPE_GESTURE_CLICK, 0);

  monkey_note ("click");
  g_signal_emit_by_name (gesture, "pressed", 1 + (int) monkey_below (self, 3),
                         find_place (self, 100), find_place (self, 100));
}

/* ---- keys ---- */

static const guint keyvals[] = {
  GDK_KEY_space,  GDK_KEY_Left,      GDK_KEY_Right,   GDK_KEY_Up,     GDK_KEY_Down,
  GDK_KEY_Return, GDK_KEY_Escape,    GDK_KEY_plus,    GDK_KEY_minus,  GDK_KEY_a,
  GDK_KEY_r,      GDK_KEY_n,         GDK_KEY_l,       GDK_KEY_f,      GDK_KEY_p,
  GDK_KEY_s,      GDK_KEY_1,         GDK_KEY_2,       GDK_KEY_3,      GDK_KEY_4,
  GDK_KEY_period, GDK_KEY_comma,     GDK_KEY_End,     GDK_KEY_Home,   GDK_KEY_v,
  GDK_KEY_Tab,    GDK_KEY_Page_Down, GDK_KEY_Page_Up, GDK_KEY_KP_Add, GDK_KEY_VoidSymbol,
};

static void
press (Monkey *self)
{
  static const GdkModifierType modifiers[] = {
    0, 0, 0, GDK_SHIFT_MASK, GDK_CONTROL_MASK, GDK_ALT_MASK, GDK_CONTROL_MASK | GDK_SHIFT_MASK
  };
  const guint keyval = keyvals[monkey_below (self, G_N_ELEMENTS (keyvals))];
  const GdkModifierType state = modifiers[monkey_below (self, G_N_ELEMENTS (modifiers))];
  gboolean taken = FALSE;

  monkey_note ("press %s with %u", gdk_keyval_name (keyval), state);
  g_signal_emit_by_name (
    find_controller (GTK_WIDGET (self->window), GTK_TYPE_EVENT_CONTROLLER_KEY, 0), "key-pressed",
    keyval, 0, state, &taken);
  if (!taken && self->window != NULL)
    g_signal_emit_by_name (find_controller (find_view (self), GTK_TYPE_EVENT_CONTROLLER_KEY, 0),
                           "key-pressed", keyval, 0, state, &taken);
}

static void
focus (Monkey *self)
{
  monkey_note ("focus");
  if (monkey_coin (self, 4))
    gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  else if (monkey_coin (self, 2))
    gtk_widget_child_focus (GTK_WIDGET (self->window), GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (find_view (self));
}

/* ---- widgets ---- */

static void
collect (GtkWidget *widget, GPtrArray *found)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (gtk_widget_is_sensitive (widget) &&
      (GTK_IS_TEXT (widget) || GTK_IS_SWITCH (widget) || GTK_IS_RANGE (widget) ||
       GTK_IS_DROP_DOWN (widget) || GTK_IS_EXPANDER (widget) || GTK_IS_MENU_BUTTON (widget) ||
       GTK_IS_CHECK_BUTTON (widget) || GTK_IS_LIST_BOX_ROW (widget) ||
       (GTK_IS_BUTTON (widget) && !GTK_IS_LINK_BUTTON (widget))))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, found);
}

static void
type_text (Monkey *self, GtkWidget *widget)
{
  static const char *const texts[] = { "",  "0",   "1",   "-1",  "3.5",  "1e400", "abc", "16,16",
                                       "½", "nan", "2,5", "100", "a\tb", "auto",  NULL };

  gtk_editable_set_text (GTK_EDITABLE (widget), monkey_word (self, texts));
  if (monkey_coin (self, 2))
    g_signal_emit_by_name (widget, "activate");
}

static void
slide (Monkey *self, GtkWidget *widget)
{
  GtkAdjustment *range = gtk_range_get_adjustment (GTK_RANGE (widget));
  const double low = gtk_adjustment_get_lower (range), high = gtk_adjustment_get_upper (range);

  if (high > low)
    gtk_range_set_value (GTK_RANGE (widget), monkey_number (self, low, high));
}

static void
choose (Monkey *self, GtkWidget *widget)
{
  GListModel *model = gtk_drop_down_get_model (GTK_DROP_DOWN (widget));
  const guint n = model != NULL ? g_list_model_get_n_items (model) : 0;

  if (n > 0)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (widget), monkey_below (self, n));
}

static void
use (Monkey *self, GtkWidget *widget)
{
  if (GTK_IS_TEXT (widget))
    type_text (self, widget);
  else if (GTK_IS_SWITCH (widget))
    gtk_switch_set_active (GTK_SWITCH (widget), !gtk_switch_get_active (GTK_SWITCH (widget)));
  else if (GTK_IS_CHECK_BUTTON (widget))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (widget),
                                 !gtk_check_button_get_active (GTK_CHECK_BUTTON (widget)));
  else if (GTK_IS_RANGE (widget))
    slide (self, widget);
  else if (GTK_IS_DROP_DOWN (widget))
    choose (self, widget);
  else if (GTK_IS_MENU_BUTTON (widget) && monkey_coin (self, 2))
    gtk_menu_button_popup (GTK_MENU_BUTTON (widget));
  else if (GTK_IS_MENU_BUTTON (widget))
    gtk_menu_button_popdown (GTK_MENU_BUTTON (widget));
  else if (GTK_IS_BUTTON (widget))
    g_signal_emit_by_name (widget, "clicked");
  else
    gtk_widget_activate (widget);
}

/* The toolkit's own dialogs for files are not ours to test. */
static GtkWidget *
find_toplevel (Monkey *self)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  const guint n = g_list_model_get_n_items (toplevels);
  g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, monkey_below (self, n));

  return GTK_IS_FILE_CHOOSER (toplevel) ? GTK_WIDGET (self->window) : toplevel;
}

static void
grope (Monkey *self)
{
  for (guint n = 1 + monkey_below (self, 5); n > 0 && self->window != NULL; n--) {
    g_autoptr (GPtrArray) found = g_ptr_array_new ();
    GtkWidget *widget;

    collect (find_toplevel (self), found);
    if (found->len == 0)
      continue;
    widget = found->pdata[monkey_below (self, found->len)];
    monkey_note ("use %s in %s", G_OBJECT_TYPE_NAME (widget),
                 G_OBJECT_TYPE_NAME (gtk_widget_get_root (widget)));
    use (self, widget);
  }
}

const MonkeyTrick monkey_input_tricks[] = {
  /* clang-format off */
  { "point", 8, point },
  { "scroll", 5, scroll },
  { "drag", 8, drag },
  { "click", 3, click },
  { "press", 12, press },
  { "focus", 3, focus },
  { "grope", 10, grope },
  /* clang-format on */
  { NULL },
};

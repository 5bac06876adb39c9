/* accessible.c - the program as a screen reader finds it: started, looked at, pressed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "accessible.h"

#include <string.h>

/* Asked by LeakSanitizer: libatspi leaks what comes while it waits for an answer. It is the program
 * under test that must not leak, and that is another process. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}

#define APPLICATION "eki-lab"
#define PATIENCE_US (120 * G_USEC_PER_SEC)
#define POLL_US     20000
#define POPUP_US    500000
#define CLOSING_US  (2 * G_USEC_PER_SEC)
#define KEY_RETURN  0xff0d
#define KEY_UP      0xff52
#define KEY_DOWN    0xff54
/* of every keyboard that X knows */
#define CONTROL_KEYCODE 37
#define SHIFT_KEYCODE   50

/* Depth first; the first that fits. A name that ends with a bar is to be met exactly. */
static gboolean
fits (const char *name, const char *wanted)
{
  const gsize n = strlen (wanted);

  if (n > 0 && wanted[n - 1] == '|')
    return strlen (name) == n - 1 && strncmp (name, wanted, n - 1) == 0;
  return g_str_has_prefix (name, wanted);
}

static Node *
find (Node *node, AtspiRole role, const char *prefix)
{
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  const int n = atspi_accessible_get_child_count (node, NULL);

  if (name != NULL && fits (name, prefix) && atspi_accessible_get_role (node, NULL) == role)
    return g_object_ref (node);
  for (int i = 0; i < n; i++) {
    g_autoptr (Node) child = atspi_accessible_get_child_at_index (node, i, NULL);
    Node *found = child != NULL ? find (child, role, prefix) : NULL;

    if (found != NULL)
      return found;
  }
  return NULL;
}

static Node *
find_patiently (Node *root, AtspiRole role, const char *prefix)
{
  const gint64 end = g_get_monotonic_time () + PATIENCE_US;

  do {
    Node *found = find (root, role, prefix);

    if (found != NULL)
      return found;
    g_usleep (POLL_US);
  } while (g_get_monotonic_time () < end);
  g_error ("there is no \"%s\"", prefix);
}

static Node *
find_window (void)
{
  const gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (g_get_monotonic_time () < end) {
    g_autoptr (Node) desktop = atspi_get_desktop (0);
    const int n = atspi_accessible_get_child_count (desktop, NULL);

    for (int i = 0; i < n; i++) {
      g_autoptr (Node) child = atspi_accessible_get_child_at_index (desktop, i, NULL);
      g_autofree char *name = child != NULL ? atspi_accessible_get_name (child, NULL) : NULL;

      if (g_strcmp0 (name, APPLICATION) == 0 &&
          atspi_accessible_get_child_count (child, NULL) > 0) {
        /* what is asked is what is there now */
        atspi_accessible_set_cache_mask (child, ATSPI_CACHE_NONE);
        return atspi_accessible_get_child_at_index (child, 0, NULL);
      }
    }
    g_usleep (POLL_US);
  }
  g_error ("the program's window does not appear");
}

/* Looking for one thing asks about hundreds: what was found once, and keeps its name, is kept. */
static Node *
find_known (Program *self, AtspiRole role, const char *name)
{
  g_autofree char *key = g_strdup_printf ("%d %s", (int) role, name);
  Node *found = g_hash_table_lookup (self->known, key);

  if (found == NULL) {
    g_autofree char *exactly = g_strconcat (name, "|", NULL);

    found = find_patiently (self->window, role, exactly);
    g_hash_table_insert (self->known, g_steal_pointer (&key), found);
  }
  return found;
}

static Program *
start (const char *argument, gboolean check_leaks)
{
  Program *self = g_new0 (Program, 1);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "GTK_A11Y", "atspi", TRUE);
  if (!check_leaks) {
    const char *options = g_getenv ("ASAN_OPTIONS");
    g_autofree char *no_leaks =
      g_strconcat (options != NULL ? options : "", ":detect_leaks=0", NULL);

    g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", no_leaks, TRUE);
  }
  /* ms: a machine with much to do answers late */
  atspi_set_timeout (30000, 60000);
  self->process =
    g_subprocess_launcher_spawn (launcher, &error, g_getenv ("EKL_APP"), argument, NULL);
  g_assert_no_error (error);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->window = find_window ();
  self->bar = find_patiently (self->window, ATSPI_ROLE_PANEL, "Controls and read-outs");
  /* looked for while there is nothing else to do: it asks about everything before it */
  find_known (self, ATSPI_ROLE_PUSH_BUTTON, "Close");
  return self;
}

Program *
program_start (const char *argument)
{
  return start (argument, TRUE);
}

Program *
program_start_for_dialogs (void)
{
  return start (NULL, FALSE);
}

void
program_close (Program *self)
{
  g_autoptr (GError) error = NULL;

  program_press (self, "Close");
  g_subprocess_wait_check (self->process, NULL, &error);
  g_assert_no_error (error);
  g_hash_table_unref (self->known);
  g_object_unref (self->bar);
  g_object_unref (self->window);
  g_object_unref (self->process);
  g_free (self);
}

gboolean
program_has (Program *self, AtspiRole role, const char *prefix)
{
  g_autoptr (Node) found = find (self->window, role, prefix);

  return found != NULL;
}

void
program_wait (Program *self, AtspiRole role, const char *prefix)
{
  g_object_unref (find_patiently (self->window, role, prefix));
}

char *
program_read (Program *self, const char *what)
{
  g_autofree char *prefix = g_strconcat (what, " ", NULL);
  g_autoptr (Node) label = find_patiently (self->bar, ATSPI_ROLE_LABEL, prefix);
  g_autofree char *name = atspi_accessible_get_name (label, NULL);

  return g_strdup (name + strlen (prefix));
}

double
program_read_number (Program *self, const char *what)
{
  g_autofree char *text = program_read (self, what);
  g_autoptr (GString) digits = g_string_new (text);

  g_string_replace (digits, "\xe2\x80\xaf", "", 0);
  return g_ascii_strtod (digits->str, NULL);
}

void
program_wait_text (Program *self, const char *what, const char *text)
{
  const gint64 end = g_get_monotonic_time () + PATIENCE_US;
  g_autofree char *last = NULL;

  do {
    g_free (last);
    last = program_read (self, what);
    if (g_str_equal (last, text))
      return;
    g_usleep (POLL_US);
  } while (g_get_monotonic_time () < end);
  g_error ("%s is \"%s\", not \"%s\"", what, last, text);
}

void
program_wait_above (Program *self, const char *what, double number)
{
  const gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (program_read_number (self, what) <= number) {
    if (g_get_monotonic_time () > end)
      g_error ("%s does not rise above %g", what, number);
    g_usleep (POLL_US);
  }
}

static void
press (Node *button)
{
  g_autoptr (NodeAction) action = atspi_accessible_get_action_iface (button);

  g_assert_nonnull (action);
  g_assert_true (atspi_action_do_action (action, 0, NULL));
}

void
program_press (Program *self, const char *button)
{
  g_autofree char *exactly = g_strconcat (button, "|", NULL);
  g_autoptr (Node) in_bar = find (self->bar, ATSPI_ROLE_PUSH_BUTTON, exactly);

  press (in_bar != NULL ? in_bar : find_known (self, ATSPI_ROLE_PUSH_BUTTON, button));
}

/* Of a group that shows a few of them as it is; once more, and it does so again. */
void
program_show_all_settings (Program *self, const char *group)
{
  g_autofree char *button = g_strdup_printf ("All settings of %s", group);

  program_press (self, button);
}

/* The toolkit's own dialogs are beside the window, and name their buttons as they like. */
void
program_press_in_dialog (Program *self, const char *prefix)
{
  g_autoptr (Node) application = atspi_accessible_get_parent (self->window, NULL);
  g_autoptr (Node) button = find_patiently (application, ATSPI_ROLE_PUSH_BUTTON, prefix);

  press (button);
}

void
program_wait_in_dialog (Program *self, AtspiRole role, const char *prefix)
{
  g_autoptr (Node) application = atspi_accessible_get_parent (self->window, NULL);

  g_object_unref (find_patiently (application, role, prefix));
}

gboolean
program_has_in_dialog (Program *self, AtspiRole role, const char *prefix)
{
  g_autoptr (Node) application = atspi_accessible_get_parent (self->window, NULL);
  g_autoptr (Node) found = find (application, role, prefix);

  return found != NULL;
}

/* By its button, and with the keys from there: how many entries further down, or up. */
void
program_choose_in_dialog (Program *self, const char *drop_down, int n_down)
{
  g_autofree char *exactly = g_strconcat (drop_down, "|", NULL);

  program_press_in_dialog (self, exactly);
  /* the list is a window of its own */
  g_usleep (POPUP_US);
  for (int i = 0; i < ABS (n_down); i++)
    program_key (self, n_down > 0 ? KEY_DOWN : KEY_UP);
  program_key (self, KEY_RETURN);
}

/* @place: which child of which child. */
static Node *
find_focus (Node *node, GString *place)
{
  g_autoptr (NodeStates) states = atspi_accessible_get_state_set (node);
  const int n = atspi_accessible_get_child_count (node, NULL);
  const gsize length = place->len;

  if (states != NULL && atspi_state_set_contains (states, ATSPI_STATE_FOCUSED))
    return g_object_ref (node);
  for (int i = 0; i < n; i++) {
    g_autoptr (Node) child = atspi_accessible_get_child_at_index (node, i, NULL);
    Node *found;

    g_string_append_printf (place, "/%d", i);
    found = child != NULL ? find_focus (child, place) : NULL;
    if (found != NULL)
      return found;
    g_string_truncate (place, length);
  }
  return NULL;
}

char *
program_read_focus (Program *self, char **place)
{
  g_autoptr (Node) application = atspi_accessible_get_parent (self->window, NULL);
  const int n = atspi_accessible_get_child_count (application, NULL);
  g_autoptr (Node) front = atspi_accessible_get_child_at_index (application, n - 1, NULL);
  GString *way = g_string_new (NULL);
  g_autoptr (Node) found = front != NULL ? find_focus (front, way) : NULL;
  char *name = found != NULL ? atspi_accessible_get_name (found, NULL) : NULL;

  *place = g_string_free (way, FALSE);
  return name != NULL ? name : g_strdup ("");
}

/* GTK 4.8 falls over a window that closes between the question how many there are and the one which:
 * so nothing is asked for a while. */
void
program_let_dialog_close (Program *self)
{
  g_usleep (CLOSING_US);
}

static NodeValue *
find_value (Program *self, const char *spin_button)
{
  return atspi_accessible_get_value_iface (find_known (self, ATSPI_ROLE_SPIN_BUTTON, spin_button));
}

void
program_set (Program *self, const char *spin_button, double value)
{
  g_autoptr (NodeValue) found = find_value (self, spin_button);

  g_assert_nonnull (found);
  g_assert_true (atspi_value_set_current_value (found, value, NULL));
}

double
program_get (Program *self, const char *spin_button)
{
  g_autoptr (NodeValue) found = find_value (self, spin_button);

  return atspi_value_get_current_value (found, NULL);
}

void
program_type (Program *self, const char *entry, const char *text)
{
  Node *found = find_known (self, ATSPI_ROLE_TEXT, entry);
  g_autoptr (NodeText) editable = atspi_accessible_get_editable_text_iface (found);
  g_autoptr (NodeAction) action = atspi_accessible_get_action_iface (found);

  g_assert_true (atspi_editable_text_set_text_contents (editable, text, NULL));
  g_assert_true (atspi_action_do_action (action, 0, NULL));
}

/* Goes to the window under the pointer, as there is no window manager. */
void
program_key (Program *self, guint keysym)
{
  g_autoptr (GError) error = NULL;

  atspi_generate_keyboard_event (keysym, NULL, ATSPI_KEY_SYM, &error);
  g_assert_no_error (error);
}

static void
hold (guint keycode, gboolean down)
{
  g_autoptr (GError) error = NULL;

  atspi_generate_keyboard_event (keycode, NULL, down ? ATSPI_KEY_PRESS : ATSPI_KEY_RELEASE, &error);
  g_assert_no_error (error);
}

void
program_control_key (Program *self, guint keysym, gboolean shift)
{
  hold (CONTROL_KEYCODE, TRUE);
  if (shift)
    hold (SHIFT_KEYCODE, TRUE);
  program_key (self, keysym);
  if (shift)
    hold (SHIFT_KEYCODE, FALSE);
  hold (CONTROL_KEYCODE, FALSE);
}

/* An action of the window, as the session's bus has it. */
void
program_act (Program *self, const char *action, GVariant *parameter)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariantBuilder) parameters = g_variant_builder_new (G_VARIANT_TYPE ("av"));
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (bus);
  if (parameter != NULL)
    g_variant_builder_add (parameters, "v", parameter);
  answer = g_dbus_connection_call_sync (bus, "org.ekilab.EkiLab", "/org/ekilab/EkiLab/window/1",
                                        "org.gtk.Actions", "Activate",
                                        g_variant_new ("(sava{sv})", action, parameters, NULL),
                                        NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
walk (Node *node, void (*look) (Node *node, gpointer user_data), gpointer user_data)
{
  const int n = atspi_accessible_get_child_count (node, NULL);

  look (node, user_data);
  for (int i = 0; i < n; i++) {
    g_autoptr (Node) child = atspi_accessible_get_child_at_index (node, i, NULL);

    if (child != NULL)
      walk (child, look, user_data);
  }
}

/* Everything in the window, parents first. */
void
program_walk (Program *self, void (*look) (Node *node, gpointer user_data), gpointer user_data)
{
  walk (self->window, look, user_data);
}

/* In its middle; without a window manager the window's corner is the screen's. */
void
program_click (Program *self, AtspiRole role, const char *name)
{
  g_autoptr (NodeComponent) component =
    atspi_accessible_get_component_iface (find_known (self, role, name));
  AtspiRect *place = atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL);

  g_assert_nonnull (place);
  g_assert_true (atspi_generate_mouse_event (place->x + place->width / 2,
                                             place->y + place->height / 2, "b1c", NULL));
  g_free (place);
}

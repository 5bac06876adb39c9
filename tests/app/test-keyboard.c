/* test-keyboard.c - the window without a pointer: all is reached, nothing holds on, keys mean what they mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "accessible.h"

#include <string.h>

#define PATIENCE_US (60 * G_USEC_PER_SEC)
#define LULL_US     300000 /* in which a key that does nothing has done it */
#define MAX_STOPS   120
#define KEY_TAB     0xff09
#define KEY_RETURN  0xff0d
#define KEY_ESCAPE  0xff1b
#define KEY_F6      0xffc3

/* Where the focus has gone, as it is told: "push button Step". */
static struct {
  char *place;
  guint n;
} focus;

static char *
name_node (Node *node)
{
  g_autofree char *role = atspi_accessible_get_role_name (node, NULL);
  g_autofree char *name = atspi_accessible_get_name (node, NULL);

  return g_strdup_printf ("%s %s", role, name);
}

static void
focused_cb (AtspiEvent *event, gpointer user_data)
{
  if (event->detail1 != 0) {
    g_free (focus.place);
    focus.place = name_node (event->source);
    focus.n++;
  }
  g_boxed_free (ATSPI_TYPE_EVENT, event);
}

static gboolean
wait_for_focus (guint former, gint64 patience)
{
  const gint64 end = g_get_monotonic_time () + patience;

  while (focus.n == former && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  return focus.n != former;
}

/* A key that moves the focus; one that does not is a trap. */
static const char *
walk (Program *program, guint key)
{
  const guint former = focus.n;

  program_key (program, key);
  if (!wait_for_focus (former, PATIENCE_US))
    g_error ("the focus stays at \"%s\"", focus.place);
  return focus.place;
}

static void
walk_to (Program *program, const char *place)
{
  for (guint i = 0; i < MAX_STOPS && g_strcmp0 (walk (program, KEY_TAB), place) != 0; i++)
    ;
  g_assert_cmpstr (focus.place, ==, place);
}

/* ---- everything is reached ---- */

/* Of the window's frame, which keys of the desktop are for. */
static gboolean
is_frame (const char *name)
{
  return g_str_equal (name, "Minimize") || g_str_equal (name, "Maximize") ||
         g_str_equal (name, "Close");
}

static gboolean
has_size (Node *node)
{
  g_autoptr (NodeComponent) component = atspi_accessible_get_component_iface (node);
  AtspiRect *place = atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL);
  const gboolean has = place != NULL && place->width > 0 && place->height > 0;

  g_free (place);
  return has;
}

static gboolean
is_control (Node *node)
{
  static const AtspiRole roles[] = {
    ATSPI_ROLE_PUSH_BUTTON, ATSPI_ROLE_TOGGLE_BUTTON, ATSPI_ROLE_CHECK_BOX, ATSPI_ROLE_TEXT,
    ATSPI_ROLE_SPIN_BUTTON, ATSPI_ROLE_SLIDER,        ATSPI_ROLE_IMAGE,
  };
  const AtspiRole role = atspi_accessible_get_role (node, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (role == roles[i])
      return TRUE;
  return FALSE;
}

static void
look (Node *node, gpointer user_data)
{
  GHashTable *wanted = user_data;
  g_autoptr (NodeStates) states = atspi_accessible_get_state_set (node);
  g_autofree char *name = atspi_accessible_get_name (node, NULL);

  if (is_control (node) && atspi_state_set_contains (states, ATSPI_STATE_FOCUSABLE) &&
      atspi_state_set_contains (states, ATSPI_STATE_SENSITIVE) && !is_frame (name) &&
      has_size (node))
    g_hash_table_add (wanted, name_node (node));
}

/* Round the window once: every control is a stop on the way, and it comes back to where it began. */
static void
assert_all_reached (Program *program, guint least)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *first = NULL;
  GHashTableIter iter;
  gpointer missed;

  program_walk (program, look, wanted);
  g_assert_cmpuint (g_hash_table_size (wanted), >=, least);
  first = g_strdup (walk (program, KEY_TAB));
  g_hash_table_remove (wanted, first);
  for (guint i = 0; i < MAX_STOPS && !g_str_equal (walk (program, KEY_TAB), first); i++)
    g_hash_table_remove (wanted, focus.place);
  g_assert_cmpstr (focus.place, ==, first);
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &missed, NULL))
    g_error ("no key leads to \"%s\"", (char *) missed);
}

static void
test_all_reached (void)
{
  Program *program = program_start ("example:sine");

  program_wait_text (program, "State", "ready");
  program_act (program, "step", g_variant_new_int32 (3));
  program_wait_text (program, "Step", "3");
  assert_all_reached (program, 40);

  /* with what comes and goes: a message with its button, slow motion's */
  program_act (program, "slow-motion", NULL);
  program_wait (program, ATSPI_ROLE_PUSH_BUTTON, "Leave slow motion");
  program_act (program, "preset", g_variant_new_string ("lecture"));
  program_wait (program, ATSPI_ROLE_PUSH_BUTTON, "Close this message");
  walk_to (program, "push button Close this message");
  assert_all_reached (program, 48);
  program_close (program);
}

/* ---- from part to part ---- */

static void
test_parts (void)
{
  static const char *const parts[] = { "push button Open", "push button All settings of Data",
                                       "push button Loss: options", "push button Reset" };
  Program *program = program_start ("example:sine");

  program_wait_text (program, "State", "ready");
  g_assert_cmpstr (walk (program, KEY_TAB), ==, parts[0]);
  for (guint i = 1; i < G_N_ELEMENTS (parts); i++)
    g_assert_cmpstr (walk (program, KEY_F6), ==, parts[i]);
  g_assert_cmpstr (walk (program, KEY_F6), ==, "push button Side panel");
  /* a message is the first part, and stays while it has the focus */
  program_act (program, "preset", g_variant_new_string ("lecture"));
  program_wait (program, ATSPI_ROLE_PUSH_BUTTON, "Close this message");
  for (guint i = 0; i < 4; i++)
    walk (program, KEY_F6);
  g_assert_cmpstr (focus.place, ==, "push button Undo");
  program_key (program, KEY_RETURN);
  while (program_has (program, ATSPI_ROLE_PUSH_BUTTON, "Close this message"))
    g_usleep (20000);
  program_close (program);
}

/* ---- Space ---- */

static void
test_space (void)
{
  Program *program = program_start ("example:sine");

  /* nobody has gone anywhere by keys: it runs */
  program_wait_text (program, "State", "ready");
  program_key (program, ' ');
  program_wait_text (program, "State", "running");
  program_key (program, ' ');
  program_wait_text (program, "State", "paused");
  /* now it presses what Tab has led to */
  walk_to (program, "push button Reset");
  program_key (program, ' ');
  program_wait_text (program, "Step", "0");
  program_wait_text (program, "State", "ready");
  walk_to (program, "push button Step");
  program_key (program, ' ');
  program_wait_above (program, "Step", 0.5);
  program_wait_text (program, "State", "paused");
  /* where it presses nothing it runs */
  walk_to (program, "image Loss");
  program_key (program, ' ');
  program_wait_text (program, "State", "running");
  walk_to (program, "slider Learning rate h, logarithmic slider");
  program_key (program, ' ');
  program_wait_text (program, "State", "paused");
  /* and it runs again after a click, whatever that was on */
  program_click (program, ATSPI_ROLE_PUSH_BUTTON, "Enlarge Loss");
  program_key (program, ' ');
  program_wait_text (program, "State", "running");
  program_key (program, ' ');
  program_wait_text (program, "State", "paused");
  program_close (program);
}

/* ---- what is typed ---- */

/* All that have a meaning elsewhere; in an entry they are letters. */
static void
test_typing (void)
{
  static const char keys[] = " rnslfp1234.,+-";
  Program *program = program_start ("example:sine");
  double step;

  program_wait_text (program, "State", "ready");
  program_show_all_settings (program, "Run");
  program_act (program, "step", g_variant_new_int32 (3));
  program_wait_text (program, "Step", "3");
  step = program_read_number (program, "Step");
  walk_to (program, "text Hidden layers");
  for (guint i = 0; keys[i] != '\0'; i++)
    program_key (program, (guint) keys[i]);
  wait_for_focus (focus.n, LULL_US);
  g_assert_cmpstr (focus.place, ==, "text Hidden layers");
  program_wait_text (program, "State", "paused");
  g_assert_cmpfloat (program_read_number (program, "Step"), ==, step);
  g_assert_cmpfloat (program_get (program, "Seed"), ==, 1);
  g_assert_true (program_has (program, ATSPI_ROLE_IMAGE, "Ensemble|"));
  g_assert_true (program_has (program, ATSPI_ROLE_IMAGE, "Loss|"));
  g_assert_false (program_has (program, ATSPI_ROLE_PUSH_BUTTON, "Leave slow motion"));
  program_close (program);
}

/* ---- menus and options ---- */

/* Opened by Enter, with the focus in it, and closed by Escape, with the focus back where it was. */
static void
test_menus (void)
{
  static const struct {
    const char *button, *first;
  } menus[] = {
    { "Other ways to open, and recent files", "menu item Folder of Pictures…" },
    { "Examples", "menu item Noisy sine" },
    { "Main menu", "menu item Replay from the start" },
    { "Loss: options", "check box Step" },
    { "Parameter plane: options", "check box Principal directions of both paths" },
    { "Predictions: options", "check box Curves over the input" },
    { "Spread", "menu item Spread and effective rank" },
    { "Ensemble: options", "check box Logarithmic axis" },
  };
  Program *program = program_start ("example:sine");

  program_wait_text (program, "State", "ready");
  program_act (program, "step", g_variant_new_int32 (1));
  program_wait_text (program, "Step", "1");
  for (guint i = 0; i < G_N_ELEMENTS (menus); i++) {
    g_autofree char *button = g_strdup_printf ("push button %s", menus[i].button);

    walk_to (program, button);
    walk (program, KEY_RETURN);
    wait_for_focus (focus.n, LULL_US);
    if (!g_str_equal (focus.place, menus[i].first))
      g_error ("%s opens at \"%s\", not at \"%s\"", button, focus.place, menus[i].first);
    walk (program, KEY_TAB);
    walk (program, KEY_ESCAPE);
    wait_for_focus (focus.n, LULL_US);
    g_assert_cmpstr (focus.place, ==, button);
  }
  program_close (program);
}

/* ---- what goes takes the focus with it no farther than it must ---- */

/* The place of the focus once it is another one. */
static void
assert_goes_to (Program *program, guint key, const char *place)
{
  const gint64 end = g_get_monotonic_time () + PATIENCE_US;

  program_key (program, key);
  while (g_strcmp0 (focus.place, place) != 0) {
    if (g_get_monotonic_time () > end)
      g_error ("the focus is at \"%s\", not at \"%s\"", focus.place, place);
    wait_for_focus (focus.n, LULL_US);
  }
}

static void
test_what_goes (void)
{
  Program *program = program_start ("example:sine");

  program_wait_text (program, "State", "ready");
  program_show_all_settings (program, "Ensemble Kalman");
  program_act (program, "preset", g_variant_new_string ("lecture"));
  program_wait (program, ATSPI_ROLE_PUSH_BUTTON, "Close this message");

  /* a message: back to where it was looked at from */
  walk_to (program, "image Loss");
  for (guint i = 0; i < 2; i++)
    walk (program, KEY_F6);
  g_assert_cmpstr (focus.place, ==, "push button Undo");
  walk (program, KEY_TAB);
  assert_goes_to (program, ' ', "push button Reset");

  /* the button that resets a setting: to its editor */
  walk_to (program, "push button Reset Perturbed observations");
  assert_goes_to (program, ' ', "check box Perturbed observations");

  /* a panel: to the one that is large in its place */
  walk_to (program, "image Predictions");
  assert_goes_to (program, '1', "image Loss");
  program_key (program, '1');
  program_wait (program, ATSPI_ROLE_IMAGE, "Ensemble|");

  /* slow motion's bar: back again */
  program_act (program, "slow-motion", NULL);
  program_wait (program, ATSPI_ROLE_PUSH_BUTTON, "Leave slow motion");
  for (guint i = 0; i < 3; i++)
    walk (program, KEY_F6);
  g_assert_cmpstr (focus.place, ==, "push button Play slow motion");
  walk_to (program, "push button Leave slow motion");
  assert_goes_to (program, ' ', "push button Side panel");
  program_close (program);
}

int
main (int argc, char *argv[])
{
  AtspiEventListener *listener;
  int result;

  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_assert_cmpint (atspi_init (), ==, 0);
  listener = atspi_event_listener_new (focused_cb, NULL, NULL);
  g_assert_true (atspi_event_listener_register (listener, "object:state-changed:focused", NULL));

  g_test_add_func ("/keyboard/all-reached", test_all_reached);
  g_test_add_func ("/keyboard/parts", test_parts);
  g_test_add_func ("/keyboard/space", test_space);
  g_test_add_func ("/keyboard/typing", test_typing);
  g_test_add_func ("/keyboard/menus", test_menus);
  g_test_add_func ("/keyboard/what-goes", test_what_goes);
  result = g_test_run ();
  g_object_unref (listener);
  g_free (focus.place);
  return result;
}

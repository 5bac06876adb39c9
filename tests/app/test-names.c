/* test-names.c - everything in the window has a name, and every picture a description
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "accessible.h"

#include <string.h>

#define PATIENCE_S 40 /* until all is as it should be */

typedef struct {
  guint n_controls, n_pictures, n_nameless;
} Census;

static gboolean
has_state (Node *node, AtspiStateType state)
{
  AtspiStateSet *states = atspi_accessible_get_state_set (node);
  const gboolean has = atspi_state_set_contains (states, state);

  g_object_unref (states);
  return has;
}

static gboolean
is_labelled (Node *node)
{
  GArray *relations = atspi_accessible_get_relation_set (node, NULL);
  gboolean labelled = FALSE;

  for (guint i = 0; relations != NULL && i < relations->len; i++) {
    AtspiRelation *relation = g_array_index (relations, AtspiRelation *, i);

    labelled |= atspi_relation_get_relation_type (relation) == ATSPI_RELATION_LABELLED_BY;
    g_object_unref (relation);
  }
  if (relations != NULL)
    g_array_unref (relations);
  return labelled;
}

/* Where nobody gives a name, the toolkit gives the type's. */
static gboolean
is_name (const char *name)
{
  return name != NULL && *name != '\0' && !g_str_has_prefix (name, "Gtk") &&
         !g_str_has_prefix (name, "Adw") && !g_str_has_prefix (name, "Ekl");
}

/* "Copy picture Copy picture": that is heard, too. */
static gboolean
is_doubled (const char *name)
{
  const gsize half = name != NULL ? strlen (name) / 2 : 0;

  return half > 0 && name[half] == ' ' && strncmp (name, name + half + 1, half) == 0;
}

/* Pressed or turned, with the focus or without. */
static gboolean
is_control (Node *node)
{
  static const AtspiRole roles[] = {
    ATSPI_ROLE_PUSH_BUTTON,  ATSPI_ROLE_TOGGLE_BUTTON, ATSPI_ROLE_CHECK_BOX,
    ATSPI_ROLE_RADIO_BUTTON, ATSPI_ROLE_SLIDER,        ATSPI_ROLE_SPIN_BUTTON,
    ATSPI_ROLE_COMBO_BOX,    ATSPI_ROLE_MENU_ITEM,     ATSPI_ROLE_LINK,
  };
  const AtspiRole role = atspi_accessible_get_role (node, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (role == roles[i])
      return TRUE;
  return has_state (node, ATSPI_STATE_FOCUSABLE);
}

/* An icon in a button or beside a label: what it is in has the name. */
static gboolean
is_decoration (Node *node)
{
  g_autoptr (Node) parent = atspi_accessible_get_parent (node, NULL);
  g_autofree char *role = parent != NULL ? atspi_accessible_get_role_name (parent, NULL) : NULL;

  return !has_state (node, ATSPI_STATE_FOCUSABLE) && g_strcmp0 (role, "frame") != 0;
}

static void
complain (Census *census, Node *node, const char *what)
{
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  g_autofree char *role = atspi_accessible_get_role_name (node, NULL);
  g_autoptr (Node) parent = atspi_accessible_get_parent (node, NULL);
  g_autofree char *around = parent != NULL ? atspi_accessible_get_name (parent, NULL) : NULL;

  census->n_nameless++;
  g_test_message ("a %s in \"%s\" %s: %s", role, around, what, name);
}

static void
look_at_picture (Census *census, Node *node, const char *name)
{
  g_autofree char *description = atspi_accessible_get_description (node, NULL);

  if (!is_name (name)) {
    if (!is_decoration (node))
      complain (census, node, "is a picture without a name");
    return;
  }
  census->n_pictures++;
  if (description == NULL || *description == '\0')
    complain (census, node, "is a picture without a description");
}

static void
look (Node *node, gpointer user_data)
{
  Census *census = user_data;
  g_autofree char *name = atspi_accessible_get_name (node, NULL);

  /* a line of a list that drops down is read by the label inside; this toolkit gives it no name */
  if (is_control (node) && g_strcmp0 (name, "GtkListItemWidget") != 0) {
    census->n_controls++;
    if (!is_name (name) && !is_labelled (node))
      complain (census, node, "has no name");
    if (is_doubled (name))
      complain (census, node, "is called by its name twice");
  }
  if (atspi_accessible_get_role (node, NULL) == ATSPI_ROLE_IMAGE)
    look_at_picture (census, node, name);
}

/* Everything that there is at this moment; descriptions follow after a second or more. */
static void
assert_names (Program *program, const char *when, guint least_controls)
{
  const gint64 end = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;
  Census census;

  do {
    census = (Census){ 0 };
    g_usleep (500000);
    program_walk (program, look, &census);
    g_test_message ("%s: %u controls, %u pictures", when, census.n_controls, census.n_pictures);
  } while (census.n_nameless > 0 && g_get_monotonic_time () < end);
  g_assert_cmpuint (census.n_nameless, ==, 0);
  g_assert_cmpuint (census.n_controls, >=, least_controls);
  g_assert_cmpuint (census.n_pictures, >=, 4);
}

static void
test_window (gconstpointer source)
{
  Program *program = program_start (source);

  program_wait_text (program, "State", "ready");
  program_act (program, "all-settings", NULL);
  program_act (program, "step", g_variant_new_int32 (3));
  program_wait_text (program, "Step", "3");
  assert_names (program, source, 60);
  program_close (program);
}

/* What comes and goes: slow motion's bar, the presenter, the options of each figure. */
static void
test_moments (void)
{
  static const char *const figures[] = { "Loss", "Parameter plane", "Predictions", "Ensemble" };
  Program *program = program_start ("example:sine");

  program_wait_text (program, "State", "ready");
  program_act (program, "slow-motion", NULL);
  program_act (program, "step", g_variant_new_int32 (1));
  program_wait (program, ATSPI_ROLE_PUSH_BUTTON, "Leave slow motion");
  assert_names (program, "slow motion", 30);
  program_act (program, "slow-motion", NULL);
  program_act (program, "presenter", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++) {
    program_act (program, "options", g_variant_new_int32 ((int) i + 1));
    program_wait (program, i == 3 ? ATSPI_ROLE_CHECK_BOX : ATSPI_ROLE_PUSH_BUTTON,
                  i == 3 ? "Logarithmic axis" : "Zoom in");
    assert_names (program, figures[i], 30);
    program_act (program, "options", g_variant_new_int32 (0));
  }
  program_close (program);
}

/* A dialog's numbers are called by their rows, once, and told what they stand for. */
static void
test_dialog (void)
{
  Program *program = program_start ("example:sine");

  program_wait_text (program, "State", "ready");
  program_act (program, "choose-parameters", NULL);
  program_wait_in_dialog (program, ATSPI_ROLE_SPIN_BUTTON, "Across|");
  program_wait_in_dialog (program, ATSPI_ROLE_SPIN_BUTTON, "Upwards|");
  program_press_in_dialog (program, "Cancel");
  program_let_dialog_close (program);
  program_close (program);
}

/* What is chosen from a list says what it is for. */
static void
look_at_choice (Node *node, gpointer user_data)
{
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  g_autofree char *description = NULL;

  if (g_strcmp0 (name, "Step rule") != 0 ||
      atspi_accessible_get_role (node, NULL) != ATSPI_ROLE_PUSH_BUTTON)
    return;
  description = atspi_accessible_get_description (node, NULL);
  *(gboolean *) user_data = description != NULL && strlen (description) > 10;
}

static void
test_choice (void)
{
  Program *program = program_start ("example:sine");
  gboolean is_described = FALSE;

  program_wait_text (program, "State", "ready");
  program_act (program, "all-settings", NULL);
  program_wait (program, ATSPI_ROLE_PUSH_BUTTON, "Step rule|");
  program_walk (program, look_at_choice, &is_described);
  g_assert_true (is_described);
  program_close (program);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_assert_cmpint (atspi_init (), ==, 0);

  g_test_add_data_func ("/names/boston", "example:boston", test_window);
  g_test_add_data_func ("/names/moons", "example:moons", test_window);
  g_test_add_func ("/names/moments", test_moments);
  g_test_add_func ("/names/dialog", test_dialog);
  g_test_add_func ("/names/choice", test_choice);
  return g_test_run ();
}

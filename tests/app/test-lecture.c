/* test-lecture.c - a lecture from its first key to its last, seen and played from outside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "accessible.h"

#include <glib/gstdio.h>
#include <string.h>

/* As in test-accessible.c: it is the program under test that must not leak, in another process. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}

static char *folder;

static void
wait_for_file (const char *path)
{
  const gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    if (g_get_monotonic_time () > end)
      g_error ("%s is not written", path);
    g_usleep (20000);
  }
}

static void
wait_for_value (Program *program, const char *spin_button, double value)
{
  const gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (program_get (program, spin_button) != value) {
    if (g_get_monotonic_time () > end)
      g_error ("%s is %g, not %g", spin_button, program_get (program, spin_button), value);
    g_usleep (20000);
  }
}

/* By actions, which are what keys and menus call: a key that is held for too long by a machine with
 * much to do is pressed again and again. */
static void
play_with_settings (Program *program)
{
  program_act (program, "run", NULL);
  program_wait_text (program, "State", "running");
  program_wait_above (program, "Step", 10);
  program_act (program, "run", NULL);
  program_wait_text (program, "State", "paused");

  program_set (program, "Learning rate h", 0.1);
  program_set (program, "Particles J", 80);
  program_act (program, "step", g_variant_new_int32 (10));
  program_set (program, "Noise γ", 0.2);
  program_set (program, "Weight spread", 1.5);
  program_wait (program, ATSPI_ROLE_LABEL, "Takes effect at reset");

  /* the prior goes back, then the noise; and the noise comes again */
  program_act (program, "undo", NULL);
  wait_for_value (program, "Weight spread", 1);
  program_act (program, "undo", NULL);
  wait_for_value (program, "Noise γ", 0.3);
  program_act (program, "redo", NULL);
  wait_for_value (program, "Noise γ", 0.2);
}

static void
export_figures (Program *program)
{
  static const char *const names[] = { "loss.svg", "plane.png", "predictions.pdf", "ensemble.png" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);
    g_autofree char *figure = g_strndup (names[i], strcspn (names[i], "."));

    program_act (program, "export-to", g_variant_new ("(ss)", figure, path));
    wait_for_file (path);
    g_remove (path);
  }
}

static void
test_lecture (void)
{
  Program *program = program_start ("example:boston");
  g_autofree char *path = g_build_filename (folder, "lecture.ekilab", NULL);
  g_autofree char *loss = NULL, *descent = NULL, *runs = NULL;
  double step;

  program_wait (program, ATSPI_ROLE_LABEL, "Boston housing");
  program_wait_text (program, "State", "ready");
  play_with_settings (program);
  step = program_read_number (program, "Step");
  program_act (program, "step", g_variant_new_int32 (30));
  program_wait_above (program, "Step", step + 29.5);
  program_wait_text (program, "State", "paused");
  step = program_read_number (program, "Step");
  loss = program_read (program, "EKI training loss");
  descent = program_read (program, "GD training loss");
  runs = program_read (program, "EKI model runs");
  program_act (program, "save-to", g_variant_new ("(ss)", "experiment", path));
  wait_for_file (path);

  /* by the settings of now, from the start; then what was recorded, with its changes */
  program_act (program, "reset", NULL);
  program_wait_text (program, "Step", "0");
  program_act (program, "open-file", g_variant_new_string (path));
  wait_for_value (program, "Noise γ", 0.3);
  program_wait_text (program, "Step", "0");
  program_wait_text (program, "State", "ready");
  g_assert_cmpfloat (program_get (program, "Particles J"), ==, 50);
  program_act (program, "step", g_variant_new_int32 ((int) step));
  program_wait_above (program, "Step", step - 0.5);
  program_wait_text (program, "EKI training loss", loss);
  program_wait_text (program, "GD training loss", descent);
  program_wait_text (program, "EKI model runs", runs);
  g_assert_cmpfloat (program_get (program, "Particles J"), ==, 80);
  g_assert_cmpfloat (program_get (program, "Noise γ"), ==, 0.2);

  program_act (program, "presenter", NULL);
  program_act (program, "enlarge", g_variant_new_int32 (2));
  program_wait (program, ATSPI_ROLE_IMAGE, "Parameter plane");
  program_act (program, "enlarge", g_variant_new_int32 (2));
  export_figures (program);
  program_act (program, "presenter", NULL);
  program_close (program);
  g_remove (path);
}

/* A file that is no experiment leaves the run as it stands, and says why. */
static void
test_broken_experiment (void)
{
  g_autofree char *path = g_build_filename (folder, "broken.ekilab", NULL);
  Program *program = program_start (NULL);

  g_assert_true (g_file_set_contents (path, "[eki-lab]\nformat=1\n[run]\nseed=often\n", -1, NULL));
  program_wait_text (program, "State", "ready");
  program_act (program, "step", g_variant_new_int32 (3));
  program_wait_text (program, "Step", "3");
  program_act (program, "open-file", g_variant_new_string (path));
  {
    g_autofree char *message = g_strdup_printf ("%s: line 4: seed must be", path);

    program_wait (program, ATSPI_ROLE_LABEL, message);
  }
  program_wait_text (program, "Step", "3");
  program_close (program);
  g_remove (path);
}

/* ---- everything has a name ---- */

typedef struct {
  guint n_focusable, n_pictures, n_nameless;
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

static void
look (Node *node, gpointer user_data)
{
  Census *census = user_data;
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  g_autofree char *role = atspi_accessible_get_role_name (node, NULL);
  const gboolean is_picture = atspi_accessible_get_role (node, NULL) == ATSPI_ROLE_IMAGE;

  /* a line of a list that drops down is read by the label inside; this toolkit gives it no name */
  if (has_state (node, ATSPI_STATE_FOCUSABLE) && g_strcmp0 (name, "GtkListItemWidget") != 0) {
    census->n_focusable++;
    if (!is_name (name) && !is_labelled (node)) {
      census->n_nameless++;
      g_test_message ("a %s has no name, only %s", role, name);
    }
  }
  if (is_picture && is_name (name)) {
    g_autofree char *description = atspi_accessible_get_description (node, NULL);

    census->n_pictures++;
    if (description == NULL || *description == '\0') {
      census->n_nameless++;
      g_test_message ("the picture %s has no description", name);
    }
  }
}

static void
test_names (void)
{
  static const char *const sources[] = { "example:boston", "example:moons" };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++) {
    Program *program = program_start (sources[i]);
    Census census = { 0 };

    program_wait_text (program, "State", "ready");
    program_act (program, "all-settings", NULL);
    program_act (program, "step", g_variant_new_int32 (3));
    program_wait_text (program, "Step", "3");
    /* descriptions follow after a second */
    g_usleep (1500000);
    program_walk (program, look, &census);
    g_test_message ("%s: %u focusable, %u pictures", sources[i], census.n_focusable,
                    census.n_pictures);
    g_assert_cmpuint (census.n_nameless, ==, 0);
    g_assert_cmpuint (census.n_focusable, >, 60);
    g_assert_cmpuint (census.n_pictures, >=, 4);
    program_close (program);
  }
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_assert_cmpint (atspi_init (), ==, 0);
  folder = g_dir_make_tmp ("ekl-test-XXXXXX", NULL);

  g_test_add_func ("/lecture/whole", test_lecture);
  g_test_add_func ("/lecture/broken-experiment", test_broken_experiment);
  g_test_add_func ("/lecture/names", test_names);
  result = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return result;
}

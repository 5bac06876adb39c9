/* test-lecture.c - a lecture from its first key to its last, seen and played from outside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "accessible.h"

#include <glib/gstdio.h>
#include <string.h>

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

/* ---- what a picture says ---- */

typedef struct {
  const char *name;  /* of the picture */
  char *description; /* NULL: not found */
} Look;

static void
look (Node *node, gpointer user_data)
{
  Look *self = user_data;
  g_autofree char *name = atspi_accessible_get_name (node, NULL);

  if (g_strcmp0 (name, self->name) == 0 &&
      atspi_accessible_get_role (node, NULL) == ATSPI_ROLE_IMAGE) {
    g_free (self->description);
    self->description = atspi_accessible_get_description (node, NULL);
  }
}

/* Descriptions follow at most once a second. */
static void
wait_for_words (Program *program, const char *picture, const char *words)
{
  const gint64 end = g_get_monotonic_time () + 120 * G_USEC_PER_SEC;
  g_autofree char *last = NULL;

  do {
    Look found = { picture, NULL };

    program_walk (program, look, &found);
    g_free (last);
    last = found.description;
    if (last != NULL && strstr (last, words) != NULL)
      return;
    g_usleep (100000);
  } while (g_get_monotonic_time () < end);
  g_error ("%s says \"%s\", not \"%s\"", picture, last, words);
}

/* ---- the parts of the lecture ----
 *
 * By actions, which are what keys and menus call: a key that is held for too long by a machine with
 * much to do is pressed again and again. */

/* All at once while it runs; slowly, so that it is not for ever when it is run again. */
static void
play_with_a_run (Program *program)
{
  program_act (program, "speed", g_variant_new_double (10));
  program_act (program, "run", NULL);
  program_wait_text (program, "State", "running");
  program_wait_above (program, "Step", 2);
  program_set (program, "Learning rate h", 0.1);
  program_set (program, "Particles J", 80);
  program_wait_above (program, "Step", program_read_number (program, "Step") + 1);
  program_set (program, "Particles J", 40);
  program_wait_above (program, "Step", program_read_number (program, "Step") + 1);
  program_act (program, "run", NULL);
  program_wait_text (program, "State", "paused");
  program_act (program, "speed", g_variant_new_double (0));
  g_assert_cmpfloat (program_get (program, "Learning rate h"), ==, 0.1);
  g_assert_cmpfloat (program_get (program, "Particles J"), ==, 40);
}

static void
play_with_undo (Program *program)
{
  const double step = program_read_number (program, "Step");

  program_set (program, "Noise γ", 0.2);
  program_act (program, "step", g_variant_new_int32 (10));
  program_wait_above (program, "Step", step + 9.5);
  program_wait_text (program, "State", "paused");
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

/* A step part by part, to its end; then as usual again. */
static void
play_slowly (Program *program)
{
  const double step = program_read_number (program, "Step");

  program_act (program, "slow-motion", NULL);
  program_wait (program, ATSPI_ROLE_PUSH_BUTTON, "Leave slow motion");
  program_act (program, "step", g_variant_new_int32 (1));
  wait_for_words (program, "Ensemble", "Every particle is shaken");
  /* how it ends is not told yet */
  g_assert_cmpfloat (program_read_number (program, "Step"), ==, step);
  program_act (program, "slow-next", NULL);
  program_act (program, "slow-next", NULL);
  program_act (program, "step", g_variant_new_int32 (10));
  program_act (program, "slow-motion", NULL);
  program_wait_above (program, "Step", step + 0.5);
  program_wait_text (program, "State", "paused");
  g_assert_cmpfloat (program_read_number (program, "Step"), ==, step + 1);
}

/* One particle, then two, in the words of all the pictures that show them; then none. */
static void
play_with_particles (Program *program)
{
  program_act (program, "select-particle", g_variant_new_int32 (1));
  wait_for_words (program, "Parameter plane", "elected");
  wait_for_words (program, "Predictions", "That of selected particle 1 is");
  program_act (program, "select-more", g_variant_new_int32 (1));
  wait_for_words (program, "Predictions", "That of selected particle 2 is");
  program_act (program, "clear-selection", NULL);
}

static void
play_with_panels (Program *program)
{
  static const char *const names[] = { "Loss", "Parameter plane", "Predictions", "Ensemble" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    program_act (program, "enlarge", g_variant_new_int32 ((int) i + 1));
    program_wait (program, ATSPI_ROLE_IMAGE, names[i]);
    program_act (program, "enlarge", g_variant_new_int32 ((int) i + 1));
  }
  program_act (program, "presenter", NULL);
  program_act (program, "look", g_variant_new_int32 (-3));
  program_act (program, "look", g_variant_new_int32 (0));
  program_act (program, "log-axis", NULL);
  program_act (program, "fit", NULL);
  program_act (program, "presenter", NULL);
  /* and no longer of the step that was looked back at */
  program_wait_text (program, "State", "paused");
}

static char *
write_out (Program *program, const char *action, const char *what, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents = NULL;

  program_act (program, action, g_variant_new ("(ss)", what, path));
  wait_for_file (path);
  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_remove (path);
  return contents;
}

/* Without the columns of the clock, and of looks, which are where somebody looked. */
static char *
keep_numbers (const char *table)
{
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);
  g_autoptr (GString) kept = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

    for (guint k = 0; cells[k] != NULL && k < 9; k++)
      g_string_append_printf (kept, "%s,", cells[k]);
    g_string_append_c (kept, '\n');
  }
  return g_string_free (g_steal_pointer (&kept), FALSE);
}

/* The figures as numbers, at this moment. */
typedef struct {
  char *loss, *predictions;
} Numbers;

static Numbers
read_numbers (Program *program)
{
  g_autofree char *loss = write_out (program, "export-to", "loss", "numbers.csv");

  return (Numbers){ keep_numbers (loss),
                    write_out (program, "export-to", "predictions", "answers.csv") };
}

static void
export_all (Program *program)
{
  static const char *const figures[] = { "loss", "plane", "predictions", "ensemble" };
  static const char *const endings[] = { "png", "svg", "pdf", "csv" };

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    for (guint k = 0; k < G_N_ELEMENTS (endings); k++) {
      g_autofree char *name = g_strdup_printf ("figure.%s", endings[k]);

      g_free (write_out (program, "export-to", figures[i], name));
    }
  g_free (write_out (program, "save-to", "ensemble", "particles.npy"));
  g_free (write_out (program, "save-to", "parameters", "descent.npy"));
}

static void
test_lecture (void)
{
  Program *program = program_start ("example:boston");
  g_autofree char *path = g_build_filename (folder, "lecture.ekilab", NULL);
  Numbers first, again;
  double step;

  program_wait (program, ATSPI_ROLE_LABEL, "Boston housing");
  program_wait_text (program, "State", "ready");
  play_with_a_run (program);
  play_with_undo (program);
  play_slowly (program);
  play_with_particles (program);
  play_with_panels (program);
  step = program_read_number (program, "Step");
  first = read_numbers (program);
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
  program_wait_text (program, "State", "paused");
  wait_for_value (program, "Particles J", 40);
  wait_for_value (program, "Noise γ", 0.2);
  again = read_numbers (program);
  g_assert_cmpstr (first.loss, ==, again.loss);
  g_assert_cmpstr (first.predictions, ==, again.predictions);

  export_all (program);
  program_close (program);
  g_remove (path);
  g_free (first.loss);
  g_free (first.predictions);
  g_free (again.loss);
  g_free (again.predictions);
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
  result = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return result;
}

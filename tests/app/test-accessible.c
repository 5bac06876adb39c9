/* test-accessible.c - the whole program, driven from outside as a screen reader would
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "accessible.h"
#include "folder.h"

#include <glib/gstdio.h>

/* For files; the child needs the system's own folders, so they are not isolated. */
static char *folder;

static void
take_steps (Program *program, guint n)
{
  const double step = program_read_number (program, "Step");

  /* a button that is still going down takes no second press */
  for (guint i = 0; i < n; i++) {
    program_press (program, "Step");
    program_wait_above (program, "Step", step + i + 0.5);
  }
}

static void
test_run_pause_step_reset (void)
{
  Program *program = program_start (NULL);
  g_autofree char *at_start = NULL;
  g_autofree char *after_three = NULL;
  double paused;

  program_wait (program, ATSPI_ROLE_LABEL, "Noisy sine");
  program_wait_text (program, "State", "ready");
  program_show_all_settings (program, "Run");
  at_start = program_read (program, "EKI training loss");

  program_press (program, "Run");
  program_wait_above (program, "Step", 20);
  program_press (program, "Pause");
  program_wait_text (program, "State", "paused");
  paused = program_read_number (program, "Step");
  take_steps (program, 1);
  g_assert_cmpfloat (program_read_number (program, "Step"), ==, paused + 1);

  program_press (program, "Reset");
  program_wait_text (program, "Step", "0");
  program_wait_text (program, "EKI training loss", at_start);

  /* the same seed is the same run */
  take_steps (program, 3);
  after_three = program_read (program, "EKI training loss");
  g_assert_cmpstr (after_three, !=, at_start);
  program_press (program, "Reset");
  program_wait_text (program, "Step", "0");
  take_steps (program, 3);
  program_wait_text (program, "EKI training loss", after_three);

  program_press (program, "New seed");
  program_wait_text (program, "Step", "0");
  g_assert_cmpfloat (program_get (program, "Seed"), !=, 1);
  program_close (program);
}

static void
test_live_settings (void)
{
  Program *program = program_start (NULL);

  program_wait_text (program, "State", "ready");
  g_assert_cmpfloat (program_get (program, "Learning rate h"), ==, 0.05);
  g_assert_cmpfloat (program_get (program, "Particles J"), ==, 50);
  g_assert_cmpfloat (program_get (program, "Noise γ"), ==, 0.3);
  program_press (program, "Run");
  program_wait_above (program, "Step", 5);
  program_set (program, "Learning rate h", 0.125);
  program_set (program, "Particles J", 80);
  program_set (program, "Noise γ", 0.2);
  program_press (program, "Pause");
  program_wait_text (program, "State", "paused");
  g_assert_cmpfloat (program_get (program, "Learning rate h"), ==, 0.125);
  g_assert_cmpfloat (program_get (program, "Particles J"), ==, 80);
  g_assert_cmpfloat (program_get (program, "Noise γ"), ==, 0.2);

  /* J is what an EKI step costs */
  {
    const double before = program_read_number (program, "EKI model runs");

    take_steps (program, 1);
    g_assert_cmpfloat (program_read_number (program, "EKI model runs"), ==, before + 80);
  }
  program_close (program);
}

static void
test_prior (void)
{
  Program *program = program_start (NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  /* before the first step the particles follow at once */
  program_wait_text (program, "State", "ready");
  before = program_read (program, "EKI training loss");
  program_set (program, "Weight spread", 2);
  do {
    g_free (after);
    after = program_read (program, "EKI training loss");
  } while (g_str_equal (before, after));

  /* later they wait */
  take_steps (program, 2);
  g_assert_false (program_has (program, ATSPI_ROLE_LABEL, "Takes effect at reset"));
  program_set (program, "Weight spread", 1);
  program_wait (program, ATSPI_ROLE_LABEL, "Takes effect at reset");
  program_press (program, "Reset now");
  program_wait_text (program, "Step", "0");
  program_wait_text (program, "EKI training loss", before);
  program_close (program);
}

static void
test_wrong_entry (void)
{
  Program *program = program_start (NULL);

  program_wait_text (program, "State", "ready");
  program_type (program, "Hidden layers", "16,,x");
  program_wait (program, ATSPI_ROLE_LABEL, "Hidden layers: \"16,,x\"");
  program_wait_text (program, "State", "ready");
  program_type (program, "Hidden layers", "8");
  program_wait (program, ATSPI_ROLE_LABEL, "regression — 120 × 1 — 25 parameters");
  program_close (program);
}

static void
test_keys (void)
{
  Program *program = program_start (NULL);
  double step;

  program_wait_text (program, "State", "ready");
  program_show_all_settings (program, "Run");
  program_key (program, ' ');
  program_wait_above (program, "Step", 5);
  program_key (program, ' ');
  program_wait_text (program, "State", "paused");
  step = program_read_number (program, "Step");
  program_key (program, 0xff53 /* Right */);
  program_wait_above (program, "Step", step + 0.5);
  program_key (program, 'r');
  program_wait_text (program, "Step", "0");
  program_key (program, 'n');
  while (program_get (program, "Seed") == 1)
    g_usleep (20000);
  /* back to seed 1, and forth; a key that is held for too long repeats itself, so once may be twice */
  for (guint i = 0; i < 20 && program_get (program, "Seed") != 1; i++) {
    program_control_key (program, 'z', FALSE);
    g_usleep (500000);
  }
  g_assert_cmpfloat (program_get (program, "Seed"), ==, 1);
  for (guint i = 0; i < 20 && program_get (program, "Seed") == 1; i++) {
    program_control_key (program, 'z', TRUE);
    g_usleep (500000);
  }
  g_assert_cmpfloat (program_get (program, "Seed"), !=, 1);
  /* so that what is clicked is in sight */
  program_show_all_settings (program, "Run");
  program_show_all_settings (program, "Gradient descent");

  /* with the focus on a button or a slider Space is still to run */
  program_click (program, ATSPI_ROLE_PUSH_BUTTON, "Enlarge Loss");
  program_key (program, ' ');
  program_wait_text (program, "State", "running");
  program_click (program, ATSPI_ROLE_SLIDER, "Learning rate h, logarithmic slider");
  program_key (program, ' ');
  program_wait_text (program, "State", "paused");
  g_assert_cmpfloat (program_get (program, "Learning rate h"), !=, 0.05);

  /* in an entry it is a character, and so are the letters */
  step = program_read_number (program, "Step");
  program_click (program, ATSPI_ROLE_TEXT, "Start");
  program_key (program, ' ');
  program_key (program, 'r');
  g_usleep (300000);
  program_wait_text (program, "State", "paused");
  g_assert_cmpfloat (program_read_number (program, "Step"), ==, step);
  program_close (program);
}

static void
test_open_file (void)
{
  g_autofree char *path = folder_write (folder, "line.csv", "a,b\n0,1\n1,3\n2,5\n3,7\n4,9\n5,11\n");
  Program *program = program_start (path);

  program_wait (program, ATSPI_ROLE_LABEL, "regression — 6 × 1 — 49 parameters");
  program_wait_text (program, "State", "ready");
  program_press (program, "Run");
  program_wait_above (program, "Step", 10);
  g_assert_cmpfloat (program_read_number (program, "EKI RMSE"), >, 0);
  program_press (program, "Pause");
  program_close (program);
  g_remove (path);
}

static void
test_open_bad_file (void)
{
  g_autofree char *path = folder_write (folder, "bad.csv", "a,b\n");
  Program *program = program_start (path);

  program_wait (program, ATSPI_ROLE_LABEL, "bad.csv");
  program_wait_text (program, "State", "no data");
  program_close (program);
  g_remove (path);
}

static void
test_open_dialog (void)
{
  Program *program = program_start_for_dialogs ();

  program_wait_text (program, "State", "ready");
  program_press (program, "Open");
  program_press_in_dialog (program, "Cancel");
  program_wait_text (program, "State", "ready");
  program_close (program);
}

/* In the middle of a run of many particles: it ends, and well. */
static void
test_close_while_running (void)
{
  Program *program = program_start ("example:boston");

  program_wait_text (program, "State", "ready");
  program_set (program, "Particles J", 1000);
  program_press (program, "Run");
  program_wait_above (program, "Step", 2);
  program_close (program);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  /* libatspi warns of whatever goes away while it is looked at; the program itself stays strict */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_assert_cmpint (atspi_init (), ==, 0);
  folder = g_dir_make_tmp ("ekl-test-XXXXXX", NULL);

  g_test_add_func ("/accessible/run-pause-step-reset", test_run_pause_step_reset);
  g_test_add_func ("/accessible/live-settings", test_live_settings);
  g_test_add_func ("/accessible/prior", test_prior);
  g_test_add_func ("/accessible/wrong-entry", test_wrong_entry);
  g_test_add_func ("/accessible/keys", test_keys);
  g_test_add_func ("/accessible/open-file", test_open_file);
  g_test_add_func ("/accessible/open-bad-file", test_open_bad_file);
  g_test_add_func ("/accessible/open-dialog", test_open_dialog);
  g_test_add_func ("/accessible/close-while-running", test_close_while_running);
  result = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return result;
}

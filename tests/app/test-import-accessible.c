/* test-import-accessible.c - the dialog that a table comes in by, driven from outside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "accessible.h"
#include "houses.h"

#include <glib/gstdio.h>

#define KEY_ESCAPE 0xff1b

static char *path;

static void
write_houses (const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* A file that is named opens at once, and says that there was something to choose. */
static Program *
start (void)
{
  Program *program;

  write_houses (HOUSES);
  program = program_start (path);
  program_wait (program, ATSPI_ROLE_LABEL, "houses.csv: 6 training rows, 2 validation");
  program_wait_text (program, "State", "ready");
  return program;
}

static void
test_import (void)
{
  Program *program = start ();

  program_act (program, "import-options", NULL);
  program_wait_in_dialog (program, ATSPI_ROLE_LABEL, "6 training rows, 2 validation");
  program_wait_in_dialog (program, ATSPI_ROLE_LABEL, "⚠ big");

  /* another delimiter, and back */
  program_choose_in_dialog (program, "Delimiter", 1);
  while (program_has_in_dialog (program, ATSPI_ROLE_LABEL, "heating|"))
    g_usleep (50000);
  program_choose_in_dialog (program, "Delimiter", -1);
  program_wait_in_dialog (program, ATSPI_ROLE_LABEL, "6 training rows, 2 validation, 2 features");

  /* another target, and another type */
  program_choose_in_dialog (program, "Role of heating", 1);
  program_wait_in_dialog (program, ATSPI_ROLE_LABEL,
                          "6 training rows, 2 validation, 2 features, 2 classes");
  program_choose_in_dialog (program, "Type of area", 1);
  program_wait_in_dialog (program, ATSPI_ROLE_LABEL,
                          "7 training rows, 2 validation, 2 features in");

  program_press_in_dialog (program, "Import|");
  program_wait (program, ATSPI_ROLE_LABEL, "classification — 9 × ");
  program_wait_text (program, "State", "ready");
  program_press (program, "Step");
  program_wait_above (program, "Step", 0.5);
  program_close (program);
}

/* What was chosen is there again, in another run of the program. */
static void
test_remembered (void)
{
  Program *program;

  write_houses (HOUSES "11;50;gas;111\n");
  program = program_start (path);
  program_wait (program, ATSPI_ROLE_LABEL, "classification — 10 × ");
  program_act (program, "import-options", NULL);
  program_wait_in_dialog (program, ATSPI_ROLE_LABEL,
                          "8 training rows, 2 validation, 2 features in");
  program_press_in_dialog (program, "Cancel|");
  program_let_dialog_close (program);
  program_close (program);
}

static void
test_cancel (void)
{
  Program *program = start ();

  program_act (program, "import-options", NULL);
  program_wait_in_dialog (program, ATSPI_ROLE_LABEL, "6 training rows, 2 validation");
  program_choose_in_dialog (program, "Role of area", 1);
  program_wait_in_dialog (program, ATSPI_ROLE_LABEL,
                          "6 training rows, 2 validation, 2 features in");
  program_key (program, KEY_ESCAPE);
  program_let_dialog_close (program);
  program_wait (program, ATSPI_ROLE_LABEL, "regression — 8 × ");
  program_close (program);
}

/* The file has changed for the worse since it was opened: what is there stays. */
static void
test_error (void)
{
  Program *program = start ();

  write_houses ("");
  program_act (program, "import-options", NULL);
  program_wait_in_dialog (program, ATSPI_ROLE_LABEL, "This Cannot Be Read as a Table");
  program_press_in_dialog (program, "Cancel|");
  program_let_dialog_close (program);
  program_wait_text (program, "State", "ready");
  program_close (program);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("ekl-test-XXXXXX", NULL);
  g_autofree char *state = g_build_filename (folder, "eki-lab", NULL);
  g_autofree char *store = g_build_filename (state, "imports.ini", NULL);
  int result;

  /* for the program, which is started by this one */
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  /* libatspi warns of whatever goes away while it is looked at; the program itself stays strict */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_assert_cmpint (atspi_init (), ==, 0);
  path = g_build_filename (folder, "houses.csv", NULL);

  g_test_add_func ("/import-accessible/cancel", test_cancel);
  g_test_add_func ("/import-accessible/error", test_error);
  g_test_add_func ("/import-accessible/import", test_import);
  g_test_add_func ("/import-accessible/remembered", test_remembered);
  result = g_test_run ();
  g_remove (path);
  g_remove (store);
  g_rmdir (state);
  g_rmdir (folder);
  g_free (path);
  return result;
}

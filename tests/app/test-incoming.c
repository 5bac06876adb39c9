/* test-incoming.c - data from other programs: a table that is pasted, a file that is dragged onto the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "accessible.h"
#include "folder.h"

#include <glib/gstdio.h>

#define KEY_TAB    0xff09
#define KEY_RETURN 0xff0d
#define KEY_ESCAPE 0xff1b
#define KEY_DOWN   0xff54
#define MAX_TABS   60

#define PATIENCE_US (120 * G_USEC_PER_SEC)

/* As a spreadsheet of a German desktop puts it on the clipboard. */
#define CELLS                                                                                      \
  "area\theating\tprice\n"                                                                         \
  "50,5\tgas\t100,5\n60,5\toil\t120\n70\tgas\t130\n80\toil\t140,5\n"                               \
  "90\toil\t160\n95\tgas\t170\n99\toil\t180\n70,25\tgas\t150\n"
#define SUMMARY "6 training rows, 2 validation, 2 features in 3 inputs"

static char *folder;

/* ---- the other program ---- */

/* Returns once it holds the clipboard; it holds it until it is ended. */
static GSubprocess *
hold_clipboard (const char *type, const char *text)
{
  g_autofree char *path = folder_write (folder, "clipboard", text);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;
  GSubprocess *process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                           g_getenv ("EKL_X_SOURCE"), "paste", type, path, NULL);

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, "ready");
  g_remove (path);
  return process;
}

static void
end_process (GSubprocess *process)
{
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  g_object_unref (process);
}

static void
drop_file (const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error,
                                                      g_getenv ("EKL_X_SOURCE"), "drop", uri, NULL);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

/* ---- what is done ---- */

static Program *
start (void)
{
  Program *program = program_start (NULL);

  program_wait_text (program, "State", "ready");
  return program;
}

static void
import_and_step (Program *program, const char *line)
{
  program_press_in_dialog (program, "Import|");
  program_wait (program, ATSPI_ROLE_LABEL, line);
  program_wait_text (program, "State", "ready");
  program_press (program, "Step");
  program_wait_above (program, "Step", 0.5);
}

static void
test_paste (void)
{
  GSubprocess *holder = hold_clipboard ("text/plain;charset=utf-8", CELLS);
  Program *program = start ();

  program_control_key (program, 'v', FALSE);
  program_wait_in_dialog (program, ATSPI_ROLE_LABEL, SUMMARY);
  import_and_step (program, "regression — 8 × ");
  program_close (program);
  end_process (holder);
}

/* A file that was copied in the file manager. */
static void
test_paste_file (void)
{
  g_autofree char *path = folder_write (folder, "houses.tsv", CELLS);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *list = g_strconcat (uri, "\r\n", NULL);
  GSubprocess *holder = hold_clipboard ("text/uri-list", list);
  Program *program = start ();

  program_control_key (program, 'v', FALSE);
  program_wait_in_dialog (program, ATSPI_ROLE_LABEL, SUMMARY);
  program_key (program, KEY_ESCAPE);
  program_let_dialog_close (program);
  program_close (program);
  end_process (holder);
  g_remove (path);
}

static void
test_no_table (void)
{
  GSubprocess *holder = hold_clipboard ("text/plain;charset=utf-8", "Hello");
  Program *program = start ();

  program_control_key (program, 'v', FALSE);
  program_wait (program, ATSPI_ROLE_LABEL, "The clipboard holds no table.");
  program_close (program);
  end_process (holder);
}

static void
test_drop (void)
{
  g_autofree char *path = folder_write (folder, "a name, with spaces & ü.csv", CELLS);
  Program *program = start ();

  drop_file (path);
  program_wait_in_dialog (program, ATSPI_ROLE_LABEL, SUMMARY);
  import_and_step (program, "regression — 8 × ");
  program_close (program);
  g_remove (path);
}

/* ---- by the keys alone ---- */

typedef struct {
  Program *program;
  char *name, *place; /* what has the focus */
} Keyboard;

static void
read_focus (Keyboard *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->place, g_free);
  self->name = program_read_focus (self->program, &self->place);
}

/* Returns once something else has it. */
static void
press (Keyboard *self, guint key)
{
  const gint64 end = g_get_monotonic_time () + PATIENCE_US;
  g_autofree char *former = g_strdup (self->place);

  program_key (self->program, key);
  do {
    read_focus (self);
    if (g_get_monotonic_time () > end)
      g_error ("the focus stays at \"%s\"", self->name);
  } while (g_str_equal (self->place, former));
}

static void
tab_to (Keyboard *self, const char *name)
{
  for (guint i = 0; i < MAX_TABS && !g_str_equal (self->name, name); i++)
    press (self, KEY_TAB);
  g_assert_cmpstr (self->name, ==, name);
}

/* The dialog from its first row to its button, without a pointer. */
static void
test_keys (void)
{
  static const char *const stops[] = { "Delimiter",   "Decimal mark",   "First line",
                                       "Task",        "Missing values", "Split seed",
                                       "Standardize", "Columns",        "Role of area" };
  GSubprocess *holder = hold_clipboard ("text/plain;charset=utf-8", CELLS);
  Program *program = start ();

  Keyboard keyboard = { .program = program };

  program_control_key (program, 'v', FALSE);
  program_wait_in_dialog (program, ATSPI_ROLE_LABEL, SUMMARY);
  read_focus (&keyboard);
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    tab_to (&keyboard, stops[i]);
  /* feature, target, ignored */
  press (&keyboard, KEY_RETURN);
  press (&keyboard, KEY_DOWN);
  press (&keyboard, KEY_DOWN);
  press (&keyboard, KEY_RETURN);
  program_wait_in_dialog (program, ATSPI_ROLE_LABEL,
                          "6 training rows, 2 validation, 1 feature in 2 inputs");
  g_free (keyboard.name);
  g_free (keyboard.place);
  program_control_key (program, KEY_RETURN, FALSE);
  program_wait (program, ATSPI_ROLE_LABEL, "regression — 8 × 2");
  program_wait_text (program, "State", "ready");
  program_close (program);
  end_process (holder);
}

int
main (int argc, char *argv[])
{
  int result;

  folder = g_dir_make_tmp ("ekl-test-XXXXXX", NULL);
  /* for the program, which is started by this one */
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  /* libatspi warns of whatever goes away while it is looked at; the program itself stays strict */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_assert_cmpint (atspi_init (), ==, 0);

  g_test_add_func ("/incoming/paste", test_paste);
  g_test_add_func ("/incoming/paste-file", test_paste_file);
  g_test_add_func ("/incoming/no-table", test_no_table);
  g_test_add_func ("/incoming/drop", test_drop);
  g_test_add_func ("/incoming/keys", test_keys);
  result = g_test_run ();
  folder_remove (folder);
  g_free (folder);
  return result;
}

/* program.c - eki-lab-cli as a child process, in a folder of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "program.h"

#include <string.h>

void
program_result_free (ProgramResult *self)
{
  g_free (self->out);
  g_free (self->err);
  g_free (self);
}

/* GLib makes the cache folder for each test, and removes it (G_TEST_OPTION_ISOLATE_DIRS). */
char *
program_folder (void)
{
  char *folder = g_build_filename (g_get_user_cache_dir (), "folder", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  return folder;
}

char *
program_write (const char *folder, const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

GBytes *
program_read (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, length);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names in a folder, hidden ones too, in order, with blanks between them. */
char *
program_list (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

GSubprocess *
program_start (const char *folder, const char *const *words)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (g_getenv ("EKL_CLI"));
  g_ptr_array_add (argv, (gpointer) g_getenv ("EKL_CLI"));
  for (guint k = 0; words[k]; k++)
    g_ptr_array_add (argv, (gpointer) words[k]);
  g_ptr_array_add (argv, NULL);

  g_subprocess_launcher_set_cwd (launcher, folder);
  GSubprocess *child =
    g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  return child;
}

ProgramResult *
program_wait (GSubprocess *child)
{
  ProgramResult *result = g_new0 (ProgramResult, 1);
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8 (child, NULL, NULL, &result->out, &result->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (child));
  result->status = g_subprocess_get_exit_status (child);
  return result;
}

ProgramResult *
program_run (const char *folder, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  const char *word;
  va_list list;

  va_start (list, folder);
  while ((word = va_arg (list, const char *)) != NULL)
    g_ptr_array_add (words, (gpointer) word);
  va_end (list);
  g_ptr_array_add (words, NULL);

  g_autoptr (GSubprocess) child = program_start (folder, (const char *const *) words->pdata);
  return program_wait (child);
}

/* The words as a shell would split them. */
ProgramResult *
program_run_line (const char *folder, const char *line)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;

  if (*line == '\0')
    return program_run (folder, NULL);

  g_shell_parse_argv (line, NULL, &words, &error);
  g_assert_no_error (error);

  g_autoptr (GSubprocess) child = program_start (folder, (const char *const *) words);
  return program_wait (child);
}

/* A command line that must do its work and complain of nothing. */
void
program_expect (const char *folder, const char *line)
{
  g_autoptr (ProgramResult) result = program_run_line (folder, line);

  g_assert_cmpstr (result->err, ==, "");
  g_assert_cmpint (result->status, ==, 0);
}

guint
program_count_lines (const char *text)
{
  guint n = 0;

  for (; *text; text++)
    n += *text == '\n';
  return n;
}

/* test-monkey.c - anything a user could do, in any order, for as long as wanted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A round opens a window, does things in bursts, checks after each what must always hold, and closes
 * all at some moment, whatever is going on. The same seed does the same things; threads still take
 * their own time. By the environment:
 *
 *   EKL_MONKEY_SEED     of the first round; the rounds after it count on
 *   EKL_MONKEY_ROUNDS   of each case
 *   EKL_MONKEY_ACTIONS  of each round
 *   EKL_MONKEY_SECONDS  after which no other round of a case is begun
 *   EKL_MONKEY_STRICT   the saved experiment must have all that the window shows, and make the same run
 *   EKL_MONKEY_LOUD     says everything as it is done
 */
#include "cpu.h"
#include "ekl-application.h"
#include "folder.h"
#include "monkey.h"
#include "waiting.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SEED      1
#define ROUNDS    1
#define ACTIONS   120
#define SECONDS   20
#define MAX_BURST 12
#define MAX_PAUSE 60 /* ms */

static EklApplication *application;
static guint n_threads; /* of the program, when all is closed */

typedef struct {
  const char *name;
  const MonkeyTrick *tricks[8];
} Case;

static guint
get_number (const char *name, guint usual)
{
  const char *text = g_getenv (name);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : usual;
}

/* ---- one thing ---- */

static const MonkeyTrick *
choose_trick (Monkey *self, const Case *which)
{
  guint n_tables = 0, weight = 0;
  const MonkeyTrick *table;

  while (which->tricks[n_tables] != NULL)
    n_tables++;
  table = which->tricks[monkey_below (self, n_tables)];
  for (guint i = 0; table[i].name != NULL; i++)
    weight += table[i].weight;
  weight = monkey_below (self, weight);
  while (weight >= table->weight) {
    weight -= table->weight;
    table++;
  }
  return table;
}

static void
do_burst (Monkey *self, const Case *which)
{
  for (guint n = 1 + monkey_below (self, MAX_BURST); n > 0 && self->window != NULL; n--)
    choose_trick (self, which)->act (self);
  if (!monkey_coin (self, 3))
    wait_ms (monkey_below (self, MAX_PAUSE));
  if (self->window != NULL)
    monkey_check (self);
}

/* ---- a round ---- */

static gboolean
closed_cb (Monkey *self)
{
  self->window = NULL;
  return GDK_EVENT_PROPAGATE;
}

static void
started_cb (Monkey *self)
{
  self->n_starts++;
}

static void
said_cb (Monkey *self, const char *message)
{
  g_assert_true (g_utf8_validate (message, -1, NULL));
  g_free (self->said);
  self->said = g_strdup (message);
}

static void
open_window (Monkey *self)
{
  static const char *const sources[] = { "example:sine", "example:boston",     "example:moons",
                                         "example:iris", "example:motorcycle", NULL };
  const char *source = monkey_word (self, sources);

  monkey_note ("open %s", source);
  self->window = EKL_WINDOW (ekl_window_new (self->application));
  self->workbench = ekl_window_get_workbench (self->window);
  g_signal_connect_swapped (self->window, "close-request", G_CALLBACK (closed_cb), self);
  g_signal_connect_swapped (self->workbench, "run-started", G_CALLBACK (started_cb), self);
  g_signal_connect_swapped (self->workbench, "told", G_CALLBACK (said_cb), self);
  g_signal_connect_swapped (self->workbench, "failed", G_CALLBACK (said_cb), self);
  ekl_window_open (self->window, source);
  gtk_window_present (GTK_WINDOW (self->window));
  if (!monkey_coin (self, 4))
    wait_until (ekl_workbench_get_dataset (self->workbench) != NULL);
}

/* Borrowed, since one that is held longer than its parent would look for it at its end. */
static GtkWindow *
find_visible (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++) {
    g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

    if (gtk_widget_get_visible (toplevel))
      return GTK_WINDOW (toplevel);
  }
  return NULL;
}

static void
close_all (Monkey *self)
{
  GtkWindow *toplevel;

  monkey_note ("close all");
  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
  while ((toplevel = find_visible ()) != NULL) {
    monkey_note ("close %s", G_OBJECT_TYPE_NAME (toplevel));
    gtk_window_close (toplevel);
    wait_ms (5);
  }
}

static void
undress (void)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024, "gtk-enable-animations",
                TRUE, NULL);
}

/* The engine's and those that compute for it have the program's name; the toolkit's have others. */
static guint
count_threads (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/task", 0, NULL);
  g_autofree char *own = NULL;
  const char *name;
  guint n = 0;

  if (!g_file_get_contents ("/proc/self/comm", &own, NULL, NULL))
    return 0;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename ("/proc/self/task", name, "comm", NULL);
    g_autofree char *comm = NULL;

    n += g_file_get_contents (path, &comm, NULL, NULL) && g_str_equal (comm, own);
  }
  return n;
}

/* Nothing of a window is left: neither its objects nor a thread. */
static void
check_gone (gpointer *objects, guint n)
{
  for (guint i = 0; i < n; i++)
    wait_until (objects[i] == NULL);
  if (n_threads == 0)
    n_threads = count_threads ();
  wait_until (count_threads () <= n_threads);
}

static void
play (Monkey *self, const Case *which, guint n_actions)
{
  gpointer objects[3];

  open_window (self);
  objects[0] = self->window;
  objects[1] = self->workbench;
  objects[2] = ekl_window_get_side_panel (self->window);
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    g_object_add_weak_pointer (objects[i], &objects[i]);

  for (guint done = 0; done < n_actions && self->window != NULL; done += MAX_BURST / 2)
    do_burst (self, which);
  if (self->window != NULL && (monkey_coin (self, 2) || monkey_is_strict ())) {
    monkey_settle (self);
    monkey_check_saved (self);
  }
  close_all (self);
  check_gone (objects, G_N_ELEMENTS (objects));
}

static void
do_round (const Case *which, guint seed, guint n_actions)
{
  Monkey self = { .rand = g_rand_new_with_seed (seed),
                  .application = ADW_APPLICATION (application) };

  monkey_forget (seed);
  g_random_set_seed (seed);
  self.folder = g_dir_make_tmp ("ekl-monkey-XXXXXX", NULL);
  g_assert_cmpint (chdir (self.folder), ==, 0);
  monkey_make_files (&self);
  play (&self, which, n_actions);
  undress ();
  folder_remove (self.folder);
  g_free (self.folder);
  g_free (self.said);
  g_rand_free (self.rand);
  monkey_forget (0);
}

static void
test_case (gconstpointer data)
{
  const Case *which = data;
  const guint seed = get_number ("EKL_MONKEY_SEED", SEED);
  const guint rounds = get_number ("EKL_MONKEY_ROUNDS", ROUNDS);
  const gint64 end =
    g_get_monotonic_time () + get_number ("EKL_MONKEY_SECONDS", SECONDS) * G_USEC_PER_SEC;
  guint round;

  for (round = 0; round < rounds && g_get_monotonic_time () < end; round++)
    do_round (which, seed + round, get_number ("EKL_MONKEY_ACTIONS", ACTIONS));
  g_test_message ("seeds %u to %u", seed, seed + round - 1);
}

/* What is pasted and remembered goes there; the system's own icons and types of files are needed. */
static char *
isolate (void)
{
  static const char *const folders[] = { "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
                                         "XDG_STATE_HOME" };
  char *home = g_dir_make_tmp ("ekl-monkey-home-XXXXXX", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *path = g_build_filename (home, folders[i], NULL);

    g_setenv (folders[i], path, TRUE);
  }
  return home;
}

int
main (int argc, char *argv[])
{
  static const Case cases[] = {
    { "run", { monkey_run_tricks, monkey_view_tricks, monkey_setting_tricks } },
    { "settings", { monkey_setting_tricks, monkey_setting_tricks, monkey_run_tricks } },
    { "input",
      { monkey_input_tricks, monkey_input_tricks, monkey_run_tricks, monkey_desktop_tricks } },
    { "files",
      { monkey_file_tricks, monkey_file_tricks, monkey_run_tricks, monkey_setting_tricks,
        monkey_desktop_tricks } },
    { "all",
      { monkey_run_tricks, monkey_view_tricks, monkey_setting_tricks, monkey_file_tricks,
        monkey_input_tricks, monkey_desktop_tricks } },
  };
  g_autofree char *home = NULL;
  int result;

  ekl_cpu_setup (argc, argv);
  home = isolate ();
  g_test_init (&argc, &argv, NULL);
  monkey_watch ();
  application = ekl_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/monkey/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  result = g_test_run ();
  g_object_unref (application);
  g_assert_cmpint (chdir (g_get_tmp_dir ()), ==, 0);
  folder_remove (home);
  return result;
}

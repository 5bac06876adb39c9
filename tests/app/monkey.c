/* monkey.c - its dice, and what it remembers when something breaks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "monkey.h"

#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define N_LINES  50
#define MAX_LINE 160
#define PATIENCE 180 /* s for one thing that it does */

static char lines[N_LINES][MAX_LINE];
static guint n_lines, current_seed;
static gboolean is_loud;

guint
monkey_below (Monkey *self, guint n)
{
  return n > 1 ? (guint) g_rand_int_range (self->rand, 0, (gint32) n) : 0;
}

gboolean
monkey_coin (Monkey *self, guint one_in)
{
  return monkey_below (self, one_in) == 0;
}

double
monkey_number (Monkey *self, double low, double high)
{
  return g_rand_double_range (self->rand, low, high);
}

const char *
monkey_word (Monkey *self, const char *const *words)
{
  return words[monkey_below (self, g_strv_length ((GStrv) words))];
}

int
monkey_whole (Monkey *self)
{
  static const int edges[] = { G_MININT, G_MAXINT, -1, 0, 1, 1000000 };

  if (monkey_coin (self, 4))
    return edges[monkey_below (self, G_N_ELEMENTS (edges))];
  return (int) monkey_below (self, 14) - 3;
}

void
monkey_note (const char *format, ...)
{
  char *line = lines[n_lines++ % N_LINES];
  va_list args;

  va_start (args, format);
  g_vsnprintf (line, MAX_LINE, format, args);
  va_end (args);
  if (is_loud)
    g_printerr ("# %s\n", line);
  alarm (PATIENCE);
}

void
monkey_do (Monkey *self, GtkWidget *widget, const char *action, GVariant *target)
{
  g_autoptr (GVariant) sunk = target != NULL ? g_variant_ref_sink (target) : NULL;
  g_autofree char *text = sunk != NULL ? g_variant_print (sunk, FALSE) : g_strdup ("");

  monkey_note ("%s %s", action, text);
  gtk_widget_activate_action_variant (widget, action, sunk);
}

/* ---- at the end ---- */

static void
say (const char *text)
{
  G_GNUC_UNUSED const gssize written = write (STDERR_FILENO, text, strlen (text));
}

/* Only what may be called in a signal handler. */
static void
tell_all (void)
{
  static gboolean told;
  const guint first = n_lines > N_LINES ? n_lines - N_LINES : 0;
  char seed[12] = "0";
  char *digit = seed + sizeof seed - 1;

  if (told)
    return;
  told = TRUE;
  *digit = '\0';
  for (guint rest = current_seed; rest > 0 || *digit == '\0'; rest /= 10)
    *--digit = (char) ('0' + rest % 10);
  say ("\nEKL_MONKEY_SEED=");
  say (digit);
  say (" did last:\n");
  for (guint i = first; i < n_lines; i++) {
    say ("  ");
    say (lines[i % N_LINES]);
    say ("\n");
  }
}

static void
fatal_cb (int number)
{
  if (number == SIGALRM)
    say ("\nthis hangs\n");
  tell_all ();
  signal (number, SIG_DFL);
  if (number == SIGALRM)
    abort ();
  raise (number);
}

/* AddressSanitizer and the like have their own say on faults first, and call this at their end. */
extern void __sanitizer_set_death_callback (void (*callback) (void)) __attribute__ ((weak));

/* Without a window manager a window may be where no monitor is: the toolkit's popovers complain of
 * that, and then have no room. GTK 4.8 also asks for tooltips of windows that are closed by now.
 * Nothing else is to be warned of. */
static gboolean
is_of_toolkit (const char *message)
{
  static gboolean has_none;

  if (g_str_has_prefix (message, "_gtk_widget_find_at_coords"))
    return TRUE;
  if (g_str_has_prefix (message, "gdk_monitor_get_geometry") ||
      g_str_has_prefix (message, "gdk_surface_get_device_position"))
    has_none = TRUE;
  else if (!has_none || !g_str_has_prefix (message, "gtk_widget_size_allocate(): attempt"))
    return FALSE;
  return TRUE;
}

static void
judge (const char *domain, GLogLevelFlags level, const char *message)
{
  const GLogLevelFlags bad = G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR;

  if ((level & bad) == 0 || is_of_toolkit (message))
    return;
  g_printerr ("%s: %s\n", domain != NULL ? domain : "", message);
  abort ();
}

static void
log_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  judge (domain, level, message);
}

static GLogWriterOutput
write_cb (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer user_data)
{
  const char *domain = NULL, *message = "";

  for (gsize i = 0; i < n; i++) {
    if (g_str_equal (fields[i].key, "MESSAGE"))
      message = fields[i].value;
    else if (g_str_equal (fields[i].key, "GLIB_DOMAIN"))
      domain = fields[i].value;
  }
  judge (domain, level, message);
  return G_LOG_WRITER_HANDLED;
}

void
monkey_watch (void)
{
  static const int always[] = { SIGABRT, SIGTRAP, SIGALRM };
  static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL };

  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_log_set_default_handler (log_cb, NULL);
  g_log_set_writer_func (write_cb, NULL, NULL);
  is_loud = g_getenv ("EKL_MONKEY_LOUD") != NULL;
  for (guint i = 0; i < G_N_ELEMENTS (always); i++)
    signal (always[i], fatal_cb);
  if (__sanitizer_set_death_callback != NULL)
    __sanitizer_set_death_callback (tell_all);
  else
    for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
      signal (faults[i], fatal_cb);
}

void
monkey_forget (guint seed)
{
  n_lines = 0;
  current_seed = seed;
  alarm (0);
}

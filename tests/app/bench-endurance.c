/* bench-endurance.c - whether a window at full speed grows or slows down in the long run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line a minute: what the process holds, and how fast it is. At the end: the second half
 * beside the first.
 * usage: bench-endurance [MINUTES [PROBLEM [PARTICLES]]]
 */
#include "bench-window.h"
#include "cpu.h"
#include "ekl-application.h"
#include "frame_times.h"
#include "waiting.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH     1280
#define HEIGHT    800
#define LIMIT_MS  33.4
#define MINUTES   2
#define PARTICLES 50

typedef struct {
  double megabytes, steps_per_second, frames_per_second;
} Minute;

/* What is in memory, MB; 0 where the system does not tell. */
static double
get_megabytes (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL) ||
      (line = g_strstr_len (text, -1, "VmRSS:")) == NULL)
    return 0;
  return (double) g_ascii_strtoull (line + strlen ("VmRSS:"), NULL, 10) / 1024;
}

static Minute
run_minute (EklWorkbench *workbench, guint number)
{
  EklFrameTimes times;
  Minute minute;

  ekl_frame_times_reset ();
  let_run (60000);
  ekl_frame_times_summarize (LIMIT_MS, &times);
  minute = (Minute){ get_megabytes (), times.steps_per_second,
                     times.n_frames / MAX (times.seconds, 1e-9) };
  g_print ("%6u %12" G_GUINT64_FORMAT " %8.1f %9.0f %9.1f %9.1f %9.1f\n", number,
           ekl_workbench_get_record (workbench)->step, minute.megabytes, minute.steps_per_second,
           minute.frames_per_second, times.p99_ms, times.max_ms);
  return minute;
}

static Minute
get_mean (const Minute *minute, guint n)
{
  Minute mean = { 0, 0, 0 };

  for (guint i = 0; i < n; i++) {
    mean.megabytes += minute[i].megabytes / n;
    mean.steps_per_second += minute[i].steps_per_second / n;
    mean.frames_per_second += minute[i].frames_per_second / n;
  }
  return mean;
}

static void
compare_halves (const Minute *minute, guint n)
{
  const Minute first = get_mean (minute, n / 2);
  const Minute second = get_mean (minute + n - n / 2, n / 2);

  if (n < 2)
    return;
  g_print ("second half against the first: memory %+.1f MB, steps/s %+.1f %%, frames/s %+.1f %%\n",
           second.megabytes - first.megabytes,
           100 * (second.steps_per_second / first.steps_per_second - 1),
           100 * (second.frames_per_second / first.frames_per_second - 1));
}

int
main (int argc, char *argv[])
{
  const guint minutes = argc > 1 ? (guint) MAX (1, atoi (argv[1])) : MINUTES;
  const char *problem = argc > 2 ? argv[2] : "boston";
  const guint particles = argc > 3 ? (guint) MAX (2, atoi (argv[3])) : PARTICLES;
  g_autofree Minute *minute = g_new0 (Minute, minutes);
  g_autoptr (EklApplication) application = NULL;
  GtkWidget *window;

  g_setenv ("EKL_FRAME_TIMES", "1", TRUE);
  ekl_cpu_setup (argc, argv);
  application = ekl_application_new (G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  window = ekl_window_new (ADW_APPLICATION (application));
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));

  g_print ("%s, J = %u\n%6s %12s %8s %9s %9s %9s %9s\n", problem, particles, "minute", "step", "MB",
           "steps/s", "frames/s", "P99 ms", "max ms");
  start_run (ekl_window_get_workbench (EKL_WINDOW (window)), problem, particles);
  for (guint i = 0; i < minutes; i++)
    minute[i] = run_minute (ekl_window_get_workbench (EKL_WINDOW (window)), i + 1);
  compare_halves (minute, minutes);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  wait_until (window == NULL);
  return 0;
}

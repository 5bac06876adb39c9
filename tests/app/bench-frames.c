/* bench-frames.c - how smooth the window is at full speed, and what the pictures cost the engine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For each problem a run without a window, then the same in a window of 1280 x 800 with a thousand
 * particles. "thread" is the window's own thread's share of a core.
 * usage: bench-frames [SECONDS [PROBLEM...]]
 */
#include "bench-window.h"
#include "cpu.h"
#include "ekl-application.h"
#include "frame_times.h"
#include "waiting.h"

#include <stdlib.h>

#define WIDTH     1280
#define HEIGHT    800
#define LIMIT_MS  33.4 /* thirty frames a second */
#define SECONDS   6
#define PARTICLES 1000

static const char *const usual_problems[] = { "boston", "sine", "moons", NULL };

/* Steps a second while nothing is drawn. */
static double
run_alone (const char *problem, guint seconds)
{
  g_autoptr (EklWorkbench) workbench = ekl_workbench_new ();
  gint64 time;
  guint64 step;
  double rate;

  start_run (workbench, problem, PARTICLES);
  time = g_get_monotonic_time ();
  step = ekl_workbench_get_record (workbench)->step;
  let_run (seconds * 1000);
  rate = (double) (ekl_workbench_get_record (workbench)->step - step) * G_USEC_PER_SEC /
         (double) (g_get_monotonic_time () - time);
  ekl_workbench_close (workbench);
  return rate;
}

static void
run_in_window (EklApplication *application,
               const char *problem,
               guint seconds,
               EklFrameTimes *times)
{
  GtkWidget *window = ekl_window_new (ADW_APPLICATION (application));

  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  start_run (ekl_window_get_workbench (EKL_WINDOW (window)), problem, PARTICLES);
  ekl_frame_times_reset ();
  let_run (seconds * 1000);
  ekl_frame_times_summarize (LIMIT_MS, times);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  wait_until (window == NULL);
}

int
main (int argc, char *argv[])
{
  const guint seconds = argc > 1 ? (guint) MAX (1, atoi (argv[1])) : SECONDS;
  const char *const *problems = argc > 2 ? (const char *const *) argv + 2 : usual_problems;
  g_autoptr (EklApplication) application = NULL;

  g_setenv ("EKL_FRAME_TIMES", "1", TRUE);
  ekl_cpu_setup (argc, argv);
  application = ekl_application_new (G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);

  g_print ("%-8s %8s %9s %7s %7s %7s %9s %8s %10s %12s %6s\n", "problem", "frames/s", "median ms",
           "P99", "max", "paint", "> 33 ms", "thread", "steps/s", "without", "cost");
  for (guint i = 0; problems[i] != NULL; i++) {
    const double alone = run_alone (problems[i], seconds);
    EklFrameTimes times;

    run_in_window (application, problems[i], seconds, &times);
    g_print ("%-8s %8.1f %9.1f %7.1f %7.1f %7.1f %8.1f%% %7.0f%% %10.0f %12.0f %5.0f%%\n",
             problems[i], times.n_frames / MAX (times.seconds, 1e-9), times.median_ms, times.p99_ms,
             times.max_ms, times.paint_ms, 100 * times.share_over, 100 * times.work_share,
             times.steps_per_second, alone, 100 * (1 - times.steps_per_second / alone));
  }
  return 0;
}

/* bench-frames.c - how smooth the window is at full speed, and what the pictures cost the engine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For each problem a thousand particles in a window of 1280 x 800 that is in sight and out of sight in
 * turn: "cost" is the median of what the steps lose. "thread" is the window's own thread's share of a core.
 * usage: bench-frames [SECONDS [PROBLEM...]]
 */
#include "bench-window.h"
#include "cpu.h"
#include "ekl-application.h"
#include "frame_times.h"
#include "quantiles.h"
#include "waiting.h"

#include <stdlib.h>

#define WIDTH     1280
#define HEIGHT    800
#define LIMIT_MS  33.4 /* thirty frames a second */
#define SECONDS   6
#define PARTICLES 1000

static const char *const usual_problems[] = { "boston", "sine", "moons", NULL };

#define ROUNDS    5
#define SETTLE_MS 300

/* Steps a second for so long. */
static double
measure_rate (EklWorkbench *workbench, guint milliseconds)
{
  const gint64 time = g_get_monotonic_time ();
  const guint64 step = ekl_workbench_get_record (workbench)->step;

  let_run (milliseconds);
  return (double) (ekl_workbench_get_record (workbench)->step - step) * G_USEC_PER_SEC /
         (double) (g_get_monotonic_time () - time);
}

static double
get_median (double *value, guint n)
{
  const double half = 0.5;
  double median;

  ekl_quantiles (value, n, &half, 1, &median);
  return median;
}

/* Turn and turn about with the window in sight and out of sight, so that what else the machine does
 * meets both. */
static void
run_problem (GtkWidget *window, guint seconds, EklFrameTimes *times, double *without, double *cost)
{
  EklWorkbench *workbench = ekl_window_get_workbench (EKL_WINDOW (window));
  double alone[ROUNDS], lost[ROUNDS];

  ekl_frame_times_reset ();
  for (guint k = 0; k < ROUNDS; k++) {
    double drawn;

    gtk_widget_set_visible (window, FALSE);
    let_run (SETTLE_MS);
    alone[k] = measure_rate (workbench, seconds * 1000 / ROUNDS);
    gtk_widget_set_visible (window, TRUE);
    let_run (2 * SETTLE_MS);
    drawn = measure_rate (workbench, seconds * 1000 / ROUNDS);
    lost[k] = 1 - drawn / alone[k];
  }
  ekl_frame_times_summarize (LIMIT_MS, times);
  *without = get_median (alone, ROUNDS);
  *cost = get_median (lost, ROUNDS);
}

static void
measure (EklApplication *application, const char *problem, guint seconds)
{
  GtkWidget *window = ekl_window_new (ADW_APPLICATION (application));
  EklFrameTimes times;
  double without, cost;

  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  start_run (ekl_window_get_workbench (EKL_WINDOW (window)), problem, PARTICLES);
  run_problem (window, seconds, &times, &without, &cost);
  g_print ("%-8s %8.1f %9.1f %7.1f %7.1f %7.1f %8.1f%% %7.0f%% %10.0f %12.0f %5.0f%%\n", problem,
           times.n_frames / MAX (times.seconds, 1e-9), times.median_ms, times.p99_ms, times.max_ms,
           times.paint_ms, 100 * times.share_over, 100 * times.work_share, times.steps_per_second,
           without, 100 * cost);
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
  for (guint i = 0; problems[i] != NULL; i++)
    measure (application, problems[i], seconds);
  return 0;
}

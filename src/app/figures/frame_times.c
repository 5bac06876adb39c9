/* frame_times.c - how smooth the window is, measured: EKL_FRAME_TIMES=1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "frame_times.h"

#include "quantiles.h"

#include <time.h>

/* One report a program, of the window that was opened last, written to standard error when it ends.
 * Main thread only. */
static struct {
  gboolean looked, wanted;
  GtkWidget *watched; /* not owned, NULL when it is gone */
  GArray *interval;   /* of double, ms between two pictures that showed a new frame */
  GArray *paint;      /* ms in the frame clock's update, layout and paint */
  GArray *work;       /* ms of that on the processor: the rest, others had it */
  GArray *draw[EKL_N_FIGURES];
  gint64 paint_start, work_start;
  gboolean fresh;  /* a frame has come since the last paint */
  gboolean paused; /* the last frame came after a pause */
  /* when the last new frame was painted; 0: none yet */
  gint64 last_frame;
  gint64 last_work;  /* the thread's time on a processor then */
  guint64 last_step; /* that it showed */
  guint64 step;      /* of the newest frame */
  /* sums over what lies between two frames, but for pauses */
  double seconds, work_seconds;
  guint64 steps;
} report;

#define PAUSE_MS 500.0 /* a longer gap is a pause, not a slow frame */

static const double bucket_ms[] = { 4, 8, 12, 17, 25, 34, 50, 67, 100, 200, PAUSE_MS };

/**
 * ekl_frame_times_get_work:
 *
 * Returns: us of this thread on a processor; what others do is not counted
 */
gint64
ekl_frame_times_get_work (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
before_paint_cb (GdkFrameClock *clock)
{
  report.paint_start = g_get_monotonic_time ();
  report.work_start = ekl_frame_times_get_work ();
}

/* From one new frame to the next, where that was no pause. */
static void
note_interval (gint64 now)
{
  const double interval = (double) (now - report.last_frame) / 1000;
  const gint64 thread = ekl_frame_times_get_work ();

  if (report.last_frame != 0 && interval < PAUSE_MS) {
    g_array_append_val (report.interval, interval);
    report.seconds += interval / 1000;
    report.work_seconds += (double) (thread - report.last_work) / G_USEC_PER_SEC;
    /* the first one after a pause may still show what was there before it */
    if (!report.paused && report.step > report.last_step)
      report.steps += report.step - report.last_step;
    report.paused = FALSE;
  } else {
    report.paused = TRUE;
  }
  report.last_frame = now;
  report.last_work = thread;
  report.last_step = report.step;
}

static void
after_paint_cb (GdkFrameClock *clock)
{
  const gint64 now = g_get_monotonic_time ();
  const double paint = (double) (now - report.paint_start) / 1000;
  const double work = (double) (ekl_frame_times_get_work () - report.work_start) / 1000;

  if (!report.fresh)
    return;
  report.fresh = FALSE;
  g_array_append_val (report.paint, paint);
  g_array_append_val (report.work, work);
  note_interval (now);
}

static void
realize_cb (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);

  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), NULL);
}

static double
quantile (GArray *values, double share)
{
  double value = 0;

  if (values->len > 0)
    ekl_quantiles ((double *) values->data, values->len, &share, 1, &value);
  return value;
}

static void
print_line (const char *name, GArray *values)
{
  if (values->len > 0)
    g_printerr ("%-24s %6u  median %6.1f  P95 %6.1f  P99 %6.1f  max %6.1f ms\n", name, values->len,
                quantile (values, 0.5), quantile (values, 0.95), quantile (values, 0.99),
                quantile (values, 1));
}

static void
print_histogram (void)
{
  double from = 0;

  for (guint b = 0; b < G_N_ELEMENTS (bucket_ms); b++) {
    guint n = 0;

    for (guint i = 0; i < report.interval->len; i++) {
      const double value = g_array_index (report.interval, double, i);

      n += value >= from && value < bucket_ms[b];
    }
    g_printerr ("  %3.0f-%3.0f ms %6u\n", from, bucket_ms[b], n);
    from = bucket_ms[b];
  }
}

/**
 * ekl_frame_times_wanted:
 *
 * Returns: whether EKL_FRAME_TIMES is set to anything but 0
 */
gboolean
ekl_frame_times_wanted (void)
{
  if (!report.looked) {
    const char *value = g_getenv ("EKL_FRAME_TIMES");

    report.looked = TRUE;
    report.wanted = value != NULL && !g_str_equal (value, "0") && !g_str_equal (value, "");
  }
  return report.wanted;
}

/**
 * ekl_frame_times_watch:
 * @widget: the window, not realized yet
 *
 * Starts to measure where that is wanted.
 */
void
ekl_frame_times_watch (GtkWidget *widget)
{
  if (!ekl_frame_times_wanted () || report.watched != NULL)
    return;
  if (report.interval == NULL) {
    report.interval = g_array_new (FALSE, FALSE, sizeof (double));
    report.paint = g_array_new (FALSE, FALSE, sizeof (double));
    report.work = g_array_new (FALSE, FALSE, sizeof (double));
    for (guint k = 0; k < EKL_N_FIGURES; k++)
      report.draw[k] = g_array_new (FALSE, FALSE, sizeof (double));
  }
  report.watched = widget;
  g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &report.watched);
  g_signal_connect_after (widget, "realize", G_CALLBACK (realize_cb), NULL);
}

/**
 * ekl_frame_times_add_frame:
 * @step: the run's step in that frame
 *
 * Notes that the engine has sent a frame.
 */
void
ekl_frame_times_add_frame (guint64 step)
{
  if (report.interval == NULL)
    return;
  report.fresh = TRUE;
  report.step = step;
}

/**
 * ekl_frame_times_add_draw:
 *
 * Notes how long one figure took to draw.
 */
void
ekl_frame_times_add_draw (EklFigureKind kind, gint64 microseconds)
{
  const double ms = (double) microseconds / 1000;

  if (report.interval != NULL)
    g_array_append_val (report.draw[kind], ms);
}

/**
 * ekl_frame_times_reset:
 *
 * Forgets what was measured so far.
 */
void
ekl_frame_times_reset (void)
{
  if (report.interval == NULL)
    return;
  g_array_set_size (report.interval, 0);
  g_array_set_size (report.paint, 0);
  g_array_set_size (report.work, 0);
  for (guint k = 0; k < EKL_N_FIGURES; k++)
    g_array_set_size (report.draw[k], 0);
  report.last_frame = 0;
  report.seconds = report.work_seconds = 0;
  report.steps = 0;
  report.fresh = FALSE;
}

/**
 * ekl_frame_times_summarize:
 * @limit_ms: from one frame to the next; what takes longer is counted
 * @times: (out caller-allocates): all zero where nothing was measured
 *
 * The figures of the report, for a table of several.
 */
void
ekl_frame_times_summarize (double limit_ms, EklFrameTimes *times)
{
  guint n_over = 0;

  *times = (EklFrameTimes){ 0 };
  if (report.interval == NULL || report.interval->len == 0)
    return;
  for (guint i = 0; i < report.interval->len; i++)
    n_over += g_array_index (report.interval, double, i) > limit_ms;
  times->n_frames = report.interval->len + 1;
  times->seconds = report.seconds;
  times->steps_per_second = times->seconds > 0 ? (double) report.steps / times->seconds : 0;
  times->median_ms = quantile (report.interval, 0.5);
  times->p99_ms = quantile (report.interval, 0.99);
  times->max_ms = quantile (report.interval, 1);
  times->paint_ms = quantile (report.paint, 0.5);
  times->work_share = times->seconds > 0 ? report.work_seconds / times->seconds : 0;
  times->share_over = (double) n_over / report.interval->len;
}

/**
 * ekl_frame_times_print:
 *
 * Prints the histogram, once, where it is wanted.
 */
void
ekl_frame_times_print (void)
{
  const double seconds = report.seconds;

  if (report.interval == NULL || report.interval->len == 0)
    return;
  g_printerr ("frame times: %u frames in %.1f s, %.1f frames/s by the median, %.0f steps/s\n",
              report.interval->len + 1, seconds, 1000 / quantile (report.interval, 0.5),
              seconds > 0 ? (double) report.steps / seconds : 0);
  print_line ("from frame to frame", report.interval);
  print_line ("layout and paint", report.paint);
  print_line ("  on the processor", report.work);
  for (guint k = 0; k < EKL_N_FIGURES; k++) {
    g_autofree char *name = g_strdup_printf ("draw %s", ekl_figure_kind_get_name (k));

    print_line (name, report.draw[k]);
  }
  print_histogram ();
}

/* bench.c - the command bench: how fast the steps are on this machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "bench_cases.h"
#include "commands.h"
#include "cpu.h"
#include "quantiles.h"
#include "real.h"

#include <unistd.h>

#define WARM_UP_SECONDS 0.1
#define MIN_SECONDS     0.5
#define MIN_REPEATS     5

#define GEMM_NAME (sizeof (real) == sizeof (float) ? "sgemm" : "dgemm")

static double
get_seconds (gint64 since)
{
  return (double) (g_get_monotonic_time () - since) / G_USEC_PER_SEC;
}

/* Caches, threads and the processor's clock need a while. */
static gboolean
warm_up (EklBenchWork *work)
{
  const gint64 start = g_get_monotonic_time ();

  do
    if (!ekl_bench_work_run (work))
      return FALSE;
  while (get_seconds (start) < WARM_UP_SECONDS);

  return TRUE;
}

/* The median of enough repeats, in seconds; negative where the work cannot be done. */
static double
time_work (EklBenchWork *work)
{
  static const double middle = 0.5;
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  double median;

  if (!warm_up (work))
    return -1;
  for (gint64 start = g_get_monotonic_time ();
       times->len < MIN_REPEATS || get_seconds (start) < MIN_SECONDS;) {
    const gint64 began = g_get_monotonic_time ();
    if (!ekl_bench_work_run (work))
      return -1;
    const double seconds = get_seconds (began);
    g_array_append_val (times, seconds);
  }
  ekl_quantiles ((double *) times->data, times->len, &middle, 1, &median);
  return median;
}

/* @rate: that of matrix products, in operations a second; 0: this is them. Returns the case's rate,
 * or -1 with an error. */
static double
run_case (const EklBenchCase *bench_case, double rate, GError **error)
{
  const char *name = bench_case ? bench_case->name : GEMM_NAME;
  g_autoptr (EklBenchWork) work = ekl_bench_work_new (bench_case, ekl_cpu_threads (0), error);
  double seconds, own;

  if (work == NULL)
    return -1;
  seconds = time_work (work);
  if (seconds < 0) {
    g_set_error (error, EKL_CLI_ERROR, EKL_CLI_ERROR_OUTPUT,
                 "%s: its numbers became infinite, so its time says nothing", name);
    return -1;
  }
  own = ekl_bench_work_get_flops (work) / seconds;
  g_print ("%-23s %11.4f %9.4g %6.2f\n", name, 1e3 * seconds, 1e-9 * own,
           rate > 0 ? own / rate : 1);
  return own;
}

/**
 * ekl_command_bench:
 * @command_line: a command line whose cases are known
 * @error: return location for an error
 *
 * Times the cases that were asked for, or all, and prints a row for each as soon as it is done:
 * name, median in milliseconds, 1e9 operations a second as bench_cases.c counts them, and the share
 * of the rate of matrix products, which the first row gives. A line of names goes before them where
 * a terminal shows it.
 *
 * Returns: 0, or -1 with an error
 */
int
ekl_command_bench (EklCommandLine *command_line, GError **error)
{
  guint n;
  const EklBenchCase *cases = ekl_bench_cases_list (&n);
  double rate;
  guint n_asked = command_line->cases->len;

  if (isatty (STDOUT_FILENO))
    g_print ("%-23s %11s %9s %6s\n", "case", "median ms", "GFLOP/s", "share");
  rate = run_case (NULL, 0, error);
  if (rate < 0)
    return -1;
  for (guint k = 0; k < (n_asked > 0 ? n_asked : n); k++) {
    const EklBenchCase *bench_case =
      n_asked > 0 ? ekl_bench_cases_find (g_ptr_array_index (command_line->cases, k)) : &cases[k];

    if (run_case (bench_case, rate, error) < 0)
      return -1;
  }

  return 0;
}

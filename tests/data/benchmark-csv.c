/* benchmark-csv.c - a large CSV file: seconds, and memory as a multiple of the file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: benchmark-csv [FILE]: the file is written where it is not there, a million rows of 20 columns, and kept.
 * Without FILE it is a temporary one. To compare, read the same FILE with another program.
 */
#include "csv_reader.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/resource.h>

#define N_ROWS    1000000
#define N_COLUMNS 20
#define N_REPEATS 5

static void
write_file (const char *path)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  FILE *stream = fopen (path, "w");

  g_assert_nonnull (stream);
  for (guint c = 0; c < N_COLUMNS; c++)
    fprintf (stream, "%sx%u", c > 0 ? "," : "", c + 1);
  fputc ('\n', stream);
  for (guint r = 0; r < N_ROWS; r++) {
    for (guint c = 0; c < N_COLUMNS; c++)
      fprintf (stream, "%s%.6f", c > 0 ? "," : "", g_rand_double_range (random, -9, 10));
    fputc ('\n', stream);
  }
  g_assert_cmpint (fclose (stream), ==, 0);
}

static double
get_peak_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024.0;
}

typedef struct {
  GCancellable *cancellable;
  gint64 cancelled_at;
} Canceller;

static void
progress_cb (double fraction, gpointer user_data)
{
  Canceller *canceller = user_data;

  if (fraction < 0.5 || canceller->cancelled_at != 0)
    return;
  canceller->cancelled_at = g_get_monotonic_time ();
  g_cancellable_cancel (canceller->cancellable);
}

static void
measure_cancel (GFile *file)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Canceller canceller = { cancellable, 0 };
  g_autoptr (GError) error = NULL;
  EklTable *table = ekl_csv_read_file (file, NULL, progress_cb, &canceller, cancellable, &error);

  g_assert_null (table);
  g_print ("cancelled half-way: gone after %.0f ms\n",
           (g_get_monotonic_time () - canceller.cancelled_at) / 1e3);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = argc > 1 ? NULL : g_dir_make_tmp ("ekl-csv-XXXXXX", NULL);
  g_autofree char *path =
    argc > 1 ? g_strdup (argv[1]) : g_build_filename (folder, "large.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  double before, size;
  GStatBuf status;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    write_file (path);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  size = status.st_size / 1024.0 / 1024.0;
  before = get_peak_memory ();
  for (guint k = 0; k < N_REPEATS; k++) {
    gint64 start = g_get_monotonic_time ();
    g_autoptr (GError) error = NULL;
    g_autoptr (EklTable) table = ekl_csv_read_file (file, NULL, NULL, NULL, NULL, &error);
    double seconds = (g_get_monotonic_time () - start) / 1e6;

    g_assert_no_error (error);
    g_print ("%.0f MB, %u x %u: %.2f s, %.0f MB/s; peak memory %.0f MB, %.2f x the file\n", size,
             ekl_table_get_n_rows (table), ekl_table_get_n_columns (table), seconds, size / seconds,
             get_peak_memory (), (get_peak_memory () - before) / size);
  }
  measure_cancel (file);
  if (folder != NULL) {
    g_unlink (path);
    g_rmdir (folder);
  }
  return 0;
}

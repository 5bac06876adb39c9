/* test-bench.c - the cases of the benchmark, what they count, and the rows they print
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bench_cases.h"
#include "command_line.h"
#include "help.h"
#include "program.h"
#include "real.h"

#include <string.h>

static double
count_flops (const char *name)
{
  g_autoptr (GError) error = NULL;
  const EklBenchCase *bench_case = ekl_bench_cases_find (name);
  g_autoptr (EklBenchWork) work = NULL;

  g_assert_nonnull (bench_case);
  work = ekl_bench_work_new (bench_case, 1, &error);
  g_assert_no_error (error);
  return ekl_bench_work_get_flops (work);
}

/* By hand: forward, S and B or the Gram matrix, mixing or gain. P = 13 * 16 + 16 + 16 + 1 = 241 and so on. */
static void
test_flops (void)
{
  g_assert_cmpfloat (count_flops ("eki-boston-j100"), ==,
                     2.0 * 404 * 241 * 100 + 3.0 * 100 * 100 * 404 + 2.0 * 100 * 100 * 241);
  g_assert_cmpfloat (count_flops ("eki-boston-j1000"), ==,
                     2.0 * 404 * 241 * 1000 + 404.0 * 404 * 1000 + 4.0 * 241 * 404 * 1000);
  g_assert_cmpfloat (count_flops ("eki-boston-deep-j1000"), ==,
                     2.0 * 404 * 1537 * 1000 + 404.0 * 404 * 1000 + 4.0 * 1537 * 404 * 1000);
  g_assert_cmpfloat (count_flops ("eki-fashion-j100"), ==,
                     2.0 * 500 * 25450 * 100 + 3.0 * 100 * 100 * 5000 + 2.0 * 100 * 100 * 25450);
  g_assert_cmpfloat (count_flops ("sgd-epoch-boston-b32"), ==,
                     404 * (6.0 * 241 - 2.0 * (13 * 16 + 16)));
}

static void
test_gemm (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EklBenchWork) work = ekl_bench_work_new (NULL, 2, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (ekl_bench_work_get_flops (work), ==, 4e9);
  g_assert_true (ekl_bench_work_run (work));
}

/* Work that has come to its end would be very fast. */
static void
test_goes_on (void)
{
  static const char *const names[] = { "eki-boston-j100", "sgd-epoch-boston-b32" };

  for (guint k = 0; k < G_N_ELEMENTS (names); k++) {
    g_autoptr (EklBenchWork) work = ekl_bench_work_new (ekl_bench_cases_find (names[k]), 1, NULL);

    for (guint i = 0; i < 50; i++)
      g_assert_true (ekl_bench_work_run (work));
  }
}

/* A row: name, milliseconds, operations a second, share of the first row's. */
static void
check_row (const char *line, const char *name, double *rate)
{
  g_auto (GStrv) all = g_strsplit (line, " ", -1);
  char *cells[4] = { NULL };
  guint n = 0;

  for (guint k = 0; all[k]; k++)
    if (*all[k] != '\0') {
      g_assert_cmpuint (n, <, 4);
      cells[n++] = all[k];
    }
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpstr (cells[0], ==, name);
  double milliseconds = g_ascii_strtod (cells[1], NULL), own = g_ascii_strtod (cells[2], NULL);
  double share = g_ascii_strtod (cells[3], NULL);

  g_assert_cmpfloat (milliseconds, >, 0);
  if (*rate == 0)
    *rate = own;
  else
    g_assert_cmpfloat_with_epsilon (own * milliseconds * 1e6, count_flops (name),
                                    0.02 * count_flops (name));
  g_assert_cmpfloat_with_epsilon (share, own / *rate, 0.01);
}

static void
test_rows (void)
{
  g_autofree char *folder = program_folder ();
  g_autoptr (ProgramResult) result =
    program_run (folder, "bench", "eki-boston-j100", "eki-boston-deep-j100", NULL);
  g_auto (GStrv) lines = g_strsplit (result->out, "\n", -1);
  double rate = 0;

  g_assert_cmpstr (result->err, ==, "");
  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  check_row (lines[0], sizeof (real) == sizeof (float) ? "sgemm" : "dgemm", &rate);
  check_row (lines[1], "eki-boston-j100", &rate);
  check_row (lines[2], "eki-boston-deep-j100", &rate);
}

static void
test_unknown (void)
{
  g_autofree char *folder = program_folder ();
  g_autoptr (ProgramResult) result = program_run (folder, "bench", "eki-berlin-j100", NULL);

  g_assert_cmpint (result->status, ==, 2);
  g_assert_cmpstr (result->out, ==, "");
  g_assert_nonnull (strstr (result->err, "there is no case \"eki-berlin-j100\""));
  g_assert_nonnull (strstr (result->err, "eki-boston-j100, eki-boston-j1000, "));
  g_assert_nonnull (strstr (result->err, "sgd-epoch-fashion-b100"));
}

static void
test_help (void)
{
  g_autofree char *text = ekl_help_text (EKL_COMMAND_BENCH);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n;
  const EklBenchCase *cases = ekl_bench_cases_list (&n);

  for (guint k = 0; lines[k]; k++)
    g_assert_cmpint (g_utf8_strlen (lines[k], -1), <, 80);
  for (guint k = 0; k < n; k++) {
    g_autofree char *entry = g_strconcat ("\n  ", cases[k].name, " ", NULL);
    g_assert_nonnull (strstr (text, entry));
  }
  g_assert_null (strstr (text, "--steps"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/bench/flops", test_flops);
  g_test_add_func ("/bench/gemm", test_gemm);
  g_test_add_func ("/bench/goes-on", test_goes_on);
  g_test_add_func ("/bench/rows", test_rows);
  g_test_add_func ("/bench/unknown", test_unknown);
  g_test_add_func ("/bench/help", test_help);

  return g_test_run ();
}

/* test-runs.c - whole runs: what they print, what they write, and that they can be repeated and
 * stopped
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "npy.h"
#include "program.h"

#include <cairo.h>
#include <math.h>
#include <signal.h>
#include <string.h>

static char *
read_text (const char *folder, const char *name)
{
  g_autoptr (GBytes) bytes = program_read (folder, name);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
assert_same_files (const char *folder, const char *a, const char *b)
{
  g_autoptr (GBytes) bytes_a = program_read (folder, a);
  g_autoptr (GBytes) bytes_b = program_read (folder, b);

  g_assert_true (g_bytes_equal (bytes_a, bytes_b));
}

/* The cell of the table's row that begins with `method`; cells are counted from 1. */
static char *
get_cell (const char *table, const char *method, guint column)
{
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);

  for (guint k = 0; lines[k]; k++) {
    g_autofree char *start = g_strconcat (method, " ", NULL);
    if (!g_str_has_prefix (lines[k], start))
      continue;

    g_autoptr (GRegex) blanks = g_regex_new (" +", 0, 0, NULL);
    g_auto (GStrv) cells = g_regex_split (blanks, lines[k], 0);
    g_assert_cmpuint (g_strv_length (cells), ==, 7);
    return g_strdup (cells[column - 1]);
  }

  return NULL;
}

static double
get_number (const char *table, const char *method, guint column)
{
  g_autofree char *cell = get_cell (table, method, column);

  g_assert_nonnull (cell);
  return g_ascii_strtod (cell, NULL);
}

static void
test_table (void)
{
  g_autofree char *folder = program_folder ();
  g_autoptr (ProgramResult) result = program_run_line (folder, "train example:boston --steps=20");
  g_auto (GStrv) lines = g_strsplit (result->out, "\n", -1);

  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpstr (result->err, ==, "");
  g_assert_nonnull (strstr (lines[0], "RMSE (medv)"));
  g_assert_cmpfloat (get_number (result->out, "eki", 2), ==, 20);
  g_assert_cmpfloat (get_number (result->out, "eki", 3), <, 0.3);
  g_assert_cmpfloat (get_number (result->out, "eki", 5), <, 9);
  g_assert_cmpfloat (get_number (result->out, "eki", 5), >, 1);
  g_assert_cmpfloat (get_number (result->out, "eki", 6), ==, 20 * 50);
  g_assert_cmpfloat (get_number (result->out, "gd", 6), ==, 20 * 3);
  g_assert_cmpfloat (get_number (result->out, "gd", 3), <, 1.2);
}

/* The design's promise, at its hundred steps: medians over nine seeds of about 0.07 and 0.14. */
static int
compare_numbers (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
test_boston_medians (void)
{
  g_autofree char *folder = program_folder ();
  double train[9], validation[9];

  for (guint k = 0; k < 9; k++) {
    g_autofree char *line =
      g_strdup_printf ("train example:boston --steps=100 --methods=eki --seed=%u", k + 1);
    g_autoptr (ProgramResult) result = program_run_line (folder, line);

    g_assert_cmpint (result->status, ==, 0);
    train[k] = get_number (result->out, "eki", 3);
    validation[k] = get_number (result->out, "eki", 4);
  }
  qsort (train, 9, sizeof *train, compare_numbers);
  qsort (validation, 9, sizeof *validation, compare_numbers);

  g_test_message ("medians: train %g, validation %g", train[4], validation[4]);
  g_assert_cmpfloat (train[4], <, 0.09);
  g_assert_cmpfloat (validation[4], <, 0.19);
}

static void
test_one_method (void)
{
  g_autofree char *folder = program_folder ();
  g_autoptr (ProgramResult) result =
    program_run_line (folder, "train example:sine --steps=3 --methods=gd --train-fraction=1 "
                              "--save-history=h.csv --save-parameters=u.npy");
  g_autofree char *none = get_cell (result->out, "eki", 1);
  g_autofree char *dash = get_cell (result->out, "gd", 4);
  g_autofree char *history = read_text (folder, "h.csv");

  g_assert_cmpint (result->status, ==, 0);
  g_assert_null (none);
  g_assert_cmpstr (dash, ==, "-");
  g_assert_cmpuint (program_count_lines (history), ==, 4);
}

static void
check_history_row (const char *line, guint64 step, gboolean is_eki)
{
  g_auto (GStrv) cells = g_strsplit (line, ",", -1);

  g_assert_cmpuint (g_strv_length (cells), ==, 11);
  g_assert_cmpuint (g_ascii_strtoull (cells[0], NULL, 10), ==, step);
  g_assert_cmpstr (cells[2], ==, is_eki ? "eki" : "gd");
  g_assert_true ((*cells[10] != '\0') == is_eki);
  for (guint k = 0; k < 10; k++) {
    char *end;

    if (k == 2)
      continue;
    g_assert_cmpstr (cells[k], !=, "");
    g_assert_true (isfinite (g_ascii_strtod (cells[k], &end)));
    g_assert_cmpstr (end, ==, "");
  }
}

static void
test_history (void)
{
  g_autofree char *folder = program_folder ();
  program_expect (folder, "train example:boston --steps=25 --save-history=h.csv");
  g_autofree char *text = read_text (folder, "h.csv");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_cmpstr (lines[0], ==,
                   "step,epoch,method,train_loss,validation_loss,metric,h,time,model_runs,seconds,"
                   "spread");
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 2 * 25 + 1);
  for (guint k = 0; k < 50; k++)
    check_history_row (lines[k + 1], k / 2 + 1, k % 2 == 0);

  g_autofree char *names = program_list (folder);
  g_assert_cmpstr (names, ==, "h.csv");
}

/* In mini-batches the losses are not known after every step, but after the last one they are. */
static void
test_history_of_batches (void)
{
  g_autofree char *folder = program_folder ();
  program_expect (folder, "train example:boston --batch-size=32 --steps=26 --evaluate-every=10 "
                          "--save-history=h.csv");
  g_autofree char *text = read_text (folder, "h.csv");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) between = g_strsplit (lines[5], ",", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 2 * 26 + 1);
  g_assert_cmpstr (between[3], ==, "");
  check_history_row (lines[51], 26, TRUE);
  check_history_row (lines[52], 26, FALSE);
}

static void
test_trajectory (void)
{
  g_autofree char *folder = program_folder ();
  program_expect (folder, "train example:sine --steps=2 --layers=3 --ensemble-size=4 "
                          "--save-trajectory=a/b --save-ensemble=U.npy --save-parameters=u.npy");
  g_autofree char *trajectory = g_build_filename (folder, "a", "b", NULL);
  g_autofree char *names = program_list (trajectory);
  g_autofree char *path = g_build_filename (folder, "U.npy", NULL);
  g_autoptr (EklArray) ensemble = ekl_npy_read (path, NULL);

  g_assert_cmpstr (names, ==,
                   "step-000001-ensemble.npy step-000001-parameters.npy step-000002-ensemble.npy "
                   "step-000002-parameters.npy");
  g_assert_nonnull (ensemble);
  g_assert_cmpuint (ensemble->n_dimensions, ==, 2);
  g_assert_cmpuint (ensemble->shape[0], ==, 4);
  g_assert_cmpuint (ensemble->shape[1], ==, 10);
  assert_same_files (folder, "U.npy", "a/b/step-000002-ensemble.npy");
  assert_same_files (folder, "u.npy", "a/b/step-000002-parameters.npy");
}

static void
test_same_seed (void)
{
  g_autofree char *folder = program_folder ();
  const char *run =
    "train example:boston --steps=15 --seed=5 --perturb-observations=yes --batch-size=100";

  for (guint threads = 0; threads <= 4; threads += threads < 2 ? 1 : 2) {
    g_autofree char *line =
      g_strdup_printf ("%s --threads=%u --save-ensemble=U%u.npy --save-parameters=u%u.npy", run,
                       threads, threads, threads);
    program_expect (folder, line);
  }
  program_expect (folder, "train example:boston --steps=15 --seed=6 --save-ensemble=other.npy");

  assert_same_files (folder, "U0.npy", "U1.npy");
  assert_same_files (folder, "U1.npy", "U2.npy");
  assert_same_files (folder, "U2.npy", "U4.npy");
  assert_same_files (folder, "u0.npy", "u1.npy");
  assert_same_files (folder, "u1.npy", "u2.npy");
  assert_same_files (folder, "u2.npy", "u4.npy");

  g_autoptr (GBytes) same = program_read (folder, "U0.npy");
  g_autoptr (GBytes) other = program_read (folder, "other.npy");
  g_assert_false (g_bytes_equal (same, other));
}

/* Defaults < what suits the example < the experiment file < the options. */
static void
test_precedence (void)
{
  g_autofree char *folder = program_folder ();
  g_free (program_write (folder, "e.ekilab",
                         "[eki-lab]\nformat=1\n[data]\ndata=example:sine\n[run]\nsteps=4\nseed=9\n"
                         "[ensemble]\nensemble-size=7\n"));
  program_expect (folder, "train example:sine --steps=1 --save-experiment=preset.ekilab");
  program_expect (
    folder, "train e.ekilab --ensemble-size=8 --save-experiment=f.ekilab --save-history=h.csv");

  g_autoptr (GKeyFile) preset = g_key_file_new ();
  g_autoptr (GKeyFile) saved = g_key_file_new ();
  g_autofree char *preset_path = g_build_filename (folder, "preset.ekilab", NULL);
  g_autofree char *saved_path = g_build_filename (folder, "f.ekilab", NULL);
  g_assert_true (g_key_file_load_from_file (preset, preset_path, 0, NULL));
  g_assert_true (g_key_file_load_from_file (saved, saved_path, 0, NULL));
  g_autofree char *layers = g_key_file_get_string (preset, "network", "layers", NULL);
  g_autofree char *saved_layers = g_key_file_get_string (saved, "network", "layers", NULL);
  g_autofree char *history = read_text (folder, "h.csv");

  g_assert_cmpstr (layers, ==, "16,16");
  g_assert_cmpstr (saved_layers, ==, "16,16");
  g_assert_cmpint (g_key_file_get_integer (saved, "ensemble", "ensemble-size", NULL), ==, 8);
  g_assert_cmpint (g_key_file_get_integer (saved, "run", "seed", NULL), ==, 9);
  g_assert_cmpuint (program_count_lines (history), ==, 1 + 2 * 4);
}

/* A saved experiment makes the same run, from another folder too. */
static void
test_experiment_repeats (void)
{
  g_autofree char *folder = program_folder ();
  g_free (
    program_write (folder, "d.csv", "x,y\n0,1\n1,3\n2,2\n3,5\n4,4\n5,7\n6,6\n7,9\n8,8\n9,11\n"));
  program_expect (folder, "train d.csv --steps=6 --seed=3 --layers=5 --save-experiment=e.ekilab "
                          "--save-ensemble=a.npy");
  g_autofree char *elsewhere = g_build_filename (folder, "elsewhere", NULL);
  g_assert_cmpint (g_mkdir_with_parents (elsewhere, 0700), ==, 0);
  program_expect (elsewhere, "train ../e.ekilab --save-ensemble=../b.npy");

  assert_same_files (folder, "a.npy", "b.npy");
}

/* Changes that were recorded act at their steps, are saved again, and make the same run on any
 * number of threads. */
static void
test_replay (void)
{
  static const char *const files[] = { "U", "u" };
  g_autofree char *folder = program_folder ();
  g_autofree char *history = NULL;
  g_autofree char *saved = NULL;
  g_autofree char *ensemble = g_build_filename (folder, "U1.npy", NULL);
  g_autoptr (EklArray) array = NULL;
  g_autoptr (ProgramResult) result = NULL;

  g_free (program_write (folder, "r.ekilab",
                         "[eki-lab]\nformat=1\n[data]\ndata=example:sine\n[run]\nsteps=12\n"
                         "[change 1]\nstep=5\nsetting=ensemble-size\nafter=80\n"
                         "[change 2]\nstep=5\nsetting=learning-rate\nbefore=0.05\nafter=0.125\n"
                         "[change 3]\nstep=9\nsetting=form\nafter=etki\n"));
  program_expect (folder,
                  "train r.ekilab --threads=1 --save-ensemble=U1.npy --save-parameters=u1.npy "
                  "--save-history=h.csv --save-experiment=again.ekilab");
  program_expect (folder, "train again.ekilab --threads=2 --save-ensemble=U2.npy "
                          "--save-parameters=u2.npy");
  program_expect (folder, "train again.ekilab --threads=4 --save-ensemble=U3.npy "
                          "--save-parameters=u3.npy --save-experiment=third.ekilab");
  for (guint k = 0; k < G_N_ELEMENTS (files); k++) {
    for (guint i = 2; i <= 3; i++) {
      g_autofree char *first = g_strdup_printf ("%s1.npy", files[k]);
      g_autofree char *other = g_strdup_printf ("%s%u.npy", files[k], i);

      assert_same_files (folder, first, other);
    }
  }
  array = ekl_npy_read (ensemble, NULL);
  g_assert_cmpuint (array->shape[0], ==, 80);
  history = read_text (folder, "h.csv");
  g_assert_nonnull (strstr (history, ",0.125,"));
  saved = read_text (folder, "again.ekilab");
  g_assert_nonnull (
    strstr (saved, "[change 1]\nstep=5\nsetting=ensemble-size\nbefore=50\nafter=80\n"));
  g_assert_nonnull (
    strstr (saved, "[change 3]\nstep=9\nsetting=form\nbefore=kalman\nafter=etki\n"));

  /* what cannot be read is told by line, and nothing runs */
  g_free (program_write (folder, "bad.ekilab",
                         "[eki-lab]\nformat=1\n[data]\ndata=example:sine\n"
                         "[change 1]\nstep=5\nsetting=layers\nafter=80\n"));
  result = program_run_line (folder, "train bad.ekilab --save-ensemble=bad.npy");
  g_assert_cmpint (result->status, ==, 1);
  g_assert_nonnull (strstr (result->err, "bad.ekilab: line 5: group [change 1]: layers:"));
}

static void
test_divergence (void)
{
  g_autofree char *folder = program_folder ();
  g_autoptr (ProgramResult) result = program_run_line (
    folder, "train example:boston --steps=60 --learning-rate=1e6 --save-history=h.csv");
  g_autofree char *history = read_text (folder, "h.csv");

  g_assert_cmpint (result->status, ==, 0);
  g_assert_nonnull (strstr (result->out, "diverged at step"));
  g_assert_cmpfloat (get_number (result->out, "gd", 2), <, 60);
  g_assert_cmpfloat (get_number (result->out, "eki", 2), ==, 60);
  g_assert_cmpuint (program_count_lines (history), ==, 1 + 2 * 60);
}

static void
test_stop_time (void)
{
  g_autofree char *folder = program_folder ();
  g_autoptr (ProgramResult) result =
    program_run_line (folder, "train example:sine --methods=eki --stop-time=1 --steps=0");

  g_assert_cmpint (result->status, ==, 0);
  g_assert_nonnull (strstr (result->out, "stop time at step"));
}

static void
test_examples (void)
{
  g_autofree char *folder = program_folder ();
  g_autoptr (ProgramResult) result = program_run_line (folder, "examples");

  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpuint (program_count_lines (result->out), >=, 6);
  g_assert_nonnull (strstr (result->out, "506 x 14"));
  g_assert_nonnull (strstr (result->out, "motorcycle"));
}

static void
test_help_and_version (void)
{
  g_autofree char *folder = program_folder ();
  g_autoptr (ProgramResult) help = program_run_line (folder, "--help");
  g_autoptr (ProgramResult) version = program_run_line (folder, "--version");

  g_assert_cmpint (help->status, ==, 0);
  g_assert_nonnull (strstr (help->out, "--learning-rate"));
  g_assert_cmpint (version->status, ==, 0);
  g_assert_true (g_str_has_prefix (version->out, "eki-lab-cli "));
}

static void
test_render (void)
{
  g_autofree char *folder = program_folder ();
  program_expect (folder, "render example:sine --steps=10 -o one.png");
  program_expect (folder, "render example:sine --steps=10 -o two.svg --figure=ensemble");
  program_expect (folder, "render example:sine --steps=10 -o three.svg --figure=ensemble "
                          "--quantity=spectrum");
  program_expect (folder,
                  "render example:boston --steps=5 --figure=all -o f.svg -o f.pdf --theme=dark");
  g_autofree char *names = program_list (folder);
  g_autoptr (GBytes) png = program_read (folder, "one.png");
  g_autoptr (GBytes) pdf = program_read (folder, "f-plane.pdf");

  g_assert_cmpstr (names, ==,
                   "f-ensemble.pdf f-ensemble.svg f-loss.pdf f-loss.svg f-plane.pdf f-plane.svg "
                   "f-predictions.pdf f-predictions.svg one.png three.svg two.svg");
  g_assert_cmpmem (g_bytes_get_data (png, NULL), 4, "\x89PNG", 4);
  g_assert_cmpmem (g_bytes_get_data (pdf, NULL), 4, "%PDF", 4);
  /* another quantity is another picture */
  g_autoptr (GBytes) spread = program_read (folder, "two.svg");
  g_autoptr (GBytes) spectrum = program_read (folder, "three.svg");
  g_assert_false (g_bytes_equal (spread, spectrum));
}

/* The losses around the paths fill a high picture of the plane, which is twice as many pixels, too. */
static void
test_render_shape (void)
{
  g_autofree char *folder = program_folder ();
  g_autofree char *path = g_build_filename (folder, "high.png", NULL);
  cairo_surface_t *picture;
  guint white = 0;

  program_expect (folder, "render example:boston --steps=30 --figure=plane --width=450 "
                          "--height=900 -o high.png");
  picture = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_image_surface_get_width (picture), ==, 900);
  for (int y = 160; y < 1600; y++) {
    const guchar *row = cairo_image_surface_get_data (picture) +
                        (gsize) y * (gsize) cairo_image_surface_get_stride (picture);

    white += row[4 * 300] == 255 && row[4 * 300 + 1] == 255 && row[4 * 300 + 2] == 255;
  }
  g_assert_cmpuint (white, <, 20);
  cairo_surface_destroy (picture);
}

/* What is recorded to change is marked, and the ensemble is looked at for its figure, which costs
 * the run no bit. */
static void
test_render_recorded (void)
{
  static const char change[] = "\n[change 1]\nstep=4\nsetting=ensemble-size\nafter=20\n";
  g_autofree char *folder = program_folder ();
  g_autofree char *path = g_build_filename (folder, "run.ekilab", NULL);
  g_autofree char *text = NULL;
  g_autofree char *recorded = NULL;

  program_expect (folder, "train example:sine --steps=8 --save-experiment=run.ekilab");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  recorded = g_strconcat (text, change, NULL);
  g_free (program_write (folder, "changed.ekilab", recorded));
  program_expect (folder, "train changed.ekilab --save-ensemble=a.npy");
  program_expect (folder, "render changed.ekilab --figure=ensemble -o e.csv -o e.png "
                          "--save-ensemble=b.npy");
  {
    g_autoptr (GBytes) table = program_read (folder, "e.csv");
    g_autoptr (GBytes) a = program_read (folder, "a.npy");
    g_autoptr (GBytes) b = program_read (folder, "b.npy");
    g_auto (GStrv) lines = g_strsplit (g_bytes_get_data (table, NULL), "\n", -1);
    g_auto (GStrv) names = g_strsplit (lines[0], ",", -1);
    g_auto (GStrv) last = g_strsplit (lines[2 * 8 + 1], ",", -1);
    guint rank = 0;

    g_assert_true (g_bytes_equal (a, b));
    g_assert_true (g_str_has_suffix (lines[2 * 4 + 1], ",Particles J 50 -> 20"));
    while (!g_str_equal (names[rank], "effective_rank"))
      rank++;
    g_assert_cmpstr (last[0], ==, "8");
    g_assert_cmpfloat (g_ascii_strtod (last[rank], NULL), >, 1);
  }
}

/* What goes back to nobody's choice is marked with what the data make of it, as in the window. */
static void
test_render_unset (void)
{
  static const char change[] = "\n[change 1]\nstep=1\nsetting=noise-std\nafter=0.7\n"
                               "\n[change 2]\nstep=3\nsetting=noise-std\nafter=0.3\nunset=yes\n";
  g_autofree char *folder = program_folder ();
  g_autofree char *path = g_build_filename (folder, "run.ekilab", NULL);
  g_autofree char *text = NULL;
  g_autofree char *recorded = NULL;
  g_autofree char *table = NULL;

  program_expect (folder, "train example:pima --steps=4 --save-experiment=run.ekilab");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  recorded = g_strconcat (text, change, NULL);
  g_free (program_write (folder, "changed.ekilab", recorded));
  program_expect (folder, "render changed.ekilab --figure=loss -o l.csv");
  g_free (path);
  path = g_build_filename (folder, "l.csv", NULL);
  g_assert_true (g_file_get_contents (path, &table, NULL, NULL));
  g_assert_nonnull (strstr (table, ",Noise γ 0.1 -> 0.7\n"));
  g_assert_nonnull (strstr (table, ",Noise γ 0.7 -> 0.1\n"));
}

/* Whether the history, which is still being written beside its name, has begun. */
static gboolean
has_begun (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *text = NULL;
    gsize length = 0;

    if (g_file_get_contents (path, &text, &length, NULL) && length > 0)
      return TRUE;
  }

  return FALSE;
}

static void
test_interrupt (void)
{
  static const char *const words[] = {
    "train", "example:sine", "--steps=0", "--save-history=h.csv", "--save-ensemble=U.npy", NULL
  };
  g_autofree char *folder = program_folder ();
  g_autoptr (GSubprocess) child = program_start (folder, words);

  for (guint k = 0; k < 3000 && !has_begun (folder); k++)
    g_usleep (10000);
  g_subprocess_send_signal (child, SIGINT);

  g_autoptr (ProgramResult) result = program_wait (child);
  g_autofree char *names = program_list (folder);
  g_autofree char *text = read_text (folder, "h.csv");
  guint n_lines = program_count_lines (text);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_cmpint (result->status, ==, 130);
  g_assert_cmpstr (result->err, ==, "");
  g_assert_nonnull (strstr (result->out, "Ctrl+C"));
  g_assert_cmpstr (names, ==, "U.npy h.csv");
  g_assert_cmpuint (n_lines, >, 2);
  g_assert_cmpuint (n_lines % 2, ==, 1);
  check_history_row (lines[n_lines - 1], (n_lines - 1) / 2, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/runs/table", test_table);
  g_test_add_func ("/runs/boston-medians", test_boston_medians);
  g_test_add_func ("/runs/one-method", test_one_method);
  g_test_add_func ("/runs/history", test_history);
  g_test_add_func ("/runs/history-of-batches", test_history_of_batches);
  g_test_add_func ("/runs/trajectory", test_trajectory);
  g_test_add_func ("/runs/same-seed", test_same_seed);
  g_test_add_func ("/runs/precedence", test_precedence);
  g_test_add_func ("/runs/experiment-repeats", test_experiment_repeats);
  g_test_add_func ("/runs/replay", test_replay);
  g_test_add_func ("/runs/divergence", test_divergence);
  g_test_add_func ("/runs/stop-time", test_stop_time);
  g_test_add_func ("/runs/examples", test_examples);
  g_test_add_func ("/runs/help-and-version", test_help_and_version);
  g_test_add_func ("/runs/render", test_render);
  g_test_add_func ("/runs/render-shape", test_render_shape);
  g_test_add_func ("/runs/render-recorded", test_render_recorded);
  g_test_add_func ("/runs/render-unset", test_render_unset);
  g_test_add_func ("/runs/interrupt", test_interrupt);

  return g_test_run ();
}

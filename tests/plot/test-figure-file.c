/* test-figure-file.c - pictures as files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure.h"

#include "sample.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

typedef struct {
  char *folder;
  EklTheme theme;
  EklHistory *history;
  EklPlane *plane;
  EklPredictions *predictions;
  EklFigureData data;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->folder = g_dir_make_tmp ("ekl-figure-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  ekl_theme_init (&self->theme, EKL_THEME_PRINT);
  self->history = sample_history (120, 0);
  self->plane = sample_plane (100, 40, 17);
  self->predictions = sample_curve ();
  self->data = (EklFigureData){ .history = self->history,
                                .plane = self->plane,
                                .predictions = self->predictions };
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;

  return n;
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir))) {
    g_autofree char *path = g_build_filename (self->folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (self->folder);
  g_free (self->folder);
  ekl_history_free (self->history);
  ekl_plane_free (self->plane);
  ekl_predictions_free (self->predictions);
}

/* Writes one figure and returns the file's bytes. */
static char *
write_and_read (Fixture *self, EklFigureKind kind, const char *name, gsize *length)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;

  g_assert_true (ekl_figure_write (kind, path, 600, 401, &self->theme, NULL, &self->data, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, length, NULL));
  g_assert_cmpuint (*length, >, 500);

  return bytes;
}

static guint32
read_big_endian (const char *bytes)
{
  guint32 value;

  memcpy (&value, bytes, 4);

  return GUINT32_FROM_BE (value);
}

static void
test_png (Fixture *self, gconstpointer unused)
{
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++) {
    gsize length;
    g_autofree char *bytes = write_and_read (self, kind, "a.png", &length);

    g_assert_cmpmem (bytes, 8, "\211PNG\r\n\032\n", 8);
    g_assert_cmpuint (read_big_endian (bytes + 16), ==, 1200);
    g_assert_cmpuint (read_big_endian (bytes + 20), ==, 802);
  }
  g_assert_cmpuint (count_files (self->folder), ==, 1);
}

static void
test_svg (Fixture *self, gconstpointer unused)
{
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++) {
    gsize length;
    g_autofree char *bytes = write_and_read (self, kind, "a.svg", &length);
    const GMarkupParser parser = { 0 };
    GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
    g_autoptr (GError) error = NULL;

    g_assert_true (g_markup_parse_context_parse (context, bytes, (gssize) length, &error) &&
                   g_markup_parse_context_end_parse (context, &error));
    g_assert_no_error (error);
    g_assert_nonnull (strstr (bytes, "<svg"));
    g_assert_nonnull (strstr (bytes, "600px"));
    g_markup_parse_context_free (context);
  }
}

/* While the plane turns its ground is half there on the screen; a file has it, and nothing leaks. */
static void
test_turning (Fixture *self, gconstpointer unused)
{
  const double turns[] = { 0.2, 0.7 };

  self->plane->former_loss = ekl_field_copy (self->plane->loss);
  for (guint i = 0; i < G_N_ELEMENTS (turns); i++) {
    gsize length;
    g_autofree char *svg = NULL, *pdf = NULL;

    self->plane->turn = turns[i];
    svg = write_and_read (self, EKL_FIGURE_PLANE, "a.svg", &length);
    g_assert_null (strstr (svg, "mask"));
    pdf = write_and_read (self, EKL_FIGURE_PLANE, "a.pdf", &length);
  }
}

static void
test_pdf (Fixture *self, gconstpointer unused)
{
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++) {
    gsize length;
    g_autofree char *bytes = write_and_read (self, kind, "a.PDF", &length);

    g_assert_cmpmem (bytes, 5, "%PDF-", 5);
    g_assert_nonnull (g_strstr_len (bytes + length - 32, 32, "%%EOF"));
  }
}

static void
expect_failure (Fixture *self, const char *name, double width, double height, const char *says)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  guint n_before = count_files (self->folder);

  g_assert_false (ekl_figure_write (EKL_FIGURE_LOSS, path, width, height, &self->theme, NULL,
                                    &self->data, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, says));
  g_assert_cmpuint (count_files (self->folder), ==, n_before);
}

static void
test_failures_leave_nothing (Fixture *self, gconstpointer unused)
{
  expect_failure (self, "a.jpg", 600, 400, ".png, .svg or .pdf");
  expect_failure (self, "png", 600, 400, ".png, .svg or .pdf");
  expect_failure (self, "a", 600, 400, ".png, .svg or .pdf");
  expect_failure (self, "a.png", 0, 400, "cannot be written");
  expect_failure (self, "a.png", 600, -1, "cannot be written");
  expect_failure (self, "a.png", 1e9, 400, "cannot be written");
  expect_failure (self, "no/such/folder/a.svg", 600, 400, "folder");
}

static void
test_a_failure_keeps_the_old_file (Fixture *self, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (self->folder, "a.png", NULL);
  g_autofree char *contents = NULL;

  g_assert_true (g_file_set_contents (path, "old", 3, NULL));
  expect_failure (self, "a.png", 0, 0, "cannot be written");
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "old");
}

/* The cell of a table: row and column from 0; the head is row 0. */
static char *
get_cell (const char *table, guint row, const char *column)
{
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);
  g_auto (GStrv) names = g_strsplit (lines[0], ",", -1);
  g_auto (GStrv) cells = g_strsplit (lines[row], ",", -1);

  for (guint k = 0; names[k] != NULL; k++)
    if (g_str_equal (names[k], column))
      return g_strdup (cells[k]);
  g_error ("no column %s", column);
}

static void
assert_cell (const char *table, guint row, const char *column, double value)
{
  g_autofree char *cell = get_cell (table, row, column);

  if (isnan (value))
    g_assert_cmpstr (cell, ==, "");
  else
    g_assert_cmpfloat (g_ascii_strtod (cell, NULL), ==, value);
}

/* What is seen in the ensemble's panel is in the table of all series, and what is selected. */
static void
test_series (Fixture *self, gconstpointer unused)
{
  g_autoptr (EklSelection) selection = ekl_selection_new (2, 2);
  g_autofree char *table = NULL;
  const EklRecord *looks;
  guint n;

  selection->particle[0] = 4;
  selection->particle[1] = 9;
  selection->step[0] = 3;
  selection->step[1] = 8;
  for (guint i = 0; i < 4; i++)
    selection->loss[i] = i < 3 ? 0.5f + i : NAN;
  self->data.selection = selection;
  table = ekl_figure_to_csv (EKL_FIGURE_LOSS, &self->data);
  looks = ekl_history_get_looks (self->history, &n);
  g_assert_cmpuint (looks[1].step, ==, 8);

  /* two rows a step: EKI's at step 8 is the 18th of the table, and before it comes the head */
  assert_cell (table, 17, "step", 8);
  assert_cell (table, 17, "effective_rank", looks[1].ensemble.effective_rank);
  assert_cell (table, 17, "span_share", looks[1].ensemble.span_share);
  assert_cell (table, 17, "cosine_gradient", looks[1].ensemble.cosine_gradient);
  assert_cell (table, 17, "cosine_preconditioned", looks[1].ensemble.cosine_preconditioned);
  assert_cell (table, 17, "particle_5_loss", 1.5);
  assert_cell (table, 17, "particle_10_loss", NAN);
  assert_cell (table, 18, "effective_rank", NAN);
  assert_cell (table, 18, "particle_5_loss", NAN);
  assert_cell (table, 19, "effective_rank", NAN);
  assert_cell (table, 7, "particle_10_loss", 2.5);
}

/* The run before comes below, under names of its own, and changes nothing of this run's rows. */
static void
test_former_series (Fixture *self, gconstpointer unused)
{
  g_autoptr (EklHistory) former = sample_history (5, 0);
  g_autoptr (EklSelection) selection = ekl_selection_new (1, 1);
  g_autofree char *alone = NULL, *both = NULL, *elsewhere = NULL;
  g_auto (GStrv) lines = NULL;
  guint n, first;
  const EklRecord *records = ekl_history_get_records (former, &n);

  selection->step[0] = 3;
  self->data.selection = selection;
  alone = ekl_figure_to_csv (EKL_FIGURE_LOSS, &self->data);
  self->data.former = former;
  self->data.former_name = "Particles J 50, Noise γ 0.3";
  both = ekl_figure_to_csv (EKL_FIGURE_LOSS, &self->data);
  elsewhere = ekl_figure_to_csv (EKL_FIGURE_ENSEMBLE, &self->data);
  g_assert_true (g_str_has_prefix (both, alone));
  g_assert_cmpstr (elsewhere, ==, alone);

  lines = g_strsplit (alone, "\n", -1);
  first = g_strv_length (lines) - 1;
  for (guint i = 1; i < first; i++)
    g_assert_null (strstr (lines[i], "before"));
  for (guint row = 0; row < 2 * n; row++) {
    const guint method = row % 2;
    g_autofree char *name = get_cell (both, first + row, "method");

    g_assert_cmpstr (name, ==, method == EKL_METHOD_EKI ? "eki_before" : "gd_before");
    assert_cell (both, first + row, "step", (double) records[row / 2].step);
    assert_cell (both, first + row, "train_loss", records[row / 2].method[method].train_loss);
  }
  /* what was other, once; and no loss of a particle of this run */
  g_assert_nonnull (strstr (both + strlen (alone), ",\"before: Particles J 50, Noise γ 0.3\",\n"));
  g_assert_null (strstr (strstr (both, "Particles J 50") + 1, "Particles J 50"));
  assert_cell (both, first + 2 * 3, "particle_1_loss", NAN);
}

/* A long history has only some of its steps, but all that were looked at. */
static void
test_thinned_series (Fixture *self, gconstpointer unused)
{
  g_autoptr (EklHistory) history = ekl_history_new ();
  g_autofree char *table = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_looks = 0;
  gint64 former = -1;

  for (guint64 step = 0; step <= 2 * EKL_HISTORY_CAPACITY; step++) {
    EklRecord record = { .step = step };

    record.method[EKL_METHOD_EKI].present = TRUE;
    if (step % 1001 == 500)
      record.ensemble = (EklEnsembleNumbers){ TRUE, 3, 1, 0.5, 0.25 };
    n_looks += record.ensemble.is_known;
    ekl_history_append (history, &record, 1);
  }
  table = ekl_figure_to_csv (EKL_FIGURE_LOSS, &(EklFigureData){ .history = history });
  lines = g_strsplit (table, "\n", -1);
  for (guint i = 1; lines[i][0] != '\0'; i++) {
    const gint64 step = g_ascii_strtoll (lines[i], NULL, 10);

    g_assert_cmpint (step, >, former);
    former = step;
    n_looks -= strstr (lines[i], ",3,1,0.5,0.25,") != NULL;
  }
  g_assert_cmpuint (n_looks, ==, 0);
}

/* The spectrum is the ensemble's figure where it is shown, in a table as in a picture. */
static void
test_spectrum (Fixture *self, gconstpointer unused)
{
  g_autoptr (EklEnsembleView) view = sample_ensemble (30);
  g_autofree char *path = g_build_filename (self->folder, "spectrum.csv", NULL);
  g_autofree char *table = NULL;
  g_autoptr (GError) error = NULL;
  EklFigureOptions options;

  ekl_figure_options_init (&options, EKL_FIGURE_ENSEMBLE);
  options.quantity = EKL_ENSEMBLE_SPECTRUM;
  self->data.ensemble = view;
  g_assert_true (ekl_figure_write (EKL_FIGURE_ENSEMBLE, path, 600, 400, &self->theme, &options,
                                   &self->data, &error));
  g_assert_true (g_file_get_contents (path, &table, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (table, "axis,std,std_of_start\n1,"));
  assert_cell (table, 1, "std", view->now->value[0]);
  assert_cell (table, 2, "std_of_start", view->start->value[1]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/figure-file/png", test_png);
  ADD ("/figure-file/svg", test_svg);
  ADD ("/figure-file/turning", test_turning);
  ADD ("/figure-file/pdf", test_pdf);
  ADD ("/figure-file/series", test_series);
  ADD ("/figure-file/former-series", test_former_series);
  ADD ("/figure-file/thinned-series", test_thinned_series);
  ADD ("/figure-file/spectrum", test_spectrum);
  ADD ("/figure-file/failures", test_failures_leave_nothing);
  ADD ("/figure-file/old-file", test_a_failure_keeps_the_old_file);

  return g_test_run ();
}

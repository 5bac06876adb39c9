/* test-figure-file.c - pictures as files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure.h"

#include "sample.h"

#include <glib/gstdio.h>
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/figure-file/png", test_png);
  ADD ("/figure-file/svg", test_svg);
  ADD ("/figure-file/turning", test_turning);
  ADD ("/figure-file/pdf", test_pdf);
  ADD ("/figure-file/failures", test_failures_leave_nothing);
  ADD ("/figure-file/old-file", test_a_failure_keeps_the_old_file);

  return g_test_run ();
}

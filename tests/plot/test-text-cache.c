/* test-text-cache.c - texts that were laid out before, and marks that are letters
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "marks.h"
#include "text_cache.h"

#include <cairo-pdf.h>

#include <math.h>

#define FAMILY "Sans"
#define SIZE   64

typedef struct {
  cairo_surface_t *surface;
  cairo_t *cr;
} Paper;

static void
paper_init (Paper *self, int width, int height)
{
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  self->cr = cairo_create (self->surface);
  cairo_set_source_rgb (self->cr, 1, 1, 1);
  cairo_paint (self->cr);
}

static void
paper_clear (Paper *self)
{
  g_assert_cmpint (cairo_status (self->cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (self->cr);
  cairo_surface_destroy (self->surface);
}

static EklTextLook
usual_look (void)
{
  return (EklTextLook){ FAMILY, 12 * PANGO_SCALE, PANGO_WEIGHT_NORMAL, -1, PANGO_ALIGN_LEFT };
}

/* The same text in the same look is the same layout; whatever differs makes another one. */
static void
test_same (void)
{
  EklTextLook look = usual_look ();
  Paper paper;
  PangoLayout *first;

  paper_init (&paper, SIZE, SIZE);
  ekl_text_cache_begin (paper.cr);
  first = ekl_text_cache_get ("loss", &look);
  g_assert_true (ekl_text_cache_get ("loss", &look) == first);
  g_assert_true (ekl_text_cache_get ("step", &look) != first);
  look.size *= 2;
  g_assert_true (ekl_text_cache_get ("loss", &look) != first);
  look = usual_look ();
  look.weight = PANGO_WEIGHT_BOLD;
  g_assert_true (ekl_text_cache_get ("loss", &look) != first);
  look = usual_look ();
  look.width = 10 * PANGO_SCALE;
  g_assert_true (ekl_text_cache_get ("loss", &look) != first);
  look = usual_look ();
  look.alignment = PANGO_ALIGN_RIGHT;
  g_assert_true (ekl_text_cache_get ("loss", &look) != first);
  look = usual_look ();
  g_assert_true (ekl_text_cache_get ("loss", &look) == first);
  g_assert_cmpstr (pango_layout_get_text (first), ==, "loss");
  paper_clear (&paper);
}

/* Another drawing on such a surface finds its texts laid out. */
static void
test_again (void)
{
  const EklTextLook look = usual_look ();
  PangoLayout *layout;
  guint serial = 0;

  for (guint k = 0; k < 3; k++) {
    Paper paper;

    paper_init (&paper, SIZE + (int) k, SIZE);
    ekl_text_cache_begin (paper.cr);
    layout = ekl_text_cache_get ("epoch", &look);
    g_assert_true (k == 0 || pango_layout_get_serial (layout) == serial);
    serial = pango_layout_get_serial (layout);
    paper_clear (&paper);
  }
}

/* Those that are used stay, and there are never more than the capacity. */
static void
test_capacity (void)
{
  const EklTextLook look = usual_look ();
  PangoLayout *kept = ekl_text_cache_get ("kept", &look);

  for (guint i = 0; i < 3 * EKL_TEXT_CACHE_CAPACITY; i++) {
    g_autofree char *text = g_strdup_printf ("%u", i);

    g_assert_cmpstr (pango_layout_get_text (ekl_text_cache_get (text, &look)), ==, text);
    g_assert_true (ekl_text_cache_get ("kept", &look) == kept);
    g_assert_cmpuint (ekl_text_cache_count (), <=, EKL_TEXT_CACHE_CAPACITY);
  }
  g_assert_cmpuint (ekl_text_cache_count (), ==, EKL_TEXT_CACHE_CAPACITY);
}

static gpointer
thread_cb (gpointer data)
{
  const EklTextLook look = usual_look ();

  g_assert_cmpuint (ekl_text_cache_count (), ==, 0);
  return ekl_text_cache_get ("loss", &look);
}

/* Each thread has its own, which goes with it. */
static void
test_threads (void)
{
  const EklTextLook look = usual_look ();
  PangoLayout *ours = ekl_text_cache_get ("loss", &look);

  g_assert_true (g_thread_join (g_thread_new ("draws", thread_cb, NULL)) != ours);
  g_assert_true (ekl_text_cache_get ("loss", &look) == ours);
}

static void
draw_text (cairo_t *cr, const char *text)
{
  EklTheme theme;
  EklCanvas canvas;

  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  ekl_canvas_init (&canvas, cr, &theme, 400, 200);
  ekl_canvas_text (&canvas, text, 20, 20, &(EklTextStyle){ .color = theme.foreground });
}

/* What was drawn on another surface meanwhile leaves no trace. */
static void
test_surfaces (void)
{
  Paper before, after;
  cairo_surface_t *vector = cairo_pdf_surface_create (NULL, 400, 200);
  cairo_t *cr = cairo_create (vector);

  paper_init (&before, 400, 200);
  paper_init (&after, 400, 200);
  draw_text (before.cr, "plane holds 93 % of GD");
  draw_text (cr, "plane holds 93 % of GD");
  draw_text (after.cr, "plane holds 93 % of GD");
  g_assert_cmpmem (cairo_image_surface_get_data (before.surface), 400 * 200 * 4,
                   cairo_image_surface_get_data (after.surface), 400 * 200 * 4);
  cairo_destroy (cr);
  cairo_surface_destroy (vector);
  paper_clear (&before);
  paper_clear (&after);
}

/* How much ink there is, in pixels. */
static double
count_ink (Paper *paper)
{
  const guchar *bytes;
  double ink = 0;

  cairo_surface_flush (paper->surface);
  bytes = cairo_image_surface_get_data (paper->surface);
  for (guint i = 0; i < SIZE * SIZE; i++)
    ink += 1 - bytes[4 * i] / 255.0;
  return ink;
}

static double
paint_marks (EklMark mark, double alpha, const EklPoint *points, guint n, double radius)
{
  const EklColor black = { 0, 0, 0, 1 };
  EklTheme theme;
  EklCanvas canvas;
  Paper paper;
  double ink;

  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  paper_init (&paper, SIZE, SIZE);
  ekl_canvas_init (&canvas, paper.cr, &theme, SIZE, SIZE);
  ekl_marks_paint (&canvas, mark, black, alpha, points, n, radius);
  ink = count_ink (&paper);
  paper_clear (&paper);
  return ink;
}

static double
paint_hollow (EklMark mark, gboolean vector, double radius)
{
  const EklColor black = { 0, 0, 0, 1 };
  const EklPoint points[] = { { 20, 20 }, { NAN, 3 }, { SIZE - 20, SIZE - 20 } };
  EklTheme theme;
  EklCanvas canvas;
  Paper paper;
  double ink;

  ekl_theme_init (&theme, EKL_THEME_PRINT);
  paper_init (&paper, SIZE, SIZE);
  ekl_canvas_init (&canvas, paper.cr, &theme, SIZE, SIZE);
  canvas.vector = vector;
  ekl_marks_paint_hollow (&canvas, mark, black, points, G_N_ELEMENTS (points), radius);
  ink = count_ink (&paper);
  paper_clear (&paper);
  return ink;
}

/* The letter of an outline covers what the stroke covers, and its inside is empty. */
static void
test_hollow (void)
{
  for (EklMark mark = EKL_MARK_DOT; mark <= EKL_MARK_TRIANGLE; mark++)
    for (double radius = 2; radius < 12; radius *= 1.5) {
      const double stroke = paint_hollow (mark, TRUE, radius);

      g_assert_cmpfloat_with_epsilon (paint_hollow (mark, FALSE, radius), stroke, 0.2 * stroke);
    }
  g_assert_cmpfloat_with_epsilon (paint_hollow (EKL_MARK_DOT, FALSE, 8) /
                                    paint_hollow (EKL_MARK_DOT, FALSE, 4),
                                  2, 0.1); /* a line's length, not an area */
}

/* A letter covers what its shape covers, wherever it stands, and half of it at the edge. */
static void
test_area (void)
{
  static const double area[] = { G_PI, 4 * 0.886 * 0.886, 1.42 * 1.42 * 1.5 * 0.866 };

  for (EklMark mark = EKL_MARK_DOT; mark <= EKL_MARK_TRIANGLE; mark++)
    for (double radius = 1.8; radius < 12; radius *= 1.7) {
      const double expected = area[mark] * radius * radius;
      const EklPoint middle = { SIZE / 2, SIZE / 2 }, edge = { 0, SIZE / 2 };
      const EklPoint nowhere[] = { { NAN, 3 }, { 3, INFINITY }, { -1e9, 1e9 } };

      g_assert_cmpfloat_with_epsilon (paint_marks (mark, 1, &middle, 1, radius), expected,
                                      0.04 * expected + 0.3);
      g_assert_cmpfloat_with_epsilon (paint_marks (mark, 1, &edge, 1, radius), expected / 2,
                                      0.04 * expected + 0.3);
      g_assert_cmpfloat (paint_marks (mark, 1, nowhere, 3, radius), ==, 0);
    }
}

/* Where translucent marks lie over one another it is darker, and opaque ones cover. */
static void
test_heaps (void)
{
  const EklPoint heap[3] = { { 30, 30 }, { 30, 30 }, { 30, 30 } };
  const double one = paint_marks (EKL_MARK_DOT, 0.5, heap, 1, 6);

  g_assert_cmpfloat_with_epsilon (paint_marks (EKL_MARK_DOT, 0.5, heap, 3, 6), 1.75 * one,
                                  0.1 * one); /* edges add up faster */
  g_assert_cmpfloat (paint_marks (EKL_MARK_DOT, 1, heap, 3, 6), <,
                     1.12 * paint_marks (EKL_MARK_DOT, 1, heap, 1, 6));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-cache/same", test_same);
  g_test_add_func ("/text-cache/again", test_again);
  g_test_add_func ("/text-cache/capacity", test_capacity);
  g_test_add_func ("/text-cache/threads", test_threads);
  g_test_add_func ("/text-cache/surfaces", test_surfaces);
  g_test_add_func ("/marks/area", test_area);
  g_test_add_func ("/marks/hollow", test_hollow);
  g_test_add_func ("/marks/heaps", test_heaps);
  return g_test_run ();
}

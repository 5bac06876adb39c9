/* bench-figures.c - how long the figures take
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure.h"
#include "relief_cache.h"

#include "sample.h"

#include <stdlib.h>
#include <time.h>

#define REPEATS 200

static int
compare_cb (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Processor time: what else the machine does is not counted. */
static double
cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return 1e3 * (double) now.tv_sec + 1e-6 * (double) now.tv_nsec;
}

static void
measure (
  const char *name, EklFigureKind kind, double width, double height, const EklFigureData *data)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) width, (int) height);
  cairo_t *cr = cairo_create (surface);
  double ms[REPEATS], fast_ms[REPEATS];
  EklFigureData moving = *data;
  EklTheme theme;

  ekl_theme_init (&theme, EKL_THEME_LIGHT);
  ekl_figure_draw (kind, cr, width, height, &theme, NULL, data, NULL);
  for (guint i = 0; i < REPEATS; i++) {
    double start = cpu_ms ();

    ekl_figure_draw (kind, cr, width, height, &theme, NULL, data, NULL);
    ms[i] = cpu_ms () - start;
  }
  qsort (ms, REPEATS, sizeof *ms, compare_cb);
  moving.moving = TRUE;
  for (guint i = 0; i < REPEATS; i++) {
    double start = cpu_ms ();

    ekl_figure_draw (kind, cr, width, height, &theme, NULL, &moving, NULL);
    fast_ms[i] = cpu_ms () - start;
  }
  qsort (fast_ms, REPEATS, sizeof *fast_ms, compare_cb);
  g_print ("%-44s median %6.2f ms, P90 %6.2f ms; while it moves %6.2f ms\n", name, ms[REPEATS / 2],
           ms[REPEATS * 9 / 10], fast_ms[REPEATS / 2]);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (void)
{
  g_autoptr (EklHistory) usual = sample_history (500, 0);
  g_autoptr (EklHistory) full = sample_history (EKL_HISTORY_CAPACITY - 1, 0);
  g_autoptr (EklPlane) bare = sample_plane (1000, 200, 0);
  g_autoptr (EklPlane) plane = sample_plane (1000, 200, 65);
  g_autoptr (EklPlane) crowd = sample_plane (10000, 200, 65);
  g_autoptr (EklPlane) dense = sample_plane (1000, 200, 65);
  g_autoptr (EklReliefCache) cache = ekl_relief_cache_new ();
  g_autoptr (EklPredictions) curve = sample_curve ();
  g_autoptr (EklPredictions) scatter = sample_scatter (506);
  g_autoptr (EklPredictions) field = sample_field (65);
  g_autoptr (EklPredictions) residuals = sample_residuals (506, 3);
  g_autoptr (EklPredictions) confusion = sample_confusion (10);
  g_autoptr (EklPredictions) pictures = sample_pictures (10, 12);

  measure ("loss, 500 records", EKL_FIGURE_LOSS, 900, 400, &(EklFigureData){ .history = usual });
  measure ("loss, 65536 records", EKL_FIGURE_LOSS, 900, 400, &(EklFigureData){ .history = full });
  measure ("ensemble, 65536 records", EKL_FIGURE_ENSEMBLE, 900, 400,
           &(EklFigureData){ .history = full });
  measure ("plane, 1000 particles, no contours", EKL_FIGURE_PLANE, 900, 400,
           &(EklFigureData){ .plane = bare });
  measure ("plane, 1000 particles, 65 x 65 contours", EKL_FIGURE_PLANE, 900, 400,
           &(EklFigureData){ .plane = plane });
  measure ("the same, drawn again as in a window", EKL_FIGURE_PLANE, 900, 400,
           &(EklFigureData){ .plane = plane, .relief_cache = cache });
  measure ("plane, 10000 particles, 65 x 65 contours", EKL_FIGURE_PLANE, 900, 400,
           &(EklFigureData){ .plane = crowd });
  sample_gather (dense, 0.05);
  measure ("the same with 1000 under a magnifying glass", EKL_FIGURE_PLANE, 900, 400,
           &(EklFigureData){ .plane = dense });
  measure ("predictions, curve", EKL_FIGURE_PREDICTIONS, 900, 400,
           &(EklFigureData){ .predictions = curve });
  measure ("predictions, 506 rows", EKL_FIGURE_PREDICTIONS, 900, 400,
           &(EklFigureData){ .predictions = scatter });
  measure ("predictions, 65 x 65 field", EKL_FIGURE_PREDICTIONS, 900, 400,
           &(EklFigureData){ .predictions = field });
  measure ("predictions, residuals of 506 rows", EKL_FIGURE_PREDICTIONS, 900, 400,
           &(EklFigureData){ .predictions = residuals });
  measure ("predictions, confusion of 10 classes", EKL_FIGURE_PREDICTIONS, 900, 400,
           &(EklFigureData){ .predictions = confusion });
  measure ("predictions, 12 pictures", EKL_FIGURE_PREDICTIONS, 900, 400,
           &(EklFigureData){ .predictions = pictures });

  return 0;
}

/* test-figure-pace.c - which pictures are drawn when steps follow each other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_pace.h"

#define FRAME   16667
#define SECONDS 10

/* How often each figure is drawn in ten seconds of a display's frames; the longest frame. */
static gint64
run (guint candidates, const gint64 *cost, guint *drawn)
{
  EklFigurePace pace = { 0 };
  gint64 longest = 0;

  for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
    drawn[kind] = 0;
  for (gint64 now = G_USEC_PER_SEC; now < (1 + SECONDS) * G_USEC_PER_SEC; now += FRAME) {
    const guint figures = ekl_figure_pace_choose (&pace, now, candidates, cost);
    gint64 sum = 0;

    g_assert_cmpuint (figures & ~candidates, ==, 0);
    for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
      if ((figures & 1U << kind) != 0) {
        drawn[kind]++;
        sum += cost[kind];
      }
    longest = MAX (longest, sum);
  }
  return longest;
}

/* What costs nothing is drawn with every frame. */
static void
test_cheap (void)
{
  const gint64 cost[EKL_N_FIGURES] = { 100, 200, 100, 50 };
  guint drawn[EKL_N_FIGURES];

  run (EKL_ALL_FIGURES, cost, drawn);
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
    g_assert_cmpuint (drawn[kind], ==, 600);
}

/* As with a thousand particles: each frame has something new, none has everything, nobody starves,
 * and what moves comes more often than the curves. */
static void
test_turns (void)
{
  const gint64 cost[EKL_N_FIGURES] = { 1800, 4500, 2300, 900 };
  guint drawn[EKL_N_FIGURES];
  gint64 work = 0;

  g_assert_cmpint (run (EKL_ALL_FIGURES, cost, drawn), <=, 4500);
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
    work += drawn[kind] * cost[kind];
  g_assert_cmpuint (drawn[EKL_FIGURE_LOSS], >, 8 * SECONDS);
  g_assert_cmpuint (drawn[EKL_FIGURE_PREDICTIONS], >, 8 * SECONDS);
  g_assert_cmpuint (drawn[EKL_FIGURE_ENSEMBLE], >, 5 * SECONDS);
  g_assert_cmpuint (drawn[EKL_FIGURE_PLANE], >, 1.5 * drawn[EKL_FIGURE_LOSS]);
  g_assert_cmpint (work, <, SECONDS * G_USEC_PER_SEC / 5);
}

/* However long a figure takes, it leaves the steps four fifths of a processor. */
static void
test_rest (void)
{
  const gint64 cost[EKL_N_FIGURES] = { 0, 100000, 0, 0 };
  guint drawn[EKL_N_FIGURES];

  run (1U << EKL_FIGURE_PLANE, cost, drawn);
  g_assert_cmpuint (drawn[EKL_FIGURE_PLANE], <=, SECONDS * 10 / 4 + 1);
  g_assert_cmpuint (drawn[EKL_FIGURE_PLANE], >=, SECONDS * 10 / 5);
}

/* Alone and not too slow, as often as the display shows. */
static void
test_alone (void)
{
  const gint64 cost[EKL_N_FIGURES] = { 3000, 3000, 3000, 3000 };
  guint drawn[EKL_N_FIGURES];

  for (guint kind = 0; kind < EKL_N_FIGURES; kind++) {
    run (1U << kind, cost, drawn);
    g_assert_cmpuint (drawn[kind], ==, 600);
  }
  g_assert_cmpint (run (0, cost, drawn), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-pace/cheap", test_cheap);
  g_test_add_func ("/figure-pace/turns", test_turns);
  g_test_add_func ("/figure-pace/rest", test_rest);
  g_test_add_func ("/figure-pace/alone", test_alone);
  return g_test_run ();
}

/* figure_pace.c - which pictures are drawn next while steps are taken
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * To paint everything with every frame of the display takes most of a processor, which the steps then
 * do not have. So the pictures take turns: with each frame comes the one that has waited longest,
 * measured by how often it is worth seeing, and what else is cheap enough. What moves comes often, a
 * curve over thousands of steps seldom, and none of them takes more than a share of the time.
 */
#include "figure_pace.h"

#define BUDGET       2500 /* us of drawing a frame, where one figure alone does not take more */
#define EARLY_BUDGET 800  /* likewise with figures whose interval is not over */
#define REST         4    /* a figure rests for so many times as long as it took */

/* us from one drawing to the next; where nothing else is seen, all are as often as the display shows */
static const gint64 interval[EKL_N_FIGURES] = {
  [EKL_FIGURE_LOSS] = 80000,
  [EKL_FIGURE_PLANE] = 40000,
  [EKL_FIGURE_PREDICTIONS] = 80000,
  [EKL_FIGURE_ENSEMBLE] = 133000,
};

/* The figure that has waited longest, in its intervals, or EKL_N_FIGURES. */
static guint
find_longest_waiting (
  const EklFigurePace *self, gint64 now, guint candidates, const gint64 *cost, double *turns)
{
  guint longest = EKL_N_FIGURES;

  *turns = 0;
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++) {
    const gint64 waited = now - self->drawn[kind];
    const double waited_turns = (double) waited / (double) interval[kind];

    if ((candidates & 1U << kind) == 0 || waited < REST * cost[kind] || waited_turns <= *turns)
      continue;
    *turns = waited_turns;
    longest = kind;
  }
  return longest;
}

/* Of those that are not resting, the one that costs least; @otherwise where nothing is known of them. */
static guint
find_cheapest (
  const EklFigurePace *self, gint64 now, guint candidates, const gint64 *cost, guint otherwise)
{
  guint cheapest = otherwise;

  for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
    if ((candidates & 1U << kind) != 0 && now - self->drawn[kind] >= REST * cost[kind] &&
        cost[kind] < cost[cheapest])
      cheapest = kind;
  return cheapest;
}

/**
 * ekl_figure_pace_choose:
 * @self: the pace
 * @now: the time, us
 * @candidates: figures that can be seen and have something new
 * @cost: (array fixed-size=4): us that each took to draw last, on the processor; 0: not known
 *
 * Takes turns. What it chooses counts as drawn now.
 *
 * Returns: the figures to draw; 0 where all of them rest
 */
guint
ekl_figure_pace_choose (EklFigurePace *self, gint64 now, guint candidates, const gint64 *cost)
{
  guint chosen = 0;
  gint64 sum = 0;

  for (;;) {
    double turns;
    guint kind = find_longest_waiting (self, now, candidates & ~chosen, cost, &turns);

    /* one comes with every frame, others when they are due, or where they cost next to nothing */
    if (kind != EKL_N_FIGURES && chosen == 0 && turns < 1)
      kind = find_cheapest (self, now, candidates, cost, kind);
    if (kind == EKL_N_FIGURES ||
        (chosen != 0 && sum + cost[kind] > (turns >= 1 ? BUDGET : EARLY_BUDGET)))
      return chosen;
    chosen |= 1U << kind;
    sum += cost[kind];
    self->drawn[kind] = now;
  }
}

/* schedule.c - how a step size changes with the steps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "schedule.h"

#include <math.h>

/**
 * ekl_schedule_factor:
 * @schedule: which
 * @period: n0, in steps, at least 1
 * @n: the step, from 0
 *
 * The schedules of [7], of a step size h_0 that belongs to step 0: constant; 1 / (1 + n/n0); halved every n0 steps;
 * and a half cosine from 1 to 0 every n0 steps, begun anew (Loshchilov and Hutter 2017).
 *
 * Returns: h_n / h_0
 */
double
ekl_schedule_factor (EklSchedule schedule, double period, guint64 n)
{
  const double turns = (double) n / MAX (period, 1);

  switch (schedule) {
  case EKL_SCHEDULE_INVERSE:
    return 1 / (1 + turns);
  case EKL_SCHEDULE_STEP:
    return exp2 (-floor (turns));
  case EKL_SCHEDULE_COSINE:
    return 0.5 * (1 + cos (G_PI * (turns - floor (turns))));
  case EKL_SCHEDULE_CONSTANT:
  default:
    return 1;
  }
}

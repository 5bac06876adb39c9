/* schedule.h - how a step size changes with the steps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  EKL_SCHEDULE_CONSTANT,
  EKL_SCHEDULE_INVERSE,
  EKL_SCHEDULE_STEP,
  EKL_SCHEDULE_COSINE,
} EklSchedule;

double ekl_schedule_factor (EklSchedule schedule,
                            double      period,
                            guint64     n);

G_END_DECLS

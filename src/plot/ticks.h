/* ticks.h - where an axis has its marks, and what they say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EKL_MAX_TICKS 128

typedef struct {
  double value;
  gboolean major; /* has a label */
  char label[40];
} EklTick;

typedef struct {
  guint n;
  EklTick tick[EKL_MAX_TICKS];
} EklTicks;

double ekl_tick_step     (double    v0,
                          double    v1,
                          double    count);
void   ekl_ticks_linear  (EklTicks *self,
                          double    v0,
                          double    v1,
                          double    count);
void   ekl_ticks_log     (EklTicks *self,
                          double    v0,
                          double    v1,
                          double    count);
char  *ekl_format_number (double    value);
char  *ekl_format_short   (double    value);
char  *ekl_format_percent (double   share);

G_END_DECLS

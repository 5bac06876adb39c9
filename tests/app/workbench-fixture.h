/* workbench-fixture.h - what the tests of a workbench share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-workbench.h"

typedef struct {
  EklWorkbench *workbench;
  guint n_starts;       /* runs that began */
  char *message, *told; /* what was said last of a failure, and of all else; NULL: nothing */
} Bench;

/* @source: NULL: nothing is open */
void           set_up         (Bench         *bench,
                               gconstpointer  source);
void           tear_down      (Bench         *bench,
                               gconstpointer  source);
guint64        get_step       (Bench         *bench);
double         get_loss       (Bench         *bench,
                               EklMethod      method);
EklExperiment *get_experiment (Bench         *bench);
void           set            (Bench         *bench,
                               const char    *setting,
                               const char    *text);
void           assert_setting (Bench         *bench,
                               const char    *setting,
                               const char    *text);
void           step_to        (Bench         *bench,
                               guint64        step);

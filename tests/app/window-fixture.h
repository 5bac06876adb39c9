/* window-fixture.h - what the tests of a window with a problem in it share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-application.h"
#include "ekl-window-private.h"

typedef struct {
  EklWindow *window;
  EklWorkbench *workbench;
  guint n_starts, n_pictures;
} Fixture;

typedef struct {
  const char *name, *source;
  void (*test) (Fixture *, gconstpointer);
} FixtureTest;

void    set_up    (Fixture       *fixture,
                   gconstpointer  source);
void    tear_down (Fixture       *fixture,
                   gconstpointer  source);
void    act       (Fixture       *fixture,
                   const char    *action);
guint64 get_step  (Fixture       *fixture);

/* Depth first: the label that says so, or NULL. */
GtkWidget *find_label (GtkWidget  *widget,
                       const char *start);

EklApplication *get_application (void);

/* @tests: the last one has no name; @add: (nullable): adds tests that open their own windows */
int run_tests (int                 argc,
               char              **argv,
               const char         *name,
               const FixtureTest  *tests,
               void              (*add) (void));

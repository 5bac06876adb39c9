/* run-fixture.h - what the tests of runs share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "run.h"

/* With J = 100000 these are hundreds of terabytes. */
#define HUGE_LAYERS "4096,4096,4096,4096,4096,4096,4096,4096,4096,4096,4096,4096"

typedef struct {
  EklExperiment *experiment;
  EklDataset *dataset;
} Fixture;

void                   set_all      (EklExperiment      *experiment,
                                     const char *const  *pairs);
EklDataset            *make_dataset (EklExperiment      *experiment,
                                     const char         *example);
void                   set_up       (Fixture            *fixture,
                                     gconstpointer       example);
void                   tear_down    (Fixture            *fixture,
                                     gconstpointer       example);
EklRun                *make_run     (Fixture            *fixture);
void                   step         (EklRun             *run,
                                     guint               n);
const EklMethodRecord *get_record   (EklRun             *run,
                                     EklMethod           method);
gboolean               set_double   (EklRun             *run,
                                     const char         *setting,
                                     double              number,
                                     EklEvent           *event,
                                     GError            **error);
gboolean               set_uint     (EklRun             *run,
                                     const char         *setting,
                                     guint               number,
                                     EklEvent           *event,
                                     GError            **error);
void                   clear_event  (EklEvent           *event);
double                *get_rows     (EklRun             *run,
                                     gsize              *n);

/* A test of a run on an example. */
#define ADD(path, example, function) \
  g_test_add (path, Fixture, example, set_up, function, tear_down)

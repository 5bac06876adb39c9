/* engine-fixture.h - what the tests of the engine share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-engine.h"

#define SECOND G_USEC_PER_SEC

EklDataset *load_dataset (const char *name);
EklExperiment *small_experiment (void);
void count_cb (EklEngine *engine, gpointer data);
void note_failure_cb (EklEngine *engine, const char *message, gpointer data);
void iterate_for (gint64 duration);
void iterate_until_state (EklEngine *engine, EklEngineState state);

/* bench-window.h - what the benchmarks of the window share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-window.h"

void let_run    (guint          milliseconds);
void start_run  (EklWorkbench  *workbench,
                 const char    *problem,
                 guint          n_particles);

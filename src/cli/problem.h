/* problem.h - from FILE and options to a run that can start
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "command_line.h"
#include "run.h"

G_BEGIN_DECLS

typedef struct {
  EklExperiment *experiment;
  EklDataset *dataset;
  EklRun *run;
} EklProblem;

EklProblem *ekl_problem_new  (EklCommandLine  *command_line,
                              GError         **error);
void        ekl_problem_free (EklProblem      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklProblem, ekl_problem_free)

G_END_DECLS

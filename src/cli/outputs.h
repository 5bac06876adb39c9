/* outputs.h - the files that a run was asked to leave behind
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "command_line.h"
#include "run.h"

G_BEGIN_DECLS

/* Owns nothing of the command line, which must live longer. */
typedef struct _EklOutputs EklOutputs;

gboolean    ekl_outputs_check    (const EklCommandLine *command_line,
                                  GError              **error);
EklOutputs *ekl_outputs_new      (const EklCommandLine *command_line,
                                  EklExperiment        *experiment,
                                  GError              **error);
void        ekl_outputs_free     (EklOutputs           *self);
gboolean    ekl_outputs_add_step (EklOutputs           *self,
                                  EklRun               *run,
                                  GError              **error);
gboolean    ekl_outputs_finish   (EklOutputs           *self,
                                  EklRun               *run,
                                  GError              **error);
char       *ekl_outputs_name_picture (const char       *path,
                                      EklFigureKind     kind,
                                      guint             figures);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklOutputs, ekl_outputs_free)

G_END_DECLS

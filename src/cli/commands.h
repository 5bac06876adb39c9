/* commands.h - what the program can do, a function each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "command_line.h"
#include "problem.h"
#include "training.h"

G_BEGIN_DECLS

/* Status 0, or 128 + the number of the signal that stopped it; -1 with an error set. */
int      ekl_command_train    (EklCommandLine *command_line,
                               GError        **error);
int      ekl_command_render   (EklCommandLine *command_line,
                               GError        **error);
int      ekl_command_inspect  (EklCommandLine *command_line,
                               GError        **error);
int      ekl_command_bench    (EklCommandLine *command_line,
                               GError        **error);
int      ekl_command_examples (GError        **error);

int      ekl_cli_main         (int             argc,
                               char          **argv);

/* Shared by train and render: everything but the pictures. */
gboolean ekl_command_run      (EklCommandLine *command_line,
                               EklProblem     *problem,
                               EklHistory     *history,
                               EklOutcome     *outcome,
                               GError        **error);

G_END_DECLS

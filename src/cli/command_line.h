/* command_line.h - what the user typed, understood and checked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-experiment.h"
#include "figure.h"

G_BEGIN_DECLS

#define EKL_CLI_ERROR (ekl_cli_error_quark ())
GQuark ekl_cli_error_quark (void);

typedef enum {
  EKL_CLI_ERROR_USAGE,  /* the command line itself is wrong: exit status 2 */
  EKL_CLI_ERROR_OUTPUT, /* a file that was asked for cannot be written: exit status 1 */
} EklCliError;

/* Bits, so that an option can say which commands it belongs to. */
typedef enum {
  EKL_COMMAND_HELP = 1 << 0,
  EKL_COMMAND_VERSION = 1 << 1,
  EKL_COMMAND_TRAIN = 1 << 2,
  EKL_COMMAND_RENDER = 1 << 3,
  EKL_COMMAND_EXAMPLES = 1 << 4,
  EKL_COMMAND_BENCH = 1 << 5,
  EKL_COMMAND_INSPECT = 1 << 6,
} EklCommand;

typedef struct {
  EklCommand command;
  EklCommand help_topic; /* HELP: the command that help was asked about; HELP itself: all of them */
  char *source;          /* TRAIN, RENDER, INSPECT: a path, or example:NAME */
  GPtrArray *settings;   /* name, text, name, text, ...: the experiment's, in the order given */

  char *save_ensemble; /* paths; NULL: not asked for */
  char *save_parameters;
  char *save_trajectory;
  char *save_history;
  char *save_experiment;

  GPtrArray *cases;    /* BENCH: names of cases that there are; empty: all */
  GPtrArray *pictures; /* RENDER: paths */
  guint figures;       /* bit k: EklFigureKind k */
  EklThemeKind theme;
  guint view, shown, x_axis, quantity; /* of figure.h's choices */
  guint output_shown, first_picture; /* by number from 1 */
  double width, height; /* of a figure, in pixels (PNG files have twice as many) or points */
} EklCommandLine;

EklCommandLine *ekl_command_line_parse          (int              argc,
                                                 char           **argv,
                                                 GError         **error);
void            ekl_command_line_free           (EklCommandLine  *self);
gboolean        ekl_command_line_apply_settings (EklCommandLine  *self,
                                                 EklExperiment   *experiment,
                                                 GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklCommandLine, ekl_command_line_free)

G_END_DECLS

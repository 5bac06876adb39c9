/* options.h - the options that are not settings of the experiment, and the names of commands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "command_line.h"

G_BEGIN_DECLS

typedef struct _EklOption EklOption;

struct _EklOption {
  const char *name;
  char letter;          /* 0: no short form */
  guint commands;       /* bits of EklCommand */
  const char *argument; /* as the help shows it; NULL: the option takes no value */
  const char *help;
  gboolean (*set) (EklCommandLine   *command_line,
                   const EklOption  *self,
                   const char       *text,
                   GError          **error);
  gsize offset; /* of the member that set writes, where it is a path */
};

typedef struct {
  const char *name;
  EklCommand command;
  const char *arguments;
  const char *help;
} EklCommandName;

const EklOption      *ekl_options_list          (guint *n);
const EklOption      *ekl_options_find          (const char *name,
                                                 EklCommand  command);
const EklOption      *ekl_options_find_letter   (char        letter,
                                                 EklCommand  command);
const EklCommandName *ekl_commands_list         (guint *n);
const EklCommandName *ekl_commands_find         (const char *name);
const EklCommandName *ekl_commands_get          (EklCommand  command);
gboolean              ekl_option_is_setting     (const char *name);
char                 *ekl_options_suggest       (const char *name,
                                                 EklCommand  command);
char                 *ekl_commands_suggest      (const char *name);

G_END_DECLS

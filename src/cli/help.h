/* help.h - the text of --help
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "command_line.h"

G_BEGIN_DECLS

char *ekl_help_text (EklCommand topic);

G_END_DECLS

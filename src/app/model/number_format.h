/* number_format.h - numbers as the read-outs show them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ekl_group_counts   (const char *text);
char *ekl_format_value   (double value);
char *ekl_format_count   (double value);
char *ekl_format_passes  (double value);
char *ekl_format_rate    (double value);
char *ekl_format_seconds (double seconds);

G_END_DECLS

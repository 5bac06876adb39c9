/* recent_files.h - what was opened lately
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* settings: NULL for a program that is not installed: then nothing is remembered. */
char **ekl_recent_files_list (GSettings   *settings);
void   ekl_recent_files_add  (GSettings   *settings,
                              const char  *path);

G_END_DECLS

/* pasted_table.h - cells from the clipboard, kept as a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *ekl_pasted_table_keep (const char  *text,
                             GError     **error);

G_END_DECLS

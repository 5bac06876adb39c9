/* one_line.h - text from anywhere, made fit for a message
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *ekl_one_line       (const char  *text);
gboolean  ekl_one_line_error (GError     **error);

G_END_DECLS

/* nearest_name.h - which known name a misspelt one may have meant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *ekl_nearest_name (const char *name,
                              GPtrArray  *known);

G_END_DECLS

/* read_progress.h - how far something is that takes a while
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* fraction: from 0 to 1, in the thread that reads. */
typedef void (*EklProgressFunc) (double   fraction,
                                 gpointer user_data);

G_END_DECLS

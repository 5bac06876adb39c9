/* cores.h - who has the cores: all of them the work in progress, or one less while something else needs it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint ekl_cores_team (guint n_threads);
void ekl_cores_begin_work (void);
void ekl_cores_end_work (void);
void ekl_cores_borrow (guint patience);
void ekl_cores_return (void);

G_END_DECLS

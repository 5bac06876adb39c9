/* core_places.h - which core each thread of a team stands on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void ekl_place_settle (guint thread,
                       guint n_threads);
void ekl_place_avoid  (guint n_threads);

G_END_DECLS

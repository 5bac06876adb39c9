/* memory.h - aligned arrays whose failure is an error, not an abort
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void *ekl_memory_new  (gsize        n,
                       gsize        element_size,
                       const char  *what,
                       GError     **error);
void  ekl_memory_free (void        *memory);

G_END_DECLS

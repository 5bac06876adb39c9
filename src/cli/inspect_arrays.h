/* inspect_arrays.h - the command inspect, for what is no text: folders of pictures and .npy files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GKeyFile *ekl_inspect_pictures (GFile       *folder,
                                const char  *name,
                                GError     **error);
GKeyFile *ekl_inspect_array    (const char  *path,
                                GError     **error);

G_END_DECLS

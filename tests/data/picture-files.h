/* picture-files.h - small IDX files, whole or damaged
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GByteArray *picture_files_make_idx (guint         n_dimensions,
                                    const guint  *size,
                                    const guint8 *values);
GBytes     *picture_files_pack     (const guint8 *bytes,
                                    gsize         length);
void        picture_files_write    (const char   *folder,
                                    const char   *name,
                                    GByteArray   *idx,
                                    gboolean      packed);
char       *picture_files_folder   (const char   *name);
void        picture_files_make_set (const char   *folder,
                                    const char   *stem,
                                    guint         n,
                                    gboolean      packed);

G_END_DECLS

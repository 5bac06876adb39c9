/* folder.h - a folder of a test's own, and the files in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *folder_write  (const char *folder,
                     const char *name,
                     const char *text); /* the path of the file that was written */
void  folder_remove (const char *folder); /* with all that is in it */

G_END_DECLS

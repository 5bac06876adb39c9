/* window_settings.h - size and side panel, from one day to the next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* All take NULL settings for a program that is not installed: then nothing is remembered. */
GSettings *ekl_window_settings_new     (void);
gboolean   ekl_window_settings_restore (GSettings  *settings,
                                        GtkWindow  *window); /* whether the side panel is shown */
void       ekl_window_settings_save    (GSettings  *settings,
                                        GtkWindow  *window,
                                        gboolean    side_panel);

G_END_DECLS

/* options_popover.h - a panel's options: they stay open until all is chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *ekl_options_popover_new (GMenuModel *menu, GActionGroup *panel, GActionGroup *window);

G_END_DECLS

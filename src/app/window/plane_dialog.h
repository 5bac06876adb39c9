/* plane_dialog.h - asks for the two parameters that span the plane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "network.h"

#include <adwaita.h>

G_BEGIN_DECLS

void ekl_plane_dialog_show (GtkWindow        *window,
                            const EklNetwork *network,
                            const gsize       parameter[2]);

G_END_DECLS

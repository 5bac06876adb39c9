/* triangle.h - the inverse of a triangle
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void ekl_triangle_invert (guint order, double *matrix);

G_END_DECLS

/* ekl-wrap-layout.h - two groups beside each other, or the second under the first where it is narrow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EKL_TYPE_WRAP_LAYOUT (ekl_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (EklWrapLayout, ekl_wrap_layout, EKL, WRAP_LAYOUT, GtkLayoutManager)

G_END_DECLS

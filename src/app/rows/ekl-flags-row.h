/* ekl-flags-row.h - some of several: check buttons
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-setting-row.h"

G_BEGIN_DECLS

#define EKL_TYPE_FLAGS_ROW (ekl_flags_row_get_type ())
G_DECLARE_FINAL_TYPE (EklFlagsRow, ekl_flags_row, EKL, FLAGS_ROW, EklSettingRow)

G_END_DECLS

/* ekl-switch-row.h - yes or no: a switch
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-setting-row.h"

G_BEGIN_DECLS

#define EKL_TYPE_SWITCH_ROW (ekl_switch_row_get_type ())
G_DECLARE_FINAL_TYPE (EklSwitchRow, ekl_switch_row, EKL, SWITCH_ROW, EklSettingRow)

G_END_DECLS

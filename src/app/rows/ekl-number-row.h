/* ekl-number-row.h - a number: typed entry and, where it has a range for one, a slider
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-setting-row.h"

G_BEGIN_DECLS

#define EKL_TYPE_NUMBER_ROW (ekl_number_row_get_type ())
G_DECLARE_FINAL_TYPE (EklNumberRow, ekl_number_row, EKL, NUMBER_ROW, EklSettingRow)

G_END_DECLS

/* ekl-choice-row.h - one of several: a drop-down
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-setting-row.h"

G_BEGIN_DECLS

#define EKL_TYPE_CHOICE_ROW (ekl_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (EklChoiceRow, ekl_choice_row, EKL, CHOICE_ROW, EklSettingRow)

G_END_DECLS

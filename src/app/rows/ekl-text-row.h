/* ekl-text-row.h - text: an entry that says what is wrong with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-setting-row.h"

G_BEGIN_DECLS

#define EKL_TYPE_TEXT_ROW (ekl_text_row_get_type ())
G_DECLARE_FINAL_TYPE (EklTextRow, ekl_text_row, EKL, TEXT_ROW, EklSettingRow)

G_END_DECLS

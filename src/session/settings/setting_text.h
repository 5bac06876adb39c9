/* setting_text.h - a setting's value to text and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "setting_table.h"

G_BEGIN_DECLS

#define EKL_LAYERS_FORM "hidden widths such as 16,16, or nothing for a linear model"
#define EKL_NUMBERS_FORM "numbers above 0, separated by commas"
#define EKL_START_FORM "particle:K with K from 1, or mean"
#define EKL_MAX_HIDDEN_LAYERS (EKL_MAX_AFFINE_LAYERS - 1)
#define EKL_MAX_LAYER_WIDTH 4096

gboolean  ekl_setting_parse    (const EklSettingSpec *self,
                                const char           *text,
                                GValue               *value,
                                GError              **error);
char     *ekl_setting_format   (const EklSettingSpec *self,
                                const GValue         *value);
char     *ekl_setting_describe (const EklSettingSpec *self);

gboolean  ekl_layers_parse     (const char           *text,
                                guint                *width,
                                guint                *n,
                                GError              **error);
gboolean  ekl_layers_check     (const char           *text,
                                GError              **error);
gboolean  ekl_numbers_parse    (const char           *text,
                                double              **numbers,
                                guint                *n,
                                GError              **error);
gboolean  ekl_numbers_check    (const char           *text,
                                GError              **error);
gboolean  ekl_start_parse      (const char           *text,
                                guint                *particle,
                                GError              **error);
gboolean  ekl_start_check      (const char           *text,
                                GError              **error);

G_END_DECLS

/* ekl-setting-section.h - one group of settings: a few rows, and the rest on request
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-setting-row.h"

G_BEGIN_DECLS

#define EKL_TYPE_SETTING_SECTION (ekl_setting_section_get_type ())
G_DECLARE_FINAL_TYPE (EklSettingSection, ekl_setting_section, EKL, SETTING_SECTION, AdwBin)

/**
 * EklSettingSection: the property "shows-all" is whether the advanced rows are shown, too. A row
 * whose value is not the default is shown always.
 */
GtkWidget *ekl_setting_section_new           (const char        *title);
void       ekl_setting_section_add           (EklSettingSection *self,
                                              EklSettingRow     *row);
void       ekl_setting_section_set_note      (EklSettingSection *self,
                                              const char        *brief,
                                              const char        *whole);
gboolean   ekl_setting_section_get_shows_all (EklSettingSection *self);
void       ekl_setting_section_set_shows_all (EklSettingSection *self,
                                              gboolean           shows_all);

G_END_DECLS

/* ekl-setting-row.h - one setting in the side panel: title, editor, reset, note
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-experiment.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EKL_TYPE_SETTING_ROW (ekl_setting_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (EklSettingRow, ekl_setting_row, EKL, SETTING_ROW, AdwPreferencesRow)

/**
 * EklSettingRow: the base of all rows. A subclass makes the editor of one kind of value.
 *
 * Everything it shows comes from the setting's GParamSpec and EklSettingInfo; the value lives in the experiment only.
 */
struct _EklSettingRowClass {
  AdwPreferencesRowClass parent_class;

  void (*build)      (EklSettingRow *self); /* once, when the setting is known: add the editor */
  void (*show_value) (EklSettingRow *self); /* the experiment's value has changed */
};

EklSettingRow        *ekl_setting_row_new_for        (EklExperiment  *experiment,
                                                      EklExperiment  *defaults,
                                                      const char     *setting);

EklExperiment        *ekl_setting_row_get_experiment (EklSettingRow  *self);
const char           *ekl_setting_row_get_setting    (EklSettingRow  *self);
const EklSettingInfo *ekl_setting_row_get_info       (EklSettingRow  *self);
GParamSpec           *ekl_setting_row_get_pspec      (EklSettingRow  *self);
gboolean              ekl_setting_row_is_changed     (EklSettingRow  *self); /* property "changed" */

/* The note under the editor: action is a detailed action name for its button, or NULL. text NULL hides the note. */
void                  ekl_setting_row_set_note       (EklSettingRow  *self,
                                                      const char     *text,
                                                      const char     *button_label,
                                                      const char     *action);
void                  ekl_setting_row_set_error      (EklSettingRow  *self,
                                                      const char     *text);
gboolean              ekl_setting_row_has_error      (EklSettingRow  *self);

/* For subclasses. */
void                  ekl_setting_row_add_editor     (EklSettingRow  *self,
                                                      GtkWidget      *editor);
void                  ekl_setting_row_add_below      (EklSettingRow  *self,
                                                      GtkWidget      *widget);
gboolean              ekl_setting_row_apply_text     (EklSettingRow  *self,
                                                      const char     *text);
void                  ekl_setting_row_apply_unfocused (EklSettingRow *self,
                                                      GtkEditable    *editable,
                                                      void          (*apply) (EklSettingRow *self));
void                  ekl_setting_row_ignore_scroll  (GtkWidget      *widget);

G_END_DECLS

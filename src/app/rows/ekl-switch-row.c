/* ekl-switch-row.c - yes or no: a switch
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-switch-row.h"

struct _EklSwitchRow {
  EklSettingRow parent_instance;

  GtkSwitch *toggle;
};

G_DEFINE_FINAL_TYPE (EklSwitchRow, ekl_switch_row, EKL_TYPE_SETTING_ROW)

static void
toggled_cb (EklSwitchRow *self)
{
  ekl_setting_row_apply_text (EKL_SETTING_ROW (self),
                              gtk_switch_get_active (self->toggle) ? "yes" : "no");
}

static void
ekl_switch_row_build (EklSettingRow *row)
{
  EklSwitchRow *self = EKL_SWITCH_ROW (row);

  self->toggle = GTK_SWITCH (gtk_switch_new ());
  g_signal_connect_object (self->toggle, "notify::active", G_CALLBACK (toggled_cb), self,
                           G_CONNECT_SWAPPED);
  ekl_setting_row_add_editor (row, GTK_WIDGET (self->toggle));
}

static void
ekl_switch_row_show_value (EklSettingRow *row)
{
  gtk_switch_set_active (EKL_SWITCH_ROW (row)->toggle,
                         ekl_experiment_get_boolean (ekl_setting_row_get_experiment (row),
                                                     ekl_setting_row_get_setting (row)));
}

static void
ekl_switch_row_class_init (EklSwitchRowClass *klass)
{
  EklSettingRowClass *row_class = EKL_SETTING_ROW_CLASS (klass);

  row_class->build = ekl_switch_row_build;
  row_class->show_value = ekl_switch_row_show_value;
}

static void
ekl_switch_row_init (EklSwitchRow *self)
{
}

/* ekl-choice-row.c - one of several: a drop-down
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-choice-row.h"

struct _EklChoiceRow {
  EklSettingRow parent_instance;

  GtkDropDown *drop_down;
};

G_DEFINE_FINAL_TYPE (EklChoiceRow, ekl_choice_row, EKL_TYPE_SETTING_ROW)

static GEnumClass *
get_choices (EklChoiceRow *self)
{
  return G_PARAM_SPEC_ENUM (ekl_setting_row_get_pspec (EKL_SETTING_ROW (self)))->enum_class;
}

static void
selected_cb (EklChoiceRow *self)
{
  const guint selected = gtk_drop_down_get_selected (self->drop_down);

  if (selected < get_choices (self)->n_values)
    ekl_setting_row_apply_text (EKL_SETTING_ROW (self),
                                get_choices (self)->values[selected].value_nick);
}

static void
ekl_choice_row_build (EklSettingRow *row)
{
  EklChoiceRow *self = EKL_CHOICE_ROW (row);
  GEnumClass *choices = get_choices (self);
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < choices->n_values; i++)
    gtk_string_list_append (names, choices->values[i].value_name);
  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  ekl_setting_row_add_editor (row, GTK_WIDGET (self->drop_down));
  /* the button inside is what gets the focus */
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->drop_down))),
    GTK_ACCESSIBLE_PROPERTY_LABEL, g_param_spec_get_nick (ekl_setting_row_get_pspec (row)),
    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, g_param_spec_get_blurb (ekl_setting_row_get_pspec (row)),
    -1);
}

static void
ekl_choice_row_show_value (EklSettingRow *row)
{
  EklChoiceRow *self = EKL_CHOICE_ROW (row);
  GEnumClass *choices = get_choices (self);
  const int value = ekl_experiment_get_enum (ekl_setting_row_get_experiment (row),
                                             ekl_setting_row_get_setting (row));

  for (guint i = 0; i < choices->n_values; i++)
    if (choices->values[i].value == value)
      gtk_drop_down_set_selected (self->drop_down, i);
}

static void
ekl_choice_row_class_init (EklChoiceRowClass *klass)
{
  EklSettingRowClass *row_class = EKL_SETTING_ROW_CLASS (klass);

  row_class->build = ekl_choice_row_build;
  row_class->show_value = ekl_choice_row_show_value;
}

static void
ekl_choice_row_init (EklChoiceRow *self)
{
}

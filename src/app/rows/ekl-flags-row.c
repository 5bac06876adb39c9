/* ekl-flags-row.c - some of several: check buttons
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-flags-row.h"

struct _EklFlagsRow {
  EklSettingRow parent_instance;

  GtkBox *box;
  GPtrArray *buttons; /* of GtkCheckButton, in the class's order */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (EklFlagsRow, ekl_flags_row, EKL_TYPE_SETTING_ROW)

static GFlagsClass *
get_choices (EklFlagsRow *self)
{
  return G_PARAM_SPEC_FLAGS (ekl_setting_row_get_pspec (EKL_SETTING_ROW (self)))->flags_class;
}

static void
toggled_cb (EklFlagsRow *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->showing)
    return;
  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_check_button_get_active (self->buttons->pdata[i]))
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "",
                              get_choices (self)->values[i].value_nick);
  if (!ekl_setting_row_apply_text (EKL_SETTING_ROW (self), text->str))
    EKL_SETTING_ROW_GET_CLASS (self)->show_value (EKL_SETTING_ROW (self));
}

static void
ekl_flags_row_build (EklSettingRow *row)
{
  EklFlagsRow *self = EKL_FLAGS_ROW (row);
  GFlagsClass *choices = get_choices (self);

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  for (guint i = 0; i < choices->n_values; i++) {
    g_autofree char *abbreviation = g_ascii_strup (choices->values[i].value_nick, -1);
    GtkWidget *button = gtk_check_button_new_with_label (abbreviation);

    gtk_widget_set_tooltip_text (button, choices->values[i].value_name);
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    choices->values[i].value_name, -1);
    g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
    gtk_box_append (self->box, button);
    g_ptr_array_add (self->buttons, button);
  }
  ekl_setting_row_add_editor (row, GTK_WIDGET (self->box));
}

static void
ekl_flags_row_show_value (EklSettingRow *row)
{
  EklFlagsRow *self = EKL_FLAGS_ROW (row);
  const guint value = g_value_get_flags (ekl_experiment_get_value (
    ekl_setting_row_get_experiment (row), ekl_setting_row_get_setting (row)));

  self->showing = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_check_button_set_active (self->buttons->pdata[i],
                                 (value & get_choices (self)->values[i].value) != 0);
  self->showing = FALSE;
}

static void
ekl_flags_row_finalize (GObject *object)
{
  g_ptr_array_unref (EKL_FLAGS_ROW (object)->buttons);
  G_OBJECT_CLASS (ekl_flags_row_parent_class)->finalize (object);
}

static void
ekl_flags_row_class_init (EklFlagsRowClass *klass)
{
  EklSettingRowClass *row_class = EKL_SETTING_ROW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ekl_flags_row_finalize;
  row_class->build = ekl_flags_row_build;
  row_class->show_value = ekl_flags_row_show_value;
}

static void
ekl_flags_row_init (EklFlagsRow *self)
{
  self->buttons = g_ptr_array_new ();
}

/* ekl-text-row.c - text: an entry that says what is wrong with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-text-row.h"

#include <glib/gi18n.h>

struct _EklTextRow {
  EklSettingRow parent_instance;

  GtkEntry *entry;
};

G_DEFINE_FINAL_TYPE (EklTextRow, ekl_text_row, EKL_TYPE_SETTING_ROW)

static void
show_error_style (EklTextRow *self)
{
  const gboolean wrong = ekl_setting_row_has_error (EKL_SETTING_ROW (self));

  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

/* A wrong text stays in the entry, to be mended; the experiment keeps its value. */
static void
apply_cb (EklTextRow *self)
{
  ekl_setting_row_apply_text (EKL_SETTING_ROW (self),
                              gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  show_error_style (self);
}

static void
apply_unfocused (EklSettingRow *row)
{
  apply_cb (EKL_TEXT_ROW (row));
}

static gboolean
key_pressed_cb (EklTextRow *self, guint keyval)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  ekl_setting_row_set_error (EKL_SETTING_ROW (self), NULL);
  EKL_SETTING_ROW_GET_CLASS (self)->show_value (EKL_SETTING_ROW (self));
  return GDK_EVENT_STOP;
}

static void
add_controllers (EklTextRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (key, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), key);
}

/* What an empty text stands for. */
static const struct {
  const char *setting, *meaning;
} empty[] = {
  { "layers", N_ ("linear model") },
};

static void
show_meaning (EklTextRow *self)
{
  const char *setting = ekl_setting_row_get_setting (EKL_SETTING_ROW (self));

  for (guint i = 0; i < G_N_ELEMENTS (empty); i++)
    if (g_str_equal (setting, empty[i].setting))
      gtk_entry_set_placeholder_text (self->entry, _ (empty[i].meaning));
}

static void
ekl_text_row_build (EklSettingRow *row)
{
  EklTextRow *self = EKL_TEXT_ROW (row);

  self->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 10);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 12);
  show_meaning (self);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  ekl_setting_row_apply_unfocused (row, GTK_EDITABLE (self->entry), apply_unfocused);
  add_controllers (self);
  ekl_setting_row_add_editor (row, GTK_WIDGET (self->entry));
}

static void
ekl_text_row_show_value (EklSettingRow *row)
{
  EklTextRow *self = EKL_TEXT_ROW (row);
  const char *value = ekl_experiment_get_string (ekl_setting_row_get_experiment (row),
                                                 ekl_setting_row_get_setting (row));

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->entry)), value))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), value);
  show_error_style (self);
}

static void
ekl_text_row_class_init (EklTextRowClass *klass)
{
  EklSettingRowClass *row_class = EKL_SETTING_ROW_CLASS (klass);

  row_class->build = ekl_text_row_build;
  row_class->show_value = ekl_text_row_show_value;
}

static void
ekl_text_row_init (EklTextRow *self)
{
}

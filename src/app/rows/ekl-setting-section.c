/* ekl-setting-section.c - one group of settings: a few rows, and the rest on request
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-setting-section.h"

#include <glib/gi18n.h>

struct _EklSettingSection {
  AdwBin parent_instance;

  GtkLabel *title_label;
  GtkToggleButton *more_button;
  GtkLabel *more_label;
  GtkImage *more_icon;
  GtkLabel *note_label;
  GtkListBox *list;

  GPtrArray *rows;     /* of EklSettingRow, owned by the list */
  char *brief, *whole; /* the note; NULL: none */
  gboolean shows_all;
};

G_DEFINE_FINAL_TYPE (EklSettingSection, ekl_setting_section, ADW_TYPE_BIN)

enum {
  PROP_SHOWS_ALL = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
show_button (EklSettingSection *self, guint n_advanced, guint n_hidden)
{
  const char *title = gtk_label_get_label (self->title_label);
  g_autofree char *text = self->shows_all
                            ? g_strdup (_ ("Less"))
                            : g_strdup_printf (ngettext ("%u more", "%u more", n_hidden), n_hidden);
  g_autofree char *name = g_strdup_printf (_ ("All settings of %s"), title);

  gtk_label_set_label (self->more_label, text);
  gtk_image_set_from_icon_name (self->more_icon,
                                self->shows_all ? "pan-up-symbolic" : "pan-down-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->more_button),
                          self->shows_all ? n_advanced > 0 : n_hidden > 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->more_button), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

/* A changed row never hides, and none goes from under the pointer that has just reset it. */
static gboolean
stays (EklSettingRow *row)
{
  const GtkStateFlags in_use = GTK_STATE_FLAG_PRELIGHT | GTK_STATE_FLAG_FOCUS_WITHIN;

  return ekl_setting_row_is_changed (row) ||
         (gtk_widget_get_visible (GTK_WIDGET (row)) &&
          (gtk_widget_get_state_flags (GTK_WIDGET (row)) & in_use) != 0);
}

static void
show_note (EklSettingSection *self)
{
  const char *note = self->shows_all ? self->whole : self->brief;

  gtk_label_set_label (self->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), note != NULL);
}

static void
show_rows (EklSettingSection *self)
{
  guint n_advanced = 0, n_hidden = 0;

  for (guint i = 0; i < self->rows->len; i++) {
    EklSettingRow *row = self->rows->pdata[i];
    const gboolean advanced = ekl_setting_row_get_info (row)->advanced;
    const gboolean visible = !advanced || self->shows_all || stays (row);

    gtk_widget_set_visible (GTK_WIDGET (row), visible);
    n_advanced += advanced;
    n_hidden += !visible;
  }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n_hidden < self->rows->len);
  show_button (self, n_advanced, n_hidden);
  show_note (self);
}

static void
ekl_setting_section_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SHOWS_ALL)
    g_value_set_boolean (value, EKL_SETTING_SECTION (object)->shows_all);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ekl_setting_section_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SHOWS_ALL)
    ekl_setting_section_set_shows_all (EKL_SETTING_SECTION (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ekl_setting_section_finalize (GObject *object)
{
  EklSettingSection *self = EKL_SETTING_SECTION (object);

  g_ptr_array_unref (self->rows);
  g_free (self->brief);
  g_free (self->whole);
  G_OBJECT_CLASS (ekl_setting_section_parent_class)->finalize (object);
}

static void
ekl_setting_section_class_init (EklSettingSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = ekl_setting_section_finalize;
  object_class->get_property = ekl_setting_section_get_property;
  object_class->set_property = ekl_setting_section_set_property;

  props[PROP_SHOWS_ALL] = g_param_spec_boolean ("shows-all", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ekilab/EkiLab/ekl-setting-section.ui");
  gtk_widget_class_bind_template_child (widget_class, EklSettingSection, title_label);
  gtk_widget_class_bind_template_child (widget_class, EklSettingSection, more_button);
  gtk_widget_class_bind_template_child (widget_class, EklSettingSection, more_label);
  gtk_widget_class_bind_template_child (widget_class, EklSettingSection, more_icon);
  gtk_widget_class_bind_template_child (widget_class, EklSettingSection, note_label);
  gtk_widget_class_bind_template_child (widget_class, EklSettingSection, list);
}

static void
ekl_setting_section_init (EklSettingSection *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ekl_setting_section_new:
 * @title: the group's, for people
 *
 * Returns: (transfer floating): a section with no rows
 */
GtkWidget *
ekl_setting_section_new (const char *title)
{
  EklSettingSection *self = g_object_new (EKL_TYPE_SETTING_SECTION, NULL);

  gtk_label_set_label (self->title_label, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  return GTK_WIDGET (self);
}

/**
 * ekl_setting_section_add:
 * @row: (transfer floating): the next row
 */
void
ekl_setting_section_add (EklSettingSection *self, EklSettingRow *row)
{
  const gboolean hide = ekl_setting_row_get_info (row)->advanced && !self->shows_all;

  gtk_widget_set_visible (GTK_WIDGET (row), !hide);
  gtk_list_box_append (self->list, GTK_WIDGET (row));
  g_ptr_array_add (self->rows, row);
  g_signal_connect_object (row, "notify::changed", G_CALLBACK (show_rows), self, G_CONNECT_SWAPPED);
  show_rows (self);
}

/**
 * ekl_setting_section_set_note:
 * @brief: (nullable): what is said under the title
 * @whole: (nullable): what is said there while all rows are shown
 */
void
ekl_setting_section_set_note (EklSettingSection *self, const char *brief, const char *whole)
{
  g_free (self->brief);
  g_free (self->whole);
  self->brief = g_strdup (brief);
  self->whole = g_strdup (whole);
  show_note (self);
}

/**
 * ekl_setting_section_get_shows_all:
 *
 * Returns: whether the advanced rows are shown, too
 */
gboolean
ekl_setting_section_get_shows_all (EklSettingSection *self)
{
  return self->shows_all;
}

/**
 * ekl_setting_section_set_shows_all:
 *
 * Shows the advanced rows, or hides those of them that stand at their default.
 */
void
ekl_setting_section_set_shows_all (EklSettingSection *self, gboolean shows_all)
{
  if (self->shows_all == shows_all)
    return;
  self->shows_all = shows_all;
  show_rows (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOWS_ALL]);
}

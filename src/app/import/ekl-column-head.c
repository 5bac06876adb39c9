/* ekl-column-head.c - a column's name, with its type and its role to choose
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-column-head.h"

#include <glib/gi18n.h>

struct _EklColumnHead {
  AdwBin parent_instance;

  GtkLabel *name_label;
  GtkDropDown *role_drop_down;
  GtkDropDown *type_drop_down;

  EklColumnRole role;
  EklColumnType type;
  gboolean showing; /* the drop-downs follow, and are not asked */
};

G_DEFINE_FINAL_TYPE (EklColumnHead, ekl_column_head, ADW_TYPE_BIN)

enum {
  ROLE_CHOSEN,
  TYPE_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
role_selected_cb (EklColumnHead *self)
{
  const guint role = gtk_drop_down_get_selected (self->role_drop_down);

  if (!self->showing && role != self->role)
    g_signal_emit (self, signals[ROLE_CHOSEN], 0, role);
}

static void
type_selected_cb (EklColumnHead *self)
{
  const guint type = gtk_drop_down_get_selected (self->type_drop_down);

  if (!self->showing && type != self->type && type <= EKL_COLUMN_CATEGORY)
    g_signal_emit (self, signals[TYPE_CHOSEN], 0, type);
}

static void
ekl_column_head_class_init (EklColumnHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[ROLE_CHOSEN] = g_signal_new ("role-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[TYPE_CHOSEN] = g_signal_new ("type-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ekilab/EkiLab/ekl-column-head.ui");
  gtk_widget_class_bind_template_child (widget_class, EklColumnHead, name_label);
  gtk_widget_class_bind_template_child (widget_class, EklColumnHead, role_drop_down);
  gtk_widget_class_bind_template_child (widget_class, EklColumnHead, type_drop_down);
  gtk_widget_class_bind_template_callback (widget_class, role_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, type_selected_cb);
}

static void
ekl_column_head_init (EklColumnHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ekl_column_head_new:
 *
 * Returns: (transfer floating): a head of no column yet
 */
GtkWidget *
ekl_column_head_new (void)
{
  return g_object_new (EKL_TYPE_COLUMN_HEAD, NULL);
}

static void
name_drop_down (GtkDropDown *drop_down, const char *name)
{
  /* the button inside is what gets the focus */
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (drop_down))),
    GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean has)
{
  if (has)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/**
 * ekl_column_head_show:
 * @name: the column's
 * @remark: (nullable): what else there is to say, for the tooltip
 *
 * Shows a column as it is.
 */
void
ekl_column_head_show (
  EklColumnHead *self, const char *name, EklColumnType type, EklColumnRole role, const char *remark)
{
  g_autofree char *tooltip =
    remark != NULL ? g_strdup_printf ("%s\n%s", name, remark) : g_strdup (name);
  g_autofree char *role_name = g_strdup_printf (_ ("Role of %s"), name);
  g_autofree char *type_name = g_strdup_printf (_ ("Type of %s"), name);

  self->showing = TRUE;
  self->role = role;
  self->type = type;
  gtk_label_set_label (self->name_label, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), tooltip);
  gtk_drop_down_set_selected (self->role_drop_down, role);
  gtk_drop_down_set_selected (self->type_drop_down,
                              type <= EKL_COLUMN_CATEGORY ? type : GTK_INVALID_LIST_POSITION);
  gtk_widget_set_sensitive (GTK_WIDGET (self->type_drop_down), type != EKL_COLUMN_EMPTY);
  name_drop_down (self->role_drop_down, role_name);
  name_drop_down (self->type_drop_down, type_name);
  set_class (GTK_WIDGET (self), "target", role == EKL_ROLE_TARGET);
  set_class (GTK_WIDGET (self), "ignored", role == EKL_ROLE_IGNORED);
  self->showing = FALSE;
}

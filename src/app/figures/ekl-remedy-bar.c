/* ekl-remedy-bar.c - what could be done for an ensemble that is in trouble, as buttons
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-remedy-bar.h"

#include <glib/gi18n.h>

struct _EklRemedyBar {
  GtkWidget parent_instance;

  GtkFlowBox *box;
  char *shown; /* what the buttons do, to make them anew only where that changes */
};

G_DEFINE_FINAL_TYPE (EklRemedyBar, ekl_remedy_bar, GTK_TYPE_WIDGET)

static void
ekl_remedy_bar_dispose (GObject *object)
{
  EklRemedyBar *self = EKL_REMEDY_BAR (object);

  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (ekl_remedy_bar_parent_class)->dispose (object);
}

static void
ekl_remedy_bar_class_init (EklRemedyBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ekl_remedy_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "remedies");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ekl_remedy_bar_init (EklRemedyBar *self)
{
  self->box = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (self->box, EKL_MAX_REMEDIES);
  gtk_flow_box_set_column_spacing (self->box, 4);
  gtk_flow_box_set_row_spacing (self->box, 2);
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remedies"), -1);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
add_button (EklRemedyBar *self, const EklRemedy *remedy)
{
  GtkWidget *button = gtk_button_new_with_label (remedy->label);
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.remedy");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", remedy->setting,
                                    remedy->value);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_append (self->box, child);
}

static char *
summarise (const EklAdvice *advice)
{
  GString *text = g_string_new (NULL);

  for (guint k = 0; advice != NULL && k < advice->n_remedies; k++)
    g_string_append_printf (text, "%s=%s ", advice->remedy[k].setting, advice->remedy[k].value);
  return g_string_free (text, FALSE);
}

/**
 * ekl_remedy_bar_set_advice:
 * @advice: (nullable): what to offer
 *
 * The buttons change only where their remedies do.
 */
void
ekl_remedy_bar_set_advice (EklRemedyBar *self, const EklAdvice *advice)
{
  g_autofree char *summary = summarise (advice);
  GtkWidget *child;

  if (g_strcmp0 (summary, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&summary);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_flow_box_remove (self->box, child);
  for (guint k = 0; advice != NULL && k < advice->n_remedies; k++)
    add_button (self, &advice->remedy[k]);
  gtk_widget_set_visible (GTK_WIDGET (self), advice != NULL && advice->n_remedies > 0);
}

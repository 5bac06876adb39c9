/* ekl-side-panel.c - all settings that have a row, by group
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-side-panel.h"

#include <glib/gi18n.h>

struct _EklSidePanel {
  AdwBin parent_instance;

  AdwPreferencesGroup *list;
  EklWorkbench *workbench; /* not owned: the window's */
  GPtrArray *rows;         /* of EklSettingRow, owned by the list */
};

G_DEFINE_FINAL_TYPE (EklSidePanel, ekl_side_panel, ADW_TYPE_BIN)

static void
waiting_changed_cb (EklSidePanel *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    EklSettingRow *row = self->rows->pdata[i];

    if (ekl_workbench_is_waiting (self->workbench, ekl_setting_row_get_setting (row)))
      ekl_setting_row_set_note (row, _ ("Takes effect at reset"), _ ("Reset now"), "win.reset");
    else
      ekl_setting_row_set_note (row, NULL, NULL, NULL);
  }
}

static void
add_row (EklSidePanel *self, AdwExpanderRow *group, const EklSettingInfo *info)
{
  EklSettingRow *row =
    ekl_setting_row_new_for (ekl_workbench_get_experiment (self->workbench),
                             ekl_workbench_get_defaults (self->workbench), info->name);

  adw_expander_row_add_row (group, GTK_WIDGET (row));
  g_ptr_array_add (self->rows, row);
}

/* What a lecture turns at while it runs is in sight; what it chooses beforehand is a click away. */
static gboolean
is_played_with (EklSettingGroup group)
{
  return group == EKL_SETTING_GROUP_DESCENT || group == EKL_SETTING_GROUP_ENSEMBLE ||
         group == EKL_SETTING_GROUP_PRIOR;
}

static void
add_group (EklSidePanel *self, EklSettingGroup group)
{
  guint n;
  const EklSettingInfo *infos = ekl_experiment_list_settings (&n);
  AdwExpanderRow *expander = NULL;

  for (guint i = 0; i < n; i++) {
    if (infos[i].group != group || !infos[i].in_panel)
      continue;
    if (expander == NULL) {
      expander =
        g_object_new (ADW_TYPE_EXPANDER_ROW, "title", ekl_setting_group_get_title (group), NULL);
      gtk_widget_add_css_class (GTK_WIDGET (expander), "setting-group");
      adw_expander_row_set_expanded (expander, is_played_with (group));
      adw_preferences_group_add (self->list, GTK_WIDGET (expander));
    }
    add_row (self, expander, &infos[i]);
  }
}

static void
ekl_side_panel_finalize (GObject *object)
{
  g_ptr_array_unref (EKL_SIDE_PANEL (object)->rows);
  G_OBJECT_CLASS (ekl_side_panel_parent_class)->finalize (object);
}

static void
ekl_side_panel_class_init (EklSidePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ekl_side_panel_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ekilab/EkiLab/ekl-side-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, EklSidePanel, list);
}

static void
ekl_side_panel_init (EklSidePanel *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ekl_side_panel_new:
 *
 * Returns: (transfer floating): a panel with no rows yet
 */
GtkWidget *
ekl_side_panel_new (void)
{
  return g_object_new (EKL_TYPE_SIDE_PANEL, NULL);
}

/**
 * ekl_side_panel_set_workbench:
 * @workbench: must outlive the panel's use
 *
 * Makes the rows; called once.
 */
void
ekl_side_panel_set_workbench (EklSidePanel *self, EklWorkbench *workbench)
{
  g_return_if_fail (self->workbench == NULL);

  self->workbench = workbench;
  for (guint group = 0; group < EKL_SETTING_N_GROUPS; group++)
    add_group (self, group);
  g_signal_connect_object (workbench, "waiting-changed", G_CALLBACK (waiting_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * ekl_side_panel_find_row:
 *
 * Returns: (transfer none) (nullable): the row of that setting
 */
EklSettingRow *
ekl_side_panel_find_row (EklSidePanel *self, const char *setting)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (ekl_setting_row_get_setting (self->rows->pdata[i]), setting))
      return self->rows->pdata[i];
  return NULL;
}

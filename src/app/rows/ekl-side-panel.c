/* ekl-side-panel.c - all settings that have a row, by group
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-side-panel.h"

#include "ekl-setting-section.h"
#include "number_format.h"

#include <glib/gi18n.h>

struct _EklSidePanel {
  AdwBin parent_instance;

  GtkScrolledWindow *scroller;
  GtkBox *list;
  EklSettingSection *section[EKL_SETTING_N_GROUPS];
  EklWorkbench *workbench; /* not owned: the window's */
  GPtrArray *rows;         /* of EklSettingRow, owned by their sections */
  GSettings *settings;     /* NULL: nothing is remembered */
};

G_DEFINE_FINAL_TYPE (EklSidePanel, ekl_side_panel, ADW_TYPE_BIN)

enum {
  PROP_SHOWS_ALL = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

#define SECTIONS_KEY    "sections-in-full"
#define WIDTH           312
#define DEFAULT_DPI     96.0
#define MAX_TEXT_FACTOR 1.3

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
add_row (EklSidePanel *self, EklSettingSection *section, const EklSettingInfo *info)
{
  EklSettingRow *row =
    ekl_setting_row_new_for (ekl_workbench_get_experiment (self->workbench),
                             ekl_workbench_get_defaults (self->workbench), info->name);

  ekl_setting_section_add (section, row);
  g_ptr_array_add (self->rows, row);
}

static gboolean
get_shows_all (EklSidePanel *self)
{
  for (guint group = 0; group < EKL_SETTING_N_GROUPS; group++)
    if (self->section[group] == NULL || !ekl_setting_section_get_shows_all (self->section[group]))
      return FALSE;
  return TRUE;
}

static void
set_shows_all (EklSidePanel *self, gboolean shows_all)
{
  for (guint group = 0; group < EKL_SETTING_N_GROUPS; group++)
    if (self->section[group] != NULL)
      ekl_setting_section_set_shows_all (self->section[group], shows_all);
}

static void
shows_all_changed_cb (EklSidePanel *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOWS_ALL]);
}

static void
add_section (EklSidePanel *self, EklSettingGroup group)
{
  guint n;
  const EklSettingInfo *infos = ekl_experiment_list_settings (&n);
  GtkWidget *section = ekl_setting_section_new (ekl_setting_group_get_title (group));

  self->section[group] = EKL_SETTING_SECTION (section);
  gtk_box_append (self->list, section);
  g_signal_connect_object (section, "notify::shows-all", G_CALLBACK (shows_all_changed_cb), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < n; i++)
    if (infos[i].group == group && infos[i].in_panel)
      add_row (self, EKL_SETTING_SECTION (section), &infos[i]);
}

/* What became of the data stands above their settings; what is to be known of a column is always said. */
static void
run_started_cb (EklSidePanel *self)
{
  EklDataset *dataset = ekl_workbench_get_dataset (self->workbench);
  const EklDatasetSummary *summary = ekl_dataset_get_summary (dataset);
  g_autofree char *counts = ekl_dataset_summary_format (summary);
  g_autofree char *line = ekl_group_counts (counts);
  g_autofree char *notes = g_strjoinv ("\n", summary->window_notes);
  g_autofree char *whole = g_strjoin (*notes != '\0' ? "\n" : "", line, notes, NULL);
  g_autofree char *brief =
    summary->has_remark ? g_strjoin ("\n", line, summary->window_notes[0], NULL) : g_strdup (line);

  ekl_setting_section_set_note (self->section[EKL_SETTING_GROUP_DATA], brief, whole);
}

/* ---- which sections show all of theirs, from one day to the next ---- */

static void
restore_sections (EklSidePanel *self)
{
  g_auto (GStrv) names = g_settings_get_strv (self->settings, SECTIONS_KEY);

  for (guint group = 0; group < EKL_SETTING_N_GROUPS; group++)
    ekl_setting_section_set_shows_all (
      self->section[group],
      g_strv_contains ((const char *const *) names, ekl_setting_group_get_name (group)));
}

static void
remember_sections (EklSidePanel *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint group = 0; group < EKL_SETTING_N_GROUPS; group++)
    if (ekl_setting_section_get_shows_all (self->section[group]))
      g_strv_builder_add (names, ekl_setting_group_get_name (group));
  all = g_strv_builder_end (names);
  g_settings_set_strv (self->settings, SECTIONS_KEY, (const char *const *) all);
}

static void
ekl_side_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SHOWS_ALL)
    g_value_set_boolean (value, get_shows_all (EKL_SIDE_PANEL (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ekl_side_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SHOWS_ALL)
    set_shows_all (EKL_SIDE_PANEL (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ekl_side_panel_dispose (GObject *object)
{
  g_clear_object (&EKL_SIDE_PANEL (object)->settings);
  G_OBJECT_CLASS (ekl_side_panel_parent_class)->dispose (object);
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
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ekl_side_panel_dispose;
  object_class->finalize = ekl_side_panel_finalize;
  object_class->get_property = ekl_side_panel_get_property;
  object_class->set_property = ekl_side_panel_set_property;

  props[PROP_SHOWS_ALL] =
    g_param_spec_boolean ("shows-all", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ekilab/EkiLab/ekl-side-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, EklSidePanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, EklSidePanel, list);
}

/* Twice as large text takes a wider panel, though not one twice as wide: the rows fold. */
static void
follow_text_size (EklSidePanel *self, GParamSpec *pspec, GtkSettings *settings)
{
  int dpi;
  double factor;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  factor = CLAMP (dpi / (DEFAULT_DPI * PANGO_SCALE), 1, MAX_TEXT_FACTOR);
  gtk_widget_set_size_request (GTK_WIDGET (self->scroller), (int) (WIDTH * factor), -1);
}

static void
ekl_side_panel_init (EklSidePanel *self)
{
  GtkSettings *settings = gtk_settings_get_default ();

  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (settings, "notify::gtk-xft-dpi", G_CALLBACK (follow_text_size), self,
                           G_CONNECT_SWAPPED);
  follow_text_size (self, NULL, settings);
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
    add_section (self, group);
  g_signal_connect_object (workbench, "run-started", G_CALLBACK (run_started_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workbench, "waiting-changed", G_CALLBACK (waiting_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * ekl_side_panel_remember:
 * @settings: (nullable): where to keep which sections show all their rows; %NULL for nowhere
 *
 * Shows as many rows as the last time; after ekl_side_panel_set_workbench().
 */
void
ekl_side_panel_remember (EklSidePanel *self, GSettings *settings)
{
  if (settings == NULL)
    return;
  g_set_object (&self->settings, settings);
  restore_sections (self);
  for (guint group = 0; group < EKL_SETTING_N_GROUPS; group++)
    g_signal_connect_object (self->section[group], "notify::shows-all",
                             G_CALLBACK (remember_sections), self, G_CONNECT_SWAPPED);
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

/* test-widgets.c - every widget: made, shown, changed, gone without a trace
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ekl-application.h"
#include "ekl-plot-panel.h"
#include "ekl-run-bar.h"
#include "ekl-setting-row.h"
#include "ekl-setting-section.h"
#include "ekl-side-panel.h"
#include "ekl-window.h"
#include "waiting.h"
#include "window_settings.h"

static EklApplication *application;

/* The first descendant of that type. */
static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/* Shows the widget in a window of its own, closes that, and takes the last reference. */
static void
show_and_drop (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();
  gpointer weak_widget = widget, weak_window = window;

  g_object_add_weak_pointer (G_OBJECT (widget), &weak_widget);
  g_object_add_weak_pointer (G_OBJECT (window), &weak_window);
  if (GTK_IS_LIST_BOX_ROW (widget)) {
    GtkWidget *list = gtk_list_box_new ();

    gtk_list_box_append (GTK_LIST_BOX (list), widget);
    gtk_window_set_child (GTK_WINDOW (window), list);
  } else {
    gtk_window_set_child (GTK_WINDOW (window), widget);
  }
  gtk_window_present (GTK_WINDOW (window));
  wait_until (gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 0);
  wait_ms (50);
  gtk_window_destroy (GTK_WINDOW (window));
  wait_until (weak_window == NULL);
  g_assert_null (weak_widget);
}

static void
test_rows (void)
{
  guint n;
  const EklSettingInfo *infos = ekl_experiment_list_settings (&n);

  for (guint i = 0; i < n; i++) {
    EklExperiment *experiment = ekl_experiment_new ();
    g_autoptr (EklExperiment) defaults = ekl_experiment_new ();
    EklSettingRow *row = ekl_setting_row_new_for (experiment, defaults, infos[i].name);

    g_assert_cmpstr (ekl_setting_row_get_setting (row), ==, infos[i].name);
    g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==,
                     g_param_spec_get_nick (ekl_experiment_get_pspec (infos[i].name)));
    ekl_setting_row_set_note (row, "<a note>", "Press", "win.nothing");
    show_and_drop (GTK_WIDGET (row));
    /* the row's reference is gone, too */
    g_object_add_weak_pointer (G_OBJECT (experiment), (gpointer *) &experiment);
    g_object_unref (experiment);
    g_assert_null (experiment);
  }
}

static void
test_plots (void)
{
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++) {
    show_and_drop (ekl_plot_view_new (kind));
    show_and_drop (ekl_plot_panel_new (kind));
  }
}

static void
test_parts (void)
{
  show_and_drop (ekl_side_panel_new ());
  show_and_drop (ekl_run_bar_new ());
}

static guint
count_visible_rows (EklSidePanel *panel)
{
  guint n, n_visible = 0;
  const EklSettingInfo *infos = ekl_experiment_list_settings (&n);

  for (guint i = 0; i < n; i++)
    if (infos[i].in_panel)
      n_visible +=
        gtk_widget_is_visible (GTK_WIDGET (ekl_side_panel_find_row (panel, infos[i].name)));
  return n_visible;
}

/* A beginner sees five; what is changed never hides. */
static void
test_side_panel (void)
{
  g_autoptr (EklWorkbench) workbench = ekl_workbench_new ();
  g_autoptr (GSettings) settings = ekl_window_settings_new ();
  EklExperiment *experiment = ekl_workbench_get_experiment (workbench);
  EklSidePanel *panel = EKL_SIDE_PANEL (g_object_ref_sink (ekl_side_panel_new ()));
  GtkWidget *momentum;
  gboolean shows_all;

  g_assert_nonnull (settings);
  ekl_side_panel_set_workbench (panel, workbench);
  ekl_side_panel_remember (panel, settings);
  g_assert_cmpuint (count_visible_rows (panel), ==, 5);
  momentum = GTK_WIDGET (ekl_side_panel_find_row (panel, "momentum-eki"));
  g_assert_false (gtk_widget_get_visible (momentum));
  ekl_experiment_set_text (experiment, "momentum-eki", "nesterov", NULL);
  g_assert_true (gtk_widget_get_visible (momentum));

  g_object_set (panel, "shows-all", TRUE, NULL);
  g_assert_cmpuint (count_visible_rows (panel), >, 30);
  g_object_set (panel, "shows-all", FALSE, NULL);
  g_assert_cmpuint (count_visible_rows (panel), ==, 6);
  ekl_experiment_reset_setting (experiment, "momentum-eki");
  g_assert_cmpuint (count_visible_rows (panel), ==, 5);

  /* by its button, and until the next day */
  g_signal_emit_by_name (
    find (gtk_widget_get_ancestor (momentum, EKL_TYPE_SETTING_SECTION), GTK_TYPE_TOGGLE_BUTTON),
    "clicked");
  g_assert_cmpuint (count_visible_rows (panel), >, 10);
  g_object_get (panel, "shows-all", &shows_all, NULL);
  g_assert_false (shows_all);
  g_assert_finalize_object (panel);
  panel = EKL_SIDE_PANEL (g_object_ref_sink (ekl_side_panel_new ()));
  ekl_side_panel_set_workbench (panel, workbench);
  ekl_side_panel_remember (panel, settings);
  g_assert_cmpuint (count_visible_rows (panel), >, 10);
  g_assert_true (
    gtk_widget_get_visible (GTK_WIDGET (ekl_side_panel_find_row (panel, "momentum-eki"))));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (ekl_side_panel_find_row (panel, "seed"))));
  g_assert_finalize_object (panel);
  g_settings_reset (settings, "sections-in-full");
}

static const char *
find_note (EklSidePanel *panel)
{
  GtkWidget *row = GTK_WIDGET (ekl_side_panel_find_row (panel, "target"));
  GtkWidget *section = gtk_widget_get_ancestor (row, EKL_TYPE_SETTING_SECTION);
  GtkWidget *label =
    GTK_WIDGET (gtk_widget_get_template_child (section, EKL_TYPE_SETTING_SECTION, "note_label"));

  return gtk_widget_get_visible (label) ? gtk_label_get_label (GTK_LABEL (label)) : NULL;
}

/* Above the settings of the data: what they are, and what is to be known of a column. */
static void
test_data_note (void)
{
  g_autoptr (EklWorkbench) workbench = ekl_workbench_new ();
  EklSidePanel *panel = EKL_SIDE_PANEL (g_object_ref_sink (ekl_side_panel_new ()));

  ekl_side_panel_set_workbench (panel, workbench);
  g_assert_null (find_note (panel));
  ekl_workbench_open (workbench, "example:boston");
  wait_until (find_note (panel) != NULL);
  g_assert_true (g_str_has_prefix (find_note (panel), "404 training rows, 102 validation, 13 "
                                                      "features\nColumn \"black\" encodes race"));
  ekl_workbench_open (workbench, "example:pima");
  wait_until (g_str_has_suffix (find_note (panel), "376 rows dropped: missing"));
  g_object_set (panel, "shows-all", TRUE, NULL);
  g_assert_true (g_str_has_suffix (find_note (panel), "is 2 classes: neg, pos."));
  ekl_workbench_close (workbench);
  g_assert_finalize_object (panel);
}

static void
test_window (void)
{
  GtkWidget *window = ekl_window_new (ADW_APPLICATION (application));
  EklWorkbench *workbench = ekl_window_get_workbench (EKL_WINDOW (window));

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  g_object_add_weak_pointer (G_OBJECT (workbench), (gpointer *) &workbench);
  gtk_window_present (GTK_WINDOW (window));
  wait_until (gtk_widget_get_mapped (window));
  wait_ms (100);
  gtk_window_close (GTK_WINDOW (window));
  wait_until (window == NULL);
  wait_until (workbench == NULL);
}

/* ---- how the rows behave ---- */

typedef struct {
  EklExperiment *experiment, *defaults;
  EklSettingRow *row;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer setting)
{
  fixture->experiment = ekl_experiment_new ();
  fixture->defaults = ekl_experiment_new ();
  fixture->row =
    g_object_ref_sink (ekl_setting_row_new_for (fixture->experiment, fixture->defaults, setting));
}

static void
tear_down (Fixture *fixture, gconstpointer setting)
{
  g_assert_finalize_object (fixture->row);
  g_assert_finalize_object (fixture->experiment);
  g_assert_finalize_object (fixture->defaults);
}

static const char *
get_said (Fixture *fixture)
{
  return gtk_label_get_label (GTK_LABEL (
    gtk_widget_get_template_child (GTK_WIDGET (fixture->row), EKL_TYPE_SETTING_ROW, "note_label")));
}

static void
test_number (Fixture *fixture, gconstpointer setting)
{
  GtkSpinButton *spin = GTK_SPIN_BUTTON (find (GTK_WIDGET (fixture->row), GTK_TYPE_SPIN_BUTTON));
  GtkRange *scale = GTK_RANGE (find (GTK_WIDGET (fixture->row), GTK_TYPE_SCALE));

  /* shown from the start, and not made explicit by that */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "0.05");
  g_assert_cmpfloat_with_epsilon (gtk_range_get_value (scale), -1.30103, 1e-4);
  g_assert_false (ekl_experiment_is_explicit (fixture->experiment, setting));

  /* the slider is logarithmic, and rounds */
  gtk_range_set_value (scale, -2.0005);
  g_assert_cmpfloat (ekl_experiment_get_double (fixture->experiment, setting), ==, 0.00999);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "0.00999");

  /* what is typed is not limited to the slider's range, nor rounded */
  gtk_editable_set_text (GTK_EDITABLE (spin), "123.4567890123");
  gtk_spin_button_update (spin);
  g_assert_cmpfloat (ekl_experiment_get_double (fixture->experiment, setting), ==, 123.4567890123);
  g_assert_cmpfloat (gtk_range_get_value (scale), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (spin), "1e-12");
  gtk_spin_button_update (spin);
  g_assert_cmpfloat (ekl_experiment_get_double (fixture->experiment, setting), ==, 1e-12);

  /* what is not allowed changes nothing and is said */
  gtk_editable_set_text (GTK_EDITABLE (spin), "-1");
  gtk_spin_button_update (spin);
  g_assert_cmpfloat (ekl_experiment_get_double (fixture->experiment, setting), ==, 1e-12);
  g_assert_true (ekl_setting_row_has_error (fixture->row));
  gtk_editable_set_text (GTK_EDITABLE (spin), "half");
  gtk_spin_button_update (spin);
  g_assert_true (ekl_setting_row_has_error (fixture->row));
  g_assert_true (g_str_has_prefix (get_said (fixture), "Learning rate h must be a number from 0"));
  gtk_editable_set_text (GTK_EDITABLE (spin), "0.5");
  gtk_spin_button_update (spin);
  g_assert_false (ekl_setting_row_has_error (fixture->row));

  /* from outside */
  g_object_set (fixture->experiment, setting, 0.25, NULL);
  g_assert_cmpfloat (gtk_spin_button_get_value (spin), ==, 0.25);
  gtk_spin_button_spin (spin, GTK_SPIN_STEP_FORWARD, 0);
  g_assert_cmpfloat_with_epsilon (ekl_experiment_get_double (fixture->experiment, setting), 0.3,
                                  1e-12);
}

static void
test_whole (Fixture *fixture, gconstpointer setting)
{
  GtkSpinButton *spin = GTK_SPIN_BUTTON (find (GTK_WIDGET (fixture->row), GTK_TYPE_SPIN_BUTTON));
  GtkRange *scale = GTK_RANGE (find (GTK_WIDGET (fixture->row), GTK_TYPE_SCALE));

  gtk_range_set_value (scale, 2);
  g_assert_cmpuint (ekl_experiment_get_uint (fixture->experiment, setting), ==, 100);
  gtk_editable_set_text (GTK_EDITABLE (spin), "0");
  gtk_spin_button_update (spin);
  g_assert_true (ekl_setting_row_has_error (fixture->row));
  g_assert_cmpuint (ekl_experiment_get_uint (fixture->experiment, setting), ==, 100);
  gtk_editable_set_text (GTK_EDITABLE (spin), "2.5");
  gtk_spin_button_update (spin);
  g_assert_true (ekl_setting_row_has_error (fixture->row));
  gtk_editable_set_text (GTK_EDITABLE (spin), "64");
  gtk_spin_button_update (spin);
  g_assert_cmpuint (ekl_experiment_get_uint (fixture->experiment, setting), ==, 64);
}

static void
test_reset (Fixture *fixture, gconstpointer setting)
{
  GtkWidget *button = find (GTK_WIDGET (fixture->row), GTK_TYPE_BUTTON);

  g_assert_false (gtk_widget_get_sensitive (button));
  g_object_set (fixture->experiment, setting, 99, NULL);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (ekl_experiment_get_uint (fixture->experiment, setting), ==, 50);
  g_assert_false (ekl_experiment_is_explicit (fixture->experiment, setting));
  g_assert_false (gtk_widget_get_sensitive (button));
  /* another problem may come with another default */
  g_object_set (fixture->defaults, setting, 30, NULL);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (ekl_experiment_get_uint (fixture->experiment, setting), ==, 30);
}

/* What the data suggest is shown, is nobody's choice by that, and is what the arrow goes back to. */
static void
test_suggested (Fixture *fixture, gconstpointer setting)
{
  GtkWidget *button = find (GTK_WIDGET (fixture->row), GTK_TYPE_BUTTON);
  GtkDropDown *drop_down = GTK_DROP_DOWN (find (GTK_WIDGET (fixture->row), GTK_TYPE_DROP_DOWN));

  ekl_experiment_adapt (fixture->experiment, EKL_TASK_CLASSIFICATION, EKL_STEP_RULE_FIXED);
  ekl_experiment_adapt (fixture->defaults, EKL_TASK_CLASSIFICATION, EKL_STEP_RULE_FIXED);
  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, EKL_LOSS_CROSS_ENTROPY);
  g_assert_false (gtk_widget_get_sensitive (button));
  g_assert_false (ekl_experiment_is_explicit (fixture->experiment, setting));

  gtk_drop_down_set_selected (drop_down, EKL_LOSS_SQUARED);
  g_assert_true (ekl_experiment_is_explicit (fixture->experiment, setting));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, EKL_LOSS_CROSS_ENTROPY);
  g_assert_false (ekl_experiment_is_explicit (fixture->experiment, setting));

  ekl_experiment_adapt (fixture->experiment, EKL_TASK_REGRESSION, EKL_STEP_RULE_FIXED);
  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, EKL_LOSS_SQUARED);
}

static void
test_choice (Fixture *fixture, gconstpointer setting)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (find (GTK_WIDGET (fixture->row), GTK_TYPE_DROP_DOWN));

  gtk_drop_down_set_selected (drop_down, EKL_ACTIVATION_STEP);
  g_assert_cmpint (ekl_experiment_get_enum (fixture->experiment, setting), ==, EKL_ACTIVATION_STEP);
  g_object_set (fixture->experiment, setting, EKL_ACTIVATION_RELU, NULL);
  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, EKL_ACTIVATION_RELU);
}

static void
test_switch (Fixture *fixture, gconstpointer setting)
{
  GtkSwitch *toggle = GTK_SWITCH (find (GTK_WIDGET (fixture->row), GTK_TYPE_SWITCH));

  gtk_switch_set_active (toggle, TRUE);
  g_assert_true (ekl_experiment_get_boolean (fixture->experiment, setting));
  g_object_set (fixture->experiment, setting, FALSE, NULL);
  g_assert_false (gtk_switch_get_active (toggle));
}

static void
test_flags (Fixture *fixture, gconstpointer setting)
{
  GtkWidget *first = find (GTK_WIDGET (fixture->row), GTK_TYPE_CHECK_BUTTON);
  GtkCheckButton *eki = GTK_CHECK_BUTTON (first);
  GtkCheckButton *gd = GTK_CHECK_BUTTON (gtk_widget_get_next_sibling (first));

  gtk_check_button_set_active (gd, FALSE);
  g_assert_true (ekl_experiment_has_method (fixture->experiment, EKL_METHOD_EKI));
  g_assert_false (ekl_experiment_has_method (fixture->experiment, EKL_METHOD_GD));
  /* not both off */
  gtk_check_button_set_active (eki, FALSE);
  g_assert_true (ekl_experiment_has_method (fixture->experiment, EKL_METHOD_EKI));
  g_assert_true (gtk_check_button_get_active (eki));
  g_assert_true (ekl_setting_row_has_error (fixture->row));
}

static void
test_text (Fixture *fixture, gconstpointer setting)
{
  GtkWidget *entry = find (GTK_WIDGET (fixture->row), GTK_TYPE_ENTRY);

  g_assert_cmpstr (gtk_entry_get_placeholder_text (GTK_ENTRY (entry)), ==, "linear model");
  gtk_editable_set_text (GTK_EDITABLE (entry), "16,,x");
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (ekl_setting_row_has_error (fixture->row));
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpstr (ekl_experiment_get_string (fixture->experiment, setting), ==, "16");
  /* it stays, to be mended */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "16,,x");
  gtk_editable_set_text (GTK_EDITABLE (entry), "16,8");
  g_signal_emit_by_name (entry, "activate");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpstr (ekl_experiment_get_string (fixture->experiment, setting), ==, "16,8");
  g_object_set (fixture->experiment, setting, "4", NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "4");
  wait_ms (20);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *name, *setting;
    void (*test) (Fixture *, gconstpointer);
  } rows[] = {
    { "number", "learning-rate", test_number }, { "whole", "ensemble-size", test_whole },
    { "reset", "ensemble-size", test_reset },   { "suggested", "loss", test_suggested },
    { "choice", "activation", test_choice },    { "switch", "perturb-observations", test_switch },
    { "flags", "methods", test_flags },         { "text", "layers", test_text },
  };
  int result;

  g_test_init (&argc, &argv, NULL);
  application = ekl_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

  g_test_add_func ("/widgets/rows", test_rows);
  g_test_add_func ("/widgets/plots", test_plots);
  g_test_add_func ("/widgets/parts", test_parts);
  g_test_add_func ("/widgets/side-panel", test_side_panel);
  g_test_add_func ("/widgets/data-note", test_data_note);
  g_test_add_func ("/widgets/window", test_window);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/widgets/row/", rows[i].name, NULL);

    g_test_add (path, Fixture, rows[i].setting, set_up, rows[i].test, tear_down);
  }
  result = g_test_run ();
  g_object_unref (application);
  return result;
}

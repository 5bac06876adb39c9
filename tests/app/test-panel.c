/* test-panel.c - a panel's options: they act, they are asked for, they are remembered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ekl-application.h"
#include "ekl-panel-layout.h"
#include "ekl-plot-panel.h"
#include "waiting.h"

static const char *const outputs[] = { "shoe", "snake_case", NULL };

static void
count_cb (guint *n)
{
  (*n)++;
}

static EklPlotPanel *
new_panel (EklFigureKind kind, guint *n_requests)
{
  EklPlotPanel *panel = EKL_PLOT_PANEL (g_object_ref_sink (ekl_plot_panel_new (kind)));

  *n_requests = 0;
  g_signal_connect_swapped (panel, "predictions-requested", G_CALLBACK (count_cb), n_requests);
  return panel;
}

static void
change (EklPlotPanel *panel, const char *action, GVariant *state)
{
  g_assert_true (
    gtk_widget_activate_action_variant (GTK_WIDGET (panel), action, g_variant_ref_sink (state)));
  g_variant_unref (state);
}

static void
test_views (void)
{
  guint n;
  g_autoptr (EklPlotPanel) panel = new_panel (EKL_FIGURE_PREDICTIONS, &n);

  change (panel, "panel.view", g_variant_new_string ("confusion"));
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (ekl_plot_panel_get_request (panel)->view, ==, EKL_PREDICTIONS_VIEW_CONFUSION);
  change (panel, "panel.view", g_variant_new_string ("no such view"));
  g_assert_cmpuint (n, ==, 1);
  change (panel, "panel.output", g_variant_new_int32 (1));
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (ekl_plot_panel_get_request (panel)->output_index, ==, 1);
  change (panel, "panel.shown", g_variant_new_string ("gd"));
  g_assert_cmpint (ekl_plot_view_get_options (ekl_plot_panel_get_view (panel))->shown, ==,
                   EKL_SHOWN_GD);

  /* another problem: its first output, the view as it was chosen */
  ekl_plot_panel_set_problem (panel, outputs, 2, 2, TRUE, FALSE);
  g_assert_cmpuint (ekl_plot_panel_get_request (panel)->output_index, ==, 0);
  g_assert_cmpuint (ekl_plot_panel_get_request (panel)->view, ==, EKL_PREDICTIONS_VIEW_CONFUSION);
}

/* What is chosen there is not what is seen while slow motion shows its own picture. */
static void
test_told (void)
{
  guint n;
  g_autoptr (EklPlotPanel) panel = new_panel (EKL_FIGURE_ENSEMBLE, &n);
  GtkWidget *button = GTK_WIDGET (
    gtk_widget_get_template_child (GTK_WIDGET (panel), EKL_TYPE_PLOT_PANEL, "quantity_button"));
  double losses[2] = { 1, 2 };
  EklStory story = { .has_ensemble = TRUE, .size = 2, .loss = losses, .n_phases = 2 };
  EklFigureData data = { .story = &story };

  story.phase[0] = EKL_PHASE_NOISE;
  story.phase[1] = EKL_PHASE_FORWARD;
  g_assert_true (gtk_widget_get_visible (button));
  ekl_plot_panel_set_data (panel, &data);
  g_assert_true (gtk_widget_get_visible (button));
  data.story_index = 1;
  ekl_plot_panel_set_data (panel, &data);
  g_assert_false (gtk_widget_get_visible (button));
  data.story = NULL;
  ekl_plot_panel_set_data (panel, &data);
  g_assert_true (gtk_widget_get_visible (button));
}

static void
test_curves (void)
{
  static const struct {
    const char *action;
    gsize offset;
    gboolean means;
  } toggles[] = {
    { "panel.log-x", G_STRUCT_OFFSET (EklFigureOptions, log_x), TRUE },
    { "panel.log-y", G_STRUCT_OFFSET (EklFigureOptions, linear_y), FALSE },
    { "panel.show-band", G_STRUCT_OFFSET (EklFigureOptions, hide_band), FALSE },
    { "panel.show-former", G_STRUCT_OFFSET (EklFigureOptions, hide_former), FALSE },
    { "panel.show-best", G_STRUCT_OFFSET (EklFigureOptions, show_best), TRUE },
    { "panel.show-mean-output", G_STRUCT_OFFSET (EklFigureOptions, show_mean_output), TRUE },
    { "panel.show-validation", G_STRUCT_OFFSET (EklFigureOptions, show_validation), TRUE },
  };
  guint n;
  g_autoptr (EklPlotPanel) panel = new_panel (EKL_FIGURE_LOSS, &n);
  EklPlotView *view = ekl_plot_panel_get_view (panel);

  for (guint i = 0; i < G_N_ELEMENTS (toggles); i++) {
    gboolean before =
      G_STRUCT_MEMBER (gboolean, ekl_plot_view_get_options (view), toggles[i].offset);

    g_assert_true (gtk_widget_activate_action (GTK_WIDGET (panel), toggles[i].action, NULL));
    g_assert_cmpint (
      G_STRUCT_MEMBER (gboolean, ekl_plot_view_get_options (view), toggles[i].offset), ==, !before);
  }
  for (guint axis = 0; axis < EKL_N_LOSS_AXES; axis++) {
    change (panel, "panel.x-axis", g_variant_new_string (ekl_loss_axis_names[axis]));
    g_assert_cmpuint (ekl_plot_view_get_options (view)->x_axis, ==, axis);
  }
}

/* What one panel was told, another one takes up; what makes no sense is passed over. */
static void
test_remembered (void)
{
  guint n;
  g_autoptr (EklPlotPanel) former = new_panel (EKL_FIGURE_LOSS, &n);
  g_autoptr (EklPlotPanel) later = new_panel (EKL_FIGURE_LOSS, &n);
  g_autoptr (EklPlotPanel) other = new_panel (EKL_FIGURE_PREDICTIONS, &n);
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_autoptr (GVariant) saved = NULL, wrong = NULL;
  const EklFigureOptions *options = ekl_plot_view_get_options (ekl_plot_panel_get_view (later));

  change (former, "panel.x-axis", g_variant_new_string ("runs"));
  gtk_widget_activate_action (GTK_WIDGET (former), "panel.log-y", NULL);
  change (other, "panel.view", g_variant_new_string ("residuals"));
  ekl_plot_panel_save_options (former, &builder);
  ekl_plot_panel_save_options (other, &builder);
  saved = g_variant_ref_sink (g_variant_builder_end (&builder));

  ekl_plot_panel_restore_options (later, saved);
  g_assert_cmpuint (options->x_axis, ==, EKL_LOSS_AXIS_MODEL_RUNS);
  g_assert_true (options->linear_y);
  change (other, "panel.view", g_variant_new_string ("auto"));
  ekl_plot_panel_restore_options (other, saved);
  g_assert_cmpuint (ekl_plot_panel_get_request (other)->view, ==, EKL_PREDICTIONS_VIEW_RESIDUALS);

  wrong = g_variant_ref_sink (
    g_variant_new_parsed ("{'loss.x-axis': <3>, 'loss.log-y': <'no'>, 'loss.log-x': <true>}"));
  ekl_plot_panel_restore_options (later, wrong);
  g_assert_cmpuint (options->x_axis, ==, EKL_LOSS_AXIS_MODEL_RUNS);
  g_assert_true (options->log_x);
}

/* ---- the options' popover ---- */

/* Depth first: the first widget of that type whose label, if any is asked for, is that one. */
static GtkWidget *
find (GtkWidget *widget, GType type, const char *label)
{
  g_autofree char *text = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type)) {
    if (label != NULL)
      g_object_get (widget, "label", &text, NULL);
    if (label == NULL || g_strcmp0 (text, label) == 0)
      return widget;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type, label);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
open_options (EklPlotPanel *panel, GtkWidget **window)
{
  GtkWidget *button;

  *window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (*window), GTK_WIDGET (panel));
  gtk_window_present (GTK_WINDOW (*window));
  /* the first one is the ensemble's, which others do not show */
  button = find (GTK_WIDGET (panel), GTK_TYPE_MENU_BUTTON, NULL);
  while (!gtk_widget_get_visible (button))
    button = gtk_widget_get_next_sibling (button);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  wait_until (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)) != NULL);
  return GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
}

/* By keys, too, they are gone through from the first one on. */
static void
test_popover_focus (void)
{
  static const char *const first[] = {
    [EKL_FIGURE_LOSS] = "Step",
    [EKL_FIGURE_PLANE] = "Contours of the loss", /* what is before needs a window */
    [EKL_FIGURE_PREDICTIONS] = "What suits the problem",
  };
  guint n;

  for (guint kind = 0; kind < G_N_ELEMENTS (first); kind++) {
    g_autoptr (EklPlotPanel) panel = new_panel (kind, &n);
    GtkWidget *window, *popover, *entry;

    ekl_plot_panel_set_problem (panel, outputs, 2, 3, TRUE, FALSE);
    popover = open_options (panel, &window);
    entry = find (popover, GTK_TYPE_CHECK_BUTTON, first[kind]);
    g_assert_nonnull (entry);
    wait_until (gtk_window_get_focus (GTK_WINDOW (window)) == entry);
    gtk_window_destroy (GTK_WINDOW (window));
  }
}

/* Several curves, one after the other, and it is open still; it shows what is so. */
static void
test_popover_stays (void)
{
  static const char *const labels[] = { "Best particle", "Loss of the mean output", "Validation" };
  guint n;
  g_autoptr (EklPlotPanel) panel = new_panel (EKL_FIGURE_LOSS, &n);
  const EklFigureOptions *options = ekl_plot_view_get_options (ekl_plot_panel_get_view (panel));
  const gboolean validation = options->show_validation;
  GtkWidget *window, *popover = open_options (panel, &window);

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    GtkWidget *check = find (popover, GTK_TYPE_CHECK_BUTTON, labels[i]);
    const gboolean active = gtk_check_button_get_active (GTK_CHECK_BUTTON (check));

    g_assert_true (gtk_widget_activate (check));
    g_assert_cmpint (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)), ==, !active);
    g_assert_true (gtk_widget_get_visible (popover));
  }
  g_assert_true (options->show_best);
  g_assert_true (options->show_mean_output);
  g_assert_cmpint (options->show_validation, ==, !validation);

  g_assert_true (gtk_widget_activate (find (popover, GTK_TYPE_CHECK_BUTTON, "Model runs")));
  g_assert_cmpint (options->x_axis, ==, EKL_LOSS_AXIS_MODEL_RUNS);
  g_assert_false (
    gtk_check_button_get_active (GTK_CHECK_BUTTON (find (popover, GTK_TYPE_CHECK_BUTTON, "Step"))));
  g_assert_true (gtk_widget_get_visible (popover));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What leads elsewhere closes it; of a problem there is what it has, under its own name. */
static void
test_popover_closes (void)
{
  guint n;
  g_autoptr (EklPlotPanel) panel = new_panel (EKL_FIGURE_PREDICTIONS, &n);
  GtkWidget *window, *popover, *button;

  ekl_plot_panel_set_problem (panel, outputs, 2, 2, TRUE, FALSE);
  popover = open_options (panel, &window);
  g_assert_nonnull (find (popover, GTK_TYPE_CHECK_BUTTON, "Confusion of classes"));
  g_assert_nonnull (find (popover, GTK_TYPE_CHECK_BUTTON, "snake_case"));
  g_assert_null (find (popover, GTK_TYPE_CHECK_BUTTON, "Pictures and votes"));
  button = find (popover, GTK_TYPE_BUTTON, "Zoom in");
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (gtk_widget_get_visible (popover));
  g_signal_emit_by_name (find (popover, GTK_TYPE_BUTTON, "Export…"), "clicked");
  wait_until (!gtk_widget_get_mapped (popover));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* ---- how panels stand ---- */

static int
measure_height (GtkWidget *box, int width)
{
  int minimum;

  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* Two by two where there is room; large text needs more of it, both ways; one alone has all. */
static void
test_layout (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autoptr (GtkWidget) box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  GtkWidget *panel[EKL_N_FIGURES];
  int before, usual, narrow, large;

  gtk_widget_set_layout_manager (box, ekl_panel_layout_new ());
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
    gtk_box_append (GTK_BOX (box), panel[kind] = ekl_plot_panel_new (kind));
  g_object_get (settings, "gtk-xft-dpi", &before, NULL);

  g_object_set (settings, "gtk-xft-dpi", 96 * 1024, NULL);
  usual = measure_height (box, 700);
  narrow = measure_height (box, 400);
  g_assert_cmpint (usual, <, 500);
  g_assert_cmpint (narrow, >, 1.8 * usual);

  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  large = measure_height (box, 700);
  g_assert_cmpint (large, >, 1.3 * narrow);
  g_assert_cmpint (measure_height (box, 1100), <, 0.6 * large);
  for (guint kind = 1; kind < EKL_N_FIGURES; kind++)
    gtk_widget_set_visible (panel[kind], FALSE);
  g_assert_cmpint (measure_height (box, 700), <, 0.3 * large);
  g_object_set (settings, "gtk-xft-dpi", before, NULL);
}

int
main (int argc, char *argv[])
{
  EklApplication *application;
  int result;

  g_test_init (&argc, &argv, NULL);
  application = ekl_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_test_add_func ("/panel/views", test_views);
  g_test_add_func ("/panel/told", test_told);
  g_test_add_func ("/panel/curves", test_curves);
  g_test_add_func ("/panel/remembered", test_remembered);
  g_test_add_func ("/panel/popover-focus", test_popover_focus);
  g_test_add_func ("/panel/popover-stays", test_popover_stays);
  g_test_add_func ("/panel/popover-closes", test_popover_closes);
  g_test_add_func ("/panel/layout", test_layout);
  result = g_test_run ();
  g_object_unref (application);
  return result;
}

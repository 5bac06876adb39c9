/* test-panel.c - a panel's options: they act, they are asked for, they are remembered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ekl-application.h"
#include "ekl-plot-panel.h"

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

int
main (int argc, char *argv[])
{
  EklApplication *application;
  int result;

  g_test_init (&argc, &argv, NULL);
  application = ekl_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_test_add_func ("/panel/views", test_views);
  g_test_add_func ("/panel/curves", test_curves);
  g_test_add_func ("/panel/remembered", test_remembered);
  result = g_test_run ();
  g_object_unref (application);
  return result;
}

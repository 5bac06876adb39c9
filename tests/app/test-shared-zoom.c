/* test-shared-zoom.c - both panels of curves show the same part of the run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cpu.h"
#include "ekl-application.h"
#include "ekl-window.h"
#include "waiting.h"

static EklApplication *application;

typedef struct {
  EklWindow *window;
  EklPlotView *loss, *ensemble;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  EklWorkbench *workbench;

  fixture->window = EKL_WINDOW (ekl_window_new (ADW_APPLICATION (application)));
  fixture->loss = ekl_plot_panel_get_view (ekl_window_get_panel (fixture->window, EKL_FIGURE_LOSS));
  fixture->ensemble =
    ekl_plot_panel_get_view (ekl_window_get_panel (fixture->window, EKL_FIGURE_ENSEMBLE));
  workbench = ekl_window_get_workbench (fixture->window);
  ekl_window_open (fixture->window, "example:sine");
  gtk_window_present (GTK_WINDOW (fixture->window));
  wait_until (ekl_workbench_get_state (workbench) == EKL_ENGINE_PAUSED);
  ekl_workbench_step (workbench, 40);
  wait_until (ekl_workbench_get_record (workbench)->step == 40);
  wait_ms (100);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  EklWindow *window = fixture->window;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  wait_until (window == NULL);
}

static void
zoom (EklPlotView *view, double x0, double x1, double y0, double y1)
{
  EklFigureOptions options = *ekl_plot_view_get_options (view);

  options.has_view = TRUE;
  options.view_x0 = x0;
  options.view_x1 = x1;
  options.view_y0 = y0;
  options.view_y1 = y1;
  ekl_plot_view_set_options (view, &options);
}

static void
assert_whole (EklPlotView *view)
{
  g_assert_false (ekl_plot_view_get_options (view)->has_view);
}

static void
assert_part (EklPlotView *view, double x0, double x1)
{
  const EklFigureOptions *options = ekl_plot_view_get_options (view);

  g_assert_true (options->has_view);
  g_assert_cmpfloat (options->view_x0, ==, x0);
  g_assert_cmpfloat (options->view_x1, ==, x1);
}

static void
act (Fixture *fixture, EklFigureKind kind, const char *action)
{
  GtkWidget *panel = GTK_WIDGET (ekl_window_get_panel (fixture->window, kind));
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (action, &name, &target, NULL));
  g_assert_true (gtk_widget_activate_action_variant (panel, name, target));
}

/* Either panel takes the other along, there and back; up and down each has its own. */
static void
test_along (Fixture *fixture, gconstpointer data)
{
  const EklFigureOptions *ensemble = ekl_plot_view_get_options (fixture->ensemble);
  const EklFigureOptions *loss = ekl_plot_view_get_options (fixture->loss);

  zoom (fixture->loss, 10, 20, 0.1, 0.5);
  assert_part (fixture->ensemble, 10, 20);
  g_assert_false (ensemble->view_y0 < ensemble->view_y1);
  zoom (fixture->ensemble, 12, 18, 0.2, 0.3);
  assert_part (fixture->loss, 12, 18);
  g_assert_cmpfloat (loss->view_y0, ==, 0.1);
  g_assert_cmpfloat (loss->view_y1, ==, 0.5);
  wait_ms (50); /* drawn */

  /* who fits one has the other's steps whole, too, and its height as it was */
  act (fixture, EKL_FIGURE_LOSS, "panel.fit");
  assert_whole (fixture->loss);
  g_assert_false (ensemble->view_x0 < ensemble->view_x1);
  g_assert_cmpfloat (ensemble->view_y0, ==, 0.2);
  act (fixture, EKL_FIGURE_ENSEMBLE, "panel.fit");
  assert_whole (fixture->ensemble);
  wait_ms (50);
  assert_whole (fixture->loss);
}

/* Not over another axis; and who comes to the same one shows the same part. */
static void
test_axes (Fixture *fixture, gconstpointer data)
{
  zoom (fixture->loss, 10, 20, 0.1, 0.5);
  act (fixture, EKL_FIGURE_ENSEMBLE, "panel.x-axis::epoch");
  assert_whole (fixture->ensemble);
  assert_part (fixture->loss, 10, 20);
  zoom (fixture->ensemble, 1, 2, 0, 0);
  assert_part (fixture->loss, 10, 20);
  act (fixture, EKL_FIGURE_ENSEMBLE, "panel.x-axis::step");
  assert_part (fixture->ensemble, 10, 20);
}

/* Another quantity is seen over the same part; the spectrum has an axis of its own. */
static void
test_quantities (Fixture *fixture, gconstpointer data)
{
  zoom (fixture->ensemble, 10, 20, 0.2, 0.3);
  act (fixture, EKL_FIGURE_ENSEMBLE, "panel.quantity::cosines");
  assert_part (fixture->ensemble, 10, 20);
  g_assert_cmpfloat (ekl_plot_view_get_options (fixture->ensemble)->view_y1, ==, 0);
  assert_part (fixture->loss, 10, 20);
  act (fixture, EKL_FIGURE_ENSEMBLE, "panel.quantity::spectrum");
  assert_whole (fixture->ensemble);
  assert_part (fixture->loss, 10, 20);
  zoom (fixture->ensemble, 3, 7, 0, 0);
  assert_part (fixture->loss, 10, 20);
  act (fixture, EKL_FIGURE_ENSEMBLE, "panel.quantity::spread");
  assert_part (fixture->ensemble, 10, 20);
}

int
main (int argc, char *argv[])
{
  int result;

  ekl_cpu_setup (argc, argv);
  g_test_init (&argc, &argv, NULL);
  application = ekl_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

  g_test_add ("/shared-zoom/along", Fixture, NULL, set_up, test_along, tear_down);
  g_test_add ("/shared-zoom/axes", Fixture, NULL, set_up, test_axes, tear_down);
  g_test_add ("/shared-zoom/quantities", Fixture, NULL, set_up, test_quantities, tear_down);
  result = g_test_run ();
  g_object_unref (application);
  return result;
}

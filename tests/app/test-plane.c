/* test-plane.c - what a user does in the parameter plane, in a window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cpu.h"
#include "ekl-application.h"
#include "ekl-window.h"
#include "plane_pick.h"
#include "waiting.h"

#include <math.h>

static EklApplication *application;

typedef struct {
  EklWindow *window;
  EklWorkbench *workbench;
  EklPlotView *view[EKL_N_FIGURES];
} Fixture;

static const EklPlane *
get_plane (Fixture *fixture)
{
  return ekl_workbench_get_plane (fixture->workbench);
}

static void
set_up (Fixture *fixture, gconstpointer source)
{
  fixture->window = EKL_WINDOW (ekl_window_new (ADW_APPLICATION (application)));
  fixture->workbench = ekl_window_get_workbench (fixture->window);
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
    fixture->view[kind] = ekl_plot_panel_get_view (ekl_window_get_panel (fixture->window, kind));
  ekl_window_open (fixture->window, source);
  gtk_window_present (GTK_WINDOW (fixture->window));
  wait_until (get_plane (fixture) != NULL &&
              ekl_plot_view_get_layout (fixture->view[EKL_FIGURE_PLANE])->width > 0);
}

static void
tear_down (Fixture *fixture, gconstpointer source)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  wait_until (fixture->window == NULL);
}

static void
act (Fixture *fixture, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (action, &name, &target, NULL));
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (fixture->window), name, target));
}

/* As the view does where the pointer has chosen. */
static void
choose (Fixture *fixture, const guint *particle, guint n, gboolean toggle)
{
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_vals (chosen, particle, n);
  g_signal_emit_by_name (fixture->view[EKL_FIGURE_PLANE], "particles-chosen", chosen, toggle);
}

static void
assert_selected (Fixture *fixture, const guint *particle, guint n)
{
  guint n_selected;
  const guint *selected = ekl_workbench_get_selected (fixture->workbench, &n_selected);

  g_assert_cmpuint (n_selected, ==, n);
  for (guint k = 0; k < n; k++)
    g_assert_cmpuint (selected[k], ==, particle[k]);
}

/* What is selected lights up in all the panels, and goes with Escape's action. */
static void
test_select (Fixture *fixture, gconstpointer source)
{
  const guint three[3] = { 4, 17, 30 }, more = 8, again = 17;

  choose (fixture, three, 3, FALSE);
  assert_selected (fixture, three, 3);
  g_assert_cmpuint (ekl_plot_view_get_data (fixture->view[EKL_FIGURE_PLANE])->n_selected, ==, 3);
  choose (fixture, &more, 1, TRUE);
  choose (fixture, &again, 1, TRUE);
  assert_selected (fixture, (guint[]){ 4, 8, 30 }, 3);

  act (fixture, "win.step(5)");
  wait_until (ekl_workbench_get_selection (fixture->workbench) != NULL &&
              ekl_workbench_get_selection (fixture->workbench)->n == 3 &&
              ekl_workbench_get_predictions (fixture->workbench)->n_selected == 3);
  wait_until (ekl_plot_view_get_data (fixture->view[EKL_FIGURE_LOSS])->selection != NULL);
  g_assert_cmpuint (ekl_workbench_get_selection (fixture->workbench)->particle[1], ==, 8);

  act (fixture, "win.clear-selection");
  assert_selected (fixture, NULL, 0);
  wait_until (ekl_workbench_get_selection (fixture->workbench) == NULL &&
              ekl_workbench_get_predictions (fixture->workbench)->n_selected == 0);
}

/* By keys: one after the other, round and round. */
static void
test_select_next (Fixture *fixture, gconstpointer source)
{
  act (fixture, "win.select-particle(1)");
  assert_selected (fixture, (guint[]){ 0 }, 1);
  act (fixture, "win.select-particle(1)");
  assert_selected (fixture, (guint[]){ 1 }, 1);
  act (fixture, "win.select-particle(-1)");
  act (fixture, "win.select-particle(-1)");
  assert_selected (fixture, (guint[]){ get_plane (fixture)->n_particles - 1 }, 1);
}

/* ---- the same by keys ---- */

static gboolean
press (EklPlotView *view, guint keyval, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
      g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
  }
  return handled;
}

static void
press_often (EklPlotView *view, guint keyval, GdkModifierType state, guint n)
{
  for (guint i = 0; i < n; i++)
    g_assert_true (press (view, keyval, state));
}

#define CURSOR (GDK_CONTROL_MASK | GDK_SHIFT_MASK)

/* The cursor goes from the middle to corners: from one to the other is everything. */
static void
test_keys (Fixture *fixture, gconstpointer source)
{
  EklPlotView *view = fixture->view[EKL_FIGURE_PLANE];
  const guint n = get_plane (fixture)->n_particles;
  guint n_selected, n_visible;

  g_assert_false (press (view, GDK_KEY_x, 0));
  g_assert_false (press (view, GDK_KEY_Up, 0));
  press_often (view, GDK_KEY_Return, 0, 1);
  press_often (view, GDK_KEY_Left, CURSOR, 60);
  press_often (view, GDK_KEY_Up, CURSOR, 60);
  press_often (view, GDK_KEY_Return, GDK_SHIFT_MASK, 1);
  press_often (view, GDK_KEY_Right, CURSOR, 60);
  press_often (view, GDK_KEY_Down, CURSOR, 60);
  press_often (view, GDK_KEY_Return, 0, 1);
  ekl_workbench_get_selected (fixture->workbench, &n_selected);
  /* a few may stand outside of the view */
  g_assert_cmpuint (n_selected, >, n / 2);
  n_visible = n_selected;

  /* a rectangle that is given up selects nothing */
  act (fixture, "win.clear-selection");
  press_often (view, GDK_KEY_Return, GDK_SHIFT_MASK, 1);
  press_often (view, GDK_KEY_Left, CURSOR, 60);
  g_assert_true (ekl_plot_view_drop_cursor (view));
  g_assert_false (ekl_plot_view_drop_cursor (view));
  assert_selected (fixture, NULL, 0);

  /* what is in view is as much */
  press_often (view, GDK_KEY_a, GDK_CONTROL_MASK, 1);
  ekl_workbench_get_selected (fixture->workbench, &n_selected);
  g_assert_cmpuint (n_selected, ==, n_visible);
  press_often (view, GDK_KEY_Right, GDK_CONTROL_MASK, 1);
  g_assert_true (ekl_plot_view_get_options (view)->has_view);
}

/* One more, and one more; round the corner, but never twice. */
static void
test_select_more (Fixture *fixture, gconstpointer source)
{
  const guint last = get_plane (fixture)->n_particles - 1;

  act (fixture, "win.select-more(1)");
  act (fixture, "win.select-more(1)");
  assert_selected (fixture, (guint[]){ 0, 1 }, 2);
  act (fixture, "win.select-more(-1)");
  assert_selected (fixture, (guint[]){ 0, 1, last }, 3);
  act (fixture, "win.select-more(1)");
  assert_selected (fixture, (guint[]){ 0, 1, last }, 3);
}

/* Among residuals the arrows change gamma, by a tenth and in three digits. */
static void
test_noise_keys (Fixture *fixture, gconstpointer source)
{
  EklPlotView *view = fixture->view[EKL_FIGURE_PREDICTIONS];
  EklExperiment *experiment = ekl_workbench_get_experiment (fixture->workbench);
  double before, more, less;

  g_assert_false (press (view, GDK_KEY_Up, 0));
  g_assert_true (gtk_widget_activate_action (
    GTK_WIDGET (ekl_window_get_panel (fixture->window, EKL_FIGURE_PREDICTIONS)), "panel.view", "s",
    "residuals"));
  wait_until (ekl_plot_view_get_layout (view)->noise_y[0] != 0);
  g_object_get (experiment, "noise-std", &before, NULL);
  g_assert_true (press (view, GDK_KEY_Up, 0));
  g_object_get (experiment, "noise-std", &more, NULL);
  g_assert_cmpfloat_with_epsilon (more, 1.1 * before, 0.006 * before);
  wait_until (fabs (ekl_plot_view_get_data (view)->predictions->noise_std -
                    more * ekl_plot_view_get_data (view)->predictions->output_scale) < 1e-6);
  g_assert_true (press (view, GDK_KEY_Down, 0));
  g_object_get (experiment, "noise-std", &less, NULL);
  g_assert_cmpfloat (less, <, more);
}

/* The crosshair of a cursor in the loss stands in the other figures, and goes with it. */
static void
test_cursor_crosshair (Fixture *fixture, gconstpointer source)
{
  EklPlotView *loss = fixture->view[EKL_FIGURE_LOSS];
  EklPlotView *ensemble = fixture->view[EKL_FIGURE_ENSEMBLE];

  act (fixture, "win.step(10)");
  wait_until (ekl_workbench_get_record (fixture->workbench)->step == 10 &&
              ekl_workbench_get_state (fixture->workbench) == EKL_ENGINE_PAUSED);
  wait_until (ekl_plot_view_get_layout (loss)->x1 >= 10);
  g_assert_true (press (loss, GDK_KEY_Right, CURSOR));
  g_assert_true (ekl_plot_view_get_data (ensemble)->has_crosshair);
  press_often (loss, GDK_KEY_Left, CURSOR, 60);
  g_assert_cmpuint (ekl_plot_view_get_data (ensemble)->crosshair_step, ==, 0);
  press_often (loss, GDK_KEY_Right, CURSOR, 60);
  g_assert_cmpuint (ekl_plot_view_get_data (ensemble)->crosshair_step, ==, 10);
  g_assert_true (ekl_plot_view_drop_cursor (loss));
  g_assert_false (ekl_plot_view_get_data (ensemble)->has_crosshair);

  /* and the timeline's, without the focus */
  act (fixture, "win.look(-3)");
  g_assert_true (ekl_plot_view_get_data (loss)->has_crosshair);
  g_assert_cmpuint (ekl_plot_view_get_data (loss)->crosshair_step, ==, 7);
  act (fixture, "win.look(-10)");
  g_assert_cmpuint (ekl_plot_view_get_data (loss)->crosshair_step, ==, 0);
  act (fixture, "win.look(0)");
  g_assert_false (ekl_plot_view_get_data (loss)->has_crosshair);
}

static void
assert_told (EklPlotView *view, const char *text)
{
  g_autofree char *told = gtk_test_accessible_check_property (
    GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text);

  g_assert_cmpstr (told, ==, NULL);
}

/* What the cursor's read-out says: so far from the middle, in its own steps. */
static char *
read_out (EklPlotView *view, int right, int down)
{
  const EklFigureLayout *layout = ekl_plot_view_get_layout (view);
  g_autofree char *text = ekl_figure_read_out (
    ekl_plot_view_get_kind (view), ekl_plot_view_get_theme (view), ekl_plot_view_get_options (view),
    ekl_plot_view_get_data (view), layout, layout->left + layout->width * (0.5 + 0.02 * right),
    layout->top + layout->height * (0.5 + 0.02 * down));

  return g_strdup (text != NULL ? text : "nothing here");
}

/* With each step of the cursor the words are told at once, and when it goes the figure's own again. */
static void
test_cursor_words (Fixture *fixture, gconstpointer source)
{
  act (fixture, "win.step(10)");
  wait_until (ekl_workbench_get_record (fixture->workbench)->step == 10 &&
              ekl_workbench_get_state (fixture->workbench) == EKL_ENGINE_PAUSED);
  for (guint kind = 0; kind < EKL_N_FIGURES; kind++) {
    EklPlotView *view = fixture->view[kind];
    g_autofree char *first = NULL, *second = NULL, *whole = NULL, *drag = NULL, *told = NULL;

    wait_until (ekl_plot_view_get_layout (view)->width > 0);
    g_assert_true (press (view, GDK_KEY_Right, CURSOR));
    first = read_out (view, 1, 0);
    assert_told (view, first);
    press_often (view, GDK_KEY_Down, CURSOR, 10);
    second = read_out (view, 1, 10);
    assert_told (view, second);
    if (ekl_figure_can_zoom (kind, ekl_plot_view_get_data (view))) {
      g_assert_true (press (view, GDK_KEY_Return, GDK_SHIFT_MASK));
      drag = g_strdup_printf ("rectangle to %s", second);
      assert_told (view, drag);
    }
    g_assert_true (ekl_plot_view_drop_cursor (view));
    whole =
      ekl_figure_describe (kind, ekl_plot_view_get_options (view), ekl_plot_view_get_data (view));
    wait_until ((g_free (told),
                 told = gtk_test_accessible_check_property (
                   GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, whole)) == NULL);
  }
}

/* The particle at the cursor is told to be selected as soon as it is. */
static void
test_cursor_selects (Fixture *fixture, gconstpointer source)
{
  EklPlotView *view = fixture->view[EKL_FIGURE_PLANE];
  g_autofree char *before = NULL, *after = NULL;
  int down = 0;

  g_assert_true (press (view, GDK_KEY_Return, 0));
  for (; down < 25 && before == NULL; down++) {
    g_autofree char *text = NULL;

    g_assert_true (press (view, GDK_KEY_Down, CURSOR));
    text = read_out (view, 0, down + 1);
    if (g_str_has_prefix (text, "particle "))
      before = g_steal_pointer (&text);
  }
  g_assert_nonnull (before);
  assert_told (view, before);
  g_assert_true (press (view, GDK_KEY_Return, 0));
  after = read_out (view, 0, down);
  g_assert_nonnull (strstr (after, ", selected"));
  assert_told (view, after);
  g_assert_true (ekl_plot_view_drop_cursor (view));
}

/* Before the first step a point goes where it is dragged; afterwards it stays. */
static void
test_drag (Fixture *fixture, gconstpointer source)
{
  EklPlotView *view = fixture->view[EKL_FIGURE_PLANE];
  const EklPoint from = get_plane (fixture)->particle[3];
  const EklPoint to = { from.x + .4, from.y - .3 };

  g_signal_emit_by_name (view, "point-moved", 3, to.x, to.y);
  wait_until (fabs (get_plane (fixture)->particle[3].x - to.x) < 1e-4);
  g_assert_cmpfloat_with_epsilon (get_plane (fixture)->particle[3].y, to.y, 1e-4);
  g_signal_emit_by_name (view, "point-moved", -1, -.5, .6);
  wait_until (fabs (get_plane (fixture)->descent_path[0].x + .5) < 1e-4);

  act (fixture, "win.select-particle(1)");
  act (fixture, "win.move-selected::left");
  wait_until (ekl_workbench_get_record (fixture->workbench)->step == 0);
  act (fixture, "win.step(1)");
  wait_until (ekl_workbench_get_record (fixture->workbench)->step == 1);
  g_assert_false (ekl_workbench_can_move (fixture->workbench));
  g_signal_emit_by_name (view, "point-moved", 3, 100.0, 100.0);
  act (fixture, "win.step(1)");
  wait_until (ekl_workbench_get_record (fixture->workbench)->step == 2);
  g_assert_cmpfloat (get_plane (fixture)->particle[3].x, <, 50);
}

/* The menu's switches are the figure's, and the two parameters can be chosen by number. */
static void
test_options (Fixture *fixture, gconstpointer source)
{
  static const char *const names[] = {
    "contours", "trails", "ellipse", "colors", "fade", "arrows"
  };
  EklPlotPanel *panel = ekl_window_get_panel (fixture->window, EKL_FIGURE_PLANE);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const EklFigureOptions before = *ekl_plot_view_get_options (fixture->view[EKL_FIGURE_PLANE]);
    const EklFigureOptions *after = ekl_plot_view_get_options (fixture->view[EKL_FIGURE_PLANE]);
    g_autofree char *action = g_strdup_printf ("panel.show-%s", names[i]);

    g_assert_true (gtk_widget_activate_action (GTK_WIDGET (panel), action, NULL));
    g_assert_cmpint (
      (before.hide_contours != after->hide_contours) + (before.hide_trails != after->hide_trails) +
        (before.hide_ellipse != after->hide_ellipse) + (before.hide_colors != after->hide_colors) +
        (before.hide_fade != after->hide_fade) + (before.show_arrows != after->show_arrows),
      ==, 1);
  }
  act (fixture, "win.step(2)");
  wait_until (get_plane (fixture)->has_arrows);

  act (fixture, "win.plane-parameters((uint64 5, uint64 2))");
  wait_until (get_plane (fixture)->x_name != NULL);
  g_assert_cmpstr (get_plane (fixture)->x_name, ==, "W1(6,1)");
  g_assert_cmpstr (get_plane (fixture)->y_name, ==, "W1(3,1)");
}

/* A zoom stays while the run goes on, and the contours are of what is seen. */
static void
test_zoom (Fixture *fixture, gconstpointer source)
{
  EklPlotView *view = fixture->view[EKL_FIGURE_PLANE];
  EklFigureOptions zoomed;

  for (guint i = 0; i < 6; i++) {
    const EklFigureOptions before = *ekl_plot_view_get_options (view);

    /* what is being drawn again cannot be zoomed for a moment */
    wait_until (
      (ekl_plot_view_zoom (view, 1), ekl_plot_view_get_options (view)->view_x0 != before.view_x0));
  }
  zoomed = *ekl_plot_view_get_options (view);
  act (fixture, "win.step(10)");
  wait_until (ekl_workbench_get_record (fixture->workbench)->step == 10);
  wait_until (get_plane (fixture)->loss != NULL &&
              get_plane (fixture)->loss->x1 - get_plane (fixture)->loss->x0 <
                4 * (zoomed.view_x1 - zoomed.view_x0));
  g_assert_cmpfloat (ekl_plot_view_get_options (view)->view_x0, ==, zoomed.view_x0);
  g_assert_cmpfloat_with_epsilon (ekl_plot_view_get_layout (view)->y1, zoomed.view_y1,
                                  zoomed.view_y1 - zoomed.view_y0);
  act (fixture, "win.fit");
  g_assert_false (ekl_plot_view_get_options (view)->has_view);
}

int
main (int argc, char **argv)
{
  int result;

  ekl_cpu_setup (argc, argv);
  g_test_init (&argc, &argv, NULL);
  application = ekl_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

#define ADD(name, function)                                                                        \
  g_test_add ("/plane/" name, Fixture, "example:sine", set_up, function, tear_down)
  ADD ("select", test_select);
  ADD ("select-next", test_select_next);
  ADD ("select-more", test_select_more);
  ADD ("keys", test_keys);
  ADD ("noise-keys", test_noise_keys);
  ADD ("cursor-crosshair", test_cursor_crosshair);
  ADD ("cursor-words", test_cursor_words);
  ADD ("cursor-selects", test_cursor_selects);
  ADD ("drag", test_drag);
  ADD ("options", test_options);
  ADD ("zoom", test_zoom);
  result = g_test_run ();
  g_object_unref (application);
  return result;
}

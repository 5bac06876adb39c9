/* test-past.c - the step that all panels look at, in the window
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
  EklWorkbench *workbench;
} Fixture;

static guint64
get_step (Fixture *fixture)
{
  return ekl_workbench_get_record (fixture->workbench)->step;
}

static gboolean
looks_at (Fixture *fixture, guint64 step)
{
  guint64 past;
  const gboolean is_past = ekl_workbench_get_past (fixture->workbench, &past);

  return is_past ? past == step : get_step (fixture) == step;
}

static EklPlotView *
get_view (Fixture *fixture, EklFigureKind kind)
{
  return ekl_plot_panel_get_view (ekl_window_get_panel (fixture->window, kind));
}

static void
act (Fixture *fixture, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (action, &name, &target, NULL));
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (fixture->window), name, target));
}

static void
set_up (Fixture *fixture, gconstpointer source)
{
  fixture->window = EKL_WINDOW (ekl_window_new (ADW_APPLICATION (application)));
  fixture->workbench = ekl_window_get_workbench (fixture->window);
  ekl_window_open (fixture->window, source);
  gtk_window_present (GTK_WINDOW (fixture->window));
  wait_until (ekl_workbench_get_plane (fixture->workbench) != NULL);
  ekl_workbench_step (fixture->workbench, 20);
  wait_until (get_step (fixture) == 20);
  wait_ms (100);
}

static void
tear_down (Fixture *fixture, gconstpointer source)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  wait_until (fixture->window == NULL);
}

/* What the panel of the plane says beside its title; NULL: nothing. */
static const char *
get_label (Fixture *fixture)
{
  GtkWidget *child = gtk_widget_get_first_child (
    GTK_WIDGET (ekl_window_get_panel (fixture->window, EKL_FIGURE_PLANE)));

  for (child = gtk_widget_get_first_child (child); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_has_css_class (child, "past"))
      return gtk_widget_get_visible (child) ? gtk_label_get_label (GTK_LABEL (child)) : NULL;
  return NULL;
}

static void
test_timeline (Fixture *fixture, gconstpointer source)
{
  const EklPlane *plane;

  act (fixture, "win.look(-14)");
  wait_until (looks_at (fixture, 6));
  wait_until (g_strcmp0 (get_label (fixture), "at step 6") == 0);
  plane = ekl_plot_view_get_data (get_view (fixture, EKL_FIGURE_PLANE))->plane;
  g_assert_true (plane->is_past);
  g_assert_cmpuint (plane->past_step, ==, 6);
  g_assert_cmpuint (plane->n_mean_path, ==, 7);
  g_assert_cmpuint (plane->n_mean_ahead, ==, 14);
  g_assert_cmpuint (ekl_workbench_get_seen_record (fixture->workbench)->step, ==, 6);
  g_assert_cmpfloat (ekl_workbench_get_seen_record (fixture->workbench)->method[0].train_loss, !=,
                     ekl_workbench_get_record (fixture->workbench)->method[0].train_loss);

  act (fixture, "win.look(2)");
  wait_until (looks_at (fixture, 8));
  act (fixture, "win.look(0)");
  wait_until (looks_at (fixture, 20));
  g_assert_null (get_label (fixture));
}

/* Pointing at a step of the losses is looking at it, for as long as it is pointed at. */
static void
test_pointing (Fixture *fixture, gconstpointer source)
{
  EklPlotView *loss = get_view (fixture, EKL_FIGURE_LOSS);

  g_signal_emit_by_name (loss, "step-hovered", TRUE, G_GUINT64_CONSTANT (3));
  wait_until (looks_at (fixture, 3));
  g_signal_emit_by_name (loss, "step-hovered", TRUE, G_GUINT64_CONSTANT (11));
  wait_until (looks_at (fixture, 11));
  g_signal_emit_by_name (loss, "step-hovered", FALSE, G_GUINT64_CONSTANT (0));
  wait_until (looks_at (fixture, 20));

  /* from where the timeline was left, and back to there */
  act (fixture, "win.look(-5)");
  wait_until (looks_at (fixture, 15));
  g_signal_emit_by_name (loss, "step-hovered", TRUE, G_GUINT64_CONSTANT (2));
  wait_until (looks_at (fixture, 2));
  g_signal_emit_by_name (loss, "step-hovered", FALSE, G_GUINT64_CONSTANT (0));
  wait_until (looks_at (fixture, 15));
}

/* What goes on is watched; and a pointer that was only left there does not hold it back. */
static void
test_going_on (Fixture *fixture, gconstpointer source)
{
  EklPlotView *loss = get_view (fixture, EKL_FIGURE_LOSS);

  act (fixture, "win.look(-5)");
  wait_until (looks_at (fixture, 15));
  act (fixture, "win.step(1)");
  wait_until (looks_at (fixture, 21));
  act (fixture, "win.look(-5)");
  wait_until (looks_at (fixture, 16));
  act (fixture, "win.run");
  wait_until (get_step (fixture) > 30 && !ekl_workbench_get_past (fixture->workbench, NULL));

  /* it moves until that step is seen, and then no more */
  while (!looks_at (fixture, 4)) {
    g_signal_emit_by_name (loss, "step-hovered", TRUE, G_GUINT64_CONSTANT (4));
    wait_ms (20);
  }
  wait_until (!ekl_workbench_get_past (fixture->workbench, NULL));
  g_assert_cmpint (ekl_workbench_get_state (fixture->workbench), ==, EKL_ENGINE_RUNNING);
}

/* Another run has another past. */
static void
test_reset (Fixture *fixture, gconstpointer source)
{
  act (fixture, "win.look(-14)");
  wait_until (looks_at (fixture, 6));
  act (fixture, "win.reset");
  wait_until (get_step (fixture) == 0);
  wait_until (!ekl_workbench_get_past (fixture->workbench, NULL));
  g_assert_null (get_label (fixture));
}

/* In slow motion the newest step is told. */
static void
test_slow_motion (Fixture *fixture, gconstpointer source)
{
  act (fixture, "win.look(-14)");
  wait_until (looks_at (fixture, 6));
  act (fixture, "win.slow-motion");
  wait_until (!ekl_workbench_get_past (fixture->workbench, NULL));
  act (fixture, "win.slow-motion");
  wait_until (looks_at (fixture, 6));
}

/* How a step ends is not told before its story is. */
static void
test_numbers_wait (Fixture *fixture, gconstpointer source)
{
  const EklRecord *(*seen) (EklWorkbench *) = ekl_workbench_get_seen_record;

  act (fixture, "win.slow-motion");
  act (fixture, "win.slow-next");
  wait_until (get_step (fixture) == 21 && ekl_workbench_get_story (fixture->workbench) != NULL);
  wait_until (seen (fixture->workbench)->step == 20);
  act (fixture, "win.slow-next");
  wait_ms (50);
  g_assert_cmpuint (seen (fixture->workbench)->step, ==, 20);
  act (fixture, "win.step(10)");
  wait_until (seen (fixture->workbench)->step == 21);
  act (fixture, "win.slow-next");
  wait_until (get_step (fixture) == 22);
  act (fixture, "win.slow-motion");
  wait_until (seen (fixture->workbench)->step == 22);
}

int
main (int argc, char *argv[])
{
  ekl_cpu_setup (argc, argv);
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  application = ekl_application_new (G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);

#define ADD(name, test) g_test_add (name, Fixture, "example:sine", set_up, test, tear_down)
  ADD ("/past/timeline", test_timeline);
  ADD ("/past/pointing", test_pointing);
  ADD ("/past/going-on", test_going_on);
  ADD ("/past/reset", test_reset);
  ADD ("/past/slow-motion", test_slow_motion);
  ADD ("/past/numbers-wait", test_numbers_wait);
  return g_test_run ();
}

/* window-fixture.c - what the tests of a window with a problem in it share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window-fixture.h"

#include "cpu.h"
#include "waiting.h"

static EklApplication *application;

static void
started_cb (Fixture *fixture)
{
  fixture->n_starts++;
}

static void
pictures_cb (Fixture *fixture)
{
  fixture->n_pictures++;
}

void
set_up (Fixture *fixture, gconstpointer source)
{
  fixture->window = EKL_WINDOW (ekl_window_new (ADW_APPLICATION (application)));
  fixture->workbench = ekl_window_get_workbench (fixture->window);
  g_signal_connect_swapped (fixture->workbench, "run-started", G_CALLBACK (started_cb), fixture);
  g_signal_connect_swapped (fixture->workbench, "pictures-changed", G_CALLBACK (pictures_cb),
                            fixture);
  ekl_window_open (fixture->window, source);
  gtk_window_present (GTK_WINDOW (fixture->window));
  wait_until (fixture->n_starts == 1 && fixture->n_pictures > 0);
}

void
tear_down (Fixture *fixture, gconstpointer source)
{
  gpointer view = ekl_plot_panel_get_view (ekl_window_get_panel (fixture->window, 0));

  g_signal_handlers_disconnect_by_data (fixture->workbench, fixture);
  g_object_add_weak_pointer (view, &view);
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  g_object_add_weak_pointer (G_OBJECT (fixture->workbench), (gpointer *) &fixture->workbench);
  gtk_window_close (GTK_WINDOW (fixture->window));
  wait_until (fixture->window == NULL);
  wait_until (fixture->workbench == NULL);
  wait_until (view == NULL);
}

void
act (Fixture *fixture, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (action, &name, &target, NULL));
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (fixture->window), name, target));
}

guint64
get_step (Fixture *fixture)
{
  return ekl_workbench_get_record (fixture->workbench)->step;
}

/* Depth first: the label that says so, or NULL. */
GtkWidget *
find_label (GtkWidget *widget, const char *start)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      g_str_has_prefix (gtk_label_get_label (GTK_LABEL (widget)), start))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, start);
  return found;
}

EklApplication *
get_application (void)
{
  return application;
}

int
run_tests (int argc, char **argv, const char *name, const FixtureTest *tests, void (*add) (void))
{
  int result;

  ekl_cpu_setup (argc, argv);
  g_test_init (&argc, &argv, NULL);
  application = ekl_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  for (guint i = 0; tests[i].name != NULL; i++) {
    g_autofree char *path = g_strdup_printf ("/%s/%s", name, tests[i].name);

    g_test_add (path, Fixture, tests[i].source, set_up, tests[i].test, tear_down);
  }
  if (add != NULL)
    add ();
  result = g_test_run ();
  g_object_unref (application);
  return result;
}

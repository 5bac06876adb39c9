/* test-window.c - the window with problems in it, by its actions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "examples.h"
#include "waiting.h"
#include "window-fixture.h"

#include <glib/gstdio.h>

static gboolean
is_shown (Fixture *fixture, EklFigureKind kind)
{
  return gtk_widget_get_mapped (GTK_WIDGET (ekl_window_get_panel (fixture->window, kind)));
}

static void
test_opening (Fixture *fixture, gconstpointer source)
{
  /* before the first step: the particles of the prior, and their predictions */
  g_assert_cmpuint (get_step (fixture), ==, 0);
  g_assert_cmpuint (ekl_workbench_get_plane (fixture->workbench)->n_particles, ==, 50);
  g_assert_nonnull (ekl_workbench_get_predictions (fixture->workbench));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==,
                   "Boston housing — regression — 506 × 13 — 241 parameters");
  /* a picture says what it shows */
  gtk_test_accessible_assert_role (
    ekl_plot_panel_get_view (ekl_window_get_panel (fixture->window, EKL_FIGURE_LOSS)),
    GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (
    ekl_plot_panel_get_view (ekl_window_get_panel (fixture->window, EKL_FIGURE_LOSS)),
    GTK_ACCESSIBLE_PROPERTY_LABEL, "Loss");
}

/* With classes both methods minimise different things, and the pictures say so. */
static void
test_two_losses (Fixture *fixture, gconstpointer source)
{
  EklPlotView *view =
    ekl_plot_panel_get_view (ekl_window_get_panel (fixture->window, EKL_FIGURE_LOSS));
  EklExperiment *experiment = ekl_workbench_get_experiment (fixture->workbench);

  g_assert_true (ekl_plot_view_get_options (view)->losses_differ);
  /* said, and not only taken for granted with classes */
  for (guint loss = 0; loss < 2; loss++) {
    const guint n = fixture->n_starts;

    g_object_set (experiment, "loss", loss > 0 ? EKL_LOSS_CROSS_ENTROPY : EKL_LOSS_SQUARED, NULL);
    wait_until (fixture->n_starts > n);
    g_assert_cmpint (ekl_plot_view_get_options (view)->losses_differ, ==, loss > 0);
  }
}

static void
test_running (Fixture *fixture, gconstpointer source)
{
  guint n;

  act (fixture, "win.run");
  n = fixture->n_pictures;
  wait_until (get_step (fixture) > 30 && fixture->n_pictures > n + 10);
  act (fixture, "win.run");
  wait_until (ekl_workbench_get_state (fixture->workbench) == EKL_ENGINE_PAUSED);

  {
    const guint64 step = get_step (fixture);

    act (fixture, "win.step(10)");
    wait_until (get_step (fixture) == step + 10);
  }
  /* the last pictures are those of the last step */
  wait_until (!ekl_workbench_wants_frame (fixture->workbench));
  act (fixture, "win.reset");
  wait_until (fixture->n_starts == 2);
  g_assert_cmpuint (get_step (fixture), ==, 0);
}

static void
test_settings (Fixture *fixture, gconstpointer source)
{
  EklExperiment *experiment = ekl_workbench_get_experiment (fixture->workbench);

  act (fixture, "win.run");
  for (guint i = 0; i < 30; i++) {
    g_object_set (experiment, "ensemble-size", 20 + 7 * (i % 10), NULL);
    g_object_set (experiment, "learning-rate", 0.01 * (i % 5 + 1), "noise-std", 0.1 * (i % 4 + 1),
                  NULL);
    wait_ms (10);
  }
  g_assert_cmpuint (fixture->n_starts, ==, 1);
  wait_until (get_step (fixture) > 0);
  g_object_set (experiment, "prior-weight-std", 2.0, NULL);
  g_assert_true (ekl_workbench_is_waiting (fixture->workbench, "prior-weight-std"));
  g_object_set (experiment, "activation", EKL_ACTIVATION_RELU, NULL);
  wait_until (fixture->n_starts == 2);
  g_assert_false (ekl_workbench_is_waiting (fixture->workbench, "prior-weight-std"));
}

static void
test_enlarge (Fixture *fixture, gconstpointer source)
{
  for (int panel = 1; panel <= 4; panel++) {
    g_autofree char *action = g_strdup_printf ("win.enlarge(%d)", panel);

    act (fixture, action);
    for (int kind = 0; kind < EKL_N_FIGURES; kind++)
      g_assert_cmpint (is_shown (fixture, kind), ==, kind == panel - 1);
    wait_ms (30);
  }
  act (fixture, "win.enlarge(4)");
  for (int kind = 0; kind < EKL_N_FIGURES; kind++)
    g_assert_true (is_shown (fixture, kind));
}

static void
test_presenter (Fixture *fixture, gconstpointer source)
{
  act (fixture, "win.run");
  act (fixture, "win.presenter");
  wait_ms (200);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (fixture->window), "presenter"));
  act (fixture, "win.presenter");
  act (fixture, "win.side-panel");
  act (fixture, "win.log-axis");
  act (fixture, "win.fit");
  wait_ms (100);
  act (fixture, "win.side-panel");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (fixture->window), "presenter"));
}

static void
test_examples (Fixture *fixture, gconstpointer source)
{
  guint n;
  const EklExample *examples = ekl_examples_list (&n);

  for (guint i = 0; i < n; i++) {
    g_autofree char *action = g_strdup_printf ("win.open-example::%s", examples[i].name);
    const guint starts = fixture->n_starts;

    act (fixture, action);
    wait_until (fixture->n_starts == starts + 1);
    g_assert_true (
      g_str_has_prefix (gtk_window_get_title (GTK_WINDOW (fixture->window)), examples[i].title));
    act (fixture, "win.step(2)");
    wait_until (get_step (fixture) == 2);
    wait_ms (30);
  }
}

static void
test_bases (Fixture *fixture, gconstpointer source)
{
  static const struct {
    const char *action;
    EklPlaneBasis basis;
  } bases[] = {
    { "win.plane-basis::ends", EKL_PLANE_BASIS_ENDS },
    { "win.plane-basis::random", EKL_PLANE_BASIS_RANDOM },
    { "win.plane-basis::parameters", EKL_PLANE_BASIS_PARAMETERS },
    { "win.plane-basis::displacement", EKL_PLANE_BASIS_DISPLACEMENT },
  };

  act (fixture, "win.step(3)");
  for (guint i = 0; i < G_N_ELEMENTS (bases); i++) {
    act (fixture, bases[i].action);
    wait_until (ekl_workbench_get_plane (fixture->workbench)->basis == bases[i].basis);
  }
}

static void
set_text_size (int dpi)
{
  /* in thousandths of an inch, as the toolkit has it */
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi * 1024, NULL);
}

/* With twice the text size all of it still goes into a small screen: what the widgets need at least
 * is there, so nothing is cut off. */
static void
test_large_text (Fixture *fixture, gconstpointer source)
{
  static const char *const actions[] = { "win.all-settings", "win.enlarge(1)" };
  int width, height;

  set_text_size (192);
  for (guint i = 0; i <= G_N_ELEMENTS (actions); i++) {
    wait_ms (300);
    gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL,
                        NULL, NULL);
    g_assert_cmpint (width, <=, 1024);
    gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_VERTICAL, 1024, &height, NULL,
                        NULL, NULL);
    g_test_message ("at least %d x %d", width, height);
    g_assert_cmpint (height, <=, 768);
    if (i < G_N_ELEMENTS (actions))
      act (fixture, actions[i]);
  }
  set_text_size (96);
}

static gboolean
overlap (Fixture *fixture, GtkWidget *one, GtkWidget *other)
{
  graphene_rect_t a, b;

  g_assert_true (gtk_widget_compute_bounds (one, GTK_WIDGET (fixture->window), &a));
  g_assert_true (gtk_widget_compute_bounds (other, GTK_WIDGET (fixture->window), &b));
  return graphene_rect_intersection (&a, &b, NULL);
}

/* A message is over nothing that is read while a run goes on, and all of it is seen. */
static void
test_message_covers_no_picture (Fixture *fixture, gconstpointer source)
{
  const char *said = "such.csv: there is no such file";

  for (guint large = 0; large < 2; large++) {
    GtkWidget *label;

    set_text_size (large ? 192 : 96);
    gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-file", "s",
                                "/there/is/no/such.csv");
    wait_until ((label = find_label (GTK_WIDGET (fixture->window), said)) != NULL &&
                gtk_widget_get_height (label) > 0);
    for (guint kind = 0; kind < EKL_N_FIGURES; kind++)
      g_assert_false (overlap (
        fixture, label,
        GTK_WIDGET (ekl_plot_panel_get_view (ekl_window_get_panel (fixture->window, kind)))));
    g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))));
  }
  set_text_size (96);
}

/* What was pasted and imported is the data of an experiment from then on. */
static void
test_pasted (Fixture *fixture, gconstpointer source)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  const guint n = g_list_model_get_n_items (toplevels);
  g_autoptr (GtkWidget) dialog = NULL;
  const char *path;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (fixture->window)),
                          "a\tb\n1\t2\n2\t4\n3\t7\n4\t8\n5\t9\n");
  act (fixture, "win.paste");
  wait_until (g_list_model_get_n_items (toplevels) > n);
  dialog = g_list_model_get_item (toplevels, n);
  wait_until (fixture->n_starts == 2 ||
              (gtk_widget_activate_action (dialog, "import.accept", NULL), FALSE));
  path = ekl_experiment_get_string (ekl_workbench_get_experiment (fixture->workbench), "data");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_remove (path);
}

/* One change, in the middle of a run, that is taken back as one. */
static void
test_preset (Fixture *fixture, gconstpointer source)
{
  EklExperiment *experiment = ekl_workbench_get_experiment (fixture->workbench);
  g_autofree char *before = ekl_experiment_get_text (experiment, "step-rule");
  g_autofree char *after = NULL;

  act (fixture, "win.step(2)");
  wait_until (get_step (fixture) == 2);
  act (fixture, "win.preset::lecture");
  g_assert_true (ekl_experiment_get_boolean (experiment, "perturb-observations"));
  g_assert_cmpfloat (ekl_experiment_get_double (experiment, "weight-noise"), ==, 0);
  act (fixture, "win.step(2)");
  wait_until (get_step (fixture) == 4);
  ekl_workbench_undo (fixture->workbench);
  after = ekl_experiment_get_text (experiment, "step-rule");
  g_assert_cmpstr (after, ==, before);
  g_assert_false (ekl_experiment_get_boolean (experiment, "perturb-observations"));
  g_assert_cmpuint (fixture->n_starts, ==, 1);
}

static void
test_bad_file (Fixture *fixture, gconstpointer source)
{
  act (fixture, "win.step(3)");
  wait_until (get_step (fixture) == 3);
  for (guint i = 0; i < 3; i++) {
    ekl_window_open (fixture->window, "/nowhere/<b>at</b> & all.csv");
    wait_until (!ekl_workbench_is_loading (fixture->workbench));
    wait_ms (50);
  }
  g_assert_cmpuint (get_step (fixture), ==, 3);
  g_assert_cmpuint (fixture->n_starts, ==, 1);
}

static void
assert_shown (Fixture *fixture, const gboolean *shown)
{
  for (EklFigureKind kind = 0; kind < EKL_N_FIGURES; kind++)
    g_assert_true (gtk_widget_get_visible (
                     GTK_WIDGET (ekl_window_get_panel (fixture->window, kind))) == shown[kind]);
}

/* A lecture's type and the strip leave four pictures no height; who enlarges one sees that one. */
static void
test_slow_lecture (Fixture *fixture, gconstpointer source)
{
  static const gboolean all[] = { TRUE, TRUE, TRUE, TRUE };
  static const gboolean
    two[EKL_N_FIGURES] = { [EKL_FIGURE_PLANE] = TRUE, [EKL_FIGURE_ENSEMBLE] = TRUE };
  static const gboolean one[EKL_N_FIGURES] = { [EKL_FIGURE_LOSS] = TRUE };

  wait_until (gtk_widget_get_height (GTK_WIDGET (fixture->window)) > 0);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (fixture->window)), <, 960);
  act (fixture, "win.slow-motion");
  assert_shown (fixture, all);
  act (fixture, "win.presenter");
  assert_shown (fixture, two);
  act (fixture, "win.enlarge(1)");
  assert_shown (fixture, one);
  act (fixture, "win.enlarge(1)");
  assert_shown (fixture, two);
  act (fixture, "win.slow-motion");
  assert_shown (fixture, all);
  act (fixture, "win.presenter");
  assert_shown (fixture, all);
}

/* Without data there is nothing to run, nor to show slowly; an example is a click away. */
static void
test_no_data (void)
{
  static const char *const actions[] = { "run", "step", "reset", "slow-motion", "export" };
  GtkWidget *window = ekl_window_new (ADW_APPLICATION (get_application ()));
  EklWorkbench *workbench = ekl_window_get_workbench (EKL_WINDOW (window));

  ekl_window_open (EKL_WINDOW (window), "/there/is/no/such.csv");
  gtk_window_present (GTK_WINDOW (window));
  wait_until (!ekl_workbench_is_loading (workbench));
  wait_ms (50);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), actions[i]));
  g_assert_true (gtk_widget_activate_action (window, "win.open-example", "s", "sine"));
  wait_until (ekl_workbench_get_dataset (workbench) != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), actions[i]));
  gtk_window_close (GTK_WINDOW (window));
  wait_ms (50);
}

/* Closed at any moment of a message's coming and going, once or several times over. */
static void
test_messages (void)
{
  for (guint n = 1; n <= 3; n++)
    for (guint delay = 0; delay <= 400; delay += 50) {
      GtkWidget *window = ekl_window_new (ADW_APPLICATION (get_application ()));
      GtkWidget *gone = window;

      ekl_window_open (EKL_WINDOW (window), "example:sine");
      gtk_window_present (GTK_WINDOW (window));
      wait_until (gtk_widget_get_mapped (window));
      for (guint k = 0; k < n; k++) {
        gtk_widget_activate_action (window, "win.open-file", "s", "/there/is/no/such.csv");
        wait_ms (60);
      }
      wait_ms (delay);
      g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &gone);
      gtk_window_close (GTK_WINDOW (window));
      wait_until (gone == NULL);
    }
}

static void
add_others (void)
{
  g_test_add_func ("/window/messages", test_messages);
  g_test_add_func ("/window/no-data", test_no_data);
}

int
main (int argc, char *argv[])
{
  static const FixtureTest tests[] = {
    { "opening", "example:boston", test_opening },
    { "running", "example:sine", test_running },
    { "running-boston", "example:boston", test_running },
    { "settings", "example:boston", test_settings },
    { "two-losses", "example:pima", test_two_losses },
    { "enlarge", "example:sine", test_enlarge },
    { "presenter", "example:sine", test_presenter },
    { "examples", "example:sine", test_examples },
    { "bases", "example:boston", test_bases },
    { "large-text", "example:boston", test_large_text },
    { "message", "example:sine", test_message_covers_no_picture },
    { "preset", "example:sine", test_preset },
    { "pasted", "example:sine", test_pasted },
    { "bad-file", "example:sine", test_bad_file },
    { "slow-lecture", "example:sine", test_slow_lecture },
    { NULL },
  };

  return run_tests (argc, argv, "window", tests, add_others);
}

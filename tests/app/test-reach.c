/* test-reach.c - what the keyboard leads to is seen, in a small window and with large text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cpu.h"
#include "ekl-application.h"
#include "ekl-window.h"
#include "waiting.h"

#define MAX_STOPS   200
#define SETTLE_MS   5
#define PATIENCE_MS 5000

static EklApplication *application;

static void
set_text_size (int dpi)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi * 1024, NULL);
}

static EklWindow *
open_window (int width, int height)
{
  EklWindow *window = EKL_WINDOW (ekl_window_new (ADW_APPLICATION (application)));

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  ekl_window_open (window, "example:sine");
  gtk_window_present (GTK_WINDOW (window));
  wait_until (ekl_workbench_get_state (ekl_window_get_workbench (window)) == EKL_ENGINE_PAUSED);
  wait_until (gtk_widget_get_width (GTK_WIDGET (window)) > 1);
  return window;
}

static void
close_window (EklWindow *window)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  wait_until (window == NULL);
}

static graphene_rect_t
get_bounds (GtkWidget *widget, GtkWidget *in)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, in, &bounds));
  return bounds;
}

/* All of it; or, of what is larger than its place, as much as there is room for. */
static gboolean
is_seen_in (GtkWidget *widget, GtkWidget *around)
{
  const graphene_rect_t place = GRAPHENE_RECT_INIT (
    -1, -1, (float) gtk_widget_get_width (around) + 2, (float) gtk_widget_get_height (around) + 2);
  const graphene_rect_t bounds = get_bounds (widget, around);
  graphene_rect_t seen;

  return graphene_rect_intersection (&bounds, &place, &seen) &&
         seen.size.width >= MIN (bounds.size.width, 0.9f * place.size.width) &&
         seen.size.height >= MIN (bounds.size.height, 0.9f * place.size.height);
}

static gboolean
is_seen (GtkWidget *widget)
{
  for (GtkWidget *around = gtk_widget_get_parent (widget); around != NULL;
       around = gtk_widget_get_parent (around))
    if ((GTK_IS_SCROLLED_WINDOW (around) || GTK_IS_ROOT (around)) && !is_seen_in (widget, around))
      return FALSE;
  return TRUE;
}

static GtkWidget *
walk (EklWindow *window, GtkDirectionType direction)
{
  gtk_widget_child_focus (GTK_WIDGET (window), direction);
  return gtk_window_get_focus (GTK_WINDOW (window));
}

static void
assert_seen (GtkWidget *focus)
{
  g_assert_nonnull (focus);
  /* it is scrolled to with the next frame; on a machine with much to do that may take */
  for (guint ms = 0; ms < PATIENCE_MS && !is_seen (focus); ms += SETTLE_MS)
    wait_ms (SETTLE_MS);
  if (!is_seen (focus))
    g_error ("%s of %s is out of sight", G_OBJECT_TYPE_NAME (focus),
             G_OBJECT_TYPE_NAME (gtk_widget_get_parent (focus)));
}

/* Round the window once, there and back: from one end of the side panel to the other, and of the
 * figures, which stand one below the other where text is large. */
static void
assert_all_seen (EklWindow *window, guint least)
{
  static const GtkDirectionType ways[] = { GTK_DIR_TAB_FORWARD, GTK_DIR_TAB_BACKWARD };

  for (guint way = 0; way < G_N_ELEMENTS (ways); way++) {
    GtkWidget *first = walk (window, ways[way]), *focus;
    guint n = 1;

    assert_seen (first);
    while (n < MAX_STOPS && (focus = walk (window, ways[way])) != first) {
      assert_seen (focus);
      n++;
    }
    g_assert_cmpuint (n, >=, least);
    g_assert_cmpuint (n, <, MAX_STOPS);
  }
}

static void
test_usual_text (void)
{
  EklWindow *window = open_window (1024, 768);

  g_action_group_change_action_state (G_ACTION_GROUP (window), "all-settings",
                                      g_variant_new_boolean (TRUE));
  wait_ms (600);
  assert_all_seen (window, 80);
  close_window (window);
}

static void
test_large_text (void)
{
  EklWindow *window;

  set_text_size (2 * 96);
  window = open_window (1024, 768);
  g_action_group_change_action_state (G_ACTION_GROUP (window), "all-settings",
                                      g_variant_new_boolean (FALSE));
  wait_ms (600);
  assert_all_seen (window, 35);
  g_action_group_change_action_state (G_ACTION_GROUP (window), "all-settings",
                                      g_variant_new_boolean (TRUE));
  wait_ms (600);
  assert_all_seen (window, 80);
  close_window (window);
  set_text_size (96);
}

/* Who was in the side panel when it goes stands on the button that brings it back; and a window that is closed in
 * the same moment leaves nothing behind. */
static void
test_hidden_focus (void)
{
  EklWindow *window = open_window (1280, 800);
  gpointer panel = ekl_window_get_side_panel (window);
  GtkWidget *focus;

  g_object_add_weak_pointer (panel, &panel);
  g_assert_true (gtk_widget_child_focus (panel, GTK_DIR_TAB_FORWARD));
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (gtk_widget_is_ancestor (focus, panel));

  g_action_group_activate_action (G_ACTION_GROUP (window), "side-panel", NULL);
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (GTK_IS_TOGGLE_BUTTON (focus));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (focus)), ==, "win.side-panel");
  close_window (window);
  wait_until (panel == NULL);
}

int
main (int argc, char *argv[])
{
  int result;

  ekl_cpu_setup (argc, argv);
  g_test_init (&argc, &argv, NULL);
  application = ekl_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/reach/usual-text", test_usual_text);
  g_test_add_func ("/reach/large-text", test_large_text);
  g_test_add_func ("/reach/hidden-focus", test_hidden_focus);
  result = g_test_run ();
  g_object_unref (application);
  return result;
}

/* test-spoken.c - what a screen reader is told of what comes and goes in the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A reader speaks the description of what has the focus, and the name of the window in use, whenever they
 * change. So what counts is the event, with the words in it, not what is found when somebody asks.
 */
#include "accessible.h"

#include <string.h>

#define PATIENCE_US (60 * G_USEC_PER_SEC)
#define N_KEYS      6
#define KEY_ESCAPE  0xff1b
#define KEY_LEFT    0xff51

/* What has been spoken of the figure with that name, or as the window's name. */
typedef struct {
  const char *name; /* NULL: the window */
  GPtrArray *texts;
} Ear;

static Ear ear;

static void
changed_cb (AtspiEvent *event, gpointer user_data)
{
  g_autofree char *name = atspi_accessible_get_name (event->source, NULL);
  const AtspiRole role = atspi_accessible_get_role (event->source, NULL);
  const char *text =
    G_VALUE_HOLDS_STRING (&event->any_data) ? g_value_get_string (&event->any_data) : NULL;

  if (text != NULL &&
      (ear.name != NULL ? role == ATSPI_ROLE_IMAGE && g_strcmp0 (name, ear.name) == 0
                        : role == ATSPI_ROLE_FRAME))
    g_ptr_array_add (ear.texts, g_strdup (text));
  g_boxed_free (ATSPI_TYPE_EVENT, event);
}

static gboolean
has_heard (const char *prefix, const char *words)
{
  for (guint i = 0; i < ear.texts->len; i++)
    if (g_str_has_prefix (ear.texts->pdata[i], prefix) &&
        strstr (ear.texts->pdata[i], words) != NULL)
      return TRUE;
  return FALSE;
}

/* What begins so and is not the same as all before. */
static guint
count_heard (const char *prefix)
{
  g_autoptr (GHashTable) different = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < ear.texts->len; i++)
    if (g_str_has_prefix (ear.texts->pdata[i], prefix))
      g_hash_table_add (different, ear.texts->pdata[i]);
  return g_hash_table_size (different);
}

static void
listen_for (guint n, const char *prefix, const char *words)
{
  const gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (count_heard (prefix) < n || !has_heard (prefix, words)) {
    if (g_get_monotonic_time () > end) {
      for (guint i = 0; i < ear.texts->len; i++)
        g_test_message ("heard: %s", (char *) ear.texts->pdata[i]);
      g_error ("of %s not heard %u times: \"%s … %s\"", ear.name != NULL ? ear.name : "the window",
               n, prefix, words);
    }
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
  }
}

static void
listen_to (const char *figure)
{
  ear.name = figure;
  g_ptr_array_set_size (ear.texts, 0);
}

/* Keys in quick succession, each with words of its own: once a second would be two of them. */
static void
move_and_listen (Program *program, const char *figure, const char *prefix, const char *words)
{
  listen_to (figure);
  program_click (program, ATSPI_ROLE_IMAGE, figure);
  for (guint i = 0; i < N_KEYS; i++)
    program_control_key (program, KEY_LEFT, TRUE);
  listen_for (N_KEYS, prefix, words);
}

/* The cursor goes, and the numbers of the whole figure are told again: of the step that the mouse, which
 * was clicked in its middle, points at. */
static void
leave_and_listen (Program *program, const char *words)
{
  g_ptr_array_set_size (ear.texts, 0);
  program_key (program, KEY_ESCAPE);
  listen_for (1, "", words);
}

static void
test_curves (void)
{
  Program *program = program_start ("example:sine");

  program_wait_text (program, "State", "ready");
  program_act (program, "step", g_variant_new_int32 (200));
  program_wait_text (program, "Step", "200");
  program_wait_text (program, "State", "paused");

  move_and_listen (program, "Loss", "step ", ", EKI ");
  leave_and_listen (program, "The loss after 200 steps");
  move_and_listen (program, "Ensemble", "step ", ", spread ");
  leave_and_listen (program, "The spread of the particles");
  move_and_listen (program, "Predictions", "x ", ", EKI ");
  leave_and_listen (program, "Predictions of ");
  program_close (program);
}

/* All of the cloud's height is gone through: there is a particle, and elsewhere nothing. */
static void
test_plane (void)
{
  Program *program = program_start ("example:sine");

  program_wait_text (program, "State", "ready");
  listen_to ("Parameter plane");
  program_click (program, ATSPI_ROLE_IMAGE, "Parameter plane");
  for (guint i = 0; i < 24; i++)
    program_control_key (program, KEY_LEFT, TRUE);
  listen_for (1, "particle ", "loss ");
  listen_for (1, "nothing here", "");
  leave_and_listen (program, "The parameter plane with 50 particles");
  program_close (program);
}

/* A sentence that comes up is heard at once, and then the title again. */
static void
test_message (void)
{
  Program *program = program_start ("example:sine");

  program_wait_text (program, "State", "ready");
  listen_to (NULL);
  program_act (program, "open-file", g_variant_new_string ("/no/such/table.csv"));
  listen_for (1, "", "table.csv");
  listen_for (1, "Noisy sine", "");
  program_close (program);
}

/* Each part of a step, with the focus wherever it is. */
static void
test_slow_motion (void)
{
  Program *program = program_start ("example:sine");

  program_wait_text (program, "State", "ready");
  listen_to (NULL);
  program_act (program, "slow-motion", NULL);
  program_act (program, "slow-next", NULL);
  listen_for (1, "Draw noise: ", "");
  program_act (program, "slow-next", NULL);
  listen_for (1, "Predict: ", "50 particles");
  program_act (program, "slow-next", NULL);
  listen_for (1, "Covariances: ", "");
  program_act (program, "slow-motion", NULL);
  listen_for (1, "Noisy sine", "");
  program_close (program);
}

int
main (int argc, char *argv[])
{
  AtspiEventListener *listener;
  int result;

  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_assert_cmpint (atspi_init (), ==, 0);
  ear.texts = g_ptr_array_new_with_free_func (g_free);
  listener = atspi_event_listener_new (changed_cb, NULL, NULL);
  g_assert_true (atspi_event_listener_register (
    listener, "object:property-change:accessible-description", NULL));
  g_assert_true (
    atspi_event_listener_register (listener, "object:property-change:accessible-name", NULL));

  g_test_add_func ("/spoken/curves", test_curves);
  g_test_add_func ("/spoken/plane", test_plane);
  g_test_add_func ("/spoken/message", test_message);
  g_test_add_func ("/spoken/slow-motion", test_slow_motion);
  result = g_test_run ();
  g_object_unref (listener);
  g_ptr_array_unref (ear.texts);
  return result;
}

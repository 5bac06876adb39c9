/* test-one-line.c - text from anywhere, made fit for a message
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "one_line.h"

#include <gio/gio.h>

static void
test_text (void)
{
  static const char *const texts[][2] = {
    { "", "" },
    { "Größe in m²", "Größe in m²" },
    { "a\nb\tc\r", "a b c " },
    { "\033[2Jgone\177", " [2Jgone " },
    { "\xc2\x9b"
      "2J",
      " 2J" },
    { "\xe4t", "\xef\xbf\xbdt" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *line = ekl_one_line (texts[i][0]);

    g_assert_cmpstr (line, ==, texts[i][1]);
  }
}

static void
test_error (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ekl_one_line_error (NULL));
  g_assert_false (ekl_one_line_error (&error));
  g_set_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, "no \"x\ny\"");
  g_assert_false (ekl_one_line_error (&error));
  g_assert_cmpstr (error->message, ==, "no \"x y\"");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/one-line/text", test_text);
  g_test_add_func ("/one-line/error", test_error);
  return g_test_run ();
}

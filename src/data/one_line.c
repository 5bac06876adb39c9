/* one_line.c - text from anywhere, made fit for a message
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "one_line.h"

/**
 * ekl_one_line:
 * @text: any bytes up to a zero
 *
 * A message may hold what a file, a name or a person wrote. It is to be a sentence all the same, and
 * must not move the cursor of a terminal.
 *
 * Returns: (transfer full): @text in valid UTF-8, with a blank for each control character
 */
char *
ekl_one_line (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    const gunichar c = g_utf8_get_char (at);

    g_string_append_unichar (line, g_unichar_iscntrl (c) ? ' ' : c);
  }
  return g_string_free (line, FALSE);
}

/**
 * ekl_one_line_error:
 * @error: (nullable): where an error may be
 *
 * As ekl_one_line(), for the message of the error.
 *
 * Returns: %FALSE, for the caller to return
 */
gboolean
ekl_one_line_error (GError **error)
{
  if (error != NULL && *error != NULL) {
    g_autofree char *message = g_steal_pointer (&(*error)->message);

    (*error)->message = ekl_one_line (message);
  }
  return FALSE;
}

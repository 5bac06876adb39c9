/* fuzz.c - what the fuzz targets share: input in parts, and what every refusal must be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* Where a target's input is a file, its choices come from the end, so that any file is a seed. */
guint8
fuzz_take_last_byte (FuzzInput *self)
{
  return self->n > 0 ? self->at[--self->n] : 0;
}

guint8
fuzz_take_byte (FuzzInput *self)
{
  if (self->n == 0)
    return 0;
  self->n--;
  return *self->at++;
}

/* A string in memory of exactly its size, so that a byte too far is seen. */
static char *
take (FuzzInput *self, gsize length, gsize skipped)
{
  char *text = g_strndup ((const char *) self->at, length);

  self->at += length + skipped;
  self->n -= length + skipped;
  return text;
}

/* Up to the end of the line, or what is left. */
char *
fuzz_take_line (FuzzInput *self)
{
  const guint8 *end = self->n > 0 ? memchr (self->at, '\n', self->n) : NULL;

  return end != NULL ? take (self, (gsize) (end - self->at), 1) : take (self, self->n, 0);
}

/* The last line, and what is left without it. */
char *
fuzz_take_last_line (FuzzInput *self)
{
  const guint8 *end = self->n > 0 ? memrchr (self->at, '\n', self->n) : NULL;
  const guint8 *start = end != NULL ? end + 1 : self->at;
  const gsize length = (gsize) (self->at + self->n - start);

  self->n -= end != NULL ? length + 1 : length;
  return g_strndup ((const char *) start, length);
}

/* All that is left, up to the first zero byte. */
char *
fuzz_take_text (FuzzInput *self)
{
  return take (self, self->n, 0);
}

/* What people see: one line, in UTF-8, without characters that move the cursor of a terminal. */
void
fuzz_check_text (const char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      g_error ("a control character in \"%s\"", text);
}

/* A sentence, of the kind that was promised. */
void
fuzz_check_refusal (const GError *error, GQuark domain)
{
  g_assert_nonnull (error);
  if (error->domain != domain)
    g_error ("%s: %s", g_quark_to_string (error->domain), error->message);
  fuzz_check_text (error->message);
  g_assert_cmpuint (strlen (error->message), >, 15);
}

static void
trap_cb (int number)
{
  abort ();
}

/* Criticals and warnings are findings; GLib's way to end on one is a trap, which the fuzzer does not
 * know. */
int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  signal (SIGTRAP, trap_cb);
  return 0;
}

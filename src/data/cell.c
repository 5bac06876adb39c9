/* cell.c - the text of one cell of a table, and what it means
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cell.h"

#include <math.h>
#include <string.h>

/* As much of a cell as a message shows, in characters. */
#define SHOWN_LENGTH 32

static gboolean
is_one_of (const char *text, gsize length, const char *const *words)
{
  for (; *words != NULL; words++)
    if (strlen (*words) == length && g_ascii_strncasecmp (text, *words, length) == 0)
      return TRUE;
  return FALSE;
}

static EklCellKind
parse_word (const char *text, gsize length)
{
  static const char *const missing[] = { "na", "n/a", "nan", "null", "none", "?", ".", "-", NULL };
  static const char *const infinite[] = { "inf", "infinity", NULL };

  if (is_one_of (text, length, missing))
    return EKL_CELL_MISSING;
  if (length > 1 && (*text == '+' || *text == '-')) {
    if (is_one_of (text + 1, length - 1, (const char *const[]){ "nan", NULL }))
      return EKL_CELL_MISSING;
    if (is_one_of (text + 1, length - 1, infinite))
      return EKL_CELL_NOT_FINITE;
  }
  return is_one_of (text, length, infinite) ? EKL_CELL_NOT_FINITE : EKL_CELL_TEXT;
}

/**
 * ekl_cell_parse:
 * @text: the cell, without quotation marks
 * @value: (out): the number, NaN where there is none
 *
 * Reads a decimal number with a point, in every locale, with spaces about it allowed. What printf's
 * "%.17g" wrote is read back to the bit. The whole cell has to be the number: "3 m" and "0x10" are
 * text.
 *
 * Returns: what the cell is
 */
EklCellKind
ekl_cell_parse (const char *text, double *value)
{
  gsize length;
  char *end;

  *value = NAN;
  while (g_ascii_isspace (*text))
    text++;
  length = strlen (text);
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  if (length == 0)
    return EKL_CELL_EMPTY;
  /* g_ascii_strtod() would take hexadecimal numbers, "nan" and "inf", too. */
  if (strspn (text, "0123456789+-.eE") < length)
    return parse_word (text, length);

  double number = g_ascii_strtod (text, &end);
  if (end != text + length)
    return parse_word (text, length);
  if (!isfinite (number))
    return EKL_CELL_NOT_FINITE;
  *value = number;
  return EKL_CELL_NUMBER;
}

/**
 * ekl_cell_shorten:
 * @text: valid UTF-8
 *
 * Returns: (transfer full): @text on one line, its end replaced by three dots where it is long, as
 *   messages show it
 */
char *
ekl_cell_shorten (const char *text)
{
  GString *shown = g_string_new (NULL);
  const char *at = text;

  for (guint n = 0; *at != '\0' && n < SHOWN_LENGTH; n++, at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    g_string_append_unichar (shown, g_unichar_isprint (c) ? c : ' ');
  }
  if (*at != '\0')
    g_string_append (shown, "...");
  return g_string_free (shown, FALSE);
}

/**
 * ekl_cell_describe:
 * @kind: what the cell is, not a number
 * @text: valid UTF-8
 *
 * Returns: (transfer full): the end of a sentence that began with the cell's place
 */
char *
ekl_cell_describe (EklCellKind kind, const char *text)
{
  g_autofree char *shown = ekl_cell_shorten (text);

  switch (kind) {
  case EKL_CELL_EMPTY:
    return g_strdup ("the cell is empty");
  case EKL_CELL_MISSING:
    return g_strdup_printf ("the value is missing (\"%s\")", g_strstrip (shown));
  case EKL_CELL_NOT_FINITE:
    return g_strdup_printf ("\"%s\" is not a finite number", g_strstrip (shown));
  case EKL_CELL_TEXT:
  case EKL_CELL_NUMBER:
  default:
    return g_strdup_printf ("\"%s\" is not a number", g_strstrip (shown));
  }
}

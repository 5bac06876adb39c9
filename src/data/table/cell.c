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
    if (strlen (*words) == length && memcmp (text, *words, length) == 0)
      return TRUE;
  return FALSE;
}

/**
 * ekl_cell_is_missing:
 * @text: (array length=length): a cell without spaces about it, not empty
 * @length: how many bytes
 *
 * Knows the marks of spreadsheets, R, Python, databases and Eurostat for a value that is not there. Capital
 * letters count, within reason: "Na" is sodium.
 *
 * Returns: whether the cell is such a mark
 */
gboolean
ekl_cell_is_missing (const char *text, gsize length)
{
  static const char *const marks[] = {
    "?",    "-",    ".",    "--",   "..",   "NA",   "na",   "N/A",  "n/a",  "n.a.", "N.A.",
    "NaN",  "nan",  "NAN",  "Nan",  "-nan", "-NaN", "+nan", "+NaN", "null", "Null", "NULL",
    "None", "none", "NONE", "#N/A", "#NA",  "<NA>", "NaT",  ":",    NULL,
  };

  /* Most cells begin like a number or are long: they leave at once. */
  if (length > 4 || (guchar) (*text - '0') < 10)
    return FALSE;
  return is_one_of (text, length, marks);
}

static gboolean
is_infinite (const char *text, gsize length)
{
  static const char *const words[] = { "inf", "infinity", NULL };

  if (length > 1 && (*text == '+' || *text == '-')) {
    text++;
    length--;
  }
  for (guint i = 0; words[i] != NULL; i++)
    if (strlen (words[i]) == length && g_ascii_strncasecmp (text, words[i], length) == 0)
      return TRUE;
  return FALSE;
}

/**
 * ekl_cell_parse:
 * @text: (array length=length): the cell, without quotation marks
 * @length: how many bytes
 * @marks: the marks that numbers have
 * @value: (out): the number, NaN where there is none
 *
 * Reads a number as ekl_number_parse() does, with spaces about it allowed. The whole cell has to be
 * the number: "3 m" and "0x10" are text.
 *
 * Returns: what the cell is
 */
EklCellKind
ekl_cell_parse (const char *text, gsize length, EklNumberMarks marks, double *value)
{
  while (length > 0 && g_ascii_isspace (*text)) {
    text++;
    length--;
  }
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;

  if (length > 0 && ekl_number_parse (text, length, marks, value)) {
    if (G_LIKELY (isfinite (*value)))
      return EKL_CELL_NUMBER;
    *value = NAN;
    return EKL_CELL_NOT_FINITE;
  }
  *value = NAN;
  if (length == 0)
    return EKL_CELL_EMPTY;
  if (ekl_cell_is_missing (text, length))
    return EKL_CELL_MISSING;
  return is_infinite (text, length) ? EKL_CELL_NOT_FINITE : EKL_CELL_TEXT;
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
 * ekl_cell_describe_bad:
 * @text: valid UTF-8, a cell that has no place in a column of numbers
 *
 * Returns: (transfer full): the end of a sentence that began with the cell's place
 */
char *
ekl_cell_describe_bad (const char *text)
{
  g_autofree char *shown = ekl_cell_shorten (text);
  double value;

  if (ekl_cell_parse (text, strlen (text), EKL_NUMBER_MARKS_PLAIN, &value) == EKL_CELL_NOT_FINITE)
    return g_strdup_printf ("\"%s\" is not a finite number", g_strstrip (shown));
  return g_strdup_printf ("\"%s\" is not a number", g_strstrip (shown));
}

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

/* As is_one_of(), for marks that begin like no word. */
static gboolean
is_rare_mark (const char *text, gsize length)
{
  static const char *const marks[] = {
    "#DIV/0!",
    "#VALUE!",
    "#REF!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#NV",
    "#N/V",
    "#WERT!",
    "#BEZUG!",
    "#ZAHL!",
    "#VALEUR!",
    "\\N",
    "(null)",
    "<null>",
    "...",
    "\xe2\x80\xa6" /* the same as one character */,
    "\xe2\x80\x93" /* dashes */,
    "\xe2\x80\x94",
    "\xe2\x88\x92",
    NULL,
  };

  return length <= 8 && strchr ("#\\(<.\xe2", *text) != NULL && is_one_of (text, length, marks);
}

/**
 * ekl_cell_is_missing:
 * @text: (array length=length): a cell without spaces about it, not empty
 * @length: how many bytes
 *
 * Knows the marks of spreadsheets, R, Python, databases and Eurostat for a value that is not there, and
 * what spreadsheets write for one that could not be computed. Capital letters count, within reason:
 * "Na" is sodium.
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
  if (length > 8 || (guchar) (*text - '0') < 10)
    return FALSE;
  return (length <= 4 && is_one_of (text, length, marks)) || is_rare_mark (text, length);
}

/**
 * ekl_cell_is_code:
 * @text: (array length=length): a cell without spaces about it
 * @length: how many bytes
 *
 * A postcode 01067, an item 0815, a telephone number +49301234: digits that would lose something as a
 * number. 05 may well be the month of May, and numbers with more digits than a double holds are
 * names of something.
 *
 * Returns: whether the cell is digits that are no number
 */
gboolean
ekl_cell_is_code (const char *text, gsize length)
{
  const gboolean has_plus = length > 0 && *text == '+';

  if (length < 3 || (*text != '0' && !(has_plus && length > 8) && length < 17))
    return FALSE;
  for (gsize i = has_plus; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
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

/* A space that does not break a line, or a narrow one, too. */
static gsize
wide_space_length (const char *text, gsize length)
{
  if (length >= 2 && memcmp (text, "\xc2\xa0", 2) == 0)
    return 2;
  return length >= 3 && memcmp (text, "\xe2\x80\xaf", 3) == 0 ? 3 : 0;
}

/**
 * ekl_cell_trim:
 * @text: (inout) (array length=length): a cell
 * @length: (inout): how many bytes
 *
 * Leaves out the spaces about it.
 */
void
ekl_cell_trim (const char **text, gsize *length)
{
  const char *at = *text, *end = *text + *length;
  gsize n;

  while (at < end &&
         (n = g_ascii_isspace (*at) ? 1 : wide_space_length (at, (gsize) (end - at))) > 0)
    at += n;
  while (end > at) {
    if (g_ascii_isspace (end[-1]))
      end--;
    else if (end - at >= 2 && wide_space_length (end - 2, 2) > 0)
      end -= 2;
    else if (end - at >= 3 && wide_space_length (end - 3, 3) == 3)
      end -= 3;
    else
      break;
  }
  *text = at;
  *length = (gsize) (end - at);
}

/**
 * ekl_cell_parse:
 * @text: (array length=length): the cell, without quotation marks
 * @length: how many bytes
 * @marks: the marks that numbers have
 * @value: (out): the number, NaN where there is none
 *
 * Reads a number as ekl_number_parse() and ekl_quantity_parse() do, with spaces about it allowed. The
 * whole cell has to be the number: "3 m" and "0x10" are text, "12%" is 12.
 *
 * Returns: what the cell is
 */
EklCellKind
ekl_cell_parse (const char *text, gsize length, EklNumberMarks marks, double *value)
{
  EklSigns sign;

  return ekl_cell_parse_quantity (text, length, marks, value, &sign);
}

/**
 * ekl_cell_parse_quantity:
 * @text: (array length=length): the cell, without quotation marks
 * @length: how many bytes
 * @marks: the marks that numbers have
 * @value: (out): the number, NaN where there is none
 * @sign: (out): the sign that the number had, such as %; 0: none
 *
 * As ekl_cell_parse().
 *
 * Returns: what the cell is
 */
EklCellKind
ekl_cell_parse_quantity (
  const char *text, gsize length, EklNumberMarks marks, double *value, EklSigns *sign)
{
  ekl_cell_trim (&text, &length);
  *sign = 0;
  if (length > 0 && (ekl_number_parse (text, length, marks, value) ||
                     ekl_quantity_parse (text, length, marks, value, sign))) {
    if (G_LIKELY (isfinite (*value)))
      return EKL_CELL_NUMBER;
    *value = NAN;
    *sign = 0;
    return EKL_CELL_NOT_FINITE;
  }
  *value = NAN;
  *sign = 0;
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

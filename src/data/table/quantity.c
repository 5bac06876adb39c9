/* quantity.c - numbers with a sign of what they count: 12%, $1.50, 2,80 €
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sign is left out and remembered: 12% is 12, as a reader of the column sees it, and not 0.12.
 * Standardised, both are the same.
 */
#include "quantity.h"

#include <string.h>

static const struct {
  EklSigns sign;
  const char *text;
} signs[] = {
  { EKL_SIGN_PERCENT, "%" },      { EKL_SIGN_DOLLAR, "$" },     { EKL_SIGN_EURO, "\xe2\x82\xac" },
  { EKL_SIGN_POUND, "\xc2\xa3" }, { EKL_SIGN_YEN, "\xc2\xa5" },
};

static const char *const spaces[] = { " ", "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89" };

static gboolean
skip (const char **text, gsize *length, const char *what)
{
  const gsize n = strlen (what);

  if (*length < n || memcmp (*text, what, n) != 0)
    return FALSE;
  *text += n;
  *length -= n;
  return TRUE;
}

static gboolean
skip_back (const char *text, gsize *length, const char *what)
{
  const gsize n = strlen (what);

  if (*length < n || memcmp (text + *length - n, what, n) != 0)
    return FALSE;
  *length -= n;
  return TRUE;
}

static gboolean
skip_plus_or_minus (const char **text, gsize *length, gboolean *negative)
{
  if (skip (text, length, "-") || skip (text, length, "\xe2\x88\x92"))
    *negative = TRUE;
  else if (!skip (text, length, "+"))
    return FALSE;
  return TRUE;
}

static gboolean
skip_sign_before (const char **text, gsize *length, EklSigns *sign)
{
  /* a percent sign stands behind */
  for (guint k = 1; k < G_N_ELEMENTS (signs); k++)
    if (skip (text, length, signs[k].text)) {
      *sign = signs[k].sign;
      for (guint s = 0; s < G_N_ELEMENTS (spaces); s++)
        skip (text, length, spaces[s]);
      return TRUE;
    }
  return FALSE;
}

static gboolean
skip_sign_behind (const char *text, gsize *length, EklSigns *sign)
{
  for (guint k = 0; k < G_N_ELEMENTS (signs); k++)
    if (skip_back (text, length, signs[k].text)) {
      *sign = signs[k].sign;
      for (guint s = 0; s < G_N_ELEMENTS (spaces); s++)
        skip_back (text, length, spaces[s]);
      return TRUE;
    }
  return FALSE;
}

/**
 * ekl_quantity_strip:
 * @text: (inout) (array length=length): a cell without spaces about it; what is left of it
 * @length: (inout): how many bytes
 * @sign: (out): what was left out
 * @negative: (out): whether a minus was, too
 *
 * Leaves out one sign, before the number or behind it, and the plus or minus about a sign before it:
 * -$5, $-5, -5 €, 12 %. What is left has neither.
 *
 * Returns: whether there was a sign, and something is left that can be a number
 */
gboolean
ekl_quantity_strip (const char **text, gsize *length, EklSigns *sign, gboolean *negative)
{
  gboolean has_minus;

  *negative = FALSE;
  *sign = 0;
  has_minus = skip_plus_or_minus (text, length, negative);
  if (skip_sign_before (text, length, sign)) {
    if (!has_minus)
      skip_plus_or_minus (text, length, negative);
  } else if (!skip_sign_behind (*text, length, sign)) {
    return FALSE;
  }
  return *length > 0 && (g_ascii_isdigit (**text) || **text == '.' || **text == ',');
}

/**
 * ekl_quantity_parse:
 * @text: (array length=length): a cell without spaces about it
 * @length: how many bytes
 * @marks: the marks that numbers have
 * @value: (out): the number as ekl_number_parse() reads it
 * @sign: (out): the sign that was left out
 *
 * Returns: whether the whole text is a number with one sign
 */
gboolean
ekl_quantity_parse (
  const char *text, gsize length, EklNumberMarks marks, double *value, EklSigns *sign)
{
  gboolean negative;

  if (!ekl_quantity_strip (&text, &length, sign, &negative) ||
      !ekl_number_parse (text, length, marks, value))
    return FALSE;
  if (negative)
    *value = -*value;
  return TRUE;
}

/**
 * ekl_signs_to_text:
 * @signs: those of a column
 *
 * Returns: (transfer full): "%", or "$ and €"
 */
char *
ekl_signs_to_text (EklSigns signs_of_column)
{
  GString *text = g_string_new (NULL);

  for (guint k = 0; k < G_N_ELEMENTS (signs); k++)
    if ((signs_of_column & signs[k].sign) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " and " : "", signs[k].text);
  return g_string_free (text, FALSE);
}

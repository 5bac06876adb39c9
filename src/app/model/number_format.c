/* number_format.c - numbers as the read-outs show them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "number_format.h"

#include <math.h>
#include <string.h>

#define NOTHING    "–"
#define THIN_SPACE "\xe2\x80\xaf" /* one at which no line is broken */
#define MAX_PLAIN  9999999.5
#define MIN_PLAIN  1e-3 /* below, four decimals would not be four digits */

static char *
group_digits (const char *digits)
{
  const gsize n = strlen (digits);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n; i++) {
    if (i > 0 && (n - i) % 3 == 0 && n > 4)
      g_string_append (text, THIN_SPACE);
    g_string_append_c (text, digits[i]);
  }
  return g_string_free (text, FALSE);
}

/**
 * ekl_group_counts:
 * @text: a line of counts
 *
 * Returns: (transfer full): the line with the digits of its whole numbers in groups of three
 */
char *
ekl_group_counts (const char *text)
{
  GString *grouped = g_string_new (NULL);

  while (*text != '\0') {
    const gsize n = strspn (text, "0123456789");
    g_autofree char *digits = g_strndup (text, n);
    g_autofree char *groups = group_digits (digits);

    g_string_append (grouped, groups);
    text += n;
    if (*text != '\0')
      g_string_append_c (grouped, *text++);
  }
  return g_string_free (grouped, FALSE);
}

/**
 * ekl_format_value:
 *
 * Returns: (transfer full): four significant digits, always with their zeros, so that a number that
 *   changes does not jump; a dash for one that is not known
 */
char *
ekl_format_value (double value)
{
  const double size = fabs (value);
  int decimals;

  if (isnan (value))
    return g_strdup (NOTHING);
  if (isinf (value))
    return g_strdup (value > 0 ? "∞" : "−∞");
  if (size != 0 && (size < MIN_PLAIN || size >= MAX_PLAIN))
    return g_strdup_printf ("%.2e", value);
  if (value >= 9999.5) {
    g_autofree char *digits = g_strdup_printf ("%.0f", value);

    return group_digits (digits);
  }
  decimals = size < 1 ? 4 : 3 - (int) floor (log10 (size));
  return g_strdup_printf ("%.*f", CLAMP (decimals, 0, 4), value);
}

/**
 * ekl_format_count:
 *
 * Returns: (transfer full): a whole number in groups of three digits; from a million on shortened
 */
char *
ekl_format_count (double value)
{
  g_autofree char *digits = NULL;

  if (!isfinite (value))
    return g_strdup (NOTHING);
  if (value >= 1e9)
    return g_strdup_printf ("%.3f" THIN_SPACE "G", value / 1e9);
  if (value >= 1e7)
    return g_strdup_printf ("%.2f" THIN_SPACE "M", value / 1e6);
  digits = g_strdup_printf ("%.0f", value);
  return group_digits (digits);
}

/**
 * ekl_format_passes:
 * @value: passes over the data, of which a small batch is a part
 *
 * Returns: (transfer full): "0.50", "12", "1 234"
 */
char *
ekl_format_passes (double value)
{
  if (value < 100 && floor (value) != value)
    return g_strdup_printf ("%.2f", value);
  return ekl_format_count (floor (value));
}

/**
 * ekl_format_rate:
 *
 * Returns: (transfer full): a rate in plain digits, about three of them
 */
char *
ekl_format_rate (double value)
{
  if (!(value < 100))
    return ekl_format_count (value);
  return g_strdup_printf ("%.*f", value < 10 ? 2 : 1, value);
}

/**
 * ekl_format_seconds:
 *
 * Returns: (transfer full): "0.021 s", "0.21 s", "12.3 s", "4:05 min"
 */
char *
ekl_format_seconds (double seconds)
{
  if (!isfinite (seconds))
    return g_strdup (NOTHING);
  /* a hundred steps of a small network are done before 0.00 becomes 0.01 */
  if (seconds > 0 && seconds < 0.0005)
    return g_strdup ("<0.001 s");
  if (seconds > 0 && seconds < 0.0995)
    return g_strdup_printf ("%.3f s", seconds);
  if (seconds < 10)
    return g_strdup_printf ("%.2f s", seconds);
  if (seconds < 100)
    return g_strdup_printf ("%.1f s", seconds);
  return g_strdup_printf ("%.0f:%02.0f min", floor (seconds / 60), floor (fmod (seconds, 60)));
}

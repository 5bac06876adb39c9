/* number.c - decimal numbers from text, exactly and fast
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The result is the double nearest to what is written, in every locale. Up to 19 digits fit an
 * integer m of 64 bits, and the number is m * 10^e. Three ways, the first that can be trusted:
 *
 *   1. m <= 2^53 and |e| <= 22: both are exact doubles, so that one operation rounds once
 *      (Clinger, How to read floating point numbers accurately, 1990).
 *   2. |e| <= 27 and a long double with 64 bits of mantissa: both are exact in it, and the one
 *      operation is off by half a unit of its last place at most. Rounding that to a double can go
 *      wrong only where the 11 bits that are dropped are exactly one half; there it is given up.
 *   3. strtod(), of a copy with a point and without marks of thousands.
 */
#include "number.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define MAX_DIGITS       19
#define MAX_EXACT        (G_GUINT64_CONSTANT (1) << 53)
#define MAX_EXPONENT     100000
#define LONGEST_ON_STACK 64

typedef struct {
  const char *at, *end;
  EklNumberMarks marks;
  guint64 mantissa;  /* of the first MAX_DIGITS digits */
  int n_significant; /* digits in the mantissa, and those that found no place in it */
  int exponent;      /* of ten */
  gboolean has_digits;
} Scan;

static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                 1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

#if LDBL_MANT_DIG == 64
static const long double long_powers[] = { 1e0L,  1e1L,  1e2L,  1e3L,  1e4L,  1e5L,  1e6L,
                                           1e7L,  1e8L,  1e9L,  1e10L, 1e11L, 1e12L, 1e13L,
                                           1e14L, 1e15L, 1e16L, 1e17L, 1e18L, 1e19L, 1e20L,
                                           1e21L, 1e22L, 1e23L, 1e24L, 1e25L, 1e26L, 1e27L };
#endif

static inline gboolean
is_digit (char c)
{
  return (guchar) (c - '0') < 10;
}

static inline void
add_digit (Scan *self, char c, gboolean after_decimal)
{
  self->has_digits = TRUE;
  if (self->n_significant < MAX_DIGITS) {
    self->mantissa = self->mantissa * 10 + (guint64) (c - '0');
    self->n_significant += self->mantissa != 0;
    self->exponent -= after_decimal;
  } else {
    self->n_significant++;
    self->exponent += !after_decimal;
  }
}

/* The length in bytes of a mark of thousands that stands here, or 0. */
static gsize
thousands_length (const Scan *self)
{
  static const char *const spaces[] = { "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89", NULL };
  static const char *const apostrophes[] = { "\xe2\x80\x99", NULL };
  const char *const *wide = self->marks.thousands == ' ' ? spaces : apostrophes;
  gsize left = (gsize) (self->end - self->at);

  if (self->marks.thousands == 0 || left == 0)
    return 0;
  if (*self->at == self->marks.thousands)
    return 1;
  if (self->marks.thousands != ' ' && self->marks.thousands != '\'')
    return 0;
  for (; *wide != NULL; wide++)
    if (strlen (*wide) <= left && memcmp (self->at, *wide, strlen (*wide)) == 0)
      return strlen (*wide);
  return 0;
}

/* Digits before the decimal mark, in groups of three where there are marks of thousands. */
static gboolean
scan_whole_part (Scan *self)
{
  const char *start = self->at;
  guint n = 0, n_pairs = 0, n_threes = 0;
  gsize mark, first;

  for (; self->at < self->end && is_digit (*self->at); self->at++)
    add_digit (self, *self->at, FALSE);
  if (G_LIKELY (self->marks.thousands == 0) || self->at == start || self->at - start > 3)
    return TRUE;
  first = (gsize) (self->at - start);
  while ((mark = thousands_length (self)) > 0) {
    for (n = 0, self->at += mark; self->at < self->end && is_digit (*self->at) && n < 4; n++)
      add_digit (self, *self->at++, FALSE);
    n_pairs += n == 2;
    n_threes += n == 3;
    if (n != 3 && (n != 2 || self->marks.thousands != ','))
      return FALSE;
  }
  /* lakhs: pairs, and three at the end */
  return n_pairs == 0 || (n == 3 && n_threes == 1 && first < 3);
}

/* 1.5D+03 is a double as Fortran writes it; 12D3 is a seat. */
static gboolean
is_fortran_exponent (const Scan *self)
{
  return (*self->at | 0x20) == 'd' && self->end - self->at > 2 &&
         (self->at[1] == '+' || self->at[1] == '-');
}

static gboolean
scan_exponent (Scan *self)
{
  gboolean negative = FALSE;
  const char *start;
  int exponent = 0;

  if (self->at == self->end || ((*self->at | 0x20) != 'e' && !is_fortran_exponent (self)))
    return TRUE;
  self->at++;
  if (self->at < self->end && (*self->at == '+' || *self->at == '-'))
    negative = *self->at++ == '-';
  for (start = self->at; self->at < self->end && is_digit (*self->at); self->at++)
    exponent = MIN (exponent * 10 + (*self->at - '0'), MAX_EXPONENT);
  self->exponent += negative ? -exponent : exponent;
  return self->at > start;
}

static gboolean
scan_number (Scan *self)
{
  if (!scan_whole_part (self))
    return FALSE;
  if (self->at < self->end && *self->at == self->marks.decimal)
    for (self->at++; self->at < self->end && is_digit (*self->at); self->at++)
      add_digit (self, *self->at, TRUE);
  return self->has_digits && scan_exponent (self) && self->at == self->end;
}

static gboolean
compute_fast (const Scan *self, double *value)
{
  int e = self->exponent;

  if (self->n_significant > MAX_DIGITS)
    return FALSE;
  if (self->mantissa == 0) {
    *value = 0;
    return TRUE;
  }
  if (self->mantissa <= MAX_EXACT && e >= -22 && e <= 22) {
    double m = (double) self->mantissa;
    *value = e < 0 ? m / powers[-e] : m * powers[e];
    return TRUE;
  }
#if LDBL_MANT_DIG == 64
  if (e >= -27 && e <= 27) {
    long double m = self->mantissa;
    long double product = e < 0 ? m / long_powers[-e] : m * long_powers[e];
    guint64 bits;

    memcpy (&bits, &product, sizeof bits);
    if ((bits & 0x7ff) == 0x400)
      return FALSE;
    *value = (double) product;
    return TRUE;
  }
#endif
  return FALSE;
}

/* Without sign and marks of thousands, with a point. */
static double
compute_slowly (const char *text, gsize length, EklNumberMarks marks)
{
  char on_stack[LONGEST_ON_STACK];
  g_autofree char *on_heap = length < sizeof on_stack ? NULL : g_malloc (length + 1);
  char *plain = on_heap != NULL ? on_heap : on_stack;
  gsize n = 0;

  for (gsize i = 0; i < length; i++) {
    if (text[i] == marks.decimal)
      plain[n++] = '.';
    else if ((text[i] | 0x20) == 'd')
      plain[n++] = 'e';
    else if (is_digit (text[i]) || (text[i] | 0x20) == 'e' || text[i] == '+' || text[i] == '-')
      plain[n++] = text[i];
  }
  plain[n] = '\0';
  return g_ascii_strtod (plain, NULL);
}

/**
 * ekl_number_parse:
 * @text: (array length=length): characters, without spaces about them
 * @length: how many bytes
 * @marks: the decimal mark and the mark of thousands
 * @value: (out): the double nearest to the number; infinite where it is too large
 *
 * Reads a decimal number: a sign (the minus of Unicode too), digits with or without marks of
 * thousands before every third, a decimal mark, an exponent, also as 1.5D+03. In India 12,34,567 is a
 * number with commas. "4.", ".5" and "+4" are numbers; "0x1F",
 * "1e", "inf" and "1,23" with a comma for thousands are not.
 *
 * Returns: whether the whole text is a number
 */
gboolean
ekl_number_parse (const char *text, gsize length, EklNumberMarks marks, double *value)
{
  Scan scan = { .at = text, .end = text + length, .marks = marks };
  gboolean negative = FALSE;
  double magnitude;
  const char *start;

  if (length > 0 && (*text == '-' || *text == '+'))
    negative = *scan.at++ == '-';
  else if (length > 3 && memcmp (text, "\xe2\x88\x92", 3) == 0) {
    negative = TRUE;
    scan.at += 3;
  }
  start = scan.at;
  if (!scan_number (&scan))
    return FALSE;
  if (!compute_fast (&scan, &magnitude))
    magnitude = compute_slowly (start, (gsize) (scan.end - start), marks);
  *value = negative ? -magnitude : magnitude;
  return TRUE;
}

/**
 * ekl_number_to_text:
 * @value: a number
 *
 * Returns: (transfer full): the shortest of 15 to 17 digits, with a point, that is read back as
 *   @value to the bit
 */
char *
ekl_number_to_text (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (int digits = 15; digits <= 17; digits++) {
    char format[] = "%.15g";
    format[3] = (char) ('0' + digits - 10);
    g_ascii_formatd (buffer, sizeof buffer, format, value);
    if (g_ascii_strtod (buffer, NULL) == value)
      break;
  }
  return g_strdup (buffer);
}

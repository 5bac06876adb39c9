/* ticks.c - where an axis has its marks, and what they say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ticks.h"

#include <math.h>
#include <string.h>

#define MINUS      "\342\210\222"
#define THIN_SPACE "\342\200\257"
#define TIMES      "\303\227"

/* A step is factor * 10^power, held as integers so that tick k is exact: 3 * 0.1 is 0.3. */
typedef struct {
  int factor, power;
} Step;

static double
step_times (Step step, double k)
{
  if (step.power < 0)
    return k * step.factor / pow (10, -step.power);

  return k * step.factor * pow (10, step.power);
}

/* The thresholds are the geometric means of 1, 2, 5 and 10, as in d3-array's tickIncrement. */
static Step
choose_step (double v0, double v1, double count)
{
  double raw = (v1 - v0) / MAX (count, 1);
  int power = (int) floor (log10 (raw));
  double error = raw / pow (10, power);

  if (error >= sqrt (50))
    return (Step){ 1, power + 1 };
  if (error >= sqrt (10))
    return (Step){ 5, power };
  if (error >= sqrt (2))
    return (Step){ 2, power };

  return (Step){ 1, power };
}

static gboolean
is_usable (double v0, double v1)
{
  return isfinite (v0) && isfinite (v1) && v1 > v0 && v1 - v0 < 1e305 && v1 - v0 > 1e-295 &&
         (v1 - v0) > 1e-12 * MAX (fabs (v0), fabs (v1));
}

/**
 * ekl_tick_step:
 * @v0: lower end
 * @v1: upper end
 * @count: how many ticks are wanted, about
 *
 * Returns: 1, 2 or 5 times a power of ten, the step of ekl_ticks_linear(); 0 for a range without
 * one
 */
double
ekl_tick_step (double v0, double v1, double count)
{
  return is_usable (v0, v1) ? step_times (choose_step (v0, v1, count), 1) : 0;
}

static const char *const superscript[10] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };

static void
append_power (GString *text, int power)
{
  char digits[16];

  g_string_append (text, "10");
  if (power < 0)
    g_string_append (text, "⁻");
  g_snprintf (digits, sizeof digits, "%d", ABS (power));
  for (const char *c = digits; *c; c++)
    g_string_append (text, superscript[*c - '0']);
}

/* 12345.5 -> 12 345.5, with a thin space that does not break; four digits stay together */
static void
append_grouped (GString *text, const char *number)
{
  gsize n_whole = strspn (number, "0123456789");

  for (gsize i = 0; i < n_whole; i++) {
    if (i > 0 && n_whole > 4 && (n_whole - i) % 3 == 0)
      g_string_append (text, THIN_SPACE);
    g_string_append_c (text, number[i]);
  }
  g_string_append (text, number + n_whole);
}

static void
append_fixed (GString *text, double value, int decimals)
{
  char format[16], number[64];

  g_snprintf (format, sizeof format, "%%.%df", CLAMP (decimals, 0, 12));
  g_ascii_formatd (number, sizeof number, format, fabs (value));
  append_grouped (text, number);
}

/* The mantissa is left out where it is 1: 10^5 says it all. */
static void
append_scientific (GString *text, double value, int decimals)
{
  char format[16], number[64], *exponent;

  g_snprintf (format, sizeof format, "%%.%de", CLAMP (decimals, 0, 12));
  g_ascii_formatd (number, sizeof number, format, fabs (value));
  exponent = strchr (number, 'e');
  *exponent++ = '\0';
  if (g_ascii_strtod (number, NULL) != 1) {
    g_string_append (text, number);
    g_string_append (text, TIMES);
  }
  append_power (text, (int) g_ascii_strtoll (exponent, NULL, 10));
}

static void
write_label (char *label, gsize size, double value, Step step, double largest)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (value < 0)
    g_string_append (text, MINUS);
  if (value == 0)
    g_string_append_c (text, '0');
  else if (largest >= 1e6 || step.power < -4)
    append_scientific (text, value, (int) floor (log10 (fabs (value)) + 1e-9) - step.power);
  else
    append_fixed (text, value, -step.power);

  g_strlcpy (label, text->str, size);
}

/**
 * ekl_ticks_linear:
 * @self: (out): the ticks, in rising order
 * @v0: lower end
 * @v1: upper end
 * @count: how many are wanted, about
 *
 * Ticks at whole multiples k of a step of 1, 2 or 5 times a power of ten. Each is computed from
 * its integer k, so there is no drift and no endless loop. No ticks for a range that has no room
 * for them in double precision.
 */
void
ekl_ticks_linear (EklTicks *self, double v0, double v1, double count)
{
  Step step;
  double first, last, slack;

  self->n = 0;
  if (!is_usable (v0, v1))
    return;

  step = choose_step (v0, v1, CLAMP (count, 1, EKL_MAX_TICKS / 4));
  slack = 1e-9 * (v1 - v0) / step_times (step, 1);
  first = ceil (v0 / step_times (step, 1) - slack);
  last = floor (v1 / step_times (step, 1) + slack);

  for (guint i = 0; i < EKL_MAX_TICKS && first + i <= last; i++) {
    EklTick *tick = &self->tick[self->n++];

    /* + 0.0 turns the -0 of k = 0 on a negative range into 0 */
    tick->value = step_times (step, first + i) + 0.0;
    tick->major = TRUE;
    write_label (tick->label, sizeof tick->label, tick->value, step, MAX (fabs (v0), fabs (v1)));
  }
}

static void
write_log_label (char *label, gsize size, int digit, int power)
{
  g_autoptr (GString) text = g_string_new (NULL);

  /* as ekl_format_number() has them */
  if (power >= -3 && power <= 5) {
    append_fixed (text, digit * pow (10, power), -power);
  } else {
    if (digit > 1)
      g_string_append_printf (text, "%d" TIMES, digit);
    append_power (text, power);
  }

  g_strlcpy (label, text->str, size);
}

static void
add_log_tick (EklTicks *self, int digit, int power, gboolean major)
{
  EklTick *tick;

  if (self->n >= EKL_MAX_TICKS)
    return;

  tick = &self->tick[self->n++];
  tick->value = power < 0 ? digit / pow (10, -power) : digit * pow (10, power);
  tick->major = major;
  tick->label[0] = '\0';
  if (major)
    write_log_label (tick->label, sizeof tick->label, digit, power);
}

static gboolean
is_within (double v0, double v1, int digit, int power)
{
  double value = digit * pow (10, power);

  return value >= v0 * (1 - 1e-12) && value <= v1 * (1 + 1e-12);
}

#define DIGIT(d) (1u << (d))

/* Which digits are labelled, as bits: from few to many. Where there are not many powers of ten, those
 * alone may be a single label, or none, and an axis with one label says nothing. */
static guint
choose_digits (double v0, double v1, double count)
{
  static const guint choices[] = { DIGIT (1), DIGIT (1) | DIGIT (3),
                                   DIGIT (1) | DIGIT (2) | DIGIT (5),
                                   DIGIT (1) | DIGIT (2) | DIGIT (3) | DIGIT (5) | DIGIT (7),
                                   0x3fe };
  guint chosen = choices[0], n_chosen = 0;

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++) {
    /* all nine are near to each other at their end */
    const double most = choices[i] == 0x3fe ? count : 1.6 * count;
    guint n = 0;

    for (int power = (int) floor (log10 (v0)); power <= (int) ceil (log10 (v1)); power++)
      for (int digit = 1; digit < 10; digit++)
        if ((choices[i] & DIGIT (digit)) != 0 && is_within (v0, v1, digit, power))
          n++;
    if (n_chosen >= 2 && n > most)
      break;
    chosen = choices[i];
    n_chosen = n;
  }
  return chosen;
}

/**
 * ekl_ticks_log:
 * @self: (out): the ticks, in rising order
 * @v0: lower end, positive
 * @v1: upper end
 * @count: how many labels are wanted, about
 *
 * Ticks of a logarithmic axis: powers of ten with 2..9 as minor ticks between them; every second,
 * fifth, ... power where there are too many; 3, or 2 and 5, or more of them labelled too where there are
 * few; linear ticks within half a decade. There are always two labels or more.
 */
void
ekl_ticks_log (EklTicks *self, double v0, double v1, double count)
{
  double decades;
  int first, last, stride;
  guint digits = DIGIT (1);

  self->n = 0;
  if (!(v0 > 0) || !isfinite (v1) || !(v1 > v0) || v0 < 1e-305 || v1 > 1e305)
    return;

  decades = log10 (v1) - log10 (v0);
  if (decades < 0.6) {
    ekl_ticks_linear (self, v0, v1, count);
    return;
  }

  first = (int) floor (log10 (v0));
  last = (int) ceil (log10 (v1));
  stride = MAX (1, (int) ceil (ekl_tick_step (0, decades, MAX (count, 1))));
  if (decades < 2.2) {
    digits = choose_digits (v0, v1, MAX (count, 2));
    stride = 1;
  }

  for (int power = first; power <= last; power++) {
    for (int digit = 1; digit < 10; digit++) {
      if (!is_within (v0, v1, digit, power))
        continue;
      if (digit > 1 && (stride > 1 || decades > 6))
        continue;
      add_log_tick (self, digit, power, power % stride == 0 && (digits & DIGIT (digit)) != 0);
    }
  }
}

/**
 * ekl_format_number:
 * @value: any value
 *
 * Returns: (transfer full): the value to three significant digits for a read-out: 0.121, 12.3, 12
 * 345, 1.2×10⁻⁵, ∞; an en dash for NaN. Always with a decimal point.
 */
char *
ekl_format_number (double value)
{
  GString *text = g_string_new (NULL);
  double size = fabs (value);
  int power;

  if (isnan (value))
    return g_string_free (g_string_append (text, "–"), FALSE);

  if (value < 0)
    g_string_append (text, MINUS);
  if (isinf (value)) {
    g_string_append (text, "∞");
  } else if (size == 0) {
    g_string_append_c (text, '0');
  } else if (size >= 999999.5 || size < 0.0009995) {
    append_scientific (text, value, 1);
  } else {
    power = (int) floor (log10 (size * (1 + 1e-12)));
    append_fixed (text, value, MAX (0, 2 - power));
  }

  return g_string_free (text, FALSE);
}

/**
 * ekl_format_short:
 * @value: any value
 *
 * Returns: (transfer full): as ekl_format_number(), without zeros at the end: 0.25, 1
 */
char *
ekl_format_short (double value)
{
  char *text = ekl_format_number (value);
  gsize length = strlen (text);

  if (strchr (text, '.') && !strstr (text, TIMES)) {
    while (text[length - 1] == '0')
      text[--length] = '\0';
    if (text[length - 1] == '.')
      text[--length] = '\0';
  }

  return text;
}

/**
 * ekl_format_percent:
 * @share: 0..1
 *
 * Returns: (transfer full): the share in whole percent, "93 %"; "<1 %" and ">99 %" where rounding
 * would say none or all
 */
char *
ekl_format_percent (double share)
{
  if (share > 0 && share < 0.005)
    return g_strdup ("<1" THIN_SPACE "%");
  if (share < 1 && share >= 0.995)
    return g_strdup (">99" THIN_SPACE "%");

  return g_strdup_printf ("%.0f" THIN_SPACE "%%", 100 * share);
}

/* fuzz-cell.c - any text as a cell of a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "cell.h"

#include <math.h>
#include <string.h>

/* What is written is read as the same number, to the bit. */
static void
check_again (double value)
{
  g_autofree char *text = ekl_number_to_text (value);
  double again;

  g_assert_true (ekl_number_parse (text, strlen (text), EKL_NUMBER_MARKS_PLAIN, &again));
  g_assert_cmpmem (&again, sizeof again, &value, sizeof value);
}

/* Where the C library knows such numbers, it says the same. */
static void
check_against_strtod (const char *text, double value)
{
  char *end;
  double theirs;

  if (text[strspn (text, "0123456789+-.eE")] != '\0')
    return;
  theirs = g_ascii_strtod (text, &end);
  if (*end == '\0' && end != text)
    g_assert_cmpfloat (theirs, ==, value);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t n)
{
  static const EklNumberMarks marks[] = { { '.', 0 },   { ',', 0 },   { '.', ',' }, { ',', '.' },
                                          { '.', ' ' }, { ',', ' ' }, { '.', '\'' } };
  FuzzInput input = { bytes, n };
  const guint which = fuzz_take_last_byte (&input) % G_N_ELEMENTS (marks);
  g_autofree char *text = fuzz_take_text (&input);
  double value;
  const EklCellKind kind = ekl_cell_parse (text, strlen (text), marks[which], &value);

  if (kind == EKL_CELL_NUMBER) {
    g_assert_true (isfinite (value));
    check_again (value);
    if (which == 0)
      check_against_strtod (text, value);
    return 0;
  }
  g_assert_true (isnan (value));
  if (g_utf8_validate (text, -1, NULL)) {
    g_autofree char *sentence = ekl_cell_describe_bad (text);
    fuzz_check_text (sentence);
  }
  return 0;
}

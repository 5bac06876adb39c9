/* fuzz-cell.c - any text as a cell of a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "cell.h"

#include <math.h>
#include <string.h>

static void
check_again (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  double again;

  g_ascii_dtostr (text, sizeof text, value);
  g_assert_cmpint (ekl_cell_parse (text, strlen (text), EKL_NUMBER_MARKS_PLAIN, &again), ==,
                   EKL_CELL_NUMBER);
  g_assert_cmpfloat (again, ==, value);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t n)
{
  FuzzInput input = { bytes, n };
  g_autofree char *text = fuzz_take_text (&input);
  double value;
  const EklCellKind kind = ekl_cell_parse (text, strlen (text), EKL_NUMBER_MARKS_PLAIN, &value);

  if (kind == EKL_CELL_NUMBER) {
    g_assert_true (isfinite (value));
    check_again (value);
    return 0;
  }
  g_assert_true (isnan (value));
  if (g_utf8_validate (text, -1, NULL)) {
    g_autofree char *sentence = ekl_cell_describe_bad (text);
    fuzz_check_text (sentence);
  }
  return 0;
}

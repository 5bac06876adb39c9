/* fuzz-lists.c - any text as layers, as a list of numbers, and as a start
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "one_line.h"
#include "setting_text.h"

#include <math.h>

/* The experiment's setter makes a line of what these say. */
static void
check_refusal (GError **error)
{
  ekl_one_line_error (error);
  fuzz_check_refusal (*error, EKL_SESSION_ERROR);
}

static void
try_layers (const char *text)
{
  guint width[EKL_MAX_HIDDEN_LAYERS], n;
  g_autoptr (GError) error = NULL;

  if (!ekl_layers_parse (text, width, &n, &error)) {
    check_refusal (&error);
    return;
  }
  g_assert_cmpuint (n, <=, EKL_MAX_HIDDEN_LAYERS);
  for (guint i = 0; i < n; i++)
    g_assert_true (width[i] >= 1 && width[i] <= EKL_MAX_LAYER_WIDTH);
}

static void
try_numbers (const char *text)
{
  g_autofree double *numbers = NULL;
  guint n;
  g_autoptr (GError) error = NULL;

  if (!ekl_numbers_parse (text, &numbers, &n, &error)) {
    check_refusal (&error);
    return;
  }
  for (guint i = 0; i < n; i++)
    g_assert_true (numbers[i] > 0 && isfinite (numbers[i]));
}

static void
try_start (const char *text)
{
  guint particle;
  g_autoptr (GError) error = NULL;

  if (ekl_start_parse (text, &particle, &error))
    g_assert_true (particle > 0 || g_str_equal (text, "mean"));
  else
    check_refusal (&error);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t n)
{
  FuzzInput input = { bytes, n };
  g_autofree char *text = fuzz_take_text (&input);

  try_layers (text);
  try_numbers (text);
  try_start (text);
  return 0;
}

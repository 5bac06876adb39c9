/* fuzz-command-line.c - any words typed after eki-lab-cli, a line each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "command_line.h"

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t n)
{
  FuzzInput input = { bytes, n };
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (EklCommandLine) command_line = NULL;

  g_ptr_array_add (words, g_strdup ("eki-lab-cli"));
  while (input.n > 0)
    g_ptr_array_add (words, fuzz_take_line (&input));
  command_line = ekl_command_line_parse ((int) words->len, (char **) words->pdata, &error);
  if (command_line == NULL) {
    g_assert_nonnull (error);
    g_assert_true (error->domain == EKL_CLI_ERROR);
    return 0;
  }

  g_autoptr (EklExperiment) experiment = ekl_experiment_new ();
  ekl_command_line_apply_settings (command_line, experiment, &error);
  g_assert_no_error (error);
  return 0;
}
